//! The answer of `plan show`: one recommendation or action as a page.

use super::{
    row_fields::OWNERS,
    row_style::{of_colour, of_progress, of_timing},
    why::why,
    words,
};
use crate::{
    doc::{Block, DAY, Detail, Doc, Line, Medium, style::STRONG},
    model::{
        Dated, Day, Keyword as _, ProgressEntry, Revision, Status, oldest_first, seen_on,
        to_single_line,
    },
    query::Row,
};

/// Builds a document with one page for each recommendation or action in `rows`.
pub fn document(rows: &[Row<'_>]) -> Doc {
    let mut doc = Doc::default();
    for row in rows {
        if !doc.0.is_empty() {
            doc.0.push(Block::Rule);
        }
        ShowPage { row }.write(&mut doc);
    }
    doc
}

struct ShowPage<'a> {
    row: &'a Row<'a>,
}

impl ShowPage<'_> {
    fn write(&self, doc: &mut Doc) {
        self.heading(doc);
        doc.0.push(Block::Text(self.row.item().text().to_owned()));
        doc.gap();
        let facts = [
            self.made(),
            self.owner(),
            self.response(),
            self.timescale(),
            self.rules(),
            words::titled(self.row).map(|(title, value)| Detail::new(title, value)).collect(),
            self.verification(),
            self.amendments(),
            Detail::several(
                "Extra",
                self.row.item().extra().iter().map(|(key, value)| words::extra(key, value)),
            ),
        ];
        doc.0.push(Block::Details(facts.into_iter().flatten().collect()));
        if !self.row.is_action() {
            self.row.actions().for_each(|row| ShowPage { row: &row }.below_recommendation(doc));
        }
    }

    /// Adds the heading of the page: the kind, the id and the title of the item.
    fn heading(&self, doc: &mut Doc) {
        let id = self.row.shown_id();
        let (level, kind, of) = match self.row.item().action {
            Some(_) => {
                let whole = &self.row.recommendation().id;
                (3, "Action", format!(" of recommendation {whole}"))
            }
            None => (2, "Recommendation", String::new()),
        };
        let area =
            self.row.area_of_plan().map(|area| format!(" · {}", to_single_line(&area.title)));
        let priority =
            self.row.priority().map(|priority| format!(" · {}", words::priority(priority)));
        let rest = format!("{}{}", area.unwrap_or_default(), priority.unwrap_or_default());
        let heading = Line::styled(STRONG, format!("{kind} {id}{of}")).and(rest);
        doc.on(Medium::Screen, Block::Hanging(Line::default(), 2, heading));
        doc.gap();
        let title = self.row.title().map(to_single_line);
        if let Some(title) = &title {
            doc.on(Medium::Screen, Block::Paragraph(Line::styled(STRONG, title)));
            doc.on(Medium::Screen, Block::Gap);
        }
        let title = title.map(|title| format!(": {title}")).unwrap_or_default();
        doc.on(Medium::Paper, Block::Heading(level, format!("{kind} {id}{title}").into()));
    }

    /// Returns the date of the item and, except on a screen, the area and the priority of a recommendation.
    fn made(&self) -> Vec<Detail> {
        let mut facts = Vec::new();
        if !self.row.is_action() {
            let area = self.row.area_of_plan().map(|area| ("Area", area.title.as_str()));
            let priority = self.row.priority().map(|priority| ("Priority", priority));
            let named = area.into_iter().chain(priority);
            let named = named.map(|(name, words)| Detail::new(name, to_single_line(words)));
            facts.extend(named.map(|fact| fact.only_on(Medium::Paper)));
        }
        let item = self.row.item();
        let whole = item.recommendation.date.filter(|_| self.row.is_later());
        let name = item.action.map_or("Made on", |_| "Added on");
        let date = item.date().or(whole);
        facts.extend(date.map(|date| Detail::new(name, format!("{date}{}", self.later(date)))));
        facts
    }

    fn owner(&self) -> Vec<Detail> {
        let own = &self.row.recommendation().owner;
        let owners = self.row.owners();
        let on_screen = match self.row.item().action {
            None if own.is_empty() => None,
            None => Some(own.join(", ")),
            Some(_) if owners.is_empty() => Some("no owner".to_owned()),
            Some(_) => Some(owners.join(", ")),
        };
        let on_paper = (!owners.is_empty()).then(|| OWNERS.shown(self.row));
        let fact =
            |words: String, medium| Detail::new("Owner", to_single_line(&words)).only_on(medium);
        let on_screen = on_screen.map(|words| fact(words, Medium::Screen));
        on_screen.into_iter().chain(on_paper.map(|words| fact(words, Medium::Paper))).collect()
    }

    fn response(&self) -> Vec<Detail> {
        if self.row.is_action() {
            return Vec::new();
        }
        let later = self
            .row
            .later_answer()
            .map(|(on, response)| format!("{on} {}{}", words::spoken(response), self.later(on)));
        let reason = words::response_text(self.row).map(str::to_owned);
        let fact = Detail::new("Response", words::response(self.row));
        vec![fact.explained(later.into_iter().chain(reason))]
    }

    fn timescale(&self) -> Vec<Detail> {
        let timescale = Detail::new("Timescale", words::timescale(self.row));
        let moved = self.agreed().into_iter();
        std::iter::once(timescale).chain(moved).chain([self.progress(), self.timing()]).collect()
    }

    /// Returns the original due date and the revisions of the timescale; `None` if there are no revisions.
    fn agreed(&self) -> Option<Detail> {
        if self.row.item().revisions().is_empty() {
            return None;
        }
        let first =
            self.row.item().original_timescale().map(|first| to_single_line(&first.words()));
        let first = format!("original due date: {}", first.unwrap_or_else(|| "no date".to_owned()));
        let revisions =
            oldest_first(self.row.item().revisions()).map(|revision| self.revision(revision));
        Some(Detail::new("Revisions", first).with_entries(revisions))
    }

    fn progress(&self) -> Detail {
        let (progress, rest) = progress_words(self.row);
        let words = Line::styled(of_progress(self.row), progress).and(rest);
        let entries = oldest_first(self.row.item().progress()).map(|entry| self.entry(entry));
        Detail::new("Progress", words).with_entries(entries)
    }

    fn timing(&self) -> Detail {
        let timing = Line::styled(of_timing(self.row), words::timing(self.row));
        Detail::new("Timing", timing).explained([why(self.row)])
    }

    /// Returns the RAG colour of the item, and the reasons for its escalation, if there are any.
    fn rules(&self) -> Vec<Detail> {
        let colour = self.row.colour().map(|colour| {
            let fact = Detail::new("RAG", Line::styled(of_colour(colour), colour.word()));
            fact.explained(words::colours(&[*self.row]))
        });
        let causes = words::escalation(self.row).map(|causes| Detail::new("Escalated", causes));
        colour.into_iter().chain(causes).collect()
    }

    fn verification(&self) -> Vec<Detail> {
        let lines = oldest_first(self.row.item().verification()).map(|entry| {
            let (on, evidence) = (entry.on, words::evidence(&entry.evidence));
            format!("{on} {}{evidence}{}", words::verification(entry), self.remark(entry))
        });
        Detail::several("Verification", lines)
    }

    fn amendments(&self) -> Vec<Detail> {
        let lines = oldest_first(self.row.item().amendments()).map(|amendment| {
            let (on, key) = (amendment.on, amendment.key.word());
            format!("{on} {key}{}{}", words::amendment(amendment), recorded(amendment))
        });
        Detail::several("Amendments", lines)
    }

    /// Adds an action to the page of its recommendation. On a screen, the action takes only a few lines.
    fn below_recommendation(&self, doc: &mut Doc) {
        const INDENT: &str = "      ";
        let Some(action) = self.row.item().action else { return };
        let mut paper = Doc::default();
        self.write(&mut paper);
        paper.0.into_iter().for_each(|block| doc.on(Medium::Paper, block));
        let owner = match &*action.owner {
            [] => String::new(),
            owner => format!(" · {}", to_single_line(&owner.join(", "))),
        };
        let added = action.date.map(|date| format!(" · added {date}")).unwrap_or_default();
        let progress = format!("{}{owner}{added}", words::progress(self.row));
        let heading = Line::styled(STRONG, format!("{:<4}", action.id))
            .and("  ")
            .and(Line::styled(of_progress(self.row), progress));
        doc.gap();
        doc.line(heading);
        let mut say = |words: String, rest| {
            doc.on(Medium::Screen, Block::Hanging(INDENT.into(), rest, words.into()));
        };
        say(action.text.clone(), INDENT.len());
        if action.timescale.is_some() || !action.revisions.is_empty() {
            let words = format!("{} ({})", words::timescale(self.row), words::timing(self.row));
            say(words, INDENT.len());
        }
        let revisions = oldest_first(&action.revisions).map(|revision| self.revision(revision));
        let entries = oldest_first(&action.progress).map(|entry| self.entry(entry));
        revisions.chain(entries).for_each(|words| say(words, INDENT.len() + DAY));
    }

    fn revision(&self, revision: &Revision) -> String {
        let on = revision.on;
        format!("{on} {}{}", words::revision(self.row, revision), self.remark(revision))
    }

    fn entry(&self, entry: &ProgressEntry) -> String {
        let (on, evidence) = (entry.on, words::evidence(&entry.evidence));
        format!("{on} {}{evidence}{}", words::entry(entry), self.remark(entry))
    }

    /// Returns remarks on an entry that was recorded late or has a date after the as-of day.
    fn remark(&self, entry: &dyn Dated) -> String {
        recorded(entry) + &self.later(entry.on())
    }

    /// Returns a remark if the date `on` is after the as-of day; otherwise an empty text.
    fn later(&self, on: Day) -> String {
        if on > self.row.view.as_of {
            format!(" (after {}, not counted)", self.row.view.as_of)
        } else {
            String::new()
        }
    }
}

