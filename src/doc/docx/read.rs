//! Reads the visible text and the pictures of a Word file. Also finds content that a reader does not see.

use std::collections::HashMap;

use anyhow::{Context as _, bail};
use quick_xml::{Reader, events::Event};

use super::{
    content::{Hidden, Passage, Shown, WordFile},
    look::{Hiding, Styles},
    package::{LARGEST_PART, Parts},
    walk::Walk,
    xml::{attribute, letter},
};

/// The file name endings of those parts of a Word file that contain text, pictures or fonts. A part with any other
/// ending is reported as hidden content.
const PLAIN: [&str; 12] =
    ["xml", "rels", "png", "svg", "jpg", "jpeg", "gif", "emf", "wmf", "tiff", "odttf", "ttf"];

/// Reads the visible and the hidden content of a Word file.
///
/// # Errors
/// Fails if the file is not a Word file, is not well-formed, or is too large when unpacked.
pub fn read(bytes: &[u8]) -> anyhow::Result<WordFile> {
    let mut parts = Parts::open(bytes)?;
    let styles = Styles::read(&parts.text("word/styles.xml")?.unwrap_or_default())?;
    let document = parts.text("word/document.xml")?.context("this is not a Word file")?;
    let mut file = Walk::over(&document, &styles)?;
    let mut properties = properties(&parts.text("docProps/core.xml")?.unwrap_or_default())?;
    (file.title, file.description) = (properties.remove("title"), properties.remove("description"));
    show(&mut parts, &mut file.pictures)?;
    for name in parts.names.clone() {
        if is_margin(&name) {
            let margin = Walk::over(&parts.text(&name)?.unwrap_or_default(), &styles)?;
            file.add_margin(margin, name.contains("comments"));
        }
        let is_plain = |(_, ending): (&str, &str)| PLAIN.contains(&ending);
        if !name.ends_with('/') && !name.rsplit_once('.').is_some_and(is_plain) {
            file.hidden.push(Hidden { after: 0, why: Hiding::Content, words: name });
        }
    }
    Ok(file)
}

/// Reads the bitmap and SVG files of the pictures.
fn show(parts: &mut Parts<'_>, pictures: &mut [Shown]) -> anyhow::Result<()> {
    /// The maximum size of all pictures together, in bytes.
    const MOST: usize = LARGEST_PART as usize;
    let relations = parts.text("word/_rels/document.xml.rels")?.unwrap_or_default();
    let targets = targets(&relations)?;
    let mut total = 0;
    for picture in pictures {
        for name in picture.relations.iter().filter_map(|id| targets.get(id)) {
            let form = parts.bytes(&format!("word/{name}"))?.unwrap_or_default();
            total += form.len();
            if total > MOST {
                bail!("the pictures unpack to more than {} MiB", MOST >> 20);
            }
            match name.ends_with(".svg") {
                true => picture.svg = Some(String::from_utf8_lossy(&form).into_owned()),
                false => picture.dots = form,
            }
        }
    }
    Ok(())
}

/// Returns the paths of the files to which the document refers. The keys of the map are the ids by which the document
/// refers to these files.
fn targets(relations: &str) -> anyhow::Result<HashMap<String, String>> {
    let (mut reader, mut targets) = (Reader::from_str(relations), HashMap::new());
    loop {
        match reader.read_event()? {
            Event::Start(tag) | Event::Empty(tag) => {
                if let (Some(id), Some(target)) =
                    (attribute(&tag, "Id")?, attribute(&tag, "Target")?)
                {
                    targets.insert(id, target.trim_start_matches("/word/").to_owned());
                }
            }
            Event::Eof => return Ok(targets),
            _ => {}
        }
    }
}

impl WordFile {
    /// Adds the content of `margin`, a part of the Word file that contains notes, comments, a header or a footer.
    /// Comments are added as hidden content.
    fn add_margin(&mut self, margin: Self, is_comment: bool) {
        let after = self.passages.len();
        let said = margin.passages.iter().flat_map(Passage::lines).filter(|said| !is_page(said));
        for words in said {
            match is_comment {
                true => self.hidden.push(Hidden { after, why: Hiding::Comment, words }),
                false => self.passages.push(Passage::Margin(words)),
            }
        }
        self.hidden.extend(margin.hidden.into_iter().map(|hidden| Hidden { after, ..hidden }));
        self.pictures.extend(margin.pictures.into_iter().map(|shown| Shown { after, ..shown }));
    }
}

