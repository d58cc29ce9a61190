//! Columns and wrapped text, laid out to a width: columns stay straight whatever characters are in them.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{
    Screen,
    style::{FAINT, paint},
};

/// How the cells of a column are set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Left,
    Right,
    /// Set left; on a narrow screen it gives way.
    Yielding,
}

/// Between two columns.
const GAP: usize = 2;
/// Under this many columns an item's words say too little.
const LEAST_WORDS: usize = 24;
/// A column that gives way keeps this.
const LEAST_YIELDING: usize = 10;
/// An owner's name takes no more than this.
const MOST_ASIDE: usize = 30;

/// A table without lines, every row on one line, every column as wide as its widest cell.
#[derive(Default)]
pub struct Grid {
    rows: Vec<Vec<String>>,
}

impl Grid {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn header<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) {
        let names = names.into_iter().map(|name| paint(FAINT, name));
        self.rows.push(names.collect());
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The lines, each with its line break.
    pub fn render(self, columns: &[Column]) -> String {
        let mut widths = vec![0; columns.len()];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = visible_width(cell).max(*width);
            }
        }
        let line: usize = widths.iter().map(|width| width + GAP).sum();
        let mut text = String::with_capacity(self.rows.len() * line);
        for row in self.rows {
            for ((cell, kind), width) in row.iter().zip(columns).zip(&widths) {
                let blank = width - visible_width(cell);
                let (before, after) = match kind {
                    Column::Right => (blank, 0),
                    Column::Left | Column::Yielding => (0, blank),
                };
                text.extend(std::iter::repeat_n(' ', before));
                text.push_str(cell);
                text.extend(std::iter::repeat_n(' ', after + GAP));
            }
            text.truncate(text.trim_end_matches(' ').len());
            text.push('\n');
        }
        text
    }
}

/// A list of items: short facts in columns, and the item's words and a name as far as there is room:
/// between the columns where the screen is wide, else on a line of their own below.
pub struct Records {
    /// Column names, and how each is set.
    pub columns: Vec<(&'static str, Column)>,
    /// How many columns stand before the words.
    pub before: usize,
    pub words: &'static str,
    pub aside: &'static str,
    pub records: Vec<Record>,
}

/// One item.
pub struct Record {
    /// One for each column; may be styled.
    pub facts: Vec<String>,
    pub words: String,
    /// Who is named for it; may be empty.
    pub aside: String,
}

impl Records {
    pub fn render(self, screen: Screen) -> String {
        let asides = self.records.iter().map(|record| record.aside.width());
        let aside = asides.max().unwrap_or(0).min(MOST_ASIDE);
        let facts: usize = (0..self.columns.len())
            .map(|index| self.width(index) + GAP)
            .sum();
        let besides = if aside == 0 {
            0
        } else {
            aside.max(self.aside.width()) + GAP
        };
        match screen.width.checked_sub(facts + besides) {
            Some(room) if room >= LEAST_WORDS => self.wide(room, aside),
            _ => self.stacked(screen),
        }
    }

    fn width(&self, index: usize) -> usize {
        let cells = self
            .records
            .iter()
            .map(|record| visible_width(&record.facts[index]));
        cells.max().unwrap_or(0).max(self.columns[index].0.width())
    }

    fn wide(self, room: usize, aside: usize) -> String {
        let before = self.before;
        let mut columns: Vec<_> = self.columns.iter().map(|(_, kind)| *kind).collect();
        let mut names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        let inserted = if aside == 0 {
            vec![self.words]
        } else {
            vec![self.words, self.aside]
        };
        columns.splice(before..before, inserted.iter().map(|_| Column::Left));
        names.splice(before..before, inserted);
        let mut grid = Grid::new();
        grid.header(names);
        for mut record in self.records {
            let mut words = vec![clip(&record.words, room)];
            if aside > 0 {
                words.push(clip(&record.aside, aside));
            }
            record.facts.splice(before..before, words);
            grid.row(record.facts);
        }
        grid.render(&columns)
    }

    /// What each column may take where all of them together are too wide.
    fn narrowed(&self, screen: Screen) -> Vec<usize> {
        let mut widths: Vec<usize> = (0..self.columns.len())
            .map(|index| self.width(index))
            .collect();
        let gaps = GAP * widths.len().saturating_sub(1);
        while widths.iter().sum::<usize>() + gaps > screen.width {
            let yielding = self
                .columns
                .iter()
                .map(|(_, kind)| *kind == Column::Yielding);
            let widest = widths
                .iter_mut()
                .zip(yielding)
                .filter(|(width, yielding)| *yielding && **width > LEAST_YIELDING)
                .map(|(width, _)| width)
                .max();
            match widest {
                Some(width) => *width -= 1,
                None => break,
            }
        }
        widths
    }

