//! Lints about the names of owners: names in several spellings, and names that are not in the `[[owner]]` tables.

use std::collections::HashMap;

use super::Lints;
use crate::{
    checks::Finding,
    key_path::KeyPath,
    model::{Id, Rule, nearest, plain_words, shell_word, to_single_line},
};

/// A spelling of an owner's name, and the places in which this spelling occurs.
struct Spelling<'p> {
    name: &'p str,
    places: Vec<(KeyPath, &'p Id, usize)>,
}

impl<'p> Lints<'p> {
    /// Warns about unknown, ambiguous and inconsistent names of owners.
    pub fn names(&mut self) {
        let spellings = self.spellings();
        let table = &self.plan.owners;
        if table.is_empty() {
            return self.several_spellings(&spellings);
        }
        self.shared_names();
        let known: Vec<&str> = table.iter().map(|owner| owner.name.as_str()).collect();
        for spelling in &spellings {
            let name = to_single_line(spelling.name);
            if table.iter().any(|owner| owner.is_called(&name)) {
                continue;
            }
            let title = format!("the owner “{name}” is not listed under `[[owner]]`");
            let mut places = spelling.places.iter();
            let Some((place, id, _)) = places.next() else { continue };
            let finding = Finding::new(Rule::UnknownOwner, place.clone(), title);
            let finding = match nearest(&name, known.iter().copied()) {
                Some(meant) => finding.label(format!("did you mean “{meant}”?")).help(format!(
                    "if both names refer to the same owner, add this name to that owner's `also` list; \
                     otherwise correct the name: plan amend {id} owner {} --reason WHY",
                    shell_word(meant)
                )),
                None => finding.label("not a known owner").help(format!(
                    "add an `[[owner]]` with `name = \"{name}\"`, or add the name to the `also` list \
                     of an existing owner"
                )),
            };
            finding
                .all_related(places.map(|(place, ..)| (place.clone(), "also here")))
                .add_to(&mut self.found);
        }
    }

    /// Warns about each name that two `[[owner]]` tables have in common.
    fn shared_names(&mut self) {
        let mut first: HashMap<String, (usize, KeyPath)> = HashMap::new();
        for (index, owner) in self.plan.owners.iter().enumerate() {
            let owner_place = KeyPath::owner(index);
            for (number, name) in owner.names().enumerate() {
                let place = match number.checked_sub(1) {
                    Some(other) => owner_place.key("also").index(other),
                    None => owner_place.key("name"),
                };
                let name = to_single_line(name);
                let (earlier, known) =
                    first.entry(name.to_lowercase()).or_insert_with(|| (index, place.clone()));
                if *earlier != index {
                    let title = format!("“{name}” is in two `[[owner]]` tables");
                    Finding::new(Rule::AmbiguousOwner, place, title)
                        .label("not clear which owner this means")
                        .related(known.clone(), "also here")
                        .help("keep the name in one of the two tables, or merge the tables")
                        .add_to(&mut self.found);
                }
            }
        }
    }

