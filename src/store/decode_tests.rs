//! The seed plan against the published report, and hostile files against everything that reads a plan.

use proptest::prelude::*;

use super::*;
use crate::{
    model::{Day, fold, guard, lints},
    query::{Portfolio, View},
    render::{self, Checked, Screen},
};

const PLAN: &str = include_str!("../../plan.toml");
const FEATURES: &str = include_str!("../../tests/cases/model/a_plan_of_every_feature.in/plan.toml");
const REPORT: &str = include_str!("../../tests/seed/report.txt");

fn seed() -> Plan<'static> {
    decode(PLAN).expect("the shipped plan is valid")
}

/// Appendix 1 of the report, white space folded.
fn appendix() -> String {
    let (_, rest) = REPORT.split_once("Appendix 1: MPS action plan").unwrap();
    let (appendix, _) = rest.split_once("Send an e-mail").unwrap();
    fold(appendix)
}

#[test]
fn the_plan_says_appendix_1_word_for_word_and_nothing_else() {
    let mut said = Vec::new();
    for recommendation in &seed().recommendations {
        said.push(format!("Recommendation {}", recommendation.id));
        said.push(fold(&recommendation.text));
        said.push("MPS proposed action".to_owned());
        said.extend(
            recommendation
                .actions
                .iter()
                .map(|action| fold(&action.text)),
        );
        said.push("Timescale".to_owned());
        said.push(fold(&recommendation.timescale.as_ref().unwrap().wording));
    }
    assert_eq!(said.join(" "), appendix());
}

#[test]
fn every_paragraph_of_a_proposed_action_is_an_action() {
    let counts: Vec<usize> = seed()
        .recommendations
        .iter()
        .map(|of| of.actions.len())
        .collect();
    assert_eq!(counts, [3, 1, 2, 1, 3, 1, 2, 2, 1]);
}

#[test]
fn the_areas_have_the_counts_the_report_gives_them() {
    let plan = seed();
    let report = fold(REPORT).to_lowercase();
    let counts = plan.areas.iter().map(|area| {
        let in_area = |of: &&Recommendation<'_>| of.area.as_deref() == Some(area.id.as_ref());
        (
            &area.title,
            plan.recommendations.iter().filter(in_area).count(),
        )
    });
    for ((title, count), expected) in counts.zip([4, 3, 1, 1]) {
        assert_eq!(count, expected, "{title}");
        assert!(
            report.contains(&format!("{} ({count})", title.to_lowercase())),
            "{title}"
        );
    }
}

#[test]
fn the_report_around_the_plan_is_in_its_own_words() {
    let plan = seed();
    let report = fold(REPORT);
    let sections = plan
        .sections
        .iter()
        .flat_map(|section| [&section.heading, &section.text]);
    let identity = [
        &plan.author,
        &plan.summary,
        &plan.by,
        &plan.body,
        &plan.committee,
    ];
    for words in sections.chain(identity.into_iter().flatten()) {
        assert!(report.contains(&fold(words)), "{words}");
    }
}

#[test]
fn an_owner_is_named_only_where_the_action_names_it() {
    let plan = seed();
    let actions = plan.recommendations.iter().flat_map(|of| &of.actions);
    let mut owned = 0;
    for action in actions {
        if let Some(owner) = &action.owner {
            assert!(fold(&action.text).contains(owner.as_ref()), "{}", action.id);
            owned += 1;
        }
    }
    assert_eq!(owned, 5);
}

#[test]
fn the_file_shown_in_the_readme_is_a_valid_plan() {
    let readme = include_str!("../../README.md");
    let (_, rest) = readme.split_once("```toml\n").unwrap();
    let (shown, _) = rest.split_once("```").unwrap();
    assert_eq!(decode(shown).unwrap().recommendations.len(), 1);
}

/// The seed plan, and one that uses every feature of the format.
fn plans() -> impl Strategy<Value = &'static str> {
    const FEATURES: &str =
        include_str!("../../tests/cases/model/a_plan_of_every_feature.in/plan.toml");
    prop_oneof![Just(PLAN), Just(FEATURES)]
}

