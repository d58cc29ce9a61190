//! `plan log`: lists who changed what and when, from the versions of the file in git.

use std::{cmp::Reverse, collections::HashSet, path::Path};

use super::name_in_repository;
use crate::{
    app::{Context, Failure, Files, Output, unknown},
    cli::LogArgs,
    file::{self, FileError, FoundFiles, NamedFile, Reader},
    git::Repository,
    history::{BranchStep, Commit, Content, History, Version, nearest_gone},
    model::{Id, Plan, Recommendations, readings},
    output::{Answer, Change, Changed, Committed, Log, PlanLog},
    plan_diff::{ChangeKind, Difference, Item, PlanChange, begun, between, of_whole_plan},
};

pub fn run(args: &LogArgs, context: &Context) -> Result<Output, Failure> {
    let LogRequest { files, mut broken, mut notices } = LogRequest::new(context)?;
    let mut stories = Vec::new();
    for (file, last) in files {
        match Story::of(file, last.as_ref()) {
            Ok(story) => stories.push(story),
            Err(failure) => broken.push(failure),
        }
    }
    if stories.is_empty() {
        return Err(Failure::All(broken));
    }
    let wanted = wanted_ids(&args.ids, &stories)?;
    if !wanted.is_empty() {
        stories.retain(|story| wanted.iter().any(|wanted| story.has(wanted)));
    }
    let cut = stories.iter().filter(|story| story.is_cut).map(|story| {
        let path = name_in_repository(&story.file.path);
        format!("{path}: this clone is shallow and lacks the older changes; fetch them with `git fetch --unshallow`\n")
    });
    notices.extend(cut);
    let plans = stories.iter_mut().map(|story| story.log(&wanted)).collect();
    let log = Log { as_of: context.as_of(), plans };
    let text = context.print(&args.read.output, &Answer::Log(&log))?;
    Ok(Output { text, notices, flagged: false, broken, ..Output::default() })
}

/// The plan files whose log is requested, and the errors about files that could not be read.
struct LogRequest {
    /// The plan files, each with the last commit to include in its log. Without a commit, the log includes uncommitted
    /// changes.
    files: Vec<(NamedFile, Option<Commit>)>,
    broken: Vec<Failure>,
    notices: String,
}

impl LogRequest {
    fn new(context: &Context) -> Result<Self, Failure> {
        if context.is_present() {
            let found = present_files(context)?;
            let files = found.files.into_iter().map(|file| (file, None)).collect();
            let broken = found.unreadable.into_iter().map(Into::into).collect();
            return Ok(Self { files, broken, notices: String::new() });
        }
        let Files { opened, broken, notices } = context.open()?;
        let files = opened.into_iter().map(|opened| {
            let (path, last) = opened.place();
            (NamedFile { path: path.to_path_buf(), name: opened.file.name.clone() }, last.cloned())
        });
        Ok(Self { files: files.collect(), broken, notices })
    }
}

/// Returns the plan files that exist now. If there is none, returns the nearest plan file that a commit deleted.
fn present_files(context: &Context) -> Result<FoundFiles, Failure> {
    let missing = match context.files() {
        Err(missing @ FileError::NotFound(..)) => missing,
        found => return Ok(found?),
    };
    match nearest_gone().ok().flatten() {
        Some(path) => {
            Ok(FoundFiles { files: vec![NamedFile { path, name: None }], unreadable: Vec::new() })
        }
        None => Err(missing.into()),
    }
}

/// A plan's name, if the user typed one, and the id of an item.
type WantedId<'a> = (Option<&'a str>, &'a str);

