//! Reads the marks of a paper, whatever stands around them: elements with `data-plan`, in HTML and in Markdown.
//! A mark that a reader does not see is none.

mod lines;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::head::Head;
use crate::model::first_forbidden;
use lines::Lines;

/// A figure or quoted words in a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub line: usize,
    /// Its number in the paper as it was written, counted from 1.
    pub number: usize,
    /// The question's text form.
    pub question: String,
    /// The words in the paper, without markup.
    pub text: String,
}

/// The head of a paper.
#[derive(Debug, PartialEq, Eq)]
pub struct Marks {
    pub head: Head,
    pub marks: Vec<Mark>,
    /// The lines on which a reader may see something else than the marks say.
    pub doubts: Vec<Broken>,
}

/// The fault on a line.
#[derive(Debug, PartialEq, Eq)]
pub struct Broken {
    pub line: usize,
    pub reason: String,
}

/// Reads a paper. It is HTML where it begins as a document of HTML does, else Markdown.
pub fn read(report: &str) -> Result<Marks, Broken> {
    if begins_as_html(report) { read_html(report) } else { read_markdown(report) }
}

/// Reads a paper in HTML.
pub fn read_html(report: &str) -> Result<Marks, Broken> {
    Reader::new(Lines::new(report)).read(report)
}

/// Reads a paper in Markdown, by the page that it becomes.
pub fn read_markdown(report: &str) -> Result<Marks, Broken> {
    let (page, lines) = lines::page(report);
    Reader::new(lines).read(&page)
}

fn begins_as_html(report: &str) -> bool {
    let mut rest = report.trim_start_matches('\u{feff}').trim_start();
    while let Some((_, after)) = match rest {
        comment if comment.starts_with("<!--") => comment.split_once("-->"),
        declaration if declaration.starts_with("<?") => declaration.split_once('>'),
        _ => None,
    } {
        rest = after.trim_start();
    }
    let begin: String = rest.chars().take(9).collect::<String>().to_lowercase();
    begin == "<!doctype" || begin.starts_with("<html")
}

/// Elements that hold no marks, as a reader may not see what is in them.
const HIDING: [&str; 25] = [
    "audio",
    "canvas",
    "datalist",
    "details",
    "dialog",
    "iframe",
    "math",
    "meter",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "option",
    "plaintext",
    "progress",
    "rp",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
    "xmp",
];

/// Attributes of elements that a reader may not see.
const UNSEEN: [&str; 2] = ["hidden", "popover"];

/// Elements that have no end.
const EMPTY: [&str; 12] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Elements that may stand in a mark, or be one.
const PLAIN: [&str; 16] = [
    "a", "b", "br", "div", "em", "i", "li", "ol", "p", "small", "span", "strong", "sub", "sup",
    "u", "ul",
];

/// Elements that part the words before them from those behind.
const PARTING: [&str; 38] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Why letters that reorder others are no words.
const TURNED: &str = "letters are shown in another order than they are written";

/// Says whether letters go on with the word or the number that stands before them, or turn its sign.
fn joins([first, last]: [char; 2], after: &[char]) -> bool {
    let is_digit = |letter: Option<&char>| letter.is_some_and(char::is_ascii_digit);
    let is_point = |letter: &char| ['.', ','].contains(letter);
    let is_sign = ['-', '−'].contains(&last) && !first.is_alphanumeric();
    after[0].is_alphanumeric() && last.is_alphanumeric()
        || is_digit(after.first()) && (is_sign || first.is_ascii_digit() && is_point(&last))
        || last.is_ascii_digit() && is_point(&after[0]) && is_digit(after.get(1))
}

/// Says whether a letter is not seen.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// An element that is open, and how many of its own name are open in it.
struct Element {
    name: String,
    inner: usize,
}

