//! Compares a report in a file with the same report written again, passage by passage, as a reader would.

mod align;
mod comparison;
mod html;
mod markdown;
mod passages;
mod styles;
mod tables;
mod unseen;
mod words;

use std::collections::{HashMap, HashSet};

use super::{Provenance, Report};
use crate::model::printable;
use comparison::Comparison;
pub use html::read as read_html;
pub use markdown::read as read_markdown;
pub use passages::Paper;
use passages::{Kind, Passage, of_report};
use unseen::unseen;

/// Something in a report that the plan does not say, or says in other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its place in the file: a line, or the number of a paragraph.
    pub place: usize,
    pub level: Level,
    pub words: String,
    /// Another version of the program may have laid the report out so.
    is_layout: bool,
}

/// How much a difference weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It contradicts the plan.
    Contradiction,
    /// Nothing can be said about it.
    NotJudged,
    /// The clerk's words for the plan's facts.
    Reworded,
    /// The clerk's own words.
    Added,
    /// Words without a fact that are no longer there.
    LeftOut,
}

impl Difference {
    pub fn new(place: usize, level: Level, words: String) -> Self {
        Self { place, level, words: printable(&words), is_layout: false }
    }

    fn layout(place: usize, level: Level, words: String) -> Self {
        Self { is_layout: true, ..Self::new(place, level, words) }
    }
}

impl Level {
    pub fn word(self) -> &'static str {
        match self {
            Self::Contradiction => "differs",
            Self::NotJudged => "not judged",
            Self::Reworded => "reworded",
            Self::Added => "added",
            Self::LeftOut => "left out",
        }
    }
}

impl Paper {
    /// The origin that the last line names.
    pub fn provenance(&self) -> Option<Provenance> {
        self.last_line().map(|(_, provenance)| provenance).or_else(|| self.former.clone())
    }

    /// The position of the last line among the passages, and what it says.
    fn last_line(&self) -> Option<(usize, Provenance)> {
        let mut passages = self.passages.iter().enumerate().rev();
        passages.find_map(|(index, passage)| Some((index, Provenance::parse(&passage.words.raw)?)))
    }
}

/// Compares a file with the report written again, whose pictures are given. `is_older` says that another version of
/// the program wrote the file.
pub fn differences(
    report: &Report,
    paper: &Paper,
    pictures: &[String],
    is_older: bool,
) -> Vec<Difference> {
    let mut written = of_report(report);
    if pictures.is_empty() {
        // A layout without pictures has no words beside them.
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
        let words = format!("“{last}”, and “{}” by the plan", report.provenance);
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

/// A title or a list of contents says nothing of its own where it says what the report or the plan has elsewhere.
fn of_repetitions(repeated: &[Passage], file: &[Passage], written: &[Passage]) -> Vec<Difference> {
    let own: HashSet<&str> =
        file.iter().chain(written).map(|passage| passage.words.key.as_str()).collect();
    let other = repeated.iter().filter(|passage| !own.contains(passage.words.key.as_str()));
    other.map(added).collect()
}

/// Words that the plan does not have.
fn added(passage: &Passage) -> Difference {
    let text = &passage.words.text;
    match unseen(text) {
        Some(odd) => {
            Difference::new(passage.place, Level::Contradiction, format!("{odd}: “{text}”"))
        }
        None => Difference::new(passage.place, Level::Added, format!("“{text}”")),
    }
}

/// One difference for all that another version may have laid out in its own way.
fn without_layout(found: Vec<Difference>) -> Vec<Difference> {
    let is_layout =
        |difference: &Difference| difference.is_layout && difference.level == Level::Contradiction;
    let (layout, mut rest): (Vec<_>, Vec<_>) = found.into_iter().partition(is_layout);
    if let Some(first) = layout.first() {
        let words = format!(
            "another version of the program wrote the report; {} of its parts stand elsewhere now, or no longer",
            layout.len()
        );
        rest.push(Difference::new(first.place, Level::NotJudged, words));
    }
    rest
}

/// The pictures that the report does not have.
fn of_pictures(paper: &Paper, pictures: &[String]) -> Vec<Difference> {
    let mut missing: HashMap<&String, usize> = HashMap::new();
    pictures.iter().for_each(|picture| *missing.entry(picture).or_default() += 1);
    let mut other = Vec::new();
    for (place, picture) in &paper.pictures {
        match missing.get_mut(picture).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => other.push(place),
        }
    }
    let is_changed = missing.values().any(|count| *count > 0);
    let (level, words) = match is_changed {
        true => (Level::Contradiction, "a picture that is not the report's"),
        false => (Level::NotJudged, "a picture that was added"),
    };
    other.into_iter().map(|place| Difference::new(*place, level, words.to_owned())).collect()
}

/// The properties of the document name the same command as its last line.
fn of_properties(report: &Report, paper: &Paper) -> Option<Difference> {
    let written = words::normal(&report.provenance.to_string());
    let other = paper.properties.as_ref().filter(|line| words::normal(line) != written)?;
    let words = format!("the document's properties name another origin: “{other}”");
    Some(Difference::layout(1, Level::Contradiction, words))
}
