//! `plan show` on a screen: one recommendation or action, like a page.

use super::{
    row_style::{of_colour, of_progress, of_timing},
    words,
};
use crate::{
    doc::{
        Screen,
        style::{FAINT, STRONG, paint, paint_lines},
        text::{READING_WIDTH, wrap},
    },
    model::{ActionStanding, Day, Keyword, ProgressEntry, Revision, to_single_line},
    query::Row,
};

/// Where the words beside a heading begin.
const MARGIN: &str = "              ";

pub fn page(rows: &[Row<'_>], screen: Screen) -> String {
    let width = screen.width.map_or(READING_WIDTH, |width| width.min(READING_WIDTH));
    let screen = Screen { width: Some(width) };
    let pages: Vec<String> = rows.iter().map(|row| Page { row, screen }.text()).collect();
    let rule = format!("\n{}\n\n", paint(FAINT, &"─".repeat(width)));
    pages.join(&rule)
}

struct Page<'a> {
    row: &'a Row<'a>,
    screen: Screen,
}

impl Page<'_> {
    fn text(&self) -> String {
        let title = self.row.title().map(|title| wrap(title, self.screen, "", ""));
        [
            self.heading(),
            paint_lines(STRONG, &title.unwrap_or_default()),
            wrap(self.row.text(), self.screen, "", ""),
            "\n".to_owned(),
            self.made(),
            self.owner(),
            self.response(),
            self.fact("Timescale", &words::timescale(self.row)),
            self.agreed(),
            self.progress(),
            self.timing(),
            self.rules(),
            self.facts("Review", self.row.review().iter().map(ToString::to_string)),
            self.verification(),
            self.amendments(),
            self.facts(
                "Extra",
                self.row.extra().iter().map(|(key, value)| words::extra(key, value)),
            ),
            self.actions(),
        ]
        .concat()
    }

    fn heading(&self) -> String {
        let what = match self.row.action {
            Some(_) => {
                let whole = &self.row.recommendation.recommendation.id;
                format!("Action {} of recommendation {whole}", self.row.shown_id())
            }
            None => format!("Recommendation {}", self.row.shown_id()),
        };
        let area =
            self.row.area_of_plan().map(|area| format!(" · {}", to_single_line(&area.title)));
        let priority =
            self.row.priority().map(|priority| format!(" · {}", words::priority(priority)));
        let rest = format!("{}{}", area.unwrap_or_default(), priority.unwrap_or_default());
        let heading = wrap(&format!("{what}{rest}"), self.screen, "", "  ");
        format!("{}\n", heading.replacen(&what, &paint(STRONG, &what), 1))
    }

    /// A named fact, wrapped beside its name.
    fn fact(&self, name: &str, words: &str) -> String {
        let first = format!("{name:<width$}", width = MARGIN.len());
        let wrapped = wrap(words, self.screen, &first, MARGIN);
        wrapped.replacen(name, &paint(FAINT, name), 1)
    }

    /// Who is named: for a recommendation as such, for an action also through its recommendation.
    fn owner(&self) -> String {
        let own = &self.row.recommendation.recommendation.owner;
        match self.row.action {
            None if own.is_empty() => String::new(),
            None => self.fact("Owner", &own.join(", ")),
            Some(_) if self.row.owners().is_empty() => self.fact("Owner", "nobody is named"),
            Some(_) => self.fact("Owner", &self.row.owners().join(", ")),
        }
    }

    /// The progress, and the entries that tell it.
    fn progress(&self) -> String {
        let progress = words::spoken(self.row.progress());
        let painted = paint(of_progress(self.row), &progress);
        let text =
            self.fact("Progress", &progress_words(self.row)).replacen(&progress, &painted, 1);
        text + &self
            .dated(MARGIN, self.row.progress_entries().iter().map(|entry| self.entry(entry)))
    }

    fn timing(&self) -> String {
        let timing = words::timing(self.row);
        let painted = paint(of_timing(self.row), &timing);
        let mut text = self.fact("Timing", &timing).replacen(&timing, &painted, 1);
        text.push_str(&wrap(&words::why(self.row), self.screen, MARGIN, MARGIN));
        text
    }

    /// What the plan's own rules say of it: its colour, and why it is brought before the committee.
    fn rules(&self) -> String {
        let mut text = String::new();
        if let Some(colour) = self.row.colour() {
            let painted = paint(of_colour(colour), colour.word());
            text.push_str(&self.fact("RAG", colour.word()).replacen(colour.word(), &painted, 1));
            for rule in words::colours(&[*self.row]) {
                text.push_str(&wrap(&rule, self.screen, MARGIN, MARGIN));
            }
        }
        let causes = words::escalation(self.row);
        text + &causes.map_or_else(String::new, |causes| self.fact("Escalated", &causes))
    }

    /// Facts that share a name, which stands beside the first.
    fn facts(&self, name: &str, lines: impl Iterator<Item = String>) -> String {
        let names = std::iter::once(name).chain(std::iter::repeat(""));
        names.zip(lines).map(|(name, line)| self.fact(name, &line)).collect()
    }

    fn amendments(&self) -> String {
        let lines = self.row.amendments().iter().map(|amendment| {
            let (on, key) = (amendment.on, amendment.key.word());
            format!("{on} {key}{}", words::amendment(amendment))
        });
        self.facts("Amendments", lines)
    }

    /// The day of a recommendation that is later than the plan.
    fn made(&self) -> String {
        match self.row.recommendation.recommendation.date {
            Some(date) if self.row.is_later() || self.row.action.is_none() => {
                self.fact("Made on", &format!("{date}{}", self.later(date)))
            }
            _ => String::new(),
        }
    }

    fn response(&self) -> String {
        if self.row.action.is_some() {
            return String::new();
        }
        let mut text = self.fact("Response", &words::response(self.row));
        if let Some(on) = self.row.later_answer() {
            let response = words::spoken(self.row.recommendation.recommendation.response);
            let line = format!("{on} {response}{}", self.later(on));
            text.push_str(&wrap(&line, self.screen, MARGIN, MARGIN));
        }
        if let Some(reason) = words::response_text(self.row) {
            text.push_str(&wrap(reason, self.screen, MARGIN, MARGIN));
        }
        text
    }

    /// How the timescale was moved, where it was.
    fn agreed(&self) -> String {
        if self.row.revisions().is_empty() {
            return String::new();
        }
        let first = self.row.original_timescale().map(|first| to_single_line(&first.words()));
        let first = format!("first agreed: {}", first.unwrap_or_else(|| "no date".to_owned()));
        let revisions = self.row.revisions().iter().map(|revision| self.revision(revision));
        self.fact("Revisions", &first) + &self.dated(MARGIN, revisions)
    }

    /// Lines that begin with a day; what does not fit hangs below the words after it.
    fn dated(&self, indent: &str, lines: impl Iterator<Item = String>) -> String {
        let hanging = format!("{indent}            ");
        lines.map(|line| wrap(&line, self.screen, indent, &hanging)).collect()
    }

    fn revision(&self, revision: &Revision) -> String {
        let on = revision.on;
        format!("{on} {}{}", words::revision(self.row, revision), self.later(on))
    }

    fn verification(&self) -> String {
        let lines = self.row.verification().iter().map(|entry| {
            let (on, evidence) = (entry.on, words::evidence(&entry.evidence));
            format!("{on} {}{evidence}{}", words::verification(entry), self.later(on))
        });
        self.facts("Verification", lines)
    }

    fn actions(&self) -> String {
        if self.row.action.is_some() {
            return String::new();
        }
        let actions = self.row.actions();
        actions.map(|row| Page { row: &row, screen: self.screen }.below_recommendation()).collect()
    }

    /// An action on the page of its recommendation.
    fn below_recommendation(&self) -> String {
        const INDENT: &str = "      ";
        let Some(action) = self.row.action.map(ActionStanding::action) else {
            return String::new();
        };
        let owner = match &*action.owner {
            [] => String::new(),
            owner => format!(" · {}", to_single_line(&owner.join(", "))),
        };
        let progress = format!("{}{owner}", words::spoken(self.row.progress()));
        let id = paint(STRONG, &format!("{:<4}", action.id));
        let mut text = format!("\n{id}  {}\n", paint(of_progress(self.row), &progress));
        text.push_str(&wrap(&action.text, self.screen, INDENT, INDENT));
        if action.timescale.is_some() || !action.revisions.is_empty() {
            let line = format!("{} ({})", words::timescale(self.row), words::timing(self.row));
            text.push_str(&wrap(&line, self.screen, INDENT, INDENT));
        }
        let revisions = action.revisions.iter().map(|revision| self.revision(revision));
        let entries = action.progress.iter().map(|entry| self.entry(entry));
        text + &self.dated(INDENT, revisions.chain(entries))
    }

    fn entry(&self, entry: &ProgressEntry) -> String {
        let (on, evidence) = (entry.on, words::evidence(&entry.evidence));
        format!("{on} {}{evidence}{}", words::entry(entry), self.later(on))
    }

    /// A remark for an entry after the as-of day: it is shown, but does not count yet.
    fn later(&self, on: Day) -> String {
        if on > self.row.view.as_of {
            format!(" (later than {}, not counted)", self.row.view.as_of)
        } else {
            String::new()
        }
    }
}

fn progress_words(row: &Row<'_>) -> String {
    let progress = words::spoken(row.progress());
    if row.action.is_some() {
        return progress;
    }
    if row.recommendation.actions.is_empty() {
        return format!("{progress} (no actions)");
    }
    if row.recommendation.by_itself {
        return format!("{progress} (by its own entries, until an action has one)");
    }
    let complete = row.recommendation.complete_actions();
    let actions = words::counted(row.recommendation.actions.len(), "action", "actions");
    let reopened =
        if row.recommendation.reopened { ", opened again by a refused verification" } else { "" };
    let unverified =
        if row.recommendation.is_unverified() { ", not verified and so not closed" } else { "" };
    format!("{progress} ({complete} of {actions} complete{reopened}{unverified})")
}
