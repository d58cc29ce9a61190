//! Combines the three versions of a plan's text: the base, ours and theirs. A passage, which is a part of the text, is
//! taken from the side that changed it. Contradictory changes of both sides become a conflict.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{
    Conflict, Note, Side,
    comments::{self, around, settled},
    entries::{Pick, unite},
    markers,
    outline::PassageKind,
    passage::{Passage, is_entries},
};

/// The conflicts and notes that arise while the changes of both sides are combined.
#[derive(Debug, Default)]
pub struct Combined {
    pub conflicts: Vec<Conflict>,
    pub notes: Vec<Note>,
}

/// A merged passage, which is a part of the merged text.
struct MergedPassage<'p> {
    path: &'p [String],
    text: String,
    /// True if only our side has the passage.
    is_new: bool,
}

/// The base, ours and theirs: the three versions of a passage that both sides have. The base is `None` if it does not
/// have the passage.
type Sides<'p, 's> = (Option<&'p Passage<'s>>, &'p Passage<'s>, &'p Passage<'s>);

impl Combined {
    /// Merges a passage that both sides have. Contradictory versions are returned between conflict markers. Returns
    /// `None` for a contradiction inside brackets or braces, because conflict markers need whole lines.
    pub fn both(&mut self, (base, ours, theirs): Sides<'_, '_>) -> Option<String> {
        match base {
            _ if ours.is_same_text(theirs) => return Some(ours.whole()),
            Some(base) if ours.is_same_text(base) => return Some(theirs.whole()),
            Some(base) if theirs.is_same_text(base) => return Some(ours.whole()),
            _ => {}
        }
        let Some(body) = self.body((base, ours, theirs)) else {
            return self.conflict([base, Some(ours), Some(theirs)]);
        };
        let lead = settled(base.map_or("", |base| base.lead), ours.lead, theirs.lead);
        let after = around(base.map(|base| base.after), ours.after, theirs.after);
        let text = ours.ended(&body, after);
        let comments = match ours.kind {
            PassageKind::Enclosed { .. } => String::new(),
            _ => {
                let old = base.map_or("", |base| base.text);
                comments::missing(old, [ours.text, theirs.text], &text)
            }
        };
        Some(format!("{lead}{comments}{text}"))
    }

    /// Returns the merged body of a passage that both sides have, or `None` if the sides contradict each other.
    fn body(&mut self, (base, ours, theirs): Sides<'_, '_>) -> Option<String> {
        if base.is_none() && ours.says_the_same(theirs) {
            return Some(ours.body.to_owned());
        }
        match (ours.kind, theirs.kind) {
            (PassageKind::Table, PassageKind::Table) => return self.sequence((base, ours, theirs)),
            (PassageKind::Element, _) => return self.sequence((Some(base?), ours, theirs)),
            _ if ours.is_value() != theirs.is_value() => return None,
            _ => {}
        }
        let (our, their) = (&ours.value, &theirs.value);
        let old = base.map(|base| &base.value);
        if is_entries(our)
            && let Some(picks) = self.united((base, ours, theirs))
        {
            return self.list((base, ours, theirs), &picks);
        }
        if our == their || old == Some(their) {
            return is_complete(base, ours, theirs).then(|| ours.body.to_owned());
        }
        if old == Some(our) {
            return is_complete(base, theirs, ours).then(|| theirs.body.to_owned());
        }
        let sides = [base?, ours, theirs];
        let is_alike = |kind: fn(&Value) -> bool| sides.iter().all(|side| kind(&side.value));
        let is_named = (is_alike(Value::is_object) || is_alike(Value::is_array))
            && sides.into_iter().all(has_names);
        if is_named { self.sequence((base, ours, theirs)) } else { None }
    }

    /// Merges the passages inside a passage, in the order of our side. A passage that their side added is inserted
    /// after the passage that comes before it in their text.
    fn sequence(&mut self, (base, ours, theirs): Sides<'_, '_>) -> Option<String> {
        let none = Passage::default();
        let [in_base, in_ours, in_theirs] = [base.unwrap_or(&none), ours, theirs].map(by_path);
        let mut written = Vec::with_capacity(ours.inside.len());
        for our in &ours.inside {
            let path = our.path.as_slice();
            let (base, their) = (in_base.get(path).copied(), in_theirs.get(path));
            let text = match (base, their) {
                (base, Some(their)) => self.both((base, our, their))?,
                (None, None) => our.whole(),
                (Some(base), None) if is_unchanged(base, our) => continue,
                (Some(base), None) => self.conflict([Some(base), Some(our), None])?,
            };
            written.push(MergedPassage { path, text, is_new: base.is_none() && their.is_none() });
        }
        for (index, their) in theirs.inside.iter().enumerate() {
            let path = their.path.as_slice();
            let position = place(&written, &theirs.inside[..index]);
            let text = match in_base.get(path) {
                _ if in_ours.contains_key(path) => continue,
                None => ours.placed(their, position),
                Some(base) if is_unchanged(base, their) => continue,
                Some(base) => self.conflict([Some(*base), None, Some(their)])?,
            };
            written.insert(position, MergedPassage { path, text, is_new: false });
        }
        let inside: Vec<String> = written.into_iter().map(|passage| passage.text).collect();
        Some(enclosed((base, ours, theirs), &inside))
    }

