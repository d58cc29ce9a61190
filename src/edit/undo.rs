//! Takes back the newest entry of an item, where the committed plan does not have it yet.

use std::{ops::Range, sync::Arc};

use similar::{ChangeTag, TextDiff};

use super::{
    Refusal, Unchanged,
    change::{Lists, set},
    refuse,
};
use crate::{
    file::{Places, Reader, whole_lines},
    key_path::KeyPath,
    model::{Day, Id, Key, Plan, Recommendation, Record, to_single_line},
    plan_diff::{ChangeKind, Difference, Entry, EntryKind, Item, Positions, between},
};

/// A text without its newest entry.
#[derive(Debug)]
pub struct TakenBack {
    pub text: String,
    /// What was taken back, as it stood in the file.
    pub entry: String,
    /// The entry in words: `the revision of 2003-07-10 on recommendation 5`.
    pub name: String,
}

/// An entry that the committed plan does not have.
struct NewEntry {
    difference: Difference,
    kind: EntryKind,
    on: Day,
    index: usize,
}

/// Takes back the newest entry of `id` that `committed` does not have; without `id`, the only such entry.
///
/// # Errors
/// There is no such entry or not only one, a plan is invalid, or the entry is wound up with another change.
pub fn take_back(source: &str, committed: &str, id: Option<&Id>) -> Result<TakenBack, Unchanged> {
    let mut reader = Reader::default();
    let present = reader.decode(source).map_err(Unchanged::Invalid)?;
    let Ok(earlier) = reader.decode(committed) else {
        let help = "mend it with `plan edit`, and commit it";
        return refuse("the committed plan is invalid", help).map_err(Unchanged::Refused);
    };
    let new = new_entries(&earlier.plan, &present.plan, id);
    let is_known = |id: &Id| earlier.plan.ids().any(|known| known == id);
    let is_added = id.is_some_and(|id| !is_known(id));
    let chosen = choose(new, id, is_added).map_err(Unchanged::Refused)?;
    let name = format!("the {} of {} on {}", chosen.kind, chosen.on, chosen.difference.item);
    let mut expected = present.plan.clone();
    let found = remove(&mut expected, &earlier.plan, &chosen);
    let mut places = Places::new(source, &present.pieces);
    let span = places.locate(&chosen.difference.present);
    let entry = to_single_line(&source[span.clone()]);
    let item = chosen.difference.positions.present.map_or_else(KeyPath::top, KeyPath::item);
    let names = chosen.keys().into_iter().flat_map(Key::names);
    let values = names.map(|name| places.locate(&item.key(name)));
    let spans: Vec<Range<usize>> = [span.clone()].into_iter().chain(values).collect();
    let lines = whole_lines(source, span);
    let without_lines = format!("{}{}", &source[..lines.start], &source[lines.end..]);
    let texts = [without_changes(source, committed, &spans), without_lines];
    let mut is_right = |text: &String| {
        let read = reader.decode(text.clone());
        found.is_some() && read.is_ok_and(|read| read.plan == expected)
    };
    match texts.into_iter().find(&mut is_right) {
        Some(text) => Ok(TakenBack { text, entry, name }),
        None => {
            let message = format!("{name} cannot be taken back by itself");
            refuse(message, "take it out with `plan edit`").map_err(Unchanged::Refused)
        }
    }
}

fn new_entries(earlier: &Plan, present: &Plan, wanted: Option<&Id>) -> Vec<NewEntry> {
    let is_wanted = |item: &Item| wanted.is_none() || item.id() == wanted;
    let differences = between(earlier, present).into_iter();
    let new =
        differences.filter(|difference| is_wanted(&difference.item)).filter_map(|difference| {
            let (kind, on, index) = match &difference.change {
                ChangeKind::Entry { old: None, new: Some(entry), index, .. } => {
                    (entry.kind(), entry.on(), *index)
                }
                change => (EntryKind::Response, change.answer()?.1?, 0),
            };
            Some(NewEntry { difference, kind, on, index })
        });
    new.collect()
}

