//! Adds links to a text for a terminal. Web addresses become links, and the name of a rule links to its documentation.

use crate::model::{Keyword as _, Rule};

/// The address of the web page about the rules, which has a section per rule.
pub const RULES: &str = "https://docs.rs/crate/action-plan/latest/source/docs/checks.md";

/// Turns the web addresses and the names of rules in a text into links for a terminal.
pub fn linked(text: &str) -> String {
    let mut linked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['h', '[']) {
        let (before, from) = rest.split_at(at);
        linked.push_str(before);
        let (shown, address) = match (address(from), rule(from)) {
            (Some(address), _) => (address, address.to_owned()),
            (_, Some(rule)) => (rule, format!("{RULES}#{}", &rule[1..rule.len() - 1])),
            _ => (&from[..1], String::new()),
        };
        rest = &from[shown.len()..];
        match address.as_str() {
            "" => linked.push_str(shown),
            address => linked.push_str(&format!("\x1b]8;;{address}\x1b\\{shown}\x1b]8;;\x1b\\")),
        }
    }
    linked.push_str(rest);
    linked
}

/// Returns the web address at the beginning of the text; `None` if there is no complete address.
fn address(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://").filter(|it| ["http", "https"].contains(&it.0))?;
    let is_of_address = |sign: char| sign.is_ascii_graphic() && !"\"'<>[]\\^`{|}".contains(sign);
    let length = rest.find(|sign| !is_of_address(sign)).unwrap_or(rest.len());
    let is_cut = rest[length..].starts_with('…');
    let host = rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '(']);
    (!is_cut && !host.is_empty()).then(|| &text[..scheme.len() + "://".len() + host.len()])
}

/// Returns the name of a rule with its brackets, such as `[no-owner]`; `None` if the text does not begin with such a
/// name.
fn rule(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix('[')?.split_once(']')?;
    Rule::from_word(name)?;
    Some(&text[..name.len() + 2])
}

#[cfg(test)]
mod tests {
    use super::{RULES, linked};

    /// Adds links to a text, and writes each link in the form `<address|text>`.
    fn shown(text: &str) -> String {
        let linked = linked(text);
        let parts: Vec<&str> = linked.split("\x1b]8;;").collect();
        let mut shown = parts[0].to_owned();
        for pair in parts[1..].chunks(2) {
            let (address, words) = pair[0].split_once("\x1b\\").unwrap();
            let rest = pair[1].strip_prefix("\x1b\\").unwrap();
            shown.push_str(&format!("<{address}|{words}>{rest}"));
        }
        shown
    }

    #[test]
    fn web_addresses_and_rules_are_links_and_nothing_else_is() {
        for (text, links) in [
            (
                "[https://a.example/m.pdf, b.pdf]",
                "[<https://a.example/m.pdf|https://a.example/m.pdf>, b.pdf]",
            ),
            ("see http://a.example/(1).", "see <http://a.example/(1|http://a.example/(1>)."),
            ("https://a.example/minu…", "https://a.example/minu…"),
            ("javascript://a.example http:// https", "javascript://a.example http:// https"),
            ("the [minutes]", "the [minutes]"),
        ] {
            assert_eq!(shown(text), links);
        }
        assert_eq!(shown("error[no-owner]: é"), format!("error<{RULES}#no-owner|[no-owner]>: é"));
    }

    #[test]
    fn no_sign_that_steers_a_terminal_gets_into_a_link() {
        for sign in ["\x1b", "\x07", "\u{9c}", "\u{202e}", "\n", " ", "\\"] {
            let linked = linked(&format!("https://a.example/{sign}]0;title"));
            assert!(linked.starts_with("\x1b]8;;https://a.example/\x1b\\"), "{linked:?}");
        }
    }
}
