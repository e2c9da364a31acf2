//! The evidence for a number: each post's one reason and its contribution. The contributions add up to the actual.

use crate::booking::{CounterTrack, booked_at};
use crate::fact::Counters;
use crate::instant::Instant;
use crate::metric::Metric;
use crate::period::Window;
use crate::tracking::{PostReason, Tracking};

/// What is known of a post around a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostWindow {
    /// When it was published.
    pub published_at: Instant,
    /// Its review state.
    pub tracking: Tracking,
    /// Whether the first value of a counter counts in full (published on or after the creator's tracking start).
    pub first_counts_in_full: bool,
    /// The last known value of each counter in snapshots dated before the window.
    pub known_before: Counters,
    /// Snapshots from the window's start up to `as_of`, in order of time, each with its own instant; all of them up to
    /// `as_of` if the post was published in the window or later. Those booked after the window add nothing to it, but
    /// show that the post has been read.
    pub snapshots: Vec<(Instant, Counters)>,
}

impl PostWindow {
    /// Returns the post's reason and contribution to a goal of this metric. Posts never contribute to followers goals.
    pub fn explain(&self, metric: Metric, window: &Window, as_of: Instant) -> (PostReason, i64) {
        if let Some(reason) = self.tracking.exclusion() {
            return (reason, 0);
        }
        let published_by_now = self.published_at < window.end && self.published_at <= as_of;
        if metric == Metric::Posts {
            let booked = published_by_now && window.start <= self.published_at;
            return if booked { (PostReason::Counted, 1) } else { (PostReason::OutsidePeriod, 0) };
        }
        match self.booked(metric, window, as_of) {
            Some(gain) => (PostReason::Counted, gain),
            None if published_by_now && self.never_read(metric) => (PostReason::NoDataYet, 0),
            None => (PostReason::OutsidePeriod, 0),
        }
    }

    /// Returns the gain that the post would book by `as_of` if its review state let it count; `None` without any
    /// booking in the window.
    pub fn booked(&self, metric: Metric, window: &Window, as_of: Instant) -> Option<i64> {
        self.bookings(metric, window, as_of).map(|(_, gain)| gain).reduce(i64::saturating_add)
    }

    /// Returns the gains of which the contribution consists, each at the instant at which it is booked; none if the post
    /// does not count.
    pub fn gains(&self, metric: Metric, window: &Window, as_of: Instant) -> Vec<(Instant, i64)> {
        match (metric, self.explain(metric, window, as_of)) {
            (Metric::Posts, (PostReason::Counted, gain)) => vec![(self.published_at, gain)],
            (_, (PostReason::Counted, _)) => self.bookings(metric, window, as_of).collect(),
            _ => Vec::new(),
        }
    }

    fn bookings(&self, metric: Metric, window: &Window, as_of: Instant) -> impl Iterator<Item = (Instant, i64)> {
        let (mut track, end) = (self.track_from(window.start), window.end);
        let booked = self.snapshots.iter().map(|(at, counters)| (booked_at(*at, self.published_at), counters));
        let in_window = booked.take_while(move |(at, _)| *at < end && *at <= as_of);
        in_window.filter_map(move |(at, counters)| Some((at, track.book(counters).of(metric)?)))
    }

    /// Returns the counters as known when a window begins: none, if the post was published later.
    pub(crate) fn track_from(&self, window_start: Instant) -> CounterTrack {
        let is_out = self.published_at < window_start;
        let known = if is_out { self.known_before } else { Counters::default() };
        CounterTrack::new(known, self.first_counts_in_full)
    }

    fn never_read(&self, metric: Metric) -> bool {
        let unknown = |counters: &Counters| match metric {
            Metric::Views => counters.views.is_none(),
            Metric::Engagement => counters.engagement().iter().all(Option::is_none),
            Metric::Posts | Metric::Followers => false,
        };
        unknown(&self.known_before) && self.snapshots.iter().all(|(_, counters)| unknown(counters))
    }
}
