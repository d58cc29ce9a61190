//! Tests that merge random edits of two sides. The merged plan must contain the entries of both sides.

mod comments;
mod layouts;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Merged, merge, versions};
use crate::{
    edit::{Change, Editor, Refusal, Remark, change},
    file::Reader,
    model::{
        Action, AmendKey, Day, Id, Keyword as _, Period, Plan, Recommendation, Status, Timescale,
        Verdict,
    },
};

const BASE: &str = r#"# A plan.
[plan]
title = "Plan"
date = 2003-05-08

[policy]
priorities = ["high", "low"]

# Areas, as published.
[[area]]
id = "reviews"
title = "Reviews"

[[meeting]]
date = "2003-11"

[[recommendation]]
id = "R1"
area = "reviews"
text = """
Define accountabilities
for reviews."""
timescale = "June 2003" # agreed
progress = [{ on = 2003-05-20, status = "in-progress" }]

[[recommendation]]
id = "R2"
text = "Ensure."
timescale = "December 2003"
verification = [] # none yet

# Two actions.
[[recommendation.action]]
id = "R2.1"
text = "Do it."
owner = "ICG"
progress = [
  # at first
  { on = 2003-05-20, status = "in-progress" }, # begun
  { on = 2003-05-21, status = "in-progress", note = "a ] b , # c" }
]

[[recommendation.action]]
id = "R2.2"
text = "Do more."

  [[recommendation.action.progress]]
  on = 2003-05-20
  status = "in-progress"

[plan.extra]
cost = 5
"#;

/// A random edit. Its numbers select the kind of change, the item, the day and the words.
#[derive(Debug, Clone)]
struct Step {
    kind: usize,
    item: usize,
    day: u32,
    word: u8,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..11usize, 0..40usize, 1..8u32, 0..3u8);
    let step = step.prop_map(|(kind, item, day, word)| Step { kind, item, day, word });
    proptest::collection::vec(step, 0..6)
}

