//! Tests of which creator the counters that wait for their post belong to.

use super::{judged, rename};
use crate::program::Program;
use crate::short::{at, collection, goal, handle, post};
use crate::support::{NOW, World};
use compliance::fact::{Counters, Fact, PostStatsFact};
use rstest::rstest;
use serde_json::json;

#[rstest]
#[case::renamed_before_the_post_arrives(&["mia.new"])]
#[case::renamed_twice(&["mia.new", "mia.newer"])]
#[tokio::test]
async fn parked_stats_follow_their_creator(#[case] names: &[&str]) {
    let world = World::new().await;
    let program = Program::writing(&world).await;
    world.accept(vec![collection("mia", "2026-08-17T00:00:00Z")]).await;
    let mia = world.creator("mia").await;
    let stats = |at: &str, views: i64| json!({"type": "post_stats", "creator_id": mia, "tiktok_video_id": "1", "captured_at": at, "view_count": views});
    let said = program.facts(json!([stats("2026-08-18T09:00:00Z", 30)]).to_string()).await;
    assert_eq!(said["parked"], 1);
    let mut before = "mia";
    for name in names {
        rename(&world, before, name).await;
        before = name;
    }
    // Another creator takes the handle that is free now.
    world.accept(vec![collection("mia", "2026-08-18T00:00:00Z")]).await;
    let said = program.facts(json!([stats("2026-08-18T10:00:00Z", 80)]).to_string()).await;
    assert_eq!(said["parked"], 1);
    let post =
        json!([{"type": "post", "creator_id": mia, "tiktok_video_id": "1", "published_at": "2026-08-18T08:00:00Z"}]);
    assert_eq!(program.facts(post.to_string()).await["accepted"], 1);
    world.add_goal(before, &goal("views", "weekly", 100)).await;
    assert_eq!(judged(&world, before, "views", NOW).await.actual, 80);
    assert_eq!(world.store.parked_count(world.id()).await.unwrap(), 0);
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn parked_stats_of_one_creator_are_never_another_ones() {
    let world = World::new().await;
    world.accept(vec![collection("mia", "2026-08-17T00:00:00Z"), collection("ana", "2026-08-17T00:00:00Z")]).await;
    let of = |creator: &str, views: i64| {
        Fact::PostStats(PostStatsFact {
            tiktok_video_id: "1".to_owned(),
            handle: Some(handle(creator)),
            captured_at: at("2026-08-18T09:00:00Z"),
            counters: Counters { views: Some(views), ..Counters::default() },
            source: None,
        })
    };
    world.accept(vec![of("mia", 30), of("ana", 70)]).await;
    assert_eq!(world.store.parked_count(world.id()).await.unwrap(), 2);
    world.accept(vec![post("1", "ana", "2026-08-18T08:00:00Z")]).await;
    world.add_goal("ana", &goal("views", "weekly", 100)).await;
    assert_eq!(judged(&world, "ana", "views", NOW).await.actual, 70);
    assert_eq!(world.store.parked_count(world.id()).await.unwrap(), 1, "what contradicts the post stays aside");
}
