//! Tests with wordings from published plans, each with the expected result of reading it.

use proptest::prelude::*;

use super::*;
use crate::model::Timescale;

/// Reads a wording, and returns the result as text: the word `read`, `propose` or `ask` with the possible meanings, or
/// the word `refuse` with the reason.
fn outcome(wording: &str, published: &str) -> String {
    let published = published.parse().ok();
    let reason = match Timescale::parse(wording) {
        Ok(timescale) => return format!("read {}", timescale.term.wording()),
        Err(reason) => reason,
    };
    let meaning = |due: &Due| due.wording(published).unwrap_or_default();
    match &reason {
        NotATimescale::Likely(due) => format!("propose {}", meaning(due)),
        NotATimescale::Ambiguous { dues, .. } => {
            format!("ask {}", dues.iter().map(meaning).collect::<Vec<_>>().join(" | "))
        }
        NotATimescale::Impossible(_) | NotATimescale::Unknown { .. } => format!("refuse {reason}"),
    }
}

fn all(cases: &[(&str, &str)]) {
    for (wording, expected) in cases {
        assert_eq!(outcome(wording, "2024-08-31"), *expected, "{wording}");
    }
}

#[test]
fn one_likely_meaning_is_proposed() {
    all(&[
        ("Spring 2031", "propose 2031-05"),
        ("summer of 2031", "propose 2031-08"),
        ("Autumn 2031", "propose 2031-11"),
        ("Fall, 2031", "propose 2031-11"),
        ("Winter 2031/32", "propose 2032-02"),
        ("Q2 2031", "propose 2031-06"),
        ("2031 Q4", "propose 2031-12"),
        ("the third quarter of 2031", "propose 2031-09"),
        ("1st quarter 2031", "propose 2031-03"),
        ("first half of 2031", "propose 2031-06"),
        ("H2 2031", "propose 2031-12"),
        ("30/06/2031", "propose 2031-06-30"),
        ("6/30/31", "propose 2031-06-30"),
        ("05.05.2031", "propose 2031-05-05"),
        ("August, 31, 2031", "propose 2031-08-31"),
        ("December, 2031", "propose 2031-12"),
        ("Continuous", "propose Ongoing"),
        ("On going", "propose Ongoing"),
        ("To be confirmed.", "propose To be agreed"),
        ("n.a.", "propose To be agreed"),
        ("Not applicable", "propose To be agreed"),
    ]);
}

#[test]
fn a_length_of_time_counts_from_the_plan_and_ends_in_the_month_it_reaches() {
    all(&[
        ("within six months", "propose 2025-02-28"),
        ("Within 90 days of publication", "propose 2024-11-29"),
        ("12 months", "propose 2025-08-31"),
        ("two weeks", "propose 2024-09-14"),
        ("Immediately", "propose 2024-08-31"),
        ("Within six months of approval", "refuse a length of time from an unknown date"),
    ]);
    assert_eq!(outcome("within six months", "2023-08-31"), "propose 2024-02-29");
    assert_eq!(outcome("within one year", "2024-02-29"), "propose 2025-02-28");
    let reason = Timescale::parse("within six months").unwrap_err();
    assert_eq!(
        reason.help(None, Given::Flag),
        "give the agreed due date with `--due`, for example 6 months after the date of agreement"
    );
}

#[test]
fn what_may_mean_several_things_is_asked() {
    all(&[
        ("03/04/2031", "ask 2031-04-03 | 2031-03-04"),
        ("Winter 2031", "ask 2031-02 | 2031-12 | 2032-02"),
        ("by 2031", "ask 2030 | 2031"),
        ("2031-32 fiscal year", "ask 2032-03 | 2032-06 | 2032-09 | 2032-12"),
    ]);
}

#[test]
fn what_clerks_write_is_proposed_asked_or_refused_with_its_reason() {
    let fiscal = "ask 2031-03 | 2031-06 | 2031-09 | 2031-12";
    all(&[
        ("06/2031", "propose 2031-06"),
        ("6.2031", "propose 2031-06"),
        ("4Q31", "propose 2031-12"),
        ("FY31", fiscal),
        ("SFY 2031", fiscal),
        ("end FY 30/31", fiscal),
        ("Q4 FY31", fiscal),
        ("Q2 2030/31", "ask 2030-09 | 2030-12 | 2031-03 | 2031-06"),
        ("second quarter of financial year 2030-31", "ask 2030-09 | 2030-12 | 2031-03 | 2031-06"),
        ("within six (6) months", "propose 2025-02-28"),
        ("-", "propose To be agreed"),
        ("ASAP", "ask To be agreed"),
    ]);
}

