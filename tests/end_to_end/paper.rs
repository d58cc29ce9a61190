//! Tests of the committee report: its text, its treatment of hostile text, and its verification.

use std::{env, fs, path::Path};

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::support::Repository;
use action_plan::{
    file::Reader,
    model::{Day, Period, Plan},
    query::{Portfolio, View},
    report::{self, Appendix, Origin, Provenance, Report, Source, Span},
};

pub const PLAN: &str = include_str!("../paper/plan.toml");
const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn decode(text: &str) -> Plan {
    Reader::default().decode(text).map(|read| read.plan).ok().unwrap()
}

/// Returns a portfolio with one plan as of a day.
pub fn portfolio(plan: Plan, as_of: &str) -> Portfolio {
    let as_of = day(as_of);
    Portfolio { as_of, views: vec![View::new(plan, as_of, 0, None)] }
}

/// Returns the report of a period.
pub fn report(portfolio: &Portfolio, since: &str, appendix: Appendix) -> Report {
    let meeting = Period::parse("2003-11").ok();
    let span = Span { since: day(since), as_of: portfolio.as_of, meeting };
    let source = Source::new(portfolio, span, &[None]);
    let path = "plan.toml".to_owned();
    let origin = Origin { name: None, path, commit: Some(COMMIT.to_owned()) };
    let command = ["report", "-f", "plan.toml", "--at", &COMMIT[..10], "--since", since];
    let provenance = Provenance {
        origins: vec![origin],
        as_of: portfolio.as_of,
        version: "0.1.0".to_owned(),
        command: command.map(str::to_owned).to_vec(),
    };
    report::write(&source, provenance, appendix, None)
}

/// Returns the report of a period in both layouts.
pub fn papers(portfolio: &Portfolio, since: &str) -> [String; 2] {
    papers_with(portfolio, since, Appendix::Changed)
}

pub fn papers_with(portfolio: &Portfolio, since: &str, appendix: Appendix) -> [String; 2] {
    let report = report(portfolio, since, appendix);
    [report::markdown(&report), report::html(&report).unwrap()]
}

/// Returns the text of a Markdown report, without escapes.
fn words(markdown: &str) -> String {
    let mut words = String::new();
    for event in pulldown_cmark::Parser::new_ext(markdown, pulldown_cmark::Options::ENABLE_TABLES) {
        match event {
            pulldown_cmark::Event::Text(text) => words.push_str(&text),
            pulldown_cmark::Event::End(_) => words.push('\n'),
            _ => {}
        }
    }
    words
}

#[test]
fn the_interim_report_to_the_november_meeting_reads_as_reviewed() {
    let portfolio = portfolio(decode(PLAN), "2003-11-30");
    let layouts = papers(&portfolio, "2003-05-08");
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paper");
    for (name, paper) in ["november-2003.md", "november-2003.html"].into_iter().zip(layouts) {
        let path = directory.join(name);
        // `PAPER=overwrite cargo test --test end_to_end paper` replaces the files, which must then be reviewed.
        if env::var("PAPER").is_ok_and(|value| value == "overwrite") {
            fs::write(&path, &paper).unwrap();
        }
        let reviewed = fs::read_to_string(&path).unwrap();
        let differs = reviewed.lines().zip(paper.lines()).find(|(one, other)| one != other);
        assert_eq!(differs, None, "{name}");
        assert_eq!(reviewed.len(), paper.len(), "{name}");
    }
}

#[test]
fn papers_of_generated_plans_are_well_formed() {
    for seed in 1..=6 {
        for (since, as_of) in [
            ("2002-01-01", "2003-06-30"),
            ("2003-06-30", "2004-12-31"),
            ("2004-02-29", "2004-02-29"),
        ] {
            let portfolio = portfolio(decode(&generate_plan::plan(60, seed)), as_of);
            let layouts = papers(&portfolio, since);
            assert_well_formed(&layouts[1]);
        }
    }
}

/// Text that a plan may contain, but that no report may run as code.
const HOSTILE: &str = "<script>alert(1)</script>--><img src=x onerror=alert(1)> \\\"q\\\" 'x' &lt; & *b* _i_ `c` ~~s~~ | $x$ [l](javascript:x) {{ x }} </span></div> \\\\";

