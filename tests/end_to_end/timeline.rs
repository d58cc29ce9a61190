//! Tests of the timeline on screens of many widths, with short and long plans, made by the built program.

use std::path::Path;

use crate::support::{Answer, answer, plan};
use serde_json::Value;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/plan.toml");

/// A plan from 2001 to 2026.
const LONG: &str = r#"
[plan]
title = "Twenty-five years of roofs"
date = 2001-03-05

[[meeting]]
date = 2024-02-10

[[recommendation]]
id = "R1"
text = "Replace every roof."
timescale = "December 2003"
revisions = [
  { on = 2003-11-20, to = "December 2008", reason = "Rain" },
  { on = 2008-11-20, to = "June 2015", reason = "Rain" },
]

[[recommendation]]
id = "R2"
text = "Insulate the walls, the windows and the doors of every building that is older than 1970."
timescale = "June 2026"

[[recommendation]]
id = "R3"
text = "Write it down."
timescale = "May 2010"
progress = [
  { on = 2011-02-03, status = "complete" },
]
"#;

fn timeline(directory: &Path, columns: Option<usize>, words: &[&str]) -> Answer {
    let mut command = plan(directory);
    match columns {
        Some(columns) => command.env("COLUMNS", columns.to_string()),
        None => command.env_remove("COLUMNS"),
    };
    let told = answer(command.arg("timeline").args(words));
    assert_eq!(told.status, 0, "{}", told.stderr);
    told
}

fn lines(told: &Answer, count: usize) -> Vec<&str> {
    told.stdout.lines().take(count).collect()
}

#[test]
fn months_become_wider_with_the_screen_and_quarters_where_they_do_not_fit() {
    let told = |columns| timeline(Path::new("."), columns, &["-f", SEED, "--as-of", "2003-12-11"]);
    assert_eq!(
        lines(&told(Some(46)), 4),
        [
            "                    2003              2004",
            "                    Q2    Q3    Q4    Q1",
            "Performance management framework",
            "1  Integrate Best…    ━━━━━━━━━━━━━━┊◆",
        ]
    );
    assert_eq!(
        lines(&told(Some(60)), 4),
        [
            "                          2003                    2004",
            "                          May   Jul   Sep   Nov   Jan   Mar",
            "Performance management framework",
            "1  Integrate Best Value…  ━━━━━━━━━━━━━━━━━━━━━┊━◆",
        ]
    );
    assert_eq!(
        lines(&told(Some(140)), 4),
        [
            "                                                    2003                                                            2004",
            "                                                    May     Jun     Jul     Aug     Sep     Oct     Nov     Dec     Jan     Feb     Mar",
            "Performance management framework",
            "1  Integrate Best Value principles into…             ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┊━━━━◆",
        ]
    );
    assert_eq!(told(None).stdout, told(Some(120)).stdout);
}

#[test]
fn a_plan_of_many_years_is_scaled_to_years() {
    let directory = TempDir::new().unwrap();
    std::fs::write(directory.path().join("plan.toml"), LONG).unwrap();
    let told = |columns| timeline(directory.path(), Some(columns), &["--as-of", "2025-08-04"]);
    assert_eq!(
        lines(&told(60), 4),
        [
            "                                  2005 2010 2015 2020",
            "R1  Replace every roof.       ━━◇╌╌╌╌◇╌╌╌╌╌╌◆×××××××××┊",
            "R2  Insulate the walls, the…  ━━━━━━━━━━━━━━━━━━━━━━━━┊◆",
            "R3  Write it down.            ━━━━━━━━━◆✔             ┊",
        ]
    );
    assert_eq!(
        lines(&told(40), 4),
        [
            "                        2000 2010 2020",
            "R1  Replace every…      ━◇╌╌◇╌╌◆××××┊",
            "R2  Insulate the…       ━━━━━━━━━━━━┊◆",
            "R3  Write it down.      ━━━━━✔      ┊",
        ]
    );
}

#[test]
fn no_line_is_wider_than_the_screen_and_every_item_has_one() {
    let directory = TempDir::new().unwrap();
    for (name, text) in [("long", LONG), ("large", &generate_plan::plan(200, 3))] {
        let file = format!("{name}.toml");
        std::fs::write(directory.path().join(&file), text).unwrap();
        for columns in [40, 60, 80, 97, 140, 300] {
            let words = ["-f", &file, "--as-of", "2026-06-30"];
            let told = timeline(directory.path(), Some(columns), &words);
            for line in told.stdout.lines() {
                assert!(line.width() <= columns, "{columns}: {line}");
            }
            let items = text.matches("[[recommendation]]").count();
            let beginning = |line: &&str| {
                line.starts_with(|letter: char| letter.is_ascii_digit() || letter == 'R')
            };
            assert_eq!(told.stdout.lines().filter(beginning).count(), items);
        }
    }
}

