//! What a careful reader would remark on in a valid plan: one function a rule or a few that look at the same thing.

mod entries;
mod timescales;

use chrono::Datelike;

use super::{Finding, Place};
use crate::model::{
    ActionStanding, Day, Id, Period, Plan, Recommendation, RecommendationStanding, Response, Rule,
    Term, Timing, Verdict, same_person, seen_on,
};
use entries::Entries;
use timescales::Agreed;

/// A date may lie this far from the plan's own.
const PLAUSIBLE_YEARS: i32 = 20;

/// Every remark on the plan as it stands on `day`, whatever the levels of the rules. `latest` is the last day on
/// which something can have happened.
pub fn lints(plan: &Plan, day: Day, latest: Day) -> Vec<Finding> {
    let standings = plan.standing_on(day);
    let began = Began { day: plan.date, place: Place::plan("date"), what: PUBLISHED };
    let mut lints = Lints { plan, day, latest, began, found: Vec::new() };
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
    /// When the recommendation that is looked at began.
    began: Began,
    found: Vec<Finding>,
}

/// The later of the days of the plan and of a recommendation.
struct Began {
    day: Day,
    place: Place,
    /// What happened then: `the plan was published`.
    what: &'static str,
}

const PUBLISHED: &str = "the plan was published";
const MADE: &str = "the recommendation was made";

impl<'p> Lints<'p> {
    fn began(&self, recommendation: &Recommendation, place: &Place) -> Began {
        match recommendation.date.filter(|date| *date > self.plan.date) {
            Some(day) => Began { day, place: place.key("date"), what: MADE },
            None => Began { day: self.plan.date, place: Place::plan("date"), what: PUBLISHED },
        }
    }

