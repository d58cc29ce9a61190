//! The inside, step by step: `cargo bench`. Medians in one run, each over the time it takes only to see
//! that the text is UTF-8, so that they can be compared between machines.

#![allow(
    dead_code,
    unused_imports,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "the program's own modules, of which a part is measured; this is no part of the program"
)]

#[path = "../../src/model/mod.rs"]
mod model;
#[path = "../../src/parallel.rs"]
mod parallel;
#[path = "../generate/plan.rs"]
mod plan;
#[path = "../../src/query.rs"]
mod query;
#[path = "../../src/render/mod.rs"]
mod render;
#[path = "../../src/store/mod.rs"]
mod store;

use std::{hint::black_box, time::Instant};

use model::{Day, Desk, Id, Plan, Said, Status};
use query::{Portfolio, Survey, View, Wanted};
use render::Screen;

const SIZES: [usize; 3] = [9, 1000, 10_000];
const SEED: u64 = 2003;

fn main() {
    // `cargo test` builds benchmarks and asks them for their tests; they have none.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    println!(
        "| step | recommendations | ms | × seeing that it is UTF-8 |\n| --- | --- | --- | --- |"
    );
    for size in SIZES {
        measure(size);
    }
}

fn measure(size: usize) {
    let text = plan::plan(size, SEED);
    let day = Day::from_ymd_opt(2026, 6, 30).unwrap();
    let floor = median(|| str::from_utf8(black_box(text.as_bytes())).unwrap().len());
    let line = |step: &str, milliseconds: f64| {
        println!(
            "| {step} | {size} | {milliseconds:.3} | {:.1} |",
            milliseconds / floor
        );
    };
    line("see that it is UTF-8", floor);
    line(
        "decode, keeping all",
        median(|| store::decode(&text).unwrap()),
    );
    line(
        "decode, with every place",
        median(|| store::decode_with_document(&text).unwrap()),
    );
    let survey = |wanted| {
        let start = |head: &Plan<'_>| Survey::over(head, day, wanted);
        store::survey(&text, start, Survey::see, Survey::join).unwrap()
    };
    line("survey for status", median(|| survey(Wanted::Foremost)));
    line(
        "survey for overdue",
        median(|| survey(Wanted::Late { until: None })),
    );
    let decoded = store::decode(&text).unwrap();
    line("standing", median(|| decoded.standing_on(day)));
    let portfolio = Portfolio {
        as_of: day,
        views: vec![View::new(&decoded, day)],
    };
    let screen = Screen { width: 140 };
    line(
        "render status",
        median(|| render::status::table(&portfolio, screen)),
    );
    let late = portfolio.overdue();
    line(
        "render overdue",
        median(|| render::list::overdue(day, &late, screen)),
    );
    let all: Vec<_> = portfolio.recommendations().collect();
    line(
        "render a list of all",
        median(|| render::list::table(&all, screen)),
    );
    line(
        "render all as JSON",
        median(|| render::json::rows("list", &portfolio, &all).unwrap()),
    );
    line("lint", median(|| model::lints::lints(&decoded, day, day)));
    line("edit, proved", median(|| edited(&text, size, day)));
}

fn edited(text: &str, size: usize, day: Day) -> String {
    let said = Said {
        on: day,
        by: None,
        note: Some("Measured.".to_owned()),
        evidence: Vec::new(),
    };
    let id = Id::parse(format!("{}.1", size.div_ceil(2))).unwrap();
    let decide = |plan: &Plan<'_>| Desk::new(plan, day).mark(&[id], Status::InProgress, &said);
    match store::change(text, decide, |_, _| |_: &Plan<'_>| String::new()) {
        Ok(changed) => changed.text,
        Err(_) => unreachable!("a made plan can be changed"),
    }
}

/// The median time of as many runs as a second allows, in milliseconds; at least five.
fn median<T>(mut step: impl FnMut() -> T) -> f64 {
    let mut taken = Vec::new();
    let begun = Instant::now();
    while taken.len() < 5 || (begun.elapsed().as_millis() < 500 && taken.len() < 1000) {
        let from = Instant::now();
        black_box(step());
        taken.push(from.elapsed().as_secs_f64() * 1000.0);
    }
    taken.sort_by(f64::total_cmp);
    taken[taken.len() / 2]
}
