//! Renders a report as Markdown, as a Word file or as one HTML page.

use askama::Template;

use super::{Report, Section};
use crate::doc::{
    Block, Line, Piece,
    docx::{Docx, Properties},
    html::Blocks,
    markdown,
};

const DRAFT: &str = "The plan was not committed to git when this report was written, so its figures cannot be verified.";

/// The style sheet of the HTML page.
pub const STYLE: &str = include_str!("../../templates/report.css");

/// Renders the report as Markdown.
pub fn markdown(report: &Report) -> String {
    let mut parts = vec![markdown::print(&head(report))];
    for Section { heading, blocks, .. } in &report.sections {
        parts.push(markdown::print(&[Block::Heading(2, heading.clone())]));
        parts.push(markdown::print(blocks));
    }
    parts.retain(|part| !part.is_empty());
    let provenance = markdown::line(&report.provenance.to_string().into());
    parts.push(format!("---\n\n{provenance}\n"));
    parts.join("\n")
}

/// Returns the blocks of the report that precede its first section.
fn head(report: &Report) -> Vec<Block> {
    let is_draft = report.provenance.is_draft();
    let title = Line::from(if is_draft { "Draft: " } else { "" }).and(report.title.clone());
    let mut blocks = vec![Block::Heading(1, title), Block::Paragraph(report.byline.clone())];
    if is_draft {
        let words = Line::strong("This is a draft.").and(format!(" {DRAFT}"));
        blocks.push(Block::Paragraph(words));
    }
    blocks
}

/// Renders the report as a Word file.
///
/// # Errors
/// Fails if the report is too large for a Word file.
pub fn docx(report: &Report) -> anyhow::Result<Vec<u8>> {
    let mut docx = Docx::default();
    docx.add(&head(report))?;
    for Section { heading, on_new_page, blocks } in &report.sections {
        if *on_new_page {
            docx.new_page();
        }
        docx.add(&[Block::Heading(2, heading.clone())])?;
        docx.add(blocks)?;
    }
    let provenance = report.provenance.to_string();
    docx.add(&[Block::Paragraph(provenance.as_str().into())])?;
    docx.finish(&Properties {
        title: report.title.plain(),
        description: provenance,
        written: report.provenance.as_of,
    })
}

/// Renders the report as one HTML page that needs no other files.
pub fn html(report: &Report) -> anyhow::Result<String> {
    Ok(Html { report }.render()? + "\n")
}

#[derive(Template)]
#[template(path = "report.html")]
struct Html<'p> {
    report: &'p Report,
}

impl Section {
    fn html(&self, number: &usize) -> Blocks<'_> {
        Blocks { blocks: &self.blocks, number: *number }
    }
}
