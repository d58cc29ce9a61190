//! What a paper is written from, and the one place that answers a question.

use std::collections::{HashMap, HashSet};

use super::{
    question::{
        EntryField, EntryKind, Frame, Group, ItemField, PlanField, Question, SectionField, Which,
    },
    words,
};
use crate::{
    model::{Day, Id, Lateness, Meeting, Period, Plan, PlanId, Timing, days_between, seen_on},
    output::words::spoken,
    query::{Account, Event, GroupBy, Happened, Portfolio, Progress, Row, View, account},
};

/// The period of a paper, and the meeting it is written for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub since: Day,
    pub as_of: Day,
    pub meeting: Option<Period>,
}

/// Plans as they stand, and what became of them in a period.
pub struct Source<'v> {
    pub portfolio: &'v Portfolio,
    pub span: Span,
    /// One of each plan.
    accounts: Vec<Account>,
    /// It is known how each plan was when the period began.
    pub knows_earlier: bool,
    rows: HashMap<String, Row<'v>>,
}

/// A part of the account of a period.
enum Part {
    OpenBefore,
    Closed,
    Event(Happened),
}

impl Part {
    /// The part that is meant; `None` where the present plan tells.
    fn find(which: Which) -> Option<Self> {
        Some(match which {
            Which::OpenBefore => Self::OpenBefore,
            Which::Closed => Self::Closed,
            Which::Added => Self::Event(Happened::Added),
            Which::Reopened => Self::Event(Happened::Reopened),
            Which::Completed => Self::Event(Happened::Completed),
            Which::Extended => Self::Event(Happened::Extended),
            Which::NewlyOverdue => Self::Event(Happened::NewlyOverdue),
            Which::Untouched => Self::Event(Happened::Untouched),
            Which::Dropped => Self::Event(Happened::Dropped),
            Which::RecordedLate => Self::Event(Happened::RecordedLate),
            Which::Altered => Self::Event(Happened::Altered),
            _ => return None,
        })
    }

    fn ids<'a>(&self, account: &'a Account) -> Vec<&'a Id> {
        match self {
            Self::OpenBefore => account.open_before.iter().collect(),
            Self::Closed => account.closed.iter().collect(),
            Self::Event(what) => {
                let events = account.events.iter().filter(|event| event.what == *what);
                events.map(|event| &event.id).collect()
            }
        }
    }
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Number(i64),
    /// Words, perhaps of several paragraphs.
    Words(String),
}

/// Where there is nothing to tell.
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

    /// The number, and 0 of words.
    pub fn as_count(&self) -> usize {
        match self {
            Self::Number(number) => usize::try_from(*number).unwrap_or(0),
            Self::Words(_) => 0,
        }
    }

    /// As it is printed where nothing else is asked for.
    pub fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Words(words) => words.clone(),
        }
    }
}

impl<'v> Source<'v> {
    /// `earlier` has each plan as it was known when the period began, where that is known.
    pub fn new(portfolio: &'v Portfolio, span: Span, earlier: &[Option<Plan>]) -> Self {
        let views = portfolio.views.iter().zip(earlier);
        let accounts = views.map(|(view, earlier)| {
            let earlier = earlier.as_ref().unwrap_or(&view.plan);
            account(earlier, &view.plan, span.since, span.as_of)
        });
        let accounts = accounts.collect();
        let knows_earlier = earlier.iter().all(Option::is_some);
        let recommendations = portfolio.recommendations();
        let rows = recommendations.flat_map(|row| std::iter::once(row).chain(row.actions()));
        let rows = rows.map(|row| (row.shown_id(), row)).collect();
        Self { portfolio, span, accounts, knows_earlier, rows }
    }

