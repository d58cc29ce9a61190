//! The page that a paper in Markdown becomes, and the lines of the paper that its parts come from.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// From which line of a paper each place of a page comes.
pub struct Lines {
    /// Places of the page with those of the paper that they come from, in order.
    places: Vec<(usize, usize)>,
    /// The ends of the lines of the paper.
    ends: Vec<usize>,
}

impl Lines {
    /// Those of a paper that is the page.
    pub fn new(report: &str) -> Self {
        let ends = report.match_indices('\n').map(|(at, _)| at).collect();
        Self { places: vec![(0, 0)], ends }
    }

    /// The line of the paper, counted from 1.
    pub fn line(&self, place: usize) -> usize {
        let next = self.places.partition_point(|(from, _)| *from <= place);
        let (from, at) = self.places[next.saturating_sub(1)];
        self.ends.partition_point(|end| *end < at + (place - from)) + 1
    }
}

/// The page that a paper in Markdown becomes.
pub fn page(report: &str) -> (String, Lines) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut page = String::with_capacity(report.len());
    let mut lines = Lines::new(report);
    let mut hidden = 0_usize;
    for (event, place) in Parser::new_ext(report, options).into_offset_iter() {
        match event {
            Event::Start(tag) if is_hidden(&tag) => hidden += 1,
            Event::End(TagEnd::Image | TagEnd::MetadataBlock(_) | TagEnd::FootnoteDefinition) => {
                hidden -= 1;
            }
            event if hidden == 0 => {
                lines.places.push((page.len(), place.start));
                html::push_html(&mut page, std::iter::once(event));
            }
            _ => {}
        }
    }
    (page, lines)
}

/// Says whether what stands in it is not shown, or only where something refers to it.
fn is_hidden(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Image { .. } | Tag::MetadataBlock(_) | Tag::FootnoteDefinition(_))
}
