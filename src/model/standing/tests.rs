//! Tests of the standing of a recommendation. The tests of limits use the days just before and after each limit.

mod added;
mod answers;
mod news;

use super::*;
use crate::model::{
    Action, Dated, Id, Meeting, Plan, ProgressEntry, Response, Revision, Verdict, Verification,
};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn timescale(wording: &'static str) -> Timescale {
    Timescale::parse(wording).unwrap()
}

fn entry(on: &str, status: Status) -> ProgressEntry {
    ProgressEntry {
        on: day(on),
        recorded: None,
        status: Some(status),
        outlook: None,
        by: None,
        note: None,
        evidence: Vec::new(),
    }
}

fn revision(on: &str, to: &'static str) -> Revision {
    Revision {
        on: day(on),
        recorded: None,
        to: timescale(to),
        reason: None,
        by: None,
        decision: None,
    }
}

fn verification(on: &str, result: Verdict) -> Verification {
    Verification {
        on: day(on),
        recorded: None,
        by: "Head of Review".to_owned(),
        result,
        note: None,
        evidence: Vec::new(),
    }
}

fn action(id: &'static str, progress: Vec<ProgressEntry>) -> Action {
    Action { progress, ..Action::new(Id::parse(id).unwrap(), "Do it.".to_owned()) }
}

fn recommendation(wording: &'static str, actions: Vec<Action>) -> Recommendation {
    Recommendation {
        timescale: Some(timescale(wording)),
        actions,
        ..Recommendation::new(Id::parse("5").unwrap(), "Define accountabilities.".to_owned())
    }
}

/// Returns a plan with the date 8 May 2003 and one recommendation. The plan has meetings on 8 May 2003 and in November
/// 2003.
fn plan(recommendation: Recommendation) -> Plan {
    let meeting = |date| Meeting { date: Period::parse(date).unwrap(), title: None };
    Plan {
        title: "Plan".to_owned(),
        date: day("2003-05-08"),
        meetings: vec![meeting("2003-05-08"), meeting("2003-11")],
        recommendations: vec![recommendation.into()],
        ..Plan::default()
    }
}

fn timing(plan: &Plan, on: &str) -> Option<Timing> {
    plan.standing_on(day(on))[0].own.timing
}

fn days_late(plan: &Plan, on: &str) -> Option<i64> {
    plan.standing_on(day(on))[0].own.lateness.map(Lateness::days)
}

fn progress(plan: &Plan, on: &str) -> Status {
    plan.standing_on(day(on))[0].own.status
}

#[test]
fn a_month_is_in_time_on_its_last_day_and_overdue_the_day_after() {
    let plan = plan(recommendation("June 2003", vec![action("5.1", vec![])]));
    assert_eq!(timing(&plan, "2003-06-30"), Some(Timing::DueSoon));
    assert_eq!(timing(&plan, "2003-07-01"), Some(Timing::Overdue));
    assert_eq!(days_late(&plan, "2003-07-01"), Some(1));
    assert_eq!(days_late(&plan, "2003-12-11"), Some(164));
}

#[test]
fn december_passes_into_january() {
    let plan = plan(recommendation("December 2003", vec![action("5.1", vec![])]));
    assert_eq!(timing(&plan, "2003-12-02"), Some(Timing::DueSoon));
    assert_eq!(timing(&plan, "2003-12-31"), Some(Timing::DueSoon));
    assert_eq!(timing(&plan, "2004-01-01"), Some(Timing::Overdue));
}

#[test]
fn february_ends_on_the_29th_in_a_leap_year() {
    let plan = plan(recommendation("February 2004", vec![action("5.1", vec![])]));
    assert_eq!(timing(&plan, "2004-02-29"), Some(Timing::DueSoon));
    assert_eq!(timing(&plan, "2004-03-01"), Some(Timing::Overdue));
}

#[test]
fn a_deadline_is_due_soon_from_thirty_days_before_its_last_day() {
    let plan = plan(recommendation("June 2003", vec![action("5.1", vec![])]));
    assert_eq!(timing(&plan, "2003-05-30"), Some(Timing::NotDue));
    assert_eq!(timing(&plan, "2003-05-31"), Some(Timing::DueSoon));
}

#[test]
fn an_entry_counts_from_its_own_day() {
    let done = action("5.1", vec![entry("2003-06-27", Status::Complete)]);
    let plan = plan(recommendation("June 2003", vec![done]));
    assert_eq!(progress(&plan, "2003-06-26"), Status::NotStarted);
    assert_eq!(progress(&plan, "2003-06-27"), Status::Complete);
    assert_eq!(timing(&plan, "2003-06-26"), Some(Timing::DueSoon));
    assert_eq!(timing(&plan, "2003-06-27"), Some(Timing::OnTime));
}

