//! Reads the marks of a paper, whatever stands around them: elements with `data-plan`, in HTML and in Markdown.

use super::head::Head;

/// A figure or quoted words in a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub line: usize,
    /// The question's text form.
    pub question: String,
    /// What stands in the paper, without markup.
    pub text: String,
}

/// What a paper says of itself.
#[derive(Debug, PartialEq, Eq)]
pub struct Marks {
    pub head: Head,
    pub marks: Vec<Mark>,
}

/// Why the marks cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Broken {
    pub line: usize,
    pub reason: String,
}

/// Reads a paper. It is HTML where it begins as a document of HTML does, else Markdown.
///
/// # Errors
/// It has no head or no marks, or they are broken.
pub fn read(paper: &str) -> Result<Marks, Broken> {
    let begin: String = paper.trim_start().chars().take(14).collect::<String>().to_lowercase();
    let is_markdown = !(begin.starts_with("<!doctype html") || begin.starts_with("<html"));
    let mut reader = Reader { rest: paper, line: 1, is_markdown, head: None, marks: Vec::new() };
    reader.read()?;
    let broken = |reason: &str| Broken { line: 1, reason: reason.to_owned() };
    let head = reader.head.ok_or_else(|| {
        broken("it has no head, so it is not known from which plan and commit it was made")
    })?;
    if reader.marks.is_empty() {
        return Err(broken("it has no marks, so nothing in it can be verified"));
    }
    Ok(Marks { head, marks: reader.marks })
}

struct Reader<'p> {
    rest: &'p str,
    line: usize,
    is_markdown: bool,
    head: Option<Head>,
    marks: Vec<Mark>,
}

/// A mark that is open, and the elements of its own name that are open in it.
struct Open {
    mark: Mark,
    element: String,
    depth: usize,
}

/// A tag has no more letters than this.
const LONGEST_TAG: usize = 2000;

/// A tag.
struct Tag {
    name: String,
    is_end: bool,
    /// Of `data-plan`.
    question: Option<String>,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), Broken> {
        let mut open: Option<Open> = None;
        while let Some(letter) = self.rest.chars().next() {
            let line = self.line;
            if let Some(comment) = self.rest.strip_prefix("<!--") {
                let end = comment
                    .find("-->")
                    .ok_or_else(|| Broken { line, reason: "a comment is not closed".to_owned() })?;
                self.comment(&comment[..end], line)?;
                self.skip(4 + end + 3);
            } else if let Some((tag, length)) = tag(self.rest) {
                self.skip(length);
                self.element(tag, line, &mut open)?;
            } else {
                let (text, length) = self.text(letter);
                if let Some(open) = &mut open {
                    open.mark.text.push_str(&text);
                }
                self.skip(length);
            }
        }
        match open {
            Some(Open { mark, .. }) => {
                let reason = format!("the mark “{}” is not closed", mark.question);
                Err(Broken { line: mark.line, reason })
            }
            None => Ok(()),
        }
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

    fn element(&mut self, tag: Tag, line: usize, open: &mut Option<Open>) -> Result<(), Broken> {
        match (open.as_mut(), tag.question) {
            (Some(_), Some(question)) => {
                let reason = format!("the mark “{question}” stands inside another");
                return Err(Broken { line, reason });
            }
            (None, Some(question)) if !tag.is_end => {
                let mark = Mark { line, question, text: String::new() };
                *open = Some(Open { mark, element: tag.name, depth: 0 });
            }
            (Some(current), None) if current.element == tag.name => {
                match (tag.is_end, current.depth) {
                    (true, 0) => self.marks.extend(open.take().map(|open| open.mark)),
                    (true, _) => current.depth -= 1,
                    (false, _) => current.depth += 1,
                }
            }
            // Any other tag may part words.
            (Some(current), None) if !is_inline(&tag.name) => current.mark.text.push(' '),
            _ => {}
        }
        Ok(())
    }

    /// The next text and how many bytes it takes.
    fn text(&self, letter: char) -> (String, usize) {
        let next = self.rest[letter.len_utf8()..].chars().next();
        match (letter, next) {
            ('\\', Some(next)) if self.is_markdown && next.is_ascii_punctuation() => {
                (next.to_string(), 2)
            }
            ('&', _) => entity(self.rest).unwrap_or_else(|| ("&".to_owned(), 1)),
            _ => (letter.to_string(), letter.len_utf8()),
        }
    }

    fn skip(&mut self, length: usize) {
        let (passed, rest) = self.rest.split_at(length);
        self.line += passed.bytes().filter(|byte| *byte == b'\n').count();
        self.rest = rest;
    }
}

/// Whether an element stands inside a line of words.
fn is_inline(name: &str) -> bool {
    ["a", "abbr", "b", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "u"]
        .contains(&name)
}

/// The tag that `text` begins with, and its length.
fn tag(text: &str) -> Option<(Tag, usize)> {
    let body = text.strip_prefix('<')?;
    let is_end = body.starts_with('/');
    let body = body.strip_prefix('/').unwrap_or(body);
    if !body.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    // Our own tags are short and hold no `<`; whatever else looks like a tag is prose.
    let mut letters =
        body.char_indices().take(LONGEST_TAG).take_while(|(_, letter)| *letter != '<');
    let end = letters.find(|(_, letter)| match (quote, letter) {
        (None, '>') => true,
        (None, '"' | '\'') => {
            quote = Some(*letter);
            false
        }
        (Some(open), letter) => {
            if open == *letter {
                quote = None;
            }
            false
        }
        _ => false,
    });
    let (end, _) = end?;
    let name_end = body.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
    let question = body.get(name_end..end).and_then(question);
    let tag = Tag { name: body[..name_end].to_lowercase(), is_end, question };
    let before = text.len() - body.len();
    Some((tag, before + end + 1))
}

/// The value of `data-plan` among attributes, as a browser reads them.
fn question(attributes: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        // A name may begin with anything, even `=`.
        let mut letters = rest.char_indices().skip(1);
        let end = letters.find(|(_, c)| c.is_whitespace() || matches!(c, '=' | '/'));
        let (name, after) = rest.split_at(end.map_or(rest.len(), |(end, _)| end));
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(after) => value(after.trim_start()),
            None => ("", after),
        };
        if name.eq_ignore_ascii_case("data-plan") {
            return Some(value.to_owned());
        }
        rest = after;
    }
}

/// The value that text begins with, in quotes or not, and what follows it.
fn value(text: &str) -> (&str, &str) {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        _ => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
    }
}

/// The letter of a character reference, and its length.
fn entity(text: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 12;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "bull" => '•',
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(number)?
        }
    };
    Some((letter.to_string(), end + 1))
}
