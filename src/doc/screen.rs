//! The properties of the screen for which output is laid out.

/// The maximum width of running text, in columns. Longer lines are hard to read, even on a wide screen.
pub const READING_WIDTH: usize = 110;

/// The properties of the screen for which output is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// The width in columns. `None` if the output does not go to a screen; then no text is cut.
    pub width: Option<usize>,
    /// True if the screen supports links.
    pub has_links: bool,
}

/// The minimum screen width, in columns, at which tables show additional details.
const WIDE: usize = 120;

impl Screen {
    /// Checks whether the screen is wide enough for tables with additional details.
    pub fn has_room(self) -> bool {
        self.width.is_none_or(|width| width >= WIDE)
    }

    /// Returns the screen with its width limited to `READING_WIDTH`.
    pub fn for_reading(self) -> Self {
        self.at_most(READING_WIDTH)
    }

    /// Returns the screen with a width of at most `most` columns.
    pub fn at_most(self, most: usize) -> Self {
        Self { width: Some(self.width.map_or(most, |width| width.min(most))), ..self }
    }
}
