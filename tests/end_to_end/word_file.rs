//! Tests of the committee report as a Word file: its parts and their content.

use std::{collections::BTreeMap, fs};

use quick_xml::{Reader, events::Event};

use crate::support::{Repository, plan, unpacked};

const PLAN: &str = include_str!("../paper/plan.toml");
const WORDS: [&str; 4] = ["report", "--as-of", "2003-11-30", "--format"];

/// Returns the parts of a plan's report as a Word file.
fn parts(repository: &Repository) -> BTreeMap<String, Vec<u8>> {
    let output = plan(repository.path()).args(WORDS).arg("docx").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    unpacked(&output.stdout).into_iter().collect()
}

fn text(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts[name].clone()).unwrap()
}

/// Returns the text of a part, with one line per paragraph.
fn words(xml: &str) -> String {
    let (mut reader, mut words) = (Reader::from_str(xml), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Text(text) => words.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let name = reference.xml10_content();
                let letter = reference.resolve_char_ref().unwrap();
                words.push(letter.unwrap_or_else(|| panic!("&{name};")));
            }
            Event::End(tag) if tag.name().0 == "w:p" => words.push('\n'),
            Event::Eof => return words,
            _ => {}
        }
    }
}

#[test]
fn every_part_is_well_formed_and_every_relation_leads_to_one() {
    let parts = parts(&Repository::new(PLAN));
    for (name, _) in parts.iter().filter(|(name, _)| !name.ends_with(".png")) {
        words(&text(&parts, name));
    }
    let relations = text(&parts, "word/_rels/document.xml.rels");
    let targets: Vec<&str> = relations.split("Target=\"").skip(1).collect();
    assert!(targets.len() > 10);
    for target in targets {
        let target = format!("word/{}", target.split('"').next().unwrap());
        assert!(parts.contains_key(&target), "{target}");
    }
    let document = text(&parts, "word/document.xml");
    for id in document.split("r:embed=\"").skip(1) {
        let id = id.split('"').next().unwrap();
        assert!(relations.contains(&format!("Id=\"{id}\"")), "{id}");
    }
}

#[test]
fn the_document_says_what_the_page_says() {
    let repository = Repository::new(PLAN);
    let document = words(&text(&parts(&repository), "word/document.xml"));
    let markdown = repository.ask(&[&WORDS[..], &["markdown"]].concat()).stdout;
    let cells = markdown.lines().filter(|line| line.starts_with("| "));
    let cells = cells.flat_map(|line| line.trim_matches(['|', ' ']).split(" | "));
    let mut count = 0;
    for cell in cells.filter(|cell| !cell.contains(['\\', '<', '*'])) {
        let colours = ["red", "amber", "green"];
        let cell =
            if colours.contains(&cell) { format!("●\u{a0}{cell}") } else { cell.to_owned() };
        assert!(document.lines().any(|line| line == cell), "{cell}");
        count += 1;
    }
    assert!(count > 150, "{count}");
}

#[test]
fn headers_repeat_rows_stay_whole_pictures_have_words_and_the_language_is_said() {
    let parts = parts(&Repository::new(PLAN));
    let document = text(&parts, "word/document.xml");
    let tables = document.matches("<w:tbl>").count();
    assert!(tables > 5);
    assert_eq!(document.matches("<w:tblHeader/>").count(), tables);
    assert_eq!(document.matches("<w:cantSplit/>").count(), document.matches("<w:tr>").count());
    let pictures: Vec<&str> = document.split("<wp:docPr ").skip(1).collect();
    assert!(pictures.len() > 10);
    for picture in pictures {
        let words = picture.split("descr=\"").nth(1).unwrap();
        assert!(!words.starts_with('"'), "{words}");
    }
    for style in ["Title", "heading 1", "heading 2", "heading 3", "caption", "Quote", "Table"] {
        let name = format!("<w:name w:val=\"{style}\"/>");
        assert!(text(&parts, "word/styles.xml").contains(&name), "{style}");
    }
    assert!(text(&parts, "word/styles.xml").contains("<w:lang w:val=\"en-GB\""));
    assert!(text(&parts, "word/footer.xml").contains("NUMPAGES"));
    let paragraphs = words(&document);
    let last = paragraphs.trim_end().lines().last().unwrap();
    assert!(last.contains("plan.toml"), "{last}");
    assert!(words(&text(&parts, "docProps/core.xml")).contains(last));
}

#[test]
fn the_same_report_has_the_same_bytes() {
    let repository = Repository::new(PLAN);
    for name in ["one.docx", "two.docx"] {
        repository.ask(&[&WORDS[..3], &["-o", name]].concat());
    }
    let bytes = |name: &str| fs::read(repository.path().join(name)).unwrap();
    assert!(bytes("one.docx") == bytes("two.docx"));
}

#[test]
fn what_xml_forbids_is_taken_out_and_what_it_means_otherwise_is_text() {
    let odd =
        PLAN.replace("Integrate Best Value principles", "Integrate \\uFFFF <w:b/> & ]]> \\uFFFE");
    assert_ne!(odd, PLAN);
    let document = text(&parts(&Repository::new(&odd)), "word/document.xml");
    assert!(words(&document).contains("Integrate \u{fffd} <w:b/> & ]]> \u{fffd} into"));
    assert!(!document.contains(['\u{fffe}', '\u{ffff}']));
}
