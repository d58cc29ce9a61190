//! Tests that the names in docs/glossary.md match those of the file, of JSON and of the command line.

use crate::support::{answer, plan};
use std::path::Path;

const GLOSSARY: &str = include_str!("../../docs/glossary.md");

#[test]
fn every_name_in_the_glossary_is_one_that_the_program_uses() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let known: String = [
        &["list", "--format", "json"][..],
        &["status", "--format", "json"],
        &["changes", "--since", "2003-05-08", "--format", "json"],
        &["check", "--list", "--format", "json"],
        &["help", "file"],
        &["help", "policy"],
        &["help", "list"],
        &["help", "verify"],
        &["help", "check"],
    ]
    .iter()
    .map(|words| {
        let told = answer(plan(root).args(*words));
        assert_eq!(told.status, 0, "{words:?}: {}", told.stderr);
        told.stdout
    })
    .collect();
    let is_name = |sign: char| sign.is_ascii_lowercase() || "-_".contains(sign);
    let words: Vec<&str> = known.split(|sign: char| !is_name(sign)).collect();
    let names = GLOSSARY.split('`').skip(1).step_by(2).filter(|name| name.chars().all(is_name));
    let unknown: Vec<&str> =
        names.filter(|name| *name != "plan" && !words.contains(name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn the_words_of_the_glossary_stand_in_alphabetical_order() {
    let entries = GLOSSARY.split("\n\n**").skip(1);
    let words: Vec<&str> = entries.map(|entry| entry.split("**").next().unwrap()).collect();
    assert!(words.is_sorted(), "{words:?}");
}
