//! Selects the uncommitted entries and items that `plan undo` removes from a plan.

use std::collections::HashSet;

use super::{Refusal, recorded::Recorded, refuse, unknown_id};
use crate::{
    model::{Dated, Id, Keyword, Plan, Position},
    plan_diff::{Entry, EntryKind, Item},
};

/// The user's choice of the entries and items to undo.
#[derive(Debug, Clone, Copy)]
pub enum Wanted<'w> {
    Everything,
    /// The single uncommitted entry or item. If there are several, the choice is refused.
    TheOnly,
    /// The last uncommitted change of each recommendation, action, area or meeting in `names`. If `kind` is given, only
    /// entries of this kind are considered.
    Last {
        names: &'w [Id],
        kind: Option<EntryKind>,
        /// True if names without an uncommitted change are skipped instead of refused.
        is_lenient: bool,
    },
}

impl Wanted<'_> {
    /// Returns the selected entries and items. `new` has all entries and items that are not committed.
    ///
    /// # Errors
    /// Fails if nothing is selected, or if the choice is ambiguous.
    pub fn choose(&self, plan: &Plan, new: &[Recorded]) -> Result<Vec<Recorded>, Refusal> {
        match self {
            Self::Last { names, kind, is_lenient } => {
                let mut chosen = Vec::new();
                for name in *names {
                    let is_meant = |one: &Recorded| {
                        word(plan, *one) == name.as_str()
                            && kind.is_none_or(|kind| one.kind() == Some(kind))
                    };
                    if !is_lenient {
                        chosen.extend(last_of(plan, new, name, *kind)?);
                        continue;
                    }
                    let own: Vec<Recorded> = new.iter().copied().filter(is_meant).collect();
                    if !own.is_empty() {
                        chosen.extend(last_of(plan, &own, name, *kind)?);
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
    let help = "committed entries cannot be changed or removed: add a new entry, or correct the wording with \
                `plan amend`";
    refuse(message, help)
}

/// Returns the last uncommitted entry of the item `name`. Returns several equal entries if one command recorded them
/// for several actions.
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
        // An entry of the recommendation itself takes precedence over entries of its actions.
        if of_kind.iter().any(|one| word(plan, *one) == name.as_str()) {
            of_kind.retain(|one| word(plan, *one) == name.as_str());
        }
    }
    let last = latest(plan, &of_kind);
    let entries: Vec<_> = last.iter().map(|one| one.entry(plan)).collect();
    // The command `plan mark` with the id of a recommendation records equal entries for several actions.
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

/// Returns the entry that was recorded last. If the plan does not show the order of recording, returns all entries that
/// may have been recorded last.
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

/// Checks whether the dates show that `one` was recorded before `other`, an entry of another list. Returns false if the
/// order is unknown.
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
        // The entry `other` states its day of recording, because the plan already had an entry with a later date. If
        // `one` is the only entry with a later date, `one` was recorded before `other`.
        (None, Some(_)) => {
            let days = plan.item(position).dated().map(Dated::on);
            on > later && days.filter(|day| Some(*day) > later).count() == 1
        }
    }
}

/// Checks whether `amendment` is an amendment of the item's entry with the kind `kind` and the index `index`.
fn is_amended_by(
    plan: &Plan,
    amendment: Recorded,
    item: Position,
    kind: EntryKind,
    index: usize,
) -> bool {
    let entry = Some((kind.word(), index));
    amendment.position() == Some(item)
        && matches!(amendment.entry(plan), Some(Entry::Amendment(found)) if found.key.1 == entry)
}

/// Returns the error about several entries, each of which may be the last one. The help text proposes a command for
/// each entry.
fn unclear<T>(plan: &Plan, name: &Id, last: &[Recorded]) -> Result<T, Refusal> {
    let is_own = |one: &&Recorded| word(plan, **one) == name.as_str();
    let own = last.iter().filter(is_own).filter_map(|one| Some(one.kind()?.word()));
    let mut commands: Vec<_> = own.map(|list| format!("plan undo {name} --only {list}")).collect();
    let mut others: Vec<_> = last.iter().filter(|one| !is_own(one)).copied().collect();
    while let Some(first) = others.first().map(|one| one.entry(plan)) {
        // Equal entries of several actions were recorded by one command, so one command also removes them.
        let (same, rest): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|one| one.entry(plan) == first);
        commands.push(format!("plan undo {}", words(plan, &same).join(" ")));
        others = rest;
    }
    refuse(
        format!("it is not clear which of these changes is the last: {}", named(plan, last)),
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

/// Returns the words that name entries and items on the command line, without repetitions.
fn words(plan: &Plan, new: &[Recorded]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in new.iter().map(|one| word(plan, *one)) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// Returns the word that names an entry or item on the command line: an id, or the date of a meeting.
fn word(plan: &Plan, one: Recorded) -> String {
    match one.item(plan) {
        Item::Recommendation(id) | Item::Action(id) => id.to_string(),
        Item::Area(id) => id,
        Item::Meeting(date) => date.iso(),
        other => other.to_string(),
    }
}

/// Returns the id of the recommendation to which an entry or item belongs. Returns `None` for an area or a meeting.
fn whole(plan: &Plan, one: Recorded) -> Option<&Id> {
    one.position().map(|(index, _)| &plan.recommendations[index].id)
}
