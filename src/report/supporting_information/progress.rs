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

impl Writer<'_, '_> {
    pub(super) fn counts(&mut self) {
        let source = self.source;
        let basis = match source.knows_earlier {
            true => line![],
            false => line![
                " No version of the plan from ",
                source.begin(),
                " is on record, so the counts are based on the dates of the entries."
            ],
        };
        let summary = line![
            source.recommendations(RowSelection::OpenBefore),
            words::plural(source.count(RowSelection::OpenBefore), " {was|were} open on "),
            source.begin(),
            ". Since then ",
            source.clause(RowSelection::Added, "{has|have} been added"),
            ", ",
            source.clause(RowSelection::Reopened, "{has|have} been reopened"),
            " and ",
            source.clause(RowSelection::Closed, "{has|have} been closed"),
            ", which leaves ",
            source.clause(RowSelection::Open, "open on "),
            source.as_of(),
            ".",
            self.complete_and_open(),
            basis
        ];
        self.say(summary);
        self.came_and_went();
        self.groups();
        self.burnup();
        self.colours();
    }

    /// Returns a sentence such as ` Two of these are complete but remain open until they are verified.`
    fn complete_and_open(&self) -> Line {
        let words =
            "of these {is|are} complete but remain{s|} open until {it is|they are} verified.";
        match self.source.count(RowSelection::Unverified) {
            0 => line![],
            _ => line![" ", self.source.clause(RowSelection::Unverified, words).capital()],
        }
    }

    /// Adds a sentence such as `Recommendation 10 has been added; recommendations 1 and 2 have been closed.`
    fn came_and_went(&mut self) {
        let source = self.source;
        let kinds = [
            (RowSelection::Added, " {has|have} been added"),
            (RowSelection::Reopened, " {has|have} been reopened"),
            (RowSelection::Closed, " {has|have} been closed"),
        ];
        // If the closed recommendations are the same as the completed ones, another table already lists them.
        let is_in_table = source.ids(RowSelection::Closed) == source.ids(RowSelection::Completed);
        let is_there =
            |which| source.count(which) > 0 && !(which == RowSelection::Closed && is_in_table);
        let there = kinds.into_iter().filter(|(which, _)| is_there(*which));
        let clauses: Vec<Line> = there.map(|(which, text)| source.every(which, text)).collect();
        if !clauses.is_empty() {
            self.say(line![joined(clauses, "; ", "; "), "."]);
        }
    }

    /// Adds a table of counts by area or by plan, and a table of counts by priority.
    fn groups(&mut self) {
        let source = self.source;
        let is_there =
            |by: &GroupBy| source.portfolio.groups(*by).iter().any(|group| group.id.is_some());
        let usual = Some(source.portfolio.usual_groups()).filter(is_there);
        let counted = line!["Progress on ", source.as_of(), "; percentages are rounded:"];
        match usual {
            Some(by) => self.say_with(counted, source.group_table(by, true)),
            None => self.say_with(counted, source.progress_table()),
        }
        if is_there(&GroupBy::Priority) {
            self.say_with(line!["By priority:"], source.group_table(GroupBy::Priority, false));
        }
    }

    fn burnup(&mut self) {
        let source = self.source;
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
        let table = self.source.burnup_table(&days, &tallies);
        let point = |(day, tally)| Point { day, commit: None, tally: Some(tally) };
        let points: Vec<Point> = tallies.into_iter().map(point).collect();
        let picture = BurnupPicture::new("Progress over time", "Recommendations", &points, &[]);
        self.blocks.push(Block::Figure(burnup::figure(&picture)));
        self.blocks.push(Block::Table(table));
    }

    /// Adds a paragraph with the number of recommendations of each colour, and with the meaning of the colours.
    fn colours(&mut self) {
        let source = self.source;
        if !source.has_colours() || source.count(RowSelection::Open) == 0 {
            return;
        }
        let mut colours = vec![
            (RowSelection::Red, "{is|are} red"),
            (RowSelection::Amber, "{is|are} amber"),
            (RowSelection::Green, "{is|are} green"),
        ];
        if source.count(RowSelection::Uncoloured) > 0 {
            colours.push((RowSelection::Uncoloured, "{has|have} no colour"));
        }
        let counts = colours.into_iter().map(|(which, text)| source.clause(which, text));
        let live = line!["Of the open recommendations, ", joined(counts.collect(), ", ", " and ")];
        self.say(line![live, ". ", source.rules(PrintedRule::Rag, "")]);
    }
}
