//! Reads tables whose keys are not keys of the plan format: `[policy.lints]`, which contains the levels of rules, and
//! tables of numbers such as `[policy.max_days]`.

use super::{DeString, Fields, Spanned, Value};
use crate::model::{Keyword, Level, ReadTable, Rule, Vocabulary};

const LEVELS: Vocabulary =
    Vocabulary { find: |word| Level::from_word(word).map(Level::word), all: Level::words };

impl<'t> Fields<'t> {
    pub(super) fn levels_of_rules(&mut self, at: usize) -> Option<Vec<(Rule, Level)>> {
        let table = self.table_of(at)?;
        let (keys, name) = (table.keys, "`[policy.lints]`".into());
        let mut fields = Fields::new(self.tree, table, (name, &[]), None, self.faults);
        Some(keys.iter().filter_map(|(written, value)| fields.level(written, value)).collect())
    }

    /// Reads a table of numbers, such as `[policy.max_days]`. The table may have any keys.
    pub(super) fn numbers_by_name(&mut self, at: usize) -> Option<Vec<(String, u32)>> {
        let range = self.keys[at].range;
        let table = self.table_of(at)?;
        let numbers = table.keys.iter().filter_map(|(name, value)| {
            let name = name.get_ref().as_ref();
            Some((name.to_owned(), self.number(name, value, range)?))
        });
        Some(numbers.collect())
    }

    fn level(
        &mut self,
        written: &Spanned<DeString<'_>>,
        value: &'t Value<'t>,
    ) -> Option<(Rule, Level)> {
        let name = written.get_ref().as_ref();
        match Rule::from_word(name) {
            Some(rule) if rule.can_be_set() => {
                let level = self.word_of(LEVELS, "level", name, value)?;
                Level::from_word(level).map(|level| (rule, level))
            }
            Some(_) => {
                self.refuse(name, "this rule is not a lint, so its level cannot be set");
                None
            }
            None => {
                self.unknown(written, value, Rule::words().into_iter());
                None
            }
        }
    }
}
