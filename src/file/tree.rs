//! Cuts a plan's text into pieces. The `toml` crate parses each piece into a tree whose values know their bytes.

use std::{collections::HashMap, iter, ops::Range, sync::Arc};

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
/// The other keys at the top of a plan. A test holds them to the table of keys.
pub(super) const OTHERS: [&str; 5] = ["plan", "policy", "area", "owner", "meeting"];

/// A part of a plan's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'s> {
    pub text: &'s str,
    /// Its first byte in the whole text.
    start: usize,
    /// The parts that it is joined of; none where it is one.
    joints: &'s [Joint],
    /// It goes on after this.
    pub is_cut_off: bool,
}

/// The beginning of a part of a joined text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Joint {
    /// In the joined text.
    at: usize,
    /// In the whole text.
    start: usize,
}

impl<'s> Piece<'s> {
    /// A text that is not cut.
    pub fn whole(text: &'s str) -> Self {
        Self { text, start: 0, joints: &[], is_cut_off: false }
    }

    /// About so many of its first bytes, if possible whole lines.
    pub fn beginning(self, length: usize) -> Self {
        let text = &self.text[..self.text.floor_char_boundary(length)];
        let end = text.rfind('\n').filter(|end| end * 2 > length).unwrap_or(text.len());
        Self { text: &text[..end], is_cut_off: true, ..self }
    }

    /// Bytes of the piece as bytes of the whole text.
    fn bytes(&self, span: Range<usize>) -> Range<usize> {
        let offset = |at: usize| match self.joints.partition_point(|joint| joint.at <= at) {
            0 => self.start,
            passed => self.joints[passed - 1].start - self.joints[passed - 1].at,
        };
        let last = span.end.saturating_sub(1).max(span.start);
        span.start + offset(span.start)..span.end + offset(last)
    }

    fn is_in_one_part(&self, span: &Range<usize>) -> bool {
        let part = |at: usize| self.joints.partition_point(|joint| joint.at <= at);
        span.is_empty() || part(span.start) == part(span.end - 1)
    }
}

/// How a plan's text is cut: into a piece for each recommendation, and the head, which is everything else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pieces {
    /// The bytes of each recommendation; none where the head is the whole text.
    recommendations: Vec<Range<usize>>,
    /// The head, where it does not stand in one place.
    joined: Option<Joined>,
}

/// The tables before, between and after the recommendations as one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Joined {
    text: Arc<str>,
    joints: Vec<Joint>,
}

impl Pieces {
    /// Cuts before every line that begins with `[[recommendation]]`, and before the next that begins another table.
    /// Such a line may stand inside a text of several lines. Then the piece before it does not parse, or a value
    /// reaches from one part of the head into the next, which shows that the cut was wrong.
    pub fn cut(source: &str) -> Self {
        let mut recommendations: Vec<Range<usize>> = Vec::new();
        let mut is_open = false;
        for at in line_starts_with_bracket(source) {
            let line = &source[at..];
            let begins = line.starts_with(HEADER);
            if is_open && (begins || is_other_header(line)) {
                if let Some(open) = recommendations.last_mut() {
                    open.end = at;
                }
                is_open = false;
            }
            if begins {
                recommendations.push(at..source.len());
                is_open = true;
            }
        }
        let joined = Joined::of(source, &recommendations);
        Self { recommendations, joined }
    }

    /// The whole text as one piece.
    pub fn whole() -> Self {
        Self::default()
    }

    pub fn is_whole(&self) -> bool {
        self.recommendations.is_empty()
    }

    /// Says whether a recommendation seems to begin inside a text of several lines.
    pub fn cut_a_text(&self, source: &str) -> bool {
        let mut starts = self.recommendations.iter().map(|bytes| bytes.start).peekable();
        toml_parser::Source::new(source).lex().any(|token| {
            while starts.next_if(|start| *start <= token.span().start()).is_some() {}
            starts.peek().is_some_and(|start| *start < token.span().end())
        })
    }

    /// Everything but the recommendations.
    pub fn head<'s>(&'s self, source: &'s str) -> Piece<'s> {
        if let Some(joined) = &self.joined {
            return Piece { joints: &joined.joints, ..Piece::whole(&joined.text) };
        }
        let end = self.recommendations.first().map_or(source.len(), |first| first.start);
        Piece::whole(&source[..end])
    }

