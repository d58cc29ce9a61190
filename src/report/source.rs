//! The source of a report's figures: the plans, the period and its summary, and the selected recommendations.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, HashMap, HashSet},
};

use super::{
    selection::{RowSelection, in_period},
    words::date,
};
use crate::{
    model::{
        Colour, Dated, Day, Decision, Id, Meeting, Period, Plan, Revision, Term, Verdict,
        Verification, agreed_on, extensions, numbered_on, ratified,
    },
    query::{Event, Happened, PeriodSummary, Portfolio, Progress, Row, Tally, period_summary},
};

/// The period of a report, and the meeting for which the report is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub since: Day,
    pub as_of: Day,
    pub meeting: Option<Period>,
}

/// The plans of a report, the changes to them in the period, and caches of figures.
pub struct Source<'v> {
    pub portfolio: &'v Portfolio,
    pub span: Span,
    summaries: Vec<PeriodSummary>,
    /// True if the state of each plan at the start of the period is known.
    pub knows_earlier: bool,
    /// The counts of recommendations on some days, taken from the versions of the plans in git.
    pub known: BTreeMap<Day, Tally>,
    rows: HashMap<String, Row<'v>>,
    /// A cache of the ids of the items in each selection.
    ids: [OnceCell<Vec<String>>; RowSelection::COUNT],
}

/// A selection of the revisions that set an agreed timescale.
#[derive(Clone, Copy)]
pub enum Agreed {
    /// The extensions that were agreed in the period. A revision is left out if it only approves an earlier extension
    /// that was made without a decision.
    Extensions,
    /// The revisions of the period that set the first due date of their item.
    FirstDates,
    /// The extensions on which the committee must still decide.
    Undecided,
}

impl<'v> Source<'v> {
    /// Creates a source. `earlier` contains the state of each plan at the start of the period, or `None` if this state
    /// is unknown.
    pub fn new(portfolio: &'v Portfolio, span: Span, earlier: &[Option<Plan>]) -> Self {
        let views = portfolio.views.iter().zip(earlier);
        let summaries = views.map(|(view, earlier)| {
            let earlier = earlier.as_ref().unwrap_or(&view.plan);
            period_summary(earlier, &view.plan, span.since, span.as_of)
        });
        let summaries = summaries.collect();
        let knows_earlier = earlier.iter().all(Option::is_some);
        let recommendations = portfolio.recommendations();
        let rows = recommendations.flat_map(|row| std::iter::once(row).chain(row.actions()));
        let rows = rows.map(|row| (row.shown_id(), row)).collect();
        Self {
            portfolio,
            span,
            summaries,
            knows_earlier,
            known: BTreeMap::new(),
            rows,
            ids: [const { OnceCell::new() }; RowSelection::COUNT],
        }
    }

    /// Adds the counts of recommendations on some days, taken from the versions of the plans in git.
    #[must_use]
    pub fn knowing(self, known: BTreeMap<Day, Tally>) -> Self {
        Self { known, ..self }
    }

