//! `plan show` on a screen: one recommendation or action, like a page.

use super::{
    Screen,
    style::{FAINT, STRONG, of_progress, of_timing, paint},
    table::wrap,
    words,
};
use crate::{
    model::{
        Action, ProgressEntry, Response, Revision, Timescale, Verification, Word, fold, paragraphs,
    },
    query::{Row, View},
};

/// Lines longer than this are hard to read, however wide the screen is.
const READING_WIDTH: usize = 110;
/// Where the words beside a heading begin.
const MARGIN: &str = "              ";

pub fn page(rows: &[Row<'_>], screen: Screen) -> String {
    let screen = Screen {
        width: screen.width.min(READING_WIDTH),
    };
    let page = |row: &Row<'_>| {
        let view = row.view;
        Page { view, screen }.of(row)
    };
    let pages: Vec<String> = rows.iter().map(page).collect();
    let rule = format!("\n{}\n\n", paint(FAINT, &"─".repeat(screen.width)));
    pages.join(&rule)
}

struct Page<'a> {
    view: &'a View<'a>,
    screen: Screen,
}

impl Page<'_> {
    fn of(&self, row: &Row<'_>) -> String {
        let mut text = self.heading(row);
        text.push_str(&wrap(row.text(), self.screen, "", ""));
        text.push('\n');
        text.push_str(&self.facts(row));
        match row.action {
            Some(standing) => {
                text.push_str(&self.agreed(
                    standing.action.timescale.as_ref(),
                    &standing.action.revisions,
                ));
                text.push_str(&self.progress(standing.action, MARGIN));
            }
            None => {
                let of = row.recommendation.recommendation;
                text.push_str(&self.agreed(of.timescale.as_ref(), &of.revisions));
                if let Some(review) = of.review {
                    text.push_str(&self.fact("Review", &review.to_string()));
                }
                text.push_str(&self.verification(&of.verification));
                text.push_str(&self.actions(row));
            }
        }
        text
    }

    fn heading(&self, row: &Row<'_>) -> String {
        let of = row.recommendation.recommendation;
        let what = match row.action {
            Some(_) => format!("Action {} of recommendation {}", row.shown_id(), of.id),
            None => format!("Recommendation {}", row.shown_id()),
        };
        let area = of.area.as_deref().and_then(|id| self.view.plan.area(id));
        let area = area
            .map(|area| format!(" · {}", fold(&area.title)))
            .unwrap_or_default();
        let priority = of
            .priority
            .as_deref()
            .map(|priority| format!(" · {} priority", fold(priority)));
        let rest = format!("{area}{}", priority.unwrap_or_default());
        let heading = wrap(&format!("{what}{rest}"), self.screen, "", "  ");
        format!("{}\n", heading.replacen(&what, &paint(STRONG, &what), 1))
    }

    /// A named fact, wrapped beside its name.
    fn fact(&self, name: &str, words: &str) -> String {
        let first = format!("{name:<width$}", width = MARGIN.len());
        let wrapped = wrap(words, self.screen, &first, MARGIN);
        wrapped.replacen(name, &paint(FAINT, name), 1)
    }

    fn facts(&self, row: &Row<'_>) -> String {
        let mut text = String::new();
        if let Some(action) = row.action {
            let owner = action.action.owner.as_deref().unwrap_or("nobody is named");
            text.push_str(&self.fact("Owner", owner));
        } else {
            text.push_str(&self.response(row));
        }
        text.push_str(&self.fact("Timescale", &words::timescale(row)));
        text.push_str(&self.fact("Progress", &progress_words(row)).replacen(
            &words::progress(row),
            &paint(of_progress(row), &words::progress(row)),
            1,
        ));
        let timing = words::timing(row);
        text.push_str(&self.fact("Timing", &timing).replacen(
            &timing,
            &paint(of_timing(row), &timing),
            1,
        ));
        let why = words::why(row);
        text.push_str(&wrap(&why, self.screen, MARGIN, MARGIN));
        text
    }

    fn response(&self, row: &Row<'_>) -> String {
        let of = row.recommendation.recommendation;
        let mut text = self.fact("Response", &words::spoken(of.response));
        if let Some(words) = &of.response_text {
            text.push_str(&wrap(words, self.screen, MARGIN, MARGIN));
        } else if of.response == Response::PartiallyAccepted {
            text.push_str(&wrap(
                "Management did not say which part.",
                self.screen,
                MARGIN,
                MARGIN,
            ));
        }
        text
    }

    /// How the timescale was moved, where it was.
    fn agreed(&self, original: Option<&Timescale<'_>>, revisions: &[Revision<'_>]) -> String {
        if revisions.is_empty() {
            return String::new();
        }
        let first = original.map_or_else(
            || "first agreed: its recommendation's timescale".to_owned(),
            |original| format!("first agreed: {}", fold(&original.wording)),
        );
        let mut text = self.fact("Revisions", &first);
        for revision in revisions {
            let line = format!(
                "{} to {}{}{}{}",
                revision.on,
                fold(&revision.to.wording),
                by(revision.by.as_deref()),
                note(revision.reason.as_deref()),
                self.later(revision.on),
            );
            text.push_str(&wrap(
                &line,
                self.screen,
                MARGIN,
                &format!("{MARGIN}            "),
            ));
        }
        text
    }

    fn verification(&self, verification: &[Verification<'_>]) -> String {
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
        let mut text = String::new();
        for action in row.actions() {
            let id = action.id().to_string();
            let owner = action
                .owners()
                .first()
                .map(|owner| format!(" · {}", fold(owner)));
            let progress = words::progress(&action);
            let heading = format!("{progress}{}", owner.unwrap_or_default());
            let heading = format!("{:<6}{}", id, paint(of_progress(&action), &heading));
            text.push('\n');
            text.push_str(&heading.replacen(&id, &paint(STRONG, &id), 1));
            text.push('\n');
            text.push_str(&wrap(action.text(), self.screen, "      ", "      "));
            if let Some(standing) = action.action {
                let own = standing.action.timescale.as_ref();
                if own.is_some() || !standing.action.revisions.is_empty() {
                    let line =
                        format!("{} ({})", words::timescale(&action), words::timing(&action));
                    text.push_str(&wrap(&line, self.screen, "      ", "      "));
                    for revision in &standing.action.revisions {
                        let line = format!("{} to {}", revision.on, fold(&revision.to.wording));
                        text.push_str(&wrap(&line, self.screen, "      ", "      "));
                    }
                }
                text.push_str(&self.progress(standing.action, "      "));
            }
        }
        text
    }

    fn progress(&self, action: &Action<'_>, margin: &str) -> String {
        let hanging = format!("{margin}            ");
        let lines = action
            .progress
            .iter()
            .map(|entry| wrap(&self.entry(entry), self.screen, margin, &hanging));
        lines.collect()
    }

    fn entry(&self, entry: &ProgressEntry<'_>) -> String {
        format!(
            "{} {}{}{}{}{}",
            entry.on,
            entry.status.word(),
            by(entry.by.as_deref()),
            note(entry.note.as_deref()),
            evidence(&entry.evidence),
            self.later(entry.on),
        )
    }

    /// An entry after the day asked about is shown, but counts for nothing yet.
    fn later(&self, on: crate::model::Day) -> String {
        if on > self.view.as_of {
            format!(" (later than {}, not counted)", self.view.as_of)
        } else {
            String::new()
        }
    }
}

fn progress_words(row: &Row<'_>) -> String {
    let progress = words::progress(row);
    if row.action.is_some() {
        return progress;
    }
    if row.recommendation.actions.is_empty() {
        return format!("{progress} (no actions)");
    }
    let complete = row.recommendation.complete_actions();
    let actions = words::counted(row.recommendation.actions.len(), "action", "actions");
    let reopened = if row.recommendation.reopened {
        ", opened again by a refused verification"
    } else {
        ""
    };
    let unverified = if row.recommendation.is_unverified() {
        ", not verified and so not closed"
    } else {
        ""
    };
    format!("{progress} ({complete} of {actions} complete{reopened}{unverified})")
}

fn by(who: Option<&str>) -> String {
    who.map(|who| format!(" by {}", fold(who)))
        .unwrap_or_default()
}

fn note(note: Option<&str>) -> String {
    note.map(|note| format!(": {}", paragraphs(note).join(" ")))
        .unwrap_or_default()
}

fn evidence(evidence: &[crate::model::Text<'_>]) -> String {
    if evidence.is_empty() {
        return String::new();
    }
    let evidence: Vec<String> = evidence.iter().map(|evidence| fold(evidence)).collect();
    format!(" [{}]", evidence.join(", "))
}
