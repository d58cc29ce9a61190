//! The history rules, which compare a plan with its earlier version. Published text and past entries must not change
//! silently, ids must keep their meaning, and new entries must not be backdated.

mod amendments;
mod entries;
mod policy;
mod responses;

use std::collections::{HashMap, HashSet};

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::Finding;
use crate::key_path::KeyPath;
use crate::{
    model::{
        Class, Day, Id, ItemRef, KeyValue, Period, Plan, Response, Rule, Term, to_single_line,
    },
    plan_diff::{
        ChangeKind, Difference, Entry, Item, ItemChange, KeyChange, Positions, same_words,
    },
};
pub use entries::{RecordedEntry, depends_on_order, recorded_in_order};
use entries::{newest_of_plan, recorded_late};
use responses::{dated, response};

/// Returns the findings of the history rules about the differences between two versions of a plan, as of `day`. Entries
/// in `merged` come from merged branches, so they may be older than other entries.
pub fn judge(
    differences: &[Difference],
    earlier: &Plan,
    present: &Plan,
    day: Day,
    merged: &[RecordedEntry],
) -> Vec<Finding> {
    let history_rules = HistoryRules {
        newest: newest_of_plan(earlier),
        known: earlier.newest_known(),
        earlier,
        present,
        day,
        merged,
    };
    differences.iter().flat_map(|difference| history_rules.judge(difference)).collect()
}

/// The old and the new value of a key. A missing value is `None`.
type OldAndNew<'v> = [Option<&'v KeyValue<'v>>; 2];

struct HistoryRules<'p> {
    /// The date of the newest entry in the earlier version of the plan.
    newest: Option<Day>,
    /// The latest day on which an entry of the earlier version became known.
    known: Option<Day>,
    earlier: &'p Plan,
    present: &'p Plan,
    day: Day,
    merged: &'p [RecordedEntry],
}

