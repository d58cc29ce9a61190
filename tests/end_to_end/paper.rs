//! The committee paper: its words, what it holds harmless, and how it proves itself.

use std::{env, fs, path::Path};

use crate::support::Repository;
use action_plan::{
    file::Reader,
    model::{Day, Period, Plan},
    query::{Portfolio, View},
    report::{self, Broken, Head, Mark, Origin, Source, Span},
};

const PLAN: &str = include_str!("../paper/plan.toml");
const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn decode(text: &str) -> Plan {
    Reader::default().decode(text).map(|read| read.plan).ok().unwrap()
}

/// A plan as it stands on a day.
fn portfolio(plan: Plan, as_of: &str) -> Portfolio {
    let as_of = day(as_of);
    Portfolio { as_of, views: vec![View::new(plan, as_of, 0, None)] }
}

/// The source of a paper of a period, and both layouts of it.
fn papers<'v>(portfolio: &'v Portfolio, since: &str) -> (Source<'v>, [String; 2]) {
    let meeting = Period::parse("2003-11").ok();
    let span = Span { since: day(since), as_of: portfolio.as_of, meeting };
    let source = Source::new(portfolio, span, &[None]);
    let path = "plan.toml".to_owned();
    let origin = Origin { name: None, path, commit: Some(COMMIT.to_owned()), earlier: None };
    let paper = report::write(&source, vec![origin]);
    let layouts = [report::markdown(&paper), report::html(&paper).unwrap()];
    (source, layouts)
}

/// The lines that say what differs.
fn differences(paper: &str, source: &Source<'_>) -> Vec<String> {
    let marks = report::read(paper).unwrap();
    let mut lines: Vec<String> = marks
        .doubts
        .iter()
        .map(|Broken { line, reason }| format!("line {line}: {reason}"))
        .collect();
    lines.extend(report::differences(&marks.marks, source, "0123456789"));
    lines.extend(report::losses(&marks, Vec::new));
    lines
}

/// The tag of the first mark in a paper that asks a question.
fn tag(paper: &str, question: &str) -> String {
    let end = paper.find(&format!(" {question}\"")).unwrap();
    let begin = paper[..end].rfind('<').unwrap();
    paper[begin..end + paper[end..].find('>').unwrap() + 1].to_owned()
}

