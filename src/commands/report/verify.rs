//! `plan report --verify`: derives the figures and quotations of a paper again, from the commits that it names.

use std::path::Path;

use anyhow::{Context as _, bail};

use super::portfolio;
use crate::{
    app::{Context, Failure, Output},
    file::{self, Reader},
    git::Repository,
    history::plan_in,
    model::{Plan, printable},
    output::words::counted,
    paper::{self, Head, Marks, Origin, Source},
};

pub fn run(path: &Path, context: &Context) -> Result<Output, Failure> {
    let text = file::read(path).map_err(anyhow::Error::from)?;
    let shown = printable(&path.display().to_string());
    let Marks { head, marks } = paper::read(&text)
        .map_err(|broken| anyhow::anyhow!("{shown}:{}: {}", broken.line, broken.reason))?;
    let plans =
        plans(&head, path, context).with_context(|| format!("{shown}: it cannot be verified"))?;
    let (plans, earlier): (Vec<_>, Vec<_>) =
        plans.into_iter().map(|(name, plan, earlier)| ((name, plan), earlier)).unzip();
    let portfolio = portfolio(head.span.as_of, plans);
    let at = commits(&head);
    let differences =
        paper::differences(&marks, &Source::new(&portfolio, head.span, &earlier), &at);
    let total = counted(marks.len(), "figure or quotation", "figures and quotations");
    let notices = match differences.len() {
        0 => format!("{shown}: {total} verified at {at}\n"),
        count => format!("{shown}: {count} of {total} differ from the plan at {at}\n"),
    };
    let text = differences.iter().map(|difference| format!("{difference}\n")).collect();
    Ok(Output { notices, flagged: !differences.is_empty(), ..Output::text(text) })
}

/// The name of a plan, the plan, and how it was known when the period began.
type Known = (Option<String>, Plan, Option<Plan>);

/// The plans that a paper was made from, at its commits. The repository is the one of the plan that the command
/// line means, else the one of the paper.
fn plans(head: &Head, paper: &Path, context: &Context) -> anyhow::Result<Vec<Known>> {
    if head.is_draft() {
        bail!(
            "it is a draft, made from a plan that was not committed. Commit the plan and write the paper again"
        );
    }
    let files = context.files().map(|found| found.files).unwrap_or_default();
    let near = files.first().map_or(paper, |file| &file.path);
    let repository = Repository::containing(near)?;
    let plan = |path: &str, commit: &str| {
        let tree = repository.tree(&repository.commit(commit)?)?;
        let plan = plan_in(&repository, &tree, &[Path::new(path)], &mut Reader::default())?;
        plan.with_context(|| format!("there is no valid plan {} at {commit}", printable(path)))
    };
    let known = |origin: &Origin| {
        let now = plan(&origin.path, origin.commit.as_deref().unwrap_or_default())?;
        let earlier = origin.earlier.as_ref();
        let earlier = earlier.map(|(path, commit)| plan(path, commit)).transpose()?;
        Ok((origin.name.clone(), now, earlier))
    };
    head.origins.iter().map(known).collect()
}

/// The short names of the commits, each once.
fn commits(head: &Head) -> String {
    let mut commits: Vec<&str> =
        head.origins.iter().filter_map(|origin| origin.commit.as_deref()?.get(..10)).collect();
    commits.dedup();
    commits.join(", ")
}
