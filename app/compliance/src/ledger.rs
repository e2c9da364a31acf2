//! Facts to bookings to day buckets: what each fact adds to which local day.
//!
//! A *booking* is one gain at one instant: a post at its publication, the difference between two readings at the
//! later one. Day buckets are sums of bookings per creator, metric and local day. Every change of a ledger returns
//! the change of the buckets, so that they can be kept up to date; [`PostLedger::gains`] and [`FollowerLedger::gains`]
//! compute them anew from the history, and both must always agree. docs/rules.md, "Actual".

use crate::calendar::{DayNumber, LocalDays, day_number};
use crate::fact::Counters;
use crate::goal::Metric;
use crate::instant::Instant;
use crate::tracking::Tracking;
use std::collections::BTreeMap;
use std::ops::{AddAssign, SubAssign};

/// What one creator gained in a stretch of time, by metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gains {
    /// Posts published.
    pub posts: i64,
    /// Views gained; negative where counters fell.
    pub views: i64,
    /// Likes, comments, shares and saves gained.
    pub engagement: i64,
    /// Net followers gained.
    pub followers: i64,
}

impl Gains {
    /// The gain of one metric.
    pub const fn of(&self, metric: Metric) -> i64 {
        match metric {
            Metric::Posts => self.posts,
            Metric::Views => self.views,
            Metric::Engagement => self.engagement,
            Metric::Followers => self.followers,
        }
    }

    /// Whether nothing was gained or lost.
    pub fn is_zero(&self) -> bool {
        *self == Gains::default()
    }
}

impl AddAssign for Gains {
    fn add_assign(&mut self, other: Gains) {
        self.posts += other.posts;
        self.views += other.views;
        self.engagement += other.engagement;
        self.followers += other.followers;
    }
}

impl SubAssign for Gains {
    fn sub_assign(&mut self, other: Gains) {
        self.posts -= other.posts;
        self.views -= other.views;
        self.engagement -= other.engagement;
        self.followers -= other.followers;
    }
}

/// Gains by local day; days without any are left out. Also the *change* of such gains.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayGains(BTreeMap<DayNumber, Gains>);

impl DayGains {
    /// Adds gains to a day.
    pub fn add(&mut self, day: DayNumber, gains: Gains) {
        let bucket = self.0.entry(day).or_default();
        *bucket += gains;
        if bucket.is_zero() {
            self.0.remove(&day);
        }
    }

    /// Takes gains from a day.
    pub fn subtract(&mut self, day: DayNumber, gains: Gains) {
        let mut negated = Gains::default();
        negated -= gains;
        self.add(day, negated);
    }

    /// Adds a change.
    pub fn apply(&mut self, change: &DayGains) {
        for (day, gains) in change.iter() {
            self.add(day, gains);
        }
    }

    /// The days with gains, in order.
    pub fn iter(&self) -> impl Iterator<Item = (DayNumber, Gains)> {
        self.0.iter().map(|(day, gains)| (*day, *gains))
    }

    /// Whether nothing is gained on any day.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What must be added to `before` to get `self`.
    fn since(mut self, before: &DayGains) -> DayGains {
        for (day, gains) in before.iter() {
            self.subtract(day, gains);
        }
        self
    }
}

/// What a snapshot books: `None` where it says nothing about the metric (0 is a booking).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Booking {
    /// Views gained since the reading before.
    pub views: Option<i64>,
    /// Likes, comments, shares and saves gained since the reading before, counter by counter.
    pub engagement: Option<i64>,
}

impl Booking {
    /// The booking of one metric; posts and followers are never booked by a post's snapshot.
    pub const fn of(&self, metric: Metric) -> Option<i64> {
        match metric {
            Metric::Views => self.views,
            Metric::Engagement => self.engagement,
            Metric::Posts | Metric::Followers => None,
        }
    }
}

/// Whether the first known value of a counter counts in full: if the post was published on or after the creator's
/// tracking start. Without a tracking start nothing was read yet, so nothing is a baseline.
pub fn first_counts_in_full(published_at: Instant, tracking_start: Option<Instant>) -> bool {
    tracking_start.is_none_or(|start| published_at >= start)
}

/// The counters of a post as last known, each on its own: where the next snapshot's differences start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CounterTrack {
    known: Counters,
    first_counts_in_full: bool,
}

impl CounterTrack {
    /// Starts from what is known. The first known value of a counter is booked in full if the post was published on
    /// or after the creator's tracking start (`first_counts_in_full`), otherwise it is a baseline and books 0.
    pub const fn new(known: Counters, first_counts_in_full: bool) -> CounterTrack {
        CounterTrack { known, first_counts_in_full }
    }

    /// The last known value of each counter.
    pub const fn known(&self) -> Counters {
        self.known
    }

