//! `plan check`: every fault of the plan file and every remark on the plan; flagged by an error.

use super::{
    against::{self, Against, Compared},
    check_levels::Levels,
    name_in_repository, print_findings,
};
use crate::{
    app::{Context, Failure, Opened, Output},
    checks::{Finding, Spot, lints},
    cli::CheckArgs,
    file::{FileError, Places, PlanText, Reader},
    model::{Kind, Level, Plan, Policy, Rule, Severity, Word},
    output::{Answer, Checked, Earlier, Findings, printable},
};

pub fn run(args: &CheckArgs, context: &Context) -> Result<Output, Failure> {
    let levels = Levels::new(args)?;
    if args.list {
        return list(args, &levels, context);
    }
    let (opened, broken) = context.open()?;
    if opened.is_empty() {
        return Err(Failure::All(broken));
    }
    let mut files = Vec::with_capacity(opened.len());
    for opened in &opened {
        files.push(Decoded::new(opened, args)?);
    }
    let mut notices = String::new();
    let mut checked = Vec::with_capacity(files.len());
    for file in &files {
        notices.push_str(&file.notice(args));
        checked.push(file.checked(&levels, context));
    }
    let findings = Findings {
        command: "plan check",
        as_of: context.as_of(),
        checked,
        rules: rules().collect(),
        case_of: |finding| finding.rule.word(),
    };
    let text = print_findings(args.format, &findings, context)?;
    let mut found = findings.checked.iter().flat_map(|checked| &checked.findings);
    let flagged = found.any(|finding| finding.severity == Severity::Error);
    Ok(Output { flagged: flagged && !args.exit_zero, notices, broken, ..Output::text(text) })
}

/// A file that was decoded, and what it is compared with.
struct Decoded<'o> {
    opened: &'o Opened,
    plan: Result<PlanText, Vec<Finding>>,
    /// `None` where no comparison is asked for, or the file is no plan.
    against: Option<Against>,
}

impl<'o> Decoded<'o> {
    fn new(opened: &'o Opened, args: &CheckArgs) -> Result<Self, Failure> {
        let plan = Reader::default().decode(&opened.text);
        let against = match &args.against {
            Some(revision) if plan.is_ok() => {
                Some(against::read(opened.path(), revision.as_deref())?)
            }
            _ => None,
        };
        Ok(Self { opened, plan, against })
    }

    /// Everything that was found, with its place and level, in the order of the file.
    fn checked(&self, levels: &Levels, context: &Context) -> Checked<'_> {
        let path = self.opened.path();
        let policy =
            self.plan.as_ref().map_or_else(|_| Policy::default(), |read| read.plan.policy.clone());
        let found = match &self.plan {
            Err(faults) => faults.clone(),
            Ok(read) => self.judge(read, levels, context),
        };
        let is_on = |rule: &Rule| levels.level(*rule, &policy) != Level::Off;
        Checked {
            name: name_in_repository(path),
            plan: self.plan.as_ref().ok().map(|read| &read.plan),
            earlier: self.against.as_ref().and_then(earlier),
            cases: rules().filter(is_on).map(|rule| rule.word().to_owned()).collect(),
            ..Checked::new(path, &self.opened.text, found)
        }
    }

    fn judge(&self, read: &PlanText, levels: &Levels, context: &Context) -> Vec<Finding> {
        let plan = &read.plan;
        let latest = context.as_of().max(context.today());
        let mut found = lints(plan, context.as_of(), latest);
        let compared = match &self.against {
            Some(against) => against.compare(plan),
            None => Compared::default(),
        };
        found.extend(compared.found);
        let mut found: Vec<Finding> = found
            .into_iter()
            .filter_map(|finding| {
                let earlier = compared.policy.as_ref();
                let level = levels.level_since(finding.rule, &plan.policy, earlier);
                Some(Finding {
                    severity: level.severity()?,
                    subject: Some(subject(&finding, plan)),
                    ..finding
                })
            })
            .collect();
        let mut places = Places::new(&self.opened.text, read.pieces.clone());
        let mut earlier = compared.places;
        places.locate_all(&mut found, earlier.as_mut());
        found.sort_by_key(|finding| finding.at.bytes().start);
        found
    }

    /// A line that tells what the plan was compared with.
    fn notice(&self, args: &CheckArgs) -> String {
        match &self.against {
            Some(Against::Version(earlier)) => format!("compared with {}\n", earlier.name),
            Some(Against::New { since }) => {
                let name = printable(&name_in_repository(self.opened.path()));
                format!("{name} is new since {since}: nothing to compare\n")
            }
            Some(Against::NotText { .. }) => String::new(),
            None if args.against.is_some() => "not compared: the plan is invalid\n".to_owned(),
            None => String::new(),
        }
    }
}

fn earlier(against: &Against) -> Option<Earlier<'_>> {
    match against {
        Against::Version(earlier) => Some(Earlier { name: &earlier.name, source: &earlier.text }),
        Against::New { .. } | Against::NotText { .. } => None,
    }
}

/// What a finding is about, in names that do not change when lines move.
fn subject(finding: &Finding, plan: &Plan) -> String {
    match (&finding.at, finding.rule.kind()) {
        (Spot::Place(place), Kind::Format | Kind::Lint(_) | Kind::Due) => place.subject(plan),
        _ => finding.title.clone(),
    }
}

/// The rules that `check` looks for.
fn rules() -> impl Iterator<Item = Rule> {
    Rule::ALL.iter().copied().filter(|rule| rule.kind() != Kind::Due)
}

fn list(args: &CheckArgs, levels: &Levels, context: &Context) -> Result<Output, Failure> {
    let (policy, notices) = policy(context)?;
    let levels: Vec<(Rule, Level)> =
        rules().map(|rule| (rule, levels.level(rule, &policy))).collect();
    if !args.format.prints(crate::output::Kind::Rules) {
        let help = "write `--format table` or `--format json`".to_owned();
        let message = format!("`--list` has no format `{}`", args.format.0.name());
        return Err(Failure::usage(message, Some(help)));
    }
    let text = context.print(args.format, &Answer::Rules(context.as_of(), &levels))?;
    Ok(Output { notices, ..Output::text(text) })
}

/// The policy of the plan that is asked about. Where there is no plan here, the usual policy and a notice.
fn policy(context: &Context) -> Result<(Policy, String), Failure> {
    match context.plans() {
        Ok(plans) => match plans.portfolio.single() {
            Some(view) => Ok((view.plan.policy.clone(), String::new())),
            None => {
                let help = "name one with `--file PATH`".to_owned();
                Err(Failure::usage("each plan has levels of its own", Some(help)))
            }
        },
        Err(Failure::File(FileError::NotFound { .. })) => Ok((
            Policy::default(),
            "there is no plan here: these are the usual levels\n".to_owned(),
        )),
        Err(failure) => Err(failure),
    }
}
