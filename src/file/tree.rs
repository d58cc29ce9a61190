//! A piece of a plan's text as a tree of TOML values with their positions.

use std::{collections::HashMap, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue, Error},
};

use super::pieces::{LIST, Piece, Pieces};
use crate::{
    checks::{Finding, Location, Version},
    key_path::{KeyPath, Step},
};

/// A piece of a plan's text, and the values that were parsed from it.
#[derive(Debug)]
pub struct Tree<'s> {
    pub piece: Piece<'s>,
    pub root: DeTable<'s>,
}

impl<'s> Tree<'s> {
    /// Checks whether a text is valid TOML.
    pub fn is_toml(text: &str) -> bool {
        DeTable::parse(text).is_ok()
    }

    /// Parses a piece of the text. Returns the parsed values and the syntax errors.
    pub fn parse(piece: Piece<'s>) -> (Self, Vec<Error>) {
        let (root, errors) = DeTable::parse_recoverable(piece.text);
        (Self { piece, root: root.into_inner() }, errors)
    }

    /// Converts a range of bytes in the piece to a range in the whole text.
    pub fn bytes(&self, span: Range<usize>) -> Range<usize> {
        self.piece.bytes(span)
    }

    /// Returns the text in a range of bytes of the piece.
    pub fn raw(&self, span: Range<usize>) -> &'s str {
        self.piece.text.get(span).unwrap_or("")
    }

    /// Checks whether the piece contains exactly one recommendation and nothing else.
    pub fn is_one_recommendation(&self) -> bool {
        let list = self.root.get(LIST).and_then(|value| value.get_ref().as_array());
        self.root.len() == 1 && list.is_some_and(|list| list.len() == 1)
    }

    /// Checks whether every value of a joined piece lies inside one of the parts from which the piece was joined.
    /// Returns true for a piece that was not joined.
    pub fn is_joined_well(&self) -> bool {
        let mut is_well = true;
        if !self.piece.joints.is_empty() {
            self.visit(&mut |value| is_well &= self.piece.is_in_one_part(&value.span()));
        }
        is_well
    }

    /// Calls `visitor` with every value of the piece, including nested values.
    pub fn visit<'t>(&'t self, visitor: &mut impl FnMut(&'t Spanned<DeValue<'s>>)) {
        visit(&self.root, visitor);
    }

    /// Returns the first recommendation in the piece, if there is one.
    pub fn first_recommendation(&self) -> Option<&Spanned<DeValue<'s>>> {
        self.root.get(LIST)?.get_ref().as_array()?.first()
    }

    /// Follows a path of keys and indexes from the top of the piece, as far as the values exist. Returns the last value
    /// reached, and the number of steps that remain.
    fn walk(&self, steps: &[Step]) -> (Option<&Spanned<DeValue<'s>>>, usize) {
        let mut nearest: Option<&Spanned<DeValue<'s>>> = None;
        for (position, step) in steps.iter().enumerate() {
            let next = match (step, nearest.map(Spanned::get_ref)) {
                (Step::Key(key), None) => self.root.get(*key),
                (Step::Key(key), Some(DeValue::Table(table))) => table.get(*key),
                (Step::Index(index), Some(DeValue::Array(items))) => items.get(*index),
                _ => None,
            };
            if next.is_none() {
                return (nearest, steps.len() - position);
            }
            nearest = next;
        }
        (nearest, 0)
    }

    /// Returns the notation of the table at the position `span` in the piece.
    pub fn origin(&self, span: &Range<usize>) -> Origin {
        match self.raw(span.clone()).bytes().next() {
            Some(b'[') => Origin::Header,
            Some(b'{') => Origin::Braces,
            _ => Origin::Key,
        }
    }
}

/// Calls `visitor` with every value in a table, including nested values.
pub fn visit<'t, 's>(table: &'t DeTable<'s>, visitor: &mut impl FnMut(&'t Spanned<DeValue<'s>>)) {
    table.values().for_each(|value| visit_value(value, visitor));
}

fn visit_value<'t, 's>(
    value: &'t Spanned<DeValue<'s>>,
    visitor: &mut impl FnMut(&'t Spanned<DeValue<'s>>),
) {
    visitor(value);
    match value.get_ref() {
        DeValue::Table(inner) => visit(inner, visitor),
        DeValue::Array(items) => items.iter().for_each(|item| visit_value(item, visitor)),
        _ => {}
    }
}

