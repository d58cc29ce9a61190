//! The answer of `plan diff`: the differences between two versions of each plan.

use super::{change_text::phrase, printable};
use crate::{
    doc::{
        Column, Doc, Fit, Line, Table, absent,
        style::{DONE, STRONG},
    },
    model::{Day, ItemRef, Plan, to_single_line},
    plan_diff::{Difference, Item},
};

/// The answer of `plan diff`: the differences between two versions of each requested plan.
pub struct Diff<'a> {
    pub as_of: Day,
    /// The short name of the earlier commit; `None` if the repository has no commit.
    pub from: Option<&'a str>,
    /// The short name of the later commit; `None` for the file on disk.
    pub to: Option<&'a str>,
    pub plans: Vec<PlanDiff<'a>>,
}

/// The differences between two versions of a plan.
pub struct PlanDiff<'a> {
    /// The path of the plan in the git repository.
    pub path: String,
    /// The earlier version; `None` if the plan is new.
    pub earlier: Option<&'a Plan>,
    /// The later version; `None` if the plan was deleted.
    pub present: Option<&'a Plan>,
    pub differences: Vec<Difference>,
}

impl PlanDiff<'_> {
    /// Returns the title or the text of the changed recommendation or action; `None` if another part of the plan
    /// changed.
    pub fn name(&self, difference: &Difference) -> Option<&str> {
        difference.work(self.earlier, self.present).map(ItemRef::name)
    }
}

/// Builds a document with a table of differences for each plan.
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

/// Adds a heading with the path of a plan, if there are several plans.
pub fn begin_plan(doc: &mut Doc, path: &str, plans: usize) {
    if plans > 1 {
        if !doc.0.is_empty() {
            doc.gap();
        }
        doc.heading(2, printable(path));
    }
}

/// Returns the id of a recommendation or action, or a dash for any other item.
pub fn id(item: &Item) -> String {
    item.id().map_or_else(absent, ToString::to_string)
}
