//! Reads attributes and character references in XML.

use anyhow::Context as _;
use quick_xml::{
    XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart},
};

/// Returns the character that an XML reference such as `&amp;` stands for.
pub fn letter(reference: &BytesRef<'_>) -> anyhow::Result<String> {
    if let Some(letter) = reference.resolve_char_ref()? {
        return Ok(letter.to_string());
    }
    let letter = resolve_predefined_entity(&reference.xml10_content());
    Ok(letter.context("the file uses an XML entity that is not defined")?.to_owned())
}

/// Returns the value of the attribute with the local name `wanted`. Returns `None` if the element lacks this attribute.
pub fn attribute(tag: &BytesStart<'_>, wanted: &str) -> anyhow::Result<Option<String>> {
    for attribute in tag.attributes() {
        let attribute = attribute?;
        if attribute.key.local_name().into_inner() == wanted {
            return Ok(Some(attribute.normalized_value(XmlVersion::Implicit1_0)?.into_owned()));
        }
    }
    Ok(None)
}
