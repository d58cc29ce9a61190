//! Decides which of the uncommitted entries and items `plan undo` takes back.

use std::collections::HashSet;

use super::{Refusal, recorded::Recorded, refuse, unknown_id};
use crate::{
    model::{Id, Plan, Position},
    plan_diff::{Entry, EntryKind, Item},
};

/// The choice of the entries and items to take back.
#[derive(Debug, Clone, Copy)]
pub enum Wanted<'w> {
    Everything,
    /// The only uncommitted entry or item. There must be no other.
    TheOnly,
    /// The last entry of each recommendation, action, area or meeting that `names` has. If `kind` is given, the last
    /// entry of this kind.
    Last {
        names: &'w [Id],
        kind: Option<EntryKind>,
        /// If true, names without an uncommitted change are skipped.
        is_lenient: bool,
    },
}

impl Wanted<'_> {
    /// Returns the entries and items to take back. `new` are those that are not committed.
    ///
    /// # Errors
    /// Fails if there is none, or if the choice is ambiguous.
    pub fn choose(&self, plan: &Plan, new: &[Recorded]) -> Result<Vec<Recorded>, Refusal> {
        match self {
            Self::Last { names, kind, is_lenient } => {
                let mut chosen = Vec::new();
                for name in *names {
                    let is_meant = |one: &Recorded| {
                        word(plan, *one) == name.as_str()
                            && kind.is_none_or(|kind| one.kind() == Some(kind))
                    };
                    if !is_lenient || new.iter().any(is_meant) {
                        chosen.extend(last_of(plan, new, name, *kind)?);
                    }
                }
                let mut known = HashSet::new();
                chosen.retain(|one| known.insert(*one));
                Ok(chosen)
            }
            _ if new.is_empty() => nothing("there are no uncommitted changes"),
            Self::Everything => Ok(new.to_vec()),
            Self::TheOnly if new.len() == 1 => Ok(new.to_vec()),
            Self::TheOnly => refuse(
                format!("there are {} uncommitted changes: {}", new.len(), named(plan, new)),
                format!(
                    "undo some: plan undo {}; or undo all: plan undo --all",
                    words(plan, new).join(" ")
                ),
            ),
        }
    }
}

fn nothing<T>(message: impl Into<String>) -> Result<T, Refusal> {
    let help = "committed entries stay: add a new entry, or correct words with `plan amend`";
    refuse(message, help)
}

/// Returns the last uncommitted entry of the item `name`. There may be several, because one command can record the same
/// entry for several actions.
fn last_of(
    plan: &Plan,
    new: &[Recorded],
    name: &Id,
    kind: Option<EntryKind>,
) -> Result<Vec<Recorded>, Refusal> {
    let is_of =
        |one: &&Recorded| word(plan, **one) == name.as_str() || whole(plan, **one) == Some(name);
    let of_name: Vec<Recorded> = new.iter().filter(is_of).copied().collect();
    let is_known = !of_name.is_empty()
        || plan.ids().any(|id| id == name)
        || plan.areas.iter().any(|area| area.id == name.as_str())
        || plan.meetings.iter().any(|meeting| meeting.date.iso() == name.as_str());
    if !is_known {
        return Err(unknown_id(plan, name.as_str()));
    }
    let mut of_kind = of_name;
    if kind.is_some() {
        of_kind.retain(|one| one.kind() == kind);
        // If the recommendation has an entry of this kind itself, its id means this entry rather than entries of its
        // actions.
        if of_kind.iter().any(|one| word(plan, *one) == name.as_str()) {
            of_kind.retain(|one| word(plan, *one) == name.as_str());
        }
    }
    let last = latest(plan, &of_kind);
    let entries: Vec<_> = last.iter().map(|one| one.entry(plan)).collect();
    // Only `plan mark` records entries for several actions when the user gives the id of their recommendation.
    let of_one_command = last.iter().zip(&entries).all(|(one, entry)| {
        let is_of_action = one.position().is_some_and(|(_, action)| action.is_some());
        is_of_action && one.kind() == Some(EntryKind::Progress) && *entry == entries[0]
    });
    match last.as_slice() {
        [] => {
            let what = kind.map_or_else(|| "change".to_owned(), |kind| kind.to_string());
            nothing(format!("{name} has no uncommitted {what}"))
        }
        [_] => Ok(last),
        _ if of_one_command => Ok(last),
        _ => unclear(plan, name, &last),
    }
}

