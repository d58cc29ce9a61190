//! Tests of the standing of a recommendation that is later than the plan or has a later response, and tests of
//! outlooks.

use super::*;
use crate::model::{AmendKey, Amendment, Outlook, Owner};

fn standing(plan: &Plan, on: &str) -> RecommendationStanding {
    plan.standing_on_for(day(on), 0)
}

fn said(on: &str, outlook: Outlook) -> ProgressEntry {
    ProgressEntry { outlook: Some(outlook), ..entry(on, Status::InProgress) }
}

fn outlook(plan: &Plan, on: &str) -> Option<Outlook> {
    standing(plan, on).own.outlook
}

#[test]
fn a_response_and_its_timescale_are_awaited_until_the_day_before_the_answer() {
    let plan = plan(Recommendation {
        response: Response::Rejected,
        response_on: Some(day("2003-06-12")),
        ..recommendation("December 2003", vec![])
    });
    let before = standing(&plan, "2003-06-11");
    assert_eq!((before.recommendation().response, before.own.rejected), (Response::Awaited, false));
    assert!(before.own.is_open() && before.own.timing == Some(Timing::Undated));
    assert_eq!(before.own.timescale(), None);
    let after = standing(&plan, "2003-06-12");
    assert_eq!((after.recommendation().response, after.own.rejected), (Response::Rejected, true));
    assert!(after.own.closed && after.own.timing.is_none());
}

#[test]
fn an_awaited_recommendation_is_open_with_and_without_a_date() {
    let awaited =
        |wording| Recommendation { response: Response::Awaited, ..recommendation(wording, vec![]) };
    let dated = plan(awaited("June 2003"));
    assert_eq!(timing(&dated, "2003-07-01"), Some(Timing::Overdue));
    let undated = plan(Recommendation { timescale: None, ..awaited("June 2003") });
    assert_eq!(timing(&undated, "2003-07-01"), Some(Timing::Undated));
    assert!(standing(&undated, "2003-07-01").own.is_open());
}

#[test]
fn rejected_work_counts_from_the_day_on_which_somebody_does_something() {
    let note = entry("2003-05-20", Status::NotStarted);
    let begun = entry("2003-06-02", Status::InProgress);
    let done = entry("2003-06-20", Status::Complete);
    let plan = plan(Recommendation {
        response: Response::Rejected,
        ..recommendation("June 2003", vec![action("5.1", vec![note, begun, done])])
    });
    for on in ["2003-05-20", "2003-06-01"] {
        let noted = standing(&plan, on);
        assert!(noted.own.rejected && noted.own.closed && !noted.own.is_open());
        assert_eq!((noted.own.timing, noted.actions[0].timing), (None, None));
    }
    let begun = standing(&plan, "2003-06-02");
    assert!(!begun.own.rejected && !begun.own.closed && begun.own.is_open());
    assert_eq!((begun.own.status, begun.own.timing), (Status::InProgress, Some(Timing::DueSoon)));
    let done = standing(&plan, "2003-06-20");
    assert!(!done.own.rejected && done.own.closed);
    assert_eq!((done.own.status, done.own.timing), (Status::Complete, Some(Timing::OnTime)));
}

#[test]
fn the_timescale_of_rejected_work_is_no_doing() {
    for wording in ["Ongoing", "Complete", "In place since January 2003"] {
        let plan = plan(Recommendation {
            response: Response::Rejected,
            ..recommendation(wording, vec![action("5.1", vec![])])
        });
        let standing = standing(&plan, "2003-06-01");
        assert_eq!(
            (standing.own.rejected, standing.own.status),
            (true, Status::NotStarted),
            "{wording}"
        );
    }
}

#[test]
fn a_recommendation_stands_nowhere_before_its_day_and_keeps_its_place_in_the_plan() {
    let mut plan = plan(recommendation("December 2003", vec![]));
    let first = Recommendation {
        date: Some(day("2003-06-12")),
        ..Recommendation::new(Id::parse("4").unwrap(), "Later.".to_owned())
    };
    plan.recommendations.insert(0, first.into());
    let before = plan.standing_on(day("2003-06-11"));
    assert_eq!(before.iter().map(|standing| standing.index).collect::<Vec<_>>(), [1]);
    assert_eq!(plan.standing_on(day("2003-06-12")).len(), 2);
    assert_eq!(plan.standing_on_for(day("2003-06-11"), 0).own.timing, None);
}

#[test]
fn complete_and_silence_begin_at_the_later_of_the_two_dates() {
    let made = |date: &str, wording| {
        plan(Recommendation {
            date: Some(day(date)),
            ..recommendation(wording, vec![action("5.1", vec![])])
        })
    };
    let later = made("2003-06-12", "Complete");
    let finish = |plan: &Plan| standing(plan, "2003-07-01").own.finish;
    assert_eq!(finish(&later), Some(Finish::Published(Period::Day(day("2003-06-12")))));
    let earlier = made("2003-01-01", "Complete");
    assert_eq!(finish(&earlier), Some(Finish::Published(Period::Day(day("2003-05-08")))));
    let stale = |date: &str| standing(&made(date, "Ongoing"), "2003-12-01").own.stale;
    assert_eq!(stale("2003-10-31").map(|stale| stale.last_word), Some(day("2003-10-31")));
    assert_eq!(stale("2003-11-01"), None);
}

