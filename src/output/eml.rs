//! Builds an e-mail file (RFC 5322) to an owner of open items. A workbook for the owner's updates is attached.

use mail_builder::{
    MessageBuilder,
    headers::{address::Address, content_type::ContentType, date::Date},
    mime::{BodyPart, MimePart},
};

use super::Reminder;

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The text that separates the parts of the message. This text cannot occur inside a part.
const BOUNDARY: &str = "=_plan";
/// The words that tell the owner how to answer.
const HOW: &str =
    " in the attached workbook: fill in the yellow cells, save the workbook and send it back";
const NOON: i64 = 12 * 60 * 60;

/// Builds the message with the workbook attached. The message has the as-of day as its date, so that the same plan
/// gives the same message.
///
/// # Errors
/// Fails if the message cannot be written.
pub fn eml(
    reminder: &Reminder<'_>,
    (to, from): (&str, &str),
    (name, workbook): (&str, &[u8]),
) -> anyhow::Result<Vec<u8>> {
    let text = reminder.text(HOW);
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(text.as_bytes());
    hasher.update(workbook);
    let (sum, as_of) = (hasher.finalize(), reminder.round.as_of);
    let domain = from.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let day = as_of.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
    let parts = vec![
        MimePart::new("text/plain", BodyPart::Text(text.into())),
        MimePart::new(WORKBOOK, BodyPart::Binary(workbook.into())).attachment(name),
    ];
    let kind = ContentType::new("multipart/mixed").attribute("boundary", BOUNDARY);
    let message = MessageBuilder::new()
        .from(Address::new_address(None::<&str>, from))
        .to(Address::new_address(Some(reminder.owner), to))
        .subject(reminder.subject())
        .date(Date::new(day + NOON))
        .message_id(format!("update-{as_of}-{sum:08x}@{domain}"))
        .body(MimePart::new(kind, parts));
    Ok(message.write_to_vec()?)
}
