//! Tests that a standing does not depend on the order in which entries were recorded, nor on updates without an
//! outlook.

use proptest::prelude::*;

use super::*;
use crate::model::{Keyword, Outlook};

fn june(day: u32) -> Day {
    Day::from_ymd_opt(2003, 6, day).unwrap()
}

fn update(on: Day, note: &str) -> ProgressEntry {
    ProgressEntry {
        on,
        status: None,
        note: Some(note.to_owned()),
        ..entry("2003-06-01", Status::Complete)
    }
}

/// Returns the standings of the first recommendation and its actions as text. Indexes are left out, because they depend
/// on the order of the lists.
fn said(plan: &Plan, on: Day) -> Vec<String> {
    let standing = plan.standing_on_for(on, 0);
    let of = |own: &Standing| {
        let deadline = own.timescale().map(|timescale| &timescale.wording);
        let request = own.open_request().map(|request| request.on);
        let times = (own.lateness, own.extensions(), deadline, request);
        format!(
            "{:?}",
            (own.status, own.finish, own.timing, own.outlook, own.closed, own.rejected, times)
        )
    };
    let whole = format!("{:?}", (standing.by_itself, standing.by_entries, standing.reopened));
    standing.all().map(of).chain([whole]).collect()
}

fn entries() -> impl Strategy<Value = Vec<ProgressEntry>> {
    let one = (
        1_u32..28,
        prop::option::of(prop::sample::select(Status::ALL)),
        prop::option::of(prop::sample::select(Outlook::ALL)),
    );
    let one = one.prop_map(|(on, status, outlook)| ProgressEntry {
        status,
        outlook,
        ..update(june(on), "x")
    });
    prop::collection::vec(one, 0..6)
}

fn revisions() -> impl Strategy<Value = Vec<Revision>> {
    let to = prop::sample::select(vec!["July 2003", "August 2003", "Ongoing"]);
    let one = (1_u32..28, to)
        .prop_map(|(on, to)| Revision { on: june(on), ..revision("2003-06-01", to) });
    prop::collection::vec(one, 0..4)
}

/// Sorts the entries, oldest first. Entries of the same date keep their order.
fn in_order<T: Dated + Clone>(entries: &[T]) -> Vec<T> {
    let mut entries = entries.to_vec();
    entries.sort_by_key(Dated::on);
    entries
}

proptest! {
    #![proptest_config(crate::testing::cases(256))]

    #[test]
    fn what_counts_on_a_day_goes_by_the_days_of_the_entries(
        own in entries(), first in entries(), second in entries(), revised in revisions()
    ) {
        let with = |lists: [Vec<ProgressEntry>; 3], revisions| {
            let [progress, first, second] = lists;
            let actions = vec![action("5.1", first), action("5.2", second)];
            plan(Recommendation { progress, revisions, ..recommendation("June 2003", actions) })
        };
        let sorted = [&own, &first, &second].map(|list| in_order(list));
        let (recorded, ordered) = (with([own, first, second], revised.clone()), with(sorted, in_order(&revised)));
        for on in 1..30 {
            prop_assert_eq!(said(&recorded, june(on)), said(&ordered, june(on)));
        }
    }

    #[test]
    fn an_update_changes_nothing(own in entries(), first in entries()) {
        let told = |list: &[ProgressEntry]| -> Vec<_> {
            list.iter().filter(|entry| entry.status.is_some() || entry.outlook.is_some()).cloned().collect()
        };
        let with = |progress, first| plan(Recommendation { progress, ..recommendation("June 2003", vec![action("5.1", first)]) });
        let mut noted = [own.clone(), first.clone()];
        for list in &mut noted {
            list.insert(list.len() / 2, update(june(14), "Heard."));
        }
        let [noted_own, noted_first] = noted;
        let (plain, noted) = (with(told(&own), told(&first)), with(noted_own, noted_first));
        for on in 1..30 {
            prop_assert_eq!(said(&plain, june(on)), said(&noted, june(on)));
        }
    }
}

#[test]
fn a_completion_that_was_recorded_late_is_the_day_of_finish() {
    let late = ProgressEntry { recorded: Some(june(30)), ..entry("2003-06-27", Status::Complete) };
    let progress = vec![entry("2003-06-02", Status::InProgress), update(june(28), "Soon."), late];
    let plan = plan(recommendation("June 2003", vec![action("5.1", progress)]));
    let status = |on: u32| plan.standing_on_for(june(on), 0).own.status;
    assert_eq!(
        (status(26), status(27), status(30)),
        (Status::InProgress, Status::Complete, Status::Complete)
    );
    let finish = plan.standing_on_for(june(30), 0).own.finish;
    assert_eq!(finish, Some(Finish::Reported(june(27))));
}

#[test]
fn the_outlook_of_an_update_on_the_whole_counts_beside_its_actions() {
    let doubt = ProgressEntry { outlook: Some(Outlook::OffTrack), ..update(june(5), "No staff.") };
    let whole = |progress| {
        let actions = vec![action("5.1", vec![entry("2003-06-02", Status::InProgress)])];
        plan(Recommendation { progress, ..recommendation("June 2003", actions) })
    };
    let outlook = |plan: &Plan, on: u32| plan.standing_on_for(june(on), 0).own.outlook;
    let noted = whole(vec![doubt.clone()]);
    assert_eq!((outlook(&noted, 4), outlook(&noted, 5)), (None, Some(Outlook::OffTrack)));
    // The outlook of this entry is ignored, because the entry has a status and the progress comes from the action.
    let told =
        whole(vec![ProgressEntry { on: june(1), status: Some(Status::InProgress), ..doubt }]);
    assert_eq!(outlook(&told, 5), None);
}
