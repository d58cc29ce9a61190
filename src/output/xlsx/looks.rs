//! The formats of the cells in a workbook.

use anstyle::Style;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::{
    doc::style::{DONE, FAINT, LATE, MOVING, SOON, STALE, STRONG},
    model::is_formula,
};

/// A cell with a text of at most this number of bytes is formatted as text. The text may be an id, which Excel must not
/// read as a number or a date.
const SHORT: usize = 30;
const AS_TEXT: &str = "@";
const AS_DAY: &str = "yyyy-mm-dd";

/// The kind of a cell's content. The format of a cell depends on this kind and on the style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Look {
    Plain,
    /// Text, such as an id, that stays text after editing in a spreadsheet.
    Id,
    /// Text that a spreadsheet must not read as a formula.
    Formula,
    Day,
    Header,
    Title,
    /// Text that is not wrapped, and may extend over the empty cells to its right.
    Beside,
    /// A cell that the owner fills in on a locked sheet.
    Open,
    OpenDay,
}

impl Look {
    pub fn of_day(self) -> Self {
        if self == Self::Plain { Self::Day } else { self }
    }

    pub fn of_text(self, text: &str) -> Self {
        match self {
            Self::Plain if is_formula(text) => Self::Formula,
            Self::Plain if text.len() <= SHORT => Self::Id,
            look => look,
        }
    }
}

/// Returns the Excel format for a style and a kind of content.
pub fn format(style: Style, look: Look) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    let format = match look {
        Look::Plain => format.set_text_wrap(),
        Look::Id => format.set_text_wrap().set_num_format(AS_TEXT),
        Look::Formula => format.set_text_wrap().set_quote_prefix(),
        Look::Day => format.set_num_format(AS_DAY).set_align(FormatAlign::Left),
        Look::Header => {
            let format = format.set_bold().set_text_wrap().set_border_bottom(FormatBorder::Thin);
            format.set_background_color(0xD9_E1_F2)
        }
        Look::Title => format.set_bold().set_font_size(14),
        Look::Beside => format,
        Look::Open => open(format.set_text_wrap().set_num_format(AS_TEXT)),
        Look::OpenDay => open(format.set_num_format(AS_DAY).set_align(FormatAlign::Left)),
    };
    let coloured = |background: u32, font: u32| {
        format.clone().set_background_color(background).set_font_color(font)
    };
    match style {
        LATE => coloured(0xFF_C7_CE, 0x9C_00_06).set_bold(),
        SOON => coloured(0xFF_EB_9C, 0x7F_60_00),
        DONE => coloured(0xC6_EF_CE, 0x00_61_00),
        MOVING => coloured(0xDD_EB_F7, 0x1F_4E_78),
        STALE => coloured(0xE4_DF_EC, 0x5B_2C_82),
        FAINT => format.set_font_color(0x59_59_59),
        STRONG => format.set_bold(),
        _ => format,
    }
}

fn open(format: Format) -> Format {
    let format = format.set_unlocked().set_background_color(0xFF_FD_E7);
    format.set_border(FormatBorder::Thin).set_border_color(0xBF_BF_BF)
}
