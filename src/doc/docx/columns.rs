//! The widths of a table's columns on the paper, as a browser would choose them.

use crate::doc::{Table, text::width};

/// The room between the margins of the page, in twentieths of a point.
pub const WIDTH: usize = 9638;
/// The room of a letter in a cell and in a heading, and of the edges of a cell.
const LETTER: usize = 95;
const BOLD: usize = 110;
const EDGES: usize = 130;
/// The letters that a dot takes before its word.
const DOT: usize = 3;
/// A longer word is broken where there is no room, and a shorter line is not.
const LONGEST_WORD: usize = 16;
/// More letters of a line do not ask for more room.
const LONGEST_LINE: usize = 160;

/// The widths of all columns: as wide as their lines where the page is, else each has room for its words, and the rest
/// goes to those that have longer lines.
pub fn widths(table: &Table) -> Vec<usize> {
    let needs: Vec<(usize, usize)> = (0..table.columns.len()).map(|at| needs(table, at)).collect();
    let least: usize = needs.iter().map(|(least, _)| least).sum();
    let more: usize = needs.iter().map(|(least, most)| most - least).sum();
    let share = |(own, most): &(usize, usize)| match WIDTH.checked_sub(least) {
        None => own * WIDTH / least,
        Some(rest) if rest >= more => *most,
        Some(rest) => own + (most - own) * rest / more,
    };
    needs.iter().map(share).collect()
}

/// The room for the words of a column, and for its longest line.
fn needs(table: &Table, column: usize) -> (usize, usize) {
    let heading = &table.columns[column].heading;
    let (mut least, mut most) = (longest_word(heading) * BOLD, width(heading) * BOLD);
    for cell in table.rows.iter().filter_map(|row| row.get(column)) {
        let words = cell.plain();
        let line = width(&words) + if cell.has_dot() { DOT } else { 0 };
        let word = if line <= LONGEST_WORD { line } else { longest_word(&words) };
        least = least.max(word * LETTER);
        most = most.max(line.min(LONGEST_LINE) * LETTER);
    }
    (least + EDGES, most.max(least) + EDGES)
}

fn longest_word(words: &str) -> usize {
    words.split([' ', '-', '/']).map(width).max().unwrap_or(0).min(LONGEST_WORD)
}
