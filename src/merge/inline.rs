//! Values that both sides changed: lists and tables between brackets and braces, put together element by element.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    Side,
    combine::Combined,
    comments::{self, around, settled},
    entries::Pick,
    part::{Inline, Name, is_entries},
};
use crate::edit::{self, comma};

impl<'s> Inline<'s> {
    fn raw(&self) -> &'s str {
        &self.text[self.span.clone()]
    }

    fn item(&self, name: &str) -> Option<&Self> {
        self.items.iter().find_map(|(known, item)| (known == name).then_some(item))
    }

    /// Whether each item has a name of its own and stands in one piece.
    fn has_named_items(&self) -> bool {
        let mut known = HashSet::new();
        self.items.iter().all(|(name, item)| {
            let is_whole = !item.value.is_object() || item.raw().starts_with('{');
            is_whole && !name.is_empty() && known.insert(name)
        })
    }
}

/// The items of a list or table: those of ours as they become, and the positions of those that only theirs has.
struct Items {
    ours: Vec<String>,
    added: Vec<usize>,
}

impl Combined {
    /// A value that both sides have; `None` where they contradict each other.
    pub fn value(
        &mut self,
        name: &Name,
        base: Option<&Inline<'_>>,
        ours: &Inline<'_>,
        theirs: &Inline<'_>,
    ) -> Option<String> {
        let [our, their] = [ours, theirs].map(|side| &side.value);
        let old = base.map(|base| &base.value);
        if is_entries(our)
            && let Some(picks) = self.united(name, old, our, their)
        {
            let texts: Vec<String> =
                ours.items.iter().map(|(_, item)| item.raw().to_owned()).collect();
            return Some(list(base, ours, theirs, &texts, &picks));
        }
        if our == their || old == Some(their) {
            return is_complete(base, ours, theirs).then(|| ours.raw().to_owned());
        }
        if old == Some(our) {
            return is_complete(base, theirs, ours).then(|| theirs.raw().to_owned());
        }
        let base = base?;
        let sides = [base, ours, theirs];
        let is_alike = |kind: fn(&Value) -> bool| sides.iter().all(|side| kind(&side.value));
        if !sides.into_iter().all(Inline::has_named_items) {
            None
        } else if is_alike(Value::is_object) {
            let items = self.items(name, base, ours, theirs)?;
            Some(braces(ours, theirs, &items))
        } else if is_alike(Value::is_array) {
            let items = self.items(name, base, ours, theirs)?;
            let of_ours = (0..items.ours.len()).map(|index| Pick { side: Side::Ours, index });
            let added = items.added.iter().map(|index| Pick { side: Side::Theirs, index: *index });
            let picks: Vec<Pick> = of_ours.chain(added).collect();
            Some(list(None, ours, theirs, &items.ours, &picks))
        } else {
            None
        }
    }

    /// `None` where an item was deleted, or both sides added or changed it.
    fn items(
        &mut self,
        name: &Name,
        base: &Inline<'_>,
        ours: &Inline<'_>,
        theirs: &Inline<'_>,
    ) -> Option<Items> {
        let mut items = Items { ours: Vec::new(), added: Vec::new() };
        for (key, our) in &ours.items {
            let name = match ours.value {
                Value::Array(_) => Name { table: key.clone(), key: None },
                _ => Name { key: Some(key.clone()), ..name.clone() },
            };
            items.ours.push(match (base.item(key), theirs.item(key)) {
                (None, None) => our.raw().to_owned(),
                (Some(base), Some(their)) => self.value(&name, Some(base), our, their)?,
                (None, Some(their)) if our.value == their.value => our.raw().to_owned(),
                (None, Some(their)) if is_entries(&our.value) => {
                    self.value(&name, None, our, their)?
                }
                _ => return None,
            });
        }
        for (index, (key, _)) in theirs.items.iter().enumerate() {
            if ours.item(key).is_none() {
                if base.item(key).is_some() {
                    return None;
                }
                items.added.push(index);
            }
        }
        Some(items)
    }
}

/// The table between braces with its items as they become.
fn braces(ours: &Inline<'_>, theirs: &Inline<'_>, items: &Items) -> String {
    let spans = ours.items.iter().map(|(_, item)| &item.span);
    let mut texts: Vec<_> = spans.zip(&items.ours).collect();
    texts.sort_by_key(|(span, _)| span.start);
    let (mut text, mut position) = (String::new(), ours.span.start);
    for (span, item) in texts {
        text.push_str(&ours.text[position..span.start]);
        text.push_str(item);
        position = span.end;
    }
    for (key, item) in items.added.iter().map(|index| &theirs.items[*index]) {
        text.push_str(&format!(", {} = {}", edit::key(key), item.raw()));
    }
    text.push_str(&ours.text[position..ours.span.end]);
    text
}

