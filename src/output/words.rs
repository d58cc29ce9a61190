//! Describes values, such as progress, timing and entries, in words for people.

use chrono::{Datelike, Months};
use serde_json::Value;

pub use crate::model::{counted, spoken};
use crate::{
    doc::absent,
    model::{
        Amendment, Day, Decision, Keyword, Month, Period, ProgressEntry, Rag, Response, Revision,
        Term, Timing, Verification, printable, to_single_line,
    },
    query::{Counts, Progress, Row, View},
};

/// Returns a number of days, such as `1 day` or `164 days`.
pub fn days(count: i64) -> String {
    counted(count.unsigned_abs(), "day", "days")
}

/// Returns a priority in words, such as `high priority` or `priority 1`.
pub fn priority(priority: &str) -> String {
    let priority = to_single_line(priority);
    if priority.starts_with(|first: char| first.is_ascii_digit()) {
        format!("priority {priority}")
    } else {
        format!("{priority} priority")
    }
}

const PROGRESS_ORDER: [Progress; 6] = [
    Progress::Complete,
    Progress::InProgress,
    Progress::NotStarted,
    Progress::Superseded,
    Progress::NotPursued,
    Progress::Rejected,
];
const ONGOING: &str = "ongoing";

/// The message about a plan without recommendations.
pub const EMPTY: &str = "There are no recommendations yet. See `plan add recommendation --help`.";

/// Returns a number of days as a length of time in one unit: days, weeks, months or years. Fractions are dropped.
pub fn span(count: i64) -> String {
    match count.unsigned_abs() {
        short @ ..=60 => counted(short, "day", "days"),
        weeks @ ..=182 => format!("{} weeks", weeks / 7),
        months @ ..=730 => format!("{} months", months * 1200 / 36525),
        years => format!("{} years", years * 100 / 36525),
    }
}

/// Returns the time between the end of work and its due date. `late` is the number of days after the due date.
pub fn against_due_date(late: i64) -> String {
    match late {
        0 => "on its due date".to_owned(),
        late if late > 0 => format!("{} after its due date", span(late)),
        early => format!("{} before its due date", span(early)),
    }
}

/// Returns the progress of a row in words, such as `in progress` or `ongoing`.
pub fn progress(row: &Row<'_>) -> String {
    if row.is_unreported() { ONGOING.to_owned() } else { spoken(row.progress()) }
}

/// Returns the number of items for each kind of progress, with a label. The numbers add up to the total.
pub fn progress_counts(counts: &Counts) -> Vec<(String, usize)> {
    let mut counted: Vec<_> =
        PROGRESS_ORDER.iter().map(|word| (spoken(*word), counts.progress(*word))).collect();
    counted[1].1 -= counts.unreported;
    counted.insert(2, (ONGOING.to_owned(), counts.unreported));
    counted
}

/// Returns the reasons why a row is escalated to the committee; `None` if the row is not escalated.
pub fn escalation(row: &Row<'_>) -> Option<String> {
    let causes: Vec<String> = row.escalation().iter().map(ToString::to_string).collect();
    (!causes.is_empty()).then(|| causes.join(", "))
}