/// The words of a paper in Markdown, without marks and escapes.
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
    let (_, layouts) = papers(&portfolio, "2003-05-08");
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paper");
    for (name, paper) in ["november-2003.md", "november-2003.html"].into_iter().zip(layouts) {
        let path = directory.join(name);
        // `PAPER=overwrite cargo test --test end_to_end paper` writes them anew, to be reviewed.
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
fn each_fact_that_is_altered_is_found_and_no_other() {
    let portfolio = portfolio(decode(PLAN), "2004-04-10");
    let (source, layouts) = papers(&portfolio, "2003-11-30");
    for paper in layouts {
        assert_eq!(differences(&paper, &source), Vec::<String>::new());
        let marks: Vec<usize> = paper.match_indices("data-plan=\"").map(|(at, _)| at).collect();
        let sound = report::read(&paper).unwrap().marks;
        assert!(marks.len() > 200 && marks.len() == sound.len());
        for mark in marks {
            let (at, letter) = first_letter(&paper, mark);
            let mut altered = paper.clone();
            let other = if letter.is_ascii_digit() { "x9" } else { "7" };
            altered.replace_range(at..at + letter.len_utf8(), other);
            let read = report::read(&altered).unwrap().marks;
            let changed: Vec<Mark> = read
                .into_iter()
                .zip(&sound)
                .filter(|(one, other)| one != *other)
                .map(|(one, _)| one)
                .collect();
            assert_eq!(changed.len(), 1, "{:?} in {}", letter, &paper[mark..at]);
            let found = report::differences(&changed, &source, "0123456789");
            assert_eq!(found.len(), 1, "{:?} in {}", letter, &paper[mark..at]);
        }
    }
}

/// The first letter that stands in the mark whose attribute begins at `mark`, past all tags.
fn first_letter(paper: &str, mark: usize) -> (usize, char) {
    let mut is_in_tag = true;
    let mut letters = paper[mark..].char_indices().filter(|(_, letter)| {
        let is_text = !is_in_tag && !matches!(letter, '<' | '>');
        is_in_tag = (is_in_tag && *letter != '>') || *letter == '<';
        is_text && (letter.is_alphanumeric() || *letter == '–')
    });
    let (at, letter) = letters.next().unwrap();
    (mark + at, letter)
}

#[test]
fn papers_of_generated_plans_are_well_formed_and_prove_themselves() {
    for seed in 1..=6 {
        for (since, as_of) in [
            ("2002-01-01", "2003-06-30"),
            ("2003-06-30", "2004-12-31"),
            ("2004-02-29", "2004-02-29"),
        ] {
            let portfolio = portfolio(decode(&generate_plan::plan(60, seed)), as_of);
            let (source, layouts) = papers(&portfolio, since);
            for paper in &layouts {
                assert_eq!(differences(paper, &source), Vec::<String>::new(), "{seed} {as_of}");
            }
            assert_well_formed(&layouts[1]);
        }
    }
}

#[test]
fn the_prose_around_the_facts_is_the_clerks_to_edit() {
    let portfolio = portfolio(decode(PLAN), "2003-11-30");
    let (source, [markdown, html]) = papers(&portfolio, "2003-05-08");
    let markdown = markdown
        .replace("This report summarises", "Members will recall that *this* report <b>tells</b>")
        .replace("### Where", "### On where")
        .replace(" recommendations of ", "\nrecommendations\nof\n")
        .replace("Three</span> are", "  3 </span> are by now")
        + "\nWe don't think that 3 < 4 & 5 > 4 matters, or <this.\n";
    assert_eq!(differences(&markdown, &source), Vec::<String>::new());
    let html = html
        .replace("This report summarises", "Members will recall that <em>this</em> report tells")
        .replace("<p>", "<p class='edited'>\n")
        .replace(" are in progress", "&nbsp;are <strong>in progress</strong> <br>")
        .replace("November 2003</span>", "<b>November&nbsp;2003</b></span>");
    assert_eq!(differences(&html, &source), Vec::<String>::new());
}

#[test]
fn a_paper_without_sound_marks_is_never_green() {
    let head = format!(
        "<!--plan-paper as-of=2003-11-30 since=2003-05-08 facts=1,f00 plan=,plan.toml,{COMMIT}-->"
    );
    let reason = |text: &str| report::read(text).unwrap_err();
    let broken = |rest: &str| {
        let broken = reason(&format!("{head}\n\n{rest}"));
        format!("{}: {}", broken.line, broken.reason)
    };
    assert!(reason("# A paper\n").reason.contains("no head"));
    assert!(broken("Three are complete.").contains("no marks"));
    assert!(
        broken("<span data-plan=\"1 count complete\">3")
            .starts_with("3: the mark “count complete” is not closed")
    );
    assert!(
        broken(
            "a <span data-plan=\"1 count open\"><span data-plan=\"2 count complete\">3</span></span>"
        )
        .contains("“count complete” stands inside another")
    );
    assert!(broken("<!-- never closed").contains("no marks"));
    assert!(broken("<span data-plan=\"count open\">3</span>").contains("has no number"));
    let none = head.replace("facts=1,f00", "facts=0,0");
    assert!(reason(&none).reason.contains("head of the paper is broken"));
    assert!(broken(&head).contains("a second head"));
    assert!(reason("<!--plan-paper as-of=never-->").reason.contains("head of the paper is broken"));
}

#[test]
fn a_question_that_nobody_knows_is_a_difference() {
    let portfolio = portfolio(decode(PLAN), "2003-11-30");
    let (source, [markdown, _]) = papers(&portfolio, "2003-05-08");
    for (old, new, expected) in [
        (" count complete\">Three", " count hopes\">Three", "is not a question"),
        (" 5 text\"", " 55 text\"", "the plan has no such thing"),
        (" 1 revision 1 why\"", " 1 revision 2 why\"", "the plan has no such thing"),
    ] {
        assert!(markdown.contains(old), "{old}");
        let found = differences(&markdown.replacen(old, new, 1), &source);
        let [unknown, other] = &found[..] else { panic!("{found:?}") };
        assert!(unknown.contains(expected) && other.contains("ask other questions"), "{found:?}");
    }
}

#[test]
fn huge_and_broken_papers_are_read_in_time() {
    let portfolio = portfolio(decode(PLAN), "2003-11-30");
    let (_, layouts) = papers(&portfolio, "2003-05-08");
    for paper in layouts {
        for junk in [
            "<",
            "<!--",
            "[",
            "> ",
            "`a``",
            "<a ",
            "<!-",
            "&",
            "\\",
            "<span data-plan=\"",
            "</",
            "\u{1b}[31m",
            "<p \"'",
        ] {
            let hostile = paper.clone() + &junk.repeat(200_000);
            let _ = report::read(&hostile);
        }
        let cut = paper.len() / 2;
        let cut = (cut..).find(|at| paper.is_char_boundary(*at)).unwrap();
        let _ = report::read(&paper[..cut]);
    }
}

/// Texts that a plan may hold and no paper may run.
const HOSTILE: &str = "<script>alert(1)</script>--><img src=x onerror=alert(1)> \\\"q\\\" 'x' &lt; & *b* _i_ `c` ~~s~~ | $x$ [l](javascript:x) {{ x }} </span></div> \\\\";

fn hostile_plan() -> String {
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
        // Its date was moved to an earlier one.
        recommendation("3", "September 2003", &revision),
        recommendation("4", "2004", &requested),
    )
}

