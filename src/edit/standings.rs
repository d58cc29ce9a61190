//! The standings of recommendations, each computed once for all the changes of one command.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use crate::model::{Day, Plan, Position, RecommendationStanding, Status};

/// The standings of a plan that were asked for.
pub struct Standings<'p> {
    plan: &'p Plan,
    known: RefCell<HashMap<(Day, usize), Rc<RecommendationStanding>>>,
}

impl<'p> Standings<'p> {
    pub fn of(plan: &'p Plan) -> Self {
        Self { plan, known: RefCell::default() }
    }

    /// The standing of a recommendation on a day.
    pub fn on(&self, day: Day, index: usize) -> Rc<RecommendationStanding> {
        let mut known = self.known.borrow_mut();
        let standing = || Rc::new(self.plan.standing_on_for(day, index));
        Rc::clone(known.entry((day, index)).or_insert_with(standing))
    }

    /// The status of a recommendation or action by its entries; before it was added, nobody has begun it.
    pub fn status(&self, day: Day, (index, action): Position) -> Status {
        let standing = self.on(day, index);
        match standing.of(action) {
            Some(own) if action.is_some() => own.status,
            Some(_) => standing.by_entries,
            None => Status::NotStarted,
        }
    }
}
