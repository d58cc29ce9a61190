//! Amends timescales in the plan for which the file gives an agreed meaning.

use std::borrow::Cow;

use super::Update;
use crate::{
    edit::Change,
    import::reading::UNDATED,
    model::{AmendKey, Amendment, Dated, Key, KeyValue, Position, Timescale},
    plan_diff::Entry,
};

impl Update<'_, '_> {
    /// Adds an amendment that gives the agreed meaning to the timescale of an item.
    pub(super) fn amend(
        &mut self,
        at: Position,
        key: &'static Key,
        known: Option<KeyValue<'_>>,
        agreed: KeyValue<'static>,
    ) {
        let newest = self.plan.item(at).amendments().iter().map(Dated::on).max();
        let amendment = Amendment {
            on: self.day,
            recorded: self.recorded(self.day, newest),
            key: AmendKey(key, None),
            was: known.map(|known| known.words()),
            reason: "The meaning of the words was agreed.".to_owned(),
            by: Some(self.by.clone()),
        };
        let (entry, value) = (Entry::Amendment(amendment), Some(agreed));
        self.others.push(Change::Entry { item: at, entry, value });
    }
}

/// Returns the timescale `new` in the file, if it adds an agreed meaning to the timescale `known` in the plan.
pub(super) fn meaning(
    known: Option<&KeyValue<'_>>,
    new: &KeyValue<'_>,
) -> Option<KeyValue<'static>> {
    let (Some(KeyValue::Timescale(known)), KeyValue::Timescale(new)) = (known, new) else {
        return None;
    };
    let is_open = |timescale: &Timescale| timescale.due.as_deref() == Some(UNDATED);
    let is_agreed = known.wording == new.wording && is_open(known) && !is_open(new);
    is_agreed.then(|| KeyValue::Timescale(Cow::Owned(new.clone().into_owned())))
}
