//! Splits a file that contains the rows of several plans. A column names the plan of each row. On sheets without this
//! column, the ids of the rows show the plan.

use std::collections::HashMap;

use super::{
    account::RowPlace,
    build::{by_pattern, same_sheet},
    mapping::{Mapping, SheetMapping},
    source::Source,
    table::{Row, Sheet},
    target::Target,
    view::{SheetView, prepared},
};

/// A file with the rows of several plans, and the plan of each row.
pub struct Parts<'s> {
    source: &'s Source,
    /// The names of the plans, in the order in which they occur in the file.
    pub names: Vec<String>,
    sheets: Vec<Part>,
    /// A map from the ids of rows to the indices of their plans. The index is `None` if several plans use the same id.
    ids: HashMap<String, Option<usize>>,
    /// The rows for which no plan was found.
    pub without: Vec<RowPlace>,
}

/// The plan of each row in a sheet.
#[derive(Default)]
struct Part {
    /// The number of the first row of data. The rows above this row belong to every plan.
    first: u32,
    plans: HashMap<u32, usize>,
}

impl<'s> Parts<'s> {
    /// Finds the plan of each row in a file. Returns `None` if the mapping has no column that names the plan. Two names
    /// mean the same plan if `short` returns the same text for both.
    pub fn of(source: &'s Source, mapping: &Mapping, short: fn(&str) -> String) -> Option<Self> {
        let is_plan = |target| matches!(target, Target::Plan);
        let has_plans = |sheet: &&SheetMapping| sheet.headers(is_plan).next().is_some();
        let (with, others): (Vec<_>, Vec<_>) = mapping.sheet.iter().partition(has_plans);
        if with.is_empty() {
            return None;
        }
        let sheets = source.sheets.iter().map(|_| Part::default()).collect();
        let (names, ids, without) = (Vec::new(), HashMap::new(), Vec::new());
        let read: Vec<usize> =
            mapping.sheet.iter().filter_map(|sheet| same_sheet(source, &sheet.name)).collect();
        let mut parts = Self { source, names, sheets, ids, without };
        let mut known: HashMap<String, usize> = HashMap::new();
        for sheet in with {
            parts.sheet(sheet, |parts, view, row| {
                let name = view.said(row, sheet.headers(is_plan))?;
                let next = parts.names.len();
                let plan = *known.entry(short(name)).or_insert(next);
                if plan == next {
                    parts.names.push(name.to_owned());
                }
                let id = id_of(sheet, view, row)?;
                let of = parts.ids.entry(id).or_insert(Some(plan));
                *of = of.filter(|known| *known == plan);
                Some(plan)
            });
        }
        for sheet in others {
            parts.sheet(sheet, |parts, view, row| match row.parent {
                Some(parent) => parts.sheets.first()?.plans.get(&parent).copied(),
                None => parts.ids.get(&id_of(sheet, view, row)?).copied().flatten(),
            });
        }
        // Sheets that are not in the mapping go to the first plan only, so that they are reported once.
        for at in (0..source.sheets.len()).filter(|at| !read.contains(at)) {
            let numbers = source.sheets[at].rows.iter().map(|row| (row.number, 0));
            parts.sheets[at].plans.extend(numbers);
        }
        Some(parts)
    }

    /// Records the plan of each row in a sheet. `plan_of` finds the plan of a row.
    fn sheet(
        &mut self,
        mapping: &SheetMapping,
        mut plan_of: impl FnMut(&mut Self, &SheetView<'_>, &Row) -> Option<usize>,
    ) {
        let Some(at) = same_sheet(self.source, &mapping.name) else { return };
        let sheet = prepared(&self.source.sheets[at], mapping);
        let Some(view) = SheetView::of(&sheet, mapping) else { return };
        self.sheets[at].first = view.rows().next().map_or(u32::MAX, |row| row.number);
        for row in view.rows() {
            match plan_of(self, &view, row) {
                Some(plan) => drop(self.sheets[at].plans.insert(row.number, plan)),
                None => self.without.push(RowPlace { sheet: at, row: row.number }),
            }
        }
    }

    /// Returns a copy of the file that contains only the rows of one plan.
    pub fn part(&self, plan: usize) -> Source {
        let sheet = |(sheet, part): (&Sheet, &Part)| {
            let is_of = |number: u32| {
                number < part.first || part.plans.get(&number).is_some_and(|of| *of == plan)
            };
            let rows = sheet.rows.iter().filter(|row| is_of(row.number)).cloned();
            let blanks = sheet.blanks.iter().filter(|blank| is_of(blank.row)).cloned();
            let merged = sheet.merged.iter().filter(|area| is_of(area.rows.0)).copied();
            Sheet {
                name: sheet.name.clone(),
                visibility: sheet.visibility,
                rows: rows.collect(),
                hidden_columns: sheet.hidden_columns.clone(),
                merged: merged.collect(),
                blanks: blanks.collect(),
                refused: sheet.refused.clone(),
            }
        };
        Source {
            path: self.source.path.clone(),
            sheets: self.source.sheets.iter().zip(&self.sheets).map(sheet).collect(),
            unit: self.source.unit,
            notes: self.source.notes.clone(),
        }
    }
}

/// Returns the id that shows to which plan a row belongs: the id of the recommendation to which the row refers, or else
/// the id of the row itself. Returns `None` if the row has neither.
fn id_of(sheet: &SheetMapping, view: &SheetView<'_>, row: &Row) -> Option<String> {
    if let Some(pattern) = &sheet.id {
        return by_pattern(pattern, view, row);
    }
    let refers = sheet.headers(|target| target == Target::Recommendation);
    let own = sheet.headers(Target::is_id);
    view.said(row, refers).or_else(|| view.said(row, own)).map(str::to_owned)
}
