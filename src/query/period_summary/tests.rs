//! Tests of the summary of a period, with plans of fixed dates and with random histories.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::model::{
    Action, Keyword as _, Policy, ProgressEntry, Recommendation, Response, Revision, Status,
    Timescale, Verification,
};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn id(number: usize) -> Id {
    Id::parse(number.to_string()).unwrap()
}

fn entry(on: Day, status: Status) -> ProgressEntry {
    let note = status.needs_note().then(|| "Given up.".to_owned());
    ProgressEntry {
        on,
        recorded: None,
        status: Some(status),
        by: None,
        note,
        evidence: Vec::new(),
        outlook: None,
    }
}

fn recommendation(number: usize) -> Recommendation {
    let timescale = Timescale::parse("June 2003").unwrap();
    Recommendation {
        timescale: Some(timescale),
        ..Recommendation::new(id(number), format!("Do the work of number {number}."))
    }
}

fn plan(recommendations: Vec<Recommendation>) -> Plan {
    let recommendations = recommendations.into_iter().map(Into::into).collect();
    Plan { date: day("2003-05-08"), recommendations, ..Plan::default() }
}

fn marked(number: usize, on: &str, status: Status) -> Recommendation {
    Recommendation { progress: vec![entry(day(on), status)], ..recommendation(number) }
}

/// Returns the ids of the items with an event of this kind.
fn happened(summary: &PeriodSummary, what: Happened) -> Vec<String> {
    let events = summary.events.iter().filter(|event| event.what == what);
    events.map(|event| event.id.to_string()).collect()
}

fn sum(summary: &PeriodSummary) -> [usize; 5] {
    let PeriodSummary { open_before, added, reopened, closed, open_now, .. } = summary;
    [open_before, added, reopened, closed, open_now].map(Vec::len)
}

#[test]
fn an_account_tells_what_was_completed_added_dropped_and_left_untouched() {
    let earlier = plan((1..=4).map(recommendation).collect());
    let present = plan(vec![
        marked(1, "2003-06-27", Status::Complete),
        recommendation(2),
        marked(3, "2003-06-27", Status::InProgress),
        recommendation(5),
    ]);
    let summary = period_summary(&earlier, &present, day("2003-05-31"), day("2003-07-01"));
    assert_eq!(sum(&summary), [4, 1, 0, 2, 3]);
    assert_eq!(happened(&summary, Happened::Completed), ["1"]);
    assert_eq!(happened(&summary, Happened::Dropped), ["4"]);
    assert_eq!(happened(&summary, Happened::Added), ["5"]);
    assert_eq!(happened(&summary, Happened::Untouched), ["2"]);
    assert_eq!(happened(&summary, Happened::NewlyOverdue), ["2", "3", "5"]);
    let completed = summary.events.iter().find(|event| event.what == Happened::Completed).unwrap();
    assert_eq!((completed.on, completed.days_late), (Some(day("2003-06-27")), Some(-3)));
}

#[test]
fn what_was_recorded_late_was_open_before_and_has_a_line_of_its_own() {
    let earlier = plan(vec![recommendation(1)]);
    let present = plan(vec![marked(1, "2003-05-20", Status::Complete)]);
    let (from, to) = (day("2003-05-31"), day("2003-07-01"));
    let known = period_summary(&earlier, &present, from, to);
    assert_eq!(sum(&known), [1, 0, 0, 1, 0]);
    assert_eq!(happened(&known, Happened::RecordedLate), ["1"]);
    // If both versions of the plan are the same, nothing happened in the period.
    let told = period_summary(&present, &present, from, to);
    assert_eq!(sum(&told), [0, 0, 0, 0, 0]);
    assert!(told.events.is_empty());
}

#[test]
fn a_refusal_opens_again_and_a_deleted_entry_is_told() {
    let complete = marked(1, "2003-05-20", Status::Complete);
    let refused = Recommendation {
        verification: vec![Verification {
            on: day("2003-06-10"),
            recorded: None,
            by: "Audit".to_owned(),
            result: Verdict::Refused,
            note: Some("Not seen.".to_owned()),
            evidence: Vec::new(),
        }],
        ..complete.clone()
    };
    let earlier = plan(vec![complete, marked(2, "2003-05-20", Status::Complete)]);
    let present = plan(vec![refused, recommendation(2)]);
    let summary = period_summary(&earlier, &present, day("2003-05-31"), day("2003-06-20"));
    assert_eq!(sum(&summary), [0, 0, 2, 0, 2]);
    assert_eq!(happened(&summary, Happened::Refused), ["1"]);
    assert_eq!(happened(&summary, Happened::Altered), ["2"]);
}

