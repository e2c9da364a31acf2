//! Tests of reviews of many posts, and their undo.

use super::program::Program;
use super::short::{goal, is_not_found};
use super::support::NOW;
use super::unsaved::run;
use super::waiting_posts::{APPROVE, EXCLUDE, seen, waiting};
use axum::http::StatusCode;
use compliance::tracking::{Tracking, TrackingStatus};
use program::ids::{PostId, ReviewId};
use program::reviews::changes;
use program::reviews::inbox::inbox;
use program::reviews::record::{PendingQuery, Review, TrackingDecision, TrackingSwitch};

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

#[tokio::test]
async fn a_status_and_a_switch_are_one_decision_which_is_made_or_not_and_undone_together() {
    let (world, _, posts) = waiting(1).await;
    let program = Program::writing(&world).await;
    let path = format!("/projects/{}/posts/{}", world.id(), posts[0]);
    let body = br#"{"tracking_status":"excluded","tracking_disabled":true}"#;
    let state = async || world.store.post(world.id(), posts[0]).await.unwrap().unwrap().post.tracking;
    let decisions = async || world.store.tracking_changes(world.id(), &posts).await.unwrap();
    let before = state().await;

    // The database refuses to disable a post.
    let no = "CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE 'no'; END $$ LANGUAGE plpgsql";
    let (refuse, allow) = if world.url.starts_with("postgres") {
        let when = "WHEN (NEW.tracking_disabled_at IS NOT NULL)";
        let refuse =
            format!("CREATE TRIGGER refuse BEFORE UPDATE ON posts FOR EACH ROW {when} EXECUTE FUNCTION refuse()");
        (vec![no.to_owned(), refuse], "DROP TRIGGER refuse ON posts")
    } else {
        let refuse = "CREATE TRIGGER refuse BEFORE UPDATE ON posts WHEN NEW.tracking_disabled_at IS NOT NULL \
            BEGIN SELECT RAISE(ABORT, 'no'); END";
        (vec![refuse.to_owned()], "DROP TRIGGER refuse")
    };
    run(&world, refuse).await;
    let (status, _) = program.send("PATCH", &path, &[], body.to_vec()).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!((state().await, decisions().await.len()), (before, 0), "nothing was changed");

    run(&world, vec![allow.to_owned()]).await;
    let (status, decided) = program.send("PATCH", &path, &[], body.to_vec()).await;
    assert_eq!(status, StatusCode::OK, "{decided}");
    let after = Tracking { status: TrackingStatus::Excluded, disabled: true };
    let [decision] = decisions().await[..] else { panic!("one decision") };
    assert_eq!((decision.from, decision.to, state().await), (before, after, after));

    let both = TrackingDecision { status: Some(TrackingStatus::Included), switch: Some(TrackingSwitch::Enabled) };
    let reviewed = changes::review(&world.server(), world.id(), &posts, both, None).await.unwrap();
    assert_eq!(state().await, Tracking { status: TrackingStatus::Included, disabled: false });
    let undone = changes::undo(&world.server(), world.id(), reviewed.review_id).await.unwrap();
    assert_eq!((undone.changed.len(), state().await), (1, after), "both are back");
}
