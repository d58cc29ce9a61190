//! Decides which recommendations, actions and meetings may be added to a plan.

use super::{Change, Editor, Refusal, Target, readable, refuse};
use crate::model::{Action, Id, Meeting, Period, Recommendation, Timescale};

/// The content of a new recommendation.
pub struct NewRecommendation {
    pub id: Option<Id>,
    pub area: Option<String>,
    pub priority: Option<String>,
    pub text: String,
    pub timescale: Timescale,
}

impl Editor<'_> {
    /// Adds a recommendation with the next free id, unless one is given.
    ///
    /// # Errors
    /// The id is taken, or the area or priority is not the plan's.
    pub fn add_recommendation(&self, new: NewRecommendation) -> Result<Change, Refusal> {
        readable("--text", &new.text)?;
        let id = match new.id {
            Some(id) => id,
            None => self.next_recommendation_id()?,
        };
        self.free(&id)?;
        if let Some(area) = &new.area
            && let Some(help) = self.plan.unknown_area(area)
        {
            return refuse(format!("the plan has no area `{area}`"), help);
        }
        if let Some(priority) = &new.priority
            && let Some(help) = self.plan.policy.unknown_priority(priority)
        {
            return refuse(format!("the plan has no priority `{priority}`"), help);
        }
        Ok(Change::Recommendation(Recommendation {
            area: new.area,
            priority: new.priority,
            timescale: Some(new.timescale),
            ..Recommendation::new(id, new.text)
        }))
    }

    fn free(&self, id: &Id) -> Result<(), Refusal> {
        if self.targets.contains_key(id.as_str()) {
            return refuse(
                format!("the id `{id}` is taken"),
                "leave `--id` out for the next free one",
            );
        }
        Ok(())
    }

    fn next_recommendation_id(&self) -> Result<Id, Refusal> {
        let numbers =
            self.plan.recommendations.iter().map(|known| known.id.as_str().parse::<u64>().ok());
        let Some(highest) = numbers.collect::<Option<Vec<u64>>>() else {
            return refuse(
                "the plan's ids are not plain numbers, so the next one is not known",
                "say it with `--id ID`",
            );
        };
        let next = highest.into_iter().max().unwrap_or(0).saturating_add(1);
        Ok(Id::parse(next.to_string()).unwrap_or_else(|_| Id::unreadable()))
    }

    /// Adds an action with the next free id to the recommendation `id`.
    ///
    /// # Errors
    /// There is no such recommendation.
    pub fn add_action(
        &self,
        id: &Id,
        text: String,
        owner: Option<String>,
        timescale: Option<Timescale>,
    ) -> Result<Change, Refusal> {
        readable("--text", &text)?;
        if let Some(owner) = &owner {
            readable("--owner", owner)?;
        }
        let Target::Recommendation(index) = self.target(id)? else {
            return refuse(
                format!("{id} is an action, and actions have no actions"),
                format!("name its recommendation: {}", self.recommendation(self.target(id)?).id),
            );
        };
        let id = self.plan.recommendations[index].next_action_id();
        self.free(&id)?;
        let action = Action { owner, timescale, ..Action::new(id, text) };
        Ok(Change::Action { target: index, action })
    }

    /// Adds a meeting.
    ///
    /// # Errors
    /// The plan has a meeting on that date.
    pub fn add_meeting(&self, date: Period, title: Option<String>) -> Result<Change, Refusal> {
        if let Some(title) = &title {
            readable("--title", title)?;
        }
        if self.plan.meetings.iter().any(|meeting| meeting.date == date) {
            return refuse(format!("the plan has a meeting on {date}"), "a date stands once");
        }
        Ok(Change::Meeting(Meeting { date, title }))
    }
}
