//! The screen that a document is laid out for.

/// Lines longer than this are hard to read, however wide the screen is.
pub const READING_WIDTH: usize = 110;

/// The screen that output is laid out for.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Its columns. `None` means that the output goes to no screen, and nothing is cut.
    pub width: Option<usize>,
    /// Says whether it shows links.
    pub has_links: bool,
}

impl Screen {
    /// The same screen, no wider than people like to read.
    pub fn for_reading(self) -> Self {
        self.at_most(READING_WIDTH)
    }

    /// The same screen, no wider than this.
    pub fn at_most(self, most: usize) -> Self {
        Self { width: Some(self.width.map_or(most, |width| width.min(most))), ..self }
    }
}
