//! The paragraphs on progress in section B of the report: the counts, the groups, the chart over time, and the colours.

use super::Writer;
use crate::{
    doc::{Block, Line},
    model::Day,
    output::BurnupPicture,
    query::{GroupBy, Point},
    report::{
        builder::{PrintedRule, joined},
        burnup, line,
        selection::RowSelection,
        words,
    },
};

impl Writer<'_, '_, '_> {
    pub(super) fn counts(&mut self) {
        let builder = self.builder;
        let source = match builder.source.knows_earlier {
            true => line![],
            false => line![
                " No version of the plan from ",
                builder.begin(),
                " is on record, so the counts are based on the dates of the entries."
            ],
        };
        let summary = line![
            builder.recommendations(RowSelection::OpenBefore),
            words::plural(builder.count(RowSelection::OpenBefore), " {was|were} open on "),
            builder.begin(),
            ". Since then ",
            builder.clause(RowSelection::Added, "{has|have} been added"),
            ", ",
            builder.clause(RowSelection::Reopened, "{has|have} been reopened"),
            " and ",
            builder.clause(RowSelection::Closed, "{has|have} been closed"),
            ", which leaves ",
            builder.clause(RowSelection::Open, "open on "),
            builder.as_of(),
            ".",
            self.complete_and_open(),
            source
        ];
        self.say(summary);
        self.came_and_went();
        self.groups();
        self.burnup();
        self.colours();
    }

    /// Returns a sentence such as ` Two of these are complete but remain open until they are verified.`
    fn complete_and_open(&self) -> Line {
        let words = "of these {is|are} complete and stay{s|} open until {it is|they are} verified.";
        match self.builder.count(RowSelection::Unverified) {
            0 => line![],
            _ => line![" ", self.builder.clause(RowSelection::Unverified, words).capital()],
        }
    }

    /// Adds a sentence such as `Recommendation 10 has been added; recommendations 1 and 2 have been closed.`
    fn came_and_went(&mut self) {
        let builder = self.builder;
        let kinds = [
            (RowSelection::Added, " {has|have} been added"),
            (RowSelection::Reopened, " {has|have} been reopened"),
            (RowSelection::Closed, " {has|have} been closed"),
        ];
        // If the closed recommendations are the same as the completed ones, another table already lists them.
        let is_in_table =
            builder.source.ids(RowSelection::Closed) == builder.source.ids(RowSelection::Completed);
        let is_there =
            |which| builder.count(which) > 0 && !(which == RowSelection::Closed && is_in_table);
        let there = kinds.into_iter().filter(|(which, _)| is_there(*which));
        let clauses: Vec<Line> = there.map(|(which, text)| builder.every(which, text)).collect();
        if !clauses.is_empty() {
            self.say(line![joined(clauses, "; ", "; "), "."]);
        }
    }

    /// Adds a table of counts by area or by plan, and a table of counts by priority.
    fn groups(&mut self) {
        let builder = self.builder;
        let is_there = |by: &GroupBy| {
            builder.source.portfolio.groups(*by).iter().any(|group| group.id.is_some())
        };
        let usual = Some(builder.source.portfolio.usual_groups()).filter(is_there);
        let counted = line!["Progress on ", builder.as_of(), "; percentages are rounded:"];
        match usual {
            Some(by) => self.say_with(counted, builder.group_table(by, true)),
            None => self.say_with(counted, builder.progress_table()),
        }
        if is_there(&GroupBy::Priority) {
            self.say_with(line!["By priority:"], builder.group_table(GroupBy::Priority, false));
        }
    }

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
            true => line!["Progress over time, from the plan's history in git:"],
            false => line!["Progress over time, from the dates of the entries:"],
        });
        let table = self.builder.burnup_table(&days, &tallies);
        let point = |(day, tally)| Point { day, commit: None, tally: Some(tally) };
        let points: Vec<Point> = tallies.into_iter().map(point).collect();
        let picture = BurnupPicture::new("Progress over time", "Recommendations", &points, &[]);
        self.blocks.push(Block::Figure(burnup::figure(&picture)));
        self.blocks.push(Block::Table(table));
    }

    /// Adds a paragraph with the number of recommendations of each colour, and with the meaning of the colours.
    fn colours(&mut self) {
        let builder = self.builder;
        if !builder.has_colours() || builder.count(RowSelection::Open) == 0 {
            return;
        }
        let mut colours = vec![
            (RowSelection::Red, "{is|are} red"),
            (RowSelection::Amber, "{is|are} amber"),
            (RowSelection::Green, "{is|are} green"),
        ];
        if builder.count(RowSelection::Uncoloured) > 0 {
            colours.push((RowSelection::Uncoloured, "{has|have} no colour"));
        }
        let counts = colours.into_iter().map(|(which, text)| builder.clause(which, text));
        let live = line!["Of the open recommendations, ", joined(counts.collect(), ", ", " and ")];
        self.say(line![live, ". ", builder.rules(PrintedRule::Rag, "")]);
    }
}