    /// Returns the recommendations in the selection `which`, in the order of the plans.
    pub fn rows(&self, which: RowSelection) -> Vec<Row<'v>> {
        let mut rows: Vec<Row<'v>> = self.portfolio.recommendations().collect();
        let ids = |summary| Some(in_period(which, summary)?.into_iter().collect());
        let ids: Option<Vec<HashSet<&Id>>> = self.summaries.iter().map(ids).collect();
        match ids {
            Some(ids) => rows.retain(|row| ids[row.view.position].contains(row.id())),
            None => rows.retain(|row| self.holds(which, row)),
        }
        rows
    }

    /// Returns the ids of the items in the selection `which`. There may be ids of actions and of deleted
    /// recommendations.
    pub fn ids(&self, which: RowSelection) -> &[String] {
        self.ids[which as usize].get_or_init(|| self.find_ids(which))
    }

    fn find_ids(&self, which: RowSelection) -> Vec<String> {
        let shown = |rows: Vec<Row<'_>>| rows.iter().map(Row::shown_id).collect();
        let rows = || self.rows(which);
        match which {
            RowSelection::Requested => shown(self.portfolio.waiting()),
            RowSelection::Extended => self.extended(|times| times != Some(0)),
            RowSelection::Dated => self.extended(|times| times == Some(0)),
            RowSelection::Undecided => {
                let open = self.agreed(Agreed::Undecided).into_iter();
                shown(open.map(|(row, _)| row).collect())
            }
            RowSelection::VerificationRefused => shown(rows()),
            RowSelection::Verified => {
                let mut rows = rows();
                rows.retain(|row| row.recommendation().is_verified_on(self.span.as_of));
                shown(rows)
            }
            _ => {
                let summaries = self.portfolio.views.iter().zip(&self.summaries);
                let ids = summaries.map(|(view, summary)| {
                    let ids = in_period(which, summary)?.into_iter();
                    Some(ids.map(|id| view.shown(id)).collect::<Vec<_>>())
                });
                let ids: Option<Vec<_>> = ids.collect();
                ids.map_or_else(|| shown(rows()), |ids| ids.concat())
            }
        }
    }

    pub fn count(&self, which: RowSelection) -> usize {
        self.ids(which).len()
    }

    /// Returns how many of the given rows are in the selection `which`. The result is 0 for a selection that depends on
    /// the period, such as `Closed`.
    pub fn count_among(&self, which: RowSelection, rows: &[Row<'_>]) -> usize {
        rows.iter().filter(|row| self.holds(which, row)).count()
    }

    /// Returns the counts of recommendations on each of the `days`, computed from the dates in the present plans.
    /// `days` must be sorted.
    pub fn tallies_on(&self, days: &[Day]) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); days.len()];
        for view in &self.portfolio.views {
            for (tally, of_plan) in tallies.iter_mut().zip(Tally::on_days(&view.plan, days)) {
                *tally = *tally + of_plan;
            }
        }
        tallies
    }

    /// Returns each event of the kind `what` in the period, with the id of its item as the report prints it.
    pub fn events(&self, what: Happened) -> impl Iterator<Item = (String, &Event)> {
        let summaries = self.portfolio.views.iter().zip(&self.summaries);
        summaries.flat_map(move |(view, summary)| {
            let events = summary.events.iter().filter(move |event| event.what == what);
            events.map(|event| (view.shown(&event.id), event))
        })
    }

    /// Returns the recommendations in the selection `which`, the most urgent first.
    pub fn by_need(&self, which: RowSelection) -> Vec<Row<'v>> {
        let mut rows = self.rows(which);
        rows.sort_by_key(Row::need);
        rows
    }

    /// Returns all recommendations, each followed by its actions that have their own timescale.
    pub fn dated_rows(&self) -> impl Iterator<Item = Row<'v>> {
        let all = self.portfolio.recommendations();
        let rows = all.flat_map(|row| std::iter::once(row).chain(row.actions()));
        rows.filter(|row| row.own.has_own_timescale())
    }

    /// Returns the ids of the items whose due date was set or extended in the period. `is_meant` selects the items by
    /// the number of their extensions.
    fn extended(&self, is_meant: impl Fn(Option<usize>) -> bool) -> Vec<String> {
        let events = self.events(Happened::Extended);
        events.filter(|(_, event)| is_meant(event.times)).map(|(id, _)| id).collect()
    }

    /// Returns the row of each selected revision, and the position of the revision in the row's list of revisions,
    /// counted from 1.
    pub fn agreed(&self, which: Agreed) -> Vec<(Row<'v>, usize)> {
        let agreed = self.dated_rows().flat_map(|row| {
            let revisions: Vec<_> = agreed_on(row.item().revisions(), self.span.as_of).collect();
            let last = revisions.last().map(|(position, _)| *position);
            let asks = row.view.plan.policy.extensions_need_decision;
            let is_meant = |position: usize, revision: &Revision| {
                let is_new = revision.on > self.span.since;
                match (which, is_first_date(&row, position + 1)) {
                    (Agreed::Extensions, false) => {
                        is_new && !confirms(row.item().revisions(), position)
                    }
                    (Agreed::FirstDates, true) => is_new,
                    (Agreed::Undecided, false) => {
                        let is_undecided = asks && revision.decision.is_none();
                        is_undecided && last == Some(position) && row.is_open()
                    }
                    _ => false,
                }
            };
            let meant = revisions.into_iter().filter(|(position, one)| is_meant(*position, one));
            meant.map(|(position, _)| (row, position + 1)).collect::<Vec<_>>()
        });
        agreed.collect()
    }

    /// Returns the items whose requested extension was refused in the period, each with the position of the refusal in
    /// the item's list of revisions, counted from 1.
    pub fn refused_requests(&self) -> Vec<(Row<'v>, usize)> {
        let is_refusal = |entry: &Revision| entry.decision == Some(Decision::Refused);
        self.of_period(self.dated_rows(), |row| row.item().revisions(), is_refusal)
    }

    /// Returns the recommendations whose verification failed in the period, each with the position of the failed
    /// verification in the recommendation's list of verifications, counted from 1.
    pub fn refusals(&self) -> Vec<(Row<'v>, usize)> {
        let is_refusal = |entry: &Verification| entry.result == Verdict::Refused;
        self.of_period(
            self.portfolio.recommendations(),
            |row| row.item().verification(),
            is_refusal,
        )
    }

    /// Returns the entries of the period for which `is_meant` is true: the row of each entry, and the position of the
    /// entry in the list `entries` of this row, counted from 1.
    fn of_period<T: Dated + 'v>(
        &self,
        rows: impl Iterator<Item = Row<'v>>,
        entries: fn(&Row<'v>) -> &'v [T],
        is_meant: fn(&T) -> bool,
    ) -> Vec<(Row<'v>, usize)> {
        let found = rows.flat_map(|row| {
            let known = numbered_on(entries(&row), self.span.as_of);
            let new = known.filter(|(_, entry)| is_meant(entry) && entry.on() > self.span.since);
            new.map(|(index, _)| (row, index + 1)).collect::<Vec<_>>()
        });
        found.collect()
    }

    /// Checks whether a recommendation was made in the period, or whether it or one of its actions has an entry from
    /// the period.
    pub fn has_changed(&self, row: &Row<'_>) -> bool {
        let is_new = |on: Day| self.span.since < on && on <= self.span.as_of;
        let mut lists = row.all().flat_map(|row| row.item().lists());
        is_new(row.made_on())
            || lists.any(|(_, entries)| entries.iter().any(|entry| is_new(entry.on())))
    }

    /// Returns the start of the period in words, such as `the meeting of 8 May 2003`. If the period does not begin with
    /// a meeting, returns the last day before the period.
    pub fn begin_in_words(&self) -> String {
        let next = self.span.since.succ_opt();
        let is_meant = |meeting: &&Meeting| Some(meeting.date) == next.map(Period::from);
        match self.meetings().find(is_meant) {
            Some(meeting) => format!("the meeting of {}", date(meeting.date)),
            None => date(self.span.since.into()),
        }
    }

    /// Returns the meeting for which the report is written, if the plan lists it.
    pub fn meeting(&self) -> Option<&'v Meeting> {
        let wanted = self.span.meeting?;
        self.meetings().find(|meeting| meeting.date == wanted)
    }

    /// Returns the date of the first meeting after the report's own meeting and after the as-of day.
    pub fn next_meeting(&self) -> Option<Period> {
        let own = self.span.meeting.map(Period::last_day);
        let from = own.map_or(self.span.as_of, |own| own.max(self.span.as_of));
        let ahead = self.meetings().map(|meeting| meeting.date);
        ahead.filter(|date| date.first_day() > from).min_by_key(|date| date.last_day())
    }

    /// Checks whether an id is the id of an action.
    pub fn is_action(&self, id: &str) -> bool {
        self.rows.get(id).is_some_and(|row| row.is_action())
    }

    /// Returns the recommendation or action with this id.
    pub fn row(&self, id: &str) -> Option<&Row<'v>> {
        self.rows.get(id)
    }

    fn meetings(&self) -> impl Iterator<Item = &'v Meeting> {
        self.portfolio.views.iter().flat_map(|view| &view.plan.meetings)
    }

    fn holds(&self, which: RowSelection, row: &Row<'_>) -> bool {
        let is = |progress| row.progress() == progress;
        match which {
            RowSelection::Total => true,
            RowSelection::Open => !row.own.closed,
            RowSelection::Complete => is(Progress::Complete),
            RowSelection::InProgress => is(Progress::InProgress) && !row.is_unreported(),
            RowSelection::Unreported => row.is_unreported(),
            RowSelection::ReviewDue => row.review_due().is_some(),
            RowSelection::NotStarted => is(Progress::NotStarted),
            RowSelection::Superseded => is(Progress::Superseded),
            RowSelection::NotPursued => is(Progress::NotPursued),
            RowSelection::Rejected => is(Progress::Rejected),
            RowSelection::Overdue => row.is_overdue(),
            RowSelection::NotVerified => {
                let recommendation = row.recommendation();
                let is_verified = recommendation.is_verified_on(self.span.as_of);
                is(Progress::Complete) && (!is_verified || is_verified_by_owner(row))
            }
            RowSelection::InGrace => row.is_in_grace(),
            RowSelection::DueNext => self.is_due_next(row),
            RowSelection::Undated => row.is_open() && row.has_no_date(),
            RowSelection::Ongoing => row.is_open() && row.term() == Some(Term::Ongoing),
            RowSelection::AtRisk => row.is_at_risk(),
            RowSelection::Awaited => row.is_awaited(),
            RowSelection::Escalated => !row.escalation().is_empty(),
            RowSelection::Unverified => row.is_unverified(),
            RowSelection::Red => !row.own.closed && row.colour() == Some(Colour::Red),
            RowSelection::Amber => !row.own.closed && row.colour() == Some(Colour::Amber),
            RowSelection::Uncoloured => !row.own.closed && row.colour().is_none(),
            RowSelection::Green => !row.own.closed && row.colour() == Some(Colour::Green),
            RowSelection::Unowned => row.is_open() && row.owners().is_empty(),
            RowSelection::Silent => row.own.stale.is_some(),
            // The other selections come from entries or from the summary of the period, not from the state of a row.
            _ => false,
        }
    }

    fn is_due_next(&self, row: &Row<'_>) -> bool {
        let (Some(next), Some(due)) = (self.next_meeting(), row.deadline()) else { return false };
        row.is_open() && self.span.as_of <= due.last_day() && due.last_day() <= next.last_day()
    }
}

/// Checks whether the revision at `position` only approves an earlier extension that was made without a decision.
fn confirms(revisions: &[Revision], position: usize) -> bool {
    let extension = ratified(revisions, position).and_then(|at| revisions.get(at));
    let words = |revision: &Revision| revision.to.words();
    extension.map(words) == revisions.get(position).map(words)
}

/// Checks whether the latest verification of the recommendation was successful and was made by one of its owners.
pub fn is_verified_by_owner(row: &Row<'_>) -> bool {
    let recommendation = row.recommendation();
    let last = recommendation.verification_on(row.view.as_of);
    last.is_some_and(|entry| {
        entry.result == Verdict::Verified && row.view.plan.is_owned_by(recommendation, &entry.by)
    })
}

/// Checks whether a revision sets the first due date of a row. `number` is the position of the revision in the row's
/// list of revisions, counted from 1.
pub fn is_first_date(row: &Row<'_>, number: usize) -> bool {
    extensions(row.item(), Some(number - 1)) == 0
}
