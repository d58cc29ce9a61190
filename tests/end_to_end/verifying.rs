//! Tests of `plan report --verify`: a change of every fact, forgeries, and honest edits of every kind.

use std::io::{Cursor, Write as _};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{
    paper::{PLAN, decode, portfolio, report},
    support::unpacked,
};
use action_plan::{
    doc::{Block, Line, Piece},
    model::Keyword as _,
    query::Portfolio,
    report::{self as report_room, Appendix, Difference, Level, Paper, Picture, Report},
};

/// The day before the period of the reports.
const SINCE: &str = "2003-05-08";

/// The layouts of a report; of a Word file the tests edit the part with its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Markdown,
    Html,
    Docx,
}

const LAYOUTS: [Layout; 3] = [Layout::Markdown, Layout::Html, Layout::Docx];
const WORDS: &str = "word/document.xml";

/// A report written to files of all layouts.
struct Written {
    report: Report,
    texts: [String; 3],
    /// The parts of the Word file.
    parts: Vec<(String, Vec<u8>)>,
    pictures: [Vec<Picture>; 3],
}

impl Written {
    fn new(report: Report) -> Self {
        let bytes = report_room::docx(&report).unwrap();
        let (html, parts) = (report_room::html(&report).unwrap(), unpacked(&bytes));
        let of_docx = report_room::read_docx(&bytes).unwrap().pictures;
        let pictures = [Vec::new(), report_room::read_html(&html).pictures, of_docx];
        let texts = [report_room::markdown(&report), html, words_of(&parts)];
        Self { report, texts, parts, pictures }
    }

    fn of(portfolio: &Portfolio, since: &str) -> Self {
        Self::new(report(portfolio, since, Appendix::Changed))
    }

    fn text(&self, layout: Layout) -> &str {
        &self.texts[layout as usize]
    }

    fn read(&self, layout: Layout, text: &str) -> Paper {
        match layout {
            Layout::Markdown => report_room::read_markdown(text),
            Layout::Html => report_room::read_html(text),
            Layout::Docx => {
                let with = |(name, bytes): &(String, Vec<u8>)| match name == WORDS {
                    true => (name.clone(), text.as_bytes().to_vec()),
                    false => (name.clone(), bytes.clone()),
                };
                let parts: Vec<_> = self.parts.iter().map(with).collect();
                report_room::read_docx(&packed(&parts))
                    .unwrap_or_else(|error| panic!("{error:#}: {text}"))
            }
        }
    }

    /// The differences of a file from the report.
    fn differences(&self, layout: Layout, text: &str) -> Vec<Difference> {
        self.compared(layout, &self.read(layout, text))
    }

