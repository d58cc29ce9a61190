//! Reads the passages of an HTML page as a reader sees them, and finds hidden text.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::{
    super::{Provenance, render::STYLE},
    lines::Lines,
    passages::{Grid, GridRow, Kind, Paper, Passage, Picture, paragraphs},
    styles,
    words::normal,
};

/// Reads a report that is an HTML page.
pub fn read(page: &str) -> Paper {
    let page = page.trim_start_matches('\u{feff}');
    read_with(Lines::new(page), page)
}

/// The HTML elements that may occur in a report and begin a new passage.
const BLOCKS: &str = "address article aside blockquote body caption center col colgroup dd div dl \
                      dt figcaption figure footer head header hr html li main nav ol p pre section \
                      table tbody tfoot thead title tr ul";
/// The HTML elements that may occur inside a passage.
const INLINE: &str = "a abbr b big br cite code em font i img ins kbd link mark meta q samp small \
                      span strong sub sup tt u";
const STRUCK: [&str; 3] = ["del", "s", "strike"];

#[derive(Default)]
struct Reader {
    lines: Lines,
    paper: Paper,
    /// The text of the passage that is being read.
    text: String,
    place: usize,
    /// The latest term of a definition list, which is put before the description of the term.
    term: String,
    heading: Option<Kind>,
    table: Option<OpenTable>,
    /// The name of the open element, such as `style`, whose content is not read as text.
    skipped: Option<String>,
    /// The open element that has a coloured dot: the name of the element, the colour of the dot, and the position at
    /// which the text of the element begins.
    colour: Option<(String, String, usize)>,
}

/// The table that is being read.
#[derive(Default)]
struct OpenTable {
    place: usize,
    grid: Grid,
    row: Option<GridRow>,
    is_in_cell: bool,
    has_head: bool,
}