/// Returns sentences that explain the RAG colours in these rows. If the plans define the colours differently, there is
/// one sentence per plan.
pub fn colours(rows: &[Row<'_>]) -> Vec<String> {
    let mut rules: Vec<(Option<&str>, &Rag)> = Vec::new();
    for row in rows.iter().filter(|row| row.colour().is_some()) {
        let rule = row.view.plan.policy.rag.as_ref().map(|rule| (row.view.name.as_deref(), rule));
        rules.extend(rule.filter(|rule| !rules.contains(rule)));
    }
    match rules.as_slice() {
        [(_, first), others @ ..] if others.iter().all(|(_, rule)| rule == first) => {
            vec![first.to_string()]
        }
        rules => {
            let named = rules.iter();
            named.map(|(name, rule)| format!("{}: {rule}", name.unwrap_or_default())).collect()
        }
    }
}

/// Returns the title or text of a row on one line. An id at the beginning is left out.
pub fn name(row: &Row<'_>) -> String {
    const LEAST: usize = 4;
    let (name, id) = (to_single_line(row.name()), row.id().as_str());
    // An id that is a number is kept if a space follows, because the number may begin a sentence: “2022 was the year of
    // the audit.”
    let is_number = id.bytes().all(|letter| letter.is_ascii_digit());
    let ends: &[char] = if is_number { &[':', '.'] } else { &[' ', ':', '.'] };
    let rest = name.strip_prefix(id).filter(|rest| id.len() >= LEAST && rest.starts_with(ends));
    match rest.map(|rest| rest.trim_start_matches([' ', ':', '.', '-', '–', '—'])) {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => name,
    }
}

/// Returns the timing of a row in a few words, with remarks such as `at risk`.
pub fn timing(row: &Row<'_>) -> String {
    timing_in(row, true)
}

/// Returns the timing of a row in a few words, with remarks such as `at risk`. The text is shorter if `has_room` is
/// false.
pub fn timing_in(row: &Row<'_>, has_room: bool) -> String {
    let mut words = deadline(row, has_room);
    if row.is_at_risk() {
        words.extend(row.own.outlook.map(|outlook| format!(", {}", spoken(outlook))));
    }
    if row.is_awaited() && matches!(row.own.timing, Some(Timing::DueSoon | Timing::NotDue)) {
        words.push_str(", response pending");
    }
    words.extend(row.review_due().map(|review| format!(", review due {review}")));
    words
}

/// Returns the timing of a row, such as `5 days overdue`. If the due date of an action determines the timing, the id of
/// this action follows, as in `5 days overdue (1.2)`.
pub fn deadline(row: &Row<'_>, has_room: bool) -> String {
    if row.is_later() {
        return if row.is_action() { "not yet added" } else { "not yet made" }.to_owned();
    }
    let of_work = match (row.own.timing, row.days_late()) {
        (Some(Timing::Overdue), Some(late)) => format!("{} overdue{}", span(late), through(row)),
        (Some(Timing::DueSoon | Timing::NotDue), Some(late)) => {
            let when = match late {
                0 => "due today".to_owned(),
                1.. => format!("{} past due (grace period)", span(late)),
                _ => format!("in {}", span(late)),
            };
            when + &through(row)
        }
        (Some(Timing::Late), Some(late)) => format!("{} {} late", progress(row), span(late)),
        (Some(Timing::Undated), _) if row.is_awaited() => "response pending".to_owned(),
        (Some(Timing::Undated), _) => match row.own.stale {
            Some(stale) => no_update(stale.last_word, row.view.as_of, has_room),
            None if row.term() == Some(Term::Ongoing) => ONGOING.to_owned(),
            None => "no date".to_owned(),
        },
        _ => progress(row),
    };
    if row.is_unverified() { of_work + ", unverified" } else { of_work }
}

/// Returns a text such as `no update since November 2003`. The month is abbreviated if `has_room` is false.
fn no_update(last: Day, as_of: Day, has_room: bool) -> String {
    const LONG: u32 = 11;
    let month = Month::of(last);
    let words = match has_room {
        true => month.to_string(),
        false if last + Months::new(LONG) > as_of => month.short(),
        false => format!("{} {}", month.short(), last.year()),
    };
    format!("no update since {words}")
}

/// Returns the id of the action whose due date determines the timing of the row, such as ` (1.2)`. Returns an empty
/// text if there is no such action.
pub fn through(row: &Row<'_>) -> String {
    row.pressing().map(|id| format!(" ({id})")).unwrap_or_default()
}

/// Describes the timescale in force, with its due date.
pub fn timescale(row: &Row<'_>) -> String {
    row.own.timescale().map_or_else(absent, |timescale| to_single_line(&timescale.words()))
}

/// Returns the timescale in few words for a table column, such as `since January 2003`.
pub fn short_timescale(row: &Row<'_>, has_room: bool) -> String {
    const LONG: usize = 20;
    let Some(timescale) = row.own.timescale() else { return absent() };
    let is_short = timescale.due.is_some() && timescale.wording.chars().count() <= LONG;
    let words = match (timescale.term, &timescale.due) {
        _ if is_short => to_single_line(&timescale.wording),
        (Term::InPlaceSince(since), _) => return format!("since {since}"),
        (_, Some(due)) => to_single_line(due),
        _ => to_single_line(&timescale.wording),
    };
    let original = row.item().original_timescale().and_then(|original| original.term.deadline());
    let extended = extended(row, timescale.term.deadline(), original, has_room);
    words + &extended
}

/// Returns the due date that determines the timing of a row, such as `September 2021 (was March)`.
pub fn due(row: &Row<'_>, has_room: bool) -> String {
    row.own.deciding.map_or_else(absent, |deciding| {
        let now = deciding.in_force;
        let extended = extended(&row.pressing_row(), Some(now), deciding.original, has_room);
        format!("{now}{extended}")
    })
}

/// Returns a remark on the extensions, such as ` (was March)` or ` +1`; empty if there are no extensions.
fn extended(
    row: &Row<'_>,
    now: Option<Period>,
    original: Option<Period>,
    has_room: bool,
) -> String {
    let count = match row.own.extensions() {
        0 => return String::new(),
        count => format!(" +{count}"),
    };
    let Some(original) = original.filter(|original| has_room && Some(*original) != now) else {
        return count;
    };
    let was = original.to_string();
    let same_year = now.map(|now| format!(" {}", now.last_day().year()));
    let was = same_year.and_then(|year| was.strip_suffix(&year)).unwrap_or(&was);
    let count = if row.own.extensions() > 1 { count } else { String::new() };
    format!("{count} (was {was})")
}

/// Describes a revision without its date: `moved to May 2004, agreed by the Committee: more time is needed`.
pub fn revision(row: &Row<'_>, revision: &Revision) -> String {
    let to = to_single_line(&revision.to.words());
    let what = match revision.decision {
        None => format!("moved to {to}"),
        Some(Decision::Requested) => format!("extension to {to} requested"),
        Some(Decision::Agreed) => format!("moved to {to}, agreed"),
        Some(Decision::Refused) => format!("extension to {to} refused"),
    };
    let (by, reason) = (by(revision.by.as_deref()), after_colon(revision.reason.as_deref()));
    format!("{what}{by}{reason}{}", undecided(row, revision))
}

/// Returns a remark on a request that awaits a decision or has lapsed; empty for any other revision.
fn undecided(row: &Row<'_>, revision: &Revision) -> &'static str {
    if row.request().is_some_and(|request| std::ptr::eq(request, revision)) {
        " (decision pending)"
    } else if row.has_lapsed(revision) {
        " (lapsed when the work ended)"
    } else {
        ""
    }
}

/// Returns the status and the outlook in an entry, such as `in progress, at risk`. An entry without a status has the
/// word `update` instead.
pub fn entry_words(entry: &ProgressEntry) -> String {
    let status = entry.status.map_or_else(|| "update".to_owned(), spoken);
    let outlook = entry.outlook.map(|outlook| format!(", {}", spoken(outlook)));
    format!("{status}{}", outlook.unwrap_or_default())
}

/// Describes an entry without its date and evidence, such as `in progress, at risk by the Auditor: two of five are
/// done`.
pub fn entry(entry: &ProgressEntry) -> String {
    let (by, note) = (by(entry.by.as_deref()), after_colon(entry.note.as_deref()));
    format!("{}{by}{note}", entry_words(entry))
}

/// Describes a verification without its date and evidence: the result, the person and the note.
pub fn verification(entry: &Verification) -> String {
    let (by, note) = (by(Some(&entry.by)), after_colon(entry.note.as_deref()));
    format!("{}{by}{note}", entry.result.word())
}

/// Describes an amendment without its date and key: the person, the old value and the reason.
pub fn amendment(amendment: &Amendment) -> String {
    let was = amendment.was.as_deref().map_or_else(|| "nothing".to_owned(), to_single_line);
    format!("{}, was {was}: {}", by(amendment.by.as_deref()), to_single_line(&amendment.reason))
}

/// Returns the name of a person in the form ` by the Auditor`; empty if there is no name.
pub fn by(who: Option<&str>) -> String {
    who.map(|who| format!(" by {}", to_single_line(who))).unwrap_or_default()
}

fn after_colon(words: Option<&str>) -> String {
    words.map(|words| format!(": {}", to_single_line(words))).unwrap_or_default()
}

/// Returns the evidence in the form ` [minutes.pdf, letter.pdf]`; empty if there is no evidence.
pub fn evidence(evidence: &[String]) -> String {
    if evidence.is_empty() {
        return String::new();
    }
    let evidence: Vec<String> = evidence.iter().map(|place| to_single_line(place)).collect();
    format!(" [{}]", evidence.join(", "))
}

/// Returns one of the user's own keys in an `extra` table, with its value.
pub fn extra(key: &str, value: &Value) -> String {
    printable(&format!("{}: {}", to_single_line(key), own_value(value)))
}

/// Returns the value of one of the user's own keys in an `extra` table. Text has no quotes, and other values are JSON.
pub fn own_value(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), to_single_line)
}

