//! Describes the differences between two versions of a plan in words.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{
    printable,
    words::{counted, entry_words, evidence, own_value, spoken},
};
use crate::{
    doc::{Line, Piece, absent},
    model::{
        Amendment, Day, Decision, KeyValue, Keyword, Period, ProgressEntry, Revision, Term,
        Verification, paragraphs, to_single_line,
    },
    plan_diff::{
        ChangeKind, ChangedKey, Difference, Entry, Item, ItemChange, KeyChange, PlanChange,
    },
};

/// Describes a difference in words, without the id of the changed item. A date that equals `day` is left out.
pub fn phrase(difference: &Difference, day: Option<Day>) -> Line {
    let item = &difference.item;
    let mut parts = match item {
        Item::Section(_) | Item::Area(_) | Item::Owner(_) | Item::Meeting(_) => {
            vec![Piece::Words(format!("{item}:"))]
        }
        Item::Plan | Item::Policy | Item::Recommendation(_) | Item::Action(_) => Vec::new(),
    };
    parts.extend(match &difference.change {
        ChangeKind::Key(change) => match difference.change.answer() {
            Some((answer, on)) => {
                let on = on.map(|on| unless(day, on)).unwrap_or_default();
                plain(format!("answered: {}{on}", answer.replace('-', " ")))
            }
            None => key_change(item, change),
        },
        ChangeKind::Entry { old, new, before, .. } => {
            entry_change(old.as_ref(), new.as_ref(), before.as_ref(), day)
        }
        ChangeKind::Item(change) => item_change(change, day),
        ChangeKind::Plan(change) => plain(plan_change(change)),
    });
    line(parts)
}

/// Joins the parts into one line, such as `choosing [-two-]{+three+} topics`.
fn line(parts: Vec<Piece>) -> Line {
    let mut pieces: Vec<Piece> = Vec::new();
    for mut piece in parts {
        if let Piece::Words(words) | Piece::Gone(words) | Piece::New(words) = &mut piece {
            *words = printable(words);
        }
        let is_pair = matches!((pieces.last(), &piece), (Some(Piece::Gone(_)), Piece::New(_)));
        if !pieces.is_empty() && !is_pair {
            pieces.push(Piece::Words(" ".to_owned()));
        }
        pieces.push(piece);
    }
    Line(pieces)
}

fn plain(words: String) -> Vec<Piece> {
    vec![Piece::Words(words)]
}

/// Returns the parts with the text `words` before them.
fn after(words: String, parts: Vec<Piece>) -> Vec<Piece> {
    plain(words).into_iter().chain(parts).collect()
}

/// Describes the change of a key: the changed words of a long text, or the old and the new value.
fn key_change(item: &Item, KeyChange { key, old, new, .. }: &KeyChange) -> Vec<Piece> {
    let name = match key {
        ChangedKey::Own(name) => format!("extra {name}"),
        ChangedKey::Lint(_) => format!("lint {}", key.name()),
        ChangedKey::Known(key) if *item == Item::Policy => format!("policy {}", key.name),
        ChangedKey::Known(key) => key.name.replace('_', " "),
    };
    let is_prose = *item == Item::Plan || matches!(key, ChangedKey::Known(key) if key.is_long);
    match (old, new) {
        (Some(KeyValue::Text(old)), Some(KeyValue::Text(new))) if is_prose => {
            return after(format!("{name} changed:"), word_by_word(old, new));
        }
        (Some(KeyValue::Text(old)), None) if is_prose => {
            return after(format!("{name} dropped:"), vec![Piece::Gone(to_single_line(old))]);
        }
        (None, Some(KeyValue::Text(new))) if is_prose => {
            return after(format!("{name} added:"), vec![Piece::New(to_single_line(new))]);
        }
        _ => {}
    }
    plain(match (item, key.name(), old, new) {
        (_, "id", _, Some(new)) => format!("renumbered: the id is now {}", new.words()),
        (Item::Meeting(_), "date", Some(old), Some(new)) => {
            format!("moved: {} → {}", old.shown(), new.shown())
        }
        (_, "fail_on", ..) => {
            let least = |least| if least == absent() { "any priority".to_owned() } else { least };
            format!("{name}: {} → {}", least(value(old)), least(value(new)))
        }
        _ => format!("{name}: {} → {}", value(old), value(new)),
    })
}

fn value(value: &Option<KeyValue<'_>>) -> String {
    match value {
        None => absent(),
        Some(KeyValue::Word(word)) => word.replace('-', " "),
        Some(KeyValue::Own(value)) => own_value(value),
        Some(value @ KeyValue::Texts(_)) => to_single_line(&value.shown()),
        Some(value) => to_single_line(&value.words()),
    }
}

fn entry_change(
    old: Option<&Entry>,
    new: Option<&Entry>,
    before: Option<&KeyValue<'_>>,
    day: Option<Day>,
) -> Vec<Piece> {
    let Some(old) = old else {
        return new.map(|new| plain(entry(new, before, day))).unwrap_or_default();
    };
    let (done, parts) = match new {
        Some(new) => ("changed", word_by_word(&whole_entry(old), &whole_entry(new))),
        None => ("deleted", vec![Piece::Gone(whole_entry(old))]),
    };
    after(format!("{} of {} {done}:", old.kind(), old.on()), parts)
}

