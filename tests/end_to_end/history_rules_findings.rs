//! Tests of the order of the findings of `plan check --against`, and of findings that are not about altered texts and
//! entries.

use std::fs;

use crate::support::{Answer, PLAN, Repository};

/// Returns the plan with meetings, a policy and a review.
fn base() -> String {
    let head = "\n[[meeting]]\ndate = 2003-07-10\ntitle = \"Summer\"\n\n[[meeting]]\ndate = \"2003-11\"\n\
                title = \"Autumn\"\n\n[policy]\npriorities = [\"high\", \"medium\", \"low\"]\n\n[[area]]";
    let plan = PLAN.replacen("\n[[area]]", head, 1);
    plan.replace("timescale = \"March 2004\"", "timescale = \"March 2004\"\nreview = \"2003-10\"")
}

fn on(day: &str, base: &str, present: &str) -> Answer {
    assert_ne!(base, present, "the change changes nothing");
    let repository = Repository::new(base);
    repository.write("plan.toml", present);
    repository.plan(&["check", "--as-of", day, "--against", "main", "--verbose"])
}

/// Returns the findings on 1 August 2003 after `old` was replaced by `new`.
fn change(old: &str, new: &str) -> Answer {
    on("2003-08-01", &base(), &base().replacen(old, new, 1))
}

#[track_caller]
fn assert_found(answer: &Answer, rule: &str) {
    assert!(answer.stdout.contains(&format!("[{rule}]")), "{}{}", answer.stdout, answer.stderr);
    let is_error = answer.stdout.contains(&format!("error[{rule}]"));
    assert!(answer.status == 1 || !is_error, "{}", answer.stdout);
}

#[track_caller]
fn assert_passes(answer: &Answer) {
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    for rule in ["field-changed", "meeting-changed"] {
        assert!(!answer.stdout.contains(rule), "{}", answer.stdout);
    }
}

#[test]
fn an_owner_area_priority_review_or_title_of_an_area_is_not_changed_or_taken_away_quietly() {
    for (old, new) in [
        ("owner = \"Consultancy Group\"", "owner = \"Nobody\""),
        ("owner = \"Consultancy Group\"\n", ""),
        ("area = \"reviews\"\npriority", "area = \"indicators\"\npriority"),
        ("priority = \"high\"", "priority = \"low\""),
        ("priority = \"high\"\n", ""),
        ("review = \"2003-10\"", "review = \"2004-10\""),
        ("review = \"2003-10\"", ""),
        ("title = \"Indicators\"", "title = \"Signs\""),
    ] {
        let answer = change(old, new);
        assert_found(&answer, "field-changed");
        assert_eq!(answer.status, 1, "{new}: {}", answer.stdout);
    }
}

#[test]
fn a_value_that_was_not_there_may_be_added() {
    assert_passes(&change(
        "text = \"Select review topics",
        "priority = \"low\"\nreview = \"2003-12\"\ntext = \"Select review topics",
    ));
}

#[test]
fn owners_may_stand_in_another_order() {
    let base = base().replace("owner = \"Director\"", "owner = [\"Director\", \"Board\"]");
    let present = base.replace("[\"Director\", \"Board\"]", "[\"Board\", \"Director\"]");
    assert_ne!(base, present);
    assert_passes(&on("2003-08-01", &base, &present));
}

#[test]
fn priorities_are_not_reordered_and_may_be_added() {
    let old = "[\"high\", \"medium\", \"low\"]";
    assert_found(&change(old, "[\"low\", \"medium\", \"high\"]"), "field-changed");
    assert_found(&change(old, "[\"high\", \"low\"]"), "field-changed");
    assert_passes(&change(old, "[\"urgent\", \"high\", \"medium\", \"low\", \"none\"]"));
}

