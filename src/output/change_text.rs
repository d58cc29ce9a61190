//! The words that tell what differs between two versions of a plan, for every answer that tells it.

use std::fmt;

use serde_json::Value;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{
    printable,
    words::{counted, entry_words, evidence, own_value, spoken},
};
use crate::{
    doc::absent,
    model::{
        Amendment, Day, Decision, Keyword, Period, ProgressEntry, Revision, Term, Timescale,
        Verification, paragraphs, to_single_line,
    },
    plan_diff::{Before, ChangeKind, Difference, Entry, Item},
};

/// A part of a sentence, without the spaces around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Plain(String),
    /// Only the earlier version has these words.
    Gone(String),
    /// Only the present version has these words.
    New(String),
}

/// What differs, in words that stand beside the id of a recommendation or an action. The day of an entry stands in
/// them unless it is `day`.
pub fn phrase(difference: &Difference, day: Option<Day>) -> Vec<Part> {
    let mut parts = match &difference.item {
        item @ (Item::Section(_) | Item::Area(_) | Item::Meeting(_)) => {
            vec![Part::Plain(format!("{item}:"))]
        }
        Item::Plan | Item::Recommendation(_) | Item::Action(_) => Vec::new(),
    };
    parts.extend(what(&difference.what, day));
    parts
}

/// The parts on one line, each as `painted` makes it: `choosing [-two-]{+three+} topics`.
pub fn line(parts: &[Part], painted: fn(&Part, String) -> String) -> String {
    let mut line = String::new();
    let mut is_after_gone = false;
    for part in parts {
        let is_pair = is_after_gone && matches!(part, Part::New(_));
        if !line.is_empty() && !is_pair {
            line.push(' ');
        }
        let words = match part {
            Part::Plain(words) => printable(words),
            Part::Gone(words) => format!("[-{}-]", printable(words)),
            Part::New(words) => format!("{{+{}+}}", printable(words)),
        };
        line.push_str(&painted(part, words));
        is_after_gone = matches!(part, Part::Gone(_));
    }
    line
}

/// The parts on one line, without colours.
pub fn plain_line(parts: &[Part]) -> String {
    line(parts, |_, words| words)
}

fn plain(words: String) -> Vec<Part> {
    vec![Part::Plain(words)]
}

/// The parts after words that say what happened to them.
fn after(words: String, parts: Vec<Part>) -> Vec<Part> {
    plain(words).into_iter().chain(parts).collect()
}

fn what(what: &ChangeKind, day: Option<Day>) -> Vec<Part> {
    match what {
        ChangeKind::Begun { recommendations, actions } => begun(*recommendations, *actions),
        ChangeKind::Back => plain("the plan is back".to_owned()),
        ChangeKind::Gone => plain("the plan is gone".to_owned()),
        ChangeKind::Added { name, timescale } => added(name.as_deref(), timescale.as_ref()),
        ChangeKind::Dropped { renamed: Some(id), .. } => {
            plain(format!("renumbered: it is now {id}"))
        }
        ChangeKind::Dropped { name, renamed: None } => plain(format!("dropped: {}", quoted(name))),
        ChangeKind::Replaced { old, new } => {
            let parts = vec![Part::Gone(to_single_line(old)), Part::New(to_single_line(new))];
            after("stands for something else:".to_owned(), parts)
        }
        ChangeKind::Text { key, old, new } => text(key, old.as_deref(), new.as_deref()),
        ChangeKind::Published { old, new } => became("date", old, new),
        ChangeKind::Response { old, new } => became("response", spoken(*old), spoken(*new)),
        ChangeKind::Answered { response, on } => {
            let on = on.map(|on| unless(day, on)).unwrap_or_default();
            plain(format!("answered: {}{on}", spoken(*response)))
        }
        ChangeKind::ResponseOn { old, new } => became("response on", shown(old), shown(new)),
        ChangeKind::Made { old, new } => became("date", shown(old), shown(new)),
        ChangeKind::Timescale { old, new } => became("timescale", wording(old), wording(new)),
        ChangeKind::Field { key, old, new } => became(key, value(old), value(new)),
        ChangeKind::Meeting { old, new: Some(new) } => plain(format!("moved: {old} → {new}")),
        ChangeKind::Meeting { new: None, .. } => plain("dropped".to_owned()),
        ChangeKind::EntryAdded { entry: new, before, .. } => plain(entry(new, before, day)),
        ChangeKind::EntryChanged { old, new } => {
            let parts = word_by_word(&whole_entry(old), &whole_entry(new));
            after(format!("{} of {} changed:", old.kind(), old.on()), parts)
        }
        ChangeKind::EntryDeleted { entry: old } => {
            let gone = vec![Part::Gone(whole_entry(old))];
            after(format!("{} of {} deleted:", old.kind(), old.on()), gone)
        }
        ChangeKind::Level { rule, old, new } => {
            became(&format!("lint {}", rule.word()), old.word(), new.word())
        }
        ChangeKind::Priorities { old, new } => became(
            "policy priorities",
            to_single_line(&old.join(", ")),
            to_single_line(&new.join(", ")),
        ),
        ChangeKind::Setting { key, old, new } => became(&format!("policy {key}"), old, new),
        ChangeKind::FailOn { old, new } => became("policy fail_on", least(old), least(new)),
        ChangeKind::Escalation { old, new } => became("policy escalate", shown(old), shown(new)),
        ChangeKind::Rag { old, new } => became("policy rag", shown(old), shown(new)),
        ChangeKind::Extra { key, old, new } => became(&format!("extra {key}"), own(old), own(new)),
    }
}

