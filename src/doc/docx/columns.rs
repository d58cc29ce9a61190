//! Computes the widths of a table's columns in a Word file.

use crate::doc::{Table, text::width};

/// The width between the page margins, in twentieths of a point.
pub const WIDTH: usize = 9638;
/// The average width of a character in a cell, in twentieths of a point.
const LETTER: usize = 90;
/// The average width of a character in a heading, in twentieths of a point.
const BOLD: usize = 104;
/// The total width of the left and right margins of a cell, in twentieths of a point.
const EDGES: usize = 130;
/// The width of a coloured dot before a word, as a number of characters.
const DOT: usize = 3;
/// Words of at most this number of characters are not broken.
const LONGEST_WORD: usize = 14;
/// A cell text of at most this number of characters is kept on one line.
const LONGEST_WHOLE_LINE: usize = 12;
/// Characters of a line beyond this number do not make the column wider.
const LONGEST_LINE: usize = 320;

/// Returns the widths of all columns, in twentieths of a point. Columns with longer text get more width.
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

/// Returns two widths of a column, in twentieths of a point: the width that its longest word needs, and the width that
/// its longest line needs.
fn needs(table: &Table, column: usize) -> (usize, usize) {
    let heading = &table.columns[column].heading;
    let (mut least, mut most) = (longest_word(heading) * BOLD, width(heading) * BOLD);
    for cell in table.rows.iter().filter_map(|row| row.get(column)) {
        let words = cell.plain();
        let line = width(&words) + if cell.has_dot() { DOT } else { 0 };
        let word = if line <= LONGEST_WHOLE_LINE { line } else { longest_word(&words) };
        least = least.max(word * LETTER);
        most = most.max(line.min(LONGEST_LINE) * LETTER);
    }
    (least + EDGES, most.max(least) + EDGES)
}

fn longest_word(words: &str) -> usize {
    words.split([' ', '-', '/']).map(width).max().unwrap_or(0).min(LONGEST_WORD)
}
