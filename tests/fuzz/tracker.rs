//! Trackers with any content, imported by the mapping that is suggested for them and by changed mappings.

use std::{fs, path::Path};

use action_plan::{
    app::{Failure, Output},
    cli::Cli,
    commands,
    doc::Screen,
};
use bolero::{TypeGenerator, check, generator::produce_with};
use tempfile::TempDir;

use crate::{Mutation, chosen, is_plan, mutated};

/// Columns of trackers, with usual cells.
const COLUMNS: [(&str, [&str; 5]); 12] = [
    ("Ref", ["1", "2", "3", "R4", "1.1"]),
    ("Recommendation", ["Report budgets.", "Keep a\nregister.", "1. Ask for bids.", "Report", "–"]),
    ("Agreed action", ["Agreed.", "The report goes out.", "Not accepted", "", "a) One; b) two"]),
    ("Lead officer", ["Head of Finance", "Clerk, Director", "n/a", "", "A. Clerk"]),
    ("Target date", ["30/06/2024", "Spring 2025", "Ongoing", "45473", "31 June 2024"]),
    ("Revised date", ["31/12/2024", "", "2025", "June 2025", "TBC"]),
    ("Status", ["Pending", "Implemented", "In progress", "Overdue", "Closed – superseded"]),
    ("Status date", ["22/01/2024", "2024-02-30", "", "13/01/2024", "January 2024"]),
    ("Comments", ["Begun.", "Jan 24: begun. Feb 24: done.", "\"quoted\", twice", "", "=1+1"]),
    ("Priority", ["High", "Low", "1", "", "Red"]),
    ("Area", ["Budgets", "Budgets and reports", "", "Été", "A"]),
    ("Plan", ["North", "South", "", "../west", "a/b"]),
];

/// A tracker, with changes to its text and to the mapping that is suggested for it.
#[derive(Debug, TypeGenerator)]
struct Tracker {
    is_json: bool,
    columns: [u8; 7],
    #[generator(produce_with::<Vec<[Cell; 7]>>().len(0..6usize))]
    rows: Vec<[Cell; 7]>,
    #[generator(produce_with::<Vec<Mutation>>().len(0..3usize))]
    mutations: Vec<Mutation>,
    #[generator(produce_with::<Vec<Mutation>>().len(1..3usize))]
    mapping: Vec<Mutation>,
}

#[derive(Debug, TypeGenerator)]
enum Cell {
    Usual(u8),
    OfAnotherColumn(u8, u8),
    Any(#[generator(produce_with::<String>().len(0..9usize))] String),
}

impl Tracker {
    /// The text of the file.
    fn whole(&self) -> String {
        let columns = self.columns.map(|column| chosen(&COLUMNS, column));
        let cells = |row: &[Cell; 7]| -> Vec<String> {
            let cells = row.iter().zip(columns).map(|(cell, (_, usual))| match cell {
                Cell::Usual(choice) => chosen(&usual, *choice).to_owned(),
                Cell::OfAnotherColumn(column, choice) => {
                    chosen(&chosen(&COLUMNS, *column).1, *choice).to_owned()
                }
                Cell::Any(text) => text.clone(),
            });
            cells.collect()
        };
        let names = columns.map(|(name, _)| name);
        let rows = self.rows.iter().map(cells);
        let text = if self.is_json {
            let object = |row: Vec<String>| {
                names.iter().map(|&name| name.to_owned()).zip(row.into_iter().map(Into::into))
            };
            let objects = rows.map(|row| object(row).collect::<serde_json::Map<_, _>>());
            serde_json::to_string_pretty(&objects.collect::<Vec<_>>()).unwrap()
        } else {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(names).unwrap();
            rows.for_each(|row| writer.write_record(row).unwrap());
            String::from_utf8(writer.into_inner().unwrap()).unwrap()
        };
        mutated(text, &self.mutations)
    }

    fn file(&self) -> &'static str {
        if self.is_json { "tracker.json" } else { "tracker.csv" }
    }
}

/// The answer of `plan import`, given flags and the names of files in a directory.
fn import_in(directory: &Path, words: &[&str]) -> Result<Output, Failure> {
    let words = words.iter().map(|word| match word.starts_with("--") {
        true => (*word).into(),
        false => directory.join(word).into_os_string(),
    });
    let start = ["plan", "--as-of", "2024-03-01", "import"].map(Into::into);
    let cli = Cli::read(start.into_iter().chain(words)).unwrap();
    commands::run(cli, Screen { width: None, has_links: false })
}

/// Imports a file twice by its mapping. The new plan is valid, and the second import leaves it unchanged.
fn imported(directory: &Path, file: &str) -> Result<Output, Failure> {
    let import = || import_in(directory, &[file, "--map", "map.toml", "--into", "plan.toml"]);
    let output = import()?;
    if let Ok(text) = fs::read_to_string(directory.join("plan.toml")) {
        assert!(is_plan(&text), "{text}");
        import().unwrap();
        assert_eq!(fs::read_to_string(directory.join("plan.toml")).unwrap(), text);
    }
    Ok(output)
}

#[test]
fn import() {
    target!(150).with_type::<Tracker>().for_each(|tracker| {
        let directory = TempDir::new().unwrap();
        let (at, file) = (directory.path(), tracker.file());
        fs::write(at.join(file), tracker.whole()).unwrap();
        let explained = import_in(at, &[file]);
        let Ok(map) = import_in(at, &[file, "--suggest-map"]) else {
            return;
        };
        explained.unwrap();
        fs::write(at.join("map.toml"), &map.text).unwrap();
        if let Err(failure) = imported(at, file) {
            assert_eq!(failure.exit_status(), 2, "{failure}\n{}", map.text);
        }
        fs::write(at.join("map.toml"), mutated(map.text, &tracker.mapping)).unwrap();
        let _ = fs::remove_file(at.join("plan.toml"));
        if let Err(failure) = imported(at, file) {
            assert_eq!(failure.exit_status(), 2, "{failure}");
        }
    });
}
