//! Reads the workbooks in which the owners of recommendations and actions report updates.

use std::path::Path;

use anyhow::{Context as _, bail};

use super::{
    form::{ABOUT, FORM, FORM_ID, FormCell, FormFact},
    source::{self, Reading},
    table::{Row, Sheet, Why},
};
use crate::{
    edit::{OwnerUpdate, Refusal, read_timescale},
    file,
    model::{Day, Id, Keyword, Outlook, Period, Plan, Status, one_of, printable, same_person},
};

/// A workbook in which an owner of recommendations or actions reports updates.
pub struct FilledForm {
    /// The file name of the workbook.
    pub name: String,
    pub owner: String,
    /// The day on which the owner was asked for updates.
    pub asked: Day,
    pub rows: Vec<FilledRow>,
}

/// A row in which an owner reports on one recommendation or action.
pub struct FilledRow {
    /// The number of the row in the sheet, counted from 1.
    pub number: u32,
    pub id: String,
    cells: Vec<(FormCell, String)>,
    /// Messages about the cells in the row that cannot be read.
    faults: Vec<String>,
}

/// Reads a workbook in which an owner of recommendations or actions reports updates.
///
/// # Errors
/// Fails if the file is not a workbook for updates, or belongs to another plan.
pub fn read(path: &Path, plan: &Plan) -> anyhow::Result<FilledForm> {
    let source = source::read(path, file::bytes(path)?, Reading::default(), &|_, _| {})?;
    let sheet = |name: &str| source.sheets.iter().find(|sheet| same_person(&sheet.name, name));
    let (Some(form), Some(about)) = (sheet(FORM), sheet(ABOUT)) else {
        bail!(
            "this workbook does not have the sheets {FORM} and {ABOUT}: use a workbook that `plan export --updates` wrote"
        );
    };
    let fact = |fact: FormFact| {
        let row = about.rows.iter().find(|row| same_person(row.text(0), fact.word()));
        let words = row.map(|row| row.text(1).to_owned()).filter(|words| !words.is_empty());
        words.with_context(|| format!("the sheet {ABOUT} has no `{}`", fact.word()))
    };
    let (title, published) = (fact(FormFact::Plan)?, fact(FormFact::Published)?);
    if title != printable(&plan.title) || published != plan.date.to_string() {
        bail!("the workbook belongs to another plan: “{title}”, published {published}");
    }
    let asked = fact(FormFact::AsOf)?;
    Ok(FilledForm {
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        owner: fact(FormFact::Owner)?,
        asked: asked
            .parse()
            .with_context(|| format!("`{asked}` in the sheet {ABOUT} is not a date"))?,
        rows: rows(form)?,
    })
}

/// Reads the rows below the headings. Rows without an id are left out.
fn rows(sheet: &Sheet) -> anyhow::Result<Vec<FilledRow>> {
    if let Some((why, help)) = &sheet.refused {
        bail!("the sheet {}: {why}; {help}", sheet.name);
    }
    let column_of = |row: &Row, name: &str| {
        (0..row.cells.len()).find(|column| same_person(row.text(*column), name))
    };
    let header = sheet.rows.iter().find(|row| {
        column_of(row, FORM_ID).is_some() && column_of(row, FormCell::Status.word()).is_some()
    });
    let header = header.with_context(|| {
        format!("the sheet {FORM} has no row with the headings `{FORM_ID}` and `Status`")
    })?;
    let id = column_of(header, FORM_ID).unwrap_or_default();
    let columns: Vec<(FormCell, usize)> = FormCell::ALL
        .iter()
        .filter_map(|cell| Some((*cell, column_of(header, cell.word())?)))
        .collect();
    let filled = |row: &Row| FilledRow {
        number: row.number,
        id: row.text(id).to_owned(),
        cells: columns
            .iter()
            .map(|(cell, column)| (*cell, row.text(*column).to_owned()))
            .filter(|(_, text)| !text.is_empty())
            .collect(),
        faults: columns
            .iter()
            .filter_map(|(cell, column)| unread(sheet, row, *cell, *column))
            .collect(),
    };
    let below = sheet.rows.iter().filter(|row| row.number > header.number);
    Ok(below.map(filled).filter(|row| !row.id.is_empty()).collect())
}

/// Returns a message if a cell cannot be read, for example because it has an error value.
fn unread(sheet: &Sheet, row: &Row, cell: FormCell, column: usize) -> Option<String> {
    let mut blanks = sheet.blanks.iter();
    let blank = blanks.find(|blank| (blank.row, blank.column) == (row.number, column))?;
    Some(match &blank.why {
        Why::Error(value) => format!("`{}` contains the error {value}", cell.word()),
        Why::NoResult => {
            format!(
                "`{}` has a formula without a stored result: write the value instead",
                cell.word()
            )
        }
    })
}

impl FilledRow {
    /// Checks whether the owner left all cells of the row empty, apart from the id.
    pub fn is_blank(&self) -> bool {
        self.cells.is_empty() && self.faults.is_empty()
    }

    fn cell(&self, wanted: FormCell) -> Option<&str> {
        let mut cells = self.cells.iter();
        cells.find(|(cell, _)| *cell == wanted).map(|(_, text)| text.as_str())
    }

    /// Converts the row to an update of its recommendation or action. `by` is the person who reports the update.
    ///
    /// # Errors
    /// Fails if a cell cannot be read.
    pub fn update(&self, by: &str, asked: Day) -> Result<OwnerUpdate, Refusal> {
        if !self.faults.is_empty() {
            return Err(refusal(&self.id, &self.faults.join("; ")));
        }
        let id = Id::parse(&self.id).map_err(|refused| refusal(&self.id, &refused.to_string()))?;
        let on = self.cell(FormCell::Date).map(|text| self.day(text)).transpose()?;
        let extension = self.cell(FormCell::Extension).map(|text| {
            read_timescale(text.to_owned(), None, Some(on.unwrap_or(asked)))
                .map_err(|refused| refusal(&self.id, &refused.message))
        });
        let text = |cell| self.cell(cell).map(str::to_owned);
        let evidence = self.cell(FormCell::Evidence).into_iter().flat_map(str::lines);
        let evidence = evidence.map(str::trim).filter(|place| !place.is_empty());
        Ok(OwnerUpdate {
            id,
            by: by.to_owned(),
            status: self.word::<Status>(FormCell::Status)?,
            on,
            outlook: self.word::<Outlook>(FormCell::Outlook)?,
            note: text(FormCell::Note),
            evidence: evidence.map(str::to_owned).collect(),
            extension: extension.transpose()?,
            reason: text(FormCell::Reason),
            asked,
        })
    }

    fn word<W: Keyword>(&self, cell: FormCell) -> Result<Option<W>, Refusal> {
        let Some(text) = self.cell(cell) else { return Ok(None) };
        W::meant(text).map(Some).ok_or_else(|| {
            let name = cell.word().to_lowercase();
            let help = one_of(&name, text, W::words().into_iter());
            refusal(&self.id, &format!("unknown {name} `{}`: {help}", printable(text)))
        })
    }

    fn day(&self, text: &str) -> Result<Day, Refusal> {
        match Period::parse(text) {
            Ok(Period::Day(day)) => Ok(day),
            _ => Err(refusal(&self.id, &format!("`{}` is not a full date", printable(text)))),
        }
    }
}

fn refusal(id: &str, why: &str) -> Refusal {
    Refusal { message: format!("{}: {why}", printable(id)), help: None, more: Vec::new() }
}
