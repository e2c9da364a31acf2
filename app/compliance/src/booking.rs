//! What each snapshot of a post adds to the books, and when. docs/rules.md, "Actual".

use crate::fact::Counters;
use crate::gains::Gains;
use crate::instant::Instant;
use crate::metric::Metric;

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

    /// Returns the booking as gains, with 0 for what it says nothing about.
    pub fn gains(self) -> Gains {
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
/// creator's tracking start. Without a tracking start nothing has been read yet, so nothing is a baseline.
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
