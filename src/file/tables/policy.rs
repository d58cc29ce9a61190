//! The rules of `[policy]` that have tables of their own.

use super::{MOST_DAYS, MOST_EXTENSIONS, TableAt, Tables};
use crate::{
    checks::Finding,
    model::{Escalation, Rag, Rule, Signal},
};

impl<'d, 's> Tables<'d, 's> {
    /// What is brought before the committee, of `[policy.escalate]`.
    pub(super) fn escalation(&mut self, table: TableAt<'d, 's>) -> Escalation {
        let at = self.tree.bytes(table.span.clone());
        let mut fields = self.fields(table, "`[policy.escalate]`");
        let rule = Escalation {
            days_late: fields.number("days_late", 1..=MOST_DAYS),
            times_extended: fields.number("times_extended", 1..=MOST_EXTENSIONS),
            priority: fields.text("priority"),
        };
        let has_limit = fields.has("days_late") || fields.has("times_extended");
        fields.finish();
        if !has_limit {
            let title = "`[policy.escalate]` does not say when";
            self.faults.push(
                Finding::new(Rule::MissingKey, at, title)
                    .label("needs `days_late` or `times_extended`")
                    .help("add `days_late = 90`, `times_extended = 2`, or both"),
            );
        }
        rule
    }

    /// What the colours mean, of `[policy.rag]`.
    pub(super) fn rag(&mut self, table: TableAt<'d, 's>) -> Rag {
        let mut fields = self.fields(table, "`[policy.rag]`");
        fields.require("red", "{ days_late = 1 }");
        let red = fields.table("red");
        let amber = fields.table("amber");
        fields.refuse("green", "green is what is neither red nor amber, and what is complete");
        fields.finish();
        Rag {
            red: red.map_or_else(Signal::default, |table| self.signal(table, "`red`")),
            amber: amber.map_or_else(Signal::default, |table| self.signal(table, "`amber`")),
        }
    }

    fn signal(&mut self, table: TableAt<'d, 's>, name: &'static str) -> Signal {
        let is_empty = table.keys.is_empty();
        let at = self.tree.bytes(table.span.clone());
        let mut fields = self.fields(table, name);
        let signal = Signal {
            days_late: fields.number("days_late", 1..=MOST_DAYS),
            days_left: fields.number("days_left", 0..=MOST_DAYS),
            percent_done_below: fields.number("percent_done_below", 1..=100),
            outlook: fields.word("outlook"),
        };
        fields.finish();
        if is_empty {
            self.faults.push(
                Finding::new(Rule::MissingKey, at, format!("{name} does not say what it means"))
                    .label("needs a limit")
                    .help("add `days_late`, `days_left`, `percent_done_below` or `outlook`"),
            );
        }
        signal
    }
}
