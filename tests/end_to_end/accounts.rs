//! Tests of the period summaries of random histories in real git repositories: the counts always add up.

use std::fmt::Write as _;

use crate::support::Repository;
use chrono::{Days, NaiveDate};
use serde_json::Value;

const HISTORIES: u64 = 20;
const VERSIONS: u64 = 8;

/// A generator of numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2003, 5, 8).unwrap() + Days::new(number)
}

/// A recommendation: its id, and its entries with their days.
type ItemRef = (u64, Vec<(u64, &'static str)>);

fn plan(works: &[ItemRef]) -> String {
    let mut text = "[plan]\ntitle = \"Plan\"\ndate = 2003-05-08\n".to_owned();
    for (id, entries) in works {
        write!(text, "\n[[recommendation]]\nid = \"{id}\"\ntext = \"Do thing {id}.\"\n").unwrap();
        text.push_str("timescale = \"2003-07-31\"\nprogress = [\n");
        for (on, status) in entries {
            writeln!(text, "  {{ on = {}, status = \"{status}\", note = \"Why.\" }},", day(*on))
                .unwrap();
        }
        text.push_str("]\n");
    }
    text
}

/// Makes the change of one commit: usually adds an entry, on time or recorded late; sometimes adds or deletes a
/// recommendation, or deletes a past entry.
fn change(works: &mut Vec<ItemRef>, numbers: &mut Numbers, today: u64, next_id: &mut u64) {
    let chosen = numbers.below(works.len() as u64) as usize;
    match numbers.below(10) {
        0 => {
            works.push((*next_id, Vec::new()));
            *next_id += 1;
        }
        1 if works.len() > 1 => drop(works.remove(chosen)),
        2 => drop(works[chosen].1.pop()),
        _ => {
            let statuses = ["in-progress", "complete", "not-started", "not-pursued"];
            let status = statuses[numbers.below(4) as usize];
            let earliest = works[chosen].1.last().map_or(0, |(on, _)| *on);
            let on = if numbers.below(3) == 0 { earliest + (today - earliest) / 2 } else { today };
            works[chosen].1.push((on, status));
        }
    }
}

/// Returns a repository with [`VERSIONS`] versions, ten days apart. Some commits leave conflict markers or delete the
/// plan.
fn repository(numbers: &mut Numbers) -> Repository {
    let mut works: Vec<ItemRef> = (1..=4).map(|id| (id, Vec::new())).collect();
    let mut next_id = 5;
    let repository = Repository::new(&plan(&works));
    for version in 1..=VERSIONS {
        let today = version * 10;
        for _ in 0..=numbers.below(3) {
            change(&mut works, numbers, today, &mut next_id);
        }
        match numbers.below(8) {
            0 => repository.write("plan.toml", "<<<<<<< ours\n=======\n>>>>>>> theirs\n"),
            1 if repository.path().join("plan.toml").exists() => {
                drop(repository.git(&["rm", "--quiet", "plan.toml"]));
            }
            _ => repository.write("plan.toml", &plan(&works)),
        }
        repository.commit_on(&day(today).to_string(), "Change");
    }
    repository.write("plan.toml", &plan(&works));
    repository.commit_on(&day(VERSIONS * 10 + 1).to_string(), "Close");
    repository
}

#[test]
fn every_account_of_random_histories_adds_up() {
    let mut moved = [0; 4];
    for seed in 0..HISTORIES {
        let mut numbers = Numbers(seed);
        let repository = repository(&mut numbers);
        let to = day(VERSIONS * 10 + 5).to_string();
        for period in 0..4 {
            let since = match period {
                0 => "HEAD~3".to_owned(),
                _ => day(numbers.below(VERSIONS * 10)).to_string(),
            };
            let words = ["changes", "--since", &since, "--as-of", &to, "--format", "json"];
            let answer = repository.plan(&words);
            assert_eq!(answer.status, 0, "{seed}, {since}: {}", answer.stderr);
            let json: Value = serde_json::from_str(&answer.stdout).unwrap();
            let number = |name| json["accounts"][0][name].as_u64().unwrap();
            let [before, added, reopened, closed, now] =
                ["open_before", "added", "reopened", "closed", "open_now"].map(number);
            assert_eq!(before + added + reopened, closed + now, "{seed}, {since}: {json}");
            for (total, some) in moved.iter_mut().zip([added, reopened, closed, now]) {
                *total += some;
            }
            let status = repository.plan(&["list", "--open", "--as-of", &to, "--format", "json"]);
            let json: Value = serde_json::from_str(&status.stdout).unwrap();
            assert_eq!(json["rows"].as_array().unwrap().len() as u64, now, "{seed}, {since}");
        }
    }
    assert!(moved.iter().all(|total| *total > 10), "too little happened: {moved:?}");
}
