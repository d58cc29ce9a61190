//! JSON: one object an answer, its keys the words of the plan file, an absent value `null`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::Checked;
use crate::{
    model::{
        Day, Finish, Lateness, Level, Period, Plan, Revision, Rule, Status, Timing, Verification,
        Version, Word,
    },
    query::{Counts, Portfolio, Row},
    store::{Fault, Lines},
};

/// Grows only when a key changes meaning or goes.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Answer<'a, T> {
    schema: u32,
    kind: &'a str,
    as_of: Day,
    plan: Option<Identity<'a>>,
    #[serde(flatten)]
    answer: T,
}

#[derive(Serialize)]
struct Identity<'a> {
    title: &'a str,
    body: Option<&'a str>,
    committee: Option<&'a str>,
    report: Option<&'a str>,
    date: Day,
}

#[derive(Serialize)]
struct Rows<T> {
    rows: Vec<T>,
}

/// One recommendation or action; CSV has the same names.
#[derive(Serialize)]
struct RowFacts<'a> {
    id: String,
    /// Its plan's name, where several are asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<&'a str>,
    /// Of an action: the recommendation it belongs to.
    recommendation: Option<String>,
    area: Option<&'a str>,
    priority: Option<&'a str>,
    response: &'a str,
    text: &'a str,
    owners: Vec<&'a str>,
    timescale: Option<&'a str>,
    deadline: Option<String>,
    original_deadline: Option<String>,
    progress: &'a str,
    timing: Option<&'a str>,
    days_late: Option<i64>,
    days_late_original: Option<i64>,
    days_left: Option<i64>,
    finished: Option<String>,
    stale: bool,
    closed: bool,
    late_actions: Vec<String>,
}

fn answer<T: Serialize>(
    kind: &str,
    as_of: Day,
    plan: Option<&Plan<'_>>,
    answer: T,
) -> anyhow::Result<String> {
    let answer = Answer {
        schema: SCHEMA,
        kind,
        as_of,
        plan: plan.map(|plan| Identity {
            title: &plan.title,
            body: plan.body.as_deref(),
            committee: plan.committee.as_deref(),
            report: plan.report.as_deref(),
            date: plan.date,
        }),
        answer,
    };
    let mut text = serde_json::to_string_pretty(&answer)?;
    text.push('\n');
    Ok(text)
}

/// An answer from one plan, which it names, or from several.
fn answer_of<T: Serialize>(
    kind: &str,
    portfolio: &Portfolio<'_>,
    rest: T,
) -> anyhow::Result<String> {
    let plan = portfolio.single().map(|view| view.plan);
    answer(kind, portfolio.as_of, plan, rest)
}

fn facts<'a>(row: &Row<'a>) -> RowFacts<'a> {
    let numbers = Numbers::of(row);
    RowFacts {
        id: row.shown_id(),
        plan: row.view.name.as_deref(),
        recommendation: row
            .action
            .map(|_| row.shown(&row.recommendation.recommendation.id)),
        area: row.area(),
        priority: row.priority(),
        response: row.recommendation.recommendation.response.word(),
        text: row.text(),
        owners: row.owners(),
        timescale: row.timescale().map(|timescale| timescale.wording.as_ref()),
        deadline: row.deadline().map(|deadline| deadline.iso()),
        original_deadline: row
            .lateness()
            .and_then(|lateness| lateness.original)
            .map(|original| original.iso()),
        progress: row.progress().word(),
        timing: row.timing().map(Word::word),
        days_late: numbers.late,
        days_late_original: numbers.late_original,
        days_left: numbers.left,
        finished: row.finish().map(finished),
        stale: row.stale().is_some(),
        closed: row.is_closed(),
        late_actions: match row.action {
            Some(_) => Vec::new(),
            None => late_actions(row),
        },
    }
}

fn late_actions(row: &Row<'_>) -> Vec<String> {
    let late = row.recommendation.late_actions();
    late.map(|action| row.shown(&action.action.id)).collect()
}

