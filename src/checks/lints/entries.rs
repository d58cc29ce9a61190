//! Lints about entries: their dates, their evidence, and steps back to an earlier status.

use chrono::Datelike;

use super::{Lints, Subject};
use crate::{
    checks::Finding,
    key_path::KeyPath,
    model::{Day, Keyword, Rule, Status, Term, Verdict},
};

/// Returns the date with its day and month exchanged, if this is another valid date.
fn swapped(date: Day) -> Option<Day> {
    Day::from_ymd_opt(date.year(), date.day(), date.month()).filter(|other| *other != date)
}

impl Lints<'_> {
    /// Warns about complete work if no entry since the completion gives evidence.
    pub fn evidence(&mut self, subject: &Subject<'_>) {
        let is_other = |status: Option<Status>| status.is_some_and(|is| is != Status::Complete);
        let known = subject.progress.iter();
        let mut since = known.rev().take_while(|(_, entry)| !is_other(entry.status));
        let first = since.clone().filter(|(_, entry)| entry.status.is_some()).last();
        let Some((first, _)) = first.filter(|_| since.all(|(_, entry)| entry.evidence.is_empty()))
        else {
            return;
        };
        let at = subject.place.key("progress").index(*first).key("status");
        let title = format!("{} is complete without evidence", subject.what);
        Finding::new(Rule::CompleteWithoutEvidence, at, title)
            .label("no evidence")
            .help(format!(
                "record the evidence: plan note {} \"…\" --evidence WHERE",
                subject.work.id()
            ))
            .add_to(&mut self.found);
    }

    /// Warns about each step back to an earlier status, unless a note explains this step.
    pub fn steps_back(&mut self, subject: &Subject<'_>) {
        let term = subject.work.original_timescale().map(|original| original.term);
        let finished = matches!(term, Some(Term::Complete | Term::InPlaceSince(_)));
        let published = if finished { Status::Complete } else { Status::NotStarted };
        // A failed verification of complete work explains why the work is open again.
        let verification = subject.work.recommendation.verification.iter();
        let refused = verification.filter(|entry| entry.result == Verdict::Refused);
        let refused = refused.map(|entry| entry.on);
        let (mut before, mut place) = (published, None);
        let list = subject.place.key("progress");
        for (number, (index, entry)) in subject.progress.iter().enumerate() {
            let Some(status) = entry.status else { continue };
            let at = list.index(*index).key("status");
            let (old, earlier) = (before, place.replace((at.clone(), entry.on)));
            before = status;
            let same_stage = subject.progress[number..].iter().map(|(_, later)| later);
            let mut same_stage =
                same_stage.take_while(|later| later.status.is_none_or(|later| later == status));
            let since = earlier.as_ref().map(|(_, on)| *on);
            let is_reopened = old == Status::Complete
                && status == Status::InProgress
                && refused.clone().any(|on| Some(on) >= since && on <= entry.on);
            let is_back = status.stage() < old.stage() && !is_reopened;
            if !is_back || same_stage.any(|later| later.note.is_some()) {
                continue;
            }
            let (what, old, new) = (&subject.what, old.word(), status.word());
            let title = format!("{what} went from `{old}` back to `{new}` without a note");
            Finding::new(Rule::BackwardsWithoutNote, at, title)
                .label("a step back")
                .help(format!("record the reason: plan note {} \"…\"", subject.work.id()))
                .all_related(earlier.map(|(earlier, _)| (earlier, "the earlier status")))
                .add_to(&mut self.found);
        }
    }

    /// Warns about wrong dates of entries, such as dates in the future.
    pub fn entries(&mut self, subject: &Subject<'_>) {
        let what = format!("an entry of {}", subject.work.id());
        for (list, entries) in subject.work.lists().into_iter().take(3) {
            for (index, entry) in entries.into_iter().enumerate() {
                let place = |day| subject.place.key(list).index(index).key(day);
                self.dated(entry.on(), &|| place("on"), &what, subject.is_open);
                if let Some(recorded) = entry.recorded() {
                    self.recorded(entry.on(), recorded, &|| place("recorded"), &what);
                }
            }
        }
    }

    /// Warns about a day of recording that is in the future, or that is before the date of its entry.
    fn recorded(&mut self, on: Day, recorded: Day, place: &dyn Fn() -> KeyPath, what: &str) {
        let title = match () {
            () if self.plan.policy.future_entries => return,
            () if recorded > self.latest => {
                format!("{what} was recorded on {recorded}, which is in the future")
            }
            () if recorded < on => {
                format!("{what} is dated {on}, but was recorded earlier, on {recorded}")
            }
            () => return,
        };
        Finding::new(Rule::FutureEntry, place(), title)
            .label("this `recorded` date cannot be right")
            .help("correct the date: record only what has already happened")
            .add_to(&mut self.found);
    }

    /// Warns if the date `on` is in the future, is implausible, or is before the day on which the plan or
    /// recommendation was made. `what` names the subject in the message.
    pub fn dated(&mut self, on: Day, place: &dyn Fn() -> KeyPath, what: &str, is_open: bool) {
        if on > self.latest && !self.plan.policy.future_entries {
            let title = format!("{what} is dated {on}, which is in the future");
            Finding::new(Rule::FutureEntry, place(), title)
                .label("a future date")
                .help("correct the date: record only what has already happened")
                .add_to(&mut self.found);
        } else if is_open && self.is_implausible(on) {
            self.implausible(on, place(), &format!("{what} is dated"));
        } else if on < self.began.day {
            let began = self.began.what;
            let title = format!("{what} is dated {on}, before {began}");
            let is_likely = |day: &Day| (self.began.day..=self.latest).contains(day);
            let help = match swapped(on).filter(is_likely) {
                Some(meant) => {
                    format!("did you mean {meant}? The day and the month may have been swapped")
                }
                None => "if the date is mistyped, correct it".to_owned(),
            };
            Finding::new(Rule::EntryBeforePlan, place(), title)
                .label("too early")
                .related(self.began.place.clone(), began)
                .help(help)
                .add_to(&mut self.found);
        }
    }
}