pub fn hostile_plan() -> String {
    let section = |heading: &str| {
        format!(
            "[[plan.section]]\nheading = \"{heading} {HOSTILE}\"\ntext = \"\"\"\n1. {HOSTILE}\n- {HOSTILE}\n\n# {HOSTILE}\n\n+ {HOSTILE}\n\n> {HOSTILE}\n\n---\n\n=== {HOSTILE}\"\"\"\n"
        )
    };
    let recommendation = |id: &str, timescale: &str, extra: &str| {
        format!(
            "[[recommendation]]\nid = \"{id}\"\ntitle = \"{HOSTILE}\"\narea = \"a\"\nowner = \"{HOSTILE}\"\ntext = \"\"\"\n{HOSTILE}\n• {HOSTILE}\n•glued {HOSTILE}\"\"\"\ntimescale = \"{timescale}\"\nresponse_text = \"{HOSTILE}\"\nprogress = [{{ on = 2003-06-01, status = \"in-progress\", by = \"{HOSTILE}\", note = \"{HOSTILE}\", evidence = [\"{HOSTILE}\"] }}]\n{extra}\n"
        )
    };
    let revision = format!(
        "revisions = [{{ on = 2003-06-02, to = \"July 2003\", reason = \"{HOSTILE}\", by = \"{HOSTILE}\" }}]"
    );
    let requested = revision.replace(" }]", ", decision = \"requested\" }]");
    let given_up = format!(
        "response = \"rejected\"\nverification = [{{ on = 2003-06-03, by = \"{HOSTILE}\", result = \"verified\", note = \"{HOSTILE}\" }}]"
    );
    format!(
        "[plan]\ntitle = \"{HOSTILE}\"\nbody = \"{HOSTILE}\"\ncommittee = \"{HOSTILE}\"\nby = \"{HOSTILE}\"\ndate = 2003-05-08\n{}[[area]]\nid = \"a\"\ntitle = \"{HOSTILE}\"\n[[meeting]]\ndate = \"2003-11\"\ntitle = \"{HOSTILE}\"\n{}{}{}{}",
        section("C."),
        recommendation("1", "June 2003", &revision),
        recommendation("2", "June 2003", &given_up),
        // The due date was moved to an earlier date.
        recommendation("3", "September 2003", &revision),
        recommendation("4", "2004", &requested),
    )
}

#[test]
fn hostile_text_in_every_field_does_no_harm() {
    let portfolio = portfolio(decode(&hostile_plan()), "2003-11-30");
    let [short, html_of_short] = papers(&portfolio, "2003-05-08");
    let [long, html] = papers_with(&portfolio, "2003-05-08", Appendix::All);
    let markdown = short + &long;
    assert_well_formed(&html_of_short);
    assert_well_formed(&html);
    let options = pulldown_cmark::Options::all();
    for event in pulldown_cmark::Parser::new_ext(&markdown, options) {
        use pulldown_cmark::{Event, Tag};
        match event {
            Event::Start(
                Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::Emphasis
                | Tag::Strikethrough
                | Tag::BlockQuote(_),
            )
            | Event::InlineMath(_)
            | Event::InlineHtml(_)
            | Event::Html(_)
            | Event::Code(_) => panic!("{event:?}"),
            _ => {}
        }
    }
}

/// Checks that every tag of the page is a known one, and that every element is closed in the right place.
fn assert_well_formed(html: &str) {
    const EMPTY: [&str; 3] = ["br", "meta", "img"];
    const KNOWN: [&str; 36] = [
        "html",
        "head",
        "title",
        "style",
        "body",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "dl",
        "dt",
        "dd",
        "div",
        "nav",
        "ul",
        "ol",
        "li",
        "a",
        "main",
        "section",
        "span",
        "strong",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "footer",
        "details",
        "summary",
    ];
    let body = html.replace("<!DOCTYPE html>", "");
    let mut open: Vec<&str> = Vec::new();
    let mut rest = body.as_str();
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with("!--") {
            rest = &rest[rest.find("-->").unwrap()..];
            continue;
        }
        let end = rest.find('>').unwrap();
        let tag = &rest[..end];
        let attributes: String = tag.split('"').step_by(2).collect();
        assert!(!tag.contains('<') && !attributes.contains(" on"), "{tag}");
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        assert!(KNOWN.contains(&name) || EMPTY.contains(&name), "{tag}");
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{tag}");
        } else if !EMPTY.contains(&name) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
    let mut ids: Vec<&str> =
        html.split(" id=\"").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
    pictures(html).iter().for_each(|picture| assert_is_picture(picture));
}

