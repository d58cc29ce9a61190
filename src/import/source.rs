//! A file of rows to be imported, such as a workbook or a csv file: its kind and its sheets.

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

/// The most letters in the cells of a workbook. One shared text can be in many cells.
const MOST_LETTERS: u64 = 1 << 29;
/// The most columns of a sheet, as in Excel.
const MOST_COLUMNS: usize = 16_384;

/// A file of rows after reading.
#[derive(Debug, Clone, Default)]
pub struct Source {
    pub path: PathBuf,
    pub sheets: Vec<Sheet>,
    /// The word for a row of this file: `row`, `line` or `object`.
    pub unit: &'static str,
    /// Remarks on decisions that the program made while reading, such as the encoding and the delimiter.
    pub notes: Vec<String>,
}

impl Source {
    /// Returns the file name without its ending. Imported entries are reported by this name, unless the mapping gives
    /// another.
    pub fn name(&self) -> String {
        printable(&self.path.file_stem().unwrap_or_default().to_string_lossy())
    }
}

/// The user's choices for reading a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading<'a> {
    /// The encoding of a csv file.
    pub encoding: Option<&'a str>,
    /// The path to the list of objects in a JSON file.
    pub path: Option<&'a str>,
}

/// A callback that shows the progress of reading. Its arguments are the number of bytes or rows read so far, and the
/// total.
pub type Watch<'w> = &'w dyn Fn(u64, u64);

/// Reads a file of rows. Its kind is recognised by the first bytes and the ending of the file name.
///
/// # Errors
/// Fails if the file has another kind, is broken, or is too large.
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
