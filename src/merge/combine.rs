//! Combines the parts of three versions: what one side changed is taken from it, and what both changed differently
//! is a conflict on just that part.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    Conflict, Note, Side,
    comments::{self, around, settled},
    entries::{Pick, unite},
    markers,
    part::{Inline, Inside, Name, Part, Table, is_entries},
};

/// The changes of two sides since a base, and what there is to say of them.
#[derive(Debug, Default)]
pub struct Combined {
    pub conflicts: Vec<Conflict>,
    pub notes: Vec<Note>,
}

/// A part of the merged text.
struct Merged<'p> {
    path: &'p [String],
    text: String,
    /// Only ours has it.
    is_new: bool,
}

impl Combined {
    /// The parts of one table, in the order of ours. What theirs added follows the part that it follows there.
    fn sequence(&mut self, base: &[Part<'_>], ours: &[Part<'_>], theirs: &[Part<'_>]) -> String {
        let [in_base, in_ours, in_theirs] = [base, ours, theirs].map(by_path);
        let mut merged = Vec::with_capacity(ours.len());
        for our in ours {
            let path = our.path.as_slice();
            let (base, their) = (in_base.get(path), in_theirs.get(path));
            let text = match (base, their) {
                (base, Some(their)) => self.both(base.copied(), our, their),
                (None, None) => our.whole(),
                (Some(base), None) if is_unchanged(base, our) => String::new(),
                (Some(base), None) => self.conflict(Some(*base), Some(our), None),
            };
            merged.push(Merged { path, text, is_new: base.is_none() && their.is_none() });
        }
        for (index, their) in theirs.iter().enumerate() {
            let path = their.path.as_slice();
            let text = match in_base.get(path) {
                _ if in_ours.contains_key(path) => continue,
                None => their.whole(),
                Some(base) if is_unchanged(base, their) => continue,
                Some(base) => self.conflict(Some(*base), None, Some(their)),
            };
            let position = place(&merged, &theirs[..index]);
            merged.insert(position, Merged { path, text, is_new: false });
        }
        merged.into_iter().map(|part| part.text).collect()
    }

    /// A part that both sides have.
    pub fn both<'p>(
        &mut self,
        base: Option<&Part<'p>>,
        ours: &Part<'p>,
        theirs: &Part<'p>,
    ) -> String {
        match base {
            _ if ours.is_same_text(theirs) => return ours.whole(),
            Some(base) if ours.is_same_text(base) => return theirs.whole(),
            Some(base) if theirs.is_same_text(base) => return ours.whole(),
            _ => {}
        }
        let lead = settled(base.map_or("", |base| base.lead), ours.lead, theirs.lead);
        let text = match (&ours.inside, &theirs.inside) {
            _ if base.is_none() && ours.says_the_same(theirs) => Some(ours.text.to_owned()),
            (Inside::Key(our), Inside::Key(their)) => {
                let base = match base.map(|base| &base.inside) {
                    Some(Inside::Key(value)) => Some(value),
                    _ => None,
                };
                self.value(&ours.name, base, our, their).map(|value| {
                    let rest = |value: &Inline<'p>| &value.text[value.span.end..];
                    let before = &our.text[..our.span.start];
                    format!("{before}{value}{}", around(base.map(rest), rest(our), rest(their)))
                })
            }
            (Inside::Table(our), Inside::Table(their)) if base.is_some() || !our.is_element => {
                Some(self.table(base, our, their))
            }
            (Inside::Entries(our, values), Inside::Entries(their, their_values)) => {
                let base = match base.map(|base| &base.inside) {
                    Some(Inside::Entries(_, values)) => Some(values),
                    _ => None,
                };
                let picks = self.united(&ours.name, base, values, their_values);
                picks.map(|picks| entries(&picks, our, their))
            }
            _ => None,
        };
        match text {
            Some(text) => {
                let old = base.map_or("", |base| base.text);
                let comments = comments::missing(old, [ours.text, theirs.text], &text);
                format!("{lead}{comments}{text}")
            }
            None => self.conflict(base, Some(ours), Some(theirs)),
        }
    }

    fn table(&mut self, base: Option<&Part<'_>>, ours: &Table<'_>, theirs: &Table<'_>) -> String {
        let none = Table::default();
        let base = match base.map(|base| &base.inside) {
            Some(Inside::Table(base)) => base,
            _ => &none,
        };
        let header = settled(base.header, ours.header, theirs.header);
        let keys = self.sequence(&base.keys, &ours.keys, &theirs.keys);
        let tail = settled(base.tail, ours.tail, theirs.tail);
        let tables = self.sequence(&base.tables, &ours.tables, &theirs.tables);
        format!("{header}{keys}{tail}{tables}")
    }

    /// The entries of a list that both sides have changed.
    pub fn united(
        &mut self,
        name: &Name,
        base: Option<&Value>,
        ours: &Value,
        theirs: &Value,
    ) -> Option<Vec<Pick>> {
        let none = Value::Array(Vec::new());
        let base = base.unwrap_or(&none);
        if ![base, ours, theirs].into_iter().all(is_entries) {
            return None;
        }
        let (base, ours, theirs) = (base.as_array()?, ours.as_array()?, theirs.as_array()?);
        let picks = unite(base, ours, theirs)?;
        let have_grown = ours.len().min(theirs.len()) > base.len();
        if have_grown && picks.len() > ours.len().max(theirs.len()) {
            self.notes.extend(Note::on(name, ours, theirs));
        }
        Some(picks)
    }

    /// The part of every side between markers; what stands before it is left outside if it is the same.
    fn conflict(
        &mut self,
        base: Option<&Part<'_>>,
        ours: Option<&Part<'_>>,
        theirs: Option<&Part<'_>>,
    ) -> String {
        let (lead, is_outside) = match (ours, theirs) {
            (Some(ours), Some(theirs)) if ours.lead != theirs.lead => ("", false),
            (side, other) => (side.or(other).map_or("", |side| side.lead), true),
        };
        let text = |part: Option<&Part<'_>>| match part {
            Some(part) if is_outside => part.text.to_owned(),
            part => part.map(Part::whole).unwrap_or_default(),
        };
        self.conflicts.extend(Conflict::between(base, ours, theirs));
        format!("{lead}{}", markers::around(&text(ours), &text(base), &text(theirs)))
    }
}

/// Entries under headers of their own.
fn entries(picks: &[Pick], ours: &[Part<'_>], theirs: &[Part<'_>]) -> String {
    let entries = picks.iter().map(|pick| match pick.side {
        Side::Ours => ours[pick.index].whole(),
        Side::Theirs => theirs[pick.index].whole(),
    });
    entries.collect()
}

fn by_path<'p, 's>(parts: &'p [Part<'s>]) -> HashMap<&'p [String], &'p Part<'s>> {
    parts.iter().map(|part| (part.path.as_slice(), part)).collect()
}

/// Where a part goes that follows `before` in theirs: after the nearest of them that is there, and after what ours
/// has added there.
fn place(merged: &[Merged<'_>], before: &[Part<'_>]) -> usize {
    let position = |part: &Part<'_>| merged.iter().rposition(|known| known.path == part.path);
    let start = before.iter().rev().find_map(position).map_or(0, |found| found + 1);
    let added = merged[start..].iter().take_while(|part| part.is_new).count();
    start + added
}

/// Whether a side left a part as it was. Its layout may be another.
fn is_unchanged(base: &Part<'_>, side: &Part<'_>) -> bool {
    let [old, new] = [base, side].map(Part::whole);
    comments::missing(&old, [&new, ""], "").is_empty() && base.says_the_same(side)
}
