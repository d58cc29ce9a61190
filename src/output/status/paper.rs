//! The answer of `plan status` in formats other than a screen: the counts, and the items that need attention.

use super::super::{rows, words};
use crate::{
    doc::{Block, Column, Doc, Fit, Line, Table, text::capitalised},
    model::{Colour, Keyword as _, Timing, to_single_line},
    query::{Counts, Group, GroupBy, Portfolio, Row, overdue},
};

/// Builds the answer of `plan status` for formats other than a screen.
pub fn on_paper(portfolio: &Portfolio, by: GroupBy) -> Doc {
    let mut doc = summary(portfolio, by);
    let lists =
        [("Overdue", overdue(portfolio.rows(false))), ("Decision pending", portfolio.waiting())];
    for (heading, found) in lists.iter().filter(|(_, found)| !found.is_empty()) {
        doc.heading(2, *heading);
        doc.table(rows::usual_table(found));
    }
    let escalated = portfolio.escalated();
    if !escalated.is_empty() {
        doc.heading(2, "To be escalated");
        let why = |row: &Row<'_>| words::escalation(row).unwrap_or_default();
        let items = escalated.iter().map(|row| format!("{}: {}", row.shown_id(), why(row)));
        doc.0.push(Block::Bullets(items.map(Line::from).collect()));
    }
    doc
}

/// Builds a document with the title of the plan and a table of counts.
pub fn summary(portfolio: &Portfolio, by: GroupBy) -> Doc {
    let (title, identity) = match portfolio.single() {
        Some(view) => (to_single_line(&view.plan.title), words::identity(view)),
        None => (format!("{} plans", portfolio.views.len()), format!("As of {}", portfolio.as_of)),
    };
    let mut doc = Doc::default();
    doc.heading(1, title);
    doc.say(identity);
    let mut lines = vec![
        ("Recommendations".to_owned(), portfolio.counts()),
        ("Actions".to_owned(), portfolio.action_counts()),
    ];
    let mut groups = portfolio.groups(by);
    Group::sort(&mut groups, by);
    lines.extend(groups.into_iter().map(|group| {
        let title = group.title.map_or_else(|| format!("(no {})", by.word()), to_single_line);
        (title, group.counts)
    }));
    doc.table(counts(&lines));
    rows::colours(&mut doc, &portfolio.recommendations().collect::<Vec<_>>());
    doc
}

type CountColumn = (&'static str, fn(&Counts) -> usize);

const USUAL: [CountColumn; 3] = [
    ("Overdue", |counts| counts.timing(Timing::Overdue)),
    ("Due soon", |counts| counts.timing(Timing::DueSoon)),
    ("No update", |counts| counts.stale),
];
/// The columns that are shown only if they have a count above zero.
const RARE: [CountColumn; 5] = [
    ("At risk", Counts::at_risk),
    ("Response pending", |counts| counts.awaited),
    ("Red", |counts| counts.colour(Colour::Red)),
    ("Amber", |counts| counts.colour(Colour::Amber)),
    ("Green", |counts| counts.colour(Colour::Green)),
];

fn counts(lines: &[(String, Counts)]) -> Table {
    let counted: Vec<_> = lines.iter().map(|(_, counts)| words::progress_counts(counts)).collect();
    let is_usual = |words: &str| ["complete", "in progress", "not started"].contains(&words);
    let is_there = |index: usize, words: &str| {
        is_usual(words) || counted.iter().any(|counted| counted[index].1 > 0)
    };
    let all = words::progress_counts(&Counts::default()).into_iter().enumerate();
    let columns: Vec<_> = all.filter(|(index, (words, _))| is_there(*index, words)).collect();
    let names = columns.iter().map(|(_, (words, _))| capitalised(words));
    let is_found = |(_, count): &CountColumn| lines.iter().any(|(_, counts)| count(counts) > 0);
    let others: Vec<CountColumn> =
        USUAL.into_iter().chain(RARE.into_iter().filter(is_found)).collect();
    let after = others.iter().map(|(name, _)| (*name).to_owned());
    let names = ["", "Total"].map(str::to_owned).into_iter().chain(names).chain(after);
    let row = |((name, counts), counted): (&(String, Counts), &Vec<(String, usize)>)| {
        let progress = columns.iter().map(|(index, _)| counted[*index].1);
        let after = others.iter().map(|(_, count)| count(counts));
        let numbers = std::iter::once(counts.total).chain(progress).chain(after);
        let cells = numbers.map(|number| number.to_string());
        std::iter::once(name.clone()).chain(cells).map(Line::from).collect()
    };
    let rows = lines.iter().zip(&counted).map(row).collect();
    let columns: Vec<Column> = names.map(|name| Column::new(name, Fit::Always)).collect();
    Table::new(columns, rows)
}
