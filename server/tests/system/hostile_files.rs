//! Tests with difficult files: huge, deeply nested, truncated, in other encodings, with dates in the future or posts of
//! other creators.

use super::importing::{bring_in, bring_in_with};
use super::short::{at, collection, handle, post, profile};
use super::support::{NOW, World};
use flate2::Compression;
use flate2::write::GzEncoder;
use ingest::Options;
use program::posts::record::PostsQuery;
use rstest::rstest;
use std::io::{Cursor, Read, Write as _};

async fn posts_of(world: &World, creator: &str) -> i64 {
    let creator = world.creator(creator).await;
    world.store.creator_totals(world.id(), &[creator]).await.unwrap()[0].posts
}

const HEADER: &str = "video_id,username,published_at,captured_at,view_count\n";

fn row(video: &str, creator: &str, views: &str) -> String {
    format!("{video},{creator},2026-08-17T10:00:00Z,2026-08-18T10:00:00Z,{views}\n")
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// Returns a table of posts with this many columns.
fn many_columns(columns: usize) -> Vec<u8> {
    let more = columns - 5;
    let names = ",more".repeat(more);
    (HEADER.trim_end().to_owned() + &names + "\n" + row("1", "mia", "5").trim_end() + &",".repeat(more)).into_bytes()
}

/// A text larger than any memory: one byte, repeated.
fn endless(byte: u8, bytes: u64) -> impl Read + Send {
    std::io::repeat(byte).take(bytes)
}

#[rstest]
#[case::empty(b"".to_vec(), "This file is empty.")]
#[case::blank(b"\n\n  \n".to_vec(), "empty")]
#[case::web_page(b"<!DOCTYPE html><html><body>Log in</body></html>".to_vec(), "web page")]
#[case::workbook(b"PK\x03\x04\x14\0\0\0".to_vec(), "")]
#[case::cut_off_json(br#"[{"type":"post","tiktok_video_id":"1""#.to_vec(), "cut off")]
#[case::deep(vec![b'['; 100_000], "levels deep")]
#[case::many_columns(many_columns(501), "501 columns; at most 500 are read")]
#[case::many_unknown_columns(b"a,".repeat(450_000), "450001 columns; at most 500 are read")]
#[case::unknown_columns(b"foo,bar\n1,2\n".to_vec(), "No column was recognised")]
#[tokio::test]
async fn a_file_that_cannot_be_read_says_why_and_leaves_nothing(#[case] file: Vec<u8>, #[case] sentence: &str) {
    let world = World::new().await;
    let outcome = bring_in(&world, Cursor::new(file)).await;
    let failure = outcome.failure.expect("a failure");
    assert!(failure.contains(sentence) && failure.ends_with('.'), "{failure}");
    assert_eq!(outcome.counts.accepted, 0);
    assert_eq!(world.now_project().await.version, 0);
}

#[tokio::test]
async fn a_line_of_two_gigabytes_is_one_refused_row() {
    let world = World::new().await;
    let file = Cursor::new(format!("{HEADER}{}", row("1", "mia", "5")))
        .chain(endless(b'x', 2 << 30))
        .chain(Cursor::new(format!("\n{}", row("2", "mia", "6"))));
    let outcome = bring_in(&world, file).await;
    assert_eq!(outcome.failure, None);
    assert_eq!(outcome.rejections.iter().map(|row| row.line).collect::<Vec<_>>(), [3]);
    assert_eq!(posts_of(&world, "mia").await, 2);
}

#[tokio::test]
async fn rows_before_the_break_of_a_compressed_file_are_in() {
    let world = World::new().await;
    let rows: String =
        (0..5_000).map(|number| row(&format!("{number}"), "mia", &(number * 7919 % 977).to_string())).collect();
    let whole = gzip(&format!("{HEADER}{rows}"));
    let outcome = bring_in(&world, Cursor::new(whole[..whole.len() / 2].to_vec())).await;
    assert!(outcome.failure.unwrap().contains("cut off"));
    let kept = posts_of(&world, "mia").await;
    assert!((1..5_000).contains(&kept), "{kept}");
    assert_eq!(bring_in(&world, Cursor::new(whole)).await.failure, None);
    assert_eq!(posts_of(&world, "mia").await, 5_000);
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn what_a_spreadsheet_saves_as_unicode_text_goes_in() {
    let world = World::new().await;
    let text = format!("{HEADER}{}", row("1", "mia", "5")).replace(',', "\t");
    let outcome = bring_in(&world, Cursor::new(utf16(&text))).await;
    assert_eq!((outcome.failure, outcome.counts.rejected), (None, 0));
    assert_eq!(posts_of(&world, "mia").await, 1);
}

#[tokio::test]
async fn a_reader_that_fails_ends_the_run_with_what_the_system_says() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let world = World::new().await;
    let outcome = bring_in(&world, Cursor::new(format!("{HEADER}{}", row("1", "mia", "5"))).chain(Broken)).await;
    assert!(outcome.failure.unwrap().contains("the disk is gone"));
    assert_eq!(posts_of(&world, "mia").await, 1);
}

#[tokio::test]
async fn a_post_of_another_creator_is_a_conflict_and_stays_theirs() {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-17T10:00:00Z"), profile("noa", "Noa")]).await;
    let file = format!("{HEADER}{}{}", row("1", "noa", "5"), row("2", "noa", "6"));
    let outcome = bring_in(&world, Cursor::new(file)).await;
    let codes: Vec<_> = outcome.rejections.iter().map(|row| (row.line, row.code.as_str())).collect();
    assert_eq!(codes, [(2, "conflict")], "the row is reported once, not its post and its counters");
    assert_eq!((posts_of(&world, "mia").await, posts_of(&world, "noa").await), (1, 1));
}

#[tokio::test]
async fn every_creator_of_a_file_was_looked_at_when_it_was_captured() {
    let world = World::new().await;
    let last = async |world: &World, creator: &str| {
        let id = world.creator(creator).await;
        world.store.creator(world.id(), id).await.unwrap().unwrap().looks.latest()
    };
    let file = "video_id,username,published_at,captured_at,view_count\n\
        1,mia,2026-08-10T10:00:00Z,2026-08-17T10:00:00Z,5\n\
        2,noa,2026-08-10T10:00:00Z,2026-08-18T10:00:00Z,5\n\
        3,zoe,2026-08-10T10:00:00Z,,\n";
    assert_eq!(bring_in(&world, Cursor::new(file)).await.failure, None);
    for creator in ["mia", "noa", "zoe"] {
        assert_eq!(last(&world, creator).await, Some(at("2026-08-18T10:00:00Z")), "{creator}");
    }
    // Nothing new was found, but the creator was collected.
    let options = Options { collected_at: Some(at("2026-08-19T09:00:00Z")), ..Options::new(world.project.zone) };
    let outcome = bring_in_with(&world, Cursor::new(file), options).await;
    assert_eq!((outcome.failure, outcome.counts.accepted), (None, 0));
    assert_eq!(last(&world, "zoe").await, Some(at("2026-08-19T09:00:00Z")));
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn an_import_never_dates_its_collection_by_its_own_time() {
    let world = World::new().await;
    let file = "video_id,username,published_at\n1,mia,2026-08-10T10:00:00Z\n";
    assert_eq!(bring_in(&world, Cursor::new(file)).await.failure, None);
    let mia = world.creator("mia").await;
    assert_eq!(world.store.creator(world.id(), mia).await.unwrap().unwrap().looks.latest(), None);
}

#[tokio::test]
async fn counters_without_a_capture_instant_are_counted_and_left_out() {
    let world = World::new().await;
    let file = "video_id,username,published_at,view_count,likes\n1,mia,2026-08-10T10:00:00Z,5,6\n";
    let outcome = bring_in(&world, Cursor::new(file)).await;
    assert_eq!((outcome.failure, outcome.counts.without_instant), (None, 2));
    let options = Options { collected_at: Some(at("2026-08-19T09:00:00Z")), ..Options::new(world.project.zone) };
    assert_eq!(bring_in_with(&world, Cursor::new(file), options).await.counts.without_instant, 0);
    let mia = world.creator("mia").await;
    assert_eq!(world.store.creator_totals(world.id(), &[mia]).await.unwrap()[0].views, 5);
}

#[tokio::test]
async fn a_name_that_a_person_chose_is_kept_and_a_file_fills_what_is_missing() {
    let world = World::new().await;
    let named =
        |name: &str| format!("username,display_name,followers,captured_at\nmia,{name},5,2026-08-18T10:00:00Z\n");
    bring_in(&world, Cursor::new(named("Mia R."))).await;
    bring_in(&world, Cursor::new(named("Someone else"))).await;
    let mia = world.creator("mia").await;
    assert_eq!(world.store.creator(world.id(), mia).await.unwrap().unwrap().name(), "Mia R.");
}

#[tokio::test]
async fn items_of_json_go_in_like_rows_of_a_table() {
    let (table, items) = (World::new().await, World::new().await);
    bring_in(&table, Cursor::new(format!("{HEADER}{}", row("1", "mia", "5")))).await;
    let json = r#"[
        {"type":"post","tiktok_video_id":"1","tiktok_handle":"mia","published_at":"2026-08-17T10:00:00Z"},
        {"type":"post_stats","tiktok_video_id":"1","tiktok_handle":"mia","captured_at":"2026-08-18T10:00:00Z","view_count":5},
        {"type":"post_stats","tiktok_video_id":"1","tiktok_handle":"mia","captured_at":"2026-08-18T10:00:00Z","view_count":-5}
    ]"#;
    let outcome = bring_in(&items, Cursor::new(json)).await;
    assert_eq!((outcome.failure, outcome.counts.rejected, outcome.rejections[0].line), (None, 1, 4));
    let days = async |world: &World| world.standings(NOW).await[0].program.days.clone();
    assert_eq!(days(&table).await, days(&items).await);

    let version = items.now_project().await.version;
    assert_eq!(bring_in(&items, Cursor::new(json)).await.counts.accepted, 0);
    assert_eq!(items.now_project().await.version, version, "the same file twice changes nothing");
}

#[tokio::test]
async fn a_file_that_says_two_things_of_a_post_ends_the_same_the_second_time() {
    let world = World::new().await;
    let file = "video_id,username,published_at,captured_at,view_count,caption\n\
        1,mia,2026-08-10T10:00:00Z,2026-08-17T10:00:00Z,5,first caption\n\
        1,mia,2026-08-11T10:00:00Z,2026-08-18T10:00:00Z,6,second caption\n";
    bring_in(&world, Cursor::new(file)).await;
    let mia = world.creator("mia").await;
    let known = async || {
        let posts = world.store.posts(world.id(), mia, &PostsQuery::default()).await.unwrap();
        (posts, world.standings(NOW).await[0].program.days.clone())
    };
    let first = known().await;
    assert_eq!(first.0.posts[0].description.as_deref(), Some("second caption"));
    bring_in(&world, Cursor::new(file)).await;
    assert_eq!(known().await, first);
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn a_row_in_another_encoding_is_refused_and_the_rest_goes_in() {
    let world = World::new().await;
    let mut file = format!("{HEADER}{}", row("1", "mia", "5")).into_bytes();
    file.extend_from_slice(b"2,andr\xe9,2026-08-17T10:00:00Z,2026-08-18T10:00:00Z,5\n");
    let outcome = bring_in(&world, Cursor::new(file)).await;
    assert_eq!((outcome.failure, outcome.counts.rejected, outcome.rejections[0].line), (None, 1, 3));
    assert_eq!(posts_of(&world, "mia").await, 1);
}

#[tokio::test]
async fn a_collection_of_a_creator_made_by_a_file_needs_no_post() {
    let world = World::new().await;
    world.accept(vec![collection("mia", "2026-08-18T10:00:00Z")]).await;
    let options = Options { default_creator: Some(handle("mia")), ..Options::new(world.project.zone) };
    let file = "video_id,published_at\n1,2026-08-10T10:00:00Z\n";
    assert_eq!(bring_in_with(&world, Cursor::new(file), options).await.failure, None);
    assert_eq!(posts_of(&world, "mia").await, 1);
}

#[tokio::test]
async fn a_table_may_have_as_many_columns_as_are_read() {
    let world = World::new().await;
    let outcome = bring_in(&world, Cursor::new(many_columns(500))).await;
    assert_eq!((outcome.failure, outcome.counts.rejected), (None, 0));
}

#[test]
fn a_column_with_a_long_name_is_mapped_by_the_name_that_is_shown() {
    let long = "Views of the post ".repeat(1_000);
    let file = format!("video_id,username,published_at,captured_at,{long}\n1,mia,2026-08-17,2026-08-18,5\n");
    let zone = compliance::calendar::Zone::UTC;
    let shown = ingest::survey(file.as_bytes(), &Options::new(zone)).unwrap().preview.columns.pop().unwrap().header;
    assert!(shown.len() <= 120, "{shown}");
    let mut options = Options::new(zone);
    options.mapping = vec![(shown, ingest::Field::Views)];
    let columns = ingest::survey(file.as_bytes(), &options).unwrap().preview.columns;
    assert_eq!(columns.last().unwrap().field, Some(ingest::Field::Views));
}
