//! From the text of a plan file to a [`Plan`], with every fault gathered in one reading.

use super::{
    document::{Document, Table},
    fault::{Elsewhere, Fault},
    fields::{Fields, Tables},
    parts::{self, Part},
    syntax,
};
use crate::model::{
    Action, Area, Day, Finding, Level, Meeting, Plan, Policy, ProgressEntry, Recommendation,
    Response, Revision, Rule, Section, Text, Timescale, Verification, Version, Word,
    rules::{self, Watch},
};
use crate::parallel::in_parallel;

/// Decodes the text of a plan file.
///
/// # Errors
/// Every fault of the text, in the order in which they stand there: TOML's, the format's, and the
/// rules'. Never an empty list.
pub fn decode(source: &str) -> Result<Plan<'_>, Vec<Fault>> {
    let (head, recommendations) = survey(source, |_| Vec::new(), Vec::push, Vec::extend)?;
    Ok(Plan {
        recommendations,
        ..head
    })
}

/// The same, with where each recommendation begins: nowhere, where they do not stand together at the end
/// of the file, each under the usual header.
///
/// # Errors
/// As for [`decode`].
pub fn decode_with_starts(source: &str) -> Result<(Plan<'_>, Vec<usize>), Vec<Fault>> {
    let look = |seen: &mut Vec<_>, table: &Table<'_>, of| seen.push((of, table.span.start()));
    let parts = survey_parts(
        source,
        run_length(source),
        |_| Vec::new(),
        look,
        Vec::extend,
    );
    let Some((head, seen)) = parts else {
        return Ok((decode_with_document(source)?.0, Vec::new()));
    };
    let (recommendations, starts) = seen.into_iter().unzip();
    let plan = Plan {
        recommendations,
        ..head
    };
    Ok((plan, starts))
}

/// Decodes the one recommendation of a part, with what is the user's own in it. `None` where it is not
/// just that, and sound by itself; whether it fits its plan is not looked at.
pub fn decode_recommendation<'s>(
    source: &'s str,
    part: Part<'s>,
) -> Option<(Recommendation<'s>, Vec<String>)> {
    let mut seen = Vec::new();
    let sound = survey_run(source, part, |table, of| {
        seen.push((of, Document::extras_of(table)));
    });
    let only = seen.pop().filter(|_| sound)?;
    seen.is_empty().then_some(only)
}

