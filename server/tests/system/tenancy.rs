//! Tests of imports in the store, and that nothing of one project can be seen or changed from another.

use super::short::{
    a_post, august, followers, goal, handle, is_not_found, new_creator, post, profile, project_in, review, terms, views,
};
use super::support::{NOW, World};
use compliance::calendar::Zone;
use compliance::tracking::{TrackingMode, TrackingStatus};
use program::creators::record::{CreatorChange, Membership};
use program::facts::record::{FactOutcome, FollowerEvidence};
use program::ids::{GoalId, ImportId, PasteId, ProjectId};
use program::imports::record::{
    CreateImportOutcome, Import, ImportCounts, ImportDetails, ImportState, Rejection, UpdateImportOutcome,
};
use program::pastes::record::{NewPaste, PastedPart};
use program::posts::record::PostsQuery;
use program::reviews::record::TrackingDecision;

#[tokio::test]
async fn imports_keep_their_progress_and_the_rows_they_refused() {
    let world = World::new().await;
    let (store, project_id) = (&world.store, world.id());
    let mut import = Import {
        project_id,
        import_id: ImportId::new(),
        file_name: "posts.csv".to_owned(),
        state: ImportState::Running,
        choices: "{}".to_owned(),
        bytes_total: 10,
        bytes_done: 0,
        counts: ImportCounts::default(),
        failure: None,
        created_at: NOW,
        finished_at: None,
        removed_creators: String::new(),
        details: ImportDetails::default(),
        folder_id: None,
    };
    assert_eq!(store.create_import(&import).await.unwrap(), CreateImportOutcome::Created);
    assert_eq!(store.create_import(&import).await.unwrap(), CreateImportOutcome::Present);
    let before = import.state;
    assert_eq!(store.import(project_id, import.import_id).await.unwrap(), Some(import.clone()));
    import.state = ImportState::Failed;
    import.bytes_done = 10;
    import.counts = ImportCounts { rows: 6, accepted: 1, duplicates: 2, parked: 3, rejected: 4, without_instant: 5 };
    import.failure = Some("It broke off.".to_owned());
    import.finished_at = Some(NOW);
    assert_eq!(store.update_import(&import, before).await.unwrap(), UpdateImportOutcome::Updated);
    assert_eq!(
        store.update_import(&import, before).await.unwrap(),
        UpdateImportOutcome::StateChanged,
        "it is in another state by now"
    );
    assert_eq!(store.import(project_id, import.import_id).await.unwrap(), Some(import.clone()));

    let rejection = |position| Rejection {
        position,
        line: position + 2,
        field: (position == 0).then(|| "views".to_owned()),
        code: "invalid_count".to_owned(),
        reason: "“x” is not a number.".to_owned(),
    };
    let rejections: Vec<Rejection> = (0..1_100).map(rejection).collect();
    store.add_rejections(project_id, import.import_id, &rejections[..600]).await.unwrap();
    store.add_rejections(project_id, import.import_id, &rejections[600..]).await.unwrap();
    assert_eq!(store.rejections(project_id, import.import_id).await.unwrap(), rejections[..1_000]);

    let mut ids = vec![import.import_id];
    for _ in 0..20 {
        let next = Import { import_id: ImportId::new(), ..import.clone() };
        store.create_import(&next).await.unwrap();
        ids.insert(0, next.import_id);
    }
    let latest = store.imports(project_id).await.unwrap();
    assert_eq!(latest.iter().map(|import| import.import_id).collect::<Vec<_>>(), ids[..20]);

    let unknown = Import { import_id: ImportId::new(), ..import.clone() };
    is_not_found(store.update_import(&unknown, before).await);
    is_not_found(store.add_rejections(project_id, unknown.import_id, &rejections[..1]).await);
    is_not_found(store.create_import(&Import { project_id: ProjectId::new(), ..unknown }).await);
}

