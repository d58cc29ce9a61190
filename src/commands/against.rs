//! `plan check --against`: the plan compared with what it was at a git revision.

use std::{env, path::Path};

use anyhow::Context as _;

use crate::{
    app::Failure,
    changes,
    checks::{Finding, Place, guard},
    file::{Places, Reader},
    git::Tracked,
    model::{Plan, Policy, Rule},
    output::printable,
};

/// The plan as it was, read from git.
pub struct Earlier {
    /// The path and the revision.
    pub name: String,
    pub text: String,
    theirs: Option<String>,
}

/// What there is to compare with.
pub enum Against {
    Version(Earlier),
    /// The file was not there yet.
    New {
        since: String,
    },
    /// It was there and is not text.
    NotText {
        name: String,
    },
}

/// What the plan at `path` was at `revision`, or where this branch left the one it is meant for.
///
/// # Errors
/// There is no such revision, or it cannot be known which is meant.
pub fn read(path: &Path, revision: Option<&str>) -> Result<Against, Failure> {
    let revision = match revision {
        Some(revision) if revision.starts_with('-') => {
            let message = format!("`{revision}` is no revision");
            return Err(Failure::usage(message, None));
        }
        Some(revision) => revision.to_owned(),
        None => target(),
    };
    let before =
        Tracked::of(path).and_then(|file| file.before(&revision)).context("cannot compare")?;
    let Some(base) = before.base else {
        return Ok(Against::New { since: before.name });
    };
    let name = printable(&base.name);
    let Ok(text) = String::from_utf8(base.bytes) else {
        return Ok(Against::NotText { name });
    };
    let theirs = before.theirs.map(|theirs| theirs.bytes);
    Ok(Against::Version(Earlier {
        name,
        text,
        theirs: theirs.and_then(|bytes| String::from_utf8(bytes).ok()),
    }))
}

/// What a change is meant for: GitHub and GitLab say so; elsewhere the remote's main branch.
fn target() -> String {
    let variable = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let github = || variable("GITHUB_BASE_REF").map(|branch| format!("origin/{branch}"));
    let gitlab = || variable("CI_MERGE_REQUEST_DIFF_BASE_SHA");
    github().or_else(gitlab).unwrap_or_else(|| "origin/HEAD".to_owned())
}

/// What came of the comparison.
#[derive(Default)]
pub struct Compared<'e> {
    pub found: Vec<Finding>,
    /// The places of the earlier version.
    pub places: Option<Places<'e>>,
    /// What the earlier version says of how much things weigh.
    pub policy: Option<Policy>,
}

impl Against {
    /// What was done quietly since.
    pub fn compare(&self, present: &Plan) -> Compared<'_> {
        let earlier = match self {
            Self::Version(earlier) => earlier,
            Self::NotText { name } => return Compared::impossible(name),
            Self::New { .. } => return Compared::default(),
        };
        let Ok(read) = Reader::default().decode(&earlier.text) else {
            return Compared::impossible(&earlier.name);
        };
        let differences = changes::between(&read.plan, present);
        let mut found = guard::judge(&differences, &read.plan, present);
        let theirs = earlier.theirs.as_deref();
        if let Some(theirs) = theirs.and_then(|text| Reader::default().decode(text).ok()) {
            found.extend(guard::same_new_ids(&read.plan, present, &theirs.plan));
        }
        Compared {
            found,
            places: Some(Places::new(&earlier.text, read.pieces)),
            policy: Some(read.plan.policy),
        }
    }
}

impl Compared<'_> {
    fn impossible(name: &str) -> Self {
        Self { found: vec![not_compared(name)], ..Self::default() }
    }
}

/// The finding where the earlier version is no plan.
fn not_compared(name: &str) -> Finding {
    Finding::new(Rule::NotCompared, Place::top(), format!("not compared: {name} is no valid plan"))
        .help("look over the whole change by eye, or compare with an earlier revision")
}
