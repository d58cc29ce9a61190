//! Reads timescales, and what `due` beside their words says.

use toml::de::DeValue;

use super::{Fields, Value};
use crate::{
    checks::Finding,
    model::{ACCEPTED_TIMESCALES, Given, NotATimescale, Rule, Timescale},
};

impl<'t> Fields<'t> {
    /// A timescale, and `due` beside it where its words are not read.
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
                self.not_a_timescale(&wording, value, &reason);
                None
            }
        }
    }

    /// What words were agreed to mean: `None` where nothing is said, `Some(None)` where that cannot be read.
    fn due(&mut self, at: usize) -> Option<Option<Timescale>> {
        let (key, value) = self.get(at)?;
        let Some(wording) = self.timescale_words(key, value) else {
            return Some(None);
        };
        let at = self.bytes(value);
        let due = Timescale::parse(wording.as_str()).map_err(|reason| {
            Finding::new(Rule::BadTimescale, at, format!("`due` cannot be read: `{wording}`"))
                .label(reason.to_string())
                .help(format!("write it as one of {}", ACCEPTED_TIMESCALES))
        });
        Some(self.noted(due))
    }

    fn timescale_words(&mut self, key: &str, value: &'t Value<'t>) -> Option<String> {
        match value.get_ref() {
            DeValue::Datetime(_) => Some(self.tree.raw(value.span()).to_owned()),
            // A year looks like a number.
            DeValue::String(_) | DeValue::Integer(_) => self.readable(key, value),
            _ => {
                self.wrong_kind(key, value, "a day as 2003-12-31, or words in quotes");
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
        let Some(due) = self.table.keys.get("due") else {
            return;
        };
        let title = format!("`due` stands beside a `{key}` that is read by itself");
        self.fault(
            Finding::new(Rule::BadTimescale, self.bytes(due), title)
                .label("a second deadline")
                .help(format!("take `due` out: “{wording}” says when; a new date is a revision")),
        );
    }

    fn due_alone(&mut self, key: &str) {
        let Some((due, _)) = self.table.keys.get_key_value("due") else {
            return;
        };
        let title = format!("`due` stands in {} without a `{key}`", self.name);
        self.fault(
            Finding::new(Rule::BadTimescale, self.tree.bytes(due.span()), title)
                .label("says what words mean, and there are none")
                .help(format!("write it as `{key} = …`")),
        );
    }
}
