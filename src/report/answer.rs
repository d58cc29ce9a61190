//! Answers: the one place that answers a question, for the paper and for its verification.

use std::collections::HashSet;

use super::{
    question::{
        EntryField, EntryKind, Frame, Group, ItemField, PlanField, Question, RowSelection,
        RuleKind, SectionField,
    },
    source::{Source, days_moved, own_days_late},
    words,
};
use crate::{
    model::{Lateness, Period, Plan, ProgressEntry, seen_on, spoken},
    output::words::{counted, entry_words, escalation, progress},
    query::{Progress, Row, Tally},
};

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Number(i64),
    /// Words, perhaps of several paragraphs.
    Words(String),
}

/// A table has no more letters of a note. Papers are verified against them.
const LONGEST_NOTE: usize = 240;
/// The words for an empty answer.
const ABSENT: &str = "–";

impl Answer {
    fn words(words: impl Into<String>) -> Self {
        let words: String = words.into();
        Self::Words(if words.trim().is_empty() { ABSENT.to_owned() } else { words })
    }

    fn optional(words: Option<impl Into<String>>) -> Self {
        words.map_or_else(Self::absent, Self::words)
    }

    fn absent() -> Self {
        Self::Words(ABSENT.to_owned())
    }

    fn count(count: usize) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }

    fn number(number: Option<i64>) -> Self {
        number.map_or_else(Self::absent, Self::Number)
    }

    fn date(period: Option<Period>) -> Self {
        Self::optional(period.map(words::date))
    }

    /// As it is printed where nothing else is asked for.
    pub fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Words(words) => words.clone(),
        }
    }
}

impl Source<'_> {
    /// The answer to a question; `None` where the plans have nothing of that name.
    pub fn answer(&self, question: &Question) -> Option<Answer> {
        Some(match question {
            Question::Frame(frame) => self.frame(*frame),
            Question::Plans => Answer::count(self.portfolio.views.len()),
            Question::Rule(kind, name) => {
                let policy = &self.plan(name.as_deref())?.policy;
                Answer::optional(match kind {
                    RuleKind::Rag => policy.rag.as_ref().map(ToString::to_string),
                    RuleKind::Escalate => policy.escalate.as_ref().map(ToString::to_string),
                    RuleKind::Grace => Some(counted(i64::from(policy.grace_days), "day", "days")),
                })
            }
            Question::Day(day) => Answer::date(Some((*day).into())),
            Question::Count(which, Group::All) => Answer::count(self.count(*which)),
            Question::Count(which, group) => Answer::count(self.rows(*which, group).len()),
            Question::CountOn(day, which) => Answer::count(tallied(&self.tally(*day), *which)?),
            Question::KnownOn(day, which) => Answer::count(tallied(self.known.get(day)?, *which)?),
            Question::Share(which, group) => {
                let total = self.rows(RowSelection::Total, group).len();
                Answer::words(words::share(self.rows(*which, group).len(), total))
            }
            Question::List(which) => {
                let mut known = HashSet::new();
                let ids = self.ids(*which).iter().filter(|id| known.insert(*id));
                Answer::words(words::list(&ids.cloned().collect::<Vec<_>>()))
            }
            Question::Plan(field, name) => plan(self.plan(name.as_deref())?, *field),
            Question::Section(number, field) => {
                let section = self.portfolio.single()?.plan.sections.get(number.checked_sub(1)?)?;
                Answer::words(match field {
                    SectionField::Heading => &section.heading,
                    SectionField::Text => &section.text,
                })
            }
            Question::Title(by, name) => Answer::optional(self.groups(*by).find(Some(name))?.title),
            Question::Item(id, field) => self.item(self.row(id)?, *field),
            Question::Entry(id, kind, number, field) => {
                entry(self.row(id)?, *kind, number.checked_sub(1)?, *field)?
            }
        })
    }

    /// The plan of that name.
    fn plan(&self, name: Option<&str>) -> Option<&Plan> {
        let mut views = self.portfolio.views.iter();
        views.find(|view| view.name.as_deref() == name).map(|view| &view.plan)
    }

    fn frame(&self, frame: Frame) -> Answer {
        match frame {
            Frame::AsOf => Answer::date(Some(self.span.as_of.into())),
            Frame::Since => Answer::words(self.since()),
            Frame::Begin => Answer::date(Some(self.span.since.into())),
            Frame::MeetingDate => Answer::date(self.span.meeting),
            Frame::MeetingTitle => {
                Answer::optional(self.meeting().and_then(|meeting| meeting.title.as_deref()))
            }
            Frame::NextMeeting => Answer::date(self.next_meeting()),
        }
    }

    fn item(&self, row: &Row<'_>, field: ItemField) -> Answer {
        let recommendation = row.recommendation();
        let days = row.days_late();
        match field {
            ItemField::Id => Answer::words(row.shown_id()),
            ItemField::Name => Answer::words(words::short(row.name())),
            ItemField::Text => Answer::words(row.text()),
            ItemField::Owner => Answer::words(row.owners().join(", ")),
            ItemField::Timescale => {
                Answer::optional(row.timescale().map(|timescale| timescale.words()))
            }
            ItemField::FirstTimescale => {
                Answer::optional(row.original_timescale().map(|timescale| timescale.words()))
            }
            ItemField::Progress => Answer::words(progress(row)),
            ItemField::Extensions => Answer::count(row.extensions()),
            ItemField::Outlook => Answer::optional(row.outlook().map(spoken)),
            ItemField::Colour => Answer::optional(row.colour().map(spoken)),
            ItemField::Escalation => Answer::optional(escalation(row)),
            ItemField::DaysMoved => Answer::number(days_moved(row)),
            ItemField::DaysLate => Answer::number(days.filter(|days| *days > 0)),
            ItemField::DaysLateOwn => Answer::number(own_days_late(row).filter(|days| *days > 0)),
            ItemField::DaysLeft => Answer::number(days.map(|days| -days).filter(|days| *days >= 0)),
            ItemField::DaysLateFirst => {
                let days = row.deciding().and_then(Lateness::days_against_original);
                Answer::number(days.filter(|days| *days > 0))
            }
            ItemField::Behind => Answer::words(words::list(
                &row.behind().iter().map(Row::shown_id).collect::<Vec<_>>(),
            )),
            ItemField::BehindOwner => Answer::words(owners(&row.behind())),
            ItemField::LastWord => {
                Answer::optional(row.last_word().map(|words| words::cut(words, LONGEST_NOTE)))
            }
            ItemField::Finished => Answer::date(row.finish().map(|finish| finish.period())),
            ItemField::Evidence => Answer::words(evidence(row)),
            ItemField::CompletionNote => {
                Answer::optional(self.last_note(row).map(|note| words::cut(note, LONGEST_NOTE)))
            }
            ItemField::Response => Answer::words(spoken(row.response())),
            ItemField::ResponseText => Answer::optional(recommendation.response_text.as_deref()),
            ItemField::WhyEnded if row.is_rejected() => {
                Answer::optional(recommendation.response_text.as_deref())
            }
            ItemField::WhyEnded => Answer::optional(self.last_note(row)),
        }
    }

    /// The latest note with the status that a recommendation ended with; of equal days the one that stands last.
    fn last_note<'r>(&self, row: &Row<'r>) -> Option<&'r str> {
        let rows = std::iter::once(*row).chain(row.actions().filter(|_| !row.is_action()));
        let entries = rows.flat_map(|row| seen_on(row.progress_entries(), self.span.as_of));
        let is_last = |entry: &&ProgressEntry| {
            entry.status.is_some_and(|status| Progress::from(status) == row.progress())
        };
        let noted = entries.filter(is_last).filter(|entry| entry.note.is_some());
        noted.max_by_key(|entry| entry.on)?.note.as_deref()
    }
}

