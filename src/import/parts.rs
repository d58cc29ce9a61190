//! Splits a file with rows of several plans by the column that names the plan.

use super::{mapping::Mapping, source::Source, target::Target, view::SheetView};

/// Returns the rows of each plan as a separate source, with the plan's name; `None` if the mapping has no column for
/// the plan.
///
/// # Errors
/// Fails if the mapping has several sheets, because only one sheet has the column.
pub fn parted(source: &Source, mapping: &Mapping) -> Result<Option<Vec<(String, Source)>>, String> {
    let column = mapping.sheet.iter().find_map(|sheet| {
        let is_plan = |name: &String| Target::find(sheet.rows, name) == Some(Target::Plan);
        let mut columns = sheet.columns.iter();
        let (header, _) = columns.find(|(_, keys)| keys.names().iter().any(is_plan))?;
        Some((sheet, header))
    });
    let Some((sheet, header)) = column else {
        return Ok(None);
    };
    if mapping.sheet.len() > 1 {
        return Err(format!(
            "`{header}` names the plan of each row, but the mapping reads several sheets"
        ));
    }
    let found =
        source.sheets.iter().find(|found| source.sheets.len() == 1 || found.name == sheet.name);
    let view = found.and_then(|found| SheetView::of(found, sheet));
    let Some((view, column)) = view.as_ref().and_then(|view| Some((view, view.column(header)?)))
    else {
        return Ok(None);
    };
    let mut names: Vec<&str> = Vec::new();
    for name in view.texts(column) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let part = |name: &&str| {
        let mut part = source.clone();
        for sheet in part.sheets.iter_mut().filter(|part| part.name == view.sheet.name) {
            sheet.rows.retain(|row| row.number <= view.header || row.text(column.at) == *name);
        }
        ((*name).to_owned(), part)
    };
    Ok(Some(names.iter().map(part).collect()))
}