    /// The recommendations meant, in the plans' order.
    pub fn rows(&self, which: Which, group: &Group) -> Vec<Row<'v>> {
        let rows = self.portfolio.recommendations();
        rows.filter(|row| group.has(row) && self.holds(which, row)).collect()
    }

    /// The ids of what is meant. In the account of the period there may be some that are no longer in a plan, and
    /// ids of actions.
    pub fn ids(&self, which: Which) -> Vec<String> {
        let Some(part) = Part::find(which) else {
            return self.rows(which, &Group::All).iter().map(Row::shown_id).collect();
        };
        let accounts = self.portfolio.views.iter().zip(&self.accounts);
        let ids = accounts.flat_map(|(view, account)| {
            let ids = part.ids(account).into_iter();
            ids.map(|id| PlanId { plan: view.name.clone(), id: id.clone() }.to_string())
        });
        let mut known = HashSet::new();
        ids.filter(|id| known.insert(id.clone())).collect()
    }

    pub fn count(&self, which: Which) -> usize {
        self.ids(which).len()
    }

    /// How many there were on another day, by the plan's own dates; `None` where the question has no answer then.
    pub fn count_on(&self, day: Day, which: Which) -> Option<usize> {
        let is_meant: fn(&Row<'_>) -> bool = match which {
            Which::Total => |_| true,
            Which::Complete => |row| row.progress() == Progress::Complete,
            Which::Overdue => |row| row.is_overdue(),
            _ => return None,
        };
        let views = self.portfolio.views.iter().filter(|view| view.plan.date <= day);
        let then = views.map(|view| View::new(view.plan.clone(), day, 0, None));
        Some(then.map(|view| view.recommendations().filter(is_meant).count()).sum())
    }

    /// What happened in the period, with the id as a question has it.
    pub fn events(&self, what: Happened) -> impl Iterator<Item = (PlanId, &Event)> {
        let accounts = self.portfolio.views.iter().zip(&self.accounts);
        accounts.flat_map(move |(view, account)| {
            let events = account.events.iter().filter(move |event| event.what == what);
            events.map(|event| (PlanId { plan: view.name.clone(), id: event.id.clone() }, event))
        })
    }

    /// The meeting that the paper is written for, where the plan has it.
    pub fn meeting(&self) -> Option<&'v Meeting> {
        let wanted = self.span.meeting?;
        self.meetings().find(|meeting| meeting.date == wanted)
    }

    /// The first meeting after the paper's own, and after the as-of day.
    pub fn next_meeting(&self) -> Option<Period> {
        let own = self.span.meeting.map(Period::last_day);
        let from = own.map_or(self.span.as_of, |own| own.max(self.span.as_of));
        let ahead = self.meetings().map(|meeting| meeting.date);
        ahead.filter(|date| date.first_day() > from).min_by_key(|date| date.last_day())
    }

    fn meetings(&self) -> impl Iterator<Item = &'v Meeting> {
        self.portfolio.views.iter().flat_map(|view| &view.plan.meetings)
    }

    fn holds(&self, which: Which, row: &Row<'_>) -> bool {
        let is = |progress| row.progress() == progress;
        match which {
            Which::Total => true,
            Which::Open => !row.is_closed(),
            Which::Complete => is(Progress::Complete),
            Which::InProgress => is(Progress::InProgress),
            Which::NotStarted => is(Progress::NotStarted),
            Which::Superseded => is(Progress::Superseded),
            Which::NotPursued => is(Progress::NotPursued),
            Which::Rejected => is(Progress::Rejected),
            Which::Overdue => row.is_overdue(),
            Which::NotVerified => {
                let recommendation = &row.recommendation.recommendation;
                is(Progress::Complete) && !recommendation.is_verified_on(self.span.as_of)
            }
            Which::DueNext => self.is_due_next(row),
            Which::Undated => row.timing() == Some(Timing::Undated),
            Which::Unowned => row.is_open() && row.owners().is_empty(),
            Which::Silent => row.stale().is_some(),
            Which::Slipped => row.is_overdue() || days_moved(row).is_some_and(|days| days > 0),
            part => {
                let account = &self.accounts[row.view.position];
                let id = &row.recommendation.recommendation.id;
                Part::find(part).is_some_and(|part| part.ids(account).contains(&id))
            }
        }
    }

    fn is_due_next(&self, row: &Row<'_>) -> bool {
        let (Some(next), Some(due)) = (self.next_meeting(), row.deadline()) else {
            return false;
        };
        row.is_open() && !row.is_overdue() && due.last_day() <= next.last_day()
    }

    /// The answer to a question; `None` where the plans have nothing of that name.
    pub fn answer(&self, question: &Question) -> Option<Answer> {
        Some(match question {
            Question::Frame(frame) => self.frame(*frame),
            Question::Plans => Answer::count(self.portfolio.views.len()),
            Question::Count(which, Group::All) => Answer::count(self.count(*which)),
            Question::Count(which, group) => Answer::count(self.rows(*which, group).len()),
            Question::CountOn(day, which) => Answer::count(self.count_on(*day, *which)?),
            Question::Share(which, group) => {
                let total = self.rows(Which::Total, group).len();
                Answer::words(words::share(self.rows(*which, group).len(), total))
            }
            Question::List(which) => Answer::words(words::list(&self.ids(*which))),
            Question::Plan(field, name) => {
                let mut views = self.portfolio.views.iter();
                plan(&views.find(|view| view.name == *name)?.plan, *field)
            }
            Question::Section(number, field) => {
                let section = self.portfolio.single()?.plan.sections.get(number.checked_sub(1)?)?;
                Answer::words(match field {
                    SectionField::Heading => &section.heading,
                    SectionField::Text => &section.text,
                })
            }
            Question::Title(by, name) => {
                let groups = self.portfolio.groups(*by);
                let group = groups.iter().find(|group| group.id == Some(name.as_str()));
                Answer::optional(group?.title)
            }
            Question::Item(id, field) => self.item(self.row(id)?, *field),
            Question::Entry(id, kind, number, field) => {
                entry(self.row(id)?, *kind, number.checked_sub(1)?, *field)?
            }
        })
    }

    fn row(&self, id: &PlanId) -> Option<&Row<'v>> {
        self.rows.get(&id.to_string())
    }

    fn frame(&self, frame: Frame) -> Answer {
        match frame {
            Frame::AsOf => Answer::date(Some(self.span.as_of.into())),
            Frame::Since => Answer::date(Some(self.span.since.into())),
            Frame::MeetingDate => Answer::date(self.span.meeting),
            Frame::MeetingTitle => {
                Answer::optional(self.meeting().and_then(|meeting| meeting.title.as_deref()))
            }
            Frame::NextMeeting => Answer::date(self.next_meeting()),
        }
    }

    fn item(&self, row: &Row<'_>, field: ItemField) -> Answer {
        let recommendation = &row.recommendation.recommendation;
        let days = row.days_late();
        match field {
            ItemField::Id => Answer::words(row.shown_id()),
            ItemField::Name => Answer::words(words::short(row.name())),
            ItemField::Text => Answer::words(row.text()),
            ItemField::Owner => Answer::words(row.owners().join(", ")),
            ItemField::Timescale => {
                Answer::optional(row.timescale().map(|timescale| &*timescale.wording))
            }
            ItemField::FirstTimescale => {
                Answer::optional(row.original_timescale().map(|timescale| &*timescale.wording))
            }
            ItemField::Progress => Answer::words(spoken(row.progress())),
            ItemField::Extensions => Answer::count(row.extensions()),
            ItemField::DaysMoved => Answer::number(days_moved(row)),
            ItemField::DaysLate => Answer::number(days.filter(|days| *days > 0)),
            ItemField::DaysLeft => Answer::number(days.map(|days| -days).filter(|days| *days >= 0)),
            ItemField::DaysLateFirst => {
                let days = row.lateness().and_then(Lateness::days_against_original);
                Answer::number(days.filter(|days| *days > 0))
            }
            ItemField::Pressing => Answer::optional(row.pressing().map(|id| id.as_str())),
            ItemField::Finished => Answer::date(row.finish().map(|finish| finish.period())),
            ItemField::Evidence => {
                let entries = recommendation.entries_on(self.span.as_of);
                let evidence: Vec<&str> =
                    entries.flat_map(|entry| entry.evidence.iter().map(String::as_str)).collect();
                Answer::words(evidence.join(", "))
            }
            ItemField::LastNote => Answer::optional(self.last_note(row)),
            ItemField::Response => Answer::words(spoken(recommendation.response)),
            ItemField::ResponseText => Answer::optional(recommendation.response_text.as_deref()),
            ItemField::WhyEnded if row.is_rejected() => {
                Answer::optional(recommendation.response_text.as_deref())
            }
            ItemField::WhyEnded => Answer::optional(self.last_note(row)),
        }
    }

    /// The latest note on a recommendation; of equal days the one that stands last.
    fn last_note<'r>(&self, row: &Row<'r>) -> Option<&'r str> {
        let entries = match row.action {
            Some(standing) => {
                seen_on(&standing.action().progress, self.span.as_of).iter().collect()
            }
            None => {
                let entries = row.recommendation.recommendation.entries_on(self.span.as_of);
                entries.collect::<Vec<_>>()
            }
        };
        let noted = entries.into_iter().filter(|entry| entry.note.is_some());
        noted.max_by_key(|entry| entry.on)?.note.as_deref()
    }
}

