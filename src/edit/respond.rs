//! Decides whether a management response may be recorded, and whether a text may be added to an existing response.

use super::{Answer, Change, Changes, Editor, Refusal, readable, refuse};
use crate::model::{Id, Keyword, Position, Response, Term};

impl Editor<'_> {
    /// Returns the changes that give a management response to each recommendation of `ids`.
    ///
    /// # Errors
    /// Fails if a recommendation already has a complete response, or if the date or timescale of the answer is not
    /// allowed.
    pub fn respond(&self, ids: &[Id], answer: &Answer) -> Changes {
        readable("--response-text", &answer.text)?;
        if answer.response == Response::Awaited {
            return refuse(
                "`awaited` is not a response",
                "give management's response: accepted, partially-accepted or rejected",
            );
        }
        let items = self.items(ids)?.into_iter();
        items.map(|(id, item)| self.response(id, item, answer)).collect()
    }

    fn response(&self, id: &Id, item: Position, answer: &Answer) -> Result<Change, Refusal> {
        let why = ", but management responds only to recommendations";
        let index = self.whole(item, why, "name the recommendation:")?;
        let recommendation = self.recommendation(item);
        if recommendation.response != Response::Awaited {
            return self.response_text(id, index, answer);
        }
        let made = recommendation.item().made_on(self.plan.date);
        let on = answer.on.unwrap_or(made);
        if on < made {
            return refuse(
                format!("{id}: {on} is before the recommendation was made, on {made}"),
                format!("use `--on {made}` or a later date"),
            );
        }
        self.dated(id.as_str(), on)?;
        if let (Some(agreed), Some(later)) = (&recommendation.timescale, &answer.timescale)
            && agreed.term != Term::ToBeAgreed
        {
            return refuse(
                format!("recommendation {id} already has a timescale: {}", agreed.wording),
                format!(
                    "leave out `--timescale`, then run: plan extend {id} {} --reason WHY",
                    later.arguments()
                ),
            );
        }
        Ok(Change::Response { recommendation: index, answer: answer.clone() })
    }

    /// Returns the change that adds the text in `answer` to a response without a text.
    fn response_text(&self, id: &Id, index: usize, answer: &Answer) -> Result<Change, Refusal> {
        let recommendation = &self.plan.recommendations[index];
        let known = recommendation.response;
        let is_only_text = answer.response == known && answer.timescale.is_none();
        match (&recommendation.response_text, &answer.text) {
            (None, Some(text)) if is_only_text => {
                let text = Some(text.clone());
                let answer = Answer { response: known, on: None, text, timescale: None };
                Ok(Change::Response { recommendation: index, answer })
            }
            _ => refuse(
                format!("the response to recommendation {id} is already `{}`", known.word()),
                format!(
                    "if the published response is wrong, correct it: plan amend {id} response {} --reason WHY",
                    answer.response.word()
                ),
            ),
        }
    }
}
