//! Compares a report file with the regenerated report, which the program writes again from the same commits.

mod align;
mod comparison;
mod docx;
mod html;
mod lines;
mod markdown;
mod passages;
mod styles;
mod tables;
mod unseen;
mod words;

use std::collections::HashSet;

use super::{Provenance, Report};
use crate::model::{counted, printable, vocabulary};
use comparison::Comparison;
pub use docx::read as read_docx;
pub use html::read as read_html;
pub use markdown::read as read_markdown;
use passages::{Kind, Passage, of_report};
pub use passages::{Paper, Picture};
use unseen::unseen;
use words::{normal, telling};

/// A difference between a report file and the regenerated report, which the program writes again from the same commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The place of the difference in the file: the number of the line, or of the paragraph in a Word file.
    pub place: usize,
    pub level: Level,
    pub words: String,
    /// True if another version of the program, with another layout, may have caused the difference.
    is_layout: bool,
}

vocabulary! {
    /// The seriousness of a difference. The most serious level comes first.
    Level {
        /// The report file contradicts the plan.
        Contradiction = "differs",
        /// The program cannot judge this part of the report file.
        NotJudged = "not judged",
        /// The report file states the facts of the plan in other words than the regenerated report.
        Reworded = "reworded",
        /// The report file has text that the regenerated report does not have.
        Added = "added",
        /// A passage without facts is in the regenerated report, but not in the report file.
        LeftOut = "left out",
    }
}

impl Difference {
    pub fn new(place: usize, level: Level, words: String) -> Self {
        Self { place, level, words: printable(&words), is_layout: false }
    }

    fn layout(place: usize, level: Level, words: String) -> Self {
        Self { is_layout: true, ..Self::new(place, level, words) }
    }
}

impl Paper {
    /// Returns the provenance that the report states in its last line or, in an older report, in a comment.
    pub fn provenance(&self) -> Option<Provenance> {
        self.last_line().map(|(_, provenance)| provenance).or_else(|| self.former.clone())
    }

    /// Returns the index of the passage with the last line of the report, and the provenance that this line states.
    fn last_line(&self) -> Option<(usize, Provenance)> {
        let mut passages = self.passages.iter().enumerate().rev();
        passages.find_map(|(index, passage)| Some((index, Provenance::parse(&passage.words.raw)?)))
    }
}

/// Compares the report file `paper` with the regenerated `report` and its `pictures`. `is_older` is true if another
/// version of the program wrote the file.
pub fn differences(
    report: &Report,
    paper: &Paper,
    pictures: &[Picture],
    is_older: bool,
) -> Vec<Difference> {
    let mut written = of_report(report);
    if pictures.is_empty() {
        // A file format without pictures has no legends of pictures either.
        written.retain(|passage| passage.kind != Kind::Legend);
    }
    let last = paper.last_line();
    let mut file = paper.passages.clone();
    if let Some((index, _)) = &last {
        file.remove(*index);
    }
    let (repeated, file): (Vec<_>, Vec<_>) =
        file.into_iter().partition(|passage| passage.kind == Kind::Repetition);
    let mut found = Comparison::new(&written, &file).differences();
    let level = if is_older { Level::NotJudged } else { Level::Contradiction };
    let told = |list: &[(usize, String)], level| {
        let told =
            list.iter().map(move |(place, words)| Difference::new(*place, level, words.clone()));
        told.collect::<Vec<_>>()
    };
    if let Some((index, last)) =
        last.filter(|(_, last)| last.to_string() != report.provenance.to_string())
    {
        let words = format!("the last line is “{last}”, but should be “{}”", report.provenance);
        let place = paper.passages[index].place;
        found.push(Difference::new(place, Level::Contradiction, words));
    }
    found.extend(of_repetitions(&repeated, &file, &written));
    found.extend(told(&paper.faults, Level::Contradiction));
    found.extend(told(&paper.sheets, level));
    found.extend(told(&paper.not_judged, Level::NotJudged));
    found.extend(of_pictures(paper, pictures));
    found.extend(of_properties(report, paper));
    if is_older {
        found = without_layout(found);
    }
    found.sort_by_key(|difference| (difference.place, difference.level));
    found.dedup();
    found
}

/// Checks the repetitions in the file, which are the title in the metadata and the entries of the table of contents.
/// Returns a difference for each repetition that equals no other passage of the file or of the regenerated report.
fn of_repetitions(repeated: &[Passage], file: &[Passage], written: &[Passage]) -> Vec<Difference> {
    let own: HashSet<&str> =
        file.iter().chain(written).map(|passage| passage.words.key.as_str()).collect();
    let other = repeated.iter().filter(|passage| !own.contains(passage.words.key.as_str()));
    let told = other.map(|passage| match telling(&passage.words.text).is_empty() {
        true => added(passage),
        false => {
            let words =
                format!("a title that is not the title of the report: “{}”", passage.words.text);
            Difference::new(passage.place, Level::Contradiction, words)
        }
    });
    told.collect()
}

/// Returns the difference for a passage of the file that the regenerated report does not have.
fn added(passage: &Passage) -> Difference {
    let text = &passage.words.text;
    match unseen(text) {
        Some(odd) => {
            Difference::new(passage.place, Level::Contradiction, format!("{odd}: “{text}”"))
        }
        None => Difference::new(passage.place, Level::Added, format!("“{text}”")),
    }
}

/// Combines all differences that another layout may have caused into one difference.
fn without_layout(found: Vec<Difference>) -> Vec<Difference> {
    let is_layout =
        |difference: &Difference| difference.is_layout && difference.level == Level::Contradiction;
    let (layout, mut rest): (Vec<_>, Vec<_>) = found.into_iter().partition(is_layout);
    if let Some(first) = layout.first() {
        let words = format!(
            "{} or missing, perhaps because another version of `plan` wrote the report",
            counted(layout.len(), "part has moved or is", "parts have moved or are")
        );
        rest.push(Difference::new(first.place, Level::NotJudged, words));
    }
    rest
}

/// Finds the pictures that differ from the pictures of the regenerated report. A difference that may come from other
/// fonts has the level `NotJudged`.
fn of_pictures(paper: &Paper, pictures: &[Picture]) -> Vec<Difference> {
    let mut missing: Vec<&Picture> = pictures.iter().collect();
    let mut found = Vec::new();
    let mut other = Vec::new();
    for picture in &paper.pictures {
        let is_it = |own: &&Picture| {
            let is_source = own.source == picture.source
                || picture.source.is_empty() && !picture.dots.is_empty();
            own.words == picture.words && is_source
        };
        match missing.iter().position(is_it) {
            Some(index) if missing.swap_remove(index).dots != picture.dots => {
                let words = "a picture that this computer draws differently, \
                    perhaps because this computer has other fonts";
                found.push(Difference::new(picture.place, Level::NotJudged, words.to_owned()));
            }
            Some(_) => {}
            None => other.push(picture.place),
        }
    }
    let (level, words) = match missing.is_empty() {
        false => (Level::Contradiction, "a changed picture"),
        true => (Level::NotJudged, "an added picture"),
    };
    found.extend(other.into_iter().map(|place| Difference::new(place, level, words.to_owned())));
    found
}

/// Returns a difference if the properties of the document do not repeat the last line of the report.
fn of_properties(report: &Report, paper: &Paper) -> Option<Difference> {
    let written = normal(&report.provenance.to_string());
    let other = paper.properties.as_ref().filter(|line| normal(line) != written)?;
    let words = format!(
        "the document's properties do not match the last line of the report; the properties say “{other}”"
    );
    Some(Difference::layout(1, Level::Contradiction, words))
}
