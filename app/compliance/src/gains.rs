//! What was gained: in a stretch of time, and by local day.

use crate::calendar::{DayNumber, LocalDays, day_number};
use crate::instant::Instant;
use crate::metric::Metric;
use crate::pace::saturate;
use std::collections::BTreeMap;
use std::ops::{AddAssign, Neg};

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
    /// The number of readings of views that await the next one of their source, which may show them to be misreadings.
    pub awaiting_views: i64,
    /// The number of such readings of followers.
    pub awaiting_followers: i64,
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

    /// Returns the number of readings that may yet turn out not to count for a metric.
    pub const fn awaiting(&self, metric: Metric) -> i64 {
        match metric {
            Metric::Views => self.awaiting_views,
            Metric::Followers => self.awaiting_followers,
            Metric::Posts | Metric::Engagement => 0,
        }
    }

    /// Returns the exact sum of what several creators gained, clamped to the range of `i64`; see
    /// [`bounds`](crate::bounds).
    pub fn total(all: impl IntoIterator<Item = Gains>) -> Gains {
        let mut sums = [0_i128; 6];
        for gains in all {
            for (sum, gain) in sums.iter_mut().zip(gains.parts()) {
                *sum += i128::from(gain);
            }
        }
        Gains::of_parts(sums.map(saturate))
    }

    const fn parts(self) -> [i64; 6] {
        let Gains { posts, views, engagement, followers, awaiting_views, awaiting_followers } = self;
        [posts, views, engagement, followers, awaiting_views, awaiting_followers]
    }

    const fn of_parts(parts: [i64; 6]) -> Gains {
        let [posts, views, engagement, followers, awaiting_views, awaiting_followers] = parts;
        Gains { posts, views, engagement, followers, awaiting_views, awaiting_followers }
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
        let mut sums = self.parts();
        for (sum, gain) in sums.iter_mut().zip(other.parts()) {
            *sum = sum.saturating_add(gain);
        }
        *self = Gains::of_parts(sums);
    }
}

impl Neg for Gains {
    type Output = Gains;

    fn neg(self) -> Gains {
        Gains::of_parts(self.parts().map(i64::saturating_neg))
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

    /// Adds gains to the local day of an instant.
    pub fn add_at(&mut self, at: Instant, gains: Gains, days: &impl LocalDays) {
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
    #[must_use]
    pub fn since(mut self, before: &DayGains) -> DayGains {
        for (day, gains) in before.iter() {
            self.add(day, -gains);
        }
        self
    }
}
