//! Tests of requests for an extension, of decisions on these requests, and of the plan's rules for escalation and
//! colours.

use super::*;
use crate::model::{Cause, Colour, Decision, Escalation, Outlook, Rag, Signal};

fn decided(on: &str, to: &'static str, decision: Decision) -> Revision {
    Revision { decision: Some(decision), ..revision(on, to) }
}

fn requested(on: &str, to: &'static str) -> Revision {
    decided(on, to, Decision::Requested)
}

/// Returns a plan with one recommendation, which is due in June 2003. The recommendation has the given revisions, and
/// one action with the given progress entries.
fn revised(revisions: Vec<Revision>, progress: Vec<ProgressEntry>) -> Plan {
    let actions = vec![action("5.1", progress)];
    plan(Recommendation { revisions, ..recommendation("June 2003", actions) })
}

fn deadline(plan: &Plan, on: &str) -> String {
    plan.standing_on(day(on))[0].own.timescale().unwrap().wording.clone()
}

fn waits(plan: &Plan, on: &str) -> bool {
    plan.standing_on(day(on))[0].own.request.is_some()
}

#[test]
fn a_request_moves_nothing_until_it_is_agreed_to_and_a_refusal_never_does() {
    let revisions = vec![
        requested("2003-06-10", "September 2003"),
        decided("2003-06-20", "August 2003", Decision::Agreed),
        requested("2003-08-10", "December 2003"),
        decided("2003-08-20", "December 2003", Decision::Refused),
    ];
    let plan = revised(revisions, vec![]);
    assert_eq!(deadline(&plan, "2003-06-19"), "June 2003");
    assert_eq!(deadline(&plan, "2003-06-20"), "August 2003");
    assert_eq!(deadline(&plan, "2003-12-01"), "August 2003");
    assert_eq!(plan.standing_on(day("2003-12-01"))[0].own.extensions(), 1);
    assert_eq!(timing(&plan, "2003-09-01"), Some(Timing::Overdue));
}

#[test]
fn a_request_waits_from_its_day_to_the_day_of_the_decision() {
    let revisions = vec![
        requested("2003-06-10", "September 2003"),
        decided("2003-06-20", "September 2003", Decision::Refused),
    ];
    let plan = revised(revisions, vec![]);
    assert!(!waits(&plan, "2003-06-09"));
    assert!(waits(&plan, "2003-06-10"));
    assert!(waits(&plan, "2003-06-19"));
    assert!(!waits(&plan, "2003-06-20"));
}

#[test]
fn a_request_lapses_when_the_work_ends_and_stays_lapsed_when_it_is_opened_again() {
    let progress =
        vec![entry("2003-06-15", Status::Complete), entry("2003-06-25", Status::InProgress)];
    let plan = revised(vec![requested("2003-06-10", "September 2003")], progress);
    assert!(waits(&plan, "2003-06-14"));
    assert!(!waits(&plan, "2003-06-15"));
    assert!(!waits(&plan, "2003-06-25"));
}

#[test]
fn one_finished_action_of_two_does_not_make_a_request_lapse() {
    let one = action("5.1", vec![entry("2003-06-15", Status::Complete)]);
    let actions = vec![one, action("5.2", vec![])];
    let revisions = vec![requested("2003-06-10", "September 2003")];
    let plan = plan(Recommendation { revisions, ..recommendation("June 2003", actions) });
    assert!(waits(&plan, "2003-06-20"));
}

#[test]
fn an_action_has_requests_of_its_own() {
    let mut late = action("5.1", vec![]);
    late.revisions = vec![requested("2003-06-10", "September 2003")];
    let plan = plan(recommendation("June 2003", vec![late]));
    let standing = &plan.standing_on(day("2003-06-10"))[0];
    assert_eq!((standing.own.request, standing.actions[0].request), (None, Some(0)));
}

fn escalation(plan: &Plan, on: &str) -> Vec<Cause> {
    plan.escalation(&plan.standing_on(day(on))[0])
}

#[test]
fn any_limit_escalates_open_work_from_its_day_on() {
    let revisions =
        vec![revision("2003-06-20", "July 2003"), revision("2003-07-20", "August 2003")];
    let mut plan = revised(revisions, vec![entry("2003-10-20", Status::Complete)]);
    assert_eq!(escalation(&plan, "2003-10-01"), []);
    plan.policy.escalate =
        Some(Escalation { days_late: Some(30), times_extended: Some(2), priority: None });
    assert_eq!(escalation(&plan, "2003-07-19"), []);
    assert_eq!(escalation(&plan, "2003-07-20"), [Cause::TimesExtended(2)]);
    assert_eq!(escalation(&plan, "2003-09-29"), [Cause::TimesExtended(2)]);
    let both = [Cause::DaysLate(30), Cause::TimesExtended(2)];
    assert_eq!(escalation(&plan, "2003-09-30"), both);
    assert_eq!(escalation(&plan, "2003-10-20"), []);
}