/// Returns the pictures of a page. Every image must be embedded in the page.
fn pictures(html: &str) -> Vec<String> {
    let sources = html.split("<img ").skip(1).map(|rest| {
        let tag = &rest[..rest.find('>').unwrap()];
        assert!(tag.contains("alt=\""), "{tag}");
        tag.split_once("src=\"data:image/svg+xml;base64,").unwrap().1.trim_end_matches('"')
    });
    let decoded = sources.map(|source| BASE64_STANDARD.decode(source).unwrap());
    decoded.map(|source| String::from_utf8(source).unwrap()).collect()
}

/// Checks that every tag of a picture is a known one, and that no tag can run or load anything.
fn assert_is_picture(picture: &str) {
    const KNOWN: [&str; 9] =
        ["svg", "title", "desc", "defs", "pattern", "rect", "path", "text", "g"];
    for rest in picture.split('<').skip(1) {
        let tag = &rest[..rest.find('>').unwrap()];
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        assert!(KNOWN.contains(&name), "{tag}");
        assert!(!tag.contains(" on") && !tag.contains("href"), "{tag}");
    }
    let opened =
        KNOWN.map(|name| picture.matches(&format!("<{name}")).count()).iter().sum::<usize>();
    let closed = picture.matches("</").count() + picture.matches("/>").count();
    assert_eq!(opened, closed, "{picture}");
}

#[test]
fn the_page_needs_nothing_else_and_its_headings_are_in_order() {
    let portfolio = portfolio(decode(PLAN), "2004-04-10");
    let [_, html] = papers(&portfolio, "2003-11-30");
    assert_well_formed(&html);
    for outside in ["<script", "http:", "https:", "url(", "@import", "<link"] {
        assert!(!html.contains(outside), "{outside}");
    }
    let levels: Vec<u32> =
        html.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10)).collect();
    assert_eq!(levels[0], 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    let tables = html.matches("<table>").count();
    assert!(tables > 5);
    assert_eq!(html.matches("<caption").count(), tables);
    assert_eq!(html.matches("<figure>").count(), html.matches("<figcaption>").count());
    let described = html.matches("<img alt=\"").count();
    assert!(described >= 2 && described == html.matches("<img alt=").count());
}

/// Returns a plan with one recommendation per entry.
fn plan_with(progress: &[&str]) -> Plan {
    let mut text = "[plan]\ntitle = \"The plan\"\ndate = 2003-05-08\n".to_owned();
    for (index, entry) in progress.iter().enumerate() {
        let id = index + 1;
        text.push_str(&format!(
            "[[recommendation]]\nid = \"{id}\"\nowner = \"A\"\ntext = \"Do it.\"\ntimescale = \"June 2003\"\nprogress = [{entry}]\n"
        ));
    }
    decode(&text)
}

#[test]
fn sentences_are_grammatical_for_none_one_and_many() {
    const DONE: &str = "{ on = 2003-06-01, status = \"complete\" }";
    let said = |progress: &[&str]| {
        let portfolio = portfolio(plan_with(progress), "2003-11-30");
        words(&papers(&portfolio, "2003-05-08")[0])
    };
    let none = said(&[]);
    assert!(none.contains("There are no recommendations in the plan yet."), "{none}");
    assert!(none.contains("That the report be noted."));
    assert!(!none.contains("Appendix"), "a part with nothing in it is left out: {none}");
    let one = said(&[DONE]);
    for sentence in [
        "against the one recommendation of “The plan” since 8 May 2003. One is complete. One has been completed since then; no recommendation is overdue.",
        "note that recommendation 1 is reported as complete and has not been independently verified.",
        "One recommendation was open on 8 May 2003. Since then none has been added, none has been reopened and one has been closed, which leaves none open on 30 November 2003.",
        "No recommendation is overdue.",
        "No request for an extension is pending.",
        "No due date has been extended since 8 May 2003.",
        "complete; 29 days early",
    ] {
        assert!(one.contains(sentence), "{sentence}\n{one}");
    }
    let many = said(&[DONE, DONE, "", ""]);
    for sentence in [
        "Two are complete and two have not been started. Two have been completed since then; two recommendations are overdue.",
        "note that recommendations 3 and 4 are overdue, for which no reasons are on record; and",
        "note that recommendations 1 and 2 are reported as complete and have not been independently verified.",
        "Four recommendations were open on 8 May 2003.",
        "Two recommendations are overdue; both have become overdue since 8 May 2003.",
        "No update has been recorded since 8 May 2003 on recommendations 3 and 4.",
        "Completed since 8 May 2003",
    ] {
        assert!(many.contains(sentence), "{sentence}\n{many}");
    }
    let late = said(&[""]);
    assert!(
        late.contains("One recommendation is overdue; it has become overdue since 8 May 2003.")
    );
    let thirteen = said(&[""; 13]);
    assert!(thirteen.contains("against the 13 recommendations"), "{thirteen}");
}

