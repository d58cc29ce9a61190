//! Styles for text on a screen. Only the sixteen colours of the terminal's theme are used.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

pub const ERROR: Style = AnsiColor::Red.on_default().bold();
pub const HELP: Style = AnsiColor::Cyan.on_default().bold();
pub const STRONG: Style = Style::new().bold();
pub const FAINT: Style = Style::new().dimmed();
pub const DONE: Style = AnsiColor::Green.on_default();
pub const MOVING: Style = AnsiColor::Blue.on_default();
pub const LATE: Style = AnsiColor::Red.on_default().bold();
pub const SOON: Style = AnsiColor::Yellow.on_default();
pub const STALE: Style = AnsiColor::Magenta.on_default();
pub const PLAIN: Style = Style::new();

/// Appends `text` to `painted`, with the escape codes of `style`.
pub fn push_painted(painted: &mut String, style: Style, text: &str) {
    if style == PLAIN || text.is_empty() {
        painted.push_str(text);
    } else {
        let _ = write!(painted, "{style}{text}{style:#}");
    }
}

/// Returns `text` with the escape codes of `style`.
pub fn paint(style: Style, text: &str) -> String {
    let mut painted = String::new();
    push_painted(&mut painted, style, text);
    painted
}
