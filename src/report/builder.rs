//! The frame and the summary of the report, and the helpers that all its parts share.

use std::collections::BTreeSet;

use super::{
    Section, Source, line, marked,
    question::{
        EntryField, EntryKind, Frame, Group, ItemField, PlanField, Question, RowSelection,
        RuleKind, SectionField,
    },
    words,
};
use crate::{
    doc::{Block, Line, Marked},
    model::to_single_line,
    query::{Row, View},
};

/// Who writes: a source of answers, and the words for them.
pub struct ReportBuilder<'s, 'v> {
    pub source: &'s Source<'v>,
}

impl ReportBuilder<'_, '_> {
    /// The fact that answers a question, printed as it is.
    pub fn fact(&self, question: Question) -> Marked {
        let answer = self.source.answer(&question);
        marked(&question, answer.map_or_else(|| "–".to_owned(), |answer| answer.text()))
    }

    pub fn item(&self, row: &Row<'_>, field: ItemField) -> Marked {
        self.fact(Question::Item(row.shown_id(), field))
    }

    /// A fact of an entry of a recommendation or an action, counted from 1.
    pub fn entry_fact(
        &self,
        row: &Row<'_>,
        kind: EntryKind,
        number: usize,
        field: EntryField,
    ) -> Marked {
        self.fact(Question::Entry(row.shown_id(), kind, number, field))
    }

    pub fn frame(&self, frame: Frame) -> Marked {
        self.fact(Question::Frame(frame))
    }

    pub fn plan(&self, field: PlanField) -> Marked {
        self.fact(Question::Plan(field, None))
    }

    pub fn count(&self, which: RowSelection) -> usize {
        self.source.count(which)
    }

    /// `nine`, `none`: a number in words that stands by itself.
    pub fn number(&self, which: RowSelection) -> Marked {
        let shown = words::number(self.count(which));
        marked(&Question::Count(which, Group::All), shown)
    }

    /// `nine recommendations`, `one recommendation`, `no recommendations`.
    pub fn recommendations(&self, which: RowSelection) -> Line {
        let count = self.count(which);
        let shown = words::number_before_noun(count);
        let fact = marked(&Question::Count(which, Group::All), shown);
        line![fact, words::plural(count, " recommendation", " recommendations")]
    }

    /// `three action plans`
    fn plans(&self) -> Line {
        let count = self.source.portfolio.views.len();
        let fact = marked(&Question::Plans, words::number(count));
        line![fact, words::plural(count, " action plan", " action plans")]
    }

    /// A number in words and what those are or have done: `three are complete`.
    pub fn clause(&self, which: RowSelection, one: &str, many: &str) -> Line {
        line![self.number(which), " ", words::verb(self.count(which), one, many)]
    }

    /// A number in words before a noun: `two extensions were agreed`, `no extension was agreed`.
    pub fn nouns(&self, which: RowSelection, one: &str, many: &str) -> Line {
        let count = self.count(which);
        let shown = words::number_before_noun(count);
        let fact = marked(&Question::Count(which, Group::All), shown);
        line![fact, " ", words::verb(count, one, many)]
    }

    /// `recommendation 5`, `recommendations 2, 7 and 9`; of many only how many.
    pub fn ids(&self, which: RowSelection) -> Line {
        self.ids_up_to(12, which)
    }

    /// The same for where nothing else names them.
    pub fn every_id(&self, which: RowSelection) -> Line {
        self.ids_up_to(100, which)
    }

    /// All of them by number, and what is said of them.
    pub fn every(&self, which: RowSelection, one: &str, many: &str) -> Line {
        line![self.every_id(which), words::plural(self.count(which), one, many)]
    }

    fn ids_up_to(&self, most: usize, which: RowSelection) -> Line {
        let ids: BTreeSet<&String> = self.source.ids(which).iter().collect();
        if ids.len() > most {
            return self.recommendations(which);
        }
        let actions = ids.iter().filter(|id| self.source.is_action(id)).count();
        let noun = match (actions, ids.len()) {
            (0, 1) => "recommendation ",
            (0, _) => "recommendations ",
            (1, 1) => "action ",
            (actions, all) if actions == all => "actions ",
            _ => "recommendations and actions ",
        };
        line![noun, self.fact(Question::List(which))]
    }

    /// The same with what those are or have done: `recommendations 2 and 7 are overdue`.
    pub fn named(&self, which: RowSelection, one: &str, many: &str) -> Line {
        line![self.ids(which), " ", words::plural(self.count(which), one, many)]
    }

    /// A rule of the plan in a sentence that begins with some words; of several plans each that has one, by its name.
    pub fn rules(&self, kind: RuleKind, begin: &str) -> Line {
        let views = self.source.portfolio.views.iter();
        let has_rule = |view: &&View| match kind {
            RuleKind::Rag => view.plan.policy.rag.is_some(),
            RuleKind::Escalate => view.plan.policy.escalate.is_some(),
            RuleKind::Grace => view.plan.policy.grace_days > 0,
        };
        let rules = views.filter(has_rule).map(|view| {
            let name = view.name.as_ref().map_or_else(String::new, |name| format!("{name}: "));
            let rule = self.fact(Question::Rule(kind, view.name.clone()));
            let end = if rule.shown.ends_with('.') { "" } else { "." };
            line![name, begin, rule, end]
        });
        joined(rules.collect(), " ", " ")
    }

    /// `since 8 May 2003`.
    pub fn since(&self) -> Line {
        line!["since ", self.frame(Frame::Since)]
    }

