//! The JSON shape of an instant.

use chrono::{DateTime, SecondsFormat};
use compliance::Instant;

/// Formats an instant as ISO 8601 in UTC, with milliseconds only if they are not 0.
pub fn instant(at: Instant) -> Option<String> {
    DateTime::from_timestamp_millis(at.millis()).map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}
