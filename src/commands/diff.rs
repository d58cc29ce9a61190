//! `plan diff`: lists the differences between two versions of a plan, by recommendation and action.

use anyhow::Context as _;

use super::against::{Against, Gone, Pair, PlanPairs, RevisionComparison, decoded};
use crate::{
    app::{Context, DecodedFile, Failure, Files, Output},
    cli::DiffArgs,
    model::Plan,
    output::{Answer, Diff, PlanDiff},
    plan_diff::{PlanChange, begun, between, of_whole_plan},
};

pub fn run(args: &DiffArgs, context: &Context) -> Result<Output, Failure> {
    let mut revisions = args.revisions.iter().map(String::as_str);
    let comparison = RevisionComparison::between(revisions.next(), revisions.next(), context)?;
    let Files { opened, mut broken, .. } = comparison.open(context)?;
    let files: Vec<DecodedFile> = opened.into_iter().map(DecodedFile::from).collect();
    let PlanPairs { pairs, gone } = comparison.pair(&files).context("cannot compare")?;
    let mut notices = String::new();
    let mut versions: Vec<BothVersions> = Vec::new();
    for pair in &pairs {
        match BothVersions::new(pair, context) {
            Ok(version) => {
                if version.earlier.is_some() {
                    notices.push_str(&pair.against.notice(&version.path));
                }
                versions.push(version);
            }
            Err(failure) => broken.push(failure),
        }
    }
    versions.extend(gone.iter().map(BothVersions::gone));
    if versions.is_empty() {
        return Err(Failure::All(broken));
    }
    let plans: Vec<PlanDiff<'_>> = versions.iter().map(BothVersions::diff).collect();
    let differs = plans.iter().any(|plan| !plan.differences.is_empty());
    let (from, to) = comparison.commits();
    let diff = Diff { as_of: context.as_of(), from, to, plans };
    let text = context.print(&args.output, &Answer::Diff(&diff))?;
    Ok(Output { text, notices, flagged: differs && !args.exit_zero, broken, ..Output::default() })
}

/// The earlier and the present version of a plan. Either version may be missing.
struct BothVersions<'p> {
    path: String,
    earlier: Option<Plan>,
    present: Option<&'p Plan>,
}

impl<'p> BothVersions<'p> {
    fn new(pair: &Pair<'p>, context: &Context) -> Result<Self, Failure> {
        let Pair { file, path, against } = pair;
        let invalid = |faults: &Vec<_>| context.invalid(file.path(), file.text(), faults.clone());
        let present = file.read.as_ref().map_err(invalid)?;
        let earlier = match against {
            Against::Version(earlier) => file.reader().decode(&earlier.text).ok(),
            Against::New(_) => None,
            Against::NeverValid(name) => {
                let report = format!("neither {name} nor any earlier version is a valid plan\n");
                return Err(Failure::Invalid { report });
            }
        };
        Ok(Self {
            path: path.display().to_string(),
            earlier: earlier.map(|read| read.plan),
            present: Some(&present.plan),
        })
    }

    fn gone(gone: &Gone) -> Self {
        let path = gone.path.display().to_string();
        Self { path, earlier: decoded(&gone.text), present: None }
    }

    fn diff(&self) -> PlanDiff<'_> {
        let differences = match (&self.earlier, self.present) {
            (Some(earlier), Some(present)) => between(earlier, present),
            (None, Some(present)) => vec![begun(present)],
            (_, None) => vec![of_whole_plan(PlanChange::Gone)],
        };
        let (path, earlier) = (self.path.clone(), self.earlier.as_ref());
        PlanDiff { path, earlier, present: self.present, differences }
    }
}
