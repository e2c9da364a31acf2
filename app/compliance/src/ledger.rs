//! Ledgers: compute the bookings of facts, and what each fact adds to which local day.
//!
//! A *booking* is one gain at one instant: a post at its publication, or the difference between two readings at the
//! later one. Day buckets are sums of bookings per creator, metric and local day. Every change of a ledger returns
//! the change of the buckets, so that they can be kept up to date; [`PostLedger::gains`] and [`FollowerLedger::gains`]
//! recompute them from the history, and both must always agree. docs/rules.md, "Actual".

use crate::calendar::{DayNumber, LocalDays, day_number};
use crate::fact::Counters;
use crate::goal::Metric;
use crate::history::History;
use crate::instant::Instant;
use crate::pace::saturate;
use crate::tracking::Tracking;
use std::collections::BTreeMap;
use std::ops::{AddAssign, Neg, RangeInclusive};

/// What one creator gained in some period of time, by metric.
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
    /// Returns the gain of one metric.
    pub const fn of(&self, metric: Metric) -> i64 {
        match metric {
            Metric::Posts => self.posts,
            Metric::Views => self.views,
            Metric::Engagement => self.engagement,
            Metric::Followers => self.followers,
        }
    }

    /// Returns the exact sum of what several creators gained, clamped to the range of `i64`; see
    /// [`bounds`](crate::bounds).
    pub fn total(all: impl IntoIterator<Item = Gains>) -> Gains {
        let mut sums = [0_i128; 4];
        for Gains { posts, views, engagement, followers } in all {
            for (sum, gain) in sums.iter_mut().zip([posts, views, engagement, followers]) {
                *sum += i128::from(gain);
            }
        }
        let [posts, views, engagement, followers] = sums.map(saturate);
        Gains { posts, views, engagement, followers }
    }

    /// Returns whether nothing was gained or lost.
    pub fn is_zero(&self) -> bool {
        *self == Gains::default()
    }
}

/// Adds gains of one creator, whose sum stays far from the ends of an `i64`; see [`bounds`](crate::bounds). It
/// saturates nevertheless, so that a wrong sum does not change its sign.
impl AddAssign for Gains {
    fn add_assign(&mut self, other: Gains) {
        self.posts = self.posts.saturating_add(other.posts);
        self.views = self.views.saturating_add(other.views);
        self.engagement = self.engagement.saturating_add(other.engagement);
        self.followers = self.followers.saturating_add(other.followers);
    }
}

impl Neg for Gains {
    type Output = Gains;

    fn neg(self) -> Gains {
        let Gains { posts, views, engagement, followers } = self;
        let [posts, views, engagement, followers] = [posts, views, engagement, followers].map(i64::saturating_neg);
        Gains { posts, views, engagement, followers }
    }
}

/// Gains by local day, without days on which nothing was gained. Also used for *changes* of such gains.
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

    fn add_at(&mut self, at: Instant, gains: Gains, days: &impl LocalDays) {
        self.add(day_number(days.date_of(at)), gains);
    }

    /// Adds a change.
    pub fn apply(&mut self, change: &DayGains) {
        for (day, gains) in change.iter() {
            self.add(day, gains);
        }
    }

    /// Returns the days with gains, in order.
    pub fn iter(&self) -> impl Iterator<Item = (DayNumber, Gains)> {
        self.0.iter().map(|(day, gains)| (*day, *gains))
    }

    /// Returns the days with gains in a range, in order.
    pub fn between(&self, days: std::ops::Range<DayNumber>) -> impl Iterator<Item = (DayNumber, Gains)> {
        self.0.range(days).map(|(day, gains)| (*day, *gains))
    }

    /// Returns whether nothing is gained on any day.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns what must be added to `before` to get `self`.
    fn since(mut self, before: &DayGains) -> DayGains {
        for (day, gains) in before.iter() {
            self.add(day, -gains);
        }
        self
    }
}

/// What a snapshot books; `None` if it says nothing about the metric (0 is a booking).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Booking {
    /// Views gained since the previous reading.
    pub views: Option<i64>,
    /// Likes, comments, shares and saves gained since the previous reading, counter by counter.
    pub engagement: Option<i64>,
}

impl Booking {
    /// Returns the booking of one metric; a snapshot of a post never books posts or followers.
    pub const fn of(&self, metric: Metric) -> Option<i64> {
        match metric {
            Metric::Views => self.views,
            Metric::Engagement => self.engagement,
            Metric::Posts | Metric::Followers => None,
        }
    }

    fn gains(self) -> Gains {
        let (views, engagement) = (self.views.unwrap_or(0), self.engagement.unwrap_or(0));
        Gains { views, engagement, ..Gains::default() }
    }
}

/// Returns when a snapshot of a post is booked: at its own instant, or at the publication if it is dated before that.
/// Clocks differ, and a post gains nothing before it exists. It is known from that instant on.
pub fn booked_at(captured_at: Instant, published_at: Instant) -> Instant {
    captured_at.max(published_at)
}

/// Returns whether the first known value of a counter counts in full: if the post was published on or after the
/// creator's tracking start. Without a tracking start nothing was read yet, so nothing is a baseline.
pub fn first_counts_in_full(published_at: Instant, tracking_start: Option<Instant>) -> bool {
    tracking_start.is_none_or(|start| published_at >= start)
}

/// The last known counters of a post, from which the next snapshot's differences are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CounterTrack {
    known: Counters,
    first_counts_in_full: bool,
}

impl CounterTrack {
    /// Creates a track with the known counters. The first known value of a counter is booked in full if the post was
    /// published on or after the creator's tracking start (`first_counts_in_full`); otherwise it is a baseline and
    /// books 0.
    pub const fn new(known: Counters, first_counts_in_full: bool) -> CounterTrack {
        CounterTrack { known, first_counts_in_full }
    }

    /// Returns the last known value of each counter.
    pub const fn known(&self) -> Counters {
        self.known
    }

    /// Advances to the next snapshot and returns what it books.
    pub fn book(&mut self, next: &Counters) -> Booking {
        let full = self.first_counts_in_full;
        let step = |known: &mut Option<i64>, next: Option<i64>| {
            let next = next?;
            let gain = known.map_or(if full { next } else { 0 }, |known| next.saturating_sub(known));
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
        let engagement = engagement.into_iter().flatten().reduce(i64::saturating_add);
        Booking { views, engagement }
    }
}

/// The result of inserting a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// It was already known; nothing changes.
    Duplicate,
    /// It is new, or corrects an earlier reading of the same instant; the day buckets change by this much.
    Booked(DayGains),
}

/// The reading is not the latest one, so the surrounding readings are needed to compute what it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the history of readings is needed to place an older one")]
pub struct HistoryNeeded;

/// The ledger of one post.
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

    /// Returns the review state.
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
            let mut track = CounterTrack { known, ..start };
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
        self.last = Some((last, known.corrected(without.known, with.known)));
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
