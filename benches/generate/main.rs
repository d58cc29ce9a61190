//! Prints a plan of any size: `cargo run --release --example generate -- 10000 > plan.toml`.

#![allow(clippy::print_stdout, reason = "this is no part of the program")]

mod plan;

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    let mut words = env::args().skip(1);
    let count = words.next().and_then(|count| count.parse().ok());
    let seed = words.next().map_or(Some(2003), |seed| seed.parse().ok());
    let (Some(count), Some(seed)) = (count, seed) else {
        return ExitCode::from(2);
    };
    print!("{}", plan::plan(count, seed));
    ExitCode::SUCCESS
}
