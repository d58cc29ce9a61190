//! `plan check`: every fault of the plan file and every remark on the plan; flagged by an error.

use super::{
    Context, Failure, Output,
    against::{self, Against, Compared},
    ci,
    portfolio::Opened,
};
use crate::{
    cli::{CheckArgs, Denied},
    clock,
    model::{Day, Finding, Kind, Level, Plan, Policy, Rule, Severity, Word, lints},
    parallel::in_parallel,
    render::{self, AnyFormat, Checked, Format, junit::Case, printable},
    store::{self, Document, Fault},
};

pub fn run(args: &CheckArgs, context: &Context) -> anyhow::Result<Output> {
    let levels = Levels::of(args)?;
    if args.list {
        return list(args, &levels, context);
    }
    let as_of = context.as_of()?;
    let (opened, broken) = context.open()?;
    if opened.is_empty() {
        return Err(Failure::All(broken).into());
    }
    let decoded = in_parallel(opened.iter().collect(), Decoded::of);
    let mut compared = Vec::with_capacity(decoded.len());
    for file in &decoded {
        compared.push(match (&args.against, &file.plan) {
            (Some(revision), Some(_)) => {
                let path = file.opened.path();
                Some(against::read(path, revision.as_deref())?)
            }
            _ => None,
        });
    }
    let files = decoded.iter().zip(&compared);
    let checked: Vec<Checked<'_>> = files
        .map(|(file, against)| file.checked(against.as_ref(), as_of, &levels))
        .collect();
    let said = checked.iter().zip(&compared);
    let said = said.map(|(checked, against)| said_of(args, against.as_ref(), checked));
    let mut faults = checked.iter().flat_map(|checked| &checked.faults);
    let flagged = faults.any(|fault| fault.severity == Severity::Error);
    Ok(Output {
        flagged: flagged && !args.exit_zero,
        said: said.collect(),
        broken,
        ..Output::plain(print(args.format, as_of, &checked, &levels, context)?)
    })
}

/// A file that was decoded, if it is a plan.
struct Decoded<'o> {
    opened: &'o Opened,
    plan: Option<Plan<'o>>,
    document: Document<'o>,
    faults: Vec<Fault>,
}

impl<'o> Decoded<'o> {
    fn of(opened: &'o Opened) -> Self {
        let (plan, document, faults) = match store::decode_with_document(&opened.text) {
            Ok((plan, document)) => (Some(plan), document, Vec::new()),
            Err(faults) => (None, Document::default(), faults),
        };
        Self {
            opened,
            plan,
            document,
            faults,
        }
    }

    fn checked<'c>(
        &'c self,
        against: Option<&'c Against>,
        as_of: Day,
        levels: &Levels,
    ) -> Checked<'c> {
        let path = self.opened.path();
        let faults = match &self.plan {
            None => self.faults.clone(),
            Some(plan) => {
                let file = Judged {
                    plan,
                    document: &self.document,
                    as_of,
                };
                file.faults(against, levels)
            }
        };
        Checked {
            name: ci::name(path),
            plan: self.plan.as_ref(),
            earlier: earlier(against),
            ..Checked::broken(path, &self.opened.text, faults)
        }
    }
}

/// What was compared with what, for whoever looks on.
fn said_of(args: &CheckArgs, against: Option<&Against>, checked: &Checked<'_>) -> String {
    match against {
        Some(Against::Version(earlier)) => format!("compared with {}\n", earlier.name),
        Some(Against::New { since }) => {
            format!(
                "{} is new since {since}: nothing to compare\n",
                printable(&checked.name)
            )
        }
        None if args.against.is_some() => "not compared: the plan is invalid\n".to_owned(),
        _ => String::new(),
    }
}

fn earlier(against: Option<&Against>) -> Option<render::Earlier<'_>> {
    match against? {
        Against::Version(earlier) => Some(render::Earlier {
            name: &earlier.name,
            source: &earlier.text,
        }),
        Against::New { .. } | Against::NotText { .. } => None,
    }
}

/// A valid plan under judgement.
struct Judged<'a> {
    plan: &'a Plan<'a>,
    document: &'a Document<'a>,
    as_of: Day,
}

impl Judged<'_> {
    /// What was found, at its place and with its weight, in the order of the file; without what is off.
    fn faults(&self, against: Option<&Against>, levels: &Levels) -> Vec<Fault> {
        let latest = self.as_of.max(clock::today());
        let compared = against.map_or_else(Compared::default, |against| against.compare(self.plan));
        let own = &self.plan.policy;
        let level = |rule: Rule| {
            let earlier = compared.policy.as_ref().filter(|_| rule.is_guard());
            let earlier = earlier.map_or(Level::Off, |policy| levels.level(rule, policy));
            levels.level(rule, own).max(earlier)
        };
        let found = lints::lints(self.plan, self.as_of, latest).into_iter();
        let faults = found.chain(compared.found).filter_map(|finding| {
            let severity = level(finding.rule).severity()?;
            let subject = Some(subject(&finding, self.plan));
            Some(Fault {
                severity,
                subject,
                ..store::located(finding, self.document, &compared.document)
            })
        });
        let mut faults: Vec<Fault> = faults.collect();
        faults.sort_by_key(|fault| fault.span.start());
        faults
    }
}