/// The only entry, or the newest of an item.
fn choose(mut new: Vec<NewEntry>, id: Option<&Id>, is_added: bool) -> Result<NewEntry, Refusal> {
    // Of one list the last entry is the newest: the sort keeps their order.
    new.sort_by_key(|entry| entry.on);
    let Some(last) = new.pop() else {
        if let Some(id) = id.filter(|_| is_added) {
            let help = format!("take it out with `plan edit {id}`");
            return refuse(format!("{id} is new itself, and has no entry to take back"), help);
        }
        let what = id.map_or_else(|| "entry".to_owned(), |id| format!("entry on {id}"));
        let help = "what is committed stays; record how it is with a further entry";
        return refuse(format!("there is no {what} that is not committed"), help);
    };
    match (new.last(), id) {
        (Some(_), None) => {
            let entries = new.iter().chain([&last]);
            let mut items: Vec<_> =
                entries.map(|entry| entry.difference.item.to_string()).collect();
            let count = items.len();
            items.sort();
            items.dedup();
            refuse(
                format!("{count} entries are not committed"),
                format!("name one by its id: they are on {}", items.join(", ")),
            )
        }
        (Some(other), Some(id)) if other.on == last.on && other.kind != last.kind => refuse(
            format!("{id} has a new {} and a new {} of that day", other.kind, last.kind),
            format!("take one of them out: plan edit {id}"),
        ),
        _ => Ok(last),
    }
}

/// Removes the last entry of a list from the plan, and gives back what an amendment changed. `None` where it is not
/// the last, or was not there before.
fn remove(plan: &mut Plan, earlier: &Plan, entry: &NewEntry) -> Option<()> {
    let Positions { earlier: committed, present } = entry.difference.positions;
    let (index, action) = present?;
    let found = Arc::make_mut(&mut plan.recommendations[index]);
    let lists = Lists::of(found, action);
    match entry.kind {
        EntryKind::Progress => pop(lists.progress, entry)?,
        EntryKind::Revision => pop(lists.revisions, entry)?,
        EntryKind::Verification => pop(lists.verification, entry)?,
        EntryKind::Amendment => pop(lists.amendments, entry)?,
        EntryKind::Response => {}
    }
    let mut keys = entry.keys().into_iter();
    keys.try_for_each(|key| set(found, action, key, earlier.item(committed?).value(key)))
}

fn pop<T>(entries: &mut Vec<T>, entry: &NewEntry) -> Option<()> {
    if entries.len() != entry.index + 1 {
        return None;
    }
    entries.pop().map(drop)
}

impl NewEntry {
    /// The keys whose values came with it: what an amendment changed, or the answer.
    fn keys(&self) -> Vec<&'static Key> {
        match &self.difference.change {
            ChangeKind::Entry { new: Some(Entry::Amendment(amendment)), .. } => {
                vec![amendment.key.0]
            }
            ChangeKind::Entry { .. } => Vec::new(),
            _ => Recommendation::KEYS.iter().filter(|key| key.is_answer).collect(),
        }
    }
}

/// The text with every change undone that touches one of `spans`: there it has the lines of the committed text.
fn without_changes(source: &str, committed: &str, spans: &[Range<usize>]) -> String {
    let diff = TextDiff::from_lines(committed, source);
    let mut text = String::new();
    let mut end = 0;
    for operation in diff.ops() {
        let lines = || diff.iter_changes(operation);
        let new = lines().filter(|line| line.tag() != ChangeTag::Delete);
        let start = end;
        end += new.map(|line| line.value().len()).sum::<usize>();
        let touches = spans.iter().any(|span| start < span.end && span.start < end);
        let dropped = if touches { ChangeTag::Insert } else { ChangeTag::Delete };
        text.extend(lines().filter(|line| line.tag() != dropped).map(|line| line.value()));
    }
    text
}
