//! Tests of committee reports about difficult plans, made by the built program.

use crate::support::{answer, plan};
use tempfile::TempDir;

const HARD: &str = include_str!("../paper/hard.toml");

/// Returns the report of a plan.
fn paper(text: &str, words: &[&str]) -> String {
    let directory = TempDir::new().unwrap();
    std::fs::write(directory.path().join("plan.toml"), text).unwrap();
    let written = answer(plan(directory.path()).arg("report").args(words));
    assert_eq!(written.status, 0, "{}", written.stderr);
    written.stdout
}

fn hard() -> String {
    paper(HARD, &["--meeting", "2023-11-16", "--appendix", "all"])
}

#[track_caller]
fn assert_says(paper: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert!(paper.contains(sentence), "{sentence}\n{paper}");
    }
}

#[test]
fn what_is_late_through_an_action_has_that_actions_owner_dates_and_note() {
    assert_says(
        &hard(),
        &[
            "| 1 | Keep the books. (action 1.1) | Clerk | action 1.1: March 2023; recommendation: January 2024 | 7 months | “Waiting for a quote.” | red |",
            "In progress; action 1.1 7 months overdue.",
            "- Action 1.1: March 2023\n",
        ],
    );
}

#[test]
fn what_is_at_risk_has_the_doubtful_actions_owner_and_note() {
    assert_says(
        &hard(),
        &["| 2 | Train the staff. (action 2.2) | HR | 2024 | at risk | “Union objects.” |"],
    );
}

#[test]
fn an_actions_due_date_stands_beside_that_of_its_recommendation() {
    assert_says(
        &hard(),
        &[
            "| 2 | Train the staff. | HR | action 2.1: December 2023 (originally May 2023); recommendation: 2024 | in progress | amber |",
        ],
    );
}

#[test]
fn a_refused_verification_is_told_with_its_reason_which_is_the_last_word() {
    assert_says(
        &hard(),
        &[
            "Verification failed for recommendation 3.",
            "| 3 | Check the pool. | “The log has gaps.” (Internal Audit, 1 August 2023) |",
            "| 3 | Check the pool. | Warden | 2023-05-31 | 24 weeks | “The log has gaps.” | red |",
            "Recommendation 10 has been added; recommendation 3 has been reopened; recommendations 4 and 11 have been closed.",
            "Recommendations 4 and 11 have been verified.",
        ],
    );
}

#[test]
fn members_are_not_asked_to_consider_reasons_that_nobody_gave() {
    let silent = |count: usize| {
        let recommendation = |id: usize| {
            format!(
                "[[recommendation]]\nid = \"{id}\"\ntext = \"Do.\"\ntimescale = \"June 2023\"\n"
            )
        };
        let recommendations: String = (1..=count).map(recommendation).collect();
        let text = format!("[plan]\ntitle = \"T\"\ndate = 2023-01-10\n{recommendations}");
        paper(&text, &["--as-of", "2023-07-10"])
    };
    assert_says(&silent(1), &["recommendation 1 is overdue, for which no reason is on record."]);
    assert_says(
        &silent(2),
        &["recommendations 1 and 2 are overdue, for which no reasons are on record."],
    );
    assert_says(&hard(), &["are overdue, and consider the reasons given;"]);
}

#[test]
fn an_extension_that_was_agreed_on_request_has_the_reason_of_the_request() {
    assert_says(
        &hard(),
        &[
            "| 5 | Replace the boiler. | July 2023 | March 2024 | 1 | “The supplier went bankrupt.” (Estates, 1 July 2023); approved: Committee, 10 July 2023 |",
        ],
    );
}

#[test]
fn an_extension_without_the_decision_that_the_plan_asks_for_is_put_to_the_committee() {
    assert_says(
        &hard(),
        &[
            "**decide** on the extension of action 2.1, which was made without a decision;",
            "One extension was made without the decision that the plan requires.",
            "| 2.1 | Consult. | May 2023 | December 2023 | 1 | “Talks go on.” (HR, 10 August 2023) |",
        ],
    );
    let later = paper(HARD, &["--as-of", "2023-11-30", "--since", "2023-11-16"]);
    assert_says(
        &later,
        &[
            "**decide** on the extension of action 2.1",
            "No due date has been extended since 16 November 2023.",
        ],
    );
}

