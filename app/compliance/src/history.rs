//! The readings of one post or creator over time: all of them, or those that late readings can affect.

use crate::gains::Gains;
use crate::instant::Instant;
use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};
use std::ops::RangeInclusive;

/// The whole range of instants.
const EVER: RangeInclusive<Instant> = Instant::from_millis(i64::MIN)..=Instant::from_millis(i64::MAX);

/// Readings by instant.
#[derive(Debug, Clone)]
pub(crate) struct History<T> {
    readings: BTreeMap<Instant, T>,
    /// The range of instants in which readings can be placed.
    covers: RangeInclusive<Instant>,
}

impl<T: PartialEq> History<T> {
    /// Creates the history from every reading.
    pub fn whole(readings: impl IntoIterator<Item = (Instant, T)>) -> History<T> {
        History { readings: readings.into_iter().collect(), covers: EVER }
    }

    /// Creates a part of the history with the readings that are needed to place others within `late`.
    pub fn around(late: RangeInclusive<Instant>, readings: impl IntoIterator<Item = (Instant, T)>) -> History<T> {
        History { readings: readings.into_iter().collect(), covers: late }
    }

    /// Returns whether a reading of this instant can be placed.
    pub fn covers(&self, at: Instant) -> bool {
        self.covers.contains(&at)
    }

    /// Returns every reading, if the history is complete.
    pub fn all(&self) -> Option<&BTreeMap<Instant, T>> {
        (self.covers == EVER).then_some(&self.readings)
    }

    /// Returns the loaded readings.
    pub const fn readings(&self) -> &BTreeMap<Instant, T> {
        &self.readings
    }

    /// Adds a reading that is later than all others, loaded or not. Returns `None` if the loaded part does not cover
    /// it: then it may not reach as far as it must.
    pub fn push(mut self, at: Instant, reading: T) -> Option<History<T>> {
        let covered = self.covers(at);
        self.readings.insert(at, reading);
        covered.then_some(self)
    }

    /// Inserts a reading, and replaces one of the same instant.
    ///
    /// `step` advances what is known by one reading and returns what that reading books. From the new reading on,
    /// `book` is called with each booking that is added, and with each that is removed (negated), until what is known
    /// is the same with and without the new reading: nothing changes after that. Returns what is known there, without
    /// and with the new reading.
    pub fn place<S: Clone + PartialEq>(
        &mut self,
        at: Instant,
        reading: T,
        nothing_known: S,
        step: impl Fn(&mut S, Instant, &T) -> Gains,
        mut book: impl FnMut(Instant, Gains),
    ) -> (S, S) {
        let mut without = nothing_known;
        for (earlier, reading) in self.readings.range(..at) {
            step(&mut without, *earlier, reading);
        }
        let mut with = without.clone();
        if let Some(replaced) = self.readings.get(&at) {
            book(at, -step(&mut without, at, replaced));
        }
        book(at, step(&mut with, at, &reading));
        for (later, reading) in self.readings.range((Excluded(at), Unbounded)) {
            if without == with {
                break;
            }
            book(*later, -step(&mut without, *later, reading));
            book(*later, step(&mut with, *later, reading));
        }
        self.readings.insert(at, reading);
        (without, with)
    }
}