#[test]
fn hostile_text_in_every_field_does_no_harm() {
    let portfolio = portfolio(decode(&hostile_plan()), "2003-11-30");
    let (source, layouts) = papers(&portfolio, "2003-05-08");
    for paper in &layouts {
        assert_eq!(differences(paper, &source), Vec::<String>::new());
    }
    let [markdown, html] = layouts;
    assert_well_formed(&html);
    let options = pulldown_cmark::Options::all();
    for event in pulldown_cmark::Parser::new_ext(&markdown, options) {
        use pulldown_cmark::{Event, Tag};
        match event {
            Event::InlineHtml(tag) | Event::Html(tag) => {
                let tag = tag.trim();
                let is_ours = tag == "</span>"
                    || tag == "</div>"
                    || tag.starts_with("<!--plan-paper ")
                    || tag.starts_with("<span data-plan=\"") && tag.matches('<').count() == 1
                    || tag.starts_with("<div data-plan=\"") && tag.matches('<').count() == 1;
                assert!(is_ours, "{tag}");
            }
            Event::Start(
                Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::Emphasis
                | Tag::Strikethrough
                | Tag::BlockQuote(_),
            )
            | Event::InlineMath(_)
            | Event::Code(_) => panic!("{event:?}"),
            _ => {}
        }
    }
}

/// Every tag of the page is one that the layout has, and is closed where it should be.
fn assert_well_formed(html: &str) {
    const EMPTY: [&str; 2] = ["meta", "img"];
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

/// The pictures of a page: every image is one that is within it.
fn pictures(html: &str) -> Vec<String> {
    let sources = html.split("<img ").skip(1).map(|rest| {
        let tag = &rest[..rest.find('>').unwrap()];
        assert!(tag.contains("alt=\""), "{tag}");
        tag.split_once("src=\"data:image/svg+xml,").unwrap().1.trim_end_matches('"')
    });
    let decoded = sources.map(percent_encoding::percent_decode_str);
    decoded.map(|source| source.decode_utf8().unwrap().into_owned()).collect()
}

/// Every tag of a picture is one that the drawings have, with nothing in it that could run or load.
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
    let (_, [_, html]) = papers(&portfolio, "2003-11-30");
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
    assert!(described > 5 && described == html.matches("<img alt=").count());
}

/// A plan of as many recommendations as there are entries.
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
        words(&papers(&portfolio, "2003-05-08").1[0])
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
        "No recommendation is live.",
        "No extension has been agreed.",
        "Complete; 29 days early.",
    ] {
        assert!(one.contains(sentence), "{sentence}\n{one}");
    }
    let many = said(&[DONE, DONE, "", ""]);
    for sentence in [
        "Two are complete and two have not been started. Two have been completed since then; two recommendations are overdue.",
        "note that recommendations 3 and 4 are overdue, for which no reasons are on record; and",
        "note that recommendations 1 and 2 are reported as complete and have not been independently verified.",
        "Four recommendations were open on 8 May 2003.",
        "Two recommendations are overdue; both have become so since 8 May 2003.",
        "Nothing has been recorded on recommendations 3 and 4.",
        "Table B: completed since 8 May 2003",
    ] {
        assert!(many.contains(sentence), "{sentence}\n{many}");
    }
    let late = said(&[""]);
    assert!(late.contains("One recommendation is overdue; it has become so since 8 May 2003."));
    let thirteen = said(&[""; 13]);
    assert!(thirteen.contains("against the 13 recommendations"), "{thirteen}");
}

#[test]
fn what_has_no_date_has_no_empty_words_about_time_and_what_is_said_once_is_not_said_again() {
    let text = "[plan]\ntitle = \"The plan\"\ndate = 2003-05-08\n[[recommendation]]\nid = \"1\"\n\
                text = \"Do it.\"\ntimescale = \"Ongoing\"\n[[recommendation]]\nid = \"2\"\n\
                text = \"Do that.\"\ntimescale = \"June 2003\"\n";
    let portfolio = portfolio(decode(text), "2003-11-30");
    let paper = words(&papers(&portfolio, "2003-05-08").1[0]);
    assert!(paper.contains("\nOngoing.\n"), "{paper}");
    assert!(!paper.contains("have moved or passed"), "no date was moved");
}

#[test]
fn counts_of_a_group_have_their_shares_of_it() {
    let portfolio = portfolio(decode(PLAN), "2004-04-10");
    let (_, [markdown, _]) = papers(&portfolio, "2003-05-08");
    let row = markdown.lines().find(|line| line.contains("count total area best-value")).unwrap();
    let cells: Vec<String> = words(row).split('|').map(|cell| cell.trim().to_owned()).collect();
    assert_eq!(cells[1..7], ["Best value reviews", "3", "2 (67 %)", "0", "1 (33 %)", "0"]);
}

