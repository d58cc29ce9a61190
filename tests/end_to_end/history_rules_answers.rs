//! Tests of the findings of `plan check --against` about pending responses, dates, outlooks and newer formats.

use crate::support::{Answer, Repository};

const BASE: &str = r#"
[plan]
title = "Action plan on the audit of crossings"
date = 2003-05-08

[[recommendation]]
id = "1"
text = "Light every crossing that is used at night."
response = "awaited"

[[recommendation]]
id = "2"
date = 2003-06-02
text = "Close the crossing at Mill Lane."
response = "rejected"
response_on = 2003-06-12
response_text = "It is used by the school."

[[recommendation]]
id = "3"
text = "Paint the posts of every crossing in the district."
timescale = "December 2003"
owner = "Director"
amendments = [{ on = 2003-06-02, key = "owner", was = "Head of Works", reason = "Reorganised" }]
progress = [{ on = 2003-06-20, status = "in-progress", outlook = "at-risk" }]
"#;

/// Returns the findings on 1 August 2003 after `old` was replaced by `new`.
fn change(old: &str, new: &str) -> Answer {
    let repository = Repository::new(BASE);
    repository.write("plan.toml", &BASE.replacen(old, new, 1));
    repository.plan(&["check", "--as-of", "2003-08-01", "--against", "main"])
}

#[track_caller]
fn assert_found(rule: &str, old: &str, new: &str) {
    assert!(BASE.contains(old), "{old}");
    let answer = change(old, new);
    assert!(
        answer.stdout.contains(&format!("error[{rule}]")),
        "{}{}",
        answer.stdout,
        answer.stderr
    );
    assert_eq!(answer.status, 1);
}

#[track_caller]
fn assert_passes(answer: &Answer) {
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    for rule in ["response-altered", "timescale-replaced", "recorded-late"] {
        assert!(!answer.stdout.contains(rule), "{}", answer.stdout);
    }
}

const AWAITED: &str = "response = \"awaited\"\n";

#[test]
fn an_awaited_response_may_be_given_with_its_day_words_and_timescale() {
    for answer in [
        "response = \"accepted\"\nresponse_on = 2003-07-01\ntimescale = \"March 2004\"\n",
        "response = \"partially-accepted\"\nresponse_on = 2003-07-01\ntimescale = \"Ongoing\"\n\
         response_text = \"Only the busy ones.\"\n",
        "response = \"rejected\"\nresponse_on = 2003-07-01\nresponse_text = \"Too dear.\"\n",
    ] {
        assert_passes(&change(AWAITED, answer));
    }
}

#[test]
fn an_answer_that_the_command_gives_passes() {
    let repository = Repository::new(BASE);
    let respond = ["respond", "1", "accepted", "--timescale", "March 2004", "--on", "2003-07-01"];
    let answer = repository.plan(&[&respond[..], &["--as-of", "2003-08-01"]].concat());
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert_passes(&repository.plan(&["check", "--as-of", "2003-08-01", "--against", "main"]));
}

#[test]
fn an_answer_without_a_day_would_never_have_been_awaited() {
    let answer = "response = \"accepted\"\ntimescale = \"March 2004\"\n";
    assert_found("response-altered", AWAITED, answer);
}

#[test]
fn an_answer_dated_before_what_was_known_is_recorded_late() {
    let answer = "response = \"rejected\"\nresponse_on = 2003-06-19\nresponse_text = \"No.\"\n";
    let answer = change(AWAITED, answer);
    assert!(answer.stdout.contains("warning[recorded-late]"), "{}", answer.stdout);
    assert_eq!(answer.status, 0);
}

#[test]
fn a_timescale_is_not_given_quietly_while_the_answer_is_awaited() {
    assert_found("timescale-replaced", AWAITED, &format!("{AWAITED}timescale = \"March 2004\"\n"));
}

#[test]
fn the_day_and_the_words_of_a_given_answer_stay() {
    assert_found("response-altered", "response_on = 2003-06-12", "response_on = 2003-06-11");
    assert_found("response-altered", "response_on = 2003-06-12\n", "");
    assert_found("response-altered", "It is used by the school.", "No.");
    let given = "timescale = \"December 2003\"\n";
    assert_found("response-altered", given, &format!("{given}response_on = 2003-07-01\n"));
    assert_found("response-altered", given, &format!("{given}response = \"awaited\"\n"));
}

#[test]
fn the_day_on_which_a_recommendation_was_made_stays() {
    assert_found("field-changed", "date = 2003-06-02", "date = 2003-06-03");
    assert_found("field-changed", "date = 2003-06-02\n", "");
    assert_found("field-changed", "text = \"Light", "date = 2003-07-30\ntext = \"Light");
}

#[test]
fn the_outlook_of_a_past_entry_stays_and_a_new_one_may_follow() {
    assert_found("entry-altered", "outlook = \"at-risk\"", "outlook = \"on-track\"");
    assert_found("entry-altered", ", outlook = \"at-risk\"", "");
    assert_passes(&change(
        "outlook = \"at-risk\" }",
        "outlook = \"at-risk\" }, { on = 2003-07-01, status = \"in-progress\", outlook = \"on-track\" }",
    ));
}

#[test]
fn an_owner_before_an_amendment_does_not_verify() {
    let verified = |by: &str| {
        format!(
            "status = \"complete\", evidence = [\"x\"] }}]\n\
             verification = [{{ on = 2003-07-01, by = \"{by}\", result = \"verified\" }}]"
        )
    };
    let old = "status = \"in-progress\", outlook = \"at-risk\" }]";
    let entry = "status = \"in-progress\", outlook = \"at-risk\" }, { on = 2003-06-30, ";
    for by in ["Director", "head of works"] {
        assert_found("verified-by-owner", old, &format!("{entry}{}", verified(by)));
    }
    assert_passes(&change(old, &format!("{entry}{}", verified("Head of Review"))));
}

#[test]
fn an_older_version_does_not_stand_in_for_one_of_a_newer_format() {
    let repository = Repository::new(BASE);
    let newer = BASE.replacen("date = 2003-05-08", "date = 2003-05-08\nformat = 2", 1);
    repository.write("plan.toml", &newer);
    repository.commit("Use a newer program");
    let answer = repository.plan(&["status"]);
    assert_eq!(answer.status, 3, "{}", answer.stderr);
    assert_eq!(answer.stderr.matches("error[").count(), 1, "{}", answer.stderr);
    let lowered = newer.replacen("format = 2", "format = 1", 1);
    repository.write("plan.toml", &lowered.replacen("outlook = \"at-risk\" ", "note = \"x\" ", 1));
    let answer = repository.plan(&["check", "--as-of", "2003-08-01", "--against", "HEAD"]);
    assert!(answer.stdout.contains("error[not-compared]"), "{}", answer.stdout);
    assert_eq!(answer.status, 1);
}
