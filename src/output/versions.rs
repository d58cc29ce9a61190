//! What differs between two versions of plans: `plan diff` on a screen and in Markdown.

use super::{
    change_text::{Part, line, phrase},
    printable,
};
use crate::{
    doc::{
        Screen, absent,
        markdown::{self, escape},
        style::{DONE, LATE, STRONG, paint},
        table::{Column, Fit, layout},
    },
    model::{Day, ItemRef, Plan},
    plan_diff::{Difference, Item},
};

/// What differs between two versions of each plan that was asked about.
pub struct Diff<'a> {
    pub as_of: Day,
    /// The earlier commit, by its short name; `None` before the first one.
    pub from: Option<&'a str>,
    /// The later commit; `None` is the file as it is.
    pub to: Option<&'a str>,
    pub plans: Vec<PlanDiff<'a>>,
}

/// What differs between two versions of a plan.
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
    /// What the recommendation or action is called that a difference is about.
    pub fn name(&self, difference: &Difference) -> Option<&str> {
        difference.work(self.earlier, self.present).map(ItemRef::name)
    }
}

const NOTHING: &str = "Nothing differs.";

/// Tables, one a plan, with the path above each where there are several.
pub fn table(diff: &Diff<'_>, screen: Screen) -> String {
    let of_plan = |plan: &PlanDiff<'_>| {
        if plan.differences.is_empty() {
            return format!("{}\n", paint(DONE, NOTHING));
        }
        let row = |difference: &Difference| {
            vec![paint(STRONG, &id(&difference.item)), painted(&phrase(difference, None))]
        };
        let rows: Vec<Vec<String>> = plan.differences.iter().map(row).collect();
        let columns = [Column::new("ID", Fit::Always), Column::new("CHANGE", Fit::Words)];
        layout(&columns, &rows, screen)
    };
    let plans = diff.plans.iter().map(|plan| (plan.path.as_str(), of_plan(plan)));
    sections(plans.collect(), |path| format!("{}\n", paint(STRONG, path)))
}

/// The same in Markdown.
pub fn page(diff: &Diff<'_>) -> String {
    let of_plan = |plan: &PlanDiff<'_>| {
        if plan.differences.is_empty() {
            return format!("{NOTHING}\n");
        }
        let mut text = markdown::header(["Id", "Recommendation", "Change"].map(str::to_owned));
        for difference in &plan.differences {
            let name = plan.name(difference).map_or_else(absent, escape);
            let change = in_markdown(&phrase(difference, None));
            text.push_str(&markdown::line([escape(&id(&difference.item)), name, change]));
        }
        text
    };
    let plans = diff.plans.iter().map(|plan| (plan.path.as_str(), of_plan(plan)));
    sections(plans.collect(), |path| format!("## {}\n\n", escape(path)))
}

/// What there is to say of each plan, below a heading with its path where there are several.
pub fn sections(plans: Vec<(&str, String)>, heading: impl Fn(&str) -> String) -> String {
    if let [(_, only)] = plans.as_slice() {
        return only.clone();
    }
    let section = |(path, text): &(&str, String)| heading(&printable(path)) + text;
    plans.iter().map(section).collect::<Vec<_>>().join("\n")
}

/// The id of a recommendation or an action. The words of other differences say what they are about.
pub fn id(item: &Item) -> String {
    item.id().map_or_else(absent, ToString::to_string)
}

/// The parts on one line of a screen.
pub fn painted(parts: &[Part]) -> String {
    line(parts, |part, words| match part {
        Part::Plain(_) => words,
        Part::Gone(_) => paint(LATE, &words),
        Part::New(_) => paint(DONE, &words),
    })
}

fn in_markdown(parts: &[Part]) -> String {
    let part = |part: &Part| match part {
        Part::Plain(words) => escape(words),
        Part::Gone(words) => format!("~~{}~~", escape(words)),
        Part::New(words) => format!("**{}**", escape(words)),
    };
    parts.iter().map(part).collect::<Vec<_>>().join(" ")
}
