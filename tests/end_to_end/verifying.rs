//! Tests of `plan report --verify`: a change of every fact, forgeries, and honest edits of every kind.

use crate::paper::{PLAN, decode, papers, portfolio, report};
use action_plan::{
    doc::{Block, Line, Piece},
    query::Portfolio,
    report::{self as report_room, Appendix, Difference, Level, Paper, Report},
};

/// The day before the period of the reports.
const SINCE: &str = "2003-05-08";

/// The layouts of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Markdown,
    Html,
}

fn read(layout: Layout, text: &str) -> Paper {
    match layout {
        Layout::Markdown => report_room::read_markdown(text),
        Layout::Html => report_room::read_html(text),
    }
}

/// Returns the differences between a report in a file and the same report in memory.
fn differences(report: &Report, layout: Layout, text: &str) -> Vec<Difference> {
    let pictures = match layout {
        Layout::Markdown => Vec::new(),
        Layout::Html => read(layout, &report_room::html(report).unwrap()).pictures,
    };
    let pictures: Vec<String> = pictures.into_iter().map(|(_, source)| source).collect();
    report_room::differences(report, &read(layout, text), &pictures, false)
}

fn shown(differences: &[Difference]) -> String {
    let line = |one: &Difference| format!("{}: {}: {}\n", one.place, one.level.word(), one.words);
    differences.iter().map(line).collect()
}