    fn stacked(self, screen: Screen) -> String {
        let widths = self.narrowed(screen);
        let indent = self.width(0) + GAP;
        let columns: Vec<_> = self.columns.iter().map(|(_, kind)| *kind).collect();
        let mut grid = Grid::new();
        grid.header(self.columns.iter().map(|(name, _)| *name));
        let mut below = Vec::with_capacity(self.records.len());
        for record in self.records {
            below.push(beneath(&record, screen.width.saturating_sub(indent)));
            let facts = record.facts.into_iter().zip(&self.columns).zip(&widths);
            grid.row(facts.map(|((fact, (_, kind)), width)| match kind {
                Column::Yielding => clip(&fact, *width),
                Column::Left | Column::Right => fact,
            }));
        }
        let table = grid.render(&columns);
        let mut text = String::with_capacity(table.len() * 2);
        for (index, line) in table.lines().enumerate() {
            text.push_str(line);
            text.push('\n');
            if let Some(words) = index.checked_sub(1).and_then(|index| below.get(index)) {
                text.extend(std::iter::repeat_n(' ', indent));
                text.push_str(words);
                text.push('\n');
            }
        }
        text
    }
}

/// An item's words and name on the line beneath its facts.
fn beneath(record: &Record, room: usize) -> String {
    if record.aside.is_empty() {
        return clip(&record.words, room);
    }
    let aside = clip(&record.aside, MOST_ASIDE.min(room / 2));
    let words = clip(&record.words, room.saturating_sub(aside.width() + 3));
    format!("{words} · {}", paint(FAINT, &aside))
}

/// The columns that styled text takes on a screen.
pub fn visible_width(styled: &str) -> usize {
    if is_plain(styled) {
        return styled.len();
    }
    let mut width = 0;
    for plain in anstream::adapter::strip_str(styled) {
        width += plain.width();
    }
    width
}

/// Whether each byte is a character of one column.
fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
    text.bytes().all(plain)
}

/// As many whole words of `text` as fit `width` columns, with `…` where something is left out.
pub fn clip(text: &str, width: usize) -> String {
    match text.get(..=width) {
        // The last byte is the first that does not fit; that it is plain parts it from the one before.
        Some(beginning) if width > 0 && is_plain(beginning) => {
            let words = beginning[..width].rfind(' ').filter(|words| *words > 0);
            let end = words.unwrap_or(width - 1);
            format!("{}…", text[..end].trim_end())
        }
        _ => clip_by_characters(text, width),
    }
}

/// The same, character by character as a reader sees them.
fn clip_by_characters(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(1);
    let (mut taken, mut fits, mut words) = (0, 0, 0);
    for (at, letter) in text.grapheme_indices(true) {
        if letter.trim().is_empty() {
            words = at;
        }
        taken += letter.width();
        if taken > room {
            break;
        }
        fits = at + letter.len();
    }
    // A word longer than the room is cut between two characters a reader sees.
    let end = if words > 0 { words } else { fits };
    format!("{}…", text[..end].trim_end())
}

/// Lines break at spaces, never at the hyphens of a date or an id.
fn options<'a>(width: usize) -> textwrap::Options<'a> {
    textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// Wraps every paragraph of `text` to the screen, `first` before its first line and `rest` before
/// the others.
pub fn wrap(text: &str, screen: Screen, first: &str, rest: &str) -> String {
    let options = options(screen.width.max(rest.width() + LEAST_WORDS));
    let mut wrapped = String::new();
    for (index, paragraph) in crate::model::paragraphs(text).iter().enumerate() {
        let options = options
            .clone()
            .initial_indent(if index == 0 { first } else { rest })
            .subsequent_indent(rest);
        for line in textwrap::wrap(paragraph, options) {
            wrapped.push_str(line.trim_end());
            wrapped.push('\n');
        }
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn clipped_text_never_takes_more_than_its_room(text in "\\PC{0,80}", width in 2usize..60) {
            prop_assert!(clip(&text, width).width() <= width.max(2));
        }

        #[test]
        fn text_is_clipped_alike_by_bytes_and_by_characters(text in "[a-c é\u{301}]{0,30}", width in 0usize..20) {
            prop_assert_eq!(clip(&text, width), clip_by_characters(&text, width));
        }

        #[test]
        fn columns_stay_straight_with_wide_characters_and_emoji(
            words in proptest::collection::vec("[a-zé漢字かな🙂👍]{1,20}", 1..6),
        ) {
            let mut grid = Grid::new();
            for word in &words {
                grid.row([word.clone(), "|".to_owned()]);
            }
            let text = grid.render(&[Column::Left, Column::Left]);
            let bars: Vec<usize> = text
                .lines()
                .map(|line| line[..line.rfind('|').expect("every row has its bar")].width())
                .collect();
            prop_assert!(bars.windows(2).all(|pair| pair[0] == pair[1]), "{}", text);
        }
    }
}