impl Element {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), inner: 0 }
    }

    fn open(&mut self, name: &str) {
        self.inner += usize::from(self.name == name);
    }

    /// Says whether an end tag ends it.
    fn close(&mut self, name: &str) -> bool {
        let is_own = self.name == name;
        let is_end = is_own && self.inner == 0;
        self.inner -= usize::from(is_own && !is_end);
        is_end
    }
}

struct Reader {
    lines: Lines,
    head: Option<Head>,
    marks: Vec<Mark>,
    doubts: Vec<Broken>,
    /// The mark that is open.
    open: Option<(Mark, Element)>,
    /// The element that hides what is in it.
    hidden: Option<Element>,
    /// The last two letters that a reader sees, and the place of the mark that they stand in.
    last: ([char; 2], Option<usize>),
}

impl Reader {
    fn new(lines: Lines) -> Self {
        Self {
            lines,
            head: None,
            marks: Vec::new(),
            doubts: Vec::new(),
            open: None,
            hidden: None,
            last: ([' '; 2], None),
        }
    }

    fn read(mut self, page: &str) -> Result<Marks, Broken> {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(page, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => self.start(&tag)?,
                Token::EndTag(tag) => self.end(&String::from_utf8_lossy(&tag.name)),
                Token::String(text) => {
                    self.text(&String::from_utf8_lossy(&text), text.span.start);
                }
                Token::Comment(comment) => {
                    let line = self.lines.line(comment.span.start);
                    self.comment(&String::from_utf8_lossy(&comment), line)?;
                }
                Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        if let Some((mark, _)) = self.open {
            let reason = format!("the mark “{}” is not closed", mark.question);
            return Err(Broken { line: mark.line, reason });
        }
        let broken = |reason: &str| Broken { line: 1, reason: reason.to_owned() };
        let head = self.head.ok_or_else(|| {
            broken("it has no head, so it is not known from which plan and commit it was made")
        })?;
        if self.marks.is_empty() {
            return Err(broken("it has no marks, so nothing in it can be verified"));
        }
        Ok(Marks { head, marks: self.marks, doubts: self.doubts })
    }

    fn comment(&mut self, comment: &str, line: usize) -> Result<(), Broken> {
        let Some(head) = Head::parse(comment) else {
            return Ok(());
        };
        let head = head.map_err(|reason| Broken { line, reason })?;
        match self.head.replace(head) {
            Some(_) => Err(Broken { line, reason: "it has a second head".to_owned() }),
            None => Ok(()),
        }
    }

    fn start(&mut self, tag: &StartTag<usize>) -> Result<(), Broken> {
        let line = self.lines.line(tag.span.start);
        let name = String::from_utf8_lossy(&tag.name);
        if name == "script" || tag.attributes.keys().any(|name| name.starts_with(b"on")) {
            self.doubt(line, "a script, which may show something else".to_owned());
        }
        if let Some(hidden) = &mut self.hidden {
            hidden.open(&name);
            return Ok(());
        }
        if !is_layout(tag) {
            let reason =
                format!("a `style` of its own on a `{name}`, which may hide what is in it");
            self.doubt(line, reason);
        }
        if name == "bdo" {
            self.doubt(line, TURNED.to_owned());
        }
        self.part(&name);
        let question = tag.attributes.get(b"data-plan".as_slice());
        match (&mut self.open, question) {
            (Some(_), Some(question)) => {
                let Mark { question, .. } = mark(&String::from_utf8_lossy(question), line)?;
                let reason = format!("the mark “{question}” stands inside another");
                return Err(Broken { line, reason });
            }
            (Some((_, element)), None) => {
                element.open(&name);
                self.must_be_plain(tag, line);
            }
            (None, Some(question)) => {
                let mark = mark(&String::from_utf8_lossy(question), line)?;
                self.open = Some((mark, Element::new(&name)));
                self.must_be_plain(tag, line);
            }
            (None, None) if hides(tag) => self.hidden = Some(Element::new(&name)),
            (None, None) => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        if let Some(hidden) = &mut self.hidden {
            if hidden.close(name) {
                self.hidden = None;
            }
            return;
        }
        self.part(name);
        if self.open.as_mut().is_some_and(|(_, element)| element.close(name)) {
            self.marks.extend(self.open.take().map(|(mark, _)| mark));
        }
    }

    fn text(&mut self, text: &str, at: usize) {
        if self.hidden.is_some() {
            return;
        }
        if first_forbidden(text).is_some() {
            let reason = "a letter that steers how others are shown";
            self.doubt(self.lines.line(at), reason.to_owned());
        }
        let letters: Vec<char> = text.chars().filter(|letter| !is_unseen(*letter)).collect();
        let Some(first) = letters.first() else {
            return;
        };
        let owner = self.open.as_ref().map(|_| self.marks.len());
        let (before, its_owner) = self.last;
        if owner != its_owner && joins(before, &letters) {
            let line = self.lines.line(at);
            let reason = format!("“{}{first}” joins a mark to what stands beside it", before[1]);
            self.doubt(line, reason);
        }
        let both = [&before[..], &letters].concat();
        self.last = ([both[both.len() - 2], both[both.len() - 1]], owner);
        if let Some((mark, _)) = &mut self.open {
            mark.text.push_str(text);
        }
    }

    /// Parts the words before an element from those behind it, where it does so on a page.
    fn part(&mut self, name: &str) {
        if PARTING.contains(&name) {
            self.last = ([' '; 2], None);
            if let Some((mark, _)) = &mut self.open {
                mark.text.push(' ');
            }
        }
    }

    /// A mark, and what stands in it, is words that a reader sees as they are.
    fn must_be_plain(&mut self, tag: &StartTag<usize>, line: usize) {
        let name = String::from_utf8_lossy(&tag.name);
        let question = self.open.as_ref().map_or("", |(mark, _)| mark.question.as_str());
        let at = format!("in the mark “{question}”");
        if !PLAIN.contains(&&*name) && name != "wbr" {
            let reason = format!("a `{name}` {at}, where only words may stand");
            return self.doubt(line, reason);
        }
        if let Some(attribute) = UNSEEN.into_iter().find(|name| has(tag, name)) {
            self.doubt(line, format!("`{attribute}` {at}, so a reader may not see it"));
        }
    }

    fn doubt(&mut self, line: usize, reason: String) {
        self.doubts.push(Broken { line, reason });
    }
}

/// The mark that an element with this attribute begins.
fn mark(attribute: &str, line: usize) -> Result<Mark, Broken> {
    let parsed = attribute.split_once(' ').and_then(|(number, question)| {
        Some(Mark {
            line,
            number: number.parse().ok()?,
            question: question.to_owned(),
            text: String::new(),
        })
    });
    let reason = || format!("the mark “{attribute}” has no number");
    parsed.ok_or_else(|| Broken { line, reason: reason() })
}

/// Says whether a reader may not see what is in an element.
fn hides(tag: &StartTag<usize>) -> bool {
    let is = |names: &[&str]| names.iter().any(|name| name.as_bytes() == &tag.name[..]);
    let is_opened = is(&["details", "dialog"]) && has(tag, "open");
    let is_hiding = is(&HIDING) && !is_opened;
    !is(&EMPTY) && (is_hiding || UNSEEN.iter().any(|name| has(tag, name)))
}

/// Says whether the style of an element does no more than lay a table out, as Markdown programs do.
fn is_layout(tag: &StartTag<usize>) -> bool {
    let style = tag.attributes.get(b"style".as_slice());
    let style = style.map(|style| String::from_utf8_lossy(style).to_lowercase());
    let style = style.unwrap_or_default();
    style.split(';').map(str::trim).filter(|rule| !rule.is_empty()).all(|rule| {
        let name = rule.split(':').next().unwrap_or_default().trim();
        ["text-align", "width"].contains(&name)
    })
}

fn has(tag: &StartTag<usize>, attribute: &str) -> bool {
    tag.attributes.contains_key(attribute.as_bytes())
}