fn begun(recommendations: usize, actions: usize) -> Vec<Part> {
    let recommendations = counted(recommendations, "recommendation", "recommendations");
    plain(format!("published: {recommendations}, {}", counted(actions, "action", "actions")))
}

fn added(name: Option<&str>, timescale: Option<&Timescale>) -> Vec<Part> {
    let name = name.map(|name| format!(": {}", quoted(name))).unwrap_or_default();
    let timescale =
        timescale.map(|to| format!(", {}", to_single_line(&to.words()))).unwrap_or_default();
    plain(format!("added{name}{timescale}"))
}

/// ` on 2003-12-11`, unless that is `day`.
fn unless(day: Option<Day>, on: Day) -> String {
    if Some(on) == day { String::new() } else { format!(" on {on}") }
}

/// A value that became another one.
fn became(key: &str, old: impl fmt::Display, new: impl fmt::Display) -> Vec<Part> {
    plain(format!("{key}: {old} → {new}"))
}

fn shown(value: &Option<impl fmt::Display>) -> String {
    value.as_ref().map_or_else(absent, ToString::to_string)
}

fn value(value: &Option<String>) -> String {
    value.as_deref().map_or_else(absent, to_single_line)
}

fn wording(timescale: &Option<Timescale>) -> String {
    timescale.as_ref().map_or_else(absent, |timescale| to_single_line(&timescale.words()))
}

/// The lowest priority that makes `overdue` fail.
fn least(priority: &Option<String>) -> String {
    priority.as_deref().map_or_else(|| "any work".to_owned(), to_single_line)
}

fn own(value: &Option<Value>) -> String {
    value.as_ref().map_or_else(absent, own_value)
}

fn text(key: &str, old: Option<&str>, new: Option<&str>) -> Vec<Part> {
    let key = key.replace('_', " ");
    let (done, parts) = match (old, new) {
        (Some(old), Some(new)) => ("changed", word_by_word(old, new)),
        (Some(old), None) => ("dropped", vec![Part::Gone(to_single_line(old))]),
        (None, new) => ("added", vec![Part::New(to_single_line(new.unwrap_or_default()))]),
    };
    after(format!("{key} {done}:"), parts)
}

/// An entry compared with what was so before it, with its day unless that is `day`.
fn entry(entry: &Entry, before: &Before, day: Option<Day>) -> String {
    let on = unless(day, entry.on());
    match entry {
        Entry::Progress(entry) => progress(entry, before, &on),
        Entry::Revision(entry) => revision(entry, before, &on),
        Entry::Verification(Verification { by, result, note, evidence: found, .. }) => {
            let (result, by, note) = (spoken(*result), to_single_line(by), remark(note.as_deref()));
            format!("{result} by {by}{on}{note}{}", evidence(found))
        }
        Entry::Amendment(Amendment { key, reason, by: who, .. }) => {
            let (reason, who) = (remark(Some(reason)), by(who.as_deref()));
            format!("{} amended{on}{reason}{who}", key.word())
        }
    }
}

