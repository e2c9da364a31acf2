//! A creator as the store keeps one: all facts with the marks of misreadings, what is remembered of each count, and day
//! buckets that are updated only by the changes computed for new facts. Next to it, the definition computed from the
//! facts.

pub mod definition;
mod shelf;

use compliance::Instant;
use compliance::calendar::{DayNumber, LocalDays, Zone, date_of_day, day_number};
use compliance::evidence::PostWindow;
use compliance::fact::Counters;
use compliance::gains::{DayGains, Gains};
use compliance::ledger::followers::FollowerTrack;
use compliance::ledger::post::{PostTerms, PostTrack};
use compliance::ledger::recompute;
use compliance::metric::Metric;
use compliance::misreading::{Misreading, Reading};
use compliance::period::Window;
use compliance::tracking::Tracking;
use definition::misreadings;
use shelf::Shelf;
use std::collections::BTreeMap;

/// Something that happens to a creator.
#[derive(Debug, Clone)]
pub enum Event {
    /// Counters of a post were read.
    Snapshot { post: usize, at: Instant, reading: Reading<Counters> },
    /// The followers were read.
    Followers { at: Instant, reading: Reading<i64> },
    /// A post was reviewed, or its tracking switched.
    Review { post: usize, tracking: Tracking },
    /// The publication instant of a post was corrected.
    Published { post: usize, at: Instant },
    /// The creator's tracking start moved.
    TrackingStart { day: DayNumber },
}

/// What happens, before an event, to what is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// It is there.
    Kept,
    /// It is lost, so earlier readings have to be looked at.
    Lost,
}

/// All that is known of one post.
pub struct Post {
    published_at: Instant,
    tracking: Tracking,
    snapshots: Shelf<PostTrack>,
}

/// A creator, with day buckets kept up to date by the changes that are computed.
pub struct Creator {
    zone: Zone,
    tracking_start: DayNumber,
    posts: Vec<Post>,
    followers: Shelf<FollowerTrack>,
    buckets: DayGains,
}

impl Creator {
    pub fn new(zone: Zone, tracking_start: DayNumber, posts: &[(Instant, Tracking)]) -> Creator {
        let post = |(published_at, tracking): &(Instant, Tracking)| Post {
            published_at: *published_at,
            tracking: *tracking,
            snapshots: Shelf::new(),
        };
        let mut creator = Creator {
            zone,
            tracking_start,
            posts: posts.iter().map(post).collect(),
            followers: Shelf::new(),
            buckets: DayGains::default(),
        };
        for post in 0..posts.len() {
            creator.terms(post).book_post(&mut creator.buckets, &zone);
        }
        creator
    }

    /// What the changes add up to.
    pub fn buckets(&self) -> &DayGains {
        &self.buckets
    }

    /// The follower readings, and those of them that are marked.
    pub fn followers(&self) -> (&BTreeMap<Instant, Reading<i64>>, &BTreeMap<Instant, Misreading>) {
        (&self.followers.readings, &self.followers.marks)
    }

    /// The snapshots of a post, and those of them that are marked.
    pub fn snapshots(&self, post: usize) -> (&BTreeMap<Instant, Reading<Counters>>, &BTreeMap<Instant, Misreading>) {
        let Shelf { readings, marks, .. } = &self.posts[post].snapshots;
        (readings, marks)
    }

    pub fn apply(&mut self, event: &Event, memory: Memory) {
        match event {
            Event::Snapshot { post, at, reading } => {
                self.take_snapshots(*post, [(*at, reading.clone())].into(), memory);
            }
            Event::Followers { at, reading } => self.take_followers([(*at, reading.clone())].into(), memory),
            Event::Review { post, tracking } => self.rebook(*post, |post| post.tracking = *tracking),
            Event::Published { post, at } => self.rebook(*post, |post| post.published_at = *at),
            Event::TrackingStart { day } => {
                let start = self.tracking_start;
                for post in 0..self.posts.len() {
                    self.tracking_start = start;
                    let before = self.gains_of(post);
                    self.tracking_start = *day;
                    let change = self.gains_of(post).since(&before);
                    self.buckets.apply(&change);
                }
            }
        }
    }

    /// Takes several snapshots of one post at once.
    pub fn take_snapshots(&mut self, post: usize, fresh: BTreeMap<Instant, Reading<Counters>>, memory: Memory) {
        let terms = self.terms(post);
        let change = self.posts[post].snapshots.take(fresh, memory, &terms, self.zone);
        self.buckets.apply(&change);
    }

    /// Takes several follower readings at once.
    pub fn take_followers(&mut self, fresh: BTreeMap<Instant, Reading<i64>>, memory: Memory) {
        let change = self.followers.take(fresh, memory, &(), self.zone);
        self.buckets.apply(&change);
    }

    /// Whether a post counts.
    pub fn counts(&self, post: usize) -> bool {
        self.posts[post].tracking.counts()
    }

    fn rebook(&mut self, post: usize, edit: impl FnOnce(&mut Post)) {
        let before = self.gains_of(post);
        edit(&mut self.posts[post]);
        let change = self.gains_of(post).since(&before);
        self.buckets.apply(&change);
    }

    fn terms(&self, post: usize) -> PostTerms {
        let Post { published_at, tracking, .. } = self.posts[post];
        PostTerms { published_at, tracking, first_counts_in_full: self.counts_in_full(published_at) }
    }

    fn gains_of(&self, post: usize) -> DayGains {
        let terms = self.terms(post);
        let track = PostTrack::new(terms);
        let (mut gains, _) = recompute(track, &self.posts[post].snapshots.readings, &self.zone).expect("all readings");
        terms.book_post(&mut gains, &self.zone);
        gains
    }

