//! Reads the levels of `[policy.lints]`, whose keys are the names of rules.

use super::{DeString, Fields, Spanned, Value};
use crate::{
    checks::Finding,
    file::tree::table_at,
    model::{Keyword, Level, Rule},
};

impl<'t> Fields<'t> {
    pub(super) fn levels_of_rules(&mut self, at: usize) -> Option<Vec<(Rule, Level)>> {
        let (key, value) = self.get(at)?;
        let Some(table) = table_at(value) else {
            self.wrong_kind(key, value, "a table");
            return None;
        };
        let (keys, name) = (table.keys, "`[policy.lints]`".into());
        let mut fields = Fields::new(self.tree, table, (name, &[]), None, self.faults);
        Some(keys.iter().filter_map(|(written, value)| fields.level(written, value)).collect())
    }

    fn level(
        &mut self,
        written: &Spanned<DeString<'_>>,
        value: &'t Value<'t>,
    ) -> Option<(Rule, Level)> {
        let name = written.get_ref().as_ref();
        match Rule::from_word(name) {
            Some(rule) if rule.can_be_set() => {
                self.word_of("level", name, value).map(|level| (rule, level))
            }
            Some(_) => {
                let title = format!("`{name}` cannot stand in {}", self.name);
                let at = self.tree.bytes(written.span());
                let finding = Finding::new(Rule::UnknownKey, at, title);
                self.fault(finding.help("it is not a lint: its level is always the same"));
                None
            }
            None => {
                self.unknown(written, value, Rule::words().into_iter());
                None
            }
        }
    }
}
