//! What the readings of a count consist of, source by source, and what they change.

use crate::instant::Instant;
use crate::misreading::Misreading;

/// What a reading changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LevelChange {
    /// The reading of this instant books so much more.
    Gained(Instant, i64),
    /// The reading of this instant awaits the next one of its source.
    Awaits(Instant),
    /// The reading of this instant awaits nothing any more.
    Settled(Instant),
    /// The reading of this instant is a misreading.
    Misread(Instant, Misreading),
}

/// What one source read last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// The last reading that is no misreading and awaits nothing.
    pub settled: i64,
    /// The reading after it, if that awaits the next one.
    pub awaiting: Option<Step>,
    /// When the source last read anything but 0; unknown where the levels begin amid the readings.
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
