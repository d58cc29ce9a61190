//! Updates an existing plan from a file. New items and entries are added to the plan, and all other differences are
//! only reported.

mod agreed;
mod latest;

use std::collections::{HashMap, HashSet};

use super::{
    account::{Account, ChangedItem},
    build::Built,
    draft::{Draft, Latest, action},
};
use crate::{
    edit::{Answer, Change, Standings},
    model::{
        Area, Dated, Day, Id, Keyword, Plan, Position, ProgressEntry, Recommendation, Response,
        paragraphs, spoken, to_single_line,
    },
    plan_diff::{Entry, EntryKind},
};

/// Returns the changes that update the plan from the file, in batches. A batch adds at most one entry to each list of
/// entries.
pub fn changes(plan: &Plan, built: Built, day: Day, account: &mut Account) -> Vec<Vec<Change>> {
    let ids = plan.positions().map(|at| (plan.item(at).id().as_str(), at));
    let mut update = Update {
        plan,
        day,
        by: built.by,
        ids: ids.collect(),
        standings: Standings::of(plan),
        entries: Vec::new(),
        others: Vec::new(),
        areas: Vec::new(),
        taken: HashSet::new(),
        account,
    };
    let mut known: HashSet<usize> = HashSet::new();
    for mut draft in built.drafts {
        let is_known = draft.is_known;
        let title = draft
            .record
            .area
            .as_ref()
            .and_then(|id| built.areas.iter().find(|area| area.id == *id));
        let title = title.map(|area| area.title.clone());
        draft.record.area = title.as_deref().map(|title| update.area(title));
        match update.position(&draft) {
            Some(index) if is_known => update.recommendation(index, draft),
            Some(index) if known.insert(index) => {
                match built.is_by_row && update.has_other_text(index, &draft) {
                    true => update.moved(draft),
                    false => update.recommendation(index, draft),
                }
            }
            Some(_) => {
                let id = draft.record.id.to_string();
                update.account.unplaced(
                    draft.place,
                    "id",
                    &id,
                    "another row of the file is for the same recommendation",
                );
            }
            None => update.new_recommendation(draft),
        }
    }
    let all = 0..if built.has_recommendations { plan.recommendations.len() } else { 0 };
    let gone = all.filter(|index| !known.contains(index));
    update.account.gone.extend(gone.map(|index| plan.recommendations[index].id.clone()));
    update.passes()
}

struct Update<'p, 'a> {
    plan: &'p Plan,
    day: Day,
    /// The value of the key `by` in the imported entries.
    by: String,
    ids: HashMap<&'p str, Position>,
    standings: Standings<'p>,
    entries: Vec<(Position, Entry)>,
    others: Vec<Change>,
    areas: Vec<Area>,
    /// The ids of the new actions.
    taken: HashSet<Id>,
    account: &'a mut Account,
}

impl Update<'_, '_> {
    /// Finds the plan's recommendation that a draft describes. The id of the draft is looked up first, and then the
    /// draft's number in the printed report. Returns the index of the recommendation, or `None` if none or several fit.
    fn position(&self, draft: &Draft) -> Option<usize> {
        if let Some((index, None)) = self.ids.get(draft.record.id.as_str()) {
            return Some(*index);
        }
        let printed = draft.record.reference.as_deref()?;
        let mut found = self.plan.recommendations.iter().enumerate().filter(|(_, known)| {
            known.reference.as_deref() == Some(printed) || known.id.as_str() == printed
        });
        let first = found.next()?.0;
        found.next().is_none().then_some(first)
    }

    /// Checks whether the text of a draft differs from the present and the former texts of the plan's recommendation at
    /// `index`.
    fn has_other_text(&self, index: usize, draft: &Draft) -> bool {
        let (known, new) = (&self.plan.recommendations[index], to_single_line(&draft.record.text));
        let former = known.amendments.iter().filter(|amendment| amendment.key.0.name == "text");
        let mut texts =
            former.filter_map(|amendment| amendment.was.as_deref()).chain([&*known.text]);
        texts.all(|text| to_single_line(text) != new)
    }

    /// Reports that a row was not imported, because its number is an id that has another text in the plan.
    fn moved(&mut self, draft: Draft) {
        let why = "the id is the row number, but the plan has a different text for this id: restore the original order of the rows, or change the text in the plan first";
        self.account.unplaced(draft.place, "", "", why);
        if let Some(timescale) = &draft.record.timescale {
            self.account.is_agreed(&timescale.wording, draft.place.row);
        }
    }

    /// Returns the id of the area with this title. If neither the plan nor `areas` has such an area, adds a new area.
    fn area(&mut self, title: &str) -> String {
        let known = self.areas.iter().find(|area| area.title == title).map(|area| area.id.clone());
        if let Some(known) = self.plan.area_meant(title).map(str::to_owned).or(known) {
            return known;
        }
        let short = crate::edit::short_name(title);
        let is_free = |id: &String| {
            self.plan.area(id).is_none() && self.areas.iter().all(|area| area.id != *id)
        };
        let ids =
            std::iter::once(short.clone()).chain((2..).map(|number| format!("{short}-{number}")));
        let id = ids.skip_while(|id| id.is_empty()).find(is_free).unwrap_or(short.clone());
        self.areas.push(Area { id: id.clone(), title: title.to_owned() });
        id
    }

