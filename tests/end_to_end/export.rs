//! Tests of `plan export`. Its workbook and tables are read by a library that shares no code with the writer.

use std::{fs, io::Cursor, path::Path, process::Command};

use crate::support::{Answer, answer, plan};
use calamine::{Data, ExcelDateTime, Range, Reader, Xlsx, open_workbook_from_rs};
use tempfile::TempDir;

const PLAN: &str = r#"
[plan]
title = "Roofs & walls"
date = 1899-05-08

[[recommendation]]
id = "5"
title = "=1+2"
text = "+ Mend the roof."
owner = "Estates"
timescale = "October 2003"
revisions = [{ on = 2003-06-01, to = "March 2004", reason = "Rain", by = "Board" }]

[[recommendation.action]]
id = "5.10"
owner = ["Estates", "Works"]
text = "Ask."
timescale = 2003-05-20
progress = [
  { on = 1899-06-01, status = "in-progress", note = "- begun" },
  { on = 2003-06-01, note = "Two of five.", evidence = ["a.pdf", "b.pdf"] },
]

[[recommendation]]
id = "6"
text = "Paint."
timescale = "Ongoing"
"#;

const AS_OF: &str = "2003-12-11";

fn directory(text: &str) -> TempDir {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("plan.toml"), text).unwrap();
    directory
}

fn run(directory: &Path, words: &[&str]) -> Answer {
    answer(plan(directory).args(words).args(["--as-of", AS_OF]))
}

/// Returns the bytes of the workbook, and the messages about it.
fn exported(directory: &Path, words: &[&str]) -> (Vec<u8>, String) {
    let file = directory.join("plan.xlsx");
    let told = run(directory, &[&["export", "-o", file.to_str().unwrap()], words].concat());
    assert_eq!(told.status, 0, "{}", told.stderr);
    (fs::read(file).unwrap(), told.stderr)
}

fn sheet(workbook: &[u8], name: &str) -> Range<Data> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(workbook)).unwrap();
    workbook.worksheet_range(name).unwrap()
}

/// Returns the cells of the column with this heading.
fn column(sheet: &Range<Data>, name: &str) -> Vec<Data> {
    let mut rows = sheet.rows();
    let names = rows.next().unwrap();
    let index = names.iter().position(|cell| *cell == Data::String(name.to_owned()));
    let index = index.unwrap_or_else(|| panic!("no column {name}: {names:?}"));
    rows.map(|row| row[index].clone()).collect()
}

fn csv(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn iso(day: &ExcelDateTime) -> String {
    let (year, month, day, ..) = day.to_ymd_hms_milli();
    format!("{year}-{month:02}-{day:02}")
}

fn text(text: &str) -> Data {
    Data::String(text.to_owned())
}

#[test]
fn a_sheet_has_the_columns_and_the_values_of_csv() {
    let directory = directory(PLAN);
    let (workbook, _) = exported(directory.path(), &[]);
    for table in ["Recommendations", "Actions", "Updates", "Extensions"] {
        let words = ["export", "--format", "csv", "--table", &table.to_lowercase()];
        let rows = csv(&run(directory.path(), &words).stdout);
        let sheet = sheet(&workbook, table);
        let names: Vec<&str> = sheet
            .rows()
            .next()
            .unwrap()
            .iter()
            .filter_map(|cell| match cell {
                Data::String(name) => Some(name.as_str()).filter(|name| !name.ends_with("_day")),
                _ => None,
            })
            .collect();
        assert_eq!(names, rows[0], "{table}");
        assert_eq!(sheet.height(), rows.len(), "{table}");
        for (index, name) in rows[0].iter().enumerate() {
            for (cell, row) in column(&sheet, name).iter().zip(&rows[1..]) {
                let shown = match cell {
                    Data::DateTime(day) => iso(day),
                    cell => cell.to_string(),
                };
                let value = row[index].strip_prefix('\'').unwrap_or(&row[index]);
                assert_eq!(shown, value, "{table}: {name}");
            }
        }
    }
    let listed = run(directory.path(), &["list", "--actions", "--format", "csv"]).stdout;
    let exported = run(directory.path(), &["export", "--format", "csv", "--table", "actions"]);
    assert_eq!(exported.stdout, listed);
}

#[test]
fn ids_and_what_looks_like_a_formula_are_texts() {
    let directory = directory(PLAN);
    let (workbook, _) = exported(directory.path(), &[]);
    assert_eq!(column(&sheet(&workbook, "Actions"), "id"), [text("5.10")]);
    let whole = sheet(&workbook, "Recommendations");
    assert_eq!(column(&whole, "title"), [text("=1+2"), Data::Empty]);
    assert_eq!(column(&whole, "text")[0], text("+ Mend the roof."));
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(workbook)).unwrap();
    for name in workbook.sheet_names() {
        assert_eq!(workbook.worksheet_formula(&name).unwrap().used_cells().count(), 0, "{name}");
    }
}

