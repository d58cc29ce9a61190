//! Tables on a screen, laid out by comfy-table: one line a row, and columns that do not fit left out whole.

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, Row as Line, Table as Layout, Width,
    presets,
};
use unicode_width::UnicodeWidthStr;

use super::{
    Screen,
    style::{FAINT, paint},
    text::visible_width,
};

/// A column: its name, and what happens to it on a narrow screen.
#[derive(Debug, Clone)]
pub struct Column {
    name: &'static str,
    room: Fit,
    is_number: bool,
}

/// What a column takes of a narrow screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// The words of the row: as wide as there is room, cut at a whole word.
    Words,
    /// Always there, and whole where the screen is wide enough for it.
    Always,
    /// Left out where it does not fit, those with small numbers first.
    Dropped(u8),
}

impl Fit {
    /// Left out only where even few words leave no room for it.
    pub const DROPPED_LAST: Self = Self::Dropped(LAST);
}

/// The rank of what is left out last.
const LAST: u8 = u8::MAX;

/// The words of a row keep at least this many columns before any fact is left out.
const LEAST_WORDS: usize = 30;
/// Where there is nothing left to leave out, words keep this.
const FEWEST_WORDS: usize = 12;
/// The most columns that a fact takes on a screen.
const MOST_FACT: usize = 30;
/// Between two columns.
const GAP: usize = 2;

impl Column {
    pub const fn new(name: &'static str, room: Fit) -> Self {
        Self { name, room, is_number: false }
    }

    /// A column that is set to the right.
    pub const fn number(name: &'static str, room: Fit) -> Self {
        Self { name, room, is_number: true }
    }
}

