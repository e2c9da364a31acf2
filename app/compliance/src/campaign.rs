//! Campaigns: groups of creators, posts and other campaigns, and their progress towards a number of views.
//! docs/rules.md, "Campaigns".

use crate::advisory::{Freshness, ScrapeFreshness};
use crate::calendar::LocalDays;
use crate::instant::Instant;
use crate::pace::{Hundredths, Progress};
use crate::period::Dates;
use crate::settings::ProjectSettings;
use crate::status::{self, Status};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Which campaigns are directly inside which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nesting<Id> {
    inside: BTreeMap<Id, Vec<Id>>,
}

impl<Id: Ord + Copy> Nesting<Id> {
    /// Creates the nesting from pairs of a campaign and one directly inside it.
    pub fn new(pairs: impl IntoIterator<Item = (Id, Id)>) -> Nesting<Id> {
        let mut nesting = Nesting { inside: BTreeMap::new() };
        for (outer, inner) in pairs {
            nesting.add(outer, inner);
        }
        nesting
    }

    /// Puts a campaign inside another.
    pub fn add(&mut self, outer: Id, inner: Id) {
        self.inside.entry(outer).or_default().push(inner);
    }

    /// Returns the shortest path from a campaign down to another, both included; the campaign alone if they are the
    /// same. If there is a path, the first must not be put inside the second: that would create a circle.
    pub fn path(&self, from: Id, to: Id) -> Option<Vec<Id>> {
        let mut outer_of = BTreeMap::from([(from, from)]);
        let mut waiting = VecDeque::from([from]);
        while let Some(campaign) = waiting.pop_front() {
            if campaign == to {
                let mut path = vec![to];
                let mut place = to;
                while place != from {
                    place = outer_of[&place];
                    path.push(place);
                }
                path.reverse();
                return Some(path);
            }
            for inner in self.inside.get(&campaign).into_iter().flatten() {
                outer_of.entry(*inner).or_insert_with(|| {
                    waiting.push_back(*inner);
                    campaign
                });
            }
        }
        None
    }

    /// Returns the campaign and everything inside it at any depth, each once.
    pub fn reach(&self, from: Id) -> BTreeSet<Id> {
        let (mut reached, mut waiting) = (BTreeSet::from([from]), vec![from]);
        while let Some(campaign) = waiting.pop() {
            for inner in self.inside.get(&campaign).into_iter().flatten() {
                if reached.insert(*inner) {
                    waiting.push(*inner);
                }
            }
        }
        reached
    }
}

/// The target of a campaign: a number of views to gain from one local date to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CampaignTarget {
    /// Views to gain, 1 or more.
    pub views: i64,
    /// The first local date that counts.
    pub start_date: NaiveDate,
    /// The last local date that counts.
    pub target_date: NaiveDate,
}

/// The progress of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CampaignProgress {
    /// Views gained so far.
    pub actual: i64,
    /// Views × share of the time elapsed, rounded down to two decimals.
    pub expected: Hundredths,
    /// `actual` ÷ expected in percent, rounded down; `None` while nothing is expected.
    pub pace_percent: Option<i64>,
    /// The views at the target date at this rate, rounded down; `None` while nothing is expected.
    pub projected: Option<i64>,
    /// The word for its pace.
    pub pace: CampaignPace,
    /// Whether its dates are over.
    pub has_ended: bool,
    /// Whether the last collection, at which an open campaign is measured, is a while ago.
    pub is_stale: bool,
}

/// The word for a campaign's pace, as pages show it. It is not a status: nothing counts it, and the API does not report it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignPace {
    /// Its start date lies ahead.
    NotYetStarted,
    /// Nobody has looked: there is no collection, or the last one, at this instant, is overdue or from before the end.
    Waiting(Option<Instant>),
    /// The status that a goal with these numbers would have.
    Judged(Status),
}

impl CampaignTarget {
    /// Returns the local dates that count.
    pub fn dates(&self) -> Dates {
        Dates { first: self.start_date, end: self.target_date.succ_opt().unwrap_or(self.target_date) }
    }

    /// Returns the progress with `actual` views. Like an open goal, it is measured at `as_of` or at the last collection
    /// of anybody in the campaign, whichever came first. Without a collection nothing is expected.
    pub fn progress(
        &self,
        actual: i64,
        as_of: Instant,
        last_collection: Option<Instant>,
        settings: &ProjectSettings,
        days: &impl LocalDays,
    ) -> CampaignProgress {
        let Dates { first, end } = self.dates();
        let (start, end) = (days.start_of(first), days.start_of(end));
        let measured_at = last_collection.map_or(start, |at| at.min(as_of));
        let elapsed = measured_at.millis_since(start);
        let whole = end.millis_since(start);
        let progress = Progress::of(self.views, actual, elapsed, whole);
        let has_ended = as_of >= end;
        let freshness =
            last_collection.map(|at| ScrapeFreshness::at(at, as_of, settings.collection_interval_hours).state);
        let unseen = if has_ended {
            last_collection.is_none_or(|at| at < end)
        } else {
            freshness.is_none_or(|state| state == Freshness::Overdue)
        };
        let in_grace = status::is_early(elapsed.max(0), whole, settings.early_grace_percent);
        let status = if has_ended {
            status::of_ended(actual, self.views)
        } else {
            status::of_open(actual, self.views, in_grace, progress.pace)
        };
        let unknown = unseen && actual < self.views && matches!(status, Status::OnTrack | Status::Missed);
        let pace = match status {
            _ if as_of < start => CampaignPace::NotYetStarted,
            _ if unknown => CampaignPace::Waiting(last_collection),
            status => CampaignPace::Judged(status),
        };
        CampaignProgress {
            actual,
            pace,
            expected: progress.expected,
            pace_percent: progress.pace.map(crate::pace::Ratio::percent_floor),
            projected: progress.projected.map(crate::pace::Ratio::floor),
            has_ended,
            is_stale: freshness.is_some_and(|state| state != Freshness::Fresh),
        }
    }
}