    fn counts_in_full(&self, published_at: Instant) -> bool {
        day_number(self.zone.date_of(published_at)) >= self.tracking_start
    }

    /// What is computed anew from all readings; also checks the marks and what is remembered.
    pub fn recomputed(&self) -> DayGains {
        let mut sum = DayGains::default();
        for (place, post) in self.posts.iter().enumerate() {
            sum.apply(&self.gains_of(place));
            post.snapshots.check(&self.terms(place), self.zone);
        }
        let (gains, _) = recompute(FollowerTrack::new(), &self.followers.readings, &self.zone).expect("all readings");
        self.followers.check(&(), self.zone);
        sum.apply(&gains);
        sum
    }

    /// What docs/rules.md says was gained from one local day to before another: levels at the ends, no bookings.
    pub fn by_definition(&self, first: DayNumber, end: DayNumber) -> Gains {
        let (start, end) = (self.zone.start_of(date_of_day(first)), self.zone.start_of(date_of_day(end)));
        let mut gains = Gains::default();
        for post in self.posts.iter().filter(|post| post.tracking.counts()) {
            gains.posts += i64::from((start..end).contains(&post.published_at));
            let full = self.counts_in_full(post.published_at);
            let taken = taken(&post.snapshots.readings);
            let gained = |of: fn(&Counters) -> Option<i64>| {
                // Nothing is gained before the publication.
                let booked_at = |at: Instant| at.max(post.published_at);
                let known: Vec<_> =
                    taken.iter().filter_map(|(at, counters)| Some((booked_at(*at), of(counters)?))).collect();
                let level = |until: Instant| {
                    let before = known.iter().rev().find(|(at, _)| *at < until).map(|(_, value)| *value);
                    before.map(|value| value - if full { 0 } else { known[0].1 })
                };
                level(end).unwrap_or(0) - level(start).unwrap_or(0)
            };
            gains.views += gained(|it| it.views);
            gains.engagement +=
                gained(|it| it.likes) + gained(|it| it.comments) + gained(|it| it.shares) + gained(|it| it.saves);
        }
        let counted = counted_followers(&self.followers.readings);
        let inside: Vec<_> = counted.iter().filter(|(at, _)| (start..end).contains(at)).collect();
        let before = counted.iter().rfind(|(at, _)| *at < start);
        if let (Some(last), Some(base)) = (inside.last(), before.or(inside.first().copied())) {
            gains.followers = last.1 - base.1;
        }
        gains
    }

    /// What the evidence of a window adds up to.
    pub fn evidence(&self, metric: Metric, window: &Window, as_of: Instant) -> i64 {
        let explained = self.posts.iter().map(|post| {
            let from = if post.published_at < window.start { window.start } else { Instant::EARLIEST };
            let marks = &post.snapshots.marks;
            let taken = |(at, reading): (&Instant, &Reading<Counters>)| {
                (*at, Misreading::taken(marks.get(at).copied(), reading.value))
            };
            let taken: BTreeMap<Instant, Counters> = post.snapshots.readings.iter().map(taken).collect();
            let known_by = taken.range(from..=as_of.max(window.start));
            let evidence = PostWindow {
                published_at: post.published_at,
                tracking: post.tracking,
                first_counts_in_full: self.counts_in_full(post.published_at),
                known_before: last_known(&taken, window.start.plus_millis(-1)),
                snapshots: known_by.map(|(at, counters)| (*at, *counters)).collect(),
            };
            let (reason, contribution) = evidence.explain(metric, window, as_of);
            assert!(contribution == 0 || reason == compliance::PostReason::Counted, "{reason:?} contributes nothing");
            contribution
        });
        explained.sum()
    }
}

/// The counters of each snapshot that are taken.
fn taken(snapshots: &BTreeMap<Instant, Reading<Counters>>) -> Vec<(Instant, Counters)> {
    let read = |(at, reading): (&Instant, &Reading<Counters>)| {
        reading.value.views.map(|views| (*at, reading.source.clone(), views))
    };
    let wrong = misreadings(&snapshots.iter().filter_map(read).collect::<Vec<_>>());
    snapshots.iter().map(|(at, reading)| (*at, Misreading::taken(wrong.get(at).copied(), reading.value))).collect()
}

/// Follower readings from the first positive one on, without misreadings.
fn counted_followers(readings: &BTreeMap<Instant, Reading<i64>>) -> Vec<(Instant, i64)> {
    let read: Vec<_> = readings.iter().map(|(at, reading)| (*at, reading.source.clone(), reading.value)).collect();
    let wrong = misreadings(&read);
    let positive = read.iter().skip_while(|(.., followers)| *followers == 0);
    positive.filter(|(at, ..)| !wrong.contains_key(at)).map(|(at, _, followers)| (*at, *followers)).collect()
}

/// The last known value of each counter at an instant.
fn last_known(snapshots: &BTreeMap<Instant, Counters>, until: Instant) -> Counters {
    let last =
        |of: fn(&Counters) -> Option<i64>| snapshots.range(..=until).rev().find_map(|(_, counters)| of(counters));
    Counters {
        views: last(|it| it.views),
        likes: last(|it| it.likes),
        comments: last(|it| it.comments),
        shares: last(|it| it.shares),
        saves: last(|it| it.saves),
    }
}

/// What is gained in the buckets from one day to before another.
pub fn sum(buckets: &DayGains, first: DayNumber, end: DayNumber) -> Gains {
    let mut gains = Gains::default();
    for (_, of_day) in buckets.iter().filter(|(day, _)| (first..end).contains(day)) {
        gains += of_day;
    }
    Gains { awaiting_views: 0, awaiting_followers: 0, ..gains }
}
