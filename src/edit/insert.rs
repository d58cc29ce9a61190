//! Changes as insertions at known bytes of the original text: everything else stays as it is, to the byte.

use super::{
    Amended, Answer, Change,
    layout::{Insertion, Layout},
    value::{due, list, long_text, names, period, string, timescale, word},
};
use crate::{
    file::{Origin, Places, has_headers, table_at},
    key_path::KeyPath,
    model::{
        Action, AmendKey, Amendment, Area, Keyword, Meeting, Plan, ProgressEntry, Recommendation,
        Response, Revision, Verification,
    },
};

/// A key and its value as TOML; `None` where there is nothing to say.
type Key = (&'static str, Option<String>);

/// Where and what to insert so that `change` is made to `plan`; `None` if its place is not in the text.
pub fn insertions(
    source: &str,
    places: &mut Places<'_>,
    plan: &Plan,
    change: &Change,
) -> Option<Vec<Insertion>> {
    let mut insertions = match change {
        Change::Response { target, answer } => {
            let mut keys = answer_keys(answer, source);
            // What the answer does not say stays as it is.
            keys.retain(|(_, value)| value.is_some());
            set(source, places, &KeyPath::recommendation(*target), &keys, "response")?
        }
        Change::Amendment { target, value, amendment } => {
            let keys = amended_keys(amendment.key, value, source);
            set(source, places, &target.place(), &keys, "id")?
        }
        _ => Vec::new(),
    };
    if let Some(addition) = Addition::new(change, source) {
        insertions.extend(appended(source, places, plan, &addition)?);
    }
    Some(insertions)
}

/// Sets the keys of a table, new ones below the key `above`, and takes out those without a value.
fn set(
    source: &str,
    places: &mut Places<'_>,
    table: &KeyPath,
    keys: &[Key],
    above: &str,
) -> Option<Vec<Insertion>> {
    let (tree, table) = places.table(table)?;
    let layout = Layout { source, tree };
    let set = keys.iter().filter_map(|(key, value)| match value {
        Some(value) => Some(layout.set(&table, key, value, above)),
        None => layout.unset(&table, key),
    });
    Some(set.collect())
}

/// What is appended to a list.
fn appended(
    source: &str,
    places: &mut Places<'_>,
    plan: &Plan,
    addition: &Addition,
) -> Option<Vec<Insertion>> {
    // Recommendations stand in pieces of their own: the last one has the layout for the next.
    if let ("recommendation", Some(last)) =
        (addition.list, plan.recommendations.len().checked_sub(1))
    {
        let (tree, table) = places.table(&KeyPath::recommendation(last))?;
        let layout = Layout { source, tree };
        if tree.origin(&table.span) == Origin::Header {
            return Some(vec![layout.after_tables(&table, addition)]);
        }
    }
    let (tree, owner) = places.table(&addition.owner)?;
    let layout = Layout { source, tree };
    match owner.keys.get(addition.list) {
        Some(value) => {
            let items = value.get_ref().as_array()?;
            if has_headers(tree, items) {
                let last = table_at(items.last()?)?;
                Some(vec![layout.after_tables(&last, addition)])
            } else {
                Some(layout.in_array(value, items, addition))
            }
        }
        None if tree.origin(&owner.span) == Origin::Braces => {
            let list = format!("[{}]", addition.inline(false));
            Some(vec![layout.in_braces(&owner, addition.list, &list)])
        }
        None if addition.as_table => Some(vec![layout.first_table(&owner, addition)]),
        None => Some(vec![layout.new_list(&owner, addition)]),
    }
}

/// An element to add to a list: the place of the list's table, and the element's keys with their values as TOML.
pub struct Addition {
    owner: KeyPath,
    pub list: &'static str,
    pub keys: Vec<(&'static str, String)>,
    /// Written as a table of its own where the list does not exist yet.
    as_table: bool,
}

impl Addition {
    /// What a change appends to the text `file`; `None` where it appends nothing.
    fn new(change: &Change, file: &str) -> Option<Self> {
        Some(match change {
            Change::Response { .. } => return None,
            Change::Progress { target, entry } => {
                Self::entry(target.place(), "progress", progress_keys(entry))
            }
            Change::Revision { target, revision } => {
                Self::entry(target.place(), "revisions", revision_keys(revision))
            }
            Change::Verification { target, entry } => {
                let owner = KeyPath::recommendation(*target);
                Self::entry(owner, "verification", verification_keys(entry))
            }
            Change::Amendment { target, amendment, .. } => {
                Self::entry(target.place(), "amendments", amendment_keys(amendment))
            }
            Change::Recommendation(new) => {
                Self::table(KeyPath::top(), "recommendation", recommendation_keys(new, file))
            }
            Change::Action { target, action } => {
                Self::table(KeyPath::recommendation(*target), "action", action_keys(action, file))
            }
            Change::Area(area) => Self::table(KeyPath::top(), "area", area_keys(area)),
            Change::Meeting(meeting) => {
                Self::table(KeyPath::top(), "meeting", meeting_keys(meeting))
            }
        })
    }

    fn entry(owner: KeyPath, list: &'static str, keys: Vec<Key>) -> Self {
        let keys = keys.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
        Self { owner, list, keys, as_table: false }
    }

    fn table(owner: KeyPath, list: &'static str, keys: Vec<Key>) -> Self {
        Self { as_table: true, ..Self::entry(owner, list, keys) }
    }

    /// `{ on = …, status = … }`, or without the inner spaces.
    pub fn inline(&self, tight: bool) -> String {
        let keys: Vec<String> =
            self.keys.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        let space = if tight { "" } else { " " };
        format!("{{{space}{}{space}}}", keys.join(", "))
    }
}

fn recommendation_keys(new: &Recommendation, file: &str) -> Vec<Key> {
    let has_answer = new.response != Response::Accepted;
    vec![
        ("id", Some(string(new.id.as_str()))),
        ("date", new.date.map(|date| date.to_string())),
        ("title", text(&new.title)),
        ("area", text(&new.area)),
        ("priority", text(&new.priority)),
        ("owner", names(&new.owner)),
        ("text", Some(long_text(&new.text, file))),
        ("response", has_answer.then(|| word(new.response))),
        ("response_text", new.response_text.as_ref().map(|text| long_text(text, file))),
        ("timescale", new.timescale.as_ref().map(timescale)),
        ("due", new.timescale.as_ref().and_then(due)),
    ]
}

fn action_keys(action: &Action, file: &str) -> Vec<Key> {
    vec![
        ("id", Some(string(action.id.as_str()))),
        ("owner", names(&action.owner)),
        ("text", Some(long_text(&action.text, file))),
        ("timescale", action.timescale.as_ref().map(timescale)),
        ("due", action.timescale.as_ref().and_then(due)),
    ]
}

fn area_keys(area: &Area) -> Vec<Key> {
    vec![("id", Some(string(&area.id))), ("title", Some(string(&area.title)))]
}

fn meeting_keys(meeting: &Meeting) -> Vec<Key> {
    vec![("date", Some(period(meeting.date))), ("title", text(&meeting.title))]
}

fn answer_keys(answer: &Answer, file: &str) -> Vec<Key> {
    vec![
        ("response", Some(word(answer.response))),
        ("response_on", Some(answer.on.to_string())),
        ("response_text", answer.text.as_ref().map(|text| long_text(text, file))),
        ("timescale", answer.timescale.as_ref().map(timescale)),
        ("due", answer.timescale.as_ref().and_then(due)),
    ]
}

/// The new value of an amended key, and what a new timescale means.
fn amended_keys(key: AmendKey, value: &Amended, file: &str) -> Vec<Key> {
    let value = match value {
        Amended::Timescale(agreed) => {
            let agreed = agreed.as_ref();
            return vec![("timescale", agreed.map(timescale)), ("due", agreed.and_then(due))];
        }
        Amended::Owner(owner) => names(owner),
        Amended::Priority(new) | Amended::Area(new) | Amended::Title(new) => text(new),
        Amended::Review(review) => review.map(period),
        Amended::Text(text) => Some(long_text(text, file)),
        Amended::Response(response) => Some(word(*response)),
    };
    vec![(key.word(), value)]
}

fn progress_keys(entry: &ProgressEntry) -> Vec<Key> {
    vec![
        ("on", Some(entry.on.to_string())),
        ("status", Some(word(entry.status))),
        ("outlook", entry.outlook.map(word)),
        ("by", text(&entry.by)),
        ("note", text(&entry.note)),
        ("evidence", list(&entry.evidence)),
    ]
}

fn revision_keys(revision: &Revision) -> Vec<Key> {
    vec![
        ("on", Some(revision.on.to_string())),
        ("to", Some(timescale(&revision.to))),
        ("due", due(&revision.to)),
        ("reason", text(&revision.reason)),
        ("by", text(&revision.by)),
        ("decision", revision.decision.map(word)),
    ]
}

fn verification_keys(entry: &Verification) -> Vec<Key> {
    vec![
        ("on", Some(entry.on.to_string())),
        ("by", Some(string(&entry.by))),
        ("result", Some(word(entry.result))),
        ("note", text(&entry.note)),
        ("evidence", list(&entry.evidence)),
    ]
}

fn amendment_keys(amendment: &Amendment) -> Vec<Key> {
    vec![
        ("on", Some(amendment.on.to_string())),
        ("key", Some(word(amendment.key))),
        ("was", text(&amendment.was)),
        ("reason", Some(string(&amendment.reason))),
        ("by", text(&amendment.by)),
    ]
}

fn text(text: &Option<String>) -> Option<String> {
    text.as_deref().map(string)
}