    /// Moves on to the next snapshot in time and says what it books.
    pub fn book(&mut self, next: &Counters) -> Booking {
        let full = self.first_counts_in_full;
        let step = |known: &mut Option<i64>, next: Option<i64>| {
            let next = next?;
            let gain = known.map_or(if full { next } else { 0 }, |known| next - known);
            *known = Some(next);
            Some(gain)
        };
        let views = step(&mut self.known.views, next.views);
        let engagement = [
            step(&mut self.known.likes, next.likes),
            step(&mut self.known.comments, next.comments),
            step(&mut self.known.shares, next.shares),
            step(&mut self.known.saves, next.saves),
        ];
        let engagement = engagement.into_iter().flatten().reduce(|sum, gain| sum + gain);
        Booking { views, engagement }
    }
}

/// What became of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// It says what was known already; nothing changes.
    Duplicate,
    /// It is new, or corrects an earlier reading of the same instant; the buckets change by this much.
    Booked(DayGains),
}

/// The reading is not the latest one, so where it belongs can be told only with the whole history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the history of readings is needed to place an older one")]
pub struct HistoryNeeded;

/// The books of one post.
///
/// Holds the last reading and, if it was loaded, the whole history. Most readings are newer than all others and need
/// no history; for the rest [`PostLedger::insert`] asks for it.
#[derive(Debug, Clone)]
pub struct PostLedger {
    published_at: Instant,
    tracking: Tracking,
    first_counts_in_full: bool,
    last: Option<(Instant, Counters)>,
    history: Option<BTreeMap<Instant, Counters>>,
}

impl PostLedger {
    /// The books of a post of which `last` is known: the instant of its last snapshot and the last known value of
    /// each counter. Without a last snapshot the history is known to be empty.
    pub fn new(
        published_at: Instant,
        tracking: Tracking,
        first_counts_in_full: bool,
        last: Option<(Instant, Counters)>,
    ) -> PostLedger {
        let history = last.is_none().then(BTreeMap::new);
        PostLedger { published_at, tracking, first_counts_in_full, last, history }
    }

    /// Supplies every snapshot there is.
    pub fn load_history(&mut self, snapshots: impl IntoIterator<Item = (Instant, Counters)>) {
        let history: BTreeMap<Instant, Counters> = snapshots.into_iter().collect();
        self.last = fold(&history, self.first_counts_in_full, |_, _| ());
        self.history = Some(history);
    }

    /// The instant of the last snapshot and the last known value of each counter.
    pub const fn last(&self) -> Option<(Instant, Counters)> {
        self.last
    }

    /// When the post was published.
    pub const fn published_at(&self) -> Instant {
        self.published_at
    }

    /// Its review state.
    pub const fn tracking(&self) -> Tracking {
        self.tracking
    }

    /// Whether [`insert`](Self::insert) needs the history for a snapshot of this instant.
    pub fn needs_history(&self, captured_at: Instant) -> bool {
        self.history.is_none() && self.last.is_some_and(|(last, _)| captured_at <= last)
    }

    /// Takes in a snapshot. One of an instant that is known already replaces that one whole, nulls included.
    pub fn insert(
        &mut self,
        captured_at: Instant,
        counters: Counters,
        days: &impl LocalDays,
    ) -> Result<Accepted, HistoryNeeded> {
        let is_latest = self.last.is_none_or(|(last, _)| captured_at > last);
        if is_latest {
            let known = self.last.map_or_else(Counters::default, |(_, known)| known);
            let mut track = CounterTrack::new(known, self.first_counts_in_full);
            let booking = track.book(&counters);
            self.last = Some((captured_at, track.known()));
            if let Some(history) = &mut self.history {
                history.insert(captured_at, counters);
            }
            let mut change = DayGains::default();
            self.add(&mut change, captured_at, booking, days);
            return Ok(Accepted::Booked(change));
        }
        let history = self.history.as_ref().ok_or(HistoryNeeded)?;
        if history.get(&captured_at) == Some(&counters) {
            return Ok(Accepted::Duplicate);
        }
        let change = self.change(days, |post| {
            let history = post.history.get_or_insert_default();
            history.insert(captured_at, counters);
            post.last = fold(history, post.first_counts_in_full, |_, _| ());
        })?;
        Ok(Accepted::Booked(change))
    }

    /// Changes the review state. Needs the history if there is any.
    pub fn set_tracking(&mut self, tracking: Tracking, days: &impl LocalDays) -> Result<DayGains, HistoryNeeded> {
        self.change(days, |post| post.tracking = tracking)
    }

    /// Changes whether first values count in full (the creator's tracking start moved). Needs the history.
    pub fn set_first_counts_in_full(&mut self, full: bool, days: &impl LocalDays) -> Result<DayGains, HistoryNeeded> {
        self.change(days, |post| post.first_counts_in_full = full)
    }

    /// Corrects the publication instant, and with it whether first values count in full. Needs the history.
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

    /// Everything the post contributes, computed anew from the history.
    pub fn gains(&self, days: &impl LocalDays) -> Result<DayGains, HistoryNeeded> {
        let history = self.history.as_ref().ok_or(HistoryNeeded)?;
        let mut gains = DayGains::default();
        if self.tracking.counts() {
            let day = day_number(days.date_of(self.published_at));
            gains.add(day, Gains { posts: 1, ..Gains::default() });
        }
        fold(history, self.first_counts_in_full, |at, booking| self.add(&mut gains, at, booking, days));
        Ok(gains)
    }

