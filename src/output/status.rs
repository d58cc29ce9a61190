//! `plan status` on a screen: what is done, late and next, at a glance.

use anstyle::Style;

use super::{
    GivenFiles, Screen,
    facts::ABSENT,
    prose::wrap,
    style::{DONE, FAINT, LATE, MOVING, PLAIN, SOON, STALE, STRONG, of_colour, of_timing, paint},
    table::{Column, Room, layout},
    words,
};
use crate::{
    model::{Colour, Day, Outlook, Period, Timing, Word, days_between, fold},
    query::{Counts, Group, GroupBy, Portfolio, Progress, Row, View},
};

/// The bar on a screen of unknown width.
const USUAL_BAR: usize = 17;
const LEAST_BAR: usize = 10;
const MOST_BAR: usize = 40;
/// Of each kind of what wants attention, so many are shown.
const MOST_LATE: usize = 5;
const MOST_COMING: usize = 3;
const MOST_WAITING: usize = 2;
const MOST_IDS: usize = 20;
/// The whole answer fits a screen of so many lines, but for the least number of groups.
const SCREEN_LINES: usize = 23;
const LEAST_GROUPS: usize = 4;

pub fn page(portfolio: &Portfolio, by: GroupBy, given: &GivenFiles, screen: Screen) -> String {
    let as_of = portfolio.as_of;
    let single = portfolio.single();
    let (title, identity) = match single {
        Some(view) => {
            (view.plan.title.clone(), format!("As of {as_of} · {}", words::identity(view)))
        }
        None => (words::counted(portfolio.views.len(), "plan", "plans"), format!("As of {as_of}")),
    };
    let mut text = String::new();
    for line in wrap(&title, screen, "", "").lines() {
        text.push_str(&paint(STRONG, line));
        text.push('\n');
    }
    text.push_str(&wrap(&identity, screen, "", ""));
    text.push('\n');
    if portfolio.counts().total == 0 {
        return text + &wrap(&given.in_commands(words::EMPTY), screen, "", "");
    }
    text.push_str(&progress(portfolio, screen));
    text.push_str(&colours(portfolio, screen));
    let mut after = attention(portfolio, given, screen);
    after.push_str(&single.map(meeting).unwrap_or_default());
    let groups = portfolio.groups(by);
    let has_groups = groups.iter().any(|group| group.id.is_some());
    if has_groups || by == GroupBy::Plan && single.is_none() {
        // A blank line, a header and a line that says how many more.
        let room = SCREEN_LINES.saturating_sub(text.lines().count() + after.lines().count() + 3);
        let (groups, left) = worst(groups, room.max(LEAST_GROUPS));
        text.push_str(&group_table(by, &groups, screen));
        let command = format!("plan status --by {} --format csv", by.word());
        text.push_str(&more(left, "", &command, given));
    }
    text + &after
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

/// How many have which colour, where the plan says what colours mean, and under it what they mean.
fn colours(portfolio: &Portfolio, screen: Screen) -> String {
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
    for rule in rules {
        text.push_str(&wrap(&rule, screen, "  ", "  "));
    }
    text
}

/// Full blocks for what is complete, half-tone for what has begun, light for what has not, and dots for what
/// will not be done: rejected, superseded, not pursued.
fn bar(counts: &Counts, width: usize) -> String {
    let sum =
        |kinds: &[Progress]| -> usize { kinds.iter().map(|kind| counts.progress(*kind)).sum() };
    let parts = [
        ("█", DONE, sum(&[Progress::Complete])),
        ("▒", MOVING, sum(&[Progress::InProgress])),
        ("░", FAINT, sum(&[Progress::NotStarted])),
        ("·", FAINT, sum(&[Progress::Superseded, Progress::NotPursued, Progress::Rejected])),
    ];
    let end =
        |count: usize| (count * width + counts.total / 2).checked_div(counts.total).unwrap_or(0);
    let (mut text, mut before) = (String::new(), 0);
    for (block, style, count) in parts {
        let length = end(before + count) - end(before);
        text.push_str(&paint(style, &block.repeat(length)));
        before += count;
    }
    if counts.total == 0 {
        text = paint(FAINT, &"░".repeat(width));
    }
    text
}

fn breakdown(counts: &Counts) -> String {
    let order = [
        Progress::Complete,
        Progress::InProgress,
        Progress::NotStarted,
        Progress::Superseded,
        Progress::NotPursued,
        Progress::Rejected,
    ];
    let found = order.into_iter().filter(|progress| counts.progress(*progress) > 0);
    let words =
        found.map(|progress| format!("{} {}", counts.progress(progress), words::spoken(progress)));
    words.collect::<Vec<_>>().join(", ")
}

/// One line for each group: its counts and its next deadline.
fn group_table(by: GroupBy, groups: &[Group<'_>], screen: Screen) -> String {
    let names = [("area", "AREA"), ("owner", "OWNER"), ("priority", "PRIORITY"), ("plan", "PLAN")];
    let name = names.iter().find(|(word, _)| *word == by.word()).map_or("", |(_, name)| name);
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
                group.next.map_or_else(|| ABSENT.to_owned(), |next| next.to_string()),
            ]
        })
        .collect();
    format!("\n{}", layout(&columns, &rows, screen))
}

