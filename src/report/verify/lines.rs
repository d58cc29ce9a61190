//! Finds the line of a report for a position in the HTML page that was made from the report.

/// A table that gives the line of a report for each position in its HTML page.
#[derive(Default)]
pub struct Lines {
    /// Sorted pairs of positions in bytes: a position in the page, and the corresponding position in the report.
    places: Vec<(usize, usize)>,
    /// The positions of the line ends in the report, in bytes.
    ends: Vec<usize>,
}

impl Lines {
    /// Creates the table for a report that is an HTML page itself.
    pub fn new(report: &str) -> Self {
        let ends = report.match_indices('\n').map(|(at, _)| at).collect();
        Self { places: vec![(0, 0)], ends }
    }

    /// Records that the part of the page that begins at `place` comes from the position `from` in the report.
    pub fn add(&mut self, place: usize, from: usize) {
        self.places.push((place, from));
    }

    /// Returns the line of the report, counted from 1, for the position `place` in the page.
    pub fn line(&self, place: usize) -> usize {
        let next = self.places.partition_point(|(from, _)| *from <= place);
        let (from, at) = self.places[next.saturating_sub(1)];
        self.ends.partition_point(|end| *end < at + (place - from)) + 1
    }
}