/// Everything that looks at a plan, at a width; its whole output.
fn look(text: &str, width: usize) -> String {
    let screen = Screen { width };
    let (plan, document) = match decode_with_document(text) {
        Err(faults) => {
            assert!(!faults.is_empty());
            let checked = Checked::broken("plan.toml".as_ref(), text, faults);
            return render::faults::report(&[checked], screen);
        }
        Ok(decoded) => decoded,
    };
    let day = Day::from_ymd_opt(2003, 12, 11).unwrap();
    let portfolio = Portfolio {
        as_of: day,
        views: vec![View::new(&plan, day)],
    };
    let (seed, earlier) = decode_with_document(PLAN).unwrap();
    let mut found = lints::lints(&plan, day, day);
    found.extend(guard::quiet_changes(&seed, &plan));
    found.extend(guard::quiet_changes(&plan, &seed));
    let faults = found
        .into_iter()
        .map(|finding| located(finding, &document, &earlier));
    let checked = [Checked {
        plan: Some(&plan),
        earlier: Some(render::Earlier {
            name: "plan.toml at main",
            source: PLAN,
        }),
        ..Checked::broken("plan.toml".as_ref(), text, faults.collect())
    }];
    let rows: Vec<_> = portfolio
        .recommendations()
        .chain(portfolio.actions())
        .collect();
    [
        render::faults::report(&checked, screen),
        render::github::annotations(&checked, "plan check"),
        render::status::table(&portfolio, screen),
        render::list::table(&rows, screen),
        render::list::overdue(day, &portfolio.overdue(), screen),
        render::show::page(&rows, screen),
        render::markdown::status(&portfolio),
        render::markdown::show(&rows),
        render::json::show(&portfolio, &rows).unwrap(),
        render::csv::rows(&rows).unwrap(),
    ]
    .concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_mutation_of_a_plan_makes_anything_panic_or_emit_a_control_character(
        plan in plans(),
        edits in proptest::collection::vec(
            (any::<prop::sample::Index>(), 0usize..30, prop_oneof![
                "[\\[\\]{}=\"'#\n.,a1-]{0,6}",
                "\\\\u00[0-9]{2}",
                "\\PC{0,4}",
                "[0-9]{4}-[0-9]{2}(-[0-9]{2})?",
                "[\u{1}-\u{1f}\u{80}-\u{9f}\u{202e}\r\t]{1,2}",
            ]),
            1..4,
        ),
        width in 40usize..160,
    ) {
        let mut text = plan.to_owned();
        for (index, length, with) in edits {
            let from = text.floor_char_boundary(index.index(text.len() + 1));
            let to = text.floor_char_boundary((from + length).min(text.len())).max(from);
            text.replace_range(from..to, &with);
        }
        let shown: String = anstream::adapter::strip_str(&look(&text, width)).to_string();
        let control = shown.chars().find(|letter| *letter != '\n' && crate::model::is_forbidden(*letter));
        prop_assert_eq!(control, None);
        prop_assert!(!shown.contains('\r'));
    }
}

fn read_in_parts(text: &str, least: usize) -> Option<Plan<'_>> {
    let look = |seen: &mut Vec<_>, _: &Table<'_>, of| seen.push(of);
    let (head, recommendations) = survey_parts(text, least, |_| Vec::new(), look, Vec::extend)?;
    Some(Plan {
        recommendations,
        ..head
    })
}

#[test]
fn a_plan_read_in_parts_is_the_plan_read_whole() {
    for text in [PLAN, FEATURES] {
        let (whole, _) = decode_with_document(text).unwrap();
        for least in [0, 1000, 5000, usize::MAX / 2] {
            assert_eq!(read_in_parts(text, least).as_ref(), Some(&whole));
        }
    }
}

#[test]
fn what_only_the_whole_can_tell_is_not_told_from_parts() {
    let of = |id: &str| {
        format!("\n[[recommendation]]\nid = \"{id}\"\ntext = \"Do it.\"\ntimescale = \"Ongoing\"\n")
    };
    let head = "[plan]\ntitle = \"P\"\ndate = 2003-05-08\n";
    let sound = format!("{head}{}{}", of("1"), of("2"));
    assert!(read_in_parts(&sound, 0).is_some());
    let looks_like_a_header = "note = \"\"\"\n[[recommendation]]\n\"\"\"\n";
    for text in [
        format!("{head}{}{}", of("1"), of("1")),
        format!("{head}{}{}[policy]\n", of("1"), of("2")),
        format!("{head}{}[policy]\n{}", of("1"), of("2")),
        format!("recommendation = []\n{head}{}", of("1")),
        format!("[recommendation]\n{head}{}", of("1")),
        format!("{head}[extra]\n{looks_like_a_header}{}", of("1")),
        format!(
            "{head}{}[recommendation.extra]\n{looks_like_a_header}{}",
            of("1"),
            of("2")
        ),
    ] {
        assert_eq!(read_in_parts(&text, 0), None, "{text}");
    }
}

proptest! {
    /// Whatever is put into a plan, and wherever: parts say the same as the whole, or nothing.
    #[test]
    fn parts_never_say_what_the_whole_does_not(
        pieces in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(&[
            "\n[[recommendation]]\n", "\"\"\"", "'''", "\"", "[", "]", "{", "}", "#", "\\", "\n", "\r",
            "\n[policy]\n", "\n[recommendation.extra]\n", "\n[[recommendation.action]]\n",
            "\nx = \"\"\"\n", "\n[[area]]\n", "\n[extra]\n", "\nextra.a = '''\n",
        ][..])), 1..4),
        least in prop::sample::select(&[0_usize, 500, 3000][..]),
    ) {
        let mut text = FEATURES.to_owned();
        for (place, piece) in pieces {
            let mut place = place.index(text.len());
            while !text.is_char_boundary(place) {
                place -= 1;
            }
            text.insert_str(place, piece);
        }
        if let Some(found) = read_in_parts(&text, least) {
            let whole = decode_with_document(&text);
            prop_assert_eq!(Some(&found), whole.as_ref().ok().map(|(plan, _)| plan), "{}", text);
        }
    }
}
