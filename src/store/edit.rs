//! Changes as insertions at known bytes of the original text: everything else stays as it is, to the byte.

use toml_parser::Span;
use toml_writer::TomlStringBuilder;

use super::document::{Array, Document, Origin, Table, Value};
use crate::model::{Change, Day, Period, Place, ProgressEntry, Target, Text, Timescale, Word};

/// Text that goes between two bytes of the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    pub at: usize,
    pub text: String,
}

/// The original with every insertion made; they are in the order of their places.
pub fn splice(source: &str, insertions: &[Insertion]) -> String {
    let added: usize = insertions
        .iter()
        .map(|insertion| insertion.text.len())
        .sum();
    let mut text = String::with_capacity(source.len() + added);
    let mut done = 0;
    for insertion in insertions {
        text.push_str(&source[done..insertion.at]);
        text.push_str(&insertion.text);
        done = insertion.at;
    }
    text.push_str(&source[done..]);
    text
}

/// Where and what to insert so that `change` is made; `None` if its place is not in the document.
pub fn insertions(
    source: &str,
    document: &Document<'_>,
    change: &Change<'_>,
) -> Option<Vec<Insertion>> {
    let addition = Addition::of(change);
    let owner = document.table(&addition.owner)?;
    let layout = Layout { source };
    match owner.get(addition.list).map(|entry| &entry.value) {
        Some(Value::Array(array)) => Some(layout.in_array(array, &addition)),
        Some(Value::Tables(tables)) => Some(vec![layout.after_tables(tables.last()?, &addition)]),
        Some(Value::Scalar(_) | Value::Table(_)) => None,
        None if owner.origin == Origin::Inline => Some(vec![layout.in_inline(owner, &addition)]),
        None if addition.as_table => Some(vec![layout.first_table(document, owner, &addition)]),
        None => Some(vec![layout.new_key(owner, &addition)]),
    }
}

/// An element for a list: whose list it is, and the element's keys with their values as TOML.
struct Addition {
    owner: Place,
    list: &'static str,
    fields: Vec<(&'static str, String)>,
    /// Written as a table of its own where the list does not exist yet.
    as_table: bool,
}

impl Addition {
    fn of(change: &Change<'_>) -> Self {
        match change {
            Change::Progress {
                target: (index, number),
                entry,
            } => Self {
                owner: Place::action(*index, *number),
                list: "progress",
                fields: progress_fields(entry),
                as_table: false,
            },
            Change::Revision { target, revision } => {
                let mut fields = vec![("on", day(revision.on)), ("to", timescale(&revision.to))];
                optional(&mut fields, "reason", revision.reason.as_ref());
                optional(&mut fields, "by", revision.by.as_ref());
                let owner = match *target {
                    Target::Recommendation(index) => Place::recommendation(index),
                    Target::Action(index, number) => Place::action(index, number),
                };
                Self {
                    owner,
                    list: "revisions",
                    fields,
                    as_table: false,
                }
            }
            Change::Verification { target, entry } => {
                let mut fields = vec![
                    ("on", day(entry.on)),
                    ("by", string(&entry.by)),
                    ("result", string(entry.result.word())),
                ];
                optional(&mut fields, "note", entry.note.as_ref());
                evidence(&mut fields, &entry.evidence);
                Self {
                    owner: Place::recommendation(*target),
                    list: "verification",
                    fields,
                    as_table: false,
                }
            }
            Change::Recommendation(new) => {
                let mut fields = vec![("id", string(new.id.as_str()))];
                optional(&mut fields, "area", new.area.as_ref());
                optional(&mut fields, "priority", new.priority.as_ref());
                fields.push(("text", string(&new.text)));
                let agreed = new.timescale.as_ref();
                fields.extend(agreed.map(|agreed| ("timescale", timescale(agreed))));
                Self::table(Place::default(), "recommendation", fields)
            }
            Change::Action { target, action } => {
                let mut fields = vec![("id", string(action.id.as_str()))];
                optional(&mut fields, "owner", action.owner.as_ref());
                fields.push(("text", string(&action.text)));
                let agreed = action.timescale.as_ref();
                fields.extend(agreed.map(|agreed| ("timescale", timescale(agreed))));
                Self::table(Place::recommendation(*target), "action", fields)
            }
            Change::Meeting(meeting) => {
                let date = match meeting.date {
                    Period::Day(on) => day(on),
                    Period::Month(_) => string(&meeting.date.iso()),
                };
                let mut fields = vec![("date", date)];
                optional(&mut fields, "title", meeting.title.as_ref());
                Self::table(Place::default(), "meeting", fields)
            }
        }
    }

    fn table(owner: Place, list: &'static str, fields: Vec<(&'static str, String)>) -> Self {
        Self {
            owner,
            list,
            fields,
            as_table: true,
        }
    }

