//! Tests of the exported calendar. The file is parsed by a library that shares no code with the writer.

use std::{collections::BTreeMap, fs, path::Path};

use crate::support::{Answer, answer, plan};
use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarValue};
use tempfile::TempDir;

const PLAN: &str = r#"
[plan]
title = "Roofs, walls; and C:\\windows"
committee = "Estates"
date = 2003-05-08

[[meeting]]
date = 2003-06-12
title = "First, and \"last\""

[[meeting]]
date = "2003-11"

[[meeting]]
date = "2003-11"

[[recommendation]]
id = "1"
text = """
Mend the roof, the gutters; and what is below.

• Ask three builders: prices, dates, guarantees – “in writing” – and \\ keep them 漢字漢字漢字漢字漢字漢字漢字漢字漢字."""
timescale = "June 2003"

[[recommendation.action]]
id = "1.1"
owner = "Estates"
text = "Ask."
timescale = 2003-05-20

[[recommendation.action]]
id = "1.2"
text = "Decide."

[[recommendation]]
id = "2"
text = "Paint the walls."
timescale = "Ongoing"

[[recommendation]]
id = "3"
text = "Clean the windows."
timescale = "July 2003"
"#;

type Event = BTreeMap<String, String>;

fn export(directory: &Path, words: &[&str]) -> Answer {
    let told = answer(plan(directory).args(["export", "--format", "ics"]).args(words));
    assert_eq!(told.status, 0, "{}", told.stderr);
    told
}

/// Returns the properties of every event by its UID.
fn events(calendar: &str) -> BTreeMap<String, Event> {
    let parsed = ICalendar::parse(calendar).unwrap();
    let events = parsed.components.iter();
    let events = events.filter(|part| part.component_type == ICalendarComponentType::VEvent);
    let events: Vec<Event> = events.map(properties).collect();
    let by_uid: BTreeMap<_, _> =
        events.iter().map(|event| (event["UID"].clone(), event.clone())).collect();
    assert_eq!(by_uid.len(), events.len(), "two events have one UID");
    by_uid
}

fn properties(event: &ICalendarComponent) -> Event {
    let words = |value: &ICalendarValue| match value.as_partial_date_time() {
        Some(date) => {
            let (year, month, day) = (date.year.unwrap(), date.month.unwrap(), date.day.unwrap());
            let day = format!("{year}-{month:02}-{day:02}");
            let time = date.hour.zip(date.minute).zip(date.second);
            time.map_or(day.clone(), |((hour, minute), second)| {
                format!("{day} {hour:02}:{minute:02}:{second:02}")
            })
        }
        None => value
            .as_integer()
            .map_or_else(|| value.as_text().unwrap().to_owned(), |number| number.to_string()),
    };
    let entries = event.entries.iter();
    entries.map(|entry| (entry.name.as_str().to_owned(), words(&entry.values[0]))).collect()
}

/// Returns the event whose UID begins with this text.
fn find<'e>(events: &'e BTreeMap<String, Event>, begin: &str) -> &'e Event {
    let found: Vec<&Event> = events
        .iter()
        .filter(|(uid, _)| uid.starts_with(&format!("{begin}@")))
        .map(|(_, event)| event)
        .collect();
    assert_eq!(found.len(), 1, "{begin}: {events:#?}");
    found[0]
}

/// Checks whether a calendar program replaces one event by the other, according to RFC 5546.
fn replaces(new: &Event, old: &Event) -> bool {
    let rank =
        |event: &Event| (event["SEQUENCE"].parse::<u32>().unwrap(), event["DTSTAMP"].clone());
    rank(new) > rank(old)
}

fn directory(text: &str) -> TempDir {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("plan.toml"), text).unwrap();
    directory
}

