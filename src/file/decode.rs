//! From the text of a plan file to a [`Plan`], with every fault gathered in one reading.

use std::{collections::HashMap, sync::Arc};

use memchr::memmem;
use rayon::prelude::*;

use super::{
    tables::Tables,
    tree::{Piece, Pieces, Places, Tree},
};
use crate::{
    checks::{Finding, broken},
    model::{Day, Id, Plan, Recommendation, Rule, Timescale},
};

/// From so many pieces on they are decoded on all processors.
const WORTH_SHARING: usize = 128;

/// A plan and the text that says it.
#[derive(Debug)]
pub struct PlanText {
    pub plan: Plan,
    /// How the text was cut.
    pub pieces: Pieces,
}

/// Decodes texts of plans and remembers their recommendations by their bytes. Two versions of a plan share
/// the recommendations that have the same bytes.
#[derive(Default)]
pub struct Reader<'s> {
    known: HashMap<&'s str, Arc<Recommendation>>,
    /// The recommendations of the last text. They become known when another text follows, which is rare.
    last: Vec<(&'s str, Arc<Recommendation>)>,
}

impl<'s> Reader<'s> {
    /// # Errors
    /// Every fault of the text, in the order in which they stand there: TOML's, the format's, and the
    /// rules'. Never an empty list.
    pub fn decode(&mut self, source: &'s str) -> Result<PlanText, Vec<Finding>> {
        let conflicts = conflict_markers(source);
        if !conflicts.is_empty() {
            return Err(conflicts);
        }
        self.known.extend(self.last.drain(..));
        let cut = self.read(source, Pieces::cut(source));
        if cut.fits {
            return self.judge(source, cut);
        }
        // The cut was wrong, or there is a fault. The whole text decides, and where it is no TOML either,
        // the pieces tell more: their faults do not hide each other.
        let whole = self.read(source, Pieces::whole());
        if whole.broken.is_empty() || cut.broken.is_empty() {
            self.judge(source, whole)
        } else {
            self.judge(source, cut)
        }
    }

    fn read(&self, source: &'s str, pieces: Pieces) -> Read {
        let (head, syntax) = Tree::parse(pieces.head(source));
        let mut tables = Tables::new(&head, None);
        let mut plan = tables.plan();
        let published = tables.published;
        let mut read = Read {
            fits: syntax.is_empty(),
            broken: Vec::new(),
            faults: Vec::new(),
            plan: Plan::default(),
            pieces,
        };
        read.take(tables.faults, syntax);
        if !read.pieces.is_whole() {
            read.fits &= !head.has_recommendations();
            let decode = |piece: &Piece<'s>| self.recommendation(*piece, published);
            let pieces = read.pieces.recommendations(source);
            let decoded: Vec<Decoded> = if pieces.len() < WORTH_SHARING {
                pieces.iter().map(decode).collect()
            } else {
                pieces.par_iter().map(decode).collect()
            };
            plan.recommendations.clear();
            for decoded in decoded {
                plan.recommendations.push(decoded.recommendation);
                read.fits &= decoded.is_alone;
                read.take(decoded.faults, decoded.syntax);
            }
        }
        read.plan = plan;
        read
    }

    fn recommendation(&self, piece: Piece<'s>, published: Option<Day>) -> Decoded {
        if let Some(known) = self.known.get(piece.text) {
            return Decoded {
                recommendation: Arc::clone(known),
                is_alone: true,
                faults: Vec::new(),
                syntax: Vec::new(),
            };
        }
        let (tree, syntax) = Tree::parse(piece);
        let mut tables = Tables::new(&tree, published);
        let recommendation = tables.first_recommendation();
        Decoded {
            recommendation: recommendation.unwrap_or_else(unreadable).into(),
            is_alone: tree.only_recommendation().is_some() && syntax.is_empty(),
            faults: tables.faults,
            syntax,
        }
    }

    /// The plan, where nothing is wrong with it.
    fn judge(&mut self, source: &'s str, read: Read) -> Result<PlanText, Vec<Finding>> {
        let Read { plan, pieces, mut faults, broken: mut syntax, .. } = read;
        // What else is wrong with a newer format is not known.
        if let Some(newer) = faults.iter().position(|fault| fault.rule == Rule::NewerFormat) {
            return Err(vec![faults.swap_remove(newer)]);
        }
        let mut against_rules = broken(&plan);
        if !syntax.is_empty() {
            against_rules.retain(|fault| !follows_from_broken_syntax(fault.rule));
        }
        if !against_rules.is_empty() {
            let mut places = Places::new(source, pieces.clone());
            places.locate_all(&mut against_rules, None);
        }
        syntax.extend(faults);
        syntax.extend(against_rules);
        if !syntax.is_empty() {
            return Err(in_order(syntax));
        }
        let texts = pieces.recommendations(source).into_iter().map(|piece| piece.text);
        self.last.extend(texts.zip(plan.recommendations.iter().map(Arc::clone)));
        Ok(PlanText { plan, pieces })
    }
}

/// What was read of a text that was cut in one way.
struct Read {
    plan: Plan,
    pieces: Pieces,
    /// Every piece parses, and is what the cut takes it for.
    fits: bool,
    /// What is not TOML.
    broken: Vec<Finding>,
    faults: Vec<Finding>,
}

impl Read {
    /// Adds what was found in one piece.
    fn take(&mut self, mut faults: Vec<Finding>, syntax: Vec<Finding>) {
        if !syntax.is_empty() {
            faults.retain(|fault| !follows_from_broken_syntax(fault.rule));
        }
        self.faults.extend(faults);
        self.broken.extend(syntax);
    }
}

/// One recommendation as its piece says it.
struct Decoded {
    recommendation: Arc<Recommendation>,
    /// The piece holds this recommendation and nothing else.
    is_alone: bool,
    faults: Vec<Finding>,
    syntax: Vec<Finding>,
}

/// A placeholder for a recommendation that could not be read. It keeps the positions of the others right.
fn unreadable() -> Recommendation {
    Recommendation {
        timescale: Some(Timescale::unreadable()),
        ..Recommendation::new(Id::unreadable(), String::new())
    }
}

/// Faults as a reader meets them. Of two on the same piece of text one is enough: of a date the later,
/// which knows what the date was meant for; of text that is no value the earlier.
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
    faults
}

fn is_of_toml(rule: Rule) -> bool {
    matches!(rule, Rule::BadDate | Rule::Syntax)
}

/// Whether what is missed may stand in the part of the file that could not be parsed.
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