    /// Returns all spellings of owners' names, in the order of the file.
    fn spellings(&self) -> Vec<Spelling<'p>> {
        let mut spellings: Vec<Spelling<'p>> = Vec::new();
        let mut found: HashMap<&str, usize> = HashMap::new();
        for position in self.plan.positions() {
            let item = self.plan.item(position);
            let owners = item.own_owners();
            for (index, name) in owners.iter().enumerate() {
                let place = KeyPath::item(position).key("owner").index(index);
                let at = *found.entry(name).or_insert_with(|| {
                    spellings.push(Spelling { name, places: Vec::new() });
                    spellings.len() - 1
                });
                spellings[at].places.push((place, item.id(), owners.len()));
            }
        }
        spellings
    }

    /// Warns about each name that is written in several spellings.
    fn several_spellings(&mut self, spellings: &[Spelling<'p>]) {
        for group in same_names(spellings) {
            let [usual, others @ ..] = group.as_slice() else { continue };
            let Some(rare) = others.last() else { continue };
            let shown = |spelling: &Spelling<'_>| {
                format!("{} ({})", to_single_line(spelling.name), spelling.places.len())
            };
            let ways: Vec<String> = group.iter().map(|spelling| shown(spelling)).collect();
            let Some((place, ..)) = rare.places.first() else { continue };
            let alone = others.iter().flat_map(|spelling| &spelling.places);
            let ids: Vec<&str> =
                alone.filter(|(.., owners)| *owners == 1).map(|(_, id, _)| id.as_str()).collect();
            let title = format!(
                "the name of one owner is written in {} ways: {}",
                group.len(),
                ways.join(", ")
            );
            let finding = Finding::new(Rule::OwnerSpelling, place.clone(), title)
                .label("another spelling")
                .help(match ids.is_empty() {
                    true => "write the name the same way everywhere".to_owned(),
                    false => format!(
                        "if these names all refer to the same owner, choose one: \
                         plan amend {} owner {} --reason \"one spelling\"",
                        ids.join(" "),
                        shell_word(usual.name)
                    ),
                });
            let places = group.iter().filter_map(|spelling| spelling.places.first());
            let others = places.filter(|(other, ..)| other != place);
            finding
                .all_related(others.map(|(place, ..)| (place.clone(), "also here")))
                .add_to(&mut self.found);
        }
    }
}

/// Groups the spellings that probably mean the same name. Each group has at least two spellings, the most frequent
/// first.
fn same_names<'s, 'p>(spellings: &'s [Spelling<'p>]) -> Vec<Vec<&'s Spelling<'p>>> {
    let mut groups: Vec<Vec<&Spelling<'p>>> = Vec::new();
    // `by_words` finds a group by the words of a name. `by_part` finds a group by the same words with one character
    // left out.
    let mut by_words: HashMap<String, usize> = HashMap::new();
    let mut by_part: HashMap<String, Vec<(usize, String)>> = HashMap::new();
    let mut usual: Vec<&Spelling<'p>> = spellings.iter().collect();
    usual.sort_by_key(|spelling| std::cmp::Reverse(spelling.places.len()));
    for spelling in usual {
        let words = plain_words(spelling.name);
        let is_slip_of = |part: &String| {
            by_part.get(part)?.iter().find(|(_, known)| is_slip(known, &words)).map(|(at, _)| *at)
        };
        let same = by_words.get(&words).copied();
        let parts = if same.is_some() { Vec::new() } else { without_a_letter(&words) };
        let at = same.or_else(|| parts.iter().find_map(is_slip_of)).unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[at].push(spelling);
        for part in parts {
            by_part.entry(part).or_default().push((at, words.clone()));
        }
        by_words.insert(words, at);
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// Returns `words`, and each variant of `words` that lacks one character. The list is empty if `words` is long.
fn without_a_letter(words: &str) -> Vec<String> {
    const LONGEST: usize = 100;
    if words.len() > LONGEST {
        return Vec::new();
    }
    let without = words
        .char_indices()
        .map(|(at, letter)| format!("{}{}", &words[..at], &words[at + letter.len_utf8()..]));
    std::iter::once(words.to_owned()).chain(without).collect()
}

/// Checks whether one name is probably a misspelling of the other, because one character of a long word differs.
fn is_slip(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 5;
    if one.split(' ').count() != other.split(' ').count() {
        return false;
    }
    let mut differing = one.split(' ').zip(other.split(' ')).filter(|(one, other)| one != other);
    let (Some((one, other)), None) = (differing.next(), differing.next()) else { return false };
    let singular = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    let has_digit = |word: &str| word.chars().any(char::is_numeric);
    one.chars().next() == other.chars().next()
        && one.chars().count().max(other.chars().count()) >= SHORTEST
        && singular(one) != singular(other)
        && !has_digit(one)
        && !has_digit(other)
        && strsim::osa_distance(one, other) == 1
}