#[test]
fn what_has_no_date_has_no_empty_words_about_time_and_what_is_said_once_is_not_said_again() {
    let text = "[plan]\ntitle = \"The plan\"\ndate = 2003-05-08\n[[recommendation]]\nid = \"1\"\n\
                text = \"Do it.\"\ntimescale = \"Ongoing\"\n[[recommendation]]\nid = \"2\"\n\
                text = \"Do that.\"\ntimescale = \"June 2003\"\n";
    let portfolio = portfolio(decode(text), "2003-11-30");
    let paper = words(&papers_with(&portfolio, "2003-05-08", Appendix::All)[0]);
    assert!(paper.contains("\nOngoing.\n"), "{paper}");
    assert!(!paper.contains("originally"), "no date was moved");
}

#[test]
fn counts_of_a_group_have_their_shares_of_it() {
    let portfolio = portfolio(decode(PLAN), "2004-04-10");
    let [markdown, _] = papers(&portfolio, "2003-05-08");
    let row = markdown.lines().find(|line| line.starts_with("| Best value reviews")).unwrap();
    let cells: Vec<String> = words(row).split('|').map(|cell| cell.trim().to_owned()).collect();
    assert_eq!(cells[1..7], ["Best value reviews", "3", "2 (67 %)", "0", "1 (33 %)", "0"]);
}

#[test]
fn a_paper_is_verified_from_the_commit_that_it_names() {
    let repository = Repository::new(PLAN);
    let report = |words: &[&str]| repository.plan(&[&["report"], words].concat());
    for name in ["paper.md", "paper.html", "paper.docx"] {
        let written = report(&["--meeting", "2003-11", "--output", name]);
        assert_eq!((written.status, written.stderr.as_str()), (0, &*format!("{name}: written\n")));
        let verified = report(&["--verify", name]);
        assert_eq!(verified.status, 0, "{}{}", verified.stdout, verified.stderr);
        assert!(verified.stderr.contains(": nothing contradicts the plan"), "{}", verified.stderr);
        let again = report(&["--meeting", "2003-11", "--output", name]);
        assert_eq!(again.status, 4, "a paper that the clerk has edited is not overwritten");
        let forced = report(&["--meeting", "2003-11", "--output", name, "--force"]);
        assert_eq!(forced.status, 0, "{}", forced.stderr);
        let plan = report(&["--output", "plan.toml", "--force"]);
        assert_eq!(plan.status, 2, "the plan itself is never overwritten: {}", plan.stderr);
    }
    let paper = fs::read_to_string(repository.path().join("paper.md")).unwrap();
    repository.write("altered.md", &paper.replacen("Seven", "Six", 1));
    let altered = report(&["--verify", "altered.md"]);
    assert_eq!(altered.status, 1);
    assert!(altered.stdout.contains("Six"), "{}", altered.stdout);
    let welcome = "The Chair welcomed members.\n\nThat members:";
    repository.write("added.md", &paper.replacen("That members:", welcome, 1));
    assert_eq!(report(&["--verify", "added.md"]).status, 0);
    assert_eq!(report(&["--verify", "added.md", "--strict"]).status, 1);
    repository.write("broken.docx", "no archive");
    let broken = report(&["--verify", "broken.docx"]);
    assert_eq!(broken.status, 4, "{}", broken.stderr);
    assert!(broken.stderr.contains("broken.docx: cannot be read"), "{}", broken.stderr);
    repository.write("plan.toml", &PLAN.replace("December 2003", "October 2003"));
    assert_eq!(
        report(&["--verify", "paper.md"]).status,
        0,
        "the plan of that commit is what counts"
    );
    let commit = repository.git(&["rev-parse", "--short=10", "HEAD"]);
    repository.write("lost.md", &paper.replace(commit.trim(), &COMMIT[..10]));
    let lost = report(&["--verify", "lost.md"]);
    assert_eq!(lost.status, 4, "{}", lost.stderr);
    assert!(lost.stderr.contains("cannot be verified"), "{}", lost.stderr);
}

