//! `plan status` on a screen: what is done, late and next, at a glance.

use anstyle::Style;

use super::{
    Screen,
    style::{DONE, FAINT, LATE, MOVING, SOON, STALE, STRONG, of_timing, paint},
    table::{Column, Grid, clip, visible_width, wrap},
    words,
};
use crate::{
    model::{Period, Status, Timing, days_between, fold},
    query::{Counts, FOREMOST_COMING, FOREMOST_IDS, FOREMOST_LATE, Portfolio, Row, View},
};

/// What the columns beside an area's title take.
const AREA_NUMBERS: usize = 41;
const LEAST_BAR: usize = 10;
const MOST_BAR: usize = 40;

pub fn table(portfolio: &Portfolio<'_>, screen: Screen) -> String {
    let as_of = portfolio.as_of;
    let single = portfolio.single();
    let (title, identity) = match single {
        Some(view) => (
            view.plan.title.to_string(),
            format!("As of {as_of} · {}", words::identity(view)),
        ),
        None => (
            words::counted(portfolio.views.len(), "plan", "plans"),
            format!("As of {as_of}"),
        ),
    };
    let mut text = String::new();
    for line in wrap(&title, screen, "", "").lines() {
        text.push_str(&paint(STRONG, line));
        text.push('\n');
    }
    text.push_str(&wrap(&identity, screen, "", ""));
    text.push('\n');
    text.push_str(&progress(portfolio, screen));
    text.push_str(&match single {
        Some(view) => areas(view, screen),
        None => plans(portfolio, screen),
    });
    text.push_str(&attention(portfolio, screen));
    text.push_str(&single.map(meeting).unwrap_or_default());
    text
}

/// A bar for recommendations and one for actions, as long as the words beside them leave room for.
fn progress(portfolio: &Portfolio<'_>, screen: Screen) -> String {
    let lines = [
        ("Recommendations", portfolio.counts()),
        ("Actions", portfolio.action_counts()),
    ];
    let digits = lines[0].1.total.max(lines[1].1.total).to_string().len();
    let names = "Recommendations".len() + 2 + digits + 2;
    let widest = lines
        .iter()
        .map(|(_, counts)| breakdown(counts).len())
        .max()
        .unwrap_or(0);
    let room = screen.width.saturating_sub(names + 2 + widest);
    let beside = room >= LEAST_BAR;
    let bar_width = if beside {
        room.min(MOST_BAR)
    } else {
        LEAST_BAR
    };
    let mut text = String::new();
    for (name, counts) in &lines {
        let bar = bar(counts, bar_width);
        let total = counts.total;
        let start = format!("{name:<15}  {total:>digits$}  {bar}");
        let breakdown = breakdown(counts);
        if beside {
            text.push_str(&format!("{start}  {breakdown}\n"));
        } else {
            text.push_str(&format!("{start}\n"));
            text.push_str(&wrap(&breakdown, screen, "  ", "  "));
        }
    }
    text
}

/// Full blocks for what is complete, half-tone for what has begun, light for the rest.
fn bar(counts: &Counts, width: usize) -> String {
    let part = |count: usize| {
        (count * width + counts.total / 2)
            .checked_div(counts.total)
            .unwrap_or(0)
    };
    let closed = counts.rejected
        + counts.progress(Status::Complete)
        + counts.progress(Status::Superseded)
        + counts.progress(Status::NotPursued);
    let done = part(closed);
    let begun = part(closed + counts.progress(Status::InProgress)).saturating_sub(done);
    let rest = width.saturating_sub(done + begun);
    format!(
        "{}{}{}",
        paint(DONE, &"█".repeat(done)),
        paint(MOVING, &"▒".repeat(begun)),
        paint(FAINT, &"░".repeat(rest)),
    )
}

