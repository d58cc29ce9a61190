//! The JSON format: one object per answer. An absent value is `null`.

mod differences;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::{
    Answer, AnswerKind, Burnup, Changes, Checked, Diff, Format, Log, PlanPeriodSummary, Reminder,
    burnup::POINT_FACTS,
    changes::EVENT_FACTS,
    encoding::pretty_json,
    fact_value::named,
    overdue::Overdue,
    row_fields::{FACTS, Fact, chosen},
    why::why,
};
use crate::{
    checks::{Finding, Version},
    file::Lines,
    model::{Day, Key, KeyValue, Keyword, Level, Period, Plan, Record, Rule, oldest_first},
    query::{Bar, Counts, Group, GroupBy, MeetingMark, Portfolio, Row, Timeline, falling_due},
};

/// The version of the JSON output. The version increases only if a key changes its meaning or is removed.
const SCHEMA: u32 = 1;

/// The format `json`, which scripts can read.
pub static FORMAT: Format = Format {
    name: "json",
    kinds: AnswerKind::ANSWERS,
    endings: &["json"],
    text: |answer, _| {
        let kind = answer.kind().word();
        Some(match answer {
            Answer::Status(portfolio, by, _) => {
                of_portfolio(kind, portfolio, status(portfolio, *by))
            }
            Answer::List(portfolio, rows, columns) => {
                of_portfolio(kind, portfolio, Rows::of(rows, columns))
            }
            Answer::Overdue(Overdue { portfolio, rows, columns, .. }) => {
                of_portfolio(kind, portfolio, Rows::of(rows, columns))
            }
            Answer::Show(portfolio, rows) => {
                let rows = rows.iter().map(whole).collect::<Vec<_>>();
                of_portfolio(kind, portfolio, json!({ "rows": rows }))
            }
            Answer::Timeline(portfolio, chart, _) => of_portfolio(kind, portfolio, timeline(chart)),
            Answer::Remind(portfolio, reminders) => {
                let rows: Vec<Value> = reminders.iter().map(reminder).collect();
                of_portfolio(kind, portfolio, json!({ "rows": rows }))
            }
            Answer::Export(_) => return None,
            Answer::Diff(diff) => in_diff(kind, diff),
            Answer::Log(log) => in_log(kind, log),
            Answer::Burnup(burnup) => of_portfolio(kind, burnup.portfolio, points(burnup)),
            Answer::Changes(changes) => of_portfolio(kind, changes.portfolio, summaries(changes)),
            Answer::Findings(findings) => {
                let rows: Vec<Value> = findings.checked.iter().flat_map(found_in).collect();
                let plan = only(&findings.checked).and_then(|checked| checked.plan);
                object(kind, findings.as_of, plan, json!({ "rows": rows }))
            }
            Answer::Import(import) => object(kind, import.day(), None, import.json()),
            Answer::Rules(as_of, levels) => {
                let rows: Vec<Value> = levels.iter().map(rule).collect();
                object(kind, *as_of, None, json!({ "rows": rows }))
            }
            Answer::Help(help) => object(kind, help.as_of, None, &help.commands),
        })
    },
    ..Format::NOTHING
};

/// Returns the only element of a list; `None` if the list is empty or has several elements.
fn only<T>(all: &[T]) -> Option<&T> {
    if let [only] = all { Some(only) } else { None }
}

fn in_diff(kind: &'static str, diff: &Diff<'_>) -> anyhow::Result<String> {
    let plan = only(&diff.plans).and_then(|plan| plan.present.or(plan.earlier));
    let rows: Vec<Value> = diff.plans.iter().flat_map(differences::of_plan).collect();
    let rest = json!({ "from": diff.from, "to": diff.to, "rows": rows });
    object(kind, diff.as_of, plan, rest)
}

fn in_log(kind: &'static str, log: &Log<'_>) -> anyhow::Result<String> {
    let plan = only(&log.plans).and_then(|plan| plan.plan);
    let is_complete = log.plans.iter().all(|plan| !plan.is_cut);
    let rows: Vec<Value> = log.plans.iter().flat_map(differences::of_log).collect();
    object(kind, log.as_of, plan, json!({ "complete": is_complete, "rows": rows }))
}

fn points(burnup: &Burnup<'_>) -> Value {
    let gaps = burnup.gaps.iter();
    let gaps = gaps.map(|gap| json!({ "from": gap.from, "to": gap.to, "why": gap.why }));
    let rows = burnup
        .points
        .iter()
        .map(|point| keyed(POINT_FACTS.iter().map(|(name, value)| (*name, json!(value(point))))));
    json!({
        "from": burnup.from, "to": burnup.to, "source": burnup.source(),
        "gaps": gaps.collect::<Vec<_>>(), "rows": rows.collect::<Vec<_>>(),
    })
}

