//! Reads the tags of an XML file one by one, to find properties of sheets that the calamine crate does not give.

use std::io::{self, BufRead};

/// Reads the tags of an XML stream one by one.
pub struct Tags<R> {
    reader: R,
    tag: Vec<u8>,
    text: Vec<u8>,
}

/// An XML tag without its angle brackets, and the text before the tag.
#[derive(Clone, Copy)]
pub struct Tag<'a> {
    pub bytes: &'a [u8],
    /// The text between the previous tag and this tag.
    pub before: &'a [u8],
}

impl<R: BufRead> Tags<R> {
    pub fn new(reader: R) -> Self {
        Self { reader, tag: Vec::new(), text: Vec::new() }
    }

    /// Returns the next tag, or `None` at the end of the stream.
    pub fn next(&mut self) -> io::Result<Option<Tag<'_>>> {
        self.text.clear();
        self.tag.clear();
        self.reader.read_until(b'<', &mut self.text)?;
        if self.text.pop() != Some(b'<') {
            return Ok(None);
        }
        self.reader.read_until(b'>', &mut self.tag)?;
        self.tag.pop();
        Ok(Some(Tag { bytes: &self.tag, before: &self.text }))
    }
}

impl<'a> Tag<'a> {
    /// Returns the kind and the name of the tag. The kind is `/` for an end tag and empty for other tags. The name has
    /// no namespace prefix.
    pub fn name(self) -> (&'static str, &'a str) {
        let (slash, rest) = match self.bytes.strip_prefix(b"/") {
            Some(rest) => ("/", rest),
            None => ("", self.bytes),
        };
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        let end = rest.iter().position(is_end).unwrap_or(rest.len());
        let name = std::str::from_utf8(&rest[..end]).unwrap_or_default();
        (slash, name.rsplit(':').next().unwrap_or_default())
    }

    /// Checks whether the tag is an empty element, such as `<cell/>`.
    pub fn is_empty(self) -> bool {
        self.bytes.ends_with(b"/")
    }

    /// Returns the value of an attribute as written in the file, or `None` if the tag does not have the attribute.
    pub fn attribute(self, name: &str) -> Option<&'a str> {
        let bytes = self.bytes;
        for at in memchr::memmem::find_iter(bytes, name.as_bytes()) {
            let is_begin = at > 0 && bytes[at - 1].is_ascii_whitespace();
            let rest = bytes[at + name.len()..].trim_ascii_start();
            let Some(value) = rest.strip_prefix(b"=").filter(|_| is_begin) else { continue };
            let value = value.trim_ascii_start();
            let quote = *value.first()?;
            let end = value[1..].iter().position(|byte| *byte == quote)?;
            return std::str::from_utf8(&value[1..=end]).ok();
        }
        None
    }
}

/// Replaces the five predefined XML entities, such as `&lt;`, with their characters.
pub fn unescaped(text: &str) -> String {
    let letters = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    letters.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_names_without_prefixes_and_attributes_as_they_are_written() {
        let text = br#"<?xml?><x:row r="2" hidden = '1'><c r="A2" rr="3"/>a > b</x:row>"#;
        let mut tags = Tags::new(&text[..]);
        let mut found = Vec::new();
        while let Some(tag) = tags.next().unwrap() {
            let (slash, name) = tag.name();
            found.push(format!(
                "{slash}{name} {:?} {:?}",
                tag.attribute("r"),
                tag.attribute("hidden")
            ));
        }
        assert_eq!(found[1], r#"row Some("2") Some("1")"#);
        assert_eq!(found[2], r#"c Some("A2") None"#);
        assert_eq!(found[3], "/row None None");
    }
}