#[test]
fn strokes_follow_each_other_and_nothing_stands_outside_the_timeline() {
    let directory = TempDir::new().unwrap();
    std::fs::write(directory.path().join("plan.toml"), generate_plan::plan(300, 7)).unwrap();
    for as_of in ["2022-06-30", "2023-06-30", "2025-03-04", "2026-06-30", "2031-01-01"] {
        for words in [&["--format", "json"][..], &["--format", "json", "--actions"]] {
            let words = [&["--as-of", as_of], words].concat();
            let told = timeline(directory.path(), None, &words);
            let answer: Value = serde_json::from_str(&told.stdout).unwrap();
            let (from, to) = (answer["from"].as_str().unwrap(), answer["to"].as_str().unwrap());
            for row in answer["rows"].as_array().unwrap() {
                let mut before = "";
                for stroke in row["strokes"].as_array().unwrap() {
                    let begin = stroke["from"].as_str().unwrap();
                    assert!(from <= begin && before < begin, "{as_of}: {row:#}");
                    // Ongoing work extends beyond the last date.
                    before = stroke["to"].as_str().unwrap_or("after");
                    assert!(begin <= before, "{as_of}: {row:#}");
                    assert!(before <= to || before == "after", "{as_of}: {row:#}");
                }
                let is_late = row["timing"] == "overdue";
                let strokes = row["strokes"].as_array().unwrap().iter();
                let late = strokes.filter(|stroke| stroke["kind"] == "overdue").count();
                assert!(!is_late || late == 1, "{as_of}: {row:#}");
                assert!(!is_late || row["strokes"].to_string().contains(as_of), "{row:#}");
            }
        }
    }
}

#[test]
fn nothing_is_drawn_that_is_not_ascii_where_that_is_asked_for() {
    for columns in [40, 80, 140] {
        let words = ["-f", SEED, "--as-of", "2003-12-11", "--ascii"];
        let told = timeline(Path::new("."), Some(columns), &words);
        assert!(told.stdout.is_ascii(), "{}", told.stdout);
    }
}

#[test]
fn words_beside_a_mark_leave_the_mark_and_are_cut_by_no_line() {
    let directory = TempDir::new().unwrap();
    let text = r#"
[plan]
title = "Late in a quarter"
date = 2003-05-28

[[recommendation]]
id = "1"
text = "Done a little before."
timescale = "In place since 2003-05-08"

[[recommendation]]
id = "2"
text = "No date."
timescale = "To be agreed"

[[recommendation]]
id = "3"
text = "Later."
timescale = "July 2003"
"#;
    std::fs::write(directory.path().join("plan.toml"), text).unwrap();
    let chart = timeline(directory.path(), Some(80), &["--as-of", "2003-05-29"]).stdout;
    assert!(chart.contains("✔ since 2003-05-08"), "{chart}");
    assert!(chart.contains("no date"), "{chart}");
}

#[test]
fn a_date_that_is_requested_stands_behind_the_one_in_force_until_it_is_decided_on() {
    let directory = TempDir::new().unwrap();
    let requested =
        "{ on = 2003-09-01, to = \"June 2004\", reason = \"Rain\", decision = \"requested\" },";
    let agreed = "{ on = 2003-11-20, to = \"June 2004\", by = \"PPRC\", decision = \"agreed\" },";
    let chart = |revisions: &str| {
        let text = format!(
            "[plan]\ntitle = \"Roofs\"\ndate = 2003-05-08\n\n[[recommendation]]\nid = \"1\"\ntext = \"Replace it.\"\ntimescale = \"March 2004\"\nrevisions = [{revisions}]\n"
        );
        std::fs::write(directory.path().join("plan.toml"), text).unwrap();
        timeline(directory.path(), Some(80), &["--as-of", "2003-12-11"]).stdout
    };
    let waiting = chart(requested);
    assert!(waiting.contains("━◆           ?\n") && waiting.contains("? requested"), "{waiting}");
    let decided = chart(&format!("{requested}{agreed}"));
    assert!(decided.contains("━◇╌╌╌╌╌╌╌╌╌╌╌◆\n") && !decided.contains('?'), "{decided}");
}

#[test]
fn the_last_year_is_named_at_every_width() {
    for columns in 40..120 {
        let told = timeline(Path::new("."), Some(columns), &["-f", SEED, "--as-of", "2004-01-11"]);
        let years = told.stdout.lines().next().unwrap();
        assert!(years.contains("2003") && years.contains("2004"), "{columns}: {years}");
    }
}
