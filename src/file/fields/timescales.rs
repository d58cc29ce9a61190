//! Reads timescales, and the key `due`, which gives the meaning of a timescale that the program does not understand.

use std::collections::HashMap;

use toml::de::DeValue;

use super::{Fields, Value};
use crate::{
    checks::{Finding, Related, Version},
    model::{
        ACCEPTED_TIMESCALES, DayOrder, Given, NotATimescale, Rule, Timescale, day_order, meaning,
    },
};

/// Combines findings about unreadable timescales into one finding if the timescales have the same wording. The dates
/// that the findings suggest follow the order of day and month in the other dates of the text.
pub fn join(source: &str, faults: Vec<Finding>) -> Vec<Finding> {
    let is_unread = |fault: &Finding| fault.rule == Rule::BadTimescale;
    if faults.iter().filter(|fault| is_unread(fault)).count() == 0 {
        return faults;
    }
    let order = day_order(source);
    let mut joined: Vec<Finding> = Vec::with_capacity(faults.len());
    let mut places: HashMap<(String, Option<String>), usize> = HashMap::new();
    for mut fault in faults {
        if !is_unread(&fault) {
            joined.push(fault);
            continue;
        }
        if order != DayOrder::Unknown {
            in_order(source, &mut fault, order);
        }
        let words = (fault.title.clone(), fault.help.clone());
        match places.get(&words) {
            Some(first) => {
                let (at, version) = (fault.at, Version::Present);
                joined[*first].related.push(Related {
                    at,
                    label: "the same error occurs here".to_owned(),
                    version,
                });
            }
            None => {
                places.insert(words, joined.len());
                joined.push(fault);
            }
        }
    }
    joined
}

/// Rewords a finding about an ambiguous date, such as 1/2/2003. The new wording uses `order`, the order of day and
/// month in the other dates of the file.
fn in_order(source: &str, fault: &mut Finding, order: DayOrder) {
    let written = source.get(fault.at.bytes()).unwrap_or_default().trim_matches(['"', '\'']);
    let unknown = meaning(written, DayOrder::Unknown);
    let known = meaning(written, order);
    if known != unknown && fault.label == unknown.to_string() {
        fault.label =
            "day and month are read in the same order as in the file's other dates".to_owned();
        fault.help = Some(known.help(None, Given::Line));
    }
}

impl<'t> Fields<'t> {
    /// Reads the timescale at the index `at`. If the program does not understand the wording, the key `due` at the next
    /// index must give the meaning.
    pub(super) fn timescale(&mut self, at: usize) -> Option<Timescale> {
        let due = self.due(at + 1);
        let key = self.keys[at].name;
        let Some(value) = self.values[at] else {
            self.due_alone(key);
            return None;
        };
        let wording = self.timescale_words(key, value)?;
        match (Timescale::parse(wording.as_str()), due) {
            (Ok(timescale), None) => Some(timescale),
            (Ok(timescale), Some(_)) => {
                self.needless_due(key, &wording);
                Some(timescale)
            }
            (Err(_), Some(due)) => due.map(|due| Timescale::agreed(wording, due)),
            (Err(reason), None) => {
                // The key `to` belongs to a revision. A revision sets a new due date and cannot say that the work is
                // finished.
                let reason = if key == "to" { reason.unfinished() } else { reason };
                self.not_a_timescale(&wording, value, &reason);
                None
            }
        }
    }

    /// Reads the key `due`. Returns `None` if the table has no `due`, and `Some(None)` if `due` cannot be read.
    fn due(&mut self, at: usize) -> Option<Option<Timescale>> {
        let (key, value) = self.get(at)?;
        let Some(wording) = self.timescale_words(key, value) else { return Some(None) };
        let at = self.bytes(value);
        let due = Timescale::parse(wording.as_str()).map_err(|reason| {
            Finding::new(Rule::BadTimescale, at, format!("`due` cannot be read: `{wording}`"))
                .label(reason.to_string())
                .help(format!("use one of these forms: {}", ACCEPTED_TIMESCALES))
        });
        Some(self.noted(due))
    }

    fn timescale_words(&mut self, key: &str, value: &'t Value<'t>) -> Option<String> {
        match value.get_ref() {
            DeValue::Datetime(_) => Some(self.tree.raw(value.span()).to_owned()),
            // A year without quotes is a number in TOML. The error from `readable` then asks for quotes.
            DeValue::String(_) | DeValue::Integer(_) => self.readable(key, value),
            _ => {
                self.wrong_kind(key, value, "a day such as 2003-12-31, or words in quotes");
                None
            }
        }
    }

    fn not_a_timescale(&mut self, wording: &str, value: &Value<'_>, reason: &NotATimescale) {
        let at = self.bytes(value);
        let title = format!("`{wording}` is not a timescale");
        self.fault(
            Finding::new(Rule::BadTimescale, at, title)
                .label(reason.to_string())
                .help(reason.help(self.since, Given::Line)),
        );
    }

    fn needless_due(&mut self, key: &str, wording: &str) {
        let Some(due) = self.table.keys.get("due") else { return };
        let title = format!("`{key}` is already a date and needs no `due`");
        self.fault(
            Finding::new(Rule::BadTimescale, self.bytes(due), title)
                .label("a second due date")
                .help(format!(
                    "delete `due`, because “{wording}” can already be read; record a new date as a revision"
                )),
        );
    }

    fn due_alone(&mut self, key: &str) {
        let Some((due, _)) = self.table.keys.get_key_value("due") else { return };
        let title = format!("{} has `due` but no `{key}`", self.name);
        self.fault(
            Finding::new(Rule::BadTimescale, self.tree.bytes(due.span()), title)
                .label("a due date without a timescale")
                .help(format!("write the date as `{key} = …`")),
        );
    }
}
