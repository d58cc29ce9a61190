//! A sheet of a workbook: its cells, column widths and print settings.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use anstyle::Style;
use chrono::Datelike;
use rust_xlsxwriter::{ExcelDateTime, Format, IgnoreError, Worksheet};
use serde_json::json;

use super::looks::{Look, format};
use crate::{
    doc::{Block, Doc, Line, Table, style::PLAIN, text::width},
    model::{Day, Period, paragraphs},
    output::fact_value::FactValue,
};

/// The maximum number of rows in an Excel sheet.
const MOST_ROWS: u32 = 1_048_576;
/// The maximum length of the text in a cell. Excel counts this length in UTF-16 units.
const MOST_LETTERS: usize = 32_767;
/// The maximum length of a title in a footer, in characters.
const MOST_FOOTER: usize = 120;
const A4: u8 = 9;
/// The widths, in characters: the maximum for a column with only short texts, the width of a column with a long text,
/// and the width of the arrow of a filter.
const FEW: usize = 20;
const MANY: usize = 50;
const ARROW: usize = 4;
/// A text is long if one of its lines is wider than this number of characters.
const LONG: usize = 60;
/// The height of a line, the height of a title, and the maximum height of a row, in points.
const LINE: f64 = 15.0;
const HIGH_LINE: f64 = 21.0;
const HIGHEST: f64 = 409.0;
/// The usual margin of a page, and the margin at the bottom for the footer, in inches.
const MARGIN: f64 = 0.4;
const FOOTER: f64 = 0.7;

/// A sheet of a workbook, which is written row by row.
#[derive(Default)]
pub struct WorkbookSheet {
    pub sheet: Worksheet,
    /// The index of the next row to write.
    pub next: u32,
    /// Notices about rows and texts that did not fit into the sheet.
    pub notices: Vec<String>,
    formats: HashMap<(Style, Look), Format>,
    widths: Vec<usize>,
    /// The texts that may need several lines, each with its row, its column and the widths of its lines.
    long: Vec<(u32, usize, Vec<usize>)>,
    header: u32,
}

impl WorkbookSheet {
    pub fn new(name: &str, title: &str, as_of: Day) -> anyhow::Result<Self> {
        let mut sheet = Worksheet::new();
        let title: String = title.chars().take(MOST_FOOTER).collect();
        let title = title.replace('&', "&&");
        sheet.set_name(name)?.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        sheet.set_footer(format!("&L{title}, as of {as_of}&R&A, page &P of &N"));
        sheet.set_margins(MARGIN, MARGIN, MARGIN, FOOTER, MARGIN, MARGIN);
        Ok(Self { sheet, ..Self::default() })
    }

    /// Sets the column widths and row heights so that the cells fit, and returns the worksheet.
    pub fn finish(mut self) -> anyhow::Result<Worksheet> {
        let mut lines: BTreeMap<u32, usize> = BTreeMap::new();
        for (row, column, widths) in &self.long {
            let room = self.widths[*column].max(1);
            let needed: usize = widths.iter().map(|width| width.div_ceil(room).max(1)).sum();
            let most = lines.entry(*row).or_default();
            *most = needed.max(*most);
        }
        for (row, lines) in lines.into_iter().filter(|(_, lines)| *lines > 1) {
            let lines = u16::try_from(lines).unwrap_or(u16::MAX);
            self.sheet.set_row_height(row, (f64::from(lines) * LINE).min(HIGHEST))?;
        }
        for (column, width) in self.widths.iter().enumerate() {
            let width = u16::try_from(*width)?;
            self.sheet.set_column_width(u16::try_from(column)?, f64::from(width) + 1.0)?;
        }
        Ok(self.sheet)
    }

    /// Writes the headings, which stay visible during scrolling and are printed on every page.
    pub fn header(&mut self, names: &[String]) -> anyhow::Result<()> {
        self.header = self.next;
        for (column, name) in names.iter().enumerate() {
            self.write(column, &FactValue::from(name.as_str()), PLAIN, Look::Header)?;
            self.widen(column, width(name) + ARROW);
        }
        self.next += 1;
        self.sheet.set_freeze_panes(self.next, 1)?;
        self.sheet.set_repeat_rows(self.header, self.header)?;
        Ok(())
    }

