//! The mapping for an import: a TOML file that says which key of a plan each column fills, and which word of the plan
//! each value means.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::target::{Rows, Target};
use crate::{
    edit::Refusal,
    model::{Day, DayOrder, Keyword, Status, Timescale, nearest, one_of, printable, vocabulary},
};

/// A mapping, which says which key of a plan each column of a file fills.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The title of the new plan.
    pub title: Option<String>,
    /// The publication date of the new plan.
    pub date: Option<toml::value::Datetime>,
    /// The value of the key `by` in imported entries. Later imports recognise the imported entries by this value.
    pub by: Option<String>,
    /// The priorities of the new plan, from the highest to the lowest.
    #[serde(default)]
    pub priorities: Vec<String>,
    #[serde(default)]
    pub sheet: Vec<SheetMapping>,
    /// The agreed meanings of timescales that are not dates, such as `2025-05` for `Spring 2025`.
    #[serde(default)]
    pub due: BTreeMap<String, String>,
}

/// The mapping of one sheet in the file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetMapping {
    /// The name of the sheet. The single sheet of a csv file has an empty name.
    #[serde(default)]
    pub name: String,
    /// The kind of items that the rows of the sheet contain.
    #[serde(default, deserialize_with = "rows")]
    pub rows: Rows,
    /// The number of the row with the headings. If this number is missing, the program searches for the row.
    pub header: Option<u32>,
    /// The number of the first row of data.
    pub first: Option<u32>,
    /// The pattern for the ids of the rows, such as `{audit}-{number}`. The headings in braces stand for the cells of
    /// the row.
    pub id: Option<String>,
    /// The status of all rows that do not give a status themselves.
    #[serde(default, deserialize_with = "status")]
    pub status: Option<Status>,
    /// The headings of the columns in which an empty cell stands for the value in the cell above.
    #[serde(default)]
    pub fill_down: Vec<String>,
    /// The keys of the plan that each column fills. A column is named by its heading.
    #[serde(default)]
    pub columns: BTreeMap<String, Keys>,
    /// For each column, the values in its cells and the words of the plan that these values mean.
    #[serde(default)]
    pub words: BTreeMap<String, BTreeMap<String, String>>,
    /// The order of day and month in the dates of each column: `dmy` (day first) or `mdy` (month first).
    #[serde(default)]
    pub dates: BTreeMap<String, String>,
    /// For each column, the labels at which the texts of its cells are split.
    #[serde(default)]
    pub labels: BTreeMap<String, Vec<String>>,
}

/// One or several keys of the plan that a column fills.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Keys {
    One(String),
    Several(Vec<String>),
}

impl Keys {
    pub fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

vocabulary! {
    /// The order of day and month in a date that is written in numbers.
    Order {
        DayFirst = "dmy",
        MonthFirst = "mdy",
    }
}

impl From<Order> for DayOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::DayFirst => Self::DayFirst,
            Order::MonthFirst => Self::MonthFirst,
        }
    }
}

fn status<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Status>, D::Error> {
    let word = String::deserialize(from)?;
    Status::from_word(&word).map(Some).ok_or_else(|| {
        let help = one_of("status", &word, Status::words().into_iter());
        serde::de::Error::custom(format!("`status = \"{word}\"`: {help}"))
    })
}

fn rows<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Rows, D::Error> {
    let word = String::deserialize(from)?;
    Rows::from_word(&word).ok_or_else(|| {
        let help = one_of("kind of row", &word, Rows::words().into_iter());
        serde::de::Error::custom(format!("`rows = \"{word}\"`: {help}"))
    })
}

