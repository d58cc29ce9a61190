//! The scale of a timeline, which converts days to columns and labels the columns.

use chrono::Datelike;

use crate::{
    doc::scale,
    model::{Day, Month},
};

const MONTH: u32 = 1;
const QUARTER: u32 = 3;
const YEAR: u32 = 12;
/// The number of digits of a year.
const YEAR_WIDTH: usize = 4;
/// The minimum width of a month or a quarter, and the maximum width of any unit, in columns.
const LEAST_COLUMNS: usize = 3;
const MOST_COLUMNS: usize = 9;
/// The scale treats every month as if it had this number of days, so that all months are equally wide.
const DAYS: u32 = 31;

/// The scale of a timeline: consecutive units of equal width, such as months or years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// The first month of the scale, as the number of months since the beginning of the year 0.
    first: u32,
    /// The number of months in a unit.
    months: u32,
    units: usize,
    /// The number of columns in a unit.
    columns: usize,
}

/// A unit of the scale: its first column and its first month.
type Unit = (usize, u32);
/// A label of the scale: its first column and its text.
pub type Label = (usize, String);

impl Scale {
    /// Returns the scale from `from` to `to` with the shortest units that fit into `room` columns.
    pub fn fit(from: Day, to: Day, room: usize) -> Self {
        let fits = |months| {
            let least = if months < YEAR { LEAST_COLUMNS } else { 1 };
            // Two months or half a year have no name, so they are not used as units.
            let is_unit = months >= YEAR || matches!(months, MONTH | QUARTER);
            is_unit && Self::of(from, to, months, room).units * least <= room
        };
        Self::of(from, to, scale::step(fits), room)
    }

    fn of(from: Day, to: Day, months: u32, room: usize) -> Self {
        let first = scale::month(from) / months * months;
        let units = (scale::month(to).saturating_sub(first) / months + 1) as usize;
        Self { first, months, units, columns: (room / units).clamp(1, MOST_COLUMNS) }
    }

    pub fn width(&self) -> usize {
        self.units * self.columns
    }

    /// Returns the column of a day. A day outside the scale gets the first or last column.
    pub fn column(&self, day: Day) -> usize {
        let months = scale::month(day).saturating_sub(self.first);
        let length = Month::of(day).last_day().day();
        let days = (months * DAYS + day.day0() * DAYS / length) as usize;
        let column = days * self.columns / (self.months * DAYS) as usize;
        if scale::month(day) < self.first { 0 } else { column.min(self.width() - 1) }
    }

    /// Returns the labels line by line: the years and, if the units are shorter than a year, the quarters or months.
    pub fn labels(&self) -> Vec<Vec<Label>> {
        let years = if self.months < YEAR {
            let begins = |(column, month): &Unit| *column == 0 || month % YEAR == 0;
            self.every().filter(begins).collect()
        } else {
            self.regular(YEAR_WIDTH)
        };
        let years = years.into_iter().map(|(at, month)| (at, format!("{:04}", month / YEAR)));
        let mut years: Vec<Label> = years.collect();
        if let Some((at, _)) = years.last_mut().filter(|_| self.months < YEAR) {
            // The last year may have fewer columns than its label, so the label moves to the left.
            *at = (*at).min(self.width().saturating_sub(YEAR_WIDTH));
        }
        let years = self.apart(years);
        let part = |(at, month): Unit| match self.months {
            MONTH => (at, Month::new(1, month % YEAR + 1).map_or_else(String::new, Month::short)),
            _ => (at, format!("Q{}", month % YEAR / QUARTER + 1)),
        };
        match self.months {
            MONTH => vec![years, self.regular(3).into_iter().map(part).collect()],
            QUARTER => vec![years, self.regular(2).into_iter().map(part).collect()],
            _ => vec![years],
        }
    }

    fn every(&self) -> impl Iterator<Item = Unit> {
        let unit = |unit| (unit * self.columns, self.first + unit as u32 * self.months);
        (0..self.units).map(unit)
    }

    /// Returns the units that get a label, at regular intervals. Labels of `width` columns at these units do not touch.
    fn regular(&self, width: usize) -> Vec<Unit> {
        let step = match width / self.columns + 1 {
            step @ 1..=2 => step as u32,
            _ => 5,
        };
        self.every().filter(|(_, month)| (month / self.months).is_multiple_of(step)).collect()
    }

