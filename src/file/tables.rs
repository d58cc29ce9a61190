//! Converts the tables of a parsed text to the types of the plan, and collects all errors.

use std::sync::LazyLock;

use toml::de::DeValue;

use super::{
    fields::Fields,
    tree::{TableAt, Tree, table_at},
};
use crate::{
    checks::Finding,
    model::{
        Area, Day, MOST_FORMAT, Meeting, Nested, Owner, Plan, Policy, Recommendation, Rule, Shape,
        keys::{freely, record},
    },
};

type Faults = Vec<Finding>;

record! {
    /// The tables at the top of the file.
    pub struct PlanTables as "the plan file" {
        /// The title, the date, the author and other facts about the plan.
        plan: Option<Plan> = freely("Plan"),
        /// The plan's own rules.
        policy: Option<Policy> = freely("Policy"),
        /// The headings under which recommendations were made.
        area: Vec<Area> = freely("Areas"),
        /// Who owns work.
        owner: Vec<Owner> = freely("Owners"),
        /// When the committee looks at progress.
        meeting: Vec<Meeting> = freely("Meetings"),
        /// The recommendations.
        recommendation: Vec<Recommendation> [from plan] = freely("Recommendations"),
    }
}

/// All records of the plan format, each of them once. The first record describes the whole file.
pub static RECORDS: LazyLock<Vec<Nested>> = LazyLock::new(|| {
    fn add(record: Nested, all: &mut Vec<Nested>) {
        if all.iter().any(|known| known.name == record.name) {
            return;
        }
        all.push(record);
        for key in record.keys {
            if let Shape::Table(below) | Shape::Tables(below) = key.shape {
                add(below, all);
            }
        }
    }
    let mut all = Vec::new();
    add(Nested::of::<PlanTables>(), &mut all);
    all
});

/// Returns the plan in a parsed text, and its publication date if this date could be read. Unreadable parts of the plan
/// are left out.
pub fn plan(tree: &Tree<'_>, faults: &mut Faults) -> (Plan, Option<Day>) {
    let top = TableAt { keys: &tree.root, span: 0..0 };
    let read: Option<PlanTables> = Fields::read(tree, top, None, faults);
    if !tree.root.contains_key("plan") {
        faults.push(no_plan());
    }
    faults.extend(newer_format(tree));
    let Some(file) = read else {
        return Default::default();
    };
    let published = file.plan.as_ref().map(|plan| plan.date);
    let plan = Plan {
        policy: file.policy.unwrap_or_default(),
        areas: file.area,
        owners: file.owner,
        meetings: file.meeting,
        recommendations: file.recommendation.into_iter().map(Into::into).collect(),
        ..file.plan.unwrap_or_default()
    };
    (plan, published)
}

/// Reads the first recommendation in a parsed text. The argument `published` is the publication date of the plan.
pub fn first_recommendation(
    tree: &Tree<'_>,
    published: Option<Day>,
    faults: &mut Faults,
) -> Option<Recommendation> {
    let table = table_at(tree.first_recommendation()?)?;
    Fields::read(tree, table, published, faults)
}

/// Returns an error if the plan has a format that this program does not know.
fn newer_format(tree: &Tree<'_>) -> Option<Finding> {
    const KNOWN: i64 = 1;
    let value = tree.root.get("plan")?.get_ref().get("format")?;
    let DeValue::Integer(number) = value.get_ref() else { return None };
    let format = i64::from_str_radix(number.as_str(), number.radix()).ok()?;
    let title = format!(
        "the plan has format {format}, but this version of `plan` reads only format {KNOWN}"
    );
    (KNOWN < format && format <= MOST_FORMAT.into()).then(|| {
        Finding::new(Rule::NewerFormat, tree.bytes(value.span()), title)
            .label("needs a newer version of `plan`")
            .help("install a newer version of `plan`")
    })
}

fn no_plan() -> Finding {
    Finding::new(Rule::MissingKey, 0..0, "the file has no `[plan]` table")
        .label("a plan begins with `[plan]`")
        .help("begin with `[plan]`, `title = \"…\"` and `date = 2003-05-08`, the day the plan was published")
}

#[cfg(test)]
mod tests {
    use super::{super::pieces::OTHERS, PlanTables};
    use crate::model::Record as _;

    #[test]
    fn a_plan_is_cut_by_the_tables_that_the_format_has() {
        let names = PlanTables::KEYS.iter().map(|key| key.name);
        let others: Vec<&str> = names.filter(|name| *name != "recommendation").collect();
        assert_eq!(others, OTHERS);
    }
}