    fn new_recommendation(&mut self, mut draft: Draft) {
        let id = draft.record.id.clone();
        if self.ids.contains_key(id.as_str()) {
            return self.account.unplaced(
                draft.place,
                "id",
                id.as_str(),
                "an action in the plan already has this id",
            );
        }
        draft.record.date = self.made_later(&draft, self.plan.date);
        let made =
            std::iter::once(id).chain(draft.actions.iter().map(|action| action.record.id.clone()));
        self.account.made.extend(made);
        self.account.actions += draft.actions.len();
        self.others.push(Change::Recommendation(draft.finished()));
    }

    fn recommendation(&mut self, index: usize, mut draft: Draft) {
        let plan = self.plan;
        let whole = &plan.recommendations[index];
        let (before, others) = (self.entries.len(), self.others.len());
        let actions = std::mem::take(&mut draft.actions);
        let is_known = draft.is_known;
        self.answer(index, &draft);
        self.item((index, None), draft);
        let mut known: HashSet<usize> = HashSet::new();
        let has_actions = actions.iter().any(|action| !action.is_known);
        for action in actions {
            match whole_action(whole, &action) {
                Some(number) if known.insert(number) || action.is_known => {
                    self.item((index, Some(number)), action);
                }
                _ => self.new_action(index, action),
            }
        }
        let gone = (0..whole.actions.len()).filter(|number| has_actions && !known.contains(number));
        self.account.gone.extend(gone.map(|number| whole.actions[number].id.clone()));
        let new = &self.entries[before..];
        let mut how: Vec<String> =
            new.iter().map(|(item, entry)| self.told(*item, entry)).collect();
        how.extend(self.others[others..].iter().filter_map(|change| match change {
            Change::Action { action, .. } => Some(format!("action {} added", action.id)),
            Change::Entry { item: at, value: Some(value), .. } => {
                Some(format!("{}: now {}", plan.item(*at).id(), value.words()))
            }
            Change::Response { answer, .. } => Some(format!("response {}", answer.response.word())),
            _ => None,
        }));
        match how.is_empty() {
            true => self.account.same += usize::from(!is_known),
            false => {
                self.account.changed.push(ChangedItem { id: whole.id.clone(), how: how.join("; ") })
            }
        }
    }

    /// Describes an entry of an item in a few words, such as `complete on 2003-12-31`.
    fn told(&self, item: Position, entry: &Entry) -> String {
        let of = match item.1 {
            Some(_) => format!("{}: ", self.plan.item(item).id()),
            None => String::new(),
        };
        let words = match entry {
            Entry::Progress(entry) => {
                let status = entry.status.map_or_else(|| "update".to_owned(), spoken);
                format!("{status} on {}", entry.on)
            }
            Entry::Revision(revision) => format!("due {}", to_single_line(&revision.to.words())),
            Entry::Verification(entry) => {
                format!("{} by {}", spoken(entry.result), entry.by)
            }
            Entry::Amendment(_) => String::new(),
        };
        format!("{of}{words}")
    }

    fn new_action(&mut self, index: usize, mut draft: Draft) {
        let whole = &self.plan.recommendations[index];
        let is_taken = |id: &Id| self.ids.contains_key(id.as_str()) || self.taken.contains(id);
        if draft.given_id.is_empty() || is_taken(&draft.record.id) {
            let taken = |id: &str| {
                self.ids.contains_key(id) || self.taken.iter().any(|known| known.as_str() == id)
            };
            draft.record.id = self.plan.next_action_id(whole, taken);
        }
        let made = whole.item().made_on(self.plan.date);
        draft.record.date = self.made_later(&draft, made);
        self.taken.insert(draft.record.id.clone());
        self.account.made.push(draft.record.id.clone());
        self.account.actions += 1;
        let action = action(draft.finished());
        self.others.push(Change::Action { recommendation: index, action });
    }

    /// Returns the date of a new item: the date in the file, or the day of the import if the file has no date. Returns
    /// `None` if this date is not after `made`, the date of the plan or recommendation to which the item is added.
    fn made_later(&self, draft: &Draft, made: Day) -> Option<Day> {
        let is_said = draft.said.contains(&"date");
        let date = if is_said { draft.record.date } else { Some(self.day) };
        date.filter(|date| *date > made)
    }

    /// Takes the response from the file, if the response in the plan is still pending.
    fn answer(&mut self, index: usize, draft: &Draft) {
        let known = &self.plan.recommendations[index];
        let new = &draft.record;
        if known.response != Response::Awaited
            || new.response == Response::Awaited
            || !draft.said.contains(&"response")
        {
            return;
        }
        let answer = Answer {
            response: new.response,
            on: Some(new.response_on.unwrap_or(self.day)),
            text: new.response_text.clone().filter(|_| known.response_text.is_none()),
            timescale: new.timescale.clone().filter(|_| known.timescale.is_none()),
        };
        self.others.push(Change::Response { recommendation: index, answer });
    }

