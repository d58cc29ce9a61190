//! History rules about new entries: their dates, their effect on overdue work, and the independence of verifications.

use super::{Finding, HistoryRules};
use crate::{
    key_path::KeyPath,
    model::{
        Action, Day, ItemRef, Keyword, Period, Plan, ProgressEntry, Recommendation, Revision, Rule,
        Term, Timescale, Verdict, Verification,
    },
    plan_diff::{ChangeKind, Difference, Entry, Item, ItemChange, Positions, between, same_words},
};

/// An entry or an action that was added on a merged branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedEntry {
    item: Item,
    /// The added entry; `None` if an action was added.
    entry: Option<Entry>,
    /// True if the plan already had an entry with a later date.
    was_late: bool,
}

impl RecordedEntry {
    fn is_same(&self, item: &Item, entry: Option<&Entry>) -> bool {
        let is_same = match (&self.entry, entry) {
            (Some(one), Some(other)) => one.says_same(other),
            (one, other) => one.is_none() && other.is_none(),
        };
        self.item == *item && is_same
    }
}

/// Returns the date of the newest entry in the plan.
pub fn newest_of_plan(plan: &Plan) -> Option<Day> {
    plan.items().filter_map(ItemRef::newest_entry).max()
}

/// Returns the date of the newest entry in the earlier version of an item. If the new entry `entry` is an amendment,
/// considers only amendments.
fn newest_before(entry: &Entry, earlier: Option<ItemRef<'_>>) -> Option<Day> {
    let earlier = earlier?;
    match entry {
        Entry::Amendment(_) => earlier.amendments().iter().map(|entry| entry.on).max(),
        _ => earlier.newest_entry(),
    }
}

/// Checks whether an entry says on which day it was recorded, and this day is not before `known`. `known` is the latest
/// day on which an entry of the earlier version became known.
fn says_recorded(entry: &Entry, known: Option<Day>) -> bool {
    entry.recorded().is_some_and(|recorded| known.is_none_or(|known| known <= recorded))
}

/// Returns the earlier version of the recommendation to which an action was added. Returns `None` if the recommendation
/// is new.
fn whole_before<'p>(
    earlier: &'p Plan,
    present: &Plan,
    positions: Positions,
) -> Option<&'p Recommendation> {
    let (index, _) = positions.present.filter(|(_, action)| action.is_some())?;
    let id = &present.recommendations[index].id;
    earlier.recommendations.iter().find(|old| old.id == *id).map(|old| &**old)
}

/// Checks whether a rule is about the order in which entries were recorded.
pub fn depends_on_order(rule: Rule) -> bool {
    matches!(rule, Rule::Backdated | Rule::RecordedLate)
}

/// Returns the entries and actions that were added between two versions of a plan, except backdated ones.
pub fn recorded_in_order(earlier: &Plan, present: &Plan) -> Vec<RecordedEntry> {
    let (newest_of_all, known) = (newest_of_plan(earlier), earlier.newest_known());
    let differences = between(earlier, present).into_iter();
    let in_order = differences.filter_map(|difference| {
        let work = difference.work(Some(earlier), None);
        let (on, newest, entry) = match difference.change {
            ChangeKind::Entry { old: None, new: Some(entry), .. } => {
                (entry.on(), newest_before(&entry, work), Some(entry))
            }
            ChangeKind::Item(ItemChange::Added { date: Some(on), .. }) => {
                let whole = whole_before(earlier, present, difference.positions)?;
                (on, whole.item().newest_entry(), None)
            }
            _ => return None,
        };
        let was_late = newest_of_all > Some(on);
        let says_recorded = entry.as_ref().is_some_and(|entry| says_recorded(entry, known));
        let is_in_order = newest <= Some(on) || says_recorded;
        is_in_order.then_some(RecordedEntry { item: difference.item, entry, was_late })
    });
    in_order.collect()
}

