//! Targets for a fuzzer: plans and trackers with any content, and any changes to them. `cargo test` tries some hundred
//! inputs of each target. CONTRIBUTING.md explains how to try more.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests may fail loudly and make the files they need"
)]

macro_rules! target {
    ($count:literal) => {
        check!().with_iterations($count).with_test_time(std::time::Duration::from_secs(600))
    };
}

mod tracker;

use action_plan::{
    edit::{Change, Editor, Refusal, Remark, Unchanged, change},
    file::Reader,
    merge::{is_marked, merge},
    model::{
        Action, AmendKey, Day, Decision, Id, Keyword, Period, Recommendation, Response, Status,
        Timescale, Verdict,
    },
};
use bolero::{TypeGenerator, check, generator::produce_with};

/// Valid plans that use every key.
const PLANS: [&str; 4] = [
    include_str!("../../plan.toml"),
    include_str!("../paper/plan.toml"),
    include_str!("../cases/model/a_plan_of_every_feature.in/plan.toml"),
    include_str!("../rewritings/base.toml"),
];

/// Bytes with a meaning in a plan file.
const WORDS: [&str; 16] = [
    "\n",
    "\r\n",
    "\"\"\"",
    "'''",
    "\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    "#",
    ",",
    "\\",
    "[[recommendation]]\n",
    "\u{feff}",
    "\u{1b}",
];
const TIMESCALES: [&str; 4] = ["March 2031", "2032-12-31", "Ongoing", "To be agreed"];
const USUAL: [&str; 4] = ["Done.", "Two lines,\nand \\ \"quotes\" '''.", "Director", "March 2033"];
const AMENDED: [&str; 8] = [
    "owner",
    "title",
    "text",
    "timescale",
    "area",
    "review",
    "progress.1.note",
    "revisions.1.reason",
];

/// A part of a text, and the bytes that replace it.
#[derive(Debug, TypeGenerator)]
struct Mutation {
    at: u16,
    length: u8,
    with: Replacement,
}

#[derive(Debug, TypeGenerator)]
enum Replacement {
    Word(u8),
    NoLine,
    /// A line of a plan, inserted before another line.
    Line(u8, u16),
    Characters(#[generator(produce_with::<String>().len(0..4usize))] String),
}

/// A valid plan, and manual changes to it.
#[derive(Debug, TypeGenerator)]
struct Text {
    plan: u8,
    is_returned: bool,
    #[generator(produce_with::<Vec<Mutation>>().len(0..3usize))]
    mutations: Vec<Mutation>,
}

/// A change made by a command. Its numbers select among the items of the plan.
#[derive(Debug, TypeGenerator)]
struct Step {
    kind: Kind,
    item: u8,
    day: u8,
    choice: u8,
    words: Words,
}

#[derive(Debug, TypeGenerator)]
enum Words {
    Usual(u8),
    Any(#[generator(produce_with::<String>().len(0..12usize))] String),
}

#[derive(Debug, TypeGenerator)]
enum Kind {
    Mark,
    Note,
    Extend,
    Decide,
    Verify,
    Amend,
    Action,
    Recommendation,
    Meeting,
}

fn chosen<T: Copy>(all: &[T], choice: impl Into<usize>) -> T {
    all[choice.into() % all.len()]
}

fn is_plan(text: &str) -> bool {
    Reader::default().decode(text).is_ok()
}

fn mutated(mut text: String, mutations: &[Mutation]) -> String {
    for Mutation { at, length, with } in mutations {
        let from = text.floor_char_boundary(usize::from(*at) % (text.len() + 1));
        let to = text.floor_char_boundary(from + usize::from(*length % 16)).max(from);
        let line = text[..from].rfind('\n').map_or(0, |end| end + 1);
        let line_end = text[line..].find('\n').map_or(text.len(), |end| line + end + 1);
        let (from, to, with) = match with {
            Replacement::Word(word) => (from, to, chosen(&WORDS, *word)),
            Replacement::Characters(characters) => (from, to, characters.as_str()),
            Replacement::NoLine => (line, line_end, ""),
            Replacement::Line(plan, number) => {
                let lines: Vec<_> = chosen(&PLANS, *plan).split_inclusive('\n').collect();
                (line, line, chosen(&lines, *number))
            }
        };
        text.replace_range(from..to, with);
    }
    text
}

impl Text {
    fn whole(&self) -> String {
        let text = mutated(chosen(&PLANS, self.plan).to_owned(), &self.mutations);
        if self.is_returned { text.replace('\n', "\r\n") } else { text }
    }
}

impl Step {
    fn changes(&self, editor: &Editor<'_>, ids: &[Id]) -> Result<Vec<Change>, Refusal> {
        let ids = std::slice::from_ref(&ids[usize::from(self.item) % ids.len()]);
        let on: Day =
            format!("2030-{:02}-{:02}", self.day % 12 + 1, self.day % 28 + 1).parse().unwrap();
        let said = match &self.words {
            Words::Usual(choice) => chosen(&USUAL, *choice).to_owned(),
            Words::Any(words) => words.clone(),
        };
        let words = Some(said.clone()).filter(|words| !words.is_empty());
        let to = Timescale::parse(chosen(&TIMESCALES, self.choice)).unwrap();
        let remark = Remark {
            on,
            by: words.clone(),
            outlook: None,
            note_flag: "--note",
            evidence: words.iter().cloned().collect(),
            note: words,
        };
        match self.kind {
            Kind::Mark => editor.mark(ids, chosen(Status::ALL, self.choice), &remark),
            Kind::Note => editor.note(ids, &remark),
            Kind::Extend => {
                let decision = (self.choice > 99).then_some(Decision::Requested);
                editor.extend(ids, &to, decision, &remark)
            }
            Kind::Decide => editor.decide(ids, chosen(Decision::ALL, self.choice), None, &remark),
            Kind::Verify => editor.verify(ids, chosen(Verdict::ALL, self.choice), &remark),
            Kind::Amend => {
                let key = AmendKey::from_word(chosen(&AMENDED, self.choice)).unwrap();
                editor.amend(ids, key, std::slice::from_ref(&said), None, &remark)
            }
            Kind::Action => {
                let action = Action::new(Id::unreadable(), said);
                Ok(vec![editor.add_action(&ids[0], action)?])
            }
            Kind::Recommendation => {
                let new = Recommendation::new(Id::unreadable(), said);
                let new = match self.choice % 2 {
                    0 => Recommendation { response: Response::Awaited, ..new },
                    _ => Recommendation { timescale: Some(to), ..new },
                };
                Ok(vec![editor.add_recommendation(None, new)?])
            }
            Kind::Meeting => editor.add_meetings(&[Period::Day(on)], Some(&said)),
        }
    }

