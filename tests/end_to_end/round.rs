//! Tests of the round of updates: a workbook and a message for each owner, and the import of their answers.

use std::{collections::BTreeMap, fs, io::Cursor, path::Path};

use crate::support::{Answer, answer, plan, workbooks};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use mail_parser::{MessageParser, MimeHeaders};
use tempfile::TempDir;

const PLAN: &str = r#"
[plan]
title = "Roofs & walls"
date = 2003-05-08

[[owner]]
name = "Estates"
email = "estates@example.org"
also = ["Estates Division"]

[[owner]]
name = "Renée / Works"
email = "renee@example.org"

[[recommendation]]
id = "5"
text = "Mend the roof."
timescale = "October 2003"

[[recommendation.action]]
id = "5.1"
owner = "Estates Division"
text = "Ask three builders."

[[recommendation.action]]
id = "5.2"
owner = ["Estates", "Renée / Works"]
text = "Decide."
timescale = "December 2003"

[[recommendation]]
id = "6"
text = "Paint."
owner = "RENÉE / WORKS"
timescale = "June 2004"

[[recommendation]]
id = "7"
text = "Sweep."
owner = "Estates"
timescale = "Complete"
"#;

const AS_OF: &str = "2003-12-11";
const ESTATES: &str = "update-estates.xlsx";

fn directory(text: &str) -> TempDir {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("plan.toml"), text).unwrap();
    directory
}

fn on(day: &str, directory: &Path, words: &[&str]) -> Answer {
    answer(plan(directory).args(words).args(["--as-of", day]))
}

fn run(directory: &Path, words: &[&str]) -> Answer {
    on(AS_OF, directory, words)
}

fn export(directory: &Path) -> Answer {
    run(directory, &["export", "--updates", "out", "--from", "clerk@example.org"])
}

