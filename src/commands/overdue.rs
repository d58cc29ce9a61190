//! `plan overdue`: lists overdue items, the most urgent first. The exit status is 1 if an overdue item has at least the
//! priority that `--fail-on` or the policy sets. By default, any priority is enough.

use super::{
    list::{filter, rows},
    name_in_repository, print_findings,
    updates::last_day,
};
use crate::{
    app::{Context, Failure, Output, Plans},
    checks::Finding,
    cli::OverdueArgs,
    file::Places,
    model::{Day, Rule, Severity, one_of},
    output::{Answer, AnswerKind, Checked, Findings, Overdue, overdue_finding, overdue_summary},
    query::{Portfolio, Row, falling_due, overdue, to_review},
};

pub fn run(args: OverdueArgs, context: &Context) -> Result<Output, Failure> {
    let until = args.within.map(|within| last_day(within, context)).transpose()?;
    let mut plans = context.plans()?;
    let filter = filter(args.filter, context, &mut plans);
    let least = least_priorities(args.fail_on.as_deref(), &plans.portfolio);
    let (filter, least) = match (filter, least) {
        (Ok(filter), Ok(least)) => (filter, least),
        (filter, least) => {
            return Err(Failure::several(filter.err().into_iter().chain(least.err()).collect()));
        }
    };
    let rows = |actions| rows(actions, &filter, &plans.portfolio);
    let all = rows(args.actions);
    let mut late = Late { rows: overdue(all.clone()), alone: Vec::new(), until, least };
    if let Some(until) = until {
        late.rows.extend(falling_due(all.clone(), until));
        let mut reviews = to_review(all, until);
        reviews.retain(|row| !late.rows.iter().any(|known| std::ptr::eq(known.own, row.own)));
        late.rows.append(&mut reviews);
    }
    if args.actions {
        late.alone = overdue(rows(false));
        late.alone.retain(|row| row.late_actions().is_empty());
    }
    let text = if args.quiet {
        String::new()
    } else if args.read.output.format().prints(&[AnswerKind::Overdue]) {
        let (portfolio, rows) = (&plans.portfolio, late.rows.as_slice());
        let answer = Overdue { portfolio, rows, until, columns: &args.columns };
        context.print(&args.read.output, &Answer::Overdue(answer))?
    } else {
        let summary = || overdue_summary(&plans.portfolio, &late.rows);
        print_findings(&args.read.output, &findings(&plans, &late, context), context, summary)?
    };
    let flagged = late.all().any(|row| row.is_overdue() && late.fails(row)) && !args.exit_zero;
    let notices = if args.quiet { String::new() } else { late.notice() };
    plans.notices.push_str(&notices);
    Ok(Output { flagged, ..plans.output(text) })
}

/// The rows that `plan overdue` lists, with the settings of the list.
struct Late<'v> {
    rows: Vec<Row<'v>>,
    /// The overdue recommendations that have no overdue action. The command shows them below the list of actions. Empty
    /// if `rows` are recommendations.
    alone: Vec<Row<'v>>,
    /// The last day of the period of `--within`.
    until: Option<Day>,
    /// One rank for each plan: the lowest priority at which an overdue item makes the command fail. `None` if no item
    /// of the plan can make the command fail, because the plan lacks the priority of `--fail-on`.
    least: Vec<Option<usize>>,
}

impl<'v> Late<'v> {
    fn all(&self) -> impl Iterator<Item = &Row<'v>> {
        self.rows.iter().chain(&self.alone)
    }

    /// Checks whether the priority of an overdue row makes the command fail.
    fn fails(&self, row: &Row<'_>) -> bool {
        let rank = row.view.plan.policy.rank(row.priority());
        self.least[row.view.position].is_some_and(|least| rank <= least)
    }

    /// Returns a notice about the recommendations in `alone`. The notice is empty if there are none.
    fn notice(&self) -> String {
        let ids: Vec<String> = self.alone.iter().map(Row::shown_id).collect();
        match ids.is_empty() {
            true => String::new(),
            false => format!(
                "note: overdue recommendations without an overdue action: {}; see `plan overdue`\n",
                ids.join(", ")
            ),
        }
    }
}

/// Returns one rank for each plan: the lowest priority at which an overdue item makes the command fail. The rank is
/// `None` if the plan lacks the priority of `--fail-on`.
fn least_priorities(
    fail_on: Option<&str>,
    portfolio: &Portfolio,
) -> Result<Vec<Option<usize>>, Failure> {
    let policies = || portfolio.views.iter().map(|view| &view.plan.policy);
    let Some(priority) = fail_on else {
        let least = policies().map(|policy| {
            let set = policy.fail_on.as_deref();
            Some(set.map_or(usize::MAX, |least| policy.rank(Some(least))))
        });
        return Ok(least.collect());
    };
    let known = || policies().flat_map(|policy| policy.priorities.iter().map(String::as_str));
    let Some(priority) = policies().find_map(|policy| policy.priority_meant(priority)) else {
        return Err(Failure::usage(
            format!("the plan has no priority `{priority}`"),
            Some(one_of("priority", priority, known())),
        ));
    };
    let least = policies().map(|policy| {
        let mut known = policy.priorities.iter();
        known.position(|known| known == priority)
    });
    Ok(least.collect())
}

/// Returns the rows as findings. Each finding is at the line of the row's due date.
fn findings<'a>(plans: &'a Plans, late: &Late<'_>, context: &'a Context) -> Findings<'a> {
    let mut of_plan: Vec<Vec<Finding>> = vec![Vec::new(); plans.opened.len()];
    for row in late.all() {
        let severity = match (row.is_overdue(), late.fails(row)) {
            (true, true) => Severity::Error,
            (true, false) => Severity::Warning,
            (false, _) => Severity::Note,
        };
        of_plan[row.view.position]
            .push(Finding { severity, ..overdue_finding(row, context.as_of(), late.until) });
    }
    let views = plans.portfolio.views.iter();
    let checked = views.zip(of_plan).map(|(view, mut findings)| {
        let opened = &plans.opened[view.position];
        Places::new(&opened.text, &plans.pieces[view.position]).locate_all(&mut findings, None);
        let open = view.recommendations().filter(Row::is_open);
        let mut cases: Vec<String> = open.map(|row| row.id().to_string()).collect();
        // In a JUnit report, every open recommendation is a test case. The late actions become further test cases.
        for finding in &findings {
            let subject = subject(finding);
            if !cases.iter().any(|case| case == subject) {
                cases.push(subject.to_owned());
            }
        }
        Checked {
            name: name_in_repository(opened.path()),
            plan: Some(&view.plan),
            cases,
            ..context.checked(opened.path(), &opened.text, findings)
        }
    });
    Findings {
        command: "plan overdue",
        nothing: "nothing is overdue",
        given: &context.given,
        is_verbose: true,
        as_of: plans.portfolio.as_of,
        checked: checked.collect(),
        rules: vec![Rule::Overdue, Rule::FallingDue],
        case_of: subject,
    }
}

fn subject(finding: &Finding) -> &str {
    finding.subject.as_deref().unwrap_or_default()
}