#[test]
fn every_deadline_and_meeting_is_an_event_of_a_whole_day() {
    let directory = directory(PLAN);
    let told = export(directory.path(), &["--as-of", "2003-05-10"]);
    let events = events(&told.stdout);
    let of_day = |begin: &str| {
        let event = find(&events, begin);
        (event["DTSTART"].clone(), event["DTEND"].clone())
    };
    let day = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(of_day("deadline-1"), day("2003-06-30", "2003-07-01"));
    assert_eq!(of_day("deadline-1.1"), day("2003-05-20", "2003-05-21"));
    assert_eq!(of_day("deadline-3"), day("2003-07-31", "2003-08-01"));
    assert_eq!(of_day("meeting.first-and-last"), day("2003-06-12", "2003-06-13"));
    assert_eq!(of_day("meeting-2003-11"), day("2003-11-30", "2003-12-01"));
    assert_eq!(of_day("meeting-2003-11-2"), day("2003-11-30", "2003-12-01"));
    assert_eq!(events.len(), 6, "an action without a deadline of its own has no event");
    assert_eq!(told.stdout.matches(";VALUE=DATE:").count(), 12);
}

#[test]
fn a_month_is_told_to_be_one_and_a_day_is_not() {
    let directory = directory(PLAN);
    let events = events(&export(directory.path(), &["--as-of", "2003-05-10"]).stdout);
    let summary = |begin: &str| find(&events, begin)["SUMMARY"].as_str();
    assert_eq!(summary("deadline-3"), "Due: 3 Clean the windows. (last day of July 2003)");
    assert_eq!(summary("deadline-1.1"), "Due: 1.1 Ask.");
    assert_eq!(summary("meeting-2003-11"), "Meeting (last day of November 2003)");
    let description = &find(&events, "meeting-2003-11")["DESCRIPTION"];
    assert!(
        description.contains(
            "The date is November 2003, so this event is on the last day of November 2003."
        ),
        "{description}"
    );
}

#[test]
fn words_come_back_as_they_were_and_no_line_is_too_long() {
    let directory = directory(PLAN);
    let calendar = export(directory.path(), &["--as-of", "2003-05-10"]).stdout;
    assert!(calendar.ends_with("END:VCALENDAR\r\n"));
    for line in calendar.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{line}");
        assert!(!line.contains(char::is_control), "{line:?}");
    }
    let events = events(&calendar);
    assert_eq!(find(&events, "meeting.first-and-last")["SUMMARY"], "First, and \"last\"");
    assert_eq!(
        find(&events, "deadline-1")["DESCRIPTION"],
        "Mend the roof, the gutters; and what is below.\n\
         • Ask three builders: prices, dates, guarantees – “in writing” – and \\ keep them \
         漢字漢字漢字漢字漢字漢字漢字漢字漢字.\n\n\
         Timescale: June 2003\n\
         The date is June 2003, so this event is on the last day of June 2003.\n\
         Owner: Estates\n\
         On 2003-05-10: in 10 days (1.1)\n\
         Roofs, walls; and C:\\windows"
    );
    let parsed = ICalendar::parse(&calendar).unwrap();
    let name = properties(&parsed.components[0]);
    assert_eq!(name["X-WR-CALNAME"], "Roofs, walls; and C:\\windows");
}

#[test]
fn an_extended_deadline_moves_its_event_wherever_the_plan_is() {
    let directory = directory(PLAN);
    let before = events(&export(directory.path(), &["--as-of", "2003-05-10"]).stdout);
    let words = ["extend", "3", "2003-09-10", "--reason", "Rain", "--as-of", "2003-05-11"];
    assert_eq!(answer(plan(directory.path()).args(words)).status, 0);
    fs::create_dir(directory.path().join("moved")).unwrap();
    let [from, to] = ["plan.toml", "moved/other.toml"].map(|name| directory.path().join(name));
    fs::rename(from, to).unwrap();
    let words = ["--as-of", "2003-05-12", "-f", "moved/other.toml"];
    let after = events(&export(directory.path(), &words).stdout);
    assert!(before.keys().eq(after.keys()));
    let (old, new) = (find(&before, "deadline-3"), find(&after, "deadline-3"));
    assert_eq!((old["DTSTART"].as_str(), new["DTSTART"].as_str()), ("2003-07-31", "2003-09-10"));
    assert!(replaces(new, old), "{new:?} {old:?}");
    assert!(new["DESCRIPTION"].contains("Timescale: 2003-09-10 (original due date: July 2003)"));
}

