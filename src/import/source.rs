//! Reads the file to be imported: a workbook, a csv file or a JSON file.

mod cells;
mod csv;
mod json;
mod numbers;
mod ods;
mod package;
mod tags;
mod workbook;
mod xlsx;

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::table::Sheet;
use crate::model::printable;

/// The maximum number of cells in a file. More cells would use too much memory.
const MOST_CELLS: u64 = 20_000_000;

/// The maximum length, in bytes, of all texts in the cells of a workbook. Even a small file can have very long texts,
/// because many cells can share one stored text.
const MOST_LETTERS: u64 = 1 << 29;
/// The maximum number of columns in a sheet, as in Excel.
const MOST_COLUMNS: usize = 16_384;

/// The content of a file to be imported.
#[derive(Debug, Clone, Default)]
pub struct Source {
    pub path: PathBuf,
    pub sheets: Vec<Sheet>,
    /// The word for a row of this file: `row`, `line` or `object`.
    pub unit: &'static str,
    /// Remarks on decisions that the program made while it read the file, such as the choice of the encoding.
    pub notes: Vec<String>,
}

impl Source {
    /// Returns the name of the file without its ending. Imported entries get this name as their source, unless the
    /// mapping gives another name.
    pub fn name(&self) -> String {
        printable(&self.path.file_stem().unwrap_or_default().to_string_lossy())
    }
}

/// The user's choices for reading a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading<'a> {
    /// The encoding of a csv file, if the user names one.
    pub encoding: Option<&'a str>,
    /// The path of keys to the list of objects in a JSON file, if the user names one.
    pub path: Option<&'a str>,
}

/// A function that shows the progress of reading. Its arguments are the number of bytes or rows read so far, and the
/// total number.
pub type Watch<'w> = &'w dyn Fn(u64, u64);

/// Reads a file to be imported. Its first bytes and the ending of its name show whether it is a workbook, a csv file or
/// a JSON file.
///
/// # Errors
/// Fails if the file is damaged or too large, or is not of the kind that its ending says.
pub fn read(
    path: &Path,
    bytes: Vec<u8>,
    how: Reading<'_>,
    watch: Watch<'_>,
) -> anyhow::Result<Source> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_workbook = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0");
    let mut source = match ending.as_str() {
        _ if is_workbook => workbook::read(bytes, watch)?,
        "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => {
            bail!(
                "not a workbook, although the name ends with .{ending}: if this is a csv file, rename it"
            )
        }
        "json" => json::read(&bytes, how)?,
        _ => csv::read(bytes, how, watch)?,
    };
    source.path = path.to_path_buf();
    Ok(source)
}

#[cfg(test)]
mod tests;