#[test]
fn the_account_is_told_from_the_plan_as_it_was_known_where_git_knows_it() {
    let early = PLAN.replace("complete\", by = \"Corporate", "in-progress\", by = \"Corporate");
    let repository = Repository::new(&early);
    repository.write("plan.toml", PLAN);
    repository.commit("Record the rest");
    let report =
        |since: &str| repository.plan(&["report", "--meeting", "2003-11", "--since", since]);
    let known = report("2003-05-08");
    assert!(!known.stdout.contains("is on record"), "{}", known.stdout);
    let by_revision = report("HEAD~1");
    assert_eq!(by_revision.status, 0, "{}", by_revision.stderr);
    let unknown = report("2003-05-07");
    assert!(unknown.stdout.contains("is on record, so the counts are based on"));
    for paper in [known, by_revision, unknown] {
        repository.write("paper.md", &paper.stdout);
        let verified = repository.plan(&["report", "--verify", "paper.md"]);
        assert_eq!(verified.status, 0, "{}{}", verified.stdout, verified.stderr);
    }
    assert_eq!(report("no-such-branch").status, 4);
}

#[test]
fn the_burn_up_is_what_git_knew_where_it_knew_the_plan_and_the_entries_dates_elsewhere() {
    let early = PLAN.replace("complete\", by = \"Corporate", "in-progress\", by = \"Corporate");
    let repository = Repository::new(&early);
    repository.write("plan.toml", PLAN);
    repository.commit("Record the rest");
    let report = |words: &[&str]| repository.plan(&[&["report"], words].concat());
    let by_git = report(&["--as-of", "2026-11-25", "--since", "2003-05-08"]);
    assert!(by_git.stdout.contains("from the plan's history in git"), "{}", by_git.stdout);
    let row = "| 8 May 2003 | 9 | ";
    assert!(by_git.stdout.contains(row), "{}", by_git.stdout);
    repository.write("paper.md", &by_git.stdout);
    let verified = report(&["--verify", "paper.md"]);
    assert_eq!(verified.status, 0, "{}{}", verified.stdout, verified.stderr);
    repository.write("altered.md", &by_git.stdout.replace(row, "| 8 May 2003 | 8 | "));
    assert_eq!(report(&["--verify", "altered.md"]).status, 1);
    let by_entries = report(&["--as-of", "2026-11-25", "--since", "2003-05-07"]);
    assert!(by_entries.stdout.contains("from the dates of the entries"), "{}", by_entries.stdout);
    repository.write("plan.toml", &PLAN.replace("14 of 32", "15 of 32"));
    let draft = report(&["--as-of", "2026-11-25", "--since", "2003-05-08"]);
    assert!(draft.stdout.contains("from the dates of the entries"), "{}", draft.stdout);
}

#[test]
fn a_paper_of_an_earlier_version_is_what_it_was_then() {
    let repository = Repository::new(PLAN);
    let then = repository.plan(&["report", "--meeting", "2003-11"]).stdout;
    repository.write("plan.toml", &PLAN.replace("14 of 32", "15 of 32"));
    repository.commit("Record more");
    repository.write("plan.toml", &PLAN.replace("14 of 32", "16 of 32"));
    let again = repository.plan(&["report", "--meeting", "2003-11", "--at", "HEAD~1"]);
    assert_eq!(again.status, 0, "{}", again.stderr);
    assert!(again.stdout == then, "{}", again.stdout);
    repository.write("paper.md", &then);
    assert_eq!(repository.plan(&["report", "--verify", "paper.md"]).status, 0);
    let verify = |words: &[&str]| {
        let verified = repository.plan(&[&["report", "--verify", "paper.md"], words].concat());
        (verified.status, verified.stdout + &verified.stderr)
    };
    let (status, told) = verify(&["--at", "HEAD", "--meeting", "2003-11"]);
    assert!(
        status == 1 && told.contains("14 of 32 boroughs") && told.contains("15 of 32 boroughs"),
        "{told}"
    );
    let last = then.find("Written from").unwrap();
    repository.write("paper.md", &format!("{}\nThe Chair spoke.\n", &then[..last]));
    let (status, told) = verify(&[]);
    assert!(status == 2 && told.contains("plan report --verify paper.md --at REV"), "{told}");
    let (status, told) = verify(&["--at", "HEAD~1", "--meeting", "2003-11"]);
    assert!(status == 0 && told.contains("added: “The Chair spoke.”"), "{told}");
    assert!(told.contains("1 passage is the clerk's own"), "{told}");
    assert_eq!(verify(&["--at", "HEAD~1", "--meeting", "2003-11", "--strict"]).0, 1);
    // Reports from other versions of the program: one with another layout, and one with marks.
    let other =
        then.replace("by plan 0.1.0", "by plan 0.0.9").replace("**At risk**", "**In danger**");
    let commit = repository.git(&["rev-parse", "HEAD~1"]);
    let head = format!(
        "<!--plan-paper as-of=2003-11-30 since=2003-05-08 facts=1,f00 meeting=2003-11 plan=,plan.toml,{}-->",
        commit.trim()
    );
    for text in [other, format!("{head}\n\n{}", &then[..last])] {
        repository.write("paper.md", &text);
        let (status, told) = verify(&[]);
        assert!(status == 0 && told.contains("written by another version of `plan`"), "{told}");
        repository.write("paper.md", &text.replace("Seven", "Six"));
        assert_eq!(verify(&[]).0, 1);
    }
}

