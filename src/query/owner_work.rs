//! The open items of each owner.

use std::collections::HashMap;

use super::{Portfolio, Row, View};
use crate::model::same_person;

/// The open items of an owner.
pub struct OwnerWork<'v> {
    pub name: &'v str,
    pub email: Option<&'v str>,
    /// The rows in the order of the plans.
    pub rows: Vec<Row<'v>>,
}

impl Portfolio {
    /// Returns each owner who has open items, with these items. The owners in the `[[owner]]` tables of the plan come
    /// first. If a recommendation and some of its actions have the same owner, only the actions are listed for this
    /// owner.
    pub fn work_by_owner(&self) -> Vec<OwnerWork<'_>> {
        let mut all: Vec<OwnerWork<'_>> = Vec::new();
        for owner in self.views.iter().flat_map(|view| &view.plan.owners) {
            let at = place_of(&mut all, &owner.name);
            all[at].email = all[at].email.or(owner.email.as_deref());
        }
        let mut places: HashMap<(usize, &str), usize> = HashMap::new();
        for whole in self.recommendations().filter(Row::is_open) {
            // Actions come first, so that the recommendation is left out for an owner who already has one of its
            // actions.
            let actions = whole.actions().filter(Row::is_open);
            for row in actions.chain([whole]) {
                for owner in row.named() {
                    let place = places.entry((row.view.position, owner));
                    let at =
                        *place.or_insert_with(|| place_of(&mut all, row.view.owner_called(owner)));
                    let rows = &mut all[at].rows;
                    let is_known = rows.last().is_some_and(|last| {
                        std::ptr::eq(last.own, row.own)
                            || !row.is_action() && std::ptr::eq(last.whole, row.whole)
                    });
                    if !is_known {
                        rows.push(row);
                    }
                }
            }
        }
        all.retain(|work| !work.rows.is_empty());
        all
    }
}

impl<'v> Row<'v> {
    /// Returns the owners of the row. For a recommendation, these do not include the owners of its actions.
    fn named(&self) -> Vec<&'v str> {
        match self.is_action() {
            true => self.owners(),
            false => self.item().own_owners().iter().map(String::as_str).collect(),
        }
    }
}

impl View {
    /// Returns the main name of an owner in the `[[owner]]` tables of the plan. Returns `name` itself if no table has
    /// this name.
    pub fn owner_called<'v>(&'v self, name: &'v str) -> &'v str {
        let mut listed = self.plan.owners.iter();
        listed.find(|owner| owner.is_called(name)).map_or(name, |owner| &owner.name)
    }
}

/// Returns the index of the owner `name` in `all`. An owner who is not yet in `all` is added at the end.
fn place_of<'v>(all: &mut Vec<OwnerWork<'v>>, name: &'v str) -> usize {
    let known = all.iter().position(|work| same_person(work.name, name));
    known.unwrap_or_else(|| {
        all.push(OwnerWork { name, email: None, rows: Vec::new() });
        all.len() - 1
    })
}