/// Returns the management response known on the as-of day in words, with its date if there is one.
pub fn response(row: &Row<'_>) -> String {
    let on = response_on(row).map(|on| format!(" on {on}")).unwrap_or_default();
    format!("{}{on}", spoken(row.response()))
}

/// Returns the date of the management response; `None` if the response has no date or is pending on the as-of day.
pub fn response_on(row: &Row<'_>) -> Option<String> {
    let on = row.recommendation().response_on;
    on.filter(|_| !row.is_awaited()).map(|on| on.to_string())
}

/// Returns the text of the management response. If the recommendation was partially accepted and the response has no
/// text, returns a sentence that says that management did not name the accepted part.
pub fn response_text<'v>(row: &Row<'v>) -> Option<&'v str> {
    let recommendation = row.recommendation();
    match recommendation.response_text.as_deref() {
        None if recommendation.response == Response::PartiallyAccepted => {
            Some("Management did not say which part is accepted.")
        }
        words => words,
    }
}

/// Returns a line about the origin of a plan, such as `As of 2003-12-11 · Metropolitan Police Authority · report 7 of
/// 2003-05-08`.
pub fn identity(view: &View) -> String {
    let plan = &view.plan;
    let is_today = plan.date == view.as_of;
    let published = match &plan.report {
        Some(number) if is_today => Some(format!("report {}", to_single_line(number))),
        Some(number) => Some(format!("report {} of {}", to_single_line(number), plan.date)),
        None => (!is_today).then(|| format!("published {}", plan.date)),
    };
    let body = plan.body.as_deref().map(to_single_line);
    let parts = [Some(format!("As of {}", view.as_of)), body, published];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Returns the values that the description of an item lists, each with the title of its key.
pub fn titled(row: &Row<'_>) -> impl Iterator<Item = (&'static str, String)> {
    let values = row.item().values().into_iter().filter(|(key, _)| key.is_shown);
    values.filter_map(|(key, value)| Some((key.title, to_single_line(&value?.shown()))))
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn a_length_of_time_has_one_unit_and_nothing_is_rounded_up() {
        let cases = [
            (0, "0 days"),
            (1, "1 day"),
            (60, "60 days"),
            (61, "8 weeks"),
            (182, "26 weeks"),
            (183, "6 months"),
            (730, "23 months"),
            (731, "2 years"),
            (8_401, "23 years"),
        ];
        for (days, words) in cases {
            assert_eq!([span(days), span(-days)], [words, words]);
        }
    }
}
