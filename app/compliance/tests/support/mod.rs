//! A creator as the store keeps one: all facts, the books of each post and of the followers, and day buckets that are
//! kept up to date by nothing but the changes the books return. Beside it, the definition computed from the facts.

use compliance::Instant;
use compliance::calendar::{DayNumber, LocalDays, Zone, date_of_day, day_number};
use compliance::evidence::PostWindow;
use compliance::fact::Counters;
use compliance::gains::{DayGains, Gains};
use compliance::ledger::followers::FollowerLedger;
use compliance::ledger::post::PostLedger;
use compliance::ledger::{Accepted, HistoryNeeded};
use compliance::metric::Metric;
use compliance::period::Window;
use compliance::tracking::Tracking;
use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};

/// Something that happens to a creator.
#[derive(Debug, Clone)]
pub enum Event {
    /// Counters of a post were read.
    Snapshot { post: usize, at: Instant, counters: Counters },
    /// The followers were read.
    Followers { at: Instant, followers: i64 },
    /// A post was reviewed, or its tracking switched.
    Review { post: usize, tracking: Tracking },
    /// The publication instant of a post was corrected.
    Published { post: usize, at: Instant },
    /// The creator's tracking start moved.
    TrackingStart { day: DayNumber },
}

/// All that is known of one post.
#[derive(Debug, Clone)]
pub struct Post {
    pub published_at: Instant,
    pub tracking: Tracking,
    pub snapshots: BTreeMap<Instant, Counters>,
}

/// A creator, with day buckets kept up to date by the changes that the books return.
pub struct Creator {
    zone: Zone,
    tracking_start: DayNumber,
    posts: Vec<Post>,
    followers: BTreeMap<Instant, i64>,
    buckets: DayGains,
    post_books: Vec<PostLedger>,
    follower_books: FollowerLedger,
}

impl Creator {
    pub fn new(zone: Zone, tracking_start: DayNumber, posts: &[(Instant, Tracking)]) -> Creator {
        let post = |(published_at, tracking): &(Instant, Tracking)| Post {
            published_at: *published_at,
            tracking: *tracking,
            snapshots: BTreeMap::new(),
        };
        let mut creator = Creator {
            zone,
            tracking_start,
            posts: posts.iter().map(post).collect(),
            followers: BTreeMap::new(),
            buckets: DayGains::default(),
            post_books: Vec::new(),
            follower_books: FollowerLedger::new(None, None, true),
        };
        for (published_at, tracking) in posts {
            let books = PostLedger::new(*published_at, *tracking, creator.counts_in_full(*published_at), None);
            creator.buckets.apply(&books.gains(&zone).expect("a new post has an empty history"));
            creator.post_books.push(books);
        }
        creator
    }

    /// What the changes add up to.
    pub fn buckets(&self) -> &DayGains {
        &self.buckets
    }

