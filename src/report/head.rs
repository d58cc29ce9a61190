//! The head of a paper: from which plans, at which commits, and for which period it was made.

use std::fmt;

use super::{
    question::{decode, encode},
    source::Span,
};
use crate::model::{Day, Period};

/// The digest of questions in their order.
pub fn digest<'q>(questions: impl Iterator<Item = &'q str>) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for question in questions {
        hasher.update(question.as_bytes());
        hasher.update(b"\n");
    }
    hasher.finalize()
}

/// The origin of a paper, in a comment at its top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub span: Span,
    pub origins: Vec<Origin>,
    /// The full name of the commit that the period begins at, where it was asked for since a commit.
    pub revision: Option<String>,
    /// How many figures and quotations it was written with.
    pub facts: usize,
    /// The digest of their questions.
    pub digest: u32,
}

/// The place that a plan was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The name of the plan, where there are several.
    pub name: Option<String>,
    /// From the top of its repository.
    pub path: String,
    /// The commit's full name; `None` where the plan has changes that are not committed, or is in no repository.
    pub commit: Option<String>,
    /// The path and commit of the plan as it was known when the period began, where that is known.
    pub earlier: Option<(String, String)>,
}

/// How the comment begins.
const MARK: &str = "plan-paper";
/// Instead of a commit.
const DRAFT: &str = "draft";

impl Head {
    /// Says whether a plan was not as any commit has it.
    pub fn is_draft(&self) -> bool {
        self.origins.iter().any(|origin| origin.commit.is_none())
    }

    /// The head in a comment's text; `None` where that is no head.
    pub fn parse(comment: &str) -> Option<Result<Self, String>> {
        let words = comment.trim().strip_prefix(MARK)?;
        Some(parse(words).ok_or_else(|| "the head of the paper is broken".to_owned()))
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Span { as_of, since, .. } = self.span;
        write!(f, "{MARK} as-of={as_of} since={since}")?;
        if let Some(commit) = &self.revision {
            write!(f, "@{commit}")?;
        }
        write!(f, " facts={},{:08x}", self.facts, self.digest)?;
        if let Some(meeting) = self.span.meeting {
            write!(f, " meeting={}", meeting.iso())?;
        }
        for Origin { name, path, commit, earlier } in &self.origins {
            let name = encode(name.as_deref().unwrap_or_default());
            let commit = commit.as_deref().unwrap_or(DRAFT);
            write!(f, " plan={name},{},{commit}", encode(path))?;
            if let Some((path, commit)) = earlier {
                write!(f, ",{},{commit}", encode(path))?;
            }
        }
        Ok(())
    }
}

fn parse(words: &str) -> Option<Head> {
    let (mut as_of, mut since, mut meeting, mut facts) = (None, None, None, None);
    let mut origins = Vec::new();
    for word in words.split_whitespace() {
        let (key, value) = word.split_once('=')?;
        match key {
            "as-of" => as_of = Some(value.parse::<Day>().ok()?),
            "since" => since = Some(begin(value)?),
            "meeting" => meeting = Some(Period::parse(value).ok()?),
            "facts" => facts = Some(counted(value)?),
            "plan" => origins.push(origin(value)?),
            _ => return None,
        }
    }
    if origins.is_empty() {
        return None;
    }
    let (since, revision) = since?;
    let (facts, digest) = facts?;
    let span = Span { since, as_of: as_of?, meeting };
    Some(Head { span, origins, revision, facts, digest })
}

/// The day that a period begins on, and the commit where it is that of one.
fn begin(value: &str) -> Option<(Day, Option<String>)> {
    match value.split_once('@') {
        Some((day, commit)) => Some((day.parse().ok()?, Some(full_name(commit)?))),
        None => Some((value.parse().ok()?, None)),
    }
}

/// How many facts there are, and the digest of their questions. A paper without any proves nothing.
fn counted(value: &str) -> Option<(usize, u32)> {
    let (facts, digest) = value.split_once(',')?;
    let facts: u32 = facts.parse().ok().filter(|facts| *facts > 0)?;
    Some((usize::try_from(facts).ok()?, u32::from_str_radix(digest, 16).ok()?))
}

fn origin(value: &str) -> Option<Origin> {
    let parts: Vec<&str> = value.split(',').collect();
    let (name, path, commit, earlier) = match parts[..] {
        [name, path, commit] => (name, path, commit, None),
        [name, path, commit, before, at] => {
            (name, path, commit, Some((decode(before)?, full_name(at)?)))
        }
        _ => return None,
    };
    let name = Some(decode(name)?).filter(|name| !name.is_empty());
    let commit = if commit == DRAFT { None } else { Some(full_name(commit)?) };
    Some(Origin { name, path: decode(path)?, commit, earlier })
}

/// The full name of a commit.
fn full_name(word: &str) -> Option<String> {
    let is_name = matches!(word.len(), 40 | 64) && word.bytes().all(|c| c.is_ascii_hexdigit());
    is_name.then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_reads_back_whatever_the_names_are() {
        let span = Span {
            since: "2003-05-08".parse().unwrap(),
            as_of: "2003-11-30".parse().unwrap(),
            meeting: Some(Period::parse("2003-11").unwrap()),
        };
        let origin = |name: Option<&str>, commit: Option<String>| Origin {
            name: name.map(str::to_owned),
            path: "a -->, b=c/plan.toml".to_owned(),
            earlier: commit.clone().map(|commit| ("former, plan.toml".to_owned(), commit)),
            commit,
        };
        for origins in [
            vec![origin(None, None)],
            vec![origin(Some("a,b --> c"), Some("0f".repeat(20))), origin(Some("d"), None)],
        ] {
            for revision in [None, Some("0f".repeat(20))] {
                let (span, origins) = (span.clone(), origins.clone());
                let head = Head { span, origins, revision, facts: 411, digest: 0xf00 };
                let text = head.to_string();
                assert!(!text.contains("--"), "{text}");
                assert_eq!(Head::parse(&text), Some(Ok(head)));
            }
        }
    }

    #[test]
    fn a_broken_head_is_no_guess() {
        for broken in [
            "plan-paper",
            "plan-paper as-of=2003-11-30 since=2003-05-08 facts=9,f00",
            "plan-paper as-of=2003-11-30 since=2003-05-08 facts=9 plan=,plan.toml,draft",
            "plan-paper as-of=2003-11-30 since=2003-05-08 facts=0,0 plan=,plan.toml,draft",
            "plan-paper as-of=2003-11-30 since=2003-05-08@HEAD facts=9,f00 plan=,plan.toml,draft",
            "plan-paper as-of=2003-11-30 since=2003-05-08 plan=,plan.toml,draft",
            "plan-paper as-of=soon since=2003-05-08 facts=9,f00 plan=,plan.toml,draft",
            "plan-paper as-of=2003-11-30 since=2003-05-08 facts=9,f00 plan=,plan.toml,HEAD",
        ] {
            assert!(matches!(Head::parse(broken), Some(Err(_))), "{broken}");
        }
        assert_eq!(Head::parse("a remark"), None);
    }
}
