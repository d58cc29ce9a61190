//! What wants attention, in `plan status`: what is late, at risk and next, and what waits for somebody.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::{
    super::{row_style::of_timing, words},
    Found, Page, cut,
};
use crate::{
    doc::{
        Block, Column, Doc, Fit, Line, Table,
        style::{DONE, LATE, SOON, STALE, STRONG},
    },
    model::{Outlook, Period, Timing, days_between, to_single_line},
    query::Row,
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
}

impl Page<'_> {
    /// What is overdue, what comes next, what has gone silent: a line each. The next meeting is the last.
    pub fn attention(&self) -> Doc {
        let awaited = self.rows_that(Row::is_awaited);
        let silent = self.rows_that(|row| row.stale().is_some());
        let unverified = ": complete, and not closed until somebody independent has looked";
        let mut doc = self.deadlines();
        if self.found.overdue.is_empty() {
            doc.line(Line::styled(DONE, "Nothing is overdue."));
        }
        let lines: [(&str, Style, &[Row<'_>], &str); 5] = [
            ("Escalate", LATE, &self.found.escalated, ""),
            ("Waiting", SOON, &awaited, " for management’s answer"),
            ("Silent", STALE, &silent, &self.since(&silent)),
            ("No date", STALE, &self.rows_that(Row::has_no_date), ""),
            ("Unverified", SOON, &self.rows_that(Row::is_unverified), unverified),
        ];
        for (label, style, rows, remark) in lines.into_iter().filter(|line| !line.2.is_empty()) {
            doc.0.push(self.labelled(label, style, rows, remark));
        }
        self.meeting(&mut doc);
        doc
    }

    fn rows_that<'s>(&'s self, holds: fn(&Row<'s>) -> bool) -> Vec<Row<'s>> {
        self.found.recommendations.iter().copied().filter(holds).collect()
    }

    /// What is late, what is at risk, what comes next, and what was asked for.
    fn deadlines(&self) -> Doc {
        let limits = &self.limits;
        let Found { overdue, coming, at_risk, waiting, .. } = self.found;
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
        let mut lines: Vec<Vec<Line>> = late
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
        let mut doc = Doc::default();
        if !lines.is_empty() {
            doc.gap();
            doc.table(table(lines));
        }
        self.left_out(&mut doc, &left);
        doc
    }

    /// How many rows are left out, and which commands show them.
    fn left_out(&self, doc: &mut Doc, left: &Left) {
        let ahead = left.feared + left.ahead;
        if self.limits.is_short {
            let kinds = [(left.overdue, "overdue"), (ahead, "ahead"), (left.waiting, "waiting")];
            let found = kinds.iter().filter(|(count, _)| *count > 0);
            let words: Vec<String> = found.map(|(count, kind)| format!("{count} {kind}")).collect();
            if !words.is_empty() {
                let words = words.join(", ");
                let line = format!("… and more, {words}: plan list --sort deadline");
                doc.line(self.given.in_commands(&line));
            }
            return;
        }
        let what = match left.feared {
            0 => " ahead".to_owned(),
            feared => format!(" ahead, {feared} of them at risk"),
        };
        self.more(doc, left.overdue, " overdue", "plan overdue");
        self.more(doc, ahead, &what, "plan list --sort deadline");
        self.more(doc, left.waiting, " waiting", "plan list --waiting");
    }

    /// Since when the silent rows are silent.
    fn since(&self, silent: &[Row<'_>]) -> String {
        let Some(stale) = silent.first().and_then(Row::stale) else {
            return String::new();
        };
        match self.portfolio.single() {
            Some(_) => format!(" since before the meeting of {}", stale.meeting),
            None => " since before the last meeting".to_owned(),
        }
    }

    /// A line with the ids of rows and a remark on them, under the same labels as the deadlines. Where the line may
    /// not wrap and the remark leaves no room for the ids, the remark is left out.
    fn labelled(&self, label: &str, style: Style, rows: &[Row<'_>], remark: &str) -> Block {
        let first = Line::styled(style, padded(label)).and("  ");
        let width = self.screen.width.filter(|_| self.limits.is_short);
        let room = width.map(|width| width.saturating_sub(padded(label).width() + 2));
        let Some(room) = room else {
            let line = some_ids(rows, self.limits.ids) + remark;
            return Block::Hanging(first, 10, line.into());
        };
        let counts = (1..=rows.len().min(self.limits.ids)).rev();
        let mut lines = [remark, ""]
            .into_iter()
            .flat_map(|remark| counts.clone().map(move |most| some_ids(rows, most) + remark));
        let fitting = lines.find(|line| line.width() <= room);
        let line = fitting.unwrap_or_else(|| cut(&some_ids(rows, 1), room, "…"));
        Block::Line(first.and(line))
    }

    /// The next meeting.
    fn meeting(&self, doc: &mut Doc) {
        let as_of = self.portfolio.as_of;
        let view = self.portfolio.single();
        let Some(meeting) = view.and_then(|view| view.plan.next_meeting(as_of)) else {
            return;
        };
        let when = match meeting.date {
            Period::Month(_) | Period::Year(_) => String::new(),
            Period::Day(day) => match days_between(as_of, day) {
                0 => " (today)".to_owned(),
                ahead => format!(" (in {})", words::days(ahead)),
            },
        };
        let title = meeting.title.as_deref().map(|title| format!(" · {}", to_single_line(title)));
        let line = format!("Next meeting: {}{when}{}", meeting.date, title.unwrap_or_default());
        doc.line(self.short(&line));
    }
}

fn table(lines: Vec<Vec<Line>>) -> Table {
    let columns = [Fit::Always, Fit::Always, Fit::Always, Fit::Dropped(1), Fit::Words];
    Table::new(columns.map(|fit| Column::new("", fit)), lines)
}

/// How many rows are left out.
struct Left {
    overdue: usize,
    feared: usize,
    ahead: usize,
    waiting: usize,
}

fn deadline_line(label: &str, row: &Row<'_>) -> Vec<Line> {
    let style = of_timing(row);
    // The label tells that it is at risk.
    let timing = match row.outlook() {
        Some(Outlook::AtRisk) => words::deadline(row),
        _ => words::timing(row),
    };
    let deadline = row.deadline().map_or_else(String::new, |deadline| deadline.to_string());
    attention_line(style, padded(label), row, timing, deadline)
}

fn request_line(label: &str, row: &Row<'_>) -> Vec<Line> {
    let wanted =
        row.request().map_or_else(String::new, |request| to_single_line(&request.to.wording));
    attention_line(SOON, label.to_owned(), row, format!("asked for {wanted}"), String::new())
}

fn attention_line(
    style: Style,
    label: String,
    row: &Row<'_>,
    words: String,
    deadline: String,
) -> Vec<Line> {
    vec![
        Line::styled(style, label),
        Line::styled(STRONG, row.shown_id()),
        Line::styled(style, words),
        deadline.into(),
        to_single_line(row.name()).into(),
    ]
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