fn finished(finish: Finish) -> String {
    match finish {
        Finish::Reported(day) => day.to_string(),
        Finish::Published(period) => period.iso(),
    }
}

/// Days late and days left, each only where the question arises.
pub struct Numbers {
    pub late: Option<i64>,
    pub late_original: Option<i64>,
    pub left: Option<i64>,
}

impl Numbers {
    pub fn of(row: &Row<'_>) -> Self {
        let days = row.days_late();
        let original = row.lateness().and_then(Lateness::days_against_original);
        let timed = |wanted: &[Timing]| row.timing().is_some_and(|timing| wanted.contains(&timing));
        let open_in_time = timed(&[Timing::NotDue, Timing::DueSoon]);
        let past = timed(&[Timing::Overdue, Timing::Late]);
        let judged = row.timing().is_some();
        Self {
            late: days.filter(|_| past),
            late_original: original.filter(|days| judged && *days > 0),
            left: days.filter(|_| open_in_time).map(|days| -days),
        }
    }
}

pub fn rows(kind: &str, portfolio: &Portfolio<'_>, rows: &[Row<'_>]) -> anyhow::Result<String> {
    let rows = rows.iter().map(facts).collect();
    answer_of(kind, portfolio, Rows { rows })
}

#[derive(Serialize)]
struct Standing<'a> {
    recommendations: BTreeMap<&'a str, usize>,
    actions: BTreeMap<&'a str, usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plans: Option<Vec<PlanFacts<'a>>>,
    areas: Vec<AreaFacts<'a>>,
    next: Vec<RowFacts<'a>>,
}

#[derive(Serialize)]
struct PlanFacts<'a> {
    name: Option<&'a str>,
    title: &'a str,
    next_deadline: Option<String>,
    #[serde(flatten)]
    counts: BTreeMap<&'a str, usize>,
}

#[derive(Serialize)]
struct AreaFacts<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<&'a str>,
    id: Option<&'a str>,
    title: Option<&'a str>,
    next_deadline: Option<String>,
    #[serde(flatten)]
    counts: BTreeMap<&'a str, usize>,
}

pub fn status(portfolio: &Portfolio<'_>) -> anyhow::Result<String> {
    let next = portfolio.falling_due(Day::MAX);
    let plans = portfolio.views.iter().map(|view| PlanFacts {
        name: view.name.as_deref(),
        title: &view.plan.title,
        next_deadline: view.next_deadline().map(|next| next.iso()),
        counts: counts(view.counts()),
    });
    let areas = portfolio.views.iter().flat_map(|view| {
        view.areas().into_iter().map(move |area| AreaFacts {
            plan: view.name.as_deref(),
            id: area.area.map(|area| area.id.as_ref()),
            title: area.area.map(|area| area.title.as_ref()),
            next_deadline: area.next.map(|next| next.iso()),
            counts: counts(&area.counts),
        })
    });
    let status = Standing {
        recommendations: counts(&portfolio.counts()),
        actions: counts(&portfolio.action_counts()),
        plans: portfolio.single().is_none().then(|| plans.collect()),
        areas: areas.collect(),
        next: next.iter().map(facts).collect(),
    };
    answer_of("status", portfolio, status)
}

/// Every count under the word it counts; CSV has the same names.
pub fn counts<'a>(counts: &Counts) -> BTreeMap<&'a str, usize> {
    let progress = Status::ALL
        .iter()
        .map(|status| (status.word(), counts.progress(*status)));
    let timing = Timing::ALL
        .iter()
        .map(|timing| (timing.word(), counts.timing(*timing)));
    let others = [
        ("total", counts.total),
        ("rejected", counts.rejected),
        ("stale", counts.stale),
    ];
    progress.chain(timing).chain(others).collect()
}