#[test]
fn what_names_no_date_or_an_impossible_one_is_refused_with_the_reason() {
    let june = "refuse there is no day 31 in June 2031, which has 30 days";
    let february = "refuse there is no day 29 in February 2031, which has 28 days";
    all(&[
        ("At the launch of the centre", "refuse not a date"),
        ("soon", "refuse not a date"),
        ("30 June", "refuse the year is missing"),
        ("by the end of Q3", "refuse the year is missing"),
        ("3 months after approval", "refuse a length of time from an unknown date"),
        ("2031 Strategy", "refuse not a date"),
        ("Decembr 2031", "refuse not a date"),
        ("Decembr 31, 2031", "refuse not a date"),
        ("Easter 2031", "refuse not a date"),
        ("", "refuse not a date"),
        ("Phase 2", "refuse not a date"),
        ("31 June 2031", june),
        ("June 31, 2031", june),
        ("2031-06-31", june),
        ("31/06/2031", june),
        ("29 February 2031", february),
        ("2031-13", "refuse there is no month 13"),
        ("29 February 2032", "read 2032-02-29"),
    ]);
}

#[test]
fn a_part_of_a_time_is_never_its_last_day_alone() {
    all(&[
        ("Early 2031", "ask 2031-03 | 2031-04"),
        ("Mid-2031", "ask 2031-06 | 2031-07"),
        ("Late 2031", "ask 2031-11 | 2031-12"),
        ("mid to late 2031", "ask 2031-11 | 2031-12"),
        ("beginning of 2031", "ask 2031-03 | 2031-04"),
        ("Early Summer 2031", "ask 2031-06 | 2031-07"),
        ("mid-June 2031", "ask 2031-06-15 | 2031-06"),
        ("Mitte 2031", "ask 2031-06 | 2031-07"),
    ]);
}

#[test]
fn a_beginning_is_not_read_as_an_end() {
    for words in [
        "Not before May 2031",
        "No earlier than May 2031",
        "Commences May 2031",
        "Started May 2031",
        "Launch May 2031",
        "Launch of the centre in May 2031",
        "from May 2031",
        "after May 2031",
        "Kick-off: May 2031",
    ] {
        assert_eq!(outcome(words, "2024-08-31"), "ask 2031-05 | Ongoing", "{words}");
    }
}

#[test]
fn what_is_done_is_not_due() {
    all(&[
        ("Completed 30/06/2024", "propose In place since 2024-06-30"),
        ("Completed 12/06/2024", "ask In place since 2024-06-12 | In place since 2024-12-06"),
        ("Complete - June 2023", "propose In place since June 2023"),
        ("Fully implemented August 2022", "propose In place since August 2022"),
        ("Completed", "propose Complete"),
        ("To be implemented by June 2031", "propose 2031-06"),
        ("Completed by June 2031", "ask 2031-06 | In place since June 2031"),
        ("Not completed, June 2031", "ask 2031-06 | To be agreed"),
    ]);
    let to = Timescale::parse("Completed May 2024").unwrap_err().unfinished();
    assert!(!to.help(None, Given::Line).contains("In place"), "a revision cannot say so");
}

#[test]
fn a_date_beside_other_words_is_asked() {
    all(&[
        ("before June 2031", "ask 2031-05 | 2031-06"),
        ("prior to 1 March 2031", "ask 2031-02-28 | 2031-03-01"),
        ("Update in Autumn 2031", "ask 2031-11 | To be agreed"),
        ("Ongoing, update in Autumn 2031", "ask 2031-11 | Ongoing"),
        ("June 2031 then ongoing", "ask 2031-06 | Ongoing"),
        ("June 30, 2031 and May 1, 2032 respectively", "ask 2031-06-30 | 2032-05-01"),
        ("June 2031 (subject to funding)", "ask 2031-06 | To be agreed"),
        ("May 31, 2031 (first item), andJune 30, 2031", "ask 2031-05-31 | 2031-06-30"),
        ("w/c 3 July 2031", "ask 2031-07-07 | 2031-07-09"),
        ("Jun-31", "propose 2031-06"),
        ("Jun-25", "ask 2025-06"),
        ("June - August 2031", "propose 2031-08"),
        ("June/July 2031", "ask 2031-06 | 2031-07"),
        ("2031-Q2", "propose 2031-06"),
        ("NA", "propose To be agreed"),
        ("Immediate", "propose 2024-08-31"),
        ("Quarterly", "propose Ongoing"),
    ]);
}

