//! The table format, for people at a screen.

use super::{
    Answer, AnswerKind, Format, burnup, changes, findings, links::linked, log, overdue, reminder,
    rows, rule_list, show, status, timeline, versions, words,
};
use crate::doc::{Block, Doc, Screen};

/// The format `table`, for people at a screen.
pub static FORMAT: Format = Format {
    name: "table",
    kinds: AnswerKind::ANSWERS,
    endings: &["txt"],
    columns: |screen| Some(burnup::columns(screen)),
    text: |answer, screen| {
        let text = text(answer, screen)?;
        Some(Ok(if screen.has_links { linked(&text) } else { text }))
    },
    ..Format::NOTHING
};

fn text(answer: &Answer<'_>, screen: Screen) -> Option<String> {
    let doc = match answer {
        Answer::Status(portfolio, by, given) => {
            return Some(status::page(portfolio, *by, given, screen));
        }
        Answer::List(portfolio, ..) | Answer::Timeline(portfolio, ..)
            if portfolio.counts().total == 0 =>
        {
            Doc(vec![Block::Paragraph(words::EMPTY.into())])
        }
        Answer::List(_, rows, columns) => rows::document(rows, columns, screen.has_room()),
        Answer::Overdue(answer) => overdue::document(answer, screen.has_room()),
        Answer::Show(_, rows) => return Some(screen.for_reading().print(&show::document(rows))),
        Answer::Timeline(_, timeline, ascii) => {
            return Some(timeline::chart(timeline, *ascii, screen));
        }
        Answer::Diff(diff) => versions::document(diff),
        Answer::Log(log) => log::document(log, screen),
        Answer::Burnup(burnup) => burnup::document(burnup, screen),
        Answer::Changes(found) => changes::document(found),
        Answer::Remind(_, reminders) => reminder::document(reminders),
        Answer::Findings(found) => {
            return Some(findings::report(&found.checked, found.is_verbose, found.given, screen));
        }
        Answer::Import(import) => import.document(),
        Answer::Rules(_, levels) => rule_list::document(levels, screen),
        Answer::Help(help) => return Some(help.page.clone()),
        Answer::Export(_) => return None,
    };
    Some(screen.print(&doc))
}
