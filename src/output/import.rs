//! The answer of `plan import`: an explanation of the columns in a file, or an account of what was imported.

use serde_json::{Value, json};

use super::encoding::harmless;
use crate::{
    doc::{
        Block, Column, Doc, Fit, Line, Table,
        style::{FAINT, SOON, STRONG},
    },
    import::{
        account::{AGREED, Account, RowPlace},
        explain::{Explained, ExplainedSheet},
        source::Source,
    },
    model::{AmendKey, Day, counted, shell_word, to_single_line},
};

/// The answer of `plan import`: an explanation of a file before the import, or an account of what was imported.
pub enum Import {
    Explained(Day, Explained),
    Account {
        day: Day,
        account: Account,
        /// The path of the plan as given on the command line.
        plan: String,
        is_new: bool,
    },
}

/// The maximum number of printed lines of one kind, such as lines about changed recommendations.
const MOST: usize = 20;

impl Import {
    pub fn day(&self) -> Day {
        match self {
            Self::Explained(day, _) | Self::Account { day, .. } => *day,
        }
    }

    pub fn document(&self) -> Doc {
        match self {
            Self::Explained(_, explained) => explanation(explained),
            Self::Account { account, plan, is_new, .. } => told(account, plan, *is_new),
        }
    }

    pub fn json(&self) -> Value {
        match self {
            Self::Explained(_, explained) => explanation_json(explained),
            Self::Account { account, .. } => account_json(account),
        }
    }
}

fn explanation(explained: &Explained) -> Doc {
    let mut doc = Doc::default();
    for note in &explained.notes {
        doc.say(format!("{}: {note}.", explained.file));
    }
    for sheet in &explained.sheets {
        if !doc.0.is_empty() {
            doc.gap();
        }
        of_sheet(&mut doc, explained, sheet);
    }
    doc.gap();
    let file = shell_word(&explained.file);
    let is_known = explained.sheets.iter().any(|sheet| sheet.rows_are.is_some());
    if is_known {
        doc.say(format!("Next: plan import {file} --suggest-map > map.toml"));
        doc.say(format!(
            "Correct map.toml, then: plan import {file} --map map.toml --into plan.toml"
        ));
    } else {
        doc.say("No sheet of the file looks like a list of recommendations.".to_owned());
    }
    doc
}

fn of_sheet(doc: &mut Doc, explained: &Explained, sheet: &ExplainedSheet) {
    let name =
        if sheet.name.is_empty() { explained.file.clone() } else { to_single_line(&sheet.name) };
    let hidden = sheet.visibility.word().map(|word| format!(", {word}")).unwrap_or_default();
    let are = sheet
        .rows_are
        .as_ref()
        .map_or_else(|| ", left out".to_owned(), |are| format!(", probably {are}"));
    if let Some((why, help)) = &sheet.refused {
        doc.say(Line::styled(STRONG, name).and(format!("{hidden}: cannot be read: {why}.")));
        item(doc, format!("{help}."));
        return;
    }
    let unit = explained.unit;
    let rows = counted(sheet.rows, unit, &format!("{unit}s"));
    let header = if unit == "object" {
        String::new()
    } else {
        format!(", headers in {unit} {}", sheet.header)
    };
    doc.say(Line::styled(STRONG, name).and(format!("{hidden}: {rows}{header}{are}")));
    for note in &sheet.notes {
        doc.0.push(Block::Hanging("  ".into(), 2, Line::styled(SOON, format!("{note}."))));
    }
    if !sheet.columns.is_empty() {
        doc.gap();
        doc.table(columns(sheet));
    }
}

/// Builds a table of the columns in a sheet. For each column, the table shows the key that the column probably fills.
fn columns(sheet: &ExplainedSheet) -> Table {
    let columns = [
        Column::new("column", Fit::Always),
        Column::number("filled", Fit::Dropped(4)),
        Column::new("probably", Fit::Always),
        Column::new("why", Fit::Dropped(5)),
        Column::new("samples", Fit::Words),
    ];
    let rows = sheet.columns.iter().map(|column| {
        let share = column.filled * 100 / sheet.rows.max(1);
        let key = match &column.key {
            Some(key) => Line::from(key.clone()),
            None => Line::styled(FAINT, "–"),
        };
        let samples =
            column.samples.iter().map(|sample| sample.chars().take(60).collect::<String>());
        let header: String = to_single_line(&column.header).chars().take(40).collect();
        vec![
            Line::from(header),
            Line::from(format!("{share} %")),
            key,
            Line::from(column.why.clone()),
            Line::from(samples.collect::<Vec<_>>().join(" | ")),
        ]
    });
    Table::new(columns, rows.collect())
}