    /// Returns the text with this change; `None` if the change is refused. Checks that the change is exact and removes
    /// no byte without need.
    fn made(&self, text: &str) -> Option<String> {
        let decide = |plan: &action_plan::model::Plan| {
            let ids: Vec<Id> = plan.items().map(|item| item.id().clone()).collect();
            match ids.is_empty() {
                true => Ok(Vec::new()),
                false => self.changes(&Editor::new(plan, plan.date), &ids),
            }
        };
        match change(text, decide) {
            Ok(changed) => {
                let is_amended = matches!(self.kind, Kind::Amend);
                assert!(
                    is_amended || only_adds(text, &changed.text),
                    "{text}\n---\n{}",
                    changed.text
                );
                assert!(is_plan(&changed.text), "{}", changed.text);
                Some(changed.text)
            }
            Err(Unchanged::Internal(error)) => panic!("{error:#}\n{text}"),
            Err(Unchanged::Refused(_) | Unchanged::Invalid(_)) => None,
        }
    }
}

/// Checks whether `new` is `old` with bytes added and none removed.
fn only_adds(old: &str, new: &str) -> bool {
    let mut left = new.bytes();
    old.bytes().all(|byte| left.any(|other| other == byte))
}

/// Returns the text after all changes that are allowed.
fn edited(text: String, steps: &[Step]) -> String {
    steps.iter().fold(text, |text, step| step.made(&text).unwrap_or(text))
}

#[test]
fn decode() {
    target!(300).with_type::<Text>().for_each(|text| {
        let text = text.whole();
        match Reader::default().decode(&text) {
            Ok(_) => assert!(toml::from_str::<toml::Table>(&text).is_ok(), "{text}"),
            Err(faults) => {
                assert!(!faults.is_empty());
                for fault in faults {
                    assert!(text.get(fault.at.bytes()).is_some(), "{fault:?}\n{text}");
                }
            }
        }
    });
}

#[test]
fn edit_and_prove() {
    let steps = produce_with::<Vec<Step>>().len(1..6usize);
    target!(150).with_generator((bolero::generator::produce::<Text>(), steps)).for_each(
        |(text, steps)| {
            edited(text.whole(), steps);
        },
    );
}

#[test]
fn merge_of_three() {
    let steps = || produce_with::<Vec<Step>>().len(0..4usize);
    let generator = (bolero::generator::produce::<[Text; 2]>(), steps(), steps());
    target!(100).with_generator(generator).for_each(|([ours, theirs], our_steps, their_steps)| {
        let base = chosen(&PLANS, ours.plan);
        let (ours, theirs) = (edited(ours.whole(), our_steps), edited(theirs.whole(), their_steps));
        match merge(base, &ours, &theirs, None) {
            Ok(merged) if merged.conflicts.is_empty() => {
                assert!(is_plan(&merged.text), "{}", merged.text)
            }
            Ok(merged) => {
                assert!(is_marked(&merged.text), "{:?}\n{}", merged.conflicts, merged.text)
            }
            Err(invalid) => {
                assert!(!is_plan(if invalid.version == "ours" { &ours } else { &theirs }))
            }
        }
        if is_plan(&ours) {
            for (base, theirs) in
                [(base, base), (base, ours.as_str()), (ours.as_str(), ours.as_str())]
            {
                let merged = merge(base, &ours, theirs, None).unwrap();
                assert!(merged.conflicts.is_empty(), "{:?}\n{ours}", merged.conflicts);
                assert_eq!(merged.text, ours);
            }
        }
    });
}
