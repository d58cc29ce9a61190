//! The committee paper as typed data: words that are the clerk's, and facts that answer a [`Question`]. Pure.

mod answer;
mod appendix;
mod assembly;
mod builder;
mod burnup;
mod chart;
mod head;
mod marks;
mod period_part;
mod question;
mod recommendations;
mod render;
mod source;
mod supporting_information;
mod tables;
mod timeline;
mod verify;
mod words;

use crate::{
    doc::{Block, Line, Marked},
    model::{Colour, Keyword as _, printable},
};
pub use answer::Answer;
pub use assembly::write;
pub use burnup::drawn as days_drawn;
use head::digest;
pub use head::{Head, Origin};
pub use marks::{Broken, Mark, Marks, read, read_html, read_markdown};
use question::ItemField;
pub use question::{NotAQuestion, Question};
pub use render::{html, markdown};
pub use source::{Source, Span};
pub use verify::{days_known, differences, losses};

/// A paper, ready to be laid out.
pub struct Report {
    pub head: Head,
    pub title: Line,
    /// The words above it: of which meeting it is, and what it is about.
    pub contents: Line,
    /// Report, date, by.
    pub header: Vec<(&'static str, Line)>,
    pub sections: Vec<Section>,
}

impl Report {
    /// Gives each fact its number, and the head what proves that none is lost or in another's place.
    fn number(&mut self) {
        let mut questions = Vec::new();
        for (position, fact) in self.facts().into_iter().enumerate() {
            fact.number = position + 1;
            questions.push(fact.question.clone());
        }
        self.head.facts = questions.len();
        self.head.digest = digest(questions.iter().map(String::as_str));
    }

    /// The questions of its facts in the order of their numbers.
    pub fn questions(&mut self) -> Vec<String> {
        self.facts().into_iter().map(|fact| fact.question.clone()).collect()
    }

    /// Its facts in the order in which both layouts have them.
    fn facts(&mut self) -> Vec<&mut Marked> {
        let header = self.header.iter_mut().map(|(_, value)| value);
        let lines = [&mut self.title, &mut self.contents].into_iter().chain(header);
        let sections = self.sections.iter_mut().flat_map(|section| {
            section.heading.marked().chain(section.blocks.iter_mut().flat_map(Block::marked))
        });
        lines.flat_map(Line::marked).chain(sections).collect()
    }

    /// The words at the end: what the figures come from, and how they are verified.
    pub fn provenance(&self) -> Line {
        let origins = self.head.origins.iter().map(|Origin { path, commit, .. }| match commit {
            Some(commit) => {
                format!("{} at commit {}", printable(path), commit.get(..10).unwrap_or(commit))
            }
            None => format!("{}, not committed", printable(path)),
        });
        let origins = words::list(&origins.collect::<Vec<_>>());
        let verify = match self.head.is_draft() {
            true => "",
            false => " plan report --verify derives them again.",
        };
        line![format!("The figures and quotations in this paper come from {origins}.{verify}")]
    }
}

/// A part of a paper under a heading.
pub struct Section {
    pub heading: Line,
    /// It begins on a page of its own.
    pub on_new_page: bool,
    pub blocks: Vec<Block>,
}

/// The words that answer a question, as they are printed.
fn marked(question: &Question, shown: String) -> Marked {
    let is_colour = matches!(question, Question::Item(_, ItemField::Colour));
    let class = Colour::from_word(&shown).filter(|_| is_colour).map(|colour| match colour {
        Colour::Red => "rag red",
        Colour::Amber => "rag amber",
        Colour::Green => "rag green",
    });
    Marked { number: 0, question: question.to_string(), shown, class }
}

/// A line of parts: words, marked words, lines.
macro_rules! line {
    ($($part:expr),* $(,)?) => { $crate::doc::Line::default()$(.and($part))* };
}
use line;
