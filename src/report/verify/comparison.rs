//! Compares the passages of a report file with the passages of the regenerated report.

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::{
    Difference, Level, added,
    align::{likeness, pairs, sorted_words},
    passages::{Kind, Passage},
    tables,
    unseen::unseen,
    words::{Telling, stands, telling},
};
use crate::{output::change_text::between, report::words};

/// The passages of the regenerated report (`written`) and of the report file (`file`), with the pairs between them.
pub struct Comparison<'p> {
    written: &'p [Passage],
    file: &'p [Passage],
    of_written: Vec<Option<usize>>,
    of_file: HashMap<usize, usize>,
    moved: HashSet<usize>,
    /// The indexes of the passages in the file that result from splitting or joining passages of the regenerated
    /// report.
    joined: HashSet<usize>,
    found: Vec<Difference>,
}

impl<'p> Comparison<'p> {
    pub fn new(written: &'p [Passage], file: &'p [Passage]) -> Self {
        let cells = |count| vec![OnceCell::new(); count];
        let (ours, theirs) = (cells(written.len()), cells(file.len()));
        fn words<'c>(
            passages: &[Passage],
            index: usize,
            known: &'c [OnceCell<Vec<String>>],
        ) -> &'c [String] {
            known[index].get_or_init(|| sorted_words(&passages[index].words.text))
        }
        let is_table = |passage: &Passage| passage.kind == Kind::Table;
        let caption = |passages: &[Passage], index: usize| {
            index.checked_sub(1).map(|before| passages[before].words.key.clone())
        };
        let alike =
            |one: usize, other: usize| match (is_table(&written[one]), is_table(&file[other])) {
                (true, true) if caption(written, one) == caption(file, other) => 1.0,
                (false, false) | (true, true) => {
                    likeness(words(written, one, &ours), words(file, other, &theirs))
                }
                _ => -1.0,
            };
        let keys = |passages: &'p [Passage]| {
            passages.iter().map(|passage| passage.words.key.as_str()).collect::<Vec<_>>()
        };
        let pairs = pairs(&keys(written), &keys(file), alike);
        let of_file =
            pairs.of_first.iter().zip(0..).filter_map(|(other, one)| Some(((*other)?, one)));
        Self {
            written,
            file,
            of_file: of_file.collect(),
            of_written: pairs.of_first,
            moved: pairs.moved.into_iter().collect(),
            joined: HashSet::new(),
            found: Vec::new(),
        }
    }

    pub fn differences(mut self) -> Vec<Difference> {
        self.join();
        let mut place = 1;
        let mut missing = Vec::new();
        for one in 0..self.written.len() {
            let Some(other) = self.of_written[one] else {
                missing.push(one);
                continue;
            };
            self.left_out(&missing, place);
            missing.clear();
            if !self.moved.contains(&one) {
                place = self.file[other].place;
            }
            self.pair(one, other);
        }
        self.left_out(&missing, place);
        for other in 0..self.file.len() {
            if !self.of_file.contains_key(&other) && !self.joined.contains(&other) {
                self.added(other);
            }
        }
        self.found
    }

    fn say(&mut self, place: usize, level: Level, words: String) {
        self.found.push(Difference::new(place, level, words));
    }

    fn say_of_layout(&mut self, place: usize, level: Level, words: String) {
        self.found.push(Difference::layout(place, level, words));
    }

    /// Finds the paragraphs that were split or joined in the file without any change of words.
    fn join(&mut self) {
        for one in 0..self.written.len() {
            let pair = self.of_written[one];
            let Some(place) = pair.or_else(|| self.next_in_file(one)) else { continue };
            let is_taken = |index| self.of_file.contains_key(&index) && Some(index) != pair;
            if let Some(parts) = parts(&self.written[one], self.file, place, is_taken) {
                pair.map(|pair| self.of_file.remove(&pair));
                self.of_written[one] = Some(parts.start);
                self.of_file.insert(parts.start, one);
                self.joined.extend(parts);
            }
        }
        for other in 0..self.file.len() {
            let pair = self.of_file.get(&other).copied();
            let Some(place) = pair.or_else(|| self.next_written(other)) else { continue };
            let is_taken = |one: usize| self.of_written[one].is_some() && Some(one) != pair;
            if !self.joined.contains(&other)
                && let Some(parts) = parts(&self.file[other], self.written, place, is_taken)
            {
                self.of_file.insert(other, parts.start);
                self.of_written[parts].fill(Some(other));
                self.joined.insert(other);
            }
        }
    }

    /// Returns the index of the passage in the file that may correspond to the passage `one` of the regenerated report.
    /// It is the next passage of the file after the last pair before `one`. Returns `None` if this next passage is
    /// already paired, or if there is none.
    fn next_in_file(&self, one: usize) -> Option<usize> {
        let next =
            self.of_written[..one].iter().rev().flatten().next().map_or(0, |other| other + 1);
        (next < self.file.len() && !self.of_file.contains_key(&next)).then_some(next)
    }

    /// Returns the index of the passage in the regenerated report that may correspond to the passage `other` of the
    /// file. It is the next passage of the report after the pair of the passage before `other`. Returns `None` if this
    /// next passage is already paired, or if there is none.
    fn next_written(&self, other: usize) -> Option<usize> {
        let before = other.checked_sub(1).and_then(|before| self.of_file.get(&before));
        let next = before.map_or(0, |one| one + 1);
        (next < self.written.len() && self.of_written[next].is_none()).then_some(next)
    }

    /// Compares a passage of the regenerated report with its pair in the file.
    fn pair(&mut self, one: usize, other: usize) {
        let (written, file) = (&self.written[one], &self.file[other]);
        if self.joined.contains(&other) {
            let says = || format!("a paragraph was split or joined: “{}”", written.words.text);
            return self.say(file.place, Level::Reworded, says());
        }
        if self.moved.contains(&one) {
            let level = if written.has_facts() { Level::Contradiction } else { Level::Reworded };
            let shown = cut(&written.words.text);
            self.say_of_layout(file.place, level, format!("moved to another place: “{shown}”"));
        }
        if let (Some(plan), Some(own)) = (&written.grid, &file.grid) {
            let name = self.name(one);
            self.found.extend(tables::compare(plan, own, file.place, &name));
            return self.caption(one, other);
        }
        let is_numbered = written.kind == Kind::Quotation && file.words.number.is_some();
        let has_number = !is_numbered
            || written.words.number == file.words.number
            || written.words.number.is_none();
        let is_same = written.words.key == file.words.key && has_number;
        if is_same && (!written.is_exact() || written.words.text == file.words.text) {
            return;
        }
        let difference = between(&written.words.text, &file.words.text).plain();
        let odd = unseen(&file.words.text);
        match (odd, reason(written, file)) {
            (Some(odd), _) => {
                self.say(file.place, Level::Contradiction, format!("{odd}: {difference}"));
            }
            (None, Some(reason)) => {
                let words = format!("{reason}: {difference}");
                match written.kind == Kind::Caption {
                    true => self.say_of_layout(file.place, Level::Contradiction, words),
                    false => self.say(file.place, Level::Contradiction, words),
                }
            }
            (None, None) => self.say(file.place, Level::Reworded, difference),
        }
    }

    /// Returns the caption of a table, which is the text of the passage before the table.
    fn name(&self, table: usize) -> String {
        table
            .checked_sub(1)
            .map_or_else(String::new, |before| self.written[before].words.text.clone())
    }

    /// Reports a difference if a table of the file does not directly follow its caption.
    fn caption(&mut self, table: usize, other: usize) {
        let Some(caption) = table.checked_sub(1) else { return };
        let its_place = self.of_written[caption];
        let is_caption = self.written[caption].kind == Kind::Caption;
        if is_caption && its_place.is_some_and(|place| place + 1 != other) {
            let words = format!("the table was moved away from its caption “{}”", self.name(table));
            self.say_of_layout(self.file[other].place, Level::Contradiction, words);
        }
    }

    /// Reports one difference for consecutive passages that are missing in the file. `place` is the place in the file
    /// after which these passages are missing.
    fn left_out(&mut self, missing: &[usize], place: usize) {
        let Some(first) = missing.first() else { return };
        let weighs = missing.iter().any(|one| self.weighs(*one));
        let level = if weighs { Level::Contradiction } else { Level::LeftOut };
        let shown = cut(&self.written[*first].words.text);
        let words = match missing.len() {
            1 => format!("missing after this passage: “{shown}”"),
            count => {
                format!("{count} passages are missing after this passage; the first is “{shown}”")
            }
        };
        self.say_of_layout(place, level, words);
    }

    /// Checks whether the file must contain the passage `one`, because the passage contains facts or is a heading above
    /// facts.
    fn weighs(&self, one: usize) -> bool {
        let passage = &self.written[one];
        let below = self.written[one + 1..].iter().enumerate();
        let mut below = below.take_while(|(_, passage)| passage.kind != Kind::Heading);
        passage.has_facts()
            || passage.kind == Kind::Heading
                && below.any(|(index, passage)| {
                    passage.has_facts() && self.of_written[one + 1 + index].is_some()
                })
    }

    /// Reports a passage of the file that the regenerated report does not have.
    fn added(&mut self, other: usize) {
        let passage = &self.file[other];
        if passage.kind == Kind::Heading && self.is_over_figures(other) {
            let text = &passage.words.text;
            let words = format!("a new heading above figures from the plan: “{text}”");
            return self.say_of_layout(passage.place, Level::Contradiction, words);
        }
        self.found.push(added(passage));
    }

    /// Checks whether a heading that was added to the report stands above figures from the plan. Such a heading may
    /// change the way in which a reader understands the figures.
    fn is_over_figures(&self, other: usize) -> bool {
        let passage = &self.file[other];
        let below = (other + 1..self.file.len())
            .take_while(|index| self.file[*index].kind != Kind::Heading)
            .find_map(|index| self.of_file.get(&index));
        let is_known = |written: &Passage| {
            matches!(written.kind, Kind::Heading | Kind::Caption)
                && written.words.key == passage.words.key
        };
        below.is_some_and(|one| self.written[*one].has_facts())
            && (!telling(&passage.words.text).is_empty() || self.written.iter().any(is_known))
    }
}

