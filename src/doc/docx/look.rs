//! The properties of text in a Word file that can make the text invisible, such as colour and size.

use std::collections::HashMap;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::xml::attribute;
use crate::model::vocabulary;

vocabulary! {
    /// The reason why a reader does not see a part of a Word file.
    Hiding {
        Vanished = "hidden text",
        Struck = "struck-through text",
        Colour = "text in the colour of the background",
        Tiny = "text too small to read",
        Deleted = "a tracked deletion",
        Comment = "a comment",
        Dot = "a dot whose colour does not match the word beside it",
        Merged = "a cell that spans several rows or columns",
        Content = "a part that is neither text nor a picture",
    }
}

/// The look of a piece of text. If a property is `None`, the style of the text determines it.
#[derive(Debug, Clone, Default)]
pub struct Look {
    style: Option<String>,
    vanishes: Option<bool>,
    is_struck: Option<bool>,
    colour: Option<String>,
    /// The font size in half points.
    size: Option<u32>,
    /// The horizontal scale of the characters, in percent.
    stretch: Option<u32>,
}

impl Look {
    /// Sets the property of this look that the XML element `tag` describes. `name` is the local name of the element.
    pub fn set(&mut self, name: &str, tag: &BytesStart<'_>) -> anyhow::Result<()> {
        let value = attribute(tag, "val")?;
        let is_on =
            || Some(!value.as_deref().is_some_and(|value| ["0", "false", "off"].contains(&value)));
        let number = || value.as_deref().and_then(|value| value.parse().ok());
        match name {
            "rStyle" => self.style.clone_from(&value),
            "vanish" | "webHidden" => self.vanishes = is_on(),
            "strike" | "dstrike" => self.is_struck = is_on(),
            "sz" => self.size = number(),
            "w" => self.stretch = number(),
            "color" => {
                let theme = attribute(tag, "themeColor")?;
                let is_light =
                    ["background1", "light1"].map(str::to_owned).map(Some).contains(&theme);
                self.colour = if is_light { Some("FFFFFF".to_owned()) } else { value };
            }
            _ => {}
        }
        Ok(())
    }

    /// Returns this look. Properties that it lacks are taken from `base`.
    fn over(&self, base: &Self) -> Self {
        let text = |one: &Option<String>, other: &Option<String>| one.clone().or(other.clone());
        Self {
            style: text(&self.style, &base.style),
            vanishes: self.vanishes.or(base.vanishes),
            is_struck: self.is_struck.or(base.is_struck),
            colour: text(&self.colour, &base.colour),
            size: self.size.or(base.size),
            stretch: self.stretch.or(base.stretch),
        }
    }

    /// Returns the hexadecimal colour of the text, or an empty string if no colour is set.
    pub fn colour(&self) -> &str {
        self.colour.as_deref().unwrap_or_default()
    }

    /// Returns the reason why text with this look cannot be read on a background of the colour `paper`. Returns `None`
    /// if the text can be read.
    pub fn hiding(&self, paper: Option<&str>) -> Option<Hiding> {
        /// The minimum size of readable text, in half points.
        const SMALLEST: u32 = 8;
        /// The minimum horizontal scale of readable text, in percent.
        const NARROWEST: u32 = 20;
        /// Two colours look the same if their red, green and blue values all differ by less than this number.
        const NEAR: u8 = 40;
        let paper = paper.and_then(channels).unwrap_or([0xff; 3]);
        let own = self.colour.as_deref().and_then(channels).unwrap_or([0; 3]);
        let is_near = own.iter().zip(paper).all(|(own, paper)| own.abs_diff(paper) < NEAR);
        let is_less = |number: Option<u32>, least| number.is_some_and(|number| number < least);
        if self.vanishes == Some(true) {
            Some(Hiding::Vanished)
        } else if self.is_struck == Some(true) {
            Some(Hiding::Struck)
        } else if is_near {
            Some(Hiding::Colour)
        } else {
            let is_tiny = is_less(self.size, SMALLEST) || is_less(self.stretch, NARROWEST);
            is_tiny.then_some(Hiding::Tiny)
        }
    }
}

/// Returns the red, green and blue values of a hexadecimal colour. Returns `None` for any other value, such as `auto`.
fn channels(colour: &str) -> Option<[u8; 3]> {
    let number = u32::from_str_radix(colour, 16).ok().filter(|_| colour.len() == 6)?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

/// The styles of a Word file.
#[derive(Default)]
pub struct Styles {
    by_id: HashMap<String, Style>,
    defaults: Look,
}

#[derive(Default)]
struct Style {
    /// The name of the style in lower case.
    name: String,
    base: Option<String>,
    look: Look,
}

impl Styles {
    pub fn read(xml: &str) -> anyhow::Result<Self> {
        let (mut styles, mut id, mut style) = (Self::default(), String::new(), Style::default());
        let (mut reader, mut open) = (Reader::from_str(xml), Vec::<String>::new());
        reader.config_mut().expand_empty_elements = true;
        loop {
            match reader.read_event()? {
                Event::Start(tag) => {
                    let name = tag.local_name().into_inner();
                    match (open.last().map(String::as_str), name) {
                        (_, "style") => {
                            id = attribute(&tag, "styleId")?.unwrap_or_default();
                            style = Style::default();
                        }
                        (Some("style"), "name") => {
                            style.name = attribute(&tag, "val")?.unwrap_or_default().to_lowercase();
                        }
                        (Some("style"), "basedOn") => style.base = attribute(&tag, "val")?,
                        (Some("rPr"), name) => match open.iter().rev().nth(1).map(String::as_str) {
                            Some("rPrDefault") => styles.defaults.set(name, &tag)?,
                            Some("style") => style.look.set(name, &tag)?,
                            _ => {}
                        },
                        _ => {}
                    }
                    open.push(name.to_owned());
                }
                Event::End(_) if open.pop().as_deref() == Some("style") => {
                    styles.by_id.insert(std::mem::take(&mut id), std::mem::take(&mut style));
                }
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }

    /// Returns the name of the style with the id `id` in lower case, or an empty string if there is no such style.
    pub fn name(&self, id: &str) -> String {
        self.by_id.get(id).map_or_else(String::new, |style| style.name.clone())
    }

    /// Returns the complete look of a text in a paragraph with the style `paragraph`. Properties that `own` lacks come
    /// from the text's own style, then from the paragraph's style, and then from the defaults of the file.
    pub fn look(&self, paragraph: &str, own: &Look) -> Look {
        let of_run = own.style.as_deref().map_or_else(Look::default, |style| self.of(style));
        own.over(&of_run).over(&self.of(paragraph)).over(&self.defaults)
    }

    /// Returns the look of the style `id`, including the properties that the style inherits from other styles.
    fn of(&self, id: &str) -> Look {
        const DEEPEST: usize = 20;
        let (mut look, mut next) = (Look::default(), self.by_id.get(id));
        for _ in 0..DEEPEST {
            let Some(style) = next else { break };
            look = look.over(&style.look);
            next = style.base.as_ref().and_then(|base| self.by_id.get(base));
        }
        look
    }
}
