//! Reads the texts of cells as days, timescales and words of a plan, and proposes meanings for unclear timescales.

use super::{
    mapping::{Mapping, SheetMapping},
    table::Kind,
};
use crate::model::{
    Day, DayOrder, Given, Keyword, NotATimescale, Outlook, Period, Response, Status, Timescale,
    Verdict, day_order, meaning, numeric_days, word_meant,
};

/// The order of day and month that the dates in a column show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// All dates of the column begin with the day, or all begin with the month. `DayOrder::Unknown` if no date shows
    /// which.
    Order(DayOrder),
    /// Some dates can only have the day first, and others only the month first.
    Contradicts,
}

/// Returns the order of day and month in the dates of a column. A date such as 31/12/2003 shows the order for the whole
/// column.
pub fn settled<'t>(texts: impl Iterator<Item = &'t str>) -> Settled {
    let mut settled = DayOrder::Unknown;
    for order in texts.map(day_order).filter(|order| *order != DayOrder::Unknown) {
        if settled != DayOrder::Unknown && settled != order {
            return Settled::Contradicts;
        }
        settled = order;
    }
    Settled::Order(settled)
}

/// Checks whether a text is a date such as 03/04/2003, which can mean two days.
pub fn is_ambiguous(text: &str) -> bool {
    numeric_days(text).len() > 1
}

/// Reads the text of a cell as a day.
///
/// # Errors
/// Fails if the text is not a day, or if it could mean two different days.
pub fn day(text: &str, kind: Kind, order: DayOrder) -> Result<Day, &'static str> {
    let head =
        text.get(..10).filter(|_| kind == Kind::Date || text.as_bytes().get(10) == Some(&b'T'));
    if let Some(day) = head.and_then(|day| day.parse().ok()) {
        return Ok(day);
    }
    match Period::parse(text) {
        Ok(Period::Day(day)) => return Ok(day),
        Ok(_) => return Err("the day is missing"),
        Err(_) => {}
    }
    let days = in_order(text, order);
    match days.as_slice() {
        [day] => return Ok(*day),
        [_, ..] => {
            return Err(
                "could be either of two days: give the order of day and month under `[sheet.dates]`",
            );
        }
        [] => {}
    }
    match meaning(text, order) {
        NotATimescale::Likely(due) => {
            match due.wording(None).and_then(|words| words.parse().ok()) {
                Some(day) => Ok(day),
                None => Err("not a date"),
            }
        }
        _ => Err("not a date"),
    }
}

/// Returns the days that a date such as 03/04/2003 can mean in this order of day and month.
fn in_order(text: &str, order: DayOrder) -> Vec<Day> {
    let days = numeric_days(text);
    match (days.as_slice(), order) {
        // If the date can mean two days, `numeric_days` puts the meaning in the order day, month before the other
        // meaning.
        ([first, _], DayOrder::DayFirst) => vec![*first],
        ([_, second], DayOrder::MonthFirst) => vec![*second],
        _ => days,
    }
}

/// A timescale that was read from a cell. `is_open` is true if the meaning of the timescale must still be agreed.
pub struct ReadTimescale {
    pub timescale: Timescale,
    pub is_open: bool,
}

/// Reads the text of a cell as a timescale. If the meaning of the text is unknown, the timescale keeps the text and
/// gets the meaning "To be agreed".
pub fn timescale(text: &str, kind: Kind, order: DayOrder, mapping: &Mapping) -> ReadTimescale {
    let words = match kind {
        Kind::Date => text.get(..10).unwrap_or(text),
        _ => text,
    };
    if let Ok(timescale) = Timescale::parse(words) {
        return ReadTimescale { timescale, is_open: false };
    }
    let due = mapping.due.iter().find(|(known, _)| known.trim() == words).map(|(_, due)| due);
    let day = match in_order(words, order).as_slice() {
        [day] => Some(day.to_string()),
        _ => None,
    };
    let due = due.cloned().or(day).and_then(|due| Timescale::parse(due).ok());
    let is_open = due.is_none();
    let due = due.or_else(|| Timescale::parse(UNDATED).ok()).unwrap_or_else(Timescale::unreadable);
    ReadTimescale { timescale: Timescale::agreed(words.to_owned(), due), is_open }
}

/// The meaning of a timescale for which no due date is agreed yet.
pub const UNDATED: &str = "To be agreed";

