//! Remarks on entries: their days, their evidence, and steps back.

use super::{Lints, implausible};
use crate::{
    checks::{Finding, Place},
    model::{ActionStanding, Dated, Id, Rule, Status, Timescale, Word, seen_on},
};

impl Lints<'_> {
    /// Remarks on an action that is complete where no entry since then has evidence.
    pub fn evidence(&mut self, standing: &ActionStanding, place: &Place) {
        if standing.status != Status::Complete {
            return;
        }
        let known = seen_on(&standing.action().progress, self.day);
        let run = known.iter().rev().take_while(|entry| entry.status == Status::Complete);
        let run = run.count();
        let since = &known[known.len() - run..];
        if since.is_empty() || since.iter().any(|entry| !entry.evidence.is_empty()) {
            return;
        }
        let at = place.key("progress").index(known.len() - run);
        self.found.push(
            Finding::new(
                Rule::CompleteWithoutEvidence,
                at.key("status"),
                format!("action {} is complete and nothing shows it", standing.action().id),
            )
            .label("claimed")
            .help("say where the proof is: `evidence = [\"…\"]` in the entry"),
        );
    }

    pub fn steps_back(
        &mut self,
        standing: &ActionStanding,
        original: Option<&Timescale>,
        place: &Place,
    ) {
        let first = original.map_or(Status::NotStarted, |original| original.term.first_status());
        let entries = seen_on(&standing.action().progress, self.day);
        let before = std::iter::once(first).chain(entries.iter().map(|entry| entry.status));
        for (index, (before, entry)) in before.zip(entries).enumerate() {
            if entry.status.stage() < before.stage() && entry.note.is_none() {
                let list = place.key("progress");
                let finding = Finding::new(
                    Rule::BackwardsWithoutNote,
                    list.index(index).key("status"),
                    format!(
                        "action {} went from `{}` back to `{}` without a note",
                        standing.action().id,
                        before.word(),
                        entry.status.word()
                    ),
                )
                .label("a step back")
                .help("add `note = \"…\"` to the entry: why it went back");
                self.found.push(match index.checked_sub(1) {
                    Some(earlier) => {
                        finding.related(list.index(earlier).key("status"), "it was here before")
                    }
                    None => finding,
                });
            }
        }
    }

    /// Compares the dates of entries with the plan's date and with today.
    pub fn entries<T: Dated>(&mut self, entries: &[T], list: &Place, id: &Id) {
        for (index, entry) in entries.iter().enumerate() {
            let on = entry.on();
            let place = || list.index(index).key("on");
            if self.is_implausible(on) {
                let what = format!("an entry of {id} is dated");
                self.found.push(implausible(on, place(), &what));
            } else if on < self.plan.date {
                self.found.push(
                    Finding::new(
                        Rule::EntryBeforePlan,
                        place(),
                        format!("an entry of {id} is dated {on}, before the plan was published"),
                    )
                    .label("earlier than the plan")
                    .related(Place::plan("date"), "published on this day")
                    .help("correct the date, or let the entry say what was known at publication"),
                );
            } else if on > self.latest && !self.plan.policy.future_entries {
                self.found.push(
                    Finding::new(
                        Rule::FutureEntry,
                        place(),
                        format!("an entry of {id} is dated {on}, which is in the future"),
                    )
                    .label("has not come yet")
                    .help("correct the date; an entry says what has happened"),
                );
            }
        }
    }
}
