//! Converts the blocks of a document to paragraphs and tables of a Word file.

use super::{DOT, Docx, LEVELS, columns::widths, dot_colour, picture::Picture};
use crate::doc::{Block, Detail, Figure, Line, Medium, Piece, Table, escape::clean, quote::quotes};
use crate::model::to_single_line;

/// The number of the Word list for bullet items. All bullet lists of the document are stored as this one Word list.
pub const BULLETS: usize = 1;
/// The width and height of a symbol in a legend, in pixels.
const KEY: (f64, f64) = (12.0, 12.0);

/// A part of the document's body: a paragraph or a table.
pub enum Part {
    Paragraph(Paragraph),
    Table(Cells),
}

pub struct Paragraph {
    pub style: &'static str,
    /// True if the paragraph must be on the same page as the next part.
    pub keeps_next: bool,
    pub on_new_page: bool,
    /// The number of the list that contains the paragraph, and the level of the paragraph in this list. `None` if the
    /// paragraph is not in a list.
    pub list: Option<(usize, usize)>,
    pub runs: Vec<Run>,
}

/// A piece of text with the same look throughout, a line break, or a picture.
pub enum Run {
    Words(Look, String),
    Break,
    Picture(Picture),
}

#[derive(Clone, Copy)]
pub enum Look {
    Plain,
    Strong,
    Gone,
    New,
    /// Text in a colour. The colour is given as a hexadecimal number.
    Colour(&'static str),
}

/// The cells of a table. The first row contains the headings.
pub struct Cells {
    pub columns: Vec<CellColumn>,
    pub rows: Vec<Vec<Vec<Run>>>,
}

pub struct CellColumn {
    pub width: usize,
    pub is_number: bool,
}

impl Cells {
    pub fn width(&self) -> usize {
        self.columns.iter().map(|column| column.width).sum()
    }

    /// Returns the cells of a row, each together with the column of the cell.
    pub fn cells<'c>(
        &'c self,
        row: &'c [Vec<Run>],
    ) -> impl Iterator<Item = (&'c CellColumn, &'c Vec<Run>)> {
        self.columns.iter().zip(row)
    }

    /// Checks whether the row with the index `row` must be on the same page as the next row.
    pub fn keeps_next(&self, row: &usize) -> bool {
        const SHORT: usize = 9;
        let rest = self.rows.len() - 1 - row;
        rest > 0 && (*row < 2 || rest == 1 || self.rows.len() <= SHORT)
    }
}

