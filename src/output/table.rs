//! The table format, for people at a screen.

use super::{
    Answer, AnswerKind, Format, answer::not_printed, burnup, changes, findings, links::linked, log,
    overdue, reminder, rows, rule_list, show, status, timeline, versions, words,
};
use crate::doc::{Block, Doc, Screen};

/// The format `table`, for people at a screen.
pub struct TableFormat;

impl Format for TableFormat {
    fn name(&self) -> &'static str {
        "table"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["txt"]
    }

    fn kinds(&self) -> &'static [AnswerKind] {
        &AnswerKind::ANSWERS
    }

    fn columns(&self, screen: Screen) -> Option<usize> {
        Some(burnup::columns(screen))
    }

    fn print(&self, answer: &Answer<'_>, screen: Screen) -> anyhow::Result<String> {
        let text = self.text(answer, screen)?;
        Ok(if screen.has_links { linked(&text) } else { text })
    }
}

impl TableFormat {
    fn text(&self, answer: &Answer<'_>, screen: Screen) -> anyhow::Result<String> {
        Ok(screen.print(&match answer {
            Answer::Status(portfolio, by, given) => {
                return Ok(status::page(portfolio, *by, given, screen));
            }
            Answer::List(portfolio, ..) | Answer::Timeline(portfolio, ..)
                if portfolio.counts().total == 0 =>
            {
                Doc(vec![Block::Paragraph(words::EMPTY.into())])
            }
            Answer::List(_, rows, columns) => rows::document(rows, columns, screen.has_room()),
            Answer::Overdue(answer) => overdue::document(answer, screen.has_room()),
            Answer::Show(_, rows) => {
                return Ok(screen.for_reading().print(&show::document(rows)));
            }
            Answer::Timeline(_, timeline, ascii) => {
                return Ok(timeline::chart(timeline, *ascii, screen));
            }
            Answer::Diff(diff) => versions::document(diff),
            Answer::Log(log) => log::document(log, screen),
            Answer::Burnup(burnup) => burnup::document(burnup, screen),
            Answer::Changes(found) => changes::document(found),
            Answer::Remind(_, reminders) => reminder::document(reminders),
            Answer::Findings(findings) => {
                return Ok(findings::report(
                    &findings.checked,
                    findings.is_verbose,
                    findings.given,
                    screen,
                ));
            }
            Answer::Import(import) => import.document(),
            Answer::Rules(_, levels) => rule_list::document(levels, screen),
            Answer::Help(help) => return Ok(help.page.clone()),
            other => return Err(not_printed(self.name(), other)),
        }))
    }
}