#[test]
fn a_long_note_does_not_fill_a_page_of_a_table() {
    let note = "The systems are late. ".repeat(60);
    let plan = plan_with(&[&format!(
        "{{ on = 2003-06-01, status = \"in-progress\", note = \"{note}\" }}"
    )]);
    let portfolio = portfolio(plan, "2003-11-30");
    let [short, _] = papers(&portfolio, "2003-05-08");
    assert!(short.lines().filter(|line| line.starts_with('|')).all(|line| line.len() < 1200));
    let [whole, _] = papers_with(&portfolio, "2003-05-08", Appendix::All);
    assert!(whole.contains(note.trim()), "the whole appendix has it in full");
}

#[test]
fn what_waits_for_the_committee_is_in_its_recommendations() {
    let portfolio = portfolio(decode(PLAN), "2004-04-10");
    let said = words(&papers(&portfolio, "2003-11-30")[0]);
    for sentence in [
        "on the extension requested for recommendation 4, from March 2004 to June 2004;",
        "consider recommendations 1, 3 and 4, escalated under the plan's rule;",
        "Three recommendations are escalated. The plan escalates open work that is 5 days or more overdue.",
        "Of the open recommendations, three are red, none is amber and three are green. Red is 1 day or more overdue; amber is due within 60 days, or at risk or worse; all other work is green.",
    ] {
        assert!(said.contains(sentence), "{sentence}\n{said}");
    }
}

#[test]
#[ignore = "needs Chromium and npm: `.ci/paper` looks at the page in a browser"]
fn the_page_is_accessible_in_a_browser() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/paper");
    assert!(std::process::Command::new(script).status().unwrap().success());
}

#[test]
fn a_plan_that_is_not_committed_makes_a_draft_that_cannot_be_verified() {
    let repository = Repository::new(PLAN);
    repository.write("plan.toml", &PLAN.replace("14 of 32", "15 of 32"));
    let paper = repository.plan(&["report", "--meeting", "2003-11"]);
    assert!(paper.stdout.contains("# Draft: ") && paper.stdout.contains("This is a draft."));
    repository.write("draft.md", &paper.stdout);
    let verified = repository.plan(&["report", "--verify", "draft.md"]);
    assert_eq!(verified.status, 4);
    assert!(verified.stderr.contains("this draft was written"), "{}", verified.stderr);
    // A change that does not affect the decoded plan does not make a draft.
    repository.write("plan.toml", &format!("# A remark.\n{PLAN}"));
    let paper = repository.plan(&["report", "--meeting", "2003-11"]);
    assert!(!paper.stdout.contains("Draft"));
}

#[test]
fn several_plans_make_one_paper_with_a_row_each() {
    let repository = Repository::new(PLAN);
    repository.write("estates.toml", crate::support::OTHER_PLAN);
    repository.commit("Add the plan of estates");
    let several = ["-f", "plan.toml", "-f", "estates.toml", "report", "--as-of", "2003-11-30"];
    let paper = repository.plan(&several);
    assert_eq!(paper.status, 0, "{}", paper.stderr);
    let said = words(&paper.stdout);
    assert!(said.contains("Progress by plan"), "{said}");
    assert!(said.contains("Progress report on two action plans"), "{said}");
    assert!(said.contains("estates: Action plan on the audit of fleet"), "{said}");
    assert!(paper.stdout.contains("\n| estates/1 |"), "{}", paper.stdout);
    repository.write("paper.md", &paper.stdout);
    let verified = repository.plan(&["report", "--verify", "paper.md"]);
    assert_eq!(verified.status, 0, "{}{}", verified.stdout, verified.stderr);
}