/// The figure of a tally that is meant; `None` where it has no such figure.
fn tallied(tally: &Tally, which: RowSelection) -> Option<usize> {
    match which {
        RowSelection::Total => Some(tally.total),
        RowSelection::Complete => Some(tally.complete),
        RowSelection::Overdue => Some(tally.overdue),
        _ => None,
    }
}

/// Everybody who answers for some of these, each once.
fn owners(rows: &[Row<'_>]) -> String {
    let mut owners: Vec<&str> = rows.iter().flat_map(Row::owners).collect();
    let mut known = HashSet::new();
    owners.retain(|owner| known.insert(*owner));
    owners.join(", ")
}

/// All evidence of a recommendation and its actions.
fn evidence(row: &Row<'_>) -> String {
    let entries = row.recommendation().entries_on(row.view.as_of);
    let evidence = entries.flat_map(|entry| entry.evidence.iter().map(String::as_str));
    evidence.collect::<Vec<_>>().join(", ")
}

fn plan(plan: &Plan, field: PlanField) -> Answer {
    match field {
        PlanField::Title => Answer::words(&*plan.title),
        PlanField::Body => Answer::optional(plan.body.as_deref()),
        PlanField::Committee => Answer::optional(plan.committee.as_deref()),
        PlanField::Report => Answer::optional(plan.report.as_deref()),
        PlanField::Date => Answer::date(Some(plan.date.into())),
        PlanField::By => Answer::optional(plan.by.as_deref()),
        PlanField::Author => Answer::optional(plan.author.as_deref()),
    }
}

/// A word of an entry that was known on the as-of day.
fn entry(row: &Row<'_>, kind: EntryKind, index: usize, field: EntryField) -> Option<Answer> {
    let as_of = row.view.as_of;
    let mut decision = None;
    let (on, what, by, why, evidence) = match kind {
        EntryKind::Progress => {
            let entry = row.progress_entries().get(index).filter(|entry| entry.on <= as_of)?;
            let (by, why) = (entry.by.as_deref(), entry.note.as_deref());
            let what = entry_words(entry);
            (entry.on, what, by, why, entry.evidence.join(", "))
        }
        EntryKind::Revision => {
            let revision = row.revisions().get(index).filter(|entry| entry.on <= as_of)?;
            let (by, why) = (revision.by.as_deref(), revision.reason.as_deref());
            decision = revision.decision;
            (revision.on, revision.to.words(), by, why, String::new())
        }
        EntryKind::Verification => {
            let entry = row.verification().get(index).filter(|entry| entry.on <= as_of)?;
            let (by, why) = (Some(&*entry.by), entry.note.as_deref());
            (entry.on, spoken(entry.result), by, why, entry.evidence.join(", "))
        }
    };
    Some(match field {
        EntryField::On => Answer::date(Some(on.into())),
        EntryField::Content => Answer::words(what),
        EntryField::By => Answer::optional(by),
        EntryField::Decision => Answer::optional(decision.map(spoken)),
        EntryField::Why => Answer::optional(why),
        EntryField::Evidence => Answer::words(evidence),
    })
}