    /// Applies an event; `forget` makes the books start from what a store keeps at hand: the last reading only.
    pub fn apply(&mut self, event: &Event, forget: bool) {
        if forget {
            self.forget();
        }
        match event {
            Event::Snapshot { post, at, counters } => {
                let snapshots = &self.posts[*post].snapshots;
                let known = snapshots.get(at) == Some(counters);
                let books = &mut self.post_books[*post];
                let needs_history = books.needs_history(*at);
                let mut change = books.insert(*at, *counters, &self.zone);
                assert_eq!(change == Err(HistoryNeeded), needs_history);
                if needs_history {
                    books.load_around(*at..=*at, snapshots_around(snapshots, *at));
                    change = books.insert(*at, *counters, &self.zone);
                }
                self.posts[*post].snapshots.insert(*at, *counters);
                self.accept(change.expect("the readings around it are loaded"), known);
            }
            Event::Followers { at, followers } => {
                let known = self.followers.get(at) == Some(followers);
                let needs_history = self.follower_books.needs_history(*at);
                let mut change = self.follower_books.insert(*at, *followers, &self.zone);
                assert_eq!(change == Err(HistoryNeeded), needs_history);
                if needs_history {
                    self.follower_books.load_around(*at..=*at, readings_around(&self.followers, *at));
                    change = self.follower_books.insert(*at, *followers, &self.zone);
                }
                self.followers.insert(*at, *followers);
                self.accept(change.expect("the readings around it are loaded"), known);
            }
            Event::Review { post, tracking } => {
                self.posts[*post].tracking = *tracking;
                let change = self.with_post_history(*post, |books, zone| books.set_tracking(*tracking, zone));
                self.buckets.apply(&change);
            }
            Event::Published { post, at } => {
                self.posts[*post].published_at = *at;
                let full = self.counts_in_full(*at);
                let change = self.with_post_history(*post, |books, zone| books.set_published_at(*at, full, zone));
                self.buckets.apply(&change);
            }
            Event::TrackingStart { day } => {
                self.tracking_start = *day;
                for post in 0..self.posts.len() {
                    let full = self.counts_in_full(self.posts[post].published_at);
                    let change = self.with_post_history(post, |books, zone| books.set_first_counts_in_full(full, zone));
                    self.buckets.apply(&change);
                }
            }
        }
    }

    fn accept(&mut self, accepted: Accepted, known: bool) {
        match accepted {
            Accepted::Duplicate => assert!(known, "only a fact that changes nothing is a duplicate"),
            Accepted::Booked(change) => {
                assert!(!known, "a fact that changes nothing is a duplicate");
                self.buckets.apply(&change);
            }
        }
    }

    fn with_post_history<T>(
        &mut self,
        post: usize,
        mut act: impl FnMut(&mut PostLedger, &Zone) -> Result<T, HistoryNeeded>,
    ) -> T {
        let books = &mut self.post_books[post];
        act(books, &self.zone).unwrap_or_else(|HistoryNeeded| {
            books.load_history(self.posts[post].snapshots.clone());
            act(books, &self.zone).expect("the history is loaded")
        })
    }

    fn forget(&mut self) {
        for (books, post) in self.post_books.iter_mut().zip(&self.posts) {
            let last = post.snapshots.last_key_value().map(|(at, _)| (*at, last_known(&post.snapshots, *at)));
            assert_eq!(books.last(), last);
            let full = day_number(self.zone.date_of(post.published_at)) >= self.tracking_start;
            *books = PostLedger::new(post.published_at, post.tracking, full, last);
        }
        let first = real_readings(&self.followers).next().map(|(at, _)| at);
        let last = real_readings(&self.followers).last();
        assert_eq!((self.follower_books.first(), self.follower_books.last()), (first, last));
        self.follower_books = FollowerLedger::new(first, last, self.followers.is_empty());
    }

    fn counts_in_full(&self, published_at: Instant) -> bool {
        day_number(self.zone.date_of(published_at)) >= self.tracking_start
    }

    /// What the books say when they compute everything anew.
    pub fn recomputed(&self) -> DayGains {
        let mut sum = DayGains::default();
        for post in &self.posts {
            let mut books =
                PostLedger::new(post.published_at, post.tracking, self.counts_in_full(post.published_at), None);
            books.load_history(post.snapshots.clone());
            sum.apply(&books.gains(&self.zone).expect("the history is loaded"));
        }
        let mut books = FollowerLedger::new(None, None, true);
        books.load_history(self.followers.clone());
        sum.apply(&books.gains(&self.zone).expect("the history is loaded"));
        sum
    }

