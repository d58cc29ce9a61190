//! Compares the marks of a paper with the answers of its source.

use std::collections::BTreeSet;

use super::{answer::Answer, marks::Mark, question::Question, source::Source, words::says_number};
use crate::model::{Day, printable};

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
            let (paper, plan) = apart(&words(&mark.text), &words(&answer.text()));
            Some(format!(
                "line {line}: “{shown}” is {paper} in the paper and {plan} in the plan at {at}"
            ))
        }
    }
}

impl Answer {
    /// Whether words in a paper say this answer. Layout, lists and a capital at the beginning do not count.
    fn is_said_by(&self, text: &str) -> bool {
        let text = words(text);
        match self {
            Self::Number(number) => match usize::try_from(*number) {
                Ok(count) => says_number(&text, count),
                Err(_) => text == number.to_string(),
            },
            Self::Words(answer) => {
                let answer = words(answer);
                text == answer || text == crate::output::words::capitalised(&answer)
            }
        }
    }
}

/// The words alone: white space and the marks of lists do not count.
fn words(text: &str) -> String {
    let text = text.replace('•', " ");
    let words = text.split_whitespace().filter(|word| !matches!(*word, "-" | "*"));
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
