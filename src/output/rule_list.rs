//! The answer of `plan check --list`: every rule with its level and a description.

use crate::{
    doc::{
        Block, Doc, Line, Screen,
        style::{LATE, PLAIN, SOON},
    },
    model::{Keyword, Level, Rule, RuleKind},
};

pub fn document(levels: &[(Rule, Level)], screen: Screen) -> Doc {
    let names = levels.iter().map(|(rule, _)| rule.word().len());
    let width = names.max().unwrap_or(0);
    let (set, fixed): (Vec<_>, Vec<_>) = levels.iter().partition(|(rule, _)| rule.can_be_set());
    let mut doc = Doc::default();
    doc.say("Format rules: always errors; a file that breaks one is not a valid plan");
    doc.gap();
    for (rule, _) in fixed {
        entry(&mut doc, Line::default(), rule, width, screen);
    }
    let (history, lints): (Vec<_>, Vec<_>) =
        set.into_iter().partition(|(rule, _)| matches!(rule.kind(), RuleKind::HistoryRules(_)));
    let groups = [
        ("Lints: set under `[policy.lints]`, or with --deny, --warn and --allow", lints),
        (
            "History rules: checked by `plan check --against REV`; set the same way as lints",
            history,
        ),
    ];
    for (title, rules) in groups {
        doc.gap();
        doc.say(title);
        doc.gap();
        for (rule, level) in rules {
            let style = match level {
                Level::Error => LATE,
                Level::Warning => SOON,
                Level::Off => PLAIN,
            };
            let level = Line::styled(style, format!("{:7}", level.word())).and("  ");
            entry(&mut doc, level, rule, width, screen);
        }
    }
    doc.gap();
    doc.say("`plan help RULE` explains a rule, with an example.");
    doc
}

fn entry(doc: &mut Doc, level: Line, rule: Rule, width: usize, screen: Screen) {
    const LEAST_WORDS: usize = 30;
    let indent = width + 4 + level.width();
    let name = Line::from(format!("  {:width$}  ", rule.word())).and(level);
    if screen.width.is_none_or(|width| width >= indent + LEAST_WORDS) {
        doc.0.push(Block::Hanging(name, indent, rule.about().into()));
    } else {
        doc.line(name);
        doc.0.push(Block::Hanging("      ".into(), 6, rule.about().into()));
    }
}
