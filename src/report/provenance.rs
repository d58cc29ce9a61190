//! The last line of a report. It names the plans, their commits, and the command that wrote the report.

use std::{fmt, iter::Peekable};

use percent_encoding::percent_decode_str;

use super::words::date;
use crate::model::{Day, Period, printable, shell_word};

/// The plans from which a report was written, and the command that wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    pub origins: Vec<Origin>,
    pub as_of: Day,
    /// The version of the program `plan` that wrote the report.
    pub version: String,
    /// The words of the command after `plan`. They state every option explicitly, so that the command gives the same
    /// report on any day.
    pub command: Vec<String>,
}

/// The file and the commit from which a plan of the report was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The name of the plan. `None` if the report has only one plan.
    pub name: Option<String>,
    /// The path of the plan file, relative to the root of its git repository.
    pub path: String,
    /// The name of the commit. `None` if the plan file has changes that are not committed, or if it is in no
    /// repository.
    pub commit: Option<String>,
}

/// The words with which the last line of a report begins.
pub const BEGIN: &str = "Written from ";
/// The number of characters to which a commit's name is shortened.
const COMMIT_LETTERS: usize = 10;

/// Shortens the name of a commit to its first 10 characters.
pub fn short_commit(name: &str) -> &str {
    name.get(..COMMIT_LETTERS).unwrap_or(name)
}

/// Checks whether a word has the form of a full or shortened commit name, which consists of 10 to 64 hexadecimal
/// digits.
fn is_commit(word: &str) -> bool {
    let is_hex = word.bytes().all(|letter| letter.is_ascii_hexdigit());
    (COMMIT_LETTERS..=64).contains(&word.len()) && is_hex
}

impl Provenance {
    /// Checks whether the report is a draft, which means that at least one of its plans is not committed.
    pub fn is_draft(&self) -> bool {
        self.origins.iter().any(|origin| origin.commit.is_none())
    }

    /// Parses the last line of a report. Accepts the dashes and apostrophes that a word processor may insert. Returns
    /// `None` if the line does not have the expected form.
    pub fn parse(line: &str) -> Option<Self> {
        let line = line.trim().strip_prefix(BEGIN)?;
        let line = line.replace(" –", " --").replace(" —", " --");
        // A word processor makes all straight apostrophes curly or none. So if the line still has a straight
        // apostrophe, every curly apostrophe was there before, as a part of a name.
        match line.contains('\'') {
            true => Self::of_words(&line),
            false => Self::of_words(&line.replace(['‘', '’'], "'")),
        }
    }

    fn of_words(line: &str) -> Option<Self> {
        let words = shlex::split(line)?;
        let mut words = words.iter().map(String::as_str).peekable();
        let (mut origins, mut is_last) = (Vec::new(), false);
        while !is_last {
            let origin;
            (origin, is_last) = Origin::parse(&mut words)?;
            origins.push(origin);
        }
        let mut expect = |word: &str| words.next().filter(|next| *next == word);
        expect("as").and_then(|_| expect("of"))?;
        let mut date: Vec<&str> = Vec::new();
        while date.last().is_none_or(|word| !word.ends_with(',')) {
            date.push(words.next()?);
        }
        let mut expect = |word: &str| words.next().filter(|next| *next == word);
        expect("by").and_then(|_| expect("plan"))?;
        let version = words.next()?.strip_suffix(':')?.to_owned();
        words.next().filter(|word| *word == "plan")?;
        let as_of = Period::parse(date.join(" ").trim_end_matches(',')).ok()?.last_day();
        Some(Self { origins, as_of, version, command: words.map(str::to_owned).collect() })
    }
}

impl Provenance {
    /// Parses the provenance from the comment that an older version of the program wrote into a report instead of the
    /// last line.
    pub fn parse_former(comment: &str) -> Option<Self> {
        let (mut origins, mut as_of) = (Vec::new(), None);
        let mut command = vec!["report".to_owned()];
        for word in comment.trim().strip_prefix("plan-paper ")?.split_whitespace() {
            let (key, value) = word.split_once('=')?;
            let mut add =
                |flag: &str, value: &str| command.extend([flag, value].map(str::to_owned));
            match key {
                "as-of" => {
                    as_of = Some(value.parse().ok()?);
                    add("--as-of", value);
                }
                "since" => {
                    add("--since", value.split_once('@').map_or(value, |(_, commit)| commit))
                }
                "meeting" => add("--meeting", value),
                "facts" => {}
                "plan" => origins.push(Origin::parse_former(value)?),
                _ => return None,
            }
        }
        let version = "with marks".to_owned();
        (!origins.is_empty()).then_some(Self { origins, as_of: as_of?, version, command })
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origins = self.origins.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        let as_of = date(self.as_of.into());
        write!(f, "{BEGIN}{origins}, as of {as_of}, by plan {}: plan ", self.version)?;
        let words: Vec<String> = self.command.iter().map(|word| shell_word(word)).collect();
        f.write_str(&words.join(" "))
    }
}

