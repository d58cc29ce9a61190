//! `plan status` on a screen: what is done, late and next, at a glance.

mod attention;

use std::cmp::Reverse;

use unicode_width::UnicodeWidthStr;

use super::{
    GivenFiles, Screen,
    facts::absent,
    prose::{cut, wrap},
    style::{DONE, FAINT, LATE, MOVING, PLAIN, STRONG, of_colour, paint},
    table::{Column, Room, layout},
    words,
};
use crate::{
    model::{Colour, Timing, Word, fold},
    query::{Counts, Group, GroupBy, Portfolio, Progress, Row},
};
use attention::{Limits, attention, meeting};

/// The bar on a screen of unknown width.
const USUAL_BAR: usize = 17;
const LEAST_BAR: usize = 10;
const MOST_BAR: usize = 40;
/// The whole answer fits a screen of so many lines.
const SCREEN_LINES: usize = 23;

/// The page, with less of each thing where it would not fit a screen.
pub fn page(portfolio: &Portfolio, by: GroupBy, given: &GivenFiles, screen: Screen) -> String {
    let page = |limits| page_within(limits, portfolio, by, given, screen);
    let fits = |text: &String| height(text, screen) <= SCREEN_LINES;
    let usual = [Limits::USUAL, Limits::SHORT].iter().map(page).find(fits);
    usual.unwrap_or_else(|| page(&Limits::LEAST))
}

fn page_within(
    limits: &Limits,
    portfolio: &Portfolio,
    by: GroupBy,
    given: &GivenFiles,
    screen: Screen,
) -> String {
    let mut text = heading(limits, portfolio, screen);
    if portfolio.counts().total == 0 {
        return text + &wrap(&given.in_commands(words::EMPTY), screen, "", "");
    }
    text.push_str(&progress(portfolio, screen));
    text.push_str(&colours(limits, portfolio, screen));
    let mut after = attention(limits, portfolio, given, screen);
    after.push_str(
        &portfolio.single().map(|view| meeting(limits, view, screen)).unwrap_or_default(),
    );
    let groups = portfolio.groups(by);
    let has_groups = groups.iter().any(|group| group.id.is_some());
    if has_groups || by == GroupBy::Plan && portfolio.single().is_none() {
        // A blank line, a header and a line that says how many more.
        let taken = height(&text, screen) + height(&after, screen) + 3;
        let room = SCREEN_LINES.checked_sub(taken);
        let (groups, left) = match room {
            None if limits.groups == 0 => (Vec::new(), groups.len()),
            room => worst(groups, room.unwrap_or(0).max(limits.groups)),
        };
        text.push_str(&group_table(by, &groups, screen));
        let command = format!("plan status --by {} --format csv", by.word());
        text.push_str(&more(left, "", &command, given));
    }
    text + &after
}

/// The lines that a text takes on the screen.
fn height(text: &str, screen: Screen) -> usize {
    let lines = anstream::adapter::strip_str(text).to_string();
    let of_line = |line: &str| screen.width.map_or(1, |width| line.width().div_ceil(width.max(1)));
    lines.lines().map(|line| of_line(line).max(1)).sum()
}

/// The title, the day and whose plan it is.
fn heading(limits: &Limits, portfolio: &Portfolio, screen: Screen) -> String {
    let as_of = portfolio.as_of;
    let (title, identity) = match portfolio.single() {
        Some(view) => {
            (view.plan.title.clone(), format!("As of {as_of} · {}", words::identity(view)))
        }
        None => (words::counted(portfolio.views.len(), "plan", "plans"), format!("As of {as_of}")),
    };
    let mut text = String::new();
    for line in limits.lines(&title, screen).lines() {
        text.push_str(&paint(STRONG, line));
        text.push('\n');
    }
    text.push_str(&limits.lines(&identity, screen));
    text.push('\n');
    text
}

/// A bar for recommendations and one for actions, as long as the words beside them leave room for.
fn progress(portfolio: &Portfolio, screen: Screen) -> String {
    let mut lines =
        vec![("Recommendations", portfolio.counts()), ("Actions", portfolio.action_counts())];
    lines.retain(|(_, counts)| counts.total > 0);
    let digits = lines.iter().map(|(_, counts)| counts.total.to_string().len()).max().unwrap_or(1);
    let widest = lines.iter().map(|(_, counts)| breakdown(counts).len()).max().unwrap_or(0);
    let beside_bar = "Recommendations".len() + 2 + digits + 2 + 2 + widest;
    let room = screen.width.map_or(USUAL_BAR, |width| width.saturating_sub(beside_bar));
    let has_room = room >= LEAST_BAR;
    let width = room.clamp(LEAST_BAR, MOST_BAR);
    let mut text = String::new();
    for (name, counts) in &lines {
        let total = counts.total;
        text.push_str(&format!("{name:<15}  {total:>digits$}  {}", bar(counts, width)));
        if has_room {
            text.push_str(&format!("  {}\n", breakdown(counts)));
        } else {
            text.push('\n');
            text.push_str(&wrap(&breakdown(counts), screen, "  ", "  "));
        }
    }
    text
}