    /// Writes the rows below the headings, as many as the sheet can hold.
    pub fn rows(
        &mut self,
        rows: &[Vec<(FactValue<'_>, Style)>],
        names: &[String],
    ) -> anyhow::Result<()> {
        for row in rows.iter().take((MOST_ROWS - self.next) as usize) {
            for (column, (value, style)) in row.iter().enumerate() {
                if let Some(letters) = self.write(column, value, *style, Look::Plain)? {
                    let id = row[0].0.words();
                    self.notices.push(format!(
                        "{} {id}: `{}` has {letters} characters, but an Excel cell holds only {MOST_LETTERS}; the rest is left out",
                        self.sheet.name(), names[column]
                    ));
                }
            }
            self.next += 1;
        }
        let written = (self.next - self.header - 1) as usize;
        if written < rows.len() {
            let (name, all) = (self.sheet.name(), rows.len());
            self.notices.push(format!("{name}: only {written} of {all} rows fit on a sheet"));
        }
        Ok(())
    }

    /// Adds a filter to each of the first `columns` columns.
    pub fn filtered(&mut self, columns: usize) -> anyhow::Result<()> {
        let (last, columns) = (self.next - 1, u16::try_from(columns)?);
        if last > self.header {
            self.sheet.autofilter(self.header, 0, last, columns - 1)?;
            let ignored = IgnoreError::NumberStoredAsText;
            self.sheet.ignore_error_range(self.header + 1, 0, last, columns - 1, ignored)?;
        }
        Ok(())
    }

    /// Collapses a column, which the reader can expand with a click.
    pub fn fold(&mut self, column: usize) -> anyhow::Result<()> {
        let column = u16::try_from(column)?;
        self.sheet.group_columns_collapsed(column, column)?;
        Ok(())
    }

    /// Writes a document below the rows that were already written.
    pub fn doc(&mut self, doc: &Doc) -> anyhow::Result<()> {
        for block in &doc.0 {
            match block {
                Block::Heading(..) | Block::Table(_) if self.next > 0 => self.next += 1,
                _ => {}
            }
            match block {
                Block::Heading(_, line) => self.line(line, Look::Title)?,
                Block::Paragraph(line) => self.line(line, Look::Beside)?,
                Block::Bullets(lines) => {
                    for line in lines {
                        self.line(&Line::from("• ").and(line.clone()), Look::Beside)?;
                    }
                }
                Block::Table(table) => self.table(table)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes a line of text into the first column. The text may extend over the cells to its right.
    fn line(&mut self, line: &Line, look: Look) -> anyhow::Result<()> {
        self.write(0, &line.plain().into(), PLAIN, look)?;
        if look == Look::Title {
            self.sheet.set_row_height(self.next, HIGH_LINE)?;
        }
        self.next += 1;
        Ok(())
    }

    fn table(&mut self, table: &Table) -> anyhow::Result<()> {
        let has_header = table.columns.iter().any(|column| !column.heading.is_empty());
        for (column, of) in table.columns.iter().enumerate().filter(|_| has_header) {
            self.write(column, &FactValue::from(&*of.heading), PLAIN, Look::Header)?;
            self.widen(column, width(&of.heading));
        }
        self.next += u32::from(has_header);
        for row in &table.rows {
            for (column, line) in row.iter().enumerate() {
                let words = line.plain();
                let value = words.parse().map_or_else(|_| words.into(), FactValue::Number);
                self.write(column, &value, line.only_style().unwrap_or(PLAIN), Look::Plain)?;
            }
            self.next += 1;
        }
        Ok(())
    }

    /// Writes a value into a column of the next row. If the text is too long for a cell, returns the length of the text
    /// in UTF-16 units.
    pub fn write(
        &mut self,
        column: usize,
        value: &FactValue<'_>,
        style: Style,
        look: Look,
    ) -> anyhow::Result<Option<usize>> {
        let (row, place) = (self.next, u16::try_from(column)?);
        let day = match value {
            FactValue::Day(day) | FactValue::Period(Period::Day(day)) => excel_day(*day),
            _ => None,
        };
        let words = text(value);
        let look = match value {
            _ if day.is_some() => look.of_day(),
            FactValue::Number(_) => look,
            _ => look.of_text(&words),
        };
        let format = self.formats.entry((style, look)).or_insert_with(|| format(style, look));
        match (value, day) {
            (_, Some(day)) => self.sheet.write_datetime_with_format(row, place, day, format)?,
            (value, _) if value.is_absent() => self.sheet.write_blank(row, place, format)?,
            (FactValue::Number(number), _) => {
                self.sheet.write_number_with_format(row, place, *number as f64, format)?
            }
            _ => {
                let letters = words.encode_utf16().count();
                let fitting = fitting(&words, letters);
                self.sheet.write_string_with_format(row, place, fitting, format)?;
                if look != Look::Beside && look != Look::Title {
                    let widths: Vec<usize> = words.lines().map(width).collect();
                    self.widen(column, needed(&widths));
                    if widths.len() > 1 || widths.iter().any(|width| *width > FEW) {
                        self.long.push((row, column, widths));
                    }
                }
                return Ok((letters > MOST_LETTERS).then_some(letters));
            }
        };
        self.widen(column, width(&value.words()).min(FEW));
        Ok(None)
    }

    /// Makes a column at least `width` characters wide.
    pub fn widen(&mut self, column: usize, width: usize) {
        let missing = (column + 1).saturating_sub(self.widths.len());
        self.widths.extend(std::iter::repeat_n(0, missing));
        self.widths[column] = self.widths[column].max(width);
    }
}

/// Returns the column width, in characters, for a text whose lines have these widths.
fn needed(lines: &[usize]) -> usize {
    let longest = lines.iter().copied().max().unwrap_or(0);
    if longest > LONG { MANY } else { longest.min(FEW) }
}

/// Converts a day to an Excel date; `None` if the day is before March 1900 or too late for Excel.
pub fn excel_day(day: Day) -> Option<ExcelDateTime> {
    let is_counted = Day::from_ymd_opt(1900, 3, 1).is_some_and(|first| day >= first);
    let (month, of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    let year = u16::try_from(day.year()).ok().filter(|_| is_counted)?;
    ExcelDateTime::from_ymd(year, month, of_month).ok()
}

/// Converts a day to an Excel date. A day that Excel cannot represent becomes 1900-03-01.
pub fn counted_day(day: Day) -> anyhow::Result<ExcelDateTime> {
    Ok(excel_day(day).map_or_else(|| ExcelDateTime::from_ymd(1900, 3, 1), Ok)?)
}

/// Returns a value as the text of a cell. Each paragraph of a text starts a new line.
fn text(value: &FactValue<'_>) -> String {
    match value {
        FactValue::Text(text) => {
            let between = |text: &str| paragraphs(text).join("\n");
            let short = between(text);
            if paragraphs(&short) == paragraphs(text) {
                short
            } else {
                paragraphs(text).join("\n\n")
            }
        }
        FactValue::Absent => String::new(),
        FactValue::Truth(truth) => truth.to_string(),
        FactValue::Period(period) => period.iso(),
        FactValue::List(items) => items.join("; "),
        FactValue::Table(table) => json!(table).to_string(),
        other => other.words(),
    }
}

/// Returns as much of a text as a cell can hold. A shortened text ends with `…`.
fn fitting(words: &str, letters: usize) -> Cow<'_, str> {
    if letters <= MOST_LETTERS {
        return words.into();
    }
    let mut room = MOST_LETTERS - 1;
    let fits = |letter: &char| {
        let left = room.checked_sub(letter.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    words.chars().take_while(fits).chain(['…']).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_beyond_the_last_of_a_sheet_are_left_out_and_told() {
        let day = Day::from_ymd_opt(2003, 12, 11).unwrap();
        let mut sheet = WorkbookSheet::new("Updates", "Roofs", day).unwrap();
        sheet.next = MOST_ROWS - 3;
        sheet.header(&["id".to_owned()]).unwrap();
        let rows: Vec<_> = ["1", "2", "3"].map(|id| vec![(FactValue::from(id), PLAIN)]).into();
        sheet.rows(&rows, &["id".to_owned()]).unwrap();
        assert_eq!(sheet.notices, ["Updates: only 2 of 3 rows fit on a sheet"]);
        assert_eq!(sheet.next, MOST_ROWS);
    }
}
