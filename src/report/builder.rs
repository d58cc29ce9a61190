//! The frame and the summary of the report, and the helpers that all its parts share.

use std::collections::{BTreeSet, HashSet};

use super::{Section, Source, facts, line, selection::RowSelection, words};
use crate::{
    doc::{Block, Datum, Line},
    model::{Plan, to_single_line},
    output::words::counted,
};

/// Who writes: a source of answers, and the words for them.
pub struct ReportBuilder<'s, 'v> {
    pub source: &'s Source<'v>,
}

/// A rule of a plan that a report prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintedRule {
    /// The meaning of red, amber and green.
    Rag,
    /// The escalated recommendations.
    Escalate,
    /// How many days past its date work is not overdue yet.
    Grace,
}

impl<'v> ReportBuilder<'_, 'v> {
    /// The plan, where there is only one.
    fn plan(&self) -> Option<&'v Plan> {
        self.source.portfolio.single().map(|view| &view.plan)
    }

    pub fn as_of(&self) -> Datum {
        facts::date(Some(self.source.span.as_of.into()))
    }

    /// The last day before the period.
    pub fn begin(&self) -> Datum {
        facts::date(Some(self.source.span.since.into()))
    }

    pub fn next_meeting(&self) -> Datum {
        facts::date(self.source.next_meeting())
    }

    fn meeting_date(&self) -> Datum {
        facts::date(self.source.span.meeting)
    }

    pub fn count(&self, which: RowSelection) -> usize {
        self.source.count(which)
    }

    /// `nine`, `none`: a number in words that stands by itself.
    pub fn number(&self, which: RowSelection) -> Datum {
        let shown = words::number(self.count(which));
        Datum::new(shown)
    }

    /// `nine recommendations`, `one recommendation`, `no recommendations`.
    pub fn recommendations(&self, which: RowSelection) -> Line {
        let count = self.count(which);
        let shown = words::number_before_noun(count);
        let fact = Datum::new(shown);
        line![fact, words::plural(count, " recommendation", " recommendations")]
    }

    /// `three action plans`
    fn plans(&self) -> Line {
        let count = self.source.portfolio.views.len();
        let fact = Datum::new(words::number(count));
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
        let fact = Datum::new(shown);
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
        let mut known = HashSet::new();
        let ids = self.source.ids(which).iter().filter(|id| known.insert(*id)).cloned();
        line![noun, Datum::new(words::list(&ids.collect::<Vec<_>>()))]
    }

    /// The same with what those are or have done: `recommendations 2 and 7 are overdue`.
    pub fn named(&self, which: RowSelection, one: &str, many: &str) -> Line {
        line![self.ids(which), " ", words::plural(self.count(which), one, many)]
    }

    /// A rule of the plan in a sentence that begins with some words; of several plans each that has one, by its name.
    pub fn rules(&self, kind: PrintedRule, begin: &str) -> Line {
        let rules = self.source.portfolio.views.iter().filter_map(|view| {
            let policy = &view.plan.policy;
            let rule = match kind {
                PrintedRule::Rag => policy.rag.as_ref()?.to_string(),
                PrintedRule::Escalate => policy.escalate.as_ref()?.to_string(),
                PrintedRule::Grace if policy.grace_days == 0 => return None,
                PrintedRule::Grace => counted(i64::from(policy.grace_days), "day", "days"),
            };
            let name = view.name.as_ref().map_or_else(String::new, |name| format!("{name}: "));
            let end = if rule.ends_with('.') { "" } else { "." };
            Some(line![name, begin, Datum::new(rule), end])
        });
        joined(rules.collect(), " ", " ")
    }

    /// `since 8 May 2003`.
    pub fn since(&self) -> Line {
        line!["since ", Datum::new(self.source.since())]
    }

    pub fn title(&self) -> Line {
        let title = self.source.meeting().and_then(|meeting| meeting.title.as_deref());
        match (title, self.plan()) {
            (Some(title), Some(_)) => line![Datum::new(title)],
            (_, Some(plan)) => line!["Progress report: ", Datum::new(&*plan.title)],
            (_, None) => line!["Progress report on ", self.plans()],
        }
    }

    /// `Report to the Audit Committee, Northtown Council, 8 June 2021, by the Director.`
    pub fn contents(&self, part: Option<&str>) -> Line {
        let plan = self.plan();
        let date = match self.source.span.meeting {
            Some(_) => self.meeting_date(),
            None => self.as_of(),
        };
        let committee = plan.and_then(|plan| plan.committee.as_deref());
        let begin = match (committee, self.source.span.meeting) {
            (Some(committee), _) => line!["Report to the ", Datum::new(committee)],
            (None, Some(_)) => line!["Report to the meeting"],
            (None, None) => line!["Report"],
        };
        let more = |before: &str, words: Option<&str>| {
            words.map_or_else(|| line![], |words| line![before, Datum::new(words)])
        };
        let body = more(", ", plan.and_then(|plan| plan.body.as_deref()));
        let by = more(", by ", plan.and_then(|plan| plan.by.as_deref()));
        let part = part.map_or_else(
            || line![],
            |part| line![" It covers only a part of the recommendations: ", Datum::new(part), "."],
        );
        line![begin, body, ", ", date, by, ".", part]
    }

    pub fn summary(&self) -> Section {
        let total = self.count(RowSelection::Total);
        let of_plan = match self.plan() {
            Some(plan) => line![" of “", Datum::new(&*plan.title), "”"],
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
            (RowSelection::Rejected, "was not accepted", "were not accepted"),
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
            (RowSelection::Extended, "due date has been extended", "due dates have been extended"),
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
        let sections = self.plan().map_or(&[][..], |plan| &plan.sections).iter();
        let kept = sections.filter(|section| !is_rewritten(&section.heading));
        kept.map(|section| Section {
            heading: line![Datum::new(&*section.heading)],
            on_new_page: false,
            blocks: vec![Block::Quoted(section.text.clone())],
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