#[test]
fn a_paper_is_verified_from_the_commit_that_it_names() {
    let repository = Repository::new(PLAN);
    let report = |words: &[&str]| repository.plan(&[&["report"], words].concat());
    for name in ["paper.md", "paper.html"] {
        let format = if name.ends_with("html") { "html" } else { "markdown" };
        let written = report(&["--meeting", "2003-11", "--format", format, "--output", name]);
        assert_eq!((written.status, written.stderr.as_str()), (0, &*format!("{name}: written\n")));
        let verified = report(&["--verify", name]);
        assert_eq!(verified.status, 0, "{}{}", verified.stdout, verified.stderr);
        assert!(
            verified.stderr.contains(" figures and quotations verified at "),
            "{}",
            verified.stderr
        );
        let again = report(&["--meeting", "2003-11", "--output", name]);
        assert_eq!(again.status, 4, "a paper that the clerk has edited is not overwritten");
        let forced =
            report(&["--meeting", "2003-11", "--format", format, "--output", name, "--force"]);
        assert_eq!(forced.status, 0, "{}", forced.stderr);
        let plan = report(&["--output", "plan.toml", "--force"]);
        assert_eq!(plan.status, 2, "the plan itself is never overwritten: {}", plan.stderr);
    }
    let paper = fs::read_to_string(repository.path().join("paper.md")).unwrap();
    repository.write("altered.md", &paper.replacen(">Seven<", ">Six<", 1));
    let altered = report(&["--verify", "altered.md"]);
    assert_eq!(altered.status, 1);
    assert!(
        altered.stdout.contains("“count open-before” is Six in the paper and 7 in the plan at "),
        "{}",
        altered.stdout
    );
    repository.write("plan.toml", &PLAN.replace("December 2003", "October 2003"));
    assert_eq!(
        report(&["--verify", "paper.md"]).status,
        0,
        "the plan of that commit is what counts"
    );
    let head = report::read(&paper).unwrap().head;
    let commit = head.origins[0].commit.clone().unwrap();
    repository.write("lost.md", &paper.replace(&commit, COMMIT));
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
    let earlier = report::read(&known.stdout).unwrap().head.origins[0].earlier.clone();
    assert!(earlier.is_some());
    let by_revision = report("HEAD~1");
    assert_eq!(by_revision.status, 0, "{}", by_revision.stderr);
    let unknown = report("2003-05-07");
    assert!(unknown.stdout.contains("is on record, so this account is told from"));
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
    assert!(by_git.stdout.contains("as git knew the plan on each day"), "{}", by_git.stdout);
    assert!(by_git.stdout.contains(" known-on 2003-05-08 total\">"));
    repository.write("paper.md", &by_git.stdout);
    let verified = report(&["--verify", "paper.md"]);
    assert_eq!(verified.status, 0, "{}{}", verified.stdout, verified.stderr);
    let (mark, other) = ("known-on 2003-05-08 total\">9", "known-on 2003-05-08 total\">8");
    repository.write("altered.md", &by_git.stdout.replace(mark, other));
    assert_eq!(report(&["--verify", "altered.md"]).status, 1);
    repository
        .write("earlier.md", &by_git.stdout.replace("known-on 2003-05-08", "known-on 2003-05-07"));
    let earlier = report(&["--verify", "earlier.md"]);
    assert!(earlier.stdout.contains("the plan has no such thing"), "{}", earlier.stdout);
    let by_entries = report(&["--as-of", "2026-11-25", "--since", "2003-05-07"]);
    assert!(by_entries.stdout.contains("by the dates of the plan"), "{}", by_entries.stdout);
    repository.write("plan.toml", &PLAN.replace("14 of 32", "15 of 32"));
    let draft = report(&["--as-of", "2026-11-25", "--since", "2003-05-08"]);
    assert!(draft.stdout.contains("by the dates of the plan"), "{}", draft.stdout);
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
    assert!(again.stdout == then, "{}", again.stdout.lines().next().unwrap());
    repository.write("paper.md", &then);
    assert_eq!(repository.plan(&["report", "--verify", "paper.md"]).status, 0);
    assert_eq!(repository.plan(&["report", "--verify", "paper.md", "--at", "HEAD"]).status, 2);
}

#[test]
fn a_paper_that_lost_a_mark_is_never_green() {
    let repository = Repository::new(PLAN);
    let paper = repository.plan(&["report", "--meeting", "2003-11"]).stdout;
    let tag = tag(&paper, "count open-before");
    let mark = &format!("{tag}Seven</span>");
    let cut = paper.find("## B.").unwrap();
    for (name, paper) in [
        ("unmarked.md", paper.replace(mark, "Nineteen")),
        ("commented.md", paper.replace(mark, &format!("Nineteen<!--{mark}-->"))),
        ("cut.md", paper[..cut].to_owned()),
    ] {
        repository.write(name, &paper);
        let verified = repository.plan(&["report", "--verify", name]);
        assert_eq!(verified.status, 1, "{name}: {}", verified.stderr);
        let lost = "“count open-before”, no longer stands in the paper";
        assert!(verified.stdout.contains(lost), "{}", verified.stdout);
    }
}

