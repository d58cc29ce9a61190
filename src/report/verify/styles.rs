//! Finds styles and attributes in HTML that hide or replace text, or that add scripts and other active content.

/// Returns the reason why an attribute of an HTML element may change the text that a reader sees. Returns `None` if the
/// attribute is harmless.
pub fn fault(element: &str, attribute: &str, value: &str) -> Option<String> {
    let lower = value.to_lowercase();
    let compact: String = lower.chars().filter(|letter| !letter.is_whitespace()).collect();
    let is_span =
        matches!(attribute, "colspan" | "rowspan") && !matches!(&*compact, "" | "0" | "1");
    let is_unseen = match attribute {
        "hidden" | "popover" => true,
        "color" => is_white(&compact),
        "size" if element == "font" => matches!(&*compact, "1" | "-2" | "-3"),
        _ => false,
    };
    let is_active = attribute.starts_with("on")
        || matches!(attribute, "srcdoc" | "srcset")
        || attribute == "http-equiv" && compact == "refresh"
        || ["javascript:", "vbscript:"].iter().any(|begin| compact.starts_with(begin));
    if is_active {
        return Some(format!("a script or other active content: `{attribute}`"));
    }
    if is_unseen {
        return Some(format!("text that may be hidden: `{attribute}`"));
    }
    if is_span {
        return Some(format!("a cell that spans several rows or columns: `{attribute}`"));
    }
    if attribute == "dir" && !matches!(&*compact, "ltr" | "auto") {
        return Some("text that runs in another direction".to_owned());
    }
    let rule = hides(value).filter(|_| attribute == "style")?;
    Some(format!("text that may be hidden: `{rule}`"))
}

/// Returns the first rule in a CSS style that may hide or replace text.
pub fn hides(style: &str) -> Option<String> {
    let rules = style.split([';', '{', '}']).filter_map(|rule| rule.split_once(':'));
    let mut rules =
        rules.map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_lowercase()));
    let hiding = rules.find(|(name, value)| is_hiding(name, value));
    hiding.map(|(name, value)| format!("{name}: {value}"))
}

/// The CSS properties that may hide or replace text unless their value is `none` or `normal`.
const EFFECTS: &str = "content clip clip-path transform scale filter mask mask-image animation mix-blend-mode \
                       text-security -webkit-text-security";

fn is_hiding(name: &str, value: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| value.contains(word));
    if has(&["url(", "expression(", "var("]) {
        return true;
    }
    match name {
        "display" => has(&["none", "contents"]),
        "visibility" | "content-visibility" => !has(&["visible"]),
        "opacity" => number(value).is_none_or(|(opacity, _)| opacity < 0.6),
        "font-size" | "font" | "line-height" | "zoom" | "height" | "width" | "max-height"
        | "max-width" => is_tiny(name, value),
        "color" | "-webkit-text-fill-color" => is_white(value),
        "text-decoration" | "text-decoration-line" => has(&["line-through"]),
        "position" => has(&["absolute", "fixed"]),
        "overflow" => has(&["hidden", "clip"]),
        "direction" | "unicode-bidi" => !has(&["ltr", "normal"]),
        "text-indent" | "margin" | "margin-left" | "margin-top" | "left" | "top"
        | "letter-spacing" | "word-spacing" => is_far(value),
        name => EFFECTS.split(' ').any(|effect| effect == name) && !has(&["none", "normal"]),
    }
}

/// Returns the first number in the value of a CSS rule, and the text after this number.
fn number(value: &str) -> Option<(f64, &str)> {
    let begin = value.find(|letter: char| letter.is_ascii_digit() || letter == '.')?;
    let from = if value[..begin].ends_with('-') { begin - 1 } else { begin };
    let rest = &value[begin..];
    let end =
        rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
    Some((value[from..begin + end].parse().ok()?, rest[end..].trim()))
}

/// Checks whether the CSS property `name` with this value makes text too small to read.
fn is_tiny(name: &str, value: &str) -> bool {
    let Some((size, unit)) = number(value) else { return false };
    let is_font = matches!(name, "font-size" | "font");
    let least = match unit.trim_start().get(..1) {
        Some("p") if is_font && !unit.starts_with("pc") => 5.0,
        Some("e" | "r") if is_font => 0.5,
        Some("%") if is_font => 50.0,
        None if is_font => 5.0,
        _ => 0.05,
    };
    size < least
}

/// Checks whether the length in the value of a CSS rule moves text off the page.
fn is_far(value: &str) -> bool {
    value
        .split_whitespace()
        .filter_map(number)
        .any(|(length, _)| !(-90.0..=400.0).contains(&length))
}

/// Checks whether a CSS colour is white, nearly white, or transparent.
fn is_white(value: &str) -> bool {
    let value = value.trim().trim_end_matches("!important").trim();
    if let Some(digits) = value.strip_prefix('#') {
        let step = if digits.len() < 6 { 1 } else { 2 };
        let parts = (0..3).filter_map(|part| digits.get(part * step..(part + 1) * step));
        let parts: Vec<u32> = parts.filter_map(|part| u32::from_str_radix(part, 16).ok()).collect();
        let most = if step == 1 { 15 } else { 255 };
        return parts.len() != 3 || parts.iter().all(|part| part * 100 >= most * 85);
    }
    if let Some((_, parts)) = value.split_once('(') {
        let parts: Vec<f64> = parts
            .split([',', ' ', '/', ')'])
            .filter_map(|part| number(part.trim()).map(|(number, _)| number))
            .collect();
        let is_clear = parts.len() == 4 && parts[3] < 0.6;
        return is_clear
            || !value.starts_with("rgb")
            || parts.iter().take(3).all(|part| *part >= 217.0);
    }
    const LIGHT: &str = "white transparent snow ivory whitesmoke ghostwhite floralwhite azure mintcream \
                         honeydew aliceblue seashell linen lightyellow gainsboro canvas";
    LIGHT.split(' ').any(|light| light == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_that_hides_is_told_and_one_that_lays_out_is_not() {
        for hiding in [
            "display:none",
            "DISPLAY : None !important",
            "visibility: hidden",
            "opacity:.05",
            "font-size:0",
            "font-size: 1pt",
            "font: 0/0 a",
            "color:#fff",
            "color: #FEFEFE",
            "color: rgb(255, 255, 255)",
            "color:rgba(0,0,0,0)",
            "text-indent:-9999px",
            "position:absolute;left:-5000px",
            "text-decoration: line-through",
            "max-height:0",
            "background:url(x)",
            "clip-path: inset(100%)",
            "direction: rtl",
            "margin-left: -999em",
        ] {
            assert!(hides(hiding).is_some(), "{hiding}");
        }
        for honest in [
            "text-align: right",
            "width: 12%",
            "font-size: 10pt",
            "color: #000080",
            "color: red",
            "margin-left: 0.5in; text-indent: -0.25in",
            "font-weight: bold",
            "display: block",
            "line-height: 115%",
            "font-size: 90%",
            "background: #eee",
        ] {
            assert_eq!(hides(honest), None, "{honest}");
        }
    }
}