/// The groups with the most late work, in their order, and how many are left out.
fn worst(groups: Vec<Group<'_>>, most: usize) -> (Vec<Group<'_>>, usize) {
    if groups.len() <= most + 1 {
        return (groups, 0);
    }
    let left = groups.len() - most;
    let mut late: Vec<(usize, usize)> = groups
        .iter()
        .enumerate()
        .map(|(index, group)| (usize::MAX - group.counts.timing(Timing::Overdue), index))
        .collect();
    late.sort_unstable();
    let mut kept: Vec<usize> = late.into_iter().take(most).map(|(_, index)| index).collect();
    kept.sort_unstable();
    let shown =
        groups.into_iter().enumerate().filter(|(index, _)| kept.binary_search(index).is_ok());
    (shown.map(|(_, group)| group).collect(), left)
}

/// What is overdue, what comes next, what has gone silent: a line each.
fn attention(portfolio: &Portfolio, given: &GivenFiles, screen: Screen) -> String {
    let overdue = portfolio.overdue();
    let mut coming = portfolio.falling_due(Day::MAX);
    coming.retain(|row| !row.is_at_risk());
    let at_risk = portfolio.at_risk();
    let waiting = portfolio.waiting();
    let shown = waiting.len().min(MOST_WAITING);
    let most_late = MOST_LATE - shown;
    let late = overdue.iter().take(most_late).map(|row| ("Late", row));
    let feared = at_risk.iter().take(MOST_COMING).map(|row| ("At risk", row));
    let most_ahead = MOST_COMING.saturating_sub(at_risk.len()).max(1);
    let ahead = coming.iter().take(most_ahead).map(|row| match row.timing() {
        Some(Timing::DueSoon) => ("Due soon", row),
        _ => ("Next", row),
    });
    let mut label_before = "";
    let mut lines: Vec<Vec<String>> = late
        .chain(feared)
        .chain(ahead)
        .map(|(label, row)| {
            // A label stands once where several rows share it.
            let shown = if label == label_before { "" } else { label };
            label_before = label;
            deadline_line(shown, row)
        })
        .collect();
    let labels = std::iter::once("Waiting").chain(std::iter::repeat(""));
    lines.extend(
        waiting.iter().take(shown).zip(labels).map(|(row, label)| request_line(label, row)),
    );
    let mut text = String::new();
    if !lines.is_empty() {
        let columns = [
            Column::new("", Room::Always),
            Column::new("", Room::Always),
            Column::new("", Room::Always),
            Column::new("", Room::Dropped(1)),
            Column::new("", Room::Words),
        ];
        text.push_str(&format!("\n{}", layout(&columns, &lines, screen)));
    }
    let left_late = overdue.len().saturating_sub(most_late);
    text.push_str(&more(left_late, " overdue", "plan overdue", given));
    let feared = at_risk.len().saturating_sub(MOST_COMING);
    let left = feared + coming.len().saturating_sub(most_ahead);
    let what = match feared {
        0 => " ahead".to_owned(),
        feared => format!(" ahead, {feared} of them at risk"),
    };
    text.push_str(&more(left, &what, "plan list --sort deadline", given));
    text.push_str(&more(waiting.len() - shown, " waiting", "plan list --waiting", given));
    text.push_str(&nothing_late(portfolio));
    text.push_str(&escalated(portfolio, screen));
    text.push_str(&awaited(portfolio, screen));
    text.push_str(&silent(portfolio, screen));
    text.push_str(&undated(portfolio, screen));
    text.push_str(&unverified(portfolio, screen));
    text
}