#[test]
fn a_meeting_that_was_held_stays_and_one_still_ahead_may_move() {
    let held = "[[meeting]]\ndate = 2003-07-10\ntitle = \"Summer\"\n";
    assert_found(&change(held, ""), "meeting-changed");
    assert_found(&change("date = 2003-07-10", "date = 2003-09-10"), "meeting-changed");
    assert_passes(&change("date = \"2003-11\"", "date = \"2003-12\""));
    assert_passes(&change("[[meeting]]\ndate = \"2003-11\"\ntitle = \"Autumn\"\n", ""));
    assert_passes(&change(held, &format!("[[meeting]]\ndate = 2003-06-10\n\n{held}")));
}

#[test]
fn overdue_work_is_not_made_open_ended_quietly() {
    let revision = "reason = \"Group reorganised\", by = \"Director\" },\n";
    let ongoing =
        "  { on = 2003-10-05, to = \"Ongoing\", reason = \"It goes on\", by = \"Director\" },\n";
    let present = base().replacen(revision, &format!("{revision}{ongoing}"), 1);
    let answer = on("2003-10-06", &base(), &present);
    assert_found(&answer, "overdue-undated");
    assert_eq!(answer.status, 1);
    let early = present.replace("2003-10-05", "2003-07-20");
    let answer = on("2003-07-21", &base(), &early);
    assert!(!answer.stdout.contains("overdue-undated"), "{}", answer.stdout);
}

#[test]
fn a_completion_dated_in_time_and_recorded_after_the_deadline_is_remarked_on() {
    let last = "note = \"First report drafted.\" },\n";
    let entry = "  { on = 2003-09-20, status = \"complete\", evidence = [\"x.pdf\"] },\n";
    let present = base().replacen(last, &format!("{last}{entry}"), 1);
    let answer = on("2003-10-06", &base(), &present);
    assert_found(&answer, "recorded-after-deadline");
    assert_eq!(answer.status, 0, "{}", answer.stdout);
    for (day, written) in [("2003-09-21", "2003-09-20"), ("2003-10-06", "2003-10-02")] {
        let answer = on(day, &base(), &present.replace("2003-09-20", written));
        assert!(!answer.stdout.contains("recorded-after-deadline"), "{}", answer.stdout);
    }
}

#[test]
fn an_extension_dated_in_time_and_recorded_after_the_deadline_is_remarked_on() {
    let revision = "reason = \"Group reorganised\", by = \"Director\" },\n";
    let later =
        "  { on = 2003-09-20, to = \"March 2004\", reason = \"Staff\", by = \"Director\" },\n";
    let present = base().replacen(revision, &format!("{revision}{later}"), 1);
    assert_found(&on("2003-10-06", &base(), &present), "recorded-after-deadline");
    let answer = on("2003-09-21", &base(), &present);
    assert!(!answer.stdout.contains("recorded-after-deadline"), "{}", answer.stdout);
}

#[test]
fn a_revision_of_a_new_item_is_judged_by_its_day_as_progress_is() {
    let new = "\n[[recommendation.action]]\nid = \"3.2\"\nowner = \"Analysis Unit\"\ntext = \"Publish them.\"\n\
               timescale = \"July 2003\"\nrevisions = [\n  { on = 2003-06-01, to = \"May 2004\", reason = \"x\" },\n]\n";
    let answer = on("2003-08-01", &base(), &(base().trim_end().to_owned() + "\n" + new));
    assert_found(&answer, "recorded-late");
}

#[test]
fn verification_by_whoever_was_the_owner_before_is_by_the_owner() {
    let present = base()
        .replacen("owner = \"Analysis Unit\"", "owner = \"Somebody\"", 1)
        .replacen(
            "timescale = \"March 2004\"",
            "timescale = \"March 2004\"\nverification = [\n  { on = 2003-07-20, by = \"Analysis Unit\", result = \
             \"verified\" },\n]",
            1,
        )
        .replacen("[[area]]", "[policy.lints]\nverified-by-owner = \"off\"\n\n[[area]]", 1);
    let answer = on("2003-08-01", &base(), &present);
    assert_found(&answer, "verified-by-owner");
    assert_eq!(answer.stdout.matches("error[verified-by-owner]").count(), 1, "{}", answer.stdout);
}

