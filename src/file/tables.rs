//! From the tables of a tree to the plan's types: a line a key, every fault noted.

mod policy;

use super::{
    fields::{Fields, table_at},
    tree::{TableAt, Tree},
};
use crate::{
    checks::Finding,
    model::{
        Action, Amendment, Area, Day, Decision, Extra, Level, Meeting, Plan, Policy, ProgressEntry,
        Recommendation, Response, Revision, Rule, Section, Timescale, Verification, Word,
    },
};

const MOST_DAYS: u32 = 3660;
const MOST_EXTENSIONS: u32 = 1000;

/// Reads the tables of one tree and gathers their faults.
pub struct Tables<'d, 's> {
    tree: &'d Tree<'s>,
    pub faults: Vec<Finding>,
    /// The plan's date, which stands in the head of the file.
    pub published: Option<Day>,
}

impl<'d, 's> Tables<'d, 's> {
    pub fn new(tree: &'d Tree<'s>, published: Option<Day>) -> Self {
        Self { tree, faults: Vec::new(), published }
    }

    fn fields(&mut self, table: TableAt<'d, 's>, name: &'static str) -> Fields<'d, 's, '_> {
        Fields::new(self.tree, table, name, &mut self.faults)
    }

    /// The plan that this tree holds, or the part of it.
    pub fn plan(&mut self) -> Plan {
        let top = TableAt { keys: &self.tree.root, span: 0..0 };
        let mut fields = self.fields(top, "the plan file");
        let identity = fields.table("plan");
        let is_there = fields.has("plan");
        let policy = fields.table("policy");
        let areas = fields.tables("area");
        let meetings = fields.tables("meeting");
        let recommendations = fields.tables("recommendation");
        fields.finish();
        let plan = match identity {
            Some(table) => self.identity(table),
            None => Plan::default(),
        };
        if !is_there {
            self.faults.push(no_plan());
        }
        let recommendations = self.list(recommendations, Self::recommendation);
        Plan {
            policy: policy.map_or_else(Policy::default, |table| self.policy(table)),
            areas: self.list(areas, Self::area),
            meetings: self.list(meetings, Self::meeting),
            recommendations: recommendations.into_iter().map(Into::into).collect(),
            ..plan
        }
    }

    /// The first recommendation of the tree.
    pub fn first_recommendation(&mut self) -> Option<Recommendation> {
        let table = table_at(self.tree.first_recommendation()?)?;
        self.recommendation(table)
    }

    /// Reads every element. Where one could not be read the list comes back empty, because its positions
    /// would no longer be those of the file; the fault is noted.
    fn list<T>(
        &mut self,
        tables: Vec<Option<TableAt<'d, 's>>>,
        read: impl Fn(&mut Self, TableAt<'d, 's>) -> Option<T>,
    ) -> Vec<T> {
        let read: Vec<Option<T>> =
            tables.into_iter().map(|table| table.and_then(|table| read(self, table))).collect();
        read.into_iter().collect::<Option<Vec<T>>>().unwrap_or_default()
    }

    fn identity(&mut self, table: TableAt<'d, 's>) -> Plan {
        let mut fields = self.fields(table, "`[plan]`");
        fields.format();
        let date = fields.day("date");
        let plan = Plan {
            title: fields.required_text("title", "\"…\""),
            body: fields.text("body"),
            committee: fields.text("committee"),
            report: fields.text("report"),
            date: date.unwrap_or_default(),
            by: fields.text("by"),
            author: fields.text("author"),
            summary: fields.text("summary"),
            sections: Vec::new(),
            policy: Policy::default(),
            areas: Vec::new(),
            meetings: Vec::new(),
            recommendations: Vec::new(),
            extra: Extra::new(),
        };
        let sections = fields.tables("section");
        let extra = fields.finish();
        self.published = date;
        Plan { sections: self.list(sections, Self::section), extra, ..plan }
    }

    fn section(&mut self, table: TableAt<'d, 's>) -> Option<Section> {
        let mut fields = self.fields(table, "`[[plan.section]]`");
        let section = Section {
            heading: fields.required_text("heading", "\"…\""),
            text: fields.required_text("text", "\"…\""),
        };
        fields.finish();
        Some(section)
    }

    fn policy(&mut self, table: TableAt<'d, 's>) -> Policy {
        let usual = Policy::default();
        let mut fields = self.fields(table, "`[policy]`");
        let due_soon_days = fields.number("due_soon_days", 0..=MOST_DAYS);
        let grace_days = fields.number("grace_days", 0..=MOST_DAYS);
        let serial_extensions = fields.number("serial_extensions", 1..=MOST_EXTENSIONS);
        let policy = Policy {
            due_soon_days: due_soon_days.unwrap_or(usual.due_soon_days),
            priorities: fields.texts("priorities").unwrap_or(usual.priorities),
            completion_needs_evidence: fields
                .truth("completion_needs_evidence")
                .unwrap_or(usual.completion_needs_evidence),
            future_entries: fields.truth("future_entries").unwrap_or(usual.future_entries),
            closure_needs_verification: fields
                .truth("closure_needs_verification")
                .unwrap_or(usual.closure_needs_verification),
            fail_on: fields.text("fail_on"),
            grace_days: grace_days.unwrap_or(usual.grace_days),
            serial_extensions: serial_extensions.unwrap_or(usual.serial_extensions),
            extensions_need_decision: fields
                .truth("extensions_need_decision")
                .unwrap_or(usual.extensions_need_decision),
            escalate: None,
            rag: None,
            lints: Vec::new(),
        };
        let lints = fields.table("lints");
        let escalate = fields.table("escalate");
        let rag = fields.table("rag");
        fields.finish();
        Policy {
            escalate: escalate.map(|table| self.escalation(table)),
            rag: rag.map(|table| self.rag(table)),
            lints: lints.map_or_else(Vec::new, |table| self.levels(table)),
            ..policy
        }
    }

    /// The levels of `[policy.lints]`, by the names of the rules that may be set.
    fn levels(&mut self, table: TableAt<'d, 's>) -> Vec<(Rule, Level)> {
        let mut fields = self.fields(table, "`[policy.lints]`");
        let mut levels = Vec::new();
        for rule in Rule::ALL {
            let name = rule.word();
            if rule.can_be_set() {
                levels.extend(fields.word_of("level", name).map(|level| (*rule, level)));
            } else {
                fields.refuse(name, "it is not a lint: its level is always the same");
            }
        }
        fields.finish();
        levels
    }

    fn area(&mut self, table: TableAt<'d, 's>) -> Option<Area> {
        let mut fields = self.fields(table, "`[[area]]`");
        let area = Area {
            id: fields.required_text("id", "\"short-name\""),
            title: fields.required_text("title", "\"…\""),
        };
        fields.finish();
        Some(area)
    }

    fn meeting(&mut self, table: TableAt<'d, 's>) -> Option<Meeting> {
        let mut fields = self.fields(table, "`[[meeting]]`");
        let date = fields.required_period("date");
        let title = fields.text("title");
        fields.finish();
        Some(Meeting { date: date?, title })
    }

    fn recommendation(&mut self, table: TableAt<'d, 's>) -> Option<Recommendation> {
        let published = self.published;
        let mut fields = self.fields(table, "`[[recommendation]]`");
        let id = fields.id("\"5\"");
        let date = fields.optional_day("date");
        let made = date.max(published);
        let recommendation = Recommendation {
            id,
            date,
            title: fields.text("title"),
            area: fields.text("area"),
            priority: fields.text("priority"),
            owner: fields.names("owner"),
            text: fields.required_text("text", "\"…\""),
            response: fields.word("response").unwrap_or(Response::Accepted),
            response_on: fields.optional_day("response_on"),
            response_text: fields.text("response_text"),
            timescale: read_or_placeholder(&mut fields, made),
            review: fields.optional_period("review"),
            revisions: Vec::new(),
            progress: Vec::new(),
            verification: Vec::new(),
            amendments: Vec::new(),
            actions: Vec::new(),
            extra: Extra::new(),
        };
        let revisions = fields.tables("revisions");
        let progress = fields.tables("progress");
        let verification = fields.tables("verification");
        let amendments = fields.tables("amendments");
        let actions = fields.tables("action");
        let extra = fields.finish();
        // Lengths of time in its actions count from the day it was made.
        self.published = made;
        let actions = self.list(actions, Self::action);
        self.published = published;
        Some(Recommendation {
            revisions: self.list(revisions, Self::revision),
            progress: self.list(progress, Self::progress),
            verification: self.list(verification, Self::verification),
            amendments: self.list(amendments, Self::amendment),
            actions,
            extra,
            ..recommendation
        })
    }

    fn action(&mut self, table: TableAt<'d, 's>) -> Option<Action> {
        let published = self.published;
        let mut fields = self.fields(table, "`[[recommendation.action]]`");
        let action = Action {
            id: fields.id("\"5.1\""),
            owner: fields.names("owner"),
            text: fields.required_text("text", "\"…\""),
            timescale: read_or_placeholder(&mut fields, published),
            revisions: Vec::new(),
            progress: Vec::new(),
            amendments: Vec::new(),
            extra: Extra::new(),
        };
        let revisions = fields.tables("revisions");
        let progress = fields.tables("progress");
        let amendments = fields.tables("amendments");
        let extra = fields.finish();
        Some(Action {
            revisions: self.list(revisions, Self::revision),
            progress: self.list(progress, Self::progress),
            amendments: self.list(amendments, Self::amendment),
            extra,
            ..action
        })
    }

    fn progress(&mut self, table: TableAt<'d, 's>) -> Option<ProgressEntry> {
        let mut fields = self.fields(table, "a `progress` entry");
        let on = fields.day("on");
        let status = fields.required_word("status");
        let outlook = fields.word("outlook");
        let by = fields.text("by");
        let note = fields.text("note");
        let evidence = fields.texts("evidence").unwrap_or_default();
        fields.finish();
        Some(ProgressEntry { on: on?, status: status?, outlook, by, note, evidence })
    }

    fn revision(&mut self, table: TableAt<'d, 's>) -> Option<Revision> {
        let mut fields = self.fields(table, "a `revisions` entry");
        let on = fields.day("on");
        let to = fields.required_timescale("to", on);
        let reason = fields.text("reason");
        let decision: Option<Decision> = fields.word("decision");
        let by = match decision.is_some_and(Decision::is_answer) {
            true => Some(fields.required_text("by", "\"…\"")),
            false => fields.text("by"),
        };
        fields.finish();
        Some(Revision { on: on?, to: to?, reason, by, decision })
    }

    fn verification(&mut self, table: TableAt<'d, 's>) -> Option<Verification> {
        let mut fields = self.fields(table, "a `verification` entry");
        let on = fields.day("on");
        let by = fields.required_text("by", "\"…\"");
        let result = fields.required_word("result");
        let note = fields.text("note");
        let evidence = fields.texts("evidence").unwrap_or_default();
        fields.finish();
        Some(Verification { on: on?, by, result: result?, note, evidence })
    }

    fn amendment(&mut self, table: TableAt<'d, 's>) -> Option<Amendment> {
        let mut fields = self.fields(table, "an `amendments` entry");
        let on = fields.day("on");
        let key = fields.required_word("key");
        let was = fields.text("was");
        let reason = fields.required_text("reason", "\"…\"");
        let by = fields.text("by");
        fields.finish();
        Some(Amendment { on: on?, key: key?, was, reason, by })
    }
}

/// A timescale that could not be read is faulted once; it is not missing as well.
fn read_or_placeholder(
    fields: &mut Fields<'_, '_, '_>,
    published: Option<Day>,
) -> Option<Timescale> {
    let is_written = fields.has("timescale");
    let timescale = fields.timescale("timescale", published);
    timescale.or_else(|| is_written.then(Timescale::unreadable))
}

fn no_plan() -> Finding {
    Finding::new(Rule::MissingKey, 0..0, "the file has no `[plan]` table")
        .label("a plan begins with it")
        .help("begin with `[plan]`, `title = \"…\"` and `date = 2003-05-08`, the day it was published")
}
