//! `plan report --verify`: derives the figures and quotations of a paper again, from the commits that it names.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context as _, bail};

use super::{
    known::{history, on_days},
    portfolio,
};
use crate::{
    app::{Context, Failure, Output},
    file::{self, Reader},
    git::Repository,
    history::plan_in,
    model::{Day, Plan, printable},
    output::words::counted,
    paper::{self, Head, Marks, Origin, Source},
    query::Tally,
};

pub fn run(path: &Path, context: &Context) -> Result<Output, Failure> {
    let text = file::read(path).map_err(anyhow::Error::from)?;
    let shown = printable(&path.display().to_string());
    let Marks { head, marks } = paper::read(&text)
        .map_err(|broken| anyhow::anyhow!("{shown}:{}: {}", broken.line, broken.reason))?;
    let cannot = || format!("{shown}: it cannot be verified");
    let repository = repository(&head, path, context).with_context(cannot)?;
    let plans = plans(&head, &repository).with_context(cannot)?;
    let known = known(&head, &repository, &paper::days_known(&marks)).with_context(cannot)?;
    let (plans, earlier): (Vec<_>, Vec<_>) =
        plans.into_iter().map(|(name, plan, earlier)| ((name, plan), earlier)).unzip();
    let portfolio = portfolio(head.span.as_of, plans);
    let at = commits(&head);
    let source = Source::new(&portfolio, head.span, &earlier).knowing(known);
    let differences = paper::differences(&marks, &source, &at);
    let total = counted(marks.len(), "figure or quotation", "figures and quotations");
    let mut notices = match differences.len() {
        0 => format!("{shown}: {total} verified at {at}; the words around them are not\n"),
        count => format!("{shown}: {count} of {total} differ from the plan at {at}\n"),
    };
    let missing = head.facts.saturating_sub(marks.len());
    if missing > 0 {
        let written = counted(head.facts, "figure or quotation", "figures and quotations");
        notices.push_str(&format!(
            "{shown}: it was written with {written}; {missing} of them no longer stand in a mark, so they are not verified\n"
        ));
    }
    let text = differences.iter().map(|difference| format!("{difference}\n")).collect();
    let flagged = !differences.is_empty() || missing > 0;
    Ok(Output { notices, flagged, ..Output::text(text) })
}

/// The name of a plan, the plan, and how it was known when the period began.
type Known = (Option<String>, Plan, Option<Plan>);

/// The repository is the one of the plan that the command line means, else the one of the paper.
fn repository(head: &Head, paper: &Path, context: &Context) -> anyhow::Result<Repository> {
    if head.is_draft() {
        bail!(
            "it is a draft, made from a plan that was not committed. Commit the plan and write the paper again"
        );
    }
    let files = context.files().map(|found| found.files).unwrap_or_default();
    let near = files.first().map_or(paper, |file| &file.path);
    Repository::containing(near)
}

/// The plans that a paper was made from, at its commits.
fn plans(head: &Head, repository: &Repository) -> anyhow::Result<Vec<Known>> {
    let plan = |path: &str, commit: &str| {
        let tree = repository.tree(&repository.commit(commit)?)?;
        let plan = plan_in(repository, &tree, &[Path::new(path)], &mut Reader::default())?;
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

/// What git knew on the days that the paper tells of, up to its commits.
fn known(
    head: &Head,
    repository: &Repository,
    days: &BTreeSet<Day>,
) -> anyhow::Result<BTreeMap<Day, Tally>> {
    if days.is_empty() {
        return Ok(BTreeMap::new());
    }
    let histories = head.origins.iter().map(|origin| history(repository, origin));
    let histories = histories.collect::<anyhow::Result<Vec<_>>>()?;
    on_days(&histories, days)
}

/// The short names of the commits, each once.
fn commits(head: &Head) -> String {
    let mut commits: Vec<&str> =
        head.origins.iter().filter_map(|origin| origin.commit.as_deref()?.get(..10)).collect();
    commits.dedup();
    commits.join(", ")
}
