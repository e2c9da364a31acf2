//! Day buckets as rows.

use compliance::calendar::DayNumber;
use compliance::gains::Gains;
use compliance::{Instant, Looks};
use program::ids::CreatorId;

/// The latest collections and the latest publication of one local day.
#[derive(Debug, Clone, Copy, Default)]
pub struct DayMarks {
    pub looks: Looks,
    pub published_at: Option<Instant>,
}

/// A day bucket as the columns of its row.
type DayColumns =
    (CreatorId, DayNumber, i64, i64, i64, i64, Option<Instant>, Option<Instant>, Option<Instant>, Option<Instant>);

/// Returns the row of a day bucket.
pub fn day_row(creator_id: CreatorId, day: DayNumber, gains: Gains, marks: DayMarks) -> DayColumns {
    let Gains { posts, views, engagement, followers } = gains;
    let DayMarks { looks, published_at } = marks;
    let latest = looks.latest();
    (creator_id, day, posts, views, engagement, followers, latest, looks.posts, looks.followers, published_at)
}
