//! Tests that compare the example plan with the published report, and tests that give hostile files to all code that
//! reads a plan.

use proptest::prelude::*;

use super::*;
use crate::{
    checks::{history_rules, lints},
    doc::Screen,
    edit::{self, Change},
    model::{Area, Day, Keyword, Meeting, Period, Severity, to_single_line},
    output::{
        Answer, Burnup, Changes, Checked, Earlier, FORMATS, Findings, GivenFiles, Overdue,
        PlanPeriodSummary, Source,
    },
    plan_diff,
    query::{GroupBy, Point, Portfolio, Row, Tally, View, overdue, period_summary},
};

const PLAN: &str = include_str!("../../../plan.toml");
const FEATURES: &str =
    include_str!("../../../tests/cases/model/a_plan_of_every_feature.in/plan.toml");
const REPORT: &str = include_str!("../../../tests/seed/report.txt");

fn decode(text: &str) -> Result<PlanText, Vec<Finding>> {
    Reader::default().decode(text)
}

fn seed() -> Plan {
    decode(PLAN).expect("the shipped plan is valid").plan
}

/// Returns appendix 1 of the published report as one line.
fn appendix() -> String {
    let (_, rest) = REPORT.split_once("Appendix 1: MPS action plan").unwrap();
    let (appendix, _) = rest.split_once("Send an e-mail").unwrap();
    to_single_line(appendix)
}

#[test]
fn the_plan_says_appendix_1_word_for_word_and_nothing_else() {
    let mut words = Vec::new();
    for recommendation in &seed().recommendations {
        words.push(format!("Recommendation {}", recommendation.id));
        words.push(to_single_line(&recommendation.text));
        words.push("MPS proposed action".to_owned());
        words.extend(recommendation.actions.iter().map(|action| to_single_line(&action.text)));
        words.push("Timescale".to_owned());
        words.push(to_single_line(&recommendation.timescale.as_ref().unwrap().wording));
    }
    assert_eq!(words.join(" "), appendix());
}

#[test]
fn every_paragraph_of_a_proposed_action_is_an_action() {
    let counts: Vec<usize> =
        seed().recommendations.iter().map(|recommendation| recommendation.actions.len()).collect();
    assert_eq!(counts, [3, 1, 2, 1, 3, 1, 2, 2, 1]);
}

#[test]
fn the_areas_have_the_counts_the_report_gives_them() {
    let plan = seed();
    let report = to_single_line(REPORT).to_lowercase();
    let counts = plan.areas.iter().map(|area| {
        let recommendations = plan.recommendations.iter();
        let in_area = recommendations.filter(|found| found.area.as_ref() == Some(&area.id));
        (&area.title, in_area.count())
    });
    for ((title, count), expected) in counts.zip([4, 3, 1, 1]) {
        assert_eq!(count, expected, "{title}");
        assert!(report.contains(&format!("{} ({count})", title.to_lowercase())), "{title}");
    }
}

#[test]
fn the_report_around_the_plan_is_in_its_own_words() {
    let plan = seed();
    let report = to_single_line(REPORT);
    let sections = plan.sections.iter().flat_map(|section| [&section.heading, &section.text]);
    let identity = [&plan.author, &plan.summary, &plan.by, &plan.body, &plan.committee];
    for words in sections.chain(identity.into_iter().flatten()) {
        assert!(report.contains(&to_single_line(words)), "{words}");
    }
}

#[test]
fn an_owner_is_named_only_where_the_action_names_it() {
    let plan = seed();
    let recommendations = plan.recommendations.iter();
    let actions = recommendations.flat_map(|recommendation| &recommendation.actions);
    let mut owned = 0;
    for action in actions {
        for owner in action.owner.iter() {
            assert!(to_single_line(&action.text).contains(owner.as_str()), "{}", action.id);
            owned += 1;
        }
    }
    assert_eq!(owned, 5);
}