    fn compared(&self, layout: Layout, paper: &Paper) -> Vec<Difference> {
        report_room::differences(&self.report, paper, &self.pictures[layout as usize], false)
    }
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        writer.start_file(name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn words_of(parts: &[(String, Vec<u8>)]) -> String {
    let (_, bytes) = parts.iter().find(|(name, _)| name == WORDS).unwrap();
    String::from_utf8(bytes.clone()).unwrap()
}

fn shown(differences: &[Difference]) -> String {
    let line = |one: &Difference| format!("{}: {}: {}\n", one.place, one.level.word(), one.words);
    differences.iter().map(line).collect()
}

#[track_caller]
fn assert_says_nothing(portfolio: &Portfolio, since: &str, what: &str) {
    let written = Written::of(portfolio, since);
    for layout in LAYOUTS {
        let found = written.differences(layout, written.text(layout));
        assert!(found.is_empty(), "{what} {layout:?}:\n{}", shown(&found));
    }
}

#[test]
fn a_report_that_nobody_edited_says_what_the_plan_says() {
    let hard = include_str!("../paper/hard.toml");
    for (text, name) in [(PLAN, "plan"), (hard, "hard")] {
        for (since, as_of) in [("2003-05-08", "2003-11-30"), ("2003-11-30", "2024-04-10")] {
            let portfolio = portfolio(decode(text), as_of);
            assert_says_nothing(&portfolio, since, &format!("{name} {as_of}"));
        }
    }
    let hostile = crate::paper::hostile_plan();
    assert_says_nothing(&portfolio(decode(&hostile), "2003-11-30"), "2003-05-08", "hostile");
    for seed in 1..=4 {
        for (since, as_of) in [("2002-01-01", "2003-06-30"), ("2003-06-30", "2004-12-31")] {
            let portfolio = portfolio(decode(&generate_plan::plan(60, seed)), as_of);
            assert_says_nothing(&portfolio, since, &format!("generated {seed} {as_of}"));
        }
    }
}

/// Returns the facts of a report, in the order of its text.
fn facts(report: &mut Report) -> Vec<&mut String> {
    fn of_line(line: &mut Line) -> impl Iterator<Item = &mut String> {
        line.0.iter_mut().filter_map(|piece| match piece {
            Piece::Datum(datum) if !datum.is_absent() => Some(&mut datum.shown),
            _ => None,
        })
    }
    let mut facts: Vec<&mut String> = of_line(&mut report.title).collect();
    facts.extend(of_line(&mut report.byline));
    for section in &mut report.sections {
        facts.extend(of_line(&mut section.heading));
        for block in &mut section.blocks {
            match block {
                Block::Heading(_, line) | Block::Paragraph(line) | Block::Numbered(_, line) => {
                    facts.extend(of_line(line));
                }
                Block::Items(lines) | Block::Bullets(lines) => {
                    facts.extend(lines.iter_mut().flat_map(of_line));
                }
                Block::Quoted(text) => facts.push(text),
                Block::Table(table) => {
                    facts.extend(of_line(&mut table.caption));
                    facts.extend(table.rows.iter_mut().flatten().flat_map(of_line));
                }
                _ => {}
            }
        }
    }
    facts
}

/// Returns another fact of the same kind.
fn other(fact: &str) -> String {
    const KINDS: [&[&str]; 7] = [
        &["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
        &["None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"],
        &["in progress", "complete", "not started", "ongoing", "superseded"],
        &["on track", "at risk", "off track"],
        &["red", "amber", "green"],
        &["requested", "agreed", "refused"],
        &["verified", "refused"],
    ];
    for kind in KINDS {
        let position =
            kind.iter().position(|word| *word == fact || fact == "no" && *word == "none");
        if let Some(position) = position {
            return kind[(position + 1) % kind.len()].to_owned();
        }
    }
    if let Some(at) = fact.rfind(|letter: char| letter.is_ascii_digit()) {
        let digit = fact[at..=at].parse::<u8>().unwrap();
        return format!("{}{}{}", &fact[..at], (digit + 1) % 10, &fact[at + 1..]);
    }
    // In a name or a quotation, the longest word is replaced.
    let word = fact.split_whitespace().max_by_key(|word| word.len()).unwrap();
    let first = word.chars().next().unwrap();
    let new = if first.is_uppercase() { "Another" } else { "another" };
    fact.replacen(word, new, 1)
}

/// The passages and rows of a file with their places.
fn units(paper: &Paper) -> Vec<(usize, String)> {
    // A title or a list of contents repeats the headings.
    let own = paper.passages.iter().filter(|own| format!("{:?}", own.kind) != "Repetition");
    let units = own.flat_map(|passage| match &passage.grid {
        None => vec![(passage.place, passage.words.text.clone())],
        Some(grid) => {
            grid.rows.iter().map(|row| (row.place, row.cells.join(" | "))).collect::<Vec<_>>()
        }
    });
    units.collect()
}

#[test]
fn each_fact_that_is_changed_to_another_of_its_kind_is_found() {
    let portfolio = portfolio(decode(PLAN), "2004-04-10");
    let write = || report(&portfolio, "2003-11-30", Appendix::All);
    let (sound, mut altered) = (Written::new(write()), write());
    let known: Vec<String> = facts(&mut altered).into_iter().map(|fact| fact.clone()).collect();
    let count = known.len();
    assert!(count > 290, "{count}");
    // Facts that are far from each other are changed at once.
    let step = 31;
    let (mut tried, mut missed) = ([0; 3], Vec::new());
    for first in 0..step {
        let indexes = || (first..count).step_by(step);
        let mut altering = facts(&mut altered);
        indexes().for_each(|index| *altering[index] = other(&known[index]));
        for layout in LAYOUTS {
            let paper = match layout {
                Layout::Markdown => report_room::read_markdown(&report_room::markdown(&altered)),
                Layout::Html => report_room::read_html(&report_room::html(&altered).unwrap()),
                Layout::Docx => {
                    report_room::read_docx(&report_room::docx(&altered).unwrap()).unwrap()
                }
            };
            let found = sound.compared(layout, &paper);
            let old = units(&sound.read(layout, sound.text(layout)));
            for ((_, old), (place, new)) in old.into_iter().zip(units(&paper)) {
                let is_found =
                    |one: &Difference| one.place == place && one.level == Level::Contradiction;
                tried[layout as usize] += usize::from(old != new);
                if old != new && !found.iter().any(is_found) {
                    missed.push(format!("{layout:?}: {old} → {new}"));
                }
            }
        }
        let mut restored = facts(&mut altered);
        indexes().for_each(|index| restored[index].clone_from(&known[index]));
    }
    assert!(tried.iter().all(|tried| *tried > count * 9 / 10), "{tried:?} of {count}");
    assert!(missed.is_empty(), "{} of {tried:?}:\n{}", missed.len(), missed.join("\n"));
}

/// Returns the text from `from` up to `to`.
#[track_caller]
fn part<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let begin = text.find(from).unwrap_or_else(|| panic!("{from}"));
    let length = text[begin + from.len()..].find(to).unwrap_or_else(|| panic!("{to}"));
    &text[begin..begin + from.len() + length]
}

/// Each kind of forgery: the layouts that it is tried in, its name, what is replaced, and by what.
const FORGERIES: &str = include_str!("../verify/forgeries.tsv");
/// Each kind of honest edit: the same, with the word for it after the layouts.
const EDITS: &str = include_str!("../verify/edits.tsv");

/// The layouts of a kind, and the rest of its line.
fn kinds(table: &'static str) -> impl Iterator<Item = (Layout, Vec<String>)> {
    table.lines().flat_map(|line| {
        let mut cells = line.split('\t').map(unescaped);
        let layouts = match cells.next().unwrap().as_str() {
            "md" => &LAYOUTS[..1],
            "html" => &LAYOUTS[1..2],
            "docx" => &LAYOUTS[2..],
            _ => &LAYOUTS[..],
        };
        let cells: Vec<String> = cells.collect();
        layouts.iter().map(move |layout| (*layout, cells.clone()))
    })
}

/// A cell of the tables of kinds with its line ends and unseen letters.
fn unescaped(cell: &str) -> String {
    let mut parts = cell.split("\\u{");
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('}').unwrap();
        text.push(char::from_u32(u32::from_str_radix(number, 16).unwrap()).unwrap());
        text.push_str(rest);
    }
    text.replace("\\n", "\n")
}

/// Replaces words where they first stand: in the text, in a paragraph, or in a row given as `| cell | cell |`.
fn changed(layout: Layout, text: &str, old: &str, new: &str) -> Option<String> {
    let escaped =
        |words: &str| words.replace('&', "&#38;").replace('\'', "&#39;").replace('"', "&#34;");
    if text.contains(old) {
        return Some(text.replacen(old, new, 1));
    }
    match layout {
        Layout::Markdown => None,
        Layout::Html if text.contains(&escaped(old)) => {
            Some(text.replacen(&escaped(old), &escaped(new), 1))
        }
        Layout::Html => in_row(
            &text.replace("<th ", "<td ").replace("</th>", "</td>"),
            ["<tr>", "</tr>", "<td", "</td>"],
            old,
            new,
        ),
        Layout::Docx => in_row(text, ["<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>"], old, new)
            .or_else(|| in_paragraph(text, old, new)),
    }
}

fn in_paragraph(xml: &str, old: &str, new: &str) -> Option<String> {
    let paragraph =
        xml.split_inclusive("</w:p>").find(|part| plain(last(part, "<w:p>")).contains(old))?;
    let paragraph = last(paragraph, "<w:p>");
    let look =
        &paragraph[..paragraph.find("</w:pPr>").map_or("<w:p>".len(), |at| at + "</w:pPr>".len())];
    let words = plain(paragraph).replacen(old, new, 1).replace('&', "&amp;");
    let run = format!("{look}<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>");
    Some(xml.replacen(paragraph, &run, 1))
}

fn in_row(
    text: &str,
    [begin, end, cell, cell_end]: [&str; 4],
    old: &str,
    new: &str,
) -> Option<String> {
    let cells = |row: &str| -> Vec<String> {
        let cells = row.split(cell_end).filter(|part| part.contains(cell));
        cells.map(|part| plain(part).replace("●\u{a0}", "")).collect()
    };
    let shown = |row: &str| format!("| {} |", cells(row).join(" | "));
    let row = text
        .split_inclusive(end)
        .map(|part| last(part, begin))
        .find(|row| shown(row).contains(old))?;
    let words = shown(row).replacen(old, new, 1);
    let words: Vec<&str> = words.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
    let is_docx = begin == "<w:tr>";
    let cells = words.iter().zip(cells(row).into_iter().map(Some).chain(std::iter::repeat(None)));
    let mut parts = row.split_inclusive(cell_end).filter(|part| part.contains(cell));
    let mut altered = begin.to_owned();
    for (new, old) in cells {
        let part = parts.next();
        match (old, part) {
            (Some(old), Some(part)) if old == *new => {
                altered.push_str(part.strip_prefix(begin).unwrap_or(part))
            }
            _ if is_docx => {
                altered += &format!("<w:tc><w:p><w:r><w:t>{new}</w:t></w:r></w:p></w:tc>")
            }
            _ => altered += &format!("<td>{new}</td>"),
        }
    }
    Some(text.replacen(row, &(altered + end), 1))
}

/// The part of a text from the last place of another on.
fn last<'t>(text: &'t str, from: &str) -> &'t str {
    &text[text.rfind(from).unwrap_or(0)..]
}