/// Decodes a plan recommendation by recommendation, in order, while its text is parsed: each is looked
/// at and let go, so that nothing of it need stay in memory. `start` sees the plan without them. Of a
/// long text, parts are looked at side by side, and `join` adds to what was seen what was seen after it.
///
/// # Errors
/// As for [`decode`].
pub fn survey<'s, A: Send>(
    source: &'s str,
    start: impl Fn(&Plan<'s>) -> A + Sync,
    look: impl Fn(&mut A, Recommendation<'s>) + Sync,
    join: impl Fn(&mut A, A),
) -> Result<(Plan<'s>, A), Vec<Fault>> {
    let each = |seen: &mut A, _: &Table<'s>, of| look(seen, of);
    if let Some(surveyed) = survey_parts(source, run_length(source), &start, each, join) {
        return Ok(surveyed);
    }
    let (mut plan, _) = decode_with_document(source)?;
    let recommendations = std::mem::take(&mut plan.recommendations);
    let mut seen = start(&plan);
    for of in recommendations {
        look(&mut seen, of);
    }
    Ok((plan, seen))
}

/// The list whose elements are let go.
pub const LIST: &str = "recommendation";

/// So long is a run at least: as much as is worth a thread, and no more of them than keep some processors
/// busy to the end, because each counts for itself.
fn run_length(source: &str) -> usize {
    const WORTH_A_THREAD: usize = 256 * 1024;
    const MOST_RUNS: usize = 16;
    WORTH_A_THREAD.max(source.len() / MOST_RUNS)
}

/// The plan without its recommendations, and what was seen in all runs of them. `None` where anything is wrong, which takes the places of everything to tell, or where the recommendations
/// do not stand together at the end of the file under the usual header.
fn survey_parts<'s, A: Send>(
    source: &'s str,
    least: usize,
    start: impl Fn(&Plan<'s>) -> A + Sync,
    look: impl Fn(&mut A, &Table<'s>, Recommendation<'s>) + Sync,
    join: impl Fn(&mut A, A),
) -> Option<(Plan<'s>, A)> {
    if source.contains(CONFLICT_BEGINS) {
        return None;
    }
    let parts = parts::cut(source, least)?;
    let mut decoder = Decoder {
        source,
        faults: Vec::new(),
    };
    let document = syntax::parse(parts.head.text, &mut decoder.faults);
    let head = decoder.plan(&document.root);
    if !decoder.faults.is_empty() || document.root.get(LIST).is_some() {
        return None;
    }
    let runs = in_parallel(parts.runs, |run| {
        let mut watch = Watch::over(&head);
        let mut seen = start(&head);
        survey_run(source, run, |table, of| {
            watch.see(&of);
            look(&mut seen, table, of);
        })
        .then_some((watch, seen))
    });
    let runs: Option<Vec<_>> = runs.into_iter().collect();
    let all = runs?.into_iter().reduce(|mut all, (watch, seen)| {
        all.0.join(watch);
        join(&mut all.1, seen);
        all
    });
    let (watch, seen) = all?;
    watch.ends_sound().then_some((head, seen))
}

/// Decodes the recommendations of one run. False where one is in fault, or anything else is there.
fn survey_run<'s>(
    source: &'s str,
    run: Part<'s>,
    mut look: impl FnMut(&Table<'s>, Recommendation<'s>),
) -> bool {
    let mut decoder = Decoder {
        source,
        faults: Vec::new(),
    };
    let mut whole = |table: Table<'s>| {
        if let Some(of) = decoder.recommendation(&table) {
            look(&table, of);
        }
    };
    let mut faults = Vec::new();
    let document = syntax::parse_giving_away(run, LIST, &mut whole, &mut faults);
    let [only] = document.root.entries.as_slice() else {
        return false;
    };
    only.key.name == LIST && faults.is_empty() && decoder.faults.is_empty()
}

/// The same, with the places of everything, for edits and findings.
///
/// # Errors
/// As for [`decode`].
pub fn decode_with_document(source: &str) -> Result<(Plan<'_>, Document<'_>), Vec<Fault>> {
    let conflicts = conflict_markers(source);
    if !conflicts.is_empty() {
        return Err(conflicts);
    }
    let mut faults = Vec::new();
    let document = syntax::parse(source, &mut faults);
    let broken = faults.iter().any(|fault| fault.rule == Rule::Syntax);
    let mut decoder = Decoder { source, faults };
    let plan = decoder.plan(&document.root);
    let mut faults = decoder.faults;
    for finding in rules::broken(&plan) {
        faults.push(located(finding, &document, &Document::default()));
    }
    if broken {
        faults.retain(|fault| !follows_from_broken_syntax(fault.rule));
    }
    if faults.is_empty() {
        return Ok((plan, document));
    }
    Err(in_order(faults))
}

/// Faults as a reader meets them. Of two on the same piece of text one is enough: of a date the later,
/// which knows what the date was meant for; of text that is no value the earlier.
fn in_order(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by_key(|fault| fault.span.start());
    faults.dedup_by(|later, earlier| {
        let same =
            later.span == earlier.span && matches!(earlier.rule, Rule::BadDate | Rule::Syntax);
        if same && earlier.rule == Rule::BadDate {
            std::mem::swap(later, earlier);
        }
        same
    });
    faults
}

/// Whether what is missed may stand in the part of the file that could not be parsed.
fn follows_from_broken_syntax(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::MissingKey | Rule::UnknownArea | Rule::EmptyText | Rule::RejectedWithoutReason
    )
}