#[test]
fn a_meeting_keeps_its_event_when_its_day_is_named() {
    let directory = directory(PLAN);
    let before = events(&export(directory.path(), &["--as-of", "2003-05-10"]).stdout);
    let named = PLAN.replacen("date = \"2003-11\"", "date = 2003-11-20", 1);
    fs::write(directory.path().join("plan.toml"), named).unwrap();
    let after = events(&export(directory.path(), &["--as-of", "2003-05-10"]).stdout);
    assert!(before.keys().eq(after.keys()));
    let (old, new) = (find(&before, "meeting-2003-11"), find(&after, "meeting-2003-11"));
    assert_eq!((old["DTSTART"].as_str(), new["DTSTART"].as_str()), ("2003-11-30", "2003-11-20"));
    assert!(replaces(new, old), "{new:?} {old:?}");
}

#[test]
fn a_meeting_with_a_title_moves_to_another_month_and_keeps_its_identity() {
    let quarterly = PLAN.replace("date = \"2003-11\"", "date = \"2003-11\"\ntitle = \"Quarterly\"");
    let event = |text: &str, uid: &str| {
        let directory = directory(text);
        let events = events(&export(directory.path(), &["--as-of", "2003-05-10"]).stdout);
        find(&events, uid).clone()
    };
    let meeting = |text: &str, uid: &str| {
        let event = event(text, uid);
        (event["UID"].clone(), event["DTSTART"].clone())
    };
    for (uid, from, to) in [
        ("meeting.first-and-last", "2003-06-12", "2003-07-03"),
        ("meeting.quarterly", "\"2003-11\"", "\"2003-12\""),
    ] {
        let moved = quarterly.replacen(&format!("date = {from}"), &format!("date = {to}"), 1);
        let (before, after) = (meeting(&quarterly, uid), meeting(&moved, uid));
        assert_eq!(before.0, after.0);
        assert_ne!(before.1, after.1);
        // This also holds if the due date moved to an earlier day, on the same as-of day.
        let [later, earlier] = [&moved, &quarterly].map(|text| event(text, uid));
        assert!(replaces(&earlier, &later), "{earlier:?} {later:?}");
    }
    assert_eq!(meeting(&quarterly, "meeting.quarterly.2").1, "2003-11-30");
}

#[test]
fn no_line_is_too_long_whatever_its_length_and_words_are() {
    for words in ["a", "a;", "é", "漢,", "\\\\ "] {
        for length in 1..90 {
            let text = format!("Start {}", words.repeat(length));
            let directory = directory(
                &PLAN.replace("Paint the walls.", &text).replace("\"Ongoing\"", "\"2004\""),
            );
            let calendar = export(directory.path(), &["--as-of", "2003-05-10"]).stdout;
            for line in calendar.split_terminator("\r\n") {
                assert!(line.len() <= 75, "{length}: {line}");
            }
            let events = events(&calendar);
            let description = &find(&events, "deadline-2")["DESCRIPTION"];
            let text = text.replace("\\\\", "\\");
            assert_eq!(description.lines().next().unwrap(), text.trim_end());
        }
    }
}

#[test]
fn a_date_is_said_to_be_first_agreed_only_where_it_was_moved() {
    let due = "timescale = \"Q1 2004\"\ndue = \"2004-03\"\n";
    let revisions = "revisions = [{ on = 2003-05-09, to = \"June 2004\", reason = \"Rain\" }]\n";
    let description = |timescale: &str| {
        let directory = directory(&PLAN.replace("timescale = \"July 2003\"\n", timescale));
        let events = events(&export(directory.path(), &["--as-of", "2003-05-10"]).stdout);
        find(&events, "deadline-3")["DESCRIPTION"].clone()
    };
    let untouched = description(due);
    assert!(untouched.contains("Timescale: Q1 2004 (due: 2004-03)\n"), "{untouched}");
    let moved = description(&format!("{due}{revisions}"));
    assert!(moved.contains("Timescale: June 2004 (original due date: Q1 2004)\n"), "{moved}");
}