    /// Compares an item of the plan with its values in the file. Collects new entries and reports other differences.
    fn item(&mut self, at: Position, draft: Draft) {
        let item = self.plan.item(at);
        self.words(at, item, &draft);
        self.latest(at, item, &draft);
        let Latest { progress, revisions, verification, .. } = draft.entries;
        for entry in progress {
            if !item.progress().iter().any(|known| says_same(known, &entry)) {
                self.append(at, Entry::Progress(entry));
            }
        }
        for entry in revisions {
            if !item.revisions().iter().any(|known| {
                known.to == entry.to && known.on == entry.on && known.decision == entry.decision
            }) {
                self.append(at, Entry::Revision(entry));
            }
        }
        for entry in verification {
            if !item
                .verification()
                .iter()
                .any(|known| known.on == entry.on && known.result == entry.result)
            {
                self.append(at, Entry::Verification(entry));
            }
        }
    }

    /// Returns the value of the key `recorded` for a new entry with the date `on`. Only an entry that is older than
    /// `newest`, the date of the newest entry, gets this key. For any other entry, returns `None`.
    fn recorded(&self, on: Day, newest: Option<Day>) -> Option<Day> {
        newest
            .is_some_and(|newest| on < newest)
            .then(|| self.plan.newest_known().map_or(self.day, |known| known.max(self.day)))
    }

    /// Adds a new entry to the changes. If the item already has an entry with a later date, the new entry also gets the
    /// key `recorded`.
    fn append(&mut self, at: Position, mut entry: Entry) {
        let pending =
            self.entries.iter().filter(|(item, _)| *item == at).map(|(_, entry)| on(entry)).max();
        let newest = self.plan.item(at).newest_entry().max(pending);
        let recorded = self.recorded(on(&entry), newest);
        match &mut entry {
            Entry::Progress(entry) => entry.recorded = recorded.or(entry.recorded),
            Entry::Revision(entry) => entry.recorded = recorded.or(entry.recorded),
            Entry::Verification(entry) => entry.recorded = recorded.or(entry.recorded),
            Entry::Amendment(_) => {}
        }
        if let Entry::Progress(entry) = &mut entry
            && at.1.is_none()
            && let Some(status) = entry.status.filter(|_| self.is_told_by_actions(at.0))
        {
            entry.status = None;
            entry.note = entry.note.take().or_else(|| Some(spoken(status)));
        }
        self.entries.push((at, entry));
    }

    /// Checks whether a recommendation gets its status from its actions.
    fn is_told_by_actions(&self, index: usize) -> bool {
        let actions = &self.plan.recommendations[index].actions;
        actions.iter().flat_map(|action| &action.progress).any(|entry| entry.status.is_some())
    }

    /// Sorts the changes into batches. A batch adds at most one entry to each list of entries.
    fn passes(self) -> Vec<Vec<Change>> {
        let mut passes: Vec<Vec<Change>> = vec![Vec::new()];
        let mut count: HashMap<(Position, EntryKind), usize> = HashMap::new();
        for (at, entry) in self.entries {
            let number = count.entry((at, entry.kind())).or_default();
            if passes.len() <= *number {
                passes.push(Vec::new());
            }
            passes[*number].push(Change::entry(at, entry));
            *number += 1;
        }
        let used = |area: &Area| {
            self.others.iter().any(|change| matches!(change, Change::Recommendation(new) if new.area.as_ref() == Some(&area.id)))
        };
        passes[0].extend(self.areas.into_iter().filter(used).map(Change::Area));
        passes[0].extend(self.others);
        passes
    }
}

fn on(entry: &Entry) -> Day {
    match entry {
        Entry::Progress(entry) => entry.on(),
        Entry::Revision(entry) => entry.on(),
        Entry::Verification(entry) => entry.on(),
        Entry::Amendment(entry) => entry.on(),
    }
}

/// Checks whether two progress entries have the same date and content. The person and the day of recording may differ.
fn says_same(one: &ProgressEntry, other: &ProgressEntry) -> bool {
    let note = |entry: &ProgressEntry| {
        entry.note.as_deref().map(|note| paragraphs(note).len()).unwrap_or(0)
    };
    let words = |entry: &ProgressEntry| entry.note.as_deref().map(to_single_line);
    one.on == other.on
        && one.status == other.status
        && one.outlook == other.outlook
        && one.evidence == other.evidence
        && note(one) == note(other)
        && words(one) == words(other)
}

/// Finds the action that a draft describes, by the draft's id or else by its text. Returns the index of the action, or
/// `None` if no action fits.
fn whole_action(whole: &Recommendation, draft: &Draft) -> Option<usize> {
    let words = to_single_line(&draft.record.text);
    let by_words = || whole.actions.iter().position(|action| to_single_line(&action.text) == words);
    match draft.given_id.is_empty() {
        true => by_words(),
        false => {
            whole.actions.iter().position(|action| action.id == draft.record.id).or_else(by_words)
        }
    }
}
