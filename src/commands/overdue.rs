//! `plan overdue`: what is late, worst first; flagged if anything is that the plan says should fail.

use std::collections::HashMap;

use super::{Context, Failure, Opened, Output, ci};
use crate::{
    cli::OverdueArgs,
    model::{Day, Plan, Rule, Severity, one_of},
    query::{Row, View, Wanted},
    render::{self, AnyFormat, Checked, CiFormat, Format, junit::Case},
    store::{self, Document, Fault},
};

pub fn run(args: &OverdueArgs, context: &Context) -> anyhow::Result<Output> {
    let as_of = context.as_of()?;
    let until = match args.within {
        Some(length) => Some(
            length
                .after(as_of)
                .ok_or_else(|| Failure::usage("`--within` ends beyond the calendar", None))?,
        ),
        None => None,
    };
    match args.format {
        AnyFormat::Answer(format) => context.survey(Wanted::Late { until }, |view| {
            let found = Found::of(args, until, view)?;
            let text = match format {
                Format::Table => render::list::overdue(view, &found.rows, context.screen),
                Format::Json => render::json::rows("overdue", view, &found.rows)?,
                Format::Csv => render::csv::rows(&found.rows)?,
                Format::Markdown => render::markdown::rows(&found.rows),
            };
            Ok(found.output(text))
        }),
        AnyFormat::Ci(format) => context.answer_with_places(|view, opened| {
            let found = Found::of(args, until, view)?;
            let text = report(format, view, opened, &found)?;
            Ok(found.output(text))
        }),
    }
}

/// What is overdue and, after it, what falls due.
struct Found<'v> {
    rows: Vec<Row<'v>>,
    /// The rank of the lowest priority that makes it fail.
    least: usize,
    flagged: bool,
}

impl<'v> Found<'v> {
    fn of(args: &OverdueArgs, until: Option<Day>, view: &'v View<'v>) -> Result<Self, Failure> {
        let least = least_priority(args, view.plan)?;
        let mut rows = view.overdue();
        let flagged = rows.iter().any(|row| fails(row, least)) && !args.exit_zero;
        if args.actions {
            rows = rows.into_iter().flat_map(late_rows).collect();
            rows.sort_by_key(|row| std::cmp::Reverse(row.days_late()));
        }
        if let Some(until) = until {
            rows.extend(view.falling_due(until));
        }
        Ok(Self {
            rows,
            least,
            flagged,
        })
    }

    fn output(&self, text: String) -> Output {
        Output {
            flagged: self.flagged,
            ..Output::plain(text)
        }
    }
}

fn fails(row: &Row<'_>, least: usize) -> bool {
    row.view.plan.policy.rank(row.priority()) <= least
}

/// The rank of the lowest priority that makes it fail.
fn least_priority(args: &OverdueArgs, plan: &Plan<'_>) -> Result<usize, Failure> {
    let policy = &plan.policy;
    let Some(priority) = args.fail_on.as_deref() else {
        let set = policy.fail_on.as_deref();
        return Ok(set.map_or(usize::MAX, |least| policy.rank(Some(least))));
    };
    let known = || policy.priorities.iter().map(AsRef::as_ref);
    if known().any(|known: &str| known == priority) {
        return Ok(policy.rank(Some(priority)));
    }
    Err(Failure::usage(
        format!("the plan has no priority `{priority}`"),
        Some(one_of("priority", priority, known())),
    ))
}

/// The late actions of a late recommendation; itself where no single action is to blame.
fn late_rows(row: Row<'_>) -> Vec<Row<'_>> {
    let late: Vec<_> = row.actions().filter(Row::is_overdue).collect();
    if late.is_empty() { vec![row] } else { late }
}

/// The rows as findings at the lines where their deadlines stand.
fn report(
    format: CiFormat,
    view: &View<'_>,
    opened: &Opened<'_>,
    found: &Found<'_>,
) -> anyhow::Result<String> {
    let faults = found.rows.iter().map(|row| {
        let severity = match (row.is_overdue(), fails(row, found.least)) {
            (true, true) => Severity::Error,
            (true, false) => Severity::Warning,
            (false, _) => Severity::Note,
        };
        Fault {
            severity,
            subject: Some(row.id().to_string()),
            ..store::located(
                render::due::finding(row, view),
                &opened.document,
                &Document::default(),
            )
        }
    });
    let checked = Checked {
        name: ci::name(opened.path),
        plan: Some(view.plan),
        ..Checked::broken(opened.path, opened.text, faults.collect())
    };
    let rules = [Rule::Overdue, Rule::FallingDue];
    ci::report(format, "plan overdue", &[checked], &rules, |checked| {
        cases(view, checked)
    })
}

/// Of each recommendation that is open, whether it is in time; with actions among the rows, of each
/// of those too.
fn cases<'a>(view: &View<'_>, checked: &'a Checked<'a>) -> Vec<Case<'a>> {
    let mut found: HashMap<&str, Vec<&Fault>> = HashMap::new();
    let subjects = || {
        let faults = checked.faults.iter();
        faults.filter_map(|fault| Some((fault.subject.as_deref()?, fault)))
    };
    for (id, fault) in subjects() {
        found.entry(id).or_default().push(fault);
    }
    let open = view.recommendations().filter(Row::is_open);
    let open = open.map(|row| row.id().as_str());
    let mut cases: Vec<Case<'a>> = open.map(|id| case(id, &mut found)).collect();
    // What is left are actions, in the order of the rows.
    let others = subjects().map(|(id, _)| case(id, &mut found));
    cases.extend(others.filter(|case| !case.faults.is_empty()));
    cases
}

fn case<'a>(id: &str, found: &mut HashMap<&str, Vec<&'a Fault>>) -> Case<'a> {
    Case {
        name: id.to_owned(),
        faults: found.remove(id).unwrap_or_default(),
    }
}
