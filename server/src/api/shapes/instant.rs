//! Instants as programs read them.

use chrono::{DateTime, SecondsFormat};
use compliance::Instant;

/// An instant as ISO 8601 in UTC, with milliseconds only where there are any.
pub fn instant(at: Instant) -> Option<String> {
    DateTime::from_timestamp_millis(at.millis()).map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}
