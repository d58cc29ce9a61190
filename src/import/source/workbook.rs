//! Reads workbooks: xlsx, ods and xls.

use std::io::Cursor;

use anyhow::{Context as _, bail};
use calamine::{Reader, Xls};

use super::{
    Source, Watch,
    cells::{take, visibility},
    ods,
    package::Package,
    xlsx,
};
use crate::import::table::Sheet;

/// Reads an xlsx, ods or xls workbook.
///
/// # Errors
/// Fails if the file is not a workbook, or is damaged, protected or too large.
pub fn read(bytes: Vec<u8>, watch: Watch<'_>) -> anyhow::Result<Source> {
    let mut source = Source { unit: "row", ..Source::default() };
    if bytes.starts_with(b"PK") {
        let mut package = Package::open(&bytes)?;
        source.sheets = match () {
            () if package.has("xl/workbook.xml") => xlsx::read(&bytes, &mut package, watch)?,
            () if package.has("content.xml") => ods::read(&bytes, &mut package)?,
            () if package.has("xl/workbook.bin") => {
                bail!("an xlsb workbook cannot be read: save the workbook as xlsx")
            }
            () => bail!("a zip archive, but not an xlsx or ods workbook"),
        };
        return Ok(source);
    }
    let read = Xls::new(Cursor::new(bytes.as_slice()));
    let mut book =
        read.context("the xls workbook cannot be read; it may be protected by a password")?;
    for sheet in book.sheets_metadata().to_vec() {
        let range = book.worksheet_range(&sheet.name);
        let range = range.with_context(|| format!("sheet `{}` is damaged", sheet.name))?;
        let mut found =
            Sheet { name: sheet.name, visibility: visibility(sheet.visible), ..Sheet::default() };
        take(&mut found, &range, |_, _, _| None);
        source.sheets.push(found);
    }
    Ok(source)
}
