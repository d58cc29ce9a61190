//! The tables of counts: by progress, by group, and over time.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    super::{Source, facts, line, selection::RowSelection, words},
    counted_rest, number, words as words_column,
};
use crate::{
    doc::{Datum, Line, Table, text::capitalised},
    model::{Day, Keyword as _},
    query::{Group, GroupBy, Tally},
};

/// The columns of a table of counts by progress, each with the selection that is counted and the heading. The counts
/// add up to the total.
const PARTS: [(RowSelection, &str); 7] = [
    (RowSelection::Complete, "Complete"),
    (RowSelection::InProgress, "In progress"),
    (RowSelection::Unreported, "Ongoing"),
    (RowSelection::NotStarted, "Not started"),
    (RowSelection::Superseded, "Superseded"),
    (RowSelection::NotPursued, "Not pursued"),
    (RowSelection::Rejected, "Not accepted"),
];

impl Source<'_> {
    fn parts(&self) -> Vec<(RowSelection, &'static str)> {
        let usual = [RowSelection::Complete, RowSelection::InProgress, RowSelection::NotStarted];
        let is_there = |which| usual.contains(&which) || self.count(which) > 0;
        PARTS.into_iter().filter(|(which, _)| is_there(*which)).collect()
    }

    /// Builds a table that counts all recommendations by their progress, with percentages.
    pub fn progress_table(&self) -> Table {
        let mut kinds = self.parts();
        kinds.push((RowSelection::Total, "All"));
        kinds.push((RowSelection::Overdue, "Overdue"));
        let row = |(which, name): (RowSelection, &str)| {
            let (count, total) = (self.count(which), self.count(RowSelection::Total));
            let share = words::share(count, total);
            vec![line![name], line![facts::number(count)], line![Datum::new(share)]]
        };
        Table {
            caption: line!["Progress of the recommendations"],
            columns: vec![words_column("Progress"), number("Recommendations"), number("Share")],
            rows: kinds.into_iter().map(row).collect(),
        }
    }

    /// Builds a table of counts and percentages by area, priority or plan. If `with_whole` is true, the last row has
    /// the totals.
    pub fn group_table(&self, by: GroupBy, with_whole: bool) -> Table {
        let parts = self.parts();
        let mut columns = vec![words_column(&capitalised(by.word())), number("All")];
        columns.extend(parts.iter().map(|(_, name)| number(name)));
        columns.push(number("Overdue"));
        let cells = |name: Line, total: usize, count: &dyn Fn(RowSelection) -> usize| {
            let with_share = |which| match count(which) {
                0 => line![facts::number(0)],
                some => {
                    line![facts::number(some), " (", Datum::new(words::share(some, total)), ")"]
                }
            };
            let mut cells = vec![name, line![facts::number(total)]];
            cells.extend(parts.iter().map(|(which, _)| with_share(*which)));
            cells.push(with_share(RowSelection::Overdue));
            cells
        };
        let (groups, rest) = self.shown_groups(by);
        let rows = groups.iter().map(|group| {
            let count = |which| self.count_among(which, &group.rows);
            cells(self.group_name(by, group), group.rows.len(), &count)
        });
        let count = |which| self.count(which);
        let whole = with_whole.then(|| cells(line!["All"], count(RowSelection::Total), &count));
        Table {
            caption: line![format!("Progress by {}", by.word()), counted_rest(rest)],
            columns,
            rows: rows.chain(whole).collect(),
        }
    }

    /// Returns the groups that fit into a table, and the number of groups left out. If not all groups fit, the groups
    /// with the most overdue recommendations are kept.
    fn shown_groups(&self, by: GroupBy) -> (Vec<Group<'_>>, usize) {
        let mut groups = self.portfolio.groups(by);
        let rest = groups.len().saturating_sub(self.most_rows());
        if rest > 0 {
            let count = |which, group: &Group<'_>| self.count_among(which, &group.rows);
            groups.sort_by_cached_key(|group| {
                Reverse((count(RowSelection::Overdue, group), count(RowSelection::Open, group)))
            });
            groups.truncate(self.most_rows());
        }
        (groups, rest)
    }

    fn group_name(&self, by: GroupBy, group: &Group<'_>) -> Line {
        let Some(title) = group.title else { return line![format!("No {}", by.word())] };
        let mut views = self.portfolio.views.iter();
        match views.find(|view| by == GroupBy::Plan && view.name.as_deref() == group.id) {
            Some(view) => line![Datum::new(title), ": ", Datum::new(&*view.plan.title)],
            None => line![Datum::new(title)],
        }
    }

    /// Builds a table of the total, complete and overdue recommendations on each of the given days.
    pub fn burnup_table(&self, days: &[Day], tallies: &BTreeMap<Day, Tally>) -> Table {
        let columns =
            vec![words_column("Date"), number("All"), number("Complete"), number("Overdue")];
        let rows = days.iter().map(|day| {
            let tally = tallies.get(day).copied().unwrap_or_default();
            let Tally { total, complete, overdue, .. } = tally;
            let counts = [total, complete, overdue].map(|count| line![facts::number(count)]);
            let day = line![facts::date(Some((*day).into()))];
            std::iter::once(day).chain(counts).collect()
        });
        Table { caption: line!["Progress over time"], columns, rows: rows.collect() }
    }
}
