//! Lints about texts that were damaged by decoding with a wrong encoding.

use super::Lints;
use crate::{
    checks::Finding,
    key_path::KeyPath,
    model::{KeyValue, Misread, Record, Rule, misread},
};

impl Lints<'_> {
    /// Warns about texts that were decoded with a wrong encoding.
    pub fn texts(&mut self) {
        let plan = self.plan;
        self.record(plan, &KeyPath::top().key("plan"), "the plan");
        for (index, area) in plan.areas.iter().enumerate() {
            self.record(area, &KeyPath::area(index), &format!("area {}", area.id));
        }
        for (index, owner) in plan.owners.iter().enumerate() {
            self.record(owner, &KeyPath::owner(index), "an owner");
        }
        for position in plan.positions() {
            let (item, place) = (plan.item(position), KeyPath::item(position));
            let own = item.values().into_iter().map(|(key, value)| (place.clone(), key, value));
            // The last list, the amendments, is left out, because an amendment keeps an old value, which may be
            // damaged.
            let lists = item.lists().into_iter().take(3);
            let entries = lists.flat_map(|(list, entries)| {
                let list = place.key(list);
                entries.into_iter().enumerate().flat_map(move |(index, entry)| {
                    let place = list.index(index);
                    entry
                        .key_values()
                        .into_iter()
                        .map(move |(key, value)| (place.clone(), key, value))
                })
            });
            let found: Vec<(KeyPath, Misread)> = own
                .chain(entries)
                .filter_map(|(place, key, value)| Some((place.key(key.name), in_value(&value?)?)))
                .collect();
            let what = match item.action {
                Some(_) => format!("action {}", item.id()),
                None => format!("recommendation {}", item.id()),
            };
            self.wrongly_decoded(&what, found);
        }
    }

    fn record(&mut self, record: &impl Record, place: &KeyPath, what: &str) {
        let values = record.values().into_iter();
        let found =
            values.filter_map(|(key, value)| Some((place.key(key.name), in_value(&value?)?)));
        self.wrongly_decoded(what, found.collect());
    }

    fn wrongly_decoded(&mut self, what: &str, found: Vec<(KeyPath, Misread)>) {
        let label = |misread: &Misread| match &misread.right {
            Some(right) => format!("`{}` should be `{right}`", misread.word),
            None => format!("a character is missing from `{}`", misread.word),
        };
        let Some(((place, first), others)) = found.split_first() else { return };
        let title = format!("some text of {what} was read in the wrong encoding");
        Finding::new(Rule::WronglyDecoded, place.clone(), title)
            .label(label(first))
            .help("save the source file as UTF-8 and copy the text again")
            .all_related(others.iter().map(|(place, misread)| (place.clone(), label(misread))))
            .add_to(&mut self.found);
    }
}

fn in_value(value: &KeyValue<'_>) -> Option<Misread> {
    match value {
        KeyValue::Text(text) => misread(text),
        KeyValue::Owners(owners) => owners.iter().find_map(|owner| misread(owner)),
        KeyValue::Texts(texts) => texts.iter().find_map(|text| misread(text)),
        _ => None,
    }
}
