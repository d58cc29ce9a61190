//! Remarks on timescales: when they were agreed, how they were moved, and whether they fit together.

use super::{Lints, implausible};
use crate::{
    checks::{Finding, Place},
    model::{
        ActionStanding, Day, Id, RecommendationStanding, Revision, Rule, Term, Timescale,
        agreed_on, answered,
    },
};

/// The timescales of one recommendation or action, and where they stand.
pub struct Agreed<'p> {
    pub what: String,
    pub original: Option<&'p Timescale>,
    /// Those known on the as-of day.
    pub revisions: &'p [Revision],
    pub place: Place,
    pub id: &'p Id,
    /// The day of the last note on it.
    pub noted: Option<Day>,
    pub is_open: bool,
}

impl<'p> Agreed<'p> {
    fn original_place(&self) -> Place {
        self.place.key("timescale")
    }

    fn revision_place(&self, index: usize) -> Place {
        self.place.key("revisions").index(index)
    }

    pub fn in_force_place(&self) -> Place {
        self.place.timescale_in_force(self.agreed().last().map(|(index, _)| index))
    }

    /// The revisions that were agreed, each with its position.
    fn agreed(&self) -> impl Iterator<Item = (usize, &'p Revision)> {
        agreed_on(self.revisions, Day::MAX)
    }

    /// The revisions that moved the deadline later, each with its position.
    fn extensions(&self) -> impl Iterator<Item = (usize, &'p Revision)> {
        let before = self.agreed().map(|(_, revision)| revision.to.term);
        let pairs = std::iter::once(Term::of(self.original)).chain(before).zip(self.agreed());
        pairs
            .filter(|(before, (_, revision))| is_later(revision.to.term, *before))
            .map(|(_, agreed)| agreed)
    }

    /// Whether a revision, or the request that it answers, says why.
    fn has_reason(&self, index: usize, revision: &Revision) -> bool {
        let request = answered(self.revisions, index);
        revision.reason.is_some()
            || request.is_some_and(|request| self.revisions[request].reason.is_some())
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
    /// An action that runs on after its recommendation should be complete.
    pub fn milestone(
        &mut self,
        standing: &ActionStanding,
        part_of: &RecommendationStanding,
        agreed: &Agreed<'p>,
        whole: &Agreed<'p>,
    ) {
        let deadline = |timescale: Option<&Timescale>| timescale?.term.deadline();
        let (Some(own), Some(last)) =
            (deadline(standing.timescale()), deadline(part_of.timescale()))
        else {
            return;
        };
        if standing.status.has_ended() || own.last_day() <= last.last_day() {
            return;
        }
        let whole_id = &part_of.recommendation.id;
        self.found.push(
            Finding::new(
                Rule::MilestoneAfterDeadline,
                agreed.in_force_place(),
                format!(
                    "{} is due {own}, after recommendation {whole_id}, due {last}",
                    agreed.what
                ),
            )
            .label("later")
            .related(whole.in_force_place(), "than the whole it is part of")
            .help(format!(
                "extend the recommendation too: plan extend {whole_id} \"…\" --reason WHY"
            )),
        );
    }

    /// Remarks on open work without a date, at its own timescale where it `has_own`.
    pub fn no_date(&mut self, agreed: &Agreed<'p>, has_own: bool) {
        let title = format!("{} has no date yet", agreed.what);
        let place = if has_own { agreed.in_force_place() } else { agreed.place.key("id") };
        self.found.push(
            Finding::new(Rule::Undated, place, title)
                .label("undated")
                .help(format!("agree a date: plan extend {} \"…\" --reason WHY", agreed.id)),
        );
    }

    pub fn agreed(&mut self, agreed: &Agreed<'p>) {
        let deadline = agreed.original.and_then(|original| original.term.deadline());
        if let Some(deadline) = deadline {
            let what = format!("{} is due", agreed.what);
            if agreed.is_open && self.is_implausible(deadline.last_day()) {
                self.found.push(implausible(deadline, agreed.original_place(), &what));
            } else if agreed.is_open && deadline.has_passed(self.began.day) {
                self.found.push(
                    Finding::new(
                        Rule::DeadlineBeforePlan,
                        agreed.original_place(),
                        format!("{what} {deadline}, before {}", self.began.what),
                    )
                    .label("had passed already")
                    .related(self.began.place.clone(), self.began.what)
                    .help(format!(
                        "if it is mistyped: plan amend {} timescale \"…\" --reason WHY",
                        agreed.id
                    )),
                );
            }
        }
        self.revisions(agreed);
    }

    pub fn revisions(&mut self, agreed: &Agreed<'p>) {
        if let Some((index, revision)) = agreed.agreed().last().filter(|_| agreed.is_open)
            && let Some(deadline) = revision.to.term.deadline()
        {
            let place = agreed.revision_place(index);
            if self.is_implausible(deadline.last_day()) {
                let what = format!("{} is due", agreed.what);
                self.found.push(implausible(deadline, place.key("to"), &what));
            } else if deadline.has_passed(revision.on) {
                let title =
                    format!("{} was extended to {deadline} when that had passed", agreed.what);
                self.found.push(
                    Finding::new(Rule::RevisedToPast, place.key("to"), title)
                        .label("past already")
                        .related(place.key("on"), "on this day")
                        .help(format!(
                            "agree a date ahead: plan extend {} \"…\" --reason WHY",
                            agreed.id
                        )),
                );
            }
        }
        self.extensions(agreed);
    }

    fn extensions(&mut self, agreed: &Agreed<'p>) {
        let mut count: u32 = 0;
        let mut last = None;
        for (index, revision) in agreed.extensions() {
            count += 1;
            last = Some((index, revision));
            let is_noted = agreed.noted.is_some_and(|noted| noted >= revision.on);
            if !agreed.has_reason(index, revision) && !is_noted {
                self.found.push(
                    Finding::new(
                        Rule::ExtendedWithoutReason,
                        agreed.revision_place(index),
                        format!("{} was extended without a reason", agreed.what),
                    )
                    .label("why?")
                    .help(format!("tell why it was moved: plan note {} \"…\"", agreed.id)),
                );
            }
        }
        let Some((last, revision)) = last.filter(|_| agreed.is_open) else {
            return;
        };
        if self.plan.policy.extensions_need_decision && revision.decision.is_none() {
            self.undecided(agreed, last);
        }
        if count >= self.plan.policy.serial_extensions {
            self.found.push(
                Finding::new(
                    Rule::SerialExtension,
                    agreed.revision_place(last).key("to"),
                    format!("{} has been extended {count} times", agreed.what),
                )
                .label("the latest deadline")
                .related(agreed.original_place(), "the one first agreed")
                .help(format!(
                    "ask whether it will be done at all; if not: plan mark {} not-pursued --note WHY",
                    agreed.id
                )),
            );
        }
    }

    fn undecided(&mut self, agreed: &Agreed<'p>, index: usize) {
        let (id, what) = (agreed.id, &agreed.what);
        let title = format!("{what} was extended and nobody decided it");
        self.found.push(
            Finding::new(Rule::UndecidedExtension, agreed.revision_place(index), title)
                .label("this plan asks for a decision")
                .help(format!(
                    "if it is not committed, take it back with `plan undo {id}`; then ask for it: plan extend {id} TIMESCALE --request --reason WHY"
                )),
        );
    }
}