#[test]
fn the_file_shown_in_the_documents_is_a_valid_plan() {
    let page = include_str!("../../../docs/file-format.md");
    let (_, rest) = page.split_once("```toml\n").unwrap();
    let (shown, _) = rest.split_once("```").unwrap();
    assert_eq!(decode(shown).unwrap().plan.recommendations.len(), 1);
}

fn plans() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just(PLAN), Just(FEATURES)]
}

/// Returns everything that the program prints about the plan `text`, in every format and for a screen of the given
/// width.
fn look(text: &str, width: usize) -> String {
    let screen = Screen { width: Some(width), has_links: false };
    let day = Day::from_ymd_opt(2003, 12, 11).unwrap();
    let print = |answer: &Answer<'_>| -> String {
        let formats = FORMATS.iter().filter(|format| format.kinds.contains(&answer.kind()));
        formats.map(|format| format.print(answer, screen).unwrap()).collect()
    };
    let report = |checked: Checked<'_>| {
        print(&Answer::Findings(&Findings {
            command: "plan check",
            nothing: "no fault",
            given: &GivenFiles::default(),
            is_verbose: width.is_multiple_of(2),
            as_of: day,
            checked: vec![checked],
            rules: Rule::ALL.to_vec(),
            case_of: |finding| finding.rule.word(),
        }))
    };
    let path = std::path::Path::new("plan.toml");
    let read = match decode(text) {
        Err(faults) => {
            assert!(!faults.is_empty());
            return report(Checked::new(path, text, faults));
        }
        Ok(read) => read,
    };
    let seed = decode(PLAN).unwrap();
    let mut found = lints(&read.plan, day, day, |_| true);
    let differences = plan_diff::between(&seed.plan, &read.plan);
    found.extend(history_rules::judge(&differences, &seed.plan, &read.plan, seed.plan.date, &[]));
    let mut earlier = Places::new(PLAN, &seed.pieces);
    Places::new(text, &read.pieces).locate_all(&mut found, Some(&mut earlier));
    let checked = Checked {
        plan: Some(&read.plan),
        earlier: Some(Earlier { name: "plan.toml at main", source: PLAN }),
        ..Checked::new(path, text, found)
    };
    let mut shown = report(checked);
    let portfolio = Portfolio { as_of: day, views: vec![View::new(read.plan, day, 0, None)] };
    let rows: Vec<Row<'_>> = portfolio.recommendations().chain(portfolio.actions()).collect();
    shown.push_str(&print(&Answer::Status(&portfolio, GroupBy::Owner, &GivenFiles::default())));
    shown.push_str(&print(&Answer::List(&portfolio, &rows, &[])));
    let late = &overdue(portfolio.rows(false));
    let overdue = Overdue { portfolio: &portfolio, rows: late, until: None, columns: &[] };
    shown.push_str(&print(&Answer::Overdue(overdue)));
    shown.push_str(&print(&Answer::Show(&portfolio, &rows)));
    let view = &portfolio.views[0];
    let source = Source::Entries { why: "of no git".to_owned() };
    let summary = period_summary(&seed.plan, &view.plan, view.plan.date.min(day), day);
    let summaries = vec![PlanPeriodSummary { view, source, summary }];
    shown.push_str(&print(&Answer::Changes(&Changes { portfolio: &portfolio, summaries })));
    let tally = Some(Tally::on_days(&view.plan, &[day])[0]);
    let (from, to) = (day, day);
    let points = vec![Point { day, commit: None, tally }];
    let gaps = Vec::new();
    let burnup = Burnup { portfolio: &portfolio, view, from, to, is_of_git: false, points, gaps };
    shown.push_str(&print(&Answer::Burnup(&burnup)));
    shown
}

