//! The Markdown format: tables and pages to paste into a report, a wiki or a pull request.

use super::{
    Answer, AnswerKind, Format, burnup, changes, overdue, reminder, rows, show, status, versions,
};
use crate::doc::markdown;

/// The format `markdown`, for reports and wikis.
pub static FORMAT: Format = Format {
    name: "markdown",
    kinds: &[
        AnswerKind::Status,
        AnswerKind::List,
        AnswerKind::Overdue,
        AnswerKind::Show,
        AnswerKind::Diff,
        AnswerKind::Changes,
        AnswerKind::Burnup,
        AnswerKind::Remind,
    ],
    endings: &["md", "markdown"],
    text: |answer, screen| {
        let doc = match answer {
            Answer::Status(portfolio, by, _) => status::on_paper(portfolio, *by),
            Answer::List(_, rows, columns) => rows::document(rows, columns, true),
            Answer::Overdue(answer) => overdue::document(answer, true),
            Answer::Show(_, rows) => show::document(rows),
            Answer::Diff(diff) => versions::document(diff),
            Answer::Burnup(found) => burnup::document(found, screen),
            Answer::Changes(found) => changes::document(found),
            Answer::Remind(_, reminders) => reminder::document(reminders),
            _ => return None,
        };
        Some(Ok(markdown::print(&doc.0)))
    },
    ..Format::NOTHING
};
