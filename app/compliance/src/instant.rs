//! A point on the time line.

use serde::{Deserialize, Serialize};

/// Milliseconds in one second.
pub const SECOND_MS: i64 = 1_000;
/// Milliseconds in one minute of elapsed time.
pub const MINUTE_MS: i64 = 60 * SECOND_MS;
/// Milliseconds in one hour of elapsed time.
pub const HOUR_MS: i64 = 3_600 * SECOND_MS;
/// Milliseconds in 24 hours of elapsed time (a *local* day may last 21 to 27 hours).
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// A point on the time line: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// The earliest instant accepted from outside, 2000-01-01T00:00:00Z: long before the first short video, but late
    /// enough to reject misread dates.
    pub const EARLIEST: Instant = Instant(946_684_800_000);
    /// The latest instant accepted from outside (exclusive), 2100-01-01T00:00:00Z.
    pub const LATEST: Instant = Instant(4_102_444_800_000);

    /// Returns the instant `millis` milliseconds after the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Instant(millis)
    }

    /// Returns the milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Returns this instant moved by `millis` (which may be negative), saturating at the ends of the number range.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Instant(self.0.saturating_add(millis))
    }

    /// Returns the elapsed milliseconds from `earlier` to `self`; negative if `earlier` is the later one.
    pub const fn millis_since(self, earlier: Instant) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Returns whether an instant from outside is within [`EARLIEST`](Self::EARLIEST)..[`LATEST`](Self::LATEST).
    pub const fn is_plausible(self) -> bool {
        self.0 >= Self::EARLIEST.0 && self.0 < Self::LATEST.0
    }
}

impl From<chrono::DateTime<chrono::Utc>> for Instant {
    fn from(at: chrono::DateTime<chrono::Utc>) -> Self {
        Instant(at.timestamp_millis())
    }
}
