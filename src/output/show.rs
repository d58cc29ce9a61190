//! `plan show` on a screen: one recommendation or action, like a page.

use super::{
    Screen, facts,
    prose::{READING_WIDTH, wrap},
    style::{FAINT, STRONG, of_colour, of_progress, of_timing, paint},
    words,
};
use crate::{
    model::{
        Amendment, Day, Extra, ProgressEntry, Response, Revision, Verification, Word, fold,
        paragraphs,
    },
    query::{Row, View},
};

/// Where the words beside a heading begin.
const MARGIN: &str = "              ";

pub fn page(rows: &[Row<'_>], screen: Screen) -> String {
    let width = screen.width.map_or(READING_WIDTH, |width| width.min(READING_WIDTH));
    let screen = Screen { width: Some(width) };
    let page = |row: &Row<'_>| {
        let view = row.view;
        Page { view, screen }.text(row)
    };
    let pages: Vec<String> = rows.iter().map(page).collect();
    let rule = format!("\n{}\n\n", paint(FAINT, &"─".repeat(width)));
    pages.join(&rule)
}

struct Page<'a> {
    view: &'a View,
    screen: Screen,
}

impl Page<'_> {
    fn text(&self, row: &Row<'_>) -> String {
        let recommendation = &row.recommendation.recommendation;
        let mut text = self.heading(row);
        let title = recommendation.title.as_deref().filter(|_| row.action.is_none());
        for line in title
            .map(|title| wrap(title, self.screen, "", ""))
            .iter()
            .flat_map(|title| title.lines())
        {
            text.push_str(&format!("{}\n", paint(STRONG, line)));
        }
        text.push_str(&wrap(row.text(), self.screen, "", ""));
        text.push('\n');
        text.push_str(&self.made(row));
        text.push_str(&self.owner(row));
        text.push_str(&self.response(row));
        text.push_str(&self.fact("Timescale", &words::timescale(row)));
        let (revisions, progress, amendments, extra) = match row.action {
            Some(standing) => {
                let action = standing.action();
                (&action.revisions, &action.progress, &action.amendments, &action.extra)
            }
            None => (
                &recommendation.revisions,
                &recommendation.progress,
                &recommendation.amendments,
                &recommendation.extra,
            ),
        };
        text.push_str(&self.agreed(row, revisions));
        text.push_str(&self.progress(row, progress));
        text.push_str(&self.timing(row));
        text.push_str(&self.rules(row));
        if row.action.is_none() {
            if let Some(review) = recommendation.review {
                text.push_str(&self.fact("Review", &review.to_string()));
            }
            text.push_str(&self.verification(&recommendation.verification));
        }
        text.push_str(&self.amendments(amendments));
        text.push_str(&self.extra(extra));
        if row.action.is_none() {
            text.push_str(&self.actions(row));
        }
        text
    }

    fn heading(&self, row: &Row<'_>) -> String {
        let what = match row.action {
            Some(_) => {
                let whole = &row.recommendation.recommendation.id;
                format!("Action {} of recommendation {whole}", row.shown_id())
            }
            None => format!("Recommendation {}", row.shown_id()),
        };
        let area = row.area_of_plan().map(|area| format!(" · {}", fold(&area.title)));
        let priority = row.priority().map(|priority| format!(" · {}", words::priority(priority)));
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

    fn owner(&self, row: &Row<'_>) -> String {
        let owners = row.owners();
        match (row.action, owners.is_empty()) {
            (Some(_), true) => self.fact("Owner", "nobody is named"),
            (None, _) if row.recommendation.recommendation.owner.is_empty() => String::new(),
            (None, _) => self.fact("Owner", &row.recommendation.recommendation.owner.join(", ")),
            (Some(_), false) => self.fact("Owner", &owners.join(", ")),
        }
    }

    /// The progress, and the entries that tell it.
    fn progress(&self, row: &Row<'_>, entries: &[ProgressEntry]) -> String {
        let progress = words::spoken(row.progress());
        let painted = paint(of_progress(row), &progress);
        let mut text = self.fact("Progress", &progress_words(row)).replacen(&progress, &painted, 1);
        let hanging = format!("{MARGIN}            ");
        for entry in entries {
            text.push_str(&wrap(&self.entry(entry), self.screen, MARGIN, &hanging));
        }
        text
    }

    fn timing(&self, row: &Row<'_>) -> String {
        let timing = words::timing(row);
        let painted = paint(of_timing(row), &timing);
        let mut text = self.fact("Timing", &timing).replacen(&timing, &painted, 1);
        text.push_str(&wrap(&words::why(row), self.screen, MARGIN, MARGIN));
        text
    }

    /// What the plan's own rules say of it: its colour, and why it is brought before the committee.
    fn rules(&self, row: &Row<'_>) -> String {
        let mut text = String::new();
        if let Some(colour) = row.colour() {
            let painted = paint(of_colour(colour), colour.word());
            text.push_str(&self.fact("RAG", colour.word()).replacen(colour.word(), &painted, 1));
            for rule in words::colours(&[*row]) {
                text.push_str(&wrap(&rule, self.screen, MARGIN, MARGIN));
            }
        }
        let causes = words::escalation(row);
        text + &causes.map_or_else(String::new, |causes| self.fact("Escalated", &causes))
    }

    fn amendments(&self, amendments: &[Amendment]) -> String {
        let lines = amendments.iter().enumerate().map(|(index, amendment)| {
            let name = if index == 0 { "Amendments" } else { "" };
            let was = amendment.was.as_deref().map_or_else(|| "nothing".to_owned(), fold);
            let by = by(amendment.by.as_deref());
            let (on, key) = (amendment.on, amendment.key.word());
            self.fact(name, &format!("{on} {key}{by}, was {was}: {}", fold(&amendment.reason)))
        });
        lines.collect()
    }

    /// The day of a recommendation that is later than the plan.
    fn made(&self, row: &Row<'_>) -> String {
        match row.recommendation.recommendation.date {
            Some(date) if row.is_later() => {
                self.fact("Made on", &format!("{date}{}", self.later(date)))
            }
            Some(date) if row.action.is_none() => self.fact("Made on", &date.to_string()),
            _ => String::new(),
        }
    }

    /// The user's own keys, each with its value as JSON has it.
    fn extra(&self, extra: &Extra) -> String {
        let lines = extra.iter().enumerate().map(|(index, (key, value))| {
            let name = if index == 0 { "Extra" } else { "" };
            self.fact(name, &words::extra(key, value))
        });
        lines.collect()
    }

    fn response(&self, row: &Row<'_>) -> String {
        if row.action.is_some() {
            return String::new();
        }
        let recommendation = &row.recommendation.recommendation;
        let on = facts::response_on(row).map(|on| format!(" on {on}")).unwrap_or_default();
        let mut text = self.fact("Response", &format!("{}{on}", words::spoken(row.response())));
        if let Some(on) = row.later_answer() {
            let line = format!("{on} {}{}", words::spoken(recommendation.response), self.later(on));
            return text + &wrap(&line, self.screen, MARGIN, MARGIN);
        }
        let reason = match &recommendation.response_text {
            Some(reason) => reason,
            None if recommendation.response == Response::PartiallyAccepted => words::NOT_WHICH_PART,
            None => return text,
        };
        text.push_str(&wrap(reason, self.screen, MARGIN, MARGIN));
        text
    }

    /// How the timescale was moved, where it was.
    fn agreed(&self, row: &Row<'_>, revisions: &[Revision]) -> String {
        if revisions.is_empty() {
            return String::new();
        }
        let first = row.original_timescale().map(|first| fold(&first.words()));
        let first = format!("first agreed: {}", first.unwrap_or_else(|| "no date".to_owned()));
        let mut text = self.fact("Revisions", &first);
        for revision in revisions {
            let hanging = format!("{MARGIN}            ");
            text.push_str(&wrap(&self.revision(row, revision), self.screen, MARGIN, &hanging));
        }
        text
    }

    fn revision(&self, row: &Row<'_>, revision: &Revision) -> String {
        format!(
            "{} {}{}{}{}{}",
            revision.on,
            words::revision(revision, &fold(&revision.to.words())),
            by(revision.by.as_deref()),
            note(revision.reason.as_deref()),
            words::undecided(row, revision),
            self.later(revision.on),
        )
    }

    fn verification(&self, verification: &[Verification]) -> String {
        let mut text = String::new();
        for (index, entry) in verification.iter().enumerate() {
            let name = if index == 0 { "Verification" } else { "" };
            let line = format!(
                "{} {}{}{}{}{}",
                entry.on,
                entry.result.word(),
                by(Some(&entry.by)),
                note(entry.note.as_deref()),
                evidence(&entry.evidence),
                self.later(entry.on),
            );
            text.push_str(&self.fact(name, &line));
        }
        text
    }

    fn actions(&self, row: &Row<'_>) -> String {
        const INDENT: &str = "      ";
        let hanging = format!("{INDENT}            ");
        let mut text = String::new();
        for row in row.actions() {
            let Some(standing) = row.action else {
                continue;
            };
            let action = standing.action();
            let id = format!("{:<4}", action.id);
            let owner = (!action.owner.is_empty())
                .then(|| format!(" · {}", fold(&action.owner.join(", "))));
            let progress =
                format!("{}{}", words::spoken(row.progress()), owner.unwrap_or_default());
            text.push_str(&format!(
                "\n{}  {}\n",
                paint(STRONG, &id),
                paint(of_progress(&row), &progress)
            ));
            text.push_str(&wrap(&action.text, self.screen, INDENT, INDENT));
            if action.timescale.is_some() || !action.revisions.is_empty() {
                let line = format!("{} ({})", words::timescale(&row), words::timing(&row));
                text.push_str(&wrap(&line, self.screen, INDENT, INDENT));
            }
            let revisions = action.revisions.iter().map(|revision| self.revision(&row, revision));
            let entries = action.progress.iter().map(|entry| self.entry(entry));
            for line in revisions.chain(entries) {
                text.push_str(&wrap(&line, self.screen, INDENT, &hanging));
            }
        }
        text
    }

    fn entry(&self, entry: &ProgressEntry) -> String {
        format!(
            "{} {}{}{}{}{}",
            entry.on,
            words::entry_words(entry),
            by(entry.by.as_deref()),
            note(entry.note.as_deref()),
            evidence(&entry.evidence),
            self.later(entry.on),
        )
    }

    /// A remark for an entry after the as-of day: it is shown, but does not count yet.
    fn later(&self, on: Day) -> String {
        if on > self.view.as_of {
            format!(" (later than {}, not counted)", self.view.as_of)
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

fn by(who: Option<&str>) -> String {
    who.map(|who| format!(" by {}", fold(who))).unwrap_or_default()
}

fn note(note: Option<&str>) -> String {
    note.map(|note| format!(": {}", paragraphs(note).join(" "))).unwrap_or_default()
}

fn evidence(evidence: &[String]) -> String {
    if evidence.is_empty() {
        return String::new();
    }
    let evidence: Vec<String> = evidence.iter().map(|evidence| fold(evidence)).collect();
    format!(" [{}]", evidence.join(", "))
}