/// The notation in which a table is written. It determines where new keys can be inserted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A table with a header: `[a]`, or `[[a]]` for an element of a list.
    Header,
    /// An inline table in braces: `{ … }`.
    Braces,
    /// A table `a` without a header or braces, which exists only because of a key `a.b = …` or a header `[a.b]`.
    Key,
}

/// Checks whether a list of tables is written with `[[…]]` headers rather than as a list in brackets.
pub fn has_headers(tree: &Tree<'_>, items: &[Spanned<DeValue<'_>>]) -> bool {
    items.first().is_some_and(|first| {
        first.get_ref().is_table() && tree.origin(&first.span()) == Origin::Header
    })
}

/// The maximum number of parsed pieces that are kept in memory.
const MOST_TREES: usize = 100;

/// A finder that converts key paths to positions in the text of a plan. Pieces of the text are parsed only when they
/// are needed.
pub struct Places<'s> {
    pub source: &'s str,
    pieces: &'s Pieces,
    head: Option<Tree<'s>>,
    recommendations: HashMap<usize, Tree<'s>>,
}

impl<'s> Places<'s> {
    /// Creates a finder for `source`, the text of a plan, which was cut into `pieces`.
    pub fn new(source: &'s str, pieces: &'s Pieces) -> Self {
        Self { source, pieces, head: None, recommendations: HashMap::new() }
    }

    /// Returns the parsed piece that contains the value at the path `place`, and the path of the value inside this
    /// piece.
    fn tree(&mut self, place: &KeyPath) -> (&Tree<'s>, Vec<Step>) {
        let steps = place.steps();
        if let [Step::Key(LIST), Step::Index(index), rest @ ..] = steps
            && let Some(piece) = self.pieces.recommendation(self.source, *index)
        {
            if self.recommendations.len() > MOST_TREES {
                self.recommendations.clear();
            }
            let parse = || Tree::parse(piece).0;
            let tree = self.recommendations.entry(*index).or_insert_with(parse);
            let own = [Step::Key(LIST), Step::Index(0)];
            return (tree, own.iter().chain(rest).copied().collect());
        }
        let head = self.pieces.head(self.source);
        let tree = self.head.get_or_insert_with(|| Tree::parse(head).0);
        (tree, steps.to_vec())
    }

    /// Returns the position of the value at the path `place`. If there is no such value, returns the position of the
    /// nearest value around it.
    pub fn locate(&mut self, place: &KeyPath) -> Range<usize> {
        let (tree, steps) = self.tree(place);
        let (nearest, _) = tree.walk(&steps);
        tree.bytes(nearest.map_or(0..0, Spanned::span))
    }

    /// Replaces the key paths in all findings by positions in the text. For key paths in an earlier version of the
    /// plan, the finder `earlier` gives the positions.
    pub fn locate_all(&mut self, findings: &mut [Finding], mut earlier: Option<&mut Self>) {
        for finding in findings {
            self.locate_spot(&mut finding.at);
            for related in &mut finding.related {
                match (related.version, earlier.as_deref_mut()) {
                    (Version::Earlier, Some(earlier)) => earlier.locate_spot(&mut related.at),
                    _ => self.locate_spot(&mut related.at),
                }
            }
        }
    }

    fn locate_spot(&mut self, spot: &mut Location) {
        if let Location::KeyPath(place) = spot {
            *spot = Location::Bytes(self.locate(place));
        }
    }

    /// Returns the table at the path `place`, together with the parsed piece that contains the table. Returns `None` if
    /// there is no such table.
    pub fn table(&mut self, place: &KeyPath) -> Option<(&Tree<'s>, TableAt<'_, 's>)> {
        let (tree, steps) = self.tree(place);
        let table = match tree.walk(&steps) {
            (None, 0) => TableAt { keys: &tree.root, span: 0..0 },
            (value, 0) => table_at(value?)?,
            _ => return None,
        };
        Some((tree, table))
    }
}

/// A table, and the position of the header, the braces or the key that created it.
#[derive(Debug, Clone)]
pub struct TableAt<'d, 's> {
    pub keys: &'d DeTable<'s>,
    pub span: Range<usize>,
}

/// Returns a value as a table, or `None` if the value has another type.
pub fn table_at<'d, 's>(value: &'d Spanned<DeValue<'s>>) -> Option<TableAt<'d, 's>> {
    Some(TableAt { keys: value.get_ref().as_table()?, span: value.span() })
}

/// Returns the name of a value's TOML type, for messages.
pub fn kind(tree: &Tree<'_>, value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Float(_) => "a decimal number",
        DeValue::Integer(_) => "a number",
        DeValue::Array(items) if has_headers(tree, items) => "a list of tables",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
