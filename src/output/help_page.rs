//! Lays out sections of the documentation as pages of `plan help` for a screen.

use std::mem;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::doc::{Block, Doc, Screen};

/// The maximum width of a help page, in columns.
pub const HELP_WIDTH: usize = 80;
const BETWEEN_CELLS: &str = ": ";

/// Returns the section of a document that begins with the line `heading`; `None` if there is no such line.
pub fn section<'d>(document: &'d str, heading: &str) -> Option<&'d str> {
    let (mut begin, mut at) = (None, 0);
    for line in document.split_inclusive('\n') {
        match begin {
            None if line.trim_end() == heading => begin = Some(at),
            Some(begin) if line.starts_with("## ") || line.starts_with("### ") => {
                return Some(&document[begin..at]);
            }
            _ => {}
        }
        at += line.len();
    }
    begin.map(|begin| &document[begin..])
}

/// Lays out Markdown for a screen: paragraphs are wrapped, code is indented, and each row of a table becomes a line.
pub fn help_page(markdown: &str, screen: Screen) -> String {
    let mut doc = Doc::default();
    let (mut words, mut is_code, mut is_item) = (String::new(), false, false);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) if is_code => {
                let indent = |line: &str| if line == "\n" { "" } else { "  " };
                let lines = text.split_inclusive('\n');
                words.extend(lines.map(|line| format!("{}{line}", indent(line))));
            }
            Event::Text(text) => words.push_str(&text),
            Event::Code(code) => words.push_str(&format!("`{code}`")),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::Start(Tag::Item) => is_item = true,
            Event::Start(Tag::List(_) | Tag::Table(_)) => doc.gap(),
            Event::End(TagEnd::TableCell) => words.push_str(BETWEEN_CELLS),
            Event::End(TagEnd::TableHead) => words.clear(),
            Event::End(end) => doc.0.extend(ended(end, &mut words, &mut is_code, &mut is_item)),
            _ => {}
        }
    }
    screen.at_most(HELP_WIDTH).print(&doc).trim_start_matches('\n').to_owned()
}

/// Returns the blocks to add to the page at the end of a Markdown element. `end` is the kind of the element, and
/// `words` is the text in the element.
fn ended(end: TagEnd, words: &mut String, is_code: &mut bool, is_item: &mut bool) -> Vec<Block> {
    let block = match end {
        TagEnd::Heading(_) => Block::Heading(2, mem::take(words).into()),
        TagEnd::Paragraph if !*is_item => Block::Paragraph(mem::take(words).into()),
        TagEnd::CodeBlock => {
            *is_code = false;
            Block::Drawing(mem::take(words))
        }
        TagEnd::Item => {
            *is_item = false;
            return vec![Block::Hanging("- ".into(), 2, mem::take(words).into())];
        }
        TagEnd::TableRow => {
            let row = mem::take(words);
            let row = row.trim_end_matches(BETWEEN_CELLS);
            return vec![Block::Hanging("  ".into(), 6, row.into())];
        }
        _ => return Vec::new(),
    };
    vec![Block::Gap, block]
}