/// Finds consecutive passages that, joined together, equal the passage `whole`. The first of them is at `place` or a
/// few passages earlier. Returns the range of their indexes, or `None` if there are no such passages or if the passage
/// at `place` already equals `whole`.
fn parts(
    whole: &Passage,
    passages: &[Passage],
    place: usize,
    is_taken: impl Fn(usize) -> bool,
) -> Option<Range<usize>> {
    const MOST_BEFORE: usize = 3;
    let text = &whole.words.key;
    if passages[place].words.key == *text {
        return None;
    }
    let mut begins = (place.saturating_sub(MOST_BEFORE)..=place).filter(|begin| !is_taken(*begin));
    begins.find_map(|begin| {
        let count = run(text, &passages[begin..], |index| is_taken(begin + index))?;
        Some(begin..begin + count)
    })
}

/// Returns how many of the first passages must be joined to get `text`. Returns `None` if joining does not give `text`,
/// or if the first passage alone equals `text`.
fn run(text: &str, passages: &[Passage], is_taken: impl Fn(usize) -> bool) -> Option<usize> {
    let mut rest = text;
    for (index, passage) in passages.iter().enumerate() {
        if passage.kind == Kind::Table || is_taken(index) {
            return None;
        }
        rest = rest.strip_prefix(passage.words.key.as_str())?.trim_start();
        if rest.is_empty() {
            return (index > 0).then_some(index + 1);
        }
    }
    None
}

