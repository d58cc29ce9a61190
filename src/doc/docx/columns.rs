//! Computes the widths of a table's columns on paper, similarly to a browser.

use crate::doc::{Table, text::width};

/// The width between the page margins, in twentieths of a point.
pub const WIDTH: usize = 9638;
/// The average width of a letter in a cell and in a heading, and the width of a cell's margins, in twentieths of a
/// point.
const LETTER: usize = 90;
const BOLD: usize = 104;
const EDGES: usize = 130;
/// The width of a coloured dot before a word, in letters.
const DOT: usize = 3;
/// The length, in letters, above which a word may be broken. Shorter words are never broken.
const LONGEST_WORD: usize = 14;
/// The length, in letters, above which a line may be broken if the page is too narrow.
const LONGEST_WHOLE_LINE: usize = 12;
/// The maximum line length, in letters, that a column asks room for.
const LONGEST_LINE: usize = 320;

/// Returns the widths of all columns, in twentieths of a point. If the page is too narrow for the longest lines, each
/// column gets room for its longest word, and columns with longer lines share the rest.
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

/// Returns two widths that a column needs: for its longest word, and for its longest line.
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
