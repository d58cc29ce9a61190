//! Reads the passages of a Markdown report by converting it to HTML first.

use std::collections::HashSet;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, html};

use super::{html::read_with, lines::Lines, passages::Paper};

/// Reads a report in Markdown.
pub fn read(report: &str) -> Paper {
    let report = report.trim_start_matches('\u{feff}');
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let (mut page, mut lines) = (String::with_capacity(report.len()), Lines::new(report));
    let mut faults = Vec::new();
    let parser = Parser::new_ext(report, options);
    let names = parser.reference_definitions().iter();
    let names: Vec<(String, usize)> =
        names.map(|(name, link)| (name.to_lowercase(), link.span.start)).collect();
    let mut used = HashSet::new();
    let mut columns = 0;
    for (event, place) in parser.into_offset_iter() {
        lines.add(page.len(), place.start);
        let source = &report[place.clone()];
        match &event {
            Event::Start(Tag::TableHead) => columns = cells(source),
            Event::Start(Tag::TableRow) if cells(source) > columns => {
                let reason = "a table row with more cells than the table has columns".to_owned();
                faults.push((lines.line(page.len()), reason));
            }
            Event::Start(Tag::Link {
                link_type: LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut,
                id,
                ..
            }) => {
                used.insert(id.to_lowercase());
            }
            _ => {}
        }
        match event {
            Event::FootnoteReference(_) => {}
            Event::Start(Tag::MetadataBlock(_)) => page.push_str("<p>"),
            Event::End(TagEnd::MetadataBlock(_)) => page.push_str("</p>"),
            event => html::push_html(&mut page, std::iter::once(event)),
        }
    }
    let unused = names.into_iter().filter(|(name, _)| !used.contains(name));
    let ends = Lines::new(report);
    faults.extend(unused.map(|(name, at)| (ends.line(at), format!("a comment: “{name}”"))));
    let mut paper = read_with(lines, &page);
    paper.faults.extend(faults);
    paper
}

/// Returns the number of cells in a row of a Markdown table.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let is_bar = |(at, _): &(usize, &str)| !row[..*at].ends_with('\\');
    let bars = row.match_indices('|').filter(is_bar).count();
    let is_closed = row.ends_with('|') && !row.ends_with("\\|");
    bars + usize::from(!is_closed)
}
