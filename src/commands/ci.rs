//! What was found, told to a system that runs checks, in its own format.

use std::{env, path::Path};

use crate::{
    git,
    model::Rule,
    render::{self, Checked, CiFormat, junit::Case},
    store,
};

/// One report of `command` on every plan. `rules` are those that were looked for, `cases` what was
/// looked at in the plan at a position. For GitHub the summary of the step is written too.
///
/// # Errors
/// The summary cannot be written.
pub fn report<'a>(
    format: CiFormat,
    command: &str,
    checked: &'a [Checked<'a>],
    rules: &[Rule],
    cases: impl Fn(usize, &'a Checked<'a>) -> Vec<Case<'a>>,
) -> anyhow::Result<String> {
    match format {
        CiFormat::Github => {
            let summary = env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty());
            if let Some(path) = summary {
                store::append(Path::new(&path), &render::github::summary(checked, command))?;
            }
            Ok(render::github::annotations(checked, command))
        }
        CiFormat::Gitlab => render::gitlab::report(checked),
        CiFormat::Junit => render::junit::report(command, checked, cases),
        CiFormat::Sarif => render::sarif::report(checked, rules),
    }
}

/// The path as the file's repository names it, which is how these systems find the file again.
pub fn name(path: &Path) -> String {
    git::path_in_repository(path)
        .unwrap_or_else(|| path.to_path_buf())
        .display()
        .to_string()
}