/// A finding at the bytes of its place; places of an earlier version are sought in `earlier`.
pub fn located(finding: Finding, document: &Document<'_>, earlier: &Document<'_>) -> Fault {
    let span = document.locate(&finding.place);
    let mut fault = Fault::new(finding.rule, span, finding.title).label(finding.label);
    fault.help = finding.help;
    let related = finding.related.into_iter();
    fault.related = related
        .map(|related| {
            let document = match related.version {
                Version::Present => document,
                Version::Earlier => earlier,
            };
            Elsewhere {
                span: document.locate(&related.place),
                label: related.label,
                version: related.version,
            }
        })
        .collect();
    fault
}

const CONFLICT_BEGINS: &str = "<<<<<<< ";

/// The marks that git leaves where it could not merge, one fault for each conflict. They count
/// inside multi-line text too, where TOML would take them for words.
fn conflict_markers(source: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut offset = 0;
    let mut opened = None;
    for line in source.split_inclusive('\n') {
        let span = |length| toml_parser::Span::new_unchecked(offset, offset + length);
        if line.starts_with(CONFLICT_BEGINS) {
            opened = Some(span(7));
        } else if line.starts_with(">>>>>>> ")
            && let Some(start) = opened.take()
        {
            faults.push(
                Fault::new(
                    Rule::ConflictMarker,
                    start,
                    "git could not merge this part of the plan",
                )
                .label("the conflict begins here")
                .related(span(7), "and ends here")
                .help("keep what is right of both sides and delete the three marker lines"),
            );
        }
        offset += line.len();
    }
    faults
}

struct Decoder<'s> {
    source: &'s str,
    faults: Vec<Fault>,
}

