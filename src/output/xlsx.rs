//! The XLSX format: a workbook with a summary, and a sheet per table with filters, colours and print settings.

mod form;
mod looks;
mod sheet;

use rust_xlsxwriter::{DocProperties, Workbook};

pub use self::form::form;
use self::sheet::{WorkbookSheet, counted_day};
use super::{
    AnswerKind, Export, ExportTable, Format, export::Grid, fact_value::FactValue, status, words,
};
use crate::{
    doc::text::capitalised,
    model::{Day, Keyword, Period, printable},
    query::Portfolio,
};

/// The format `xlsx`, for Excel and other spreadsheets.
pub static FORMAT: Format = Format {
    name: "xlsx",
    kinds: &[AnswerKind::Export],
    endings: &["xlsx"],
    bytes: Some(workbook),
    ..Format::NOTHING
};

/// The name of the sheet with the summary.
pub const SUMMARY: &str = "Summary";
/// The columns that are collapsed because other columns show the same content.
const FOLDED: &str = "plan recommendation date response_on own_owners due original_timescale \
                      original_timescale_due term original_deadline original_deadline_day \
                      days_late_original days_left finished finished_day stale unverified closed \
                      late_actions next_deadline next_deadline_day days_overdue";
/// The names of the fields whose value can be a month or a year.
pub const LONG_FACTS: [&str; 5] =
    ["deadline", "original_deadline", "review", "finished", "next_deadline"];
/// The suffix in the name of a column that holds the last day of a month or year.
const LAST_DAY: &str = "_day";

/// Builds the workbook. Returns the bytes of the workbook, and notices about content that did not fit.
fn workbook(export: &Export<'_>) -> anyhow::Result<(Vec<u8>, String)> {
    let title = title(export.portfolio);
    let mut summary = WorkbookSheet::new(SUMMARY, &title, export.portfolio.as_of)?;
    summary.doc(&status::summary(export.portfolio, export.portfolio.usual_groups()))?;
    let mut sheets = vec![summary];
    for table in ExportTable::ALL {
        let name = capitalised(table.word());
        let mut sheet = WorkbookSheet::new(&name, &title, export.portfolio.as_of)?;
        grid(&mut sheet, export.grid(*table))?;
        sheets.push(sheet);
    }
    finish(&title, export.portfolio.as_of, sheets)
}

/// Builds a workbook from sheets that are already written. Returns the bytes of the workbook, and the notices of the
/// sheets.
fn finish(
    title: &str,
    as_of: Day,
    sheets: Vec<WorkbookSheet>,
) -> anyhow::Result<(Vec<u8>, String)> {
    let mut book = Workbook::new();
    let created = counted_day(as_of)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    let mut notices = String::new();
    for sheet in sheets {
        notices.extend(sheet.notices.iter().map(|notice| format!("note: {notice}\n")));
        book.push_worksheet(sheet.finish()?);
    }
    Ok((book.save_to_buffer()?, notices))
}

fn title(portfolio: &Portfolio) -> String {
    match portfolio.single() {
        Some(view) => printable(&view.plan.title),
        None => words::counted(portfolio.views.len(), "plan", "plans"),
    }
}

/// Writes a table into a sheet, and collapses the columns that are empty or repeat other columns.
fn grid(sheet: &mut WorkbookSheet, grid: Grid<'_>) -> anyhow::Result<()> {
    let grid = with_last_days(grid);
    let is_nothing =
        |value: &FactValue<'_>| value.is_absent() || matches!(value, FactValue::Truth(false));
    let is_empty = |column: usize| grid.rows.iter().all(|row| is_nothing(&row[column].0));
    sheet.header(&grid.names)?;
    sheet.rows(&grid.rows, &grid.names)?;
    for (column, name) in grid.names.iter().enumerate() {
        if FOLDED.split(' ').any(|folded| folded == name)
            || !grid.rows.is_empty() && is_empty(column)
        {
            sheet.fold(column)?;
        }
    }
    sheet.filtered(grid.names.len())
}

/// Adds a column after each column that contains a month or a year. The new column has the last day of each month or
/// year.
fn with_last_days(grid: Grid<'_>) -> Grid<'_> {
    let is_long = |value: &FactValue<'_>| {
        matches!(value, FactValue::Period(Period::Month(_) | Period::Year(_)))
    };
    let has_long: Vec<bool> = (0..grid.names.len())
        .map(|column| grid.rows.iter().any(|row| is_long(&row[column].0)))
        .collect();
    let mut names = Vec::new();
    for (name, has_long) in grid.names.into_iter().zip(&has_long) {
        let beside = has_long.then(|| format!("{name}{LAST_DAY}"));
        names.extend(std::iter::once(name).chain(beside));
    }
    let row = |row: Vec<_>| {
        let cells = row.into_iter().zip(&has_long);
        let with_days = cells.flat_map(|((value, style), has_long)| {
            let day = match &value {
                FactValue::Period(period) => FactValue::Day(period.last_day()),
                _ => FactValue::Absent,
            };
            let beside = has_long.then_some((day, style));
            std::iter::once((value, style)).chain(beside)
        });
        with_days.collect()
    };
    Grid { names, rows: grid.rows.into_iter().map(row).collect() }
}
