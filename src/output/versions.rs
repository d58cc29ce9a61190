//! The differences of two versions of plans: the answer of `plan diff`.

use super::{change_text::phrase, printable};
use crate::{
    doc::{
        Column, Doc, Fit, Line, Table, absent,
        style::{DONE, STRONG},
    },
    model::{Day, ItemRef, Plan, to_single_line},
    plan_diff::{Difference, Item},
};

/// The differences between two versions of each plan that was asked about.
pub struct Diff<'a> {
    pub as_of: Day,
    /// The earlier commit, by its short name; `None` before the first one.
    pub from: Option<&'a str>,
    /// The later commit; `None` is the file as it is.
    pub to: Option<&'a str>,
    pub plans: Vec<PlanDiff<'a>>,
}

/// The differences between two versions of a plan.
pub struct PlanDiff<'a> {
    /// The path of the plan in its repository.
    pub path: String,
    /// `None` where there was no plan before.
    pub earlier: Option<&'a Plan>,
    /// `None` where the plan is gone.
    pub present: Option<&'a Plan>,
    pub differences: Vec<Difference>,
}

impl PlanDiff<'_> {
    /// The title of the recommendation or action that a difference is about.
    pub fn name(&self, difference: &Difference) -> Option<&str> {
        difference.work(self.earlier, self.present).map(ItemRef::name)
    }
}

/// Tables, one a plan, with the path above each where there are several.
pub fn document(diff: &Diff<'_>) -> Doc {
    let mut doc = Doc::default();
    for plan in &diff.plans {
        begin_plan(&mut doc, &plan.path, diff.plans.len());
        if plan.differences.is_empty() {
            doc.say(Line::styled(DONE, "Nothing differs."));
            continue;
        }
        let row = |difference: &Difference| {
            let name = plan.name(difference).map_or_else(absent, to_single_line);
            let words = phrase(difference, None);
            vec![Line::styled(STRONG, id(&difference.item)), name.into(), words]
        };
        let columns = [
            Column::new("Id", Fit::Always),
            Column::new("Recommendation", Fit::OnPaper),
            Column::new("Change", Fit::Words),
        ];
        doc.table(Table::new(columns, plan.differences.iter().map(row).collect()));
    }
    doc
}

/// A heading with the path of the next plan, where there are several.
pub fn begin_plan(doc: &mut Doc, path: &str, plans: usize) {
    if plans > 1 {
        if !doc.0.is_empty() {
            doc.gap();
        }
        doc.heading(2, printable(path));
    }
}

/// The id of a recommendation or an action. The words of other differences say what they are about.
pub fn id(item: &Item) -> String {
    item.id().map_or_else(absent, ToString::to_string)
}
