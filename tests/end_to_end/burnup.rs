//! Tests of `plan burnup` in real git repositories.

use std::fs;

use crate::support::{Answer, PLAN, Repository, answer, plan};
use serde_json::Value;
use tempfile::TempDir;

/// Returns the plan with recommendation 3 completed on 20 June.
fn completed() -> String {
    format!("{PLAN}progress = [{{ on = 2003-06-20, status = \"complete\" }}]\n")
}

/// Returns a repository with a plan published on 8 May, broken on 1 June and repaired on 11 June. On 10 July, a
/// completion is recorded late.
fn repository() -> Repository {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &PLAN.replace("June 2003", "Juni 2003"));
    repository.commit_on("2003-06-01", "Break");
    repository.write("plan.toml", PLAN);
    repository.commit_on("2003-06-11", "Mend");
    repository.write("plan.toml", &completed());
    repository.commit_on("2003-07-10", "Record late");
    repository
}

fn ask(repository: &Repository, words: &[&str]) -> Answer {
    repository.ask(&[&["burnup", "--as-of", "2003-07-31"], words].concat())
}

/// Returns the number under `key` for each day that has a row.
fn numbers(repository: &Repository, key: &str, words: &[&str]) -> Vec<(String, Option<u64>)> {
    let answer = ask(repository, &[&["--format", "json"], words].concat());
    let answer: Value = serde_json::from_str(&answer.stdout).unwrap();
    let rows = answer["rows"].as_array().unwrap().iter();
    rows.map(|row| (row["day"].as_str().unwrap().to_owned(), row[key].as_u64())).collect()
}

#[test]
fn each_day_shows_what_was_known_then_and_by_entry_what_is_known_now() {
    let repository = repository();
    let day = |day: &str, number| (day.to_owned(), number);
    assert_eq!(
        numbers(&repository, "complete", &[]),
        [
            day("2003-05-08", Some(0)),
            day("2003-06-01", None),
            day("2003-06-11", Some(0)),
            day("2003-07-10", Some(1)),
            day("2003-07-31", Some(1)),
        ]
    );
    let by_entry = numbers(&repository, "complete", &["--by-entry"]);
    assert!(by_entry.contains(&day("2003-06-20", Some(1))), "{by_entry:?}");
    assert!(by_entry.contains(&day("2003-06-02", Some(0))), "{by_entry:?}");
}

#[test]
fn the_rows_add_up_and_are_the_same_in_csv() {
    let repository = repository();
    for words in [&[] as &[&str], &["--by-entry"]] {
        let table = ask(&repository, &[&["--format", "csv"], words].concat()).stdout;
        for key in ["total", "complete", "ended", "open", "overdue"] {
            let column = table.lines().next().unwrap().split(',').position(|name| name == key);
            let cells = table.lines().skip(1).map(|line| {
                let cells: Vec<&str> = line.split(',').collect();
                (cells[0].to_owned(), cells[column.unwrap()].parse().ok())
            });
            assert_eq!(cells.collect::<Vec<_>>(), numbers(&repository, key, words), "{key}");
        }
        let of = |key| numbers(&repository, key, words).into_iter().map(|(_, number)| number);
        let parts = of("complete").zip(of("ended")).zip(of("open"));
        for (total, ((complete, ended), open)) in of("total").zip(parts) {
            assert_eq!(total, complete.map(|complete| complete + ended.unwrap() + open.unwrap()));
        }
    }
}

#[test]
fn nothing_is_drawn_where_nothing_is_known_and_the_chart_says_why() {
    let repository = repository();
    let chart = ask(&repository, &["--since", "2003-04-24"]).stdout;
    let words = chart.split_whitespace().collect::<Vec<_>>().join(" ");
    for sentence in [
        "No data from 2003-04-24 to 2003-05-07: git history starts on 2003-05-08.",
        "No data from 2003-06-01 to 2003-06-10: ",
        " is not a valid plan: ",
    ] {
        assert!(words.contains(sentence), "{chart}");
    }
    for since in ["2003-02-11", "2002-01-01"] {
        let chart = ask(&repository, &["--since", since]).stdout;
        let words = chart.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("No data from 2003-06-01 to 2003-06-10: "), "{chart}");
    }
    let bottom = chart.lines().find(|line| line.contains('│') && line.contains('░')).unwrap();
    let bars = bottom.split_once('│').unwrap().1;
    assert!(bars.starts_with("  ") && bars.trim_start().contains(' '), "{chart}");
    let svg = ask(&repository, &["--since", "2003-04-24", "--format", "svg"]).stdout;
    assert!(svg.contains("No data from 2003-06-01 to 2003-06-10"), "{svg}");
    // The chart has two areas, with the gap between them.
    assert_eq!(svg.matches("fill=\"#cfd8dc\"/>").count(), 2, "{svg}");
}

#[test]
fn a_chart_fits_the_screen_and_needs_no_colour() {
    let repository = repository();
    for width in ["40", "80", "133"] {
        let mut program = plan(repository.path());
        program.env("COLUMNS", width).args(["burnup", "--as-of", "2003-07-31"]);
        let chart = answer(&mut program).stdout;
        let widest = chart.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width.parse().unwrap(), "{width}: {chart}");
        assert!(chart.contains('█') && chart.contains('░'), "{chart}");
        assert!(chart.contains("2003-05-08") && chart.contains("2003-07-31"), "{chart}");
    }
}

#[test]
fn the_words_of_a_plan_are_text_in_svg() {
    let title = "A <b>&\\\"'";
    let repository = Repository::new(&PLAN.replace("Action plan on the audit of reviews", title));
    let svg = ask(&repository, &["--format", "svg"]).stdout;
    assert!(svg.contains("<title id=\"title\">A &#60;b&#62;&#38;"), "{svg}");
    assert!(svg.contains("&#34;&#39;</title>"), "{svg}");
}

#[test]
fn without_git_the_entries_can_still_tell() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("plan.toml"), completed()).unwrap();
    let ask = |words: &[&str]| {
        let mut program = plan(directory.path());
        answer(program.args(["burnup", "--as-of", "2003-07-31"]).args(words))
    };
    let refused = ask(&[]);
    assert_eq!((refused.status, refused.stdout.as_str()), (4, ""));
    assert!(refused.stderr.contains("--by-entry"), "{}", refused.stderr);
    assert_eq!(ask(&["--by-entry"]).status, 0);
    assert_eq!(ask(&["--since", "2003-08-01"]).status, 2);
}
