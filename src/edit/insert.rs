//! Changes as insertions at known bytes of the original text: everything else stays as it is, to the byte.

use super::{
    Amended, Answer, Change, Target,
    layout::{Insertion, Layout},
    value::{Lines, day, list, long_text, names, period, string, timescale},
};
use crate::{
    checks::Place,
    file::{Origin, Places, has_headers, table_at},
    model::{
        Action, AmendKey, Amendment, Plan, ProgressEntry, Recommendation, Response, Revision,
        Verification, Word,
    },
};

/// Where and what to insert so that `change` is made to `plan`; `None` if its place is not in the text.
pub fn insertions(
    source: &str,
    places: &mut Places<'_>,
    plan: &Plan,
    change: &Change,
) -> Option<Vec<Insertion>> {
    let lines = Lines::of_file(source);
    if let Change::Response { target, answer } = change {
        let (tree, table) = places.table(&Place::recommendation(*target))?;
        let layout = Layout { source, tree };
        let fields = answer_fields(answer, lines).into_iter();
        return Some(
            fields.map(|(key, value)| layout.set(&table, key, &value, "response")).collect(),
        );
    }
    let mut insertions = Vec::new();
    if let Change::Amendment { target, value, amendment } = change {
        let (tree, table) = places.table(&place(*target))?;
        let layout = Layout { source, tree };
        let fields = amended(amendment.key, value, lines);
        insertions.extend(fields.iter().map(|(key, value)| layout.set(&table, key, value, "id")));
        // New words that are read need no `due`.
        if matches!(value, Amended::Timescale(agreed) if agreed.due.is_none()) {
            insertions.extend(layout.unset(&table, "due"));
        }
    }
    insertions.extend(appended(source, places, plan, &Addition::of(change, lines)?)?);
    Some(insertions)
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
        let (tree, table) = places.table(&Place::recommendation(last))?;
        let layout = Layout { source, tree };
        if layout.tree.origin(&table.span) == Origin::Header {
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
            Some(vec![layout.in_inline(&owner, addition)])
        }
        None if addition.as_table => Some(vec![layout.first_table(&owner, addition)]),
        None => Some(vec![layout.new_list(&owner, addition)]),
    }
}

/// An element to add to a list: the place of the list's table, and the element's keys with their values as TOML.
pub struct Addition {
    owner: Place,
    pub list: &'static str,
    pub fields: Vec<(&'static str, String)>,
    /// Written as a table of its own where the list does not exist yet.
    as_table: bool,
}

impl Addition {
    /// What a change appends; `None` where it appends nothing.
    fn of(change: &Change, lines: Lines) -> Option<Self> {
        Some(match change {
            Change::Response { .. } => return None,
            Change::Progress { target, entry } => {
                Self::entry(place(*target), "progress", progress_fields(entry))
            }
            Change::Revision { target, revision } => {
                Self::entry(place(*target), "revisions", revision_fields(revision))
            }
            Change::Verification { target, entry } => {
                let owner = Place::recommendation(*target);
                Self::entry(owner, "verification", verification_fields(entry))
            }
            Change::Amendment { target, amendment, .. } => {
                Self::entry(place(*target), "amendments", amendment_fields(amendment))
            }
            Change::Recommendation(new) => {
                Self::table(Place::top(), "recommendation", recommendation_fields(new, lines))
            }
            Change::Action { target, action } => {
                Self::table(Place::recommendation(*target), "action", action_fields(action, lines))
            }
            Change::Area(area) => {
                let fields = vec![("id", string(&area.id)), ("title", string(&area.title))];
                Self::table(Place::top(), "area", fields)
            }
            Change::Meeting(meeting) => {
                let mut fields = vec![("date", period(meeting.date))];
                optional(&mut fields, "title", meeting.title.as_ref());
                Self::table(Place::top(), "meeting", fields)
            }
        })
    }

    fn entry(owner: Place, list: &'static str, fields: Vec<(&'static str, String)>) -> Self {
        Self { owner, list, fields, as_table: false }
    }

    fn table(owner: Place, list: &'static str, fields: Vec<(&'static str, String)>) -> Self {
        Self { owner, list, fields, as_table: true }
    }

    /// `{ on = …, status = … }`, or without the inner spaces.
    pub fn inline(&self, tight: bool) -> String {
        let fields: Vec<String> =
            self.fields.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        let space = if tight { "" } else { " " };
        format!("{{{space}{}{space}}}", fields.join(", "))
    }
}