fn files(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

fn cells(workbook: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(workbook)).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    assert_eq!(range.start(), Some((0, 0)));
    let text = |cell: &Data| cell.to_string();
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

/// Fills in cells of an exported workbook, given by the item's id and the column's heading, and saves the file as
/// another program does.
fn fill(file: &Path, answers: &[(&str, &str, &str)]) {
    let workbook = fs::read(file).unwrap();
    let mut rows = cells(&workbook, "Updates");
    let header = rows.iter().position(|row| row[0] == "Id").unwrap();
    for (id, heading, text) in answers {
        let column = rows[header].iter().position(|name| name == heading).unwrap();
        let row = rows[header..].iter_mut().find(|row| row[0] == *id).unwrap();
        (*text).clone_into(&mut row[column]);
    }
    let texts = |rows: &[Vec<String>]| {
        let numbered = rows.iter().zip(1..).map(|(row, number)| {
            let texts: Vec<&str> = row.iter().map(String::as_str).collect();
            workbooks::row(number, &texts)
        });
        numbered.collect::<String>()
    };
    let about = cells(&workbook, "About");
    let sheets = [
        workbooks::Sheet::new("About", texts(&about)),
        workbooks::Sheet::new("Updates", texts(&rows)),
    ];
    fs::write(file, workbooks::xlsx(&sheets, false)).unwrap();
}

fn plan_text(directory: &Path) -> String {
    fs::read_to_string(directory.join("plan.toml")).unwrap()
}

#[test]
fn each_owner_with_open_work_gets_a_workbook_and_a_message_that_carries_it() {
    let directory = directory(PLAN);
    let told = export(directory.path());
    assert_eq!(told.status, 0, "{}", told.stderr);
    let out = directory.path().join("out");
    let names =
        ["update-estates.eml", ESTATES, "update-renee-works.eml", "update-renee-works.xlsx"];
    assert_eq!(files(&out), names);
    let message = fs::read(out.join("update-renee-works.eml")).unwrap();
    let lines = message.split(|byte| *byte == b'\n');
    assert!(lines.clone().all(|line| line.len() < 999 && line.is_ascii()));
    let message = MessageParser::default().parse(&message).unwrap();
    let to = message.to().unwrap().first().unwrap();
    assert_eq!(to.name(), Some("Renée / Works"));
    assert_eq!(to.address(), Some("renee@example.org"));
    let from = message.from().unwrap().first().unwrap();
    assert_eq!(from.address(), Some("clerk@example.org"));
    assert_eq!(message.subject(), Some("1 due by 2004-01-10: Roofs & walls"));
    assert_eq!(message.date().unwrap().to_rfc3339(), "2003-12-11T12:00:00Z");
    let attached = message.attachment(0).unwrap();
    assert_eq!(attached.attachment_name(), Some("update-renee-works.xlsx"));
    assert_eq!(attached.contents(), fs::read(out.join("update-renee-works.xlsx")).unwrap());
    let estates = fs::read(out.join("update-estates.eml")).unwrap();
    let estates = MessageParser::default().parse(&estates).unwrap();
    let text = estates.body_text(0).unwrap().replace("\r\n", "\n");
    for words in [
        "You own 2 open items: 1 overdue, 1 due by 2004-01-10. Please answer by\n2003-12-25",
        "Overdue\n5.1  Ask three builders. (due October 2003, 41 days overdue)\n",
        "Due by 2004-01-10\n5.2  Decide. (due December 2003, in 20 days)\n",
    ] {
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn only_the_cells_for_answers_are_open_and_offer_the_words_that_are_allowed() {
    let directory = directory(PLAN);
    export(directory.path());
    let workbook = fs::read(directory.path().join("out").join(ESTATES)).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(&workbook)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    let (form, about, styles) =
        (part("xl/worksheets/sheet1.xml"), part("xl/worksheets/sheet2.xml"), part("xl/styles.xml"));
    for sheet in [&form, &about] {
        assert!(sheet.contains(r#"<sheetProtection sheet="1""#), "{sheet}");
        assert!(!sheet.contains("password"), "{sheet}");
    }
    for list in
        ["not started,in progress,complete,superseded,not pursued", "on track,at risk,off track"]
    {
        assert!(form.contains(list), "{form}");
    }
    // The formats without a lock, and the cells with one of these formats.
    let formats = styles.split_once("<cellXfs").unwrap().1.split("<xf ").skip(1);
    let open: Vec<bool> = formats.map(|format| format.contains("locked=\"0\"")).collect();
    let mut columns: BTreeMap<String, usize> = BTreeMap::new();
    for cell in form.split("<c r=\"").skip(1) {
        let (place, rest) = cell.split_once('"').unwrap();
        let style = rest.split_once("s=\"").and_then(|(_, rest)| rest.split_once('"'));
        let style: usize = style.map_or(0, |(style, _)| style.parse().unwrap());
        if open[style] {
            *columns.entry(place.trim_end_matches(char::is_numeric).to_owned()).or_default() += 1;
        }
    }
    let expected: Vec<(String, usize)> =
        ["H", "I", "J", "K", "L", "M", "N"].map(|column| (column.to_owned(), 2)).into();
    assert_eq!(columns.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn an_owner_without_an_address_gets_a_workbook_and_names_are_told_apart() {
    let text = PLAN.replace("email = \"estates@example.org\"\n", "").replace(
        "owner = \"RENÉE / WORKS\"",
        "owner = [\"renee works\", \"Renee: Works\", \"???\", \"Con\"]",
    );
    let directory = directory(&text);
    let told = export(directory.path());
    assert!(told.stderr.contains(
        "Estates: 2 items, update-estates.xlsx; no message was written, because this `[[owner]]` has no address"
    ));
    let names = [
        "update-con.xlsx",
        "update-estates.xlsx",
        "update-owner.xlsx",
        "update-renee-works-2.xlsx",
        "update-renee-works-3.xlsx",
        "update-renee-works.eml",
        "update-renee-works.xlsx",
    ];
    assert_eq!(files(&directory.path().join("out")), names);
    let one = run(directory.path(), &["export", "--updates", "one", "--owner", "estates"]);
    assert_eq!(one.status, 0, "{}", one.stderr);
    assert_eq!(files(&directory.path().join("one")), [ESTATES]);
}

#[test]
fn a_workbook_that_may_have_been_filled_in_is_not_written_over() {
    let directory = directory(PLAN);
    export(directory.path());
    let file = directory.path().join("out").join(ESTATES);
    fs::write(&file, "filled in").unwrap();
    let told = export(directory.path());
    assert_eq!(told.status, 4);
    assert!(told.stderr.contains("name a new directory"), "{}", told.stderr);
    assert_eq!(fs::read_to_string(file).unwrap(), "filled in");
}

#[test]
fn remind_prints_the_messages_without_workbooks() {
    let directory = directory(PLAN);
    let told = run(directory.path(), &["remind", "--answer-by", "2003-12-19"]);
    assert_eq!(told.status, 0, "{}", told.stderr);
    for words in [
        "To: Estates <estates@example.org>\nSubject: 1 overdue, 1 due by 2004-01-10: Roofs & walls\n",
        "To: Renée / Works <renee@example.org>\n",
        "Please answer by 2003-12-19.\n",
    ] {
        assert!(told.stdout.contains(words), "{}", told.stdout);
    }
    let json = run(directory.path(), &["remind", "--owner", "estates", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["kind"], "remind");
    let rows = json["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["id"], "Estates");
    assert_eq!(rows[0]["overdue"][0]["id"], "5.1");
    assert_eq!(rows[0]["due"][0]["id"], "5.2");
    let none = run(directory.path(), &["remind", "--search", "nothing of the kind"]);
    assert_eq!((none.status, none.stdout.as_str()), (0, "No owner has open work.\n"));
}

#[test]
fn answers_are_one_write_and_again_they_are_no_change() {
    let directory = directory(PLAN);
    export(directory.path());
    let out = directory.path().join("out");
    fill(
        &out.join(ESTATES),
        &[
            ("5.1", "Status", "in progress"),
            ("5.1", "Date", "2003-12-12"),
            ("5.1", "Note", "Two of three.\n\nThe third is ill."),
            ("5.1", "Evidence", "offers/1.pdf\noffers/2.pdf"),
            ("5.1", "Extension requested", "March 2004"),
            ("5.1", "Reason", "Builders are few."),
            ("5.2", "Status", "in progress"),
            ("5.2", "Date", "2003-12-14"),
        ],
    );
    // The other owner of 5.2 reports an update of an earlier day.
    fill(
        &out.join("update-renee-works.xlsx"),
        &[
            ("5.2", "Note", "Not yet."),
            ("5.2", "Date", "2003-12-13"),
            ("5.2", "Outlook", "At Risk"),
        ],
    );
    let words = ["import", "out", "--updates"];
    let dry = on("2003-12-15", directory.path(), &[&words[..], &["--dry-run"]].concat());
    assert_eq!(plan_text(directory.path()), PLAN, "{}", dry.stderr);
    let told = on("2003-12-15", directory.path(), &words);
    assert_eq!(told.status, 0, "{}", told.stderr);
    let text = plan_text(directory.path());
    for line in [
        r#"{ on = 2003-12-12, status = "in-progress", by = "Estates", note = "#,
        r#"evidence = ["offers/1.pdf", "offers/2.pdf"] }"#,
        r#"{ on = 2003-12-12, to = "March 2004", reason = "Builders are few.", by = "Estates", decision = "requested" }"#,
        r#"{ on = 2003-12-14, status = "in-progress", by = "Estates" }"#,
        r#"{ on = 2003-12-13, recorded = 2003-12-15, outlook = "at-risk", by = "Renée / Works", note = "Not yet." }"#,
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    for words in [
        "update-estates.xlsx, Estates: 2 recorded\n",
        "update-renee-works.xlsx, Renée / Works: 1 recorded, 1 left blank (6)\n",
    ] {
        assert!(told.stderr.contains(words), "{}", told.stderr);
    }
    // On another day, and after the request was decided, a repeated import adds nothing.
    let again = on("2003-12-20", directory.path(), &words);
    assert_eq!(again.status, 0, "{}", again.stderr);
    assert!(again.stderr.contains("Estates: 2 already recorded\n"), "{}", again.stderr);
    let decided = on("2003-12-20", directory.path(), &["decide", "5.1", "agree", "--by", "Board"]);
    assert_eq!(decided.status, 0, "{}", decided.stderr);
    let text = plan_text(directory.path());
    on("2003-12-21", directory.path(), &words);
    assert_eq!(plan_text(directory.path()), text);
}

#[test]
fn an_answer_without_a_date_is_of_the_day_it_is_recorded_and_is_recorded_once() {
    let directory = directory(PLAN);
    export(directory.path());
    let out = directory.path().join("out");
    fill(&out.join(ESTATES), &[("5.1", "Status", "complete")]);
    let words = ["import", "out", "--updates", "--by", "Clerk"];
    on("2003-12-15", directory.path(), &words);
    let text = plan_text(directory.path());
    assert!(text.contains(r#"{ on = 2003-12-15, status = "complete", by = "Clerk" }"#), "{text}");
    on("2003-12-19", directory.path(), &words);
    assert_eq!(plan_text(directory.path()), text);
}

#[test]
fn what_the_model_refuses_is_told_with_workbook_and_row_and_the_rest_is_recorded() {
    let directory = directory(PLAN);
    export(directory.path());
    let out = directory.path().join("out");
    fill(&out.join(ESTATES), &[("5.1", "Status", "superseded"), ("5.2", "Note", "Begun.")]);
    fill(
        &out.join("update-renee-works.xlsx"),
        &[("5.2", "Status", "nearly"), ("5.2", "Date", "soon")],
    );
    fs::write(out.join("list.xlsx"), "no workbook").unwrap();
    fs::write(out.join("~$update-estates.xlsx"), "lock").unwrap();
    let told = on("2003-12-15", directory.path(), &["import", "out", "--updates"]);
    assert_eq!(told.status, 1, "{}", told.stderr);
    for words in [
        "update-estates.xlsx, Estates: 1 recorded, 1 refused\n",
        "error: update-estates.xlsx, row 5: 5.1: `superseded` needs a note that says why\n",
        "update-renee-works.xlsx, Renée / Works: 1 refused, 1 left blank (6)\n",
        "error: update-renee-works.xlsx, row 5: 5.2: `soon` is not a full date\n",
        "error: list.xlsx: ",
    ] {
        assert!(told.stderr.contains(words), "{words}\n{}", told.stderr);
    }
    assert!(plan_text(directory.path()).contains("Begun."));
}

#[test]
fn what_was_left_blank_and_who_has_not_answered_is_told() {
    let directory = directory(PLAN);
    export(directory.path());
    let out = directory.path().join("out");
    fill(&out.join(ESTATES), &[("5.2", "Note", "Begun.")]);
    let told = on("2003-12-15", directory.path(), &["import", "out", "--updates"]);
    assert_eq!(told.status, 0, "{}", told.stderr);
    assert!(told.stderr.contains("Estates: 1 recorded, 1 left blank (5.1)\n"), "{}", told.stderr);
    let missing = "no answer yet from 1 owner: Renée / Works (2 open)\n";
    assert!(told.stderr.contains(missing), "{}", told.stderr);
}

#[test]
fn a_workbook_of_another_plan_is_not_read() {
    let other = directory(&PLAN.replace("Roofs & walls", "Fleet"));
    export(other.path());
    fill(&other.path().join("out").join(ESTATES), &[("5.1", "Note", "Begun.")]);
    let directory = directory(PLAN);
    let out = other.path().join("out");
    let told = run(directory.path(), &["import", out.to_str().unwrap(), "--updates"]);
    assert_eq!(told.status, 1);
    assert!(
        told.stderr.contains("the workbook belongs to another plan: “Fleet”"),
        "{}",
        told.stderr
    );
    assert_eq!(plan_text(directory.path()), PLAN);
}

#[test]
fn the_status_of_a_recommendation_follows_from_its_actions() {
    let text = PLAN.replace("text = \"Mend the roof.\"", "text = \"Mend.\"\nowner = \"Board\"");
    let directory = directory(&text);
    export(directory.path());
    let file = directory.path().join("out/update-board.xlsx");
    fill(&file, &[("5", "Status", "complete")]);
    let told = run(directory.path(), &["import", "out", "--updates"]);
    assert!(told.stderr.contains("5 takes its status from its actions"), "{}", told.stderr);
    fill(&file, &[("5", "Status", ""), ("5", "Note", "Seen.")]);
    let told = run(directory.path(), &["import", "out", "--updates"]);
    assert_eq!(told.status, 0, "{}", told.stderr);
    assert!(
        plan_text(directory.path())
            .contains(r#"{ on = 2003-12-11, by = "Board", note = "Seen." }"#)
    );
}
