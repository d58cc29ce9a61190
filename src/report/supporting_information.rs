//! Section B: the account of the period, where the recommendations stand, and what wants attention.

use super::{
    Section,
    builder::{ReportBuilder, RuleKind, joined},
    burnup, chart, line,
    selection::RowSelection,
    source::{days_moved, own_days_late},
    timeline::pictures,
    words,
};
use crate::{
    doc::{Block, Line, Table},
    model::{Day, Keyword as _},
    output::BurnupPicture,
    query::{Counts, GroupBy, Happened, Point, Progress, Row, Timeline},
};

/// Part B.
pub fn section(builder: &ReportBuilder<'_, '_>) -> Section {
    let mut writer = Writer { builder, number: 0, blocks: Vec::new() };
    if builder.count(RowSelection::Total) > 0 {
        writer.standing();
        writer.period();
        writer.attention();
        writer.timeline();
    } else {
        writer.say(line!["There is nothing to report."]);
    }
    Section::new("B. Supporting information", writer.blocks)
}

/// Writes numbered paragraphs.
struct Writer<'c, 's, 'v> {
    builder: &'c ReportBuilder<'s, 'v>,
    number: usize,
    blocks: Vec<Block>,
}

impl<'s, 'v> Writer<'_, 's, 'v> {
    fn say(&mut self, sentence: Line) {
        self.number += 1;
        self.blocks.push(Block::Numbered(self.number, sentence.capital()));
    }

    fn heading(&mut self, heading: &str) {
        self.blocks.push(Block::Heading(3, line![heading]));
    }

    /// A sentence, and the table that it is about where that has rows.
    fn say_with(&mut self, sentence: Line, table: Table) {
        self.say(sentence);
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    /// How many there are, and their table; nothing where there are none.
    fn say_how_many(
        &mut self,
        which: RowSelection,
        one: &str,
        many: &str,
        table: impl FnOnce(&ReportBuilder<'s, 'v>) -> Table,
    ) {
        if self.builder.count(which) > 0 {
            self.say_with(self.builder.nouns(which, one, many), table(self.builder));
        }
    }

    /// A list of them with their words; nothing where there are none.
    fn say_which(&mut self, which: RowSelection, one: &str, many: &str) {
        if self.builder.count(which) > 0 {
            self.say(self.builder.every(which, one, many));
        }
    }

    fn standing(&mut self) {
        let builder = self.builder;
        self.heading("Where the recommendations stand");
        let summary = line![
            builder.recommendations(RowSelection::OpenBefore),
            words::plural(
                builder.count(RowSelection::OpenBefore),
                " was open on ",
                " were open on "
            ),
            builder.begin(),
            ". Since then ",
            builder.clause(RowSelection::Added, "has been added", "have been added"),
            ", ",
            builder.clause(RowSelection::Reopened, "has been reopened", "have been reopened"),
            " and ",
            builder.clause(RowSelection::Closed, "has been closed", "have been closed"),
            ", which leaves ",
            builder.number(RowSelection::Open),
            " open on ",
            builder.as_of(),
            ".",
            self.complete_and_open()
        ];
        self.say(summary);
        let sentence = line![
            "The ",
            builder.recommendations(RowSelection::Total),
            words::plural(builder.count(RowSelection::Total), " stands", " stand"),
            " as follows on ",
            builder.as_of(),
            ". Shares are rounded."
        ];
        self.say_with(sentence, builder.progress_table());
        self.groups();
        self.burnup();
        let live = builder.nouns(
            RowSelection::Open,
            "recommendation is live.",
            "recommendations are live.",
        );
        self.say_with(live, builder.live_table());
        self.colours();
    }

    /// ` Two of these are complete and stay open until they are verified.`
    fn complete_and_open(&self) -> Line {
        let builder = self.builder;
        let rest = words::plural(
            builder.count(RowSelection::Unverified),
            " of these is complete and stays open until it is verified.",
            " of these are complete and stay open until they are verified.",
        );
        match builder.count(RowSelection::Unverified) {
            0 => line![],
            _ => line![" ", line![builder.number(RowSelection::Unverified)].capital(), rest],
        }
    }

    /// The counts by whatever the plan groups its work by.
    fn groups(&mut self) {
        let builder = self.builder;
        for by in [GroupBy::Plan, GroupBy::Area, GroupBy::Priority, GroupBy::Owner] {
            let groups = builder.source.groups(by);
            if !groups.iter().any(|group| group.id.is_some()) {
                continue;
            }
            let several = match by {
                GroupBy::Owner => " (a recommendation with several owners counts for each of them)",
                _ => "",
            };
            self.say(line![format!("By {}{several}:", by.word())]);
            if by == builder.source.portfolio.usual_groups() {
                let bars = groups.iter().map(|group| progress(by, group.title, &group.counts));
                self.blocks.push(Block::Figure(chart::progress(&bars.collect::<Vec<_>>())));
            }
            self.blocks.push(Block::Table(builder.group_table(by)));
        }
    }

    /// How the counts came to be what they are.
    fn burnup(&mut self) {
        let source = self.builder.source;
        let is_known = !source.known.is_empty();
        let tallies = if is_known {
            source.known.clone()
        } else {
            let days = burnup::drawn(source.portfolio.begin(), source.span.as_of);
            let days: Vec<Day> = days.into_iter().collect();
            let tallies = source.tallies_on(&days);
            days.into_iter().zip(tallies).collect()
        };
        let (Some((first, _)), Some((last, _))) =
            (tallies.first_key_value(), tallies.last_key_value())
        else {
            return;
        };
        let days = burnup::days(*first, *last);
        if days.len() < 2 {
            return;
        }
        self.say(match is_known {
            true => line!["Over time, as git knew the plan on each day:"],
            false => line!["Over time, by the dates of the plan's entries:"],
        });
        let point = |(day, tally)| Point { day, commit: None, tally: Some(tally) };
        let points: Vec<Point> = tallies.into_iter().map(point).collect();
        let picture = BurnupPicture::new("Progress over time", "Recommendations", &points, &[]);
        self.blocks.push(Block::Figure(chart::burnup(&picture)));
        self.blocks.push(Block::Table(self.builder.burnup_table(&days)));
    }

    fn period(&mut self) {
        let builder = self.builder;
        self.blocks.push(Block::Heading(3, builder.since().capital()));
        if !builder.source.knows_earlier {
            self.say(line![
                "No version of the plan from ",
                builder.begin(),
                " is on record, so this account is told from the dates of its entries."
            ]);
        }
        self.came_and_went();
        let completed = builder.nouns(
            RowSelection::Completed,
            "recommendation has been completed.",
            "recommendations have been completed.",
        );
        self.say_with(completed, builder.completed_table());
        self.verifications();
        let extended = builder.nouns(
            RowSelection::Extended,
            "extension has been agreed",
            "extensions have been agreed",
        );
        self.say_with(line![extended, "."], builder.extensions_table());
        self.say_how_many(
            RowSelection::Undecided,
            "extension is in force without the decision that the plan asks for.",
            "extensions are in force without the decision that the plan asks for.",
            ReportBuilder::undecided_table,
        );
        self.say_how_many(
            RowSelection::Dated,
            "first date has been agreed.",
            "first dates have been agreed.",
            ReportBuilder::first_dates_table,
        );
        let waits = builder.nouns(
            RowSelection::Requested,
            "extension is requested",
            "extensions are requested",
        );
        self.say_with(line![waits, "."], builder.requests_table());
        self.say_how_many(
            RowSelection::RequestRefused,
            "request for an extension has been refused.",
            "requests for extensions have been refused.",
            ReportBuilder::refused_requests_table,
        );
        self.late_entries();
        if builder.count(RowSelection::Untouched) > 0 {
            let untouched = builder.every_id(RowSelection::Untouched);
            self.say(line!["Nothing has been recorded on ", untouched, "."]);
        }
    }

    /// `Recommendation 10 has been added; recommendations 1 and 2 have been closed.`
    fn came_and_went(&mut self) {
        let builder = self.builder;
        let kinds = [
            (RowSelection::Added, " has been added", " have been added"),
            (RowSelection::Reopened, " has been reopened", " have been reopened"),
            (RowSelection::Closed, " has been closed", " have been closed"),
        ];
        // Table B has what was closed because it is complete.
        let is_in_table =
            builder.source.ids(RowSelection::Closed) == builder.source.ids(RowSelection::Completed);
        let there = kinds.into_iter().filter(|(which, ..)| {
            builder.count(*which) > 0 && !(*which == RowSelection::Closed && is_in_table)
        });
        let clauses: Vec<Line> =
            there.map(|(which, one, many)| builder.every(which, one, many)).collect();
        if !clauses.is_empty() {
            self.say(line![joined(clauses, "; ", "; "), "."]);
        }
    }

    /// Who looked at what was claimed, and what came of it.
    fn verifications(&mut self) {
        let builder = self.builder;
        self.say_which(RowSelection::Verified, " has been verified.", " have been verified.");
        if builder.count(RowSelection::VerificationRefused) > 0 {
            let refused = builder.every_id(RowSelection::VerificationRefused);
            let sentence = line!["Verification was refused for ", refused, "."];
            self.say_with(sentence, builder.refusals_table());
        }
    }

    /// The entries of the time before that were written down, changed or taken away in the period.
    fn late_entries(&mut self) {
        let builder = self.builder;
        for (which, what, caption, one, many) in [
            (
                RowSelection::RecordedLate,
                Happened::RecordedLate,
                "Recorded late",
                "An entry of an earlier date was recorded on ",
                "Entries of an earlier date were recorded on ",
            ),
            (
                RowSelection::Altered,
                Happened::Altered,
                "Changed afterwards",
                "An earlier entry was changed or deleted on ",
                "Earlier entries were changed or deleted on ",
            ),
        ] {
            if builder.count(which) > 0 {
                let entries = words::plural(builder.count(which), one, many);
                let sentence = line![entries, builder.every_id(which), "."];
                self.say_with(sentence, builder.late_entries_table(what, caption));
            }
        }
        let (one, many) = (" is no longer in the plan.", " are no longer in the plan.");
        self.say_which(RowSelection::Dropped, one, many);
    }

    fn attention(&mut self) {
        let builder = self.builder;
        self.heading("What wants attention");
        self.say_with(line![self.overdue(), self.newly(), "."], builder.overdue_table());
        if builder.count(RowSelection::InGrace) > 0 {
            let (one, many) =
                (" is past its date, in grace. ", " are past their dates, in grace. ");
            let late = builder.every(RowSelection::InGrace, one, many);
            self.say(line![late, builder.rules(RuleKind::Grace, "The grace is ")]);
        }
        self.slippage();
        self.escalated();
        self.say_how_many(
            RowSelection::AtRisk,
            "recommendation is at risk.",
            "recommendations are at risk.",
            ReportBuilder::at_risk_table,
        );
        if builder.source.next_meeting().is_some() {
            let due = builder.nouns(
                RowSelection::DueNext,
                "recommendation falls due",
                "recommendations fall due",
            );
            let next = line![" by the next meeting, ", builder.next_meeting(), "."];
            self.say_with(line![due, next], builder.due_next_table());
        }
        self.say_how_many(
            RowSelection::NotVerified,
            "recommendation is reported as complete and has not been independently verified.",
            "recommendations are reported as complete and have not been independently verified.",
            ReportBuilder::unverified_table,
        );
        for (which, caption, one, many) in [
            (RowSelection::Rejected, "Rejected", "was rejected.", "were rejected."),
            (RowSelection::Superseded, "Superseded", "was superseded.", "were superseded."),
            (RowSelection::NotPursued, "Not pursued", "is not pursued.", "are not pursued."),
        ] {
            if builder.count(which) > 0 {
                let noun = line![builder.recommendations(which), " "];
                let sentence = line![noun, words::plural(builder.count(which), one, many)];
                self.say_with(sentence, builder.ended_table(which, caption));
            }
        }
        self.gaps();
    }

    /// The escalated recommendations, and the plan's rule.
    fn escalated(&mut self) {
        let builder = self.builder;
        if builder.count(RowSelection::Escalated) == 0 {
            return;
        }
        let escalated = builder.nouns(
            RowSelection::Escalated,
            "recommendation is brought before the committee. ",
            "recommendations are brought before the committee. ",
        );
        let rules = builder.rules(RuleKind::Escalate, "The rule is open work that is ");
        self.say_with(line![escalated, rules], builder.escalated_table());
    }

    /// How many have which colour, and under it what the colours mean.
    fn colours(&mut self) {
        let builder = self.builder;
        if !builder.has_colours() || builder.count(RowSelection::Open) == 0 {
            return;
        }
        let mut colours = vec![
            (RowSelection::Red, "is red", "are red"),
            (RowSelection::Amber, "is amber", "are amber"),
            (RowSelection::Green, "is green", "are green"),
        ];
        if builder.count(RowSelection::Uncoloured) > 0 {
            colours.push((RowSelection::Uncoloured, "has no colour", "have no colour"));
        }
        let counts = colours.into_iter().map(|(which, one, many)| builder.clause(which, one, many));
        let live = line!["Of the live recommendations, ", joined(counts.collect(), ", ", " and ")];
        self.say(line![live, ". ", builder.rules(RuleKind::Rag, "")]);
    }

    fn overdue(&self) -> Line {
        self.builder.nouns(
            RowSelection::Overdue,
            "recommendation is overdue",
            "recommendations are overdue",
        )
    }

    /// `; two of them have become so since 8 May 2003`
    fn newly(&self) -> Line {
        let builder = self.builder;
        let (newly, since) = (builder.number(RowSelection::NewlyOverdue), builder.since());
        match (builder.count(RowSelection::NewlyOverdue), builder.count(RowSelection::Overdue)) {
            (0, _) => line![],
            (1, 1) => line!["; it has become so ", since],
            (1, _) => line!["; ", newly, " of them has become so ", since],
            (2, 2) => line!["; both have become so ", since],
            (newly, all) if newly == all => line!["; all have become so ", since],
            _ => line!["; ", newly, " of them have become so ", since],
        }
    }

    fn slippage(&mut self) {
        let rows = self.builder.source.slipped();
        // The table of overdue work says it all where no date was moved.
        if !rows.iter().any(|row| days_moved(row).is_some_and(|days| days > 0)) {
            return;
        }
        let slipped = self.builder.every_id(RowSelection::Slipped);
        self.say(line!["Dates that were agreed have moved or passed for ", slipped, "."]);
        let slipped = rows.iter().map(slippage).collect();
        self.blocks.push(Block::Figure(chart::slippage(slipped)));
        self.blocks.push(Block::Table(self.builder.slippage_table()));
    }

    /// The plan over time; the table has the dates of it.
    fn timeline(&mut self) {
        let rows = self.builder.source.rows(RowSelection::Total);
        self.heading("Timeline");
        let pictures = pictures(&Timeline::new(self.builder.source.portfolio, &rows));
        self.say(line!["The dates first agreed, in force and of completion are as follows."]);
        self.blocks.extend(pictures.into_iter().map(|picture| Block::Figure(picture.figure())));
        self.blocks.push(Block::Table(self.builder.dates_table()));
    }

    /// The items without a date, an owner, or an update.
    fn gaps(&mut self) {
        let gaps = [
            (RowSelection::Awaited, " awaits an answer.", " await an answer."),
            (
                RowSelection::Ongoing,
                " is ongoing, without an end.",
                " are ongoing, without an end.",
            ),
            (RowSelection::ReviewDue, " is due for review.", " are due for review."),
            (RowSelection::Undated, " has no date yet.", " have no date yet."),
            (RowSelection::Unowned, " is open and has no owner.", " are open and have no owner."),
            (
                RowSelection::Silent,
                " has not been heard of since before the last meeting.",
                " have not been heard of since before the last meeting.",
            ),
        ];
        for (which, one, many) in gaps {
            self.say_which(which, one, many);
        }
    }
}

fn progress(by: GroupBy, title: Option<&str>, counts: &Counts) -> chart::Progress {
    let other = [Progress::Superseded, Progress::NotPursued, Progress::Rejected];
    chart::Progress {
        name: title.map_or_else(|| format!("No {}", by.word()), str::to_owned),
        complete: counts.progress(Progress::Complete),
        in_progress: counts.progress(Progress::InProgress) - counts.unreported,
        ongoing: counts.unreported,
        not_started: counts.progress(Progress::NotStarted),
        other: other.into_iter().map(|progress| counts.progress(progress)).sum(),
    }
}

fn slippage(row: &Row<'_>) -> chart::Slippage {
    let what = if row.is_action() { "Action" } else { "Recommendation" };
    chart::Slippage {
        name: format!("{what} {}", row.shown_id()),
        moved: days_moved(row).unwrap_or(0).max(0),
        late: own_days_late(row).unwrap_or(0).max(0),
    }
}
