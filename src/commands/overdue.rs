//! `plan overdue`: what is late, worst first; flagged if anything is that the plan says should fail.

use std::collections::HashMap;

use super::{Context, Failure, Output, ci, portfolio::Opened};
use crate::{
    cli::OverdueArgs,
    model::{Day, Rule, Severity, one_of},
    query::{Portfolio, Row, View, Wanted},
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
        AnyFormat::Answer(format) => context.answer(Wanted::Late { until }, |portfolio| {
            let found = Found::of(args, until, portfolio)?;
            let text = match format {
                Format::Table => render::list::overdue(as_of, &found.rows, context.screen),
                Format::Json => render::json::rows("overdue", portfolio, &found.rows)?,
                Format::Csv => render::csv::rows(&found.rows)?,
                Format::Markdown => render::markdown::rows(&found.rows),
            };
            Ok(found.output(text))
        }),
        AnyFormat::Ci(format) => context.answer_with_places(|portfolio, places| {
            let found = Found::of(args, until, portfolio)?;
            let text = report(format, portfolio, places, &found)?;
            Ok(found.output(text))
        }),
    }
}

/// What is overdue and, after it, what falls due.
struct Found<'v> {
    rows: Vec<Row<'v>>,
    /// The ranks of the lowest priorities that make it fail, by plan; `None` where nothing does.
    least: Vec<Option<usize>>,
    flagged: bool,
}

impl<'v> Found<'v> {
    fn of(
        args: &OverdueArgs,
        until: Option<Day>,
        portfolio: &'v Portfolio<'v>,
    ) -> Result<Self, Failure> {
        let least = least_priorities(args, portfolio)?;
        let mut found = Self {
            rows: portfolio.overdue(),
            least,
            flagged: false,
        };
        found.flagged = found.rows.iter().any(|row| found.fails(row)) && !args.exit_zero;
        if args.actions {
            found.rows = found.rows.into_iter().flat_map(late_rows).collect();
            found
                .rows
                .sort_by_key(|row| std::cmp::Reverse(row.days_late()));
        }
        if let Some(until) = until {
            found.rows.extend(portfolio.falling_due(until));
        }
        Ok(found)
    }

    /// Whether this late row makes the command fail.
    fn fails(&self, row: &Row<'_>) -> bool {
        let rank = row.view.plan.policy.rank(row.priority());
        self.least[row.view.position].is_some_and(|least| rank <= least)
    }

    fn output(&self, text: String) -> Output {
        Output {
            flagged: self.flagged,
            ..Output::plain(text)
        }
    }
}

/// The rank of the lowest priority that makes it fail, in each plan.
fn least_priorities(
    args: &OverdueArgs,
    portfolio: &Portfolio<'_>,
) -> Result<Vec<Option<usize>>, Failure> {
    let policies = || portfolio.views.iter().map(|view| &view.plan.policy);
    let Some(priority) = args.fail_on.as_deref() else {
        let least = policies().map(|policy| {
            let set = policy.fail_on.as_deref();
            Some(set.map_or(usize::MAX, |least| policy.rank(Some(least))))
        });
        return Ok(least.collect());
    };
    let known = || policies().flat_map(|policy| policy.priorities.iter().map(AsRef::as_ref));
    if !known().any(|known: &str| known == priority) {
        return Err(Failure::usage(
            format!("the plan has no priority `{priority}`"),
            Some(one_of("priority", priority, known())),
        ));
    }
    let least = policies().map(|policy| {
        let mut known = policy.priorities.iter();
        known.position(|known| known == priority)
    });
    Ok(least.collect())
}

/// The late actions of a late recommendation; itself where no single action is to blame.
fn late_rows(row: Row<'_>) -> Vec<Row<'_>> {
    let late: Vec<_> = row.actions().filter(Row::is_overdue).collect();
    if late.is_empty() { vec![row] } else { late }
}

/// The rows as findings at the lines where their deadlines stand.
fn report(
    format: CiFormat,
    portfolio: &Portfolio<'_>,
    places: &[(&Opened, Document<'_>)],
    found: &Found<'_>,
) -> anyhow::Result<String> {
    let mut of_plan = vec![Vec::new(); portfolio.views.len()];
    for row in &found.rows {
        of_plan[row.view.position].push(row);
    }
    let each = portfolio.views.iter().zip(places).zip(of_plan);
    let checked = each.map(|((view, (opened, document)), rows)| {
        let faults = rows.into_iter().map(|row| {
            let severity = match (row.is_overdue(), found.fails(row)) {
                (true, true) => Severity::Error,
                (true, false) => Severity::Warning,
                (false, _) => Severity::Note,
            };
            Fault {
                severity,
                subject: Some(row.id().to_string()),
                ..store::located(render::due::finding(row), document, &Document::default())
            }
        });
        Checked {
            name: ci::name(opened.path()),
            plan: Some(view.plan),
            ..Checked::broken(opened.path(), &opened.text, faults.collect())
        }
    });
    let checked: Vec<Checked<'_>> = checked.collect();
    let rules = [Rule::Overdue, Rule::FallingDue];
    ci::report(
        format,
        "plan overdue",
        &checked,
        &rules,
        |position, checked| cases(&portfolio.views[position], checked),
    )
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
