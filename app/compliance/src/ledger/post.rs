//! The books of one post.

use crate::booking::{CounterTrack, booked_at};
use crate::calendar::LocalDays;
use crate::fact::Counters;
use crate::gains::{DayGains, Gains};
use crate::history::History;
use crate::instant::Instant;
use crate::ledger::{Accepted, HistoryNeeded};
use crate::tracking::Tracking;
use std::ops::RangeInclusive;

/// The books of one post.
///
/// Holds the last reading and those that were loaded: all of them, or those around late ones. Most readings are newer
/// than all others and need no history; for the rest [`PostLedger::insert`] returns [`HistoryNeeded`].
#[derive(Debug, Clone)]
pub struct PostLedger {
    published_at: Instant,
    tracking: Tracking,
    first_counts_in_full: bool,
    last: Option<(Instant, Counters)>,
    history: Option<History<Counters>>,
}

impl PostLedger {
    /// Creates the ledger of a post with `last`, the instant of its last snapshot and the last known value of each
    /// counter. Without a last snapshot the history is empty.
    pub fn new(
        published_at: Instant,
        tracking: Tracking,
        first_counts_in_full: bool,
        last: Option<(Instant, Counters)>,
    ) -> PostLedger {
        let history = last.is_none().then(|| History::whole([]));
        PostLedger { published_at, tracking, first_counts_in_full, last, history }
    }

    /// Loads the whole history.
    pub fn load_history(&mut self, snapshots: impl IntoIterator<Item = (Instant, Counters)>) {
        let history = History::whole(snapshots);
        let mut track = self.nothing_known();
        for counters in history.readings().values() {
            track.book(counters);
        }
        self.last = history.readings().last_key_value().map(|(at, _)| (*at, track.known()));
        self.history = Some(history);
    }

    /// Loads what is needed to place snapshots within `late`. For each counter this is everything from its last known
    /// value before the range (if there is one) to its first known value after it (if there is one).
    pub fn load_around(
        &mut self,
        late: RangeInclusive<Instant>,
        snapshots: impl IntoIterator<Item = (Instant, Counters)>,
    ) {
        self.history = Some(History::around(late, snapshots));
    }

    /// Returns the instant of the last snapshot and the last known value of each counter.
    pub const fn last(&self) -> Option<(Instant, Counters)> {
        self.last
    }

    /// Returns when the post was published.
    pub const fn published_at(&self) -> Instant {
        self.published_at
    }

    /// Its review state.
    pub const fn tracking(&self) -> Tracking {
        self.tracking
    }

    /// Returns whether [`insert`](Self::insert) needs more of the history for a snapshot of this instant.
    pub fn needs_history(&self, captured_at: Instant) -> bool {
        self.last.is_some_and(|(last, _)| captured_at <= last)
            && !self.history.as_ref().is_some_and(|history| history.covers(captured_at))
    }

    /// Inserts a snapshot. It replaces one of the same instant completely, including counters that are unknown now.
    pub fn insert(
        &mut self,
        captured_at: Instant,
        counters: Counters,
        days: &impl LocalDays,
    ) -> Result<Accepted, HistoryNeeded> {
        let (start, counts) = (self.nothing_known(), self.tracking.counts());
        let published_at = self.published_at;
        let step = |track: &mut CounterTrack, _: Instant, counters: &Counters| {
            let gains = track.book(counters).gains();
            if counts { gains } else { Gains::default() }
        };
        let mut change = DayGains::default();
        let Some((last, known)) = self.last.filter(|(last, _)| captured_at <= *last) else {
            let known = self.last.map_or_else(Counters::default, |(_, known)| known);
            let mut track = CounterTrack::new(known, self.first_counts_in_full);
            change.add_at(booked_at(captured_at, published_at), step(&mut track, captured_at, &counters), days);
            self.last = Some((captured_at, track.known()));
            self.history = self.history.take().and_then(|history| history.push(captured_at, counters));
            return Ok(Accepted::Booked(change));
        };
        let history = self.history.as_mut().filter(|history| history.covers(captured_at)).ok_or(HistoryNeeded)?;
        if history.readings().get(&captured_at) == Some(&counters) {
            return Ok(Accepted::Duplicate);
        }
        let (without, with) = history.place(captured_at, counters, start, step, |at, gains| {
            change.add_at(booked_at(at, published_at), gains, days);
        });
        self.last = Some((last, known.corrected(without.known(), with.known())));
        Ok(Accepted::Booked(change))
    }

    /// Changes the review state. Needs the whole history, if there is any.
    pub fn set_tracking(&mut self, tracking: Tracking, days: &impl LocalDays) -> Result<DayGains, HistoryNeeded> {
        self.change(days, |post| post.tracking = tracking)
    }

    /// Changes whether first values count in full (the creator's tracking start moved). Needs the whole history.
    pub fn set_first_counts_in_full(&mut self, full: bool, days: &impl LocalDays) -> Result<DayGains, HistoryNeeded> {
        self.change(days, |post| post.first_counts_in_full = full)
    }

    /// Changes the publication instant, and with it whether first values count in full. Needs the whole history.
    pub fn set_published_at(
        &mut self,
        published_at: Instant,
        first_counts_in_full: bool,
        days: &impl LocalDays,
    ) -> Result<DayGains, HistoryNeeded> {
        self.change(days, |post| {
            post.published_at = published_at;
            post.first_counts_in_full = first_counts_in_full;
        })
    }

    /// Recomputes everything the post contributes from the whole history.
    pub fn gains(&self, days: &impl LocalDays) -> Result<DayGains, HistoryNeeded> {
        let snapshots = self.history.as_ref().and_then(History::all).ok_or(HistoryNeeded)?;
        let mut gains = DayGains::default();
        if self.tracking.counts() {
            gains.add_at(self.published_at, Gains { posts: 1, ..Gains::default() }, days);
            let mut track = self.nothing_known();
            for (at, counters) in snapshots {
                gains.add_at(booked_at(*at, self.published_at), track.book(counters).gains(), days);
            }
        }
        Ok(gains)
    }

    fn change(&mut self, days: &impl LocalDays, edit: impl FnOnce(&mut Self)) -> Result<DayGains, HistoryNeeded> {
        let before = self.gains(days)?;
        edit(self);
        Ok(self.gains(days)?.since(&before))
    }

    fn nothing_known(&self) -> CounterTrack {
        CounterTrack::new(Counters::default(), self.first_counts_in_full)
    }
}
