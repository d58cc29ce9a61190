//! `plan diff`: what differs between two versions of a plan, by recommendation and action.

use super::against::{Against, Comparison, decoded};
use crate::{
    app::{Context, Failure, Files, Output},
    changes::{begun, between, gone},
    cli::DiffArgs,
    file::Reader,
    model::Plan,
    output::{Answer, Diff, PlanDiff},
};

pub fn run(args: &DiffArgs, context: &Context) -> Result<Output, Failure> {
    let mut revisions = args.revisions.iter().map(String::as_str);
    let comparison = Comparison::between(revisions.next(), revisions.next(), context)?;
    let Files { opened, mut broken, .. } = comparison.open(context)?;
    let read = opened.iter().map(|file| Reader::default().decode(&file.text));
    let read: Vec<_> = read.collect();
    let presents = opened.iter().zip(&read).map(|(file, read)| {
        let read = read.as_ref().ok().map(|read| (file.text.as_str(), read));
        comparison.present(file.path(), read)
    });
    let presents = presents.collect::<Result<Vec<_>, _>>()?;
    let pairs = comparison.pair(&presents)?;
    let mut notices = String::new();
    let mut versions: Vec<Version> = Vec::new();
    for (index, against) in pairs.against.iter().enumerate() {
        let (file, path) = (&opened[index], presents[index].path.display().to_string());
        let present = match &read[index] {
            Ok(read) => read,
            Err(faults) => {
                broken.push(context.invalid(file.path(), &file.text, faults.clone()));
                continue;
            }
        };
        let earlier = match against {
            Against::Version(earlier) => {
                let read = Reader::after(&file.text, present).decode(&earlier.text);
                read.ok().map(|read| read.plan)
            }
            Against::New { .. } => None,
            Against::NeverValid { name } => {
                let report =
                    format!("{name} is no valid plan, and neither is a version before it\n");
                broken.push(Failure::Invalid { report });
                continue;
            }
        };
        if earlier.is_some() {
            notices.push_str(&against.notice(&path));
        }
        versions.push(Version { path, earlier, present: Some(&present.plan) });
    }
    versions.extend(pairs.gone.iter().map(|gone| {
        let path = gone.path.display().to_string();
        Version { path, earlier: decoded(&gone.text), present: None }
    }));
    if versions.is_empty() {
        return Err(Failure::All(broken));
    }
    let plans: Vec<PlanDiff<'_>> = versions.iter().map(Version::diff).collect();
    let differs = plans.iter().any(|plan| !plan.differences.is_empty());
    let (from, to) = comparison.commits();
    let diff = Diff { as_of: context.as_of(), from, to, plans };
    let text = context.print(args.format, &Answer::Diff(&diff))?;
    Ok(Output { text, notices, flagged: differs && !args.exit_zero, broken })
}

/// A plan in both versions.
struct Version<'p> {
    path: String,
    earlier: Option<Plan>,
    present: Option<&'p Plan>,
}

impl Version<'_> {
    fn diff(&self) -> PlanDiff<'_> {
        let differences = match (&self.earlier, self.present) {
            (Some(earlier), Some(present)) => between(earlier, present),
            (None, Some(present)) => vec![begun(present)],
            (_, None) => vec![gone()],
        };
        let (path, earlier) = (self.path.clone(), self.earlier.as_ref());
        PlanDiff { path, earlier, present: self.present, differences }
    }
}