impl<'s> Decoder<'s> {
    fn fields<'d>(&self, table: &'d Table<'s>, name: &'static str) -> Fields<'d, 's> {
        Fields::of(self.source, table, name)
    }

    fn plan(&mut self, root: &Table<'s>) -> Plan<'s> {
        let mut top = self.fields(root, "the plan file");
        let faults = &mut self.faults;
        let plan = top.table("plan", faults);
        if root.get("plan").is_none() {
            faults.push(no_plan());
        }
        let policy = top.table("policy", faults);
        let areas = top.tables("area", faults);
        let meetings = top.tables("meeting", faults);
        let recommendations = top.tables("recommendation", faults);
        top.finish(faults);

        let identity = Table::default();
        let mut plan = match plan {
            Some(table) => self.identity(table),
            None => {
                // The missing table is one fault; its missing keys are no more.
                let known = self.faults.len();
                let plan = self.identity(&identity);
                self.faults.truncate(known);
                plan
            }
        };
        plan.policy = policy.map_or_else(Policy::default, |table| self.policy(table));
        plan.areas = self.list(areas, Self::area);
        plan.meetings = self.list(meetings, Self::meeting);
        plan.recommendations = self.list(recommendations, Self::recommendation);
        plan
    }

    /// Reads every element. Of one that could not be read, or is no table, the fault is noted and
    /// nothing stands for it, so a list with such a fault comes back empty: its positions would
    /// no longer be those of the file.
    fn list<'d, T>(
        &mut self,
        tables: Tables<'d, 's>,
        read: impl Fn(&mut Self, &'d Table<'s>) -> Option<T>,
    ) -> Vec<T>
    where
        's: 'd,
    {
        let mut list = Vec::with_capacity(tables.len());
        for index in 0..tables.len() {
            list.extend(tables.get(index).and_then(|table| read(self, table)));
        }
        if list.len() < tables.len() {
            list.clear();
        }
        list
    }

    fn identity(&mut self, table: &Table<'s>) -> Plan<'s> {
        let mut fields = self.fields(table, "`[plan]`");
        let faults = &mut self.faults;
        let plan = Plan {
            title: fields.required_text("title", "\"…\"", faults),
            body: fields.text("body", faults),
            committee: fields.text("committee", faults),
            report: fields.text("report", faults),
            date: fields.day("date", faults).unwrap_or_default(),
            by: fields.text("by", faults),
            author: fields.text("author", faults),
            summary: fields.text("summary", faults),
            sections: Vec::new(),
            policy: Policy::default(),
            areas: Vec::new(),
            meetings: Vec::new(),
            recommendations: Vec::new(),
        };
        let sections = fields.tables("section", faults);
        fields.finish(faults);
        let sections = self.list(sections, Self::section);
        Plan { sections, ..plan }
    }

    fn section(&mut self, table: &Table<'s>) -> Option<Section<'s>> {
        let mut fields = self.fields(table, "`[[plan.section]]`");
        let faults = &mut self.faults;
        let section = Section {
            heading: fields.required_text("heading", "\"…\"", faults),
            text: fields.required_text("text", "\"…\"", faults),
        };
        fields.finish(faults);
        Some(section)
    }

    fn policy(&mut self, table: &Table<'s>) -> Policy<'s> {
        const MOST_DAYS: u32 = 3660;
        const MOST_EXTENSIONS: u32 = 1000;
        let usual = Policy::default();
        let mut fields = self.fields(table, "`[policy]`");
        let faults = &mut self.faults;
        let due_soon_days = fields.number("due_soon_days", 0..=MOST_DAYS, faults);
        let grace_days = fields.number("grace_days", 0..=MOST_DAYS, faults);
        let serial_extensions = fields.number("serial_extensions", 1..=MOST_EXTENSIONS, faults);
        let policy = Policy {
            due_soon_days: due_soon_days.unwrap_or(usual.due_soon_days),
            priorities: fields
                .texts("priorities", faults)
                .unwrap_or(usual.priorities),
            completion_needs_evidence: fields
                .truth("completion_needs_evidence", faults)
                .unwrap_or(usual.completion_needs_evidence),
            future_entries: fields
                .truth("future_entries", faults)
                .unwrap_or(usual.future_entries),
            closure_needs_verification: fields
                .truth("closure_needs_verification", faults)
                .unwrap_or(usual.closure_needs_verification),
            fail_on: fields.text("fail_on", faults),
            grace_days: grace_days.unwrap_or(usual.grace_days),
            serial_extensions: serial_extensions.unwrap_or(usual.serial_extensions),
            lints: Vec::new(),
        };
        let lints = fields.table("lints", faults);
        fields.finish(faults);
        Policy {
            lints: lints.map_or_else(Vec::new, |table| self.levels(table)),
            ..policy
        }
    }

    /// The levels of `[policy.lints]`, by the names of the rules that may be set.
    fn levels(&mut self, table: &Table<'s>) -> Vec<(Rule, Level)> {
        let mut fields = self.fields(table, "`[policy.lints]`");
        let faults = &mut self.faults;
        let mut levels = Vec::new();
        for rule in Rule::ALL {
            let name = rule.word();
            if rule.can_be_set() {
                levels.extend(
                    fields
                        .word_of("level", name, faults)
                        .map(|level| (*rule, level)),
                );
            } else {
                fields.refuse(
                    name,
                    "it is not a lint: its level is always the same",
                    faults,
                );
            }
        }
        fields.finish(faults);
        levels
    }

    fn area(&mut self, table: &Table<'s>) -> Option<Area<'s>> {
        let mut fields = self.fields(table, "`[[area]]`");
        let faults = &mut self.faults;
        let area = Area {
            id: fields.required_text("id", "\"short-name\"", faults),
            title: fields.required_text("title", "\"…\"", faults),
        };
        fields.finish(faults);
        Some(area)
    }

    fn meeting(&mut self, table: &Table<'s>) -> Option<Meeting<'s>> {
        let mut fields = self.fields(table, "`[[meeting]]`");
        let faults = &mut self.faults;
        let date = fields.required_period("date", faults);
        let title = fields.text("title", faults);
        fields.finish(faults);
        Some(Meeting { date: date?, title })
    }

    fn recommendation(&mut self, table: &Table<'s>) -> Option<Recommendation<'s>> {
        let mut fields = self.fields(table, "`[[recommendation]]`");
        let faults = &mut self.faults;
        let recommendation = Recommendation {
            id: fields.id("\"5\"", faults),
            area: fields.text("area", faults),
            priority: fields.text("priority", faults),
            text: fields.required_text("text", "\"…\"", faults),
            response: fields
                .word("response", faults)
                .unwrap_or(Response::Accepted),
            response_text: fields.text("response_text", faults),
            timescale: read_or_placeholder(&mut fields, table, faults),
            review: fields.optional_period("review", faults),
            revisions: Vec::new(),
            verification: Vec::new(),
            actions: Vec::new(),
        };
        let revisions = fields.tables("revisions", faults);
        let verification = fields.tables("verification", faults);
        let actions = fields.tables("action", faults);
        fields.finish(faults);
        Some(Recommendation {
            revisions: self.list(revisions, Self::revision),
            verification: self.list(verification, Self::verification),
            actions: self.list(actions, Self::action),
            ..recommendation
        })
    }

    fn action(&mut self, table: &Table<'s>) -> Option<Action<'s>> {
        let mut fields = self.fields(table, "`[[recommendation.action]]`");
        let faults = &mut self.faults;
        let action = Action {
            id: fields.id("\"5.1\"", faults),
            owner: fields.text("owner", faults),
            text: fields.required_text("text", "\"…\"", faults),
            timescale: read_or_placeholder(&mut fields, table, faults),
            revisions: Vec::new(),
            progress: Vec::new(),
        };
        let revisions = fields.tables("revisions", faults);
        let progress = fields.tables("progress", faults);
        fields.finish(faults);
        Some(Action {
            revisions: self.list(revisions, Self::revision),
            progress: self.list(progress, Self::progress),
            ..action
        })
    }

    fn progress(&mut self, table: &Table<'s>) -> Option<ProgressEntry<'s>> {
        let mut fields = self.fields(table, "a `progress` entry");
        let faults = &mut self.faults;
        let on: Option<Day> = fields.day("on", faults);
        let status = fields.required_word("status", faults);
        let by = fields.text("by", faults);
        let note = fields.text("note", faults);
        let evidence = fields.texts("evidence", faults).unwrap_or_default();
        fields.finish(faults);
        Some(ProgressEntry {
            on: on?,
            status: status?,
            by,
            note,
            evidence,
        })
    }

    fn revision(&mut self, table: &Table<'s>) -> Option<Revision<'s>> {
        let mut fields = self.fields(table, "a `revisions` entry");
        let faults = &mut self.faults;
        let on = fields.day("on", faults);
        let to = fields.required_timescale("to", faults);
        let reason = fields.text("reason", faults);
        let by = fields.text("by", faults);
        fields.finish(faults);
        Some(Revision {
            on: on?,
            to: to?,
            reason,
            by,
        })
    }

    fn verification(&mut self, table: &Table<'s>) -> Option<Verification<'s>> {
        let mut fields = self.fields(table, "a `verification` entry");
        let faults = &mut self.faults;
        let on = fields.day("on", faults);
        let by: Text<'s> = fields.required_text("by", "\"…\"", faults);
        let result = fields.required_word("result", faults);
        let note = fields.text("note", faults);
        let evidence = fields.texts("evidence", faults).unwrap_or_default();
        fields.finish(faults);
        Some(Verification {
            on: on?,
            by,
            result: result?,
            note,
            evidence,
        })
    }
}

/// A timescale that could not be read is faulted once; it is not missing as well.
fn read_or_placeholder<'s>(
    fields: &mut Fields<'_, 's>,
    table: &Table<'s>,
    faults: &mut Vec<Fault>,
) -> Option<Timescale<'s>> {
    let written = table.get("timescale").is_some();
    fields
        .timescale("timescale", faults)
        .or_else(|| written.then(Timescale::unreadable))
}

fn no_plan() -> Fault {
    Fault::new(
        Rule::MissingKey,
        toml_parser::Span::new_unchecked(0, 0),
        "the file has no `[plan]` table",
    )
    .label("a plan begins with it")
    .help("begin with `[plan]`, `title = \"…\"` and `date = 2003-05-08`, the day it was published")
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
