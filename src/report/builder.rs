//! The head and the summary of the report, and functions that the other parts of the report use.

use std::collections::{BTreeSet, HashSet};

use super::{Section, Source, facts, line, selection::RowSelection, words};
use crate::{
    doc::{Block, Datum, Line},
    model::{Plan, to_single_line},
    output::words::counted,
};

/// A rule from the plan's policy that the report quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintedRule {
    /// The rule that says which recommendations are red, amber or green.
    Rag,
    /// The rule that says which recommendations are escalated to the committee.
    Escalate,
    /// The days of grace, which are the days after a due date during which the item is not yet overdue.
    Grace,
}

impl<'v> Source<'v> {
    /// Returns the plan of the report, if the report has only one plan.
    fn plan(&self) -> Option<&'v Plan> {
        self.portfolio.single().map(|view| &view.plan)
    }

    pub fn as_of(&self) -> Datum {
        facts::date(Some(self.span.as_of.into()))
    }

    /// Returns the last day before the period of the report.
    pub fn begin(&self) -> Datum {
        facts::date(Some(self.span.since.into()))
    }

    /// Returns the number of selected recommendations for use without a noun, such as `nine` or `none`.
    pub fn number(&self, which: RowSelection) -> Datum {
        Datum::new(words::number(self.count(which)))
    }

    /// Returns the number of selected recommendations with a noun, such as `nine recommendations` or `no
    /// recommendations`.
    pub fn recommendations(&self, which: RowSelection) -> Line {
        let count = self.count(which);
        let number = Datum::new(words::number_before_noun(count));
        line![number, words::plural(count, " recommendation{s}")]
    }

    /// Returns the number of plans in the report, such as `three action plans`.
    fn plans(&self) -> Line {
        let count = self.portfolio.views.len();
        line![Datum::new(words::number(count)), words::plural(count, " action plan{s}")]
    }

    /// Returns a clause without a noun, such as `three are complete`: the number of selected recommendations, followed
    /// by `text` in the singular or plural.
    pub fn clause(&self, which: RowSelection, text: &str) -> Line {
        line![self.number(which), " ", words::verb(self.count(which), text)]
    }

    /// Returns a clause with a noun, such as `two extensions were agreed`: the number of selected items, followed by
    /// `text` in the singular or plural.
    pub fn nouns(&self, which: RowSelection, text: &str) -> Line {
        let count = self.count(which);
        line![Datum::new(words::number_before_noun(count)), " ", words::verb(count, text)]
    }

    /// Returns the ids of the selected recommendations, such as `recommendations 2, 7 and 9`. If there are more than
    /// 12, returns only their number.
    pub fn listed(&self, which: RowSelection) -> Line {
        self.ids_up_to(12, which)
    }

    /// Returns the ids of the selected recommendations. If there are more than 100, returns only their number.
    pub fn every_id(&self, which: RowSelection) -> Line {
        self.ids_up_to(100, which)
    }

    /// Returns the ids of the selected recommendations, followed by `text` in the singular or plural.
    pub fn every(&self, which: RowSelection, text: &str) -> Line {
        line![self.every_id(which), words::plural(self.count(which), text)]
    }

    fn ids_up_to(&self, most: usize, which: RowSelection) -> Line {
        let ids: BTreeSet<&String> = self.ids(which).iter().collect();
        if ids.len() > most {
            return self.recommendations(which);
        }
        let actions = ids.iter().filter(|id| self.is_action(id)).count();
        let noun = match (actions, ids.len()) {
            (0, 1) => "recommendation ",
            (0, _) => "recommendations ",
            (1, 1) => "action ",
            (actions, all) if actions == all => "actions ",
            _ => "recommendations and actions ",
        };
        let mut known = HashSet::new();
        let ids = self.ids(which).iter().filter(|id| known.insert(*id)).cloned();
        line![noun, Datum::new(words::list(&ids.collect::<Vec<_>>()))]
    }

    /// Returns a clause such as `recommendations 2 and 7 are overdue`: the ids, followed by `text` in the singular or
    /// plural.
    pub fn named(&self, which: RowSelection, text: &str) -> Line {
        line![self.listed(which), " ", words::plural(self.count(which), text)]
    }

    /// Returns a sentence for each plan that has a rule of this kind. The sentence consists of the text `begin` and the
    /// rule. If there are several plans, the name of the plan comes before this text.
    pub fn rules(&self, kind: PrintedRule, begin: &str) -> Line {
        let rules = self.portfolio.views.iter().filter_map(|view| {
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

    /// Returns the words for the start of the period, such as `since 8 May 2003`.
    pub fn since(&self) -> Line {
        line!["since ", Datum::new(self.begin_in_words())]
    }

    pub fn title(&self) -> Line {
        let title = self.meeting().and_then(|meeting| meeting.title.as_deref());
        match (title, self.plan()) {
            (Some(title), Some(_)) => line![Datum::new(title)],
            (_, Some(plan)) => line!["Progress report: ", Datum::new(&*plan.title)],
            (_, None) => line!["Progress report on ", self.plans()],
        }
    }

    /// Returns the line below the title, such as `Report to the Audit Committee, Northtown Council, 8 June 2021, by the
    /// Director.` If the report covers only some of the recommendations, `part` describes them.
    pub fn byline(&self, part: Option<&str>) -> Line {
        let plan = self.plan();
        let date = match self.span.meeting {
            Some(_) => facts::date(self.span.meeting),
            None => self.as_of(),
        };
        let committee = plan.and_then(|plan| plan.committee.as_deref());
        let begin = match (committee, self.span.meeting) {
            (Some(committee), _) => line!["Report to the ", Datum::new(committee)],
            (None, Some(_)) => line!["Report to the meeting"],
            (None, None) => line!["Report"],
        };
        let more = |before: &str, words: Option<&str>| {
            words.map_or_else(|| line![], |words| line![before, Datum::new(words)])
        };
        let body = more(", ", plan.and_then(|plan| plan.body.as_deref()));
        let by = more(", by ", plan.and_then(|plan| plan.by.as_deref()));
        let line = line![begin, body, ", ", date, by, "."];
        match part {
            None => line,
            Some(part) => {
                let only = " It covers only some of the recommendations: ";
                line![line, only, Datum::new(part), "."]
            }
        }
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

    /// Returns a sentence such as `Three are complete, three are in progress and three have not been started.`
    fn progress_sentence(&self) -> Line {
        let kinds = [
            (RowSelection::Complete, "{is|are} complete"),
            (RowSelection::InProgress, "{is|are} in progress"),
            (RowSelection::Unreported, "{is|are} ongoing"),
            (RowSelection::NotStarted, "{has|have} not been started"),
            (RowSelection::Superseded, "{has|have} been superseded"),
            (RowSelection::NotPursued, "{is|are} not being pursued"),
            (RowSelection::Rejected, "{was|were} not accepted"),
        ];
        let is_worth = |which| which == RowSelection::Complete || self.count(which) > 0;
        let worth = kinds.into_iter().filter(|(which, _)| is_worth(*which));
        let clauses = worth.map(|(which, text)| self.clause(which, text)).collect();
        line![joined(clauses, ", ", " and "), "."].capital()
    }

    /// Returns a sentence such as `One has been completed since then; two recommendations are overdue.`
    fn period_sentence(&self) -> Line {
        let completed =
            self.clause(RowSelection::Completed, "{has|have} been completed since then");
        let later = [
            (RowSelection::Extended, "due date{s} {has|have} been extended"),
            (RowSelection::Requested, "extension{s} {has|have} been requested"),
            (RowSelection::Overdue, "recommendation{s} {is|are} overdue"),
        ];
        let is_worth = |which| which == RowSelection::Overdue || self.count(which) > 0;
        let worth = later.into_iter().filter(|(which, _)| is_worth(*which));
        let whole =
            worth.fold(completed, |line, (which, text)| line![line, "; ", self.nouns(which, text)]);
        line![whole, "."].capital()
    }

    /// Returns the sections of the report whose text comes from the plan file.
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

/// Checks whether the report writes its own section under this heading, instead of the section in the plan file.
fn is_rewritten(heading: &str) -> bool {
    let heading = to_single_line(heading).to_lowercase();
    let words = heading.strip_prefix("a.").or(heading.strip_prefix("b."));
    let words = words.unwrap_or(&heading).trim();
    ["recommendations", "recommendation", "supporting information"].contains(&words)
}

/// Joins lines into one line, such as `a, b and c`. `last` separates the last line from the others, and `between`
/// separates all other lines.
pub fn joined(mut lines: Vec<Line>, between: &str, last: &str) -> Line {
    let end = lines.pop().unwrap_or_default();
    let Some(first) = lines.first().cloned() else { return end };
    let first = lines.into_iter().skip(1).fold(first, |whole, next| line![whole, between, next]);
    line![first, last, end]
}

impl Section {
    pub fn new(heading: &str, blocks: Vec<Block>) -> Self {
        Self { heading: line![heading], on_new_page: false, blocks }
    }
}
