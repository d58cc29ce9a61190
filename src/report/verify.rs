//! Compares the marks of a paper with the answers of its source.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    answer::Answer,
    head::digest,
    marks::{Mark, Marks},
    question::Question,
    source::Source,
    words::says_number,
};
use crate::model::{Day, is_bullet, printable};

/// One line for each mark that does not say what the plan says. `at` names the commit.
pub fn differences(marks: &[Mark], source: &Source<'_>, at: &str) -> Vec<String> {
    marks.iter().filter_map(|mark| difference(mark, source, at)).collect()
}

/// The days of which a paper says what git knew.
pub fn days_known(marks: &[Mark]) -> BTreeSet<Day> {
    let questions = marks.iter().filter_map(|mark| mark.question.parse().ok());
    let day = |question| match question {
        Question::KnownOn(day, _) => Some(day),
        _ => None,
    };
    questions.filter_map(day).collect()
}

/// One line for each mark that is lost or asks what another should. `written` has the questions of the paper as this
/// release would write it, in their order.
pub fn losses(report: &Marks, written: impl FnOnce() -> Vec<String>) -> Vec<String> {
    let Marks { head, marks, .. } = report;
    let questions: BTreeMap<usize, &str> =
        marks.iter().map(|mark| (mark.number, mark.question.as_str())).collect();
    let copies = marks.iter().filter(|mark| questions[&mark.number] != mark.question);
    let copies: Vec<&Mark> = copies.collect();
    let is_whole = copies.is_empty() && questions.keys().copied().eq(1..=head.facts);
    if is_whole && digest(questions.values().copied()) == head.digest {
        return Vec::new();
    }
    let written = written();
    if written.len() == head.facts && digest(written.iter().map(String::as_str)) == head.digest {
        return named(marks, &questions, &written);
    }
    let mut lines: Vec<String> = copies
        .into_iter()
        .map(|mark| {
            let Mark { line, number, question, .. } = mark;
            let other = short(questions[number]);
            format!("line {line}: mark {number} is “{}”, and “{other}” elsewhere", short(question))
        })
        .collect();
    lines.extend(gaps(&questions, head.facts));
    if lines.is_empty() {
        lines
            .push("the marks ask other questions than those the paper was written with".to_owned());
    }
    lines
}

/// The marks that are not what was written, and the questions of those that are lost.
fn named(marks: &[Mark], questions: &BTreeMap<usize, &str>, written: &[String]) -> Vec<String> {
    let other = marks.iter().filter_map(|mark| {
        let Mark { line, number, .. } = mark;
        let question = short(&mark.question);
        match number.checked_sub(1).and_then(|position| written.get(position)) {
            Some(wanted) if *wanted == mark.question => None,
            Some(wanted) => {
                let wanted = short(wanted);
                Some(format!("line {line}: mark {number} is “{question}” and was “{wanted}”"))
            }
            None => Some(format!("line {line}: there was no mark {number}, “{question}”")),
        }
    });
    let lost = (1..).zip(written).filter(|(number, _)| !questions.contains_key(number));
    let lost = lost.map(|(number, question)| {
        format!("mark {number}, “{}”, no longer stands in the paper", short(question))
    });
    other.chain(lost).collect()
}

/// The numbers that are not there.
fn gaps(questions: &BTreeMap<usize, &str>, facts: usize) -> Vec<String> {
    let mut gaps = Vec::new();
    let mut next = 1;
    for number in questions.keys().copied().chain([facts + 1]) {
        let last = number.saturating_sub(1).min(facts);
        match last.cmp(&next) {
            Ordering::Less => {}
            Ordering::Equal => gaps.push(format!("mark {last} no longer stands in the paper")),
            Ordering::Greater => {
                gaps.push(format!("marks {next} to {last} no longer stand in the paper"));
            }
        }
        next = number.saturating_add(1);
    }
    gaps
}

fn difference(mark: &Mark, source: &Source<'_>, at: &str) -> Option<String> {
    let line = mark.line;
    let shown = short(&mark.question);
    let Ok(question) = mark.question.parse::<Question>() else {
        return Some(format!("line {line}: “{shown}” is not a question that this release knows"));
    };
    match source.answer(&question) {
        None => Some(format!("line {line}: “{shown}”: the plan has no such thing at {at}")),
        Some(answer) if answer.is_said_by(&mark.text) => None,
        Some(answer) => {
            let (report, plan) = apart(&words(&mark.text), &words(&answer.text()));
            Some(format!(
                "line {line}: “{shown}” is {report} in the paper and {plan} in the plan at {at}"
            ))
        }
    }
}

impl Answer {
    /// Says whether words in a paper say this answer. Layout, lists and a capital at the beginning do not count.
    fn is_said_by(&self, text: &str) -> bool {
        let text = words(text);
        match self {
            Self::Number(number) => match usize::try_from(*number) {
                Ok(count) => says_number(&text, count),
                Err(_) => text == number.to_string(),
            },
            Self::Words(answer) => {
                let answer = words(answer);
                text == answer || text == crate::doc::text::capitalised(&answer)
            }
        }
    }
}

/// The words alone: white space and the marks of lists do not count.
fn words(text: &str) -> String {
    let text = text.replace('•', " ").replace('\u{ad}', "");
    let is_mark = |word: &&str| word.chars().all(is_bullet);
    let words = text.split_whitespace().filter(|word| !is_mark(word));
    words.collect::<Vec<_>>().join(" ")
}

/// Both texts from shortly before where they part.
fn apart(one: &str, other: &str) -> (String, String) {
    const BEFORE: usize = 20;
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(BEFORE);
    let cut = |text: &str| {
        let rest: String = text.chars().skip(from).collect();
        let before = if from > 0 { "…" } else { "" };
        match rest.is_empty() {
            true => "nothing".to_owned(),
            false => format!("{before}{}", short(&rest)),
        }
    };
    (cut(one), cut(other))
}

/// The first words, safe to print.
fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    printable(&short)
}