    /// What docs/rules.md says was gained from one local day to before another: levels at the ends, no bookings.
    pub fn by_definition(&self, first: DayNumber, end: DayNumber) -> Gains {
        let (start, end) = (self.zone.start_of(date_of_day(first)), self.zone.start_of(date_of_day(end)));
        let mut gains = Gains::default();
        for post in self.posts.iter().filter(|post| post.tracking.counts()) {
            gains.posts += i64::from((start..end).contains(&post.published_at));
            let full = self.counts_in_full(post.published_at);
            let gained = |of: fn(&Counters) -> Option<i64>| {
                // Nothing is gained before the publication.
                let booked_at = |at: Instant| at.max(post.published_at);
                let known = post.snapshots.iter().filter_map(|(at, it)| Some((booked_at(*at), of(it)?)));
                let known: Vec<_> = known.collect();
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
        let inside: Vec<_> = real_readings(&self.followers).filter(|(at, _)| (start..end).contains(at)).collect();
        let before = real_readings(&self.followers).filter(|(at, _)| *at < start).last();
        if let (Some(last), Some(base)) = (inside.last(), before.or(inside.first().copied())) {
            gains.followers = last.1 - base.1;
        }
        gains
    }

    /// What the evidence of a window adds up to.
    pub fn evidence(&self, metric: Metric, window: &Window, as_of: Instant) -> i64 {
        let explained = self.posts.iter().map(|post| {
            let from = if post.published_at < window.start { window.start } else { Instant::EARLIEST };
            let known_by = post.snapshots.range(from..=as_of.max(window.start));
            let evidence = PostWindow {
                published_at: post.published_at,
                tracking: post.tracking,
                first_counts_in_full: self.counts_in_full(post.published_at),
                known_before: last_known(&post.snapshots, window.start.plus_millis(-1)),
                snapshots: known_by.map(|(at, counters)| (*at, *counters)).collect(),
            };
            let (reason, contribution) = evidence.explain(metric, window, as_of);
            assert!(contribution == 0 || reason == compliance::PostReason::Counted, "{reason:?} contributes nothing");
            contribution
        });
        explained.sum()
    }
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

/// The least that a store must load to place a snapshot: from each counter's last value before it to its next one.
fn snapshots_around(snapshots: &BTreeMap<Instant, Counters>, at: Instant) -> Vec<(Instant, Counters)> {
    let counters: [fn(&Counters) -> Option<i64>; 5] =
        [|it| it.views, |it| it.likes, |it| it.comments, |it| it.shares, |it| it.saves];
    let known = |(at, it): (&Instant, &Counters), of: fn(&Counters) -> Option<i64>| of(it).map(|_| *at);
    let before = counters.iter().filter_map(|of| snapshots.range(..at).rev().find_map(|reading| known(reading, *of)));
    let later = (Excluded(at), Unbounded);
    let after = counters.iter().filter_map(|of| snapshots.range(later).find_map(|reading| known(reading, *of)));
    let stretch = before.min().unwrap_or(at)..=after.max().unwrap_or(at);
    snapshots.range(stretch).map(|(at, counters)| (*at, *counters)).collect()
}

/// The least that a store must load to place a follower reading: from the last positive one to the next one.
fn readings_around(readings: &BTreeMap<Instant, i64>, at: Instant) -> Vec<(Instant, i64)> {
    let positive = |(at, followers): (&Instant, &i64)| (*followers > 0).then_some(*at);
    let start = readings.range(..at).rev().find_map(positive).unwrap_or(at);
    let end = readings.range((Excluded(at), Unbounded)).find_map(positive).unwrap_or(Instant::LATEST);
    readings.range(start..=end).map(|(at, followers)| (*at, *followers)).collect()
}

/// Follower readings from the first positive one on.
fn real_readings(readings: &BTreeMap<Instant, i64>) -> impl Iterator<Item = (Instant, i64)> {
    let first_positive = readings.iter().find(|(_, followers)| **followers > 0).map(|(at, _)| *at);
    first_positive.into_iter().flat_map(|first| readings.range(first..)).map(|(at, followers)| (*at, *followers))
}

/// The sum of the buckets from one day to before another.
pub fn sum(buckets: &DayGains, first: DayNumber, end: DayNumber) -> Gains {
    let mut gains = Gains::default();
    for (_, of_day) in buckets.iter().filter(|(day, _)| (first..end).contains(day)) {
        gains += of_day;
    }
    gains
}
