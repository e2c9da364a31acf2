//! Renamed accounts in a database from before TikTok's ids and merges.

use super::old_rows::sane_and;
use super::upgraded::Upgraded;
use crate::short::followers;
use crate::support::{Engine, NOW};
use program::creators::record::SameAs;
use program::merges::record::{MergeOutcome, UndoMergeOutcome};
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn former_handles_of_an_old_database_lead_to_their_creators_who_can_be_merged(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut upgraded = Upgraded::of(engine, &sane_and(&[])).await;
    let before = upgraded.texts("SELECT from_value FROM creator_changes WHERE kind = 'renamed'").await;
    assert_eq!(before, ["mya"], "changes of creators are kept");
    upgraded.said();
    let world = &upgraded.world;
    // Nobody has the handle that she had before, so its facts are hers.
    world
        .accept(vec![followers("mya", "2026-08-18T15:00:00Z", 1_500), followers("theo", "2026-08-18T09:00:00Z", 9)])
        .await;
    let (mia, theo) = (world.creator("mia").await, world.creator("theo").await);
    let store = &world.store;
    let found = store.creator(world.id(), mia).await.unwrap().unwrap();
    assert_eq!((found.followers, found.same_as), (Some(1_500), None));
    // Rows from before take part in a merge, and in undoing it.
    let MergeOutcome::Merged(merge_id) = store.merge_creators(world.id(), mia, theo, NOW).await.unwrap() else {
        panic!("not merged");
    };
    assert_eq!(store.creator(world.id(), theo).await.unwrap().unwrap().same_as, Some(SameAs::Merged(mia)));
    assert_eq!(world.stale_days().await, 0);
    assert_eq!(store.undo_merge(world.id(), merge_id, NOW, NOW).await.unwrap(), UndoMergeOutcome::Undone);
    assert_eq!(store.creator(world.id(), theo).await.unwrap().unwrap().same_as, None);
    assert_eq!(world.stale_days().await, 0);
}
