//! Reads the XML elements of a part of a Word file. Collects the text, the pictures and the hidden content.

use std::collections::BTreeMap;

use anyhow::bail;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    DOT,
    content::{Hidden, Passage, Shown, WordFile},
    dot_colour,
    look::{Hiding, Look, Styles},
    xml::{attribute, letter},
};
use crate::model::to_single_line;

/// The maximum depth of nested XML elements.
const DEEPEST: usize = 200;
/// The minimum height at which a line of text or a table row is readable, in twentieths of a point.
const LOWEST: u32 = 100;

/// The state of reading one part of a Word file.
pub struct Walk<'s> {
    styles: &'s Styles,
    file: WordFile,
    /// The names of the XML elements that are not closed yet, from the outermost to the innermost.
    open: Vec<String>,
    /// The paragraphs that are not closed yet. There may be several, because a paragraph can contain a text box with
    /// other paragraphs.
    paragraphs: Vec<Open>,
    /// The tables that are not closed yet, each as rows of cells.
    tables: Vec<Vec<Vec<String>>>,
    /// The looks of the runs that are not closed yet. A run is a piece of text with the same look throughout.
    looks: Vec<Look>,
    /// The texts of the `Choice` variant and the `Fallback` variant of the same content. A word processor shows only
    /// one of these variants.
    variants: [String; 2],
    /// The background colours of the current table cell, paragraph and run. The keys `tc`, `p` and `r` are the names of
    /// their XML elements.
    papers: BTreeMap<&'static str, String>,
    /// True if the height of the current table row is too small for readable text.
    is_low: bool,
}

/// A paragraph whose XML element is not closed yet.
#[derive(Default)]
struct Open {
    style: String,
    words: String,
    /// The colour of each coloured dot in the paragraph, and the position of the dot in the text, in bytes.
    dots: Vec<(String, usize)>,
    /// True if the height of the paragraph's lines is too small for readable text.
    is_low: bool,
}

