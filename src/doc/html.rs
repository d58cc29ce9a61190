//! Writes the blocks of a document as HTML, without the surrounding page.

use std::fmt;

use askama::Template;
use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::{
    Block, Column, Datum, Line, Piece, Table,
    escape::clean,
    quote::{Quote, quotes},
};
use crate::model::to_single_line;

/// The blocks of a section, and the number of this section on the HTML page.
#[derive(Template)]
#[template(path = "blocks.html")]
pub struct Blocks<'d> {
    pub blocks: &'d [Block],
    pub number: usize,
}

impl Blocks<'_> {
    fn quotes(&self, text: &str) -> Vec<Quote> {
        quotes(text)
    }
}

impl Datum {
    /// Returns the text of the value on one line.
    pub fn words(&self) -> String {
        to_single_line(&self.shown)
    }
}

impl Blocks<'_> {
    /// Returns a data URL that contains the drawing `svg` in base64. Base64 is used because Pandoc 2.17 reads every
    /// data URL as base64.
    fn address(&self, svg: impl fmt::Display) -> String {
        format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(clean(&svg.to_string())))
    }
}

impl Line {
    /// Checks whether the line is so long that a table cell must wrap it.
    fn is_long(&self) -> bool {
        const LETTERS: usize = 80;
        self.plain().chars().count() > LETTERS
    }
}

impl Table {
    /// Checks whether the table is short enough for one page.
    fn is_short(&self) -> bool {
        const ROWS: usize = 8;
        self.rows.len() <= ROWS
    }

    /// Returns the cells of a row, each together with the column of the cell.
    fn cells<'t>(&'t self, row: &'t [Line]) -> impl Iterator<Item = (&'t Column, &'t Line)> {
        self.columns.iter().zip(row)
    }
}
