//! `plan status` on a screen: what is done, late and next, at a glance.

mod attention;
mod paper;

use std::cmp::Reverse;

use anstream::adapter::strip_str;
use unicode_width::UnicodeWidthStr;

use super::{GivenFiles, row_style::of_colour, words};
use crate::{
    doc::{
        Block, Column, Doc, Fit, Line, Piece, Screen, Table, absent,
        style::{DONE, FAINT, LATE, MOVING, PLAIN},
        text::{capitalised, cut},
    },
    model::{Colour, Day, Keyword, Timing, to_single_line},
    query::{Counts, Group, GroupBy, Portfolio, Progress, Row},
};
use attention::Limits;
pub use paper::on_paper;

/// The bar on a screen of unknown width.
const USUAL_BAR: usize = 17;
const LEAST_BAR: usize = 10;
const MOST_BAR: usize = 40;
/// The whole answer fits a screen of this many lines.
const SCREEN_LINES: usize = 23;

/// The page, with less of each thing where it would not fit a screen.
pub fn page(portfolio: &Portfolio, by: GroupBy, given: &GivenFiles, screen: Screen) -> String {
    let found = &Found::of(portfolio, by);
    let page = |limits| Page { portfolio, found, by, given, screen, limits }.text();
    let fits = |text: &String| height(text, screen) <= SCREEN_LINES;
    let usual = [Limits::USUAL, Limits::SHORT].into_iter().map(page).find(fits);
    usual.unwrap_or_else(|| page(Limits::LEAST))
}

/// All that the page may show, whatever its limits.
struct Found<'v> {
    recommendations: Vec<Row<'v>>,
    counts: Counts,
    action_counts: Counts,
    groups: Vec<Group<'v>>,
    overdue: Vec<Row<'v>>,
    at_risk: Vec<Row<'v>>,
    /// The work that falls due and is not at risk.
    coming: Vec<Row<'v>>,
    waiting: Vec<Row<'v>>,
    escalated: Vec<Row<'v>>,
}

impl<'v> Found<'v> {
    fn of(portfolio: &'v Portfolio, by: GroupBy) -> Self {
        let mut coming = portfolio.falling_due(Day::MAX);
        coming.retain(|row| !row.is_at_risk());
        Self {
            recommendations: portfolio.recommendations().collect(),
            counts: portfolio.counts(),
            action_counts: portfolio.action_counts(),
            groups: portfolio.groups(by),
            overdue: portfolio.overdue(),
            at_risk: portfolio.at_risk(),
            coming,
            waiting: portfolio.waiting(),
            escalated: portfolio.escalated(),
        }
    }
}

/// The page within limits.
struct Page<'a> {
    portfolio: &'a Portfolio,
    found: &'a Found<'a>,
    by: GroupBy,
    given: &'a GivenFiles,
    screen: Screen,
    limits: Limits,
}

impl Page<'_> {
    fn text(&self) -> String {
        let mut doc = self.heading();
        if self.found.counts.total == 0 {
            doc.say(self.given.in_commands(words::EMPTY));
            return self.screen.print(&doc);
        }
        self.progress(&mut doc);
        self.colours(&mut doc);
        let [before, after] = [doc, self.attention()].map(|doc| self.screen.print(&doc));
        // A blank line, a header and a line that says how many more.
        let taken = height(&before, self.screen) + height(&after, self.screen) + 3;
        before + &self.screen.print(&self.groups(SCREEN_LINES.checked_sub(taken))) + &after
    }

    /// The text, or as much of it as one line holds where each text has one.
    fn short(&self, text: &str) -> String {
        match self.screen.width.filter(|_| self.limits.is_short) {
            Some(width) => cut(text, width, "…"),
            None => text.to_owned(),
        }
    }

    /// The title, the day and whose plan it is.
    fn heading(&self) -> Doc {
        let as_of = format!("As of {}", self.portfolio.as_of);
        let (title, identity) = match self.portfolio.single() {
            Some(view) => (view.plan.title.clone(), {
                let parts: Vec<String> =
                    std::iter::once(as_of).chain(words::identity(view)).collect();
                parts.join(" · ")
            }),
            None => (words::counted(self.portfolio.views.len(), "plan", "plans"), as_of),
        };
        let mut doc = Doc::default();
        doc.heading(1, self.short(&title));
        doc.say(self.short(&identity));
        doc.gap();
        doc
    }

    /// A bar for recommendations and one for actions, as long as the words beside them leave room for.
    fn progress(&self, doc: &mut Doc) {
        let mut lines =
            vec![("Recommendations", &self.found.counts), ("Actions", &self.found.action_counts)];
        lines.retain(|(_, counts)| counts.total > 0);
        let digits = lines.iter().map(|(_, counts)| counts.total.to_string().len());
        let digits = digits.max().unwrap_or(1);
        let widest = lines.iter().map(|(_, counts)| breakdown(counts).len()).max().unwrap_or(0);
        let beside_bar = "Recommendations".len() + 2 + digits + 2 + 2 + widest;
        let room = self.screen.width.map_or(USUAL_BAR, |width| width.saturating_sub(beside_bar));
        for (name, counts) in &lines {
            let bar = bar(counts, room.clamp(LEAST_BAR, MOST_BAR));
            let line = Line::from(format!("{name:<15}  {:>digits$}  ", counts.total)).and(bar);
            if room >= LEAST_BAR {
                doc.line(line.and(format!("  {}", breakdown(counts))));
            } else {
                doc.line(line);
                doc.0.push(Block::Hanging("  ".into(), 2, breakdown(counts).into()));
            }
        }
    }

    /// How many have which colour, where the plan says what colours mean, and below it their meaning, where there is
    /// room.
    fn colours(&self, doc: &mut Doc) {
        let rules = words::colours(&self.found.recommendations);
        if rules.is_empty() {
            return;
        }
        let mut line = Line::from(format!("{:<15}  ", "RAG"));
        for (index, colour) in Colour::ALL.iter().enumerate() {
            let words = format!("{} {}", self.found.counts.colour(*colour), colour.word());
            let gap = if index > 0 { ", " } else { "" };
            line = line.and(gap).and(Line::styled(of_colour(*colour), words));
        }
        doc.line(line);
        let rules = rules.into_iter().filter(|_| !self.limits.is_short);
        doc.0.extend(rules.map(|rule| Block::Hanging("  ".into(), 2, rule.into())));
    }

    /// The groups that there is room for, and how many more there are.
    fn groups(&self, room: Option<usize>) -> Doc {
        let mut doc = Doc::default();
        let groups: Vec<&Group<'_>> = self.found.groups.iter().collect();
        let is_of_plans = self.by == GroupBy::Plan && self.portfolio.single().is_none();
        if !is_of_plans && groups.iter().all(|group| group.id.is_none()) {
            return doc;
        }
        let (groups, left) = match room {
            None if self.limits.groups == 0 => (Vec::new(), groups.len()),
            room => worst(groups, room.unwrap_or(0).max(self.limits.groups)),
        };
        let command = format!("plan status --by {} --format csv", self.by.word());
        if !groups.is_empty() {
            doc.gap();
            doc.table(group_table(self.by, &groups));
        }
        self.more(&mut doc, left, "", &command);
        doc
    }

    /// A line that says how many are left out, and which command shows them.
    fn more(&self, doc: &mut Doc, left: usize, what: &str, command: &str) {
        if left > 0 {
            doc.line(self.given.in_commands(&format!("… and {left} more{what}: {command}")));
        }
    }
}