impl Origin {
    /// Returns the shortened name of the commit, if there is a commit.
    pub fn short_commit(&self) -> Option<&str> {
        self.commit.as_deref().map(short_commit)
    }

    fn parse_former(value: &str) -> Option<Self> {
        let mut parts = value.split(',');
        let decode = |part: &str| percent_decode_str(part).decode_utf8().ok().map(String::from);
        let name = Some(decode(parts.next()?)?).filter(|name| !name.is_empty());
        let path = decode(parts.next()?)?;
        let commit = Some(parts.next()?).filter(|commit| *commit != "draft");
        if commit.is_some_and(|commit| !is_commit(commit)) {
            return None;
        }
        Some(Self { name, path, commit: commit.map(str::to_owned) })
    }

    /// Parses the origin of one plan at the beginning of `words`. Returns the origin, and true if it is the last one.
    fn parse<'w>(words: &mut Peekable<impl Iterator<Item = &'w str>>) -> Option<(Self, bool)> {
        let mut path = words.next()?;
        let mut name = None;
        if words.peek() != Some(&"at") && !path.ends_with(',') {
            name = Some(path.strip_suffix(':')?.to_owned());
            path = words.next()?;
        }
        let is_draft = words.next()? == "which";
        let begin = if is_draft { ["is", "not"] } else { ["commit", ""] };
        let expected = begin.into_iter().filter(|word| !word.is_empty());
        for word in expected {
            words.next().filter(|next| *next == word)?;
        }
        let end = words.next()?;
        let is_last = end.ends_with(',');
        let commit = end.trim_end_matches([',', ';']);
        let (path, commit) = match is_draft {
            true => (path.strip_suffix(',')?, None),
            false => (path, Some(commit).filter(|commit| is_commit(commit))),
        };
        let is_sound = is_draft == commit.is_none() && (!is_draft || end.starts_with("committed"));
        let commit = commit.map(str::to_owned);
        is_sound.then(|| (Self { name, path: path.to_owned(), commit }, is_last))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.name {
            write!(f, "{}: ", shell_word(name))?;
        }
        f.write_str(&shell_word(&self.path))?;
        match self.short_commit() {
            Some(commit) => write!(f, " at commit {}", printable(commit)),
            None => f.write_str(", which is not committed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(name: Option<&str>, path: &str, commit: Option<&str>) -> Origin {
        let owned = |text: &str| text.to_owned();
        Origin { name: name.map(owned), path: path.to_owned(), commit: commit.map(owned) }
    }

    fn provenance(origins: Vec<Origin>) -> Provenance {
        let words =
            ["report", "-f", "it's here.toml", "--at", "0123456789", "--since", "2003-05-08"];
        Provenance {
            origins,
            as_of: "2003-11-30".parse().unwrap(),
            version: "0.1.0".to_owned(),
            command: words.map(str::to_owned).to_vec(),
        }
    }

    #[test]
    fn the_last_line_reads_back_whatever_the_names_are() {
        for origins in [
            vec![origin(None, "plan.toml", None)],
            vec![origin(None, "a; b, as of c/it's.toml", Some("0123456789"))],
            vec![
                origin(Some("a: b"), "a b/plan.toml", Some("0123456789")),
                origin(Some("c"), " at commit c", None),
            ],
        ] {
            let written = provenance(origins);
            let line = written.to_string();
            assert_eq!(Provenance::parse(&line), Some(written.clone()), "{line}");
            let by_word = line.replace("--", "–").replace('\'', "’");
            assert_eq!(Provenance::parse(&by_word), Some(written), "{by_word}");
        }
    }

    #[test]
    fn a_broken_last_line_is_no_guess() {
        let line = provenance(vec![origin(None, "plan.toml", Some("0123456789"))]).to_string();
        for (old, new) in [
            ("Written from", "Made of"),
            ("0123456789,", "HEAD,"),
            ("0123456789,", "012345,"),
            ("30 November 2003", "some day"),
            (" at commit", " from commit"),
            (": plan report", " plan report"),
            ("here.toml'", "here.toml"),
        ] {
            assert!(line.contains(old), "{line}");
            assert_eq!(Provenance::parse(&line.replace(old, new)), None, "{old}");
        }
    }
}
