//! Decides which values of an item may be amended.

use super::{
    Amended, Change, Editor, Refusal, Remark, Target, read_timescale, readable, refuse,
    value::folded,
};
use crate::model::{
    AmendKey, Amendment, Id, Keyword, Period, Recommendation, Response, Timescale, one_of,
};

impl Editor<'_> {
    /// Changes what each of `ids` says under `key`, and keeps what it was in an entry. `values` are several owners,
    /// or one value; `due` says what the words of a timescale mean.
    ///
    /// # Errors
    /// The item has no such key, the value cannot be read, or there is no reason.
    pub fn amend(
        &self,
        ids: &[Id],
        key: AmendKey,
        values: &[String],
        due: Option<&Timescale>,
        remark: &Remark,
    ) -> Result<Vec<Change>, Refusal> {
        remark.check()?;
        let Some(reason) = remark.note.clone() else {
            return refuse("an amendment needs a reason", "add `--reason WHY`");
        };
        let value = self.amended(key, values, due)?;
        let mut changes = Vec::new();
        for (id, target) in self.targets(ids)? {
            let recommendation = self.recommendation(target);
            let Some(old) = Amended::read(recommendation, target, key) else {
                return refuse(
                    format!("{id} is an action and has no `{}`", key.word()),
                    format!("amend recommendation {}", recommendation.id),
                );
            };
            if let Amended::Response(new) = value {
                may_be_response(id, recommendation, new)?;
            }
            let amendments = match target {
                Target::Recommendation(_) => &recommendation.amendments,
                Target::Action(_, number) => &recommendation.actions[number].amendments,
            };
            self.dated(id.as_str(), remark.on, amendments.last().map(|entry| entry.on))?;
            let was = old.words();
            if was == value.words() {
                continue;
            }
            let (reason, by) = (reason.clone(), remark.by.clone());
            let amendment = Amendment { on: remark.on, key, was, reason, by };
            changes.push(Change::Amendment { target, value: value.clone(), amendment });
        }
        Ok(changes)
    }

    /// The new value, read as what the key holds.
    fn amended(
        &self,
        key: AmendKey,
        values: &[String],
        due: Option<&Timescale>,
    ) -> Result<Amended, Refusal> {
        if due.is_some() && key != AmendKey::Timescale {
            return refuse("`--due` says what a timescale means", "leave it out");
        }
        readable("the value", values)?;
        let [value] = values else {
            return match key {
                AmendKey::Owner => Ok(Amended::Owner(values.to_vec())),
                _ => refuse(format!("`{}` has one value", key.word()), "put it in quotes"),
            };
        };
        Ok(match key {
            AmendKey::Owner => Amended::Owner(vec![value.clone()]),
            AmendKey::Priority => {
                self.known_priority(value)?;
                Amended::Priority(Some(value.clone()))
            }
            AmendKey::Area => {
                self.known_area(value)?;
                Amended::Area(Some(value.clone()))
            }
            AmendKey::Title => Amended::Title(Some(value.clone())),
            AmendKey::Text => Amended::Text(folded(value)),
            AmendKey::Review => match Period::parse(value) {
                Ok(review) => Amended::Review(Some(review)),
                Err(reason) => {
                    return refuse(
                        format!("`{value}` is not a date: {reason}"),
                        "write a day, as in 2003-11-20, or a month, as in 2003-11",
                    );
                }
            },
            AmendKey::Timescale => {
                Amended::Timescale(Some(read_timescale(value.clone(), due.cloned())?))
            }
            AmendKey::Response => match Response::from_word(value) {
                Some(response) => Amended::Response(response),
                None => {
                    let help = one_of("response", value, Response::words().into_iter());
                    return refuse(format!("unknown response `{value}`"), help);
                }
            },
        })
    }
}

/// Whether a response may be amended: what was awaited is answered instead.
fn may_be_response(id: &Id, recommendation: &Recommendation, new: Response) -> Result<(), Refusal> {
    if recommendation.response == Response::Awaited && new != Response::Awaited {
        return refuse(
            format!("the response to recommendation {id} was awaited"),
            format!("give the answer: plan respond {id} {}", new.word()),
        );
    }
    match recommendation.response_on {
        Some(on) if new == Response::Awaited => refuse(
            format!("the response to recommendation {id} was given on {on}"),
            format!("what was answered is awaited no more; if it was not: plan edit {id}"),
        ),
        _ => Ok(()),
    }
}
