//! `plan check --list`: every rule, its level, and what breaks it.

use crate::{
    doc::{
        Screen,
        style::{LATE, PLAIN, SOON, paint},
        text::wrap,
    },
    model::{Keyword, Level, Rule},
};

pub fn table(levels: &[(Rule, Level)], screen: Screen) -> String {
    let names = levels.iter().map(|(rule, _)| rule.word().len());
    let width = names.max().unwrap_or(0);
    let (set, fixed): (Vec<_>, Vec<_>) = levels.iter().partition(|(rule, _)| rule.can_be_set());
    let mut text = "Always errors: without them the file is no plan\n\n".to_owned();
    for (rule, _) in &fixed {
        let name = format!("  {:width$}  ", rule.word());
        text.push_str(&entry(&name, *rule, width + 4, screen));
    }
    let lints = "Lints: set under `[policy.lints]`, or with --deny, --warn and --allow";
    text.push_str(&format!("\n{}\n", wrap(lints, screen, "", "")));
    for (rule, level) in &set {
        let style = match level {
            Level::Error => LATE,
            Level::Warning => SOON,
            Level::Off => PLAIN,
        };
        let name =
            format!("  {:width$}  {}  ", rule.word(), paint(style, &format!("{:7}", level.word())));
        text.push_str(&entry(&name, *rule, width + 13, screen));
    }
    text
}

/// What breaks the rule, beside its name or, on a narrow screen, below it.
fn entry(name: &str, rule: Rule, indent: usize, screen: Screen) -> String {
    const LEAST_WORDS: usize = 30;
    if screen.width.is_none_or(|width| width >= indent + LEAST_WORDS) {
        return wrap(rule.about(), screen, name, &" ".repeat(indent));
    }
    format!("{}\n{}", name.trim_end(), wrap(rule.about(), screen, "      ", "      "))
}
