//! The books of one post.

use crate::booking::{CounterTrack, booked_at};
use crate::calendar::LocalDays;
use crate::fact::Counters;
use crate::gains::{DayGains, Gains};
use crate::instant::Instant;
use crate::ledger::level::HistoryNeeded;
use crate::ledger::levels::Levels;
use crate::ledger::remembered::Remembered;
use crate::ledger::track::{Effect, Track, effect};
use crate::misreading::{Misreading, Reading, Source};
use crate::tracking::Tracking;
use std::collections::BTreeSet;

/// What decides how a post is booked, besides its snapshots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostTerms {
    /// When it was published.
    pub published_at: Instant,
    /// Its review state.
    pub tracking: Tracking,
    /// Whether the first known value of a counter is booked in full; otherwise it is a baseline and books 0.
    pub first_counts_in_full: bool,
}

impl PostTerms {
    /// Books the post itself.
    pub fn book_post(&self, gains: &mut DayGains, days: &impl LocalDays) {
        if self.tracking.counts() {
            gains.add_at(self.published_at, Gains { posts: 1, ..Gains::default() }, days);
        }
    }

    /// Tells what a snapshot changes: gains are booked at the publication if they are dated before it, and not at all if
    /// the post does not count.
    fn tell(&self, effect: Effect, tell: &mut impl FnMut(Effect)) {
        match effect {
            Effect::Booked(at, gains) if self.tracking.counts() => {
                tell(Effect::Booked(booked_at(at, self.published_at), gains));
            }
            Effect::Booked(..) => {}
            Effect::Misread(..) => tell(effect),
        }
    }
}

/// The counters of one post after some of its snapshots.
#[derive(Debug, Clone)]
pub struct PostTrack {
    terms: PostTerms,
    views: Levels,
    /// The track of the other counters; it is never given views.
    engagement: CounterTrack,
}

impl PostTrack {
    /// Creates the track of a post that was never read.
    pub fn new(terms: PostTerms) -> PostTrack {
        PostTrack::of(terms, Levels::unread(), Counters::default())
    }

    /// Creates the track as it was before a range of snapshots: from the last known counters, and from the last views
    /// of each source whose snapshots in the range are to be judged. Misreadings are left out of both.
    pub fn before(terms: PostTerms, known: Counters, sources: impl IntoIterator<Item = (Source, i64)>) -> PostTrack {
        PostTrack::of(terms, Levels::before(known.views, sources), known)
    }

    /// Creates the track after all snapshots so far, with the last known counters.
    pub fn resumed(terms: PostTerms, known: Counters, remembered: &Remembered) -> PostTrack {
        PostTrack::of(terms, Levels::resumed(known.views, remembered), known)
    }

    fn of(terms: PostTerms, views: Levels, known: Counters) -> PostTrack {
        let engagement = Counters { views: None, ..known };
        PostTrack { terms, views, engagement: CounterTrack::new(engagement, terms.first_counts_in_full) }
    }

    /// Returns the last known value of each counter, without misreadings.
    pub fn known(&self) -> Counters {
        Counters { views: self.views.known(), ..self.engagement.known() }
    }

    /// Returns what the first views of the post book.
    const fn first(&self, views: i64) -> i64 {
        if self.terms.first_counts_in_full { views } else { 0 }
    }

    fn read_engagement(&mut self, at: Instant, counters: &Counters, tell: &mut impl FnMut(Effect)) {
        let gains = self.engagement.book(&Counters { views: None, ..*counters }).gains();
        self.terms.tell(Effect::Booked(at, gains), tell);
    }
}

impl Track for PostTrack {
    type Value = Counters;

    fn read(
        &mut self,
        at: Instant,
        reading: &Reading<Counters>,
        tell: &mut impl FnMut(Effect),
    ) -> Result<(), HistoryNeeded> {
        let Reading { value: counters, source } = reading;
        let (terms, is_zero) = (self.terms, counters.views.is_some_and(|views| self.views.is_misread(views)));
        if let Some(views) = counters.views {
            let first = self.first(views);
            let mut told = |change| terms.tell(effect(change, gained, awaiting), tell);
            self.views.read(at, source, views, first, &mut told)?;
        }
        if !is_zero {
            self.read_engagement(at, counters, tell);
        }
        Ok(())
    }

    fn read_settled(
        &mut self,
        at: Instant,
        counters: &Counters,
        misreading: Option<Misreading>,
        tell: &mut impl FnMut(Effect),
    ) {
        let (terms, is_zero) = (self.terms, counters.views.is_some_and(|views| self.views.is_misread(views)));
        match (misreading, counters.views) {
            (Some(misreading @ (Misreading::Dip | Misreading::Spike)), _) => tell(Effect::Misread(at, misreading)),
            (Some(Misreading::Zero) | None, Some(views)) => {
                let first = self.first(views);
                let mut told = |change| terms.tell(effect(change, gained, awaiting), tell);
                self.views.read_settled(at, views, first, &mut told);
            }
            (_, None) => {}
        }
        if !is_zero {
            self.read_engagement(at, counters, tell);
        }
    }

    fn count(counters: &Counters) -> Option<i64> {
        counters.views
    }

    fn levels(&self) -> &Levels {
        &self.views
    }

    fn agrees(&self, other: &Self, finished: &BTreeSet<Source>) -> bool {
        self.engagement == other.engagement && self.views.agree(&other.views, finished)
    }
}

fn gained(views: i64) -> Gains {
    Gains { views, ..Gains::default() }
}

fn awaiting(awaiting_views: i64) -> Gains {
    Gains { awaiting_views, ..Gains::default() }
}
