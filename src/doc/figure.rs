//! Pictures of a document. Each has its colours in itself, so that a word processor shows it too.

use askama::Template;

/// A picture with its caption.
pub struct Figure {
    pub caption: &'static str,
    pub legend: Vec<Key>,
    pub picture: Picture,
    /// The items that are not drawn, in words.
    pub note: Option<String>,
}

/// A drawing and what it shows, in words.
pub struct Picture {
    pub description: String,
    pub width: f64,
    pub height: f64,
    pub svg: String,
}

/// A shape in a legend, drawn around the point 0, 0, and what it means.
#[derive(Template)]
#[template(path = "key.svg")]
pub struct Key {
    shape: String,
    pub words: String,
}

impl Key {
    /// The key of a symbol.
    pub fn new(shape: &str, words: impl Into<String>) -> Self {
        Self { shape: shape.to_owned(), words: words.into() }
    }

    /// The key of a fill.
    pub fn fill(fill: &str, words: &str) -> Self {
        Self::new(&format!(r##"<path fill="{fill}" stroke="#555" d="M-6-6H6V6H-6Z"/>"##), words)
    }
}
