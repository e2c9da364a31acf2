//! The readings of one post or creator over time: all of them, or the stretch that late readings can change.

use crate::gains::Gains;
use crate::instant::Instant;
use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};
use std::ops::RangeInclusive;

/// The earliest and the latest instant there are.
const EVER: RangeInclusive<Instant> = Instant::from_millis(i64::MIN)..=Instant::from_millis(i64::MAX);

/// What was read when.
#[derive(Debug, Clone)]
pub(crate) struct History<T> {
    readings: BTreeMap<Instant, T>,
    /// Between which instants readings can be placed.
    covers: RangeInclusive<Instant>,
}

impl<T: PartialEq> History<T> {
    /// Every reading there is.
    pub fn whole(readings: impl IntoIterator<Item = (Instant, T)>) -> History<T> {
        History { readings: readings.into_iter().collect(), covers: EVER }
    }

    /// Enough readings around `late` to place others there.
    pub fn around(late: RangeInclusive<Instant>, readings: impl IntoIterator<Item = (Instant, T)>) -> History<T> {
        History { readings: readings.into_iter().collect(), covers: late }
    }

    /// Whether a reading of this instant can be placed.
    pub fn covers(&self, at: Instant) -> bool {
        self.covers.contains(&at)
    }

    /// Every reading, if all are here.
    pub fn all(&self) -> Option<&BTreeMap<Instant, T>> {
        (self.covers == EVER).then_some(&self.readings)
    }

    /// The readings that are here.
    pub const fn readings(&self) -> &BTreeMap<Instant, T> {
        &self.readings
    }

    /// Adds a reading that is later than all others, whether they are here or not. What is here may then no longer
    /// reach as far as it must; if so, nothing is left.
    pub fn push(mut self, at: Instant, reading: T) -> Option<History<T>> {
        let covered = self.covers(at);
        self.readings.insert(at, reading);
        covered.then_some(self)
    }

    /// Puts a reading in its place, instead of one of the same instant.
    ///
    /// `step` goes from what is known to what is known after one more reading, and says what that reading books. From
    /// the new reading on, `book` is given what is booked more, reading by reading, and less (`Gains` negated), until
    /// as much is known as without the new one: from there on nothing changes. Returns what is known there, without
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
