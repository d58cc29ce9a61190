//! Tests of lists and tables in every layout, and of sides that contradict each other.

use super::*;

/// The layouts of a list with one entry, which is written `E` here. In the last layout, the entry has a header.
const LISTS: [&str; 9] = [
    "progress = [E]\n",
    "progress = [ E ] # c\n",
    "progress=[E,]\n",
    "progress = [\n  E\n]\n",
    "progress = [ # c\n  # of E, ]\n  E, # d\n  # e\n]\n",
    "progress = [\n  E # no comma, ]\n]\n",
    "progress = [\n  E\n  , ]\n",
    "\"progress\" = [E, # c\n]\n",
    "\n  [[recommendation.progress]]\n  on = 2003-05-09\n  status = \"in-progress\" # c\n\n# after\n",
];

#[test]
fn entries_unite_in_every_layout_of_a_list() {
    let entry = "{ on = 2003-05-09, status = \"in-progress\" }";
    let plan = |list: &str| {
        format!(
            "[plan]\ntitle = \"P\"\ndate = 2003-05-08\n\n[[recommendation]]\nid = \"1\"\ntext = \"Do.\"\n\
             timescale = \"Ongoing\"\n{}",
            list.replace("# of E", "# of it").replace('E', entry)
        )
    };
    let noted = |text: &str, day: u32, word: u8| {
        let step = Step { kind: 3, item: 0, day, word };
        changed(text, |editor| editor.note(&[Id::parse("1").unwrap()], &remark(&step, "A")))
    };
    for lists in [&LISTS[..8], &LISTS[8..]] {
        for (our_list, their_list) in
            lists.iter().flat_map(|our| lists.iter().map(move |their| (our, their)))
        {
            let ours = noted(&noted(&plan(our_list), 2, 1), 4, 1);
            let theirs = noted(&noted(&plan(their_list), 1, 2), 3, 2);
            let merged = merged(&plan(lists[0]), &ours, &theirs);
            assert!(merged.conflicts.is_empty(), "{}", merged.text);
            assert_eq!(entries(&merged.text).len(), 5, "{}", merged.text);
            let comments = |text: &str| text.matches("# ").count();
            assert!(comments(&merged.text) >= comments(our_list), "{}", merged.text);
        }
    }
}

#[test]
fn a_list_that_one_side_laid_out_anew_and_both_added_to_is_a_conflict_that_keeps_both() {
    let plan = |list: &str| {
        BASE.replace("progress = [{ on = 2003-05-20, status = \"in-progress\" }]", list)
    };
    let ours = plan(
        "progress = [{ on = 2003-05-20, status = \"in-progress\" }, { on = 2003-05-21, status = \"in-progress\" }]",
    );
    let theirs = plan(
        "[[recommendation.progress]]\non = 2003-05-20\nstatus = \"in-progress\"\n\n\
         [[recommendation.progress]]\non = 2003-05-22\nstatus = \"complete\"",
    );
    let merged = merged(BASE, &ours, &theirs);
    assert!(!merged.conflicts.is_empty());
    assert!(
        merged.text.contains("2003-05-21") && merged.text.contains("2003-05-22"),
        "{}",
        merged.text
    );
    assert!(merged.text.contains("<<<<<<< ours"), "{}", merged.text);
}

#[test]
fn entries_that_are_in_place_on_each_side_and_not_together_are_a_conflict() {
    let started = |id: &'static str, day: u32| {
        let step = Step { kind: 3, item: 0, day, word: 1 };
        move |editor: &Editor<'_>| {
            editor.mark(&[Id::parse(id).unwrap()], Status::InProgress, &remark(&step, "A"))
        }
    };
    let grown = changed(BASE, |editor| {
        let action = Action::new(Id::unreadable(), "Do.".into());
        Ok(vec![editor.add_action(&Id::parse("R1").unwrap(), action)?])
    });
    let merged =
        merged(BASE, &changed(&grown, started("R1.1", 1)), &changed(BASE, started("R1", 2)));
    let conflict = merged.conflicts[0].to_string();
    assert!(conflict.contains("recommendation R1 has a status of its own"), "{conflict}");
    assert!(merged.text.contains("<<<<<<< ours"), "{}", merged.text);
}

#[test]
fn a_plan_that_both_sides_began_keeps_what_is_the_same_once() {
    let other = BASE.replace("text = \"Do more.\"", "text = \"Do less.\"");
    let merged = merged("", BASE, &other);
    let conflicts: Vec<String> = merged.conflicts.iter().map(ToString::to_string).collect();
    assert_eq!(
        conflicts,
        [
            "both sides added R2; to change the id in their version to R3, run `plan merge --resolve --renumber theirs`"
        ]
    );
    assert_eq!(merge("", BASE, BASE, None).unwrap().text, BASE);
}

