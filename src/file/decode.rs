//! Decodes the text of a plan file to a [`Plan`], and collects all errors in the text.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use memchr::memmem;
use rayon::prelude::*;

use super::{
    fields,
    pieces::{LIST, Piece, Pieces},
    syntax, tables,
    tree::{Places, Tree},
};
use crate::{
    checks::{Finding, MOST_FAULTS, broken, first},
    model::{Day, Id, Plan, Recommendation, Rule, Timescale},
};

/// If at least this number of pieces must be decoded, several processors share the work.
const WORTH_SHARING: usize = 128;

/// The program decodes this number of pieces, and then checks whether it has found too many errors to continue.
const BATCH: usize = 1024;

/// A piece with more bytes than this number is decoded step by step, so that decoding can stop after too many errors.
const LONG: usize = 1 << 16;

/// A decoded plan, and the pieces into which its text was cut for decoding.
#[derive(Debug, Clone)]
pub struct PlanText {
    pub plan: Plan,
    pub pieces: Pieces,
}

/// A decoder for several versions of a plan. If the text of a recommendation is equal in two versions, the decoded
/// plans share this recommendation in memory.
#[derive(Default)]
pub struct Reader<'s> {
    /// The valid text that was decoded last, and its plan.
    last: Option<(Cow<'s, str>, PlanText)>,
    /// The recommendations of earlier texts. Each key is the text of a recommendation.
    known: HashMap<Box<str>, Arc<Recommendation>>,
}

impl<'s> Reader<'s> {
    /// Creates a reader that already knows the text `source` and its decoded plan `read`.
    pub fn after(source: &'s str, read: &PlanText) -> Self {
        Self { last: Some((source.into(), read.clone())), known: HashMap::new() }
    }

    /// Decodes the text of a plan.
    ///
    /// # Errors
    /// Returns the errors in the order of the text: TOML syntax errors, and violations of the plan format and its
    /// rules. There is always at least one error.
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
        // The text has an error, or a cut was made at a wrong place, such as inside a multi-line string. If a cut may
        // be wrong, the text is decoded again without cuts. Invalid TOML is an exception, because without cuts one
        // error could hide other errors.
        let tells_all = cut.pieces.is_whole();
        let may_be_wrong = || cut.pieces.cut_a_text(source) && Tree::is_toml(source);
        let is_wrong = !tells_all && (cut.broken.is_empty() || may_be_wrong());
        let read = if is_wrong { self.read(source, Pieces::whole()) } else { cut };
        judge(source, read, None)
    }

    fn read(&mut self, source: &str, pieces: Pieces) -> DecodedPiece {
        let head = read_piece(pieces.head(source), |head, faults| {
            let is_alone = pieces.is_whole() || !head.root.contains_key(LIST);
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

    /// Returns the recommendations of all pieces. A piece is not decoded again if an earlier text had an equal piece.
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

    /// Compares `pieces` with the text that was decoded last. Returns the unchanged recommendations at the beginning
    /// and those at the end. Stores the other recommendations of the last text in `known`.
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

/// Returns the plan with its pieces, or all errors in the plan. Recommendations that the plan shares with the valid
/// plan `sound` are not checked again.
fn judge(source: &str, read: DecodedPiece, sound: Option<&Plan>) -> Result<PlanText, Vec<Finding>> {
    let DecodedPiece { plan, pieces, mut faults, broken: mut syntax, .. } = read;
    // If the plan has a newer format than this program knows, only this error is returned, because the other errors are
    // not reliable.
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

/// The result of decoding the `pieces` of a text.
struct DecodedPiece {
    plan: Plan,
    pieces: Pieces,
    /// True if every piece is valid TOML and contains only the tables that belong in it. Otherwise, the text may have
    /// been cut at a wrong place.
    fits: bool,
    /// The TOML syntax errors.
    broken: Vec<Finding>,
    faults: Vec<Finding>,
}

impl DecodedPiece {
    /// Checks whether more errors were found than the program reports.
    fn has_enough(&self) -> bool {
        self.faults.len() + self.broken.len() > MOST_FAULTS
    }

    /// Adds the errors of one piece. Errors that may be mere consequences of a syntax error in the piece are left out.
    fn take(&mut self, mut faults: Vec<Finding>, syntax: Vec<Finding>) {
        if !syntax.is_empty() {
            faults.retain(|fault| !follows_from_broken_syntax(fault.rule));
        }
        self.faults.extend(faults);
        self.broken.extend(syntax);
    }
}

/// The value that was decoded from one piece of the text, and the errors in the piece.
struct PieceRead<T> {
    value: T,
    faults: Vec<Finding>,
    syntax: Vec<Finding>,
}

/// A piece that was decoded as a recommendation. The boolean is true if the piece contains exactly one recommendation
/// and nothing else.
type Decoded = PieceRead<(Arc<Recommendation>, bool)>;

/// Decodes a piece of the text. Decoding stops early if a long piece has more errors than the program reports.
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

/// Returns a placeholder for a recommendation that could not be read. The placeholder keeps the indexes of the later
/// recommendations correct.
fn unreadable() -> Recommendation {
    Recommendation {
        timescale: Some(Timescale::unreadable()),
        ..Recommendation::new(Id::unreadable(), String::new())
    }
}

/// Sorts the errors by position and limits their number. If the TOML parser and the checks of the plan format report
/// errors at the same position, only one error is kept. For a date, this is the error of the format checks; otherwise,
/// it is the error of the parser.
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
    first(faults, MOST_FAULTS, "errors in the file")
}

fn is_of_toml(rule: Rule) -> bool {
    matches!(rule, Rule::BadDate | Rule::Syntax)
}

/// Checks whether a violation of `rule` may be a mere consequence of a syntax error.
fn follows_from_broken_syntax(rule: Rule) -> bool {
    matches!(rule, Rule::MissingKey | Rule::UnknownArea | Rule::EmptyText)
}

/// Returns one error for each conflict that is marked with git's conflict markers. Markers in a multi-line string are
/// also reported, although TOML allows them there.
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
                .related(mark, "the conflict ends here")
                .help(
                    "merge by ids with `plan merge --resolve`, or keep the correct lines from each side and delete the conflict markers",
                ),
            );
        }
        offset += line.len();
    }
    faults
}

#[cfg(test)]
mod tests;
