//! What wants attention, in `plan status`: what is late, at risk and next, and what waits for somebody.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::{
    super::{
        GivenFiles, Screen,
        style::{DONE, LATE, SOON, STALE, STRONG, of_timing, paint},
        table::{Column, Room, layout},
        words,
    },
    cut, more, wrap,
};
use crate::{
    model::{Day, Outlook, Period, Timing, days_between, fold},
    query::{Portfolio, Row, View},
};

/// How much of each thing is shown.
pub struct Limits {
    late: usize,
    coming: usize,
    waiting: usize,
    ids: usize,
    /// The least number of groups, however little room is left.
    pub groups: usize,
    /// Every text takes one line, and explanations are left out.
    pub is_short: bool,
}

impl Limits {
    pub const USUAL: Self =
        Self { late: 5, coming: 3, waiting: 2, ids: 20, groups: 4, is_short: false };
    pub const SHORT: Self =
        Self { late: 3, coming: 2, waiting: 1, groups: 3, is_short: true, ..Self::USUAL };
    pub const LEAST: Self = Self { late: 2, coming: 1, groups: 0, ..Self::SHORT };

    /// A text on as many lines as it needs, or cut to one.
    pub fn lines(&self, text: &str, screen: Screen) -> String {
        match screen.width.filter(|_| self.is_short) {
            Some(width) => format!("{}\n", cut(text, width, "…")),
            None => wrap(text, screen, "", ""),
        }
    }
}

/// What is overdue, what comes next, what has gone silent: a line each.
pub fn attention(
    limits: &Limits,
    portfolio: &Portfolio,
    given: &GivenFiles,
    screen: Screen,
) -> String {
    let mut text = deadlines(limits, portfolio, given, screen);
    text.push_str(&nothing_late(portfolio));
    let label = |label, style, rows: &[Row<'_>], more: &str| {
        labelled(limits, label, style, rows, more, screen)
    };
    text.push_str(&label("Escalate", LATE, &portfolio.escalated(), ""));
    let awaited = rows_that(portfolio, Row::is_awaited);
    let silent = rows_that(portfolio, |row| row.stale().is_some());
    text.push_str(&label("Waiting", SOON, &awaited, " for management’s answer"));
    text.push_str(&label("Silent", STALE, &silent, &since(portfolio, &silent)));
    text.push_str(&label("No date", STALE, &rows_that(portfolio, Row::has_no_date), ""));
    let open = ": complete, and not closed until somebody independent has looked";
    text.push_str(&label("Unverified", SOON, &rows_that(portfolio, Row::is_unverified), open));
    text
}

fn rows_that<'v>(portfolio: &'v Portfolio, holds: fn(&Row<'v>) -> bool) -> Vec<Row<'v>> {
    portfolio.recommendations().filter(holds).collect()
}

/// What is late, what is at risk, what comes next, and what was asked for.
fn deadlines(limits: &Limits, portfolio: &Portfolio, given: &GivenFiles, screen: Screen) -> String {
    let overdue = portfolio.overdue();
    let mut coming = portfolio.falling_due(Day::MAX);
    coming.retain(|row| !row.is_at_risk());
    let at_risk = portfolio.at_risk();
    let waiting = portfolio.waiting();
    let shown = waiting.len().min(limits.waiting);
    let most_late = limits.late - shown;
    let late = overdue.iter().take(most_late).map(|row| ("Late", row));
    let feared = at_risk.iter().take(limits.coming).map(|row| ("At risk", row));
    let most_ahead = limits.coming.saturating_sub(at_risk.len()).max(1);
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
    let left = Left {
        overdue: overdue.len().saturating_sub(most_late),
        feared: at_risk.len().saturating_sub(limits.coming),
        ahead: coming.len().saturating_sub(most_ahead),
        waiting: waiting.len() - shown,
    };
    table(&lines, screen) + &left.lines(limits, given)
}

fn table(lines: &[Vec<String>], screen: Screen) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let columns = [Room::Always, Room::Always, Room::Always, Room::Dropped(1), Room::Words];
    let columns = columns.map(|room| Column::new("", room));
    format!("\n{}", layout(&columns, lines, screen))
}