/// An answer as JSON: the keys that every answer has, and the keys that only this kind of answer has.
#[derive(Serialize)]
struct Object<R> {
    schema: u32,
    kind: &'static str,
    as_of: Day,
    plan: Option<Value>,
    #[serde(flatten)]
    rest: R,
}

/// Returns an answer as a JSON object, which includes the keys of `rest`.
fn object(
    kind: &'static str,
    as_of: Day,
    plan: Option<&Plan>,
    rest: impl Serialize,
) -> anyhow::Result<String> {
    let plan = plan.map(|plan| {
        json!({
            "title": plan.title, "body": plan.body, "committee": plan.committee,
            "report": plan.report, "date": plan.date, "extra": plan.extra,
            "rag": plan.policy.rag.as_ref().map(ToString::to_string),
            "escalate": plan.policy.escalate.as_ref().map(ToString::to_string),
        })
    });
    pretty_json(&Object { schema: SCHEMA, kind, as_of, plan, rest })
}

fn of_portfolio(
    kind: &'static str,
    portfolio: &Portfolio,
    rest: impl Serialize,
) -> anyhow::Result<String> {
    object(kind, portfolio.as_of, portfolio.single().map(|view| &view.plan), rest)
}

/// Adds the keys of the JSON object `rest` to the JSON object `object`.
fn extend(object: &mut Value, rest: Value) {
    if let (Value::Object(object), Value::Object(rest)) = (object, rest) {
        object.extend(rest);
    }
}

/// Returns an object with two lists: a summary of each plan, and one row for each event in any of the plans.
fn summaries(changes: &Changes<'_>) -> Value {
    let summary = |plan: &PlanPeriodSummary<'_>| {
        let mut object = json!({
            "plan": plan.view.name, "from": plan.summary.from, "to": plan.summary.to,
            "source": plan.source.word(), "source_words": plan.source.words(),
        });
        for line in plan.lines() {
            let ids: Vec<String> = line.ids.iter().map(|id| plan.view.shown(id)).collect();
            let key = line.name.replace('-', "_");
            object[key.as_str()] = ids.len().into();
            object[format!("{key}_ids")] = json!(ids);
        }
        object
    };
    let rows = changes.summaries.iter().flat_map(|plan| {
        plan.summary.events.iter().map(|event| {
            let mut row = json!({ "id": plan.view.shown(&event.id), "plan": plan.view.name });
            extend(
                &mut row,
                keyed(EVENT_FACTS.iter().map(|(name, value)| (*name, json!(value(event))))),
            );
            row
        })
    });
    let summaries: Vec<Value> = changes.summaries.iter().map(summary).collect();
    json!({ "accounts": summaries, "rows": rows.collect::<Vec<_>>() })
}

/// The rows of an answer, which are converted to JSON one by one.
#[derive(Serialize)]
struct Rows<'r, 'v> {
    #[serde(serialize_with = "one_by_one")]
    rows: (&'r [Row<'v>], Vec<&'static Fact>),
}

impl<'r, 'v> Rows<'r, 'v> {
    fn of(rows: &'r [Row<'v>], columns: &[String]) -> Self {
        Self { rows: (rows, chosen(columns)) }
    }
}

fn one_by_one<S: Serializer>(
    (rows, columns): &(&[Row<'_>], Vec<&'static Fact>),
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(rows.iter().map(|row| RowFacts(row, columns)))
}

/// A row, and the fields to write for this row.
struct RowFacts<'r, 'v>(&'r Row<'v>, &'r [&'static Fact]);

impl Serialize for RowFacts<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.1.iter().map(|fact| (fact.name, (fact.value)(self.0))))
    }
}