#[test]
fn a_mark_is_read_as_browsers_read_it() {
    let portfolio = portfolio(decode(PLAN), "2003-11-30");
    let (source, [_, html]) = papers(&portfolio, "2003-05-08");
    let tag = tag(&html, "count open-before");
    let mark = &format!("{tag}Seven");
    let value = tag.split('"').nth(1).unwrap();
    for other in [
        "<SPAN DATA-PLAN=\"?\">Six",
        "<span data-plan = '?'>Six",
        "<span title=\"a data-plan=x\" data-plan=\"?\">Six",
        "<span é='1'\ndata-plan=\n\"?\" />Six",
    ] {
        let found = differences(&html.replacen(mark, &other.replace('?', value), 1), &source);
        assert!(found.len() == 1 && found[0].contains("is Six in the paper"), "{other}: {found:?}");
    }
}

#[test]
fn a_long_note_does_not_fill_a_page_of_a_table() {
    let note = "The systems are late. ".repeat(60);
    let plan = plan_with(&[&format!(
        "{{ on = 2003-06-01, status = \"in-progress\", note = \"{note}\" }}"
    )]);
    let portfolio = portfolio(plan, "2003-11-30");
    let (_, [markdown, _]) = papers(&portfolio, "2003-05-08");
    assert!(markdown.lines().filter(|line| line.starts_with('|')).all(|line| line.len() < 1200));
    assert!(markdown.contains(note.trim()), "the appendix has it in full");
}

