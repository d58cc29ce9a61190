//! Tests of comments: the merge neither loses nor repeats the comments of both sides.

use super::*;
use crate::merge::comments::of_text;

/// The numbers that select a random edit: its kind, its line and its comment.
type Hand = (u8, usize, usize);

fn hands() -> impl Strategy<Value = Vec<Hand>> {
    proptest::collection::vec((0..5u8, 0..60usize, 0..2usize), 0..5)
}

/// Returns the text after the edits `hands`, which add or remove comments, or remove lines. Edits that make the plan
/// invalid are skipped.
fn edited_by_hand(text: &str, hands: &[Hand], side: usize) -> String {
    hands.iter().fold(text.to_owned(), |text, (kind, line, word)| {
        let comment = ["# checked", ["# ours", "# theirs"][side]][*word];
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = line % lines.len();
        let comments: Vec<&str> = of_text(&text).collect();
        let mut added = 1;
        match kind {
            0 | 1 if !lines[at].trim().is_empty() => lines[at] = format!("{} {comment}", lines[at]),
            0..3 => lines.insert(at, format!("  {comment}")),
            // The comment `# checked` is never deleted here, because other edits add it. The merge would treat a
            // deleted and an added comment with the same text as one moved comment.
            3 => {
                let old: Vec<&&str> = comments.iter().filter(|old| **old != "# checked").collect();
                let old = old[line % old.len()];
                let Some(at) = lines.iter().rposition(|line| line.ends_with(*old)) else {
                    return text;
                };
                let rest = lines[at].trim_end_matches(*old).trim_end().to_owned();
                if rest.is_empty() {
                    lines.remove(at);
                } else {
                    lines[at] = rest;
                }
                added = -1;
            }
            _ => {
                added = -i64::from(lines[at].contains('#'));
                lines.remove(at);
            }
        }
        let new = lines.join("\n") + "\n";
        let is_meant = of_text(&new).count() as i64 - comments.len() as i64 == added;
        if is_meant && Reader::default().decode(&new).is_ok() { new } else { text }
    })
}

fn counted(text: &str) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for comment in of_text(text) {
        *counts.entry(comment).or_default() += 1;
    }
    counts
}

proptest! {
    #![proptest_config(crate::testing::cases(300))]

    #[test]
    fn each_comment_is_there_as_often_as_both_sides_left_it(
        ours in (steps(), hands()), theirs in (steps(), hands())
    ) {
        // If one side deletes a line, the merge may still keep this line together with its comment.
        let is_cut = ours.1.iter().chain(&theirs.1).any(|(kind, ..)| *kind == 4);
        let base = BASE.replace("# begun", "# checked").replace("\"ICG\"", "\"ICG\" # checked");
        let side = |(steps, hands): (Vec<Step>, Vec<Hand>), side: usize| {
            edited_by_hand(&edited(&base, &steps, side), &hands, side)
        };
        let (ours, theirs) = (side(ours, 0), side(theirs, 1));
        let merged = merged(&base, &ours, &theirs);
        let [base, our, their, kept] = [base.as_str(), &ours, &theirs, &merged.text].map(counted);
        for comment in our.keys().chain(their.keys()) {
            let [base, our, their, kept] =
                [&base, &our, &their, &kept].map(|counts| counts.get(comment).copied().unwrap_or(0));
            let both = (our + their).saturating_sub(base);
            // If both sides added or deleted the same comment, the merge may make this change once or twice.
            let least = if our.min(their) >= base { our.max(their) } else { both };
            let most = if our.max(their) <= base { our.min(their) } else { both };
            prop_assert!(kept >= least, "{} is lost: {} of {}\n{}", comment, kept, least, merged.text);
            let is_free = is_cut || !merged.conflicts.is_empty();
            prop_assert!(is_free || kept <= most, "{} is there {} times, not {}\n{}", comment, kept, most, merged.text);
        }
    }
}

/// Returns the base plan with one progress entry for each comment. Each comment follows its entry on the same line.
fn noted(comments: &[&str]) -> String {
    let entries = (1..).zip(comments);
    let entries = entries.map(|(day, comment)| {
        format!(
            "  {{ on = 2003-06-0{day}, status = \"in-progress\", note = \"{day}\" }},{comment}\n"
        )
    });
    BASE.replace(
        "progress = [{ on = 2003-05-20, status = \"in-progress\" }]",
        &format!("progress = [\n{}]", entries.collect::<String>()),
    )
}

#[test]
fn a_comment_on_an_entry_stays_at_it_though_another_says_the_same() {
    let base = noted(&[" # checked", ""]);
    let ours = noted(&[" # checked", "", ""]);
    for comment in [" # checked", " # not accepted"] {
        let merged = merged(&base, &ours, &noted(&[" # checked", comment]));
        assert_eq!(merged.text, noted(&[" # checked", comment, ""]));
    }
    let merged = merged(&base, &ours, &noted(&["", ""]));
    assert_eq!(merged.text, noted(&["", "", ""]));
}

#[test]
fn a_comment_on_an_entry_that_the_other_side_deleted_is_a_conflict() {
    let (base, less) = (noted(&["", ""]), noted(&[""]));
    let commented = noted(&["", " # checked"]);
    for (ours, theirs) in [(&less, &commented), (&commented, &less)] {
        let merged = merged(&base, ours, theirs);
        assert_eq!(merged.conflicts.len(), 1, "{:?}", merged.conflicts);
        assert!(merged.text.contains("note = \"2\" }, # checked"), "{}", merged.text);
    }
    assert_eq!(merged(&base, &less, &base).text, less);
}
