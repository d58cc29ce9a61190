//! A cache for the standings of recommendations. A standing says which status and due date a recommendation has on a
//! day.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use crate::model::{Day, Plan, Position, RecommendationStanding, Status};

/// A cache for the standings of the recommendations of a plan. Each key is a day and the index of a recommendation.
pub struct Standings<'p> {
    plan: &'p Plan,
    known: RefCell<HashMap<(Day, usize), Rc<RecommendationStanding>>>,
}

impl<'p> Standings<'p> {
    pub fn of(plan: &'p Plan) -> Self {
        Self { plan, known: RefCell::default() }
    }

    /// Returns the standing of the recommendation with the index `index` on the day `day`.
    pub fn on(&self, day: Day, index: usize) -> Rc<RecommendationStanding> {
        let mut known = self.known.borrow_mut();
        let standing = || Rc::new(self.plan.standing_on_for(day, index));
        Rc::clone(known.entry((day, index)).or_insert_with(standing))
    }

    /// Returns the status of a recommendation or action on the day `day`. If the item was added after this day, returns
    /// [`Status::NotStarted`].
    pub fn status(&self, day: Day, (index, action): Position) -> Status {
        let standing = self.on(day, index);
        match standing.of(action) {
            Some(own) if action.is_some() => own.status,
            Some(_) => standing.by_entries,
            None => Status::NotStarted,
        }
    }
}