/// Returns the values of the document properties. The keys of the map are the names of the properties.
fn properties(core: &str) -> anyhow::Result<HashMap<String, String>> {
    let (mut reader, mut name, mut found) =
        (Reader::from_str(core), String::new(), HashMap::<String, String>::new());
    let mut say = |name: &str, words: &str| {
        found.entry(name.to_owned()).or_default().push_str(words);
    };
    loop {
        match reader.read_event()? {
            Event::Start(tag) => name = tag.local_name().into_inner().to_owned(),
            Event::End(_) => name.clear(),
            Event::Text(text) => say(&name, &text.xml10_content()),
            Event::GeneralRef(reference) => say(&name, &letter(&reference)?),
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// Checks whether `name` is the file name of a part that contains notes, comments, a header or a footer of the Word
/// file.
fn is_margin(name: &str) -> bool {
    let kinds = ["header", "footer", "footnotes", "endnotes", "comments"];
    let name = name.strip_prefix("word/").filter(|name| name.ends_with(".xml"));
    let end = |rest: &str| rest.trim_end_matches(".xml").bytes().all(|byte| byte.is_ascii_digit());
    name.is_some_and(|name| kinds.iter().any(|kind| name.strip_prefix(kind).is_some_and(end)))
}

/// Checks whether a text is a page number of the form `Page 1 of 4`.
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
    /// Returns the text of the passage as lines. Each row of a table is one line.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Paragraph(_, words) | Self::Margin(words) => vec![words.clone()],
            Self::Table(rows) => rows.iter().map(|cells| cells.join(" ")).collect(),
        }
    }
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
            (
                Hiding::Tiny,
                r#"</w:p><w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr><w:r><w:t>WORDS</w:t></w:r>"#,
            ),
            (Hiding::Deleted, "<w:del><w:r><w:delText>WORDS</w:delText></w:r></w:del>"),
            (
                Hiding::Vanished,
                "<w:r><w:rPr><w:vanish/><w:rPrChange><w:rPr><w:vanish w:val=\"0\"/></w:rPr></w:rPrChange></w:rPr><w:t>WORDS</w:t></w:r>",
            ),
            (
                Hiding::Vanished,
                "<w:r><w:rPr><w:vanish/></w:rPr><w:pict><w:p><w:r/></w:p></w:pict><w:t>WORDS</w:t></w:r>",
            ),
            (
                Hiding::Content,
                "<mc:AlternateContent><mc:Choice/><mc:Fallback><w:r><w:t>WORDS</w:t></w:r></mc:Fallback></mc:AlternateContent>",
            ),
            (Hiding::Deleted, "<w:moveFrom><w:r><w:t>WORDS</w:t></w:r></w:moveFrom>"),
        ] {
            let read = of_body(&format!("<w:p><w:r><w:t>seen</w:t></w:r>{around}</w:p>")).unwrap();
            assert_eq!(read.passages, [paragraph("", "seen")], "{around}");
            let hidden = read.hidden.into_iter().map(|hidden| (hidden.why, hidden.words));
            assert_eq!(hidden.collect::<Vec<_>>(), [(why, "WORDS".to_owned())], "{around}");
        }
        let merged = |cell: &str| {
            let words = "<w:p><w:r><w:t>seen</w:t></w:r></w:p>";
            of_body(&format!("<w:tbl><w:tr><w:tc>{cell}{words}</w:tc></w:tr></w:tbl>"))
                .unwrap()
                .hidden
        };
        assert_eq!(merged(r#"<w:tcPr><w:gridSpan w:val="1"/></w:tcPr>"#), []);
        for cell in ["<w:tcPr><w:vMerge/></w:tcPr>", r#"<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>"#]
        {
            assert_eq!(merged(cell)[0].why, Hiding::Merged);
        }
        let white_on_black = r#"<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="000000"/></w:tcPr><w:p><w:r><w:rPr>
            <w:color w:val="FFFFFF"/></w:rPr><w:t>seen</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#;
        assert_eq!(of_body(white_on_black).unwrap().hidden, []);
    }

    #[test]
    fn a_dot_that_is_not_of_the_colour_of_its_word_is_told() {
        let green = r#"<w:rPr><w:color w:val="1D5C37"/></w:rPr>"#;
        for (look, word, is_told) in [
            (green, "green", false),
            (green, "red", true),
            (green, "amber and green", true),
            ("", "a dot of the plan's own", false),
        ] {
            let read = of_body(&format!(
                r#"<w:p><w:r>{look}<w:t>●&#xa0;</w:t></w:r><w:r><w:t>{word}</w:t></w:r></w:p>"#
            ));
            let read = read.unwrap();
            assert_eq!(!read.hidden.is_empty(), is_told, "{word}");
            let words = if look.is_empty() { format!("● {word}") } else { word.to_owned() };
            assert_eq!(read.passages, [paragraph("", &words)]);
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
        let hidden = |after, why, words: &str| Hidden { after, why, words: words.to_owned() };
        let content = hidden(0, Hiding::Content, "word/vbaProject.bin");
        assert_eq!(read.hidden, [hidden(2, Hiding::Comment, &words), content]);
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
