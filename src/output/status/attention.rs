//! The part of `plan status` that asks for attention: overdue items, items due next, and items that await a decision.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::{
    super::{row_fields::DAYS_OVERDUE, row_style::of_timing, words},
    StatusPage, cut,
};
use crate::{
    doc::{
        Block, Column, Doc, Fit, Line, Table,
        style::{FAINT, LATE, SOON, STALE, STRONG},
        text::letters,
    },
    model::{Period, Timing, days_between, to_single_line},
    query::Row,
};

/// The maximum width of the owners' names in a line, in columns. The limit applies to screens of at most [`NARROW`]
/// columns.
const MOST_OWNER: usize = 24;
/// The owners' names are shortened to the remaining width only if at least this number of columns remains.
const LEAST_OWNER: usize = 12;
const NARROW: usize = 100;
/// The minimum width of a label and the spaces after the label, in columns.
const LABEL: usize = 9;

/// The numbers of overdue and of upcoming rows that get a line.
#[derive(Clone, Copy)]
pub struct Shown {
    pub overdue: usize,
    pub ahead: usize,
    /// True if a line may report the number of upcoming rows that are not shown.
    pub is_ahead_counted: bool,
}

impl StatusPage<'_> {
    /// Builds a table of the overdue and upcoming rows. Further lines give the numbers of rows that are not shown.
    pub fn deadlines(&self, shown: Shown) -> Doc {
        let (overdue, ahead) = (&self.overdue, &self.ahead);
        let (late, coming) = (&overdue[..shown.overdue], &ahead[..shown.ahead]);
        let id_width = late.iter().chain(coming).map(|row| row.shown_id().width()).max();
        let line = |row: &Row<'_>| self.deadline_line(row, id_width.unwrap_or(0));
        let next = match ahead.first().map(|row| row.own.timing) {
            Some(Some(Timing::DueSoon)) => "DUE SOON",
            _ => "NEXT",
        };
        let mut lines: Vec<Vec<Line>> = late.iter().map(line).collect();
        if !late.is_empty() && !coming.is_empty() {
            lines.push([Line::styled(FAINT, next), "".into(), "".into(), "".into()].into());
        }
        lines.extend(coming.iter().map(line));
        if let Some(width) = self.screen.width.filter(|width| *width <= NARROW) {
            shorten_owners(&mut lines, width);
        }
        let mut doc = Doc::default();
        if !lines.is_empty() {
            doc.gap();
            doc.table(deadline_table(if late.is_empty() { next } else { "Overdue" }, lines));
        }
        let left = overdue.len() - shown.overdue;
        self.more(&mut doc, left, "overdue", "plan overdue");
        if let Some(last) =
            ahead.last().filter(|_| shown.is_ahead_counted && shown.ahead < ahead.len())
            && let Some(deadline) = last.deadline()
        {
            let as_of = self.portfolio.as_of;
            // In the grace period, the due date is before the as-of day, so the number of days would be negative.
            let days = days_between(as_of, deadline.last_day()).max(0);
            let what = format!("due by {}", deadline.last_day().max(as_of));
            let command = format!("plan overdue --within {days}d");
            self.more(&mut doc, ahead.len() - shown.ahead, &what, &command);
        }
        doc
    }

    /// Adds a line with the number of rows left out, and with the command that lists these rows.
    fn more(&self, doc: &mut Doc, left: usize, what: &str, command: &str) {
        if left > 0 {
            doc.line(self.given.in_commands(&format!("{left} more {what}: {command}")));
        }
    }

    fn deadline_line(&self, row: &Row<'_>, id_width: usize) -> Vec<Line> {
        let id = row.shown_id();
        let gap = " ".repeat(id_width - id.width() + 2);
        let style = of_timing(row);
        // The heading already says “Overdue”, so the cell shows only the number of days.
        let how_long =
            if row.is_overdue() { DAYS_OVERDUE.shown(row) } else { words::deadline(row, true) };
        let owners = to_single_line(&row.owners().join(", "));
        vec![
            Line::styled(STRONG, id).and(gap).and(Line::styled(style, how_long)),
            words::due(row, self.screen.has_room()).into(),
            words::name(row).into(),
            owners.into(),
        ]
    }

    /// Lists the items that need a decision or an update, one line per kind. A brief list has only the number of items
    /// of each kind.
    pub fn waiting(&self, is_brief: bool) -> Doc {
        let mut doc = Doc::default();
        let requests: Vec<String> = self.waiting.iter().map(request).collect();
        let reviews = self.recommendations.iter();
        let reviews =
            reviews.filter_map(|row| Some(format!("{} ({})", row.shown_id(), row.review_due()?)));
        let escalated = self.escalated.iter().map(Row::shown_id).collect();
        let lines = [
            ("Decide", SOON, requests, "plan list --waiting"),
            ("Escalate", LATE, escalated, "plan list --columns id,text,escalated"),
            ("Verify", SOON, self.ids(Row::is_unverified), "plan list --unverified"),
            ("At risk", SOON, self.ids(Row::is_at_risk), "plan list --outlook at-risk,off-track"),
            ("Review due: ", STALE, reviews.collect(), "plan overdue --within 0d"),
            (
                "Management response pending: ",
                STALE,
                self.ids(Row::is_awaited),
                "plan list --response awaited",
            ),
            (&self.silence(), STALE, self.ids(|row| row.own.stale.is_some()), "plan list --stale"),
            ("No date: ", STALE, self.ids(Row::has_no_date), "plan list --timing undated"),
        ];
        doc.gap();
        if is_brief {
            let found = lines.iter().filter(|line| !line.2.is_empty());
            let counts: Vec<String> = found
                .map(|(label, _, items, _)| {
                    format!("{} {}", label.trim_end_matches(": "), items.len())
                })
                .collect();
            let words = format!("{}; to list them: plan status | cat", counts.join(" · "));
            doc.0.push(Block::Hanging("".into(), 2, self.given.in_commands(&words).into()));
            return if counts.is_empty() { Doc::default() } else { doc };
        }
        for (label, style, items, command) in lines.iter().filter(|line| !line.2.is_empty()) {
            self.labelled(&mut doc, label, *style, items, command);
        }
        self.meeting(&mut doc);
        if doc.0.len() == 1 { Doc::default() } else { doc }
    }

    fn ids<'s>(&'s self, holds: fn(&Row<'s>) -> bool) -> Vec<String> {
        let rows = self.recommendations.iter().filter(|row| holds(row));
        rows.map(Row::shown_id).collect()
    }

    /// Returns the label for items without an update since the last meeting.
    fn silence(&self) -> String {
        let as_of = self.portfolio.as_of;
        let meeting = self.portfolio.single().and_then(|view| view.plan.last_meeting(as_of));
        match meeting.map(|meeting| meeting.date) {
            Some(Period::Day(day)) => format!("No update since the meeting of {day}: "),
            Some(month) => format!("No update since the {month} meeting: "),
            None => "No update since the last meeting: ".to_owned(),
        }
    }

    /// Adds a line with a label and as many items as fit. If some items do not fit, the line ends with the `command`
    /// that lists all items.
    fn labelled(&self, doc: &mut Doc, label: &str, style: Style, items: &[String], command: &str) {
        let label = format!("{label:<LABEL$}");
        let with = |most: usize| match items.len() - most {
            0 => items.join(SEPARATOR),
            left => {
                let more = format!("{} and {left} more: {command}", items[..most].join(SEPARATOR));
                self.given.in_commands(&more)
            }
        };
        let words = match self.screen.width {
            None => with(items.len()),
            Some(width) => {
                let room = width.saturating_sub(label.width());
                let mut lines = (1..=items.len().min(width)).rev().map(with);
                let fitting = lines.find(|line| line.width() <= room);
                fitting.unwrap_or_else(|| cut(&with(1), room, "…"))
            }
        };
        doc.line(Line::styled(style, label).and(words));
    }

    /// Adds a line with the next meeting, if the answer is about a single plan.
    fn meeting(&self, doc: &mut Doc) {
        let as_of = self.portfolio.as_of;
        let view = self.portfolio.single();
        let Some(meeting) = view.and_then(|view| view.plan.next_meeting(as_of)) else { return };
        let when = match meeting.date {
            Period::Month(_) | Period::Year(_) => String::new(),
            Period::Day(day) => match days_between(as_of, day) {
                0 => " (today)".to_owned(),
                ahead => format!(" (in {})", words::span(ahead)),
            },
        };
        let title = meeting.title.as_deref().map(|title| format!(" · {}", to_single_line(title)));
        let line = format!("Next meeting: {}{when}{}", meeting.date, title.unwrap_or_default());
        doc.line(match self.screen.width {
            Some(width) => cut(&line, width, "…"),
            None => line,
        });
    }
}

