//! The passages of a report, as a reader meets them one after another: of a file, and of the report in memory.

use super::words::{normal, telling, with_plain_dates};
use crate::{
    doc::{Block, Figure, Line, Piece, Table, quotes},
    report::{Provenance, Report, provenance::BEGIN},
};

/// A heading, paragraph, item, caption or table.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Its place in the file: a line, or the number of a paragraph. Of a report in memory it is 0.
    pub place: usize,
    pub kind: Kind,
    pub words: Words,
    /// The columns and rows of a table.
    pub grid: Option<Grid>,
}

/// The kind of a passage. In a file, only headings and repetitions differ from paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Heading,
    Paragraph,
    Caption,
    Table,
    /// Words of the plan, which nobody may reword.
    Quotation,
    /// Words beside a picture; a table says the same.
    Legend,
    /// A title or a list of contents, which repeats other words.
    Repetition,
}

/// The words of a passage.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// As they stand there.
    pub raw: String,
    /// In the normal form.
    pub text: String,
    /// The same with each date in one form: passages with one key say the same.
    pub key: String,
    /// The number that a list gives it, where it is part of the words.
    pub number: Option<String>,
    /// The facts in it, where they are known.
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
    /// In the normal form.
    pub cells: Vec<String>,
}

/// A report as it stands in a file.
#[derive(Debug, Default)]
pub struct Paper {
    pub passages: Vec<Passage>,
    /// The places where a reader may see something else than the file says, and why.
    pub faults: Vec<(usize, String)>,
    /// The style sheets that may hide words.
    pub sheets: Vec<(usize, String)>,
    /// The parts that the program cannot judge.
    pub not_judged: Vec<(usize, String)>,
    /// The pictures: what they are loaded from, or a digest of them.
    pub pictures: Vec<(usize, String)>,
    /// The origin of a report with marks, as an earlier version of the program wrote it.
    pub former: Option<Provenance>,
    /// The last line once more, from the properties of the document.
    pub properties: Option<String>,
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

    /// The facts that are more than numbers, dates and states, each with how often it stands in the passage.
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

/// The number that a passage begins with, as lists have them, and the rest.
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

    /// Says whether a figure, a name or another fact stands in it.
    pub fn has_facts(&self) -> bool {
        match self.kind {
            Kind::Caption | Kind::Table | Kind::Quotation => true,
            Kind::Legend => false,
            Kind::Heading | Kind::Paragraph | Kind::Repetition => {
                !telling(&self.words.text).is_empty() || !self.words.names().is_empty()
            }
        }
    }

    /// Says whether nobody may reword it.
    pub fn is_exact(&self) -> bool {
        matches!(self.kind, Kind::Caption | Kind::Quotation)
    }
}

/// A passage for each part of a paragraph that dots part: `Report: 7 · Date: November 2003`.
pub fn paragraphs(place: usize, kind: Kind, text: &str) -> impl Iterator<Item = Passage> {
    let dot = if text.trim_start().starts_with(BEGIN) { '\0' } else { '·' };
    let parts = text.split(dot).map(str::trim).filter(|part| !part.is_empty());
    parts.map(move |part| Passage::words(place, kind, part))
}

/// The passages of a report in memory, without its last line.
pub fn of_report(report: &Report) -> Vec<Passage> {
    let mut passages = Vec::new();
    line(Kind::Heading, &report.title, &mut passages);
    line(Kind::Paragraph, &report.contents, &mut passages);
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
