//! The readings of one post or creator, followed in order of time.

use crate::calendar::LocalDays;
use crate::gains::{DayGains, Gains};
use crate::instant::Instant;
use crate::ledger::level::{HistoryNeeded, LevelChange};
use crate::ledger::levels::Levels;
use crate::misreading::{Misreading, Reading, Source};
use std::collections::{BTreeMap, BTreeSet};

/// What a reading changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// This much more is booked at an instant.
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

    /// Takes the next reading if it is already known whether it is a dip or a spike.
    fn read_settled(
        &mut self,
        at: Instant,
        value: &Self::Value,
        misreading: Option<Misreading>,
        tell: &mut impl FnMut(Effect),
    );

    /// Returns the count of a value by which misreadings are found.
    fn count(value: &Self::Value) -> Option<i64>;

    /// Returns that count according to the readings.
    fn levels(&self) -> &Levels;

    /// Returns whether later readings of sources other than those in `finished` change the same in both.
    fn agrees(&self, other: &Self, finished: &BTreeSet<Source>) -> bool;
}

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
pub fn effect(change: LevelChange, gained: impl Fn(i64) -> Gains, awaiting: impl Fn(i64) -> Gains) -> Effect {
    match change {
        LevelChange::Gained(at, gain) => Effect::Booked(at, gained(gain)),
        LevelChange::Awaits(at) => Effect::Booked(at, awaiting(1)),
        LevelChange::Settled(at) => Effect::Booked(at, awaiting(-1)),
        LevelChange::Misread(at, misreading) => Effect::Misread(at, misreading),
    }
}