/// Shortens the owners' names so that the lines fit into `width` columns.
fn shorten_owners(lines: &mut [Vec<Line>], width: usize) {
    const WORDS: usize = 30;
    const GAPS: usize = 6;
    let widest = |column: usize| lines.iter().map(|line| line[column].width()).max().unwrap_or(0);
    let taken = widest(0) + widest(1) + widest(2).min(WORDS) + GAPS;
    let room = width.saturating_sub(taken);
    let most = if room < LEAST_OWNER { MOST_OWNER } else { room.min(MOST_OWNER) };
    for line in lines {
        let owners = line[3].plain();
        if owners.width() > most {
            line[3] = (letters(&owners, most - 1).trim_end().to_owned() + "…").into();
        }
    }
}

const SEPARATOR: &str = ", ";

/// Describes a request for an extension, such as `11: extension to October 2021 requested`.
fn request(row: &Row<'_>) -> String {
    let to = row.request().map_or_else(String::new, |request| to_single_line(&request.to.wording));
    let what = if row.own_deadline().is_some() { "extension to " } else { "" };
    format!("{}: {what}{to} requested", row.shown_id())
}

fn deadline_table(heading: &'static str, lines: Vec<Vec<Line>>) -> Table {
    let columns = [
        Column::new(heading, Fit::Always),
        Column::new("Due", Fit::Dropped(1)),
        Column::new("Recommendation", Fit::Words),
        Column::new("Owner", Fit::DROPPED_LAST),
    ];
    Table::new(columns, lines)
}
