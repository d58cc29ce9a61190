//! Lints about timescales: missing and unlikely due dates, extensions, and the due dates of actions.

use super::{Lints, Subject};
use crate::{
    checks::Finding,
    key_path::KeyPath,
    model::{
        Id, Period, RecommendationStanding, Revision, Rule, Standing, Term, answered, days_between,
        example_month, ratified, shell_word, unanswered,
    },
};

impl<'p> Subject<'p> {
    fn original_place(&self) -> KeyPath {
        self.place.key("timescale")
    }

    fn revision_place(&self, index: usize) -> KeyPath {
        self.place.key("revisions").index(index)
    }

    pub fn in_force_place(&self) -> KeyPath {
        self.place.timescale_in_force(self.agreed().last().map(|(index, _)| index))
    }

    /// Returns the revisions that were agreed, each with its index in the list of revisions.
    fn agreed(&self) -> impl Iterator<Item = (usize, &'p Revision)> {
        self.revisions.clone().filter(|(_, revision)| revision.is_agreed())
    }

    /// Returns the agreed revisions that extended the due date, each with its index in the list of revisions.
    fn extensions(&self) -> impl Iterator<Item = (usize, &'p Revision)> {
        let before = self.agreed().map(|(_, revision)| revision.to.term);
        let pairs = std::iter::once(Term::of(self.work.original_timescale()))
            .chain(before)
            .zip(self.agreed());
        pairs
            .filter(|(before, (_, revision))| is_later(revision.to.term, *before))
            .map(|(_, agreed)| agreed)
    }
}