/// What a finding is about, in names that stay.
fn subject(finding: &Finding, plan: &Plan<'_>) -> String {
    match finding.rule.kind() {
        Kind::Guard(_) => finding.title.clone(),
        _ => plan.subject(&finding.place),
    }
}

fn print(
    format: AnyFormat,
    as_of: Day,
    checked: &[Checked<'_>],
    levels: &Levels,
    context: &Context,
) -> anyhow::Result<String> {
    match format {
        AnyFormat::Answer(Format::Json) => render::json::check(as_of, checked),
        AnyFormat::Answer(_) => Ok(render::faults::report(checked, context.screen)),
        AnyFormat::Ci(format) => {
            let usual = Policy::default();
            let looked_for = |checked: &Checked<'_>| -> Vec<Rule> {
                let policy = checked.plan.map_or(&usual, |plan| &plan.policy);
                let on = |rule: &Rule| levels.level(*rule, policy) != Level::Off;
                rules().filter(on).collect()
            };
            let all: Vec<Rule> = rules().collect();
            ci::report(format, "plan check", checked, &all, |_, checked| {
                let rules = looked_for(checked).into_iter();
                rules.map(|rule| case(rule, checked)).collect()
            })
        }
    }
}

/// The rules that `check` looks for.
fn rules() -> impl Iterator<Item = Rule> {
    let due = [Rule::Overdue, Rule::FallingDue];
    Rule::ALL
        .iter()
        .copied()
        .filter(move |rule| !due.contains(rule))
}

/// Of each rule, whether it holds: a test that stays the same from run to run.
fn case<'a>(rule: Rule, checked: &'a Checked<'a>) -> Case<'a> {
    let faults = checked.faults.iter().filter(|fault| fault.rule == rule);
    Case {
        name: rule.word().to_owned(),
        faults: faults.collect(),
    }
}

fn list(args: &CheckArgs, levels: &Levels, context: &Context) -> anyhow::Result<Output> {
    let files = context.files().unwrap_or_default();
    let text = match files.as_slice() {
        [file] => store::read(&file.path).ok(),
        _ => None,
    };
    let plan = text.as_deref().and_then(|text| store::decode(text).ok());
    let policy = plan.map_or_else(Policy::default, |plan| plan.policy);
    let levels: Vec<(Rule, Level)> = rules()
        .map(|rule| (rule, levels.level(rule, &policy)))
        .collect();
    Ok(Output::plain(match args.format {
        AnyFormat::Answer(Format::Table) => render::rules::table(&levels, context.screen),
        AnyFormat::Answer(Format::Json) => render::json::rules(context.as_of()?, &levels)?,
        _ => {
            let help = "write `--format table` or `--format json`".to_owned();
            let message = format!("`--list` has no format `{}`", args.format.word());
            return Err(Failure::usage(message, Some(help)).into());
        }
    }))
}

/// The levels that the command line sets.
struct Levels {
    set: Vec<(Rule, Level)>,
    deny_warnings: bool,
}

impl Levels {
    /// # Errors
    /// One lint is given two levels.
    fn of(args: &CheckArgs) -> Result<Self, Failure> {
        let denied = args.deny.iter().filter_map(|denied| match denied {
            Denied::Warnings => None,
            Denied::Lint(rule) => Some((*rule, Level::Error)),
        });
        let warned = args.warn.iter().map(|rule| (*rule, Level::Warning));
        let allowed = args.allow.iter().map(|rule| (*rule, Level::Off));
        let mut set: Vec<(Rule, Level)> = Vec::new();
        for (rule, level) in denied.chain(warned).chain(allowed) {
            match set.iter().find(|(known, _)| *known == rule) {
                Some((_, other)) if *other != level => {
                    let message = format!("`{}` is given two levels", rule.word());
                    let help = "say `--deny`, `--warn` or `--allow` of it, once".to_owned();
                    return Err(Failure::usage(message, Some(help)));
                }
                _ => set.push((rule, level)),
            }
        }
        Ok(Self {
            set,
            deny_warnings: args.deny.contains(&Denied::Warnings),
        })
    }

    /// How much `rule` weighs: what the command line says, else what the policy says.
    fn level(&self, rule: Rule, policy: &Policy<'_>) -> Level {
        let set = self.set.iter().find(|(known, _)| *known == rule);
        match set.map_or_else(|| policy.level(rule), |(_, level)| *level) {
            Level::Warning if self.deny_warnings => Level::Error,
            level => level,
        }
    }
}