impl Docx {
    pub fn block(&mut self, block: &Block) -> anyhow::Result<()> {
        match block {
            Block::Heading(level, words) => {
                let style = ["Title", "Heading1", "Heading2"].get(level - 1).unwrap_or(&"Heading3");
                self.paragraph(style, runs(words));
            }
            Block::Paragraph(words) | Block::Hanging(_, _, words) => {
                self.paragraph("Normal", runs(words));
            }
            Block::Numbered(number, words) => {
                if *number == 1 {
                    self.paragraphs = self.new_list();
                }
                self.item("ListNumber", Some((self.paragraphs, 0)), runs(words));
            }
            Block::Items(items) => {
                let list = self.new_list();
                items
                    .iter()
                    .for_each(|words| self.item("ListNumber", Some((list, 0)), runs(words)));
            }
            Block::Bullets(items) => {
                items
                    .iter()
                    .for_each(|words| self.item("ListBullet", Some((BULLETS, 0)), runs(words)));
            }
            Block::Quoted(text) => self.quoted("Quote", text),
            Block::Text(text) => self.quoted("Normal", text),
            Block::Details(details) => details.iter().for_each(|detail| self.detail(detail)),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure)?,
            Block::On(Medium::Paper, block) => self.block(block)?,
            Block::Gap
            | Block::Rule
            | Block::Line(_)
            | Block::Drawing(_)
            | Block::On(Medium::Screen, _) => {}
        }
        Ok(())
    }

    fn new_list(&mut self) -> usize {
        self.lists += 1;
        BULLETS + self.lists
    }

    fn paragraph(&mut self, style: &'static str, runs: Vec<Run>) {
        self.item(style, None, runs);
    }

    /// Adds a paragraph. `list` is the number of the list that contains the paragraph, and the level in this list.
    fn item(&mut self, style: &'static str, list: Option<(usize, usize)>, runs: Vec<Run>) {
        let on_new_page = std::mem::take(&mut self.begins_page);
        self.parts.push(Part::Paragraph(Paragraph {
            style,
            keeps_next: false,
            on_new_page,
            list,
            runs,
        }));
    }

    /// Adds the paragraphs and list items of a quoted text.
    fn quoted(&mut self, style: &'static str, text: &str) {
        for quote in quotes(text) {
            let list = quote.is_item.then_some((BULLETS, quote.depth.min(LEVELS - 1)));
            self.item(style, list, vec![plain(&quote.words)]);
        }
    }

    fn detail(&mut self, detail: &Detail) {
        if detail.only_on == Some(Medium::Screen) {
            return;
        }
        let mut words = match detail.name {
            "" => Vec::new(),
            name => vec![Run::Words(Look::Strong, format!("{name}: "))],
        };
        words.extend(runs(&detail.words));
        self.item("ListBullet", Some((BULLETS, 0)), words);
        for note in detail.notes.iter().chain(&detail.entries) {
            self.item("ListBullet", Some((BULLETS, 1)), vec![plain(&to_single_line(note))]);
        }
    }

    /// Makes the last paragraph stay on the same page as the next part.
    fn keep_last(&mut self) {
        if let Some(Part::Paragraph(last)) = self.parts.last_mut() {
            last.keeps_next = true;
        }
    }

    fn table(&mut self, table: &Table) {
        self.keep_last();
        if !table.caption.0.is_empty() {
            self.paragraph("Caption", runs(&table.caption));
        }
        let headings = table.columns.iter().map(|column| vec![plain(&column.heading)]).collect();
        let rows = table.rows.iter().map(|row| row.iter().map(runs).collect());
        let columns = table.columns.iter().zip(widths(table));
        let columns =
            columns.map(|(column, width)| CellColumn { width, is_number: column.is_number });
        let rows = std::iter::once(headings).chain(rows).collect();
        self.parts.push(Part::Table(Cells { columns: columns.collect(), rows }));
    }

    /// Adds a figure, and keeps the picture, the caption, the legend and the note on one page.
    fn figure(&mut self, figure: &Figure) -> anyhow::Result<()> {
        self.keep_last();
        self.paragraph("Caption", vec![plain(figure.caption)]);
        let mut legend = Vec::new();
        for key in &figure.legend {
            legend.push(Run::Picture(self.pictures.place(
                &key.to_string(),
                key.words.clone(),
                KEY,
            )?));
            legend.push(plain(&format!("\u{a0}{}   ", key.words.replace(' ', "\u{a0}"))));
        }
        if !legend.is_empty() {
            self.paragraph("Chart", legend);
            self.keep_last();
        }
        let Figure { picture, .. } = figure;
        let size = (picture.width, picture.height);
        let words = clean(&picture.description);
        let picture = self.pictures.place(&picture.svg, words, size)?;
        self.paragraph("Chart", vec![Run::Picture(picture)]);
        if let Some(note) = &figure.note {
            self.keep_last();
            self.paragraph("Chart", vec![plain(note)]);
        }
        Ok(())
    }
}

fn plain(words: &str) -> Run {
    Run::Words(Look::Plain, clean(words))
}

fn runs(line: &Line) -> Vec<Run> {
    let mut runs = Vec::new();
    for piece in &line.0 {
        let (look, words) = match piece {
            Piece::Words(words) | Piece::Styled(_, words) => (Look::Plain, words.as_str()),
            Piece::Strong(words) => (Look::Strong, words.as_str()),
            Piece::Gone(words) => (Look::Gone, words.as_str()),
            Piece::New(words) => (Look::New, words.as_str()),
            Piece::Break => {
                runs.push(Run::Break);
                continue;
            }
            Piece::Datum(datum) => {
                let word = datum.class.map(|_| datum.shown.as_str());
                if let Some(colour) = word.and_then(dot_colour) {
                    runs.push(Run::Words(Look::Colour(colour), format!("{DOT}\u{a0}")));
                }
                (Look::Plain, datum.shown.as_str())
            }
        };
        runs.push(Run::Words(look, clean(words)));
    }
    runs
}