    fn change(&mut self, days: &impl LocalDays, edit: impl FnOnce(&mut Self)) -> Result<DayGains, HistoryNeeded> {
        let before = self.gains(days)?;
        edit(self);
        Ok(self.gains(days)?.since(&before))
    }

    fn add(&self, gains: &mut DayGains, at: Instant, booking: Booking, days: &impl LocalDays) {
        if self.tracking.counts() {
            let (views, engagement) = (booking.views.unwrap_or(0), booking.engagement.unwrap_or(0));
            gains.add(day_number(days.date_of(at)), Gains { views, engagement, ..Gains::default() });
        }
    }
}

/// Runs through snapshots in order of time; returns the last instant and the last known values.
fn fold(
    history: &BTreeMap<Instant, Counters>,
    first_counts_in_full: bool,
    mut each: impl FnMut(Instant, Booking),
) -> Option<(Instant, Counters)> {
    let mut track = CounterTrack::new(Counters::default(), first_counts_in_full);
    for (at, counters) in history {
        each(*at, track.book(counters));
    }
    history.last_key_value().map(|(at, _)| (*at, track.known()))
}

/// The follower readings of one creator. Readings of 0 before the first positive one are placeholders and ignored;
/// the first real reading is a baseline.
#[derive(Debug, Clone)]
pub struct FollowerLedger {
    last: Option<(Instant, i64)>,
    history: Option<BTreeMap<Instant, i64>>,
}

impl FollowerLedger {
    /// The books of a creator whose last reading is known. `last` is the latest reading that is not a placeholder;
    /// `history_is_empty` says that there is no reading at all, not even a placeholder.
    pub fn new(last: Option<(Instant, i64)>, history_is_empty: bool) -> FollowerLedger {
        FollowerLedger { last, history: history_is_empty.then(BTreeMap::new) }
    }

    /// Supplies every reading there is, placeholders included.
    pub fn load_history(&mut self, readings: impl IntoIterator<Item = (Instant, i64)>) {
        let history: BTreeMap<Instant, i64> = readings.into_iter().collect();
        self.last = real_readings(&history).last();
        self.history = Some(history);
    }

    /// The latest reading that is not a placeholder.
    pub const fn last(&self) -> Option<(Instant, i64)> {
        self.last
    }

    /// The first reading that is not a placeholder, if the history is loaded.
    pub fn first(&self) -> Option<(Instant, i64)> {
        self.history.as_ref().and_then(|history| real_readings(history).next())
    }

    /// Whether the history is loaded, so that [`first`](Self::first) is known.
    pub const fn has_history(&self) -> bool {
        self.history.is_some()
    }

    /// Whether [`insert`](Self::insert) needs the history for a reading of this instant.
    pub fn needs_history(&self, captured_at: Instant) -> bool {
        self.history.is_none() && self.last.is_none_or(|(last, _)| captured_at <= last)
    }

    /// Takes in a reading. One of an instant that is known already replaces that one.
    pub fn insert(
        &mut self,
        captured_at: Instant,
        followers: i64,
        days: &impl LocalDays,
    ) -> Result<Accepted, HistoryNeeded> {
        if let Some((last, before)) = self.last
            && captured_at > last
        {
            self.last = Some((captured_at, followers));
            if let Some(history) = &mut self.history {
                history.insert(captured_at, followers);
            }
            let mut change = DayGains::default();
            let gain = Gains { followers: followers - before, ..Gains::default() };
            change.add(day_number(days.date_of(captured_at)), gain);
            return Ok(Accepted::Booked(change));
        }
        let before = self.gains(days)?;
        let history = self.history.as_mut().ok_or(HistoryNeeded)?;
        if history.get(&captured_at) == Some(&followers) {
            return Ok(Accepted::Duplicate);
        }
        history.insert(captured_at, followers);
        self.last = real_readings(history).last();
        Ok(Accepted::Booked(self.gains(days)?.since(&before)))
    }

    /// Every gain, computed anew from the history.
    pub fn gains(&self, days: &impl LocalDays) -> Result<DayGains, HistoryNeeded> {
        let history = self.history.as_ref().ok_or(HistoryNeeded)?;
        let mut gains = DayGains::default();
        let mut before = None;
        for (at, followers) in real_readings(history) {
            let gain = before.map_or(0, |before| followers - before);
            gains.add(day_number(days.date_of(at)), Gains { followers: gain, ..Gains::default() });
            before = Some(followers);
        }
        Ok(gains)
    }
}

/// Readings from the first positive one on.
fn real_readings(history: &BTreeMap<Instant, i64>) -> impl Iterator<Item = (Instant, i64)> {
    history.iter().map(|(at, followers)| (*at, *followers)).skip_while(|(_, followers)| *followers == 0)
}
