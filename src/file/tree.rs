//! Cuts a plan's text into pieces. The `toml` crate parses each piece into a tree whose values know their bytes.

use std::{collections::HashMap, ops::Range};

use memchr::memmem;
use toml::{
    Spanned,
    de::{DeTable, DeValue, Error},
};

use crate::{
    checks::{Finding, Location, Version},
    key_path::{KeyPath, Step},
};

/// The list that a plan is cut by.
const LIST: &str = "recommendation";
const HEADER: &str = "[[recommendation]]";

/// A part of a plan's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'s> {
    pub text: &'s str,
    /// Where it begins in the whole text.
    pub start: usize,
}

/// How a plan's text is cut: into its head and a piece for each recommendation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Where each recommendation begins; none where the head is the whole text.
    starts: Vec<usize>,
}

impl Pieces {
    /// Cuts before every line that begins with `[[recommendation]]`. Such a line may stand inside a text
    /// of several lines; then the piece before it does not parse, which shows that the cut was wrong.
    pub fn cut(source: &str) -> Self {
        let at_line_start = |at: &usize| *at == 0 || source[..*at].ends_with('\n');
        let headers = memmem::find_iter(source.as_bytes(), HEADER);
        Self { starts: headers.filter(at_line_start).collect() }
    }

    /// The whole text as one piece.
    pub fn whole() -> Self {
        Self::default()
    }

    pub fn is_whole(&self) -> bool {
        self.starts.is_empty()
    }

    /// What stands before the first recommendation.
    pub fn head<'s>(&self, source: &'s str) -> Piece<'s> {
        let end = self.starts.first().copied().unwrap_or(source.len());
        Piece { text: &source[..end], start: 0 }
    }

    /// The piece of the recommendation at a position.
    pub fn recommendation<'s>(&self, source: &'s str, index: usize) -> Option<Piece<'s>> {
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).copied().unwrap_or(source.len());
        Some(Piece { text: &source[start..end], start })
    }

    /// The pieces of all recommendations.
    pub fn recommendations<'s>(&self, source: &'s str) -> Vec<Piece<'s>> {
        (0..self.starts.len()).filter_map(|index| self.recommendation(source, index)).collect()
    }
}

/// A piece and the values in it.
#[derive(Debug)]
pub struct Tree<'s> {
    pub piece: Piece<'s>,
    pub root: DeTable<'s>,
}

impl<'s> Tree<'s> {
    /// The values of a piece, and what is not TOML in it.
    pub fn parse(piece: Piece<'s>) -> (Self, Vec<Error>) {
        let (root, errors) = DeTable::parse_recoverable(piece.text);
        (Self { piece, root: root.into_inner() }, errors)
    }

    /// Bytes of the piece as bytes of the whole text.
    pub fn bytes(&self, span: Range<usize>) -> Range<usize> {
        span.start + self.piece.start..span.end + self.piece.start
    }

    /// What is written at these bytes of the piece.
    pub fn raw(&self, span: Range<usize>) -> &'s str {
        self.piece.text.get(span).unwrap_or("")
    }

    /// Whether one recommendation stands at the top, and nothing else.
    pub fn is_one_recommendation(&self) -> bool {
        let list = self.root.get(LIST).and_then(|value| value.get_ref().as_array());
        self.root.len() == 1 && list.is_some_and(|list| list.len() == 1)
    }

    /// Whether the key of the recommendations stands here, whatever is under it.
    pub fn has_recommendations(&self) -> bool {
        self.root.contains_key(LIST)
    }

    /// The first recommendation, whatever else there is.
    pub fn first_recommendation(&self) -> Option<&Spanned<DeValue<'s>>> {
        self.root.get(LIST)?.get_ref().as_array()?.first()
    }

    /// Goes these steps from the top as far as they lead: the last value on the way, and how many steps are left.
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

    /// How a table or list at these bytes of the piece was written.
    pub fn origin(&self, span: &Range<usize>) -> Origin {
        match self.raw(span.clone()).bytes().next() {
            Some(b'[') => Origin::Header,
            Some(b'{') => Origin::Braces,
            _ => Origin::Key,
        }
    }
}

/// How a table was written, which decides where more can be put into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// `[a]`, or an element of `[[a]]`.
    Header,
    /// `{ … }`.
    Braces,
    /// `a.b = …` made `a`, or `[a.b]` did.
    Key,
}

/// Whether an array is written as `[[…]]`: its elements are tables under headers.
pub fn has_headers(tree: &Tree<'_>, items: &[Spanned<DeValue<'_>>]) -> bool {
    items.first().is_some_and(|first| {
        first.get_ref().is_table() && tree.origin(&first.span()) == Origin::Header
    })
}

/// Finds places of a plan in its text. A piece is parsed when a place in it is looked up.
pub struct Places<'s> {
    source: &'s str,
    pieces: Pieces,
    head: Option<Tree<'s>>,
    recommendations: HashMap<usize, Tree<'s>>,
}

impl<'s> Places<'s> {
    /// The places of a plan that was decoded from `source`, cut in this way.
    pub fn new(source: &'s str, pieces: Pieces) -> Self {
        Self { source, pieces, head: None, recommendations: HashMap::new() }
    }

    /// The tree that `place` is in, and the steps that are left to go in it.
    fn tree(&mut self, place: &KeyPath) -> (&Tree<'s>, Vec<Step>) {
        let steps = place.steps();
        if let [Step::Key(LIST), Step::Index(index), rest @ ..] = steps
            && let Some(piece) = self.pieces.recommendation(self.source, *index)
        {
            let parse = || Tree::parse(piece).0;
            let tree = self.recommendations.entry(*index).or_insert_with(parse);
            let own = [Step::Key(LIST), Step::Index(0)];
            return (tree, own.iter().chain(rest).copied().collect());
        }
        let head = self.pieces.head(self.source);
        let tree = self.head.get_or_insert_with(|| Tree::parse(head).0);
        (tree, steps.to_vec())
    }

    /// The bytes of what stands at `place`, or of the nearest thing around it that is there.
    pub fn locate(&mut self, place: &KeyPath) -> Range<usize> {
        let (tree, steps) = self.tree(place);
        let (nearest, _) = tree.walk(&steps);
        tree.bytes(nearest.map_or(0..0, Spanned::span))
    }

    /// Turns the place of every finding into its bytes; those of an earlier version are sought in `earlier`.
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

    /// The table at `place` with its tree, if there is one.
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

/// A table, and where in its piece it is: its header, its braces, or the key that made it.
#[derive(Debug, Clone)]
pub struct TableAt<'d, 's> {
    pub keys: &'d DeTable<'s>,
    pub span: Range<usize>,
}

/// The table that a value is.
pub fn table_at<'d, 's>(value: &'d Spanned<DeValue<'s>>) -> Option<TableAt<'d, 's>> {
    Some(TableAt { keys: value.get_ref().as_table()?, span: value.span() })
}

/// What a value is, in a reader's words.
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