/// Returns the message to an owner as JSON, with the items that the message names.
fn reminder(reminder: &Reminder<'_>) -> Value {
    let rows = |rows: &[Row<'_>]| -> Vec<Value> { rows.iter().map(facts).collect() };
    let ids: Vec<String> = reminder.others.iter().map(Row::shown_id).collect();
    json!({
        "id": reminder.owner, "email": reminder.email,
        "subject": reminder.subject(), "text": reminder.text(""),
        "answer_by": reminder.round.answer_by, "due_by": reminder.round.until,
        "overdue": rows(&reminder.overdue), "due": rows(&reminder.due),
        "requested": rows(&reminder.requested), "other_ids": ids,
    })
}

fn facts(row: &Row<'_>) -> Value {
    json!(RowFacts(row, &FACTS))
}

fn keyed(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::Object(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn status(portfolio: &Portfolio, by: GroupBy) -> Value {
    let next: Vec<Value> = falling_due(portfolio.rows(false), Day::MAX).iter().map(facts).collect();
    let groups = |by| portfolio.groups(by).iter().map(group).collect::<Vec<_>>();
    let mut object = json!({
        "recommendations": counts(&portfolio.counts()),
        "actions": counts(&portfolio.action_counts()),
        "plans": groups(GroupBy::Plan),
        "areas": groups(GroupBy::Area),
        "next": next,
        "waiting": portfolio.waiting().iter().map(facts).collect::<Vec<_>>(),
    });
    if matches!(by, GroupBy::Owner | GroupBy::Priority) {
        object["groups"] = groups(by).into();
    }
    object
}

fn group(group: &Group<'_>) -> Value {
    let mut object = counts(&group.counts);
    object["id"] = json!(group.id);
    object["title"] = json!(group.title);
    object["next_deadline"] = json!(group.next.map(Period::iso));
    object
}

fn counts(counts: &Counts) -> Value {
    keyed(counts.by_word().into_iter().map(|(word, count)| (word, count.into())))
}

fn timeline(timeline: &Timeline<'_>) -> Value {
    let bars = timeline.lanes.iter().flat_map(|lane| &lane.bars);
    let meeting = |held: &MeetingMark<'_>| {
        let MeetingMark { plan, meeting } = held;
        json!({ "plan": plan, "date": meeting.date.iso(), "title": meeting.title })
    };
    json!({
        "from": timeline.from, "to": timeline.to,
        "meetings": timeline.meetings.iter().map(meeting).collect::<Vec<_>>(),
        "rows": bars.map(bar).collect::<Vec<_>>(),
    })
}

fn bar(bar: &Bar<'_>) -> Value {
    let strokes = bar.strokes.iter();
    let marks = bar.marks.iter();
    let mut value = facts(&bar.row);
    value["strokes"] = strokes
        .map(|stroke| json!({ "kind": stroke.kind.word(), "from": stroke.from, "to": stroke.to }))
        .collect();
    value["marks"] =
        marks.map(|mark| json!({ "kind": mark.kind.word(), "at": mark.at.iso() })).collect();
    value
}

/// Returns a row as JSON with all its fields, entries and actions.
fn whole(row: &Row<'_>) -> Value {
    let mut value = facts(row);
    value["why"] = why(row).into();
    let original = row.item().original_timescale().map(|first| first.wording.as_str());
    value["original_timescale"] = original.into();
    let original_due = row.item().original_timescale().and_then(|first| first.due.as_deref());
    value["original_due"] = original_due.into();
    value["revisions"] = oldest_first(row.item().revisions()).map(said).collect();
    value["entries"] = oldest_first(row.item().progress()).map(said).collect();
    value["amendments"] = oldest_first(row.item().amendments()).map(said).collect();
    if !row.is_action() {
        value["verification"] = oldest_first(row.item().verification()).map(said).collect();
        value["actions"] = row.actions().map(|action| whole(&action)).collect();
    }
    value
}

/// Returns the values of a record, such as an entry, as JSON.
fn said(record: &impl Record) -> Value {
    keyed_values(record.values())
}

fn keyed_values(values: Vec<(&'static Key, Option<KeyValue<'_>>)>) -> Value {
    keyed(named(values).map(|(name, value)| (name, json!(value))))
}

fn found_in(checked: &Checked<'_>) -> Vec<Value> {
    let lines = &checked.lines;
    let earlier = checked.earlier.map(|earlier| (earlier.name, Lines::of(earlier.source)));
    let one = |finding: &Finding| {
        let (from, to) = (checked.place(finding), lines.line(finding.at.bytes().end));
        let path = checked.path.to_string_lossy();
        let related = finding.related.iter().map(|related| {
            let (file, lines) = match (related.version, &earlier) {
                (Version::Earlier, Some((name, lines))) => ((*name).into(), lines),
                _ => (path.clone(), lines),
            };
            let at = lines.line(related.at.bytes().start);
            json!({ "file": file, "line": at.line, "column": at.column, "label": related.label })
        });
        json!({
            "id": finding.rule.word(), "level": finding.severity.word(), "message": finding.title,
            "file": path, "line": from.line, "column": from.column,
            "end_line": to.line, "end_column": to.column,
            "label": finding.label, "help": finding.help, "related": related.collect::<Vec<_>>(),
        })
    };
    checked.findings.iter().map(one).collect()
}

fn rule((rule, level): &(Rule, Level)) -> Value {
    json!({
        "id": rule.word(), "level": level.word(), "can_be_set": rule.can_be_set(), "about": rule.about(),
    })
}
