//! Reads JSON files. A list of objects becomes a sheet with a row for each object, and each list inside the objects
//! becomes another sheet.

use std::collections::HashMap;

use anyhow::{anyhow, bail};
use serde_json::{Map, Value};

use super::{MOST_CELLS, MOST_COLUMNS, Reading, Source};
use crate::import::table::{Cell, Kind, Row, Sheet};

/// The separator between several values in one cell.
const BETWEEN: &str = "; ";
/// The maximum number of lists that an error message names.
const NAMED: usize = 8;

/// Reads a JSON file as sheets: one for the list of objects, and one for each list inside the objects.
pub fn read(bytes: &[u8], how: Reading<'_>) -> anyhow::Result<Source> {
    let text = std::str::from_utf8(bytes).map_err(|_| anyhow!("the JSON file is not UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}');
    let value: Value = serde_json::from_str(text).map_err(|error| anyhow!("not JSON: {error}"))?;
    let (path, objects) = match how.path {
        Some(path) => (path.to_owned(), list_at(&value, path)?),
        None => only_list(&value)?,
    };
    let mut sheets = Sheets::default();
    for (number, object) in (1..).zip(objects) {
        match object {
            Value::Object(object) => sheets.add(number, object)?,
            _ => bail!("entry {number} of the list is not an object"),
        }
    }
    let name = path.rsplit('.').next().unwrap_or_default().to_owned();
    Ok(Source { sheets: sheets.finish(name), unit: "object", ..Source::default() })
}

/// Finds the list at a path of keys, such as `data.recommendations`.
fn list_at<'v>(value: &'v Value, path: &str) -> anyhow::Result<&'v Vec<Value>> {
    let mut keys = path.split('.').filter(|key| !key.is_empty());
    let found = keys.try_fold(value, |value, key| value.get(key));
    found.and_then(Value::as_array).ok_or_else(|| {
        let known = lists(value);
        let known = if known.is_empty() {
            String::new()
        } else {
            format!("; lists in the file: {}", known.join(", "))
        };
        anyhow!("there is no list at `{path}`{known}")
    })
}

/// Finds the only list of objects in a JSON file, and the path of this list. Fails if the file has no such list, or has
/// several.
fn only_list(value: &Value) -> anyhow::Result<(String, &Vec<Value>)> {
    if let Value::Array(objects) = value {
        return Ok((String::new(), objects));
    }
    let known = lists(value);
    match known.as_slice() {
        [] => bail!("the file has no list of objects"),
        [only] => Ok((only.clone(), list_at(value, only)?)),
        several => bail!(
            "the file has several lists of objects: name one with `--path-in-json`: {}",
            several.join(", ")
        ),
    }
}

/// Returns the paths of the lists of objects in a JSON value.
fn lists(value: &Value) -> Vec<String> {
    let Value::Object(object) = value else {
        return Vec::new();
    };
    let below = object.iter().flat_map(|(key, value)| match value {
        Value::Array(items) if items.iter().any(Value::is_object) => vec![key.clone()],
        value => lists(value).into_iter().map(|rest| format!("{key}.{rest}")).collect(),
    });
    below.take(NAMED).collect()
}

/// A sheet under construction. `columns` maps the heading of each column to the index of the column.
#[derive(Default)]
struct Growing {
    columns: HashMap<String, usize>,
    header: Row,
    rows: Vec<Row>,
}

impl Growing {
    fn put(&mut self, row: &mut Row, path: &str, cell: Cell) {
        if cell.text.is_empty() {
            return;
        }
        let next = self.columns.len();
        let column = *self.columns.entry(path.to_owned()).or_insert(next);
        if column == next {
            self.header.put(column, Cell::new(path, Kind::Text));
        }
        row.put(column, cell);
    }
}

/// The sheets under construction: `whole` for the main list of objects, and `inside` for the lists inside these
/// objects.
#[derive(Default)]
struct Sheets {
    whole: Growing,
    inside: Vec<(String, Growing)>,
    cells: u64,
}