fn deadline_line(label: &str, row: &Row<'_>) -> Vec<String> {
    let style = of_timing(row);
    // The label tells that it is at risk.
    let timing = match row.outlook() {
        Some(Outlook::AtRisk) => words::deadline(row),
        _ => words::timing(row),
    };
    vec![
        paint(style, &padded(label)),
        paint(STRONG, &row.shown_id()),
        paint(style, &timing),
        row.deadline().map_or_else(String::new, |deadline| deadline.to_string()),
        fold(row.name()),
    ]
}

fn request_line(label: &str, row: &Row<'_>) -> Vec<String> {
    let wanted = row.request().map_or_else(String::new, |request| fold(&request.to.wording));
    vec![
        paint(SOON, label),
        paint(STRONG, &row.shown_id()),
        paint(SOON, &format!("asked for {wanted}")),
        String::new(),
        fold(row.name()),
    ]
}

/// A line that says how many are left out, and which command shows them.
fn more(left: usize, what: &str, command: &str, given: &GivenFiles) -> String {
    match left {
        0 => String::new(),
        left => given.in_commands(&format!("… and {left} more{what}: {command}\n")),
    }
}

fn nothing_late(portfolio: &Portfolio) -> String {
    let counts = portfolio.counts();
    if counts.timing(Timing::Overdue) == 0 && counts.total > 0 {
        format!("{}\n", paint(DONE, "Nothing is overdue."))
    } else {
        String::new()
    }
}

/// What the plan's own rule brings before the committee.
fn escalated(portfolio: &Portfolio, screen: Screen) -> String {
    let rows = portfolio.escalated();
    if rows.is_empty() {
        String::new()
    } else {
        labelled("Escalate", LATE, &some_ids(&rows), screen)
    }
}

/// What management has not answered yet.
fn awaited(portfolio: &Portfolio, screen: Screen) -> String {
    let rows: Vec<_> = portfolio.recommendations().filter(Row::is_awaited).collect();
    if rows.is_empty() {
        return String::new();
    }
    labelled("Waiting", SOON, &format!("{} for management’s answer", some_ids(&rows)), screen)
}

fn silent(portfolio: &Portfolio, screen: Screen) -> String {
    let rows: Vec<_> = portfolio.recommendations().filter(|row| row.stale().is_some()).collect();
    let Some(stale) = rows.first().and_then(Row::stale) else {
        return String::new();
    };
    let meeting = match portfolio.single() {
        Some(_) => format!("the meeting of {}", stale.meeting),
        None => "the last meeting".to_owned(),
    };
    let line = format!("{} since before {meeting}", some_ids(&rows));
    labelled("Silent", STALE, &line, screen)
}

/// What has no date yet.
fn undated(portfolio: &Portfolio, screen: Screen) -> String {
    let rows: Vec<_> = portfolio.recommendations().filter(Row::has_no_date).collect();
    if rows.is_empty() {
        return String::new();
    }
    labelled("No date", STALE, &some_ids(&rows), screen)
}

/// What is complete and not closed, where the plan asks for verification.
fn unverified(portfolio: &Portfolio, screen: Screen) -> String {
    let rows: Vec<_> = portfolio.recommendations().filter(Row::is_unverified).collect();
    if rows.is_empty() {
        return String::new();
    }
    let line = format!(
        "{}: complete, and not closed until somebody independent has looked",
        some_ids(&rows)
    );
    labelled("Unverified", SOON, &line, screen)
}

/// A line under the same labels as the deadlines.
fn labelled(label: &str, style: Style, line: &str, screen: Screen) -> String {
    let first = format!("{}  ", paint(style, &padded(label)));
    wrap(line, screen, &first, "          ")
}

/// A label as wide as the widest that is usual, so that all lines begin at the same column.
fn padded(label: &str) -> String {
    format!("{label:<8}")
}

/// The ids of the first rows.
fn some_ids(rows: &[Row<'_>]) -> String {
    let ids = rows.iter().take(MOST_IDS).map(Row::shown_id);
    let others = (rows.len() > MOST_IDS).then(|| "…".to_owned());
    ids.chain(others).collect::<Vec<_>>().join(", ")
}

fn meeting(view: &View) -> String {
    let Some(meeting) = view.plan.next_meeting(view.as_of) else {
        return String::new();
    };
    let when = match meeting.date {
        Period::Month(_) | Period::Year(_) => String::new(),
        Period::Day(day) => match days_between(view.as_of, day) {
            0 => " (today)".to_owned(),
            ahead => format!(" (in {})", words::days(ahead)),
        },
    };
    let title = meeting.title.as_deref().map(|title| format!(" · {}", fold(title)));
    format!("Next meeting: {}{when}{}\n", meeting.date, title.unwrap_or_default())
}