fn breakdown(counts: &Counts) -> String {
    let by_progress = [
        Status::Complete,
        Status::InProgress,
        Status::NotStarted,
        Status::Superseded,
        Status::NotPursued,
    ]
    .map(|status| (counts.progress(status), words::spoken(status)));
    let rejected = (counts.rejected, "rejected".to_owned());
    by_progress
        .into_iter()
        .chain([rejected])
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn areas(view: &View<'_>, screen: Screen) -> String {
    let areas = view.areas();
    if areas.iter().all(|area| area.area.is_none()) {
        return String::new();
    }
    let groups = areas.iter().map(|area| {
        let title = area.area.map_or("(no area)", |area| area.title.as_ref());
        (title, &area.counts, area.next)
    });
    grouped("AREA", groups, screen)
}

fn plans(portfolio: &Portfolio<'_>, screen: Screen) -> String {
    let groups = portfolio.views.iter().map(|view| {
        let name = view.name.as_deref().unwrap_or_default();
        (name, view.counts(), view.next_deadline())
    });
    grouped("PLAN", groups, screen)
}

/// A line a group: how much there is of it, and when something is due next.
fn grouped<'c>(
    of: &str,
    groups: impl Iterator<Item = (&'c str, &'c Counts, Option<Period>)>,
    screen: Screen,
) -> String {
    let columns = [
        Column::Left,
        Column::Right,
        Column::Right,
        Column::Right,
        Column::Left,
    ];
    let mut text = "\n".to_owned();
    let mut grid = Grid::new();
    grid.header([of, "TOTAL", "COMPLETE", "OVERDUE", "NEXT DEADLINE"]);
    let room = screen.width.saturating_sub(AREA_NUMBERS).max(12);
    for (title, counts, next) in groups {
        let overdue = counts.timing(Timing::Overdue);
        let style = if overdue > 0 { LATE } else { Style::new() };
        let next = next.map_or_else(|| "–".to_owned(), |next| next.to_string());
        grid.row([
            clip(&fold(title), room),
            counts.total.to_string(),
            counts.progress(Status::Complete).to_string(),
            paint(style, &overdue.to_string()),
            next,
        ]);
    }
    text.push_str(&grid.render(&columns));
    text
}

/// What is overdue, what comes next, what has gone stale: a line each.
fn attention(portfolio: &Portfolio<'_>, screen: Screen) -> String {
    let counts = portfolio.counts();
    let overdue = portfolio.overdue();
    let coming = portfolio.falling_due(crate::model::Day::MAX);
    let mut lines: Vec<[String; 5]> = Vec::new();
    lines.extend(
        overdue
            .iter()
            .take(FOREMOST_LATE)
            .map(|row| deadline_line("Overdue", row)),
    );
    lines.extend(coming.iter().take(FOREMOST_COMING).map(|row| {
        let soon = row.timing() == Some(Timing::DueSoon);
        deadline_line(if soon { "Due soon" } else { "Next" }, row)
    }));
    let mut text = String::new();
    if !lines.is_empty() {
        text.push('\n');
        text.push_str(&deadline_lines(lines, screen));
    }
    text.push_str(&more(
        counts.timing(Timing::Overdue),
        FOREMOST_LATE,
        "overdue",
        "plan overdue",
    ));
    text.push_str(&more(
        counts.timing(Timing::DueSoon) + counts.timing(Timing::NotDue),
        FOREMOST_COMING,
        "ahead",
        "plan list --sort deadline",
    ));
    text.push_str(&nothing_late(&counts));
    text.push_str(&stale(portfolio, screen));
    text.push_str(&unverified(portfolio, screen));
    text
}

fn deadline_line(kind: &str, row: &Row<'_>) -> [String; 5] {
    let late = row.days_late().unwrap_or(0);
    let when = match late {
        0 => "today".to_owned(),
        late if row.is_overdue() => format!("{} late", words::days(late)),
        past if past > 0 => format!("{} past", words::days(past)),
        left => format!("in {}", words::days(left)),
    };
    let deadline = row
        .deadline()
        .map_or_else(String::new, |deadline| deadline.to_string());
    [
        paint(of_timing(row), kind),
        row.shown_id(),
        paint(of_timing(row), &when),
        deadline,
        fold(row.text()),
    ]
}

