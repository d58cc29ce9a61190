//! What a careful reader would remark on in a valid plan: one function a rule or a few that look at the same thing.

use chrono::Datelike;

use super::{Finding, Place};
use crate::model::{
    ActionStanding, Dated, Day, Id, Period, Plan, RecommendationStanding, Revision, Rule, Status,
    Term, Timescale, Timing, Verdict, Word, same_person, seen_on,
};

/// A date may lie this far from the plan's own.
const PLAUSIBLE_YEARS: i32 = 20;

/// Everything there is to remark on the plan as it stands on `day`. `latest` is the last day on which
/// something can have happened. Of what a rule finds nothing is left out for its level.
pub fn lints(plan: &Plan, day: Day, latest: Day) -> Vec<Finding> {
    let standings = plan.standing_on(day);
    let mut lints = Lints { plan, day, latest, found: Vec::new() };
    lints.identity();
    for standing in &standings {
        lints.recommendation(standing, &Place::recommendation(standing.index));
    }
    lints.found
}

struct Lints<'p> {
    plan: &'p Plan,
    day: Day,
    latest: Day,
    found: Vec<Finding>,
}

/// The timescales of one recommendation or action, and where they stand.
struct Agreed<'p> {
    what: String,
    original: Option<&'p Timescale>,
    /// Those known by the day asked about.
    revisions: &'p [Revision],
    place: Place,
}

impl<'p> Agreed<'p> {
    fn original_place(&self) -> Place {
        self.place.key("timescale")
    }

    fn revision_place(&self, index: usize) -> Place {
        self.place.key("revisions").index(index)
    }

    fn in_force_place(&self) -> Place {
        self.place.timescale_in_force(self.revisions.len().checked_sub(1))
    }

    /// The positions of the revisions that moved the deadline later, each with the one before it.
    fn extensions(&self) -> impl Iterator<Item = (usize, &'p Revision)> {
        let before =
            self.original.into_iter().chain(self.revisions.iter().map(|revision| &revision.to));
        let pairs = before.zip(self.revisions).enumerate();
        pairs
            .filter(|(_, (before, revision))| is_later(revision.to.term, before.term))
            .map(|(index, (_, revision))| (index, revision))
    }
}