impl Reader {
    fn read(mut self, page: &str) -> Paper {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(page, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => self.start(&tag),
                Token::EndTag(tag) => self.end(&String::from_utf8_lossy(&tag.name)),
                Token::String(text) => {
                    self.words(&String::from_utf8_lossy(&text), text.span.start);
                }
                Token::Comment(comment) => {
                    let words = String::from_utf8_lossy(&comment);
                    let former = Provenance::parse_former(&words);
                    if former.is_some() {
                        self.paper.former = former;
                    } else if words.contains(char::is_alphanumeric) {
                        let words = normal(&words);
                        self.fault(comment.span.start, format!("a comment: “{words}”"));
                    }
                }
                Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        self.end_term();
        self.paper
    }

    fn fault(&mut self, at: usize, reason: String) {
        self.paper.faults.push((self.lines.line(at), reason));
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let at = tag.span.start;
        if self.skipped.is_some() {
            return;
        }
        self.look_at(&name, tag);
        let is_heading = is_heading(&name);
        if is_one_of(BLOCKS, &name) || is_heading {
            self.part(&name);
        }
        match &*name {
            "title" | "nav" => self.heading = Some(Kind::Repetition),
            _ if is_heading && self.heading != Some(Kind::Repetition) => {
                self.heading = Some(Kind::Heading);
            }
            "table" => {
                if self.table.is_some() {
                    self.fault(at, "a table inside a table".to_owned());
                }
                self.table = Some(OpenTable { place: self.lines.line(at), ..OpenTable::default() });
            }
            "tr" => self.begin_row(at),
            "td" | "th" => self.begin_cell(at),
            "br" => self.text.push(' '),
            "style" | "script" => self.skipped = Some(name),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(skipped) = &self.skipped {
            if skipped == name {
                self.skipped = None;
            }
            return;
        }
        if self.colour.as_ref().is_some_and(|(element, ..)| element == name) {
            self.end_colour();
        }
        match name {
            "td" | "th" => self.end_cell(),
            "tr" => self.end_row(),
            "thead" => {
                self.end_row();
                if let Some(table) = &mut self.table {
                    table.has_head = true;
                }
            }
            "dt" => {
                let term = std::mem::take(&mut self.text);
                self.term.push_str(&term);
                self.term.push(' ');
            }
            "table" => self.end_table(),
            _ if is_one_of(BLOCKS, name) || is_heading(name) => {
                self.part(name);
                if name == "dd" || name == "dl" {
                    self.end_term();
                }
                if name == "title" || name == "nav" || self.heading == Some(Kind::Heading) {
                    self.heading = None;
                }
            }
            _ => {}
        }
    }

    /// Checks an element and its attributes. Records a fault if the element may hide or replace text.
    fn look_at(&mut self, name: &str, tag: &StartTag<usize>) {
        let at = tag.span.start;
        let is_known = is_one_of(BLOCKS, name)
            || is_one_of(INLINE, name)
            || is_heading(name)
            || ["td", "th", "style"].contains(&name);
        if STRUCK.contains(&name) {
            self.fault(at, "struck-through text".to_owned());
        } else if !is_known {
            self.fault(at, format!("an element `{name}`, which may hide or replace text"));
        }
        for (attribute, value) in &tag.attributes {
            let attribute = String::from_utf8_lossy(attribute).to_lowercase();
            let value = String::from_utf8_lossy(value).into_owned();
            if let Some(reason) = styles::fault(name, &attribute, &value) {
                self.fault(at, reason);
            }
            match &*attribute {
                "class" if value.split_whitespace().any(|class| class == "rag") => {
                    let colour = value.replace("rag", "").trim().to_owned();
                    if self.text.trim().is_empty() {
                        self.text.clear();
                    }
                    self.colour = Some((name.to_owned(), colour, self.text.len()));
                }
                "src" if name == "img" => {
                    let words = tag.attributes.get(b"alt".as_slice());
                    let words = words.map(|words| String::from_utf8_lossy(words).into_owned());
                    self.paper.pictures.push(Picture {
                        place: self.lines.line(at),
                        words: words.unwrap_or_default(),
                        source: value,
                        dots: Vec::new(),
                    });
                }
                "title" => {
                    let place = self.lines.line(at);
                    self.paper.passages.extend(paragraphs(place, Kind::Paragraph, &value));
                }
                "rel" if name == "link" && value.to_lowercase().contains("stylesheet") => {
                    let reason = "an external style sheet, which may hide text".to_owned();
                    self.paper.not_judged.push((self.lines.line(at), reason));
                }
                "content" if is_meta(tag) => self.paper.properties = Some(value),
                _ => {}
            }
        }
    }

    fn words(&mut self, text: &str, at: usize) {
        if let Some(skipped) = &self.skipped {
            if skipped == "style" && !text.trim().is_empty() {
                self.sheet(text, at);
            }
            return;
        }
        let is_blank = text.trim().is_empty();
        if self.text.trim().is_empty() && !is_blank {
            self.text.clear();
            let blank = text.len() - text.trim_start().len();
            self.place = self.lines.line(at + blank);
        }
        if !is_blank
            && self.table.as_ref().is_some_and(|table| table.row.is_some() && !table.is_in_cell)
        {
            self.fault(at, "text in a table, but outside its cells".to_owned());
        }
        self.text.push_str(text);
    }

    /// Records a style sheet that the program did not write. A style sheet that may hide text is added to the list
    /// `sheets`, and any other style sheet to the list `not_judged`.
    fn sheet(&mut self, text: &str, at: usize) {
        let plain = |sheet: &str| normal(sheet).replace('"', "'");
        if plain(text) == plain(STYLE) {
            return;
        }
        match styles::hides(text) {
            Some(rule) => {
                let reason = format!("a style sheet with `{rule}`, which may hide text");
                self.paper.sheets.push((self.lines.line(at), reason));
            }
            None => {
                let reason =
                    "a style sheet that `plan` did not write, which may hide text".to_owned();
                self.paper.not_judged.push((self.lines.line(at), reason));
            }
        }
    }

    /// Records a fault if the text beside a coloured dot is not the name of the dot's colour.
    fn end_colour(&mut self) {
        let Some((_, colour, from)) = self.colour.take() else { return };
        let word = normal(self.text.get(from..).unwrap_or_default());
        if !word.eq_ignore_ascii_case(&colour) {
            let at = (
                self.place,
                format!("the colour {colour}, which does not match the word “{word}”"),
            );
            self.paper.faults.push(at);
        }
    }

    /// Ends the current passage at the beginning or end of the element `name`. Inside a table cell, adds only a space.
    fn part(&mut self, name: &str) {
        match &self.table {
            Some(table) if table.is_in_cell => self.text.push(' '),
            // The term of a definition list stays in one passage with its description.
            _ if name == "dt" || name == "dd" => {}
            _ => self.flush(),
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.trim().is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.term) + &text;
        let kind = self.heading.unwrap_or(Kind::Paragraph);
        self.paper.passages.extend(paragraphs(self.place, kind, &text));
    }

    /// Ends a description. A term without a description becomes a passage of its own.
    fn end_term(&mut self) {
        self.flush();
        self.text = std::mem::take(&mut self.term);
        self.flush();
    }

    fn begin_row(&mut self, at: usize) {
        self.end_row();
        let place = self.lines.line(at);
        if let Some(table) = &mut self.table {
            table.row = Some(GridRow { place, cells: Vec::new() });
        }
    }

    fn begin_cell(&mut self, at: usize) {
        self.end_cell();
        if self.table.as_ref().is_none_or(|table| table.row.is_none()) {
            self.begin_row(at);
        }
        self.flush();
        if let Some(table) = &mut self.table {
            table.is_in_cell = true;
        }
    }

    fn end_cell(&mut self) {
        let Some(table) = self.table.as_mut().filter(|table| table.is_in_cell) else { return };
        table.is_in_cell = false;
        let text = normal(&std::mem::take(&mut self.text));
        table.row.iter_mut().for_each(|row| row.cells.push(text.clone()));
    }

    fn end_row(&mut self) {
        self.end_cell();
        let Some(table) = &mut self.table else { return };
        let Some(row) = table.row.take() else { return };
        if table.grid.columns.is_empty() && !table.has_head {
            table.grid.columns = row.cells;
        } else {
            table.grid.rows.push(row);
        }
    }

    fn end_table(&mut self) {
        self.end_row();
        self.flush();
        if let Some(table) = self.table.take() {
            self.paper.passages.push(Passage::table(table.place, table.grid));
        }
    }
}

/// Reads an HTML page that was made from a Markdown report. `lines` finds the line of the report for a position in the
/// page.
pub fn read_with(lines: Lines, page: &str) -> Paper {
    Reader { lines, ..Reader::default() }.read(page)
}

/// Checks whether `names`, a list with spaces between its items, has this name.
fn is_one_of(names: &str, name: &str) -> bool {
    names.split(' ').any(|one| one == name)
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

/// Checks whether a `meta` element contains a copy of the last line of the report.
fn is_meta(tag: &StartTag<usize>) -> bool {
    let name = tag.attributes.get(b"name".as_slice());
    name.is_some_and(|name| ***name == *b"source")
}
