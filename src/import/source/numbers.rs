//! Formats the numbers and dates in workbooks as spreadsheet programs show them.

use calamine::ExcelDateTime;

use crate::import::table::{Cell, Kind};

/// The way in which a cell shows a number or a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFormat {
    /// The number is shown with as many digits as needed.
    General,
    /// A fixed number of digits after the decimal point.
    Places(usize),
    /// A percentage with a fixed number of digits after the decimal point.
    Percent(usize),
    Day,
    Month,
    Year,
}

impl NumberFormat {
    /// Parses the code of a number format, such as `0.00` or `mmm yyyy`.
    pub fn of_code(code: &str) -> Self {
        let code = plain(code);
        let has = |letter: char| code.contains(letter);
        let places = code.split_once('.').map_or(0, |(_, rest)| {
            rest.chars().take_while(|letter| "0#?".contains(*letter)).count()
        });
        match () {
            () if has('y') && !has('d') && !has('h') => {
                if has('m') {
                    Self::Month
                } else {
                    Self::Year
                }
            }
            () if has('y') || has('d') => Self::Day,
            () if code.is_empty() || code.contains("general") || has('@') => Self::General,
            () if has('%') => Self::Percent(places),
            () if code.chars().all(|letter| "0#?,. _-()$£€".contains(letter)) && has('0') => {
                Self::Places(places)
            }
            () => Self::General,
        }
    }

    /// Returns the cell that shows a number in this format.
    pub fn cell(self, number: f64) -> Cell {
        let bare = || Cell::new(&number.to_string(), Kind::Number);
        match self {
            Self::Places(places) => {
                let written = format!("{number:.places$}");
                // If the number format hides digits, the cell contains the whole number instead, so that no digits are
                // lost.
                match written.parse() == Ok(number) {
                    true => Cell::new(&written, Kind::Formatted),
                    false => bare(),
                }
            }
            Self::Percent(places) => {
                // Spreadsheet programs round a half up, but `format!` may round it down.
                let scale = 10f64.powi(i32::try_from(places).unwrap_or(0));
                let shown = (number * 100.0 * scale).round() / scale;
                Cell::new(&format!("{shown:.places$}%"), Kind::Formatted)
            }
            _ => bare(),
        }
    }

    /// Returns the cell that shows a date and time in this format.
    pub fn date_cell(self, moment: &ExcelDateTime) -> Cell {
        let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
        if moment.is_duration() || moment.as_f64() < 1.0 {
            return Cell::new(&format!("{hour:02}:{minute:02}"), Kind::Text);
        }
        let text = match self {
            Self::Month => format!("{year:04}-{month:02}"),
            Self::Year => format!("{year:04}"),
            _ if hour + minute > 0 => {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
            }
            _ => format!("{year:04}-{month:02}-{day:02}"),
        };
        Cell::new(&text, Kind::Date)
    }
}

/// Returns the part of a number format's code before the first `;`, in lower case. Colours, quoted text and escaped
/// characters are removed.
fn plain(code: &str) -> String {
    let mut plain = String::new();
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ';' => break,
            '"' => drop(letters.by_ref().find(|letter| *letter == '"')),
            '[' => drop(letters.by_ref().find(|letter| *letter == ']')),
            '\\' | '_' | '*' => drop(letters.next()),
            letter => plain.extend(letter.to_lowercase()),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_says_how_many_digits_a_number_has_and_what_part_of_a_date_counts() {
        use NumberFormat::*;
        for (code, format) in [
            ("General", General),
            ("0.00", Places(2)),
            ("#,##0.0_);(#,##0.0)", Places(1)),
            ("0", Places(0)),
            ("0%", Percent(0)),
            ("0.0%", Percent(1)),
            ("mmm yyyy", Month),
            ("[$-409]mmm\\-yy;@", Month),
            ("yyyy", Year),
            ("dd/mm/yyyy", Day),
            ("yyyy-mm-dd hh:mm", Day),
            ("d mmm", Day),
            ("@", General),
            ("\"day \"0", Places(0)),
        ] {
            assert_eq!(NumberFormat::of_code(code), format, "{code}");
        }
    }

    #[test]
    fn a_number_has_the_digits_of_its_format_where_that_does_not_round_it() {
        let text = |format: NumberFormat, number| format.cell(number);
        assert_eq!(text(NumberFormat::Places(2), 5.1), Cell::new("5.10", Kind::Formatted));
        assert_eq!(text(NumberFormat::Places(2), 5.123), Cell::new("5.123", Kind::Number));
        assert_eq!(text(NumberFormat::General, 5.1), Cell::new("5.1", Kind::Number));
        assert_eq!(text(NumberFormat::General, 5.0), Cell::new("5", Kind::Number));
        assert_eq!(text(NumberFormat::Percent(0), 0.125), Cell::new("13%", Kind::Formatted));
        assert_eq!(text(NumberFormat::Percent(1), 0.125), Cell::new("12.5%", Kind::Formatted));
    }
}