    /// Drops the labels that would touch the next label or extend beyond the last column.
    fn apart(&self, labels: Vec<Label>) -> Vec<Label> {
        let starts = labels.iter().skip(1).map(|(at, _)| at - 1).chain([self.width()]);
        let ends: Vec<usize> = starts.collect();
        let fits =
            |((at, words), end): (Label, usize)| (at + words.len() <= end).then_some((at, words));
        labels.into_iter().zip(ends).filter_map(fits).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn scale(from: &str, to: &str, room: usize) -> Scale {
        Scale::fit(day(from), day(to), room)
    }

    fn lines(scale: &Scale) -> Vec<String> {
        let line = |labels: Vec<Label>| {
            labels.into_iter().fold(String::new(), |line, (at, words)| format!("{line:at$}{words}"))
        };
        scale.labels().into_iter().map(line).collect()
    }

    #[test]
    fn months_are_drawn_where_each_has_three_columns_and_quarters_where_not() {
        let eleven = |room| scale("2003-05-08", "2004-03-31", room);
        assert_eq!(
            lines(&eleven(44)),
            ["2003                            2004", "May Jun Jul Aug Sep Oct Nov Dec Jan Feb Mar"]
        );
        assert_eq!(
            lines(&eleven(33)),
            ["2003                    2004", "May   Jul   Sep   Nov   Jan   Mar"]
        );
        assert_eq!(
            lines(&eleven(32)),
            ["2003                    2004", "Q2      Q3      Q4      Q1"]
        );
    }

    #[test]
    fn the_last_year_is_named_where_only_its_first_month_is_drawn() {
        assert_eq!(
            lines(&scale("2003-05-08", "2004-01-31", 27)),
            ["2003                   2004", "May   Jul   Sep   Nov   Jan"]
        );
    }

    #[test]
    fn years_are_drawn_where_quarters_do_not_fit_and_then_many_years_at_once() {
        let long = |room| scale("2003-05-08", "2028-03-31", room);
        assert_eq!(long(300).months, QUARTER);
        assert_eq!((long(299).months, long(299).columns), (YEAR, 9));
        assert_eq!((long(26).months, long(26).columns), (YEAR, 1));
        assert_eq!(lines(&long(26)), ["  2005 2010 2015 2020 2025"]);
        assert_eq!((long(25).months, long(25).units), (2 * YEAR, 14));
        assert_eq!(scale("0001-01-01", "9999-12-31", 12).months, 1000 * YEAR);
    }

    #[test]
    fn a_month_ends_in_its_own_last_column_and_the_next_begins_after_it() {
        let scale = scale("2003-02-01", "2003-12-31", 44);
        assert_eq!(scale.column(day("2003-02-01")), 0);
        assert_eq!(scale.column(day("2003-02-28")), 3);
        assert_eq!(scale.column(day("2003-03-01")), 4);
        assert_eq!(scale.column(day("2003-04-30")), 11);
        assert_eq!(scale.column(day("2003-12-31")), 43);
    }

    #[test]
    fn a_day_outside_stands_at_the_edge() {
        let scale = scale("2003-05-08", "2004-03-31", 44);
        assert_eq!(scale.column(day("2002-01-01")), 0);
        assert_eq!(scale.column(day("2009-01-01")), 43);
    }

    proptest! {
        #![proptest_config(crate::testing::cases(256))]

        #[test]
        fn later_days_never_stand_further_left_and_every_scale_fits(
            days in proptest::collection::vec(-700_000i64..2_900_000, 3),
            room in 12usize..200,
        ) {
            let mut days: Vec<Day> = days
                .into_iter()
                .map(|days| day("2000-01-01") + chrono::Duration::days(days))
                .collect();
            days.sort_unstable();
            let scale = Scale::fit(days[0], days[2], room);
            prop_assert!(scale.width() <= room, "{:?}", scale);
            let columns: Vec<usize> = days.iter().map(|day| scale.column(*day)).collect();
            prop_assert!(columns.is_sorted(), "{:?} {:?}", scale, columns);
            for line in lines(&scale) {
                prop_assert!(line.len() <= scale.width(), "{:?} {}", scale, line);
            }
        }
    }
}