#[test]
fn an_extension_is_told_with_what_it_was_why_and_how_often() {
    let revision = |on: &str, to: &str| Revision {
        on: day(on),
        recorded: None,
        to: Timescale::parse(to).unwrap(),
        reason: Some("Manual delayed".to_owned()),
        by: Some("Director".to_owned()),
        decision: None,
    };
    let first = revision("2003-05-20", "September 2003");
    let second = revision("2003-06-20", "March 2004");
    let extended = |revisions| plan(vec![Recommendation { revisions, ..recommendation(1) }]);
    let (earlier, present) = (extended(vec![first.clone()]), extended(vec![first, second]));
    let summary = period_summary(&earlier, &present, day("2003-05-31"), day("2003-07-01"));
    let [event] = summary.events.as_slice() else {
        panic!("{:?}", summary.events);
    };
    assert_eq!(event.what, Happened::Extended);
    assert_eq!(event.old.as_deref(), Some("September 2003"));
    assert_eq!(event.new.as_deref(), Some("March 2004"));
    assert_eq!((event.times, event.reason.as_deref()), (Some(2), Some("Manual delayed")));
}

#[test]
fn what_is_made_in_the_period_is_added_and_what_was_made_before_it_is_late_too() {
    let made = |number, on: &str| Recommendation { date: Some(day(on)), ..recommendation(number) };
    let earlier = plan(vec![recommendation(1)]);
    let present = plan(vec![recommendation(1), made(2, "2003-05-20"), made(3, "2003-06-10")]);
    let (from, to) = (day("2003-05-31"), day("2003-06-20"));
    let known = period_summary(&earlier, &present, from, to);
    assert_eq!(sum(&known), [1, 2, 0, 0, 3]);
    assert_eq!(happened(&known, Happened::RecordedLate), ["2"]);
    let told = period_summary(&present, &present, from, to);
    assert_eq!(sum(&told), [2, 1, 0, 0, 3]);
    assert_eq!(happened(&told, Happened::Added), ["3"]);
    assert_eq!(happened(&told, Happened::RecordedLate), [""; 0]);
}

#[test]
fn an_answer_in_the_period_is_told_whatever_tells_what_was_known() {
    let answered = |on: &str| Recommendation {
        response: Response::Rejected,
        response_on: Some(day(on)),
        ..recommendation(1)
    };
    let earlier = plan(vec![Recommendation { response: Response::Awaited, ..recommendation(1) }]);
    let (from, to) = (day("2003-05-31"), day("2003-06-20"));
    let present = plan(vec![answered("2003-06-10")]);
    for earlier in [&earlier, &present] {
        let summary = period_summary(earlier, &present, from, to);
        assert_eq!(sum(&summary), [1, 0, 0, 1, 0]);
        assert_eq!(happened(&summary, Happened::Answered), ["1"]);
        assert_eq!(happened(&summary, Happened::Rejected), ["1"]);
    }
    let late = period_summary(&earlier, &plan(vec![answered("2003-05-20")]), from, to);
    assert_eq!(happened(&late, Happened::RecordedLate), ["1"]);
}

#[test]
fn before_a_plan_is_published_nothing_is_open() {
    let plan = plan(vec![recommendation(1), recommendation(2)]);
    let summary = period_summary(&plan, &plan, day("2003-05-07"), day("2003-05-08"));
    assert_eq!(sum(&summary), [0, 2, 0, 0, 2]);
}

fn days() -> impl Strategy<Value = Day> {
    (0u64..300).prop_map(|days| day("2003-04-01") + chrono::Days::new(days))
}

fn entries() -> impl Strategy<Value = Vec<ProgressEntry>> {
    let one =
        (days(), prop::sample::select(Status::ALL)).prop_map(|(on, status)| entry(on, status));
    prop::collection::vec(one, 0..4).prop_map(|mut entries| {
        entries.sort_by_key(|entry| entry.on);
        entries
    })
}

