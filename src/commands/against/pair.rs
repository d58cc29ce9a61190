//! Pairs each present plan with its earlier version, and finds earlier plans that are gone.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::{Against, Base, EarlierPlan, RevisionComparison};
use crate::{
    app::{DecodedFile, contents_in, every_plan},
    checks::Finding,
    file::{Reader, printable_path},
    git::{Commit, Tree},
    model::{Plan, Rule},
    output::printable,
    plan_diff::lineage,
};

/// The share of an earlier plan, from 0 to 1, that a new plan must contain to be regarded as its later version.
const LEAST: f32 = 0.5;

/// The maximum number of older versions to read in the search for a valid version.
const MOST_VERSIONS: usize = 200;

/// A plan and its earlier version.
pub struct Pair<'p> {
    pub file: &'p DecodedFile,
    /// The path of the plan relative to the top of the repository, with symbolic links left as they are.
    pub path: PathBuf,
    pub against: Against,
}

/// All present plans with their earlier versions, and the earlier plans that are gone.
pub struct PlanPairs<'p> {
    pub pairs: Vec<Pair<'p>>,
    pub gone: Vec<Gone>,
}

/// An earlier plan that is missing among the present plans.
pub struct Gone {
    /// The path of the plan in the earlier revision.
    pub path: PathBuf,
    /// The path of the plan and the earlier revision, as one text for messages.
    pub name: String,
    pub text: String,
    /// True if there is still a file at this path, but the file is not among the plans being checked.
    pub is_replaced: bool,
}

impl Gone {
    /// Returns the finding that reports the missing plan.
    pub fn finding(&self) -> Finding {
        let path = printable_path(&self.path);
        let (title, help) = if self.is_replaced {
            (
                format!("the plan {path} is missing from the plans being checked"),
                "check this plan too: add --file PATH",
            )
        } else {
            (
                format!("the plan {path} was deleted or moved"),
                "restore the plan; if it was renamed, check it under its new name",
            )
        };
        Finding::new(Rule::Vanished, 0..0, title).earlier(0..0, "was here").help(help)
    }
}

/// A plan in the earlier commit that may be a former version of a present plan.
struct EarlierCandidate {
    path: PathBuf,
    /// The decoded plan; `None` if the text is invalid.
    decoded: Option<Plan>,
    is_gone: bool,
}