fn is_later(new: Term, old: Term) -> bool {
    match (old.deadline(), new.deadline()) {
        (Some(old), Some(new)) => new.last_day() > old.last_day(),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

impl<'p> Lints<'p> {
    fn identity(&mut self) {
        let date = self.plan.date;
        if !(1900..=2100).contains(&date.year()) {
            self.found.push(implausible(date, Place::plan("date"), "the plan was published"));
        }
        for (index, meeting) in self.plan.meetings.iter().enumerate() {
            if self.is_implausible(meeting.date.last_day()) {
                let place = Place::meeting(index).key("date");
                let finding = implausible(meeting.date, place, "a meeting is held");
                self.found.push(finding);
            }
        }
    }

    fn is_implausible(&self, day: Day) -> bool {
        day.year().abs_diff(self.plan.date.year()) > PLAUSIBLE_YEARS.unsigned_abs()
    }

    fn recommendation(&mut self, standing: &'p RecommendationStanding, place: &Place) {
        let recommendation = &standing.recommendation;
        let agreed = Agreed {
            what: format!("recommendation {}", recommendation.id),
            original: recommendation.timescale.as_ref(),
            revisions: seen_on(&recommendation.revisions, self.day),
            place: place.clone(),
        };
        self.entries(&recommendation.revisions, &place.key("revisions"), &recommendation.id);
        self.entries(&recommendation.verification, &place.key("verification"), &recommendation.id);
        self.agreed(&agreed);
        self.verification(standing, place);
        if !recommendation.is_rejected() {
            self.open(standing, &agreed);
        }
        for (number, action) in standing.actions.iter().enumerate() {
            let place = place.key("action").index(number);
            self.action(action, &place, standing, &agreed);
        }
    }

    /// What is owed while management has accepted a recommendation.
    fn open(&mut self, standing: &RecommendationStanding, agreed: &Agreed<'p>) {
        let recommendation = &standing.recommendation;
        let id = agreed.place.key("id");
        if standing.progress.has_ended() {
            return;
        }
        if recommendation.actions.is_empty() {
            self.found.push(
                Finding::new(
                    Rule::NoAction,
                    id.clone(),
                    format!("recommendation {} has no action", recommendation.id),
                )
                .label("nothing is to be done about it")
                .help(format!(
                    "add what management does: plan add action {} --text TEXT --owner WHO",
                    recommendation.id
                )),
            );
        }
        if recommendation.priority.is_none()
            && let Some(least) = &self.plan.policy.fail_on
        {
            self.found.push(
                Finding::new(Rule::NoPriority, id, format!("recommendation {} has no priority", recommendation.id))
                    .label("passed over by `overdue`")
                    .help(format!(
                        "give it one: `fail_on = \"{least}\"` makes only such a priority, or a higher one, count"
                    )),
            );
        }
        self.owners(standing, &agreed.place);
        self.undated(standing, agreed);
    }

    /// One finding a recommendation, at every action that nobody is named for.
    fn owners(&mut self, standing: &RecommendationStanding, place: &Place) {
        let at = |number: usize| place.key("action").index(number).key("id");
        let open = standing.actions.iter().enumerate();
        let nobodys: Vec<(usize, &Id)> = open
            .filter(|(_, action)| !action.status.has_ended() && action.action().owner.is_none())
            .map(|(number, action)| (number, &action.action().id))
            .collect();
        let Some(((first, id), others)) = nobodys.split_first() else {
            return;
        };
        let title = match others {
            [] => format!("nobody is named for action {id}"),
            _ => {
                let ids: Vec<String> = nobodys.iter().map(|(_, id)| id.to_string()).collect();
                format!("nobody is named for actions {}", ids.join(", "))
            }
        };
        let finding = Finding::new(Rule::NoOwner, at(*first), title)
            .label("needs an `owner`")
            .help("add `owner = \"…\"`: a post or a group outlasts a person");
        let finding = others
            .iter()
            .fold(finding, |finding, (number, _)| finding.related(at(*number), "and this"));
        self.found.push(finding);
    }

    fn undated(&mut self, standing: &RecommendationStanding, agreed: &Agreed<'p>) {
        let recommendation = &standing.recommendation;
        if standing.timing != Some(Timing::Undated) {
            return;
        }
        let wording = standing.timescale().map_or("", |timescale| &timescale.wording);
        let passed = recommendation.review.filter(|review| review.has_passed(self.day));
        if recommendation.review.is_none() || passed.is_some() {
            let title = format!(
                "recommendation {} is “{wording}” and no review is ahead",
                recommendation.id
            );
            let finding = Finding::new(Rule::UndatedWithoutReview, agreed.in_force_place(), title)
                .label("has no end")
                .help("say when it is looked at again, as in `review = \"2003-11\"`, or agree a deadline: plan extend");
            self.found.push(match passed {
                Some(passed) => {
                    finding.related(agreed.place.key("review"), format!("{passed} is over"))
                }
                None => finding,
            });
        }
        if let Some(stale) = standing.stale {
            let title = format!(
                "recommendation {} has not been heard of since {}",
                recommendation.id, stale.last_word
            );
            let meeting =
                self.plan.meetings.iter().position(|meeting| meeting.date == stale.meeting);
            let finding = Finding::new(Rule::Stale, agreed.place.key("id"), title)
                .label("nothing was recorded")
                .help(format!("say how it stands: plan note {} TEXT", recommendation.id));
            self.found.push(match meeting {
                Some(index) => finding.related(
                    Place::meeting(index).key("date"),
                    "before this meeting, the last one held",
                ),
                None => finding,
            });
        }
    }

    fn verification(&mut self, standing: &RecommendationStanding, place: &Place) {
        let recommendation = &standing.recommendation;
        if standing.is_unverified() {
            self.found.push(
                Finding::new(
                    Rule::Unverified,
                    place.key("id"),
                    format!("recommendation {} is complete and not verified", recommendation.id),
                )
                .label("not closed yet")
                .help(format!(
                    "have it looked at by somebody independent: plan verify {} --by WHO",
                    recommendation.id
                )),
            );
        }
        for (index, entry) in seen_on(&recommendation.verification, self.day).iter().enumerate() {
            let owned = recommendation.actions.iter().position(|action| {
                let owner = action.owner.as_deref();
                owner.is_some_and(|owner| same_person(owner, &entry.by))
            });
            if let Some(number) = owned
                && entry.result == Verdict::Verified
            {
                let at = place.key("verification").index(index).key("by");
                self.found.push(
                    Finding::new(
                        Rule::VerifiedByOwner,
                        at,
                        format!(
                            "recommendation {} was verified by an owner of its actions",
                            recommendation.id
                        ),
                    )
                    .label("not independent")
                    .related(place.key("action").index(number).key("owner"), "owns this action")
                    .help("verification is by somebody who does not answer for the work"),
                );
            }
        }
    }

    fn action(
        &mut self,
        standing: &'p ActionStanding,
        place: &Place,
        part_of: &'p RecommendationStanding,
        whole: &Agreed<'p>,
    ) {
        let action = standing.action();
        let agreed = Agreed {
            what: format!("action {}", action.id),
            original: action.timescale.as_ref().or(whole.original),
            revisions: seen_on(&action.revisions, self.day),
            place: place.clone(),
        };
        self.entries(&action.revisions, &place.key("revisions"), &action.id);
        self.entries(&action.progress, &place.key("progress"), &action.id);
        if action.timescale.is_some() {
            self.agreed(&agreed);
        } else {
            self.revisions(&agreed);
        }
        self.evidence(standing, place);
        self.steps_back(standing, agreed.original, place);
        if action.timescale.is_some() || !agreed.revisions.is_empty() {
            self.milestone(standing, part_of, &agreed, whole);
        }
    }

    /// An action that runs on after its recommendation should be complete.
    fn milestone(
        &mut self,
        standing: &ActionStanding,
        part_of: &RecommendationStanding,
        agreed: &Agreed<'p>,
        whole: &Agreed<'p>,
    ) {
        let deadline = |timescale: Option<&Timescale>| timescale?.term.deadline();
        let (Some(own), Some(last)) =
            (deadline(standing.timescale()), deadline(part_of.timescale()))
        else {
            return;
        };
        if standing.status.has_ended() || own.last_day() <= last.last_day() {
            return;
        }
        let of = &part_of.recommendation.id;
        self.found.push(
            Finding::new(
                Rule::MilestoneAfterDeadline,
                agreed.in_force_place(),
                format!("{} is due {own}, after recommendation {of}, due {last}", agreed.what),
            )
            .label("later")
            .related(whole.in_force_place(), "than the whole it is part of")
            .help(format!("extend recommendation {of} too, or bring the action forward")),
        );
    }

    fn agreed(&mut self, agreed: &Agreed<'p>) {
        let deadline = agreed.original.and_then(|original| original.term.deadline());
        if let Some(deadline) = deadline {
            let what = format!("{} is due", agreed.what);
            if self.is_implausible(deadline.last_day()) {
                self.found.push(implausible(deadline, agreed.original_place(), &what));
            } else if deadline.has_passed(self.plan.date) {
                self.found.push(
                    Finding::new(
                        Rule::DeadlineBeforePlan,
                        agreed.original_place(),
                        format!("{what} {deadline}, before the plan was published"),
                    )
                    .label("had passed already")
                    .related(Place::plan("date"), "published on this day")
                    .help("correct the date that is wrong; a year is easily mistyped"),
                );
            }
        }
        self.revisions(agreed);
    }

    fn revisions(&mut self, agreed: &Agreed<'p>) {
        for (index, revision) in agreed.revisions.iter().enumerate() {
            let Some(deadline) = revision.to.term.deadline() else {
                continue;
            };
            let to = agreed.revision_place(index).key("to");
            if self.is_implausible(deadline.last_day()) {
                let what = format!("{} is due", agreed.what);
                self.found.push(implausible(deadline, to, &what));
            } else if deadline.has_passed(revision.on) {
                self.found.push(
                    Finding::new(
                        Rule::RevisedToPast,
                        to,
                        format!("{} was extended to {deadline} when that had passed", agreed.what),
                    )
                    .label("past already")
                    .related(agreed.revision_place(index).key("on"), "on this day")
                    .help("correct the date that is wrong"),
                );
            }
        }
        self.extensions(agreed);
    }

    fn extensions(&mut self, agreed: &Agreed<'p>) {
        let mut count: u32 = 0;
        let mut last = None;
        for (index, revision) in agreed.extensions() {
            count += 1;
            last = Some(index);
            if revision.reason.is_none() {
                self.found.push(
                    Finding::new(
                        Rule::ExtendedWithoutReason,
                        agreed.revision_place(index),
                        format!("{} was extended without a reason", agreed.what),
                    )
                    .label("why?")
                    .help("add `reason = \"…\"` to the revision"),
                );
            }
        }
        if let Some(last) = last
            && count >= self.plan.policy.serial_extensions
        {
            self.found.push(
                Finding::new(
                    Rule::SerialExtension,
                    agreed.revision_place(last).key("to"),
                    format!("{} has been extended {count} times", agreed.what),
                )
                .label("the latest deadline")
                .related(agreed.original_place(), "the one first agreed")
                .help("ask whether it will be done at all: `not-pursued` with a note is an honest answer"),
            );
        }
    }

    /// Complete by report, and no entry since then says where the proof is.
    fn evidence(&mut self, standing: &ActionStanding, place: &Place) {
        if standing.status != Status::Complete {
            return;
        }
        let seen = seen_on(&standing.action().progress, self.day);
        let run = seen.iter().rev().take_while(|entry| entry.status == Status::Complete);
        let run = run.count();
        let since = &seen[seen.len() - run..];
        if since.is_empty() || since.iter().any(|entry| !entry.evidence.is_empty()) {
            return;
        }
        let at = place.key("progress").index(seen.len() - run);
        self.found.push(
            Finding::new(
                Rule::CompleteWithoutEvidence,
                at.key("status"),
                format!("action {} is complete and nothing shows it", standing.action().id),
            )
            .label("claimed")
            .help("say where the proof is: `evidence = [\"…\"]` in the entry"),
        );
    }

    fn steps_back(
        &mut self,
        standing: &ActionStanding,
        original: Option<&Timescale>,
        place: &Place,
    ) {
        let first = original.map_or(Status::NotStarted, |original| original.term.first_status());
        let entries = seen_on(&standing.action().progress, self.day);
        let before = std::iter::once(first).chain(entries.iter().map(|entry| entry.status));
        for (index, (before, entry)) in before.zip(entries).enumerate() {
            if entry.status.stage() < before.stage() && entry.note.is_none() {
                let list = place.key("progress");
                let finding = Finding::new(
                    Rule::BackwardsWithoutNote,
                    list.index(index).key("status"),
                    format!(
                        "action {} went from `{}` back to `{}` without a note",
                        standing.action().id,
                        before.word(),
                        entry.status.word()
                    ),
                )
                .label("a step back")
                .help("add `note = \"…\"` to the entry: why it went back");
                self.found.push(match index.checked_sub(1) {
                    Some(earlier) => {
                        finding.related(list.index(earlier).key("status"), "it was here before")
                    }
                    None => finding,
                });
            }
        }
    }

    /// The dates of a list of entries against the plan's and the calendar.
    fn entries<T: Dated>(&mut self, entries: &[T], list: &Place, id: &Id) {
        for (index, entry) in entries.iter().enumerate() {
            let on = entry.on();
            let place = || list.index(index).key("on");
            if self.is_implausible(on) {
                let what = format!("an entry of {id} is dated");
                self.found.push(implausible(on, place(), &what));
            } else if on < self.plan.date {
                self.found.push(
                    Finding::new(
                        Rule::EntryBeforePlan,
                        place(),
                        format!("an entry of {id} is dated {on}, before the plan was published"),
                    )
                    .label("earlier than the plan")
                    .related(Place::plan("date"), "published on this day")
                    .help("correct the date, or let the entry say what was known at publication"),
                );
            } else if on > self.latest && !self.plan.policy.future_entries {
                self.found.push(
                    Finding::new(
                        Rule::FutureEntry,
                        place(),
                        format!("an entry of {id} is dated {on}, which is in the future"),
                    )
                    .label("has not come yet")
                    .help("correct the date; an entry says what has happened"),
                );
            }
        }
    }
}

fn implausible(date: impl Into<Period>, place: Place, what: &str) -> Finding {
    let date = date.into();
    Finding::new(Rule::ImplausibleYear, place, format!("{what} {date}: that year is hardly meant"))
        .label(format!("{}", date.last_day().year()))
        .help("correct the year")
}
