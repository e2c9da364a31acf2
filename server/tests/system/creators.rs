//! Tests of projects and creators in the store.

use super::short::{
    a_post, at, date, goal, handle, is_not_found, new_creator, post, project_in, review, stats, views, zone,
};
use super::support::{NOW, World};
use compliance::ProjectSettings;
use compliance::calendar::Zone;
use compliance::fact::Counters;
use compliance::period::WeekStart;
use compliance::tracking::{TrackingMode, TrackingStatus};
use program::creators::record::{AddCreatorOutcome, CreatorChange, Membership};
use program::facts::store::FactStore as _;
use program::ids::ProjectId;
use program::projects::store::ProjectStore as _;
use program::reviews::record::TrackingDecision;
use program::standings::store::StandingStore as _;
use store::SqlStore;

#[tokio::test]
async fn a_project_is_kept_as_it_was_made_and_changed() {
    let world = World::new().await;
    let made = world.now_project().await;
    assert_eq!((made.name.as_str(), made.zone.name(), made.version), ("Summer", "UTC", 0));
    assert_eq!(made, world.project);

    let mut change = project_in(zone("Asia/Seoul"));
    change.name = "Autumn".to_owned();
    change.settings =
        ProjectSettings { week_start: WeekStart::Saturday, early_grace_percent: 20, collection_interval_hours: 6 };
    world.store.update_project(world.id(), &change).await.unwrap();
    let changed = world.now_project().await;
    assert_eq!((changed.name.as_str(), changed.zone.name()), ("Autumn", "Asia/Seoul"));
    assert_eq!(changed.settings, change.settings);
    assert!(changed.version > made.version);

    is_not_found(world.store.update_project(ProjectId::new(), &change).await);
    assert_eq!(world.store.project(ProjectId::new()).await.unwrap(), None);
}

#[tokio::test]
async fn projects_are_listed_oldest_first() {
    let world = World::new().await;
    let earlier =
        world.store.create_project(ProjectId::new(), &project_in(Zone::UTC), at("2025-10-02T00:00:00Z")).await.unwrap();
    let listed = world.store.projects().await.unwrap();
    let ids: Vec<ProjectId> = listed.iter().map(|project| project.project_id).collect();
    assert_eq!(ids, [earlier.project_id, world.id()]);
}

#[tokio::test]
async fn what_is_stored_is_there_when_the_database_is_opened_again() {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z"), views("1", "2026-08-18T12:00:00Z", 7)]).await;
    let project = world.now_project().await;
    let again = SqlStore::open(&world.url).await.unwrap();
    assert_eq!(again.project(world.id()).await.unwrap(), Some(project));
    let program = again.program(world.id(), NOW).await.unwrap().unwrap();
    assert_eq!(program, world.store.program(world.id(), NOW).await.unwrap().unwrap());
    assert_eq!(again.count_stale_days(world.id()).await.unwrap(), 0);
}

#[tokio::test]
async fn a_url_of_an_unknown_engine_is_refused_with_what_to_write() {
    for url in ["mysql://localhost/x", "sqlite:", "sqlite::memory:", "x.db"] {
        let error = SqlStore::open(url).await.unwrap_err().to_string();
        assert!(error.contains("sqlite:PATH"), "{url}: {error}");
    }
}

