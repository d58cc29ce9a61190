//! Facts in the words people read: progress, timing, lateness, entries.

use serde_json::Value;

pub use crate::model::{counted, spoken};
use crate::{
    doc::absent,
    model::{
        Amendment, Decision, Keyword, Month, ProgressEntry, Rag, Response, Revision, Term, Timing,
        Verification, printable, to_single_line,
    },
    query::{Counts, Progress, Row, View},
};

/// `1 day`, `164 days`.
pub fn days(count: i64) -> String {
    counted(count.unsigned_abs(), "day", "days")
}

/// `high priority`, but `priority 1`.
pub fn priority(priority: &str) -> String {
    let priority = to_single_line(priority);
    if priority.starts_with(|first: char| first.is_ascii_digit()) {
        format!("priority {priority}")
    } else {
        format!("{priority} priority")
    }
}

/// The order in which counts by progress are read.
const PROGRESS_ORDER: [Progress; 6] = [
    Progress::Complete,
    Progress::InProgress,
    Progress::NotStarted,
    Progress::Superseded,
    Progress::NotPursued,
    Progress::Rejected,
];
const ONGOING: &str = "ongoing";

/// The answer of an empty plan.
pub const EMPTY: &str =
    "There is no recommendation yet; `plan add recommendation --help` says how to add one.";

/// A length of time in the one unit that people grasp: days up to 60, weeks to half a year, months to two years, years
/// beyond. Whole units count, and nothing is rounded up.
pub fn span(count: i64) -> String {
    match count.unsigned_abs() {
        short @ ..=60 => counted(short, "day", "days"),
        weeks @ ..=182 => format!("{} weeks", weeks / 7),
        months @ ..=730 => format!("{} months", months * 1200 / 36525),
        years => format!("{} years", years * 100 / 36525),
    }
}

/// The progress of a row, where people read it: work without an end that nobody has reported on is `ongoing`.
pub fn progress(row: &Row<'_>) -> String {
    if row.is_unreported() { ONGOING.to_owned() } else { spoken(row.progress()) }
}

/// The counts by progress where people read them, in the order in which they are read. They add up to the total.
pub fn progress_counts(counts: &Counts) -> Vec<(String, usize)> {
    let mut counted: Vec<_> =
        PROGRESS_ORDER.iter().map(|word| (spoken(*word), counts.progress(*word))).collect();
    counted[1].1 -= counts.unreported;
    counted.insert(2, (ONGOING.to_owned(), counts.unreported));
    counted
}

/// Why it is brought before the committee; `None` where it is not.
pub fn escalation(row: &Row<'_>) -> Option<String> {
    let causes: Vec<String> = row.escalation().iter().map(ToString::to_string).collect();
    (!causes.is_empty()).then(|| causes.join(", "))
}

/// The meaning of the colours of these rows, in a sentence; one for each plan where they differ.
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

/// Its timing in a few words, and the doubt that somebody has of it.
pub fn timing(row: &Row<'_>) -> String {
    let mut words = deadline(row);
    if row.is_at_risk() {
        words.extend(row.outlook().map(|outlook| format!(", {}", spoken(outlook))));
    }
    if row.is_awaited() && matches!(row.timing(), Some(Timing::DueSoon | Timing::NotDue)) {
        words.push_str(", response pending");
    }
    words.extend(row.review_due().map(|review| format!(", review due {review}")));
    words
}

/// Its timing in a few words: `5 days overdue (1.2)` where action 1.2 has the earlier due date.
pub fn deadline(row: &Row<'_>) -> String {
    if row.is_later() {
        return if row.is_action() { "not yet added" } else { "not yet made" }.to_owned();
    }
    let of_work = match (row.timing(), row.days_late()) {
        (Some(Timing::Overdue), Some(late)) => format!("{} overdue{}", span(late), through(row)),
        (Some(Timing::DueSoon | Timing::NotDue), Some(late)) => {
            let when = match late {
                0 => "due today".to_owned(),
                1.. => format!("{} past, in grace", span(late)),
                _ => format!("in {}", span(late)),
            };
            when + &through(row)
        }
        (Some(Timing::Late), Some(late)) => format!("{} {} late", progress(row), span(late)),
        (Some(Timing::Undated), _) if row.is_awaited() => "response pending".to_owned(),
        (Some(Timing::Undated), _) => match row.stale() {
            Some(stale) => format!("no update since {}", Month::of(stale.last_word)),
            None if row.term() == Some(Term::Ongoing) => ONGOING.to_owned(),
            None => "no date".to_owned(),
        },
        _ => progress(row),
    };
    if row.is_unverified() { of_work + ", unverified" } else { of_work }
}

/// ` (1.2)`, the action whose due date is meant, where that is not its recommendation's own.
pub fn through(row: &Row<'_>) -> String {
    row.pressing().map(|id| format!(" ({id})")).unwrap_or_default()
}

