//! The look of words in a Word file, as far as it hides them.

use std::collections::HashMap;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::read::attribute;

/// Why a reader does not see something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hiding {
    Vanished,
    Struck,
    /// In the colour of the paper.
    Colour,
    Tiny,
    Deleted,
    Comment,
    /// A dot in another colour than its word says.
    Dot,
    /// A part of the file that is neither words nor a picture.
    Content,
}

/// The look of words; what is not said is as the style has it.
#[derive(Debug, Clone, Default)]
pub struct Look {
    style: Option<String>,
    vanishes: Option<bool>,
    is_struck: Option<bool>,
    colour: Option<String>,
    /// In halves of a point.
    size: Option<u32>,
    /// The width of letters in hundredths.
    stretch: Option<u32>,
}

impl Look {
    /// Sets what an element of the properties says.
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

    /// The same where something is said, else as `base` has it.
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

    /// The number of the colour, where it has one.
    pub fn colour(&self) -> &str {
        self.colour.as_deref().unwrap_or_default()
    }

    /// Why nobody sees words of this look on a paper of a colour, white where that is not said.
    pub fn hiding(&self, paper: Option<&str>) -> Option<Hiding> {
        /// Smaller letters, in halves of a point, and narrower ones, in hundredths, are not read.
        const SMALLEST: u32 = 8;
        const NARROWEST: u32 = 20;
        /// Colours that differ less are one.
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

/// Red, green and blue of a colour; `None` of `auto`.
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
    /// In small letters.
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

    /// The name of a style in small letters.
    pub fn name(&self, id: &str) -> String {
        self.by_id.get(id).map_or_else(String::new, |style| style.name.clone())
    }

    /// The look of words with all that their styles say.
    pub fn look(&self, paragraph: &str, own: &Look) -> Look {
        let of_run = own.style.as_deref().map_or_else(Look::default, |style| self.of(style));
        own.over(&of_run).over(&self.of(paragraph)).over(&self.defaults)
    }

    /// The look of a style and of those that it is based on.
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
