//! Tables of counts: by progress, by group, over time.

use super::{
    super::{
        builder::ReportBuilder,
        line,
        question::{Group, PlanField, Question, RowSelection},
    },
    number, words,
};
use crate::{
    doc::{Line, Table, text::capitalised},
    model::{Day, Keyword as _},
    query::GroupBy,
};

/// The parts that make up the whole, in order; of the others than the usual three only those there are.
const PARTS: [(RowSelection, &str); 7] = [
    (RowSelection::Complete, "Complete"),
    (RowSelection::InProgress, "In progress"),
    (RowSelection::Unreported, "Ongoing"),
    (RowSelection::NotStarted, "Not started"),
    (RowSelection::Superseded, "Superseded"),
    (RowSelection::NotPursued, "Not pursued"),
    (RowSelection::Rejected, "Rejected"),
];

impl ReportBuilder<'_, '_> {
    fn parts(&self) -> Vec<(RowSelection, &'static str)> {
        let usual = [RowSelection::Complete, RowSelection::InProgress, RowSelection::NotStarted];
        let is_there = |which| usual.contains(&which) || self.count(which) > 0;
        PARTS.into_iter().filter(|(which, _)| is_there(*which)).collect()
    }

    /// The whole by progress, with shares.
    pub fn progress_table(&self) -> Table {
        let mut kinds = self.parts();
        kinds.push((RowSelection::Total, "All"));
        kinds.push((RowSelection::Overdue, "Overdue"));
        let row = |(which, name): (RowSelection, &str)| {
            let share = self.fact(Question::Share(which, Group::All));
            vec![line![name], line![self.fact(Question::Count(which, Group::All))], line![share]]
        };
        Table {
            caption: line!["Progress of the recommendations"],
            columns: vec![words("Progress"), number("Recommendations"), number("Share")],
            rows: kinds.into_iter().map(row).collect(),
        }
    }

    /// The same by area, owner, priority or plan, with the share of each group.
    pub fn group_table(&self, by: GroupBy) -> Table {
        let parts = self.parts();
        let mut columns = vec![words(&capitalised(by.word())), number("All")];
        columns.extend(parts.iter().map(|(_, name)| number(name)));
        columns.push(number("Overdue"));
        let groups = self.source.groups(by).all.iter();
        let rows = groups.map(|group| {
            let of_group = || Group::By(by, group.id.map(str::to_owned));
            let count = |which| line![self.fact(Question::Count(which, of_group()))];
            let with_share = |which| {
                let share = self.fact(Question::Share(which, of_group()));
                if share.shown == "–" {
                    count(which)
                } else {
                    line![count(which), " (", share, ")"]
                }
            };
            let mut cells = vec![self.group_name(by, group.id), count(RowSelection::Total)];
            cells.extend(parts.iter().map(|(which, _)| with_share(*which)));
            cells.push(with_share(RowSelection::Overdue));
            cells
        });
        Table {
            caption: line![format!("Progress by {}", by.word())],
            columns,
            rows: rows.collect(),
        }
    }

    fn group_name(&self, by: GroupBy, id: Option<&str>) -> Line {
        match id {
            None => line![format!("No {}", by.word())],
            Some(id) if by == GroupBy::Plan => line![
                self.fact(Question::Title(by, id.to_owned())),
                ": ",
                self.fact(Question::Plan(PlanField::Title, Some(id.to_owned())))
            ],
            Some(id) => line![self.fact(Question::Title(by, id.to_owned()))],
        }
    }

    /// All, complete and overdue on some days.
    pub fn burnup_table(&self, days: &[Day]) -> Table {
        let columns = vec![words("Date"), number("All"), number("Complete"), number("Overdue")];
        let kinds = [RowSelection::Total, RowSelection::Complete, RowSelection::Overdue];
        let question = |day: Day, which| match self.source.known.contains_key(&day) {
            true => Question::KnownOn(day, which),
            false => Question::CountOn(day, which),
        };
        let rows = days.iter().map(|day| {
            let counts = kinds.map(|which| line![self.fact(question(*day, which))]);
            std::iter::once(line![self.fact(Question::Day(*day))]).chain(counts).collect()
        });
        Table { caption: line!["Progress over time"], columns, rows: rows.collect() }
    }
}
