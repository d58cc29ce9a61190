//! The answer of `plan changes`: the counts of recommendations and the events in a period.

use super::{
    change_text::phrase,
    fact_value::FactValue,
    words::{against_due_date, span, spoken},
};
use crate::{
    doc::{
        ABSENT, Block, Column, Doc, Fit, Line, Medium, Table, absent,
        style::{DONE, FAINT, LATE, PLAIN, SOON, STRONG},
        text::capitalised,
    },
    history::Version,
    model::{Day, Id, Keyword, Period, to_single_line},
    query::{Event, Happened, PeriodSummary, Portfolio, View},
};

/// The answer of `plan changes`: a summary of the period for each requested plan.
pub struct Changes<'a> {
    pub portfolio: &'a Portfolio,
    pub summaries: Vec<PlanPeriodSummary<'a>>,
}

/// The summary of a period for one plan: counts of recommendations, and events.
pub struct PlanPeriodSummary<'a> {
    pub view: &'a View,
    /// The source from which the command knows the state of the plan at the start of the period.
    pub source: Source,
    pub summary: PeriodSummary,
}

/// The source of an earlier state of a plan: a version in git, or the dates of the entries.
#[derive(Debug, Clone)]
pub enum Source {
    Git {
        commit: String,
        day: Day,
        /// Notices about versions that were skipped because they are not valid plans.
        skipped: Vec<String>,
    },
    /// The dates of the entries, because git has no suitable version of the plan. The text `why` gives the reason.
    Entries { why: String },
}

impl Source {
    pub fn git(version: &Version, skipped: Vec<String>) -> Self {
        Self::Git { commit: version.commit.short().to_owned(), day: version.committed, skipped }
    }

    pub fn word(&self) -> &'static str {
        match self {
            Self::Git { .. } => "git",
            Self::Entries { .. } => "entries",
        }
    }

    /// Describes the source in sentences.
    pub fn words(&self) -> String {
        match self {
            Self::Git { commit, day, skipped } => {
                let skipped =
                    skipped.iter().map(|skipped| format!(" {}.", to_single_line(skipped)));
                format!(
                    "As recorded in commit {commit}, made on {day}.{}",
                    skipped.collect::<String>()
                )
            }
            Self::Entries { why } => {
                format!("Based on entry dates: {}.", to_single_line(why))
            }
        }
    }
}

/// A line of the summary with a count, such as the number of added recommendations.
pub struct SumLine<'a> {
    /// The name of the count in JSON and CSV.
    pub name: &'static str,
    words: &'static str,
    /// The ids of the counted recommendations.
    pub ids: &'a [Id],
}

impl PlanPeriodSummary<'_> {
    /// Returns five lines with the numbers of recommendations: open before the period, added, reopened, closed, and
    /// open now.
    pub fn lines(&self) -> [SumLine<'_>; 5] {
        let PeriodSummary { open_before, added, reopened, closed, open_now, .. } = &self.summary;
        [
            ("open-before", "Opening", open_before),
            ("added", "Added", added),
            ("reopened", "Reopened", reopened),
            ("closed", "Closed", closed),
            ("open-now", "Closing", open_now),
        ]
        .map(|(name, words, ids)| SumLine { name, words, ids })
    }

    /// Returns the ids to list beside a count; empty for the two counts of open recommendations.
    fn ids(&self, line: &SumLine<'_>) -> String {
        let ids = if line.name.starts_with("open") { &[] } else { line.ids };
        ids.iter().map(|id| self.view.shown(id)).collect::<Vec<_>>().join(", ")
    }

    fn heading(&self) -> String {
        let name = self.view.name.as_ref().map(|name| format!(" · {}", to_single_line(name)));
        let PeriodSummary { from, to, .. } = &self.summary;
        let first = from.succ_opt().map(Period::from);
        let met = |date: &Period| self.view.plan.meetings.iter().any(|held| held.date == *date);
        let from = match first.filter(met) {
            Some(meeting) => format!("{} (meeting)", meeting.iso()),
            None => from.to_string(),
        };
        format!("From {from} to {to}{}", name.unwrap_or_default())
    }
}

