//! Remarks on entries: their days, their evidence, and steps back.

use super::{Lints, Subject, implausible};
use crate::{
    checks::Finding,
    key_path::KeyPath,
    model::{Dated, Day, Keyword, Rule, Status, Term, Verdict},
};

impl Lints<'_> {
    /// Remarks on work that is complete where no entry since then has evidence.
    pub fn evidence(&mut self, subject: &Subject<'_>) {
        let known = subject.progress;
        let run = known.iter().rev().take_while(|entry| entry.status == Status::Complete).count();
        let since = &known[known.len() - run..];
        if since.is_empty() || since.iter().any(|entry| !entry.evidence.is_empty()) {
            return;
        }
        let at = subject.place.key("progress").index(known.len() - run).key("status");
        let title = format!("{} is complete and nothing shows it", subject.what);
        self.found.push(
            Finding::new(Rule::CompleteWithoutEvidence, at, title).label("claimed").help(format!(
                "tell where the proof is: plan note {} \"…\" --evidence WHERE",
                subject.id
            )),
        );
    }

    /// Remarks on steps back that no note explains, then or later at the same stage.
    pub fn steps_back(&mut self, subject: &Subject<'_>) {
        let term = subject.work.original_timescale().map(|original| original.term);
        let finished = matches!(term, Some(Term::Complete | Term::InPlaceSince(_)));
        let published = if finished { Status::Complete } else { Status::NotStarted };
        // A verification that refuses complete work opens it again.
        let verification = subject.work.recommendation.verification.iter();
        let refused = verification.filter(|entry| entry.result == Verdict::Refused);
        let refused = refused.map(|entry| entry.on);
        let before = subject.progress.iter().map(|entry| entry.status);
        let before = std::iter::once(published).chain(before);
        for (index, (before, entry)) in before.zip(subject.progress).enumerate() {
            let same_stage = subject.progress[index..].iter();
            let mut same_stage = same_stage.take_while(|later| later.status == entry.status);
            let earlier = index.checked_sub(1).map(|earlier| subject.progress[earlier].on);
            let is_reopened = before == Status::Complete
                && entry.status == Status::InProgress
                && refused.clone().any(|on| Some(on) >= earlier && on <= entry.on);
            let is_back = entry.status.stage() < before.stage() && !is_reopened;
            if !is_back || same_stage.any(|later| later.note.is_some()) {
                continue;
            }
            let list = subject.place.key("progress");
            let (what, old, new) = (&subject.what, before.word(), entry.status.word());
            let title = format!("{what} went from `{old}` back to `{new}` without a note");
            let at = list.index(index).key("status");
            let finding = Finding::new(Rule::BackwardsWithoutNote, at, title)
                .label("a step back")
                .help(format!("tell why it went back: plan note {} \"…\"", subject.id));
            self.found.push(match index.checked_sub(1) {
                Some(earlier) => {
                    finding.related(list.index(earlier).key("status"), "it was here before")
                }
                None => finding,
            });
        }
    }

    /// Remarks on the days of all entries, also of those that are not known yet.
    pub fn entries(&mut self, subject: &Subject<'_>) {
        self.list("revisions", subject.work.revisions(), subject);
        self.list("progress", subject.work.progress(), subject);
        self.list("verification", subject.work.verification(), subject);
    }

    fn list<T: Dated>(&mut self, key: &'static str, entries: &[T], subject: &Subject<'_>) {
        let what = format!("an entry of {}", subject.id);
        for (index, entry) in entries.iter().enumerate() {
            let place = || subject.place.key(key).index(index).key("on");
            self.dated(entry.on(), &place, &what, subject.is_open);
        }
    }

    /// Compares the day of `what` with today and with the day on which the work began.
    pub fn dated(&mut self, on: Day, place: &dyn Fn() -> KeyPath, what: &str, is_open: bool) {
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
