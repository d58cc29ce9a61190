//! Encodes JSON and CSV so that no value controls a terminal or runs as a formula in a spreadsheet.

use serde::Serialize;
use serde_json::json;

use super::fact_value::FactValue;
use crate::model::{first_forbidden, is_forbidden, is_formula, to_single_line};

/// Encodes a value as indented JSON.
pub fn pretty_json(value: &impl Serialize) -> anyhow::Result<String> {
    Ok(escaped(serde_json::to_string_pretty(value)?) + "\n")
}

/// Escapes the characters in a JSON text that could control a terminal.
fn escaped(json: String) -> String {
    // Most JSON texts contain no character to escape and are returned without a copy.
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

/// Encodes a header and the rows below it as CSV.
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

/// Encodes a value as a CSV cell.
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

/// Returns the text on one line. If a spreadsheet would read the text as a formula, `'` is put before the text.
pub fn harmless(text: &str) -> String {
    let text = to_single_line(text);
    if is_formula(&text) { format!("'{text}") } else { text }
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