fn item_change(change: &ItemChange, day: Option<Day>) -> Vec<Piece> {
    let name = |name: &Option<String>| {
        name.as_deref().map(|name| format!(": {}", quoted(name))).unwrap_or_default()
    };
    plain(match change {
        ItemChange::Added { name: added, timescale, date, reopens } => {
            let on = date.map(|on| unless(day, on)).unwrap_or_default();
            let timescale = timescale.as_ref().map(|to| format!(", {}", to.line()));
            let reopened = if *reopens { "; its recommendation is reopened" } else { "" };
            format!("added{on}{}{}{reopened}", name(added), timescale.unwrap_or_default())
        }
        ItemChange::Dropped { name: dropped } => format!("dropped{}", name(dropped)),
        ItemChange::Replaced { old, new } => {
            let parts = vec![Piece::Gone(to_single_line(old)), Piece::New(to_single_line(new))];
            return after("replaced by a different item:".to_owned(), parts);
        }
    })
}

fn plan_change(change: &PlanChange) -> String {
    match change {
        PlanChange::Begun { recommendations, actions } => {
            let recommendations = counted(*recommendations, "recommendation", "recommendations");
            format!("published: {recommendations}, {}", counted(*actions, "action", "actions"))
        }
        PlanChange::Back => "the plan was restored".to_owned(),
        PlanChange::Gone => "the plan was deleted".to_owned(),
    }
}

/// Returns a text such as ` on 2003-12-11`; empty if the date `on` equals `day`.
fn unless(day: Option<Day>, on: Day) -> String {
    if Some(on) == day { String::new() } else { format!(" on {on}") }
}

/// Returns the dates of an entry, such as ` on 2003-12-11, recorded 2003-12-18`. A date that equals `day` is left out.
fn days(entry: &Entry, day: Option<Day>) -> String {
    let recorded = entry.recorded().filter(|recorded| Some(*recorded) != day);
    let recorded = recorded.map(|recorded| format!(", recorded {recorded}"));
    unless(day, entry.on()) + &recorded.unwrap_or_default()
}

/// Describes an entry. `before` is the status or the timescale before the entry. A date that equals `day` is left out.
fn entry(entry: &Entry, before: Option<&KeyValue<'_>>, day: Option<Day>) -> String {
    let on = days(entry, day);
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

fn whole_entry(recorded: &Entry) -> String {
    entry(recorded, None, None)
}

fn progress(entry: &ProgressEntry, before: Option<&KeyValue<'_>>, on: &str) -> String {
    let status = entry_words(entry);
    let rest = format!("{}{}", evidence(&entry.evidence), by(entry.by.as_deref()));
    let stays = entry.status.is_none_or(|status| before == Some(&KeyValue::Word(status.word())));
    match (&entry.note, stays) {
        (Some(note), true) => format!("note{on}: {}{rest}", to_single_line(note)),
        (None, true) if entry.status.is_none() => format!("{status}{on}{rest}"),
        (None, true) => format!("still {status}{on}{rest}"),
        (note, false) => format!("{status}{on}{}{rest}", remark(note.as_deref())),
    }
}

fn revision(revision: &Revision, before: Option<&KeyValue<'_>>, on: &str) -> String {
    let (to, who) = (to_single_line(&revision.to.words()), by(revision.by.as_deref()));
    let what = match (revision.decision, before) {
        (Some(Decision::Requested), _) => format!("extension to {to} requested{on}"),
        (Some(Decision::Refused), _) => format!("extension to {to} refused{on}"),
        (Some(Decision::Agreed), Some(KeyValue::Timescale(before))) if **before == revision.to => {
            format!("{to} agreed{on}")
        }
        (_, Some(KeyValue::Timescale(before))) => {
            let moved = moved(before.term, revision.to.term);
            format!("{moved}{on}: {} → {to}", to_single_line(&before.words()))
        }
        _ => format!("moved{on}: {to}"),
    };
    format!("{what}{}{who}", remark(revision.reason.as_deref()))
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

/// The number of unchanged words shown on each side of a change.
const AROUND: usize = 4;

/// Returns the differences between two versions of a text as one line.
pub fn between(old: &str, new: &str) -> Line {
    line(word_by_word(old, new))
}

/// Compares two versions of a text word by word. Long passages of unchanged words are shortened.
fn word_by_word(old: &str, new: &str) -> Vec<Piece> {
    let (old, new) = (words(old), words(new));
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    let last = operations.len().saturating_sub(1);
    let mut parts = Vec::new();
    for (index, operation) in operations.iter().enumerate() {
        let (gone, come) = (&old[operation.old_range()], &new[operation.new_range()]);
        if operation.tag() == DiffTag::Equal {
            parts.push(Piece::Words(folded(come, index == 0, index == last)));
            continue;
        }
        if !gone.is_empty() {
            parts.push(Piece::Gone(gone.join(" ")));
        }
        if !come.is_empty() {
            parts.push(Piece::New(come.join(" ")));
        }
    }
    parts
}

/// Returns the text on one line, with `¶` between its paragraphs.
fn words(text: &str) -> String {
    paragraphs(text).join(" ¶ ")
}

/// Shortens a passage of unchanged words to the few words next to a change.
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
            line(word_by_word(old, &new)).plain(),
            "… by a robust mechanism [-two-]{+three+} topics a year, as …"
        );
    }

    #[test]
    fn another_line_break_is_no_change_and_another_paragraph_is_one() {
        let plain = |old, new| line(word_by_word(old, new)).plain();
        assert_eq!(plain("one two", "one\ntwo three"), "one two {+three+}");
        assert_eq!(plain("one two", "one\n\ntwo"), "one {+¶+} two");
    }
}
