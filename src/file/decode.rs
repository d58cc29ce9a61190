//! From the text of a plan file to a [`Plan`], with every fault gathered in one reading.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use memchr::memmem;
use rayon::prelude::*;

use super::{
    fields, syntax, tables,
    tree::{Piece, Pieces, Places, Tree},
};
use crate::{
    checks::{Finding, MOST_FAULTS, broken, first},
    model::{Day, Id, Plan, Recommendation, Rule, Timescale},
};

/// The number of pieces from which on all processors share the decoding.
const WORTH_SHARING: usize = 128;

/// So many pieces are decoded before it is asked whether there are faults enough.
const BATCH: usize = 1024;

/// The beginning of a longer piece is read first, for it may have more faults than are told.
const LONG: usize = 1 << 16;

/// A plan, and how its text was cut.
#[derive(Debug, Clone)]
pub struct PlanText {
    pub plan: Plan,
    pub pieces: Pieces,
}

/// Decodes texts of plans and remembers their recommendations by their bytes. Versions of a plan share the
/// recommendations that have the same bytes.
#[derive(Default)]
pub struct Reader<'s> {
    /// The last valid text, and the plan in it.
    last: Option<(Cow<'s, str>, PlanText)>,
    /// The recommendations of earlier texts that the last one does not have.
    known: HashMap<Box<str>, Arc<Recommendation>>,
}

impl<'s> Reader<'s> {
    /// A reader that has just decoded this text.
    pub fn after(source: &'s str, read: &PlanText) -> Self {
        Self { last: Some((source.into(), read.clone())), known: HashMap::new() }
    }

    /// # Errors
    /// Every fault of the text, in the order in which they stand there: TOML's, the format's, and the
    /// rules'. Never an empty list.
    pub fn decode(&mut self, source: impl Into<Cow<'s, str>>) -> Result<PlanText, Vec<Finding>> {
        let source = source.into();
        let read = self.read_text(&source)?;
        self.last = Some((source, read.clone()));
        Ok(read)
    }

    fn read_text(&mut self, source: &str) -> Result<PlanText, Vec<Finding>> {
        let conflicts = conflict_markers(source);
        if !conflicts.is_empty() {
            return Err(in_order(conflicts));
        }
        let cut = self.read(source, Pieces::cut(source));
        let sound = self.last.as_ref().map(|(_, read)| &read.plan);
        if cut.fits {
            return judge(source, cut, sound);
        }
        // The cut was wrong, or there is a fault. The whole text decides, and where it is no TOML either,
        // the pieces tell more: their faults do not hide each other.
        let tells_all = cut.pieces.is_whole();
        let may_be_wrong = || cut.pieces.cut_a_text(source) && Tree::is_toml(source);
        let is_wrong = !tells_all && (cut.broken.is_empty() || may_be_wrong());
        let read = if is_wrong { self.read(source, Pieces::whole()) } else { cut };
        judge(source, read, None)
    }

    fn read(&mut self, source: &str, pieces: Pieces) -> DecodedPiece {
        let head = read_piece(pieces.head(source), |head, faults| {
            let is_alone = pieces.is_whole() || !head.has_recommendations();
            (tables::plan(head, faults), is_alone && head.is_joined_well())
        });
        let PieceRead { value: ((plan, published), fits), faults, syntax } = head;
        let fits = fits && syntax.is_empty();
        let mut read = DecodedPiece { fits, broken: Vec::new(), faults: Vec::new(), plan, pieces };
        read.take(faults, syntax);
        if !read.pieces.is_whole() {
            read.plan.recommendations = self.recommendations(source, &mut read, published);
        }
        read
    }

