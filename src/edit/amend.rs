//! Decides which values of an item may be amended. An amendment changes a value and keeps the old value in an entry.

use std::borrow::Cow;

use super::{Change, Changes, Editor, Refusal, Remark, read_timescale, readable, refuse};
use crate::{
    model::{
        AmendKey, Amendment, Day, Id, Key, KeyValue, Keyword, Period, Position, Recommendation,
        Response, Shape, Timescale, When, one_of, word_meant,
    },
    plan_diff::Entry,
};

impl Editor<'_> {
    /// Returns the changes that amend the value of `key` in each item of `ids`. If the new value is a timescale whose
    /// wording the program does not understand, `due` gives the due date.
    ///
    /// # Errors
    /// Fails if an item has no such key, if the value cannot be read, or if the remark gives no reason.
    pub fn amend(
        &self,
        ids: &[Id],
        key: AmendKey,
        values: &[String],
        due: Option<&Timescale>,
        remark: &Remark,
    ) -> Changes {
        remark.check()?;
        let Some(reason) = remark.note.clone() else {
            return refuse("an amendment needs a reason", "add `--reason WHY`");
        };
        let value = self.amended(key.0, values, due)?;
        let mut changes = Vec::new();
        for (id, position) in self.items(ids)? {
            let item = self.plan.item(position);
            if let Some((list, index)) = key.1 {
                self.may_be_reworded(id, position, (list, index), &value)?;
            } else if !item.keys().contains(key.0) {
                let why = format!(" and has no `{}`", key.word());
                self.whole(position, &why, "amend recommendation")?;
            }
            if let KeyValue::Word(word) = value
                && let Some(new) = Response::from_word(word)
            {
                may_be_response(id, item.recommendation, new)?;
            }
            let newest = item.amendments().iter().map(|entry| entry.on).max();
            let recorded = self.recorded(position, remark.on, newest)?;
            let was = item.amendable(key).map(|old| old.words());
            let is_same = match value {
                KeyValue::Day(made) => self.may_be_made(id, position, made)?,
                _ => was.as_ref() == Some(&value.words()),
            };
            if is_same {
                continue;
            }
            let (reason, by) = (reason.clone(), remark.by.clone());
            let amendment = Amendment { on: remark.on, recorded, key, was, reason, by };
            let (entry, value) = (Entry::Amendment(amendment), Some(value.clone()));
            changes.push(Change::Entry { item: position, entry, value });
        }
        Ok(changes)
    }

    /// Returns an error if the entry to be amended does not exist, or if an owner of the work would become the
    /// verifier.
    fn may_be_reworded(
        &self,
        id: &Id,
        position: Position,
        (list, index): (&str, usize),
        value: &KeyValue<'_>,
    ) -> Result<(), Refusal> {
        let item = self.plan.item(position);
        let count = item.list(list).len();
        if index >= count {
            return refuse(
                format!("{id} has no entry {list}.{}; {list} has {count} entries", index + 1),
                format!("list the entries, oldest first: plan show {id}"),
            );
        }
        match value {
            KeyValue::Text(by) if list == "verification" => {
                self.independent(id, item.recommendation, by)
            }
            _ => Ok(()),
        }
    }

    /// Checks whether an amendment of the item's date to `made` would change nothing.
    ///
    /// # Errors
    /// Fails if the date is in the future.
    fn may_be_made(&self, id: &Id, position: Position, made: Day) -> Result<bool, Refusal> {
        self.dated(id.as_str(), made)?;
        let item = self.plan.item(position);
        let first = match item.action {
            Some(_) => item.recommendation.item().made_on(self.plan.date),
            None => self.plan.date,
        };
        Ok(made.max(first) == item.made_on(self.plan.date))
    }

    /// Converts the values from the command line to a value of `key`.
    fn amended(
        &self,
        key: &Key,
        values: &[String],
        due: Option<&Timescale>,
    ) -> Result<KeyValue<'static>, Refusal> {
        if due.is_some() && !matches!(key.shape, Shape::Timescale) {
            return refuse("`--due` is only for a timescale", "leave out `--due`");
        }
        readable("the value", values)?;
        match key.shape {
            Shape::Owners => return Ok(KeyValue::Owners(Cow::Owned(values.to_vec().into()))),
            Shape::Texts => return Ok(KeyValue::Texts(values.to_vec().into())),
            _ => {}
        }
        let [value] = values else {
            return refuse(format!("`{key}` takes only one value"), "put the value in quotes");
        };
        let value = &self.known(key.name, value)?;
        match key.shape {
            Shape::Word(words) => match word_meant(value, (words.all)()) {
                Some(word) => Ok(KeyValue::Word(word)),
                None => {
                    let help = one_of(key.name, value, (words.all)().into_iter());
                    refuse(format!("unknown {key} `{value}`"), help)
                }
            },
            Shape::Period | Shape::Day => {
                let period = When::parse(value).map(|when| when.on(self.today));
                match (key.shape, period) {
                    (Shape::Period, Ok(Some(period))) => Ok(KeyValue::Period(period)),
                    (_, Ok(Some(Period::Day(day)))) => Ok(KeyValue::Day(day)),
                    (_, Err(reason)) => refuse(
                        format!("`{value}` is not a date: {reason}"),
                        "write a date, as in 2003-11-20, or a month, as in 2003-11",
                    ),
                    _ => refuse(
                        format!("`{value}` is not a full date"),
                        "write the day, as in 2003-11-20, today or -2w",
                    ),
                }
            }
            Shape::Timescale => {
                let timescale = read_timescale(value.clone(), due.cloned(), None)?;
                Ok(KeyValue::Timescale(Cow::Owned(timescale)))
            }
            _ => Ok(KeyValue::Text(value.clone().into())),
        }
    }
}

/// Returns an error if the amendment would give a response that is pending, or if it would make a given response
/// pending again.
fn may_be_response(id: &Id, recommendation: &Recommendation, new: Response) -> Result<(), Refusal> {
    if recommendation.response == Response::Awaited && new != Response::Awaited {
        return refuse(
            format!("the response to recommendation {id} is pending"),
            format!("record the response: plan respond {id} {}", new.word()),
        );
    }
    match recommendation.response_on {
        Some(on) if new == Response::Awaited => refuse(
            format!("the response to recommendation {id} was given on {on}"),
            format!(
                "a response cannot become pending again once it has been given; \
                 if the response is wrong, correct it: plan edit {id}"
            ),
        ),
        _ => Ok(()),
    }
}