/// Returns those entries after which, as far as the plan shows, no other was recorded. The entries of a list are in the
/// order of recording. Between two lists of an item, dates and days of recording show the order.
fn latest(plan: &Plan, of_name: &[Recorded]) -> Vec<Recorded> {
    let is_before = |one: Recorded, other: Recorded| match (one, other) {
        (Recorded::Item((index, None)), _) => {
            other.position().is_some_and(|item| item.0 == index) && one != other
        }
        (Recorded::Item(item), _) => other.position() == Some(item) && one != other,
        (
            Recorded::Entry { item, kind, index },
            Recorded::Entry { item: same, kind: of_same, index: later },
        ) if item == same && kind == of_same => index < later,
        (
            Recorded::Entry { item, kind, index },
            Recorded::Entry { kind: EntryKind::Amendment, .. },
        ) if is_amended_by(plan, other, item, kind, index) => true,
        _ => is_told_before(plan, one, other),
    };
    let is_last = |one: &Recorded| !of_name.iter().any(|other| is_before(*one, *other));
    of_name.iter().copied().filter(is_last).collect()
}

/// Checks whether the dates show that the entry `one` was recorded before the entry `other` of another list. An entry
/// that was recorded late also has its day of recording. Amendments and responses may lack this day, so the result for
/// them is false.
fn is_told_before(plan: &Plan, one: Recorded, other: Recorded) -> bool {
    let is_in_order = |one: Recorded| {
        let kind = one.kind();
        kind.is_some_and(|kind| !matches!(kind, EntryKind::Amendment | EntryKind::Response))
    };
    let Some(position) = one.position().filter(|own| other.position() == Some(*own)) else {
        return false;
    };
    if !is_in_order(one) || !is_in_order(other) {
        return false;
    }
    let (on, later) = (one.on(plan), other.on(plan));
    match (one.recorded_on(plan), other.recorded_on(plan)) {
        (None, None) => on < later,
        (Some(recorded), None) => Some(recorded) < later,
        (Some(recorded), Some(last)) => recorded < last,
        // `other` has a day of recording, so an entry with a later date existed before it. If `one` is the only entry
        // with a later date, `one` is the entry that existed before.
        (None, Some(_)) => {
            let item = plan.item(position);
            let days = item.progress().iter().map(|entry| entry.on);
            let days = days.chain(item.revisions().iter().map(|entry| entry.on));
            let days = days.chain(item.verification().iter().map(|entry| entry.on));
            on > later && days.filter(|day| Some(*day) > later).count() == 1
        }
    }
}

/// Checks whether the entry `amendment` amended a value of the given entry of the item.
fn is_amended_by(
    plan: &Plan,
    amendment: Recorded,
    item: Position,
    kind: EntryKind,
    index: usize,
) -> bool {
    let entry = Some((kind.key(), index));
    amendment.position() == Some(item)
        && matches!(amendment.entry(plan), Some(Entry::Amendment(found)) if found.key.1 == entry)
}

/// Returns the error that says that several entries may be the last one. It proposes a command to take back each: by
/// the id, or by the id and the kind of entry if the id alone is ambiguous.
fn unclear<T>(plan: &Plan, name: &Id, last: &[Recorded]) -> Result<T, Refusal> {
    let is_own = |one: &&Recorded| word(plan, **one) == name.as_str();
    let own = last.iter().filter(is_own).filter_map(|one| Some(one.kind()?.key()));
    let mut commands: Vec<_> = own.map(|list| format!("plan undo {name} --only {list}")).collect();
    let mut others: Vec<_> = last.iter().filter(|one| !is_own(one)).copied().collect();
    while let Some(first) = others.first().map(|one| one.entry(plan)) {
        // Equal entries, which one command recorded for several actions, are taken back together.
        let (same, rest): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|one| one.entry(plan) == first);
        commands.push(format!("plan undo {}", words(plan, &same).join(" ")));
        others = rest;
    }
    refuse(
        format!("several changes could be the last: {}", named(plan, last)),
        format!("choose one: {}", commands.join(", or ")),
    )
}

fn named(plan: &Plan, new: &[Recorded]) -> String {
    const MOST: usize = 6;
    let mut names: Vec<String> = new.iter().take(MOST).map(|one| one.name(plan)).collect();
    if new.len() > MOST {
        names.push(format!("and {} more", new.len() - MOST));
    }
    names.join(", ")
}

/// Returns the words by which the command line names entries and items, each word once.
fn words(plan: &Plan, new: &[Recorded]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in new.iter().map(|one| word(plan, *one)) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// Returns the word by which the command line names an entry or item: the id, or the date of a meeting.
fn word(plan: &Plan, one: Recorded) -> String {
    match one.item(plan) {
        Item::Recommendation(id) | Item::Action(id) => id.to_string(),
        Item::Area(id) => id,
        Item::Meeting(date) => date.iso(),
        other => other.to_string(),
    }
}

/// Returns the id of the recommendation to which an entry or item belongs.
fn whole(plan: &Plan, one: Recorded) -> Option<&Id> {
    one.position().map(|(index, _)| &plan.recommendations[index].id)
}
