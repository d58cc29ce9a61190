//! A sheet together with its headings, by which its columns are found.

use std::{borrow::Cow, collections::HashMap};

use super::{
    knowledge, labels,
    mapping::{SheetMapping, plain_header, same_header},
    table::{Cell, Kind, Row, Sheet, letters},
};

/// The number of rows at the top of a sheet in which the program looks for the headings.
const HEADER_WITHIN: usize = 40;
const LONGEST_HEADER: usize = 120;
/// The maximum number of rows with explanations or examples between the headings and the data.
const HELP_WITHIN: usize = 6;

/// A sheet together with its headings and columns.
pub struct SheetView<'s> {
    pub sheet: &'s Sheet,
    /// The number of the row that contains the headings.
    pub header: u32,
    pub columns: Vec<Column>,
    /// A map from headings to the indices of columns. It contains each heading as written, and also in lower case
    /// without punctuation.
    by_header: HashMap<String, usize>,
    /// The number of the first row of data.
    first: u32,
}

/// A column of a sheet.
#[derive(Debug, Clone)]
pub struct Column {
    /// The heading of the column. If several columns have the same heading, a number is added, as in `Status (2)`.
    pub header: String,
    /// True if another column has the same heading.
    pub is_twice: bool,
    /// The index of the column, counted from 0.
    pub at: usize,
}

impl<'s> SheetView<'s> {
    /// Creates a view of a sheet. The mapping gives the row with the headings, or else the program searches for this
    /// row. Returns `None` if the sheet has no such row.
    pub fn of(sheet: &'s Sheet, mapping: &SheetMapping) -> Option<Self> {
        let header = match mapping.header {
            Some(number) => sheet.row(number)?,
            None => header(sheet)?,
        };
        let columns = columns(sheet, header);
        let mut by_header = HashMap::new();
        let exact = columns.iter().map(|column| column.header.clone());
        let plain = columns.iter().map(|column| plain_header(&column.header));
        for (header, number) in exact.zip(0..).chain(plain.zip(0..)) {
            by_header.entry(header).or_insert(number);
        }
        let first = mapping.first.unwrap_or(header.number + 1);
        Some(Self { sheet, header: header.number, columns, by_header, first })
    }

    /// Returns the rows that contain data.
    pub fn rows(&self) -> impl Iterator<Item = &'s Row> + Clone {
        let first = self.first.max(self.header + 1);
        self.sheet.rows.iter().filter(move |row| row.number >= first)
    }

    /// Returns the rows that lie between the headings and the first row of data.
    pub fn passed_over(&self) -> impl Iterator<Item = &'s Row> {
        let (header, first) = (self.header, self.first);
        self.sheet.rows.iter().filter(move |row| row.number > header && row.number < first)
    }

    /// Returns the column with this heading, or `None` if there is none. Spaces, punctuation and capitals are ignored.
    pub fn column(&self, header: &str) -> Option<&Column> {
        let exact = self.by_header.get(header);
        let number = exact.or_else(|| self.by_header.get(&plain_header(header)))?;
        self.columns.get(*number)
    }

    /// Returns the first text that a row has in the columns with these headings, or `None` if these cells are empty.
    pub fn said<'h>(
        &self,
        row: &'s Row,
        mut headers: impl Iterator<Item = &'h str>,
    ) -> Option<&'s str> {
        let text = |header| Some(row.text(self.column(header)?.at)).filter(|text| !text.is_empty());
        headers.find_map(text)
    }

    /// Returns the texts in the cells of a column, in the rows that contain data. Empty cells are left out.
    pub fn texts(&self, column: &Column) -> impl Iterator<Item = &'s str> + Clone {
        let at = column.at;
        self.rows().map(move |row| row.text(at)).filter(|text| !text.is_empty())
    }

    /// If rows with explanations or examples come before the data, returns the number of the first row of data.
    /// Otherwise, returns `None`.
    pub fn first_of_data(&self, id: Option<&Column>) -> Option<u32> {
        let mut rows = self.rows().peekable();
        let mut skipped = false;
        for _ in 0..HELP_WITHIN {
            if !rows.peek().is_some_and(|row| is_help(row, id)) {
                break;
            }
            skipped = true;
            rows.next();
        }
        rows.next().filter(|_| skipped).map(|row| row.number)
    }
}

/// Checks whether a row below the headings is an explanation or an example.
fn is_help(row: &Row, id: Option<&Column>) -> bool {
    let mut texts = row.cells.iter().map(|cell| cell.text.to_lowercase());
    let shows = texts.any(|text| {
        text.starts_with("example") || text.contains("(example)") || text.starts_with("e.g.")
    });
    let id = id.map_or("", |id| row.text(id.at));
    let explains = id.split_whitespace().count() > 3;
    shows || explains
}