impl HistoryRules<'_> {
    pub(super) fn new_entry(&self, difference: &Difference, entry: &Entry) -> Vec<Finding> {
        let order = self.order(difference, entry);
        let meaning = match entry {
            Entry::Progress(entry) => self.completion(difference, entry),
            Entry::Revision(revision) => self.revision(difference, revision),
            Entry::Verification(entry) => self.verification(difference, entry),
            Entry::Amendment(entry) => self.amendment(difference, entry),
        };
        order.into_iter().chain(meaning).collect()
    }

    fn order(&self, difference: &Difference, entry: &Entry) -> Option<Finding> {
        let newest = newest_before(entry, difference.work(Some(self.earlier), None));
        let what = format!("a new {} on {}", entry.kind(), difference.item);
        self.in_order(difference, Some(entry), (&what, "on", entry.on()), newest)
    }

    /// Returns the finding about a new entry or action that is dated before an existing entry. `entry` is `None` for an
    /// action.
    fn in_order(
        &self,
        difference: &Difference,
        entry: Option<&Entry>,
        (what, key, on): (&str, &'static str, Day),
        newest: Option<Day>,
    ) -> Option<Finding> {
        let is_it = |recorded: &&RecordedEntry| recorded.is_same(&difference.item, entry);
        let merged = self.merged.iter().find(is_it);
        if merged.is_some_and(|recorded| !recorded.was_late) {
            return None;
        }
        let place = difference.present.key(key);
        let newest = newest.filter(|_| merged.is_none());
        if let Some(newest) = newest.filter(|newest| on < *newest)
            && !entry.is_some_and(|entry| says_recorded(entry, self.known))
        {
            let title =
                format!("{what} is dated {on}, earlier than an existing entry dated {newest}");
            let known = self.known.map_or(newest, |known| known.max(newest));
            let help = match entry {
                Some(_) => format!(
                    "if it was recorded late, add the date of recording, {known} or later: `recorded = DATE`"
                ),
                None => format!("correct the date to {newest} or later"),
            };
            return Some(Finding::new(Rule::Backdated, place, title).label("backdated").help(help));
        }
        let newest = newest.max(self.newest).filter(|newest| on < *newest)?;
        let title =
            format!("{what} is dated {on}, but the plan already has entries dated {newest}");
        Some(recorded_late(Finding::new(Rule::RecordedLate, place, title)))
    }

    /// Returns the findings about an action that was added to an existing recommendation.
    pub(super) fn action_added(
        &self,
        difference: &Difference,
        date: Option<Day>,
        reopens: bool,
    ) -> Vec<Finding> {
        let Some(whole) = whole_before(self.earlier, self.present, difference.positions) else {
            return Vec::new();
        };
        let text = difference.work(None, Some(self.present)).map_or("", ItemRef::text);
        // Another check reports an action that has a new id but the text of an old action.
        if whole.actions.iter().any(|old| same_words(&old.text, text)) {
            return Vec::new();
        }
        let (item, id) = (&difference.item, &whole.id);
        let order = match date {
            Some(on) => {
                let what = format!("the new {item}");
                self.in_order(difference, None, (&what, "date", on), whole.item().newest_entry())
            }
            None => {
                let made = whole.item().made_on(self.present.date);
                let title =
                    format!("{item} is new but has no date, so its date is taken to be {made}");
                let finding = Finding::new(Rule::Backdated, difference.present.key("id"), title);
                Some(finding.label("needs a `date`").help(format!(
                    "add the date of the action below its id, as in `date = {}`",
                    self.day
                )))
            }
        };
        let reopened = reopens.then(|| {
            let title = format!("{item} was added to recommendation {id}, which was already finished");
            let help =
                "if more work is needed, keep the action; `plan changes` then lists the recommendation as reopened";
            let place = difference.present.key("id");
            Finding::new(Rule::Reopened, place, title).label("reopens the recommendation").help(help)
        });
        order.into_iter().chain(reopened).collect()
    }

    /// Warns about an entry that was recorded after the due date, but says that the work ended on time.
    fn completion(&self, difference: &Difference, entry: &ProgressEntry) -> Option<Finding> {
        let (status, on) = (entry.status?, entry.on);
        let deadline = self.deadline_passed(difference)?;
        let is_in_time = status.has_ended() && on <= deadline.last_day();
        let title = format!("{} became `{}` on {on}", difference.item, status.word());
        is_in_time.then(|| recorded_after(difference, deadline, &title))
    }

    /// Warns about a revision that moves a due date that has already passed.
    fn revision(&self, difference: &Difference, revision: &Revision) -> Option<Finding> {
        let place = difference.present.key("to");
        let moved = || self.moved(difference, place, &revision.to, Some(revision.on));
        revision.is_agreed().then(moved)?
    }

    /// Warns about a due date that was moved after it had passed. `on` is the date of the revision that moved the due
    /// date; `None` means that an amendment moved it.
    pub(super) fn moved(
        &self,
        difference: &Difference,
        place: KeyPath,
        to: &Timescale,
        on: Option<Day>,
    ) -> Option<Finding> {
        let item = &difference.item;
        let deadline = self.deadline_passed(difference)?;
        let Some(new) = to.term.deadline() else {
            let title = format!("{item} was due {deadline}; its timescale is now “{}”", to.wording);
            let help =
                "agree a new due date, or mark the work `not-pursued` or `superseded` with a note";
            let finding = Finding::new(Rule::OverdueUndated, place, title);
            return Some(finding.label("not a due date").help(help));
        };
        if new.last_day() <= deadline.last_day() {
            return None;
        }
        match on {
            Some(on) => (on <= deadline.last_day()).then(|| {
                recorded_after(difference, deadline, &format!("{item} was extended on {on}"))
            }),
            None => {
                let title = format!(
                    "an amendment moves the due date of {item} from {deadline}, which had already passed, to {new}"
                );
                let finding = Finding::new(Rule::RecordedAfterDeadline, place, title);
                let finding = finding.label("hides the fact that the work was overdue");
                Some(match self.extension(difference, to) {
                    Some(command) => finding.help(format!("to extend the due date: {command}")),
                    None => finding,
                })
            }
        }
    }

    /// Warns about a verification by a former owner of the work.
    fn verification(&self, difference: &Difference, entry: &Verification) -> Option<Finding> {
        let new = &self.present.recommendations[difference.positions.present?.0];
        let position = difference.positions.earlier?.0;
        if entry.result != Verdict::Verified || self.present.is_owned_by(new, &entry.by) {
            return None;
        }
        // The two versions may list different names of the same owner, so both are searched.
        let [now, before] = [self.present, self.earlier].map(|plan| plan.is_called(&entry.by));
        let named = |owners: &[String]| owners.iter().any(|owner| now(owner) || before(owner));
        let owns = |action: &Action| named(&action.owner);
        let old = &self.earlier.recommendations[position];
        let place = KeyPath::recommendation(position);
        let owner = match old.actions.iter().position(owns) {
            Some(number) => place.action(number).key("owner"),
            None if named(&old.owner) => place.key("owner"),
            None => return None,
        };
        let title = format!("{} was verified by a former owner", difference.item);
        Some(
            Finding::new(Rule::VerifiedByOwner, difference.present.key("by"), title)
                .label("not independent")
                .earlier(owner, "the former owner")
                .help("ask somebody independent to verify the work"),
        )
    }

    /// Returns the due date of the work in the earlier version, if the work was open and the date has passed.
    fn deadline_passed(&self, difference: &Difference) -> Option<Period> {
        self.open_until(difference)?.deadline().filter(|deadline| deadline.has_passed(self.day))
    }

    /// Returns the term of the work in the earlier version, such as a due date or `Ongoing`. Returns `None` if the work
    /// was not open.
    fn open_until(&self, difference: &Difference) -> Option<Term> {
        let (index, number) = difference.positions.earlier?;
        let whole = self.earlier.standing_on_for(self.day, index);
        let standing = whole.of(number)?;
        let is_open = !standing.status.has_ended() && (number.is_some() || !standing.rejected);
        is_open.then(|| Term::of(standing.timescale()))
    }

    /// Returns the command that extends the due date of an item to the timescale `new`. Returns `None` if `new` does
    /// not end later than the old timescale.
    pub(super) fn extension(&self, difference: &Difference, new: &Timescale) -> Option<String> {
        let id = difference.item.id()?;
        let old = self.open_until(difference)?.deadline();
        let is_extended = match (old, new.term.deadline()) {
            (_, None) => new.term == Term::Ongoing,
            (old, Some(new)) => old.is_none_or(|old| old.last_day() < new.last_day()),
        };
        is_extended.then(|| format!("plan extend {id} {} --reason WHY", new.arguments()))
    }
}

pub fn recorded_late(finding: Finding) -> Finding {
    finding.label("recorded late").help("make sure that the date is right")
}

fn recorded_after(difference: &Difference, deadline: Period, title: &str) -> Finding {
    let title = format!("{title}, but this was recorded after the due date, {deadline}");
    Finding::new(Rule::RecordedAfterDeadline, difference.present.key("on"), title)
        .label("before the due date")
        .help("make sure that the date is right: it decides whether the work counts as overdue")
}