/// Proposes a meaning for the wording of a timescale. Also returns a remark that explains the proposal.
pub fn proposal(wording: &str, order: DayOrder, published: Day) -> (String, String) {
    let reason = meaning(wording, order).unfinished();
    let help = reason.help(Some(published), Given::Line);
    let dues: Vec<&str> =
        help.split("`due = ").skip(1).filter_map(|rest| rest.split('`').next()).collect();
    let plain = |due: &str| due.trim_matches('"').to_owned();
    if remark_of(&reason) == SEVERAL {
        // If a wording contains several dates, the last date is proposed.
        let days = dues.iter().map(|due| plain(due)).filter(|due| {
            Timescale::parse(due.as_str()).is_ok_and(|due| due.term.deadline().is_some())
        });
        let last = days.max_by_key(|due| {
            Timescale::parse(due.as_str())
                .ok()
                .and_then(|due| due.term.deadline())
                .map(|due| due.last_day())
        });
        if let Some(last) = last {
            let others: Vec<String> = dues
                .iter()
                .map(|due| plain(due))
                .filter(|due| *due != last && due != UNDATED)
                .collect();
            return (last, format!("or {}: {SEVERAL}", others.join(", ")));
        }
    }
    let first = dues.iter().map(|due| plain(due)).find(|due| due != UNDATED);
    let others: Vec<String> =
        dues.iter().skip(1).map(|due| plain(due)).filter(|due| due != UNDATED).collect();
    let mut remark = reason.to_string();
    if !others.is_empty() {
        remark = format!("or {}: {remark}", others.join(", "));
    }
    (first.unwrap_or_else(|| UNDATED.to_owned()), remark)
}

const SEVERAL: &str = "several dates";

fn remark_of(reason: &NotATimescale) -> String {
    reason.to_string()
}

/// A word that a mapping can give for a value in a cell, such as a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MappedWord {
    Status(Status),
    Outlook(Outlook),
    Response(Response),
    Verdict(Verdict),
}

impl MappedWord {
    fn find(word: &str) -> Option<Self> {
        let status = Status::from_word(word).map(Self::Status);
        status
            .or_else(|| Outlook::from_word(word).map(Self::Outlook))
            .or_else(|| Response::from_word(word).map(Self::Response))
            .or_else(|| Verdict::from_word(word).map(Self::Verdict))
    }

    /// Returns all words that a mapping can give for a value, for use in messages.
    pub fn all() -> Vec<&'static str> {
        [Status::words(), Outlook::words(), Response::words(), Verdict::words()].concat()
    }
}

/// Returns the words that the mapping gives for a value, or `None` if the mapping does not have the value. The list of
/// words is empty if the mapping says that the value means nothing.
///
/// # Errors
/// Fails if the mapping gives an unknown word. The error is this word.
pub fn mapped(
    sheet: &SheetMapping,
    header: &str,
    value: &str,
) -> Option<Result<Vec<MappedWord>, String>> {
    let words = sheet.word(header, value)?;
    let words = words.split([' ', ',']).filter(|word| !word.is_empty());
    Some(words.map(|word| MappedWord::find(word).ok_or_else(|| word.to_owned())).collect())
}

/// Returns the word in `words` for a value that the mapping does not contain. The value must be equal to this word or
/// to one of its synonyms. Capitals are ignored.
pub fn meant(value: &str, words: &[&'static str]) -> Option<MappedWord> {
    word_meant(value, words.iter().copied()).and_then(MappedWord::find)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_plain_date_settles_a_column_where_none_contradicts() {
        let settled = |texts: &[&str]| settled(texts.iter().copied());
        assert_eq!(settled(&["03/04/2023", "30/04/2023"]), Settled::Order(DayOrder::DayFirst));
        assert_eq!(settled(&["03/04/2023", "04/30/2023"]), Settled::Order(DayOrder::MonthFirst));
        assert_eq!(settled(&["03/04/2023", "May 2003"]), Settled::Order(DayOrder::Unknown));
        assert_eq!(settled(&["30/04/2023", "04/30/2023"]), Settled::Contradicts);
    }

    #[test]
    fn a_day_is_never_guessed() {
        let read = |text| day(text, Kind::Text, DayOrder::Unknown);
        assert_eq!(read("2026-03-13T10:00:00Z"), Ok("2026-03-13".parse().unwrap()));
        assert_eq!(read("March 6, 2023"), Ok("2023-03-06".parse().unwrap()));
        assert_eq!(
            day("03/04/2023", Kind::Text, DayOrder::MonthFirst),
            Ok("2023-03-04".parse().unwrap())
        );
        for text in ["N/A", "Q2 2024", "03/04/2023", "May 2023", "45017", "Thursday", "12.5.3"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn words_that_are_not_read_are_kept_and_their_meaning_is_proposed() {
        let open = timescale("Spring 2025", Kind::Text, DayOrder::Unknown, &Mapping::default());
        assert!(open.is_open);
        assert_eq!(open.timescale.words(), "Spring 2025 (due: To be agreed)");
        let day = timescale("30/06/2023", Kind::Text, DayOrder::DayFirst, &Mapping::default());
        assert_eq!(day.timescale.words(), "30/06/2023 (due: 2023-06-30)");
        let published = "2023-01-01".parse().unwrap();
        assert_eq!(proposal("Spring 2025", DayOrder::Unknown, published).0, "2025-05");
        let (first, others) = proposal("03/04/2023", DayOrder::Unknown, published);
        assert_eq!(first, "2023-04-03");
        assert!(others.starts_with("or 2023-03-04"), "{others}");
        assert_eq!(
            proposal("CellAt Digital Centre launch", DayOrder::Unknown, published).0,
            UNDATED
        );
    }
}
