//! Merges the entries that both sides appended to a list. The merged order is the same if the two sides are swapped.

use serde_json::Value;

use super::Side;
use crate::model::{Keyword, Status};

/// An entry of the merged list: the side that has the entry, and the index of the entry in the list of this side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pick {
    pub side: Side,
    pub index: usize,
}

/// Returns the entries of the merged list, oldest first and without repetitions. Returns `None` if both sides changed
/// the same old entry differently, or if a side deleted an entry.
pub fn unite(base: &[Value], ours: &[Value], theirs: &[Value]) -> Option<Vec<Pick>> {
    let old = base.len();
    if ours.len() < old || theirs.len() < old {
        return None;
    }
    let mut picks = Vec::with_capacity(ours.len() + theirs.len() - old);
    for (index, base) in base.iter().enumerate() {
        let (our, their) = (&ours[index], &theirs[index]);
        if their == base || our == their {
            picks.push(Pick { side: Side::Ours, index });
        } else if our == base {
            picks.push(Pick { side: Side::Theirs, index });
        } else {
            return None;
        }
    }
    let (our, their) =
        (Appended::new(Side::Ours, ours, old), Appended::new(Side::Theirs, theirs, old));
    interleave(our, their, &mut picks);
    Some(picks)
}

/// The entries that one side appended and that are not in the merged list yet.
struct Appended<'v> {
    side: Side,
    left: Vec<(usize, &'v Value)>,
}

impl<'v> Appended<'v> {
    /// Takes the entries of one side from the index `old` on. The entries are stored in reverse order, so that the next
    /// entry is the last element.
    fn new(side: Side, entries: &'v [Value], old: usize) -> Self {
        Self { side, left: entries.iter().enumerate().skip(old).rev().collect() }
    }

    fn position(&self, entry: &Value) -> Option<usize> {
        self.left.iter().rposition(|(_, own)| *own == entry)
    }

    fn take(&mut self, picks: &mut Vec<Pick>) {
        let next = self.left.pop();
        picks.extend(next.map(|(index, _)| Pick { side: self.side, index }));
    }
}

/// Adds the entries of both sides to `picks`. Entries of the same side keep their order.
fn interleave<'v>(mut ours: Appended<'v>, mut theirs: Appended<'v>, picks: &mut Vec<Pick>) {
    while let (Some((_, our)), Some((_, their))) = (ours.left.last(), theirs.left.last()) {
        // An entry that both sides appended is taken only once, after all entries that come before it on either side.
        let (in_theirs, in_ours) = (theirs.position(our), ours.position(their));
        let is_ours_next = match (in_theirs, in_ours) {
            (None, Some(_)) => true,
            (Some(_), None) => false,
            _ => match (may_precede(our, &theirs), may_precede(their, &ours)) {
                (true, false) => true,
                (false, true) => false,
                _ => rank(our) <= rank(their),
            },
        };
        let (next, other, shared) = if is_ours_next {
            (&mut ours, &mut theirs, in_theirs)
        } else {
            (&mut theirs, &mut ours, in_ours)
        };
        next.take(picks);
        shared.map(|position| other.left.remove(position));
    }
    for mut side in [ours, theirs] {
        while !side.left.is_empty() {
            side.take(picks);
        }
    }
}

/// Checks whether an entry may come before all remaining entries of the other side, according to the dates in the keys
/// `recorded` and `on`.
fn may_precede(entry: &Value, others: &Appended<'_>) -> bool {
    let recorded = word(entry, "recorded");
    others.left.iter().all(|(_, other)| match word(other, "recorded") {
        Some(later) => recorded.is_none_or(|above| above <= later),
        None => word(entry, "on") <= word(other, "on"),
    })
}

fn word<'v>(entry: &'v Value, key: &str) -> Option<&'v str> {
    entry.get(key).and_then(Value::as_str)
}

/// Returns the values by which entries are sorted: the latest date of the entry, the stage of the work, and the whole
/// content as text.
fn rank(entry: &Value) -> (&str, u8, String) {
    let word = |key| word(entry, key).unwrap_or_default();
    let stage = Status::from_word(word("status")).map_or(0, Status::stage);
    (word("recorded").max(word("on")), stage, entry.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn united(base: &[Value], ours: &[Value], theirs: &[Value]) -> Option<Vec<Value>> {
        let picks = unite(base, ours, theirs)?.into_iter();
        let entry = |pick: Pick| match pick.side {
            Side::Ours => ours[pick.index].clone(),
            Side::Theirs => theirs[pick.index].clone(),
        };
        Some(picks.map(entry).collect())
    }

    fn entry(on: &str, status: &str) -> Value {
        json!({ "on": on, "status": status })
    }

    #[test]
    fn entries_of_one_day_end_with_the_work_that_is_furthest() {
        let (started, done) = (entry("2003-06-02", "in-progress"), entry("2003-06-02", "complete"));
        let expected = Some(vec![started.clone(), done.clone()]);
        assert_eq!(
            united(&[], std::slice::from_ref(&done), std::slice::from_ref(&started)),
            expected
        );
        assert_eq!(united(&[], &[started], &[done]), expected);
    }

    #[test]
    fn an_old_entry_may_be_corrected_by_one_side_and_not_by_both() {
        let [old, new, other] =
            ["a", "b", "c"].map(|note| json!({ "on": "2003-06-02", "note": note }));
        let more = entry("2003-06-03", "complete");
        let base = [old.clone()];
        let theirs = [old, more.clone()];
        let ours = [new.clone()];
        assert_eq!(united(&base, &ours, &theirs), Some(vec![new, more]));
        assert_eq!(united(&base, &ours, &[other]), None);
        assert_eq!(united(&base, &[], &theirs), None);
    }

    #[test]
    fn no_entry_of_a_later_day_comes_above_one_that_was_recorded_in_time() {
        let late = json!({ "on": "2003-06-01", "recorded": "2003-07-01", "note": "late" });
        let (third, fourth, fifth) =
            (entry("2003-06-03", ""), entry("2003-06-04", ""), entry("2003-06-05", ""));
        let ours = [third.clone(), late.clone(), fourth.clone()];
        let theirs = [fifth.clone()];
        let expected = Some(vec![third, late, fourth, fifth]);
        assert_eq!(united(&[], &ours, &theirs), expected);
        assert_eq!(united(&[], &theirs, &ours), expected);
    }

    fn entries() -> impl Strategy<Value = Vec<Value>> {
        let entry = (1..4, 0..3)
            .prop_map(|(day, note)| json!({ "on": format!("2003-06-0{day}"), "note": note }));
        proptest::collection::vec(entry, 0..6).prop_map(|mut entries| {
            entries.sort_by_key(|entry| entry["on"].to_string());
            entries
        })
    }

    proptest! {
        #![proptest_config(crate::testing::cases(256))]

        #[test]
        fn the_order_is_the_same_whichever_side_is_ours(
            base in entries(), ours in entries(), theirs in entries()
        ) {
            let (ours, theirs) = ([base.clone(), ours].concat(), [base.clone(), theirs].concat());
            let merged = united(&base, &ours, &theirs).unwrap();
            prop_assert_eq!(&merged, &united(&base, &theirs, &ours).unwrap());
            for entry in ours.iter().chain(&theirs) {
                prop_assert!(merged.contains(entry));
            }
            prop_assert_eq!(united(&base, &ours, &ours).unwrap(), ours);
        }
    }
}