#[test]
fn a_revision_is_in_force_from_the_day_it_was_agreed() {
    let mut late = recommendation("June 2003", vec![action("5.1", vec![])]);
    late.revisions = vec![revision("2003-07-10", "September 2003")];
    let plan = plan(late);
    assert_eq!(timing(&plan, "2003-07-09"), Some(Timing::Overdue));
    assert_eq!(timing(&plan, "2003-07-10"), Some(Timing::NotDue));
    assert_eq!(timing(&plan, "2003-10-01"), Some(Timing::Overdue));
}

#[test]
fn lateness_is_known_against_both_the_original_and_the_revised_deadline() {
    let done = action("5.1", vec![entry("2003-08-15", Status::Complete)]);
    let mut revised = recommendation("June 2003", vec![done]);
    revised.revisions = vec![revision("2003-06-20", "September 2003")];
    let plan = plan(revised);
    let standing = &plan.standing_on(day("2003-12-11"))[0];
    assert_eq!(standing.own.timing, Some(Timing::OnTime));
    let lateness = standing.own.lateness.as_ref().unwrap();
    assert_eq!(lateness.days(), -46);
    assert_eq!(lateness.days_against_original(), Some(46));
}

#[test]
fn completion_after_the_deadline_is_late_for_good() {
    let done = action("5.1", vec![entry("2003-07-01", Status::Complete)]);
    let plan = plan(recommendation("June 2003", vec![done]));
    assert_eq!(timing(&plan, "2004-01-01"), Some(Timing::Late));
}

#[test]
fn a_later_note_on_finished_work_does_not_move_its_finish() {
    let done = action(
        "5.1",
        vec![entry("2003-06-27", Status::Complete), entry("2003-09-01", Status::Complete)],
    );
    let plan = plan(recommendation("June 2003", vec![done]));
    assert_eq!(timing(&plan, "2003-12-01"), Some(Timing::OnTime));
}

#[test]
fn a_refused_verification_opens_the_recommendation_again_until_the_next_one() {
    let done = action("5.1", vec![entry("2003-06-27", Status::Complete)]);
    let mut refused = recommendation("June 2003", vec![done]);
    refused.verification = vec![
        verification("2003-07-15", Verdict::Refused),
        verification("2003-09-01", Verdict::Verified),
    ];
    let plan = plan(refused);
    assert_eq!(timing(&plan, "2003-07-14"), Some(Timing::OnTime));
    assert_eq!(progress(&plan, "2003-07-15"), Status::InProgress);
    assert_eq!(timing(&plan, "2003-07-15"), Some(Timing::Overdue));
    assert_eq!(progress(&plan, "2003-09-01"), Status::Complete);
    assert_eq!(timing(&plan, "2003-09-01"), Some(Timing::OnTime));
}

#[test]
fn ongoing_work_is_never_overdue_and_goes_stale_once_the_next_meeting_is_over() {
    let plan = plan(recommendation("Ongoing", vec![action("5.1", vec![])]));
    assert_eq!(progress(&plan, "2003-05-08"), Status::InProgress);
    assert_eq!(timing(&plan, "2013-05-08"), Some(Timing::Undated));
    let stale = |on| plan.standing_on(day(on))[0].own.stale.is_some();
    assert!(!stale("2003-05-09"));
    assert!(!stale("2003-11-30"));
    assert!(stale("2003-12-01"));
}

#[test]
fn a_word_in_the_month_of_the_meeting_keeps_ongoing_work_fresh() {
    let fresh = |on| {
        let ongoing = action("5.1", vec![entry(on, Status::InProgress)]);
        let plan = plan(recommendation("Ongoing", vec![ongoing]));
        plan.standing_on(day("2003-12-01"))[0].own.stale.is_none()
    };
    assert!(!fresh("2003-10-31"));
    assert!(fresh("2003-11-01"));
}

#[test]
fn published_as_complete_is_complete_from_the_plans_date() {
    let plan = plan(recommendation("Complete", vec![action("5.1", vec![])]));
    assert_eq!(progress(&plan, "2003-05-07"), Status::NotStarted);
    assert_eq!(progress(&plan, "2003-05-08"), Status::Complete);
    assert_eq!(timing(&plan, "2003-05-08"), None);
}

#[test]
fn in_place_since_a_month_is_complete_from_that_month() {
    let wording = "In place since January 2003";
    let plan = plan(recommendation(wording, vec![action("5.1", vec![])]));
    assert_eq!(progress(&plan, "2002-12-31"), Status::NotStarted);
    assert_eq!(progress(&plan, "2003-01-01"), Status::Complete);
    assert_eq!(timing(&plan, "2003-05-08"), None);
}