#[test]
fn a_first_date_is_no_extension() {
    let paper = hard();
    assert_says(
        &paper,
        &[
            "Two due dates have been extended since the meeting of 15 June 2023.",
            "One first due date has been agreed.",
            "| 6 | Write a policy. | February 2024 | “It was set.” (12 July 2023) |",
            "- On 12 July 2023: due date set to February 2024 – “It was set.”",
        ],
    );
}

#[test]
fn a_first_date_is_no_extension_in_the_account_of_a_period_either() {
    let directory = TempDir::new().unwrap();
    std::fs::write(directory.path().join("plan.toml"), HARD).unwrap();
    let words = ["changes", "--since", "2023-06-15", "--as-of", "2023-11-16"];
    let account = answer(plan(directory.path()).args(words)).stdout;
    assert!(account.contains("TBA → February 2024 (first due date)"), "{account}");
    assert!(account.contains("May 2023 → December 2023 (1st)"), "{account}");
}

/// A plan with a committee meeting on 15 June 2023.
const MET: &str = r#"
[plan]
title = "Roofs"
date = 2023-01-10

[policy.escalate]
days_late = 90

[[meeting]]
date = 2023-06-15

[[meeting]]
date = 2023-11-16

[[recommendation]]
id = "1"
text = "Mend the roof."
timescale = "August 2023"
revisions = [
  { on = 2023-06-01, to = "May 2024", reason = "Rain.", by = "Estates", decision = "requested" },
  { on = 2023-06-15, to = "December 2023", by = "Committee", decision = "agreed" },
]

[[recommendation]]
id = "2"
text = "Paint it."
timescale = "December 2023"
revisions = [
  { on = 2023-07-01, to = "May 2024", reason = "No glue.", by = "Estates", decision = "requested" },
  { on = 2023-07-20, to = "May 2024", reason = "Glue is cheap.", by = "Committee", decision = "refused" },
]

[[recommendation]]
id = "3"
text = "Light it."
timescale = "October 2023"

[[recommendation.action]]
id = "3.1"
text = "Wire it."
timescale = "May 2023"
progress = [{ on = 2023-04-01, status = "in-progress", outlook = "at-risk", note = "No wire." }]

[[recommendation]]
id = "4"
text = "Heat it."
timescale = "October 2023"

[[recommendation.action]]
id = "4.1"
text = "Buy a boiler."
progress = [{ on = 2023-08-01, status = "complete", note = "It is warm." }]

[[recommendation.action]]
id = "4.2"
text = "Dig for coal."
progress = [{ on = 2023-08-02, status = "not-pursued", note = "Too dear." }]
"#;

#[test]
fn what_the_last_meeting_decided_is_news_in_the_next_paper() {
    assert_says(
        &paper(MET, &["--meeting", "2023-11-16"]),
        &[
            "since the meeting of 15 June 2023",
            "Four recommendations were open on 14 June 2023.",
            "One due date has been extended since the meeting of 15 June 2023.",
            "| 1 | Mend the roof. | August 2023 | December 2023 | 1 | “Rain.” (Estates, 1 June 2023); approved: Committee, 15 June 2023 |",
        ],
    );
}

#[test]
fn a_refused_request_is_told_with_both_reasons() {
    assert_says(
        &paper(MET, &["--meeting", "2023-11-16"]),
        &[
            "| 2 | Paint it. | December 2023 | May 2024 | “No glue.” (Estates, 1 July 2023); refused: “Glue is cheap.” (Committee, 20 July 2023) |",
        ],
    );
}

#[test]
fn an_action_stays_late_when_the_date_of_the_whole_has_passed_too() {
    assert_says(
        &paper(MET, &["--meeting", "2023-11-16"]),
        &[
            "| 3 | Light it. (action 3.1) | – | October 2023 | 16 days (action 3.1: 24 weeks) | “No wire.” |",
            "| 3 | Light it. (action 3.1) | – | 169 days overdue | “No wire.” |",
            "| 3.1 | Wire it. | – | May 2023 | in progress; 24 weeks overdue |",
        ],
    );
}

#[test]
fn what_was_completed_has_the_note_of_its_completion() {
    assert_says(
        &paper(MET, &["--meeting", "2023-11-16"]),
        &["| 4 | Heat it. | October 2023 | 2 August 2023 (12 weeks early) | no | “It is warm.” |"],
    );
}

