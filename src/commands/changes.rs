//! `plan changes`: summarises the items that were added, closed and changed in a period.

use anyhow::anyhow;

use crate::{
    app::{Context, Failure, Opened, Output, RevisionOrDay},
    cli::{ChangesArgs, DATES, Since},
    history::{known_on, snapshot_at},
    model::{Day, Plan},
    output::{Answer, Changes, PlanPeriodSummary, Source},
    query::period_summary,
};

pub fn run(args: ChangesArgs, context: &Context) -> Result<Output, Failure> {
    let plans = context.plans()?;
    let since = match args.since {
        Since::LastMeeting => {
            RevisionOrDay::Day(plans.portfolio.since_last_meeting(context.as_of()))
        }
        Since::RevisionOrDate(then) => context.resolve_then(then)?,
    };
    let views = plans.portfolio.views.iter().zip(&plans.opened);
    let summaries = views.map(|(view, opened)| {
        let (from, earlier, source) = known(opened, &since)?;
        if from > context.as_of() {
            let message =
                format!("the period begins on {from}, after its end on {}", context.as_of());
            return Err(Failure::usage(message, None));
        }
        let earlier = earlier.as_ref().unwrap_or(&view.plan);
        let summary = period_summary(earlier, &view.plan, from, context.as_of());
        Ok(PlanPeriodSummary { view, source, summary })
    });
    let summaries = summaries.collect::<Result<Vec<_>, Failure>>()?;
    let changes = Changes { portfolio: &plans.portfolio, summaries };
    let text = context.print(&args.read.output, &Answer::Changes(&changes))?;
    Ok(plans.output(text))
}

/// Returns the first day of the period, the plan as it was in git on that day, and the source of these data. The plan
/// is `None` if git has no version from that time.
fn known(opened: &Opened, since: &RevisionOrDay) -> anyhow::Result<(Day, Option<Plan>, Source)> {
    let (path, last) = opened.place();
    let day = match since {
        RevisionOrDay::Revision(revision) => {
            let (known, day) = snapshot_at(path, last, revision).map_err(|error| {
                anyhow!("{error:#}; for the last meeting, write last-meeting; for a date, {DATES}")
            })?;
            return Ok((day, Some(known.plan), Source::git(&known.version, known.skipped)));
        }
        RevisionOrDay::Day(day) => *day,
    };
    Ok(match known_on(path, last, day)? {
        Ok(known) => (day, Some(known.plan), Source::git(&known.version, known.skipped)),
        Err(why) => (day, None, Source::Entries { why }),
    })
}
