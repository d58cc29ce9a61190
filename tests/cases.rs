//! Runs every case below `tests/cases` with the built program. A case is a file with a command line, its exit status, and
//! its exact output.

use std::process::Command;

#[test]
fn every_case_prints_and_answers_as_written() {
    let cases = trycmd::TestCases::new();
    // The user's own environment must not change the output.
    for (name, value) in
        [("COLUMNS", "80"), ("PLAN_FILE", ""), ("PLAN_AS_OF", ""), ("NO_COLOR", "1"), ("TZ", "UTC")]
    {
        cases.env(name, value);
    }
    cases.case("tests/cases/*/*.trycmd").case("tests/cases/*/*.toml");
    if cfg!(windows) && Command::new("git").arg("--version").output().is_err() {
        // Wine has no git, which this case needs.
        cases.skip("tests/cases/report/what_cannot_be_written_or_verified.trycmd");
    }
}
