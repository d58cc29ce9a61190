//! Names the commit that the program is built from, where git knows it.

#![allow(clippy::print_stdout, reason = "cargo reads what a build script prints")]

use std::{env, process::Command};

fn main() {
    // The files that the program is made of. Without a change to one of them, nothing is built again.
    const SOURCES: [&str; 5] = ["build.rs", "src", "templates", "Cargo.toml", "Cargo.lock"];
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let commit = || {
        // A package that lies in somebody else's repository has no commit there.
        git(&["rev-parse", "--show-prefix"]).filter(String::is_empty)?;
        let commit = git(&["show", "--no-patch", "--abbrev=10", "--format=%h %cs", "HEAD"])?;
        let changes = git(&[&["status", "--porcelain", "--"], &SOURCES[..]].concat())?;
        let after = if changes.is_empty() { "" } else { "changed after " };
        Some(format!("{version} ({after}{commit})"))
    };
    println!("cargo::rustc-env=PLAN_VERSION={}", commit().unwrap_or_else(|| version.clone()));
}

/// The answer of git on one line; `None` where it has none.
fn git(words: &[&str]) -> Option<String> {
    let answer = Command::new("git").args(words).output().ok()?;
    let text = String::from_utf8(answer.stdout).ok()?;
    answer.status.success().then(|| text.trim().to_owned())
}