impl Group {
    /// Whether a recommendation belongs to the group.
    fn has(&self, row: &Row<'_>) -> bool {
        let (by, name) = match self {
            Self::All => return true,
            Self::By(by, name) => (by, name.as_deref()),
        };
        match by {
            GroupBy::Area => row.area() == name,
            GroupBy::Priority => row.priority() == name,
            GroupBy::Plan => row.view.name.as_deref() == name,
            GroupBy::Owner => match name {
                Some(name) => row.owners().contains(&name),
                None => row.owners().is_empty(),
            },
        }
    }
}

/// Days from the deadline first agreed to the one in force.
pub fn days_moved(row: &Row<'_>) -> Option<i64> {
    let lateness = row.lateness()?;
    Some(days_between(lateness.original?.last_day(), lateness.in_force.last_day()))
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
    let recommendation = &row.recommendation.recommendation;
    let action = row.action.map(|standing| standing.action());
    let (on, what, by, why, evidence) = match kind {
        EntryKind::Progress => {
            let entries = action.map_or(&recommendation.progress, |action| &action.progress);
            let entry = seen_on(entries, as_of).get(index)?;
            let (by, why) = (entry.by.as_deref(), entry.note.as_deref());
            (entry.on, spoken(entry.status), by, why, entry.evidence.join(", "))
        }
        EntryKind::Revision => {
            let revisions = action.map_or(&recommendation.revisions, |action| &action.revisions);
            let revision = seen_on(revisions, as_of).get(index)?;
            let (by, why) = (revision.by.as_deref(), revision.reason.as_deref());
            (revision.on, revision.to.wording.clone(), by, why, String::new())
        }
        EntryKind::Verification => {
            let entry = seen_on(&recommendation.verification, as_of).get(index)?;
            let (by, why) = (Some(&*entry.by), entry.note.as_deref());
            (entry.on, spoken(entry.result), by, why, entry.evidence.join(", "))
        }
    };
    Some(match field {
        EntryField::On => Answer::date(Some(on.into())),
        EntryField::What => Answer::words(what),
        EntryField::By => Answer::optional(by),
        EntryField::Why => Answer::optional(why),
        EntryField::Evidence => Answer::words(evidence),
    })
}