impl HistoryRules<'_> {
    fn judge(&self, difference: &Difference) -> Vec<Finding> {
        let found = match &difference.change {
            ChangeKind::Entry { old: None, new: Some(entry), .. } => {
                return self.new_entry(difference, entry);
            }
            ChangeKind::Entry { old, new, index, .. } => {
                if let Some(pair) = old.as_ref().zip(new.as_ref())
                    && let Some(told) = self.entry_amended(difference, pair, *index)
                {
                    return told;
                }
                let done = if new.is_some() { "changed" } else { "deleted" };
                old.as_ref().map(|old| entry_altered(difference, old, done))
            }
            ChangeKind::Item(ItemChange::Dropped { .. }) => self.dropped(difference),
            ChangeKind::Item(ItemChange::Replaced { old, .. }) => Some(replaced(difference, old)),
            ChangeKind::Item(ItemChange::Added { date, reopens, .. }) => match difference.item {
                Item::Meeting(date) => self.meeting_held(difference, date),
                _ => return self.action_added(difference, *date, *reopens),
            },
            ChangeKind::Plan(_) => None,
            ChangeKind::Key(change) if difference.item == Item::Policy => {
                self.policy(difference, change)
            }
            ChangeKind::Key(change) => match difference.change.answer() {
                Some((response, on)) => self.answered(difference, response, on),
                None => return self.changed(difference, change),
            },
        };
        found.into_iter().collect()
    }

    /// Returns the findings about a key whose value differs between the two versions of the plan.
    fn changed(&self, difference: &Difference, change: &KeyChange) -> Vec<Finding> {
        if let Some(told) = self.amended(difference, change) {
            return told;
        }
        let is_new = change.old.is_none();
        // A text may be added after the publication. An added day or timescale is treated as a change, because it
        // should have been published with the item.
        let is_text =
            |new: &KeyValue<'_>| !matches!(new, KeyValue::Day(_) | KeyValue::Timescale(_));
        let found = if is_new && change.new.as_ref().is_some_and(is_text) {
            self.added(difference, change)
        } else {
            self.altered(difference, change)
        };
        found.into_iter().collect()
    }

    /// Returns the finding about a key whose value was added. Keys that may be changed freely cause no finding.
    fn added(&self, difference: &Difference, change: &KeyChange) -> Option<Finding> {
        let (item, name) = (&difference.item, change.key.name());
        let is_with_answer = name == "response_text" && self.is_answered(difference);
        if change.key.class() == Class::Freely || is_with_answer {
            return None;
        }
        let new = change.new.as_ref()?;
        let title = format!("the {name} of {item} was added: “{}”", beginning(&new.words()));
        let finding = Finding::new(Rule::FieldAdded, difference.present.clone(), title);
        let help = match item.id().filter(|_| change.key.class().is_amended()) {
            Some(id) => {
                let value = new.arguments();
                format!(
                    "remove the value from the file, then add it with: plan amend {id} {name} {value} --reason WHY"
                )
            }
            None => "make sure that the addition changes nothing that was published".to_owned(),
        };
        Some(finding.label("not in the published version").help(help))
    }

    /// Returns the finding about a value that was changed or removed without an amendment, if the change breaks a rule.
    fn altered(&self, difference: &Difference, change: &KeyChange) -> Option<Finding> {
        let (item, key) = (&difference.item, &change.key);
        let (old, new) = (change.old.as_ref(), change.new.as_ref());
        Some(match (item, key.name(), old, new) {
            (
                Item::Meeting(_),
                "date",
                Some(KeyValue::Period(old)),
                Some(KeyValue::Period(new)),
            ) => return self.meeting_moved(difference, *old, *new),
            _ if key.class() == Class::Freely => return None,
            (_, "id", _, Some(new)) => renumbered(difference, &new.words()),
            (_, "response" | "response_on" | "response_text", ..) => {
                response(difference, key.name(), [old, new])
            }
            // The management response may set the timescale if the published plan left the date to be agreed.
            (_, "timescale", ..) if is_undated(old) && self.is_answered(difference) => return None,
            (_, "timescale", ..) => self.timescale(difference, [old, new]),
            (Item::Plan, "date", Some(old), Some(new)) => published(difference, old, new),
            (_, "date", ..) => {
                let title = format!("{item} was dated {}", dated([old, new]));
                let id = item.id().map_or("ID", |id| id.as_str());
                let help = format!(
                    "restore the old date, then change it with: plan amend {id} date DATE --reason WHY"
                );
                not_amended(difference, title, &help)
            }
            (_, name, Some(old), _)
                if key.class() == Class::Amended || matches!(item, Item::Area(_)) =>
            {
                field(difference, name, &old.words(), new)
            }
            (_, name, Some(old), _) => text(difference, name, &old.words(), new),
            _ => return None,
        })
    }

    /// Returns the finding about a past meeting whose date changed, or about a future meeting that moved to a past
    /// date.
    fn meeting_moved(&self, difference: &Difference, old: Period, new: Period) -> Option<Finding> {
        match () {
            () if old.contains(new) => None,
            () if old.has_passed(self.day) => Some(meeting(difference, old, Some(new))),
            () => self.meeting_held(difference, new),
        }
    }

    /// Returns the finding about a meeting that was added to the plan after the date of the meeting.
    fn meeting_held(&self, difference: &Difference, date: Period) -> Option<Finding> {
        let title = format!("the meeting of {date} was added to the plan after that date");
        let place = difference.present.key("date");
        date.has_passed(self.day)
            .then(|| recorded_late(Finding::new(Rule::RecordedLate, place, title)))
    }

    /// Creates the finding about a timescale that was replaced, removed or added.
    fn timescale(&self, difference: &Difference, values: OldAndNew<'_>) -> Finding {
        let item = &difference.item;
        let [before, now] = values.map(|value| value.map(|value| to_single_line(&value.words())));
        let title = match (&before, &now) {
            (Some(before), Some(now)) => {
                format!("the timescale of {item} was “{before}” and is now “{now}”")
            }
            (Some(before), None) => format!("the timescale of {item} was removed: “{before}”"),
            _ if matches!(item, Item::Action(_)) => {
                format!("{item} was given its own timescale")
            }
            _ => format!("{item} was given a timescale"),
        };
        let restore = match before {
            Some(_) => "restore the published timescale",
            None => "remove the timescale",
        };
        let extension = match values[1] {
            Some(KeyValue::Timescale(new)) => self.extension(difference, new),
            _ => None,
        };
        let help = match extension {
            Some(command) => format!("{restore}, then extend the due date with: {command}"),
            None => restore.to_owned(),
        };
        let finding = Finding::new(Rule::TimescaleReplaced, difference.present.clone(), title)
            .label("replaced instead of extended")
            .help(help);
        match before {
            Some(_) => finding.earlier(difference.earlier.clone(), "the agreed timescale"),
            None => finding,
        }
    }

    /// Returns the finding about an item that was removed from the plan. Owners and future meetings may be removed.
    fn dropped(&self, difference: &Difference) -> Option<Finding> {
        match difference.item {
            Item::Meeting(date) if date.has_passed(self.day) => {
                Some(meeting(difference, date, None))
            }
            Item::Meeting(_) | Item::Owner(_) => None,
            _ => Some(no_longer_there(
                difference,
                format!("{} is no longer in the plan", difference.item),
                "restore it; if the work was abandoned, mark the item `not-pursued` or `superseded` with a note",
            )),
        }
    }

    /// Returns the earlier and the present version of the recommendation or action that a difference concerns, if both
    /// exist.
    fn items(&self, difference: &Difference) -> Option<[ItemRef<'_>; 2]> {
        let Positions { earlier, present } = difference.positions;
        Some([self.earlier.item(earlier?), self.present.item(present?)])
    }

    /// Checks whether the response to a recommendation was pending in the earlier version and is given now.
    fn is_answered(&self, difference: &Difference) -> bool {
        self.items(difference).is_some_and(|items| {
            let [was_awaited, is_awaited] =
                items.map(|item| item.recommendation.response == Response::Awaited);
            was_awaited && !is_awaited
        })
    }
}

