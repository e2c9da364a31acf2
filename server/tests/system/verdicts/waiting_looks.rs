//! Tests of the collections that a file of snapshots reports before its posts are known.

use super::{bring_in, judged};
use crate::short::{at, goal, post, views};
use crate::support::{HOUR, NOW, World};
use compliance::{Instant, Status};
use ingest::Options;
use program::facts::record::FactOutcome;
use server::Run;
use std::io::Cursor;
use uuid::Uuid;

#[tokio::test]
async fn a_file_of_snapshots_keeps_its_look_until_the_posts_arrive() {
    let world = World::new().await;
    let snapshots = "video_id,captured_at,views\n1,2026-08-17T09:00:00Z,10\n2,2026-08-19T09:00:00Z,10\n";
    let run = bring_in(&world, snapshots, None).await;
    assert_eq!(run.counts.parked, 2);
    let posts = "video_id,username,published_at\n1,mia,2026-08-17T08:00:00Z\n2,ana,2026-08-17T08:00:00Z\n";
    bring_in(&world, posts, None).await;
    world.add_goal("mia", &goal("views", "weekly", 700)).await;
    let of_mia = judged(&world, "mia", "views", NOW).await;
    assert_eq!(of_mia.measured_at, Some(at("2026-08-19T09:00:00Z")), "the file looked at her until then");
    assert_eq!(of_mia.status, Status::AtRisk);
    assert_eq!(world.stale_days().await, 0);
    // The other way round it is the same.
    let other = World::new().await;
    bring_in(&other, posts, None).await;
    bring_in(&other, snapshots, None).await;
    other.add_goal("mia", &goal("views", "weekly", 700)).await;
    assert_eq!(judged(&other, "mia", "views", NOW).await.measured_at, of_mia.measured_at);
}

#[tokio::test]
async fn a_file_of_snapshots_keeps_its_look_if_the_posts_arrive_before_it_ends() {
    let world = World::new().await;
    let snapshots = "video_id,captured_at,views\n1,2026-08-17T09:00:00Z,10\n2,2026-08-19T09:00:00Z,10\n";
    let options = Options::new(world.project.zone);
    let mut run = Run::start(world.store.clone(), world.id(), Cursor::new(snapshots), options, NOW, None);
    assert_eq!(run.step().await.unwrap().unwrap().counts.parked, 2);
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z")]).await;
    assert_eq!(run.step().await.unwrap(), None);
    assert_eq!(world.texts("SELECT 'kept' FROM run_looks").await, [""; 0], "nothing is left of the run");
    world.add_goal("mia", &goal("views", "weekly", 700)).await;
    let of_mia = judged(&world, "mia", "views", NOW).await;
    assert_eq!(of_mia.measured_at, Some(at("2026-08-19T09:00:00Z")), "the file looked at her until then");
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn a_correction_of_stats_that_wait_does_not_forget_the_import_that_brought_them() {
    let world = World::new().await;
    let snapshots = "video_id,captured_at,views\n1,2026-08-17T09:00:00Z,10\n2,2026-08-19T09:00:00Z,10\n";
    let options = Options::new(world.project.zone);
    let mut run = Run::start(world.store.clone(), world.id(), Cursor::new(snapshots), options, NOW, None);
    run.step().await.unwrap();
    let corrected = world.outcomes(vec![views("1", "2026-08-17T09:00:00Z", 11)]).await;
    assert_eq!(corrected, [FactOutcome::Parked]);
    assert_eq!(run.step().await.unwrap(), None);
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z")]).await;
    world.add_goal("mia", &goal("views", "weekly", 700)).await;
    assert_eq!(judged(&world, "mia", "views", NOW).await.measured_at, Some(at("2026-08-19T09:00:00Z")));
}

#[tokio::test]
async fn whom_an_import_looked_at_that_never_ended_is_forgotten_after_a_week() {
    let world = World::new().await;
    let snapshots = "video_id,captured_at,views\n1,2026-08-17T09:00:00Z,10\n";
    let options = Options::new(world.project.zone);
    let mut run = Run::start(world.store.clone(), world.id(), Cursor::new(snapshots), options, NOW, None);
    run.step().await.unwrap();
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z")]).await;
    let kept = async || world.texts("SELECT 'kept' FROM run_looks").await.len();
    // Ids of runs use the real clock.
    let (seconds, _) = Uuid::now_v7().get_timestamp().unwrap().to_unix();
    let now = Instant::from_millis(i64::try_from(seconds).unwrap() * 1_000);
    for (days, left) in [(6, 1), (8, 0)] {
        world.store.forget_runs(now.plus_millis(days * 24 * HOUR)).await.unwrap();
        assert_eq!(kept().await, left, "after {days} days");
    }
}

#[tokio::test]
async fn a_look_that_is_named_for_a_file_of_snapshots_waits_with_them() {
    let world = World::new().await;
    let snapshots = "video_id,captured_at,views\n1,2026-08-17T09:00:00Z,10\n";
    bring_in(&world, snapshots, None).await;
    // The same file again, with the instant of its collection: nothing else is new.
    let again = bring_in(&world, snapshots, Some(at("2026-08-18T20:00:00Z"))).await;
    assert_eq!((again.counts.parked, again.counts.duplicates), (0, 1));
    bring_in(&world, "video_id,username,published_at\n1,mia,2026-08-17T08:00:00Z\n", None).await;
    world.add_goal("mia", &goal("views", "weekly", 700)).await;
    assert_eq!(judged(&world, "mia", "views", NOW).await.measured_at, Some(at("2026-08-18T20:00:00Z")));
}
