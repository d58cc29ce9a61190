//! Inserts new text into the text of a plan, in the layout of the surrounding text. All other bytes stay the same.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeArray, DeString, DeValue},
};

use super::{
    enclosed::{Enclosed, Enclosure},
    value::TomlKey,
};
use crate::{
    file::{Origin, TableAt, Tree, has_headers},
    key_path::KeyPath,
};

/// A new text, which is inserted into the original text or replaces a part of the original text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    pub at: usize,
    /// The number of bytes that the new text replaces in the original text.
    pub replaces: usize,
    pub text: String,
}

/// A new element of a list, with its keys and values as TOML. `owner` is the path of the table that contains the list.
pub struct Addition {
    pub owner: KeyPath,
    pub list: &'static str,
    pub keys: Vec<(&'static str, String)>,
    /// The lists of entries in a new item: the name of each list, and the elements of the list as TOML.
    pub lists: Vec<(&'static str, Vec<String>)>,
    /// The tables that belong to a new item and are written below the item's own table.
    pub below: Vec<Below>,
}

/// A TOML table that is written below the table of a new item.
pub struct Below {
    pub header: &'static str,
    pub keys: Vec<(String, String)>,
    pub lists: Vec<(&'static str, Vec<String>)>,
}

/// Returns lists of entries as TOML, with one element on each line.
fn list_lines(lists: &[(&'static str, Vec<String>)], indent: &str) -> String {
    let list = |(list, elements): &(&str, Vec<String>)| {
        let lines = elements.iter().map(|element| format!("\n{indent}  {element},"));
        format!("\n{indent}{list} = [{}\n{indent}]", lines.collect::<String>())
    };
    lists.iter().map(list).collect()
}

/// Returns keys and their values as an inline table, such as `{ on = …, status = … }`. If `tight` is true, there are no
/// spaces directly inside the braces.
pub fn inline(keys: &[(&'static str, String)], tight: bool) -> String {
    let keys: Vec<String> = keys.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    let space = if tight { "" } else { " " };
    format!("{{{space}{}{space}}}", keys.join(", "))
}

/// Applies insertions to the original text, and returns the new text.
pub fn splice(source: &str, mut insertions: Vec<Insertion>) -> String {
    insertions.sort_by_key(|insertion| (insertion.at, insertion.replaces));
    let mut text = String::with_capacity(source.len());
    let mut done = 0;
    for insertion in &insertions {
        text.push_str(&source[done..insertion.at]);
        text.push_str(&insertion.text);
        done = insertion.at + insertion.replaces;
    }
    text.push_str(&source[done..]);
    text
}

/// The byte range of a list in brackets or of a table in braces, and the byte ranges of its elements.
pub type Spans = (Range<usize>, Vec<Range<usize>>);

/// The original text `source`, with the parsed values of one piece of this text in `tree`.
pub struct Layout<'t, 's> {
    pub source: &'s str,
    pub tree: &'t Tree<'s>,
}

impl<'s> Layout<'_, 's> {
    /// Checks whether a table is an inline table.
    pub fn is_in_braces(&self, table: &TableAt<'_, '_>) -> bool {
        self.tree.origin(&table.span) == Origin::Braces
    }

    /// Finds the line that contains the position `at`, and returns the position at which it ends, before the line
    /// break.
    fn line_end(&self, at: usize) -> usize {
        let rest = &self.source[at..];
        let line = rest.split('\n').next().unwrap_or(rest);
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// Returns two texts: the whole text above the line that contains the position `at`, and the indentation of this
    /// line.
    fn indent(&self, at: usize) -> (&'s str, &'s str) {
        let start = self.source[..at].rfind('\n').map_or(0, |found| found + 1);
        let (before, line) = self.source.split_at(start);
        (before, &line[..line.len() - line.trim_start_matches([' ', '\t']).len()])
    }

    /// Returns an insertion that replaces the bytes in `range` by `text`, with the kind of line breaks that the file
    /// has.
    fn replace(&self, range: Range<usize>, text: &str) -> Insertion {
        let first = self.source.split('\n').next();
        let newline = if first.is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" };
        Insertion { at: range.start, replaces: range.len(), text: text.replace('\n', newline) }
    }

    /// Returns an insertion that adds lines below the line that contains the position `at`.
    fn below(&self, at: usize, lines: &str) -> Insertion {
        let end = self.line_end(at);
        self.replace(end..end, &format!("\n{lines}"))
    }

    /// Returns the insertions that append an element to a list in brackets.
    pub fn in_array(
        &self,
        list: &Spanned<DeValue<'_>>,
        items: &DeArray<'_>,
        addition: &Addition,
    ) -> Vec<Insertion> {
        let last = items.last().map(|last| &self.source[self.tree.bytes(last.span())]);
        let element = inline(&addition.keys, last.is_some_and(|last| !last.starts_with("{ ")));
        self.one_more(&self.spans(list, items), &element)
    }

    /// Returns the byte range of a list, and the byte ranges of its elements.
    pub fn spans(&self, list: &Spanned<DeValue<'_>>, items: &DeArray<'_>) -> Spans {
        let spans = items.iter().map(|item| self.tree.bytes(item.span()));
        (self.tree.bytes(list.span()), spans.collect())
    }

    /// Returns the insertions that append an element inside brackets or braces.
    fn one_more(&self, (whole, spans): &Spans, element: &str) -> Vec<Insertion> {
        let enclosed = Enclosed::cut(self.source, whole.clone(), spans);
        let last = spans.last().zip(enclosed.elements.last());
        let Enclosure { before, text, has_comma, after } = enclosed.placed(element, spans.len());
        let element = format!("{before}{text}{}{after}", if has_comma { "," } else { "" });
        let at = |at, text| Insertion { at, replaces: 0, text };
        let comma = last.filter(|(_, last)| !last.has_comma);
        let comma = comma.map(|(span, _)| at(span.end, ",".to_owned()));
        comma.into_iter().chain([at(whole.end - enclosed.close.len(), element)]).collect()
    }

    /// Returns the changes of the text that set keys of an inline table. Keys without a value are removed.
    pub fn set_in_braces(&self, table: &TableAt<'_, '_>, keys: &[TomlKey]) -> Vec<Insertion> {
        let whole = self.tree.bytes(table.span.clone());
        let bytes = |(key, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| {
            self.tree.bytes(key.span()).start..self.tree.bytes(value.span()).end
        };
        let mut spans: Spans = (whole, table.keys.iter().map(bytes).collect());
        spans.1.sort_by_key(|span| span.start);
        let changes =
            keys.iter().flat_map(|(key, value)| match (table.keys.get_key_value(*key), value) {
                (Some((_, old)), Some(value)) => {
                    vec![self.replace(self.tree.bytes(old.span()), value)]
                }
                (Some(old), None) => {
                    let start = bytes(old).start;
                    let gone = spans.1.iter().position(|span| span.start == start);
                    self.fewer(&spans, gone.as_slice())
                }
                (None, Some(value)) => self.one_more(&spans, &format!("{key} = {value}")),
                (None, None) => Vec::new(),
            });
        changes.collect()
    }

    /// Returns an insertion that adds a list below the last key of a table. The list has one element. Returns `None` if
    /// the table has no keys.
    pub fn new_list(&self, owner: &TableAt<'_, '_>, addition: &Addition) -> Option<Insertion> {
        let has_own_line = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
            DeValue::Table(_) => self.tree.origin(&value.span()) == Origin::Braces,
            DeValue::Array(items) => !has_headers(self.tree, items),
            _ => true,
        };
        let own = owner.keys.iter().filter(|(_, value)| has_own_line(value));
        let (key, value) = own.max_by_key(|(_, value)| value.span().end)?;
        let (_, indent) = self.indent(self.tree.bytes(key.span()).start);
        let (list, element) = (addition.list, inline(&addition.keys, false));
        let lines = format!("{indent}{list} = [\n{indent}  {element},\n{indent}]");
        Some(self.below(self.tree.bytes(value.span()).end, &lines))
    }

    /// Returns an insertion that sets a key of a table. A new key is inserted below the key `above`. The key `due` is
    /// an exception: it is inserted below the key `timescale`.
    pub fn set(
        &self,
        table: &TableAt<'_, '_>,
        key: &str,
        value: &str,
        above: &str,
    ) -> Option<Insertion> {
        if let Some(old) = table.keys.get(key) {
            return Some(self.replace(self.tree.bytes(old.span()), value));
        }
        let timescale = table.keys.get_key_value("timescale").filter(|_| key == "due");
        let (name, last) = timescale.or_else(|| table.keys.get_key_value(above))?;
        let (_, indent) = self.indent(self.tree.bytes(name.span()).start);
        Some(self.below(self.tree.bytes(last.span()).end, &format!("{indent}{key} = {value}")))
    }

    /// Returns the change of the text that removes a key and its value from a table. The whole line is removed unless a
    /// comment follows the value.
    pub fn unset(&self, table: &TableAt<'_, '_>, key: &str) -> Option<Insertion> {
        let (name, value) = table.keys.get_key_value(key)?;
        let (start, end) = (self.tree.bytes(name.span()).start, self.tree.bytes(value.span()).end);
        let line_end = self.line_end(end);
        if !self.source[end..line_end].trim().is_empty() {
            return Some(self.replace(start..end, ""));
        }
        // The line break at the end of the line stays, because another insertion may be placed there. The line break
        // before the line is removed instead.
        let (before, _) = self.indent(start);
        Some(self.replace(line_before(before).len()..line_end, ""))
    }

    /// Returns the changes of the text that remove the elements with the indexes `gone` inside brackets or braces.
    pub fn fewer(&self, (whole, spans): &Spans, gone: &[usize]) -> Vec<Insertion> {
        let elements = Enclosed::cut(self.source, whole.clone(), spans).elements;
        let end = |index: usize| spans[index].start + elements[index].text.len();
        let taken = |range: Range<usize>| self.replace(range, "");
        let stays = (0..spans.len()).rev().find(|index| !gone.contains(index));
        // If the last element is removed and had no comma, the comma after the new last element is removed too.
        let is_last = gone.contains(&spans.len().saturating_sub(1));
        let is_last = is_last && elements.last().is_some_and(|last| !last.has_comma);
        let comma = stays.filter(|index| is_last && elements[*index].has_comma);
        let comma = comma.map(|index| taken(end(index)..end(index) + 1));
        let gone = gone.iter().map(|index| {
            let element = &elements[*index];
            let indent = element.before.len() - element.before.trim_end_matches([' ', '\t']).len();
            let after = usize::from(element.has_comma) + element.after.len();
            taken(spans[*index].start - indent..end(*index) + after)
        });
        comma.into_iter().chain(gone).collect()
    }

    /// Checks whether a list contains a comment that does not belong to one of its elements.
    pub fn has_comments(&self, (whole, spans): &Spans) -> bool {
        let enclosed = Enclosed::cut(self.source, whole.clone(), spans);
        let mut between = enclosed.elements.iter().map(|element| element.before);
        enclosed.open.contains('#')
            || enclosed.close.contains('#')
            || between.any(|before| before.contains('#'))
    }

    /// Returns the change of the text that deletes a table, including its header and the blank line above the header.
    pub fn without_table(&self, table: &TableAt<'_, '_>) -> Insertion {
        let (above, _) = self.indent(self.tree.bytes(table.span.clone()).start);
        let above = line_before(above);
        let start = if above.ends_with('\n') { line_before(above) } else { above }.len();
        self.replace(start..self.line_end(self.table_end(table)), "")
    }

    /// Returns the position at which a table ends, including all its keys and subtables.
    pub fn table_end(&self, table: &TableAt<'_, '_>) -> usize {
        let inside = table.keys.values().map(|value| self.extent(value)).max();
        inside.unwrap_or_default().max(self.tree.bytes(table.span.clone()).end)
    }

    /// Returns an insertion that adds a table below `last`, the last table of the same list. The new table gets the
    /// same header.
    pub fn after_tables(&self, last: &TableAt<'_, '_>, addition: &Addition) -> Insertion {
        let header = self.tree.bytes(last.span.clone());
        let before = self.source[..header.start].trim_end_matches([' ', '\t']);
        let is_parted = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
        self.block(last, self.table_end(last), &self.source[header], is_parted, addition)
    }

    /// Returns an insertion that adds the first table of a list, with a `[[…]]` header. If the file has a comment with
    /// an example of this table, the table is inserted below the comment.
    pub fn first_table(&self, owner: &TableAt<'_, '_>, addition: &Addition) -> Insertion {
        let header = match addition.list {
            "action" => "[[recommendation.action]]".to_owned(),
            list => format!("[[{list}]]"),
        };
        let end = self.example_end(owner, addition.list).unwrap_or_else(|| self.table_end(owner));
        self.block(owner, end, &header, true, addition)
    }

    /// Finds the comment that shows an example table of the list `list` or, if there is no such comment, the comment
    /// below the table `owner`. Returns the position of the last line of the comment, or `None` if no table may begin
    /// below it.
    fn example_end(&self, owner: &TableAt<'_, '_>, list: &str) -> Option<usize> {
        let comment = |line: &'s str| line.strip_prefix('#').map(str::trim_start);
        let shows = |line, of: &str| comment(line).is_some_and(|line: &str| line.starts_with(of));
        let head = self.source.split("\n[[recommendation").next().unwrap_or_default();
        let lines = head.split_inclusive('\n').scan(0, |at, line| {
            *at += line.len();
            Some((*at - line.len(), line.trim_end()))
        });
        let lines: Vec<(usize, &str)> = lines.collect();
        let table_end = self.table_end(owner);
        let (header, below) = (format!("[[{list}]]"), format!("[[{list}."));
        let is_example = |(at, line): &(usize, &'s str)| {
            shows(line, &header) && !owner.keys.values().any(|value| self.covers(value, *at))
        };
        let last = |first: usize| {
            let more = lines[first..].iter().take_while(|(_, line)| comment(line).is_some());
            first + more.count()
        };
        let next = |from: usize| (from..lines.len()).find(|index| !lines[*index].1.is_empty());
        let begin = match lines.iter().position(is_example) {
            Some(begin) => begin,
            None => lines.iter().position(|(at, _)| *at > table_end)?,
        };
        let mut end = last(begin);
        while let Some(begin) =
            next(end).filter(|begin| *begin > end && shows(lines[*begin].1, &below))
        {
            end = last(begin);
        }
        let is_free = lines.get(end).is_none_or(|(_, line)| line.is_empty());
        let mut after = lines[end..].iter().map(|(_, line)| *line);
        let after = after.find(|line| !line.is_empty() && comment(line).is_none());
        let may_begin = after.is_none_or(|line| line.trim_start().starts_with('['));
        (end > begin && is_free && may_begin).then(|| lines[end - 1].0)
    }

    /// Checks whether the position `at` is inside the text of the value `value`.
    fn covers(&self, value: &Spanned<DeValue<'_>>, at: usize) -> bool {
        match value.get_ref() {
            DeValue::Table(keys) if self.tree.origin(&value.span()) != Origin::Braces => {
                keys.values().any(|value| self.covers(value, at))
            }
            DeValue::Array(items) if has_headers(self.tree, items) => {
                items.iter().any(|item| self.covers(item, at))
            }
            _ => self.tree.bytes(value.span()).contains(&at),
        }
    }

    /// Returns an insertion that adds a table with a header below the line that contains the position `end`. The new
    /// table is indented like the table `neighbour`.
    fn block(
        &self,
        neighbour: &TableAt<'_, '_>,
        end: usize,
        header: &str,
        is_parted: bool,
        addition: &Addition,
    ) -> Insertion {
        let start = |span: Range<usize>| self.tree.bytes(span).start;
        let (_, indent) = self.indent(start(neighbour.span.clone()));
        let first = neighbour.keys.keys().map(|key| start(key.span())).min();
        let own = first.map_or("", |first| self.indent(first).1);
        let keys = addition.keys.iter().map(|(key, value)| format!("\n{own}{key} = {value}"));
        let mut lines: String = keys.collect();
        lines.push_str(&list_lines(&addition.lists, own));
        for Below { header, keys, lists } in &addition.below {
            lines.push_str(&format!("\n\n{own}{header}"));
            lines.extend(keys.iter().map(|(key, value)| format!("\n{own}{key} = {value}")));
            lines.push_str(&list_lines(lists, own));
        }
        let gap = if is_parted { "\n" } else { "" };
        self.below(end, &format!("{gap}{indent}{header}{lines}"))
    }

    /// Returns the position at which a value ends. The keys and elements inside the value are part of it.
    fn extent(&self, value: &Spanned<DeValue<'_>>) -> usize {
        let inside = match value.get_ref() {
            DeValue::Table(keys) => keys.values().map(|value| self.extent(value)).max(),
            DeValue::Array(items) => items.iter().map(|item| self.extent(item)).max(),
            _ => None,
        };
        inside.unwrap_or_default().max(self.tree.bytes(value.span()).end)
    }
}

/// Returns the text without the line break at its end.
fn line_before(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}
