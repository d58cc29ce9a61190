//! Facts in the words people read: timing, lateness, and the reason for it.

use serde_json::Value;

pub use crate::model::{counted, spoken};
use crate::{
    doc::{absent, text::capitalised},
    model::{
        Amendment, Decision, Finish, Keyword, Lateness, Month, Period, ProgressEntry, Rag,
        Response, Revision, Term, Timing, Verification, printable, to_single_line,
    },
    query::{Progress, Row, View},
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

/// The order in which counts by progress are read. They add up to the total.
pub const PROGRESS_ORDER: [Progress; 6] = [
    Progress::Complete,
    Progress::InProgress,
    Progress::NotStarted,
    Progress::Superseded,
    Progress::NotPursued,
    Progress::Rejected,
];

/// What an empty plan says instead of an answer.
pub const EMPTY: &str =
    "There is no recommendation yet; `plan add recommendation --help` says how to add one.";

/// A length of time as people grasp it: `80 days`, `23 years`.
pub fn span(count: i64) -> String {
    const YEAR: i64 = 365;
    match count.abs() {
        short if short < 2 * YEAR => days(short),
        long => format!("{} years", long * 100 / 36525),
    }
}

/// Why it is brought before the committee; `None` where it is not.
pub fn escalation(row: &Row<'_>) -> Option<String> {
    let causes: Vec<String> = row.escalation().iter().map(ToString::to_string).collect();
    (!causes.is_empty()).then(|| causes.join(", "))
}

/// What the colours of these rows mean, in a sentence; one a plan where they differ.
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

/// Whether it is in time, in a few words, and what somebody fears for it.
pub fn timing(row: &Row<'_>) -> String {
    let mut words = deadline(row);
    if row.is_at_risk() {
        words.extend(row.outlook().map(|outlook| format!(", {}", spoken(outlook))));
    }
    if row.is_awaited() && matches!(row.timing(), Some(Timing::DueSoon | Timing::NotDue)) {
        words.push_str(", answer awaited");
    }
    words
}

/// Whether it is in time, in a few words.
pub fn deadline(row: &Row<'_>) -> String {
    if row.is_later() {
        return if row.is_action() { "not yet added" } else { "not yet made" }.to_owned();
    }
    let progress = || spoken(row.progress());
    // The action with an earlier deadline than its recommendation is named.
    let whose = row.pressing().map(|id| format!("action {id} ")).unwrap_or_default();
    match (row.timing(), row.days_late()) {
        (Some(Timing::Overdue), Some(late)) if whose.is_empty() => format!("{} late", span(late)),
        (Some(Timing::Overdue), Some(late)) => format!("{whose}late {}", span(late)),
        (Some(Timing::DueSoon | Timing::NotDue), Some(late)) => match late {
            0 => format!("{whose}today"),
            1.. => format!("{whose}{} past, in grace", span(late)),
            _ => format!("{whose}in {}", span(late)),
        },
        (Some(Timing::Late), Some(late)) => format!("{}, {} late", progress(), span(late)),
        (Some(Timing::Undated), _) if row.is_awaited() => "answer awaited".to_owned(),
        (Some(Timing::Undated), _) => match row.stale() {
            Some(stale) => format!("silent since {}", Month::of(stale.last_word)),
            None if row.term() == Some(Term::Ongoing) => "ongoing".to_owned(),
            None => "no date".to_owned(),
        },
        _ if row.is_unverified() => format!("{}, unverified", progress()),
        _ => progress(),
    }
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
        Some(Decision::Requested) => format!("{to} asked for"),
        Some(Decision::Agreed) => format!("moved to {to}, agreed"),
        Some(Decision::Refused) => format!("{to} refused"),
    };
    let (by, reason) = (by(revision.by.as_deref()), after_colon(revision.reason.as_deref()));
    format!("{what}{by}{reason}{}", undecided(row, revision))
}

