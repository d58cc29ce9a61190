//! Reads the cells of a row into the draft of an item.

use std::borrow::Cow;

use serde_json::Value;

use super::{Builder, ReadColumn};
use crate::{
    import::{
        account::RowPlace,
        draft::Draft,
        mapping::SheetMapping,
        reading,
        table::{Kind, Row},
        target::{Of, Target},
    },
    model::{
        Day, DayOrder, Key, KeyValue, Period, Shape, Timescale, is_forbidden, nearest, word_meant,
    },
};

/// A cell that is being read, with its row and the heading of its column.
#[derive(Clone, Copy)]
struct CellAt<'c> {
    place: RowPlace,
    header: &'c str,
    text: &'c str,
    kind: Kind,
    order: DayOrder,
}

impl Builder<'_> {
    /// Reads all cells of a row. The values of the row's item go into the draft `own`, and the values of an action in
    /// the same row go into the draft `action`.
    pub(super) fn read(
        &mut self,
        sheet: &SheetMapping,
        columns: &[ReadColumn<'_>],
        row: &Row,
        own: &mut Draft,
        action: &mut Draft,
    ) {
        let place = own.place;
        for ReadColumn { column, header, targets, order } in columns {
            let text = row.text(column.at);
            if text.is_empty() {
                continue;
            }
            let place = RowPlace { row: row.number, ..place };
            let at = CellAt {
                place,
                header: &column.header,
                text,
                kind: row.kind(column.at),
                order: *order,
            };
            for target in targets {
                match *target {
                    Target::Key { is_action: true, of, key } => {
                        self.put(sheet, action, of, key, at)
                    }
                    Target::Key { is_action: false, of, key } => self.put(sheet, own, of, key, at),
                    Target::Recommendation => text.clone_into(&mut own.given_whole),
                    Target::Extra { is_action } => {
                        let draft = if is_action { &mut *action } else { &mut *own };
                        add_extra(draft, header, text);
                    }
                    Target::Extras { is_action } => {
                        let draft = if is_action { &mut *action } else { &mut *own };
                        match serde_json::from_str(text).ok().filter(|own| is_of_toml(own, DEEPEST))
                        {
                            Some(Value::Object(keys)) => draft.record.extra.extend(keys),
                            _ => {
                                let why = "not a JSON object that can be written as TOML; use the form `{\"key\": \"value\"}`";
                                self.account.unplaced(place, &column.header, text, why);
                            }
                        }
                    }
                    Target::Due { .. } | Target::Plan | Target::Nothing => {}
                }
            }
        }
        self.read_due(columns, row, own, action);
    }

    /// Reads the cells that give the agreed meanings of the timescales in a row. Other columns contain the wordings of
    /// these timescales.
    fn read_due(
        &mut self,
        columns: &[ReadColumn<'_>],
        row: &Row,
        own: &mut Draft,
        action: &mut Draft,
    ) {
        let place = RowPlace { row: row.number, ..own.place };
        for ReadColumn { column, targets, .. } in columns {
            let text = row.text(column.at);
            for target in targets {
                if let (Target::Due { is_action, of }, false) = (*target, text.is_empty()) {
                    let draft = if is_action { &mut *action } else { &mut *own };
                    let at = CellAt {
                        place,
                        header: &column.header,
                        text,
                        kind: row.kind(column.at),
                        order: DayOrder::Unknown,
                    };
                    self.put_due(draft, of, at);
                }
            }
        }
    }

    /// Reads the value of a cell, and sets a key in the draft to this value.
    fn put(
        &mut self,
        sheet: &SheetMapping,
        draft: &mut Draft,
        of: Of,
        key: &'static Key,
        at: CellAt<'_>,
    ) {
        let unplaced = |builder: &mut Self, why: &str| {
            builder.account.unplaced(at.place, at.header, at.text, why)
        };
        let text = match key.shape {
            Shape::Text | Shape::Owners => sheet.word(at.header, at.text).unwrap_or(at.text),
            _ => at.text,
        };
        if text.is_empty() {
            return;
        }
        let value = match key.shape {
            Shape::Id => {
                text.clone_into(&mut draft.given_id);
                return;
            }
            Shape::Word(words) => return self.put_word(sheet, draft, of, key, at, &(words.all)()),
            Shape::Day => match self.day_of(key, at) {
                Ok(day) => KeyValue::Day(day),
                Err(why) => return unplaced(self, why),
            },
            Shape::Period => match Period::parse(text) {
                Ok(period) => KeyValue::Period(period),
                Err(_) => return unplaced(self, "not a day or a month"),
            },
            Shape::Timescale => {
                let read = reading::timescale(text, at.kind, at.order, self.mapping);
                if read.is_open {
                    let wording = read.timescale.wording.clone();
                    self.account.to_be_agreed.entry(wording).or_default().push(at.place.row);
                }
                KeyValue::Timescale(Cow::Owned(read.timescale))
            }
            Shape::Owners => KeyValue::Owners(Cow::Owned(several(draft, of, key, text).into())),
            Shape::Texts => KeyValue::Texts(several(draft, of, key, text).into()),
            Shape::Text => match appended(draft, of, key, text) {
                Some(text) => KeyValue::Text(text.into()),
                None => return,
            },
            _ => return unplaced(self, "not a valid value for this key"),
        };
        draft.set(of, key, value.into_owned());
    }

    /// Reads a cell as a day. Fails if the day of an entry is in the future.
    fn day_of(&self, key: &Key, at: CellAt<'_>) -> Result<Day, &'static str> {
        let day = reading::day(at.text, at.kind, at.order)?;
        match day > self.day && key.name == "on" {
            true => {
                Err("this date is in the future, but an entry records what has already happened")
            }
            false => Ok(day),
        }
    }

    /// Sets a key whose value is one of `words`, such as the key `status`. The word comes from the mapping or, if the
    /// mapping does not contain the cell's value, from the cell itself.
    fn put_word(
        &mut self,
        sheet: &SheetMapping,
        draft: &mut Draft,
        of: Of,
        key: &'static Key,
        at: CellAt<'_>,
        words: &[&'static str],
    ) {
        let found = match reading::mapped(sheet, at.header, at.text) {
            Some(Ok(found)) => found,
            Some(Err(bad)) => {
                let meant = nearest(&bad, reading::MappedWord::all());
                let meant =
                    meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
                let why = format!(
                    "the mapping says `{bad}`, which is not one of the allowed words{meant}"
                );
                return self.account.unplaced(at.place, at.header, at.text, why);
            }
            None => match reading::meant(at.text, words) {
                Some(word) => vec![word],
                // [`MappedWord`] has no words for decisions on extensions, so these words are looked up here.
                None => match word_meant(at.text, words.iter().copied()) {
                    Some(word) => {
                        let word =
                            words.iter().find(|known| **known == word).copied().unwrap_or_default();
                        return draft.set(of, key, KeyValue::Word(word));
                    }
                    None => {
                        let why = format!(
                            "the mapping has no word for this value: add one under `[sheet.words.\"{}\"]`",
                            at.header
                        );
                        return self.account.unplaced(at.place, at.header, at.text, why);
                    }
                },
            },
        };
        for word in found {
            draft.set_word(word, at.text);
        }
    }

    /// Reads the agreed meaning of a timescale from a cell, and adds this meaning to the timescale in the draft.
    fn put_due(&mut self, draft: &mut Draft, of: Of, at: CellAt<'_>) {
        let words = match of {
            Of::Revision => {
                draft.latest.revisions.first().map(|revision| revision.to.wording.clone())
            }
            _ => draft.record.timescale.as_ref().map(|timescale| timescale.wording.clone()),
        };
        let Some(words) = words.filter(|words| Timescale::parse(words.as_str()).is_err()) else {
            return;
        };
        let Ok(due) = Timescale::parse(at.text) else {
            return self.account.unplaced(
                at.place,
                at.header,
                at.text,
                "this timescale cannot be read",
            );
        };
        self.account.is_agreed(&words, at.place.row);
        let agreed = Timescale::agreed(words, due);
        match of {
            Of::Revision => draft.latest.revisions[0].to = agreed,
            _ => draft.record.timescale = Some(agreed),
        }
    }
}

/// The maximum depth of nested JSON objects and lists in a cell.
const DEEPEST: u8 = 20;

/// Checks whether a JSON value can be written as TOML. `deepest` is the maximum depth of nested values.
fn is_of_toml(value: &Value, deepest: u8) -> bool {
    let is_inside = |value: &Value| deepest > 0 && is_of_toml(value, deepest - 1);
    let is_plain = |text: &str| !text.contains(is_forbidden);
    match value {
        Value::Null => false,
        Value::Bool(_) => true,
        Value::Number(number) => number.is_i64() || number.is_f64(),
        Value::String(text) => is_plain(text),
        Value::Array(items) => items.iter().all(is_inside),
        Value::Object(keys) => keys.iter().all(|(name, value)| is_plain(name) && is_inside(value)),
    }
}

/// Returns the values that a key already has in the draft, followed by the new values in `text`.
fn several(draft: &Draft, of: Of, key: &Key, text: &str) -> Vec<String> {
    let known = draft.value(of, key).map(|known| match known {
        KeyValue::Owners(owners) => owners.to_vec(),
        KeyValue::Texts(texts) => texts.into_owned(),
        _ => Vec::new(),
    });
    let mut all = known.unwrap_or_default();
    for part in text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        if !all.iter().any(|known| known == part) {
            all.push(part.to_owned());
        }
    }
    all
}

/// Returns the text that a key has in the draft, followed by `text`. Returns `None` if the key already contains `text`.
fn appended(draft: &Draft, of: Of, key: &Key, text: &str) -> Option<String> {
    let before = draft.value(of, key).map(|value| value.words());
    match before.filter(|before| !before.is_empty()) {
        Some(before) => (!before.contains(text)).then(|| format!("{before}\n\n{text}")),
        None => Some(text.to_owned()),
    }
}

/// Stores a value under a key that plans do not define. The name of the key is the heading of the value's column.
/// Further values for the same heading are appended to the first value.
fn add_extra(draft: &mut Draft, header: &str, text: &str) {
    let before = draft.record.extra.get(header).and_then(|value| value.as_str()).map(str::to_owned);
    let value = match before {
        Some(before) if before.split("; ").any(|known| known == text) => return,
        Some(before) => format!("{before}; {text}"),
        None => text.to_owned(),
    };
    draft.record.extra.insert(header.to_owned(), value.into());
}
