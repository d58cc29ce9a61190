//! Finds the line of a report from which a part of its HTML page comes.

/// The lines of a report from which the parts of an HTML page come.
pub struct Lines {
    /// Pairs of positions in bytes: in the page, and in the report from which this part comes. They are sorted.
    places: Vec<(usize, usize)>,
    /// The positions of the line ends in the report, in bytes.
    ends: Vec<usize>,
}

impl Lines {
    /// Creates the lines of a report that is itself the page.
    pub fn new(report: &str) -> Self {
        let ends = report.match_indices('\n').map(|(at, _)| at).collect();
        Self { places: vec![(0, 0)], ends }
    }

    /// Adds a part of the page that begins at `place` and comes from the position `from` in the report.
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
