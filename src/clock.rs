//! The one place that reads the clock.

use chrono::{DateTime, Utc};

use crate::model::Day;

/// Today, where the person is.
#[expect(clippy::disallowed_methods, reason = "the clock is read here and nowhere else")]
pub fn today() -> Day {
    chrono::Local::now().date_naive()
}

/// The present moment.
#[expect(clippy::disallowed_methods, reason = "the clock is read here and nowhere else")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