    /// The recommendations of all pieces. Most of the first and the last ones are those of the last text.
    fn recommendations(
        &mut self,
        source: &str,
        read: &mut DecodedPiece,
        published: Option<Day>,
    ) -> Vec<Arc<Recommendation>> {
        let pieces = read.pieces.recommendations(source);
        let (before, after) = self.shared(&pieces);
        let new = &pieces[before.len()..pieces.len() - after.len()];
        let decode = |piece: &Piece<'_>| self.recommendation(*piece, published);
        let mut recommendations = before;
        for batch in new.chunks(BATCH) {
            let decoded: Vec<Decoded> = if batch.len() < WORTH_SHARING {
                batch.iter().map(decode).collect()
            } else {
                batch.par_iter().map(decode).collect()
            };
            for decoded in decoded {
                let PieceRead { value: (recommendation, is_alone), faults, syntax } = decoded;
                recommendations.push(recommendation);
                read.fits &= is_alone && syntax.is_empty();
                read.take(faults, syntax);
            }
            if read.has_enough() {
                break;
            }
        }
        recommendations.extend(after);
        recommendations
    }

    /// The recommendations that these pieces share with the last text, at its beginning and at its end. Those between
    /// them in the last text are remembered.
    fn shared(
        &mut self,
        pieces: &[Piece<'_>],
    ) -> (Vec<Arc<Recommendation>>, Vec<Arc<Recommendation>>) {
        let Some((source, last)) = &self.last else {
            return (Vec::new(), Vec::new());
        };
        let old = last.pieces.recommendations(source);
        let same = |(old, new): &(&Piece<'_>, &Piece<'_>)| old.text == new.text;
        let before = old.iter().zip(pieces).take_while(same).count();
        let rest = old[before..].iter().rev().zip(pieces[before..].iter().rev());
        let after = rest.take_while(same).count();
        let recommendations = &last.plan.recommendations[..old.len()];
        let end = old.len() - after;
        let between = old[before..end].iter().zip(&recommendations[before..end]);
        let between = between.map(|(piece, found)| (piece.text.into(), Arc::clone(found)));
        self.known.extend(between);
        (recommendations[..before].to_vec(), recommendations[end..].to_vec())
    }

    fn recommendation(&self, piece: Piece<'_>, published: Option<Day>) -> Decoded {
        if let Some(known) = self.known.get(piece.text) {
            let value = (Arc::clone(known), true);
            return Decoded { value, faults: Vec::new(), syntax: Vec::new() };
        }
        read_piece(piece, |tree, faults| {
            let recommendation = tables::first_recommendation(tree, published, faults);
            let recommendation = recommendation.unwrap_or_else(unreadable).into();
            (recommendation, tree.is_one_recommendation())
        })
    }
}

/// The plan, if nothing is wrong with it. `sound` is an earlier plan without faults, whose recommendations are
/// not judged again where they are shared.
fn judge(source: &str, read: DecodedPiece, sound: Option<&Plan>) -> Result<PlanText, Vec<Finding>> {
    let DecodedPiece { plan, pieces, mut faults, broken: mut syntax, .. } = read;
    // Nothing else is known to be wrong with a newer format.
    if let Some(newer) = faults.iter().position(|fault| fault.rule == Rule::NewerFormat) {
        return Err(vec![faults.swap_remove(newer)]);
    }
    if syntax.len() + faults.len() > MOST_FAULTS {
        syntax.extend(faults);
        return Err(fields::join(source, in_order(syntax)));
    }
    let mut against_rules = broken(&plan, sound);
    if !syntax.is_empty() {
        against_rules.retain(|fault| !follows_from_broken_syntax(fault.rule));
    }
    if !against_rules.is_empty() {
        let mut places = Places::new(source, &pieces);
        places.locate_all(&mut against_rules, None);
    }
    syntax.extend(faults);
    syntax.extend(against_rules);
    if !syntax.is_empty() {
        return Err(fields::join(source, in_order(syntax)));
    }
    Ok(PlanText { plan, pieces })
}

/// A text that was cut in one way, decoded.
struct DecodedPiece {
    plan: Plan,
    pieces: Pieces,
    /// Every piece parses, and holds what the cut takes it for.
    fits: bool,
    /// The errors of syntax.
    broken: Vec<Finding>,
    faults: Vec<Finding>,
}

impl DecodedPiece {
    /// Says whether there are more faults than are told.
    fn has_enough(&self) -> bool {
        self.faults.len() + self.broken.len() > MOST_FAULTS
    }