/// Returns a remark with the day on which an entry was recorded; empty if the entry was recorded in time.
fn recorded(entry: &dyn Dated) -> String {
    entry.recorded().map(|day| format!(" (recorded {day})")).unwrap_or_default()
}

/// Checks whether a new action reopened a recommendation that had ended.
fn is_reopened_by_action(row: &Row<'_>) -> bool {
    let last = seen_on(row.item().progress(), row.view.as_of).rev().find_map(|entry| entry.status);
    let has_ended = last.is_none_or(Status::has_ended);
    has_ended && !row.whole.by_entries.has_ended()
}

/// Returns the progress of a row, and an explanation in brackets, such as ` (2 of 3 actions complete)`.
fn progress_words(row: &Row<'_>) -> (String, String) {
    let standing = row.whole;
    let rest = if row.is_action() {
        String::new()
    } else if standing.actions.is_empty() {
        " (no actions)".to_owned()
    } else if standing.by_itself && is_reopened_by_action(row) {
        " (reopened by a new action)".to_owned()
    } else if standing.by_itself {
        " (from its own entries, because no action has an entry yet)".to_owned()
    } else {
        let complete = standing.complete_actions();
        let actions = words::counted(standing.actions.len(), "action", "actions");
        let reopened = if standing.reopened { ", reopened: verification failed" } else { "" };
        let unverified = if standing.is_unverified() { ", open until verified" } else { "" };
        format!(" ({complete} of {actions} complete{reopened}{unverified})")
    };
    (words::progress(row), rest)
}
