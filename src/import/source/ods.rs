//! Reads ods workbooks. A cell's displayed text is used instead of its value if the text says more, such as `5.10` for
//! the value 5.1.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    io::Cursor,
};

use anyhow::anyhow;
use calamine::{Data, Ods, Reader};

use super::{
    cells::{Held, take, visibility},
    package::Package,
    tags::{Tag, unescaped},
};
use crate::{
    import::table::{Area, Blank, Cell, Kind, Sheet, Why},
    model::Period,
};

/// The properties of a sheet that the calamine crate does not give.
#[derive(Default)]
struct Facts {
    hidden: HashSet<u32>,
    hidden_columns: Vec<(usize, usize)>,
    merged: Vec<Area>,
    blanks: Vec<Blank>,
    /// The cells whose displayed text is used instead of their value, by row and column.
    shown: HashMap<(u32, usize), Cell>,
}

/// Reads all sheets of the workbook.
pub fn read(bytes: &[u8], package: &mut Package<'_>) -> anyhow::Result<Vec<Sheet>> {
    let mut facts = facts(package)?;
    let open = |bytes| Ods::new(Cursor::new(bytes));
    let mut book = match open(Cow::Borrowed(bytes)) {
        Ok(book) => book,
        Err(error) => open(Cow::Owned(without_indents(package)?))
            .map_err(|_| anyhow!("the workbook cannot be read: {error}"))?,
    };
    let mut sheets = Vec::new();
    for known in book.sheets_metadata().to_vec() {
        let range = book.worksheet_range(&known.name);
        let range =
            range.map_err(|error| anyhow!("sheet `{}` cannot be read: {error}", known.name))?;
        let Facts { hidden, hidden_columns, merged, blanks, shown } =
            facts.remove(&known.name).unwrap_or_default();
        let mut sheet = Sheet {
            name: known.name,
            visibility: visibility(known.visible),
            hidden_columns,
            merged,
            blanks,
            ..Sheet::default()
        };
        take(&mut sheet, &range, |row, column, _: &Data| shown.get(&(row, column)).cloned());
        for row in &mut sheet.rows {
            row.is_hidden = hidden.contains(&row.number);
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Returns the workbook without line breaks between its tags. Gnumeric writes such line breaks, but the calamine crate
/// cannot read them.
fn without_indents(package: &mut Package<'_>) -> anyhow::Result<Vec<u8>> {
    const PART: &str = "content.xml";
    let mut content = Vec::new();
    if let Some(mut tags) = package.tags(PART) {
        while let Some(tag) = tags.next()? {
            let is_indent = tag.before.trim_ascii().is_empty() && tag.before.contains(&b'\n');
            content.extend_from_slice(if is_indent { b"" } else { tag.before });
            content.push(b'<');
            content.extend_from_slice(tag.bytes);
            content.push(b'>');
        }
    }
    package.with(PART, &content)
}

/// The current position in the XML file, and the cell that is being read.
#[derive(Default)]
struct Cursors {
    sheet: String,
    row: u32,
    /// The number of identical rows that the current row element describes.
    rows: u32,
    column: usize,
    columns: usize,
    value: Option<(&'static str, String)>,
    text: String,
    is_annotation: bool,
    is_error: bool,
    has_formula: bool,
}

fn facts(package: &mut Package<'_>) -> anyhow::Result<HashMap<String, Facts>> {
    let mut all: HashMap<String, Facts> = HashMap::new();
    let Some(mut tags) = package.tags("content.xml") else {
        return Ok(all);
    };
    let mut at = Cursors::default();
    let mut held = Held::default();
    while let Some(tag) = tags.next()? {
        match tag.name() {
            ("", "table") => {
                let name = tag.attribute("table:name").map(unescaped);
                at = Cursors { sheet: name.unwrap_or_default(), row: 1, ..Cursors::default() };
            }
            ("", "table-column") => at.columns_of(tag, &mut all),
            ("", "table-row") => {
                at.rows = repeated(tag, "table:number-rows-repeated");
                at.column = 0;
                let visible = tag.attribute("table:visibility").unwrap_or("visible");
                if visible != "visible" && at.rows < 1 << 16 {
                    let rows = at.row..at.row.saturating_add(at.rows);
                    all.entry(at.sheet.clone()).or_default().hidden.extend(rows);
                }
            }
            ("/", "table-row") => at.row = at.row.saturating_add(at.rows),
            ("", "table-cell" | "covered-table-cell") => {
                at.begin(tag);
                if at.value.is_some() {
                    let room = (at.column + at.columns) as u64 * u64::from(at.rows);
                    held.add(room, 0)?;
                    held.cells -= at.column as u64;
                }
                at.span(tag, &mut all);
                if tag.is_empty() {
                    at.end(&mut all);
                }
            }
            ("/", "table-cell" | "covered-table-cell") => at.end(&mut all),
            (slash, "annotation") => at.is_annotation = slash.is_empty(),
            ("/", "p") if !at.is_annotation => {
                at.text = unescaped(&String::from_utf8_lossy(tag.before));
                let times = (at.columns as u64).saturating_mul(at.rows.into());
                held.add(0, times.saturating_mul(at.text.len() as u64))?;
            }
            _ => {}
        }
    }
    Ok(all)
}

fn repeated(tag: Tag<'_>, name: &str) -> u32 {
    tag.attribute(name).and_then(|count| count.parse().ok()).unwrap_or(1)
}

impl Cursors {
    /// Moves on past the columns that a column tag describes, and records these columns if they are hidden.
    fn columns_of(&mut self, tag: Tag<'_>, all: &mut HashMap<String, Facts>) {
        let columns = repeated(tag, "table:number-columns-repeated") as usize;
        let next = self.column.saturating_add(columns);
        if tag.attribute("table:visibility").is_some_and(|visible| visible != "visible") {
            let sheet = all.entry(self.sheet.clone()).or_default();
            sheet.hidden_columns.push((self.column, next.saturating_sub(1)));
        }
        self.column = next;
    }

    fn begin(&mut self, tag: Tag<'_>) {
        self.columns = repeated(tag, "table:number-columns-repeated") as usize;
        let value = |name| tag.attribute(name).unwrap_or_default().to_owned();
        self.value = match tag.attribute("office:value-type") {
            Some("float") => Some(("float", value("office:value"))),
            Some("date") => Some(("date", value("office:date-value"))),
            Some(_) => Some(("", String::new())),
            None => None,
        };
        self.is_error = tag.attribute("calcext:value-type") == Some("error");
        self.has_formula = tag.attribute("table:formula").is_some();
        self.text.clear();
    }

    /// Records the merged range of the current cell, if the cell spans several rows or columns.
    fn span(&self, tag: Tag<'_>, all: &mut HashMap<String, Facts>) {
        let rows = repeated(tag, "table:number-rows-spanned");
        let columns = repeated(tag, "table:number-columns-spanned") as usize;
        if rows > 1 || columns > 1 {
            let rows = (self.row, self.row.saturating_add(rows - 1));
            let columns = (self.column, self.column.saturating_add(columns - 1));
            all.entry(self.sheet.clone()).or_default().merged.push(Area { rows, columns });
        }
    }

    fn end(&mut self, all: &mut HashMap<String, Facts>) {
        let (row, column) = (self.row, self.column);
        let why = match (self.is_error, &self.value) {
            (true, _) => Some(Why::Error(self.text.clone())),
            (_, None) if self.has_formula => Some(Why::NoResult),
            _ => None,
        };
        if let Some(why) = why {
            // An ods file stores an error value as the text of its cell. So that this text is not imported, the cell is
            // replaced by an empty cell.
            let sheet = all.entry(self.sheet.clone()).or_default();
            sheet.shown.insert((row, column), Cell::default());
            sheet.blanks.push(Blank { row, column, why });
        } else if let Some(cell) = self.shown() {
            all.entry(self.sheet.clone()).or_default().shown.insert((row, column), cell);
        }
        self.column += self.columns;
    }

    /// Returns a cell with the displayed text of the current cell, or `None` if the stored value should be used
    /// instead.
    fn shown(&self) -> Option<Cell> {
        let (kind, value) = self.value.as_ref()?;
        let text = self.text.trim();
        match *kind {
            "float" => {
                let number = value.parse::<f64>().ok()?;
                let says_more = text != value && text.parse() == Ok(number);
                let kind = if text == number.to_string() { Kind::Number } else { Kind::Formatted };
                (says_more || kind == Kind::Number).then(|| Cell::new(text, kind))
            }
            "date" => match Period::parse_or_year(text).ok()? {
                Period::Day(_) => None,
                period => Some(Cell::new(&period.iso(), Kind::Date)),
            },
            _ => None,
        }
    }
}