proptest! {
    #![proptest_config(crate::testing::cases(400))]

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

/// Decodes a plan piece by piece. Returns `None` if the text was cut at a wrong place or the plan is invalid.
fn read_in_pieces(text: &str) -> Option<Plan> {
    let read = Reader::default().read(text, Pieces::cut(text));
    let is_sound = read.fits && read.faults.is_empty() && broken(&read.plan, None).is_empty();
    is_sound.then_some(read.plan)
}

/// Decodes the whole text of a plan at once. Returns `None` if the plan is invalid.
fn read_whole(text: &str) -> Option<Plan> {
    let read = Reader::default().read(text, Pieces::whole());
    Some(judge(text, read, None).ok()?.plan)
}

#[test]
fn a_plan_read_in_pieces_is_the_plan_read_whole() {
    for text in [PLAN, FEATURES] {
        assert!(read_whole(text).is_some());
        assert_eq!(read_in_pieces(text), read_whole(text));
    }
}

#[test]
fn what_only_the_whole_text_can_tell_is_not_told_from_pieces() {
    let recommendation = |id: &str| {
        format!("\n[[recommendation]]\nid = \"{id}\"\ntext = \"Do it.\"\ntimescale = \"Ongoing\"\n")
    };
    let head = "[plan]\ntitle = \"P\"\ndate = 2003-05-08\n";
    let (one, two) = (recommendation("1"), recommendation("2"));
    let sound = format!("{head}{one}{two}");
    assert!(read_in_pieces(&sound).is_some());
    let looks_like_a_header = "note = \"\"\"\n[[recommendation]]\n\"\"\"\n";
    for (text, is_plan) in [
        (format!("{head}{one}{one}"), false),
        (format!("{head}{one}{two}[policy]\n[policy]\n"), false),
        (format!("{head}{one}[policy]\n[recommendation.extra]\n{two}"), true),
        (format!("{head}{one}[plan.extra]\na = [\n1,\n{two}[policy]\n]\n"), false),
        (format!("{head}[plan.extra]\n{looks_like_a_header}{one}{looks_like_a_header}"), false),
        (format!("{head}[plan.extra]\na = \"\"\"\n{one}[plan.x]\n\"\"\"\n{two}"), true),
        (format!("recommendation = []\n{head}{one}"), false),
        (format!("[recommendation]\n{head}{one}"), false),
        (format!("{head}[plan.extra]\n{looks_like_a_header}{one}"), true),
        (format!("{head}{one}[recommendation.extra]\n{looks_like_a_header}{two}"), true),
    ] {
        assert_eq!(read_in_pieces(&text), None, "{text}");
        let decoded = decode(&text);
        assert_eq!(decoded.is_ok(), is_plan, "{text}");
        assert_eq!(decoded.ok().map(|read| read.plan), read_whole(&text));
    }
}

/// Generates the tables of a plan in random order. The action of each recommendation stays directly after the
/// recommendation.
fn tables() -> impl Strategy<Value = Vec<String>> {
    let recommendation = |id: usize| {
        format!(
            "[[recommendation]]\nid = \"{id}\"\narea = \"b\"\ntext = \"\"\"\nDo it,\n [[area]]\n\"\"\"\n\
             timescale = \"June 2003\"\n\n\
             [[recommendation.action]]\nid = \"{id}.1\"\ntext = \"First.\"\n[recommendation.extra]\nx = {id}\n"
        )
    };
    let mut tables: Vec<String> = [
        "[plan]\ntitle = \"P\"\ndate = 2003-05-08\n\n",
        "[[plan.section]]\nheading = \"H\"\ntext = \"T\"\n",
        "[plan.extra]\nlist = [\n  [1],\n]\n",
        "# its rules\n[policy]\ngrace_days = 3\n",
        "[policy.lints]\nno-owner = \"off\"\n",
        "[[area]]\nid = \"a\"\ntitle = \"A\"\n",
        "[[area]]\nid = \"b\"\ntitle = \"\"\"B\n [plan]\"\"\"\n\n",
        "[[meeting]]\ndate = \"2003-11\"\n",
        "[[meeting]]\ndate = 2003-12-24\ntitle = \"é\"\n",
    ]
    .map(str::to_owned)
    .to_vec();
    tables.extend((1..5).map(recommendation));
    Just(tables).prop_shuffle()
}

proptest! {
    #![proptest_config(crate::testing::cases(256))]

    #[test]
    fn tables_in_any_order_are_the_same_plan_in_pieces_and_whole(tables in tables()) {
        let text = tables.concat();
        let in_pieces = read_in_pieces(&text);
        prop_assert!(in_pieces.is_some(), "{text}");
        prop_assert_eq!(in_pieces, read_whole(&text), "{}", text);
    }

    #[test]
    fn lines_like_headers_and_tables_of_an_earlier_recommendation_change_no_plan(
        tables in tables(),
        late in any::<prop::sample::Index>(),
        table in prop::sample::select(&[
            "[[recommendation.action]]\nid = \"4x\"\ntext = \"Later.\"\n",
            "[recommendation.extra.more]\ny = 1\n",
            "[\"recommendation\".extra.more]\ny = 1\n",
            "[ recommendation . extra . more ]\ny = 1\n",
        ][..]),
    ) {
        let mut tables = tables;
        tables.insert(late.index(tables.len() + 1), table.to_owned());
        let text = tables.concat();
        if let Some(found) = read_in_pieces(&text) {
            prop_assert_eq!(Some(found), read_whole(&text), "{}", text);
        }
        prop_assert_eq!(decode(&text).ok().map(|read| read.plan), read_whole(&text), "{}", text);
    }

    #[test]
    fn a_fault_in_any_table_is_found_where_it_stands(
        tables in tables(),
        at in any::<prop::sample::Index>(),
        unknown in prop::sample::select(&["unknown = 1\n", "unknown = \"\"\n", "unknown = {}\n"][..]),
    ) {
        let mut tables = tables;
        let table = &mut tables[at.index(13)];
        let keys = table.find("]\n").unwrap() + 2;
        table.insert_str(keys, unknown);
        let text = tables.concat();
        let faults = decode(&text).err().unwrap_or_default();
        let is_free = text.contains("[plan.extra]\nunknown");
        prop_assert!(is_free || !faults.is_empty(), "{text}");
        for fault in faults {
            let bytes = fault.at.bytes();
            let found = &text[bytes.clone()];
            prop_assert!(unknown.contains(found) && text[..bytes.end].contains("unknown"), "{found:?}: {text}");
            let begins = text.find("unknown").unwrap();
            prop_assert!((begins..begins + unknown.len()).contains(&bytes.start), "{text}");
        }
    }

    /// Each change can be made to a plan whose tables are in any order, and nothing else in the plan changes.
    #[test]
    fn tables_in_any_order_may_be_changed(tables in tables()) {
        let text = tables.concat();
        let area = || Area { id: "c".to_owned(), title: "C".to_owned() };
        let day = Day::from_ymd_opt(2003, 9, 1).unwrap();
        let meeting = || Meeting { date: Period::Day(day), title: None };
        let new = || Recommendation::new(Id::parse("7".to_owned()).unwrap(), "Do that.".to_owned());
        for change in [Change::Area(area()), Change::Meeting(meeting()), Change::Recommendation(new())] {
            let changed = edit::change(&text, |_| Ok(vec![change.clone()])).unwrap();
            prop_assert_eq!(read_whole(&changed.text), Some(changed.after));
        }
    }
}

#[test]
fn a_recommendation_whose_bytes_were_read_before_is_the_same_one() {
    let changed = PLAN.replacen("id = \"5.1\"", "id = \"5.1\" # looked at", 1);
    let mut reader = Reader::default();
    let old = reader.decode(PLAN).unwrap().plan.recommendations;
    let new = reader.decode(&changed).unwrap().plan.recommendations;
    let same: Vec<bool> = old.iter().zip(&new).map(|(old, new)| Arc::ptr_eq(old, new)).collect();
    assert_eq!(same, [true, true, true, true, false, true, true, true, true]);
    assert_eq!(old, new);
}

#[test]
fn a_version_after_another_has_the_faults_that_it_has_alone() {
    let piece = PLAN.rfind("[[recommendation]]").unwrap();
    let twice = format!("{PLAN}\n{}", &PLAN[piece..]);
    let without_areas: String = {
        let head = &PLAN[..PLAN.find("[[area]]").unwrap()];
        let rest = &PLAN[PLAN.find("[[recommendation]]").unwrap()..];
        format!("{head}{rest}")
    };
    let with_priority = PLAN.replacen("id = \"2\"", "id = \"2\"\npriority = \"high\"", 1);
    let other_priorities =
        with_priority.replacen("[[area]]", "[policy]\npriorities = [\"urgent\"]\n\n[[area]]", 1);
    let versions = [
        PLAN.to_owned(),
        twice,
        without_areas,
        PLAN.replacen("id = \"5.1\"", "id = \"4.1\"", 1),
        PLAN.replacen("id = \"5.1\"", "id = \"5.2\"", 1),
        PLAN.replacen("id = \"2\"", "id = \"1\"", 1),
        with_priority,
        other_priorities,
        PLAN.to_owned(),
    ];
    let mut reader = Reader::default();
    let mut invalid = 0;
    for version in versions {
        let alone = decode(&version).map(|read| read.plan).map_err(|faults| faults.len());
        invalid += usize::from(alone.is_err());
        let after = reader.decode(version).map(|read| read.plan).map_err(|faults| faults.len());
        assert_eq!(after, alone);
    }
    assert_eq!(invalid, 6);
}

proptest! {
    #![proptest_config(crate::testing::cases(256))]

    /// Random strings are inserted into a plan. Decoding in pieces then gives either no plan or the same plan as
    /// decoding the whole text.
    #[test]
    fn pieces_never_say_what_the_whole_text_does_not(
        pieces in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(&[
            "\n[[recommendation]]\n", "\"\"\"", "'''", "\"", "[", "]", "{", "}", "#", "\\", "\n", "\r",
            "\n[policy]\n", "\n[recommendation.extra]\n", "\n[[recommendation.action]]\n",
            "\nx = \"\"\"\n", "\n[[area]]\n", "\n[extra]\n", "\nextra.a = '''\n",
        ][..])), 1..4),
    ) {
        let mut text = FEATURES.to_owned();
        for (place, piece) in pieces {
            let place = text.floor_char_boundary(place.index(text.len()));
            text.insert_str(place, piece);
        }
        if let Some(found) = read_in_pieces(&text) {
            prop_assert_eq!(Some(found), read_whole(&text), "{}", text);
        }
        prop_assert_eq!(decode(&text).ok().map(|read| read.plan), read_whole(&text), "{}", text);
    }
}

