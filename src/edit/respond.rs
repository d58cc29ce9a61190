//! Decides whether an answer that was awaited may be given.

use super::{Answer, Change, Editor, Refusal, readable, refuse, value::folded};
use crate::model::{Id, Keyword, Position, Response};

impl Editor<'_> {
    /// Gives the answer to each of `ids`.
    ///
    /// # Errors
    /// The response is not awaited, or the answer lacks what it must say.
    pub fn respond(&self, ids: &[Id], answer: &Answer) -> Result<Vec<Change>, Refusal> {
        readable("--response-text", &answer.text)?;
        if answer.response == Response::Awaited {
            return refuse("`awaited` is no answer", "give management's response");
        }
        let items = self.items(ids)?.into_iter();
        items.map(|(id, item)| self.response(id, item, answer)).collect()
    }

    fn response(&self, id: &Id, item: Position, answer: &Answer) -> Result<Change, Refusal> {
        let why = ": management responds to a recommendation";
        let index = self.whole(item, why, "name its recommendation:")?;
        let recommendation = self.recommendation(item);
        if recommendation.response != Response::Awaited {
            let response = recommendation.response.word();
            return refuse(
                format!("the response to recommendation {id} is `{response}`, not awaited"),
                format!(
                    "where it was published wrongly: plan amend {id} response VALUE --reason WHY"
                ),
            );
        }
        let made = recommendation.made_on(self.plan.date);
        if answer.on < made {
            return refuse(
                format!("{id}: {} is before the recommendation was made, on {made}", answer.on),
                format!("give `--on {made}` or a later day"),
            );
        }
        self.dated(id.as_str(), answer.on, None)?;
        if let (Some(agreed), Some(_)) = (&recommendation.timescale, &answer.timescale) {
            return refuse(
                format!("recommendation {id} has a timescale: {}", agreed.wording),
                format!(
                    "leave `--timescale` out, and then: plan extend {id} TIMESCALE --reason WHY"
                ),
            );
        }
        let text = answer.text.as_deref().map(folded);
        Ok(Change::Response { recommendation: index, answer: Answer { text, ..answer.clone() } })
    }
}