/// Checks whether a timescale is missing, or leaves the date to be agreed.
fn is_undated(timescale: Option<&KeyValue<'_>>) -> bool {
    match timescale {
        Some(KeyValue::Timescale(timescale)) => timescale.term == Term::ToBeAgreed,
        timescale => timescale.is_none(),
    }
}

/// Creates a finding about a difference between the two versions of the plan. `earlier` is the label for the place in
/// the earlier version.
fn compared(difference: &Difference, rule: Rule, title: String, earlier: &str) -> Finding {
    Finding::new(rule, difference.present.clone(), title)
        .earlier(difference.earlier.clone(), earlier)
}

fn replaced(difference: &Difference, old: &str) -> Finding {
    let title = format!("{} was replaced by a different item under the same id", difference.item);
    compared(difference, Rule::IdReused, title, &format!("was “{}”", beginning(old)))
        .label("a published id must not be reused")
        .help("restore the published text, and give the new item the next free id")
}

fn published(difference: &Difference, old: &KeyValue<'_>, new: &KeyValue<'_>) -> Finding {
    let title = format!("the plan's date was {} and is now {}", old.words(), new.words());
    compared(difference, Rule::TextAltered, title, "the earlier value")
        .label("not the published date")
        .help("restore the published date")
}

fn renumbered(difference: &Difference, new: &str) -> Finding {
    let title = format!("{} now has the id `{new}`", difference.item);
    no_longer_there(difference, title, "restore the old id: items are never renumbered")
}

fn no_longer_there(difference: &Difference, title: String, help: &str) -> Finding {
    compared(difference, Rule::Dropped, title, "in the earlier version")
        .label("removed near here")
        .help(help)
}

