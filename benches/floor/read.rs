//! The least that any reader of a file does: reads it and sees that it is UTF-8.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "this is no part of the program"
)]

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let bytes = std::fs::read(path).unwrap();
    println!("{}", str::from_utf8(&bytes).unwrap().len());
}
