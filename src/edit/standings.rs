//! A cache for the standings of recommendations. A standing says which status and due date a recommendation has on a
//! day.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use crate::model::{Day, Plan, Position, RecommendationStanding, Status};

/// A cache of the standings of a plan's recommendations, by day and recommendation.
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

    /// Returns the status of a recommendation or action on the day `day`. An item that is added after this day counts
    /// as not started.
    pub fn status(&self, day: Day, (index, action): Position) -> Status {
        let standing = self.on(day, index);
        match standing.of(action) {
            Some(own) if action.is_some() => own.status,
            Some(_) => standing.by_entries,
            None => Status::NotStarted,
        }
    }
}
