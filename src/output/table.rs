//! The format for people at a screen.

use super::{
    Answer, Format, Kind, answer::not_printed, burnup, changes, findings, log, overdue, rows,
    rule_list, show, status, timeline, versions, words,
};
use crate::{doc::Screen, doc::text::wrap};

/// The format for people at a screen.
pub struct TableFormat;

impl Format for TableFormat {
    fn name(&self) -> &'static str {
        "table"
    }

    fn kinds(&self) -> &'static [Kind] {
        &Kind::ANSWERS
    }

    fn columns(&self, screen: Screen) -> Option<usize> {
        Some(burnup::columns(screen))
    }

    fn print(&self, answer: &Answer<'_>, screen: Screen) -> anyhow::Result<String> {
        Ok(match answer {
            Answer::Status(portfolio, by, given) => status::page(portfolio, *by, given, screen),
            Answer::List(portfolio, ..) | Answer::Timeline(portfolio, ..)
                if portfolio.counts().total == 0 =>
            {
                wrap(words::EMPTY, screen, "", "")
            }
            Answer::List(_, rows, columns) => rows::table(rows, columns, screen),
            Answer::Overdue(portfolio, rows) => overdue::table(portfolio, rows, screen),
            Answer::Show(_, rows) => show::page(rows, screen),
            Answer::Timeline(_, timeline, ascii) => timeline::chart(timeline, *ascii, screen),
            Answer::Diff(diff) => versions::table(diff, screen),
            Answer::Log(log) => log::table(log, screen),
            Answer::Burnup(burnup) => burnup::chart(burnup, screen),
            Answer::Changes(found) => changes::page(found, screen),
            Answer::Findings(findings) => findings::report(&findings.checked, screen),
            Answer::Rules(_, levels) => rule_list::table(levels, screen),
            other => return Err(not_printed(self, other)),
        })
    }
}