/// A field of an event: the name of the field in JSON and CSV, and a function that returns the value of the field.
pub type EventFact = (&'static str, for<'e> fn(&'e Event) -> FactValue<'e>);

/// The fields of an event, in the order of JSON and CSV.
pub const EVENT_FACTS: [EventFact; 12] = [
    ("what", |event| event.what.word().into()),
    ("name", |event| event.name.as_str().into()),
    ("on", |event| event.on.into()),
    ("deadline", |event| event.deadline.into()),
    ("days_late", |event| event.days_late.into()),
    ("old", |event| event.old.as_deref().into()),
    ("new", |event| event.new.as_deref().into()),
    ("times", |event| event.times.into()),
    ("reason", |event| event.reason.as_deref().into()),
    ("by", |event| event.by.as_deref().into()),
    ("recorded", |event| recorded(event).into()),
    ("words", |event| words(event).into()),
];

/// Describes the difference in the plan if the event reports one. Returns `None` if the event reports no difference.
fn recorded(event: &Event) -> Option<String> {
    let difference = event.difference.as_ref()?;
    Some(phrase(difference, event.on).plain())
}

/// Describes an event in a few words, without the id and the title of the item concerned.
fn words(event: &Event) -> String {
    let on = event.on.map(|on| on.to_string());
    let parts = match event.what {
        Happened::Completed | Happened::Superseded | Happened::NotPursued | Happened::Rejected => {
            vec![on, event.days_late.map(against_due_date)]
        }
        Happened::NewlyOverdue => {
            let late = event.days_late.map(|late| format!("{} overdue", span(late)));
            vec![event.deadline.map(|deadline| deadline.to_string()), late]
        }
        Happened::Extended => {
            let old = event.old.as_deref().unwrap_or(ABSENT);
            let moved = event.new.as_ref().zip(event.times);
            vec![moved.map(|(new, times)| match times {
                0 => format!("{old} → {new} (first due date)"),
                _ => format!("{old} → {new} ({})", ordinal(times)),
            })]
        }
        Happened::Requested | Happened::RequestRefused => {
            let times = match event.times {
                None | Some(0) => None,
                Some(1) => Some("extended once before".to_owned()),
                Some(times) => Some(format!("extended {times} times before")),
            };
            vec![event.new.clone(), times]
        }
        Happened::Reopened => vec![on, event.reason.clone()],
        Happened::Answered => vec![event.new.as_deref().map(|new| new.replace('-', " ")), on],
        _ => vec![on],
    };
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// Returns the text of an event for the column “Recommendation or reason”.
fn remark(event: &Event) -> String {
    let reason = event.reason.as_deref().map(|reason| format!("“{}”", to_single_line(reason)));
    match event.what {
        Happened::Extended
        | Happened::Requested
        | Happened::RequestRefused
        | Happened::Verified
        | Happened::Refused => {
            let by = event.by.as_deref().map(to_single_line);
            reason.into_iter().chain(by).collect::<Vec<_>>().join(", ")
        }
        Happened::RecordedLate | Happened::Altered => {
            recorded(event).unwrap_or_else(|| format!("added: {}", event.name))
        }
        _ => event.name.clone(),
    }
}

fn label(what: Happened) -> String {
    match what {
        Happened::NewlyOverdue => "Newly overdue".to_owned(),
        Happened::RecordedLate => "Recorded late".to_owned(),
        Happened::Requested => "Extension requested".to_owned(),
        Happened::RequestRefused => "Extension refused".to_owned(),
        Happened::Untouched => "No update".to_owned(),
        other => capitalised(&spoken(other)),
    }
}

/// The kinds of events that every summary lists, even if no such event occurred.
const ALWAYS: [Happened; 4] =
    [Happened::Completed, Happened::NewlyOverdue, Happened::Extended, Happened::Untouched];

/// Returns the kinds of events to list for this summary, in order.
fn kinds(summary: &PeriodSummary) -> Vec<Happened> {
    let happened = |what: &Happened| summary.events.iter().any(|event| event.what == *what);
    let kinds = Happened::ALL.iter().copied();
    kinds.filter(|what| ALWAYS.contains(what) || happened(what)).collect()
}

/// Builds a document with the summary of each plan.
pub fn document(changes: &Changes<'_>) -> Doc {
    let mut doc = Doc::default();
    for plan in &changes.summaries {
        if !doc.0.is_empty() {
            doc.gap();
        }
        doc.heading(2, plan.heading());
        doc.say(plan.source.words());
        doc.gap();
        sum(&mut doc, plan);
        doc.gap();
        events(&mut doc, plan);
    }
    doc
}

/// Adds the counts of the summary to the document.
fn sum(doc: &mut Doc, plan: &PlanPeriodSummary<'_>) {
    let lines = plan.lines();
    let digits = lines.iter().map(|line| line.ids.len().to_string().len()).max().unwrap_or(1);
    for line in &lines {
        let counted = format!("{:<9} {:>digits$}", line.words, line.ids.len());
        let ids = plan.ids(line);
        let block = match ids.as_str() {
            "" => Block::Line(counted.into()),
            _ => Block::Hanging(format!("{counted}  ").into(), digits + 12, ids.into()),
        };
        doc.on(Medium::Screen, block);
    }
    let rows = lines.iter().map(|line| {
        [line.words.to_owned(), line.ids.len().to_string(), plan.ids(line)].map(Line::from).to_vec()
    });
    let columns = ["", "Recommendations", "Ids"].map(|name| Column::new(name, Fit::Always));
    doc.on(Medium::Paper, Block::Table(Table::new(columns, rows.collect())));
}

/// Adds the events to the document. On a screen, events of the same kind share one label.
fn events(doc: &mut Doc, plan: &PlanPeriodSummary<'_>) {
    let kinds = kinds(&plan.summary);
    let of_kind = |what: &Happened| {
        let what = *what;
        plan.summary.events.iter().filter(move |event| event.what == what)
    };
    let is_shown = |what: &&Happened| **what != Happened::Untouched;
    let rows = kinds.iter().filter(is_shown).flat_map(|what| {
        let mut rows: Vec<Vec<Line>> = of_kind(what).map(|event| row(plan, event)).collect();
        if rows.is_empty() {
            let nothing = Line::styled(FAINT, ABSENT);
            rows.push(vec![label(*what).into(), nothing, Line::default(), Line::default()]);
        }
        rows.iter_mut().skip(1).for_each(|row| row[0] = Line::default());
        rows
    });
    let columns = [("Change", Fit::Always), ("Id", Fit::Always), ("Details", Fit::Always)];
    let columns = columns.into_iter().chain([("Recommendation or reason", Fit::Words)]);
    let unnamed: Vec<Column> = columns.clone().map(|(_, fit)| Column::new("", fit)).collect();
    doc.on(Medium::Screen, Block::Table(Table::new(unnamed, rows.collect())));
    let ids: Vec<String> =
        of_kind(&Happened::Untouched).map(|event| plan.view.shown(&event.id)).collect();
    let ids = if ids.is_empty() { absent() } else { ids.join(", ") };
    let widest = kinds.iter().map(|what| label(*what).len()).max().unwrap_or(0) + 2;
    let first = format!("{:<widest$}", label(Happened::Untouched));
    doc.on(Medium::Screen, Block::Hanging(first.into(), widest, ids.into()));
    let columns: Vec<Column> = columns.map(|(name, fit)| Column::new(name, fit)).collect();
    let rows = plan.summary.events.iter().map(|event| row(plan, event)).collect();
    doc.on(Medium::Paper, Block::Table(Table::new(columns, rows)));
}

fn row(plan: &PlanPeriodSummary<'_>, event: &Event) -> Vec<Line> {
    let style = match event.what {
        Happened::Completed | Happened::Verified => DONE,
        Happened::NewlyOverdue | Happened::Altered | Happened::Dropped => LATE,
        Happened::RecordedLate | Happened::Refused | Happened::Requested => SOON,
        _ => PLAIN,
    };
    vec![
        Line::styled(style, label(event.what)),
        Line::styled(STRONG, plan.view.shown(&event.id)),
        words(event).into(),
        remark(event).into(),
    ]
}
