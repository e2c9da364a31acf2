//! A selective creator whose posts wait for review, and decisions on them.

use super::short::new_creator;
use super::support::{DAY, HOUR, NOW, World};
use compliance::calendar::{LocalDays as _, Zone};
use compliance::tracking::{Tracking, TrackingMode, TrackingStatus};
use program::creators::record::NewCreator;
use program::ids::{CreatorId, PostId, ReviewId};
use program::reviews::record::{PendingQuery, Review, TrackingDecision};

pub const APPROVE: TrackingDecision = TrackingDecision::status(TrackingStatus::Included);
pub const EXCLUDE: TrackingDecision = TrackingDecision::status(TrackingStatus::Excluded);
pub const PENDING: Tracking = Tracking { status: TrackingStatus::PendingReview, disabled: false };

/// A creator to add, tracked for a month already.
pub fn tracked_for_a_month(name: &str, tracking_mode: TrackingMode) -> NewCreator {
    let tracking_start_date = Zone::UTC.date_of(NOW.plus_millis(-30 * DAY));
    NewCreator { tracking_mode, tracking_start_date, ..new_creator(name) }
}

/// Creates Mia, a selective creator, with `count` posts pending review this week, one an hour.
pub async fn waiting(count: i64) -> (World, CreatorId, Vec<PostId>) {
    let world = World::new().await;
    world.store.add_creators(world.id(), &[tracked_for_a_month("mia", TrackingMode::Selective)], NOW).await.unwrap();
    let facts = (0..count).map(|number| super::support::post(&format!("{number}"), NOW.plus_millis(-number * HOUR)));
    world.accept(facts.collect()).await;
    let mia = world.creator("mia").await;
    let page = world.store.pending_posts(world.id(), &PendingQuery::default()).await.unwrap();
    (world, mia, page.posts.into_iter().map(|owned| owned.post.post_id).collect())
}

pub fn seen(decision: TrackingDecision) -> Review {
    Review { review_id: ReviewId::new(), decision, seen: Some(PENDING) }
}
