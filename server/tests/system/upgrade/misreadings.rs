//! Misreadings in a database from before their rules.

use super::old_rows::sane_and;
use super::upgraded::Upgraded;
use crate::short::{at, followers, views};
use crate::support::Engine;
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn readings_of_an_old_database_are_marked_and_their_days_booked_anew(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let read = |at_: &str, followers: i64, source: &str| {
        let captured_at = at(at_).millis();
        format!("INSERT INTO creator_snapshots VALUES (#2, #10, {captured_at}, {followers}, '{source}')")
    };
    let failed = at("2026-08-18T11:00:00Z").millis();
    let mut upgraded = Upgraded::of(
        engine,
        &sane_and(&[
            read("2026-08-18T11:00:00Z", 0, "import"),
            read("2026-08-18T12:00:00Z", 1_040, "page"),
            read("2026-08-18T13:00:00Z", 900, "scraper"),
            read("2026-08-18T14:00:00Z", 1_041, "api"),
            format!("INSERT INTO post_snapshots VALUES (#2, #20, {failed}, 0, 0, NULL, NULL, NULL, 'import')"),
        ]),
    )
    .await;
    let marked = "SELECT misreading FROM creator_snapshots WHERE misreading IS NOT NULL";
    assert_eq!(upgraded.texts(marked).await, ["zero"]);
    let marked = "SELECT misreading FROM post_snapshots WHERE misreading IS NOT NULL";
    assert_eq!(upgraded.texts(marked).await, ["zero"]);
    let named = "SELECT given_source FROM creator_snapshots WHERE given_source <> ''";
    assert_eq!(upgraded.texts(named).await, ["scraper"], "what is noted where none is named is no source");
    let known = "SELECT CAST(followers AS TEXT) FROM creators WHERE tiktok_handle = 'mia'";
    assert_eq!(upgraded.texts(known).await, ["1041"]);
    assert_eq!(upgraded.texts("SELECT CAST(views AS TEXT) FROM posts WHERE tiktok_video_id = 'v1'").await, ["100"]);
    upgraded.said();
    // New readings continue from there, although nothing is remembered.
    let world = &upgraded.world;
    world.accept(vec![followers("mia", "2026-08-18T15:00:00Z", 1_500), views("v1", "2026-08-18T15:00:00Z", 200)]).await;
    world.accept(vec![followers("mia", "2026-08-18T16:00:00Z", 1_042), views("v1", "2026-08-18T16:00:00Z", 210)]).await;
    assert_eq!(world.stale_days().await, 0);
    let marked = "SELECT misreading FROM creator_snapshots WHERE misreading IS NOT NULL ORDER BY captured_at";
    assert_eq!(upgraded.texts(marked).await, ["zero", "spike"]);
}