fn bases() -> impl Strategy<Value = String> {
    let generated =
        (1..4usize, any::<u64>()).prop_map(|(count, seed)| generate_plan::plan(count, seed));
    let base = prop_oneof![Just(BASE.to_owned()), generated];
    (base, any::<bool>(), any::<bool>()).prop_map(|(mut text, crlf, last_newline)| {
        if !last_newline {
            text.truncate(text.trim_end().len());
        }
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

fn remark(step: &Step, who: &str) -> Remark {
    Remark {
        on: format!("2027-01-0{}", step.day).parse::<Day>().unwrap(),
        by: Some(who.to_owned()),
        note_flag: "--note",
        note: Some(format!("Word {}", step.word)),
        evidence: Vec::new(),
        outlook: None,
    }
}

/// Returns the changes that a random edit makes on a side: 0 for ours, 1 for theirs. To avoid conflicts, each side
/// amends items and adds actions only in every second recommendation.
fn decided(
    editor: &Editor<'_>,
    plan: &Plan,
    step: &Step,
    side: usize,
) -> Result<Vec<Change>, Refusal> {
    // Some edits name the same person on both sides, so that both sides may record equal entries.
    let who = if step.word == 0 { "Both" } else { ["Ours", "Theirs"][side] };
    let remark = remark(step, who);
    let ids: Vec<Id> = plan.ids().cloned().collect();
    let whole: Vec<Id> = plan.recommendations.iter().map(|found| found.id.clone()).collect();
    let any = &ids[step.item % ids.len()..][..1];
    let own = whole.iter().skip(side).step_by(2).cycle().nth(step.item);
    let own = own.ok_or(Refusal { message: String::new(), help: None, more: Vec::new() });
    match step.kind {
        0..3 => editor.mark(any, Status::ALL[step.item % 3], &remark),
        3 => editor.note(any, &remark),
        4 => {
            let to = Timescale::parse(format!("June {}", 2030 + step.day)).unwrap();
            editor.extend(any, &to, None, &remark)
        }
        5 => editor.verify(&whole[step.item % whole.len()..][..1], Verdict::Verified, &remark),
        6 => editor.amend(
            &[own?.clone()],
            AmendKey::from_word("title").unwrap(),
            &[format!("Title {}", step.word)],
            None,
            &remark,
        ),
        7 => editor.amend(
            &[own?.clone()],
            AmendKey::from_word("owner").unwrap(),
            &[format!("{who} {}", step.word)],
            None,
            &remark,
        ),
        // A recommendation without actions gets no action, because the entries that the other side records on the
        // recommendation would then become invalid.
        8 if own.clone().is_ok_and(|own| ids.iter().any(|id| id.under(own.as_str()).is_some())) => {
            let action = Action::new(Id::unreadable(), format!("More by {who}."));
            let action = Action { owner: vec![who.to_owned()].into(), ..action };
            Ok(vec![editor.add_action(own?, action)?])
        }
        8 => Ok(Vec::new()),
        9 => {
            let id = Id::parse(format!("N{side}{}", step.item)).unwrap();
            let new = Recommendation {
                timescale: Timescale::parse("Ongoing").ok(),
                ..Recommendation::new(id.clone(), format!("New {who}."))
            };
            Ok(vec![editor.add_recommendation(Some(id), new)?])
        }
        _ => {
            let date = Period::parse(&format!("203{side}-01-{:02}", step.item % 28 + 1)).unwrap();
            editor.add_meetings(&[date], None)
        }
    }
}

fn edited(text: &str, steps: &[Step], side: usize) -> String {
    let today: Day = "2027-02-01".parse().unwrap();
    steps.iter().fold(text.to_owned(), |text, step| {
        let made = change(&text, |plan| decided(&Editor::new(plan, today), plan, step, side));
        let text = made.map_or(text, |made| made.text);
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        match step.item % 4 {
            0 => text.replacen(
                &format!("{newline}[[recommendation"),
                &format!("{newline}# note {side}{}{newline}[[recommendation", step.item),
                1 + step.item % 3,
            ),
            _ => text,
        }
    })
}

/// Returns the content of each item under its id, so that the order of the items is ignored.
fn by_id(text: &str) -> BTreeMap<String, String> {
    let plan =
        Reader::default().decode(text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}")).plan;
    let mut found = BTreeMap::new();
    for recommendation in &plan.recommendations {
        for action in &recommendation.actions {
            found.insert(action.id.to_string(), format!("{action:?}"));
        }
        let whole = Recommendation { actions: Vec::new(), ..recommendation.as_ref().clone() };
        found.insert(whole.id.to_string(), format!("{whole:?}"));
    }
    let mut meetings: Vec<String> =
        plan.meetings.iter().map(|found| format!("{found:?}")).collect();
    meetings.sort();
    let rest = Plan { meetings: Vec::new(), recommendations: Vec::new(), ..plan };
    found.insert("plan".to_owned(), format!("{rest:?}{meetings:?}"));
    found
}

/// Returns every entry of a plan as text, together with the id of its recommendation or action.
fn entries(text: &str) -> Vec<String> {
    let plan = Reader::default().decode(text).unwrap().plan;
    let mut found = Vec::new();
    for recommendation in &plan.recommendations {
        let id = &recommendation.id;
        found.extend(recommendation.progress.iter().map(|entry| format!("{id} {entry:?}")));
        found.extend(recommendation.revisions.iter().map(|entry| format!("{id} {entry:?}")));
        found.extend(recommendation.verification.iter().map(|entry| format!("{id} {entry:?}")));
        found.extend(recommendation.amendments.iter().map(|entry| format!("{id} {entry:?}")));
        for action in &recommendation.actions {
            let id = &action.id;
            found.extend(action.progress.iter().map(|entry| format!("{id} {entry:?}")));
            found.extend(action.revisions.iter().map(|entry| format!("{id} {entry:?}")));
            found.extend(action.amendments.iter().map(|entry| format!("{id} {entry:?}")));
        }
    }
    found
}

fn merged(base: &str, ours: &str, theirs: &str) -> Merged {
    merge(base, ours, theirs, None).unwrap()
}

fn changed(text: &str, decide: impl FnOnce(&Editor<'_>) -> Result<Vec<Change>, Refusal>) -> String {
    let today: Day = "2027-03-01".parse().unwrap();
    change(text, |plan| decide(&Editor::new(plan, today))).unwrap().text
}

fn last_remark() -> Remark {
    Remark {
        on: "2027-02-20".parse().unwrap(),
        by: None,
        note_flag: "--reason",
        note: Some("Moved".to_owned()),
        evidence: Vec::new(),
        outlook: None,
    }
}

proptest! {
    #![proptest_config(crate::testing::cases(256))]

    #[test]
    fn without_a_contradiction_both_sides_are_in_the_merge_whichever_is_ours(
        base in bases(), ours in steps(), theirs in steps()
    ) {
        let (ours, theirs) = (edited(&base, &ours, 0), edited(&base, &theirs, 1));
        let one = merged(&base, &ours, &theirs);
        let other = merged(&base, &theirs, &ours);
        prop_assert!(one.conflicts.is_empty(), "{:?}\n{}", one.conflicts, one.text);
        prop_assert!(other.conflicts.is_empty(), "{:?}\n{}", other.conflicts, other.text);
        prop_assert_eq!(by_id(&one.text), by_id(&other.text));
        let kept = entries(&one.text);
        for entry in entries(&ours).iter().chain(&entries(&theirs)) {
            prop_assert!(kept.contains(entry), "{} is lost\n{}", entry, one.text);
        }
        let comments = ours.lines().chain(theirs.lines()).filter(|line| line.starts_with("# note"));
        for line in comments {
            prop_assert!(one.text.contains(line), "{} is lost", line);
        }
        prop_assert_eq!(one.text.contains("\r\n"), ours.contains("\r\n"));
        prop_assert_eq!(one.text.ends_with('\n'), ours.ends_with('\n'));
        prop_assert_eq!(merged(&base, &ours, &base).text, ours.clone());
    }

    #[test]
    fn a_contradiction_stands_between_markers_and_the_rest_is_merged(
        base in bases(), ours in steps(), theirs in steps(), item in 0..9usize
    ) {
        let (ours, theirs) = (edited(&base, &ours, 0), edited(&base, &theirs, 1));
        let plan = Reader::default().decode(&base).unwrap().plan;
        let id = vec![plan.recommendations[item % plan.recommendations.len()].id.clone()];
        let owned = |text: &str, owner: &str| {
            changed(text, |editor| editor.amend(&id, AmendKey::from_word("owner").unwrap(), &[owner.to_owned()], None, &last_remark()))
        };
        let (ours, theirs) = (owned(&ours, "A"), owned(&theirs, "B"));
        let merge = merged(&base, &ours, &theirs);
        let conflicts: Vec<String> = merge.conflicts.iter().map(ToString::to_string).collect();
        prop_assert_eq!(conflicts, [format!("{}: both sides changed `owner`", id[0])]);
        prop_assert_eq!(merge.text.matches("<<<<<<< ours").count(), 1);
        prop_assert!(Reader::default().decode(&merge.text).is_err());
        let sides = versions(&merge.text).unwrap();
        let (mut all, mut kept) = (entries(&ours), entries(&sides.ours));
        all.extend(entries(&theirs));
        prop_assert_eq!(kept.len(), entries(&sides.theirs).len());
        all.sort();
        all.dedup();
        kept.sort();
        kept.dedup();
        prop_assert_eq!(all, kept);
        // A second merge of the versions in the conflict markers gives the same result.
        let base = sides.base.unwrap();
        if let Ok(again) = super::merge(&base, &sides.ours, &sides.theirs, None) {
            prop_assert_eq!(again.text, merge.text);
        }
    }
}

#[test]
fn a_side_with_a_bare_carriage_return_before_a_line_end_is_named_and_not_merged() {
    let returned = BASE.replace('\n', "\r\n");
    let broken = returned.replacen("accountabilities\r\n", "accountabilities\r\r\n", 1);
    for (ours, theirs, version) in [(&broken, &returned, "ours"), (&returned, &broken, "theirs")] {
        let refused = merge(BASE, ours, theirs, None).unwrap_err();
        assert_eq!(refused.version, version);
    }
}
