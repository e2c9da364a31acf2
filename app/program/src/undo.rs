//! Deleted things, which can be restored for 30 days.

use compliance::Instant;
use compliance::instant::DAY_MS;

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
