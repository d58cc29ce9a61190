//! The standings of recommendations, computed once for all changes of one command.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use crate::model::{Day, Plan, Position, RecommendationStanding, Status};

/// A cache of the standings that a plan's recommendations have on some days.
pub struct Standings<'p> {
    plan: &'p Plan,
    known: RefCell<HashMap<(Day, usize), Rc<RecommendationStanding>>>,
}

impl<'p> Standings<'p> {
    pub fn of(plan: &'p Plan) -> Self {
        Self { plan, known: RefCell::default() }
    }

    /// Returns the standing that the recommendation at an index has on a day.
    pub fn on(&self, day: Day, index: usize) -> Rc<RecommendationStanding> {
        let mut known = self.known.borrow_mut();
        let standing = || Rc::new(self.plan.standing_on_for(day, index));
        Rc::clone(known.entry((day, index)).or_insert_with(standing))
    }

    /// Returns the status of a recommendation or action on a day, according to its entries. An item that was added
    /// later is not started.
    pub fn status(&self, day: Day, (index, action): Position) -> Status {
        let standing = self.on(day, index);
        match standing.of(action) {
            Some(own) if action.is_some() => own.status,
            Some(_) => standing.by_entries,
            None => Status::NotStarted,
        }
    }
}
