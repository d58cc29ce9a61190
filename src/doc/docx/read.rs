//! Reads a Word file as its readers see it: paragraphs and tables in order. Also finds content that a reader does not
//! see.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use anyhow::{Context as _, bail};
use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart, Event},
};
use zip::ZipArchive;

use super::{
    DOT, dot_colour,
    look::{Hiding, Look, Styles},
};
use crate::model::to_single_line;

/// The maximum unpacked size of a part of the file, in bytes.
const LARGEST_PART: u64 = if cfg!(test) { 1 << 20 } else { 64 << 20 };
/// The maximum depth of nested elements in a part.
const DEEPEST: usize = 200;
/// The file endings of parts with text, pictures or fonts.
const PLAIN: [&str; 12] =
    ["xml", "rels", "png", "svg", "jpg", "jpeg", "gif", "emf", "wmf", "tiff", "odttf", "ttf"];

/// The content of a Word file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct WordFile {
    pub passages: Vec<Passage>,
    /// The description of each picture.
    pub pictures: Vec<String>,
    pub hidden: Vec<Hidden>,
    /// The description in the document properties.
    pub description: Option<String>,
}

/// A passage of a Word file.
#[derive(Debug, PartialEq, Eq)]
pub enum Passage {
    /// A paragraph: the name of its style in lower case, and its text on one line.
    Paragraph(String, String),
    /// A table: its rows of cells, with the headings first.
    Table(Vec<Vec<String>>),
    /// A footnote, a header or a footer.
    Margin(String),
}

/// Content that a reader does not see.
#[derive(Debug, PartialEq, Eq)]
pub struct Hidden {
    pub why: Hiding,
    pub words: String,
}

/// Reads a Word file.
///
/// # Errors
/// Fails if the file is not a Word file, is not well-formed, or is too large when unpacked.
pub fn read(bytes: &[u8]) -> anyhow::Result<WordFile> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).context("this is not a Word file")?;
    let names = archive.file_names().map(|name| Ok(name?.into_owned()));
    let names: Vec<String> = names.collect::<anyhow::Result<_>>()?;
    let mut part = |name: &str| -> anyhow::Result<Option<String>> {
        if !names.iter().any(|known| known == name) {
            return Ok(None);
        }
        let mut text = String::new();
        archive.by_name(name)?.take(LARGEST_PART + 1).read_to_string(&mut text)?;
        match text.len() as u64 > LARGEST_PART {
            true => bail!("{name} unpacks to more than {} MiB", LARGEST_PART >> 20),
            false => Ok(Some(text)),
        }
    };
    let styles = Styles::read(&part("word/styles.xml")?.unwrap_or_default())?;
    let document = part("word/document.xml")?.context("this is not a Word file")?;
    let mut file = Walk::over(&document, &styles)?;
    file.description = described(&part("docProps/core.xml")?.unwrap_or_default())?;
    for name in names.iter().filter(|name| is_margin(name)) {
        let margin = Walk::over(&part(name)?.unwrap_or_default(), &styles)?;
        let said = margin.passages.iter().flat_map(Passage::lines).filter(|said| !is_page(said));
        let is_comment = name.contains("comments");
        for words in said {
            match is_comment {
                true => file.hidden.push(Hidden { why: Hiding::Comment, words }),
                false => file.passages.push(Passage::Margin(words)),
            }
        }
        file.hidden.extend(margin.hidden);
    }
    for name in names.iter().filter(|name| !name.ends_with('/')) {
        if !name.rsplit_once('.').is_some_and(|(_, ending)| PLAIN.contains(&ending)) {
            file.hidden.push(Hidden { why: Hiding::Content, words: name.clone() });
        }
    }
    Ok(file)
}

/// Returns the description in the properties of a document.
fn described(core: &str) -> anyhow::Result<Option<String>> {
    let (mut reader, mut is_in, mut words) = (Reader::from_str(core), false, None);
    loop {
        match reader.read_event()? {
            Event::Start(tag) => is_in = tag.local_name().into_inner() == "description",
            Event::End(_) => is_in = false,
            Event::Text(text) if is_in => {
                words.get_or_insert_with(String::new).push_str(&text.xml10_content());
            }
            Event::GeneralRef(reference) if is_in => {
                words.get_or_insert_with(String::new).push_str(&letter(&reference)?);
            }
            Event::Eof => return Ok(words),
            _ => {}
        }
    }
}

