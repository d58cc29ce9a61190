//! The level of each rule in `plan check`: set on the command line, or else by the plan's policy.

use crate::{
    app::Failure,
    cli::{CheckArgs, Denied},
    model::{Keyword, Level, Policy, Rule},
};

/// The levels set on the command line.
pub struct Levels {
    set: Vec<(Rule, Level)>,
    deny_warnings: bool,
}

impl Levels {
    pub fn new(args: &CheckArgs) -> Result<Self, Failure> {
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
                    let help =
                        "give the lint one level: `--deny`, `--warn` or `--allow`".to_owned();
                    return Err(Failure::usage(message, Some(help)));
                }
                _ => set.push((rule, level)),
            }
        }
        Ok(Self { set, deny_warnings: args.deny.contains(&Denied::Warnings) })
    }

    /// Returns the level of `rule`: the level on the command line, if given, else the level in the policy.
    pub fn level(&self, rule: Rule, policy: &Policy) -> Level {
        let set = self.set.iter().find(|(known, _)| *known == rule);
        match set.map_or_else(|| policy.level(rule), |(_, level)| *level) {
            Level::Warning if self.deny_warnings => Level::Error,
            level => level,
        }
    }

    /// Returns the level of `rule` in a comparison with an earlier version. A history rule gets the stricter level of
    /// the present and the earlier policy, so that a new policy cannot switch off the rules that judge the change.
    pub fn level_since(&self, rule: Rule, policy: &Policy, earlier: Option<&Policy>) -> Level {
        let earlier = earlier.filter(|_| rule.is_history_rule());
        let earlier = earlier.map_or(Level::Off, |policy| self.level(rule, policy));
        self.level(rule, policy).max(earlier)
    }
}