impl Mapping {
    /// Reads a mapping from the text of a TOML file. Messages refer to this file by `name`.
    ///
    /// # Errors
    /// Fails if the text is not valid TOML, has unknown keys, or has values that cannot be read.
    pub fn parse(text: &str, name: &str) -> Result<Self, Refusal> {
        let mapping: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            let (message, help) = told(error.message());
            Refusal { message: format!("{name}:{line}: {message}"), help, more: Vec::new() }
        })?;
        let faults = mapping.faults(name);
        let mut faults = faults.into_iter();
        match faults.next() {
            Some(first) => Err(Refusal { more: faults.collect(), ..first }),
            None => Ok(mapping),
        }
    }

    /// Returns the publication date of the new plan, if the mapping gives this date.
    pub fn day(&self) -> Option<Day> {
        self.date.and_then(|date| date.to_string().parse().ok())
    }

    fn faults(&self, name: &str) -> Vec<Refusal> {
        let mut faults = Vec::new();
        let mut fault = |message: String, help: String| {
            let message = printable(&format!("{name}: {message}"));
            faults.push(Refusal { message, help: Some(help), more: Vec::new() });
        };
        if self.date.is_some() && self.day().is_none() {
            fault(
                "`date` is not a full date".to_owned(),
                "write a date with a day, as in 2003-05-08".to_owned(),
            );
        }
        if self.sheet.is_empty() {
            let help =
                "print a mapping with `plan import FILE --suggest-map`, then correct the mapping";
            fault("the mapping has no `[[sheet]]`".to_owned(), help.to_owned());
        }
        for (wording, due) in &self.due {
            match (Timescale::parse(wording.as_str()), Timescale::parse(due.as_str())) {
                (Ok(_), _) => fault(
                    format!("`{wording}` can already be read as a timescale"),
                    "delete the line under `[due]`".to_owned(),
                ),
                (_, Err(reason)) => fault(
                    format!("the date `{due}` for `{wording}` cannot be read: {reason}"),
                    "write 2003-12-31, 2003-12, Ongoing or To be agreed".to_owned(),
                ),
                _ => {}
            }
        }
        for sheet in &self.sheet {
            sheet.faults(&mut fault);
        }
        faults
    }
}

impl SheetMapping {
    fn faults(&self, fault: &mut impl FnMut(String, String)) {
        for (header, keys) in &self.columns {
            for key in keys.names().iter().filter(|key| Target::find(self.rows, key).is_none()) {
                let known = Target::names(self.rows);
                let meant = nearest(key, known.iter().map(String::as_str));
                let help = match meant {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("write one of {}", known.join(", ")),
                };
                fault(format!("column `{header}`: there is no key `{key}`"), help);
            }
        }
        for (header, order) in &self.dates {
            if Order::from_word(order).is_none() {
                let help = "write \"dmy\" for 31/12/2003, or \"mdy\" for 12/31/2003".to_owned();
                fault(
                    format!(
                        "dates of `{header}`: `{order}` is not an order of day, month and year"
                    ),
                    help,
                );
            }
        }
    }

    /// Checks whether the mapping says that a column is not imported.
    pub fn leaves_out(&self, header: &str) -> bool {
        self.headers(|target| target == Target::Nothing).any(|known| same_header(known, header))
    }

    /// Returns the headings of the columns with a target that satisfies `is_meant`.
    pub fn headers(&self, is_meant: impl Fn(Target) -> bool) -> impl Iterator<Item = &str> {
        let has = move |keys: &Keys| {
            keys.names().iter().filter_map(|key| Target::find(self.rows, key)).any(&is_meant)
        };
        self.columns.iter().filter(move |(_, keys)| has(keys)).map(|(header, _)| header.as_str())
    }

    /// Returns the order of day and month in the dates of a column, if the mapping gives this order.
    pub fn order(&self, header: &str) -> Option<DayOrder> {
        let order = self.dates.iter().find(|(known, _)| same_header(known, header));
        order.and_then(|(_, order)| Order::from_word(order)).map(DayOrder::from)
    }

    /// Returns the word of the plan for a value in a column, if the mapping gives this word.
    pub fn word(&self, header: &str, value: &str) -> Option<&str> {
        let (_, words) = self.words.iter().find(|(known, _)| same_header(known, header))?;
        let same = |known: &str| known.trim().to_lowercase() == value.to_lowercase();
        let word = words
            .get(value)
            .or_else(|| words.iter().find(|(known, _)| same(known)).map(|(_, word)| word));
        word.map(String::as_str)
    }
}

/// Rewords an error message of the TOML parser for the user. If the error is an unknown key, also returns a help text.
fn told(message: &str) -> (String, Option<String>) {
    let Some((unknown, known)) =
        message.strip_prefix("unknown field `").and_then(|rest| rest.split_once("`, expected "))
    else {
        return (message.to_owned(), None);
    };
    if unknown == "plan" {
        let help = "name the plan with `--into`, and the mapping with `--map`".to_owned();
        return ("this is a plan, not a mapping".to_owned(), Some(help));
    }
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    let help = one_of("key", unknown, known.into_iter());
    (format!("unknown key `{unknown}`"), Some(help))
}

/// Checks whether two headings are equal apart from spaces, punctuation and capitals.
pub fn same_header(one: &str, other: &str) -> bool {
    one == other || plain_header(one) == plain_header(other)
}

/// Returns a heading in lower case, without spaces and punctuation. A heading that consists only of punctuation keeps
/// its punctuation.
pub fn plain_header(header: &str) -> String {
    let letters = header.chars().filter(|letter| letter.is_alphanumeric());
    let plain: String = letters.flat_map(char::to_lowercase).collect();
    if plain.is_empty() { header.trim().to_owned() } else { plain }
}
