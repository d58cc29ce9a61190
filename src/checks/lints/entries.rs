//! Remarks on entries: their days, their evidence, and steps back.

use super::{Lints, implausible};
use crate::{
    checks::{Finding, Place},
    model::{Dated, Day, Id, ProgressEntry, Rule, Status, Term, Timescale, Word},
};

/// The progress entries of a recommendation or an action that are known on the day.
pub struct Entries<'p> {
    /// `recommendation 5`, `action 5.1`.
    pub what: String,
    pub id: &'p Id,
    pub known: &'p [ProgressEntry],
    pub place: Place,
}

impl Lints<'_> {
    /// Remarks on work that is complete where no entry since then has evidence.
    pub fn evidence(&mut self, entries: &Entries<'_>) {
        let known = entries.known;
        let run = known.iter().rev().take_while(|entry| entry.status == Status::Complete).count();
        let since = &known[known.len() - run..];
        if since.is_empty() || since.iter().any(|entry| !entry.evidence.is_empty()) {
            return;
        }
        let at = entries.place.key("progress").index(known.len() - run).key("status");
        let title = format!("{} is complete and nothing shows it", entries.what);
        self.found.push(
            Finding::new(Rule::CompleteWithoutEvidence, at, title).label("claimed").help(format!(
                "tell where the proof is: plan note {} \"…\" --evidence WHERE",
                entries.id
            )),
        );
    }

    /// Remarks on steps back that no note explains, then or later at the same stage.
    pub fn steps_back(&mut self, entries: &Entries<'_>, original: Option<&Timescale>) {
        let term = original.map(|original| original.term);
        let finished = matches!(term, Some(Term::Complete | Term::InPlaceSince(_)));
        let published = if finished { Status::Complete } else { Status::NotStarted };
        let before = entries.known.iter().map(|entry| entry.status);
        let before = std::iter::once(published).chain(before);
        for (index, (before, entry)) in before.zip(entries.known).enumerate() {
            let same_stage = entries.known[index..].iter();
            let mut same_stage = same_stage.take_while(|later| later.status == entry.status);
            let is_back = entry.status.stage() < before.stage();
            if !is_back || same_stage.any(|later| later.note.is_some()) {
                continue;
            }
            let list = entries.place.key("progress");
            let (what, old, new) = (&entries.what, before.word(), entry.status.word());
            let title = format!("{what} went from `{old}` back to `{new}` without a note");
            let at = list.index(index).key("status");
            let finding = Finding::new(Rule::BackwardsWithoutNote, at, title)
                .label("a step back")
                .help(format!("tell why it went back: plan note {} \"…\"", entries.id));
            self.found.push(match index.checked_sub(1) {
                Some(earlier) => {
                    finding.related(list.index(earlier).key("status"), "it was here before")
                }
                None => finding,
            });
        }
    }

    /// Remarks on the days of entries. `is_open` tells whether the work is.
    pub fn entries<T: Dated>(&mut self, entries: &[T], list: &Place, id: &Id, is_open: bool) {
        let what = format!("an entry of {id}");
        for (index, entry) in entries.iter().enumerate() {
            self.dated(entry.on(), &|| list.index(index).key("on"), &what, is_open);
        }
    }

    /// Compares the day of `what` with today and with the day on which the work began.
    pub fn dated(&mut self, on: Day, place: &dyn Fn() -> Place, what: &str, is_open: bool) {
        if on > self.latest && !self.plan.policy.future_entries {
            let title = format!("{what} is dated {on}, which is in the future");
            self.found.push(
                Finding::new(Rule::FutureEntry, place(), title)
                    .label("has not come yet")
                    .help("correct the date; an entry tells what has happened"),
            );
        } else if is_open && self.is_implausible(on) {
            self.found.push(implausible(on, place(), &format!("{what} is dated")));
        } else if is_open && on < self.began.day {
            let began = self.began.what;
            let title = format!("{what} is dated {on}, before {began}");
            let finding = Finding::new(Rule::EntryBeforePlan, place(), title)
                .label("too early")
                .related(self.began.place.clone(), began)
                .help("correct the date, if it is mistyped");
            self.found.push(finding);
        }
    }
}
