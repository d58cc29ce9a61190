//! The passages of a report in reading order, read from a file or taken from the regenerated report.

use super::words::{normal, telling, with_plain_dates};
use crate::{
    doc::{Block, Figure, Line, Piece, Table, quotes},
    report::{Provenance, Report, provenance::BEGIN},
};

/// A passage: a heading, paragraph, list item, caption or table.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The place in the file: the number of the line, or of the paragraph in a Word file. The place is 0 for a passage
    /// of the regenerated report.
    pub place: usize,
    pub kind: Kind,
    pub words: Words,
    /// The columns and rows, if the passage is a table.
    pub grid: Option<Grid>,
}

/// The kind of a passage. A passage that was read from a report file is a heading, a table or a repetition, or else a
/// paragraph. Only passages of the regenerated report can have the other kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Heading,
    Paragraph,
    Caption,
    Table,
    /// A quotation from the plan. Its words must be the same in the file.
    Quotation,
    /// The legend of a picture. The table after the picture has the same content.
    Legend,
    /// A repetition of a heading of the report: the title in the metadata of the file, or an entry of the table of
    /// contents.
    Repetition,
}

/// The text of a passage in several forms.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// The text as it is written in the file.
    pub raw: String,
    /// The text in its normal form, without typographic variants of quotation marks, dashes and spaces.
    pub text: String,
    /// The text in its normal form, with all dates in the same form. Passages with equal keys have the same meaning.
    pub key: String,
    /// The list number at the beginning of the text, if there is one.
    pub number: Option<String>,
    /// The facts that the passage prints from the plan. The list is empty for passages of a file.
    pub facts: Vec<String>,
}

/// The columns and rows of a table.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    pub columns: Vec<String>,
    pub rows: Vec<GridRow>,
}

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub struct GridRow {
    pub place: usize,
    /// The texts of the cells in their normal form.
    pub cells: Vec<String>,
}

/// The contents of a report file: its passages, its pictures, and the places that a reader may see differently, such as
/// hidden text.
#[derive(Debug, Default)]
pub struct Paper {
    pub passages: Vec<Passage>,
    /// The places at which a human reader may see other text than the program does, each with the reason.
    pub faults: Vec<(usize, String)>,
    /// The style sheets that may hide text: the line of each, and the reason.
    pub sheets: Vec<(usize, String)>,
    /// The places that the program cannot judge, each with the reason.
    pub not_judged: Vec<(usize, String)>,
    pub pictures: Vec<Picture>,
    /// The provenance from the comment that an earlier version of the program wrote into a report.
    pub former: Option<Provenance>,
    /// The copy of the report's last line in the properties of the document.
    pub properties: Option<String>,
}

/// A picture in a file.
#[derive(Debug, Clone)]
pub struct Picture {
    pub place: usize,
    /// The description of the picture for readers who cannot see it.
    pub words: String,
    /// The address of the picture, or the SVG from which it is drawn.
    pub source: String,
    /// The bytes of the PNG file, if the picture is in a Word file. For a picture in any other file, there are no
    /// bytes.
    pub dots: Vec<u8>,
}

impl Words {
    fn new(text: &str) -> Self {
        let raw = text.to_owned();
        let text = normal(text);
        let (number, text) = match numbered(&text) {
            Some((number, rest)) => (Some(number.to_owned()), rest.to_owned()),
            None => (None, text),
        };
        let key = with_plain_dates(&text);
        Self { raw, text, key, number, facts: Vec::new() }
    }

    /// Returns the facts in the passage that contain words of their own, such as names, each with its number of
    /// occurrences. Dates, numbers and states are left out.
    pub fn names(&self) -> Vec<(&str, usize)> {
        let mut names: Vec<(&str, usize)> = Vec::new();
        for fact in &self.facts {
            let is_name = fact.chars().any(char::is_alphabetic)
                && with_plain_dates(fact) == *fact
                && telling(fact).len() < fact.split(' ').count();
            match names.iter_mut().find(|(name, _)| name == fact) {
                Some((_, times)) => *times += 1,
                None if is_name => names.push((fact, 1)),
                None => {}
            }
        }
        names
    }
}

/// Splits a text into the list number at its beginning and the rest. Returns `None` if there is no list number.
fn numbered(text: &str) -> Option<(&str, &str)> {
    let (number, rest) = text.split_once(' ')?;
    let digits = number.strip_suffix(['.', ')'])?;
    let is_number =
        !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|c| c.is_ascii_digit());
    is_number.then_some((number, rest))
}