#[test]
fn a_month_has_its_last_day_beside_it_as_a_real_date_and_a_day_is_one() {
    let directory = directory(PLAN);
    let (workbook, _) = exported(directory.path(), &[]);
    let whole = sheet(&workbook, "Recommendations");
    let day = |cell: &Data| match cell {
        Data::DateTime(day) => iso(day),
        cell => format!("no date: {cell:?}"),
    };
    assert_eq!(column(&whole, "deadline")[0], text("2004-03"));
    assert_eq!(day(&column(&whole, "deadline_day")[0]), "2004-03-31");
    assert_eq!(column(&whole, "original_deadline")[0], text("2003-10"));
    assert_eq!(day(&column(&whole, "original_deadline_day")[0]), "2003-10-31");
    let actions = sheet(&workbook, "Actions");
    assert_eq!(day(&column(&actions, "deadline")[0]), "2003-05-20");
    // Excel has no day before 1900, and programs disagree on the first two months of 1900.
    let updates = sheet(&workbook, "Updates");
    assert_eq!(column(&updates, "on")[0], text("1899-06-01"));
    assert_eq!(day(&column(&updates, "on")[1]), "2003-06-01");
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let directory = directory(PLAN);
    let (first, _) = exported(directory.path(), &[]);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let (second, _) = exported(directory.path(), &[]);
    assert!(first == second);
}

#[test]
fn a_text_that_no_cell_holds_is_cut_and_told() {
    let long = "word ".repeat(8000);
    let directory = directory(&PLAN.replace("Paint.", &long));
    let (workbook, told) = exported(directory.path(), &[]);
    assert!(told.contains("Recommendations 6: `text` has 39999 characters"), "{told}");
    let texts = column(&sheet(&workbook, "Recommendations"), "text");
    let Data::String(text) = &texts[1] else { panic!("{texts:?}") };
    assert_eq!(text.chars().count(), 32_767);
    assert!(text.ends_with('…'));
}

#[test]
fn filters_choose_the_items_of_every_table() {
    let directory = directory(PLAN);
    let rows = |table: &str, filter: &[&str]| {
        let words = [&["export", "--format", "csv", "--table", table], filter].concat();
        csv(&run(directory.path(), &words).stdout).len() - 1
    };
    assert_eq!(rows("updates", &[]), 2);
    assert_eq!(rows("updates", &["--owner", "works"]), 2);
    assert_eq!(rows("updates", &["--owner", "nobody"]), 0);
    assert_eq!(rows("extensions", &["--timing", "overdue"]), 1);
    assert_eq!(rows("recommendations", &["--search", "paint"]), 1);
    let (workbook, _) = exported(directory.path(), &["--search", "paint"]);
    assert_eq!(column(&sheet(&workbook, "Recommendations"), "id"), [text("6")]);
    assert_eq!(sheet(&workbook, "Updates").height(), 1);
}

#[test]
fn a_flag_of_another_format_is_refused() {
    let directory = directory(PLAN);
    for (words, message) in [
        (
            ["--format", "ics", "--table", "updates"].as_slice(),
            "`--table` works only with `--format csv`, not with ics",
        ),
        (
            &["-o", "plan.xlsx", "--cancelled"],
            "`--cancelled` works only with `--format ics`, not with xlsx",
        ),
        (&["-o", "plan.docx"], "this command cannot write .docx"),
        (&[], "--format"),
    ] {
        let told = run(directory.path(), &[&["export"], words].concat());
        assert_eq!(told.status, 2, "{}", told.stderr);
        assert!(told.stderr.contains(message), "{}", told.stderr);
        assert_eq!(told.stdout, "");
    }
}

#[test]
fn a_workbook_is_not_written_to_a_terminal_but_to_a_program() {
    let directory = directory(PLAN);
    let piped = plan(directory.path()).args(["export", "--format", "xlsx"]).output().unwrap();
    assert!(piped.stdout.starts_with(b"PK"));
    let program = env!("CARGO_BIN_EXE_plan");
    let command = format!("{program} export --format xlsx");
    let shown = Command::new("script")
        .args(["--quiet", "--return", "--command", &command, "/dev/null"])
        .current_dir(directory.path())
        .output();
    // Not every system has the program `script`.
    let Ok(shown) = shown else { return };
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("xlsx cannot be shown in a terminal"), "{shown}");
    assert!(shown.contains("--output FILE.xlsx"), "{shown}");
}
