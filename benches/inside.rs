//! Measures the program from the inside, step by step: `cargo bench`. Prints the median of each step, divided by the
//! time needed to validate the text as UTF-8, so that results of different machines can be compared.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "this is no part of the program")]

use std::{hint::black_box, time::Instant};

use action_plan::{
    checks::lints,
    doc::Screen,
    edit::{self, Editor, Remark},
    file::Reader,
    model::{Day, Id, Status},
    output::{Answer, Format, GivenFiles},
    query::{GroupBy, Portfolio, Row, View},
};

const SIZES: [usize; 3] = [9, 1000, 10_000];
const SEED: u64 = 2003;

fn main() {
    // `cargo test` builds the benchmarks and runs them with `--test`; they contain no tests.
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
    let text = generate_plan::plan(size, SEED);
    let day = Day::from_ymd_opt(2026, 6, 30).unwrap();
    let floor = median(|| str::from_utf8(black_box(text.as_bytes())).unwrap().len());
    let line = |step: &str, milliseconds: f64| {
        let ratio = milliseconds / floor;
        println!("| {step} | {size} | {milliseconds:.3} | {ratio:.1} |");
    };
    line("see that it is UTF-8", floor);
    line("decode", median(|| Reader::default().decode(&text).unwrap()));
    let plan = Reader::default().decode(&text).unwrap().plan;
    line("standing", median(|| plan.standing_on(day)));
    line("lint", median(|| lints(&plan, day, day, |_| true)));
    let portfolio = Portfolio { as_of: day, views: vec![View::new(plan, day, 0, None)] };
    let screen = Screen { width: Some(140), has_links: false };
    let print = |format: &str, answer: &Answer<'_>| {
        Format::find(format).unwrap().print(answer, screen).unwrap()
    };
    let all: Vec<Row<'_>> = portfolio.recommendations().collect();
    line(
        "print status",
        median(|| {
            print("table", &Answer::Status(&portfolio, GroupBy::Area, &GivenFiles::default()))
        }),
    );
    line("print a list of all", median(|| print("table", &Answer::List(&portfolio, &all, &[]))));
    line("print all as JSON", median(|| print("json", &Answer::List(&portfolio, &all, &[]))));
    line("change one action, proved", median(|| changed(&text, size, day)));
}

fn changed(text: &str, size: usize, day: Day) -> String {
    let remark = Remark {
        on: day,
        by: None,
        outlook: None,
        note_flag: "--note",
        note: Some("Measured.".to_owned()),
        evidence: Vec::new(),
    };
    let id = Id::parse(format!("{}.1", size.div_ceil(2))).unwrap();
    let changed =
        edit::change(text, |plan| Editor::new(plan, day).mark(&[id], Status::InProgress, &remark));
    changed.unwrap().text
}

/// Returns the median time of a step in milliseconds. The step runs at least five times, and for up to half a second.
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
