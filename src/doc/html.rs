//! A document as HTML: its lines and its blocks, without the page around them.

use std::fmt;

use askama::Template;
use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::{
    Block, Column, Datum, Line, Piece, Table,
    escape::clean,
    quote::{Quote, quotes},
};
use crate::model::to_single_line;

/// The blocks of a section, with the section's number on its page.
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
    /// The words on one line.
    pub fn words(&self) -> String {
        to_single_line(&self.shown)
    }
}

impl Blocks<'_> {
    /// The address that holds a drawing. Pandoc 2.17 takes every such address for base64.
    fn address(&self, svg: impl fmt::Display) -> String {
        format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(clean(&svg.to_string())))
    }
}

impl Line {
    /// Says whether it fills several lines of a table's cell.
    fn is_long(&self) -> bool {
        const LETTERS: usize = 80;
        self.plain().chars().count() > LETTERS
    }
}

impl Table {
    /// Says whether it stands on one page of paper.
    fn is_short(&self) -> bool {
        const ROWS: usize = 8;
        self.rows.len() <= ROWS
    }

    /// The cells of a row with their columns.
    fn cells<'t>(&'t self, row: &'t [Line]) -> impl Iterator<Item = (&'t Column, &'t Line)> {
        self.columns.iter().zip(row)
    }
}