    /// The piece of the recommendation at a position.
    pub fn recommendation<'s>(&self, source: &'s str, index: usize) -> Option<Piece<'s>> {
        let bytes = self.recommendations.get(index)?;
        Some(Piece { start: bytes.start, ..Piece::whole(&source[bytes.clone()]) })
    }

    /// The pieces of all recommendations.
    pub fn recommendations<'s>(&self, source: &'s str) -> Vec<Piece<'s>> {
        let indices = 0..self.recommendations.len();
        indices.filter_map(|index| self.recommendation(source, index)).collect()
    }
}

/// The bytes at which a line begins with `[`.
fn line_starts_with_bracket(source: &str) -> impl Iterator<Item = usize> {
    let first = source.starts_with('[').then_some(0);
    first.into_iter().chain(memmem::find_iter(source.as_bytes(), "\n[").map(|at| at + 1))
}

fn is_other_header(line: &str) -> bool {
    let path = line.trim_start_matches('[');
    OTHERS.iter().any(|key| path.strip_prefix(key).is_some_and(|rest| rest.starts_with(['.', ']'])))
}

impl Joined {
    /// The text around these recommendations; `None` where all of it stands before them.
    fn of(source: &str, recommendations: &[Range<usize>]) -> Option<Self> {
        let mut text = String::new();
        let mut joints = Vec::new();
        let mut start = 0;
        let end = source.len()..source.len();
        for gap in recommendations.iter().cloned().chain(iter::once(end)) {
            if start < gap.start {
                joints.push(Joint { at: text.len(), start });
                text.push_str(&source[start..gap.start]);
            }
            start = gap.end;
        }
        let is_before = |joint: &Joint| joint.start == 0;
        (!joints.iter().all(is_before)).then(|| Self { text: text.into(), joints })
    }
}

/// A piece and the values in it.
#[derive(Debug)]
pub struct Tree<'s> {
    pub piece: Piece<'s>,
    pub root: DeTable<'s>,
}

impl<'s> Tree<'s> {
    /// Says whether a text is TOML.
    pub fn is_toml(text: &str) -> bool {
        DeTable::parse(text).is_ok()
    }

    /// The values of a piece, and what is not TOML in it.
    pub fn parse(piece: Piece<'s>) -> (Self, Vec<Error>) {
        let (root, errors) = DeTable::parse_recoverable(piece.text);
        (Self { piece, root: root.into_inner() }, errors)
    }

    /// Bytes of the piece as bytes of the whole text.
    pub fn bytes(&self, span: Range<usize>) -> Range<usize> {
        self.piece.bytes(span)
    }

    /// The text at these bytes of the piece.
    pub fn raw(&self, span: Range<usize>) -> &'s str {
        self.piece.text.get(span).unwrap_or("")
    }

    /// Says whether one recommendation stands at the top, and nothing else.
    pub fn is_one_recommendation(&self) -> bool {
        let list = self.root.get(LIST).and_then(|value| value.get_ref().as_array());
        self.root.len() == 1 && list.is_some_and(|list| list.len() == 1)
    }

    /// Says whether the key of the recommendations stands here, whatever is under it.
    pub fn has_recommendations(&self) -> bool {
        self.root.contains_key(LIST)
    }

    /// Says whether every value stands in one part of the text, where it is joined of several.
    pub fn is_joined_well(&self) -> bool {
        let mut is_well = true;
        if !self.piece.joints.is_empty() {
            self.visit(&mut |value| is_well &= self.piece.is_in_one_part(&value.span()));
        }
        is_well
    }

    /// Visits every value.
    pub fn visit<'t>(&'t self, visitor: &mut impl FnMut(&'t Spanned<DeValue<'s>>)) {
        visit(&self.root, visitor);
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

/// Visits every value in a table, and every value in those.
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

/// Says whether an array is written as `[[…]]`: its elements are tables under headers.
pub fn has_headers(tree: &Tree<'_>, items: &[Spanned<DeValue<'_>>]) -> bool {
    items.first().is_some_and(|first| {
        first.get_ref().is_table() && tree.origin(&first.span()) == Origin::Header
    })
}

/// So many pieces stay parsed while places are looked up.
const MOST_TREES: usize = 100;

/// Finds places of a plan in its text. A piece is parsed when a place in it is looked up.
pub struct Places<'s> {
    source: &'s str,
    pieces: &'s Pieces,
    head: Option<Tree<'s>>,
    recommendations: HashMap<usize, Tree<'s>>,
}

impl<'s> Places<'s> {
    /// The places of a plan that was decoded from `source`, cut in this way.
    pub fn new(source: &'s str, pieces: &'s Pieces) -> Self {
        Self { source, pieces, head: None, recommendations: HashMap::new() }
    }

    /// The tree that `place` is in, and the steps that are left to go in it.
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

/// The kind of a value, in a reader's words.
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
