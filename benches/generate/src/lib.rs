//! Generates plans with any number of recommendations. The same seed gives the same text, and every form of the format
//! occurs in it.

use std::fmt::Write;

use fastrand::Rng;

const WORDS: &[&str] = &[
    "the",
    "authority",
    "should",
    "ensure",
    "that",
    "review",
    "of",
    "performance",
    "and",
    "is",
    "recorded",
    "against",
    "each",
    "objective",
    "with",
    "evidence",
    "before",
    "committee",
    "meets",
    "to",
    "consider",
    "progress",
    "resources",
    "allocated",
    "priorities",
    "risk",
    "register",
    "management",
    "board",
    "quarterly",
    "procurement",
    "contracts",
    "training",
    "staff",
    "appraisal",
    "accountability",
    "timescale",
    "budget",
    "quality",
    "monitoring",
    "controls",
    "assurance",
    "independent",
    "verification",
    "inspection",
    "report",
    "findings",
    "implementation",
    "action",
    "plans",
    "’s",
    "€1.2 million",
    "naïve",
    "best value",
    "service",
];

const OWNERS: &[&str] = &[
    "Director of Finance",
    "Head of Internal Audit",
    "Chief Information Officer",
    "Inspection Liaison and Analysis Unit (ILAU)",
    "Estates",
    "Human Resources",
];

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Returns a plan with `count` recommendations.
pub fn plan(count: usize, seed: u64) -> String {
    let mut maker =
        Maker { rng: Rng::with_seed(seed), text: String::with_capacity(count * 1300 + 2000) };
    maker.head();
    for number in 1..=count {
        maker.recommendation(number);
    }
    maker.text
}

struct Maker {
    rng: Rng,
    text: String,
}

impl Maker {
    fn head(&mut self) {
        self.text.push_str(
            "# A plan made for measuring.\n\n[plan]\ntitle = \"Recommendations of the inspectorate\"\n\
             body = \"Inspectorate\"\ncommittee = \"Audit Committee\"\ndate = 2023-01-16\n\n\
             [policy]\ndue_soon_days = 30\npriorities = [\"high\", \"medium\", \"low\"]\n\n",
        );
        for area in 1..=12 {
            let _ =
                write!(self.text, "[[area]]\nid = \"area-{area}\"\ntitle = \"Area {area}\"\n\n");
        }
        for year in 2023..=2026 {
            for month in ["03", "06", "09", "12"] {
                let _ = write!(
                    self.text,
                    "[[meeting]]\ndate = \"{year}-{month}\"\ntitle = \"Audit Committee\"\n\n"
                );
            }
        }
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.rng.usize(..from.len())]
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.rng.u32(..100) < percent
    }

    /// Returns words with about this many letters in total. `wrapped` breaks the lines as people do.
    fn words(&mut self, letters: usize, wrapped: bool) -> String {
        let mut text = String::with_capacity(letters + 20);
        let mut column = 0;
        while text.len() < letters {
            let word = self.pick(WORDS);
            if wrapped && column + word.len() > 98 {
                text.push('\n');
                column = 0;
            } else if column > 0 {
                text.push(' ');
                column += 1;
            }
            text.push_str(word);
            column += word.len();
        }
        text.push('.');
        text
    }

    /// Returns an agreed timescale, and true if its work is finished. Most due dates are before the as-of day of the
    /// measurements.
    fn timescale(&mut self) -> (String, bool) {
        let year = 2023 + self.rng.u32(..4);
        let month = self.rng.usize(..12);
        let name = MONTHS[month];
        let number = month + 1;
        let form = self.rng.u32(..20);
        let finished = form >= 18;
        let wording = match form {
            0..=7 => format!("\"{name} {year}\""),
            8..=9 => format!("\"{} {year}\"", &name[..3]),
            10 => format!("\"{year}-{number:02}\""),
            11 => format!("\"by end of {name} {year}\""),
            12..=13 => format!("{year}-{number:02}-28"),
            14 => format!("\"28 {name} {year}\""),
            15..=17 => "\"Ongoing\"".to_owned(),
            18 => "\"Complete\"".to_owned(),
            _ => "\"In place since January 2022\"".to_owned(),
        };
        (wording, finished)
    }

    fn recommendation(&mut self, number: usize) {
        let (timescale, finished) = self.timescale();
        let area = self.rng.usize(1..=12);
        let size = self.rng.usize(200..340);
        let text = self.words(size, true);
        let _ =
            write!(self.text, "[[recommendation]]\nid = \"{number}\"\narea = \"area-{area}\"\n");
        if self.chance(70) {
            let priority = self.pick(&["high", "medium", "low"]);
            let _ = writeln!(self.text, "priority = \"{priority}\"");
        }
        let _ = write!(self.text, "text = \"\"\"\n{text}\"\"\"\ntimescale = {timescale}\n");
        if self.chance(3) {
            self.text.push_str(
                "response = \"rejected\"\nresponse_text = \"Management does not agree.\"\n",
            );
        } else if self.chance(2) {
            self.text.push_str("response = \"awaited\"\n");
        }
        if !finished && self.chance(20) {
            self.revisions();
        }
        let actions = 1 + self.rng.usize(..4);
        let done = finished || self.chance(70);
        if done && self.chance(30) {
            self.text.push_str(
                "verification = [\n  { on = 2026-04-02, by = \"External auditor\", result = \"verified\", note = \"Seen.\" },\n]\n",
            );
        }
        self.text.push('\n');
        for action in 1..=actions {
            self.action(number, action, done, finished);
        }
    }

    fn revisions(&mut self) {
        let year = 2026 + self.rng.u32(..2);
        let month = self.pick(MONTHS);
        let _ = write!(
            self.text,
            "revisions = [\n  {{ on = 2025-03-04, to = \"{month} {year}\", reason = \"Group reorganised\", by = \"Director\" }},\n]\n"
        );
    }

    fn action(&mut self, recommendation: usize, number: usize, done: bool, finished: bool) {
        if self.chance(5) {
            self.text.push_str("# Agreed at the meeting; see the minutes.\n");
        }
        let size = self.rng.usize(70..180);
        let text = self.words(size, size > 140);
        let quotes = if size > 140 { "\"\"\"\n" } else { "\"" };
        let end = if size > 140 { "\"\"\"" } else { "\"" };
        let _ =
            write!(self.text, "[[recommendation.action]]\nid = \"{recommendation}.{number}\"\n");
        if self.chance(85) {
            let owner = self.pick(OWNERS);
            let _ = writeln!(self.text, "owner = \"{owner}\"");
        }
        let _ = writeln!(self.text, "text = {quotes}{text}{end}");
        if !finished && self.chance(15) {
            self.text.push_str("timescale = \"December 2026\"\n");
        }
        if finished || (!done && self.chance(40)) {
            self.text.push('\n');
            return;
        }
        self.text.push_str("progress = [\n");
        let note = self.words(40, false);
        let outlook = if self.chance(20) { "outlook = \"at-risk\", " } else { "" };
        let _ = writeln!(
            self.text,
            "  {{ on = 2024-02-0{}, status = \"in-progress\", {outlook}note = \"{note}\" }},",
            1 + self.rng.u32(..9)
        );
        if done {
            let _ = writeln!(
                self.text,
                "  {{ on = 2026-03-1{}, status = \"complete\", evidence = [\"minutes/{recommendation}-{number}.pdf\"] }},",
                self.rng.u32(..10)
            );
        }
        self.text.push_str("]\n\n");
    }
}