#[test]
fn days_of_grace_are_neither_late_nor_ahead() {
    let paper = hard();
    assert_says(
        &paper,
        &[
            "Not started; 3 days past due, within the grace period.",
            "Recommendation 7 is past its due date but within the grace period. The grace period is 5 days.",
        ],
    );
    assert!(!paper.contains("| 7 | Paint the door. | – | 2023-11-13 | not started |\n"), "{paper}");
}

#[test]
fn what_is_complete_and_waits_for_a_verification_is_explained() {
    assert_says(
        &hard(),
        &[
            " One of these is complete but remains open until it is verified.",
            "| 8 | Count the keys. | August 2023 | 1 August 2023 (30 days early) | no | “Counted.” |",
        ],
    );
}

#[test]
fn what_its_own_owner_verified_is_not_independently_verified() {
    assert_says(
        &hard(),
        &[
            "| 11 | Count the lockers. | August 2023 | 2 August 2023 (29 days early) | Porter, 3 August 2023 (one of its owners) | “All are there.” |",
            "Recommendations 8 and 11 are reported as complete and have not been independently verified.",
        ],
    );
}

#[test]
fn the_managements_answer_stands_under_a_heading_of_its_own() {
    assert_says(&hard(), &["#### Response\n\nAccepted.\n"]);
}

#[test]
fn the_most_pressing_work_stands_first() {
    let paper = hard();
    let table = paper.split("**Overdue**").nth(1).unwrap();
    let first = |id: &str| table.find(&format!("\n| {id} | ")).unwrap();
    assert!(first("3") < first("1") && first("1") < first("9"), "{table}");
}

#[test]
fn the_history_of_a_recommendation_is_in_the_order_of_its_days() {
    let paper = hard();
    let history = paper.split("### Recommendation 5\n").nth(1).unwrap();
    let at = |words: &str| history.find(words).unwrap_or_else(|| panic!("{words}: {history}"));
    assert!(at("On 1 June 2023: in progress") < at("On 1 July 2023: extension requested"));
    assert!(at("On 10 July 2023: extension approved") < at("On 1 September 2023: in progress"));
}

#[test]
fn colours_count_live_work_and_their_rule_is_printed() {
    assert_says(
        &hard(),
        &[
            "Of the open recommendations, three are red, two are amber and four are green. Red is 30 days or more overdue;",
        ],
    );
}

/// Returns the number in a sentence, in words or digits, before the text `after`.
#[track_caller]
fn said(paper: &str, after: &str) -> usize {
    const NUMBERS: [&str; 11] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let at = paper.find(after).unwrap_or_else(|| panic!("{after}\n{paper}"));
    let word = paper[..at].trim_end().rsplit([' ', '\n']).next().unwrap().to_lowercase();
    let number = NUMBERS.iter().position(|number| *number == word);
    number.or((word == "none").then_some(0)).unwrap_or_else(|| word.parse().unwrap())
}

#[test]
fn the_figures_are_those_of_the_account_of_the_same_period() {
    let directory = TempDir::new().unwrap();
    for (text, days) in [
        (HARD, ["2023-06-15", "2023-08-20", "2023-11-16"]),
        (MET, ["2023-06-30", "2023-07-21", "2023-11-16"]),
    ] {
        std::fs::write(directory.path().join("plan.toml"), text).unwrap();
        let ask = |words: &[&str]| answer(plan(directory.path()).args(words)).stdout;
        for as_of in days {
            for since in [&[][..], &["--since", "2023-02-01"], &["--since", "2023-06-14"]] {
                let words = [&["--as-of", as_of], since].concat();
                let account = ask(&[&["changes", "--format", "json"][..], &words].concat());
                let account: serde_json::Value = serde_json::from_str(&account).unwrap();
                let paper = ask(&[&["report"][..], &words].concat());
                let sum = |name: &str| account["accounts"][0][name].as_u64().unwrap() as usize;
                let events = |what: &str, is_meant: &dyn Fn(&serde_json::Value) -> bool| {
                    let rows = account["rows"].as_array().unwrap().iter();
                    rows.filter(|row| row["what"] == what && is_meant(row)).count()
                };
                let figures = [
                    (
                        sum("open_before"),
                        if sum("open_before") == 1 {
                            "recommendation was open on "
                        } else {
                            "recommendations were open on "
                        },
                    ),
                    (
                        sum("added"),
                        if sum("added") < 2 { "has been added, " } else { "have been added, " },
                    ),
                    (
                        sum("reopened"),
                        if sum("reopened") < 2 {
                            "has been reopened and"
                        } else {
                            "have been reopened and"
                        },
                    ),
                    (
                        sum("closed"),
                        if sum("closed") < 2 {
                            "has been closed, which"
                        } else {
                            "have been closed, which"
                        },
                    ),
                    (sum("open_now"), &format!("open on {}", long(as_of))),
                    (events("completed", &|_| true), "recommendation has been completed."),
                    (
                        events("extended", &|row| row["times"] != 0),
                        "due date has been extended since",
                    ),
                ];
                for (count, words) in figures {
                    let plural = words.replace("recommendation has", "recommendations have");
                    let plural = plural.replace("date has", "dates have");
                    let words = if count < 2 { words } else { &plural };
                    assert_eq!(said(&paper, words), count, "{words} {as_of} {since:?}\n{paper}");
                }
            }
        }
    }
}