/// Returns the letter for an XML reference.
fn letter(reference: &BytesRef<'_>) -> anyhow::Result<String> {
    if let Some(letter) = reference.resolve_char_ref()? {
        return Ok(letter.to_string());
    }
    let letter = resolve_predefined_entity(&reference.xml10_content());
    Ok(letter.context("the file has an unknown XML reference")?.to_owned())
}

/// Checks whether a part contains notes, comments, a header or a footer.
fn is_margin(name: &str) -> bool {
    let kinds = ["header", "footer", "footnotes", "endnotes", "comments"];
    let name = name.strip_prefix("word/").filter(|name| name.ends_with(".xml"));
    let end = |rest: &str| rest.trim_end_matches(".xml").bytes().all(|byte| byte.is_ascii_digit());
    name.is_some_and(|name| kinds.iter().any(|kind| name.strip_prefix(kind).is_some_and(end)))
}

/// Checks whether a text is a page number, such as `Page 1 of 4`, which every report has.
fn is_page(words: &str) -> bool {
    let mut words = words.split(' ');
    let mut is = |wanted: &str| words.next() == Some(wanted);
    let numbers = is("Page") && words.next().is_some_and(is_number);
    let mut is = |wanted: &str| words.next() == Some(wanted);
    numbers && is("of") && words.next().is_some_and(is_number) && words.next().is_none()
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

impl Passage {
    /// Returns the text of the paragraph, or the text of each row.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Paragraph(_, words) | Self::Margin(words) => vec![words.clone()],
            Self::Table(rows) => rows.iter().map(|cells| cells.join(" ")).collect(),
        }
    }
}

/// The state while the elements of a part are read one by one.
struct Walk<'s> {
    styles: &'s Styles,
    file: WordFile,
    /// The names of the open elements.
    open: Vec<String>,
    /// The open paragraphs. There may be several, because a text box is inside a paragraph.
    paragraphs: Vec<Open>,
    /// The open tables.
    tables: Vec<Vec<Vec<String>>>,
    look: Look,
    /// The background colours of the open cell, paragraph and run.
    papers: BTreeMap<&'static str, String>,
}

/// A paragraph that is still open.
#[derive(Default)]
struct Open {
    style: String,
    words: String,
    /// The colour of the last dot in the paragraph.
    dot: Option<String>,
}

