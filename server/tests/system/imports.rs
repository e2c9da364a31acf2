//! Tests of imports of whole files: what is stored, what is refused and why, and that the same file again changes
//! nothing.

use super::importing::{Outcome, bring_in};
use super::queue::import;
use super::short::{at, profile};
use super::support::{NOW, World};
use ingest::Options;
use program::imports::record::ImportState;
use program::posts::record::PostsQuery;
use server::Run;
use std::io::Cursor;

async fn version(world: &World) -> i64 {
    world.store.project(world.id()).await.unwrap().unwrap().version
}

fn table(rows: usize) -> String {
    let header = "video_id,username,published_at,captured_at,view_count".to_owned();
    let rows = (0..rows).map(|row| {
        let (video, day) = (row % 40, 1 + row / 40 % 18);
        let (published, hour) = (1 + video % 10, 12 + row / 720);
        format!("{video},mia,2026-08-{published:02}T06:00:00Z,2026-08-{day:02}T{hour:02}:00:00Z,{row}")
    });
    std::iter::once(header).chain(rows).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn importing_the_same_file_twice_changes_nothing() {
    let world = World::new().await;
    let first = bring_in(&world, Cursor::new(table(2_000))).await.counts;
    assert!(first.accepted >= 2_000, "{first:?}");
    let before = version(&world).await;
    let second = bring_in(&world, Cursor::new(table(2_000))).await.counts;
    assert_eq!((second.accepted, second.rejected), (0, 0));
    assert_eq!(version(&world).await, before);
    assert_eq!(world.store.count_stale_days(world.id()).await.unwrap(), 0);
}

#[tokio::test]
async fn a_file_that_contradicts_itself_changes_nothing_the_second_time() {
    let world = World::new().await;
    let file = "video_id,username,published_at,description\n\
        1,mia,2026-08-17T10:00:00Z,Before the edit\n\
        1,mia,2026-08-17T11:00:00Z,After the edit\n\
        2,mia,2026-08-17T10:00:00Z,Another post\n";
    bring_in(&world, Cursor::new(file)).await;
    let before = version(&world).await;
    let second = bring_in(&world, Cursor::new(file)).await.counts;
    assert_eq!((second.accepted, version(&world).await), (0, before));
    let posts = world.store.posts(world.id(), world.creator("mia").await, &PostsQuery::default()).await.unwrap();
    assert_eq!(posts.posts[0].description.as_deref(), Some("After the edit"), "the last row wins");
}

#[tokio::test]
async fn a_refused_row_is_no_look_at_the_creator_whose_post_it_claims() {
    let world = World::new().await;
    let header = "video_id,username,published_at,captured_at,view_count\n";
    let of_mia = format!("{header}1,mia,2026-08-17T10:00:00Z,2026-08-17T11:00:00Z,100\n");
    bring_in(&world, Cursor::new(of_mia)).await;
    world.accept(vec![profile("theo", "Theo")]).await;
    let claimed = format!(
        "{header}1,theo,2026-08-17T10:00:00Z,2026-08-18T11:00:00Z,100\n\
        2,theo,2026-08-17T10:00:00Z,2026-08-18T11:00:00Z,100\n"
    );
    let counts = bring_in(&world, Cursor::new(claimed)).await.counts;
    assert_eq!(counts.rejected, 1);
    let last = async |handle: &str| {
        let creator_id = world.creator(handle).await;
        world.store.creator(world.id(), creator_id).await.unwrap().unwrap().looks.latest()
    };
    assert_eq!(last("mia").await, Some(at("2026-08-17T11:00:00Z")));
    assert_eq!(last("theo").await, Some(at("2026-08-18T11:00:00Z")));
}

#[tokio::test]
async fn an_import_that_was_cut_off_is_completed_by_the_same_file() {
    let (cut, whole) = (World::new().await, World::new().await);
    let options = Options::new(cut.project.zone);
    let mut run = Run::start(cut.store.clone(), cut.id(), Cursor::new(table(12_000)), options, NOW, None);
    run.step().await.unwrap();
    drop(run);
    bring_in(&cut, Cursor::new(table(12_000))).await;
    bring_in(&whole, Cursor::new(table(12_000))).await;
    let days =
        async |world: &World| world.store.program(world.id(), NOW).await.unwrap().unwrap().creators[0].days.clone();
    assert_eq!(days(&cut).await, days(&whole).await);
}

#[tokio::test]
async fn a_bad_row_is_reported_by_line_and_field_and_the_rest_goes_in() {
    let world = World::new().await;
    let file = "video_id,username,published_at,captured_at,view_count\n\
        1,mia,2026-08-17T10:00:00Z,2026-08-17T11:00:00Z,100\n\
        2,mia,2026-08-17T10:00:00Z,2026-08-17T11:00:00Z,NaN\n\
        3,mia,2026-08-17T10:00:00Z,2026-08-17T11:00:00Z,-5\n\
        4,mia,2026-08-17T10:00:00Z,2026-08-17T11:00:00Z,12345678901234567890\n\
        5,mia,0000-01-01T10:00:00Z,2026-08-17T11:00:00Z,1\n\
        6,mia,9999-01-01T10:00:00Z,2026-08-17T11:00:00Z,1\n\
        7,mia,2026-08-17T10:00:00Z,2026-08-20T11:00:00Z,1\n\
        8,mia,2026-08-17T10:00:00Z,2026-08-17T11:00:00Z,8\n";
    let Outcome { counts, rejections, failure, .. } = bring_in(&world, Cursor::new(file)).await;
    assert_eq!(failure, None);
    let places: Vec<(i64, &str)> =
        rejections.iter().map(|row| (row.line, row.field.as_deref().unwrap_or_default())).collect();
    let mut places = places;
    places.sort_unstable();
    assert_eq!(places, [(6, "published_at"), (7, "published_at"), (8, "captured_at")]);
    assert!(counts.accepted >= 4, "{counts:?}");
    let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    let views: i64 = program.creators[0].days.iter().map(|day| day.gains.views).sum();
    assert_eq!(views, 108);
}

#[tokio::test]
async fn what_cannot_be_read_at_all_says_why() {
    let world = World::new().await;
    for (file, sentence) in [
        ("", "empty"),
        ("<!doctype html><html><body>Log in</body></html>", "web page"),
        ("just a line of text without any table", ""),
        (&"[".repeat(10_000), "nested"),
        ("\u{1f}\u{8b}", ""),
    ] {
        let Outcome { counts, failure, .. } = bring_in(&world, Cursor::new(file.to_owned())).await;
        let failure = failure.unwrap_or_else(|| panic!("{file:.20} was read: {counts:?}"));
        assert!(failure.contains(sentence), "{failure}");
    }
    assert!(world.store.program(world.id(), NOW).await.unwrap().unwrap().creators.is_empty());
}

#[tokio::test]
async fn stats_wait_for_their_post_and_count_once_it_arrives() {
    let world = World::new().await;
    let stats = "video_id,captured_at,view_count\n1,2026-08-17T11:00:00Z,100\n1,2026-08-18T11:00:00Z,130\n";
    let counts = bring_in(&world, Cursor::new(stats)).await.counts;
    assert_eq!((counts.parked, world.store.parked_count(world.id()).await.unwrap()), (2, 2));
    let posts = "video_id,username,published_at\n1,mia,2026-08-17T10:00:00Z\n";
    bring_in(&world, Cursor::new(posts)).await;
    assert_eq!(world.store.parked_count(world.id()).await.unwrap(), 0);
    let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    let views: i64 = program.creators[0].days.iter().map(|day| day.gains.views).sum();
    assert_eq!(views, 130);
}

#[tokio::test]
async fn an_import_that_is_not_finished_stays_in_reach_however_many_are_made_after_it() {
    let world = World::new().await;
    let waiting = import(&world, ImportState::Waiting, None);
    world.store.create_import(&waiting).await.unwrap();
    for _ in 0..25 {
        world.store.create_import(&import(&world, ImportState::Done, None)).await.unwrap();
    }
    let listed = world.store.imports(world.id()).await.unwrap();
    assert_eq!((listed.len(), listed[0].import_id), (20, waiting.import_id));
    for _ in 0..24 {
        world.store.create_import(&import(&world, ImportState::Waiting, None)).await.unwrap();
    }
    let listed = world.store.imports(world.id()).await.unwrap();
    assert!(listed.len() == 25 && listed.iter().all(|import| import.state == ImportState::Waiting), "{listed:?}");
    assert_eq!(listed[24].import_id, waiting.import_id);
}
