//! Remarks on timescales: when they were agreed, how they were moved, and whether they fit together.

use super::{Lints, implausible};
use crate::{
    checks::{Finding, Place},
    model::{ActionStanding, RecommendationStanding, Revision, Rule, Term, Timescale},
};

/// The timescales of one recommendation or action, and where they stand.
pub struct Agreed<'p> {
    pub what: String,
    pub original: Option<&'p Timescale>,
    /// Those agreed by the as-of day.
    pub revisions: &'p [Revision],
    pub place: Place,
}

impl<'p> Agreed<'p> {
    fn original_place(&self) -> Place {
        self.place.key("timescale")
    }

    fn revision_place(&self, index: usize) -> Place {
        self.place.key("revisions").index(index)
    }

    pub fn in_force_place(&self) -> Place {
        self.place.timescale_in_force(self.revisions.len().checked_sub(1))
    }

    /// The positions of the revisions that moved the deadline later, each with the one before it.
    fn extensions(&self) -> impl Iterator<Item = (usize, &'p Revision)> {
        let before =
            self.original.into_iter().chain(self.revisions.iter().map(|revision| &revision.to));
        let pairs = before.zip(self.revisions).enumerate();
        pairs
            .filter(|(_, (before, revision))| is_later(revision.to.term, before.term))
            .map(|(index, (_, revision))| (index, revision))
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
            .help(format!("extend recommendation {whole_id} too, or bring the action forward")),
        );
    }

    pub fn agreed(&mut self, agreed: &Agreed<'p>) {
        let deadline = agreed.original.and_then(|original| original.term.deadline());
        if let Some(deadline) = deadline {
            let what = format!("{} is due", agreed.what);
            if self.is_implausible(deadline.last_day()) {
                self.found.push(implausible(deadline, agreed.original_place(), &what));
            } else if deadline.has_passed(self.plan.date) {
                self.found.push(
                    Finding::new(
                        Rule::DeadlineBeforePlan,
                        agreed.original_place(),
                        format!("{what} {deadline}, before the plan was published"),
                    )
                    .label("had passed already")
                    .related(Place::plan("date"), "published on this day")
                    .help("correct the date that is wrong; a year is easily mistyped"),
                );
            }
        }
        self.revisions(agreed);
    }

    pub fn revisions(&mut self, agreed: &Agreed<'p>) {
        for (index, revision) in agreed.revisions.iter().enumerate() {
            let Some(deadline) = revision.to.term.deadline() else {
                continue;
            };
            let to = agreed.revision_place(index).key("to");
            if self.is_implausible(deadline.last_day()) {
                let what = format!("{} is due", agreed.what);
                self.found.push(implausible(deadline, to, &what));
            } else if deadline.has_passed(revision.on) {
                self.found.push(
                    Finding::new(
                        Rule::RevisedToPast,
                        to,
                        format!("{} was extended to {deadline} when that had passed", agreed.what),
                    )
                    .label("past already")
                    .related(agreed.revision_place(index).key("on"), "on this day")
                    .help("correct the date that is wrong"),
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
            last = Some(index);
            if revision.reason.is_none() {
                self.found.push(
                    Finding::new(
                        Rule::ExtendedWithoutReason,
                        agreed.revision_place(index),
                        format!("{} was extended without a reason", agreed.what),
                    )
                    .label("why?")
                    .help("add `reason = \"…\"` to the revision"),
                );
            }
        }
        if let Some(last) = last
            && count >= self.plan.policy.serial_extensions
        {
            self.found.push(
                Finding::new(
                    Rule::SerialExtension,
                    agreed.revision_place(last).key("to"),
                    format!("{} has been extended {count} times", agreed.what),
                )
                .label("the latest deadline")
                .related(agreed.original_place(), "the one first agreed")
                .help("ask whether it will be done at all: `not-pursued` with a note is an honest answer"),
            );
        }
    }
}
