//! `plan help RULE`: the section of docs/checks.md on a rule, for a screen.

use crate::{
    doc::{Block, Doc, Screen},
    model::{Keyword, Rule},
};

const PAGE: &str = include_str!("../../docs/checks.md");
/// The widest screen that a section is laid out for.
const WIDTH: usize = 80;

/// The section on the rule: paragraphs wrapped, code indented. `None` where the page has no such section.
pub fn rule_page(rule: Rule, screen: Screen) -> Option<String> {
    let mut doc = Doc::default();
    doc.heading(3, rule.word());
    for (index, part) in section(rule)?.split("```").enumerate() {
        match part.split_once('\n') {
            Some((_language, code)) if index % 2 == 1 => {
                doc.gap();
                doc.0.push(Block::Drawing(indented(code)));
            }
            _ => {
                let paragraphs = part.split("\n\n").filter(|text| !text.trim().is_empty());
                for paragraph in paragraphs {
                    doc.gap();
                    doc.0.push(Block::Text(paragraph.to_owned()));
                }
            }
        }
    }
    let width = screen.width.map_or(WIDTH, |width| width.min(WIDTH));
    Some(Screen { width: Some(width) }.print(&doc))
}

/// The text between the heading of a rule and the next heading.
fn section(rule: Rule) -> Option<&'static str> {
    let (_, rest) = PAGE.split_once(&format!("\n### {}\n", rule.word()))?;
    let ends = ["\n## ", "\n### "].iter().filter_map(|heading| rest.find(heading));
    Some(&rest[..ends.min().unwrap_or(rest.len())])
}

fn indented(code: &str) -> String {
    let lines = code
        .lines()
        .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") });
    lines.collect()
}