#[test]
fn no_comment_that_a_side_wrote_is_lost() {
    let entry = "{ on = 2003-05-21, status = \"in-progress\", note = \"a ] b , # c\" }";
    let side = |who: &str, day: u32| {
        let new = format!("{{ on = 2003-06-0{day}, status = \"in-progress\" }}");
        let text = BASE
            .replace("# A plan.", &format!("# A plan.\n# top {who}"))
            .replace("[policy]", &format!("[policy] # header {who}"))
            .replace("# Areas, as published.", &format!("# lead {who}"))
            .replace(
                "timescale = \"June 2003\" # agreed",
                &format!("timescale = \"June 2003\" # key {who}"),
            )
            .replace("  # at first", &format!("  # in the list {who}"))
            .replace(entry, &format!("{entry},\n  # new {who}\n  {new} # after {who}"))
            .replace("\"Do more.\"\n", &format!("\"Do more.\"\n# tail {who}\n\n"));
        format!("{text}\n# end {who}\n")
    };
    for (ours, theirs) in [(side("A", 1), side("B", 2)), (side("B", 2), side("A", 1))] {
        for base in [BASE, ""] {
            let merged = merged(base, &ours, &theirs);
            assert_eq!(merged.conflicts.is_empty(), !base.is_empty(), "{:?}", merged.conflicts);
            for place in
                ["top", "header", "lead", "key", "in the list", "new", "after", "tail", "end"]
            {
                for who in ["A", "B"] {
                    let comment = format!("# {place} {who}");
                    assert!(merged.text.contains(&comment), "{comment}\n{}", merged.text);
                }
            }
        }
    }
}

#[test]
fn a_line_put_together_from_both_that_makes_no_valid_plan_is_kept_between_markers() {
    let old = "{ on = 2003-05-20, status = \"in-progress\" }]";
    let added = "{ on = 2003-05-20, status = \"in-progress\" }, { on = 2003-06-20, status = \"complete\" }]";
    let corrected = "{ on = 2003-06-25, status = \"in-progress\" }]";
    let [added, corrected] = [added, corrected].map(|new| BASE.replace(old, new));
    for (ours, theirs) in [(&added, &corrected), (&corrected, &added)] {
        let merged = merged(BASE, ours, theirs);
        assert_eq!(merged.conflicts.len(), 1, "{:?}", merged.conflicts);
        for word in ["<<<<<<< ours", "on = 2003-06-20", "on = 2003-06-25"] {
            assert!(merged.text.contains(word), "{word}\n{}", merged.text);
        }
    }
}

#[test]
fn a_comment_on_what_the_other_side_deleted_is_a_conflict() {
    let (left, _) = BASE.split_once("# Two actions.").unwrap();
    let commented = BASE.replace("text = \"Do it.\"", "text = \"Do it.\" # as agreed");
    for (ours, theirs) in [(left, &*commented), (&*commented, left)] {
        let merged = merged(BASE, ours, theirs);
        assert_eq!(merged.conflicts.len(), 1, "{:?}", merged.conflicts);
        assert!(merged.text.contains("# as agreed"), "{}", merged.text);
    }
}

#[test]
fn each_of_many_ids_that_both_sides_added_is_offered_a_free_id_of_its_own() {
    let side = |word: &str| {
        let added = (1..=3000).map(|id| {
            format!(
                "\n[[recommendation]]\nid = \"{id}\"\ntext = \"{word}\"\ntimescale = \"Ongoing\"\n"
            )
        });
        format!("[plan]\ntitle = \"P\"\ndate = 2003-05-08\n{}", added.collect::<String>())
    };
    let merged = merged("", &side("Ours."), &side("Theirs."));
    let told: Vec<String> = merged.conflicts.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3000);
    for (id, told) in (1..).zip(told) {
        let free = format!(
            "both sides added {id}; to change the id in their version to {}, run `plan merge --resolve --renumber theirs`",
            id + 3000
        );
        assert_eq!(told, free);
    }
}