/// Returns the reason why a passage of the file contradicts the plan. Returns `None` if the passage is only reworded.
fn reason(written: &Passage, file: &Passage) -> Option<String> {
    if written.is_exact() {
        let what = match written.kind {
            Kind::Caption => "a caption was changed",
            _ => "words that the report quotes from the plan were changed",
        };
        return Some(what.to_owned());
    }
    let (plan, own) = (telling(&written.words.text), telling(&file.words.text));
    if plan != own {
        let mut lost: Vec<&Telling> = plan.iter().collect();
        let mut new = Vec::new();
        for word in &own {
            match lost.iter().position(|lost| *lost == word) {
                Some(index) => drop(lost.remove(index)),
                None => new.push(word.shown.as_str()),
            }
        }
        let lost: Vec<&str> = lost.into_iter().map(|word| word.shown.as_str()).collect();
        return Some(match (lost.is_empty(), new.is_empty()) {
            (true, true) => "numbers, dates or other facts are in a different order".to_owned(),
            (true, false) => format!("“{}” was added", new.join(", ")),
            (false, true) => format!("“{}” was removed", lost.join(", ")),
            (false, false) => format!("“{}” instead of “{}”", new.join(", "), lost.join(", ")),
        });
    }
    let mut names = written.words.names().into_iter();
    let lost = names.find(|(name, times)| !stands(name, &file.words.text, *times));
    lost.map(|(name, _)| format!("“{name}” was removed"))
}

/// Returns the first words of a passage.
fn cut(text: &str) -> String {
    words::cut(text, 160)
}