#[test]
fn the_period_of_a_paper_is_found_in_git_and_not_believed() {
    let repository = Repository::new(&PLAN.replace("14 of 32", "1 of 32"));
    for (day, part) in [("2003-06-01", "2 of 32"), ("2003-07-01", "3 of 32")] {
        repository.write("plan.toml", &PLAN.replace("14 of 32", part));
        repository.commit_on(day, "Record more");
    }
    let verify = |paper: &str| {
        repository.write("paper.md", paper);
        repository.plan(&["report", "--verify", "paper.md"])
    };
    let paper = |since: &str| {
        let written = repository.plan(&["report", "--meeting", "2003-11", "--since", since]);
        assert_eq!(written.status, 0, "{}", written.stderr);
        let verified = verify(&written.stdout);
        assert_eq!(verified.status, 0, "{}{}", verified.stdout, verified.stderr);
        written.stdout
    };
    let commit = |revision: &str| repository.git(&["rev-parse", revision]).trim().to_owned();
    let [first, second] = ["HEAD~2", "HEAD~1"].map(commit);
    paper("2003-06-15");
    let by_commit = paper("HEAD~1");
    let since = |commit: &str| format!("--since {}", &commit[..10]);
    assert!(by_commit.contains(&since(&second)), "{by_commit}");
    let other_day = verify(&by_commit.replace(&since(&second), "--since 2003-06-02"));
    assert_eq!(other_day.status, 1, "{}", other_day.stdout);
    let other_commit = verify(&by_commit.replace(&since(&second), &since(&first)));
    assert_eq!(other_commit.status, 1, "{}", other_commit.stdout);
    let elsewhere = repository.git(&["commit-tree", "HEAD^{tree}", "-m", "Another history"]);
    let forged = verify(&by_commit.replace(&since(&second), &since(elsewhere.trim())));
    assert!(forged.stderr.contains("is not in the history of"), "{}", forged.stderr);
    let refused = repository.plan(&["report", "--since", elsewhere.trim()]);
    assert_eq!(refused.status, 4, "no paper is written that cannot be verified");
    let nowhere = verify(&by_commit.replace(&since(&second), &since(COMMIT)));
    assert_eq!(nowhere.status, 4, "{}", nowhere.stdout);
}

#[test]
fn a_paper_names_its_plan_and_a_commit_that_others_have() {
    let repository = Repository::new(PLAN);
    repository.write("estates.toml", crate::support::OTHER_PLAN);
    repository.commit("Add the plan of estates");
    let paper = ["-f", "plan.toml", "report", "--meeting", "2003-11", "-o", "paper.md"];
    assert_eq!(repository.plan(&paper).status, 0);
    let verify =
        |words: &[&str]| repository.plan(&[words, &["report", "--verify", "paper.md"]].concat());
    let named = verify(&["-f", "plan.toml"]);
    assert_eq!(named.status, 0, "{}", named.stderr);
    assert_eq!(verify(&["-f", "."]).status, 0, "a directory with the plan");
    let other = verify(&["-f", "estates.toml"]);
    assert_eq!(other.status, 2);
    assert!(other.stderr.contains("paper.md was written from plan.toml"), "{}", other.stderr);
    assert_eq!(verify(&["-f", "nowhere.toml"]).status, 2);
    let text = fs::read_to_string(repository.path().join("paper.md")).unwrap();
    repository.git(&["mv", "plan.toml", "audit.toml"]);
    repository.commit("Rename the plan");
    assert_eq!(verify(&["-f", "audit.toml"]).status, 0, "its later name");
    assert_eq!(verify(&["-f", "estates.toml"]).status, 2);
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("paper.md", &text);
    let beyond = verify(&[]);
    assert_eq!(beyond.status, 1, "{}", beyond.stderr);
    assert!(beyond.stdout.contains("is not in the history of the current commit"));
}

#[test]
fn a_paper_of_plans_in_two_repositories_is_verified_in_both() {
    let (one, other) = (Repository::new(PLAN), Repository::new(crate::support::OTHER_PLAN));
    let file = other.path().join("plan.toml").display().to_string();
    let files = ["-f", "plan.toml", "-f", &file];
    let report = |words: &[&str]| one.plan(&[&files[..], &["report"], words].concat());
    let written = report(&["--as-of", "2003-11-30", "-o", "paper.md"]);
    assert_eq!(written.status, 0, "{}", written.stderr);
    let verified = report(&["--verify", "paper.md"]);
    assert_eq!(verified.status, 0, "{}{}", verified.stdout, verified.stderr);
    assert_eq!(one.plan(&["report", "--verify", "paper.md"]).status, 4, "the other is not named");
}