/// How many rows are left out.
struct Left {
    overdue: usize,
    feared: usize,
    ahead: usize,
    waiting: usize,
}

impl Left {
    fn lines(&self, limits: &Limits, given: &GivenFiles) -> String {
        let ahead = self.feared + self.ahead;
        if limits.is_short {
            let kinds = [(self.overdue, "overdue"), (ahead, "ahead"), (self.waiting, "waiting")];
            let found = kinds.iter().filter(|(count, _)| *count > 0);
            let words: Vec<String> = found.map(|(count, kind)| format!("{count} {kind}")).collect();
            return match words.as_slice() {
                [] => String::new(),
                _ => given.in_commands(&format!(
                    "… and more, {}: plan list --sort deadline\n",
                    words.join(", ")
                )),
            };
        }
        let what = match self.feared {
            0 => " ahead".to_owned(),
            feared => format!(" ahead, {feared} of them at risk"),
        };
        [
            more(self.overdue, " overdue", "plan overdue", given),
            more(ahead, &what, "plan list --sort deadline", given),
            more(self.waiting, " waiting", "plan list --waiting", given),
        ]
        .concat()
    }
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

fn nothing_late(portfolio: &Portfolio) -> String {
    let counts = portfolio.counts();
    if counts.timing(Timing::Overdue) == 0 && counts.total > 0 {
        format!("{}\n", paint(DONE, "Nothing is overdue."))
    } else {
        String::new()
    }
}

/// Since when the silent rows are silent.
fn since(portfolio: &Portfolio, silent: &[Row<'_>]) -> String {
    let Some(stale) = silent.first().and_then(Row::stale) else {
        return String::new();
    };
    match portfolio.single() {
        Some(_) => format!(" since before the meeting of {}", stale.meeting),
        None => " since before the last meeting".to_owned(),
    }
}

/// The ids of rows and what is told of them, under the same labels as the deadlines. On one line, what is told is
/// left out where it leaves no room for the ids.
fn labelled(
    limits: &Limits,
    label: &str,
    style: Style,
    rows: &[Row<'_>],
    what: &str,
    screen: Screen,
) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let first = format!("{}  ", paint(style, &padded(label)));
    let width = screen.width.filter(|_| limits.is_short);
    let room = width.map(|width| width.saturating_sub(padded(label).width() + 2));
    let Some(room) = room else {
        let line = some_ids(rows, limits.ids) + what;
        return wrap(&line, screen, &first, "          ");
    };
    let mut lines = [what, ""].into_iter().flat_map(|what| {
        (1..=rows.len().min(limits.ids)).rev().map(move |most| some_ids(rows, most) + what)
    });
    let fitting = lines.find(|line| line.width() <= room);
    let line = fitting.unwrap_or_else(|| cut(&some_ids(rows, 1), room, "…"));
    format!("{first}{line}\n")
}

/// A label as wide as the widest that is usual, so that all lines begin at the same column.
fn padded(label: &str) -> String {
    format!("{label:<8}")
}

/// The ids of the first rows, and how many more there are.
fn some_ids(rows: &[Row<'_>], most: usize) -> String {
    let ids: Vec<String> = rows.iter().take(most).map(Row::shown_id).collect();
    match rows.len().saturating_sub(most) {
        0 => ids.join(", "),
        left => format!("{} and {left} more", ids.join(", ")),
    }
}

/// The next meeting.
pub fn meeting(limits: &Limits, view: &View, screen: Screen) -> String {
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
    let line = format!("Next meeting: {}{when}{}", meeting.date, title.unwrap_or_default());
    if limits.is_short { limits.lines(&line, screen) } else { format!("{line}\n") }
}
