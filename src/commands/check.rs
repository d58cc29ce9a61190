//! `plan check`: lists the errors and warnings of a plan file. The exit status is 1 if there is an error.

use std::{cmp::Reverse, collections::HashSet};

use anyhow::Context as _;

use super::{
    against::{Against, Compared, Gone, Pair, PlanPairs, RevisionComparison},
    check_levels::Levels,
    name_in_repository, print_findings,
};
use crate::{
    app::{Context, DecodedFile, Failure, Files, Output},
    checks::{Finding, Location, lints},
    cli::CheckArgs,
    file::{FileError, Places, PlanText, Reader, printable_path},
    model::{Keyword, Level, Plan, Policy, Rule, RuleKind, Severity},
    output::{Answer, Checked, Earlier, Findings, NO_FAULT, printable, summary},
};

pub fn run(args: &CheckArgs, context: &Context) -> Result<Output, Failure> {
    let check = Check { args, levels: Levels::new(args)?, context };
    if args.list {
        return list(args, &check.levels, context);
    }
    let comparison = RevisionComparison::new(args, context)?;
    let Files { opened, broken, mut notices } = match &comparison {
        Some(comparison) => comparison.open(context)?,
        None => context.open()?,
    };
    let files: Vec<DecodedFile> = opened.into_iter().map(DecodedFile::from).collect();
    let Some(comparison) = comparison else {
        let looked = files.iter().map(|file| check.look(file, Compared::default(), None));
        return check.output(looked.collect(), notices, broken);
    };
    let PlanPairs { pairs, gone } = comparison.pair(&files).context("cannot compare")?;
    let mut looked = Vec::new();
    for pair in &pairs {
        let compared = comparison.compare(pair, context.as_of()).context("cannot compare")?;
        looked.push(check.look(pair.file, compared, Some(&pair.against)));
        notices.push_str(&notice(pair));
    }
    looked.extend(gone.iter().map(|gone| check.gone(gone)));
    check.output(looked, notices, broken)
}

/// Returns a line about the comparison of a plan with its earlier version.
fn notice(pair: &Pair<'_>) -> String {
    match pair.file.plan() {
        Some(_) => pair.against.notice(&printable(&name_in_repository(pair.file.path()))),
        None => "not compared: the plan is invalid\n".to_owned(),
    }
}

/// The settings of one run of `plan check`.
struct Check<'c> {
    args: &'c CheckArgs,
    levels: Levels,
    context: &'c Context,
}

impl Check<'_> {
    /// Checks one file and returns its findings.
    fn look<'d>(
        &self,
        file: &'d DecodedFile,
        compared: Compared<'_>,
        against: Option<&'d Against>,
    ) -> Checked<'d> {
        let policy = file.plan().map_or_else(Policy::default, |plan| plan.policy.clone());
        let (findings, earlier_warnings) = match &file.read {
            Err(faults) => (faults.clone(), 0),
            Ok(read) => self.judge(file.text(), read, compared),
        };
        let is_on = |rule: &Rule| self.levels.level(*rule, &policy) != Level::Off;
        Checked {
            name: name_in_repository(file.path()),
            plan: file.plan(),
            earlier_warnings,
            earlier: against.and_then(Against::earlier),
            cases: rules().filter(is_on).map(|rule| rule.word().to_owned()).collect(),
            ..self.context.checked(file.path(), file.text(), findings)
        }
    }

    /// Returns the findings to show for a valid plan, and the number of warnings that are not shown because the earlier
    /// version has them too.
    fn judge(&self, text: &str, read: &PlanText, compared: Compared<'_>) -> (Vec<Finding>, usize) {
        let mut found = self.lints(&read.plan);
        found.extend(compared.found);
        let mut found = self.levelled(found, &read.plan, compared.policy.as_ref());
        let earlier = compared.earlier.as_ref();
        let all = found.len();
        if let Some((earlier, _)) = earlier.filter(|_| self.args.output.format().name == "table") {
            let known = self.warnings(&earlier.plan);
            found.retain(|finding| !is_earlier_warning(finding, &known));
        }
        let left_out = all - found.len();
        let mut earlier_places = earlier.map(|(read, text)| Places::new(text, &read.pieces));
        let mut places = Places::new(text, &read.pieces);
        places.locate_all(&mut found, earlier_places.as_mut());
        found.sort_by_key(|finding| {
            let is_usual = finding.rule != Rule::PolicyLoosened;
            (Reverse(finding.severity), is_usual, finding.at.bytes().start)
        });
        (found, left_out)
    }

    /// Drops the findings of rules that are off. Sets the severity and the subject of the other findings.
    fn levelled(&self, found: Vec<Finding>, plan: &Plan, earlier: Option<&Policy>) -> Vec<Finding> {
        let levelled = found.into_iter().filter_map(|finding| {
            let level = self.levels.level_since(finding.rule, &plan.policy, earlier);
            let severity = level.severity()?;
            // A note stays a note, whatever level its rule has.
            let is_note = finding.severity == Severity::Note;
            Some(Finding {
                severity: if is_note { Severity::Note } else { severity },
                subject: Some(subject(&finding, plan)),
                ..finding
            })
        });
        levelled.collect()
    }

    /// Returns the warnings that the lints find in an earlier version of the plan.
    fn warnings(&self, plan: &Plan) -> HashSet<Warning> {
        let found = self.lints(plan).into_iter();
        found.map(|finding| (finding.rule, subject(&finding, plan), finding.title)).collect()
    }

    fn lints(&self, plan: &Plan) -> Vec<Finding> {
        let day = self.context.as_of();
        // A history rule runs even if the policy of `plan` switches it off, because the policy of the earlier version
        // may set a stricter level.
        let is_on = |rule: Rule| {
            rule.is_history_rule() || self.levels.level(rule, &plan.policy) != Level::Off
        };
        lints(plan, day, day.max(self.context.today()), is_on)
    }

    /// Reports a missing earlier plan as if it were a checked file with one finding.
    fn gone<'g>(&self, gone: &'g Gone) -> Checked<'g> {
        let read = Reader::default().decode(&gone.text);
        let policy = read.map_or_else(|_| Policy::default(), |read| read.plan.policy);
        let severity = self.levels.level(Rule::Vanished, &policy).severity();
        let findings = severity.map(|severity| Finding { severity, ..gone.finding() });
        Checked {
            name: gone.path.display().to_string(),
            earlier: Some(Earlier { name: &gone.name, source: &gone.text }),
            cases: vec![Rule::Vanished.word().to_owned()],
            ..self.context.checked(&gone.path, "", findings.into_iter().collect())
        }
    }

    fn output(
        &self,
        looked: Vec<Checked<'_>>,
        notices: String,
        broken: Vec<Failure>,
    ) -> Result<Output, Failure> {
        if looked.is_empty() {
            return Err(Failure::All(broken));
        }
        let mut earlier = String::new();
        for looked in looked.iter().filter(|looked| looked.earlier_warnings > 0) {
            let warnings = match looked.earlier_warnings {
                1 => "1 warning is not shown, because the earlier version also has it".to_owned(),
                many => {
                    format!(
                        "{many} warnings are not shown, because the earlier version also has them"
                    )
                }
            };
            let path = printable_path(looked.path);
            let line = format!("{path}: {warnings}; to list every warning, run `plan check`\n");
            earlier.push_str(&self.context.given.or(looked.path).in_commands(&line));
        }
        let findings = Findings {
            command: "plan check",
            nothing: NO_FAULT,
            given: &self.context.given,
            is_verbose: self.args.verbose,
            as_of: self.context.as_of(),
            checked: looked,
            rules: rules().collect(),
            case_of: |finding| finding.rule.word(),
        };
        let summary = || summary(&findings);
        let text = print_findings(&self.args.output, &findings, self.context, summary)? + &earlier;
        let mut found = findings.checked.iter().flat_map(|checked| &checked.findings);
        let flagged = found.any(|finding| finding.severity == Severity::Error);
        let flagged = flagged && !self.args.exit_zero;
        Ok(Output { flagged, notices, broken, ..Output::text(text) })
    }
}

