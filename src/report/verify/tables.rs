//! Compares a table of the report file with the table of the regenerated report. Columns are paired by their headings,
//! and rows by their similarity.

use super::{
    Difference, Level,
    align::{likeness, pairs, sorted_words},
    passages::{Grid, GridRow},
    unseen::unseen,
    words::with_plain_dates,
};

/// Compares a table of the regenerated report (`written`) with the corresponding table of the file. `place` is the
/// place of the table in the file, and `name` is the caption.
pub fn compare(written: &Grid, file: &Grid, place: usize, name: &str) -> Vec<Difference> {
    let mut found = Vec::new();
    let columns = columns(written, file);
    for (heading, column) in written.columns.iter().zip(&columns) {
        if column.is_none() {
            let words = format!("“{name}” has no column “{heading}”");
            found.push(Difference::layout(place, Level::Contradiction, words));
        }
    }
    found.extend(added_columns(file, &columns, place, name));
    let projected: Vec<Vec<&str>> = file.rows.iter().map(|row| project(row, &columns)).collect();
    let key = |cells: Vec<&str>| {
        let pairs = cells.into_iter().zip(&columns).filter(|(_, column)| column.is_some());
        pairs.map(|(cell, _)| with_plain_dates(cell)).collect::<Vec<_>>().join(" | ")
    };
    let ours: Vec<String> = written.rows.iter().map(|row| key(strs(&row.cells))).collect();
    let theirs: Vec<String> = projected.iter().map(|cells| key(cells.clone())).collect();
    rows(written, file, &projected, (&ours, &theirs), place, name, &mut found);
    for row in file.rows.iter().filter(|row| row.cells.len() > file.columns.len()) {
        let words =
            format!("a row of “{name}” has more cells than the table has columns: {}", row.shown());
        found.push(Difference::new(row.place, Level::Contradiction, words));
    }
    found
}

/// Compares the rows of two tables. `ours` and `theirs` are the normalised texts of the rows, from the regenerated
/// report and from the file.
fn rows(
    written: &Grid,
    file: &Grid,
    projected: &[Vec<&str>],
    (ours, theirs): (&[String], &[String]),
    place: usize,
    name: &str,
    found: &mut Vec<Difference>,
) {
    let bags = |keys: &[String]| keys.iter().map(|key| sorted_words(key)).collect::<Vec<_>>();
    let (our_words, their_words) = (bags(ours), bags(theirs));
    let first_cell = |other: usize| projected[other].first().copied();
    let alike = |one: usize, other: usize| {
        let is_named = first_cell(other) == written.rows[one].cells.first().map(String::as_str);
        likeness(&our_words[one], &their_words[other]) / 2.0 + if is_named { 0.5 } else { 0.0 }
    };
    let (our_keys, their_keys) = (strs(ours), strs(theirs));
    let pairs = pairs(&our_keys, &their_keys, alike);
    let mut is_taken = vec![false; file.rows.len()];
    let mut at = place;
    let mut missing: Vec<&GridRow> = Vec::new();
    for (one, row) in written.rows.iter().enumerate() {
        let Some(other) = pairs.of_first[one] else {
            missing.push(row);
            continue;
        };
        found.extend(left_out(&mut missing, at, name));
        is_taken[other] = true;
        at = file.rows[other].place;
        if pairs.moved.contains(&one) {
            let words = format!("a row of “{name}” was moved: {}", row.shown());
            found.push(Difference::layout(at, Level::Contradiction, words));
        }
        if ours[one] != theirs[other] {
            found.push(cells(written, one, &projected[other], at, name));
        }
    }
    found.extend(left_out(&mut missing, at, name));
    for (row, _) in file.rows.iter().zip(is_taken).filter(|(_, is_taken)| !is_taken) {
        let words = format!("a row of “{name}” is not in the plan: {}", row.shown());
        found.push(Difference::layout(row.place, Level::Contradiction, words));
    }
}

/// Returns one difference for consecutive rows that the file's table lacks, and empties the list `missing`.
fn left_out(missing: &mut Vec<&GridRow>, place: usize, name: &str) -> Option<Difference> {
    let first = missing.first()?.shown();
    let words = match missing.len() {
        1 => format!("a row of “{name}” is missing: {first}"),
        count => format!("{count} rows of “{name}” are missing; the first is {first}"),
    };
    missing.clear();
    Some(Difference::layout(place, Level::Contradiction, words))
}

/// Returns the difference between a row of the regenerated table and the corresponding row of the file.
fn cells(written: &Grid, row: usize, file: &[&str], place: usize, name: &str) -> Difference {
    let cells = written.columns.iter().zip(&written.rows[row].cells).zip(file);
    let differ = cells.filter(|((_, plan), file)| with_plain_dates(plan) != with_plain_dates(file));
    let told = differ.map(|((heading, plan), file)| {
        let odd = unseen(file).map_or_else(String::new, |reason| format!(" with {reason}"));
        format!("“{heading}” is “{file}”{odd} in the report, but “{plan}” in the plan")
    });
    let told = told.collect::<Vec<_>>().join("; ");
    let id = written.rows[row].cells.first().map_or("", String::as_str);
    Difference::new(place, Level::Contradiction, format!("“{name}”, row “{id}”: {told}"))
}

/// Returns, for each column of the regenerated table, the index of the column with the same heading in the file's
/// table, if there is one.
fn columns(written: &Grid, file: &Grid) -> Vec<Option<usize>> {
    let mut is_taken = vec![false; file.columns.len()];
    let find = |heading: &String| {
        let mut columns = file.columns.iter().enumerate();
        let found = columns.find(|(index, own)| !is_taken[*index] && *own == heading);
        found.map(|(index, _)| {
            is_taken[index] = true;
            index
        })
    };
    written.columns.iter().map(find).collect()
}

fn added_columns(
    file: &Grid,
    columns: &[Option<usize>],
    place: usize,
    name: &str,
) -> Vec<Difference> {
    let is_added = |(index, _): &(usize, &String)| !columns.contains(&Some(*index));
    let added = file.columns.iter().enumerate().filter(is_added);
    let told = added.map(|(index, heading)| {
        let cells = file.rows.iter().map(|row| row.cells.get(index).map_or("", String::as_str));
        let cells = cells.collect::<Vec<_>>().join(" | ");
        let words = format!("“{name}” has a new column, “{heading}”: {cells}");
        let level = match unseen(&cells) {
            Some(_) => Level::Contradiction,
            None => Level::Added,
        };
        Difference::new(place, level, words)
    });
    told.collect()
}

/// Returns the cells of a row in the file, in the order of the columns of the regenerated table.
fn project<'r>(row: &'r GridRow, columns: &[Option<usize>]) -> Vec<&'r str> {
    let cell = |column: &Option<usize>| {
        column.and_then(|index| row.cells.get(index)).map_or("", String::as_str)
    };
    columns.iter().map(cell).collect()
}

fn strs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

impl GridRow {
    /// Returns the cells of the row as text on one line.
    fn shown(&self) -> String {
        format!("“{}”", self.cells.join(" | "))
    }
}