/// The timescale in force, as it was agreed, and what its words were agreed to mean.
pub fn timescale(row: &Row<'_>) -> String {
    row.timescale().map_or_else(absent, |timescale| to_single_line(&timescale.words()))
}

/// Its wording in a column: `since January 2003` for `In place since January 2003`, `+2` after two revisions. Where
/// the wording is long, what it was agreed to mean takes its place.
pub fn short_timescale(row: &Row<'_>) -> String {
    const LONG: usize = 20;
    let Some(timescale) = row.timescale() else {
        return absent();
    };
    let is_short = timescale.due.is_some() && timescale.wording.chars().count() <= LONG;
    let words = match (timescale.term, &timescale.due) {
        _ if is_short => to_single_line(&timescale.wording),
        (Term::InPlaceSince(since), _) => return format!("since {since}"),
        (_, Some(due)) => to_single_line(due),
        _ => to_single_line(&timescale.wording),
    };
    match row.extensions() {
        0 => words,
        extensions => format!("{words} +{extensions}"),
    }
}

/// A revision without its day: `moved to May 2004, agreed by the Committee: more time is needed`.
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

/// The words for a request that nobody has decided on.
fn undecided(row: &Row<'_>, revision: &Revision) -> &'static str {
    if row.request().is_some_and(|request| std::ptr::eq(request, revision)) {
        " (waits for a decision)"
    } else if row.has_lapsed(revision) {
        " (lapsed when the work ended)"
    } else {
        ""
    }
}

/// The words for an entry: `in progress, at risk`; `update` where the status stays.
pub fn entry_words(entry: &ProgressEntry) -> String {
    let status = entry.status.map_or_else(|| "update".to_owned(), spoken);
    let outlook = entry.outlook.map(|outlook| format!(", {}", spoken(outlook)));
    format!("{status}{}", outlook.unwrap_or_default())
}

/// An entry without its day and its evidence: `in progress, at risk by the ReportBuilder: two of five are done`.
pub fn entry(entry: &ProgressEntry) -> String {
    let (by, note) = (by(entry.by.as_deref()), after_colon(entry.note.as_deref()));
    format!("{}{by}{note}", entry_words(entry))
}

/// A verification without its day and its evidence.
pub fn verification(entry: &Verification) -> String {
    let (by, note) = (by(Some(&entry.by)), after_colon(entry.note.as_deref()));
    format!("{}{by}{note}", entry.result.word())
}

/// An amendment without its day and its key: ` by the ReportBuilder, was the Treasurer: she has left`.
pub fn amendment(amendment: &Amendment) -> String {
    let was = amendment.was.as_deref().map_or_else(|| "nothing".to_owned(), to_single_line);
    format!("{}, was {was}: {}", by(amendment.by.as_deref()), to_single_line(&amendment.reason))
}

/// ` by the ReportBuilder`, where somebody is named.
pub fn by(who: Option<&str>) -> String {
    who.map(|who| format!(" by {}", to_single_line(who))).unwrap_or_default()
}

fn after_colon(words: Option<&str>) -> String {
    words.map(|words| format!(": {}", to_single_line(words))).unwrap_or_default()
}

/// ` [minutes.pdf, letter.pdf]`, where there is evidence.
pub fn evidence(evidence: &[String]) -> String {
    if evidence.is_empty() {
        return String::new();
    }
    let evidence: Vec<String> = evidence.iter().map(|place| to_single_line(place)).collect();
    format!(" [{}]", evidence.join(", "))
}

/// A key of the user's own and its value.
pub fn extra(key: &str, value: &Value) -> String {
    printable(&format!("{}: {}", to_single_line(key), own_value(value)))
}

/// A value of the user's own: text as it is, the rest as JSON has it.
pub fn own_value(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), to_single_line)
}

/// Management's response as it was known on the as-of day, with its day where it came later than the plan.
pub fn response(row: &Row<'_>) -> String {
    let on = response_on(row).map(|on| format!(" on {on}")).unwrap_or_default();
    format!("{}{on}", spoken(row.response()))
}

/// The day of the answer, where it came later than the plan and was known on the as-of day.
pub fn response_on(row: &Row<'_>) -> Option<String> {
    let on = row.recommendation().response_on;
    on.filter(|_| !row.is_awaited()).map(|on| on.to_string())
}

/// The words of the response. Where an acceptance in part has none, they say so.
pub fn response_text<'v>(row: &Row<'v>) -> Option<&'v str> {
    let recommendation = row.recommendation();
    match recommendation.response_text.as_deref() {
        None if recommendation.response == Response::PartiallyAccepted => {
            Some("Management did not say which part.")
        }
        words => words,
    }
}

/// The as-of day and the origin of a plan: `As of 2003-12-11 · Metropolitan Police Authority · report 7 of 2003-05-08`.
/// No day stands twice.
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

/// The values of an item under the keys that need no words of their own, each under its title.
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