/// Reads the ids that the user typed. An id that no version of any plan has is an error.
fn wanted_ids<'a>(typed: &'a [String], stories: &[Story]) -> Result<Vec<WantedId<'a>>, Failure> {
    let names: Vec<&str> = stories.iter().filter_map(|story| story.file.name.as_deref()).collect();
    let is_known = |wanted: &WantedId<'_>| stories.iter().any(|story| story.has(wanted));
    let plans = stories.iter().map(|story| (story.file.name.as_deref(), story.last.as_ref()));
    let read = |typed: &'a String| {
        readings(typed, &names).find(is_known).ok_or_else(|| unknown(typed, plans.clone()))
    };
    typed.iter().map(read).collect()
}

/// The history of a plan: the changes in each version.
struct Story {
    file: NamedFile,
    /// The newest valid version read so far.
    last: Option<Plan>,
    is_gone: bool,
    is_unreadable: bool,
    /// The changes of each version, oldest first.
    changes: Vec<Vec<Change>>,
    /// True if the history is incomplete, because a shallow clone lacks the older versions.
    is_cut: bool,
}

impl Story {
    /// Reads the versions of a plan up to the commit `last`. Without `last`, uncommitted changes are included.
    fn of(file: NamedFile, last: Option<&Commit>) -> Result<Self, Failure> {
        let history = History::of(&file.path, last)?;
        let is_cut = history.is_cut;
        let mut story = Self {
            file,
            last: None,
            is_gone: false,
            is_unreadable: false,
            changes: Vec::new(),
            is_cut,
        };
        let editions = history.plans(&history.versions)?;
        let editions = editions.collect::<anyhow::Result<Vec<_>>>()?;
        let mut branches = Branches::new(history.steps_on_branches()?);
        for edition in editions.into_iter().rev() {
            story.add(Some(committed(edition.version)), edition.content);
            if edition.version.is_merge {
                story.changes.last_mut().into_iter().for_each(|changes| branches.sign(changes));
            }
        }
        if last.is_some() {
            return Ok(story);
        }
        let present = present(&story.file)?;
        let is_known = match present {
            Content::Plan(_) => false,
            Content::Invalid(_) => story.is_unreadable,
            Content::Gone => story.is_gone || is_left_out(&story.file.path)?,
        };
        if !is_known {
            story.add(None, present);
        }
        Ok(story)
    }

    /// Compares the next version of the plan with the version before, and adds the differences to `changes`.
    fn add(&mut self, commit: Option<Committed>, content: Content) {
        let was_gone = std::mem::take(&mut self.is_gone);
        self.is_unreadable = false;
        let changed: Vec<Changed> = match content {
            Content::Invalid(why) => {
                self.is_gone = was_gone;
                self.is_unreadable = true;
                vec![Changed::Unreadable(why)]
            }
            Content::Gone => {
                self.is_gone = true;
                vec![Changed::Difference(of_whole_plan(PlanChange::Gone).into())]
            }
            Content::Plan(plan) => {
                let differences: Vec<Difference> = match &self.last {
                    None if self.is_cut => Vec::new(),
                    None => vec![begun(&plan)],
                    Some(last) => {
                        let back = was_gone.then(|| of_whole_plan(PlanChange::Back)).into_iter();
                        back.chain(between(last, &plan)).collect()
                    }
                };
                self.last = Some(plan);
                differences.into_iter().map(|one| Changed::Difference(one.into())).collect()
            }
        };
        let changes = changed.into_iter().map(|what| Change { commit: commit.clone(), what });
        self.changes.push(changes.collect());
    }

    /// Checks whether any version of the plan has the wanted id.
    fn has(&self, (plan, wanted): &WantedId<'_>) -> bool {
        let mut ids = self.last.iter().flat_map(Plan::ids).chain(self.changed_ids());
        self.is_called(*plan) && ids.any(|id| id.as_str() == *wanted)
    }

    fn is_called(&self, plan: Option<&str>) -> bool {
        plan.is_none() || plan == self.file.name.as_deref()
    }

    fn changed_ids(&self) -> impl Iterator<Item = &Id> {
        self.changes.iter().flatten().filter_map(|change| id(&change.what))
    }