/// Returns a day in the form used in a report.
fn long(day: &str) -> String {
    let day: action_plan::model::Day = day.parse().unwrap();
    day.format("%-d %B %Y").to_string()
}

#[test]
fn a_part_of_a_plan_has_the_figures_of_what_the_filters_keep() {
    let paper = paper(HARD, &["--meeting", "2023-11-16", "--owner", "Clerk", "--open"]);
    assert_says(
        &paper,
        &[
            "It covers only some of the recommendations: owner Clerk; open.",
            "note the progress against the four recommendations",
            "--owner Clerk --open",
        ],
    );
    assert!(!paper.contains("Check the pool."), "{paper}");
    let none = crate::papers::paper(HARD, &["--meeting", "2023-11-16", "--appendix", "none"]);
    assert!(!none.contains("Appendix") && none.contains("--appendix none"), "{none}");
}

#[test]
fn of_very_many_recommendations_the_tables_have_the_most_urgent_and_count_the_rest() {
    let recommendation = |id: usize| {
        let area = id % 60;
        format!(
            "[[recommendation]]\nid = \"{id}\"\narea = \"a{area}\"\ntext = \"Do {id}.\"\ntimescale = \"2023-0{}-01\"\n",
            id % 6 + 1
        )
    };
    let areas =
        (0..60).map(|area| format!("[[area]]\nid = \"a{area}\"\ntitle = \"Area {area}\"\n"));
    let text = format!(
        "[plan]\ntitle = \"T\"\ndate = 2023-01-01\n{}{}",
        areas.collect::<String>(),
        (1..=120).map(recommendation).collect::<String>()
    );
    let paper = paper(&text, &["--as-of", "2023-07-10"]);
    assert_says(
        &paper,
        &[
            "**Overdue (the most urgent; 100 more)**",
            "**Progress by area (the most urgent; 40 more)**",
            "100 more are open or have changed.",
            "| All | 120 |",
        ],
    );
    let appendix = paper.split("**Recommendations and their actions**").nth(1).unwrap();
    assert_eq!(appendix.matches("\n| ").count(), 21);
    let table = paper.split("**Overdue (").nth(1).unwrap().split("\n\n").nth(1).unwrap();
    assert!(table.lines().skip(2).all(|row| row.contains("| 2023-01-01 |")), "{table}");
}

#[test]
fn a_report_to_a_meeting_that_is_named_by_its_month_is_as_of_its_day() {
    let last_line = |meeting: &str| {
        let paper = paper(HARD, &["--meeting", meeting]);
        paper.trim_end().rsplit_once('\n').unwrap().1.to_owned()
    };
    let by_month = last_line("2023-11");
    assert!(by_month.contains("--as-of 2023-11-16 --meeting 2023-11-16"), "{by_month}");
    assert_eq!(by_month, last_line("2023-11-16"));
}

#[test]
fn a_list_in_a_text_keeps_its_lines_in_the_cells_of_a_page() {
    let list = "The board should:\n(a) publish a register;\n(b) review it yearly.";
    let text = format!(
        "[plan]\ntitle = \"T\"\ndate = 2023-01-01\n[[recommendation]]\nid = \"1\"\ntext = \"\"\"{list}\"\"\"\n"
    );
    let as_of = ["--as-of", "2023-07-10"];
    let page = paper(&text, &[&as_of[..], &["--format", "html"]].concat());
    assert_says(&page, &["should:<br>(a) publish a register;<br>(b) review it yearly.</td>"]);
    assert_says(&paper(&text, &as_of), &["should: (a) publish a register; (b) review it yearly."]);
}