/// Returns a repository with a branch that recorded an earlier-dated entry and then merged the entries of the main
/// branch.
fn merged(ours: &str) -> Repository {
    let repository = Repository::new(PLAN);
    let second =
        "{ on = 2003-07-01, status = \"in-progress\", note = \"First report drafted.\" },\n";
    let with =
        |entries: &[&str]| PLAN.replacen(second, &(second.to_owned() + &entries.concat()), 1);
    let theirs = "  { on = 2003-07-25, status = \"in-progress\", note = \"Theirs.\" },\n";
    repository.write("plan.toml", &with(&[ours]));
    repository.commit("Ours");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("plan.toml", &with(&[theirs]));
    repository.commit("Theirs");
    repository.git(&["checkout", "--quiet", "change"]);
    repository.git(&["merge", "--quiet", "--no-commit", "--strategy=ours", "main"]);
    repository.write("plan.toml", &with(&[ours, theirs]));
    repository.git(&["add", "plan.toml"]);
    repository
}

#[test]
fn what_stood_in_a_parent_of_a_merge_is_not_backdated() {
    let repository = merged("  { on = 2003-07-20, status = \"in-progress\", note = \"Ours.\" },\n");
    let check = |words: &[&str]| {
        let words = [&["check", "--as-of", "2003-08-01", "--against", "main"], words].concat();
        repository.plan(&words)
    };
    let answer = check(&["--staged"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    assert!(!answer.stdout.contains("backdated"), "{}", answer.stdout);
    repository.commit("Merge");
    for words in [&[][..], &["--exact"]] {
        let answer = check(words);
        assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    }
}

#[test]
fn what_was_recorded_late_in_a_parent_of_a_merge_stays_a_warning() {
    let repository = merged("  { on = 2003-07-12, status = \"in-progress\", note = \"Ours.\" },\n");
    repository.commit("Merge");
    let words = ["check", "--as-of", "2003-08-01", "--against", "main"];
    let answer = repository.plan(&words);
    assert_found(&answer, "recorded-late");
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
}

#[test]
fn a_merge_does_not_wash_an_entry_that_was_backdated_where_it_was_recorded() {
    let repository = merged("  { on = 2003-06-20, status = \"in-progress\", note = \"Ours.\" },\n");
    let text = std::fs::read_to_string(repository.path().join("plan.toml")).unwrap();
    // The list is sorted by date.
    let ours = "  { on = 2003-06-20, status = \"in-progress\", note = \"Ours.\" },\n";
    let first = "note = \"Template agreed.\" },\n";
    let text = text.replace(ours, "").replacen(first, &format!("{first}{ours}"), 1);
    repository.write("plan.toml", &text);
    repository.commit("Merge");
    let words = ["check", "--as-of", "2003-08-01", "--against", "main"];
    let answer = repository.plan(&words);
    assert_found(&answer, "backdated");
    assert_eq!(answer.status, 1);
}

#[test]
fn a_merge_inside_a_branch_does_not_wash_an_entry_that_was_backdated() {
    let repository = Repository::new(PLAN);
    let entry =
        |day: &str| format!("  {{ on = {day}, status = \"in-progress\", note = \"x\" }},\n");
    let first = "  { on = 2003-06-02, status = \"in-progress\", note = \"Template agreed.\" },\n";
    let second =
        "  { on = 2003-07-01, status = \"in-progress\", note = \"First report drafted.\" },\n";
    let backdated = entry("2003-06-10");
    repository.write("plan.toml", &PLAN.replacen(second, "", 1));
    repository.commit("Take the newest entry away");
    repository.git(&["branch", "side"]);
    repository.write("plan.toml", &PLAN.replacen(second, &backdated, 1));
    repository.commit("Record");
    repository.git(&["checkout", "--quiet", "side"]);
    repository.commit("Nothing");
    repository.git(&["checkout", "--quiet", "change"]);
    repository.git(&["merge", "--quiet", "--no-edit", "side"]);
    repository.write("plan.toml", &PLAN.replacen(first, &(first.to_owned() + &backdated), 1));
    repository.commit("Put the newest entry back");
    let answer = repository.plan(&["check", "--as-of", "2003-08-01", "--against", "main"]);
    assert_found(&answer, "backdated");
    assert_eq!(answer.status, 1);
}

#[test]
fn errors_come_first_and_a_loosened_policy_before_other_warnings() {
    let present = base().replacen("[policy]", "[policy]\ngrace_days = 90", 1).replacen(
        "owner = \"Analysis Unit\"\n",
        "",
        1,
    );
    let answer = on("2003-08-01", &base(), &present);
    let at = |word: &str| answer.stdout.find(word).unwrap_or_else(|| panic!("{}", answer.stdout));
    assert!(at("error[field-changed]") < at("warning[policy-loosened]"));
    assert!(at("warning[policy-loosened]") < at("warning[no-owner]"));
}

#[test]
fn a_longer_time_for_a_priority_is_a_loosened_policy_and_a_shorter_is_not() {
    let with =
        |limits: &str| base().replacen("[policy]", &format!("[policy]\nmax_days = {limits}"), 1);
    let told = |old: &str, new: &str| {
        on("2003-08-01", &with(old), &with(new)).stdout.contains("warning[policy-loosened]")
    };
    assert!(told("{ high = 30 }", "{ high = 31 }"));
    assert!(told("{ high = 30, low = 90 }", "{ high = 30 }"));
    assert!(!told("{ high = 30 }", "{ high = 29, low = 90 }"));
}

#[test]
fn the_table_of_owners_may_change_freely() {
    let owner = "[[owner]]\nname = \"Director\"\nemail = \"a@example.org\"\n\n[[area]]";
    let with = base().replacen("[[area]]", owner, 1);
    let other = with.replacen("a@example.org", "b@example.org", 1);
    for (old, new) in [(&with, &other), (&with, &base()), (&base(), &with)] {
        let answer = on("2003-08-01", old, new);
        assert!(!answer.stdout.contains("owner Director"), "{}", answer.stdout);
        assert_eq!(answer.status, 0, "{}", answer.stdout);
    }
}

#[test]
fn a_change_cannot_turn_off_the_rule_that_tells_of_a_loosened_policy() {
    let policy = "[policy.lints]\npolicy-loosened = \"off\"\ntext-altered = \"off\"\n\n[[area]]";
    let answer = change("[[area]]", policy);
    assert_eq!(answer.stdout.matches("warning[policy-loosened]").count(), 2, "{}", answer.stdout);
}

#[test]
fn warnings_that_the_earlier_version_has_too_are_one_line_unless_they_are_denied() {
    let base = base().replacen("owner = \"Analysis Unit\"\n", "", 1);
    let base = base.replacen("owner = \"Consultancy Group\"\n", "", 1);
    let present =
        base.clone() + "\n[[recommendation.action]]\nid = \"3.2\"\ntext = \"Publish them.\"\n";
    let repository = Repository::new(&base);
    repository.write("plan.toml", &present);
    let check = |words: &[&str]| {
        let words = [&["check", "--as-of", "2003-08-01", "--against", "main"], words].concat();
        repository.plan(&words)
    };
    let answer = check(&[]);
    assert!(
        answer.stdout.contains(
            "plan.toml: 2 warnings are not shown, because the earlier version also has them"
        ),
        "{}",
        answer.stdout
    );
    // Recommendation 3 has a further action without an owner.
    assert_eq!(answer.stdout.matches("warning[no-owner]").count(), 1, "{}", answer.stdout);
    assert!(answer.stdout.contains("action 3.2 has no owner"), "{}", answer.stdout);
    let denied = check(&["--deny", "warnings"]);
    assert_eq!(denied.stdout.matches("error[no-owner]").count(), 3, "{}", denied.stdout);
    let json = check(&["--format", "json"]);
    assert_eq!(json.stdout.matches("\"no-owner\"").count(), 3, "{}", json.stdout);
}

#[test]
fn loosened_rules_of_escalation_colours_and_decisions_are_told_and_stricter_ones_are_not() {
    let policy = "[policy]\nextensions_need_decision = true\n\n\
                  [policy.escalate]\ndays_late = 30\ntimes_extended = 2\npriority = \"medium\"\n\n\
                  [policy.rag]\nred = { days_late = 1 }\namber = { days_left = 30, percent_done_below = 50, outlook = \"at-risk\" }\n";
    let base = format!("{PLAN}\n{policy}");
    let found = |old: &str, new: &str| on("2003-08-01", &base, &base.replacen(old, new, 1));
    for (old, new) in [
        ("extensions_need_decision = true\n", ""),
        ("days_late = 30\n", "days_late = 60\n"),
        ("times_extended = 2\n", ""),
        ("priority = \"medium\"\n\n[policy.rag", "priority = \"high\"\n\n[policy.rag"),
        ("red = { days_late = 1 }", "red = { days_late = 2 }"),
        ("days_left = 30", "days_left = 10"),
        (", percent_done_below = 50", ""),
        (", outlook = \"at-risk\"", ", outlook = \"off-track\""),
    ] {
        let answer = found(old, new);
        assert_found(&answer, "policy-loosened");
        assert_eq!(answer.stdout.matches("[policy-loosened]").count(), 1, "{}", answer.stdout);
    }
    for (old, new) in [
        ("days_late = 30\n", "days_late = 10\n"),
        ("priority = \"medium\"\n\n[policy.rag", "\n[policy.rag"),
        ("days_left = 30", "days_left = 60"),
        ("red = { days_late = 1 }", "red = { days_late = 1, percent_done_below = 10 }"),
    ] {
        let answer = found(old, new);
        assert!(!answer.stdout.contains("[policy-loosened]"), "{new}: {}", answer.stdout);
    }
    let answer = on("2003-08-01", &base, PLAN);
    assert_eq!(answer.stdout.matches("[policy-loosened]").count(), 3, "{}", answer.stdout);
}

#[test]
fn a_request_makes_nothing_of_overdue_work_and_what_is_agreed_does() {
    let entry = |decision: &str| {
        format!(
            "by = \"Director\" }},\n  {{ on = 2003-10-10, to = \"Ongoing\", by = \"PPRC\"{decision} }},"
        )
    };
    let found = |decision: &str| {
        let present = PLAN.replacen("by = \"Director\" },", &entry(decision), 1);
        on("2003-10-15", PLAN, &present).stdout
    };
    assert!(found("").contains("[overdue-undated]"));
    let requested = found(", decision = \"requested\"");
    assert!(!requested.contains("[overdue-undated]"), "{requested}");
}

#[test]
fn what_an_amendment_keeps_passes_and_is_told_and_words_that_were_published_are_a_warning() {
    let repository = Repository::new(PLAN);
    for words in [
        ["amend", "1.1", "owner", "Social Care", "-m", "The service moved"],
        ["amend", "3", "area", "reviews", "-m", "It stood under the wrong heading"],
    ] {
        let answer = repository.plan(&[&words[..], &["--as-of", "2003-08-01"]].concat());
        assert_eq!(answer.status, 0, "{}", answer.stderr);
    }
    let check = ["check", "--as-of", "2003-08-01", "--against", "main", "--deny", "warnings"];
    let answer = repository.plan(&check);
    assert_eq!(answer.stdout.matches("note[amended]").count(), 2, "{}", answer.stdout);
    assert!(!answer.stdout.contains("field-changed"), "{}", answer.stdout);
    let words = ["amend", "3", "timescale", "April 2004", "-m", "A slip", "--as-of", "2003-08-01"];
    assert_eq!(repository.plan(&words).status, 0);
    let answer = repository.plan(&check[..5]);
    assert!(answer.stdout.contains("warning[amended]"), "{}", answer.stdout);
    assert!(!answer.stdout.contains("timescale-replaced"), "{}", answer.stdout);
}

#[test]
fn an_amendment_that_keeps_another_value_or_is_rewritten_lets_nothing_pass() {
    let repository = Repository::new(PLAN);
    let words = ["amend", "1.1", "owner", "Social Care", "-m", "Moved", "--as-of", "2003-08-01"];
    assert_eq!(repository.plan(&words).status, 0);
    let amended = fs::read_to_string(repository.path().join("plan.toml")).unwrap();
    let was = amended.lines().find(|line| line.contains("key = \"owner\"")).unwrap();
    repository.write("plan.toml", &amended.replace(was, &was.replace("was = \"", "was = \"No ")));
    let check = ["check", "--as-of", "2003-08-01", "--against", "main"];
    assert_found(&repository.plan(&check), "field-changed");
    repository.write("plan.toml", &amended);
    repository.commit("Amend");
    repository.write("plan.toml", &amended.replace("\"Moved\"", "\"Retired\""));
    let answer = repository.plan(&["check", "--as-of", "2003-08-01", "--against", "HEAD"]);
    assert_found(&answer, "entry-altered");
}

#[test]
fn two_sections_with_one_heading_are_compared_in_their_order() {
    let section =
        |text: &str| format!("[[plan.section]]\nheading = \"Costs\"\ntext = \"{text}\"\n\n");
    let with = |texts: [&str; 2]| {
        base().replacen(
            "[[area]]",
            &format!("{}{}[[area]]", section(texts[0]), section(texts[1])),
            1,
        )
    };
    let before = with(["None this year.", "Some next year."]);
    let moved = before.replacen("[[area]]", "# Only a comment.\n[[area]]", 1);
    let answer = on("2003-08-01", &before, &moved);
    assert!(!answer.stdout.contains("text-altered"), "{}", answer.stdout);
    let after = with(["None this year.", "None next year."]);
    assert_found(&on("2003-08-01", &before, &after), "text-altered");
}

#[test]
fn news_of_an_earlier_day_passes_with_a_day_of_recording_that_is_no_older_than_what_was_known() {
    let second =
        "{ on = 2003-07-01, status = \"in-progress\", note = \"First report drafted.\" },\n";
    let late = |recorded: &str| {
        let late = format!("  {{ on = 2003-06-27, {recorded}note = \"Seen by the Board.\" }},\n");
        on("2003-08-01", &base(), &base().replacen(second, &(second.to_owned() + &late), 1))
    };
    let known = "recorded = 2003-07-15, ";
    for (recorded, rule) in
        [(known, "recorded-late"), ("recorded = 2003-07-14, ", "backdated"), ("", "out-of-order")]
    {
        let answer = late(recorded);
        assert_found(&answer, rule);
        let is_passed = recorded == known;
        assert_eq!(answer.status == 0, is_passed, "{}{}", answer.stdout, answer.stderr);
    }
}

#[test]
fn what_a_command_records_late_passes_the_history_rules() {
    let repository = Repository::new(&base());
    for words in [
        &["note", "1.1", "Seen by the Board.", "--on", "2003-06-27"][..],
        &["mark", "1.1", "complete", "--on", "2003-06-28", "--evidence", "report.pdf"],
        &["extend", "1", "October 2003", "--reason", "Staff", "--on", "2003-06-20"],
        &["amend", "1.1", "owner", "Group", "--reason", "Renamed", "--on", "2003-06-20"],
    ] {
        let answer = repository.plan(&[words, &["--as-of", "2003-07-02"]].concat());
        assert_eq!(answer.status, 0, "{words:?}: {}", answer.stderr);
        assert!(
            words[0] == "amend" || answer.stderr.contains("recorded late"),
            "{}",
            answer.stderr
        );
    }
    let answer = repository.plan(&["check", "--as-of", "2003-08-01", "--against", "main"]);
    assert!(!answer.stdout.contains("backdated"), "{}", answer.stdout);
    assert_found(&answer, "recorded-late");
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
}