impl<'s> Walk<'s> {
    pub fn over(xml: &str, styles: &'s Styles) -> anyhow::Result<WordFile> {
        let mut walk = Self {
            styles,
            file: WordFile::default(),
            open: Vec::new(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            looks: Vec::new(),
            variants: Default::default(),
            papers: BTreeMap::new(),
            is_low: false,
        };
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        loop {
            match reader.read_event()? {
                Event::Start(tag) => walk.begin(&tag)?,
                Event::End(_) => walk.end(),
                Event::Text(text) => walk.say(&text.xml10_content()),
                Event::CData(text) => walk.say(&text.xml10_content()),
                Event::GeneralRef(reference) => walk.say(&letter(&reference)?),
                Event::DocType(_) => {
                    bail!("the file declares an XML document type, which a Word file never does")
                }
                Event::Eof => return Ok(walk.file),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|open| open == name)
    }

    fn begin(&mut self, tag: &BytesStart<'_>) -> anyhow::Result<()> {
        let name = tag.local_name().into_inner().to_owned();
        let value = |wanted: &str| attribute(tag, wanted);
        match name.as_str() {
            // An element whose name ends with `PrChange` describes the look that the text had before a tracked change.
            // It is ignored with all its content.
            _ if self.open.iter().any(|open| open.ends_with("PrChange")) => {}
            "AlternateContent" => self.variants = Default::default(),
            "p" => {
                self.papers.remove("p");
                self.paragraphs.push(Open::default());
            }
            "r" => {
                self.papers.remove("r");
                self.looks.push(Look::default());
            }
            "tbl" => self.tables.push(Vec::new()),
            "tr" => {
                self.is_low = false;
                self.row(Vec::new());
            }
            "tc" => {
                self.papers.remove("tc");
                self.cell();
            }
            "pStyle" => {
                if let (Some(open), Some(style)) = (self.paragraphs.last_mut(), value("val")?) {
                    open.style = style;
                }
            }
            "shd" => {
                let around = ["r", "p", "tc"].into_iter().find(|name| self.is_in(name));
                if let (Some(around), Some(fill)) = (around, value("fill")?) {
                    self.papers.insert(around, fill);
                }
            }
            "tab" | "br" | "cr" if !self.is_in("pPr") => self.say_in_text(" "),
            "docPr" if !self.is_in("Fallback") => {
                let words = to_single_line(&value("descr")?.unwrap_or_default());
                let after = self.file.passages.len();
                self.file.pictures.push(Shown { after, words, ..Shown::default() });
            }
            "blip" | "svgBlip" => {
                if let (Some(shown), Some(id)) = (self.file.pictures.last_mut(), value("embed")?) {
                    shown.relations.push(id);
                }
            }
            "spacing" if self.is_in("pPr") && is_low(tag, "line", "lineRule")? => {
                self.paragraphs.iter_mut().for_each(|open| open.is_low = true);
            }
            "trHeight" => self.is_low = is_low(tag, "val", "hRule")?,
            "vMerge" | "hMerge" => self.hide(Hiding::Merged, "…"),
            "gridSpan" if value("val")?.is_some_and(|count| count != "1") => {
                self.hide(Hiding::Merged, "…");
            }
            // The element `sym` shows a symbol from any font. It is recorded as hidden content, because the symbol
            // could look like a digit.
            "altChunk" | "object" | "control" | "subDoc" | "sym" => {
                self.hide(Hiding::Content, &name)
            }
            "noBreakHyphen" => self.say_in_text("-"),
            "softHyphen" => self.say_in_text("\u{ad}"),
            _ if self.open.last().is_some_and(|open| open == "rPr") && !self.is_in("pPr") => {
                if let Some(look) = self.looks.last_mut() {
                    look.set(&name, tag)?;
                }
            }
            _ => {}
        }
        self.open.push(name);
        match self.open.len() > DEEPEST {
            true => bail!("the elements of the file are nested too deeply"),
            false => Ok(()),
        }
    }

    fn row(&mut self, row: Vec<String>) {
        if let Some(table) = self.tables.last_mut() {
            table.push(row);
        }
    }

    fn cell(&mut self) {
        if let Some(row) = self.tables.last_mut().and_then(|table| table.last_mut()) {
            row.push(String::new());
        }
    }

    fn end(&mut self) {
        match self.open.pop().as_deref() {
            Some("p") => self.end_paragraph(),
            Some("r") => drop(self.looks.pop()),
            Some("AlternateContent") => {
                let [choice, fallback] = std::mem::take(&mut self.variants);
                if to_single_line(&choice) != to_single_line(&fallback) {
                    self.hide(Hiding::Content, &fallback);
                }
            }
            Some("tbl") => {
                let Some(table) = self.tables.pop() else { return };
                match self.tables.last_mut().and_then(|around| around.last_mut()?.last_mut()) {
                    // The text of a table inside a cell becomes text of this cell.
                    Some(cell) => {
                        let words = table.concat().join(" ");
                        *cell = to_single_line(&format!("{cell} {words}"));
                    }
                    None => self.file.passages.push(Passage::Table(table)),
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(Open { style, words, dots, .. }) = self.paragraphs.pop() else { return };
        for (colour, from) in dots {
            let beside = words[from..].trim();
            if dot_colour(beside) != Some(colour.as_str()) {
                self.hide(Hiding::Dot, beside);
            }
        }
        let words = to_single_line(&words);
        if words.is_empty() {
            return;
        }
        match self.tables.last_mut().and_then(|table| table.last_mut()?.last_mut()) {
            Some(cell) => *cell = to_single_line(&format!("{cell} {words}")),
            None => self.file.passages.push(Passage::Paragraph(self.styles.name(&style), words)),
        }
    }

    /// Adds a text if the current XML element can contain text. Deleted text is recorded as hidden content.
    fn say(&mut self, words: &str) {
        match self.open.last().map(String::as_str) {
            Some("t") => self.say_in_text(words),
            Some("delText") => self.hide(Hiding::Deleted, words),
            _ => {}
        }
    }

    fn say_in_text(&mut self, words: &str) {
        // A word processor shows the `Fallback` variant only if it does not support the `Choice` variant.
        if self.is_in("Fallback") {
            return self.variants[1].push_str(words);
        }
        if self.is_in("Choice") {
            self.variants[0].push_str(words);
        }
        if self.is_in("del") || self.is_in("moveFrom") {
            return self.hide(Hiding::Deleted, words);
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let own = self.looks.last().cloned().unwrap_or_default();
        let look = self.styles.look(&paragraph.style, &own);
        let paper = ["r", "p", "tc"].into_iter().find_map(|name| self.papers.get(name));
        let is_low = self.is_low || paragraph.is_low;
        let low = is_low.then_some(Hiding::Tiny);
        match look.hiding(paper.map(String::as_str)).or(low) {
            Some(why) => self.hide(why, words),
            None if ["", "auto", "000000"].contains(&look.colour()) => {
                paragraph.words.push_str(words);
            }
            None => {
                // A coloured dot before a colour name is decoration, so the dot is not part of the text.
                for (index, part) in words.split(DOT).enumerate() {
                    if index > 0 {
                        paragraph.dots.push((look.colour().to_uppercase(), paragraph.words.len()));
                    }
                    paragraph.words.push_str(part);
                }
            }
        }
    }

    /// Records a text that a reader does not see, with the reason. Adjacent texts with the same reason are joined.
    fn hide(&mut self, why: Hiding, words: &str) {
        let after = self.file.passages.len();
        match self.file.hidden.last_mut() {
            Some(last) if last.why == why && last.after == after => last.words.push_str(words),
            _ if words.trim().is_empty() => {}
            _ => self.file.hidden.push(Hidden { after, why, words: words.to_owned() }),
        }
    }
}

/// Checks whether the element `tag` sets an exact height that is too low for readable text.
fn is_low(tag: &BytesStart<'_>, height: &str, rule: &str) -> anyhow::Result<bool> {
    let height = attribute(tag, height)?.and_then(|height| height.parse::<u32>().ok());
    let is_exact = attribute(tag, rule)?.is_some_and(|rule| rule == "exact");
    Ok(is_exact && height.is_some_and(|height| height < LOWEST))
}