#[test]
fn dates_of_six_languages_are_proposed() {
    all(&[
        ("31. Dezember 2031", "propose 2031-12-31"),
        ("bis Ende März 2031", "propose 2031-03"),
        ("1. Halbjahr 2031", "propose 2031-06"),
        ("fin décembre 2031", "propose 2031-12"),
        ("d’ici fin août 2031", "propose 2031-08"),
        ("1er janvier 2031", "propose 2031-01-01"),
        ("T3 2031", "propose 2031-09"),
        ("30 de junio de 2031", "propose 2031-06-30"),
        ("finales de septiembre de 2031", "propose 2031-09"),
        ("entro fine maggio 2031", "propose 2031-05"),
        ("terzo trimestre 2031", "propose 2031-09"),
        ("eind mei 2031", "propose 2031-05"),
        ("3e kwartaal 2031", "propose 2031-09"),
        ("até 31 de março de 2031", "propose 2031-03-31"),
        ("vor Juni 2031", "ask 2031-05 | 2031-06"),
        ("innerhalb von 6 Monaten", "propose 2025-02-28"),
        ("31. Juni 2031", "refuse there is no day 31 in June 2031, which has 30 days"),
    ]);
}

#[test]
fn the_words_beside_a_numeric_date_may_say_its_order() {
    all(&[
        ("bis 03.04.2031", "propose 2031-04-03"),
        ("30/06/2031 and 03/07/2031", "ask 2031-06-30 | 2031-07-03"),
        ("by 31 June 2031", "refuse there is no day 31 in June 2031, which has 30 days"),
    ]);
    assert_eq!(day_order("due 30/06/2031, then 03.04.2031"), DayOrder::DayFirst);
    assert_eq!(day_order("due 06/30/31"), DayOrder::MonthFirst);
    assert_eq!(day_order("30/06/2031 or 06/30/2031"), DayOrder::Unknown);
    assert_eq!(day_order("03/04/2031, 2031-13-40, 1.2.3"), DayOrder::Unknown);
}

#[test]
fn a_day_is_proposed_bare_and_other_words_in_quotes() {
    let help = |wording: &str, given| {
        Timescale::parse(wording).unwrap_err().help("2024-08-31".parse().ok(), given)
    };
    assert_eq!(help("30/06/2031", Given::Line), "add `due = 2031-06-30` if that was agreed");
    assert_eq!(help("Q2 2031", Given::Line), "add `due = \"2031-06\"` if that was agreed");
    assert_eq!(help("Q2 2031", Given::Flag), "add `--due \"2031-06\"` if that was agreed");
}

/// Generates wordings: mostly words used in dates, in any order, and sometimes arbitrary text.
fn wordings() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "31",
        "30",
        "12",
        "1st",
        "6",
        "2024",
        "2025",
        "0000",
        "99",
        "June",
        "February",
        "may",
        "Sept.",
        "Spring",
        "winter",
        "Q2",
        "H1",
        "FY",
        "fiscal",
        "/",
        "-",
        ",",
        ".",
        "by",
        "end",
        "of",
        "the",
        "within",
        "six",
        "months",
        "ongoing",
        "implemented",
        "Update",
        "in",
        "place",
        "since",
        "first",
        "quarter",
        "half",
        "tba",
        "every",
        "before",
        "from",
        "\u{a0}",
        "é",
    ]);
    let separator = prop::sample::select(vec![" ", "", "/", "-"]);
    let shaped = prop::collection::vec((word, separator), 0..9);
    let shaped = shaped.prop_map(|words| {
        words.into_iter().map(|(word, separator)| format!("{word}{separator}")).collect::<String>()
    });
    prop_oneof![4 => shaped, 1 => any::<String>()]
}

proptest! {
    #[test]
    fn any_words_are_read_or_refused_and_what_is_proposed_is_read(wording in wordings()) {
        let published: Option<Day> = "2024-08-31".parse().ok();
        if let Err(reason) = Timescale::parse(wording.as_str()) {
            prop_assert!(!reason.to_string().is_empty());
            let proposed = match &reason {
                NotATimescale::Likely(due) => vec![due.wording(published).unwrap()],
                NotATimescale::Ambiguous { dues, .. } => {
                    dues.iter().map(|due| due.wording(published).unwrap()).collect()
                }
                NotATimescale::Impossible(_) | NotATimescale::Unknown { .. } => Vec::new(),
            };
            for words in proposed {
                let read = Timescale::parse(words.as_str());
                prop_assert!(read.is_ok(), "{wording}: {words}");
                prop_assert!(reason.help(published, Given::Line).contains(&words));
            }
        }
    }
}
