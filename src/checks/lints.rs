//! The lints, which warn about oddities of a valid plan.

mod entries;
mod owners;
mod texts;
mod timescales;

use chrono::Datelike;

use super::{Finding, first};
use crate::key_path::KeyPath;
use crate::model::{
    Day, ItemRef, OldestFirst, Period, Plan, ProgressEntry, Recommendation, RecommendationStanding,
    Response, Revision, Rule, Standing, Term, Timing, Verdict, example_month, numbered_on, seen_on,
    shell_word,
};

/// A date is implausible if it is more than this number of years before or after the date of the plan or
/// recommendation.
const PLAUSIBLE_YEARS: u32 = 50;

/// The maximum number of warnings about a plan.
const MOST_WARNINGS: usize = 10_000;

/// Returns the warnings about a plan as of `day`. `is_on` says whether a rule applies. Dates after `latest` are future
/// dates.
pub fn lints(plan: &Plan, day: Day, latest: Day, is_on: impl Fn(Rule) -> bool) -> Vec<Finding> {
    let standings = plan.standing_on(day);
    let began = Began { day: plan.date, place: KeyPath::plan("date"), what: PUBLISHED };
    let mut lints = Lints { plan, day, latest, began, implausible: None, found: Vec::new() };
    lints.identity();
    lints.names();
    lints.texts();
    lints.found.retain(|finding| is_on(finding.rule));
    for standing in &standings {
        let known = lints.found.len();
        lints.recommendation(standing, &KeyPath::recommendation(standing.index));
        let new = lints.found.split_off(known);
        lints.found.extend(new.into_iter().filter(|finding| is_on(finding.rule)));
        if lints.found.len() > MOST_WARNINGS {
            break;
        }
    }
    first(lints.found, MOST_WARNINGS, "warnings about the file")
}

struct Lints<'p> {
    plan: &'p Plan,
    day: Day,
    latest: Day,
    began: Began,
    /// The index in `found` of the finding about the present item's implausible dates; `None` if there is no such
    /// finding yet.
    implausible: Option<usize>,
    found: Vec<Finding>,
}

/// A recommendation or an action that is being checked.
struct Subject<'p> {
    /// The name of the item for messages, such as `recommendation 5` or `action 5.1`.
    what: String,
    work: ItemRef<'p>,
    revisions: OldestFirst<'p, Revision>,
    progress: Vec<(usize, &'p ProgressEntry)>,
    place: KeyPath,
    /// The day of the item's last note.
    noted: Option<Day>,
    is_open: bool,
}

/// The day on which a recommendation was made: the plan's date or the recommendation's own date, whichever is later.
struct Began {
    day: Day,
    place: KeyPath,
    /// The words for what happened on this day, such as `the plan was published`.
    what: &'static str,
}

const PUBLISHED: &str = "the plan was published";
const MADE: &str = "the recommendation was made";

impl<'p> Lints<'p> {
    fn began(&self, recommendation: &Recommendation, place: &KeyPath) -> Began {
        match recommendation.date.filter(|date| *date > self.plan.date) {
            Some(day) => Began { day, place: place.key("date"), what: MADE },
            None => Began { day: self.plan.date, place: KeyPath::plan("date"), what: PUBLISHED },
        }
    }

    fn identity(&mut self) {
        let date = self.plan.date;
        if !(1900..=2100).contains(&date.year()) {
            self.implausible(date, KeyPath::plan("date"), "the plan is dated");
        }
        for (item, position) in self.plan.items().zip(self.plan.positions()) {
            if let Some(made) = item.date() {
                let kind = item.action.map_or("recommendation", |_| "action");
                let what = format!("{kind} {}", item.id());
                self.implausible = None;
                self.dated(made, &|| KeyPath::item(position).key("date"), &what, true);
            }
        }
        for (index, meeting) in self.plan.meetings.iter().enumerate() {
            if self.is_implausible(meeting.date.last_day()) {
                let place = KeyPath::meeting(index).key("date");
                self.implausible = None;
                self.implausible(meeting.date, place, "a meeting is dated");
            }
        }
    }

    fn is_implausible(&self, day: Day) -> bool {
        day.year().abs_diff(self.began.day.year()) > PLAUSIBLE_YEARS
    }

    /// Adds an implausible date to the one finding that lists all implausible dates of an item.
    fn implausible(&mut self, date: impl Into<Period>, place: KeyPath, what: &str) {
        let date = date.into();
        let year = date.last_day().year().to_string();
        if let Some(first) = self.implausible.and_then(|first| self.found.get_mut(first)) {
            *first = first.clone().related(place, year);
            return;
        }
        self.implausible = Some(self.found.len());
        let title = format!("{what} {date}, but the year is implausible");
        let finding = Finding::new(Rule::ImplausibleYear, place, title);
        self.found.push(finding.label(year).help("correct the year"));
    }