proptest! {
    #[test]
    fn a_due_line_that_is_proposed_makes_the_plan_valid(
        wording in r"([0-9]{1,4}|June|Spring|winter|Q2|FY|by|within six months|ongoing|updated?|implemented|[ /,-]){1,7}",
    ) {
        let plan = |due: &str| {
            let keys = format!("id = \"1\"\ntext = \"Do it.\"\ntimescale = \"{wording}\"\n{due}\n");
            format!("[plan]\ntitle = \"P\"\ndate = 2024-08-31\n\n[[recommendation]]\n{keys}")
        };
        let Err(faults) = decode(&plan("")) else {
            return Ok(());
        };
        let help = faults.iter().filter_map(|fault| fault.help.as_deref()).collect::<String>();
        for line in help.split('`').filter(|part| part.starts_with("due = ")) {
            let read = decode(&plan(line));
            prop_assert!(read.is_ok(), "{wording}: {line}: {read:?}");
        }
    }
}

#[test]
fn a_line_like_a_header_in_a_text_invents_no_fault_beside_a_number_out_of_range() {
    let text = "[plan]\ntitle = \"x\"\ndate = 2003-05-08\n\n[plan.extra]\nn = 99999999999999999999\n\n\
                [[recommendation]]\nid = \"1\"\ntext = \"\"\"\nWrite\n[[recommendation]]\nin the file.\"\"\"\n";
    let faults = Reader::default().decode(text).unwrap_err();
    let titles: Vec<&str> = faults.iter().map(|fault| fault.title.as_str()).collect();
    assert_eq!(titles, ["the number is out of range"]);
}

