//! From the tables of a tree to the plan's types: a line a key, every fault noted.

mod policy;

use super::{
    fields::Fields,
    tree::{TableAt, Tree, table_at},
};
use crate::{
    checks::Finding,
    model::{
        Action, Amendment, Area, Day, Decision, Meeting, Plan, ProgressEntry, Recommendation,
        Response, Revision, Rule, Section, Timescale, Verification,
    },
};

type Faults = Vec<Finding>;

/// The plan that this tree holds, or the part of it, and the day it was published where that can be read.
pub fn plan(tree: &Tree<'_>, faults: &mut Faults) -> (Plan, Option<Day>) {
    let top = TableAt { keys: &tree.root, span: 0..0 };
    let read = Fields::read(tree, top, "the plan file", faults, |fields| {
        let (plan, published) = fields.table("plan", "`[plan]`", identity).unwrap_or_default();
        let read = |fields: &mut Fields<'_>| recommendation(fields, published);
        let plan = Plan {
            policy: fields.table("policy", "`[policy]`", policy::policy).unwrap_or_default(),
            areas: fields.list("area", "`[[area]]`", area),
            meetings: fields.list("meeting", "`[[meeting]]`", meeting),
            recommendations: fields
                .list("recommendation", RECOMMENDATION, read)
                .into_iter()
                .map(Into::into)
                .collect(),
            ..plan
        };
        (plan, published)
    });
    if !tree.root.contains_key("plan") {
        faults.push(no_plan());
    }
    read
}

const RECOMMENDATION: &str = "`[[recommendation]]`";

/// The first recommendation of the tree, of a plan that was published on this day.
pub fn first_recommendation(
    tree: &Tree<'_>,
    published: Option<Day>,
    faults: &mut Faults,
) -> Option<Recommendation> {
    let table = table_at(tree.first_recommendation()?)?;
    Fields::read(tree, table, RECOMMENDATION, faults, |fields| recommendation(fields, published))
}

/// What `[plan]` says, and the plan's date where it can be read.
fn identity(fields: &mut Fields<'_>) -> (Plan, Option<Day>) {
    fields.format();
    let date = fields.required_day("date");
    let plan = Plan {
        title: fields.required_text("title", "\"…\""),
        body: fields.text("body"),
        committee: fields.text("committee"),
        report: fields.text("report"),
        date: date.unwrap_or_default(),
        by: fields.text("by"),
        author: fields.text("author"),
        summary: fields.text("summary"),
        sections: fields.list("section", "`[[plan.section]]`", section),
        extra: fields.extra(),
        ..Plan::default()
    };
    (plan, date)
}

fn section(fields: &mut Fields<'_>) -> Option<Section> {
    Some(Section {
        heading: fields.required_text("heading", "\"…\""),
        text: fields.required_text("text", "\"…\""),
    })
}

fn area(fields: &mut Fields<'_>) -> Option<Area> {
    Some(Area {
        id: fields.required_text("id", "\"short-name\""),
        title: fields.required_text("title", "\"…\""),
    })
}

fn meeting(fields: &mut Fields<'_>) -> Option<Meeting> {
    fields.require("date", "2003-12-31");
    let date = fields.period("date");
    let title = fields.text("title");
    Some(Meeting { date: date?, title })
}

fn recommendation(fields: &mut Fields<'_>, published: Option<Day>) -> Option<Recommendation> {
    let id = fields.id("\"5\"");
    let date = fields.day("date");
    // Lengths of time count from the day it was made.
    let made = date.max(published);
    let read_action = |fields: &mut Fields<'_>| action(fields, made);
    Some(Recommendation {
        id,
        date,
        title: fields.text("title"),
        area: fields.text("area"),
        priority: fields.text("priority"),
        owner: fields.names("owner"),
        text: fields.required_text("text", "\"…\""),
        response: fields.word("response").unwrap_or(Response::Accepted),
        response_on: fields.day("response_on"),
        response_text: fields.text("response_text"),
        timescale: read_or_placeholder(fields, made),
        review: fields.period("review"),
        revisions: fields.list("revisions", REVISION, revision),
        progress: fields.list("progress", PROGRESS, progress),
        verification: fields.list("verification", "a `verification` entry", verification),
        amendments: fields.list("amendments", AMENDMENT, amendment),
        actions: fields.list("action", "`[[recommendation.action]]`", read_action),
        extra: fields.extra(),
    })
}

fn action(fields: &mut Fields<'_>, made: Option<Day>) -> Option<Action> {
    Some(Action {
        id: fields.id("\"5.1\""),
        owner: fields.names("owner"),
        text: fields.required_text("text", "\"…\""),
        timescale: read_or_placeholder(fields, made),
        revisions: fields.list("revisions", REVISION, revision),
        progress: fields.list("progress", PROGRESS, progress),
        amendments: fields.list("amendments", AMENDMENT, amendment),
        extra: fields.extra(),
    })
}

const REVISION: &str = "a `revisions` entry";
const PROGRESS: &str = "a `progress` entry";
const AMENDMENT: &str = "an `amendments` entry";

fn progress(fields: &mut Fields<'_>) -> Option<ProgressEntry> {
    let on = fields.required_day("on");
    let status = fields.required_word("status");
    let outlook = fields.word("outlook");
    let by = fields.text("by");
    let note = fields.text("note");
    let evidence = fields.texts("evidence").unwrap_or_default();
    Some(ProgressEntry { on: on?, status: status?, outlook, by, note, evidence })
}

fn revision(fields: &mut Fields<'_>) -> Option<Revision> {
    let on = fields.required_day("on");
    fields.require("to", "\"December 2003\"");
    let to = fields.timescale("to", on);
    let reason = fields.text("reason");
    let decision: Option<Decision> = fields.word("decision");
    let by = match decision.is_some_and(Decision::is_answer) {
        true => Some(fields.required_text("by", "\"…\"")),
        false => fields.text("by"),
    };
    Some(Revision { on: on?, to: to?, reason, by, decision })
}

fn verification(fields: &mut Fields<'_>) -> Option<Verification> {
    let on = fields.required_day("on");
    let by = fields.required_text("by", "\"…\"");
    let result = fields.required_word("result");
    let note = fields.text("note");
    let evidence = fields.texts("evidence").unwrap_or_default();
    Some(Verification { on: on?, by, result: result?, note, evidence })
}

fn amendment(fields: &mut Fields<'_>) -> Option<Amendment> {
    let on = fields.required_day("on");
    let key = fields.required_word("key");
    let was = fields.text("was");
    let reason = fields.required_text("reason", "\"…\"");
    let by = fields.text("by");
    Some(Amendment { on: on?, key: key?, was, reason, by })
}

/// A timescale that could not be read is faulted once; it is not missing as well.
fn read_or_placeholder(fields: &mut Fields<'_>, made: Option<Day>) -> Option<Timescale> {
    let timescale = fields.timescale("timescale", made);
    timescale.or_else(|| fields.has("timescale").then(Timescale::unreadable))
}

fn no_plan() -> Finding {
    Finding::new(Rule::MissingKey, 0..0, "the file has no `[plan]` table")
        .label("a plan begins with it")
        .help("begin with `[plan]`, `title = \"…\"` and `date = 2003-05-08`, the day it was published")
}
