//! Changes as insertions at known bytes of the original text: everything else stays as it is, to the byte.

use toml_writer::TomlStringBuilder;

use super::{
    Change, Target,
    layout::{Insertion, Layout},
};
use crate::{
    checks::Place,
    file::{Origin, Places, has_headers, table_at},
    model::{Day, Period, Plan, ProgressEntry, Timescale, Word},
};

/// Where and what to insert so that `change` is made to `plan`; `None` if its place is not in the text.
pub fn insertions(
    source: &str,
    places: &mut Places<'_>,
    plan: &Plan,
    change: &Change,
) -> Option<Vec<Insertion>> {
    let addition = Addition::of(change);
    // Recommendations stand in pieces of their own: the last one has the layout for the next.
    if let (Change::Recommendation(_), Some(last)) =
        (change, plan.recommendations.len().checked_sub(1))
    {
        let (tree, table) = places.table(&Place::recommendation(last))?;
        let layout = Layout { source, tree };
        if layout.tree.origin(&table.span) == Origin::Header {
            return Some(vec![layout.after_tables(&table, &addition)]);
        }
    }
    let (tree, owner) = places.table(&addition.owner)?;
    let layout = Layout { source, tree };
    match owner.keys.get(addition.list) {
        Some(value) => {
            let items = value.get_ref().as_array()?;
            if has_headers(tree, items) {
                let last = table_at(items.last()?)?;
                Some(vec![layout.after_tables(&last, &addition)])
            } else {
                Some(layout.in_array(value, items, &addition))
            }
        }
        None if tree.origin(&owner.span) == Origin::Braces => {
            Some(vec![layout.in_inline(&owner, &addition)])
        }
        None if addition.as_table => Some(vec![layout.first_table(&owner, &addition)]),
        None => Some(vec![layout.new_key(&owner, &addition)]),
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
    fn of(change: &Change) -> Self {
        match change {
            Change::Progress { target: (index, number), entry } => Self {
                owner: Place::recommendation(*index).action(*number),
                list: "progress",
                fields: progress_fields(entry),
                as_table: false,
            },
            Change::Revision { target, revision } => {
                let mut fields = vec![("on", day(revision.on)), ("to", timescale(&revision.to))];
                optional(&mut fields, "reason", revision.reason.as_ref());
                optional(&mut fields, "by", revision.by.as_ref());
                let owner = match *target {
                    Target::Recommendation(index) => Place::recommendation(index),
                    Target::Action(index, number) => Place::recommendation(index).action(number),
                };
                Self { owner, list: "revisions", fields, as_table: false }
            }
            Change::Verification { target, entry } => {
                let mut fields = vec![
                    ("on", day(entry.on)),
                    ("by", string(&entry.by)),
                    ("result", string(entry.result.word())),
                ];
                optional(&mut fields, "note", entry.note.as_ref());
                evidence(&mut fields, &entry.evidence);
                Self {
                    owner: Place::recommendation(*target),
                    list: "verification",
                    fields,
                    as_table: false,
                }
            }
            Change::Recommendation(new) => {
                let mut fields = vec![("id", string(new.id.as_str()))];
                optional(&mut fields, "area", new.area.as_ref());
                optional(&mut fields, "priority", new.priority.as_ref());
                fields.push(("text", string(&new.text)));
                let agreed = new.timescale.as_ref();
                fields.extend(agreed.map(|agreed| ("timescale", timescale(agreed))));
                Self::table(Place::default(), "recommendation", fields)
            }
            Change::Action { target, action } => {
                let mut fields = vec![("id", string(action.id.as_str()))];
                optional(&mut fields, "owner", action.owner.as_ref());
                fields.push(("text", string(&action.text)));
                let agreed = action.timescale.as_ref();
                fields.extend(agreed.map(|agreed| ("timescale", timescale(agreed))));
                Self::table(Place::recommendation(*target), "action", fields)
            }
            Change::Meeting(meeting) => {
                let date = match meeting.date {
                    Period::Day(on) => day(on),
                    Period::Month(_) => string(&meeting.date.iso()),
                };
                let mut fields = vec![("date", date)];
                optional(&mut fields, "title", meeting.title.as_ref());
                Self::table(Place::default(), "meeting", fields)
            }
        }
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

fn progress_fields(entry: &ProgressEntry) -> Vec<(&'static str, String)> {
    let mut fields = vec![("on", day(entry.on)), ("status", string(entry.status.word()))];
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
        let items: Vec<String> = evidence.iter().map(|item| string(item)).collect();
        fields.push(("evidence", format!("[{}]", items.join(", "))));
    }
}

fn day(day: Day) -> String {
    day.to_string()
}

/// A day as a date, any other wording as text.
fn timescale(timescale: &Timescale) -> String {
    match timescale.wording.parse::<Day>() {
        Ok(on) if on.to_string() == timescale.wording => day(on),
        _ => string(&timescale.wording),
    }
}

fn string(text: &str) -> String {
    use toml_writer::ToTomlValue;
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}