#[test]
fn of_many_faults_the_first_are_told_and_that_there_are_more() {
    let head = "[plan]\ntitle = \"x\"\ndate = 2003-05-08\n";
    let work = "[[recommendation]]\nid = \"1\"\ntext = \"a\"\n";
    let clean = format!("summary = \"{}\"\n", "clean ".repeat(20_000));
    let unknown: String = (0..30_000).map(|number| format!("a{number} = 1\n")).collect();
    for (rule, text) in [
        (Rule::Syntax, format!("{head}body = \"{}\"\n", "\\q".repeat(50_000))),
        (Rule::Syntax, format!("{head}body = \"\"\"{}\"\"\"\n", "\\q".repeat(50_000))),
        (Rule::Syntax, format!("{head}{clean}body = \"{}\"\n", "\\q".repeat(50_000))),
        (Rule::DuplicateKey, format!("{head}{}", "body = \"a\"\n".repeat(20_000))),
        (Rule::UnknownKey, format!("{head}{unknown}")),
        (Rule::UnknownKey, format!("{head}{work}{unknown}")),
        (Rule::MissingKey, format!("{head}{}", "[[recommendation]]\n".repeat(5_000))),
        (Rule::DuplicateId, format!("{head}{}", work.repeat(5_000))),
        (Rule::ConflictMarker, "<<<<<<< a\n>>>>>>> b\n".repeat(5_000)),
    ] {
        let faults = Reader::default().decode(text.as_str()).unwrap_err();
        let (more, told) = faults.split_last().unwrap();
        assert_eq!(told.len(), MOST_FAULTS, "{rule:?}");
        assert!(told.iter().all(|fault| fault.rule == rule), "{rule:?}");
        assert!(told.is_sorted_by_key(|fault| fault.at.bytes().start), "{rule:?}");
        assert_eq!(more.severity, Severity::Note, "{rule:?}");
        assert!(more.title.starts_with("only the first"), "{}", more.title);
    }
}