    pub fn title(&self) -> Line {
        match (self.source.meeting(), self.source.portfolio.single()) {
            (Some(meeting), Some(_)) if meeting.title.is_some() => {
                line![self.frame(Frame::MeetingTitle)]
            }
            (_, Some(_)) => line!["Progress report: ", self.plan(PlanField::Title)],
            (_, None) => line!["Progress report on ", self.plans()],
        }
    }

    pub fn contents(&self) -> Line {
        let single = self.source.portfolio.single();
        let committee = single.and_then(|view| view.plan.committee.as_ref());
        let body = single.and_then(|view| view.plan.body.as_ref());
        let body = body.map_or_else(|| line![], |_| line![", ", self.plan(PlanField::Body)]);
        let of_meeting = match (self.source.span.meeting, committee) {
            (Some(_), Some(_)) => line![
                "Report of the ",
                self.frame(Frame::MeetingDate),
                " meeting of the ",
                self.plan(PlanField::Committee),
                body,
                ". It "
            ],
            (Some(_), None) => {
                line!["Report of the ", self.frame(Frame::MeetingDate), " meeting. It "]
            }
            (None, _) => line!["This report "],
        };
        let what = match single {
            Some(_) => line!["“", self.plan(PlanField::Title), "”"],
            None => line![self.plans()],
        };
        line![of_meeting, "sets out progress against ", what, "."]
    }

    pub fn header(&self) -> Vec<(&'static str, Line)> {
        let date = match self.source.span.meeting {
            Some(_) => self.frame(Frame::MeetingDate),
            None => self.frame(Frame::AsOf),
        };
        let mut header = vec![("Report", line!["–"]), ("Date", line![date])];
        if self.source.portfolio.single().is_some_and(|view| view.plan.by.is_some()) {
            header.push(("By", line![self.plan(PlanField::By)]));
        }
        header
    }

    pub fn summary(&self) -> Section {
        let total = self.count(RowSelection::Total);
        let of_plan = match self.source.portfolio.single() {
            Some(_) => line![" of “", self.plan(PlanField::Title), "”"],
            None => line![" of ", self.plans()],
        };
        let about = line![
            "This report summarises progress against the ",
            self.recommendations(RowSelection::Total),
            of_plan,
            " ",
            self.since(),
            "."
        ];
        let paragraph = if total == 0 {
            line!["There are no recommendations in the plan yet."]
        } else {
            line![about, " ", self.progress_sentence(), " ", self.period_sentence()]
        };
        Section::new("Summary", vec![Block::Paragraph(paragraph)])
    }

    /// `Three are complete, three are in progress and three have not been started.`
    fn progress_sentence(&self) -> Line {
        let kinds = [
            (RowSelection::Complete, "is complete", "are complete"),
            (RowSelection::InProgress, "is in progress", "are in progress"),
            (RowSelection::Unreported, "is ongoing", "are ongoing"),
            (RowSelection::NotStarted, "has not been started", "have not been started"),
            (RowSelection::Superseded, "has been superseded", "have been superseded"),
            (RowSelection::NotPursued, "is not pursued", "are not pursued"),
            (RowSelection::Rejected, "was rejected", "were rejected"),
        ];
        let worth = kinds
            .into_iter()
            .filter(|(which, ..)| *which == RowSelection::Complete || self.count(*which) > 0);
        let clauses = worth.map(|(which, one, many)| self.clause(which, one, many)).collect();
        line![joined(clauses, ", ", " and "), "."].capital()
    }

    /// `One has been completed since then, and none is overdue.`
    fn period_sentence(&self) -> Line {
        let completed =
            self.clause(RowSelection::Completed, "has been completed", "have been completed");
        let extensions = [
            (RowSelection::Extended, "extension has been agreed", "extensions have been agreed"),
            (RowSelection::Requested, "extension is requested", "extensions are requested"),
        ];
        let there = extensions.into_iter().filter(|(which, ..)| self.count(*which) > 0);
        let extended = there.fold(line![], |line, (which, one, many)| {
            line![line, "; ", self.nouns(which, one, many)]
        });
        let overdue = self.nouns(
            RowSelection::Overdue,
            "recommendation is overdue",
            "recommendations are overdue",
        );
        line![completed, " since then", extended, "; ", overdue, "."].capital()
    }

    /// The rest of the report around the plan, as the plan has it: what is neither A nor B.
    pub fn sections(&self) -> Vec<Section> {
        let single = self.source.portfolio.single();
        let sections = single.map_or(&[][..], |view| &view.plan.sections).iter().enumerate();
        let kept = sections.filter(|(_, section)| !is_rewritten(&section.heading));
        kept.map(|(index, _)| {
            let fact = |field| self.fact(Question::Section(index + 1, field));
            Section {
                heading: line![fact(SectionField::Heading)],
                on_new_page: false,
                blocks: vec![Block::Quoted(fact(SectionField::Text))],
            }
        })
        .collect()
    }
}

/// Says whether a section of the published report has a successor in this paper.
fn is_rewritten(heading: &str) -> bool {
    let heading = to_single_line(heading).to_lowercase();
    let words = heading.strip_prefix("a.").or(heading.strip_prefix("b."));
    let words = words.unwrap_or(&heading).trim();
    ["recommendations", "recommendation", "supporting information"].contains(&words)
}

/// Lines as one: `a, b and c`.
pub fn joined(mut lines: Vec<Line>, between: &str, last: &str) -> Line {
    let end = lines.pop().unwrap_or_default();
    let Some(first) = lines.first().cloned() else {
        return end;
    };
    let first = lines.into_iter().skip(1).fold(first, |whole, next| line![whole, between, next]);
    line![first, last, end]
}

impl Section {
    pub fn new(heading: &str, blocks: Vec<Block>) -> Self {
        Self { heading: line![heading], on_new_page: false, blocks }
    }
}
