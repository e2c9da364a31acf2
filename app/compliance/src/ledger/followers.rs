//! The books of one creator's follower readings.

use crate::calendar::LocalDays;
use crate::gains::{DayGains, Gains};
use crate::history::History;
use crate::instant::Instant;
use crate::ledger::{Accepted, HistoryNeeded};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The follower readings of one creator. Readings of 0 before the first positive one are placeholders and ignored;
/// the first real reading is a baseline.
#[derive(Debug, Clone)]
pub struct FollowerLedger {
    first: Option<Instant>,
    last: Option<(Instant, i64)>,
    history: Option<History<i64>>,
}

impl FollowerLedger {
    /// Creates the ledger of a creator with the instant of the `first` and the `last` reading that are not
    /// placeholders; `history_is_empty` says that there is no reading at all, not even a placeholder.
    pub fn new(first: Option<Instant>, last: Option<(Instant, i64)>, history_is_empty: bool) -> FollowerLedger {
        FollowerLedger { first, last, history: history_is_empty.then(|| History::whole([])) }
    }

    /// Loads the whole history, including placeholders.
    pub fn load_history(&mut self, readings: impl IntoIterator<Item = (Instant, i64)>) {
        let history = History::whole(readings);
        self.first = real_readings(history.readings()).next().map(|(at, _)| at);
        self.last = real_readings(history.readings()).last();
        self.history = Some(history);
    }

    /// Loads what is needed to place readings within `late`: everything from the last positive reading before the range
    /// (or, if there is none, from the beginning) to the first positive one after it (or to the end).
    pub fn load_around(&mut self, late: RangeInclusive<Instant>, readings: impl IntoIterator<Item = (Instant, i64)>) {
        self.history = Some(History::around(late, readings));
    }

    /// Returns the latest reading that is not a placeholder.
    pub const fn last(&self) -> Option<(Instant, i64)> {
        self.last
    }

    /// Returns the instant of the first reading that is not a placeholder.
    pub const fn first(&self) -> Option<Instant> {
        self.first
    }

    /// Returns whether [`insert`](Self::insert) needs more of the history for a reading of this instant.
    pub fn needs_history(&self, captured_at: Instant) -> bool {
        self.last.is_none_or(|(last, _)| captured_at <= last)
            && !self.history.as_ref().is_some_and(|history| history.covers(captured_at))
    }

    /// Inserts a reading. It replaces one of the same instant.
    pub fn insert(
        &mut self,
        captured_at: Instant,
        followers: i64,
        days: &impl LocalDays,
    ) -> Result<Accepted, HistoryNeeded> {
        let mut change = DayGains::default();
        if self.last.is_some_and(|(last, _)| captured_at > last) {
            change.add_at(captured_at, book_followers(&mut self.last, captured_at, followers), days);
            self.history = self.history.take().and_then(|history| history.push(captured_at, followers));
            return Ok(Accepted::Booked(change));
        }
        let history = self.history.as_mut().filter(|history| history.covers(captured_at)).ok_or(HistoryNeeded)?;
        if history.readings().get(&captured_at) == Some(&followers) {
            return Ok(Accepted::Duplicate);
        }
        let step = |known: &mut _, at, followers: &i64| book_followers(known, at, *followers);
        let (without, with) =
            history.place(captured_at, followers, None, step, |at, gains| change.add_at(at, gains, days));
        if without != with {
            // The two differ to the end, so no later reading is a real one.
            self.last = with;
        }
        if self.first.is_none_or(|first| captured_at <= first) {
            self.first = real_readings(history.readings()).next().map(|(at, _)| at);
        }
        Ok(Accepted::Booked(change))
    }

    /// Recomputes every gain from the whole history.
    pub fn gains(&self, days: &impl LocalDays) -> Result<DayGains, HistoryNeeded> {
        let readings = self.history.as_ref().and_then(History::all).ok_or(HistoryNeeded)?;
        let (mut gains, mut known) = (DayGains::default(), None);
        for (at, followers) in readings {
            gains.add_at(*at, book_followers(&mut known, *at, *followers), days);
        }
        Ok(gains)
    }
}

/// Advances from the last real reading to the next one and returns what that books.
fn book_followers(last: &mut Option<(Instant, i64)>, at: Instant, followers: i64) -> Gains {
    let gain = last.map_or(0, |(_, before)| followers.saturating_sub(before));
    if last.is_some() || followers > 0 {
        *last = Some((at, followers));
    }
    Gains { followers: gain, ..Gains::default() }
}

/// Returns the readings from the first positive one on.
fn real_readings(readings: &BTreeMap<Instant, i64>) -> impl Iterator<Item = (Instant, i64)> {
    readings.iter().map(|(at, followers)| (*at, *followers)).skip_while(|(_, followers)| *followers == 0)
}
