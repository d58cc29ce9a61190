//! Prints a plan of any size: `cargo run --release --package generate-plan -- 10000 > plan.toml`.

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    let mut words = env::args().skip(1);
    let count = words.next().and_then(|count| count.parse().ok());
    let seed = words.next().map_or(Some(2003), |seed| seed.parse().ok());
    let (Some(count), Some(seed)) = (count, seed) else {
        return ExitCode::from(2);
    };
    print!("{}", generate_plan::plan(count, seed));
    ExitCode::SUCCESS
}
