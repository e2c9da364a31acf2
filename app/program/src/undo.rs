//! Deleted things, which can be brought back for a while.

use compliance::Instant;
use compliance::instant::DAY_MS;

/// Something that was deleted and can still be brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted<T> {
    /// What was deleted.
    pub what: T,
    /// When.
    pub deleted_at: Instant,
}

/// How long what was deleted can be brought back.
const UNDO_MS: i64 = 30 * DAY_MS;

/// What was deleted at this instant or later can be brought back.
#[must_use]
pub fn undo_since(now: Instant) -> Instant {
    now.plus_millis(-UNDO_MS)
}