#[test]
fn a_shallow_clone_is_an_error_and_no_plan_without_history() {
    let repository = Repository::new(PLAN);
    for (day, part) in [("2003-06-01", "15 of 32"), ("2003-07-01", "16 of 32")] {
        repository.write("plan.toml", &PLAN.replace("14 of 32", part));
        repository.commit_on(day, "Record more");
    }
    let report = ["report", "--meeting", "2003-11", "--since", "2003-06-15"];
    let paper = repository.plan(&report).stdout;
    let directory = tempfile::TempDir::new().unwrap();
    let clone = |depth: &str| {
        let path = directory.path().join(depth);
        let from = format!("file://{}", repository.path().display());
        repository.git(&["clone", "--quiet", "--depth", depth, &from, path.to_str().unwrap()]);
        fs::write(path.join("paper.md"), &paper).unwrap();
        path
    };
    for depth in ["1", "2"] {
        let clone = clone(depth);
        for words in [&report[..], &["report", "--verify", "paper.md"]] {
            let shallow = crate::support::answer(crate::support::plan(&clone).args(words));
            assert_eq!(shallow.status, 4, "{depth} {words:?}: {}", shallow.stdout);
            assert!(shallow.stderr.contains("this clone is shallow"), "{}", shallow.stderr);
            assert!(shallow.stderr.contains("git fetch --unshallow"), "{}", shallow.stderr);
        }
    }
    let late = ["report", "--meeting", "2003-11", "--since", "2003-07-15"];
    let late = repository.plan(&late).stdout;
    assert!(late.contains("from the plan's history in git"), "{late}");
    let path = directory.path().join("2");
    fs::write(path.join("paper.md"), late).unwrap();
    let shallow = crate::support::answer(
        crate::support::plan(&path).args(["report", "--verify", "paper.md"]),
    );
    assert!(shallow.stderr.contains("this clone is shallow"), "{}", shallow.stdout);
    let whole = clone("3");
    assert!(crate::support::answer(crate::support::plan(&whole).args(report)).stdout == paper);
}

#[test]
fn a_shallow_clone_that_reaches_the_period_writes_the_same_paper() {
    let repository = Repository::new(PLAN);
    repository.write("late.toml", &PLAN.replace("14 of 32", "15 of 32"));
    repository.commit_on("2003-06-01", "Begin another plan");
    let directory = tempfile::TempDir::new().unwrap();
    let path = directory.path().join("clone");
    let from = format!("file://{}", repository.path().display());
    repository.commit_on("2003-08-01", "Do something else");
    repository.git(&["clone", "--quiet", "--depth", "3", &from, path.to_str().unwrap()]);
    let report = ["-f", "late.toml", "report", "--meeting", "2003-11", "--since", "2003-05-20"];
    let shallow = crate::support::answer(crate::support::plan(&path).args(report));
    assert_eq!(shallow.status, 0, "a plan that was not there yet: {}", shallow.stderr);
    assert!(shallow.stdout == repository.plan(&report).stdout);
    fs::write(path.join("new.toml"), PLAN).unwrap();
    let report = ["-f", "new.toml", "report", "--meeting", "2003-11"];
    let draft = crate::support::answer(crate::support::plan(&path).args(report));
    assert!(draft.stdout.contains("# Draft: "), "{}", draft.stderr);
}

#[test]
fn output_goes_to_a_file_or_to_standard_output_and_to_no_directory() {
    let repository = Repository::new(PLAN);
    let report =
        |words: &[&str]| repository.plan(&[&["report", "--meeting", "2003-11"], words].concat());
    for words in [&["-o", "."][..], &["-o", ".", "--force"]] {
        let refused = report(words);
        assert_eq!(refused.status, 4);
        assert!(refused.stderr.contains("this is a directory"), "{}", refused.stderr);
        assert!(!refused.stderr.contains("--force"), "{}", refused.stderr);
    }
    assert!(report(&["-o", "-"]).stdout == report(&[]).stdout);
    assert!(!repository.path().join("-").exists());
}

#[test]
fn a_day_before_every_plan_makes_no_paper() {
    let refused = Repository::new(PLAN).plan(&["report", "--as-of", "2003-05-01"]);
    assert_eq!(refused.status, 2, "{}", refused.stdout);
    assert!(refused.stderr.contains("begins on 2003-05-08, after its end on 2003-05-01"));
}