impl Sheets {
    fn add(&mut self, number: u32, object: &Map<String, Value>) -> anyhow::Result<()> {
        let mut row = Row { number, ..Row::default() };
        let mut lists = Vec::new();
        let mut values = Vec::new();
        flatten("", object, &mut values, &mut lists);
        self.cells += values.len() as u64;
        for (path, cell) in values {
            self.whole.put(&mut row, &path, cell);
        }
        self.whole.rows.push(row);
        for (path, items) in lists {
            let at = self.inside.iter().position(|(known, _)| *known == path);
            let at = at.unwrap_or_else(|| {
                self.inside.push((path, Growing::default()));
                self.inside.len() - 1
            });
            let sheet = &mut self.inside[at].1;
            for item in items.iter().filter_map(Value::as_object) {
                let next = sheet.rows.len() + 1;
                let mut row = Row {
                    number: u32::try_from(next).unwrap_or(u32::MAX),
                    parent: Some(number),
                    ..Row::default()
                };
                let (mut values, mut deeper) = (Vec::new(), Vec::new());
                flatten("", item, &mut values, &mut deeper);
                values.extend(deeper.into_iter().flat_map(|(path, items)| joined(&path, items)));
                self.cells += values.len() as u64;
                for (path, cell) in values {
                    sheet.put(&mut row, &path, cell);
                }
                sheet.rows.push(row);
            }
        }
        if self.cells > MOST_CELLS {
            bail!("more than {MOST_CELLS} values: split the file and import the parts");
        }
        let widest = self.inside.iter().map(|(_, inside)| inside).chain([&self.whole]);
        if widest.map(|sheet| sheet.columns.len()).any(|columns| columns > MOST_COLUMNS) {
            bail!("the objects have more than {MOST_COLUMNS} different keys");
        }
        Ok(())
    }

    fn finish(self, name: String) -> Vec<Sheet> {
        let sheet = |name, Growing { header, rows, .. }: Growing| Sheet {
            name,
            rows: std::iter::once(header).chain(rows).filter(|row| !row.is_empty()).collect(),
            ..Sheet::default()
        };
        let inside =
            self.inside.into_iter().map(|(path, growing)| sheet(format!("{path}[]"), growing));
        std::iter::once(sheet(name, self.whole)).chain(inside).collect()
    }
}

/// Collects the values and the lists of objects in a JSON object, each with its path of keys. The values of nested
/// objects are collected as well.
fn flatten<'v>(
    path: &str,
    object: &'v Map<String, Value>,
    values: &mut Vec<(String, Cell)>,
    lists: &mut Vec<(String, &'v [Value])>,
) {
    for (key, value) in object {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match value {
            Value::Object(inner) => flatten(&path, inner, values, lists),
            Value::Array(items) if items.iter().any(Value::is_object) => lists.push((path, items)),
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| plain(item).text.into()).collect();
                values.push((path, Cell::new(&items.join(BETWEEN), Kind::Text)));
            }
            value => values.push((path, plain(value))),
        }
    }
}

/// Makes one cell for each key that occurs in the objects of a list. The cell contains the values that this key has in
/// all the objects.
fn joined(path: &str, items: &[Value]) -> Vec<(String, Cell)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for item in items.iter().filter_map(Value::as_object) {
        for (key, value) in item {
            let path = format!("{path}[].{key}");
            let text = plain(value).text;
            match found.iter_mut().find(|(known, _)| *known == path) {
                Some((_, texts)) => *texts = format!("{texts}{BETWEEN}{text}"),
                None => found.push((path, text.into())),
            }
        }
    }
    found.into_iter().map(|(path, text)| (path, Cell::new(&text, Kind::Text))).collect()
}

/// Converts a JSON value to a cell. The cell of an object or a list contains JSON text.
fn plain(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::default(),
        Value::String(text) => Cell::new(text, Kind::Text),
        Value::Bool(truth) => Cell::new(&truth.to_string(), Kind::Truth),
        Value::Number(number) => Cell::new(&number.to_string(), Kind::Formatted),
        other => Cell::new(&other.to_string(), Kind::Text),
    }
}
