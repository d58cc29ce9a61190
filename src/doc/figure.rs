//! The pictures of a document. Each picture contains its own colours, so that word processors show it correctly.

use askama::Template;

/// A picture with its caption.
pub struct Figure {
    pub caption: &'static str,
    pub legend: Vec<Key>,
    pub picture: Picture,
    /// A sentence that says how many items are not drawn.
    pub note: Option<String>,
}

/// A drawing, and a description of it in words.
pub struct Picture {
    pub description: String,
    pub width: f64,
    pub height: f64,
    pub svg: String,
}

/// An entry of a legend: a shape around the point 0, 0, and the meaning of this shape.
#[derive(Template)]
#[template(path = "key.svg")]
pub struct Key {
    shape: String,
    pub words: String,
}

impl Key {
    /// Creates the legend entry for a symbol.
    pub fn new(shape: &str, words: impl Into<String>) -> Self {
        Self { shape: shape.to_owned(), words: words.into() }
    }

    /// Creates the legend entry for a fill colour.
    pub fn fill(fill: &str, words: &str) -> Self {
        Self::new(&format!(r##"<path fill="{fill}" stroke="#555" d="M-6-6H6V6H-6Z"/>"##), words)
    }
}
