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
type DayColumns = (
    CreatorId,
    DayNumber,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    Option<Instant>,
    Option<Instant>,
    Option<Instant>,
    Option<Instant>,
);

/// Returns the row of a day bucket.
pub fn day_row(creator_id: CreatorId, day: DayNumber, gains: Gains, marks: DayMarks) -> DayColumns {
    let Gains { posts, views, engagement, followers, awaiting_views, awaiting_followers } = gains;
    let DayMarks { looks, published_at } = marks;
    let latest = looks.latest();
    let DayMarks { looks: Looks { posts: posts_at, followers: followers_at }, .. } = marks;
    (
        creator_id,
        day,
        posts,
        views,
        engagement,
        followers,
        awaiting_views,
        awaiting_followers,
        latest,
        posts_at,
        followers_at,
        published_at,
    )
}
