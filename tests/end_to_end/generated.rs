//! Tests that the plans generated for measurements are valid, so that the measurements are realistic.

use crate::support::{answer, plan};
use tempfile::TempDir;

#[test]
fn every_generated_plan_passes_check() {
    let directory = TempDir::new().unwrap();
    for (count, seed) in [(0, 1), (1, 2), (9, 3), (400, 4), (400, 5)] {
        let text = generate_plan::plan(count, seed);
        std::fs::write(directory.path().join("plan.toml"), &text).unwrap();
        let told = answer(plan(directory.path()).args(["check", "--as-of", "2026-06-30"]));
        assert_eq!(told.status, 0, "{count} {seed}: {}", told.stdout);
        assert_eq!(text.matches("[[recommendation]]").count(), count);
    }
}

#[test]
fn the_same_seed_makes_the_same_plan_and_another_another() {
    assert_eq!(generate_plan::plan(50, 7), generate_plan::plan(50, 7));
    assert_ne!(generate_plan::plan(50, 7), generate_plan::plan(50, 8));
}

#[test]
fn every_form_that_the_format_has_occurs_in_a_large_one() {
    let text = generate_plan::plan(400, 4);
    for form in [
        "= \"Ongoing\"",
        "= \"Complete\"",
        "= \"In place since",
        "= \"by end of",
        "revisions = [",
        "verification = [",
        "evidence = [",
        "\n# ",
        "priority = ",
        "response = \"rejected\"",
        "response = \"awaited\"",
        "outlook = \"at-risk\"",
        "status = \"in-progress\"",
        "status = \"complete\"",
        "text = \"\"\"",
    ] {
        assert!(text.contains(form), "{form}");
    }
}