/// The words of the recommendation take what the other columns leave, on one line.
fn deadline_lines(lines: Vec<[String; 5]>, screen: Screen) -> String {
    let widths = |index: usize| lines.iter().map(|line| visible_width(&line[index])).max();
    let taken: usize = (0..4).filter_map(widths).map(|width| width + 2).sum();
    let room = screen.width.saturating_sub(taken).max(12);
    let mut grid = Grid::new();
    for [kind, id, when, deadline, words] in lines {
        grid.row([kind, id, when, deadline, clip(&words, room)]);
    }
    grid.render(&[
        Column::Left,
        Column::Left,
        Column::Right,
        Column::Left,
        Column::Left,
    ])
}

fn more(all: usize, shown: usize, what: &str, command: &str) -> String {
    match all.checked_sub(shown) {
        None | Some(0) => String::new(),
        Some(more) => format!("… and {more} more {what}: {command}\n"),
    }
}

fn nothing_late(counts: &Counts) -> String {
    if counts.timing(Timing::Overdue) == 0 && counts.total > 0 {
        format!("{}\n", paint(DONE, "Nothing is overdue."))
    } else {
        String::new()
    }
}

fn stale(portfolio: &Portfolio<'_>, screen: Screen) -> String {
    let rows: Vec<_> = portfolio
        .recommendations()
        .filter(|row| row.stale().is_some())
        .collect();
    let Some(stale) = rows.first().and_then(Row::stale) else {
        return String::new();
    };
    let since = match portfolio.single() {
        Some(_) => format!("the meeting of {}", stale.meeting),
        None => "the last meeting".to_owned(),
    };
    let line = format!(
        "{} {}: nothing heard since before {since}",
        paint(STALE, "Stale"),
        some_ids(&rows),
    );
    wrap(&line, screen, "", "  ")
}

/// What is complete and not closed, where the plan asks for verification.
fn unverified(portfolio: &Portfolio<'_>, screen: Screen) -> String {
    let rows: Vec<_> = portfolio
        .recommendations()
        .filter(|row| row.recommendation.is_unverified())
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let line = format!(
        "{} {}: complete, and not closed until somebody independent has verified it",
        paint(SOON, "Unverified"),
        some_ids(&rows)
    );
    wrap(&line, screen, "", "  ")
}

/// The ids of the first rows.
fn some_ids(rows: &[Row<'_>]) -> String {
    let ids = rows.iter().take(FOREMOST_IDS).map(|row| row.shown_id());
    let others = (rows.len() > FOREMOST_IDS).then(|| "…".to_owned());
    ids.chain(others).collect::<Vec<_>>().join(", ")
}

fn meeting(view: &View<'_>) -> String {
    let Some(meeting) = view.plan.next_meeting(view.as_of) else {
        return String::new();
    };
    let when = match meeting.date {
        Period::Month(_) => String::new(),
        Period::Day(day) => match days_between(view.as_of, day) {
            0 => ", today".to_owned(),
            ahead => format!(", in {}", words::days(ahead)),
        },
    };
    format!("Next meeting {}{when}\n", meeting.date)
}

/// For the reader of `words`: every progress word is spoken the same way.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Word;

    #[test]
    fn the_bar_is_always_as_wide_as_asked() {
        for total in 0..40 {
            let mut counts = Counts::default();
            counts.total = total;
            counts.rejected = total / 3;
            assert_eq!(visible_width(&bar(&counts, 20)), 20, "{total}");
        }
    }

    #[test]
    fn every_status_has_a_spoken_form_without_hyphens() {
        assert!(
            Status::ALL
                .iter()
                .all(|status| !words::spoken(*status).contains('-'))
        );
    }
}
