//! The mapping: a small TOML file that says which column of a file is which key of a plan, and which value which word.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::target::{Rows, Target};
use crate::{
    edit::Refusal,
    model::{Day, DayOrder, Keyword, Timescale, nearest, one_of, printable, vocabulary},
};

/// A mapping.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The title of the plan that is made.
    pub title: Option<String>,
    /// The day on which that plan was published.
    pub date: Option<toml::value::Datetime>,
    /// Who says what is imported: entries are found again by it.
    pub by: Option<String>,
    /// The priorities of the plan that is made, highest first.
    #[serde(default)]
    pub priorities: Vec<String>,
    #[serde(default)]
    pub sheet: Vec<SheetMapping>,
    /// The meanings of wordings that are no dates by themselves.
    #[serde(default)]
    pub due: BTreeMap<String, String>,
}

/// How one sheet is read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetMapping {
    /// Its name; a csv file has one sheet without a name.
    #[serde(default)]
    pub name: String,
    /// The things that its rows are.
    #[serde(default, deserialize_with = "rows")]
    pub rows: Rows,
    /// The row of its headers; found where it is not said.
    pub header: Option<u32>,
    /// The first row of its data.
    pub first: Option<u32>,
    /// An id made of columns: `{audit}-{number}`.
    pub id: Option<String>,
    /// Columns whose empty cells have the value above.
    #[serde(default)]
    pub fill_down: Vec<String>,
    /// The key of each column, by its header.
    #[serde(default)]
    pub columns: BTreeMap<String, Keys>,
    /// The words of the values of columns.
    #[serde(default)]
    pub words: BTreeMap<String, BTreeMap<String, String>>,
    /// The order of the numbers in the dates of columns: `dmy` or `mdy`.
    #[serde(default)]
    pub dates: BTreeMap<String, String>,
    /// The labels by which the cells of columns are split.
    #[serde(default)]
    pub labels: BTreeMap<String, Vec<String>>,
}

/// One key, or several.
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
    /// The order of the numbers in dates.
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

fn rows<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Rows, D::Error> {
    let word = String::deserialize(from)?;
    Rows::from_word(&word).ok_or_else(|| {
        let help = one_of("kind of rows", &word, Rows::words().into_iter());
        serde::de::Error::custom(format!("`rows = \"{word}\"`: {help}"))
    })
}

impl Mapping {
    /// Reads a mapping; `name` is how messages call its file.
    ///
    /// # Errors
    /// It is no TOML, or has keys, words or meanings that nothing is known of.
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

    /// The day of the plan that is made, where it is said.
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
            fault("`date` is no day".to_owned(), "write it as 2003-05-08".to_owned());
        }
        if self.sheet.is_empty() {
            let help = "`plan import FILE --suggest-map` prints one to correct";
            fault("the mapping has no `[[sheet]]`".to_owned(), help.to_owned());
        }
        for (wording, due) in &self.due {
            match (Timescale::parse(wording.as_str()), Timescale::parse(due.as_str())) {
                (Ok(_), _) => fault(
                    format!("`{wording}` is read by itself"),
                    "take the line out of `[due]`".to_owned(),
                ),
                (_, Err(reason)) => fault(
                    format!("`{wording}` cannot mean `{due}`: {reason}"),
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
                fault(format!("dates of `{header}`: `{order}` is no order of numbers"), help);
            }
        }
    }

    /// The order of numbers in the dates of a column, where it is said.
    pub fn order(&self, header: &str) -> Option<DayOrder> {
        let order = self.dates.iter().find(|(known, _)| same_header(known, header));
        order.and_then(|(_, order)| Order::from_word(order)).map(DayOrder::from)
    }

    /// The word for a value of a column, where the mapping has it.
    pub fn word(&self, header: &str, value: &str) -> Option<&str> {
        let (_, words) = self.words.iter().find(|(known, _)| same_header(known, header))?;
        let same = |known: &str| known.trim().to_lowercase() == value.to_lowercase();
        let word = words
            .get(value)
            .or_else(|| words.iter().find(|(known, _)| same(known)).map(|(_, word)| word));
        word.map(String::as_str)
    }
}

/// The message of an error of TOML, and the key that is meant.
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

/// Says whether two headers are the same but for spaces, signs and capitals.
pub fn same_header(one: &str, other: &str) -> bool {
    one == other || plain_header(one) == plain_header(other)
}

/// A header without what may change from month to month: spaces, signs, capitals. Of signs alone, as it is.
pub fn plain_header(header: &str) -> String {
    let letters = header.chars().filter(|letter| letter.is_alphanumeric());
    let plain: String = letters.flat_map(char::to_lowercase).collect();
    if plain.is_empty() { header.trim().to_owned() } else { plain }
}
