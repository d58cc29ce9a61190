//! Pairs the passages of two versions of a report: first equal passages in the same order, then similar passages.

use std::collections::HashMap;

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// The maximum number of comparisons between passages, which limits the running time.
const MOST_PAIRS: usize = 60_000;
/// The minimum similarity of two passages that become a pair, from 0 to 1.
const LEAST: f64 = 0.45;
/// The minimum similarity, from 0 to 1, of two passages that become a pair although they are in different places.
const LEAST_ELSEWHERE: f64 = 0.8;

/// The pairs of passages from two versions of a report.
pub struct Pairs {
    /// For each passage of the first version: the index of the paired passage in the second version, if there is one.
    pub of_first: Vec<Option<usize>>,
    /// The indexes of the passages of the first version that are in a different place in the second version.
    pub moved: Vec<usize>,
}

/// Pairs equal passages of two versions, and then similar passages. `likeness` returns the similarity of two passages,
/// which are given by their indexes.
pub fn pairs(first: &[&str], second: &[&str], likeness: impl Fn(usize, usize) -> f64) -> Pairs {
    let mut of_first = equal(first, second);
    for (ours, theirs) in gaps(&of_first, second.len()) {
        if ours.len().saturating_mul(theirs.len()) > MOST_PAIRS {
            continue;
        }
        for (one, other) in alike(&ours, &theirs, &likeness) {
            of_first[one] = Some(other);
        }
    }
    let moved = elsewhere(first, second, &mut of_first, likeness);
    Pairs { of_first, moved }
}

/// Pairs equal passages that are in the same order in both versions: first the passages that occur only once.
fn equal(first: &[&str], second: &[&str]) -> Vec<Option<usize>> {
    let mut of_first = vec![None; first.len()];
    for change in capture_diff_slices(Algorithm::Patience, first, second) {
        if change.tag() == DiffTag::Equal {
            for (one, other) in change.old_range().zip(change.new_range()) {
                of_first[one] = Some(other);
            }
        }
    }
    of_first
}

/// Returns the gaps between the pairs: the indexes of the unpaired passages in the first and in the second version.
fn gaps(of_first: &[Option<usize>], count: usize) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut gaps = Vec::new();
    let (mut ours, mut from) = (Vec::new(), 0);
    for (one, other) in of_first.iter().copied().chain([Some(count)]).enumerate() {
        let Some(other) = other else {
            ours.push(one);
            continue;
        };
        let theirs: Vec<usize> = (from..other).collect();
        if !ours.is_empty() && !theirs.is_empty() {
            gaps.push((std::mem::take(&mut ours), theirs));
        }
        ours.clear();
        from = other + 1;
    }
    gaps
}

/// Pairs similar passages from `ours` and `theirs` in order, so that the total similarity is as high as possible.
fn alike(
    ours: &[usize],
    theirs: &[usize],
    likeness: &impl Fn(usize, usize) -> f64,
) -> Vec<(usize, usize)> {
    let (rows, columns) = (ours.len(), theirs.len());
    if (rows, columns) == (1, 1) {
        // If each list has only one passage, the two passages become a pair even if they are not similar. A negative
        // similarity means that they must not become a pair.
        return if likeness(ours[0], theirs[0]) < 0.0 {
            Vec::new()
        } else {
            vec![(ours[0], theirs[0])]
        };
    }
    let worth: Vec<Vec<f64>> = ours
        .iter()
        .map(|one| theirs.iter().map(|other| likeness(*one, *other)).collect())
        .collect();
    let mut best = vec![vec![0.0_f64; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let both = match worth[row][column] {
                worth if worth >= LEAST => best[row + 1][column + 1] + worth,
                _ => 0.0,
            };
            best[row][column] = both.max(best[row + 1][column]).max(best[row][column + 1]);
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < rows && column < columns {
        let here = best[row][column];
        if best[row + 1][column] >= here {
            row += 1;
        } else if best[row][column + 1] >= here {
            column += 1;
        } else {
            pairs.push((ours[row], theirs[column]));
            (row, column) = (row + 1, column + 1);
        }
    }
    pairs
}

/// Pairs equal or very similar passages that are in different places. Returns the indexes of these passages in the
/// first version.
fn elsewhere(
    first: &[&str],
    second: &[&str],
    of_first: &mut [Option<usize>],
    likeness: impl Fn(usize, usize) -> f64,
) -> Vec<usize> {
    let mut is_taken = vec![false; second.len()];
    of_first.iter().flatten().for_each(|other| is_taken[*other] = true);
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (other, part) in second.iter().enumerate().rev().filter(|(other, _)| !is_taken[*other]) {
        places.entry(part).or_default().push(other);
    }
    let mut moved = Vec::new();
    for (one, part) in first.iter().enumerate() {
        if of_first[one].is_none()
            && let Some(other) = places.get_mut(part).and_then(Vec::pop)
        {
            (of_first[one], is_taken[other]) = (Some(other), true);
            moved.push(one);
        }
    }
    let ours: Vec<usize> = (0..first.len()).filter(|one| of_first[*one].is_none()).collect();
    let theirs: Vec<usize> = (0..second.len()).filter(|other| !is_taken[*other]).collect();
    if ours.len().saturating_mul(theirs.len()) <= MOST_PAIRS {
        for one in ours {
            let free = theirs.iter().copied().filter(|other| !is_taken[*other]);
            let best = free.map(|other| (likeness(one, other), other));
            let best = best.filter(|(worth, _)| *worth >= LEAST_ELSEWHERE);
            if let Some((_, other)) = best.max_by(|(one, _), (other, _)| one.total_cmp(other)) {
                (of_first[one], is_taken[other]) = (Some(other), true);
                moved.push(one);
            }
        }
    }
    moved
}

/// Returns the similarity of two texts, from 0 to 1: the share of their words that occur in both texts. `one` and
/// `other` are the sorted words of the texts.
pub fn likeness(one: &[String], other: &[String]) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let (mut at, mut common) = (0, 0_u32);
    for word in one {
        while other.get(at).is_some_and(|next| next < word) {
            at += 1;
        }
        if other.get(at) == Some(word) {
            common += 1;
            at += 1;
        }
    }
    let count = u32::try_from(one.len() + other.len()).unwrap_or(u32::MAX);
    f64::from(common * 2) / f64::from(count)
}

/// Returns the first 400 words of a text in lower case, sorted alphabetically.
pub fn sorted_words(text: &str) -> Vec<String> {
    const MOST: usize = 400;
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty()).take(MOST);
    let mut words: Vec<String> = words.map(str::to_lowercase).collect();
    words.sort_unstable();
    words
}