/// What has become of a request that nobody has decided on.
fn undecided(row: &Row<'_>, revision: &Revision) -> &'static str {
    if row.request().is_some_and(|request| std::ptr::eq(request, revision)) {
        " (waits for a decision)"
    } else if row.has_lapsed(revision) {
        " (lapsed when the work ended)"
    } else {
        ""
    }
}

/// What an entry says of the work: `in progress, at risk`; `update` where that stays.
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

/// Why the timing is what it is: the rule, the dates, the days. Whole sentences.
pub fn why(row: &Row<'_>) -> String {
    if row.is_later() {
        let (made, as_of) = (row.made_on(), row.view.as_of);
        let what = if row.is_action() { "action was added" } else { "recommendation was made" };
        return format!("The {what} on {made}, so on {as_of} no answer counts or lists it.");
    }
    if row.is_rejected() {
        return "Management rejected the recommendation, so nothing is due.".to_owned();
    }
    match (row.timing(), row.deciding()) {
        (Some(Timing::Overdue | Timing::DueSoon | Timing::NotDue), Some(lateness)) => {
            why_open(row, lateness)
        }
        (Some(Timing::OnTime | Timing::Late), Some(lateness)) => why_finished(lateness),
        (Some(_), _) => why_undated(row),
        (None, _) => why_none(row),
    }
}

fn why_open(row: &Row<'_>, lateness: &Lateness) -> String {
    let (as_of, late) = (row.view.as_of, lateness.days());
    let whose = row.pressing().map(|id| format!("Action {id} has the earliest deadline. "));
    let mut why = whose.unwrap_or_default();
    why.push_str(&match late {
        1.. => why_past(row, lateness),
        0 => format!("{}: {as_of} is the last day.", ends(lateness.in_force)),
        ahead => format!("{}, {} after {as_of}.", ends(lateness.in_force), days(ahead)),
    });
    if row.timing() == Some(Timing::DueSoon) && late <= 0 {
        let soon = days(row.view.plan.policy.due_soon_days.into());
        why.push_str(&format!(" Due soon means within {soon}."));
    }
    why.push_str(&against_original(lateness));
    if let Some(outlook) = row.outlook() {
        why.push_str(&format!(" Its outlook is “{}”.", spoken(outlook)));
    }
    why
}

/// Why open work is late, or in its days of grace.
fn why_past(row: &Row<'_>, lateness: &Lateness) -> String {
    let (ended, past) = (ended(lateness.in_force), days(lateness.days()));
    let not = if row.whole.reopened { "it was opened again" } else { "it is not complete" };
    let why = format!("{ended}, {past} before {}, and {not}.", row.view.as_of);
    if row.is_overdue() {
        return why;
    }
    let grace = days(row.view.plan.policy.grace_days.into());
    format!("{why} It is overdue after {grace} of grace.")
}

fn why_finished(lateness: &Lateness) -> String {
    let late = lateness.days();
    let finished = lateness.measured_to;
    let measure = match late {
        0 => "on the last day of".to_owned(),
        late if late > 0 => format!("{} after", days(late)),
        early => format!("{} before the end of", days(early)),
    };
    let deadline = lateness.in_force;
    format!("Finished on {finished}, {measure} {deadline}.{}", against_original(lateness))
}

/// The lateness against the first deadline, where the deadline was moved.
fn against_original(lateness: &Lateness) -> String {
    match (lateness.original, lateness.days_against_original()) {
        (Some(original), Some(late)) if original != lateness.in_force => {
            let measure = match late {
                0 => "that is its last day".to_owned(),
                late if late > 0 => format!("that is {} late", days(late)),
                early => format!("that leaves {}", days(early)),
            };
            format!(" Against the deadline first agreed, {original}, {measure}.")
        }
        _ => String::new(),
    }
}

fn why_undated(row: &Row<'_>) -> String {
    if row.has_no_date() {
        let awaited = if row.is_awaited() { "Management has not answered yet, and " } else { "" };
        return capitalised(&format!(
            "{awaited}no date has been agreed yet, so it cannot be overdue."
        ));
    }
    let wording = timescale(row);
    let never = format!("“{wording}” has no end, so it is never overdue.");
    match row.stale() {
        None => never,
        Some(stale) => format!(
            "{never} It is stale: nothing has been heard since {}, before the meeting of {}.",
            stale.last_word, stale.meeting
        ),
    }
}

fn why_none(row: &Row<'_>) -> String {
    match (row.progress(), row.finish()) {
        (Progress::Superseded | Progress::NotPursued, Some(finish)) => format!(
            "{} on {}, so nothing is due.",
            capitalised(&spoken(row.progress())),
            finish.last_day()
        ),
        (_, Some(Finish::Published(Period::Day(day)))) => {
            format!("Published as complete on {day}.")
        }
        (_, Some(Finish::Published(since))) => format!("Published as in place since {since}."),
        (_, Some(Finish::Reported(day))) => {
            format!("Finished on {day}; it had no deadline to be measured against.")
        }
        (_, None) => "Nothing is due.".to_owned(),
    }
}

fn ended(deadline: Period) -> String {
    match deadline {
        Period::Day(day) => format!("The deadline was {day}"),
        Period::Month(_) | Period::Year(_) => {
            format!("{deadline} ended on {}", deadline.last_day())
        }
    }
}

fn ends(deadline: Period) -> String {
    match deadline {
        Period::Day(day) => format!("The deadline is {day}"),
        Period::Month(_) | Period::Year(_) => format!("{deadline} ends on {}", deadline.last_day()),
    }
}

/// The origin of a plan, in parts: `Metropolitan Police Authority`, `report 7 of 2003-05-08`. The as-of day, which stands
/// beside it, is not said again.
pub fn identity(view: &View) -> impl Iterator<Item = String> {
    let plan = &view.plan;
    let date = (plan.date != view.as_of).then(|| plan.date.to_string());
    let published = match (&plan.report, date) {
        (Some(number), Some(date)) => Some(format!("report {} of {date}", to_single_line(number))),
        (Some(number), None) => Some(format!("report {}", to_single_line(number))),
        (None, date) => date,
    };
    plan.body.as_deref().map(to_single_line).into_iter().chain(published)
}

/// The values of an item under the keys that need no words of their own, each under its title.
pub fn titled(row: &Row<'_>) -> impl Iterator<Item = (&'static str, String)> {
    let values = row.item().values().into_iter().filter(|(key, _)| key.is_shown);
    values.filter_map(|(key, value)| Some((key.title, to_single_line(&value?.shown()))))
}