#[test]
fn a_title_without_blanks_keeps_its_letters() {
    let long = "漢字".repeat(50);
    let directory = directory(&PLAN.replace("Clean the windows.", &long));
    let events = events(&export(directory.path(), &["--as-of", "2003-05-10"]).stdout);
    let summary = &find(&events, "deadline-3")["SUMMARY"];
    assert!(summary.starts_with("Due: 3 漢字漢字漢字"), "{summary}");
}

#[test]
fn what_is_no_longer_due_is_left_out_and_cancelled_only_where_that_is_asked_for() {
    let directory = directory(PLAN);
    let event = |words: &[&str]| {
        let words = [&["--as-of", "2003-06-30"], words].concat();
        let events = events(&export(directory.path(), &words).stdout);
        let mut events = events.into_iter().filter(|(uid, _)| uid.starts_with("deadline-3@"));
        events.next().map(|(_, event)| event)
    };
    let status = |words: &[&str]| event(words).map(|event| event["STATUS"].clone());
    let change = |words: &[&str]| {
        let told = answer(plan(directory.path()).args(words).args(["--as-of", "2003-06-30"]));
        assert_eq!(told.status, 0, "{}", told.stderr);
    };
    let (confirmed, cancelled) = (Some("CONFIRMED".to_owned()), Some("CANCELLED".to_owned()));
    assert_eq!(status(&[]), confirmed);
    change(&["mark", "3", "complete", "--on", "2003-06-01"]);
    assert_eq!(status(&[]), None);
    assert_eq!(status(&["--cancelled"]), cancelled);
    assert_eq!(status(&["--progress", "complete"]), cancelled);
    change(&["mark", "3", "in-progress", "--on", "2003-06-10", "--note", "Dirty again"]);
    assert_eq!(status(&[]), confirmed);
    let before = event(&[]).unwrap();
    change(&["extend", "3", "Ongoing", "--reason", "They stay dirty"]);
    assert_eq!(status(&[]), None);
    assert_eq!(status(&["--cancelled"]), cancelled);
    // Undoing a change after an export does not make the event older.
    let extended = event(&["--cancelled"]).unwrap();
    fs::write(directory.path().join("plan.toml"), PLAN).unwrap();
    let after = event(&[]).unwrap();
    assert!(replaces(&extended, &before) && replaces(&after, &extended), "{after:?}");
}

#[test]
fn a_review_is_an_event_of_work_with_and_without_an_end_until_it_ends() {
    let review = "timescale = \"Ongoing\"\nreview = \"2003-09\"";
    let text = PLAN.replace("timescale = \"Ongoing\"", review);
    let text = text.replace("\"July 2003\"", "\"July 2003\"\nreview = 2003-06-15");
    let directory = directory(&text);
    let as_of = ["--as-of", "2003-05-10"];
    let of_day =
        |words: &[&str]| events(&export(directory.path(), &[words, &as_of].concat()).stdout);
    let before = of_day(&[]);
    let summary = |begin: &str| find(&before, begin)["SUMMARY"].as_str();
    assert_eq!(summary("review-2"), "Review due: 2 Paint the walls. (last day of September 2003)");
    assert_eq!(summary("review-3"), "Review due: 3 Clean the windows.");
    assert_eq!(find(&before, "review-2")["DTSTART"], "2003-09-30");
    let change = |words: &[&str]| {
        let told = answer(plan(directory.path()).args(words).args(as_of));
        assert_eq!(told.status, 0, "{}", told.stderr);
    };
    change(&["amend", "2", "review", "2003-10-01", "--reason", "The painters are away"]);
    let moved = of_day(&[]);
    assert_eq!(find(&moved, "review-2")["DTSTART"], "2003-10-01");
    assert!(replaces(find(&moved, "review-2"), find(&before, "review-2")));
    change(&["mark", "2", "complete"]);
    assert!(!of_day(&[]).keys().any(|uid| uid.starts_with("review-2@")));
    assert_eq!(find(&of_day(&["--cancelled"]), "review-2")["STATUS"], "CANCELLED");
}