/// Lays out rows of styled cells, with a header where a column has a name.
pub fn layout(columns: &[Column], rows: &[Vec<String>], screen: Screen) -> String {
    let fitted = fit(columns, &natural_widths(columns, rows), screen);
    let kept: Vec<(usize, &Column, usize)> = columns
        .iter()
        .zip(fitted)
        .enumerate()
        .filter_map(|(index, (column, width))| Some((index, column, width?)))
        .collect();
    let mut table = Layout::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .force_no_tty();
    if columns.iter().any(|column| !column.name.is_empty()) {
        table.set_header(kept.iter().map(|(_, column, _)| paint(FAINT, column.name)));
    }
    for row in rows {
        let cells = kept.iter().map(|(index, column, width)| match column.room {
            Fit::Words if screen.width.is_some() => beginning(&row[*index], *width),
            _ => &row[*index],
        });
        let mut line = Line::from(cells.collect::<Vec<_>>());
        line.max_height(1);
        table.add_row(line);
    }
    for (laid_out, (_, column, width)) in table.column_iter_mut().zip(&kept) {
        laid_out.set_padding((0, GAP as u16));
        if column.is_number {
            laid_out.set_cell_alignment(CellAlignment::Right);
        }
        if screen.width.is_some() {
            let width = u16::try_from(width + GAP).unwrap_or(u16::MAX);
            laid_out.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
    }
    let mut text = table.trim_fmt();
    text.push('\n');
    text
}

/// The width of each column where there is room for all of them.
fn natural_widths(columns: &[Column], rows: &[Vec<String>]) -> Vec<usize> {
    let width = |(index, column): (usize, &Column)| {
        let cells = rows.iter().map(|row| visible_width(&row[index]));
        cells.max().unwrap_or(0).max(column.name.width())
    };
    columns.iter().enumerate().map(width).collect()
}

/// The beginning of a long text, longer than a column of this width shows: it spares the layout the rest. A styled
/// text stays whole, because its styles take letters too.
fn beginning(text: &str, width: usize) -> &str {
    if text.contains('\u{1b}') {
        return text;
    }
    let letters = text.char_indices();
    let end = letters.map(|(at, _)| at).nth(width * 2 + 1);
    &text[..end.unwrap_or(text.len())]
}

/// The width of each column, or `None` where it is left out.
fn fit(columns: &[Column], widths: &[usize], screen: Screen) -> Vec<Option<usize>> {
    let mut fitted: Vec<Option<usize>> = widths.iter().copied().map(Some).collect();
    let Some(screen) = screen.width else {
        return fitted;
    };
    for (column, width) in columns.iter().zip(&mut fitted) {
        if matches!(column.room, Fit::Dropped(_)) {
            *width = width.map(|width| width.min(MOST_FACT));
        }
    }
    let words = columns.iter().position(|column| column.room == Fit::Words);
    let wanted = |least: usize| words.map_or(0, |index| widths[index].min(least));
    let taken = |fitted: &[Option<usize>]| {
        let kept = fitted.iter().enumerate().filter(|(index, _)| Some(*index) != words);
        let facts: usize = kept.filter_map(|(_, width)| *width).map(|width| width + GAP).sum();
        // Nothing stands after the last column.
        if words.is_some() { facts } else { facts.saturating_sub(GAP) }
    };
    let mut least = wanted(LEAST_WORDS);
    while taken(&fitted) + least > screen {
        match next_to_drop(columns, &fitted) {
            Some((rank, index)) if rank < LAST || least == wanted(FEWEST_WORDS) => {
                fitted[index] = None;
            }
            _ if least > wanted(FEWEST_WORDS) => least = wanted(FEWEST_WORDS),
            _ => break,
        }
    }
    if let Some(index) = words {
        let room = screen.saturating_sub(taken(&fitted));
        fitted[index] = Some(widths[index].min(room.max(least)));
    }
    squeeze(&mut fitted, screen);
    fitted
}

/// The column to leave out next, with its rank.
fn next_to_drop(columns: &[Column], fitted: &[Option<usize>]) -> Option<(u8, usize)> {
    let kept = columns.iter().enumerate().filter(|(index, _)| fitted[*index].is_some());
    let droppable = kept.filter_map(|(index, column)| match column.room {
        Fit::Dropped(rank) => Some((rank, index)),
        Fit::Words | Fit::Always => None,
    });
    droppable.min()
}

/// Where even what is always there is too wide, the widest columns give way.
fn squeeze(fitted: &mut [Option<usize>], screen: usize) {
    loop {
        let kept = fitted.iter().flatten();
        let total: usize = kept.map(|width| width + GAP).sum();
        let widest = fitted.iter_mut().flatten().max();
        match widest {
            Some(width) if total > screen + GAP && *width > 1 => *width -= 1,
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const COLUMNS: [Column; 4] = [
        Column::new("ID", Fit::Always),
        Column::new("WORDS", Fit::Words),
        Column::new("FACT", Fit::Dropped(1)),
        Column::new("|", Fit::Always),
    ];

    proptest! {
        #![proptest_config(crate::testing::cases(256))]

        #[test]
        fn columns_stay_straight_and_no_line_is_wider_than_the_screen(
            words in proptest::collection::vec("[a-zé漢字かな🙂👍 ]{1,60}", 1..6),
            id in "[a-z0-9]{1,44}",
            width in 40usize..160,
        ) {
            let rows: Vec<Vec<String>> = words
                .iter()
                .map(|words| vec![id.clone(), words.clone(), words.clone(), "|".to_owned()])
                .collect();
            let text = layout(&COLUMNS, &rows, Screen { width: Some(width) });
            let lines: Vec<String> = text.lines().map(|line| anstream::adapter::strip_str(line).to_string()).collect();
            prop_assert_eq!(lines.len(), words.len() + 1);
            for line in &lines {
                prop_assert!(line.width() <= width, "{}", text);
            }
            let bars: Vec<usize> = lines.iter().map(|line| line[..line.rfind('|').unwrap()].width()).collect();
            prop_assert!(bars.windows(2).all(|pair| pair[0] == pair[1]), "{}", text);
        }

        #[test]
        fn off_a_screen_every_row_is_whole_and_on_one_line(words in "[a-z]{1,9}( [a-z]{1,9}){0,200}") {
            let row = vec!["1".to_owned(), words.clone(), "x".to_owned(), "|".to_owned()];
            let text = layout(&COLUMNS, &[row], Screen { width: None });
            prop_assert_eq!(text.lines().count(), 2);
            prop_assert!(text.contains(&words));
        }
    }
}