/// An entry with its day, compared with nothing.
fn whole_entry(recorded: &Entry) -> String {
    entry(recorded, &Before::Nothing, None)
}

fn progress(entry: &ProgressEntry, before: &Before, on: &str) -> String {
    let status = entry_words(entry);
    let rest = format!("{}{}", evidence(&entry.evidence), by(entry.by.as_deref()));
    match (&entry.note, *before == Before::Status(entry.status)) {
        (Some(note), true) => format!("note{on}: {}{rest}", to_single_line(note)),
        (None, true) => format!("still {status}{on}{rest}"),
        (note, false) => format!("{status}{on}{}{rest}", remark(note.as_deref())),
    }
}

fn revision(revision: &Revision, before: &Before, on: &str) -> String {
    let (to, who) = (to_single_line(&revision.to.words()), by(revision.by.as_deref()));
    let reason = remark(revision.reason.as_deref());
    let (moved, from) = match (revision.decision, before) {
        (Some(Decision::Requested), _) => return format!("asked for {to}{on}{reason}{who}"),
        (Some(Decision::Refused), _) => return format!("{to} refused{on}{reason}{who}"),
        (_, Before::Timescale(Some(before))) => (
            moved(before.term, revision.to.term),
            format!("{} → ", to_single_line(&before.words())),
        ),
        _ => ("moved", String::new()),
    };
    format!("{moved}{on}: {from}{to}{reason}{who}")
}

fn moved(before: Term, now: Term) -> &'static str {
    let last_day = |term: Term| term.deadline().map(Period::last_day);
    match last_day(before).zip(last_day(now)) {
        Some((before, now)) if now > before => "extended",
        Some((before, now)) if now < before => "brought forward",
        _ => "moved",
    }
}

fn quoted(words: &str) -> String {
    format!("“{}”", to_single_line(words))
}

fn remark(words: Option<&str>) -> String {
    words.map(|words| format!(", {}", quoted(words))).unwrap_or_default()
}

fn by(who: Option<&str>) -> String {
    who.map(|who| format!(" ({})", to_single_line(who))).unwrap_or_default()
}

/// How many of the words that stayed are shown on each side of a change.
const AROUND: usize = 4;

/// A text in two versions, word by word. Of a long stretch that stayed, only the words beside a change are shown.
fn word_by_word(old: &str, new: &str) -> Vec<Part> {
    let (old, new) = (words(old), words(new));
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    let last = operations.len().saturating_sub(1);
    let mut parts = Vec::new();
    for (index, operation) in operations.iter().enumerate() {
        let (gone, come) = (&old[operation.old_range()], &new[operation.new_range()]);
        if operation.tag() == DiffTag::Equal {
            parts.push(Part::Plain(folded(come, index == 0, index == last)));
            continue;
        }
        if !gone.is_empty() {
            parts.push(Part::Gone(gone.join(" ")));
        }
        if !come.is_empty() {
            parts.push(Part::New(come.join(" ")));
        }
    }
    parts
}

/// The text on one line; a mark stands between its paragraphs.
fn words(text: &str) -> String {
    paragraphs(text).join(" ¶ ")
}

/// Words that stayed, at the beginning of a text, at its end, or between two changes.
fn folded(words: &[&str], is_first: bool, is_last: bool) -> String {
    let before = if is_first { 0 } else { AROUND };
    let after = if is_last { 0 } else { AROUND };
    if words.len() <= before + after + 1 {
        return words.join(" ");
    }
    let (start, end) = (&words[..before], &words[words.len() - after..]);
    [start, &["…"], end].concat().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_one_word_is_shown_between_the_words_beside_it() {
        let old = "We go on choosing by a robust mechanism two topics a year, as was agreed.";
        let new = old.replace("two", "three");
        assert_eq!(
            plain_line(&word_by_word(old, &new)),
            "… by a robust mechanism [-two-]{+three+} topics a year, as …"
        );
    }

    #[test]
    fn another_line_break_is_no_change_and_another_paragraph_is_one() {
        let plain = |old, new| plain_line(&word_by_word(old, new));
        assert_eq!(plain("one two", "one\ntwo three"), "one two {+three+}");
        assert_eq!(plain("one two", "one\n\ntwo"), "one {+¶+} two");
    }
}