/// The words between the tags.
fn plain(text: &str) -> String {
    let parts = text.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words));
    let words = parts.collect::<String>();
    let signs = [("&#38;", "&"), ("&amp;", "&"), ("&#39;", "'"), ("&#34;", "\""), ("&lt;", "<")];
    signs.iter().fold(words, |words, (sign, letter)| words.replace(sign, letter))
}

/// The report to the November meeting.
fn november() -> Written {
    Written::of(&portfolio(decode(PLAN), "2003-11-30"), SINCE)
}

/// The weightiest difference, and all of them.
fn told(written: &Written, layout: Layout, name: &str, text: &str) -> (Option<Level>, String) {
    let found = written.differences(layout, text);
    (found.iter().map(|one| one.level).min(), format!("{layout:?}, {name}: {}", shown(&found)))
}

#[test]
fn each_kind_of_forgery_is_a_contradiction() {
    let november = november();
    let (mut tried, mut missed) = (0, Vec::new());
    for (layout, cells) in kinds(FORGERIES) {
        let [name, old, new] = [0, 1, 2].map(|cell| cells[cell].as_str());
        tried += 1;
        match changed(layout, november.text(layout), old, new) {
            None => missed.push(format!("{layout:?}, {name}: nothing to change\n")),
            Some(text) => {
                let (level, told) = told(&november, layout, name, &text);
                if level != Some(Level::Contradiction) {
                    missed.push(told);
                }
            }
        }
    }
    assert!(missed.is_empty(), "{} of {tried} missed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn each_kind_of_honest_edit_is_told_as_what_it_is() {
    let november = november();
    let (mut tried, mut wrong) = (0, Vec::new());
    for (layout, cells) in kinds(EDITS) {
        let [level, name, old, new] = [0, 1, 2, 3].map(|cell| cells[cell].as_str());
        tried += 1;
        let Some(text) = changed(layout, november.text(layout), old, new) else {
            wrong.push(format!("{layout:?}, {name}: nothing to change\n"));
            continue;
        };
        let (found, told) = told(&november, layout, name, &text);
        if found.map_or("-".to_owned(), |level| format!("{level:?}")) != level {
            wrong.push(format!("{level}: {told}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {tried} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The tags of a row, a paragraph and a heading.
fn tags(layout: Layout) -> [[&'static str; 2]; 2] {
    match layout {
        Layout::Markdown => [["\n", "|\n"], ["\n\n", "\n\n"]],
        Layout::Html => [["<tr>", "</tr>"], ["<", "</p>"]],
        Layout::Docx => [["<w:tr>", "</w:tr>"], ["<w:p>", "</w:p>"]],
    }
}

/// The row or the paragraph that has some words.
#[track_caller]
fn unit<'t>(layout: Layout, text: &'t str, kind: usize, words: &str) -> &'t str {
    let [begin, end] = tags(layout)[kind];
    if layout == Layout::Markdown {
        let mut parts = text.split_inclusive(if kind == 0 { "\n" } else { "\n\n" });
        return parts.find(|part| part.contains(words)).unwrap_or_else(|| panic!("{words}"));
    }
    let parts =
        text.split_inclusive(end).map(|part| last(part, if begin == "<" { "<p>" } else { begin }));
    { parts }.find(|part| plain(part).contains(words)).unwrap_or_else(|| panic!("{words}"))
}

#[test]
fn rows_and_paragraphs_that_are_cut_moved_doubled_or_added_are_contradictions() {
    let november = november();
    for layout in LAYOUTS {
        let text = november.text(layout);
        let row = |words: &str| unit(layout, text, 0, words);
        let paragraph = |words: &str| unit(layout, text, 1, words);
        let without = |part: &str| text.replacen(part, "", 1);
        let behind =
            |part: &str, other: &str| without(part).replacen(other, &format!("{other}{part}"), 1);
        let (best, whole) = (row("Best value reviews"), row("Management of review"));
        let dropped = best.replace("Best value reviews", "Dropped work");
        let (overdue, risk) = ("No recommendation is overdue", "One recommendation is at risk");
        let none = paragraph(overdue);
        let heading = match layout {
            Layout::Markdown => "### Other matters\n\n",
            Layout::Html => part(text, "<h3>Other matters", "<p>"),
            Layout::Docx => paragraph("Other matters"),
        };
        let caption = match layout {
            Layout::Markdown => "**At risk**\n\n",
            Layout::Html => "<caption id=\"table-3-7\">At risk</caption>",
            Layout::Docx => paragraph("At risk"),
        };
        let caption = if layout == Layout::Html {
            part(text, "<caption", ">At risk</caption>")
        } else {
            caption
        };
        for (name, forged) in [
            ("a row cut", without(best)),
            ("a row twice", text.replacen(best, &best.repeat(2), 1)),
            ("a row added", text.replacen(best, &format!("{best}{dropped}"), 1)),
            ("a row moved", behind(best, whole)),
            (
                "a row moved to another table",
                behind(row("Define accountabilities"), row("“Rolled out to 14")),
            ),
            ("a paragraph with no cut", without(none)),
            (
                "a paragraph with figures moved",
                behind(paragraph("One due date has been extended"), none),
            ),
            ("a heading taken from its figures", without(heading)),
            ("a caption taken away", without(caption)),
            ("a paragraph that says another's", changed(layout, text, overdue, risk).unwrap()),
        ] {
            assert_ne!(forged, text, "{layout:?} {name}");
            let (level, told) = told(&november, layout, name, &forged);
            assert_eq!(level, Some(Level::Contradiction), "{told}");
        }
    }
}

#[test]
fn what_a_word_file_hides_in_its_other_parts_is_told() {
    let november = november();
    let word = |body: &str| format!("<w:p><w:r><w:t>{body}</w:t></w:r></w:p>");
    let styles =
        ("</w:rPrDefault>", "<w:style w:styleId=\"Normal\"><w:rPr><w:vanish/></w:rPr></w:style>");
    for (name, part, old, new, expected) in [
        ("a comment", "word/comments.xml", "", word("ten"), Level::Contradiction),
        ("a macro", "word/vbaProject.bin", "", String::new(), Level::Contradiction),
        ("a header", "word/header1.xml", "", word("Draft of the clerk"), Level::Added),
        ("a note", "word/footnotes.xml", "", word("See the minutes."), Level::Added),
        (
            "hidden words in a note",
            "word/endnotes.xml",
            "",
            word("</w:t><w:t>a\u{200b}b"),
            Level::Contradiction,
        ),
        (
            "a style that hides",
            "word/styles.xml",
            "</w:styles>",
            format!("{}</w:styles>", styles.1),
            Level::Contradiction,
        ),
        (
            "other properties",
            "docProps/core.xml",
            "Written from plan.toml",
            "Written from other.toml".to_owned(),
            Level::Contradiction,
        ),
        (
            "another picture for older programs",
            "word/media/image1.png",
            "PNG",
            "PNg".to_owned(),
            Level::NotJudged,
        ),
    ] {
        let mut parts = november.parts.clone();
        match parts.iter_mut().find(|(known, _)| known == part) {
            None => parts.push((part.to_owned(), new.into_bytes())),
            Some((_, bytes)) => {
                let old = old.as_bytes();
                let at = bytes.windows(old.len()).position(|own| own == old).expect(name);
                bytes.splice(at..at + old.len(), new.into_bytes());
            }
        }
        let found =
            november.compared(Layout::Docx, &report_room::read_docx(&packed(&parts)).unwrap());
        assert_eq!(
            found.iter().map(|one| one.level).min(),
            Some(expected),
            "{name}: {}",
            shown(&found)
        );
    }
}

#[test]
fn what_programs_do_to_a_whole_report_is_no_difference() {
    let november = november();
    let [markdown, html, _] = &november.texts;
    let upper = html.replace("<td", "<TD").replace("</td>", "</TD>").replace("class=", "CLASS=");
    for (how, layout, text) in [
        ("line ends", Layout::Markdown, markdown.replace('\n', "\r\n")),
        ("a mark of its encoding", Layout::Markdown, format!("\u{feff}{markdown}")),
        ("empty lines", Layout::Markdown, markdown.replace("\n\n", "\n\n\n")),
        ("straight quotation marks", Layout::Markdown, markdown.replace(['“', '”'], "\"")),
        ("line ends", Layout::Html, html.replace('\n', "\r\n")),
        ("a mark of its encoding", Layout::Html, format!("\u{feff}{html}")),
        ("one line", Layout::Html, html.replace('\n', " ")),
        ("upper case", Layout::Html, upper),
        ("single quotation marks", Layout::Html, html.replace('"', "'")),
        ("names of classes and places", Layout::Html, html.replace("<p>", "<p class=x id=y>")),
    ] {
        let found = november.differences(layout, &text);
        assert!(found.is_empty(), "{how} {layout:?}:\n{}", shown(&found));
    }
}

#[test]
fn one_cut_is_one_difference_and_its_line_is_named() {
    let november = november();
    let [markdown, html, _] = &november.texts;
    let without = |text: &str, from: &str, to: &str| text.replacen(part(text, from, to), "", 1);
    for (layout, text) in [
        (Layout::Markdown, without(markdown, "## Appendix 1", "\n---\n")),
        (Layout::Html, without(html, "<h2 id=\"part-3\"", "</section>")),
    ] {
        let found = november.differences(layout, &text);
        let weighty: Vec<&Difference> =
            found.iter().filter(|one| one.level == Level::Contradiction).collect();
        assert_eq!(weighty.len(), 1, "{layout:?}:\n{}", shown(&found));
    }
    let altered =
        markdown.replacen("Seven recommendations were open", "Ten recommendations were open", 1);
    let line = altered[..altered.find("Ten recommendations").unwrap()].matches('\n').count() + 1;
    for text in [altered.replace('\n', "\r\n"), altered] {
        let found = november.differences(Layout::Markdown, &text);
        assert_eq!(found.iter().map(|one| one.place).collect::<Vec<_>>(), [line]);
    }
}

#[test]
fn huge_and_broken_reports_are_read_in_time() {
    let november = november();
    let [markdown, html, _] = &november.texts;
    for junk in [
        "<",
        "<!--",
        "[",
        "> ",
        "`a``",
        "<a ",
        "&",
        "\\",
        "</",
        "\u{1b}[31m",
        "<p \"'",
        "<table>",
        "|-|\n",
        "- - ",
        "\n\na",
    ] {
        for (layout, text) in [(Layout::Markdown, markdown), (Layout::Html, html)] {
            let hostile = text.clone() + &junk.repeat(20_000);
            let _ = november.differences(layout, &hostile);
        }
    }
}
