//! Compares the agreed words of an item with the file, and amends timescales for which the file gives an agreed meaning.

use std::borrow::Cow;

use serde_json::Value;

use super::Update;
use crate::{
    edit::Change,
    import::{
        account::{AGREED, Differs},
        draft::Draft,
        reading::UNDATED,
    },
    model::{
        AmendKey, Amendment, Dated, ItemRef, Key, KeyValue, Position, Record, Shape, Timescale,
        to_single_line,
    },
    plan_diff::Entry,
};

impl Update<'_, '_> {
    /// Reports values in the file that differ from the plan. A value that the plan had before an amendment is not
    /// reported.
    pub(super) fn words(&mut self, at: Position, item: ItemRef<'_>, draft: &Draft) {
        let is_answered = self.others.iter().any(|change| {
            matches!(change, Change::Response { recommendation, .. } if self.plan.recommendations[*recommendation].id == *item.id())
        });
        let mut said = draft.said.clone();
        said.sort_unstable();
        said.dedup();
        for (key, new) in draft.record.values() {
            let is_judged = said.contains(&key.name) && !matches!(key.shape, Shape::Id);
            if !is_judged || (is_answered && key.is_answer) {
                continue;
            }
            let known = item.value(key);
            let Some(new) = new.filter(|new| known.as_ref() != Some(new)) else { continue };
            if let Some(agreed) = meaning(known.as_ref(), &new) {
                self.amend(at, key, known, agreed);
                continue;
            }
            let is_former = item.amendments().iter().any(|amendment| {
                amendment.key.0 == key && amendment.was.as_deref() == Some(new.words().as_str())
            });
            if is_former || (known.is_none() && key.name == "response") {
                continue;
            }
            if let KeyValue::Timescale(new) = &new {
                self.account.is_agreed(&new.wording, draft.place.row);
            }
            let plan = known.map_or_else(String::new, |known| to_single_line(&known.words()));
            let file = to_single_line(&new.words());
            self.differs(item, draft, key.name, plan, file, AGREED);
        }
        for (name, new) in &draft.record.extra {
            let words = |value: &Value| match value.as_str() {
                Some(text) => to_single_line(text),
                None => value.to_string(),
            };
            let (plan, file) = (item.extra().get(name).map(words).unwrap_or_default(), words(new));
            if plan != file {
                let why = "an import never changes extra keys: change them with `plan edit`";
                self.differs(item, draft, name, plan, file, why);
            }
        }
    }

    pub(super) fn differs(
        &mut self,
        item: ItemRef<'_>,
        draft: &Draft,
        key: &str,
        plan: String,
        file: String,
        why: &'static str,
    ) {
        let (id, key) = (item.id().clone(), key.to_owned());
        self.account.differs.push(Differs { id, place: draft.place, key, plan, file, why });
    }

    /// Adds an amendment that gives the agreed meaning to the timescale of an item.
    fn amend(
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
            reason: "The due date implied by this timescale was agreed.".to_owned(),
            by: Some(self.by.clone()),
        };
        let (entry, value) = (Entry::Amendment(amendment), Some(agreed));
        self.others.push(Change::Entry { item: at, entry, value });
    }
}

/// Returns the timescale `new` in the file, if it adds an agreed meaning to the timescale `known` in the plan.
fn meaning(known: Option<&KeyValue<'_>>, new: &KeyValue<'_>) -> Option<KeyValue<'static>> {
    let (Some(KeyValue::Timescale(known)), KeyValue::Timescale(new)) = (known, new) else {
        return None;
    };
    let is_open = |timescale: &Timescale| timescale.due.as_deref() == Some(UNDATED);
    let is_agreed = known.wording == new.wording && is_open(known) && !is_open(new);
    is_agreed.then(|| KeyValue::Timescale(Cow::Owned(new.clone().into_owned())))
}
