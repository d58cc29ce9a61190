//! Prints a document on a screen.

use super::{
    Block, Detail, Doc, Line, Medium, Screen,
    screen::READING_WIDTH,
    style::{FAINT, STRONG, paint},
    text::wrap,
};

/// The number of columns by which the text of a detail is indented. The name of the detail stands to the left of the
/// text.
const MARGIN: usize = 14;
/// The width of the date at the beginning of an entry, in columns.
pub const DAY: usize = 12;

impl Screen {
    /// Returns the text of the document for this screen. Lists, quotations and figures are left out.
    pub fn print(self, doc: &Doc) -> String {
        doc.0.iter().map(|block| self.block(block)).collect()
    }

    fn block(self, block: &Block) -> String {
        match block {
            Block::Heading(_, words) => self.block(&Block::Paragraph(words.in_style(STRONG))),
            Block::Paragraph(words) => self.hanging("", 0, words),
            Block::Line(words) => words.painted().trim_end().to_owned() + "\n",
            Block::Text(text) => wrap(text, self, "", ""),
            Block::Hanging(first, rest, words) => self.hanging(&first.painted(), *rest, words),
            Block::Details(facts) => facts.iter().map(|detail| self.detail(detail)).collect(),
            Block::Table(table) => table.on_screen(self),
            Block::Gap => "\n".to_owned(),
            Block::Rule => {
                let rule = "─".repeat(self.width.unwrap_or(READING_WIDTH));
                format!("\n{}\n\n", paint(FAINT, &rule))
            }
            Block::Drawing(text) => text.clone(),
            Block::On(Medium::Screen, block) => self.block(block),
            Block::On(Medium::Paper, _)
            | Block::Numbered(..)
            | Block::Items(_)
            | Block::Bullets(_)
            | Block::Quoted(_)
            | Block::Figure(_) => String::new(),
        }
    }

    /// Puts the label `first` before a line, and wraps the line. All lines after the first line are indented by `rest`
    /// columns.
    fn hanging(self, first: &str, rest: usize, words: &Line) -> String {
        let rest = " ".repeat(rest);
        match words.only_style() {
            Some(style) if first.is_empty() => {
                let wrapped = wrap(&words.plain(), self, "", &rest);
                wrapped.lines().map(|line| paint(style, line) + "\n").collect()
            }
            _ => wrap(&words.painted(), self, first, &rest),
        }
    }

    fn detail(self, detail: &Detail) -> String {
        if detail.only_on == Some(Medium::Paper) {
            return String::new();
        }
        let margin = " ".repeat(MARGIN);
        let name = paint(FAINT, detail.name) + &margin[detail.name.len()..];
        let mut text = self.hanging(&name, MARGIN, &detail.words);
        text.extend(detail.notes.iter().map(|note| wrap(note, self, &margin, &margin)));
        let below = " ".repeat(MARGIN + DAY);
        text.extend(detail.entries.iter().map(|entry| wrap(entry, self, &margin, &below)));
        text
    }
}
