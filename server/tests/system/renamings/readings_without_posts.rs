//! Tests of readings that wait for their post while their creator is renamed.

use super::world::{actual, handles, import, is_right, item, merge, merge_id, posted, posts_of, table, undo};
use crate::short::{goal, handle, profile};
use crate::support::{NOW, World};
use compliance::metric::Metric;
use compliance::tracking::TrackingMode;
use program::creators::record::CreatorChange;
use program::merges::record::UndoMergeOutcome;

#[tokio::test]
async fn readings_that_wait_for_their_post_follow_every_new_handle_of_their_creator() {
    let world = World::new().await;
    world.accept(vec![profile("ana", "Ana")]).await;
    let ana = world.creator("ana").await;
    let reading = |views: i64, name: &str| {
        let text =
            format!("handle,post_id,captured_at,views\n{name},7571000000000000701,2026-08-18T10:00:00Z,{views}\n");
        let world = &world;
        async move { import(world, &text, NOW).await.rejected }
    };
    // The same instant under her handle of that day and, once she has another, under the former one.
    for (views, name) in [(50, "ana.b"), (60, "ana.c"), (70, "ana.d")] {
        assert_eq!(reading(views, "ana").await, 0);
        let change = CreatorChange {
            handle: handle(name),
            display_name: None,
            tracking_mode: TrackingMode::Auto,
            tracking_start_date: None,
        };
        world.store.update_creator(world.id(), ana, &change, NOW).await.unwrap();
    }
    table(&world, &posted("ana.d", "01", 11, 100, 1000).replace("000501", "000701")).await;
    assert_eq!(posts_of(&world, ana).await, 1);
    is_right(&world).await;
}

#[tokio::test]
async fn a_file_that_renames_a_creator_and_brings_the_post_leaves_no_reading_waiting() {
    let world = World::new().await;
    let account = "6800000000000000009";
    import(&world, &item("7571000000000000801", "ana", account, "2026-08-17T12:00:00Z", 5), NOW).await;
    let early = "handle,post_id,captured_at,views\nana,7571000000000000802,2026-08-18T09:00:00Z,40\n";
    import(&world, early, NOW).await;
    assert_eq!(world.store.parked_count(world.id()).await.unwrap(), 1);
    import(&world, &item("7571000000000000802", "ana.new", account, "2026-08-18T12:00:00Z", 50), NOW).await;
    assert_eq!(
        (handles(&world).await, world.store.parked_count(world.id()).await.unwrap()),
        (vec!["ana.new".to_owned()], 0)
    );
    is_right(&world).await;
}

#[tokio::test]
async fn readings_that_wait_for_their_post_go_with_a_merged_creator() {
    let world = World::new().await;
    table(&world, &posted("k", "01", 9, 5, 1000)).await;
    let k = world.creator("k").await;
    world.add_goal("k", &goal("views", "weekly", 1_000)).await;
    let rows = "handle,post_id,captured_at,views\nn,7571000000000000501,2026-08-18T10:00:00Z,6\n\
        n,7571000000000000507,2026-08-18T10:00:00Z,70\n";
    import(&world, rows, NOW).await;
    merge_id(merge(&world, k, "n").await);
    table(&world, &posted("n", "07", 11, 100, 1000)).await;
    let post = world.store.post_ids(world.id(), &["7571000000000000507"]).await.unwrap();
    let snapshots = world.store.snapshots(world.id(), post["7571000000000000507"], NOW).await.unwrap();
    assert_eq!(snapshots.len(), 2);
    assert_eq!(actual(&world, k, Metric::Views).await, 106);
    is_right(&world).await;
}

#[tokio::test]
async fn readings_that_wait_for_their_post_return_when_a_merge_is_undone_whatever_handle_they_have_since() {
    let world = World::new().await;
    table(&world, &format!("{}{}", posted("k", "01", 9, 5, 1000), posted("n", "02", 10, 5, 1000))).await;
    let (k, n) = (world.creator("k").await, world.creator("n").await);
    let reading = |name: &str, post: &str| {
        let text = format!("handle,post_id,captured_at,views\n{name},75710000000000005{post},2026-08-18T10:00:00Z,6\n");
        let world = &world;
        async move { import(world, &text, NOW).await.rejected }
    };
    assert_eq!((reading("k", "11").await, reading("n", "12").await), (0, 0));
    let made = merge_id(merge(&world, k, "n").await);
    // She is renamed once more, and a reading of hers comes in.
    let change = CreatorChange {
        handle: handle("k.new"),
        display_name: None,
        tracking_mode: TrackingMode::Auto,
        tracking_start_date: None,
    };
    world.store.update_creator(world.id(), k, &change, NOW).await.unwrap();
    assert_eq!(reading("k.new", "13").await, 0);
    assert_eq!(undo(&world, made).await, UndoMergeOutcome::Undone);
    let owners = "SELECT p.tiktok_video_id || ' ' || p.tiktok_handle || ' ' || c.tiktok_handle FROM parked_stats AS p \
        JOIN creators AS c USING (project_id, creator_id) ORDER BY p.tiktok_video_id";
    let expected = ["11 k.new k.new", "12 n n", "13 k.new k.new"].map(|row| format!("75710000000000005{row}"));
    assert_eq!(world.texts(owners).await, expected);
    // Each goes to its post, and to nobody else's.
    let posts = [("k.new", "11"), ("n", "12"), ("k.new", "13")];
    let rows: String = posts.iter().map(|(name, post)| posted(name, post, 11, 100, 1000)).collect();
    assert_eq!(table(&world, &rows).await.rejected, 0);
    assert_eq!((posts_of(&world, k).await, posts_of(&world, n).await), (3, 2));
    assert_eq!(world.store.parked_count(world.id()).await.unwrap(), 0);
    is_right(&world).await;
}
