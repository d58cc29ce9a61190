//! Section B of the report: the counts, the completed and overdue items, the extensions, and the items due next.

mod progress;

use super::{
    Section, Source, builder::PrintedRule, facts, line, selection::RowSelection, timeline, words,
};
use crate::{
    doc::{Block, Line, Table},
    query::{Happened, Timeline},
};

/// Builds section B of the report.
pub fn section(source: &Source<'_>) -> Section {
    let mut writer = Writer { source, number: 0, blocks: Vec::new() };
    if source.count(RowSelection::Total) > 0 {
        writer.under(line!["Current position"], Writer::counts);
        writer.under(line!["Completed ", source.since()], Writer::completed);
        writer.under(line!["Overdue"], Writer::overdue);
        writer.under(line!["Extensions"], Writer::extensions);
        writer.under(line!["Due before the next meeting"], Writer::due_next);
        writer.under(line!["Other matters"], Writer::others);
        writer.timeline();
    } else {
        writer.say(line!["There is nothing to report."]);
    }
    Section::new("B. Supporting information", writer.blocks)
}

/// Writes the numbered paragraphs of section B.
struct Writer<'s, 'v> {
    source: &'s Source<'v>,
    number: usize,
    blocks: Vec<Block>,
}

impl<'v> Writer<'_, 'v> {
    /// Adds a heading and the paragraphs that `part` writes. If `part` writes nothing, the heading is left out.
    fn under(&mut self, heading: Line, part: fn(&mut Self)) {
        let before = self.blocks.len();
        self.blocks.push(Block::Heading(3, heading));
        part(self);
        if self.blocks.len() == before + 1 {
            self.blocks.pop();
        }
    }

    fn say(&mut self, sentence: Line) {
        self.number += 1;
        self.blocks.push(Block::Numbered(self.number, sentence.capital()));
    }

    /// Adds a sentence and, if the table has rows, the table.
    fn say_with(&mut self, sentence: Line, table: Table) {
        self.say(sentence);
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    /// Adds a sentence with the number of selected items, and the table of these items. Adds nothing if no item is
    /// selected.
    fn say_how_many(
        &mut self,
        which: RowSelection,
        text: &str,
        table: impl FnOnce(&Source<'v>) -> Table,
    ) {
        if self.source.count(which) > 0 {
            self.say_with(self.source.nouns(which, text), table(self.source));
        }
    }

    /// Adds a sentence that names the selected items. Adds nothing if no item is selected.
    fn say_which(&mut self, which: RowSelection, text: &str) {
        if self.source.count(which) > 0 {
            self.say(self.source.every(which, text));
        }
    }

    fn completed(&mut self) {
        let source = self.source;
        let completed = "recommendation{s} {has|have} been completed.";
        let completed = source.nouns(RowSelection::Completed, completed);
        self.say_with(completed, source.completed_table());
        self.say_which(RowSelection::Verified, " {has|have} been verified.");
        if source.count(RowSelection::VerificationRefused) > 0 {
            let failed = source.every_id(RowSelection::VerificationRefused);
            let sentence = line!["Verification failed for ", failed, "."];
            self.say_with(sentence, source.refusals_table());
        }
        self.say_which(
            RowSelection::NotVerified,
            " {is|are} reported as complete and {has|have} not been independently verified.",
        );
    }

    fn overdue(&mut self) {
        let source = self.source;
        let overdue = source.nouns(RowSelection::Overdue, "recommendation{s} {is|are} overdue");
        self.say_with(line![overdue, self.newly(), "."], source.overdue_table());
        if source.count(RowSelection::InGrace) > 0 {
            let late =
                " {is past its due date|are past their due dates} but within the grace period. ";
            let late = source.every(RowSelection::InGrace, late);
            self.say(line![late, source.rules(PrintedRule::Grace, "The grace period is ")]);
        }
        self.escalated();
        self.say_how_many(
            RowSelection::AtRisk,
            "recommendation{s} {is|are} at risk.",
            Source::at_risk_table,
        );
    }

    /// Returns a clause about newly overdue items, such as `; two of them have become so since 8 May 2003`.
    fn newly(&self) -> Line {
        let source = self.source;
        let (newly, since) = (source.number(RowSelection::NewlyOverdue), source.since());
        match (source.count(RowSelection::NewlyOverdue), source.count(RowSelection::Overdue)) {
            (0, _) => line![],
            (1, 1) => line!["; it has become overdue ", since],
            (1, _) => line!["; ", newly, " of them has become overdue ", since],
            (2, 2) => line!["; both have become overdue ", since],
            (newly, all) if newly == all => line!["; all have become overdue ", since],
            _ => line!["; ", newly, " of them have become overdue ", since],
        }
    }

    fn escalated(&mut self) {
        let source = self.source;
        if source.count(RowSelection::Escalated) == 0 {
            return;
        }
        let escalated = "recommendation{s} {is|are} escalated. ";
        let escalated = source.nouns(RowSelection::Escalated, escalated);
        let rules = source.rules(PrintedRule::Escalate, "The plan escalates open work that is ");
        self.say_with(line![escalated, rules], source.escalated_table());
    }

    fn extensions(&mut self) {
        let source = self.source;
        let requested = match source.count(RowSelection::Requested) {
            0 => line!["No request for an extension is pending."],
            _ => source.nouns(
                RowSelection::Requested,
                "extension{s} {has|have} been requested; the decision{s} {is|are} pending.",
            ),
        };
        self.say_with(requested, source.requests_table());
        let extended = "due date{s} {has|have} been extended ";
        let extended = source.nouns(RowSelection::Extended, extended);
        self.say_with(line![extended, source.since(), "."], source.extensions_table());
        self.say_how_many(
            RowSelection::Undecided,
            "extension{s} {was|were} made without the decision that the plan requires.",
            Source::undecided_table,
        );
        self.say_how_many(
            RowSelection::Dated,
            "first due date{s} {has|have} been agreed.",
            Source::first_dates_table,
        );
        self.say_how_many(
            RowSelection::RequestRefused,
            "{request for an extension has|requests for extensions have} been refused.",
            Source::refused_requests_table,
        );
    }

    fn due_next(&mut self) {
        let source = self.source;
        if source.next_meeting().is_none() {
            return;
        }
        let due = "{recommendation falls|recommendations fall} due by the next meeting, ";
        let due = source.nouns(RowSelection::DueNext, due);
        self.say_with(line![due, facts::date(source.next_meeting()), "."], source.due_next_table());
    }

    /// Adds paragraphs about the recommendations that will not be carried out, the items with missing data, and the
    /// entries that were recorded late or changed.
    fn others(&mut self) {
        let source = self.source;
        for (which, caption, text) in [
            (RowSelection::Rejected, "Not accepted", "recommendation{s} {was|were} not accepted."),
            (RowSelection::Superseded, "Superseded", "recommendation{s} {was|were} superseded."),
            (
                RowSelection::NotPursued,
                "Not pursued",
                "recommendation{s} {is|are} not being pursued.",
            ),
        ] {
            self.say_how_many(which, text, |source| source.ended_table(which, caption));
        }
        self.gaps();
        if source.count(RowSelection::Untouched) > 0 {
            let untouched = source.every_id(RowSelection::Untouched);
            let begin = line!["No update has been recorded ", source.since()];
            self.say(line![begin, " on ", untouched, "."]);
        }
        self.late_entries();
    }

    /// Adds sentences about the items that lack a response, a due date, an owner or an update.
    fn gaps(&mut self) {
        let gaps = [
            (RowSelection::Awaited, ": the management response{s} {is|are} pending."),
            (RowSelection::Ongoing, " {is|are} ongoing, without a due date."),
            (RowSelection::ReviewDue, " {is|are} due for review."),
            (RowSelection::Undated, " {has|have} no due date yet."),
            (RowSelection::Unowned, " {is|are} open and {has|have} no owner."),
            (RowSelection::Silent, " {has|have} had no update since the last meeting."),
        ];
        for (which, text) in gaps {
            self.say_which(which, text);
        }
    }

    /// Adds tables of the entries from before the period that were recorded, changed or deleted in the period.
    fn late_entries(&mut self) {
        let source = self.source;
        for (which, what, caption, text) in [
            (
                RowSelection::RecordedLate,
                Happened::RecordedLate,
                "Recorded late",
                "In this period, {an entry with an earlier date was|entries with earlier dates were} recorded for ",
            ),
            (
                RowSelection::Altered,
                Happened::Altered,
                "Changed afterwards",
                "{An earlier entry was|Earlier entries were} changed or deleted for ",
            ),
        ] {
            if source.count(which) > 0 {
                let entries = words::plural(source.count(which), text);
                let sentence = line![entries, source.every_id(which), "."];
                self.say_with(sentence, source.late_entries_table(what, caption));
            }
        }
        self.say_which(RowSelection::Dropped, " {is|are} no longer in the plan.");
    }

    /// Adds the timeline. If the report has many open recommendations, each bar stands for an area.
    fn timeline(&mut self) {
        let source = self.source;
        let rows = source.rows(RowSelection::Total);
        let timeline = Timeline::new(source.portfolio, &rows);
        let pictures = match source.is_long() {
            true => timeline::pictures_by_area(&timeline),
            false => timeline::pictures(&timeline),
        };
        self.blocks.extend(pictures.into_iter().map(|picture| Block::Figure(picture.figure())));
    }
}