/// How many have which colour, where the plan says what colours mean, and under it what they mean, where there
/// is room.
fn colours(limits: &Limits, portfolio: &Portfolio, screen: Screen) -> String {
    let rows: Vec<Row<'_>> = portfolio.recommendations().collect();
    let rules = words::colours(&rows);
    if rules.is_empty() {
        return String::new();
    }
    let counts = portfolio.counts();
    let one = |colour: &Colour| {
        let words = format!("{} {}", counts.colour(*colour), colour.word());
        paint(of_colour(*colour), &words)
    };
    let words: Vec<String> = Colour::ALL.iter().map(one).collect();
    let mut text = format!("{:<15}  {}\n", "RAG", words.join(", "));
    for rule in rules.iter().filter(|_| !limits.is_short) {
        text.push_str(&wrap(rule, screen, "  ", "  "));
    }
    text
}

/// Full blocks for what is complete, half-tone for what has begun, light for what has not, and dots for what
/// will not be done: rejected, superseded, not pursued. There is something to count.
fn bar(counts: &Counts, width: usize) -> String {
    let sum =
        |kinds: &[Progress]| -> usize { kinds.iter().map(|kind| counts.progress(*kind)).sum() };
    let parts = [
        ("█", DONE, sum(&[Progress::Complete])),
        ("▒", MOVING, sum(&[Progress::InProgress])),
        ("░", FAINT, sum(&[Progress::NotStarted])),
        ("·", FAINT, sum(&[Progress::Superseded, Progress::NotPursued, Progress::Rejected])),
    ];
    let end = |count: usize| (count * width + counts.total / 2) / counts.total;
    let (mut text, mut before) = (String::new(), 0);
    for (block, style, count) in parts {
        let length = end(before + count) - end(before);
        text.push_str(&paint(style, &block.repeat(length)));
        before += count;
    }
    text
}

fn breakdown(counts: &Counts) -> String {
    let counted = words::PROGRESS_ORDER.map(|progress| (counts.progress(progress), progress));
    let found = counted.into_iter().filter(|(count, _)| *count > 0);
    let words = found.map(|(count, progress)| format!("{count} {}", words::spoken(progress)));
    words.collect::<Vec<_>>().join(", ")
}

/// One line for each group: its counts and its next deadline.
fn group_table(by: GroupBy, groups: &[Group<'_>], screen: Screen) -> String {
    let name = match by {
        GroupBy::Area => "AREA",
        GroupBy::Owner => "OWNER",
        GroupBy::Priority => "PRIORITY",
        GroupBy::Plan => "PLAN",
    };
    let columns = [
        Column::new(name, Room::Words),
        Column::number("TOTAL", Room::Always),
        Column::number("DONE", Room::Always),
        Column::number("LATE", Room::Always),
        Column::new("NEXT DATE", Room::Always),
    ];
    let rows: Vec<Vec<String>> = groups
        .iter()
        .map(|group| {
            let overdue = group.counts.timing(Timing::Overdue);
            let style = if overdue > 0 { LATE } else { PLAIN };
            vec![
                group.title.map_or_else(|| format!("(no {})", by.word()), fold),
                group.counts.total.to_string(),
                group.counts.progress(Progress::Complete).to_string(),
                paint(style, &overdue.to_string()),
                group.next.map_or_else(absent, |next| next.to_string()),
            ]
        })
        .collect();
    if rows.is_empty() { String::new() } else { format!("\n{}", layout(&columns, &rows, screen)) }
}

/// The groups with the most late work, in their order, and how many are left out.
fn worst(groups: Vec<Group<'_>>, most: usize) -> (Vec<Group<'_>>, usize) {
    if groups.len() <= most + 1 {
        return (groups, 0);
    }
    let left = groups.len() - most;
    let mut shown: Vec<(usize, Group<'_>)> = groups.into_iter().enumerate().collect();
    shown.sort_by_key(|(_, group)| Reverse(group.counts.timing(Timing::Overdue)));
    shown.truncate(most);
    shown.sort_by_key(|(index, _)| *index);
    (shown.into_iter().map(|(_, group)| group).collect(), left)
}

/// A line that says how many are left out, and which command shows them.
fn more(left: usize, what: &str, command: &str, given: &GivenFiles) -> String {
    match left {
        0 => String::new(),
        left => given.in_commands(&format!("… and {left} more{what}: {command}\n")),
    }
}