impl Passage {
    fn words(place: usize, kind: Kind, text: &str) -> Self {
        Self { place, kind, words: Words::new(text), grid: None }
    }

    pub fn table(place: usize, grid: Grid) -> Self {
        let rows = std::iter::once(&grid.columns).chain(grid.rows.iter().map(|row| &row.cells));
        let text = rows.map(|cells| cells.join(" | ")).collect::<Vec<_>>().join(" ¶ ");
        let words = Words { key: with_plain_dates(&text), text, ..Words::default() };
        Self { place, kind: Kind::Table, words, grid: Some(grid) }
    }

    /// Checks whether the passage contains a figure, a name or another fact.
    pub fn has_facts(&self) -> bool {
        match self.kind {
            Kind::Caption | Kind::Table | Kind::Quotation => true,
            Kind::Legend => false,
            Kind::Heading | Kind::Paragraph | Kind::Repetition => {
                !telling(&self.words.text).is_empty() || !self.words.names().is_empty()
            }
        }
    }

    /// Checks whether the words of the passage must be exactly the same in the file.
    pub fn is_exact(&self) -> bool {
        matches!(self.kind, Kind::Caption | Kind::Quotation)
    }
}

/// Splits a text such as `Report: 7 · Date: November 2003` at each `·`, and returns a passage for each part.
pub fn paragraphs(place: usize, kind: Kind, text: &str) -> impl Iterator<Item = Passage> {
    let dot = if text.trim_start().starts_with(BEGIN) { '\0' } else { '·' };
    let parts = text.split(dot).map(str::trim).filter(|part| !part.is_empty());
    parts.map(move |part| Passage::words(place, kind, part))
}

/// Returns the passages of the regenerated report, without its last line.
pub fn of_report(report: &Report) -> Vec<Passage> {
    let mut passages = Vec::new();
    line(Kind::Heading, &report.title, &mut passages);
    line(Kind::Paragraph, &report.byline, &mut passages);
    for section in &report.sections {
        line(Kind::Heading, &section.heading, &mut passages);
        section.blocks.iter().for_each(|block| push(block, &mut passages));
    }
    passages
}

fn line(kind: Kind, line: &Line, passages: &mut Vec<Passage>) {
    let facts = line.0.iter().filter_map(|piece| match piece {
        Piece::Datum(datum) if !datum.is_absent() => Some(normal(&datum.shown)),
        _ => None,
    });
    let facts: Vec<String> = facts.collect();
    for mut passage in paragraphs(0, kind, &line.plain()) {
        let text = &passage.words.text;
        passage.words.facts = facts.iter().filter(|fact| text.contains(*fact)).cloned().collect();
        passages.push(passage);
    }
}

fn push(block: &Block, passages: &mut Vec<Passage>) {
    match block {
        Block::Heading(_, words) => line(Kind::Heading, words, passages),
        Block::Paragraph(words) | Block::Numbered(_, words) => {
            line(Kind::Paragraph, words, passages);
        }
        Block::Items(items) | Block::Bullets(items) => {
            items.iter().for_each(|words| line(Kind::Paragraph, words, passages));
        }
        Block::Quoted(text) => {
            for quote in quotes(text) {
                passages.extend(paragraphs(0, Kind::Quotation, &quote.words));
            }
        }
        Block::Table(table) => {
            line(Kind::Caption, &table.caption, passages);
            passages.push(Passage::table(0, grid(table)));
        }
        Block::Figure(figure) => push_figure(figure, passages),
        _ => {}
    }
}

fn grid(table: &Table) -> Grid {
    let columns = table.columns.iter().map(|column| normal(&column.heading)).collect();
    let cells = |row: &Vec<Line>| row.iter().map(|cell| normal(&cell.plain())).collect();
    let rows = table.rows.iter().map(|row| GridRow { place: 0, cells: cells(row) }).collect();
    Grid { columns, rows }
}

fn push_figure(figure: &Figure, passages: &mut Vec<Passage>) {
    let mut say = |text: &str| passages.extend(paragraphs(0, Kind::Legend, text));
    say(figure.caption);
    let legend: Vec<&str> = figure.legend.iter().map(|key| key.words.as_str()).collect();
    if !legend.is_empty() {
        say(&legend.join(" "));
    }
    if let Some(note) = &figure.note {
        say(note);
    }
}