fn told(account: &Account, plan: &str, is_new: bool) -> Doc {
    let mut doc = Doc::default();
    let unit = account.unit;
    let rows = counted(account.rows, unit, &format!("{unit}s"));
    let made = made(account);
    doc.say(match is_new {
        true => {
            format!("{}: {rows} read, {made} added to {plan}.", account.file)
        }
        false => format!(
            "{}: {rows} read; in {plan}, {made} added, {} changed, {} unchanged.",
            account.file,
            counted(account.changed.len(), "recommendation", "recommendations"),
            account.same,
        ),
    });
    if !is_new && !account.made.is_empty() {
        let ids: Vec<&str> = account.made.iter().map(|id| id.as_str()).collect();
        doc.say(format!("New: {}", some(&ids)));
    }
    for changed in account.changed.iter().take(MOST) {
        item(&mut doc, format!("{}: {}", changed.id, to_single_line(&changed.how)));
    }
    more(&mut doc, account.changed.len(), MOST);
    differs(&mut doc, account);
    if !account.to_be_agreed.is_empty() {
        doc.gap();
        let count = account.to_be_agreed.len();
        let wordings = counted(
            count,
            "timescale is not a date, so the items that have it are",
            "timescales are not dates, so the items that have them are",
        );
        doc.say(format!("{wordings} `To be agreed`: give the dates under `[due]` of the mapping, or later with `plan amend`."));
        for (wording, rows) in account.to_be_agreed.iter().take(MOST) {
            item(&mut doc, format!("{} ({})", short(wording), account.rows_in_words(rows)));
        }
        more(&mut doc, count, MOST);
    }
    if !account.notes.is_empty() {
        doc.gap();
        for note in &account.notes {
            doc.say(Line::styled(SOON, format!("Note: {}.", to_single_line(note))));
        }
    }
    unplaced(&mut doc, account);
    doc
}

/// Adds the differences between the imported file and the plan to the document.
fn differs(doc: &mut Doc, account: &Account) {
    let unit = account.unit;
    if !account.differs.is_empty() {
        doc.gap();
        doc.say("The file and the plan differ in these values; the plan keeps its own:");
        for differs in account.differs.iter().take(MOST) {
            let (mine, other) = (short(&differs.plan), short(&differs.file));
            item(
                doc,
                format!(
                    "{} {}: plan {mine}, file ({unit} {}) {other}; {}",
                    differs.id, differs.key, differs.place.row, differs.why
                ),
            );
        }
        more(doc, account.differs.len(), MOST);
        how_to_change(doc, account);
    }
    if !account.gone.is_empty() {
        doc.gap();
        let ids: Vec<&str> = account.gone.iter().map(|id| id.as_str()).collect();
        doc.say(format!("Missing from the file, but kept in the plan: {}", some(&ids)));
    }
}

/// Adds an example of the command that changes an agreed value. The example has the id and the key of the first
/// difference for which the user needs this command.
fn how_to_change(doc: &mut Doc, account: &Account) {
    let mut agreed = account.differs.iter().filter(|differs| differs.why == AGREED);
    let Some(first) = agreed.find(|differs| AmendKey::from_word(&differs.key).is_some()) else {
        return;
    };
    let (id, key) = (shell_word(first.id.as_str()), &first.key);
    doc.say(format!("To change agreed wording: plan amend {id} {key} \"…\" --reason \"…\""));
    if key == "timescale" {
        doc.say(format!("To record a later date: plan extend {id} \"…\" --reason \"…\""));
    }
}

/// Returns the numbers of new recommendations and actions in words.
fn made(account: &Account) -> String {
    let recommendations = account.made.len() - account.actions;
    let recommendations = counted(recommendations, "recommendation", "recommendations");
    match account.actions {
        0 => recommendations,
        actions => format!("{recommendations} and {}", counted(actions, "action", "actions")),
    }
}

fn unplaced(doc: &mut Doc, account: &Account) {
    doc.gap();
    if account.is_complete() {
        doc.say("Everything was placed in the plan.");
        return;
    }
    doc.say("These parts of the file could not be placed in the plan:");
    let unless_empty = |text: &str, words: &dyn Fn() -> String| match text {
        "" => String::new(),
        _ => words(),
    };
    for (value, rows) in account.unplaced.iter().take(2 * MOST) {
        let sheet = account.sheets.get(value.sheet).filter(|_| account.sheets.len() > 1);
        let sheet = sheet.map_or("", String::as_str);
        let sheet = unless_empty(sheet, &|| format!("{}: ", to_single_line(sheet)));
        let column = &value.column;
        let column = unless_empty(column, &|| format!("column `{}`, ", to_single_line(column)));
        let words = unless_empty(&value.value, &|| format!("{}: ", short(&value.value)));
        let rows: Vec<u32> = rows.iter().copied().filter(|row| *row > 0).collect();
        let rows = match rows.as_slice() {
            [] => String::new(),
            rows => format!(" ({})", account.rows_in_words(rows)),
        };
        item(doc, format!("{sheet}{column}{words}{}{rows}", to_single_line(&value.why)));
    }
    more(doc, account.unplaced.len(), 2 * MOST);
}