fn verifications() -> impl Strategy<Value = Vec<Verification>> {
    let one = (days(), prop::sample::select(Verdict::ALL)).prop_map(|(on, result)| Verification {
        on,
        recorded: None,
        by: "Audit".to_owned(),
        result,
        note: None,
        evidence: Vec::new(),
    });
    prop::collection::vec(one, 0..3).prop_map(|mut entries| {
        entries.sort_by_key(|entry| entry.on);
        entries
    })
}

fn recommendations() -> impl Strategy<Value = Vec<Recommendation>> {
    const WORDS: [&str; 5] =
        ["June 2003", "Ongoing", "Complete", "2003-08-15", "In place since May 2003"];
    let one = (
        1usize..8,
        prop::collection::vec(entries(), 0..3),
        entries(),
        verifications(),
        prop::sample::select(&WORDS[..]),
        prop::sample::select(Response::ALL),
        (prop::option::of(days()), prop::option::of(days())),
    );
    let one = one.prop_map(|(number, actions, progress, verification, timescale, response, on)| {
        let action = |(index, progress): (usize, Vec<ProgressEntry>)| Action {
            progress,
            ..Action::new(
                Id::parse(format!("{number}.{}", index + 1)).unwrap(),
                "Do a part.".to_owned(),
            )
        };
        Recommendation {
            date: on.0,
            response,
            response_on: on.1.filter(|_| response != Response::Awaited),
            response_text: Some("Words.".to_owned()),
            timescale: Some(Timescale::parse(timescale).unwrap()),
            actions: actions.into_iter().enumerate().map(action).collect(),
            progress,
            verification,
            ..recommendation(number)
        }
    });
    prop::collection::vec(one, 0..7).prop_map(|mut all| {
        let mut known = HashSet::new();
        all.retain(|one| known.insert(one.id.clone()));
        all
    })
}

/// Generates two versions of a plan. Some recommendations are unchanged, others were changed, added or deleted.
fn histories() -> impl Strategy<Value = (Plan, Plan)> {
    let plans = (recommendations(), recommendations(), days(), any::<[bool; 2]>());
    (plans, any::<u8>()).prop_map(|((old, mut new, date, policies), kept)| {
        let is_kept = |id: &Id| kept >> id.as_str().parse::<u8>().unwrap() & 1 == 1;
        for one in old.iter().filter(|one| is_kept(&one.id)) {
            new.retain(|other| other.id != one.id);
            new.push(one.clone());
        }
        let with = |recommendations: Vec<Recommendation>, closure_needs_verification| Plan {
            date,
            policy: Policy { closure_needs_verification, ..Policy::default() },
            ..plan(recommendations)
        };
        (with(old, policies[0]), with(new, policies[1]))
    })
}

proptest! {
    #![proptest_config(crate::testing::cases(400))]

    #[test]
    fn every_account_adds_up((earlier, present) in histories(), from in days(), to in days()) {
        let (from, to) = (from.min(to), from.max(to));
        for earlier in [&earlier, &present] {
            let summary = period_summary(earlier, &present, from, to);
            let [before, added, reopened, closed, now] = sum(&summary);
            prop_assert_eq!(before + added + reopened, now + closed);
            let set = |ids: &[Id]| ids.iter().cloned().collect::<HashSet<Id>>();
            let come: HashSet<Id> =
                [&summary.open_before, &summary.added, &summary.reopened].into_iter().flat_map(|ids| set(ids)).collect();
            prop_assert_eq!(come.len(), before + added + reopened);
            let gone = set(&summary.closed);
            prop_assert_eq!(gone.len(), closed);
            let left: HashSet<Id> = come.difference(&gone).cloned().collect();
            prop_assert_eq!(left, set(&summary.open_now));
            // The summary has an event for each closed recommendation. The open recommendations are the same as in the
            // plan.
            let told: HashSet<&Id> = summary.events.iter().map(|event| &event.id).collect();
            prop_assert!(summary.closed.iter().all(|id| told.contains(id)) || earlier.policy != present.policy);
            let open = |plan: &Plan, day: Day| -> HashSet<Id> {
                let standings = plan.standing_on(day).into_iter().filter(|standing| !standing.own.closed);
                standings.map(|standing| standing.recommendation().id.clone()).collect()
            };
            if earlier.date <= from {
                prop_assert_eq!(set(&summary.open_before), open(earlier, from));
                prop_assert_eq!(set(&summary.open_now), open(&present, to));
            }
        }
    }
}
