//! Writes a suggested mapping as TOML with remarks. Lines that the user must check begin with `#`.

use super::Suggested;
use crate::{
    edit::{key, string},
    import::{mapping::Keys, reading::MappedWord, target::Rows},
    model::{Keyword, is_forbidden, printable, shell_word, to_single_line},
};

/// Returns a suggested mapping as the text of a TOML file. `file` is the name of the file to be imported.
pub fn write(suggested: &Suggested, file: &str) -> String {
    let word = shell_word(&printable(file));
    let head = format!(
        "# How `plan import` reads this file. Correct it, then:\n\
         #   plan import {word} --map map.toml --into plan.toml\n\
         # A value after `#` is a suggestion: correct it, then delete the `#`.\n"
    );
    with_head(suggested, head)
}

/// Appends a suggested mapping and its remarks to `text`, and returns the whole text.
pub fn with_head(suggested: &Suggested, mut text: String) -> String {
    let mapping = &suggested.mapping;
    for remark in &suggested.remarks {
        text.push_str(&format!("# {}\n", plain(remark)));
    }
    text.push('\n');
    text.push_str(&format!(
        "title = {}\n",
        string(mapping.title.as_deref().unwrap_or("Action plan"))
    ));
    if let Some(date) = &mapping.date {
        let remark = match suggested.is_day_known {
            _ if suggested.is_day_given => "the day on which the plan was published",
            true => {
                "the earliest date in the file; replace it with the date on which the plan was published"
            }
            false => {
                "the file does not give the date of publication; write the date on which the plan was published"
            }
        };
        text.push_str(&format!("date = {date}    # {remark}\n"));
    }
    let by = string(mapping.by.as_deref().unwrap_or_default());
    text.push_str(&format!(
        "by = {by}    # the source of the entries; use the same name in later imports, so that they find these entries\n"
    ));
    if !mapping.priorities.is_empty() {
        text.push_str(&format!("priorities = {}    # highest first\n", list(&mapping.priorities)));
    }
    for number in 0..mapping.sheet.len() {
        sheet(suggested, number, &mut text);
    }
    if !suggested.wordings.is_empty() || !mapping.due.is_empty() {
        text.push_str("\n# Due dates for timescales that are not dates. Until you delete the `#`, items with such a timescale are `To be agreed`.\n[due]\n");
        for (wording, due) in &mapping.due {
            text.push_str(&format!("{} = {}\n", quoted(wording), string(due)));
        }
        for (wording, due, remark) in &suggested.wordings {
            text.push_str(&format!(
                "# {} = {}    # {}\n",
                quoted(wording),
                string(due),
                plain(remark)
            ));
        }
    }
    text
}

fn sheet(suggested: &Suggested, number: usize, text: &mut String) {
    let sheet = &suggested.mapping.sheet[number];
    text.push_str("\n[[sheet]]\n");
    if !sheet.name.is_empty() {
        text.push_str(&format!("name = {}\n", string(&sheet.name)));
    }
    let kinds: Vec<&str> = Rows::words();
    text.push_str(&format!("rows = {}    # {}\n", string(sheet.rows.word()), kinds.join(", ")));
    if let Some(header) = sheet.header {
        text.push_str(&format!("header = {header}\n"));
    }
    if let Some(first) = sheet.first {
        text.push_str(&format!(
            "first = {first}    # the first row of data; the rows before it are instructions or an example\n"
        ));
    }
    if let Some(pattern) = &sheet.id {
        text.push_str(&format!("id = {}\n", string(pattern)));
    }
    if let Some(status) = sheet.status {
        let remark = "the status of every row, taken from the name of the sheet";
        text.push_str(&format!("status = {}    # {remark}\n", string(status.word())));
    }
    if !sheet.fill_down.is_empty() {
        text.push_str(&format!("fill_down = {}\n", list(&sheet.fill_down)));
    }
    if sheet.rows == Rows::Nothing {
        return;
    }
    if !sheet.labels.is_empty() {
        text.push_str(
            "\n[sheet.labels]    # cells with labelled parts; each part becomes a column\n",
        );
        for (header, labels) in &sheet.labels {
            text.push_str(&format!("{} = {}\n", key(header), list(labels)));
        }
    }
    text.push_str(
        "\n[sheet.columns]    # \"extra\" keeps a column as it is, \"-\" leaves it out\n",
    );
    for (header, keys) in &sheet.columns {
        let value = match keys {
            Keys::One(name) => string(name),
            Keys::Several(names) => list(names),
        };
        let remark = match (sheet.rows, value.as_str()) {
            (Rows::Updates, "\"-\"") => "    # an update has no key for this column",
            _ => "",
        };
        text.push_str(&format!("{} = {value}{remark}\n", key(header)));
    }
    for (_, header) in suggested.twice.iter().filter(|(of, _)| *of == number) {
        text.push_str(&format!(
            "# {} = \"extra\"    # two columns have this header: give each a key\n",
            key(header)
        ));
    }
    orders(suggested, number, text);
    words(suggested, number, text);
}

fn orders(suggested: &Suggested, number: usize, text: &mut String) {
    let dates = &suggested.mapping.sheet[number].dates;
    let open: Vec<_> = suggested.open_orders.iter().filter(|(of, ..)| *of == number).collect();
    if dates.is_empty() && open.is_empty() {
        return;
    }
    text.push_str("\n[sheet.dates]    # \"dmy\" for 31/12/2003, \"mdy\" for 12/31/2003\n");
    for (header, order) in dates {
        text.push_str(&format!("{} = {}\n", key(header), string(order)));
    }
    for (_, header, remark) in open {
        text.push_str(&format!("# {} = \"dmy\"    # or \"mdy\": {}\n", key(header), plain(remark)));
    }
}

fn words(suggested: &Suggested, number: usize, text: &mut String) {
    let known = &suggested.mapping.sheet[number].words;
    let open = |header: &str| {
        suggested
            .open_words
            .iter()
            .filter(move |(of, column, _)| *of == number && column == header)
            .map(|(.., value)| value)
            .collect::<Vec<_>>()
    };
    let mut headers: Vec<&str> = known.keys().map(String::as_str).collect();
    let with_open = suggested.open_words.iter().filter(|(of, ..)| *of == number);
    headers.extend(with_open.map(|(_, header, _)| header.as_str()));
    headers.sort_unstable();
    headers.dedup();
    for header in headers {
        text.push_str(&format!(
            "\n[sheet.words.{}]    # {}\n",
            key(header),
            MappedWord::all().join(", ")
        ));
        for (value, word) in known.get(header).into_iter().flatten() {
            text.push_str(&format!("{} = {}\n", quoted(value), string(word)));
        }
        for value in open(header) {
            text.push_str(&format!(
                "# {} = \"\"    # no match was found: write the word that fits\n",
                quoted(value)
            ));
        }
    }
}

/// Returns a text as a quoted TOML key.
fn quoted(text: &str) -> String {
    string(text)
}

fn list(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| string(item)).collect();
    format!("[{}]", items.join(", "))
}

/// Returns a remark on one line, with a space for each character that a plan cannot contain.
fn plain(remark: &str) -> String {
    to_single_line(remark).replace(is_forbidden, " ")
}
