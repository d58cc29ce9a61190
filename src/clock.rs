//! The one place that asks what day it is.

use crate::model::Day;

/// Today, where the person is.
#[expect(clippy::disallowed_methods, reason = "the clock is read here and nowhere else")]
pub fn today() -> Day {
    chrono::Local::now().date_naive()
}
