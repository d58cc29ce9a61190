//! Tests of the standing of a recommendation to which actions were added later, or whose values were amended.

use super::*;
use crate::model::{AmendKey, Amendment};

fn added(id: &'static str, date: &str, progress: Vec<ProgressEntry>) -> Action {
    Action { date: Some(day(date)), ..action(id, progress) }
}

fn done(on: &str) -> Vec<ProgressEntry> {
    vec![entry(on, Status::Complete)]
}

fn amendment(on: &str, key: &str, was: Option<&str>) -> Amendment {
    let key = AmendKey::from_word(key).unwrap();
    let was = was.map(str::to_owned);
    Amendment { on: day(on), key, was, reason: "Agreed".to_owned(), by: None, recorded: None }
}

fn standing(plan: &Plan, on: &str) -> RecommendationStanding {
    plan.standing_on_for(day(on), 0)
}

#[test]
fn an_action_reopens_finished_work_on_the_day_on_which_it_was_added_and_not_before() {
    let plan = plan(recommendation(
        "June 2003",
        vec![added("5.1", "2004-02-01", vec![]), action("5.2", done("2003-06-10"))],
    ));
    let before = standing(&plan, "2004-01-31");
    assert_eq!((before.own.status, before.own.timing), (Status::Complete, Some(Timing::OnTime)));
    assert_eq!((before.actions.len(), before.recommendation().actions.len()), (1, 1));
    assert!(before.of(Some(0)).is_none() && before.of(Some(1)).is_some());
    let after = standing(&plan, "2004-02-01");
    assert_eq!((after.own.status, after.own.timing), (Status::InProgress, Some(Timing::Overdue)));
    assert_eq!((after.actions.len(), after.own.closed), (2, false));
}

#[test]
fn an_action_whose_owner_came_later_makes_nobody_an_owner_before() {
    let later =
        Action { owner: vec!["Works".to_owned()].into(), ..added("5.1", "2004-02-01", vec![]) };
    let plan = plan(recommendation("June 2003", vec![later]));
    assert!(standing(&plan, "2004-01-31").recommendation().owners().is_empty());
    assert_eq!(standing(&plan, "2004-02-01").recommendation().owners(), ["Works"]);
}

#[test]
fn a_verification_counts_until_an_action_is_added() {
    let mut verified = recommendation(
        "June 2003",
        vec![action("5.1", done("2003-06-10")), added("5.2", "2004-02-01", done("2004-03-01"))],
    );
    verified.verification = vec![verification("2003-07-01", Verdict::Verified)];
    assert!(verified.is_verified_on(day("2004-01-31")));
    assert!(!verified.is_verified_on(day("2004-02-01")));
    assert!(!verified.is_verified_on(day("2004-03-01")));
    verified.verification.push(verification("2004-03-01", Verdict::Verified));
    assert!(verified.is_verified_on(day("2004-03-01")));
}

#[test]
fn an_action_reopens_what_was_finished_without_actions() {
    let by_entry = Recommendation {
        progress: done("2003-06-10"),
        ..recommendation("June 2003", vec![added("5.1", "2004-02-01", vec![])])
    };
    let published = recommendation("Complete", vec![added("5.1", "2004-02-01", vec![])]);
    for finished in [by_entry, published] {
        let plan = plan(finished);
        assert_eq!(progress(&plan, "2004-01-31"), Status::Complete);
        assert_eq!(progress(&plan, "2004-02-01"), Status::InProgress);
        let actions = &standing(&plan, "2004-02-01").actions;
        assert_eq!(actions[0].status, Status::NotStarted);
    }
}

#[test]
fn actions_without_a_day_are_there_from_the_first_and_done_with_their_recommendation() {
    let plan = plan(recommendation("Complete", vec![action("5.1", vec![])]));
    assert_eq!(progress(&plan, "2003-05-08"), Status::Complete);
    assert_eq!(standing(&plan, "2003-05-08").actions[0].status, Status::Complete);
}

#[test]
fn a_request_that_lapsed_when_the_work_ended_stays_so_when_an_action_is_added() {
    let request = Revision {
        decision: Some(crate::model::Decision::Requested),
        ..revision("2003-06-05", "September 2003")
    };
    let plan = plan(Recommendation {
        revisions: vec![request],
        ..recommendation(
            "June 2003",
            vec![action("5.1", done("2003-06-10")), added("5.2", "2004-02-01", vec![])],
        )
    });
    for (on, waits) in [("2003-06-09", true), ("2003-06-10", false), ("2004-02-01", false)] {
        assert_eq!(standing(&plan, on).own.request.is_some(), waits, "{on}");
    }
}

#[test]
fn before_an_amendment_the_value_is_the_one_that_it_keeps() {
    let amended = Recommendation {
        timescale: Some(timescale("December 2003")),
        owner: vec!["Estates".to_owned()].into(),
        amendments: vec![
            amendment("2003-06-02", "owner", None),
            amendment("2003-06-05", "timescale", Some("Spring 2003 (due: 2003-05)")),
            amendment("2003-06-10", "owner", Some("Works; Legal")),
        ],
        ..recommendation("December 2003", vec![])
    };
    let plan = plan(amended);
    let owners = |on: &str| standing(&plan, on).recommendation().owner.to_vec();
    assert_eq!(owners("2003-06-10"), ["Estates"]);
    assert_eq!(owners("2003-06-09"), ["Works", "Legal"]);
    assert!(owners("2003-06-01").is_empty());
    assert_eq!(timing(&plan, "2003-06-04"), Some(Timing::Overdue));
    assert_eq!(timing(&plan, "2003-06-05"), Some(Timing::NotDue));
}

#[test]
fn a_day_that_was_amended_holds_for_every_day() {
    let plan = plan(Recommendation {
        date: Some(day("2003-06-10")),
        amendments: vec![amendment("2003-08-01", "date", Some("2003-07-01"))],
        ..recommendation("December 2003", vec![])
    });
    assert_eq!(plan.standing_on(day("2003-06-09")).len(), 0);
    assert_eq!(plan.standing_on(day("2003-06-10")).len(), 1);
}
