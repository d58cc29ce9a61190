//! How JSON and CSV are written: nothing in them steers a terminal or runs in a spreadsheet.

use serde::Serialize;
use serde_json::json;

use super::fact_value::FactValue;
use crate::model::{first_forbidden, is_forbidden, to_single_line};

/// JSON as people can read it too.
pub fn pretty_json(value: &impl Serialize) -> anyhow::Result<String> {
    Ok(escaped(serde_json::to_string_pretty(value)?) + "\n")
}

/// JSON in which what would steer a terminal stands escaped.
fn escaped(json: String) -> String {
    // Nearly every text is plain, and is not copied.
    if first_forbidden(&json).is_none() {
        return json;
    }
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter != '\n' && is_forbidden(letter) {
            text.push_str(&format!("\\u{:04x}", u32::from(letter)));
        } else {
            text.push(letter);
        }
    }
    text
}

/// A header, and the rows below it.
pub fn csv_lines(
    names: impl IntoIterator<Item = impl AsRef<[u8]>>,
    rows: impl IntoIterator<Item = impl IntoIterator<Item = String>>,
) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(names)?;
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// A cell with a value.
pub fn cell(value: &FactValue<'_>) -> String {
    match value {
        FactValue::Absent => String::new(),
        FactValue::Truth(truth) => truth.to_string(),
        FactValue::Number(number) => number.to_string(),
        FactValue::Text(text) => harmless(text),
        FactValue::Day(day) => day.to_string(),
        FactValue::Period(period) => period.iso(),
        FactValue::Own(value) => harmless(&value.to_string()),
        FactValue::List(items) => harmless(&items.join("; ")),
        FactValue::Table(table) if table.is_empty() => String::new(),
        FactValue::Table(table) => escaped(json!(table).to_string()),
    }
}

/// Text on one line, with a quote before it where a spreadsheet would take it for a formula.
pub fn harmless(text: &str) -> String {
    let text = to_single_line(text);
    if is_formula(&text) { format!("'{text}") } else { text }
}

/// Says whether a spreadsheet would take a text for a formula.
pub fn is_formula(text: &str) -> bool {
    // The wide forms are formulas too, once a spreadsheet of an East Asian language has read them.
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_cell_that_would_be_a_formula_begins_with_a_quote() {
        for text in ["=1", "+1", "-1", "@A1", "＝1", "＋1", "－1", "＠A1", " =1"] {
            assert_eq!(harmless(text), format!("'{}", text.trim()));
        }
        assert_eq!(harmless("1 = 1"), "1 = 1");
    }
}
