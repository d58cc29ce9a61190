//! The pictures of a document, with their captions and legends.

use askama::Template;

/// A picture with its caption and its legend.
pub struct Figure {
    pub caption: &'static str,
    pub legend: Vec<Key>,
    pub picture: Picture,
    /// A sentence that says how many items the picture leaves out.
    pub note: Option<String>,
}

/// A drawing with a description in words.
pub struct Picture {
    pub description: String,
    pub width: f64,
    pub height: f64,
    pub svg: String,
}

/// An entry of a legend: an SVG shape and its meaning. The centre of the shape is the point (0, 0).
#[derive(Template)]
#[template(path = "key.svg")]
pub struct Key {
    shape: String,
    pub words: String,
}

impl Key {
    /// Creates a legend entry that explains the SVG shape `shape` in words.
    pub fn new(shape: &str, words: impl Into<String>) -> Self {
        Self { shape: shape.to_owned(), words: words.into() }
    }

    /// Creates a legend entry that explains a fill colour in words.
    pub fn fill(fill: &str, words: &str) -> Self {
        Self::new(&format!(r##"<path fill="{fill}" stroke="#555" d="M-6-6H6V6H-6Z"/>"##), words)
    }
}