/// The text of a list, cut at its elements.
struct List<'s> {
    /// Up to the first element, without white space before that.
    open: &'s str,
    elements: Vec<Element<'s>>,
    close: &'s str,
}

/// An element of a list, with what stands around it up to the next one.
#[derive(Debug, Clone, Copy)]
struct Element<'s> {
    before: &'s str,
    text: &'s str,
    /// Between the element and its comma.
    between: &'s str,
    has_comma: bool,
    after: &'s str,
}

/// Whether a value that one side changed and the other wrote comments in still has what they may be about.
fn is_complete(base: Option<&Inline<'_>>, changed: &Inline<'_>, commented: &Inline<'_>) -> bool {
    let Some(base) = base else {
        return true;
    };
    base.items.len() <= changed.items.len()
        || comments::missing(base.raw(), [commented.raw(), base.raw()], base.raw()).is_empty()
}

/// The list that `picks` make of both sides, in the layout of ours; `texts` are the elements of ours.
fn list(
    base: Option<&Inline<'_>>,
    ours: &Inline<'_>,
    theirs: &Inline<'_>,
    texts: &[String],
    picks: &[Pick],
) -> String {
    let base = base.map(List::cut);
    let (ours, theirs) = (List::cut(ours), List::cut(theirs));
    let last = picks.len().saturating_sub(1);
    let elements = picks.iter().enumerate().map(|(position, pick)| {
        let mut element = match pick.side {
            Side::Ours => Element { text: &texts[pick.index], ..ours.elements[pick.index] },
            Side::Theirs => ours.adopt(&theirs.elements[pick.index], position == 0),
        };
        let mut before = element.before.to_owned();
        let same =
            [Some(&ours), Some(&theirs), base.as_ref()].map(|list| list?.elements.get(pick.index));
        if let [Some(our), Some(their), Some(base)] = same {
            before = match our.before.contains('\n') {
                true => settled(base.before, our.before, their.before),
                false => around(Some(base.before), our.before, their.before).to_owned(),
            };
            element.after = around(Some(base.after), our.after, their.after);
        }
        let comma = if element.has_comma || position < last { "," } else { "" };
        let Element { text, between, after, .. } = element;
        format!("{before}{text}{between}{comma}{after}")
    });
    let elements: String = elements.collect();
    let open = around(base.as_ref().map(|base| base.open), ours.open, theirs.open);
    let close = around(base.as_ref().map(|base| base.close), ours.close, theirs.close);
    format!("{open}{elements}{close}")
}

impl<'s> List<'s> {
    fn cut(list: &Inline<'s>) -> Self {
        let Inline { text, span: whole, items, .. } = list;
        let spans: Vec<_> = items.iter().map(|(_, item)| item.span.clone()).collect();
        let close = whole.end - 1;
        let start = |index: usize| spans.get(index).map_or(close, |span| span.start);
        let open = whole.start + 1;
        let mut position = open + rest_of_line(&text[open..start(0)]).len();
        let open = &text[whole.start..position];
        let mut elements = Vec::new();
        for (index, span) in spans.iter().enumerate() {
            let next = start(index + 1);
            let comma = comma(&text[span.end..next]);
            let between = span.end + comma.unwrap_or(0);
            let after = between + usize::from(comma.is_some());
            let rest = rest_of_line(&text[after..next]);
            elements.push(Element {
                before: &text[position..span.start],
                text: &text[span.clone()],
                between: &text[span.end..between],
                has_comma: comma.is_some(),
                after: rest,
            });
            position = after + rest.len();
        }
        Self { open, elements, close: &text[position..whole.end] }
    }

    /// An element of another list as an element of this one.
    fn adopt(&self, other: &Element<'s>, is_first: bool) -> Element<'s> {
        let has_comma = self.elements.last().is_some_and(|last| last.has_comma);
        let has_lines = self.elements.iter().any(|element| element.after.ends_with('\n'));
        if other.after.ends_with('\n')
            && (has_lines || other.before.contains('#') || other.after.contains('#'))
        {
            return Element { has_comma, ..*other };
        }
        let (before, after) = match self.elements.first() {
            Some(first) if has_lines => (white_end(first.before), "\n"),
            _ if is_first => ("", " "),
            _ => (" ", ""),
        };
        Element { before, text: other.text, between: "", has_comma, after }
    }
}

/// The white space at the end.
fn white_end(text: &str) -> &str {
    &text[text.trim_end_matches([' ', '\t']).len()..]
}

/// The rest of the line with its end, if nothing but a comment stands there.
fn rest_of_line(text: &str) -> &str {
    let line = text.split_inclusive('\n').next().unwrap_or("");
    let words = line.trim_start();
    let is_rest = line.ends_with('\n') && (words.is_empty() || words.starts_with('#'));
    if is_rest { line } else { "" }
}