    /// `{ on = …, status = … }`, or without the inner spaces.
    fn inline(&self, tight: bool) -> String {
        let fields: Vec<String> = self
            .fields
            .iter()
            .map(|(key, value)| format!("{key} = {value}"))
            .collect();
        let space = if tight { "" } else { " " };
        format!("{{{space}{}{space}}}", fields.join(", "))
    }
}

fn progress_fields(entry: &ProgressEntry<'_>) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("on", day(entry.on)),
        ("status", string(entry.status.word())),
    ];
    optional(&mut fields, "by", entry.by.as_ref());
    optional(&mut fields, "note", entry.note.as_ref());
    evidence(&mut fields, &entry.evidence);
    fields
}

fn optional(fields: &mut Vec<(&'static str, String)>, key: &'static str, text: Option<&Text<'_>>) {
    fields.extend(text.map(|text| (key, string(text))));
}

fn evidence(fields: &mut Vec<(&'static str, String)>, evidence: &[Text<'_>]) {
    if !evidence.is_empty() {
        let items: Vec<String> = evidence.iter().map(|item| string(item)).collect();
        fields.push(("evidence", format!("[{}]", items.join(", "))));
    }
}

fn day(day: Day) -> String {
    day.to_string()
}

/// A day as a date, any other wording as text.
fn timescale(timescale: &Timescale<'_>) -> String {
    match timescale.wording.parse::<Day>() {
        Ok(on) if on.to_string() == timescale.wording => day(on),
        _ => string(&timescale.wording),
    }
}

fn string(text: &str) -> String {
    use toml_writer::ToTomlValue;
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}

/// Reads the layout of the original, so that what is new takes the style of its neighbours.
struct Layout<'s> {
    source: &'s str,
}

