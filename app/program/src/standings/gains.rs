//! What creators gained day by day, and up to an instant within a day.

use crate::creators::record::Creator;
use crate::ids::{CampaignId, CreatorId};
use compliance::calendar::DayNumber;
use compliance::gains::Gains;
use compliance::{Instant, Looks};
use std::ops::Range;

/// What one creator gained on one local day, and when that was last collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRow {
    /// The local day.
    pub day: DayNumber,
    /// What was gained.
    pub gains: Gains,
    /// The latest collections of the day.
    pub looks: Looks,
    /// The latest publication of a post on that day.
    pub last_published_at: Option<Instant>,
}

/// The posts of one local day that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostsOfDay {
    /// The local day.
    pub day: DayNumber,
    /// Their number.
    pub posts: i64,
    /// The number of creators who published them.
    pub creators: i64,
}

/// A campaign and the days `first..end` over which the gains of its creators are summed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GainsAsked {
    /// The campaign.
    pub campaign_id: CampaignId,
    /// Its creators.
    pub creators: Vec<CreatorId>,
    /// The local days.
    pub days: Range<DayNumber>,
}

/// What was known of a creator at the end of a local day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PastDays {
    /// Day buckets, in order of the day.
    pub days: Vec<DayRow>,
    /// The creator's latest collections by then.
    pub looks: Looks,
}

/// What a creator had gained on the local day of `as_of` up to then, and when they had last been collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOfCorrection {
    /// The creator's id.
    pub creator_id: CreatorId,
    /// Gains of the day up to `as_of`.
    pub gains: Gains,
    /// The latest collections at or before `as_of`.
    pub looks: Looks,
}

/// Returns a creator's latest collections at or before `as_of`.
#[must_use]
pub fn looks_as_of(creator: &Creator, as_of: Instant, correction: Option<&AsOfCorrection>) -> Looks {
    match correction {
        Some(correction) => correction.looks,
        None => {
            let Looks { posts, followers } = creator.looks;
            Looks { posts: posts.filter(|at| *at <= as_of), followers: followers.filter(|at| *at <= as_of) }
        }
    }
}

/// Returns the gains by day from facts at or before an instant of the day `today`.
#[must_use]
pub fn gains_as_of(rows: &[DayRow], today: DayNumber, correction: Option<&AsOfCorrection>) -> Vec<(DayNumber, Gains)> {
    let whole_days = rows.iter().filter(|row| row.day < today || (row.day == today && correction.is_none()));
    let mut gains: Vec<_> = whole_days.map(|row| (row.day, row.gains)).collect();
    gains.extend(correction.map(|correction| (today, correction.gains)));
    gains
}