pub fn show(portfolio: &Portfolio<'_>, rows: &[Row<'_>]) -> anyhow::Result<String> {
    let rows: Vec<Value> = rows.iter().map(whole).collect::<Result<_, _>>()?;
    answer_of("show", portfolio, Rows { rows })
}

/// A row with everything that hangs on it.
fn whole(row: &Row<'_>) -> Result<Value, serde_json::Error> {
    let mut value = serde_json::to_value(facts(row))?;
    value["why"] = json!(super::words::why(row));
    match row.action {
        Some(standing) => {
            let action = standing.action;
            value["revisions"] = revisions(&action.revisions);
            let entries = action.progress.iter().map(|entry| {
                json!({
                    "on": entry.on, "status": entry.status.word(), "by": entry.by,
                    "note": entry.note, "evidence": entry.evidence,
                })
            });
            value["entries"] = entries.collect();
        }
        None => {
            let of = row.recommendation.recommendation;
            value["response_text"] = json!(of.response_text);
            value["original_timescale"] = json!(of.timescale.as_ref().map(|first| &first.wording));
            value["review"] = json!(of.review.map(Period::iso));
            value["revisions"] = revisions(&of.revisions);
            value["verification"] = of.verification.iter().map(verification).collect();
            let actions: Result<Vec<Value>, _> =
                row.actions().map(|action| whole(&action)).collect();
            value["actions"] = json!(actions?);
        }
    }
    Ok(value)
}

fn revisions(revisions: &[Revision<'_>]) -> Value {
    let revisions = revisions.iter().map(|revision| {
        json!({
            "on": revision.on, "to": revision.to.wording, "reason": revision.reason, "by": revision.by,
        })
    });
    revisions.collect()
}

fn verification(entry: &Verification<'_>) -> Value {
    json!({
        "on": entry.on, "by": entry.by, "result": entry.result.word(),
        "note": entry.note, "evidence": entry.evidence,
    })
}

/// Everything that was found, in the order of the files.
pub fn check(as_of: Day, checked: &[Checked<'_>]) -> anyhow::Result<String> {
    let mut rows = Vec::new();
    for checked in checked {
        let lines = Lines::of(checked.source);
        let earlier = checked.earlier.map(|earlier| Lines::of(earlier.source));
        let faults = checked.faults.iter();
        rows.extend(faults.map(|fault| fact_of(fault, checked, &lines, earlier.as_ref())));
    }
    let plan = match checked {
        [only] => only.plan,
        _ => None,
    };
    answer("check", as_of, plan, Rows { rows })
}

fn fact_of(
    fault: &Fault,
    checked: &Checked<'_>,
    lines: &Lines<'_>,
    earlier: Option<&Lines<'_>>,
) -> Value {
    let (from, to) = (lines.line(fault.span.start()), lines.line(fault.span.end()));
    let path = checked.path.to_string_lossy();
    let related = fault.related.iter().map(|related| {
        let (file, lines) = match (related.version, checked.earlier, earlier) {
            (Version::Earlier, Some(earlier), Some(lines)) => (earlier.name.into(), lines),
            _ => (path.clone(), lines),
        };
        let at = lines.line(related.span.start());
        json!({ "file": file, "line": at.line, "column": at.column, "label": related.label })
    });
    json!({
        "id": fault.rule.word(), "level": fault.severity.word(), "message": fault.title,
        "file": path, "line": from.line, "column": from.column,
        "end_line": to.line, "end_column": to.column,
        "label": fault.label, "help": fault.help, "related": related.collect::<Vec<_>>(),
    })
}

/// Every rule, with its level in force.
pub fn rules(as_of: Day, levels: &[(Rule, Level)]) -> anyhow::Result<String> {
    let rows = levels.iter().map(|(rule, level)| {
        json!({ "id": rule.word(), "level": level.word(), "can_be_set": rule.can_be_set(), "about": rule.about() })
    });
    let rows: Vec<Value> = rows.collect();
    answer("rules", as_of, None, Rows { rows })
}