/// The lines that a text takes on the screen.
fn height(text: &str, screen: Screen) -> usize {
    let of_line = |line: &str| match screen.width {
        // No text takes more columns than bytes.
        Some(width) if line.len() > width => {
            strip_str(line).to_string().width().div_ceil(width.max(1)).max(1)
        }
        _ => 1,
    };
    text.lines().map(of_line).sum()
}

/// Full blocks for what is complete, half-tone for what has begun, light for what has not, and dots for what
/// will not be done: rejected, superseded, not pursued. There is something to count.
fn bar(counts: &Counts, width: usize) -> Line {
    let sum =
        |kinds: &[Progress]| -> usize { kinds.iter().map(|kind| counts.progress(*kind)).sum() };
    let parts = [
        ("█", DONE, sum(&[Progress::Complete])),
        ("▒", MOVING, sum(&[Progress::InProgress])),
        ("░", FAINT, sum(&[Progress::NotStarted])),
        ("·", FAINT, sum(&[Progress::Superseded, Progress::NotPursued, Progress::Rejected])),
    ];
    let end = |count: usize| (count * width + counts.total / 2) / counts.total;
    let mut before = 0;
    let pieces = parts.map(|(block, style, count)| {
        let length = end(before + count) - end(before);
        before += count;
        Piece::Styled(style, block.repeat(length))
    });
    Line(pieces.to_vec())
}

fn breakdown(counts: &Counts) -> String {
    let counted = words::PROGRESS_ORDER.map(|progress| (counts.progress(progress), progress));
    let found = counted.into_iter().filter(|(count, _)| *count > 0);
    let words = found.map(|(count, progress)| format!("{count} {}", words::spoken(progress)));
    words.collect::<Vec<_>>().join(", ")
}

/// One line for each group: its counts and its next deadline.
fn group_table(by: GroupBy, groups: &[&Group<'_>]) -> Table {
    let columns = [
        Column::new(capitalised(by.word()), Fit::Words),
        Column::number("Total", Fit::Always),
        Column::number("Done", Fit::Always),
        Column::number("Late", Fit::Always),
        Column::new("Next date", Fit::Always),
    ];
    let row = |group: &&Group<'_>| {
        let overdue = group.counts.timing(Timing::Overdue);
        let style = if overdue > 0 { LATE } else { PLAIN };
        let title = group.title.map_or_else(|| format!("(no {})", by.word()), to_single_line);
        let next = group.next.map_or_else(absent, |next| next.to_string());
        let counts = [group.counts.total, group.counts.progress(Progress::Complete)];
        let [total, done] = counts.map(|count| Line::from(count.to_string()));
        vec![title.into(), total, done, Line::styled(style, overdue.to_string()), next.into()]
    };
    Table::new(columns, groups.iter().map(row).collect())
}

/// The groups with the most late work, in their order, and how many are left out.
fn worst<'g, 'v>(groups: Vec<&'g Group<'v>>, most: usize) -> (Vec<&'g Group<'v>>, usize) {
    if groups.len() <= most + 1 {
        return (groups, 0);
    }
    let left = groups.len() - most;
    let mut shown: Vec<(usize, &Group<'_>)> = groups.into_iter().enumerate().collect();
    shown.sort_by_key(|(_, group)| Reverse(group.counts.timing(Timing::Overdue)));
    shown.truncate(most);
    shown.sort_by_key(|(index, _)| *index);
    (shown.into_iter().map(|(_, group)| group).collect(), left)
}