impl<'s> Walk<'s> {
    fn over(xml: &str, styles: &'s Styles) -> anyhow::Result<WordFile> {
        let mut walk = Self {
            styles,
            file: WordFile::default(),
            open: Vec::new(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            look: Look::default(),
            papers: BTreeMap::new(),
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
                    bail!("the file has an XML document type, which a Word file never has")
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
            "p" => {
                self.papers.remove("p");
                self.paragraphs.push(Open::default());
            }
            "r" => {
                self.papers.remove("r");
                self.look = Look::default();
            }
            "tbl" => self.tables.push(Vec::new()),
            "tr" => self.row(Vec::new()),
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
                self.file.pictures.push(to_single_line(&value("descr")?.unwrap_or_default()));
            }
            "noBreakHyphen" => self.say_in_text("-"),
            _ if self.open.last().is_some_and(|open| open == "rPr") && !self.is_in("pPr") => {
                self.look.set(&name, tag)?;
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
            Some("tbl") => {
                let Some(table) = self.tables.pop() else { return };
                match self.tables.last_mut().and_then(|around| around.last_mut()?.last_mut()) {
                    // A table in a cell becomes a part of the cell's text.
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
        let Some(Open { style, words, dot }) = self.paragraphs.pop() else { return };
        let words = to_single_line(&words);
        if words.is_empty() {
            return;
        }
        if let Some(dot) = dot {
            let (_, beside) = words.rsplit_once(DOT).unwrap_or_default();
            if dot_colour(beside.trim()) != Some(dot.as_str()) {
                self.hide(Hiding::Dot, &words);
            }
        }
        match self.tables.last_mut().and_then(|table| table.last_mut()?.last_mut()) {
            Some(cell) => *cell = to_single_line(&format!("{cell} {words}")),
            None => self.file.passages.push(Passage::Paragraph(self.styles.name(&style), words)),
        }
    }

    /// Adds text of the file. It is visible text only in some elements.
    fn say(&mut self, words: &str) {
        match self.open.last().map(String::as_str) {
            Some("t") => self.say_in_text(words),
            Some("delText") => self.hide(Hiding::Deleted, words),
            _ => {}
        }
    }

    fn say_in_text(&mut self, words: &str) {
        // A fallback repeats its content for older programs.
        if self.is_in("Fallback") {
            return;
        }
        if self.is_in("del") || self.is_in("moveFrom") {
            return self.hide(Hiding::Deleted, words);
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let look = self.styles.look(&paragraph.style, &self.look);
        let paper = ["r", "p", "tc"].into_iter().find_map(|name| self.papers.get(name));
        match look.hiding(paper.map(String::as_str)) {
            Some(why) => self.hide(why, words),
            None => {
                if words.contains(DOT) {
                    paragraph.dot = Some(look.colour().to_uppercase());
                }
                paragraph.words.push_str(words);
            }
        }
    }

    /// Records text that a reader does not see. Adjacent texts with the same reason are joined.
    fn hide(&mut self, why: Hiding, words: &str) {
        match self.file.hidden.last_mut() {
            Some(last) if last.why == why && why != Hiding::Comment => last.words.push_str(words),
            _ => self.file.hidden.push(Hidden { why, words: words.to_owned() }),
        }
        self.file.hidden.retain(|hidden| !hidden.words.trim().is_empty());
    }
}

/// Returns the value of an attribute, found by its local name.
pub fn attribute(tag: &BytesStart<'_>, wanted: &str) -> anyhow::Result<Option<String>> {
    for attribute in tag.attributes() {
        let attribute = attribute?;
        if attribute.key.local_name().into_inner() == wanted {
            return Ok(Some(attribute.normalized_value(XmlVersion::Implicit1_0)?.into_owned()));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::{super::package::Package, *};

    const STYLES: &str = r#"<w:styles><w:style w:styleId="Title"><w:name w:val="Title"/></w:style>
        <w:style w:styleId="Ghost"><w:name w:val="Ghost"/><w:basedOn w:val="Dim"/></w:style>
        <w:style w:styleId="Dim"><w:name w:val="Dim"/><w:rPr><w:color w:val="FEFEFE"/></w:rPr></w:style></w:styles>"#;

    fn file(parts: &[(&str, &str)]) -> anyhow::Result<WordFile> {
        let mut package = Package::new();
        for (name, content) in parts {
            package.add(name, content)?;
        }
        read(&package.finish()?)
    }

    fn of_body(body: &str) -> anyhow::Result<WordFile> {
        let document = format!("<w:document><w:body>{body}</w:body></w:document>");
        file(&[("word/styles.xml", STYLES), ("word/document.xml", &document)])
    }

    fn paragraph(style: &str, words: &str) -> Passage {
        Passage::Paragraph(style.to_owned(), words.to_owned())
    }

    #[test]
    fn paragraphs_and_tables_come_in_order_however_their_words_are_cut_into_runs() {
        let read = of_body(
            r#"<w:p><w:pPr><w:pStyle w:val="Title"/><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>Pro</w:t></w:r><w:r><w:t
            xml:space="preserve">gress &amp; </w:t></w:r><w:ins><w:r><w:br/><w:t>more&#x2026;</w:t></w:r></w:ins></w:p><w:p/>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>No.</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>1</w:t>
            </w:r></w:p><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>in</w:t></w:r></w:p></w:tc></w:tr>
            </w:tbl><w:p/></w:tc></w:tr></w:tbl><w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple><w:r><w:instrText>X
            </w:instrText></w:r></w:p>"#,
        );
        let rows = [["No.", ""], ["1 a", "in"]].map(|row| row.map(str::to_owned).to_vec());
        let passages = vec![
            paragraph("title", "Progress & more…"),
            Passage::Table(rows.to_vec()),
            paragraph("", "7"),
        ];
        let read = read.unwrap();
        assert_eq!((read.passages, read.hidden), (passages, Vec::new()));
    }

    #[test]
    fn words_that_nobody_sees_are_told_and_are_no_text() {
        for (why, around) in [
            (Hiding::Vanished, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>WORDS</w:t></w:r>"),
            (Hiding::Struck, "<w:r><w:rPr><w:strike/></w:rPr><w:t>WORDS</w:t></w:r>"),
            (
                Hiding::Colour,
                r#"<w:r><w:rPr><w:color w:val="ffffff"/></w:rPr><w:t>WORDS</w:t></w:r>"#,
            ),
            (
                Hiding::Colour,
                r#"<w:r><w:rPr><w:color w:themeColor="background1"/></w:rPr><w:t>WORDS</w:t></w:r>"#,
            ),
            (
                Hiding::Colour,
                r#"<w:r><w:rPr><w:rStyle w:val="Ghost"/></w:rPr><w:t>WORDS</w:t></w:r>"#,
            ),
            (
                Hiding::Colour,
                r#"<w:r><w:rPr><w:shd w:fill="101010"/></w:rPr><w:t>WORDS</w:t></w:r>"#,
            ),
            (Hiding::Tiny, r#"<w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t>WORDS</w:t></w:r>"#),
            (Hiding::Deleted, "<w:del><w:r><w:delText>WORDS</w:delText></w:r></w:del>"),
            (Hiding::Deleted, "<w:moveFrom><w:r><w:t>WORDS</w:t></w:r></w:moveFrom>"),
        ] {
            let read = of_body(&format!("<w:p><w:r><w:t>seen</w:t></w:r>{around}</w:p>")).unwrap();
            assert_eq!(read.passages, [paragraph("", "seen")], "{around}");
            assert_eq!(read.hidden, [Hidden { why, words: "WORDS".to_owned() }], "{around}");
        }
        let white_on_black = r#"<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="000000"/></w:tcPr><w:p><w:r><w:rPr>
            <w:color w:val="FFFFFF"/></w:rPr><w:t>seen</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#;
        assert_eq!(of_body(white_on_black).unwrap().hidden, []);
    }

    #[test]
    fn a_dot_that_is_not_of_the_colour_of_its_word_is_told() {
        for (word, is_told) in [("green", false), ("red", true), ("amber and green", true)] {
            let read = of_body(&format!(
                r#"<w:p><w:r><w:rPr><w:color w:val="1D5C37"/></w:rPr><w:t>●&#xa0;</w:t></w:r><w:r><w:t>{word}</w:t></w:r></w:p>"#
            ));
            assert_eq!(!read.unwrap().hidden.is_empty(), is_told, "{word}");
        }
    }

    #[test]
    fn notes_margins_comments_and_what_could_run_are_told() {
        let text = "<w:p><w:r><w:t>words</w:t></w:r></w:p>";
        let parts = [
            ("word/document.xml", text),
            ("word/footer1.xml", "<w:p><w:r><w:t>Page 1 of 12</w:t></w:r></w:p>"),
            ("word/header2.xml", text),
            ("word/comments.xml", text),
            ("word/vbaProject.bin", ""),
        ];
        let read = file(&parts).unwrap();
        let words = "words".to_owned();
        assert_eq!(read.passages, [paragraph("", "words"), Passage::Margin(words.clone())]);
        let content = Hidden { why: Hiding::Content, words: "word/vbaProject.bin".to_owned() };
        assert_eq!(read.hidden, [Hidden { why: Hiding::Comment, words }, content]);
    }

    #[test]
    fn hostile_files_are_refused() {
        let deep = "<w:p>".repeat(1000);
        let bomb = format!("<w:p>{}</w:p>", " ".repeat((1 << 20) + 1));
        for body in [deep.as_str(), &bomb, "<w:p>&unknown;</w:p>", "<w:p></w:r>"] {
            assert!(of_body(body).is_err());
        }
        let entities = "<!DOCTYPE w [<!ENTITY a \"a\">]><w:document/>";
        assert!(file(&[("word/document.xml", entities)]).is_err());
        assert!(file(&[("other.xml", "")]).is_err() && read(b"no archive").is_err());
    }
}
