//! The message to an owner as a file (RFC 5322), with the workbook that is to be filled in.

use mail_builder::{
    MessageBuilder,
    headers::{address::Address, content_type::ContentType, date::Date},
    mime::{BodyPart, MimePart},
};

use super::Reminder;

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Stands between the parts. Neither of their encodings has it.
const BOUNDARY: &str = "=_plan";
/// How an owner answers.
const HOW: &str =
    " in the workbook that is attached: fill in its yellow cells, save it and send it back";
const NOON: i64 = 12 * 60 * 60;

/// The message with a workbook of this name. It bears the as-of day: the same plan has the same message.
///
/// # Errors
/// It cannot be written.
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