    /// Adds what was found in one piece.
    fn take(&mut self, mut faults: Vec<Finding>, syntax: Vec<Finding>) {
        if !syntax.is_empty() {
            faults.retain(|fault| !follows_from_broken_syntax(fault.rule));
        }
        self.faults.extend(faults);
        self.broken.extend(syntax);
    }
}

/// The value of a piece, and what is wrong with it.
struct PieceRead<T> {
    value: T,
    faults: Vec<Finding>,
    syntax: Vec<Finding>,
}

/// One recommendation as its piece says it, and whether the piece holds nothing else.
type Decoded = PieceRead<(Arc<Recommendation>, bool)>;

/// Reads a piece. One with more faults than are told is read as far as it has so many.
fn read_piece<T>(
    piece: Piece<'_>,
    decode: impl Fn(&Tree<'_>, &mut Vec<Finding>) -> T,
) -> PieceRead<T> {
    let read = |piece| {
        let (tree, syntax) = syntax::parse(piece);
        let mut faults = Vec::new();
        PieceRead { value: decode(&tree, &mut faults), faults, syntax }
    };
    let mut length = LONG;
    while length < piece.text.len() {
        let beginning = read(piece.beginning(length));
        if beginning.faults.len() + beginning.syntax.len() > MOST_FAULTS {
            return beginning;
        }
        if length == LONG && Tree::is_toml(piece.text) {
            break;
        }
        length += length / 4;
    }
    read(piece)
}

/// A placeholder for a recommendation that could not be read. It keeps the positions of the others right.
fn unreadable() -> Recommendation {
    Recommendation {
        timescale: Some(Timescale::unreadable()),
        ..Recommendation::new(Id::unreadable(), String::new())
    }
}

/// The faults in the order of the text. Where the parser and the format both fault the same bytes, one fault stays:
/// the format's for a date, because it knows what the date is for, and the parser's for anything else.
fn in_order(mut faults: Vec<Finding>) -> Vec<Finding> {
    faults.sort_by_key(|fault| {
        let bytes = fault.at.bytes();
        (bytes.start, !is_of_toml(fault.rule))
    });
    faults.dedup_by(|later, earlier| {
        let same = later.at == earlier.at && is_of_toml(earlier.rule);
        if same && earlier.rule == Rule::BadDate {
            std::mem::swap(later, earlier);
        }
        same
    });
    first(faults, MOST_FAULTS, "faults of the file")
}

fn is_of_toml(rule: Rule) -> bool {
    matches!(rule, Rule::BadDate | Rule::Syntax)
}

/// Says whether such a fault may only mean that a part of the file could not be parsed.
fn follows_from_broken_syntax(rule: Rule) -> bool {
    matches!(rule, Rule::MissingKey | Rule::UnknownArea | Rule::EmptyText)
}

/// The marks that git leaves where it could not merge, one fault for each conflict. They count
/// inside multi-line text too, where TOML would take them for words.
fn conflict_markers(source: &str) -> Vec<Finding> {
    const BEGINS: &str = "<<<<<<< ";
    let mut faults = Vec::new();
    if memmem::find(source.as_bytes(), BEGINS.as_bytes()).is_none() {
        return faults;
    }
    let mut offset = 0;
    let mut opened = None;
    for line in source.split_inclusive('\n') {
        let mark = offset..offset + 7;
        if line.starts_with(BEGINS) {
            opened = Some(mark);
        } else if line.starts_with(">>>>>>> ")
            && let Some(start) = opened.take()
        {
            if faults.len() > MOST_FAULTS {
                break;
            }
            faults.push(
                Finding::new(
                    Rule::ConflictMarker,
                    start,
                    "git could not merge this part of the plan",
                )
                .label("the conflict begins here")
                .related(mark, "and ends here")
                .help(
                    "`plan merge --resolve` merges by ids; or keep what is right of both sides and delete \
                     the marker lines",
                ),
            );
        }
        offset += line.len();
    }
    faults
}

#[cfg(test)]
mod tests;
