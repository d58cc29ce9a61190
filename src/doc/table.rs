//! Tables. On a screen a row is one line, and columns that do not fit are left out whole.

use std::borrow::Cow;

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, Table as Layout, Width, presets,
};

use super::{
    Line, Piece, Screen,
    style::FAINT,
    text::{begun, width},
};

/// Rows under columns.
pub struct Table {
    pub caption: Line,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Line>>,
}

/// A column: its heading, and what happens to it on a narrow screen.
#[derive(Debug, Clone)]
pub struct Column {
    pub heading: Cow<'static, str>,
    pub is_number: bool,
    fit: Fit,
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
    /// On no screen.
    OnPaper,
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
    pub fn new(heading: impl Into<Cow<'static, str>>, fit: Fit) -> Self {
        Self { heading: heading.into(), is_number: false, fit }
    }

    /// A column that is set to the right.
    pub fn number(heading: impl Into<Cow<'static, str>>, fit: Fit) -> Self {
        Self { heading: heading.into(), is_number: true, fit }
    }
}

impl Table {
    pub fn new(columns: impl Into<Vec<Column>>, rows: Vec<Vec<Line>>) -> Self {
        Self { caption: Line::default(), columns: columns.into(), rows }
    }

    /// The table for a screen, with a header where a column has a heading.
    pub fn on_screen(&self, screen: Screen) -> String {
        let widths = fit(&self.columns, &self.natural_widths(), screen);
        let kept: Vec<(usize, usize)> = widths
            .iter()
            .enumerate()
            .filter_map(|(index, width)| Some((index, (*width)?)))
            .collect();
        let has_header = self.columns.iter().any(|column| !column.heading.is_empty());
        let headings = self.columns.iter().map(|column| column.heading.to_uppercase());
        let header: Vec<Line> = headings.map(|name| Line::styled(FAINT, name)).collect();
        let rows: Vec<Vec<Cell<'_>>> = has_header
            .then_some(&header)
            .into_iter()
            .chain(&self.rows)
            .map(|row| kept.iter().map(|(index, room)| Cell::new(&row[*index], *room)).collect())
            .collect();
        let mut text = String::new();
        for (line, row) in self.layout(&rows, &kept, screen).lines().zip(&rows) {
            push_styled(&mut text, &line, row);
        }
        text
    }

    /// The plain cells beside and below each other: styles in them would take room.
    fn layout(&self, rows: &[Vec<Cell<'_>>], kept: &[(usize, usize)], screen: Screen) -> Layout {
        let mut layout = Layout::new();
        layout.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        for row in rows {
            layout.add_row(row.iter().map(|cell| cell.words.as_ref()));
        }
        for (laid_out, (index, width)) in layout.column_iter_mut().zip(kept) {
            laid_out.set_padding((0, GAP as u16));
            if self.columns[*index].is_number {
                laid_out.set_cell_alignment(CellAlignment::Right);
            }
            if screen.width.is_some() {
                let width = u16::try_from(width + GAP).unwrap_or(u16::MAX);
                laid_out.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
            }
        }
        layout
    }

    /// The width of each column where there is room for all of them.
    fn natural_widths(&self) -> Vec<usize> {
        let width = |(index, column): (usize, &Column)| {
            let cells = self.rows.iter().map(|row| row[index].width());
            cells.max().unwrap_or(0).max(width(&column.heading))
        };
        self.columns.iter().enumerate().map(width).collect()
    }
}

/// A cell as wide as its column lets it be.
struct Cell<'a> {
    words: Cow<'a, str>,
    /// The words with their styles, where they have any.
    styled: Option<Cow<'a, Line>>,
}

impl<'a> Cell<'a> {
    fn new(line: &'a Line, room: usize) -> Self {
        match line.0.as_slice() {
            _ if line.width() > room => {
                let words = begun(&line.plain(), room, "…");
                let styled = line.only_style().map(|style| Line::styled(style, words.clone()));
                Self { words: words.into(), styled: styled.map(Cow::Owned) }
            }
            [Piece::Words(words)] => Self { words: words.into(), styled: None },
            _ => Self { words: line.plain().into(), styled: Some(Cow::Borrowed(line)) },
        }
    }
}

/// Writes a line that was laid out plain, with the styles of its cells and without spaces at its end.
fn push_styled(text: &mut String, mut line: &str, row: &[Cell<'_>]) {
    for Cell { words, styled } in row {
        let Some(at) = line.find(words.as_ref()) else {
            continue;
        };
        let end = at + words.len();
        match styled {
            Some(styled) => {
                text.push_str(&line[..at]);
                styled.push_painted(text);
            }
            None => text.push_str(&line[..end]),
        }
        line = &line[end..];
    }
    text.push_str(line);
    text.truncate(text.trim_end_matches(' ').len());
    text.push('\n');
}

/// The width of each column, or `None` where it is left out.
fn fit(columns: &[Column], widths: &[usize], screen: Screen) -> Vec<Option<usize>> {
    let is_shown =
        |(column, width): (&Column, &usize)| (column.fit != Fit::OnPaper).then_some(*width);
    let mut fitted: Vec<Option<usize>> = columns.iter().zip(widths).map(is_shown).collect();
    let Some(screen) = screen.width else {
        return fitted;
    };
    for (column, width) in columns.iter().zip(&mut fitted) {
        if matches!(column.fit, Fit::Dropped(_)) {
            *width = width.map(|width| width.min(MOST_FACT));
        }
    }
    let words = columns.iter().position(|column| column.fit == Fit::Words);
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
    let droppable = kept.filter_map(|(index, column)| match column.fit {
        Fit::Dropped(rank) => Some((rank, index)),
        Fit::Words | Fit::Always | Fit::OnPaper => None,
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

    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn columns() -> [Column; 4] {
        let columns = [
            ("Id", Fit::Always),
            ("Words", Fit::Words),
            ("Fact", Fit::Dropped(1)),
            ("|", Fit::Always),
        ];
        columns.map(|(heading, fit)| Column::new(heading, fit))
    }

    proptest! {
        #![proptest_config(crate::testing::cases(256))]

        #[test]
        fn columns_stay_straight_and_no_line_is_wider_than_the_screen(
            words in proptest::collection::vec("[a-zé漢字かな🙂👍 ]{1,60}", 1..6),
            id in "[a-z0-9]{1,44}",
            width in 40usize..160,
        ) {
            let row = |words: &String| [id.as_str(), words, words, "|"].map(Line::from).to_vec();
            let rows = words.iter().map(row).collect();
            let text = Table::new(columns(), rows).on_screen(Screen { width: Some(width) });
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
            let row = ["1", &words, "x", "|"].map(Line::from).to_vec();
            let text = Table::new(columns(), vec![row]).on_screen(Screen { width: None });
            prop_assert_eq!(text.lines().count(), 2);
            prop_assert!(text.contains(&words));
        }
    }
}
