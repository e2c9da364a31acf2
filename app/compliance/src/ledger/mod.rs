//! Ledgers: compute the bookings of facts, and what each fact adds to which local day.
//!
//! A *booking* is one gain at one instant: a post at its publication, the difference between two readings at the later
//! one. Day buckets are sums of bookings per creator, metric and local day. docs/rules.md, "Actual" and "Misreadings".
//!
//! A [`Track`] takes the readings of one post or creator in order of time and tells what each changes. It has one state
//! and one way to go on, so whatever starts it agrees: [`recompute`] starts it before all readings, [`append`] after them,
//! and a [`Placement`] amid them, once without and once with the new readings, until both are the same.

pub mod followers;
mod levels;
mod placement;
pub mod post;
mod remembered;

pub use placement::{Involved, Placed, Placement, Progress, Reached, Stored, append, involved};
pub use remembered::Remembered;

use crate::calendar::LocalDays;
use crate::gains::{DayGains, Gains};
use crate::instant::Instant;
use crate::misreading::{Misreading, Reading, Source};
use levels::{LevelChange, Levels};
use std::collections::{BTreeMap, BTreeSet};

/// What a reading changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// So much more is booked at an instant.
    Booked(Instant, Gains),
    /// The reading of this instant is a misreading.
    Misread(Instant, Misreading),
}

/// What is known of a post's counters or a creator's followers after some of their readings.
pub trait Track: Clone {
    /// What is read.
    type Value: Clone + PartialEq;

    /// Takes the next reading and tells what it changes. [`HistoryNeeded`] if the track was resumed and does not remember
    /// enough; then it must not be used any more.
    fn read(
        &mut self,
        at: Instant,
        reading: &Reading<Self::Value>,
        tell: &mut impl FnMut(Effect),
    ) -> Result<(), HistoryNeeded>;

    /// Takes the next reading if it is known whether it is a dip or a spike.
    fn read_settled(
        &mut self,
        at: Instant,
        value: &Self::Value,
        misreading: Option<Misreading>,
        tell: &mut impl FnMut(Effect),
    );

    /// Returns the count in a value that misreadings are found by.
    fn count(value: &Self::Value) -> Option<i64>;

    /// Returns that count, as the readings tell it.
    fn levels(&self) -> &Levels;

    /// Returns whether later readings, other than of the sources in `finished`, change the same on both.
    fn agrees(&self, other: &Self, finished: &BTreeSet<Source>) -> bool;
}

/// More readings than were loaded are needed to compute what a new one changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("earlier readings are needed to place a new one")]
pub struct HistoryNeeded;

/// Computes every gain from all readings, and which of them are misreadings.
pub fn recompute<T: Track>(
    mut track: T,
    readings: &BTreeMap<Instant, Reading<T::Value>>,
    days: &impl LocalDays,
) -> Result<(DayGains, BTreeMap<Instant, Misreading>), HistoryNeeded> {
    let (mut gains, mut misreadings) = (DayGains::default(), BTreeMap::new());
    for (at, reading) in readings {
        track.read(*at, reading, &mut |effect| match effect {
            Effect::Booked(at, booked) => gains.add_at(at, booked, days),
            Effect::Misread(at, misreading) => {
                misreadings.insert(at, misreading);
            }
        })?;
    }
    Ok((gains, misreadings))
}

/// Returns a change of a count as an effect: `gained` and `awaiting` turn an amount into gains.
fn effect(change: LevelChange, gained: impl Fn(i64) -> Gains, awaiting: impl Fn(i64) -> Gains) -> Effect {
    match change {
        LevelChange::Gained(at, gain) => Effect::Booked(at, gained(gain)),
        LevelChange::Awaits(at) => Effect::Booked(at, awaiting(1)),
        LevelChange::Settled(at) => Effect::Booked(at, awaiting(-1)),
        LevelChange::Misread(at, misreading) => Effect::Misread(at, misreading),
    }
}
