//! Finds labels in the texts of cells, such as `Status:` and `Completion date:`, and splits the texts at the labels.

use std::collections::HashMap;

/// The limits for labels: the minimum share of a column's cells that contain the label (3 of 10), the minimum number of
/// these cells, and the maximum length of the label in words and in bytes.
const LEAST_SHARE: (usize, usize) = (3, 10);
const LEAST_CELLS: usize = 3;
const MOST_WORDS: usize = 4;
const LONGEST: usize = 60;

/// Returns the labels in the texts of a column, in their usual order. A label, such as `Response:`, stands before a
/// part of the text in many cells of the column. Returns an empty list if fewer than two labels are found.
pub fn find<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Vec<String> {
    let cells = texts.clone().count();
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut spelled: HashMap<String, String> = HashMap::new();
    for text in texts.clone() {
        let mut own = Vec::new();
        for (colon, _) in text.match_indices(':') {
            own.extend(candidates(text, colon));
        }
        own.sort();
        own.dedup();
        for label in own {
            let plain = label.to_lowercase();
            spelled.entry(plain.clone()).or_insert_with(|| label.to_owned());
            *counts.entry(plain).or_default() += 1;
        }
    }
    let least = (cells * LEAST_SHARE.0 / LEAST_SHARE.1).max(LEAST_CELLS);
    counts.retain(|_, count| *count >= least);
    // A label such as `Date` is left out if it usually occurs as the end of a longer label such as `Due date`.
    let is_whole = |(label, count): &(&String, &usize)| {
        !counts.iter().any(|(other, times)| {
            other.len() > label.len() && other.ends_with(label.as_str()) && times * 5 >= **count * 4
        })
    };
    let mut labels: Vec<&String> = counts.iter().filter(is_whole).map(|(label, _)| label).collect();
    let all = labels.clone();
    labels.retain(|label| {
        !all.iter().any(|other| other.len() > label.len() && other.ends_with(label.as_str()))
    });
    if labels.len() < 2 {
        return Vec::new();
    }
    let place = |label: &String| {
        let places = texts.clone().filter_map(|text| Some((text.len(), at(text, label)?)));
        places.map(|(length, at)| at * 1000 / length.max(1)).sum::<usize>() / counts[label].max(1)
    };
    labels.sort_by_cached_key(|label| (place(label), (*label).clone()));
    labels.into_iter().map(|label| spelled[label].clone()).collect()
}

/// Returns all texts that end at the position `colon` and may be a label: they begin with a capital and have at most
/// four words.
fn candidates(text: &str, colon: usize) -> Vec<&str> {
    let before = &text[..colon];
    let mut found = Vec::new();
    let mut words = 0;
    let mut is_end = false;
    let mut next: Option<char> = None;
    for (at, letter) in before.char_indices().rev() {
        if is_end || colon - at > LONGEST {
            break;
        }
        let is_inside = letter.is_alphanumeric() || "()/'’-&".contains(letter);
        let previous = before[..at].chars().next_back();
        match letter {
            ' ' if next == Some(' ') || next.is_none() => break,
            ' ' => words += 1,
            _ if !is_inside => break,
            _ => {
                let is_first = previous.is_none_or(|previous| {
                    !previous.is_alphanumeric()
                        || (!previous.is_uppercase() && letter.is_uppercase())
                });
                if is_first && letter.is_uppercase() {
                    found.push(&before[at..]);
                    // A label may follow a word without a space, as in `EducationTitle:`, so a capital inside a word
                    // can be the beginning of the label.
                    is_end = previous.is_some_and(char::is_alphanumeric);
                }
            }
        }
        if words >= MOST_WORDS {
            break;
        }
        next = Some(letter);
    }
    found
}

/// Returns the first position of a label in a text. Returns `None` if the text does not contain the label with a colon.
fn at(text: &str, label: &str) -> Option<usize> {
    let wanted = label.to_lowercase();
    let starts = text.match_indices(':').filter_map(|(colon, _)| {
        let start = text[..colon]
            .char_indices()
            .rev()
            .map(|(at, _)| at)
            .find(|at| text[*at..colon].to_lowercase().len() >= wanted.len())?;
        (text[start..colon].to_lowercase() == wanted).then_some(start)
    });
    let mut starts = starts;
    starts.next()
}

/// Splits a text at its labels. Returns the text before the first label, and then, for each label in the text, the
/// index of the label in `labels` and the text after the label.
pub fn split<'t>(text: &'t str, labels: &[String]) -> (&'t str, Vec<(usize, &'t str)>) {
    let mut places: Vec<(usize, usize)> = labels
        .iter()
        .enumerate()
        .filter_map(|(index, label)| Some((at(text, label)?, index)))
        .collect();
    places.sort_unstable();
    let ends = places.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    let part = |((start, index), end): (&(usize, usize), usize)| {
        let part = &text[*start..end];
        let behind = part.find(':').map_or("", |colon| &part[colon + 1..]);
        (*index, behind.trim())
    };
    let parts = places.iter().zip(ends).map(part).filter(|(_, part)| !part.is_empty()).collect();
    let before = places.first().map_or(text, |(first, _)| &text[..*first]);
    (before.trim(), parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELLS: [&str; 3] = [
        "Department:EducationTitle:Internal control over auditsQuestioned Costs:NoneStatus:Corrective action in progressCompletion Date:June 30, 2023",
        "Department:HealthTitle:Controls: the second lineQuestioned Costs:NoneStatus:Corrective action completeCompletion Date:May 2022 and April 2023",
        "Department:LabourTitle:Reporting needs improvementQuestioned Costs:Known: $5Status:Corrective action completeCompletion Date:N/A",
    ];

    #[test]
    fn labels_are_found_where_nothing_parts_them_from_the_words_before() {
        let labels = find(CELLS.into_iter());
        assert_eq!(
            labels,
            ["Department", "Title", "Questioned Costs", "Status", "Completion Date"]
        );
        let (before, parts) = split(CELLS[1], &labels);
        assert_eq!(before, "");
        let texts: Vec<&str> = parts.iter().map(|(_, part)| *part).collect();
        assert_eq!(
            texts,
            [
                "Health",
                "Controls: the second line",
                "None",
                "Corrective action complete",
                "May 2022 and April 2023"
            ]
        );
    }

    #[test]
    fn a_label_may_have_small_letters_and_signs_and_any_capitals() {
        let cells = [
            "Corrective action plan: Do it. Implementation date(s): June 2023 Responsible persons: A",
            "Corrective action plan: Now. Implementation Date(s): May 2023. Responsible Persons: B",
            "Corrective action plan: Do. Implementation date(s): July 2023 Responsible persons: C",
        ];
        let labels = find(cells.into_iter());
        assert_eq!(
            labels,
            ["Corrective action plan", "Implementation date(s)", "Responsible persons"]
        );
        assert_eq!(split(cells[1], &labels).1[1], (1, "May 2023."));
    }

    #[test]
    fn texts_with_a_colon_here_and_there_have_no_labels() {
        assert!(find(["Note: one", "See: two", "Nothing", "Else: three"].into_iter()).is_empty());
    }
}
