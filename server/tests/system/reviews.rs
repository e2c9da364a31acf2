//! Tests of reviews of many posts, and their undo.

use super::short::{goal, is_not_found};
use super::support::NOW;
use super::waiting_posts::{APPROVE, EXCLUDE, seen, waiting};
use compliance::tracking::{Tracking, TrackingStatus};
use program::ids::{PostId, ReviewId};
use program::reviews::inbox::inbox;
use program::reviews::record::{PendingQuery, Review};

#[tokio::test]
async fn the_inbox_says_what_approving_would_do_and_does_it() {
    let (world, _, posts) = waiting(3).await;
    world.add_goal("mia", &goal("posts", "weekly", 1)).await;
    let found = inbox(&world.server(), world.id(), &PendingQuery::default()).await.unwrap();
    assert_eq!((found.total, found.posts.len(), found.selective), (3, 3, 1));
    let newest = &found.posts[0];
    assert_eq!(newest.post.tiktok_video_id, "0", "the newest first");
    let effect = &newest.effects[0];
    assert_eq!((effect.before.actual, effect.after.actual, effect.after.target), (0, 1, 1));
    let promised = effect.after.status;
    world.store.review_posts(world.id(), &[posts[0]], &seen(APPROVE), NOW).await.unwrap();
    let standing = &world.standings(NOW).await[0];
    assert_eq!((standing.evaluations[0].1.actual, standing.evaluations[0].1.status), (1, promised));
    let found = inbox(&world.server(), world.id(), &PendingQuery::default()).await.unwrap();
    assert_eq!(found.posts[0].effects[0].after.actual, 2, "counted from how it stands now");
}

#[tokio::test]
async fn who_decides_on_what_somebody_else_decided_on_is_told_and_changes_nothing() {
    let (world, _, posts) = waiting(3).await;
    let (store, id) = (&world.store, world.id());
    store.review_posts(id, &posts[..1], &seen(EXCLUDE), NOW).await.unwrap();
    let second = store.review_posts(id, &posts, &seen(APPROVE), NOW).await.unwrap();
    let excluded = Tracking { status: TrackingStatus::Excluded, disabled: false };
    assert_eq!(second.decided_before, [(posts[0], excluded)]);
    assert_eq!(second.changed.len(), 2);
    assert_eq!(store.pending_count(id).await.unwrap(), 0);
    let unknown = store.review_posts(id, &[posts[0], PostId::new()], &seen(APPROVE), NOW).await;
    is_not_found(unknown);
}

#[tokio::test]
async fn a_review_of_many_is_undone_but_for_what_was_decided_on_since() {
    let (world, _, posts) = waiting(3).await;
    let (store, id) = (&world.store, world.id());
    let review = seen(APPROVE);
    store.review_posts(id, &posts, &review, NOW).await.unwrap();
    // The same request again, as after a lost answer, has the same result.
    let again = store.review_posts(id, &posts, &review, NOW).await.unwrap();
    assert_eq!((again.changed.len(), again.decided_before.len()), (3, 0));
    store.review_posts(id, &posts[2..], &Review { seen: None, ..seen(EXCLUDE) }, NOW).await.unwrap();
    let undone = store.undo_review(id, review.review_id, NOW).await.unwrap();
    assert_eq!(undone.changed.len(), 2);
    assert_eq!(undone.decided_before.len(), 1);
    assert_eq!(store.pending_count(id).await.unwrap(), 2);
    assert_eq!(world.stale_days().await, 0);
    is_not_found(store.undo_review(id, ReviewId::new(), NOW).await);
}