    /// Merges the lists of entries of both sides, in the order of `picks`.
    fn list(&mut self, (base, ours, theirs): Sides<'_, '_>, picks: &[Pick]) -> Option<String> {
        let mut inside = Vec::with_capacity(picks.len());
        for Pick { side, index } in picks {
            let versions = [base, Some(ours), Some(theirs)].map(|list| list?.inside.get(*index));
            inside.push(match (versions, side) {
                ([Some(base), Some(our), Some(their)], _) => self.both((Some(base), our, their))?,
                (_, Side::Ours) => ours.inside[*index].whole(),
                (_, Side::Theirs) => ours.placed(&theirs.inside[*index], inside.len()),
            });
        }
        Some(enclosed((base, ours, theirs), &inside))
    }

    /// Returns a [`Pick`] for each entry of the merged list, in order. Returns `None` if the lists of both sides cannot
    /// be merged.
    fn united(&mut self, (base, ours, theirs): Sides<'_, '_>) -> Option<Vec<Pick>> {
        let (none, name) = (Value::Array(Vec::new()), &ours.name);
        let lists = [base.map_or(&none, |base| &base.value), &ours.value, &theirs.value];
        if !lists.into_iter().all(is_entries) {
            return None;
        }
        let [base, ours, theirs] = lists.map(Value::as_array);
        let (base, ours, theirs) = (base?, ours?, theirs?);
        let picks = unite(base, ours, theirs)?;
        let have_grown = ours.len().min(theirs.len()) > base.len();
        if have_grown && picks.len() > ours.len().max(theirs.len()) {
            self.notes.extend(Note::on(name, ours, theirs));
        }
        Some(picks)
    }

    /// Adds a conflict, and returns the versions of the passage between conflict markers. Returns `None` inside
    /// brackets or braces, because conflict markers need whole lines.
    fn conflict(&mut self, versions: [Option<&Passage<'_>>; 3]) -> Option<String> {
        let [base, ours, theirs] = versions;
        if let PassageKind::Enclosed { .. } = ours.or(theirs)?.kind {
            return None;
        }
        let (lead, is_outside) = match (ours, theirs) {
            (Some(ours), Some(theirs)) if ours.lead != theirs.lead => ("", false),
            (side, other) => (side.or(other).map_or("", |side| side.lead), true),
        };
        let text = |passage: Option<&Passage<'_>>| match passage {
            Some(passage) if is_outside => passage.text.to_owned(),
            passage => passage.map(Passage::whole).unwrap_or_default(),
        };
        self.conflicts.extend(Conflict::between(versions));
        Some(format!("{lead}{}", markers::around(&text(ours), &text(base), &text(theirs))))
    }
}

/// Returns the text of a merged passage: its beginning, the merged passages in `inside`, and its end.
fn enclosed((base, ours, theirs): Sides<'_, '_>, inside: &[String]) -> String {
    let head = match ours.is_value() {
        true => around(base.map(|base| base.head), ours.head, theirs.head).to_owned(),
        false => settled(base.map_or("", |base| base.head), ours.head, theirs.head),
    };
    let close = around(base.map(|base| base.close), ours.close, theirs.close);
    format!("{head}{}{close}", ours.joined(inside))
}

fn by_path<'p, 's>(passage: &'p Passage<'s>) -> HashMap<&'p [String], &'p Passage<'s>> {
    passage.inside.iter().map(|inside| (inside.path.as_slice(), inside)).collect()
}

/// Checks whether the passages inside a value have unique names. Other passages cannot be matched between versions.
fn has_names(passage: &Passage<'_>) -> bool {
    let mut known = HashSet::new();
    let mut names = passage.inside.iter().map(|inside| &inside.path);
    (!passage.close.is_empty()) && names.all(|path| !path.concat().is_empty() && known.insert(path))
}

/// Returns the index in `written` at which to insert a passage that was added in `theirs`. The list `before` contains
/// the passages before it in `theirs`.
fn place(written: &[MergedPassage<'_>], before: &[Passage<'_>]) -> usize {
    let position =
        |before: &Passage<'_>| written.iter().rposition(|known| known.path == before.path);
    let start = before.iter().rev().find_map(position).map_or(0, |found| found + 1);
    let added = written[start..].iter().take_while(|passage| passage.is_new).count();
    start + added
}

/// Checks whether a side left the content of a passage unchanged and added no comments. Changes of layout are ignored.
fn is_unchanged(base: &Passage<'_>, side: &Passage<'_>) -> bool {
    let [old, new] = [base, side].map(Passage::whole);
    comments::missing(&old, [&new, ""], "").is_empty() && base.says_the_same(side)
}

/// Checks whether the value of the passage `changed` can be taken without losing comments that the other side added in
/// `commented`. A comment can be lost only if `changed` has fewer elements than the base.
fn is_complete(base: Option<&Passage<'_>>, changed: &Passage<'_>, commented: &Passage<'_>) -> bool {
    base.is_none_or(|base| {
        base.inside.len() <= changed.inside.len()
            || comments::missing(base.body, [commented.body, base.body], base.body).is_empty()
    })
}