/// The place of what an id stands for.
fn place(target: Target) -> Place {
    match target {
        Target::Recommendation(index) => Place::recommendation(index),
        Target::Action(index, number) => Place::recommendation(index).action(number),
    }
}

fn recommendation_fields(new: &Recommendation, lines: Lines) -> Vec<(&'static str, String)> {
    let mut fields = vec![("id", string(new.id.as_str()))];
    fields.extend(new.date.map(|date| ("date", day(date))));
    optional(&mut fields, "title", new.title.as_ref());
    optional(&mut fields, "area", new.area.as_ref());
    optional(&mut fields, "priority", new.priority.as_ref());
    owners(&mut fields, &new.owner);
    fields.push(("text", long_text(&new.text, lines)));
    if new.response != Response::Accepted {
        fields.push(("response", string(new.response.word())));
    }
    if let Some(text) = &new.response_text {
        fields.push(("response_text", long_text(text, lines)));
    }
    let agreed = new.timescale.iter();
    fields.extend(agreed.flat_map(|agreed| timescale("timescale", agreed)));
    fields
}

fn answer_fields(answer: &Answer, lines: Lines) -> Vec<(&'static str, String)> {
    let mut fields =
        vec![("response", string(answer.response.word())), ("response_on", day(answer.on))];
    fields.extend(answer.text.as_ref().map(|text| ("response_text", long_text(text, lines))));
    let agreed = answer.timescale.iter();
    fields.extend(agreed.flat_map(|agreed| timescale("timescale", agreed)));
    fields
}

/// The new value of an amended key as TOML, under its key.
fn amended(key: AmendKey, value: &Amended, lines: Lines) -> Vec<(&'static str, String)> {
    let value = match value {
        Amended::Timescale(agreed) => return timescale("timescale", agreed),
        Amended::Owner(owner) => names(owner),
        Amended::Priority(text) | Amended::Area(text) | Amended::Title(text) => string(text),
        Amended::Review(review) => period(*review),
        Amended::Text(text) => long_text(text, lines),
        Amended::Response(response) => string(response.word()),
    };
    vec![(key.word(), value)]
}

fn owners(fields: &mut Vec<(&'static str, String)>, owner: &[String]) {
    if !owner.is_empty() {
        fields.push(("owner", names(owner)));
    }
}

fn revision_fields(revision: &Revision) -> Vec<(&'static str, String)> {
    let mut fields = vec![("on", day(revision.on))];
    fields.extend(timescale("to", &revision.to));
    optional(&mut fields, "reason", revision.reason.as_ref());
    optional(&mut fields, "by", revision.by.as_ref());
    fields.extend(revision.decision.map(|decision| ("decision", string(decision.word()))));
    fields
}

fn verification_fields(entry: &Verification) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("on", day(entry.on)),
        ("by", string(&entry.by)),
        ("result", string(entry.result.word())),
    ];
    optional(&mut fields, "note", entry.note.as_ref());
    evidence(&mut fields, &entry.evidence);
    fields
}

fn amendment_fields(amendment: &Amendment) -> Vec<(&'static str, String)> {
    let mut fields = vec![("on", day(amendment.on)), ("key", string(amendment.key.word()))];
    optional(&mut fields, "was", amendment.was.as_ref());
    fields.push(("reason", string(&amendment.reason)));
    optional(&mut fields, "by", amendment.by.as_ref());
    fields
}

fn action_fields(action: &Action, lines: Lines) -> Vec<(&'static str, String)> {
    let mut fields = vec![("id", string(action.id.as_str()))];
    owners(&mut fields, &action.owner);
    fields.push(("text", long_text(&action.text, lines)));
    let agreed = action.timescale.iter();
    fields.extend(agreed.flat_map(|agreed| timescale("timescale", agreed)));
    fields
}

fn progress_fields(entry: &ProgressEntry) -> Vec<(&'static str, String)> {
    let mut fields = vec![("on", day(entry.on)), ("status", string(entry.status.word()))];
    fields.extend(entry.outlook.map(|outlook| ("outlook", string(outlook.word()))));
    optional(&mut fields, "by", entry.by.as_ref());
    optional(&mut fields, "note", entry.note.as_ref());
    evidence(&mut fields, &entry.evidence);
    fields
}

fn optional(fields: &mut Vec<(&'static str, String)>, key: &'static str, text: Option<&String>) {
    fields.extend(text.map(|text| (key, string(text))));
}

fn evidence(fields: &mut Vec<(&'static str, String)>, evidence: &[String]) {
    if !evidence.is_empty() {
        fields.push(("evidence", list(evidence)));
    }
}