impl RevisionComparison {
    /// Finds the earlier version of each plan: first by the path or by a rename in git, then by similar content.
    pub fn pair<'p>(&self, files: &'p [DecodedFile]) -> anyhow::Result<PlanPairs<'p>> {
        let paths = files.iter().map(|file| self.repository.path(file.path()));
        let paths = paths.collect::<anyhow::Result<Vec<_>>>()?;
        let (against, gone) = match &self.base {
            Ok(base) => self.pair_with(files, &paths, base)?,
            Err(why) => {
                (files.iter().map(|_| Against::New((*why).to_owned())).collect(), Vec::new())
            }
        };
        let pairs = files.iter().zip(paths).zip(against);
        let pairs = pairs.map(|((file, path), against)| Pair { file, path, against }).collect();
        Ok(PlanPairs { pairs, gone })
    }

    fn pair_with(
        &self,
        files: &[DecodedFile],
        paths: &[PathBuf],
        base: &Base,
    ) -> anyhow::Result<(Vec<Against>, Vec<Gone>)> {
        let mut found: Vec<Option<PathBuf>> = Vec::new();
        for path in paths {
            self.must_be_tracked(path)?;
            found.push(base.tree.file(path)?.map(|_| path.clone()));
        }
        for (index, path) in paths.iter().enumerate() {
            if found[index].is_none() {
                found[index] = self.renamed(&found, path, base)?;
            }
        }
        let mut gone = self.plans_before(&self.named)?;
        if found.iter().any(Option::is_none) {
            let known = found.clone();
            let candidates = self.candidates(&base.tree, &found)?;
            pair_by_lineage(files, &mut found, &candidates);
            // A new plan may be the replacement for any of the earlier plans that are gone, so all of them are
            // reported.
            let is_new =
                |found: &Option<PathBuf>| found.as_ref().is_none_or(|path| self.is_there(path));
            if known.iter().zip(&found).any(|(known, found)| known.is_none() && is_new(found)) {
                let lost = candidates.into_iter().filter(|candidate| candidate.is_gone);
                gone.extend(lost.map(|candidate| candidate.path));
            }
        }
        gone.retain(|path| found.iter().flatten().all(|found| found != path));
        gone.sort();
        gone.dedup();
        let mut against = Vec::new();
        for earlier in &found {
            against.push(match earlier {
                Some(earlier) => self.earlier(earlier, base)?,
                None => Against::New(format!("since {}", base.commit.short())),
            });
        }
        let gone = gone.into_iter().map(|plan| self.gone(plan, &base.tree));
        Ok((against, gone.collect::<anyhow::Result<_>>()?))
    }

    /// Returns an error if git does not track the file, because git cannot detect a rename of an untracked file.
    fn must_be_tracked(&self, path: &Path) -> anyhow::Result<()> {
        if !self.is_on_disk || self.tree.leaves_out(path) {
            return Ok(());
        }
        let real = self.repository.real_path(path)?;
        if !self.tree.has(&real) {
            bail!(
                "{}: git does not track this file, so it has no earlier version; add the file with `git add`",
                real.display()
            );
        }
        Ok(())
    }

    /// Returns the path that a plan had before a rename. Returns `None` if git reports no rename.
    fn renamed(
        &self,
        found: &[Option<PathBuf>],
        path: &Path,
        base: &Base,
    ) -> anyhow::Result<Option<PathBuf>> {
        let file = self.tree.file(path)?;
        let real = file.map_or_else(|| path.to_path_buf(), |file| file.path);
        for old in self.repository.former_paths(&real, &base.commit, self.commit.as_ref())? {
            if !found.iter().flatten().any(|found| *found == old) && base.tree.file(&old)?.is_some()
            {
                return Ok(Some(old));
            }
        }
        Ok(None)
    }

    /// Returns the plans of the earlier commit that are not paired with a present plan yet.
    fn candidates(
        &self,
        tree: &Tree,
        found: &[Option<PathBuf>],
    ) -> anyhow::Result<Vec<EarlierCandidate>> {
        let mut paths = every_plan(tree)?;
        paths.retain(|path| !found.iter().flatten().any(|found| found == path));
        let contents = contents_in(tree, &paths)?.into_iter();
        let candidates = contents.zip(paths).map(|(content, path)| EarlierCandidate {
            decoded: String::from_utf8(content).ok().and_then(|text| decoded(&text)),
            is_gone: !self.is_there(&path),
            path,
        });
        Ok(candidates.collect())
    }

    /// Reads the earlier version of a plan. If this version is invalid, reads the newest valid version before it.
    fn earlier(&self, path: &Path, base: &Base) -> anyhow::Result<Against> {
        let Base { commit, tree, .. } = base;
        let Some(file) = tree.file(path)? else {
            bail!("{}: this file does not exist at {}", path.display(), tree.name);
        };
        let content = tree.content(&file)?;
        let path = path.to_path_buf();
        let name =
            |commit: &Commit| printable(&format!("{} at {}", path.display(), commit.short()));
        match valid(content) {
            Ok(text) => {
                let name = name(commit);
                return Ok(Against::Version(EarlierPlan { name, text, invalid: None, path }));
            }
            // A plan in a newer format is not broken, so no older version replaces it.
            Err(rules) if rules.contains(&Rule::NewerFormat) => {
                return Ok(Against::NeverValid(name(commit)));
            }
            Err(_) => {}
        }
        let versions = self.repository.versions(commit, &file.path)?.all;
        for version in self.repository.contents_of(&versions)?.take(MOST_VERSIONS) {
            let (version, content) = version?;
            if let Some(text) = content.and_then(|content| valid(content).ok()) {
                let (name, invalid) = (name(&version.commit), Some(name(commit)));
                return Ok(Against::Version(EarlierPlan { name, text, invalid, path }));
            }
        }
        Ok(Against::NeverValid(name(commit)))
    }

    fn gone(&self, path: PathBuf, tree: &Tree) -> anyhow::Result<Gone> {
        let content = tree.content_at(&path)?.unwrap_or_default();
        Ok(Gone {
            name: printable(&format!("{} at {}", path.display(), tree.name)),
            text: String::from_utf8_lossy(&content).into_owned(),
            is_replaced: self.is_there(&path),
            path,
        })
    }
}

/// Decodes a plan. Returns `None` if the text is invalid.
pub fn decoded(text: &str) -> Option<Plan> {
    Reader::default().decode(text).ok().map(|read| read.plan)
}

/// Returns the content as text if it is a valid plan, else the rules that the plan breaks.
fn valid(content: Vec<u8>) -> Result<String, Vec<Rule>> {
    let text = String::from_utf8(content).map_err(|_| Vec::new())?;
    match Reader::default().decode(&text) {
        Ok(_) => Ok(text),
        Err(faults) => Err(faults.into_iter().map(|fault| fault.rule).collect()),
    }
}

/// Pairs each new plan with the most similar earlier plan, and prefers earlier plans that are gone.
fn pair_by_lineage(
    files: &[DecodedFile],
    found: &mut [Option<PathBuf>],
    candidates: &[EarlierCandidate],
) {
    for (file, found) in files.iter().zip(found).filter(|(_, found)| found.is_none()) {
        let Some(plan) = file.plan() else { continue };
        let shares = candidates
            .iter()
            .filter_map(|candidate| Some((lineage(candidate.decoded.as_ref()?, plan), candidate)));
        let likely = shares.filter(|(share, _)| *share >= LEAST);
        let best = likely.max_by(|(share, one), (least, other)| {
            one.is_gone.cmp(&other.is_gone).then(share.total_cmp(least))
        });
        *found = best.map(|(_, candidate)| candidate.path.clone());
    }
}