#[track_caller]
fn assert_says_nothing(portfolio: &Portfolio, since: &str, what: &str) {
    let written = report(portfolio, since, Appendix::Changed);
    let layouts = papers(portfolio, since);
    for (layout, text) in [Layout::Markdown, Layout::Html].into_iter().zip(layouts) {
        let found = differences(&written, layout, &text);
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
    facts.extend(of_line(&mut report.contents));
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

#[test]
fn each_fact_that_is_changed_to_another_of_its_kind_is_found() {
    let portfolio = portfolio(decode(PLAN), "2004-04-10");
    let since = "2003-11-30";
    let sound = report(&portfolio, since, Appendix::All);
    let mut altered = report(&portfolio, since, Appendix::All);
    let known: Vec<String> = facts(&mut altered).into_iter().map(|fact| fact.clone()).collect();
    let count = known.len();
    assert!(count > 290, "{count}");
    let written = report_room::markdown(&altered);
    // Facts that are far apart are changed together.
    let step = 49;
    let (mut tried, mut missed) = (0, Vec::new());
    for first in 0..step {
        let indexes = || (first..count).step_by(step);
        let mut altering = facts(&mut altered);
        indexes().for_each(|index| *altering[index] = other(&known[index]));
        let text = report_room::markdown(&altered);
        let found = differences(&sound, Layout::Markdown, &text);
        for (line, (old, new)) in (1..).zip(written.lines().zip(text.lines())) {
            if old == new {
                continue;
            }
            tried += 1;
            let is_found =
                |one: &Difference| one.place == line && one.level == Level::Contradiction;
            if !found.iter().any(is_found) {
                missed.push(format!("{old} → {new}"));
            }
        }
        let mut restored = facts(&mut altered);
        indexes().for_each(|index| restored[index].clone_from(&known[index]));
    }
    assert!(tried > count * 9 / 10, "{tried} of {count}");
    assert!(missed.is_empty(), "{} of {count}:\n{}", missed.len(), missed.join("\n"));
}

/// A change to a text: the old text and the new text.
type Change = (&'static str, &'static str);

/// Changes the first occurrence.
#[track_caller]
fn changed(text: &str, (old, new): Change) -> String {
    assert!(text.contains(old), "{old}");
    text.replacen(old, new, 1)
}

/// Returns the text from `from` up to `to`.
#[track_caller]
fn part<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let begin = text.find(from).unwrap_or_else(|| panic!("{from}"));
    let length = text[begin + from.len()..].find(to).unwrap_or_else(|| panic!("{to}"));
    &text[begin..begin + from.len() + length]
}

/// Forgeries of the Markdown report. Each must be found as a contradiction.
const FORGERIES: &[(&str, Change)] = &[
    ("a count in words", ("Seven recommendations were open", "Six recommendations were open")),
    ("a count in digits", ("Seven recommendations were open", "8 recommendations were open")),
    (
        "a count with its word swapped",
        (
            "Three are complete, three are in progress, two are ongoing",
            "Three are complete, two are in progress, three are ongoing",
        ),
    ),
    (
        "states swapped",
        (
            "Three are complete, three are in progress, two are ongoing and one has not been started",
            "Three are complete, three are in progress, two have not been started and one is ongoing",
        ),
    ),
    ("a state for another", ("Three are complete, three", "Three are verified, three")),
    (
        "a negation added",
        ("One recommendation has been completed", "One recommendation has not been completed"),
    ),
    ("a short negation added", ("One extension is requested", "One extension isn't requested")),
    ("without for with", ("ongoing, without a due date", "ongoing, with an end")),
    ("no taken away", ("No recommendation is overdue", "Recommendation 1 is overdue")),
    ("are open and have no owner", ("are open and have no owner", "are open and have an owner")),
    ("an id in a list", ("recommendations 5, 6 and 8 are", "recommendations 5, 6 and 7 are")),
    ("an id left out of a list", ("recommendations 5, 6 and 8 are", "recommendations 5 and 8 are")),
    ("an id added to a list", ("Recommendations 2, 7 and 9", "Recommendations 2, 5, 7 and 9")),
    ("ids swapped", ("Recommendations 2, 7 and 9", "Recommendations 2, 9 and 7")),
    ("a date in a sentence", ("were open on 8 May 2003", "were open on 18 May 2003")),
    ("a year in a sentence", ("were open on 8 May 2003", "were open on 8 May 2002")),
    ("a month in a sentence", ("were open on 8 May 2003", "were open on 8 June 2003")),
    (
        "a date in another form that is another",
        ("were open on 8 May 2003", "were open on 2003-05-09"),
    ),
    ("dates swapped", ("from March 2004 to June 2004", "from June 2004 to March 2004")),
    (
        "a request for another item",
        ("requested for recommendation 4", "requested for recommendation 3"),
    ),
    ("decide for note", ("**decide** on the extension", "note the extension")),
    ("a committee", ("Planning, Performance & Review Committee", "Policy & Review Committee")),
    (
        "the title of the report",
        (
            "# Interim report on progress against the nine",
            "# Final report on progress against the ten",
        ),
    ),
    ("a unit", ("Red is 1 day overdue or more", "Red is 1 week overdue or more")),
    ("units", ("due within 60 days", "due within 60 months")),
    ("a colour's count", ("one is amber and five are green", "two are amber and four are green")),
    ("colours swapped", ("none is red, one is amber", "none is amber, one is red")),
    ("a rule's word", ("or at risk or worse", "or on track or worse")),
    ("a quantity", ("all other work is green", "green is most of the rest")),
    (
        "an owner of several taken away",
        ("| Internal Consultancy Group, review project boards |", "| Internal Consultancy Group |"),
    ),
    ("early for late", ("3 days early", "3 days late")),
    ("times extended", ("| June 2004 | 0 |", "| June 2004 | 3 |")),
    (
        "a quotation in a table",
        ("“The systems are delivered late.”", "“The systems are delivered.”"),
    ),
    (
        "a quotation with a word for another",
        ("“The systems are delivered late.”", "“The systems are delivered soon.”"),
    ),
    (
        "who said it",
        ("(Director of Information, 20 November 2003)", "(Director of Finance, 20 November 2003)"),
    ),
    (
        "when it was said",
        (
            "(Director of Information, 20 November 2003)",
            "(Director of Information, 2 November 2003)",
        ),
    ),
    (
        "a figure in a quotation",
        (
            "| at risk | “Rolled out to 14 of 32 boroughs.” |",
            "| at risk | “Rolled out to 24 of 32 boroughs.” |",
        ),
    ),
    ("an outlook", ("| at risk | “Rolled out", "| on track | “Rolled out")),
    ("an action behind a risk", ("process… (action 3.1)", "process… (action 3.2)")),
    (
        "the plan's own words",
        (
            "linking priorities with action plans and targets",
            "linking priorities with plans and targets",
        ),
    ),
    (
        "a typo mended in the plan's own words",
        ("coming from this report\n\n## D", "coming from this report.\n\n## D"),
    ),
    (
        "a word of the plan's own words left out",
        ("There are no direct financial implications", "There are no financial implications"),
    ),
    ("a telephone number", ("020 7202 0202", "020 7202 0203")),
    ("an author", ("John Zlotnicki", "John Smith")),
    ("an entry's status", ("1 October 2003: in progress –", "1 October 2003: complete –")),
    (
        "an entry's author",
        ("complete by Corporate Planning Group –", "complete by Internal Audit –"),
    ),
    (
        "an entry's note",
        ("“Two of five courses have been held.”", "“Four of five courses have been held.”"),
    ),
    ("an entry's evidence", ("(evidence: notices/36-03.pdf)", "(evidence: notices/37-03.pdf)")),
    (
        "a sentence with figures taken away",
        (
            " Three are complete, three are in progress, two are ongoing and one has not been started.",
            "",
        ),
    ),
    ("an unseen space", ("Seven recommendations were", "Sev\u{200b}en recommendations were")),
    ("another alphabet's letter in a state", ("Three are complete", "Three are \u{441}omplete")),
    (
        "a style sheet that hides",
        ("## Summary", "<style>table { display: none }</style>\n\n## Summary"),
    ),
    ("a script", ("## Summary", "<script>document.write(7)</script>\n\n## Summary")),
    ("an event", ("## Summary", "<p onclick=\"alert(7)\">Notes</p>\n\n## Summary")),
    ("a frame", ("## Summary", "<iframe src=\"https://example.org\"></iframe>\n\n## Summary")),
    ("the commit of the last line", (" at commit 0123456789", " at commit 0123456780")),
    ("the day of the last line", (", as of 30 November 2003", ", as of 30 November 2004")),
    ("the command of the last line", ("--since 2003-05-08", "--since 2003-06-08")),
];

/// Forgeries of the HTML page.
const FORGERIES_OF_PAGES: &[(&str, Change)] = &[
    ("a colour for another", ("class=\"rag green\">green", "class=\"rag red\">green")),
    ("a colour and its word", ("class=\"rag amber\">amber", "class=\"rag green\">green")),
    ("a picture's description", ("3 of 9 complete, 0 overdue", "9 of 9 complete, 0 overdue")),
    (
        "a cell across several rows or columns",
        ("<td class=\"number\">3</td>", "<td class=\"number\" colspan=\"2\">3</td>"),
    ),
    (
        "our style sheet with a rule more",
        (".red { --rag", "td:nth-child(3) { display: none; }\n.red { --rag"),
    ),
    ("the properties", ("content=\"Written from plan.toml", "content=\"Written from other.toml")),
    ("a hidden cell", ("<td class=\"number\">3</td>", "<td class=\"number\" hidden>3</td>")),
    (
        "a table in a table",
        (
            "<td class=\"number\">3</td>",
            "<td class=\"number\"><table><tr><td>3</td></tr></table></td>",
        ),
    ),
    (
        "a reload",
        (
            "<meta charset",
            "<meta http-equiv=\"refresh\" content=\"0;url=https://example.org\"><meta charset",
        ),
    ),
    ("a field", ("<p>That members:</p>", "<p>That members: <input value=\"7\"></p>")),
    ("a drawing", ("<p>That members:</p>", "<p>That members:</p><svg><text>7</text></svg>")),
    (
        "a title that says otherwise",
        (
            "<title>Interim report on progress against the nine",
            "<title>\u{200b}Interim report on progress against the ten",
        ),
    ),
];

/// Honest edits of the Markdown report, each with its expected level; `None` if nothing must be reported.
const EDITS: &[(&str, Change, Option<Level>)] = &[
    (
        "a sentence reworded",
        (
            "This report summarises progress",
            "Members will recall that this report summarises progress",
        ),
        Some(Level::Reworded),
    ),
    (
        "digits for a word",
        ("Seven recommendations were open", "7 recommendations were open"),
        Some(Level::Reworded),
    ),
    ("a capital", ("That members:", "that Members:"), Some(Level::Reworded)),
    (
        "a comma",
        ("Since then none has been added, none", "Since then, none has been added, none"),
        Some(Level::Reworded),
    ),
    (
        "a sentence parted",
        ("since 8 May 2003. Three are", "since 8 May 2003. Of these, three are"),
        Some(Level::Reworded),
    ),
    (
        "a paragraph added",
        (
            "## A. Recommendations",
            "The Chair thanks the officers for their work.\n\n## A. Recommendations",
        ),
        Some(Level::Added),
    ),
    (
        "a paragraph with figures added",
        (
            "## A. Recommendations",
            "At its last meeting the Committee sat for 2 hours.\n\n## A. Recommendations",
        ),
        Some(Level::Added),
    ),
    (
        "an item added",
        ("1. note the progress", "1. welcome the report;\n1. note the progress"),
        Some(Level::Added),
    ),
    (
        "a heading added over words",
        (
            "## F. Contact details",
            "## Welcome\n\nThe Chair opened the meeting.\n\n## F. Contact details",
        ),
        Some(Level::Added),
    ),
    (
        "a list added",
        ("## C. Financial implications", "- tea\n- coffee\n\n## C. Financial implications"),
        Some(Level::Added),
    ),
    (
        "a table added",
        (
            "## C. Financial implications",
            "| Cost | Sum |\n|---|---|\n| Print | 20 |\n\n## C. Financial implications",
        ),
        Some(Level::Added),
    ),
    (
        "a signature",
        ("## C. Financial implications", "J. Smith, Clerk\n\n## C. Financial implications"),
        Some(Level::Added),
    ),
    (
        "metadata for a program",
        ("# Interim report", "---\nauthor: The Clerk\n---\n\n# Interim report"),
        Some(Level::Added),
    ),
    (
        "a picture added",
        ("## Summary", "![The crest](crest.png)\n\n## Summary"),
        Some(Level::NotJudged),
    ),
    ("a paragraph without figures taken away", ("That members:\n\n", ""), Some(Level::LeftOut)),
    ("a date in another form", ("were open on 8 May 2003", "were open on 2003-05-08"), None),
    ("a date with its ending", ("were open on 8 May 2003", "were open on 8th May 2003"), None),
    ("a date as others write it", ("were open on 8 May 2003", "were open on May 8, 2003"), None),
    (
        "lines that are broken",
        ("Since then none has been added, none has", "Since then none has been\nadded, none has"),
        None,
    ),
    (
        "a hard break",
        ("Since then none has been added, none has", "Since then none has been  \nadded, none has"),
        None,
    ),
    (
        "a paragraph parted",
        ("since 8 May 2003. Three are complete", "since 8 May 2003.\n\nThree are complete"),
        Some(Level::Reworded),
    ),
    ("no bold", ("2. **decide** on", "2. decide on"), None),
    ("a heading in another style", ("## Summary\n", "Summary\n-------\n"), None),
    (
        "typographic quotation marks for others",
        ("“The systems are delivered late.”", "\"The systems are delivered late.\""),
        None,
    ),
    ("dots for an ellipsis", ("process… (action 3.1)", "process... (action 3.1)"), None),
    (
        "a space that does not break",
        ("8 May 2003. Since then", "8\u{a0}May\u{a0}2003. Since then"),
        None,
    ),
    ("other numbers of items", ("2. **decide** on", "7. **decide** on"), None),
    ("a line across", ("## A. Recommendations", "---\n\n## A. Recommendations"), None),
    ("an empty comment", ("## A. Recommendations", "<!-- -->\n\n## A. Recommendations"), None),
    (
        "an address that is a link",
        ("reports/2003-06.pdf", "[reports/2003-06.pdf](reports/2003-06.pdf)"),
        None,
    ),
    (
        "the dashes of a word processor",
        (" --at 0123456789 --since", " –at 0123456789 –since"),
        None,
    ),
];

/// The report to the November meeting, in its layouts.
struct November {
    report: Report,
    layouts: [String; 2],
}

impl November {
    fn new() -> Self {
        let portfolio = portfolio(decode(PLAN), "2003-11-30");
        let (report, layouts) =
            (report(&portfolio, SINCE, Appendix::Changed), papers(&portfolio, SINCE));
        Self { report, layouts }
    }

    fn text(&self, layout: Layout) -> &str {
        &self.layouts[layout as usize]
    }

    /// Returns the most serious difference of a changed report, and all differences as text.
    #[track_caller]
    fn told(&self, layout: Layout, name: &str, change: Change) -> (Option<Level>, String) {
        let text = changed(self.text(layout), change);
        let found = differences(&self.report, layout, &text);
        (found.iter().map(|one| one.level).min(), format!("{name}: {}", shown(&found)))
    }
}

#[test]
fn each_kind_of_forgery_is_a_contradiction() {
    let november = November::new();
    let texts = FORGERIES.iter().map(|forgery| (Layout::Markdown, forgery));
    let pages = FORGERIES_OF_PAGES.iter().map(|forgery| (Layout::Html, forgery));
    let missed = texts.chain(pages).filter_map(|(layout, (name, change))| {
        let (level, told) = november.told(layout, name, *change);
        (level != Some(Level::Contradiction)).then_some(told)
    });
    let missed: Vec<String> = missed.collect();
    assert!(missed.is_empty(), "{} missed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn each_kind_of_honest_edit_is_told_as_what_it_is() {
    let november = November::new();
    let wrong = EDITS.iter().filter_map(|(name, change, expected)| {
        let (level, told) = november.told(Layout::Markdown, name, *change);
        (level != *expected).then(|| format!("{expected:?}: {told}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_programs_do_to_a_whole_report_is_no_difference() {
    let November { report: written, layouts: [markdown, html] } = November::new();
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
        let found = differences(&written, layout, &text);
        assert!(found.is_empty(), "{how} {layout:?}:\n{}", shown(&found));
    }
}

#[test]
fn one_cut_is_one_difference_and_its_line_is_named() {
    let November { report: written, layouts: [markdown, html] } = November::new();
    let without = |text: &str, from: &str, to: &str| text.replacen(part(text, from, to), "", 1);
    for (layout, text) in [
        (Layout::Markdown, without(&markdown, "## Appendix 1", "\n---\n")),
        (Layout::Html, without(&html, "<h2 id=\"part-3\"", "</section>")),
    ] {
        let found = differences(&written, layout, &text);
        let weighty: Vec<&Difference> =
            found.iter().filter(|one| one.level == Level::Contradiction).collect();
        assert_eq!(weighty.len(), 1, "{layout:?}:\n{}", shown(&found));
    }
    let altered =
        markdown.replacen("Seven recommendations were open", "Ten recommendations were open", 1);
    let line = altered[..altered.find("Ten recommendations").unwrap()].matches('\n').count() + 1;
    for text in [altered.replace('\n', "\r\n"), altered] {
        let found = differences(&written, Layout::Markdown, &text);
        assert_eq!(found.iter().map(|one| one.place).collect::<Vec<_>>(), [line]);
    }
}

#[test]
fn huge_and_broken_reports_are_read_in_time() {
    let November { report: written, layouts: [markdown, html] } = November::new();
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
        for (layout, text) in [(Layout::Markdown, &markdown), (Layout::Html, &html)] {
            let hostile = text.clone() + &junk.repeat(20_000);
            let _ = differences(&written, layout, &hostile);
        }
    }
}
