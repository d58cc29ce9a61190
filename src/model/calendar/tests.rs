//! Tests of dates at the ends of months and years, and of all forms in which a date can be written.

use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn a_month_ends_on_its_last_day_whatever_its_length() {
    let last = |wording| Period::parse(wording).unwrap().last_day();
    assert_eq!(last("June 2003"), day("2003-06-30"));
    assert_eq!(last("December 2003"), day("2003-12-31"));
    assert_eq!(last("February 2003"), day("2003-02-28"));
    assert_eq!(last("February 2004"), day("2004-02-29"));
    assert_eq!(last("February 1900"), day("1900-02-28"));
    assert_eq!(last("December 9999"), day("9999-12-31"));
}

#[test]
fn a_period_has_passed_only_on_the_day_after_its_last() {
    let month = Period::parse("2003-12").unwrap();
    assert!(!month.has_passed(day("2003-12-31")));
    assert!(month.has_passed(day("2004-01-01")));
    let leap_day = Period::parse("29 February 2004").unwrap();
    assert!(!leap_day.has_passed(day("2004-02-29")));
    assert!(leap_day.has_passed(day("2004-03-01")));
}

#[test]
fn days_and_months_are_read_in_every_accepted_form_and_any_case() {
    let month = Period::Month(Month::new(2003, 12).unwrap());
    for wording in ["December 2003", "dec 2003", "Dec. 2003", "DECEMBER \u{a0}\n 2003", "2003-12"] {
        assert_eq!(Period::parse(wording), Ok(month), "{wording}");
    }
    for wording in ["Sept 2003", "sept. 2003", "Sep 2003", "SEPTEMBER 2003"] {
        assert_eq!(Period::parse(wording).unwrap().iso(), "2003-09", "{wording}");
    }
    let last = Period::Day(day("2003-12-31"));
    for wording in [
        "2003-12-31",
        "31 December 2003",
        "31 dec 2003",
        "31st December 2003",
        "31ST Dec. 2003",
        "December 31, 2003",
        "December 31,2003",
        "december 31st, 2003",
        "Dec. 31 2003",
    ] {
        assert_eq!(Period::parse(wording), Ok(last), "{wording}");
    }
}

#[test]
fn a_year_ends_on_its_last_day_and_is_read_only_where_it_is_allowed() {
    let year = Period::parse_or_year(" 2004 ").unwrap();
    assert_eq!((year.first_day(), year.last_day()), (day("2004-01-01"), day("2004-12-31")));
    assert!(!year.has_passed(day("2004-12-31")));
    assert!(year.has_passed(day("2005-01-01")));
    assert_eq!((year.iso(), year.to_string()), ("2004".to_owned(), "2004".to_owned()));
    assert_eq!(Period::parse_or_year("9999").unwrap().last_day(), day("9999-12-31"));
    assert_eq!(Period::parse_or_year("0000").unwrap_err().to_string(), "there is no year 0");
    assert!(Period::parse("2004").is_err());
}

#[test]
fn dates_the_calendar_does_not_have_are_told_apart_from_nonsense() {
    let message = |wording| Period::parse(wording).unwrap_err().to_string();
    assert_eq!(message("31 June 2003"), "there is no day 31 in June 2003, which has 30 days");
    assert_eq!(message("2003-02-29"), "there is no day 29 in February 2003, which has 28 days");
    assert_eq!(message("2003-13"), "there is no month 13");
    assert_eq!(message("0000-01"), "there is no year 0");
    assert_eq!(message("2003"), "2003 is only a year; a day or a month is needed");
    for nonsense in ["soon", "20030", "6/30/23", "2003-6", "+200-01", "1 1 2003", ""] {
        assert_eq!(message(nonsense), "not a date", "{nonsense}");
    }
}

#[test]
fn typed_dates_are_read_against_today() {
    let on = |text| When::parse(text).unwrap().on(day("2003-05-08")).unwrap();
    assert_eq!(on("today"), Period::Day(day("2003-05-08")));
    assert_eq!(on("yesterday"), Period::Day(day("2003-05-07")));
    assert_eq!(on("+30d"), Period::Day(day("2003-06-07")));
    assert_eq!(on("-2w"), Period::Day(day("2003-04-24")));
    assert_eq!(on("December 2003").last_day(), day("2003-12-31"));
    assert!(When::parse("tomorrowish").is_err());
    assert!(When::parse("+é").is_err());
}

#[test]
fn lengths_count_days_weeks_months_and_years() {
    let from = day("2003-11-30");
    let after = |text| Length::parse(text).unwrap().after(from).unwrap();
    assert_eq!(after("30d"), day("2003-12-30"));
    assert_eq!(after("2w"), day("2003-12-14"));
    assert_eq!(after("3m"), day("2004-02-29"));
    assert_eq!(after("1y"), day("2004-11-30"));
    for nonsense in ["d", "30", "-3d", "3 d", "3h", "é", ""] {
        assert_eq!(Length::parse(nonsense), None, "{nonsense}");
    }
}
