//! The Markdown format: tables and pages to paste into a report, a wiki or a pull request.

use super::{
    Answer, AnswerKind, Format, answer::not_printed, burnup, changes, overdue, reminder, rows,
    show, status, versions,
};
use crate::doc::{Screen, markdown};

/// The format `markdown`, for reports and wikis.
pub struct MarkdownFormat;

impl Format for MarkdownFormat {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn kinds(&self) -> &'static [AnswerKind] {
        &[
            AnswerKind::Status,
            AnswerKind::List,
            AnswerKind::Overdue,
            AnswerKind::Show,
            AnswerKind::Diff,
            AnswerKind::Changes,
            AnswerKind::Burnup,
            AnswerKind::Remind,
        ]
    }

    fn print(&self, answer: &Answer<'_>, screen: Screen) -> anyhow::Result<String> {
        let doc = match answer {
            Answer::Status(portfolio, by, _) => status::on_paper(portfolio, *by),
            Answer::List(_, rows, columns) => rows::document(rows, columns, true),
            Answer::Overdue(answer) => overdue::document(answer, true),
            Answer::Show(_, rows) => show::document(rows),
            Answer::Diff(diff) => versions::document(diff),
            Answer::Burnup(found) => burnup::document(found, screen),
            Answer::Changes(found) => changes::document(found),
            Answer::Remind(_, reminders) => reminder::document(reminders),
            other => return Err(not_printed(self.name(), other)),
        };
        Ok(markdown::print(&doc.0))
    }
}