#[tokio::test]
async fn what_belongs_to_another_project_is_not_there() {
    let world = World::new().await;
    let store = &world.store;
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z"), followers("mia", "2026-08-18T12:00:00Z", 5)]).await;
    world.accept(vec![views("7", "2026-08-18T12:00:00Z", 5), views("1", "2026-08-18T12:00:00Z", 5)]).await;
    let goal_id = world.add_goal("mia", &goal("posts", "weekly", 10)).await;
    let (mia, post_id) = (world.creator("mia").await, a_post(&world, "1").await);
    let import = Import {
        project_id: world.id(),
        import_id: ImportId::new(),
        file_name: String::new(),
        state: ImportState::Done,
        choices: String::new(),
        bytes_total: 0,
        bytes_done: 0,
        counts: ImportCounts::default(),
        failure: None,
        created_at: NOW,
        finished_at: None,
        removed_creators: String::new(),
        details: ImportDetails::default(),
        folder_id: None,
    };
    store.create_import(&import).await.unwrap();
    let exclude = TrackingDecision::status(TrackingStatus::Excluded);
    store.review_posts(world.id(), &[post_id], &review(exclude), NOW).await.unwrap();
    let paste = NewPaste { paste_id: PasteId::new(), creators: vec![], texts: vec![PastedPart::new(1, "?", None)] };
    store.add_paste(world.id(), &paste, NOW).await.unwrap();
    let before = store.program(world.id(), NOW).await.unwrap();

    let real_other = store.create_project(ProjectId::new(), &project_in(Zone::UTC), NOW).await.unwrap().project_id;
    for other in [real_other, ProjectId::new()] {
        let terms_of_goal = goal("posts", "weekly", 3);
        let change = CreatorChange {
            handle: handle("mia"),
            display_name: None,
            tracking_mode: TrackingMode::Auto,
            tracking_start_date: None,
        };
        assert_eq!(store.creator(other, mia).await.unwrap(), None);
        assert_eq!(store.creator_totals(other, &[mia]).await.unwrap(), []);
        assert_eq!(store.creator_days(other, mia, 0..99_999).await.unwrap(), []);
        assert_eq!(store.posts(other, mia, &PostsQuery::default()).await.unwrap().total, 0);
        assert_eq!(store.tracking_changes(other, &[post_id]).await.unwrap(), []);
        assert_eq!(store.goals(other, mia).await.unwrap(), []);
        assert_eq!(store.follower_evidence(other, mia, &august(), NOW).await.unwrap(), FollowerEvidence::default());
        assert_eq!(store.most_followers_before(other, mia, NOW).await.unwrap(), None);
        assert_eq!(store.import(other, import.import_id).await.unwrap(), None);
        assert_eq!(store.imports(other).await.unwrap(), []);
        assert_eq!(store.unfinished_imports(other, ImportId::default()).await.unwrap(), []);
        assert_eq!(store.paste(other, paste.paste_id).await.unwrap(), None);
        assert_eq!(store.rejections(other, import.import_id).await.unwrap(), []);
        assert_eq!(store.parked_count(other).await.unwrap(), 0);
        assert_eq!(store.creators_removed(other).await.unwrap(), []);
        assert_eq!(store.creator_notes(other, mia).await.unwrap(), None);
        assert_eq!(store.creator_events(other, mia, compliance::Instant::EARLIEST..NOW).await.unwrap(), []);
        assert_eq!(store.pending_count(other).await.unwrap(), 0);
        assert_eq!(store.posts_by_ids(other, &[post_id]).await.unwrap(), []);
        assert_eq!(store.snapshots(other, post_id, NOW).await.unwrap(), []);
        assert_eq!(store.gains_by_creator(other, 0..99_999).await.unwrap().len(), 0);
        assert!(store.gains_by_day(other, &[mia], 0..99_999).await.unwrap().is_empty());
        is_not_found(store.set_creator_notes(other, mia, "x").await);
        is_not_found(store.update_creator(other, mia, &change, NOW).await);
        is_not_found(store.set_membership(other, mia, Membership::Removed, NOW).await);
        is_not_found(store.review_posts(other, &[post_id], &review(exclude), NOW).await);
        is_not_found(store.create_goal(other, mia, GoalId::new(), &terms_of_goal, NOW).await);
        is_not_found(store.edit_goal(other, goal_id, &terms_of_goal.terms, NOW).await);
        is_not_found(store.delete_goal(other, goal_id, NOW).await);
        is_not_found(store.post_evidence(other, mia, &august(), NOW).await);
        is_not_found(store.update_import(&Import { project_id: other, ..import.clone() }, import.state).await);
    }
    let nowhere = ProjectId::new();
    is_not_found(store.accept(nowhere, vec![profile("mia", "Mia")], &terms()).await);
    is_not_found(store.add_creators(nowhere, &[new_creator("mia")], NOW).await);
    is_not_found(store.count_stale_days(nowhere).await);
    assert_eq!(store.program(world.id(), NOW).await.unwrap(), before, "nothing of ours was touched");

    // The same TikTok ids in another project are other creators and other posts.
    let taken = store.accept(real_other, vec![post("1", "noa", "2026-08-18T10:00:00Z")], &terms()).await.unwrap();
    assert_eq!(taken.outcomes, [FactOutcome::Accepted]);
    assert_eq!(store.program(world.id(), NOW).await.unwrap(), before);
}
