//! Writes a document as a Word file. Each picture is stored both as PNG and as SVG.

mod body;
mod columns;
mod content;
mod look;
mod package;
mod picture;
mod read;
mod walk;
mod xml;

use askama::Template;

use super::{Block, escape::clean};
use crate::model::Day;
use body::{BULLETS, Look, Part, Run};
pub use content::{Hidden, Passage, Shown, WordFile};
pub use look::Hiding;
use package::Package;
use picture::Pictures;
pub use read::read;

/// The number of levels that a bullet list can have.
const LEVELS: usize = 5;

/// The dot that a Word file shows before the name of a colour, such as `red`. The dot itself has this colour.
const DOT: char = '●';

/// Returns the hexadecimal code of a colour name such as `red`. Returns `None` for any other word.
fn dot_colour(word: &str) -> Option<&'static str> {
    Some(match word {
        "red" => "B3261E",
        "amber" => "D98A00",
        "green" => "1D5C37",
        _ => return None,
    })
}

/// The document properties that a word processor shows, such as the title.
pub struct Properties {
    pub title: String,
    pub description: String,
    /// The day on which the document was written.
    pub written: Day,
}

/// A Word file under construction.
#[derive(Default)]
pub struct Docx {
    parts: Vec<Part>,
    pictures: Pictures,
    /// The count of numbered lists in the file so far.
    lists: usize,
    /// The list number of the latest `Block::Numbered` paragraph.
    paragraphs: usize,
    begins_page: bool,
}

impl Docx {
    /// Makes the next block begin on a new page.
    pub fn new_page(&mut self) {
        self.begins_page = true;
    }

    pub fn add(&mut self, blocks: &[Block]) -> anyhow::Result<()> {
        blocks.iter().try_for_each(|block| self.block(block))
    }

    /// Returns the bytes of the file. The same document always gives the same bytes.
    ///
    /// # Errors
    /// Fails if the document is too large for a Word file.
    pub fn finish(self, properties: &Properties) -> anyhow::Result<Vec<u8>> {
        let Properties { title, description, written } = properties;
        let core =
            Core { title: &clean(title), description: &clean(description), written: *written };
        let drawings = &self.pictures.drawings;
        let mut package = Package::new();
        package
            .add("[Content_Types].xml", include_str!("../../templates/docx/content_types.xml"))?;
        package.add("_rels/.rels", include_str!("../../templates/docx/package_rels.xml"))?;
        package.add("docProps/core.xml", &core.render()?)?;
        package.add("docProps/app.xml", include_str!("../../templates/docx/app.xml"))?;
        package.add("word/document.xml", &Document { parts: &self.parts }.render()?)?;
        let relations = Relations { drawings: drawings.len() }.render()?;
        package.add("word/_rels/document.xml.rels", &relations)?;
        package.add("word/styles.xml", include_str!("../../templates/docx/styles.xml"))?;
        package.add("word/numbering.xml", &Numbering { lists: BULLETS + self.lists }.render()?)?;
        package.add("word/settings.xml", include_str!("../../templates/docx/settings.xml"))?;
        package.add("word/footer.xml", include_str!("../../templates/docx/footer.xml"))?;
        for (drawing, number) in drawings.iter().zip(1..) {
            package.add(&format!("word/media/image{number}.png"), &drawing.png)?;
            package.add(&format!("word/media/image{number}.svg"), &drawing.svg)?;
        }
        package.finish()
    }
}

#[derive(Template)]
#[template(path = "docx/core.xml")]
struct Core<'d> {
    title: &'d str,
    description: &'d str,
    written: Day,
}

#[derive(Template)]
#[template(path = "docx/document.xml")]
struct Document<'d> {
    parts: &'d [Part],
}

#[derive(Template)]
#[template(path = "docx/document_rels.xml")]
struct Relations {
    drawings: usize,
}

#[derive(Template)]
#[template(path = "docx/numbering.xml")]
struct Numbering {
    lists: usize,
}