#[test]
fn what_waits_for_the_committee_is_in_its_recommendations() {
    let portfolio = portfolio(decode(PLAN), "2004-04-10");
    let said = words(&papers(&portfolio, "2003-11-30").1[0]);
    for sentence in [
        "on the extension requested for recommendation 4, from March 2004 to June 2004;",
        "consider recommendations 1, 3 and 4, which the plan's rule brings before members;",
        "Three recommendations are brought before the committee. The rule is open work that is 5 days late or more.",
        "Of the live recommendations, three are red, none is amber and three are green. Red is 1 day late or more; amber is due within 60 days, or at risk or worse; green is the rest.",
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
    assert!(verified.stderr.contains("it is a draft"), "{}", verified.stderr);
    // A difference that git does not read is no change.
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
    assert!(paper.stdout.contains("title plan estates") && paper.stdout.contains("estates/1 text"));
    repository.write("paper.md", &paper.stdout);
    let verified = repository.plan(&["report", "--verify", "paper.md"]);
    assert_eq!(verified.status, 0, "{}{}", verified.stdout, verified.stderr);
}

#[test]
fn the_head_of_a_paper_says_what_it_was_made_from() {
    let portfolio = portfolio(decode(PLAN), "2003-11-30");
    let (source, layouts) = papers(&portfolio, "2003-05-08");
    for paper in layouts {
        let Head { span, origins, facts, revision, .. } = report::read(&paper).unwrap().head;
        assert_eq!((span, revision), (source.span.clone(), None));
        assert_eq!(origins[0].commit.as_deref(), Some(COMMIT));
        assert_eq!(facts, report::read(&paper).unwrap().marks.len(), "it knows when one is lost");
    }
}

/// The paper of the plan to its November meeting in both layouts, with what it is verified against.
fn november(check: impl Fn(&Source<'_>, [String; 2])) {
    let portfolio = portfolio(decode(PLAN), "2003-11-30");
    let (source, layouts) = papers(&portfolio, "2003-05-08");
    check(&source, layouts);
}

/// The first mark that asks how many were open, whole.
fn open_before(paper: &str) -> String {
    tag(paper, "count open-before") + "Seven</span>"
}

#[test]
fn a_mark_that_is_lost_or_in_anothers_place_is_named() {
    let repository = Repository::new(PLAN);
    let paper = repository.plan(&["report", "--meeting", "2003-11"]).stdout;
    let verify = |paper: &str| {
        repository.write("paper.md", paper);
        let verified = repository.plan(&["report", "--verify", "paper.md"]);
        (verified.status, verified.stdout)
    };
    let mark = open_before(&paper);
    let number = mark.split(['"', ' ']).nth(2).unwrap();
    let other = tag(&paper, "count complete") + "Three</span>";
    assert!(paper.contains(&other));
    let lost = format!("mark {number}, “count open-before”, no longer stands in the paper\n");
    assert_eq!(verify(&paper.replace(&mark, &other)), (1, lost));
    let exchanged = format!("<span data-plan=\"{number} count complete\">Three</span>");
    let (status, told) = verify(&paper.replace(&mark, &exchanged));
    let expected = format!("mark {number} is “count complete” and was “count open-before”\n");
    assert!(status == 1 && told.ends_with(&expected) && told.lines().count() == 1, "{told}");
    let added = "\n<span data-plan=\"999 count complete\">Three</span>\n";
    let (status, told) = verify(&format!("{paper}{added}"));
    assert!(status == 1 && told.contains("there was no mark 999"), "{told}");
    let (before, rest) = paper.split_once("\n## A.").unwrap();
    let (a, b) = rest.split_once("\n## B.").unwrap();
    let (b, c) = b.split_once("\n## Appendix 1").unwrap();
    let reversed =
        format!("{before}\n## Appendix 1{c}\n## B.{b}\n## A.{a}\n\nAgain: {mark} and {mark}.\n");
    assert_eq!(verify(&reversed), (0, String::new()), "moved, copied and edited");
    assert_eq!(verify(&reversed.replacen(">Seven<", ">Six<", 2)).0, 1, "copies are verified too");
}

#[test]
fn what_another_release_wrote_loses_no_mark_unseen() {
    november(|_, [markdown, _]| {
        let found = |paper: &str| report::losses(&report::read(paper).unwrap(), Vec::new);
        let mark = open_before(&markdown);
        let number: usize = mark.split(['"', ' ']).nth(2).unwrap().parse().unwrap();
        assert_eq!(found(&markdown), Vec::<String>::new());
        let lost = format!("mark {number} no longer stands in the paper");
        assert_eq!(found(&markdown.replace(&mark, "Seven")), [lost]);
        let count = report::read(&markdown).unwrap().marks.len();
        let written = format!("facts={count}");
        let head = |facts: usize| markdown.replace(&written, &format!("facts={facts}"));
        let many = format!("marks {} to 4294967295 no longer stand in the paper", count + 1);
        assert_eq!(found(&head(4_294_967_295)), [many]);
        assert!(found(&head(count - 1))[0].contains("ask other questions"));
        let shifted = markdown.replace("data-plan=\"1 ", "data-plan=\"0 ");
        assert_eq!(found(&shifted), ["mark 1 no longer stands in the paper"]);
        let twice = format!("{markdown}\n<span data-plan=\"{number} count complete\">3</span>\n");
        assert!(found(&twice)[0].contains("“count open-before”, and “count complete” elsewhere"));
        let other = mark.replace("count open-before", "count complete");
        let before = markdown.replacen(&mark, &format!("{other} {mark}"), 1);
        assert!(found(&before)[0].contains("“count complete”, and “count open-before” elsewhere"));
    });
}

#[test]
fn what_a_reader_does_not_see_is_no_mark() {
    november(|source, [markdown, html]| {
        let lost = |paper: &str, hidden: &str| {
            let mark = open_before(paper);
            let paper = paper.replacen(&mark, &hidden.replace('?', &mark), 1);
            let found = differences(&paper, source);
            assert!(
                found.iter().any(|line| line.contains("no longer stands")),
                "{hidden}: {found:?}"
            );
        };
        for element in [
            "script", "style", "template", "textarea", "title", "noscript", "svg", "details",
            "select", "iframe", "object", "xmp",
        ] {
            lost(&html, &format!("Nine<{element}>?</{element}>"));
            lost(&markdown, &format!("Nine<{element}>?</{element}>"));
        }
        for hidden in [
            "<template open>?</template>",
            "<svg open>?</svg>",
            "<!-- ? -->",
            "<!-- > ? -- > -->",
            "<!--->-><!-- ? -->",
            "<i title='?'></i>",
            "<i hidden>Nine <i>?</i></i>",
            "<I HIDDEN=no>?</I>",
            "<i popover>?</i>",
            "</i ?>",
        ] {
            lost(&html, hidden);
        }
        for hidden in [
            "`?`",
            "``a `?` b``",
            "\n\n```\n?\n```\n\n",
            "\n\n    ?\n\n",
            "![?](x)",
            "\\?",
            "[x](y '?')",
            "\n\n[x]: y '?'\n\n",
            "<!-- ? -->",
            "\n\n<!--\n\n?\n\n-->\n\n",
        ] {
            lost(&markdown, hidden);
        }
    });
}

#[test]
fn comments_end_as_in_browsers_and_a_stray_one_is_no_error() {
    november(|source, [markdown, html]| {
        for comment in ["<!-->", "<!--->", "<!-- a --!>", "<!-- a -- b -->", "<!a>", "<![CDATA[ a>"]
        {
            let mark = open_before(&html);
            let html = html.replacen(&mark, &format!("{comment}{mark}<!-- -->"), 1);
            assert_eq!(differences(&html, source), Vec::<String>::new(), "{comment}");
        }
        for raw in ["<style><!--</style>", "<textarea><i title='</textarea>", "<xmp><!--</xmp>"] {
            let mark = open_before(&html);
            let html = html.replacen(&mark, &format!("{raw}{mark}<!-- '> -->"), 1);
            assert_eq!(differences(&html, source), Vec::<String>::new(), "{raw}");
        }
        let hidden = html.replacen("<p>", "<p><input hidden><br hidden>", 1);
        assert_eq!(differences(&hidden, source), Vec::<String>::new(), "they hold nothing");
        let stray = markdown.replacen("\n## A.", "\nWe write `<!--` and <!-- here.\n\n## A.", 1);
        assert_eq!(differences(&stray, source), Vec::<String>::new());
        let open = html.replacen("</main>", "<!-- never closed </main>", 1);
        assert_eq!(differences(&open, source), Vec::<String>::new());
    });
}

#[test]
fn only_words_stand_in_a_mark_and_no_script_stands_anywhere() {
    november(|source, [markdown, html]| {
        let tag = tag(&html, "count open-before");
        let found = |paper: &str, altered: &str| {
            let mark = open_before(paper);
            let at = paper.find(&mark).unwrap();
            let line = paper[..at].matches('\n').count() + 1;
            let found = differences(&paper.replacen(&mark, altered, 1), source);
            let here = format!("line {line}: ");
            assert!(found.iter().all(|difference| difference.starts_with(&here)), "{found:?}");
            found
        };
        for plain in [
            "{tag}<b>Se</b>ven</span>",
            "{tag}<STRONG><i>Seven</i></STRONG></span>",
            "<b>{tag}Seven</span></b>",
            "{tag}<p>Seven</p></span>",
            "{tag}Se<wbr>ven</span>",
            "{tag}Se\u{ad}ven</span>",
            "{tag}Se&shy;ven</span>",
            "{tag}<a href='#x'><u>Seven</u></a><br></span>",
            "{tag}7</span>",
            "{tag}<span>Seven</span></span>",
            "{tag}Sev<!-- x -->en</span>",
            "{tag}&#83;even</span>",
        ] {
            let plain = plain.replace("{tag}", &tag);
            assert_eq!(found(&html, &plain), Vec::<String>::new(), "{plain}");
            assert_eq!(found(&markdown, &plain), Vec::<String>::new(), "{plain}");
        }
        assert!(found(&markdown, &format!("{tag}**Se***ven*</span>")).is_empty());
        for other in [
            "<img src=x>",
            "<input value=9>",
            "<svg></svg>",
            "<object></object>",
            "<b hidden></b>",
            "<i style='color: #fff'></i>",
            "<s></s>",
            "<b popover></b>",
            "<style></style>",
        ] {
            let other = format!("{tag}Seven{other}</span>");
            assert_eq!(found(&html, &other).len(), 1, "{other}");
            assert_eq!(found(&markdown, &other).len(), 1, "{other}");
        }
        let mark = open_before(&html);
        for hiding in ["display:none", "text-align: right; color: white"] {
            let hidden = format!("<span style='{hiding}'>{mark}</span>");
            assert_eq!(found(&html, &hidden).len(), 1, "{hiding}");
        }
        let laid_out = format!("<b style='text-align: right; width: 9%'>{mark}</b>");
        assert_eq!(found(&html, &laid_out), Vec::<String>::new());
        for attribute in ["hidden", "style=display:none", "popover=x", "onclick=x"] {
            let own = tag.replace('>', &format!(" {attribute}>"));
            assert_eq!(found(&html, &format!("{own}Seven</span>")).len(), 1, "{attribute}");
        }
        for script in ["<script></script>", "<img src=x onerror=x>", "<svg><script></script></svg>"]
        {
            let script = format!("{}{script}", open_before(&html));
            let [line] = &found(&html, &script)[..] else { panic!("{script}") };
            assert!(line.contains("a script"), "{line}");
            assert_eq!(found(&markdown, &script).len(), 1, "{script}");
        }
    });
}

#[test]
fn what_stands_against_a_mark_does_not_change_what_it_says() {
    november(|source, layouts| {
        for paper in layouts {
            let mark = open_before(&paper);
            for joined in
                ["1?", "?ty", "<b>1</b>?", "1<!-- -->?", "1\u{ad}<wbr>?", "??", "?<i>0</i>"]
            {
                let joined = joined.replace('?', &mark);
                let found = differences(&paper.replacen(&mark, &joined, 1), source);
                assert!(
                    found.len() == 1 && found[0].contains("joins a mark"),
                    "{joined}: {found:?}"
                );
            }
            let digit = format!("{}7</span>", tag(&paper, "count open-before"));
            for joined in ["?,000", "?.5", "1,?", "1.?", "-?", "−?"] {
                let joined = joined.replace('?', &digit);
                let found = differences(&paper.replacen(&mark, &joined, 1), source);
                assert!(found.len() == 1 && found[0].contains("joins"), "{joined}: {found:?}");
            }
            for turned in ["\u{202e}?", "<bdo dir=rtl>?</bdo>", "&#x202e;?"] {
                let found =
                    differences(&paper.replacen(&mark, &turned.replace('?', &mark), 1), source);
                assert!(
                    found.len() == 1
                        && found[0].contains(if turned.starts_with("<bdo") {
                            "another order"
                        } else {
                            "steers"
                        }),
                    "{found:?}"
                );
            }
            for apart in ["(?)", "<b>?</b>", "1 ?.", "“?”", "a&nbsp;?", "a<br>?", "? ?"] {
                let apart = apart.replace('?', &mark);
                let found = differences(&paper.replacen(&mark, &apart, 1), source);
                assert_eq!(found, Vec::<String>::new(), "{apart}");
            }
        }
    });
}

#[test]
fn programs_that_lay_a_paper_out_anew_leave_it_true() {
    november(|source, [markdown, html]| {
        let in_html = |begin: &str| html.replacen("<!DOCTYPE html>", begin, 1);
        let upper = html.replace("<span ", "<SPAN ").replace("</span>", "</SPAN>");
        for (how, paper) in [
            ("CRLF", markdown.replace('\n', "\r\n")),
            ("CRLF", html.replace('\n', "\r\n")),
            ("BOM", format!("\u{feff}{markdown}")),
            ("BOM", format!("\u{feff}{html}")),
            ("on one line", html.replace('\n', " ")),
            ("upper case", upper.replace("data-plan=", "DATA-PLAN=")),
            ("single quotes", html.replace('"', "'")),
            ("a comment", in_html("<!-- Saved by a browser -->\n<!DOCTYPE html>")),
            ("XHTML", in_html("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD\">")),
            ("odd spacing", in_html("\n<!doctype\n  HTML >")),
            ("no doctype", in_html("")),
        ] {
            assert_eq!(differences(&paper, source), Vec::<String>::new(), "{how}");
        }
        let begins = "\u{feff}<!-- a --> <?xml version='1.0'?><!DOCTYPE\thtml>\n<p>*_\\_*</p>";
        let altered = in_html(begins).replacen(">Seven<", ">S*even*<", 1);
        let found = differences(&altered, source);
        assert!(found.len() == 1 && found[0].contains("is S*even* in the paper"), "{found:?}");
    });
}

#[test]
fn a_line_that_is_named_is_that_of_the_paper() {
    november(|source, layouts| {
        for paper in layouts {
            for paper in [paper.clone(), paper.replace('\n', "\r\n"), format!("\u{feff}{paper}")] {
                let mark = open_before(&paper);
                let at = paper.find(&mark).unwrap();
                let line = paper[..at].matches('\n').count() + 1;
                let found =
                    differences(&paper.replacen(&mark, &mark.replace("Seven", "Six"), 1), source);
                assert!(found[0].starts_with(&format!("line {line}: ")), "{line}: {found:?}");
            }
        }
    });
}

#[test]
fn names_of_any_length_are_read() {
    let text = PLAN.replace("Internal Consultancy Group", &"Équipe ".repeat(400));
    let portfolio = portfolio(decode(&text), "2003-11-30");
    let (source, layouts) = papers(&portfolio, "2003-05-08");
    for paper in layouts {
        assert!(paper.contains(&"%C3%89quipe%20".repeat(300)));
        assert_eq!(differences(&paper, &source), Vec::<String>::new());
    }
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
    let [first, second, last] = ["HEAD~2", "HEAD~1", "HEAD"].map(commit);
    let by_day = paper("2003-06-15");
    assert!(by_day.contains(&format!("{last},plan.toml,{second}-->")), "{by_day}");
    for other in [format!("{last},plan.toml,{first}-->"), format!("{last}-->")] {
        let forged = verify(&by_day.replace(&format!("{last},plan.toml,{second}-->"), &other));
        let expected =
            format!("in the head of the paper and {} of plan.toml in git", &second[..10]);
        assert!(forged.status == 1 && forged.stdout.contains(&expected), "{}", forged.stdout);
    }
    let by_commit = paper("HEAD~1");
    assert!(by_commit.contains(&format!("since=2003-06-01@{second} ")), "{by_commit}");
    let other_day = verify(&by_commit.replace("since=2003-06-01@", "since=2003-06-02@"));
    assert!(other_day.stdout.contains("is of 2003-06-01"), "{}", other_day.stdout);
    assert_eq!(other_day.status, 1);
    let other_commit = verify(&by_commit.replace(&format!("@{second}"), &format!("@{first}")));
    assert_eq!(other_commit.status, 1, "{}", other_commit.stdout);
    let elsewhere = repository.git(&["commit-tree", "HEAD^{tree}", "-m", "Another history"]);
    let forged =
        verify(&by_commit.replace(&format!("@{second}"), &format!("@{}", elsewhere.trim())));
    assert!(forged.stdout.contains("is not in the history of"), "{}", forged.stdout);
    let refused = repository.plan(&["report", "--since", elsewhere.trim()]);
    assert_eq!(refused.status, 4, "no paper is written that cannot be verified");
    let nowhere = verify(&by_commit.replace(&format!("@{second}"), &format!("@{COMMIT}")));
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
    let short = repository.git(&["rev-parse", "--short=10", "HEAD"]);
    let expected = format!(
        "verified at {} of plan.toml; the words around them and the charts are not\n",
        short.trim()
    );
    let named = verify(&["-f", "plan.toml"]);
    assert!(named.status == 0 && named.stderr.ends_with(&expected), "{}", named.stderr);
    assert_eq!(verify(&["-f", "."]).status, 0, "a directory with the plan");
    let other = verify(&["-f", "estates.toml"]);
    assert_eq!(other.status, 2);
    assert!(other.stderr.contains("paper.md is about plan.toml"), "{}", other.stderr);
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
    assert!(beyond.stdout.contains("is not in the history of the present commit"));
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
    assert!(late.contains(" known-on 2003-05-08 total\">"), "{late}");
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
    assert!(refused.stderr.contains("would begin on 2003-05-08, after 2003-05-01"));
}
