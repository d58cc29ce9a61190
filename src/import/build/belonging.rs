//! Reads rows that refer to a recommendation in another row: rows with details, actions or entries.

use super::{Builder, ReadColumn, beginning, by_pattern};
use crate::{
    import::{
        account::RowPlace,
        draft::{Draft, id_of},
        mapping::SheetMapping,
        table::Row,
        view::SheetView,
    },
    model::{Decision, Id, Recommendations},
};

impl Builder<'_> {
    pub(super) fn details(
        &mut self,
        sheet: &SheetMapping,
        columns: &[ReadColumn<'_>],
        row: &Row,
        place: RowPlace,
    ) {
        let mut probe = Draft::new(place, self.day);
        let mut others = Draft::new(place, self.day);
        let ids: Vec<ReadColumn<'_>> = columns
            .iter()
            .filter(|read| read.targets.iter().any(|target| target.is_id()))
            .cloned()
            .collect();
        self.read(sheet, &ids, row, &mut probe, &mut others);
        let Some((known, _)) = self.target(&probe.given_id, row) else {
            return self.account.unplaced(
                place,
                "id",
                &probe.given_id,
                "no recommendation in the other sheets has this id",
            );
        };
        let mut draft = self.drafts[known].clone();
        let (given, own_place) = (draft.given_id.clone(), draft.place);
        draft.place = place;
        self.read(sheet, columns, row, &mut draft, &mut others);
        (draft.given_id, draft.place) = (given, own_place);
        draft.settle(&self.by);
        self.drafts[known] = draft;
        if !others.is_empty() {
            self.add_action(known, others);
        }
    }

    /// Finds the item to which a row belongs. The drafts from the file are searched first, and then the plan. Returns
    /// the index of the recommendation's draft and, for an action, the index of the action in this draft. Returns
    /// `None` if no item is found.
    pub(super) fn target(&mut self, id: &str, row: &Row) -> Option<(usize, Option<usize>)> {
        if let Some(parent) = row.parent.filter(|_| id.is_empty()) {
            return self.rows.get(&parent).map(|draft| (*draft, None));
        }
        let by_reference = || {
            let draft =
                self.drafts.iter().position(|draft| draft.record.reference.as_deref() == Some(id));
            draft.map(|draft| (draft, None))
        };
        let found = id_of(id).and_then(|id| self.ids.get(id.as_str()).copied());
        found.or_else(by_reference).or_else(|| self.known(id, row))
    }

    /// Finds the plan's item that has this id, or this number in the printed report, and adds an empty draft for it.
    /// Returns the index of the recommendation's draft and, for an action, the index of the action in this draft.
    /// Returns `None` if the plan does not have the item.
    fn known(&mut self, id: &str, row: &Row) -> Option<(usize, Option<usize>)> {
        let made = id_of(id);
        let named = [Some(id), made.as_ref().map(Id::as_str)].into_iter().flatten();
        let (index, action) =
            named.filter_map(|id| self.known.get(id)).next().copied().flatten()?;
        let whole = self.plan?.recommendations.get(index)?;
        let place = RowPlace { sheet: 0, row: row.number };
        let at = match self.ids.get(whole.id.as_str()) {
            Some((at, _)) => *at,
            None => {
                self.drafts.push(Draft::known(whole.item(), place, self.day));
                self.ids.insert(whole.id.to_string(), (self.drafts.len() - 1, None));
                self.drafts.len() - 1
            }
        };
        if let Some(action) = action {
            let item = whole.items().nth(action + 1)?;
            let actions = &mut self.drafts[at].actions;
            actions.push(Draft::known(item, place, self.day));
            self.ids.insert(item.id().to_string(), (at, Some(actions.len() - 1)));
            return Some((at, Some(actions.len() - 1)));
        }
        Some((at, None))
    }

    /// Returns the ids of all recommendations in the file and in the plan.
    pub(super) fn recommendation_ids(&self) -> Vec<Id> {
        let of_plan = self.plan.into_iter().flat_map(|plan| &plan.recommendations);
        let drafts = self.drafts.iter().map(|draft| &draft.record.id);
        drafts.chain(of_plan.map(|known| &known.id)).cloned().collect()
    }

    pub(super) fn action(
        &mut self,
        view: &SheetView<'_>,
        sheet: &SheetMapping,
        columns: &[ReadColumn<'_>],
        row: &Row,
        place: RowPlace,
        known: &Recommendations<'_>,
    ) {
        let (mut own, mut none) = (Draft::new(place, self.day), Draft::new(place, self.day));
        self.read(sheet, columns, row, &mut own, &mut none);
        if let Some(pattern) = &sheet.id {
            own.given_id = by_pattern(pattern, view, row).unwrap_or_default();
        }
        let whole = match own.given_whole.is_empty() && row.parent.is_none() {
            false => self.target(&own.given_whole, row),
            true => {
                let id = id_of(&own.given_id);
                let whole = id.as_ref().and_then(|id| known.of(id)).map(str::to_owned);
                whole.and_then(|whole| self.target(&whole, row))
            }
        };
        let Some((whole, _)) = whole else {
            let named = if own.given_whole.is_empty() { own.given_id } else { own.given_whole };
            return self.account.unplaced(
                place,
                "recommendation",
                &named,
                "no recommendation in the file has this id",
            );
        };
        self.add_action(whole, own);
    }

    pub(super) fn add_action(&mut self, whole: usize, mut action: Draft) {
        action.settle(&self.by);
        let id = &self.drafts[whole].record.id;
        let is_free =
            |made: &Id| made.under(id.as_str()).is_some() && !self.ids.contains_key(made.as_str());
        let given = action.given_id.clone();
        let named = id_of(&given).filter(|made| is_free(made));
        let below =
            || id_of(&format!("{id}.{given}")).filter(|made| !given.is_empty() && is_free(made));
        let next = || {
            let first = self.drafts[whole].actions.len() + 1;
            (first..)
                .take(100_000)
                .find_map(|number| id_of(&format!("{id}.{number}")).filter(|made| is_free(made)))
        };
        let Some(made) = named.or_else(below).or_else(next) else {
            return self.account.unplaced(
                action.place,
                "action.id",
                &given,
                "there is no free id for this action",
            );
        };
        if !given.is_empty() && given != made.as_str() && action.record.reference.is_none() {
            action.record.reference = Some(given);
        }
        self.ids.insert(made.as_str().to_owned(), (whole, Some(self.drafts[whole].actions.len())));
        action.record.id = made;
        self.drafts[whole].actions.push(action);
    }

    /// Reads a row that contains one entry of an item, and adds the entry to the item's draft.
    pub(super) fn entry(
        &mut self,
        sheet: &SheetMapping,
        columns: &[ReadColumn<'_>],
        row: &Row,
        place: RowPlace,
    ) {
        let (mut own, mut none) = (Draft::new(place, self.day), Draft::new(place, self.day));
        self.read(sheet, columns, row, &mut own, &mut none);
        let Some((draft, action)) = self.target(&own.given_id, row) else {
            return self.account.unplaced(
                place,
                "id",
                &own.given_id,
                "no recommendation or action in the file has this id",
            );
        };
        // `settle` overwrites the person whom the row names, so the name is saved first.
        let said = own.latest.progress.first().and_then(|entry| entry.by.clone());
        let agreed = own.latest.revisions.first().and_then(|entry| entry.by.clone());
        own.settle(&self.by);
        for entry in &mut own.latest.progress {
            entry.by.clone_from(&said);
        }
        for entry in &mut own.latest.revisions {
            let is_answer = entry.decision.is_some_and(Decision::is_answer);
            entry.by = agreed.clone().or_else(|| entry.by.take().filter(|_| is_answer));
        }
        if own.latest.is_empty() {
            return self.account.unplaced(
                place,
                "",
                &beginning(row),
                "the row has nothing to record",
            );
        }
        let draft = &mut self.drafts[draft];
        let item = match action {
            Some(action) => &mut draft.actions[action],
            None => draft,
        };
        item.entries.extend(own.latest);
    }
}
