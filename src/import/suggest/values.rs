//! Examines the values of a sheet for a suggested mapping: words such as statuses, the order of day and month, and
//! timescales.

use std::collections::{BTreeMap, HashSet};

use super::{LONGEST_VALUE, MOST_WORDS, Suggested, words};
use crate::{
    import::{
        mapping::SheetMapping,
        reading::{self, Settled},
        view::{Column, SheetView},
    },
    model::{Day, DayOrder, Timescale},
};

/// Examines the values in all columns of a sheet, and completes the suggested mapping with words, date orders and
/// timescales.
pub(super) fn of_values(
    view: &SheetView<'_>,
    mapping: &mut SheetMapping,
    number: usize,
    suggested: &mut Suggested,
    days: &mut Vec<Day>,
) {
    for (header, keys) in mapping.columns.clone() {
        let header = &header;
        let Some(column) = view.column(header) else { continue };
        for name in keys.names() {
            let plain = name.trim_start_matches("action.");
            match plain {
                "status" | "outlook" | "response" | "verified" => {
                    let known = of_words(view, column, mapping, plain, number, suggested);
                    if !known.is_empty() {
                        mapping.words.entry(header.clone()).or_default().extend(known);
                    }
                }
                "priority" => {
                    let values = view.texts(column).map(str::to_owned);
                    suggested.mapping.priorities.extend(values.collect::<HashSet<_>>());
                }
                "timescale" | "revised" | "to" | "on" | "date" | "response_on" | "verified_on" => {
                    let order = order(view, column, number, suggested, mapping);
                    if matches!(plain, "timescale" | "revised" | "to") {
                        wordings(view, column, order, suggested);
                    } else {
                        days.extend(view.rows().filter_map(|row| {
                            reading::day(row.text(column.at), row.kind(column.at), order).ok()
                        }));
                    }
                }
                _ => {}
            }
        }
    }
}

/// Returns the words of the plan that the values of a column most likely mean. Values without a likely word become
/// questions to the user.
fn of_words(
    view: &SheetView<'_>,
    column: &Column,
    mapping: &SheetMapping,
    key: &str,
    number: usize,
    suggested: &mut Suggested,
) -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for text in view.texts(column).filter(|text| text.len() <= LONGEST_VALUE) {
        let is_given = mapping.word(&column.header, text).is_some();
        if is_given || !seen.insert(text) || seen.len() > MOST_WORDS {
            continue;
        }
        match words::likely(text, key) {
            Some(word) => drop(known.insert(text.to_owned(), word.to_owned())),
            None => suggested.open_words.push((number, column.header.clone(), text.to_owned())),
        }
    }
    known
}

/// Returns the order of day and month in the dates of a column. If the order is unclear, adds a question to the user.
pub(super) fn order(
    view: &SheetView<'_>,
    column: &Column,
    number: usize,
    suggested: &mut Suggested,
    mapping: &mut SheetMapping,
) -> DayOrder {
    if let Some(given) = mapping.order(&column.header) {
        return given;
    }
    let ambiguous = view.texts(column).find(|text| reading::is_ambiguous(text));
    let header = column.header.clone();
    match (reading::settled(view.texts(column)), ambiguous) {
        (Settled::Contradicts, _) => {
            let remark =
                "some dates can only be read day first, but others only month first".to_owned();
            suggested.open_orders.push((number, header, remark));
            DayOrder::Unknown
        }
        (Settled::Order(DayOrder::Unknown), Some(text)) => {
            suggested.open_orders.push((
                number,
                header,
                format!("{text} could be day first or month first"),
            ));
            DayOrder::Unknown
        }
        (Settled::Order(order), _) => {
            let word = match order {
                DayOrder::DayFirst => Some("dmy"),
                DayOrder::MonthFirst => Some("mdy"),
                DayOrder::Unknown => None,
            };
            if let Some(word) = word {
                mapping.dates.insert(header, word.to_owned());
            }
            order
        }
    }
}

/// Collects the timescales with an unclear meaning from a column.
pub(super) fn wordings(
    view: &SheetView<'_>,
    column: &Column,
    order: DayOrder,
    suggested: &mut Suggested,
) {
    for row in view.rows() {
        let text = row.text(column.at);
        let read = reading::timescale(text, row.kind(column.at), order, &suggested.mapping);
        let words = &read.timescale.wording;
        let is_new = read.is_open
            && !text.is_empty()
            && !suggested.wordings.iter().any(|(known, ..)| known == words);
        if is_new && Timescale::parse(words.as_str()).is_err() {
            let order = if order == DayOrder::MonthFirst { "mdy" } else { "" };
            suggested.wordings.push((words.clone(), order.to_owned(), String::new()));
        }
    }
}
