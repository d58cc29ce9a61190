//! Dates of three numbers, such as `3/4/2025`. The first number may be the day or the month.

use super::super::{Day, NotAPeriod, Period};

/// The order of the day and the month in dates of three numbers, if known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    Unknown,
    DayFirst,
    MonthFirst,
}

/// Returns the one or two days that a date of three numbers may mean. The last number is the year. `order` is the order
/// of the two other numbers, if this order is known.
///
/// # Errors
/// Fails if the numbers make no existing date in either order.
pub fn numeric([one, other, year]: [u32; 3], order: DayOrder) -> Result<Vec<Period>, NotAPeriod> {
    let day_first = Period::build(year, other, Some(one));
    let month_first = Period::build(year, one, Some(other));
    match (order, day_first, month_first) {
        (DayOrder::DayFirst, Ok(day), _) | (DayOrder::MonthFirst, _, Ok(day)) => Ok(vec![day]),
        (_, Ok(first), Ok(second)) if first != second => Ok(vec![first, second]),
        (_, Ok(day), _) | (_, _, Ok(day)) => Ok(vec![day]),
        (_, Err(reason), Err(_)) if (1..=12).contains(&other) => Err(reason),
        (_, _, Err(reason)) => Err(reason),
    }
}

/// Returns the days that a date such as `19/11/2020` may mean. The list is empty if the text is not a date of three
/// numbers.
pub fn numeric_days(written: &str) -> Vec<Day> {
    let numbers = three_numbers(written).filter(|(_, length)| *length == written.len());
    let periods = numbers.and_then(|(numbers, _)| numeric(numbers, DayOrder::Unknown).ok());
    periods.into_iter().flatten().map(Period::last_day).collect()
}

/// Returns the order of the day and the month in the dates of a text. A date that has only one meaning, such as
/// `19/11/2020`, shows the order. If two such dates show opposite orders, the result is `Unknown`.
pub fn day_order(text: &str) -> DayOrder {
    let mut order = DayOrder::Unknown;
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        rest = &rest[start..];
        let date = three_numbers(rest);
        let found = match date {
            Some(([13..=31, 1..=12, _], _)) => DayOrder::DayFirst,
            Some(([1..=12, 13..=31, _], _)) => DayOrder::MonthFirst,
            _ => DayOrder::Unknown,
        };
        match (order, found) {
            (_, DayOrder::Unknown) => {}
            (DayOrder::Unknown, found) => order = found,
            (known, found) if known == found => {}
            _ => return DayOrder::Unknown,
        }
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        rest = &rest[date.map_or(digits, |(_, length)| length)..];
    }
    order
}

/// Reads a date of three numbers at the beginning of a text. Returns the numbers and the length of the date in bytes.
fn three_numbers(text: &str) -> Option<([u32; 3], usize)> {
    let mut numbers = [0; 3];
    let mut at = 0;
    for (place, number) in numbers.iter_mut().enumerate() {
        if place > 0 {
            at += usize::from(text[at..].starts_with(['/', '.']));
        }
        let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        let is_right =
            if place < 2 { (1..=2).contains(&digits) } else { digits == 2 || digits == 4 };
        if !is_right {
            return None;
        }
        *number = text[at..at + digits].parse().ok()?;
        at += digits;
        let is_parted = place == 2 || text[at..].starts_with(['/', '.']);
        if !is_parted {
            return None;
        }
        if place == 2 && digits == 2 {
            *number += 2000;
        }
    }
    Some((numbers, at))
}