#[test]
fn an_actions_own_deadline_makes_its_recommendation_overdue() {
    let mut early = action("5.1", vec![]);
    early.timescale = Some(timescale("July 2003"));
    let plan = plan(recommendation("December 2003", vec![early, action("5.2", vec![])]));
    let standing = &plan.standing_on(day("2003-08-01"))[0];
    assert_eq!(standing.own.timing, Some(Timing::Overdue));
    let late: Vec<_> = standing.late_actions().map(|late| late.item().id().as_str()).collect();
    assert_eq!(late, ["5.1"]);
    assert_eq!(standing.own.pressing, Some(0));
    assert_eq!(standing.own.lateness.unwrap().days(), -152);
}

#[test]
fn an_ended_actions_passed_deadline_makes_nothing_overdue() {
    let mut early = action("5.1", vec![entry("2003-07-20", Status::Complete)]);
    early.timescale = Some(timescale("July 2003"));
    let plan = plan(recommendation("December 2003", vec![early, action("5.2", vec![])]));
    assert_eq!(timing(&plan, "2003-08-01"), Some(Timing::NotDue));
    assert_eq!(progress(&plan, "2003-08-01"), Status::InProgress);
}

#[test]
fn progress_follows_from_the_actions() {
    use Status::{Complete, InProgress, NotPursued, NotStarted, Superseded};
    let cases: [(&[Status], Status); 9] = [
        (&[NotStarted, NotStarted], NotStarted),
        (&[InProgress, NotStarted], InProgress),
        (&[Complete, NotStarted], InProgress),
        (&[NotPursued, NotStarted], InProgress),
        (&[Complete, Complete], Complete),
        (&[Complete, NotPursued], Complete),
        (&[Superseded, Superseded], Superseded),
        (&[NotPursued, NotPursued], NotPursued),
        (&[Superseded, NotPursued], NotPursued),
    ];
    for (statuses, expected) in cases {
        let actions = statuses
            .iter()
            .map(|status| action("5.1", vec![entry("2003-06-01", *status)]))
            .collect();
        let plan = plan(recommendation("June 2003", actions));
        assert_eq!(progress(&plan, "2003-06-02"), expected, "{statuses:?}");
    }
}

#[test]
fn a_rejected_recommendation_is_closed_and_never_late() {
    let mut rejected = recommendation("June 2003", vec![]);
    rejected.response = Response::Rejected;
    let plan = plan(rejected);
    assert_eq!(timing(&plan, "2004-01-01"), None);
}

#[test]
fn work_given_up_is_neither_on_time_nor_late() {
    let dropped = action("5.1", vec![entry("2003-09-01", Status::NotPursued)]);
    let plan = plan(recommendation("June 2003", vec![dropped]));
    assert_eq!(timing(&plan, "2003-08-31"), Some(Timing::Overdue));
    assert_eq!(timing(&plan, "2003-09-01"), None);
}

#[test]
fn days_of_grace_put_off_the_alarm_to_the_day_after_them_and_nothing_else() {
    let mut plan = plan(recommendation("June 2003", vec![action("5.1", vec![])]));
    plan.policy.grace_days = 5;
    assert_eq!(timing(&plan, "2003-06-30"), Some(Timing::DueSoon));
    assert_eq!(timing(&plan, "2003-07-01"), Some(Timing::DueSoon));
    assert_eq!(timing(&plan, "2003-07-05"), Some(Timing::DueSoon));
    assert_eq!(timing(&plan, "2003-07-06"), Some(Timing::Overdue));
    assert_eq!(days_late(&plan, "2003-07-06"), Some(6));
}

#[test]
fn work_finished_in_its_days_of_grace_was_late_all_the_same() {
    let done = action("5.1", vec![entry("2003-07-01", Status::Complete)]);
    let mut plan = plan(recommendation("June 2003", vec![done]));
    plan.policy.grace_days = 5;
    assert_eq!(timing(&plan, "2003-12-01"), Some(Timing::Late));
}

#[test]
fn complete_is_closed_only_once_verified_where_the_policy_asks_for_it() {
    let done = action("5.1", vec![entry("2003-06-27", Status::Complete)]);
    let mut verified = recommendation("June 2003", vec![done]);
    verified.verification = vec![verification("2003-09-01", Verdict::Verified)];
    let mut plan = plan(verified);
    let closed = |plan: &Plan, on| plan.standing_on(day(on))[0].own.closed;
    assert!(!closed(&plan, "2003-06-26"));
    assert!(closed(&plan, "2003-06-27"));
    plan.policy.closure_needs_verification = true;
    assert!(!closed(&plan, "2003-08-31"));
    assert!(closed(&plan, "2003-09-01"));
    assert_eq!(progress(&plan, "2003-08-31"), Status::Complete);
}

mod decisions;
