//! Stores drawings in a Word file, both as SVG and as PNG for programs that cannot show SVG.

use std::collections::HashMap;

use anyhow::Context as _;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{
        Options, Tree,
        fontdb::{Database, Family, Query, Style},
    },
};

use crate::doc::escape::clean;

/// The number of PNG pixels for each SVG pixel, horizontally and vertically.
const SCALE: f32 = 2.5;

/// The drawings of a document. A drawing that occurs several times is stored once.
#[derive(Default)]
pub struct Pictures {
    /// The drawings in the order in which they were added.
    pub drawings: Vec<Drawing>,
    numbers: HashMap<String, usize>,
    shown: usize,
    /// The rendering options, including the fonts of this computer. `None` until a drawing with text is added.
    options: Option<Options<'static>>,
}

pub struct Drawing {
    pub svg: String,
    pub png: Vec<u8>,
}

/// A drawing that is placed in the document. Its width and height are in EMU, Word's unit of length.
pub struct Picture {
    pub id: usize,
    pub drawing: usize,
    pub description: String,
    pub width: u64,
    pub height: u64,
}

impl Pictures {
    /// Stores the drawing `svg`, and returns a picture of this drawing. The picture is never wider than the page.
    pub fn place(
        &mut self,
        svg: &str,
        description: String,
        (width, height): (f64, f64),
    ) -> anyhow::Result<Picture> {
        /// The number of EMU (Word's unit of length) per pixel.
        const DOT: f64 = 9525.0;
        /// The width between the page margins, in EMU.
        const PAGE: f64 = super::columns::WIDTH as f64 * 635.0;
        let svg = clean(svg);
        let drawing = match self.numbers.get(&svg) {
            Some(number) => *number,
            None => {
                let png = self.png(&svg)?;
                self.drawings.push(Drawing { svg: svg.clone(), png });
                self.numbers.insert(svg, self.drawings.len());
                self.drawings.len()
            }
        };
        let unit = DOT.min(PAGE / width);
        let (width, height) = ((width * unit) as u64, (height * unit) as u64);
        self.shown += 1;
        Ok(Picture { id: self.shown, drawing, description, width, height })
    }

    fn png(&mut self, svg: &str) -> anyhow::Result<Vec<u8>> {
        if svg.contains("<text") && self.options.is_none() {
            self.options = Some(with_fonts());
        }
        let none = Options::default();
        let tree = Tree::from_str(svg, self.options.as_ref().unwrap_or(&none))?;
        let size = tree.size().to_int_size().scale_by(SCALE).context("a chart is too large")?;
        let mut dots = Pixmap::new(size.width(), size.height()).context("a chart is too large")?;
        resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut dots.as_mut());
        Ok(dots.encode_png()?)
    }
}

/// Returns rendering options with the fonts of this computer. If no default sans-serif font is installed, another
/// upright font replaces it.
fn with_fonts() -> Options<'static> {
    let mut options = Options::default();
    let fonts = options.fontdb_mut();
    fonts.load_system_fonts();
    let plain = Query { families: &[Family::SansSerif], ..Query::default() };
    if let (None, Some(name)) = (fonts.query(&plain), upright(fonts)) {
        fonts.set_sans_serif_family(name);
    }
    options
}

fn upright(fonts: &Database) -> Option<String> {
    let upright = fonts.faces().filter(|face| face.style == Style::Normal && !face.monospaced);
    upright.filter_map(|face| Some(face.families.first()?.0.clone())).min()
}
