//! Deleted things, which can be restored for 30 days.

use compliance::Instant;
use compliance::instant::{DAY_MS, HOUR_MS};

/// Something that was deleted and can still be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted<T> {
    /// What was deleted.
    pub what: T,
    /// When it was deleted.
    pub deleted_at: Instant,
}

/// How long deleted things can be restored, in milliseconds.
const UNDO_MS: i64 = 30 * DAY_MS;

/// Returns the earliest instant of deletion for which things can be restored.
#[must_use]
pub fn undo_since(now: Instant) -> Instant {
    now.plus_millis(-UNDO_MS)
}

/// The extra time before deleted things are erased, because server clocks may disagree.
const ERASED_LATER_MS: i64 = HOUR_MS;

/// Returns the instant before which deleted things are erased.
#[must_use]
pub fn erase_before(now: Instant) -> Instant {
    undo_since(now).plus_millis(-ERASED_LATER_MS)
}