#[test]
fn only_the_priorities_of_the_rule_are_escalated() {
    let mut plan = revised(vec![], vec![]);
    let priority = Some("medium".to_owned());
    plan.policy.escalate = Some(Escalation { days_late: Some(1), times_extended: None, priority });
    for (priority, is_escalated) in
        [(Some("high"), true), (Some("medium"), true), (Some("low"), false), (None, false)]
    {
        let found = std::sync::Arc::make_mut(&mut plan.recommendations[0]);
        found.priority = priority.map(str::to_owned);
        assert_eq!(!escalation(&plan, "2003-07-01").is_empty(), is_escalated, "{priority:?}");
    }
}

fn colour(plan: &Plan, on: &str) -> Option<Colour> {
    plan.colour(&plan.standing_on(day(on))[0])
}

#[test]
fn the_plans_rule_gives_a_colour_on_each_day() {
    let mut plan = revised(vec![], vec![entry("2003-09-01", Status::Complete)]);
    assert_eq!(colour(&plan, "2003-07-01"), None);
    plan.policy.rag = Some(Rag {
        red: Signal { days_late: Some(2), ..Signal::default() },
        amber: Signal { days_late: Some(1), days_left: Some(14), ..Signal::default() },
    });
    assert_eq!(colour(&plan, "2003-06-15"), Some(Colour::Green));
    assert_eq!(colour(&plan, "2003-06-16"), Some(Colour::Amber));
    assert_eq!(colour(&plan, "2003-07-01"), Some(Colour::Amber));
    assert_eq!(colour(&plan, "2003-07-02"), Some(Colour::Red));
    assert_eq!(colour(&plan, "2003-09-01"), Some(Colour::Green));
}

#[test]
fn percent_done_counts_complete_actions_without_those_that_were_dropped() {
    let actions = vec![
        action("5.1", vec![entry("2003-06-01", Status::Complete)]),
        action("5.2", vec![entry("2003-06-02", Status::NotPursued)]),
        action("5.3", vec![]),
    ];
    let mut plan = plan(recommendation("June 2003", actions));
    let signal = |limit| Signal { percent_done_below: Some(limit), ..Signal::default() };
    plan.policy.rag = Some(Rag { red: signal(33), amber: signal(50) });
    assert_eq!(colour(&plan, "2003-05-31"), Some(Colour::Red));
    assert_eq!(colour(&plan, "2003-06-01"), Some(Colour::Amber));
    assert_eq!(colour(&plan, "2003-06-02"), Some(Colour::Green));
}

#[test]
fn an_outlook_gives_its_colour_and_that_of_every_better_one() {
    let judged =
        |on, outlook| ProgressEntry { outlook: Some(outlook), ..entry(on, Status::InProgress) };
    let entries = vec![
        judged("2003-05-10", Outlook::OnTrack),
        judged("2003-05-20", Outlook::AtRisk),
        judged("2003-05-30", Outlook::OffTrack),
    ];
    let mut plan = revised(vec![], entries);
    let signal = |outlook| Signal { outlook: Some(outlook), ..Signal::default() };
    let (red, amber) = (signal(Outlook::OffTrack), signal(Outlook::AtRisk));
    plan.policy.rag = Some(Rag { red: red.clone(), amber: amber.clone() });
    assert_eq!(colour(&plan, "2003-05-09"), Some(Colour::Green));
    assert_eq!(colour(&plan, "2003-05-10"), Some(Colour::Green));
    assert_eq!(colour(&plan, "2003-05-20"), Some(Colour::Amber));
    assert_eq!(colour(&plan, "2003-05-30"), Some(Colour::Red));
    assert_eq!(amber.to_string(), "at risk or worse");
    assert_eq!(red.to_string(), "off track");
    plan.policy.rag = Some(Rag { red: amber, amber: Signal::default() });
    assert_eq!(colour(&plan, "2003-05-30"), Some(Colour::Red));
}

#[test]
fn work_that_was_given_up_or_rejected_has_no_colour() {
    let mut plan = revised(vec![], vec![entry("2003-06-01", Status::NotPursued)]);
    plan.policy.rag = Some(Rag::default());
    assert_eq!(colour(&plan, "2003-06-01"), None);
    assert_eq!(colour(&plan, "2003-05-31"), Some(Colour::Green));
    let found = std::sync::Arc::make_mut(&mut plan.recommendations[0]);
    found.response = Response::Rejected;
    assert_eq!(colour(&plan, "2003-05-31"), None);
}

#[test]
fn the_rules_are_sentences() {
    let red = Signal { days_late: Some(1), ..Signal::default() };
    let amber = Signal { days_left: Some(30), percent_done_below: Some(50), ..Signal::default() };
    let rule = Rag { red, amber };
    assert_eq!(
        rule.to_string(),
        "Red is 1 day or more overdue; amber is due within 30 days, or less than 50% done; all other work is green."
    );
    let priority = Some("high".to_owned());
    let rule = Escalation { days_late: Some(90), times_extended: Some(2), priority };
    assert_eq!(
        rule.to_string(),
        "90 days or more overdue, or extended 2 times or more, of priority “high” or higher"
    );
}