/// The rule, the subject and the message of a warning.
type Warning = (Rule, String, String);

/// Checks whether a finding is one of the `known` warnings of the earlier version.
fn is_earlier_warning(finding: &Finding, known: &HashSet<Warning>) -> bool {
    let is_warning = finding.severity == Severity::Warning;
    let subject = finding.subject.clone().unwrap_or_default();
    let warning = (finding.rule, subject, finding.title.clone());
    is_warning && matches!(finding.rule.kind(), RuleKind::Lint(_)) && known.contains(&warning)
}

/// Returns a text that names the subject of a finding by ids, not by lines, so that the text stays the same if lines
/// move.
fn subject(finding: &Finding, plan: &Plan) -> String {
    match (&finding.at, finding.rule.kind()) {
        (Location::KeyPath(place), RuleKind::Format | RuleKind::Lint(_) | RuleKind::Due) => {
            place.subject(plan)
        }
        _ => finding.title.clone(),
    }
}

/// Returns the rules that `plan check` applies.
fn rules() -> impl Iterator<Item = Rule> {
    Rule::ALL.iter().copied().filter(|rule| rule.kind() != RuleKind::Due)
}

fn list(args: &CheckArgs, levels: &Levels, context: &Context) -> Result<Output, Failure> {
    let (policy, notices) = policy(context)?;
    let levels: Vec<(Rule, Level)> =
        rules().map(|rule| (rule, levels.level(rule, &policy))).collect();
    if !args.output.format().prints(&[crate::output::AnswerKind::Rules]) {
        let help = "use `--format table` or `--format json`".to_owned();
        let message = format!("`--list` has no format `{}`", args.output.format().name);
        return Err(Failure::usage(message, Some(help)));
    }
    let text = context.print(&args.output, &Answer::Rules(context.as_of(), &levels))?;
    Ok(Output { notices, ..Output::text(text) })
}

/// Returns the policy of the plan. If there is no plan, returns the default policy and a notice that says so.
fn policy(context: &Context) -> Result<(Policy, String), Failure> {
    match context.plans() {
        Ok(plans) => match plans.portfolio.single() {
            Some(view) => Ok((view.plan.policy.clone(), String::new())),
            None => {
                let help = "name one plan with `--file PATH`".to_owned();
                Err(Failure::usage("each plan has its own levels", Some(help)))
            }
        },
        Err(Failure::File(FileError::NotFound(..))) => Ok((
            Policy::default(),
            "there is no plan here, so these are the default levels; start a plan with `plan init`\n"
                .to_owned(),
        )),
        Err(failure) => Err(failure),
    }
}