/// Finds the row that most likely contains the headings: a row with many short texts, and with words that are usual in
/// headings.
fn header(sheet: &Sheet) -> Option<&Row> {
    let score = |row: &Row| {
        let texts = || row.cells.iter().filter(|cell| !cell.text.is_empty());
        let is_name = |cell: &&Cell| cell.kind == Kind::Text && cell.text.len() <= LONGEST_HEADER;
        let is_like_names = texts().all(|cell| is_name(&cell)) && texts().count() > 0;
        let known = texts().filter(|cell| knowledge::guess(&cell.text).is_some()).count();
        if is_like_names { texts().count() + 3 * known } else { known }
    };
    let mut best: Option<(usize, &Row)> = None;
    for row in sheet.rows.iter().take(HEADER_WITHIN) {
        let score = score(row);
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, row));
        }
    }
    best.map(|(_, row)| row)
}

fn columns(sheet: &Sheet, header: &Row) -> Vec<Column> {
    let name = |at: usize| match header.text(at) {
        "" => format!("column {}", letters(at)),
        text => text.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let mut is_used = vec![false; sheet.width()];
    for row in sheet.rows.iter().filter(|row| row.number >= header.number) {
        for (used, cell) in is_used.iter_mut().zip(&row.cells) {
            *used |= !cell.text.is_empty();
        }
    }
    let used = is_used.iter().enumerate().filter(|(_, used)| **used);
    let names: Vec<(usize, String)> = used.map(|(at, _)| (at, name(at))).collect();
    let mut times: HashMap<String, usize> = HashMap::new();
    for (_, name) in &names {
        *times.entry(plain_header(name)).or_default() += 1;
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    let column = |(at, name): (usize, String)| {
        let number = seen.entry(plain_header(&name)).or_default();
        *number += 1;
        let is_twice = times[&plain_header(&name)] > 1;
        let header = if is_twice { format!("{name} ({number})") } else { name };
        Column { header, is_twice, at }
    };
    names.into_iter().map(column).collect()
}

/// Returns the sheet, prepared according to the mapping: empty cells are filled from the cells above, and texts are
/// split at their labels. The text after each label moves to a new column at the right end of the sheet. The sheet is
/// copied only if it changes.
pub fn prepared<'s>(sheet: &'s Sheet, mapping: &SheetMapping) -> Cow<'s, Sheet> {
    let needs_nothing = mapping.fill_down.is_empty() && mapping.labels.is_empty();
    let Some(view) = SheetView::of(sheet, mapping).filter(|_| !needs_nothing) else {
        return Cow::Borrowed(sheet);
    };
    let at = |header: &String| view.column(header).map(|column| column.at);
    let filled: Vec<usize> = mapping.fill_down.iter().filter_map(at).collect();
    let labelled =
        mapping.labels.iter().filter_map(|(header, labels)| Some((at(header)?, labels.clone())));
    let labelled: Vec<(usize, Vec<String>)> = labelled.collect();
    let (header, first, mut width) = (view.header, view.first, view.sheet.width());
    let mut sheet = sheet.clone();
    fill_down(&mut sheet.rows, first, &filled);
    for (at, labels) in labelled {
        let names: Vec<String> =
            sheet.rows.iter().find(|row| row.number == header).map_or_else(Vec::new, |row| {
                let is_there =
                    |label: &str| row.cells.iter().any(|cell| same_header(&cell.text, label));
                let own = row.text(at);
                labels
                    .iter()
                    .map(
                        |label| {
                            if is_there(label) { format!("{own}: {label}") } else { label.clone() }
                        },
                    )
                    .collect()
            });
        for row in &mut sheet.rows {
            if row.number == header {
                for (name, column) in names.iter().zip(width..) {
                    row.put(column, Cell::new(name, Kind::Text));
                }
            } else if row.number >= first {
                let (before, parts) = labels::split(row.text(at), &labels);
                let parts: Vec<(usize, String)> =
                    parts.into_iter().map(|(label, part)| (label, part.to_owned())).collect();
                if parts.is_empty() {
                    continue;
                }
                row.cells[at] = Cell::new(before, Kind::Text);
                for (label, part) in parts {
                    row.put(width + label, Cell::new(&part, Kind::Text));
                }
            }
        }
        width += labels.len();
    }
    Cow::Owned(sheet)
}

/// Fills empty cells in `columns` with the values above. If the cell of a row in the first of these columns is empty,
/// the row continues the row above. Only such rows are filled, unless they have totals.
fn fill_down(rows: &mut [Row], first: u32, columns: &[usize]) {
    let Some(leading) = columns.first() else {
        return;
    };
    let mut above: HashMap<usize, Cell> = HashMap::new();
    for row in rows.iter_mut().filter(|row| row.number >= first) {
        let is_continued = row.text(*leading).is_empty() && !knowledge::is_total(row.first());
        for column in columns {
            match row.cells.get(*column).filter(|cell| !cell.text.is_empty()) {
                Some(cell) => drop(above.insert(*column, cell.clone())),
                None if is_continued => {
                    if let Some(cell) = above.get(column) {
                        row.put(*column, cell.clone());
                    }
                }
                None => drop(above.remove(column)),
            }
        }
    }
}