#[test]
fn an_outlook_counts_from_its_day_until_the_deadline_has_passed() {
    let entries = vec![said("2003-06-02", Outlook::AtRisk)];
    let plan = plan(recommendation("June 2003", vec![action("5.1", entries)]));
    for (on, expected) in [
        ("2003-06-01", None),
        ("2003-06-02", Some(Outlook::AtRisk)),
        ("2003-06-30", Some(Outlook::AtRisk)),
        ("2003-07-01", None),
    ] {
        assert_eq!(outlook(&plan, on), expected, "{on}");
    }
}

#[test]
fn an_outlook_is_kept_by_entries_without_one_and_ends_with_the_work() {
    let mut entries = vec![said("2003-06-02", Outlook::OffTrack)];
    entries.push(entry("2003-06-10", Status::InProgress));
    entries.push(said("2003-06-15", Outlook::OnTrack));
    entries.push(entry("2003-06-20", Status::Complete));
    let plan = plan(recommendation("June 2003", vec![action("5.1", entries)]));
    assert_eq!(outlook(&plan, "2003-06-10"), Some(Outlook::OffTrack));
    assert_eq!(outlook(&plan, "2003-06-15"), Some(Outlook::OnTrack));
    assert_eq!(outlook(&plan, "2003-06-20"), None);
}

#[test]
fn an_outlook_older_than_the_revision_that_set_the_deadline_says_nothing_of_it() {
    for (revised, expected) in [
        ("2003-06-02", Some(Outlook::AtRisk)),
        ("2003-06-03", None),
        ("2003-06-11", Some(Outlook::AtRisk)),
    ] {
        let entries = vec![said("2003-06-02", Outlook::AtRisk)];
        let plan = plan(Recommendation {
            revisions: vec![revision(revised, "September 2003")],
            ..recommendation("June 2003", vec![action("5.1", entries.clone())])
        });
        // A revision of the recommendation does not move the due date of an action with its own timescale.
        let own = plan.clone().recommendations[0].as_ref().clone();
        let own = Recommendation {
            actions: vec![Action {
                timescale: Some(timescale("July 2003")),
                ..action("5.1", entries)
            }],
            ..own
        };
        let own = Plan { recommendations: vec![own.into()], ..plan.clone() };
        assert_eq!(outlook(&plan, "2003-06-10"), expected, "{revised}");
        assert_eq!(outlook(&own, "2003-06-10"), Some(Outlook::AtRisk), "{revised}");
    }
}

#[test]
fn a_recommendation_has_the_worst_outlook_of_its_open_actions() {
    let plan = plan(recommendation(
        "June 2003",
        vec![
            action("5.1", vec![said("2003-06-02", Outlook::OnTrack)]),
            action("5.2", vec![said("2003-06-02", Outlook::AtRisk)]),
            action(
                "5.3",
                vec![said("2003-06-02", Outlook::OffTrack), entry("2003-06-10", Status::Complete)],
            ),
        ],
    ));
    assert_eq!(outlook(&plan, "2003-06-09"), Some(Outlook::OffTrack));
    assert_eq!(outlook(&plan, "2003-06-10"), Some(Outlook::AtRisk));
}

#[test]
fn a_recommendations_own_entries_count_until_an_action_has_one() {
    let plan = plan(Recommendation {
        progress: vec![said("2003-06-02", Outlook::AtRisk), said("2003-06-10", Outlook::OffTrack)],
        ..recommendation(
            "June 2003",
            vec![action("5.1", vec![entry("2003-06-12", Status::NotStarted)])],
        )
    });
    let before = standing(&plan, "2003-06-11");
    assert!(before.by_itself);
    assert_eq!(
        (before.own.status, before.own.outlook),
        (Status::InProgress, Some(Outlook::OffTrack))
    );
    let after = standing(&plan, "2003-06-12");
    assert!(!after.by_itself);
    assert_eq!((after.own.status, after.own.outlook), (Status::NotStarted, None));
}

#[test]
fn whoever_owned_it_before_an_amendment_is_an_owner_under_every_name() {
    let amendment = Amendment {
        on: day("2003-06-02"),
        recorded: None,
        key: AmendKey::from_word("owner").unwrap(),
        was: Some("Review boards; Head of Review".to_owned()),
        reason: "Reorganised".to_owned(),
        by: None,
    };
    let owned = Action {
        owner: vec!["ICG".to_owned()].into(),
        amendments: vec![amendment],
        ..action("5.1", vec![])
    };
    let recommendation = Recommendation {
        owner: vec!["Director".to_owned()].into(),
        ..recommendation("June 2003", vec![owned])
    };
    let director =
        Owner { name: "Director".to_owned(), email: None, also: vec!["Anne Smith".to_owned()] };
    let plan = Plan { owners: vec![director], ..plan(recommendation) };
    let is_owner = |name| plan.is_owned_by(&plan.recommendations[0], name);
    for owner in ["ICG", "director", "Anne Smith", "Head of Review", "review  boards"] {
        assert!(is_owner(owner), "{owner}");
    }
    assert!(!is_owner("Reorganised") && !is_owner("Smith"));
}