/// Adds a line with the number of lines that were left out, if there are more than `most` lines.
fn more(doc: &mut Doc, count: usize, most: usize) {
    if count > most {
        item(doc, format!("and {} more; list all with `--format json`", count - most));
    }
}

fn item(doc: &mut Doc, words: String) {
    doc.0.push(Block::Hanging("  ".into(), 2, words.into()));
}

/// Returns the first ids, followed by the number of the other ids if there are more than [`MOST`].
fn some(ids: &[&str]) -> String {
    let named: Vec<&str> = ids.iter().take(MOST).copied().collect();
    match ids.len().saturating_sub(MOST) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// Returns a text in quotes, shortened if it is long.
fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = to_single_line(text);
    match text.chars().count() > LONGEST {
        true => format!("“{}…”", text.chars().take(LONGEST).collect::<String>().trim_end()),
        false => format!("“{text}”"),
    }
}

fn explanation_json(explained: &Explained) -> Value {
    let rows = explained.sheets.iter().flat_map(|sheet| {
        sheet.columns.iter().map(move |column| {
            json!({
                "id": null, "sheet": sheet.name, "column": column.header, "letters": column.letters,
                "filled": column.filled, "of": sheet.rows, "key": column.key, "why": column.why, "samples": column.samples,
            })
        })
    });
    let sheets = explained.sheets.iter().map(|sheet| {
        json!({
            "name": sheet.name, "hidden": sheet.visibility.word().is_some(), "header": sheet.header, "rows": sheet.rows,
            "rows_are": sheet.rows_are, "notes": sheet.notes, "refused": sheet.refused.as_ref().map(|(why, help)| format!("{why}: {help}")),
        })
    });
    json!({
        "file": explained.file, "notes": explained.notes, "sheets": sheets.collect::<Vec<_>>(), "rows": rows.collect::<Vec<_>>(),
    })
}

fn account_json(account: &Account) -> Value {
    let ids =
        |ids: &[crate::model::Id]| ids.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    let sheet = |place: usize| account.sheets.get(place).cloned().unwrap_or_default();
    let changed = account
        .changed
        .iter()
        .map(|changed| json!({ "id": changed.id.as_str(), "how": changed.how }));
    let differs = account.differs.iter().map(|differs| {
        json!({
            "id": differs.id.as_str(), "sheet": sheet(differs.place.sheet), "row": differs.place.row, "key": differs.key,
            "plan": differs.plan, "file": differs.file, "why": differs.why,
        })
    });
    let wordings = account
        .to_be_agreed
        .iter()
        .map(|(wording, rows)| json!({ "wording": wording, "rows": rows }));
    let rows = account.unplaced.iter().map(|(value, rows)| {
        json!({ "id": null, "sheet": sheet(value.sheet), "column": value.column, "value": value.value, "why": value.why, "rows": rows })
    });
    json!({
        "file": account.file, "rows_read": account.rows, "made": ids(&account.made), "changed": changed.collect::<Vec<_>>(),
        "same": account.same, "gone": ids(&account.gone), "differs": differs.collect::<Vec<_>>(),
        "to_be_agreed": wordings.collect::<Vec<_>>(), "notes": account.notes, "rows": rows.collect::<Vec<_>>(),
    })
}

/// Returns the rows of the imported file at the given positions as CSV. If a sheet has any of these rows, its first row
/// is also included, because the first row may contain the headings.
///
/// # Errors
/// Fails if the CSV cannot be written.
pub fn rest(source: &Source, places: &[RowPlace]) -> anyhow::Result<String> {
    let mut file = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for (number, sheet) in source.sheets.iter().enumerate() {
        let mut wanted =
            places.iter().filter(|place| place.sheet == number).map(|place| place.row).peekable();
        if wanted.peek().is_none() {
            continue;
        }
        let header = sheet.rows.first().map(|row| row.number).into_iter();
        for row in header.chain(wanted).filter_map(|row| sheet.row(row)) {
            file.write_record(row.cells.iter().map(|cell| harmless(&cell.text)))?;
        }
    }
    Ok(format!("\u{feff}{}", String::from_utf8(file.into_inner()?)?))
}