    /// Returns the changes of the wanted items, newest first. If no item is wanted, returns all changes.
    fn log(&mut self, wanted: &[WantedId<'_>]) -> PlanLog<'_> {
        let now = self.last.iter().flat_map(|plan| &plan.recommendations).map(|known| &known.id);
        let differences = self.changes.iter().flatten().filter_map(|one| one.what.difference());
        let earlier = differences.filter_map(|difference| match &difference.item {
            Item::Recommendation(id) => Some(id),
            _ => None,
        });
        let known: Vec<Id> = now.chain(earlier).cloned().collect();
        let known: Recommendations<'_> = known.iter().collect();
        let own = wanted.iter().filter(|(plan, _)| self.is_called(*plan));
        let ids: HashSet<&str> = own.map(|(_, id)| *id).collect();
        let is_wanted = |change: &Change| match id(&change.what) {
            Some(id) => {
                ids.is_empty()
                    || ids.contains(id.as_str())
                    || known.of(id).is_some_and(|whole| ids.contains(whole))
            }
            None => ids.is_empty() || is_of_all(&change.what),
        };
        let changes = std::mem::take(&mut self.changes).into_iter().rev().flatten();
        PlanLog {
            path: name_in_repository(&self.file.path),
            plan: self.last.as_ref(),
            changes: changes.filter(is_wanted).collect(),
            is_cut: self.is_cut,
        }
    }
}

/// The changes made on merged branches, each with its commit.
struct Branches(Vec<(Committed, Difference)>);

impl Branches {
    fn new(steps: Vec<BranchStep>) -> Self {
        let changes = steps.into_iter().flat_map(|step| {
            let commit = committed(&step.version);
            let differences = match (&step.before, &step.after) {
                (Content::Plan(before), Content::Plan(after)) => between(before, after),
                (Content::Gone, Content::Plan(after)) => vec![begun(after)],
                _ => Vec::new(),
            };
            differences.into_iter().map(move |difference| (commit.clone(), difference))
        });
        Self(changes.collect())
    }

    /// Finds the changes that came from merged branches, and replaces the merge commit of each by the commit that made
    /// the change on the branch. Then sorts the changes, newest first.
    fn sign(&mut self, changes: &mut [Change]) {
        for change in changes.iter_mut() {
            let Some(difference) = change.what.difference() else { continue };
            let found = self.0.iter().position(|(_, made)| made.has_same_outcome(difference));
            if let Some(found) = found {
                change.commit = Some(self.0.remove(found).0);
            }
        }
        changes.sort_by_key(|change| Reverse(change.commit.as_ref().map(|commit| commit.day)));
    }
}

/// Reads the plan file from disk.
fn present(file: &NamedFile) -> Result<Content, Failure> {
    match file::read(&file.path) {
        Ok(text) => Ok(Content::of(&mut Reader::default(), text.into_bytes())),
        Err(FileError::Missing(..) | FileError::DanglingLink(..)) => Ok(Content::Gone),
        Err(FileError::NotUtf8(..)) => Ok(Content::Invalid("not UTF-8 text".to_owned())),
        Err(error) => Err(error.into()),
    }
}

/// Checks whether a sparse checkout leaves the file out of the working tree.
fn is_left_out(path: &Path) -> anyhow::Result<bool> {
    let repository = Repository::containing(path)?;
    Ok(repository.index()?.leaves_out(&repository.path(path)?))
}

fn committed(version: &Version) -> Committed {
    Committed {
        name: version.commit.short().to_owned(),
        author: version.author.clone(),
        day: version.authored,
    }
}

fn id(changed: &Changed) -> Option<&Id> {
    changed.difference()?.item.id()
}

/// Checks whether a change concerns the whole plan, for example because the plan is new or was deleted.
fn is_of_all(changed: &Changed) -> bool {
    let difference = changed.difference();
    difference.is_none_or(|difference| matches!(difference.change, ChangeKind::Plan(_)))
}