#[test]
fn what_stands_between_braces_is_merged_item_by_item_too() {
    let base = "[plan]\ntitle = \"P\"\ndate = 2003-05-08\nextra = { cost = 5, site = { x = 1 } }\n\n\
        [[recommendation]]\nid = \"1\"\ntext = \"Do.\"\ntimescale = \"Ongoing\"\naction = [\n  \
        { id = \"1.1\", text = \"A\", progress = [] }, # first\n  { id = \"1.2\", text = \"B\" },\n]\n";
    let noted = |day: &str| {
        format!("progress = [{{ on = {day}, status = \"not-started\", note = \"A\" }}]")
    };
    let owned =
        "owner = \"O\", amendments = [{ on = 2027-02-20, key = \"owner\", reason = \"Moved\" }]";
    let side = |day: &str| base.replace("progress = []", &noted(day));
    let ours = side("2027-01-01").replace("cost = 5", "cost = 6");
    let ours = ours.replace("\"B\" }", &format!("\"B\", {}, {owned} }}", noted("2027-01-01")));
    let theirs = side("2027-01-02").replace("x = 1", "x = 2, \"a b\" = 3");
    let theirs = theirs.replace(" }, # first", &format!(", {owned} }}, # first"));
    let theirs = theirs.replace("\"B\" },", "\"B\" },\n  { id = \"1.3\", text = \"C\" }, # new");
    let merged = merged(base, &ours, &theirs);
    assert!(merged.conflicts.is_empty(), "{:?}\n{}", merged.conflicts, merged.text);
    for entry in entries(&ours).iter().chain(&entries(&theirs)) {
        assert!(entries(&merged.text).contains(entry), "{entry}\n{}", merged.text);
    }
    for part in [
        "cost = 6, site = { x = 2, \"a b\" = 3 }",
        "# first",
        "{ id = \"1.3\", text = \"C\" }, # new\n]",
    ] {
        assert!(merged.text.contains(part), "{part}\n{}", merged.text);
    }
}

#[test]
fn what_one_side_took_out_of_braces_takes_its_comma_along() {
    let plan = BASE.replace("[plan.extra]\ncost = 5\n", "");
    let extra = |keys: &str| plan.replace("[plan]\n", &format!("[plan]\nextra = {{ {keys} }}\n"));
    let cases = [
        ("a = 1, b = 2", "a = 3", "a = 1, b = 2, c = 4", "a = 3, c = 4"),
        ("a = 1, b = 2", "a = 1, b = 3", "b = 2", "b = 3"),
        ("a = 1, b = 2, c = 3", "a = 4, b = 2, c = 3", "a = 1, b = 2", "a = 4, b = 2"),
    ];
    for (base, ours, theirs, expected) in cases {
        let [base, ours, theirs, expected] = [base, ours, theirs, expected].map(extra);
        let merged = merged(&base, &ours, &theirs);
        assert!(merged.conflicts.is_empty(), "{}", merged.text);
        assert_eq!(merged.text, expected);
    }
}

#[test]
fn a_conflict_in_an_entry_is_named_by_the_item_that_it_is_on() {
    let entry = "  on = 2003-05-20\n  status = \"in-progress\"\n";
    let base = BASE.replace(entry, &format!("{entry}  note = \"Begun.\"\n"));
    let commented = base.replace("\"Begun.\"", "\"Begun.\" # they say");
    let merged = merged(&base, BASE, &commented);
    let conflicts: Vec<String> = merged.conflicts.iter().map(ToString::to_string).collect();
    assert_eq!(conflicts, ["R2.2: ours deleted `note`, and theirs changed it"]);
}

/// Generates plans by deleting, repeating or swapping lines of `BASE`. Edits that make the plan invalid are skipped.
fn torn() -> impl Strategy<Value = String> {
    let cut = (0..3u8, 0..60usize, 0..60usize);
    proptest::collection::vec(cut, 0..6).prop_map(|cuts| {
        cuts.into_iter().fold(BASE.to_owned(), |text, (kind, one, other)| {
            let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
            let (one, other) = (one % lines.len(), other % lines.len());
            match kind {
                0 => drop(lines.remove(one)),
                1 => lines.insert(other, lines[one]),
                _ => lines.swap(one, other),
            }
            let new = lines.concat();
            if Reader::default().decode(&new).is_ok() { new } else { text }
        })
    })
}

proptest! {
    #![proptest_config(crate::testing::cases(256))]

    #[test]
    fn whatever_both_sides_did_the_merge_is_a_plan_or_holds_markers(
        base in torn(), ours in torn(), theirs in torn()
    ) {
        let merged = merged(&base, &ours, &theirs);
        if merged.conflicts.is_empty() {
            prop_assert!(Reader::default().decode(&merged.text).is_ok());
        } else {
            prop_assert!(versions(&merged.text).unwrap().base.is_some());
            prop_assert!(merged.text.contains("<<<<<<< ours"), "{}", merged.text);
        }
        for conflict in merged.conflicts {
            let told = conflict.to_string();
            let has_gap = ["  ", " ,", " ;", " :"].iter().any(|gap| told.contains(gap));
            prop_assert!(!has_gap && !told.starts_with(':') && !told.ends_with(' '), "{}", told);
        }
    }
}
