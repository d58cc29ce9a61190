//! `plan check --list`: every rule, its level, and what it finds.

use crate::{
    doc::{
        Screen,
        style::{LATE, PLAIN, SOON, paint},
        text::wrap,
    },
    model::{Keyword, Level, Rule, RuleKind},
};

pub fn table(levels: &[(Rule, Level)], screen: Screen) -> String {
    let names = levels.iter().map(|(rule, _)| rule.word().len());
    let width = names.max().unwrap_or(0);
    let (set, fixed): (Vec<_>, Vec<_>) = levels.iter().partition(|(rule, _)| rule.can_be_set());
    let heading = |words| wrap(words, screen, "", "") + "\n";
    let mut text = heading("Format: always errors, because the file is no plan");
    for (rule, _) in &fixed {
        let name = format!("  {:width$}  ", rule.word());
        text.push_str(&entry(&name, *rule, width + 4, screen));
    }
    let (history, lints): (Vec<_>, Vec<_>) =
        set.into_iter().partition(|(rule, _)| matches!(rule.kind(), RuleKind::HistoryRules(_)));
    let groups = [
        ("Lints: set under `[policy.lints]`, or with --deny, --warn and --allow", lints),
        ("History rules: what `plan check --against REV` finds; set like lints", history),
    ];
    for (title, rules) in groups {
        text.push_str(&format!("\n{}", heading(title)));
        for (rule, level) in &rules {
            let style = match level {
                Level::Error => LATE,
                Level::Warning => SOON,
                Level::Off => PLAIN,
            };
            let level = paint(style, &format!("{:7}", level.word()));
            let name = format!("  {:width$}  {level}  ", rule.word());
            text.push_str(&entry(&name, *rule, width + 13, screen));
        }
    }
    text + "\n" + &wrap("`plan help RULE` explains a rule, with an example.", screen, "", "")
}

/// The sentence of the rule, beside its name or, on a narrow screen, below it.
fn entry(name: &str, rule: Rule, indent: usize, screen: Screen) -> String {
    const LEAST_WORDS: usize = 30;
    if screen.width.is_none_or(|width| width >= indent + LEAST_WORDS) {
        return wrap(rule.about(), screen, name, &" ".repeat(indent));
    }
    format!("{}\n{}", name.trim_end(), wrap(rule.about(), screen, "      ", "      "))
}