#[test]
fn as_many_faults_as_are_told_are_all_of_them() {
    let text = format!(
        "[plan]\ntitle = \"x\"\ndate = 2003-05-08\nbody = \"{}\"\n",
        "\\q".repeat(MOST_FAULTS)
    );
    let faults = Reader::default().decode(text).unwrap_err();
    assert_eq!(faults.len(), MOST_FAULTS);
    assert!(faults.iter().all(|fault| fault.severity == Severity::Error));
}

#[test]
fn of_many_warnings_the_first_of_the_rules_that_are_on_are_told_and_that_there_are_more() {
    let head = "[plan]\ntitle = \"x\"\ndate = 2003-05-08\nbody = \"b\"\n";
    let work = |number| {
        format!("[[recommendation]]\nid = \"{number}\"\ntext = \"a\"\ntimescale = \"Ongoing\"\n")
    };
    let read = decode(&(head.to_owned() + &(1..=10_001).map(work).collect::<String>())).unwrap();
    let found = |off| lints(&read.plan, read.plan.date, read.plan.date, |rule| Some(rule) != off);
    let rule = found(None)[0].rule;
    let (more, told) =
        found(None).split_last().map(|(more, told)| (more.clone(), told.len())).unwrap();
    assert_eq!((told, more.severity), (10_000, Severity::Note));
    assert!(more.title.starts_with("only the first"), "{}", more.title);
    assert!(found(Some(rule)).iter().all(|finding| finding.rule != rule));
}