/// Creates the finding about a published text that was changed or removed.
fn text(difference: &Difference, key: &str, old: &str, new: Option<&KeyValue<'_>>) -> Finding {
    let item = &difference.item;
    let what = match item {
        Item::Plan => format!("the plan's `{key}`"),
        Item::Section(_) => item.to_string(),
        _ => format!("the {key} of {item}"),
    };
    let (done, label) = match new {
        Some(new) => ("was changed", first_difference(old, &new.words())),
        None => ("was removed", "removed near here".to_owned()),
    };
    let help =
        "restore the published text; add new information as a note, or as a new recommendation";
    compared(difference, Rule::TextAltered, format!("{what} {done}"), "as published")
        .label(label)
        .help(help)
}

fn entry_altered(difference: &Difference, entry: &Entry, how: &str) -> Finding {
    let title = format!("the {} of {} on {} was {how}", entry.kind(), entry.on(), difference.item);
    compared(difference, Rule::EntryAltered, title, "as recorded")
        .label("differs from what was recorded")
        .help("restore the entry, and record the correction as a new entry")
}

/// Creates the finding about a value that was changed or removed without the required amendment.
fn field(difference: &Difference, key: &str, old: &str, new: Option<&KeyValue<'_>>) -> Finding {
    let (item, old) = (&difference.item, to_single_line(old));
    let title = match new.map(|new| to_single_line(&new.words())) {
        Some(new) => format!("the {key} of {item} was “{old}” and is now “{new}”"),
        None => format!("the {key} of {item} was removed: “{old}”"),
    };
    let help = match (item.id(), new) {
        (Some(id), Some(new)) => {
            let value = new.arguments();
            format!(
                "restore the old value, then change it with: plan amend {id} {key} {value} --reason WHY"
            )
        }
        _ => "restore the old value".to_owned(),
    };
    not_amended(difference, title, &help)
}

fn not_amended(difference: &Difference, title: String, help: &str) -> Finding {
    compared(difference, Rule::FieldChanged, title, "the earlier value")
        .label("changed without an amendment")
        .help(help)
}

fn meeting(difference: &Difference, old: Period, new: Option<Period>) -> Finding {
    let title = match new {
        Some(new) => format!("the past meeting of {old} is now dated {new}"),
        None => format!("the past meeting of {old} is no longer in the plan"),
    };
    compared(difference, Rule::MeetingChanged, title, "in the earlier version")
        .help("restore the meeting as it was; only a future meeting may be moved or removed")
}

/// Returns a finding for each new id that the two branches `present` and `theirs` gave to different items. `earlier` is
/// the version from which both branches started.
pub fn same_new_ids(earlier: &Plan, present: &Plan, theirs: &Plan) -> Vec<Finding> {
    let old: HashSet<&str> = earlier.ids().map(Id::as_str).collect();
    let theirs = theirs.items().map(|work| (work.id().as_str(), work.text()));
    let added: HashMap<&str, &str> = theirs.filter(|(id, _)| !old.contains(id)).collect();
    let ours = present.items().zip(present.positions());
    ours.filter_map(|(work, position)| {
        let (id, other) = added.get_key_value(work.id().as_str())?;
        let title = format!("the new id `{id}` is also used on the other branch");
        let help = format!(
            "give your item the next free id; on the other branch, `{id}` is “{}”",
            beginning(other)
        );
        (!same_words(other, work.text())).then(|| {
            Finding::new(Rule::SameNewId, KeyPath::item(position).key("id"), title)
                .label("a different item on the other branch")
                .help(help)
        })
    })
    .collect()
}

fn beginning(text: &str) -> String {
    const LETTERS: usize = 60;
    let text = to_single_line(text);
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

/// Describes the first difference between two texts, as in `“a year” became “a month”`.
fn first_difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.split_whitespace().collect(), new.split_whitespace().collect());
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    let Some(first) = operations.into_iter().find(|operation| operation.tag() != DiffTag::Equal)
    else {
        return "the paragraph breaks differ".to_owned();
    };
    let quoted = |words: &[&str]| beginning(&words.join(" "));
    let (gone, come) = (quoted(&old[first.old_range()]), quoted(&new[first.new_range()]));
    match first.tag() {
        DiffTag::Delete => format!("“{gone}” was removed"),
        DiffTag::Insert => format!("“{come}” was added"),
        _ => format!("“{gone}” became “{come}”"),
    }
}
