//! Lays out tables. On a screen, each row takes one line, and a column that does not fit is left out as a whole.

use std::borrow::Cow;

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, Table as Layout, Width, presets,
};

use super::{
    Line, Piece, Screen,
    style::FAINT,
    text::{begun, letters, width},
};

/// A table: its caption, its columns, and its rows of cells.
pub struct Table {
    pub caption: Line,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Line>>,
}

/// A column of a table, with its heading and its behaviour on a narrow screen.
#[derive(Debug, Clone)]
pub struct Column {
    pub heading: Cow<'static, str>,
    pub is_number: bool,
    fit: Fit,
}

/// The behaviour of a column on a narrow screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// The column contains the main text of the row. It gets the width that the other columns leave.
    Words,
    /// The column is always shown. It is cut only if the screen is very narrow.
    Always,
    /// The column is left out if it does not fit. The number is a rank: columns with lower ranks are left out first.
    Dropped(u8),
    /// The column is shortened, or even left out, if it does not fit. The number is a rank: columns with lower ranks
    /// are left out first.
    Cut(u8),
    /// The column is not shown on a screen.
    OnPaper,
}

impl Fit {
    /// The column is the last one to be left out.
    pub const DROPPED_LAST: Self = Self::Dropped(LAST);
}

const LAST: u8 = u8::MAX;

/// The width, in screen columns, that must remain for the main text when a column that may be left out is added.
const LEAST_WORDS: usize = 30;
/// The minimum width of the main text on a very narrow screen, in screen columns.
const FEWEST_WORDS: usize = 12;
/// The width, in screen columns, that must remain for the main text when a shortened column is widened.
const EASY_WORDS: usize = 40;
/// A table column that may be left out has at most this width, in screen columns.
const MOST_FACT: usize = 30;
/// A shortened table column has at most this width, in screen columns, before it is widened.
const LEAST_FACT: usize = 20;
/// Table columns with at most this rank are less important. Their widths are computed after the widths of all other
/// columns.
const LESSER: u8 = 2;
/// The number of spaces between two table columns.
const GAP: usize = 2;

impl Column {
    pub fn new(heading: impl Into<Cow<'static, str>>, fit: Fit) -> Self {
        Self { heading: heading.into(), is_number: false, fit }
    }

    /// Creates a column for numbers. Its cells are right-aligned.
    pub fn number(heading: impl Into<Cow<'static, str>>, fit: Fit) -> Self {
        Self { heading: heading.into(), is_number: true, fit }
    }

    /// Returns the heading as it is shown on a screen, in capitals.
    fn header(&self) -> Line {
        Line::styled(FAINT, self.heading.to_uppercase())
    }

    /// Returns the rank of a column that may be left out. Columns with lower ranks are left out first. Returns `None`
    /// for other columns.
    fn rank(&self) -> Option<u8> {
        match self.fit {
            Fit::Dropped(rank) | Fit::Cut(rank) => Some(rank),
            Fit::Words | Fit::Always | Fit::OnPaper => None,
        }
    }
}

impl Table {
    pub fn new(columns: impl Into<Vec<Column>>, rows: Vec<Vec<Line>>) -> Self {
        Self { caption: Line::default(), columns: columns.into(), rows }
    }

    /// Returns a table that has the rows of `other` below the rows of this table. Headings of `other` that differ from
    /// the headings of this table are shown between the two groups of rows.
    #[must_use]
    pub fn above(&self, other: &Self) -> Self {
        let pairs = self.columns.iter().zip(&other.columns);
        let differing = pairs.map(|(own, below)| match own.heading == below.heading {
            true => Line::default(),
            false => below.header(),
        });
        let between = [self.columns.iter().map(|_| Line::default()).collect(), differing.collect()];
        let rows = self.rows.iter().chain(&between).chain(&other.rows).cloned();
        Self { caption: self.caption.clone(), columns: self.columns.clone(), rows: rows.collect() }
    }

    /// Returns the text of the table for a screen, with one line for each row. The headings come first, if there are
    /// any.
    pub fn on_screen(&self, screen: Screen) -> String {
        let widths = Fitting::of(&self.columns, &self.natural_widths(), screen);
        let kept: Vec<(usize, usize)> = widths
            .iter()
            .enumerate()
            .filter_map(|(index, width)| Some((index, (*width)?)))
            .collect();
        let has_header = self.columns.iter().any(|column| !column.heading.is_empty());
        let header: Vec<Line> = self.columns.iter().map(Column::header).collect();
        let rows: Vec<Vec<FittedCell<'_>>> = has_header
            .then_some(&header)
            .into_iter()
            .chain(&self.rows)
            .map(|row| {
                let cell = |(index, room): &(usize, usize)| {
                    FittedCell::new(&row[*index], *room, self.columns[*index].fit)
                };
                kept.iter().map(cell).collect()
            })
            .collect();
        let mut text = String::new();
        for (line, row) in self.layout(&rows, &kept, screen).lines().zip(&rows) {
            push_styled(&mut text, &line, row);
        }
        text
    }

