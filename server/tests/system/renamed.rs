//! Tests of creators who are renamed.

use super::short::{handle, post};
use super::support::{NOW, World};
use compliance::tracking::TrackingMode;
use program::creators::record::{CreatorChange, CreatorEventKind, Membership, UpdateCreatorOutcome};
use program::posts::record::PostsQuery;

#[tokio::test]
async fn a_handle_is_renamed_unless_another_creator_has_it_and_what_comes_in_follows() {
    let world = World::new().await;
    let (store, id) = (&world.store, world.id());
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z"), post("2", "theo", "2026-08-18T10:00:00Z")]).await;
    let (mia, theo) = (world.creator("mia").await, world.creator("theo").await);
    let change = |name: &str| CreatorChange {
        handle: handle(name),
        display_name: None,
        tracking_mode: TrackingMode::Auto,
        tracking_start_date: None,
    };
    let taken = store.update_creator(id, mia, &change("theo"), NOW).await.unwrap();
    assert_eq!(taken, UpdateCreatorOutcome::HandleTaken(theo));
    store.set_membership(id, theo, Membership::Removed, NOW).await.unwrap();
    let taken = store.update_creator(id, mia, &change("theo"), NOW).await.unwrap();
    assert_eq!(taken, UpdateCreatorOutcome::HandleTaken(theo), "also of one who was removed");
    assert_eq!(store.update_creator(id, mia, &change("mia.moves"), NOW).await.unwrap(), UpdateCreatorOutcome::Updated);
    world.accept(vec![post("3", "mia.moves", "2026-08-19T10:00:00Z")]).await;
    assert_eq!(store.posts(id, mia, &PostsQuery::default()).await.unwrap().total, 2);
    let events = store.creator_events(id, mia, NOW..NOW.plus_millis(1)).await.unwrap();
    assert_eq!(events.len(), 1);
    let told = (events[0].kind, events[0].from.as_str(), events[0].to.as_str());
    assert_eq!(told, (CreatorEventKind::Renamed, "mia", "mia.moves"));
}
