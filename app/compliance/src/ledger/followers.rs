//! The books of one creator's follower readings.

use crate::gains::Gains;
use crate::instant::Instant;
use crate::ledger::level::HistoryNeeded;
use crate::ledger::levels::Levels;
use crate::ledger::remembered::Remembered;
use crate::ledger::track::{Effect, Track, effect};
use crate::misreading::{Misreading, Reading, Source};
use std::collections::BTreeSet;

/// The follower count of one creator after some of its readings. Readings of 0 before the first positive one are
/// placeholders and ignored; the first real reading is a baseline.
#[derive(Debug, Clone)]
pub struct FollowerTrack {
    followers: Levels,
    /// The first positive reading, if this track has taken it.
    first: Option<Instant>,
}

impl FollowerTrack {
    /// Creates the track of a creator whose followers were never read.
    pub fn new() -> FollowerTrack {
        FollowerTrack::of(Levels::unread())
    }

    /// Creates the track as it was before a range of readings: from the last count, and from the last one of each
    /// source whose readings in the range are to be judged. Misreadings are left out of both.
    pub fn before(known: Option<i64>, sources: impl IntoIterator<Item = (Source, i64)>) -> FollowerTrack {
        FollowerTrack::of(Levels::before(known, sources))
    }

    /// Creates the track after all readings so far.
    pub fn resumed(known: Option<i64>, remembered: &Remembered) -> FollowerTrack {
        FollowerTrack::of(Levels::resumed(known, remembered))
    }

    const fn of(followers: Levels) -> FollowerTrack {
        FollowerTrack { followers, first: None }
    }

    /// Returns the instant of the first positive reading of all; `None` if it was taken before this track began, or if
    /// there is none.
    pub const fn first(&self) -> Option<Instant> {
        self.first
    }

    fn note(&mut self, at: Instant) {
        if self.followers.known().is_none() {
            self.first = Some(at);
        }
    }

    /// Returns the last count that is not a misreading; `None` if there are only placeholders.
    pub fn known(&self) -> Option<i64> {
        self.followers.known()
    }
}

impl Default for FollowerTrack {
    fn default() -> Self {
        FollowerTrack::new()
    }
}

impl Track for FollowerTrack {
    type Value = i64;

    fn read(
        &mut self,
        at: Instant,
        reading: &Reading<i64>,
        tell: &mut impl FnMut(Effect),
    ) -> Result<(), HistoryNeeded> {
        let Reading { value, source } = reading;
        if is_placeholder(&self.followers, *value) {
            return Ok(());
        }
        self.note(at);
        self.followers.read(at, source, *value, 0, &mut |change| tell(effect(change, gained, awaiting)))
    }

    fn read_settled(
        &mut self,
        at: Instant,
        value: &i64,
        misreading: Option<Misreading>,
        tell: &mut impl FnMut(Effect),
    ) {
        match misreading.filter(|misreading| *misreading != Misreading::Zero) {
            Some(misreading) => tell(Effect::Misread(at, misreading)),
            None if is_placeholder(&self.followers, *value) => {}
            None => {
                self.note(at);
                self.followers.read_settled(at, *value, 0, &mut |change| tell(effect(change, gained, awaiting)));
            }
        }
    }

    fn count(value: &i64) -> Option<i64> {
        Some(*value)
    }

    fn levels(&self) -> &Levels {
        &self.followers
    }

    fn agrees(&self, other: &Self, finished: &BTreeSet<Source>) -> bool {
        self.followers.agree(&other.followers, finished)
    }
}

fn is_placeholder(followers: &Levels, next: i64) -> bool {
    next == 0 && !followers.is_misread(next)
}

fn gained(followers: i64) -> Gains {
    Gains { followers, ..Gains::default() }
}

fn awaiting(awaiting_followers: i64) -> Gains {
    Gains { awaiting_followers, ..Gains::default() }
}