    /// Lays out the cells without their styles, because the escape codes of the styles would be counted as part of the
    /// width.
    fn layout(
        &self,
        rows: &[Vec<FittedCell<'_>>],
        kept: &[(usize, usize)],
        screen: Screen,
    ) -> Layout {
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

    /// Returns, for each column, the width of its longest cell or heading.
    fn natural_widths(&self) -> Vec<usize> {
        let width = |(index, column): (usize, &Column)| {
            let cells = self.rows.iter().map(|row| row[index].width());
            cells.max().unwrap_or(0).max(width(&column.heading))
        };
        self.columns.iter().enumerate().map(width).collect()
    }
}

/// The text of a cell, cut to the width of the column.
struct FittedCell<'a> {
    words: Cow<'a, str>,
    /// The text of the cell with its styles. `None` if the text has no styles.
    styled: Option<Cow<'a, Line>>,
}

impl<'a> FittedCell<'a> {
    fn new(line: &'a Line, room: usize, fit: Fit) -> Self {
        match line.0.as_slice() {
            _ if line.width() > room => {
                let words = match fit {
                    Fit::Cut(_) => {
                        letters(&line.plain(), room.saturating_sub(1)).trim_end().to_owned() + "…"
                    }
                    _ => begun(&line.plain(), room, "…"),
                };
                let styled = line.only_style().map(|style| Line::styled(style, words.clone()));
                Self { words: words.into(), styled: styled.map(Cow::Owned) }
            }
            [Piece::Words(words)] => Self { words: words.into(), styled: None },
            _ => Self { words: line.plain().into(), styled: Some(Cow::Borrowed(line)) },
        }
    }
}

/// Adds the styles of the cells to a line of the table, and appends the line to `text`.
fn push_styled(text: &mut String, mut line: &str, row: &[FittedCell<'_>]) {
    for FittedCell { words, styled } in row {
        // Usually, only the padding of the column stands before the words.
        let padding = line.len() - line.trim_start_matches(' ').len();
        let is_next = line[padding..].starts_with(words.as_ref());
        let Some(at) = is_next.then_some(padding).or_else(|| line.find(words.as_ref())) else {
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

/// The computation of the column widths for a screen. A column that is left out has the width `None`.
struct Fitting<'t> {
    columns: &'t [Column],
    /// For each column, the width of its longest cell or heading.
    natural: &'t [usize],
    /// The index of the column that contains the main text.
    words: Option<usize>,
    screen: usize,
    widths: Vec<Option<usize>>,
}

impl<'t> Fitting<'t> {
    fn of(columns: &'t [Column], natural: &'t [usize], screen: Screen) -> Vec<Option<usize>> {
        let is_shown =
            |(column, width): (&Column, &usize)| (column.fit != Fit::OnPaper).then_some(*width);
        let widths = columns.iter().zip(natural).map(is_shown).collect();
        let words = columns.iter().position(|column| column.fit == Fit::Words);
        match screen.width {
            None => widths,
            Some(screen) => Self { columns, natural, words, screen, widths }.fitted(),
        }
    }

    fn fitted(mut self) -> Vec<Option<usize>> {
        self.take_facts();
        if let Some(index) = self.words {
            let room = self.screen.saturating_sub(self.taken());
            self.widths[index] = Some(self.natural[index].min(room.max(FEWEST_WORDS)));
        }
        self.squeeze();
        self.widths
    }

    /// Adds the columns that may be left out, if they fit beside the main text. The most important columns are added
    /// first.
    fn take_facts(&mut self) {
        let columns = self.columns.iter().enumerate();
        let mut ranked: Vec<(u8, usize)> =
            columns.filter_map(|(index, column)| Some((column.rank()?, index))).collect();
        ranked.sort_unstable_by(|one, other| other.cmp(one));
        ranked.iter().for_each(|(_, index)| self.widths[*index] = None);
        let lesser = ranked.iter().position(|(rank, _)| *rank <= LESSER).unwrap_or(ranked.len());
        let (important, lesser) = ranked.split_at(lesser);
        for ranked in [important, lesser] {
            ranked.iter().for_each(|(_, index)| self.take(*index));
            ranked.iter().for_each(|(_, index)| self.widen(*index));
        }
    }

    /// Adds the column with the index `index` if there is room for it, and leaves it out otherwise.
    fn take(&mut self, index: usize) {
        let (column, whole) = (&self.columns[index], self.natural[index].min(MOST_FACT));
        let (width, words) = match column.fit {
            Fit::Cut(_) => {
                let room = self.room_beside(LEAST_WORDS).saturating_sub(GAP);
                let least = width(&column.heading).max(FEWEST_WORDS).min(whole);
                (whole.min(LEAST_FACT).min(room).max(least), LEAST_WORDS)
            }
            Fit::DROPPED_LAST => (whole, FEWEST_WORDS),
            _ => (whole, LEAST_WORDS),
        };
        self.widths[index] = (width + GAP <= self.room_beside(words)).then_some(width);
    }

    /// Widens a shortened column into the space that the main text does not need.
    fn widen(&mut self, index: usize) {
        let room = self.room_beside(EASY_WORDS);
        if let Some(width) = &mut self.widths[index] {
            *width += (self.natural[index].min(MOST_FACT) - *width).min(room);
        }
    }

    /// Returns the screen width that remains for further table columns. The main text is assumed to get at most `words`
    /// screen columns.
    fn room_beside(&self, words: usize) -> usize {
        self.screen.saturating_sub(self.taken() + self.wanted(words))
    }

    /// Returns the total width of the columns that were added so far. The width includes the gaps between columns, but
    /// not the main text.
    fn taken(&self) -> usize {
        let kept = self.widths.iter().enumerate().filter(|(index, _)| Some(*index) != self.words);
        let facts: usize = kept.filter_map(|(_, width)| *width).map(|width| width + GAP).sum();
        // There is no gap after the last column.
        if self.words.is_some() { facts } else { facts.saturating_sub(GAP) }
    }

    /// Returns the width that the main text needs, limited to `columns` screen columns.
    fn wanted(&self, columns: usize) -> usize {
        self.words.map_or(0, |index| self.natural[index].min(columns))
    }

    /// Narrows the widest columns until the table fits on the screen. Column headings are cut last.
    fn squeeze(&mut self) {
        loop {
            let total: usize = self.widths.iter().flatten().map(|width| width + GAP).sum();
            if total <= self.screen + GAP {
                return;
            }
            let of_heading = |index: usize| width(&self.columns[index].heading);
            let widths = self.widths.iter().enumerate();
            let kept = widths.filter_map(|(index, width)| Some(((*width)?, index)));
            let wide = kept.clone().filter(|(width, index)| *width > of_heading(*index));
            match wide.max().or(kept.max()) {
                Some((width @ 2.., index)) => self.widths[index] = Some(width - 1),
                _ => return,
            }
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
            let text = Table::new(columns(), rows).on_screen(Screen { width: Some(width), has_links: false });
            let lines: Vec<String> = text.lines().map(|line| anstream::adapter::strip_str(line).to_string()).collect();
            prop_assert_eq!(lines.len(), words.len() + 1);
            for line in &lines {
                prop_assert!(line.width() <= width, "{}", text);
            }
            let bars: Vec<usize> = lines.iter().map(|line| line[..line.rfind('|').unwrap()].width()).collect();
            prop_assert!(bars.windows(2).all(|pair| pair[0] == pair[1]), "{}", text);
        }

        #[test]
        fn headings_are_whole_where_there_is_room_for_all_of_them(
            words in proptest::collection::vec("[a-z ]{1,60}", 4),
            width in 26usize..90,
        ) {
            let names = ["Timescale", "Id", "Latest", "Due"];
            let columns = names.map(|name| Column::new(name, Fit::Always));
            let row = words.iter().map(|words| Line::from(words.as_str())).collect();
            let text = Table::new(columns, vec![row]).on_screen(Screen { width: Some(width), has_links: false });
            let header = anstream::adapter::strip_str(text.lines().next().unwrap_or_default()).to_string();
            let headings: Vec<_> = header.split_whitespace().collect();
            prop_assert_eq!(headings.join(" "), "TIMESCALE ID LATEST DUE");
        }

        #[test]
        fn off_a_screen_every_row_is_whole_and_on_one_line(words in "[a-z]{1,9}( [a-z]{1,9}){0,200}") {
            let row = ["1", &words, "x", "|"].map(Line::from).to_vec();
            let text = Table::new(columns(), vec![row]).on_screen(Screen { width: None, has_links: false });
            prop_assert_eq!(text.lines().count(), 2);
            prop_assert!(text.contains(&words));
        }
    }
}
