//! The only module that reads the system clock.

use chrono::{DateTime, Utc};

use crate::model::Day;

/// Returns today's date in the local time zone.
#[expect(clippy::disallowed_methods, reason = "the clock is read here and nowhere else")]
pub fn today() -> Day {
    chrono::Local::now().date_naive()
}

/// Returns the present time in UTC.
#[expect(clippy::disallowed_methods, reason = "the clock is read here and nowhere else")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