    fn identity(&mut self) {
        let date = self.plan.date;
        if !(1900..=2100).contains(&date.year()) {
            self.found.push(implausible(date, Place::plan("date"), "the plan was published"));
        }
        for (index, recommendation) in self.plan.recommendations.iter().enumerate() {
            if let Some(made) = recommendation.date {
                let what = format!("recommendation {}", recommendation.id);
                self.dated(made, &|| Place::recommendation(index).key("date"), &what, true);
            }
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
        let id = &recommendation.id;
        let is_open = standing.is_open();
        self.began = self.began(recommendation, place);
        let notes = recommendation.entries_on(self.day).filter(|entry| entry.note.is_some());
        let agreed = Agreed {
            what: format!("recommendation {id}"),
            original: recommendation.timescale.as_ref(),
            revisions: seen_on(&recommendation.revisions, self.day),
            place: place.clone(),
            id,
            noted: notes.map(|entry| entry.on).max(),
            is_open,
        };
        let entries = Entries {
            what: agreed.what.clone(),
            id,
            known: seen_on(&recommendation.progress, self.day),
            place: place.clone(),
        };
        self.entries(&recommendation.revisions, &place.key("revisions"), id, is_open);
        self.entries(&recommendation.progress, &place.key("progress"), id, is_open);
        self.entries(&recommendation.verification, &place.key("verification"), id, is_open);
        self.agreed(&agreed);
        self.response(standing, place);
        if standing.by_itself {
            self.evidence(&entries);
            self.steps_back(&entries, agreed.original);
        }
        self.verification(standing, place);
        if !standing.rejected {
            self.open(standing, &agreed);
        }
        for (number, action) in standing.actions.iter().enumerate() {
            self.action(action, &place.action(number), standing, &agreed);
        }
    }

    /// Remarks on management's response: its day, and a rejection without words.
    fn response(&mut self, standing: &RecommendationStanding, place: &Place) {
        let recommendation = &standing.recommendation;
        if let Some(on) = recommendation.response_on {
            let what = format!("the response to recommendation {}", recommendation.id);
            self.dated(on, &|| place.key("response_on"), &what, true);
        }
        if standing.response == Response::Rejected && recommendation.response_text.is_none() {
            let title =
                format!("recommendation {} is rejected without saying why", recommendation.id);
            self.found.push(
                Finding::new(Rule::RejectedWithoutReason, place.key("response"), title)
                    .label("needs a `response_text`")
                    .help("add `response_text = \"…\"` with management's reason"),
            );
        }
    }

    /// Remarks on a recommendation that management did not reject and that has not ended.
    fn open(&mut self, standing: &RecommendationStanding, agreed: &Agreed<'p>) {
        let recommendation = &standing.recommendation;
        let id = agreed.place.key("id");
        if standing.progress.has_ended() {
            return;
        }
        let is_awaited = standing.response == Response::Awaited;
        let answered = !recommendation.progress.is_empty() || !recommendation.owner.is_empty();
        if recommendation.actions.is_empty() && !answered && !is_awaited {
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
                        "give it one, for only `{least}` and higher count: plan amend {} priority PRIORITY --reason WHY",
                        recommendation.id
                    )),
            );
        }
        self.owners(standing, &agreed.place);
        self.undated(standing, agreed);
    }

    /// One finding for a recommendation, with a place for every action without an owner.
    fn owners(&mut self, standing: &RecommendationStanding, place: &Place) {
        let recommendation = &standing.recommendation;
        let at = |number: usize| place.key("action").index(number).key("id");
        let open = standing.actions.iter().enumerate();
        let nobodys: Vec<(usize, &Id)> = open
            .filter(|(_, action)| {
                !action.status.has_ended() && recommendation.owners_of(action.action()).is_empty()
            })
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
            .help(format!("name a post or a group, which outlasts a person: plan amend {id} owner WHO --reason WHY"));
        let finding = others
            .iter()
            .fold(finding, |finding, (number, _)| finding.related(at(*number), "and this"));
        self.found.push(finding);
    }

    fn undated(&mut self, standing: &RecommendationStanding, agreed: &Agreed<'p>) {
        let recommendation = &standing.recommendation;
        if standing.timing != Some(Timing::Undated) || standing.response == Response::Awaited {
            return;
        }
        if Term::of(standing.timescale()) == Term::ToBeAgreed {
            self.no_date(agreed, standing.timescale().is_some());
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
                .help(format!(
                    "name the day when it is looked at again: plan amend {} review DATE --reason WHY",
                    recommendation.id
                ));
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
                .help(format!("tell how it stands: plan note {} \"…\"", recommendation.id));
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
        let known = seen_on(&recommendation.verification, self.day);
        let Some(entry) = known.last().filter(|entry| entry.result == Verdict::Verified) else {
            return;
        };
        let owned = recommendation.actions.iter().position(|action| {
            let owners = recommendation.owners_of(action);
            owners.iter().any(|owner| same_person(owner, &entry.by))
        });
        let of_whole = recommendation.owner.iter().any(|owner| same_person(owner, &entry.by));
        let owner = match owned {
            Some(number) => place.action(number).key("owner"),
            None if of_whole => place.key("owner"),
            // A former one stands in an amendment.
            None if recommendation.is_owner(&entry.by) => place.key("id"),
            None => return,
        };
        let id = &recommendation.id;
        let at = place.key("verification").index(known.len() - 1).key("by");
        let title = format!("recommendation {id} was verified by one of its owners");
        self.found.push(
            Finding::new(Rule::VerifiedByOwner, at, title)
                .label("not independent")
                .related(owner, "answers for the work")
                .help(format!("have somebody else look: plan verify {id} --by WHO")),
        );
    }

    fn action(
        &mut self,
        standing: &'p ActionStanding,
        place: &Place,
        part_of: &'p RecommendationStanding,
        whole: &Agreed<'p>,
    ) {
        let action = standing.action();
        let id = &action.id;
        let is_open = part_of.is_open() && !standing.status.has_ended();
        let known = seen_on(&action.progress, self.day);
        let notes = known.iter().filter(|entry| entry.note.is_some());
        let agreed = Agreed {
            what: format!("action {id}"),
            original: action.timescale.as_ref().or(whole.original),
            revisions: seen_on(&action.revisions, self.day),
            place: place.clone(),
            id,
            noted: notes.map(|entry| entry.on).max(),
            is_open,
        };
        self.entries(&action.revisions, &place.key("revisions"), id, is_open);
        self.entries(&action.progress, &place.key("progress"), id, is_open);
        if action.timescale.is_some() {
            self.agreed(&agreed);
        } else {
            self.revisions(&agreed);
        }
        let entries = Entries { what: agreed.what.clone(), id, known, place: place.clone() };
        self.evidence(&entries);
        self.steps_back(&entries, agreed.original);
        if standing.has_own_timescale() {
            self.milestone(standing, part_of, &agreed, whole);
        }
        // Without a timescale of its own, it has the recommendation's, and that is told of that.
        let is_told = !standing.has_own_timescale() && part_of.timing == Some(Timing::Undated);
        if is_open && Term::of(standing.timescale()) == Term::ToBeAgreed && !is_told {
            self.no_date(&agreed, standing.has_own_timescale());
        }
    }
}

fn implausible(date: impl Into<Period>, place: Place, what: &str) -> Finding {
    let date = date.into();
    Finding::new(Rule::ImplausibleYear, place, format!("{what} {date}: that year is hardly meant"))
        .label(format!("{}", date.last_day().year()))
        .help("correct the year")
}
