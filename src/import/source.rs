//! A file of rows: what kind it is, and its sheets.

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

/// The most cells that a file may have: more would not fit into memory.
const MOST_CELLS: u64 = 20_000_000;

/// A file as it was read.
#[derive(Debug, Clone, Default)]
pub struct Source {
    pub path: PathBuf,
    pub sheets: Vec<Sheet>,
    /// How its rows are called: `row`, `line` or `object`.
    pub unit: &'static str,
    /// The decisions made while the file was read: its encoding, its delimiter.
    pub notes: Vec<String>,
}

impl Source {
    /// The name of the file without its ending: who says what is in it, where nothing else is said.
    pub fn name(&self) -> String {
        printable(&self.path.file_stem().unwrap_or_default().to_string_lossy())
    }
}

/// How a file is to be read, where the user says so.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading<'a> {
    /// The encoding of a csv file.
    pub encoding: Option<&'a str>,
    /// The path to the list of objects of a JSON file.
    pub path: Option<&'a str>,
}

/// Told how many of how many bytes or rows are read.
pub type Watch<'w> = &'w dyn Fn(u64, u64);

/// Reads the bytes of a file of rows, by the first of them and by the ending of its name.
///
/// # Errors
/// It is no such file, or broken, or too large.
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
                "not a workbook, though its name ends with .{ending}: rename it if it is a csv file"
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