#[test]
fn lists_keep_their_lines_in_a_calendar() {
    let list = "Clean:\n1. the windows\n2. the doors\n   and their frames\n(a) front\n(b) back";
    let text = PLAN.replace("\"Clean the windows.\"", &format!("\"\"\"{list}\"\"\""));
    let directory = directory(&text);
    let events = events(&export(directory.path(), &["--as-of", "2003-05-10"]).stdout);
    let words = list.replace("\n   and", " and");
    let description = &find(&events, "deadline-3")["DESCRIPTION"];
    assert!(description.starts_with(&words), "{description}");
}

#[test]
fn filters_choose_the_deadlines_and_meetings_stay() {
    let directory = directory(PLAN);
    let words = ["--as-of", "2003-05-10", "--owner", "estates"];
    let events = events(&export(directory.path(), &words).stdout);
    let uids: Vec<&str> = events.keys().map(|uid| uid.split('@').next().unwrap()).collect();
    assert_eq!(
        uids,
        [
            "deadline-1.1",
            "deadline-1",
            "meeting-2003-11-2",
            "meeting-2003-11",
            "meeting.first-and-last"
        ]
    );
}

#[test]
fn plans_of_a_portfolio_have_events_of_their_own() {
    let directory = TempDir::new().unwrap();
    for (name, seed) in [("north", 1), ("south", 2)] {
        let text = generate_plan::plan(100, seed);
        let text = text.replace("body = \"Inspectorate\"", &format!("body = \"{name}\""));
        fs::write(directory.path().join(format!("{name}.toml")), text).unwrap();
    }
    let words = ["-f", ".", "--as-of", "2026-06-30"];
    let both = events(&export(directory.path(), &words).stdout);
    let alone = |name: &str| {
        let words = ["-f", name, "--as-of", "2026-06-30"];
        events(&export(directory.path(), &words).stdout).into_keys().collect::<Vec<_>>()
    };
    let mut each = [alone("north.toml"), alone("south.toml")].concat();
    each.sort();
    assert!(both.into_keys().eq(each));
}

#[test]
fn plans_that_a_calendar_would_mix_up_are_refused() {
    let directory = directory(PLAN);
    fs::write(directory.path().join("copy.toml"), PLAN).unwrap();
    let told = answer(plan(directory.path()).args(["-f", ".", "export", "--format", "ics"]));
    assert_eq!((told.status, told.stdout.as_str()), (4, ""));
    assert!(
        told.stderr.contains("the same title, body, report number and date"),
        "{}",
        told.stderr
    );
}

#[test]
fn a_file_is_written_anew_each_time_and_never_over_the_plan() {
    let directory = directory(PLAN);
    let path = directory.path().join("plan.ics");
    for as_of in ["2003-05-10", "2003-05-11"] {
        let told = export(directory.path(), &["--as-of", as_of, "--output", "plan.ics"]);
        assert_eq!((told.stdout.as_str(), told.stderr.as_str()), ("", "plan.ics: written\n"));
        let printed = export(directory.path(), &["--as-of", as_of]);
        // The two calendars were exported at different times.
        let words = |calendar: &str| {
            let of_moment =
                |line: &&str| line.starts_with("DTSTAMP") || line.starts_with("SEQUENCE");
            let lines = calendar.lines().filter(|line| !of_moment(line));
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(words(&fs::read_to_string(&path).unwrap()), words(&printed.stdout));
    }
    let over = ["export", "--format", "ics", "--output", "./plan.toml"];
    let told = answer(plan(directory.path()).args(over));
    assert_eq!(told.status, 2);
    assert!(told.stderr.contains("./plan.toml is the plan itself"), "{}", told.stderr);
    assert_eq!(fs::read_to_string(directory.path().join("plan.toml")).unwrap(), PLAN);
    let nowhere = ["export", "--format", "ics", "--output", "no/such/plan.ics"];
    let told = answer(plan(directory.path()).args(nowhere));
    assert_eq!((told.status, told.stdout.as_str()), (4, ""));
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 2);
}