impl Layout<'_> {
    /// The file's line break.
    fn newline(&self) -> &'static str {
        match self.source.find('\n') {
            Some(at) if self.source[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// Where the line that holds the byte `at` ends, before its line break.
    fn line_end(&self, at: usize) -> usize {
        let end = self.source[at..]
            .find('\n')
            .map_or(self.source.len(), |found| at + found);
        if end > at && self.source[..end].ends_with('\r') {
            end - 1
        } else {
            end
        }
    }

    /// The white space that the line of `at` begins with.
    fn indent(&self, at: usize) -> &str {
        let start = self.source[..at].rfind('\n').map_or(0, |found| found + 1);
        let line = &self.source[start..];
        let text = line.trim_start_matches([' ', '\t']);
        &line[..line.len() - text.len()]
    }

    /// Whether nothing but white space stands before `at` on its line.
    fn begins_line(&self, at: usize) -> bool {
        let start = self.source[..at].rfind('\n').map_or(0, |found| found + 1);
        self.source[start..at].trim_matches([' ', '\t']).is_empty()
    }

    fn in_array(&self, array: &Array<'_>, addition: &Addition) -> Vec<Insertion> {
        let (open, close) = (array.span.start(), array.span.end() - 1);
        let newline = self.newline();
        let Some(last) = array.items.last() else {
            let element = addition.inline(false);
            let eol = self.line_end(open);
            if eol < close {
                let indent = format!("{}  ", self.indent(close));
                return vec![at(eol, format!("{newline}{indent}{element},"))];
            }
            let padded = self.source[open + 1..close].starts_with([' ', '\t']);
            let space = if padded { " " } else { "" };
            return vec![at(open + 1, format!("{space}{element}"))];
        };
        let tight = self.source[last.span().start()..].starts_with('{')
            && !self.source[last.span().start() + 1..].starts_with([' ', '\t', '\n', '\r']);
        let element = addition.inline(tight);
        let end = last.span().end();
        let indent = self.element_indent(last, open);
        match self.comma(end, close) {
            Some(comma) => {
                let eol = self.line_end(comma);
                if eol < close {
                    vec![at(eol, format!("{newline}{indent}{element},"))]
                } else {
                    vec![at(comma + 1, format!(" {element},"))]
                }
            }
            None => {
                let eol = self.line_end(end);
                if eol < close {
                    vec![
                        at(end, ",".into()),
                        at(eol, format!("{newline}{indent}{element}")),
                    ]
                } else {
                    vec![at(end, format!(", {element}"))]
                }
            }
        }
    }

    fn element_indent(&self, last: &Value<'_>, open: usize) -> String {
        let start = last.span().start();
        if self.begins_line(start) {
            self.indent(start).to_owned()
        } else {
            format!("{}  ", self.indent(open))
        }
    }

    /// The comma after an element, past white space and comments.
    fn comma(&self, from: usize, close: usize) -> Option<usize> {
        let mut position = from;
        while position < close {
            let rest = &self.source[position..close];
            match rest.bytes().next()? {
                b',' => return Some(position),
                b'#' => position += rest.find('\n')?,
                _ => position += 1,
            }
        }
        None
    }

    /// Inside an inline table, after its last value.
    fn in_inline(&self, owner: &Table<'_>, addition: &Addition) -> Insertion {
        let list = format!("{} = [{}]", addition.list, addition.inline(false));
        match owner.entries.iter().map(|entry| end_of(&entry.value)).max() {
            Some(end) => at(end, format!(", {list}")),
            None => at(owner.span.start() + 1, format!(" {list} ")),
        }
    }

    /// A list of its own after the table's last key.
    fn new_key(&self, owner: &Table<'_>, addition: &Addition) -> Insertion {
        let newline = self.newline();
        let own = owner.entries.iter();
        let last = own
            .filter_map(|entry| Some((own_end(&entry.value)?, entry.key.span.start())))
            .max();
        let (end, indent) = match last {
            Some((end, key)) => (end, self.indent(key)),
            None => (owner.span.end(), self.indent(owner.span.start())),
        };
        let list = addition.list;
        let element = addition.inline(false);
        at(
            self.line_end(end),
            format!("{newline}{indent}{list} = [{newline}{indent}  {element},{newline}{indent}]"),
        )
    }

    /// One more `[[…]]` after the last, its header written the same way.
    fn after_tables(&self, last: &Table<'_>, addition: &Addition) -> Insertion {
        let header = &self.source[last.span.start()..last.span.end()];
        let before = self.source[..last.span.start()].trim_end_matches([' ', '\t']);
        let parted = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
        let keys = last
            .entries
            .first()
            .map_or("", |entry| self.indent(entry.key.span.start()));
        self.block(
            extent(last),
            header,
            parted,
            self.indent(last.span.start()),
            keys,
            addition,
        )
    }

    /// The first `[[…]]` of its kind: after everything that belongs to its owner.
    fn first_table(
        &self,
        document: &Document<'_>,
        owner: &Table<'_>,
        addition: &Addition,
    ) -> Insertion {
        let list = addition.list;
        if std::ptr::eq(owner, &raw const document.root) {
            let header = format!("[[{list}]]");
            return self.block(self.source.len(), &header, true, "", "", addition);
        }
        let header = &self.source[owner.span.start()..owner.span.end()];
        let path = header.trim_start_matches('[').trim_end_matches(']').trim();
        let indent = self.indent(owner.span.start());
        let first = owner.entries.first();
        let keys = first.map_or("", |entry| self.indent(entry.key.span.start()));
        self.block(
            extent(owner),
            &format!("[[{path}.{list}]]"),
            true,
            indent,
            keys,
            addition,
        )
    }

    fn block(
        &self,
        end: usize,
        header: &str,
        parted: bool,
        indent: &str,
        keys: &str,
        addition: &Addition,
    ) -> Insertion {
        let newline = self.newline();
        let eol = self.line_end(end.min(self.source.len()));
        let mut text = String::new();
        let at_line_start = eol == 0 || self.source[..eol].ends_with('\n');
        if !at_line_start {
            text.push_str(newline);
        }
        if parted {
            text.push_str(newline);
        }
        text.push_str(&format!("{indent}{header}"));
        for (key, value) in &addition.fields {
            text.push_str(&format!("{newline}{keys}{key} = {value}"));
        }
        if at_line_start {
            text.push_str(newline);
        }
        at(eol, text)
    }
}

fn at(at: usize, text: String) -> Insertion {
    Insertion { at, text }
}

/// Where a value ends that stands among the key lines under its table's header; of a table made by
/// dotted keys, the last of those. `None` for what has a header of its own.
fn own_end(value: &Value<'_>) -> Option<usize> {
    match value {
        Value::Scalar(_) | Value::Array(_) => Some(end_of(value)),
        Value::Table(table) => match table.origin {
            Origin::Inline => Some(table.span.end()),
            Origin::Dotted => table
                .entries
                .iter()
                .filter_map(|entry| own_end(&entry.value))
                .max(),
            Origin::Header | Origin::Implicit => None,
        },
        Value::Tables(_) => None,
    }
}

fn end_of(value: &Value<'_>) -> usize {
    match value {
        Value::Scalar(scalar) => scalar.span.end(),
        Value::Array(array) => array.span.end(),
        Value::Table(table) => extent(table),
        Value::Tables(tables) => tables.iter().map(extent).max().unwrap_or(0),
    }
}

/// Where everything that belongs to a table ends.
fn extent(table: &Table<'_>) -> usize {
    let own: Span = table.span;
    let inside = table.entries.iter().map(|entry| end_of(&entry.value));
    inside.max().unwrap_or(0).max(own.end())
}