    fn recommendation(&mut self, standing: &'p RecommendationStanding, place: &KeyPath) {
        let recommendation = standing.recommendation();
        let is_open = standing.own.is_open();
        self.began = self.began(recommendation, place);
        self.implausible = None;
        let subject = self.subject(recommendation.item(), place, is_open);
        self.entries(&subject);
        self.agreed(&subject);
        self.response(standing, place);
        if standing.by_itself {
            self.evidence(&subject);
            self.steps_back(&subject);
        }
        self.verification(standing, place);
        if !standing.own.rejected {
            self.open(standing, &subject);
        }
        for action in &standing.actions {
            let position = (standing.index, action.position());
            self.action(action, &KeyPath::item(position), standing, &subject);
        }
    }

    fn subject(&self, work: ItemRef<'p>, place: &KeyPath, is_open: bool) -> Subject<'p> {
        let (id, progress) = (work.id(), numbered_on(work.progress(), self.day).collect());
        let noted = |entries: &mut dyn Iterator<Item = &ProgressEntry>| {
            entries.filter(|entry| entry.note.is_some()).map(|entry| entry.on).max()
        };
        let (what, noted) = match work.action {
            Some(_) => (format!("action {id}"), noted(&mut seen_on(work.progress(), self.day))),
            None => {
                let mut entries = work.recommendation.entries_on(self.day);
                (format!("recommendation {id}"), noted(&mut entries))
            }
        };
        let revisions = numbered_on(work.revisions(), self.day);
        Subject { what, work, revisions, progress, place: place.clone(), noted, is_open }
    }

    /// Warns about an unlikely date of a management response, and about a rejection without a reason.
    fn response(&mut self, standing: &RecommendationStanding, place: &KeyPath) {
        let recommendation = standing.recommendation();
        if let Some(on) = recommendation.response_on {
            let what = format!("the response to recommendation {}", recommendation.id);
            self.dated(on, &|| place.key("response_on"), &what, true);
        }
        if recommendation.response == Response::Rejected && recommendation.response_text.is_none() {
            let title =
                format!("recommendation {} is rejected, but no reason is given", recommendation.id);
            Finding::new(Rule::RejectedWithoutReason, place.key("response"), title)
                .label("needs a `response_text`")
                .help("add `response_text = \"…\"` with management's reason")
                .add_to(&mut self.found);
        }
    }

    /// Adds the warnings about a recommendation that is still open.
    fn open(&mut self, standing: &RecommendationStanding, subject: &Subject<'p>) {
        let recommendation = standing.recommendation();
        let (what, id, at) = (&subject.what, subject.work.id(), subject.place.key("id"));
        if standing.own.status.has_ended() {
            return;
        }
        let is_awaited = recommendation.response == Response::Awaited;
        let answered = !recommendation.progress.is_empty() || !recommendation.owner.is_empty();
        if recommendation.actions.is_empty() && !answered && !is_awaited {
            Finding::new(Rule::NoAction, at.clone(), format!("{what} has no action"))
                .label("no action")
                .help(format!("add an action: plan add action {id} --text TEXT --owner WHO"))
                .add_to(&mut self.found);
        }
        if recommendation.priority.is_none()
            && let Some(least) = &self.plan.policy.fail_on
        {
            Finding::new(Rule::NoPriority, at, format!("{what} has no priority"))
                .label("never makes `plan overdue` fail")
                .help(format!(
                    "set a priority, because `plan overdue` fails \
                     only for overdue work of `{least}` or higher priority: plan amend {id} priority {} --reason WHY",
                    shell_word(least)
                ))
                .add_to(&mut self.found);
        }
        self.owners(standing, &subject.place);
        self.undated(standing, subject);
    }

    /// Warns about open actions without an owner.
    fn owners(&mut self, standing: &RecommendationStanding, place: &KeyPath) {
        for action in &standing.actions {
            let (item, Some(number)) = (action.item(), action.position()) else { continue };
            if action.status.has_ended() || !item.owners().is_empty() {
                continue;
            }
            let (id, at) = (item.id(), place.action(number).key("id"));
            Finding::new(Rule::NoOwner, at, format!("action {id} has no owner"))
                .label("needs an `owner`")
                .help(format!("name an owner, preferably a post or a group: plan amend {id} owner WHO --reason WHY"))
                .add_to(&mut self.found);
        }
    }

    fn undated(&mut self, standing: &RecommendationStanding, subject: &Subject<'p>) {
        let recommendation = standing.recommendation();
        if standing.own.timing != Some(Timing::Undated)
            || recommendation.response == Response::Awaited
        {
            return;
        }
        if Term::of(standing.own.timescale()) == Term::ToBeAgreed {
            self.no_date(subject, standing.own.timescale().is_some());
            return;
        }
        let (what, id) = (&subject.what, subject.work.id());
        let wording = standing.own.timescale().map_or("", |timescale| &timescale.wording);
        let passed = recommendation.review.filter(|review| review.has_passed(self.day));
        if recommendation.review.is_none() || passed.is_some() {
            let title = format!("{what} is “{wording}” and has no future review date");
            let month = example_month(self.day);
            let review = passed.map(|passed| format!("{passed} has passed"));
            Finding::new(Rule::UndatedWithoutReview, subject.in_force_place(), title)
                .label("no due date")
                .help(format!(
                    "set a review date, as in: plan amend {id} review {month} --reason WHY"
                ))
                .all_related(review.map(|label| (subject.place.key("review"), label)))
                .add_to(&mut self.found);
        }
        if let Some(stale) = standing.own.stale {
            let title = format!("{what} has no update since {}", stale.last_word);
            let mut meetings = self.plan.meetings.iter();
            let meeting = meetings.position(|meeting| meeting.date == stale.meeting);
            let meeting = meeting.map(|index| KeyPath::meeting(index).key("date"));
            Finding::new(Rule::Stale, subject.place.key("id"), title)
                .label("no update")
                .help(format!("add an update: plan note {id} \"…\""))
                .all_related(meeting.map(|place| (place, "the last meeting that was held")))
                .add_to(&mut self.found);
        }
    }

    fn verification(&mut self, standing: &RecommendationStanding, place: &KeyPath) {
        let recommendation = standing.recommendation();
        let id = &recommendation.id;
        if standing.is_unverified() {
            let title = format!("recommendation {id} is complete but not verified");
            Finding::new(Rule::Unverified, place.key("id"), title)
                .label("not closed yet")
                .help(format!("ask somebody independent to verify it: plan verify {id} --by WHO"))
                .add_to(&mut self.found);
        }
        let last = numbered_on(&recommendation.verification, self.day).next_back();
        let Some((index, entry)) = last.filter(|(_, last)| last.result == Verdict::Verified) else {
            return;
        };
        let plan = self.plan;
        let is_verifier = plan.is_called(&entry.by);
        let owned = standing
            .actions
            .iter()
            .find(|action| action.item().owners().into_iter().any(&is_verifier));
        let of_whole = recommendation.owner.iter().any(|owner| is_verifier(owner));
        let owner = match owned {
            Some(action) => KeyPath::item((standing.index, action.position())).key("owner"),
            None if of_whole => place.key("owner"),
            // A former owner is named only in an amendment, so the finding points at the id and not at an `owner` key.
            None if plan.is_owned_by(recommendation, &entry.by) => place.key("id"),
            None => return,
        };
        let at = place.key("verification").index(index).key("by");
        let title = format!("recommendation {id} was verified by one of its owners");
        Finding::new(Rule::VerifiedByOwner, at, title)
            .label("not independent")
            .related(owner, "an owner of the work")
            .help(format!("ask somebody else to verify it: plan verify {id} --by WHO"))
            .add_to(&mut self.found);
    }

    fn action(
        &mut self,
        standing: &'p Standing,
        place: &KeyPath,
        part_of: &'p RecommendationStanding,
        whole: &Subject<'p>,
    ) {
        let item = standing.item();
        let is_open = part_of.own.is_open() && !standing.status.has_ended();
        let subject = self.subject(item, place, is_open);
        self.implausible = None;
        self.entries(&subject);
        if item.own_timescale().is_some() {
            self.agreed(&subject);
        } else {
            self.revisions(&subject);
        }
        self.evidence(&subject);
        self.steps_back(&subject);
        if standing.has_own_timescale() {
            self.milestone(standing, part_of, &subject, whole);
        }
        // An action without its own timescale has the timescale of its recommendation. One warning about both is
        // enough.
        let is_told = !standing.has_own_timescale() && part_of.own.timing == Some(Timing::Undated);
        if is_open && Term::of(standing.timescale()) == Term::ToBeAgreed && !is_told {
            self.no_date(&subject, standing.has_own_timescale());
        }
    }
}