fn is_later(new: Term, old: Term) -> bool {
    match (old.deadline(), new.deadline()) {
        (Some(old), Some(new)) => new.last_day() > old.last_day(),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

impl<'p> Lints<'p> {
    /// Warns about an action that is due after its recommendation.
    pub fn milestone(
        &mut self,
        standing: &Standing,
        part_of: &RecommendationStanding,
        subject: &Subject<'p>,
        whole: &Subject<'p>,
    ) {
        let own = Term::of(standing.timescale());
        let Some(last) = Term::of(part_of.own.timescale()).deadline() else { return };
        if !subject.is_open {
            return;
        }
        let whole_id = &part_of.recommendation().id;
        if own == Term::Ongoing {
            self.endless(last, whole_id, subject, whole);
        }
        let Some(own) = own.deadline().filter(|own| own.last_day() > last.last_day()) else {
            return;
        };
        let title =
            format!("{} is due {own}, later than recommendation {whole_id} ({last})", subject.what);
        let date = own.iso();
        Finding::new(Rule::MilestoneAfterDeadline, subject.in_force_place(), title)
            .label("later than its recommendation")
            .related(whole.in_force_place(), "due date of the recommendation")
            .help(format!(
                "extend the recommendation too: plan extend {whole_id} {date} --reason WHY"
            ))
            .add_to(&mut self.found);
    }

    /// Warns about an action that has no end, although its recommendation has a due date.
    fn endless(&mut self, last: Period, whole_id: &Id, subject: &Subject<'p>, whole: &Subject<'p>) {
        let title = format!(
            "{} is “Ongoing”, so recommendation {whole_id} (due {last}) can never be complete",
            subject.what
        );
        Finding::new(Rule::OngoingAction, subject.in_force_place(), title)
            .label("no due date")
            .related(whole.in_force_place(), "due date of the recommendation")
            .help(format!(
                "agree a due date for the action: plan extend {} \"{last}\" --reason WHY",
                subject.work.id()
            ))
            .add_to(&mut self.found);
    }

    /// Warns about open work without an agreed due date. `has_own` says whether the item has a timescale of its own.
    pub fn no_date(&mut self, subject: &Subject<'p>, has_own: bool) {
        let title = format!("{} has no due date yet", subject.what);
        let place = if has_own { subject.in_force_place() } else { subject.place.key("id") };
        Finding::new(Rule::Undated, place, title)
            .label("no due date")
            .help(self.agree("agree a due date", subject))
            .add_to(&mut self.found);
    }

    /// Returns a help text with the command that records an agreed date.
    fn agree(&self, what: &str, subject: &Subject<'p>) -> String {
        if unanswered(subject.revisions.clone()).is_some() {
            return format!(
                "record the decision on the request: plan decide {} agree --by WHO",
                subject.work.id()
            );
        }
        let (id, month) = (subject.work.id(), example_month(self.day));
        format!("{what}, as in: plan extend {id} {month} --reason WHY")
    }

    pub fn agreed(&mut self, subject: &Subject<'p>) {
        let deadline =
            subject.work.original_timescale().and_then(|original| original.term.deadline());
        if let Some(deadline) = deadline {
            let what = format!("{} is due", subject.what);
            if subject.is_open && self.is_implausible(deadline.last_day()) {
                self.implausible(deadline, subject.original_place(), &what);
            } else if subject.is_open && deadline.has_passed(self.began.day) {
                let title = format!("{what} {deadline}, before {}", self.began.what);
                let help = format!(
                    "if the date is mistyped, correct it, as in: plan amend {} timescale {} --reason WHY",
                    subject.work.id(),
                    example_month(self.began.day)
                );
                Finding::new(Rule::DeadlineBeforePlan, subject.original_place(), title)
                    .label("already past on that day")
                    .related(self.began.place.clone(), self.began.what)
                    .help(help)
                    .add_to(&mut self.found);
            }
        }
        self.revisions(subject);
    }

    pub fn revisions(&mut self, subject: &Subject<'p>) {
        if let Some((index, revision)) = subject.agreed().last().filter(|_| subject.is_open)
            && let Some(deadline) = revision.to.term.deadline()
        {
            let place = subject.revision_place(index);
            if self.is_implausible(deadline.last_day()) {
                let what = format!("{} is due", subject.what);
                self.implausible(deadline, place.key("to"), &what);
            } else if deadline.has_passed(revision.on) {
                let title =
                    format!("{} was extended to {deadline}, which was already past", subject.what);
                Finding::new(Rule::RevisedToPast, place.key("to"), title)
                    .label("already past on that day")
                    .related(place.key("on"), "day of the extension")
                    .help(self.agree("agree a future date", subject))
                    .add_to(&mut self.found);
            }
        }
        self.extensions(subject);
        self.too_late(subject);
    }

    /// Warns about open work that is due later than the policy allows for the recommendation's priority.
    fn too_late(&mut self, subject: &Subject<'p>) {
        let priority = subject.work.recommendation.priority.as_deref();
        let Some((priority, most)) =
            priority.and_then(|priority| Some((priority, self.plan.policy.max_days.of(priority)?)))
        else {
            return;
        };
        let agreed = subject.agreed().last().map(|(_, revision)| revision.to.term);
        let term = agreed.or(subject.work.own_timescale().map(|timescale| timescale.term));
        let Some(due) = term.and_then(Term::deadline).filter(|_| subject.is_open) else { return };
        let days = days_between(self.began.day, due.last_day());
        if days <= i64::from(most) {
            return;
        }
        let id = &subject.work.recommendation.id;
        let (what, began) = (&subject.what, self.began.what);
        let title = format!("{what} is due {due}, {days} days after {began}");
        let policy = &self.plan.policy;
        let allows =
            |other: &&String| policy.max_days.of(other).is_none_or(|most| days <= most.into());
        let help = match policy.priorities.iter().find(allows) {
            Some(other) => {
                let other = shell_word(other);
                format!(
                    "agree an earlier date; if the priority is wrong, correct it: plan amend {id} priority {other} --reason WHY"
                )
            }
            None => "agree an earlier date".to_owned(),
        };
        Finding::new(Rule::DueTooLate, subject.in_force_place(), title)
            .label(format!("priority `{priority}` allows {most} days"))
            .related(self.began.place.clone(), began)
            .help(help)
            .add_to(&mut self.found);
    }

    fn extensions(&mut self, subject: &Subject<'p>) {
        let mut count: u32 = 0;
        let mut last = None;
        for (index, revision) in subject.extensions() {
            count += 1;
            last = Some((index, revision));
            let is_noted = subject.noted.is_some_and(|noted| noted >= revision.on);
            // A decision needs no reason if the request gives one.
            let request = answered(&subject.revisions, index).map(|(_, request)| request);
            let has_reason = request.into_iter().chain([revision]).any(|one| one.reason.is_some());
            if !has_reason && !is_noted {
                let title = format!("{} was extended without a reason", subject.what);
                let place = subject.revision_place(index);
                Finding::new(Rule::ExtendedWithoutReason, place, title)
                    .label("why?")
                    .help(format!("record the reason: plan note {} \"…\"", subject.work.id()))
                    .add_to(&mut self.found);
            }
        }
        let Some((last, revision)) = last.filter(|_| subject.is_open) else { return };
        let mut known = subject.revisions.clone();
        let is_ratified =
            known.any(|(index, _)| ratified(subject.work.revisions(), index) == Some(last));
        let is_decided = revision.decision.is_some() || is_ratified;
        if self.plan.policy.extensions_need_decision && !is_decided {
            self.undecided(subject, last);
        }
        if count >= self.plan.policy.serial_extensions {
            let title = format!("{} has been extended {count} times", subject.what);
            let help = format!(
                "ask whether the work will be done at all; if not, abandon it: plan mark {} not-pursued --note WHY",
                subject.work.id()
            );
            Finding::new(Rule::SerialExtension, subject.revision_place(last).key("to"), title)
                .label("the latest due date")
                .related(subject.original_place(), "the original due date")
                .help(help)
                .add_to(&mut self.found);
        }
    }

    fn undecided(&mut self, subject: &Subject<'p>, index: usize) {
        let (id, what) = (subject.work.id(), &subject.what);
        let title = format!("{what} was extended without a decision");
        Finding::new(Rule::UndecidedExtension, subject.revision_place(index), title)
            .label("the policy requires a decision")
            .help(format!("record the decision: plan decide {id} agree --by WHO"))
            .add_to(&mut self.found);
    }
}
