//! The readings of a count, source by source, and what each of them changes.

use crate::instant::Instant;
use crate::misreading::Misreading;

/// What a reading changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LevelChange {
    /// The reading of this instant books this much more.
    Gained(Instant, i64),
    /// The reading of this instant awaits the next one of its source.
    Awaits(Instant),
    /// The reading of this instant no longer awaits the next one.
    Settled(Instant),
    /// The reading of this instant is a misreading.
    Misread(Instant, Misreading),
}

/// What one source read last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// The last reading that is not a misreading and does not await the next one.
    pub settled: i64,
    /// The reading after it, if that awaits the next one.
    pub awaiting: Option<Step>,
    /// When the source last read anything but 0; unknown if the levels begin in the middle of the readings.
    pub last_at: Option<Instant>,
}

/// A reading that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// When it was read.
    pub at: Instant,
    /// What was read.
    pub value: i64,
}

/// More readings than were loaded are needed to compute what a new one changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("earlier readings are needed to place a new one")]
pub struct HistoryNeeded;
