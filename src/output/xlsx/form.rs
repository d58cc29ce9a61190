//! Builds the workbook for an owner: the open items in locked cells, beside empty cells for the updates.

use rust_xlsxwriter::{DataValidation, DataValidationRule, ProtectionOptions, Worksheet};

use super::{WorkbookSheet, counted_day, finish, looks::Look};
use crate::{
    doc::{Block, Column, Doc, Fit, Line, Table, style::PLAIN},
    import::form::{ABOUT, FORM, FORM_ID, FormCell, FormFact},
    model::{
        Day, Keyword, Outlook, Plan, Status, example_month, printable, spoken, to_single_line,
    },
    output::{
        reminder::Round,
        row_fields::{ID, PROGRESS, TIMING, UPDATE},
        words,
    },
    query::{OwnerWork, Row, View},
};

/// The width of the columns for notes and reasons, in characters.
const NOTE: usize = 40;
/// The width of the other columns that the owner fills in, in characters.
const SHORT: usize = 16;

/// A locked column about the open items: its heading, and the function that returns the text for an item.
type OpenColumn = (&'static str, fn(&Row<'_>) -> String);

const GIVEN: [OpenColumn; 7] = [
    (FORM_ID, |row| ID.shown(row)),
    ("Recommendation", |row| to_single_line(row.recommendation().name())),
    ("Action", |row| if row.is_action() { row.item().text().to_owned() } else { String::new() }),
    ("Timescale", words::timescale),
    ("Timing", |row| TIMING.shown(row)),
    ("Progress", |row| PROGRESS.shown(row)),
    ("Latest update", |row| UPDATE.shown(row)),
];

/// Builds the workbook that an owner fills in. Returns the bytes of the workbook.
///
/// # Errors
/// Fails if the workbook cannot be written.
pub fn form(view: &View, work: &OwnerWork<'_>, round: Round) -> anyhow::Result<Vec<u8>> {
    let title = printable(&view.plan.title);
    let mut sheet = WorkbookSheet::new(FORM, &title, round.as_of)?;
    let mut head = Doc::default();
    head.heading(1, title.clone());
    head.say(format!(
        "{}, as of {}. Please fill in the yellow cells and send this workbook back by {}.",
        printable(work.name),
        round.as_of,
        round.answer_by
    ));
    sheet.doc(&head)?;
    sheet.next += 1;
    let answered = FormCell::ALL.iter().map(|cell| cell.word());
    let names: Vec<String> =
        GIVEN.iter().map(|(name, _)| *name).chain(answered).map(str::to_owned).collect();
    sheet.header(&names)?;
    let first = sheet.next;
    for row in &work.rows {
        item(&mut sheet, row)?;
    }
    choices(&mut sheet.sheet, (first, sheet.next - 1), view.plan.date)?;
    sheet.filtered(names.len())?;
    let mut about = WorkbookSheet::new(ABOUT, &title, round.as_of)?;
    about.doc(&explained(&view.plan, work.name, round))?;
    protect(&mut sheet.sheet);
    protect(&mut about.sheet);
    Ok(finish(&title, round.as_of, vec![sheet, about])?.0)
}

/// Writes the line of an item: the locked cells, and the cells that the owner fills in.
fn item(sheet: &mut WorkbookSheet, row: &Row<'_>) -> anyhow::Result<()> {
    for (column, (name, words)) in GIVEN.iter().enumerate() {
        let style = match *name {
            "Timing" => (TIMING.style)(row),
            FORM_ID => (ID.style)(row),
            _ => PLAIN,
        };
        sheet.write(column, &words(row).into(), style, Look::Plain)?;
    }
    // The progress of a recommendation with actions is computed from the actions, so the status cell of the
    // recommendation stays locked.
    let is_computed = !row.is_action() && row.actions().next().is_some();
    for (index, cell) in FormCell::ALL.iter().enumerate() {
        let look = match cell {
            FormCell::Status if is_computed => Look::Plain,
            FormCell::Date => Look::OpenDay,
            _ => Look::Open,
        };
        sheet.write(GIVEN.len() + index, &None::<&str>.into(), PLAIN, look)?;
        let is_wide = matches!(cell, FormCell::Note | FormCell::Reason);
        sheet.widen(GIVEN.len() + index, if is_wide { NOTE } else { SHORT });
    }
    sheet.next += 1;
    Ok(())
}

/// Adds rules to the cells that the owner fills in. The status and the outlook must be words from a list, and the date
/// must not be before `from`.
fn choices(sheet: &mut Worksheet, (first, last): (u32, u32), from: Day) -> anyhow::Result<()> {
    let words = |words: Vec<String>| {
        let rule = DataValidation::new().allow_list_strings(&words)?;
        rule.set_error_message("Choose a value from the list.")
    };
    for (index, cell) in FormCell::ALL.iter().enumerate() {
        let rule = match cell {
            FormCell::Status => words(Status::ALL.iter().copied().map(spoken).collect())?,
            FormCell::Outlook => words(Outlook::ALL.iter().copied().map(spoken).collect())?,
            FormCell::Date => {
                let from = counted_day(from)?;
                DataValidation::new()
                    .allow_date(DataValidationRule::GreaterThanOrEqualTo(from))
                    .set_error_message("Enter the date of the new status or of the note.")?
            }
            _ => continue,
        };
        let column = u16::try_from(GIVEN.len() + index)?;
        sheet.add_data_validation(first, column, last, column, &rule)?;
    }
    Ok(())
}

/// Locks all cells except the cells that the owner fills in.
fn protect(sheet: &mut Worksheet) {
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    });
}

/// Builds the sheet that names the owner and explains how to fill in the workbook.
fn explained(plan: &Plan, owner: &str, round: Round) -> Doc {
    let mut doc = Doc::default();
    doc.heading(1, "About this workbook");
    let value = |fact: &FormFact| match fact {
        FormFact::Plan => printable(&plan.title),
        FormFact::Published => plan.date.to_string(),
        FormFact::AsOf => round.as_of.to_string(),
        FormFact::Owner => printable(owner),
        FormFact::AnswerBy => round.answer_by.to_string(),
    };
    let row = |fact: &FormFact| vec![fact.word().into(), value(fact).into()];
    let columns = ["", ""].map(|name| Column::new(name, Fit::Always));
    doc.table(Table::new(columns, FormFact::ALL.iter().map(row).collect()));
    doc.heading(2, "How to fill it in");
    let statuses: Vec<String> = Status::ALL.iter().copied().map(spoken).collect();
    let outlooks: Vec<String> = Outlook::ALL.iter().copied().map(spoken).collect();
    doc.0.push(Block::Bullets(
        [
            "Leave a row empty if nothing is new.".to_owned(),
            format!("Status: {}. If you leave this cell empty, the status stays the same.", statuses.join(", ")),
            format!(
                "Date: the day that your update is about, as in {}. If you leave this cell empty, the update gets the date on which it is recorded.",
                round.as_of
            ),
            format!("Outlook, for work that is not finished: {}.", outlooks.join(", ")),
            "Note: what was done, or why nothing was done. Work that is superseded or not pursued needs a note.".to_owned(),
            "Evidence: a path or link for each document, one per line.".to_owned(),
            format!(
                "Extension requested: the later due date, as in {}, and the reason.",
                example_month(round.as_of)
            ),
        ]
        .map(Line::from)
        .into(),
    ));
    doc
}