#[tokio::test]
async fn creators_are_added_found_present_and_brought_back() {
    let world = World::new().await;
    let (store, project_id) = (&world.store, world.id());
    let added = store.add_creators(project_id, &[new_creator("mia"), new_creator("noa")], NOW).await.unwrap();
    let [AddCreatorOutcome::Added(mia), AddCreatorOutcome::Added(noa)] = added[..] else { panic!("{added:?}") };
    let creator = store.creator(project_id, mia).await.unwrap().unwrap();
    assert_eq!((creator.handle.as_str(), creator.name()), ("mia", "MIA"));
    assert_eq!(creator.tracking_start_date, Some(date("2026-08-19")));
    assert_eq!((creator.created_at, creator.looks.latest(), creator.followers), (NOW, None, None));

    let version = world.now_project().await.version;
    let again = store.add_creators(project_id, &[new_creator("mia")], NOW).await.unwrap();
    assert_eq!(again, [AddCreatorOutcome::Present(mia)]);
    assert_eq!(world.now_project().await.version, version, "nothing changed");

    store.set_membership(project_id, noa, Membership::Removed, NOW).await.unwrap();
    assert_eq!(store.creator(project_id, noa).await.unwrap().unwrap().removed_at, Some(NOW));
    assert_eq!(world.standings(NOW).await.len(), 1, "a removed creator is not in the program");
    let back = store.add_creators(project_id, &[new_creator("noa"), new_creator("noa")], NOW).await.unwrap();
    assert_eq!(back, [AddCreatorOutcome::Restored(noa), AddCreatorOutcome::Present(noa)]);
    assert_eq!(world.standings(NOW).await.len(), 2);

    store.set_membership(project_id, noa, Membership::Removed, NOW).await.unwrap();
    store.set_membership(project_id, noa, Membership::Member, NOW).await.unwrap();
    assert_eq!(store.creator(project_id, noa).await.unwrap().unwrap().removed_at, None);
}

#[tokio::test]
async fn facts_of_a_removed_creator_are_kept_for_their_return() {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z")]).await;
    let mia = world.creator("mia").await;
    world.add_goal("mia", &goal("posts", "weekly", 5)).await;
    world.store.set_membership(world.id(), mia, Membership::Removed, NOW).await.unwrap();
    world.accept(vec![post("2", "mia", "2026-08-18T11:00:00Z")]).await;
    assert_eq!(world.standings(NOW).await.len(), 0);
    world.store.set_membership(world.id(), mia, Membership::Member, NOW).await.unwrap();
    assert_eq!(world.actual("mia", NOW).await, 2);
}

#[tokio::test]
async fn a_moved_tracking_start_decides_which_first_values_count() {
    let world = World::new().await;
    let (store, project_id) = (&world.store, world.id());
    world
        .accept(vec![
            post("1", "mia", "2026-08-17T10:00:00Z"),
            views("1", "2026-08-18T10:00:00Z", 100),
            views("1", "2026-08-18T12:00:00Z", 130),
        ])
        .await;
    world.add_goal("mia", &goal("views", "weekly", 500)).await;
    let mia = world.creator("mia").await;
    assert_eq!(world.actual("mia", NOW).await, 30, "automatic: the day of the first snapshot, so a baseline");

    let mut change = CreatorChange {
        handle: handle("mia"),
        display_name: Some("Mia".to_owned()),
        tracking_mode: TrackingMode::Selective,
        tracking_start_date: Some(date("2026-08-17")),
    };
    store.update_creator(project_id, mia, &change, NOW).await.unwrap();
    assert_eq!(world.actual("mia", NOW).await, 130);
    let creator = store.creator(project_id, mia).await.unwrap().unwrap();
    assert_eq!((creator.name(), creator.tracking_mode), ("Mia", TrackingMode::Selective));

    change.tracking_start_date = None;
    store.update_creator(project_id, mia, &change, NOW).await.unwrap();
    assert_eq!(world.actual("mia", NOW).await, 30);
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn totals_add_up_the_last_known_counters_of_all_posts() {
    let world = World::new().await;
    let counters = Counters { views: Some(10), likes: Some(1), comments: Some(2), shares: Some(3), saves: Some(4) };
    let only_likes = Counters { likes: Some(5), ..Counters::default() };
    world
        .accept(vec![
            post("1", "mia", "2026-08-17T10:00:00Z"),
            stats("1", "2026-08-18T10:00:00Z", counters),
            stats("1", "2026-08-18T11:00:00Z", only_likes),
            post("2", "mia", "2026-08-17T11:00:00Z"),
            views("2", "2026-08-18T10:00:00Z", 5),
        ])
        .await;
    let mia = world.creator("mia").await;
    let pending = TrackingDecision::status(TrackingStatus::PendingReview);
    world.store.review_posts(world.id(), &[a_post(&world, "2").await], &review(pending), NOW).await.unwrap();
    let totals = world.store.creator_totals(world.id(), &[mia]).await.unwrap();
    assert_eq!(totals.len(), 1);
    let sums = (totals[0].posts, totals[0].views, totals[0].engagement, totals[0].pending);
    assert_eq!(sums, (2, 15, 14, 1));
}
