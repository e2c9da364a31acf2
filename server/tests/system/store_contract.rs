//! Tests of methods of the store that no other test calls.

use super::short::review;
use super::support::{DAY, Engine, HOUR, NOW, World, mia, post, views};
use compliance::calendar::{LocalDays as _, Zone};
use compliance::goal_form::NewGoal;
use compliance::terms::GoalTerms;
use compliance::tracking::{TrackingMode, TrackingStatus};
use compliance::{Cadence, Metric};
use program::campaigns::record::CampaignTerms;
use program::creators::record::{AddCreatorOutcome, CreatorChange, Membership, NewCreator};
use program::error::StoreError;
use program::goals::record::{GoalOutcome, GoalPlace};
use program::ids::{CampaignId, GoalId, ImportId, PostId, ProjectId};
use program::imports::record::{Import, ImportCounts, ImportDetails, ImportState, Rejection, UpdateImportOutcome};
use program::posts::record::{PostState, PostsQuery};
use program::reviews::record::TrackingDecision;
use rstest::rstest;

#[tokio::test]
async fn creators_are_added_found_present_removed_and_brought_back() {
    let world = World::new().await;
    let new = NewCreator {
        handle: mia(),
        display_name: Some("Mia".to_owned()),
        avatar_url: None,
        tracking_mode: TrackingMode::Selective,
        tracking_start_date: Zone::UTC.date_of(NOW),
    };
    let add = async || world.store.add_creators(world.id(), std::slice::from_ref(&new), NOW).await.unwrap()[0];
    let AddCreatorOutcome::Added(id) = add().await else { panic!("the creator is new") };
    assert_eq!(add().await, AddCreatorOutcome::Present(id));
    world.store.set_membership(world.id(), id, Membership::Removed, NOW).await.unwrap();
    assert!(world.store.program(world.id(), NOW).await.unwrap().unwrap().creators.is_empty());
    assert_eq!(add().await, AddCreatorOutcome::Restored(id));
    assert_eq!(world.store.program(world.id(), NOW).await.unwrap().unwrap().creators.len(), 1);

    let change = CreatorChange {
        handle: new.handle.clone(),
        display_name: None,
        tracking_mode: TrackingMode::Auto,
        tracking_start_date: None,
    };
    world.store.update_creator(world.id(), id, &change, NOW).await.unwrap();
    let creator = world.store.creator(world.id(), id).await.unwrap().unwrap();
    assert_eq!((creator.display_name, creator.tracking_mode), (None, TrackingMode::Auto));
    let stranger = ProjectId::new();
    assert!(world.store.creator(stranger, id).await.unwrap().is_none());
    let refused = world.store.set_membership(stranger, id, Membership::Member, NOW).await;
    assert!(matches!(refused, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn posts_are_listed_filtered_and_decided_upon_with_a_record() {
    let world = World::new().await;
    world
        .accept(vec![post("1", NOW.plus_millis(-DAY)), post("2", NOW), views("1", NOW, 70), views("2", NOW, 30)])
        .await;
    let creator = world.store.program(world.id(), NOW).await.unwrap().unwrap().creators[0].creator.creator_id;
    let query = PostsQuery::default();
    let page = world.store.posts(world.id(), creator, &query).await.unwrap();
    let newest: Vec<&str> = page.posts.iter().map(|post| post.tiktok_video_id.as_str()).collect();
    assert_eq!((page.total, newest), (2, vec!["2", "1"]));
    let by_views = PostsQuery { sort: program::posts::record::PostSort::Views, ..PostsQuery::default() };
    let page_by_views = world.store.posts(world.id(), creator, &by_views).await.unwrap();
    assert_eq!(page_by_views.posts[0].tiktok_video_id, "1");

    let decision = TrackingDecision::status(TrackingStatus::Excluded);
    world.store.review_posts(world.id(), &[page.posts[0].post_id], &review(decision), NOW).await.unwrap();
    let excluded = PostsQuery { state: PostState::Status(TrackingStatus::Excluded), ..query };
    assert_eq!(world.store.posts(world.id(), creator, &excluded).await.unwrap().total, 1);
    let changes = world.store.tracking_changes(world.id(), &[page.posts[0].post_id]).await.unwrap();
    assert_eq!((changes.len(), changes[0].to.status), (1, TrackingStatus::Excluded));
    let totals = world.store.creator_totals(world.id(), &[creator]).await.unwrap();
    assert_eq!((totals[0].posts, totals[0].views), (2, 100));
    let unknown = world.store.review_posts(world.id(), &[PostId::new()], &review(decision), NOW).await;
    assert!(matches!(unknown, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn an_edit_of_a_goal_is_a_new_version_and_a_deleted_goal_is_gone() {
    let world = World::new().await;
    world.accept(vec![post("1", NOW)]).await;
    let creator = world.store.program(world.id(), NOW).await.unwrap().unwrap().creators[0].creator.creator_id;
    let terms = GoalTerms { target_value: 5, start_date: None, end_date: None, is_active: true };
    let goal = NewGoal { metric: Metric::Posts, cadence: Cadence::Weekly, terms };
    let made = NOW.plus_millis(-20 * DAY);
    let id = GoalId::new();
    assert_eq!(world.store.create_goal(world.id(), creator, id, &goal, made).await.unwrap(), GoalOutcome::Stored);
    assert_eq!(
        world.store.create_goal(world.id(), creator, id, &goal, NOW).await.unwrap(),
        GoalOutcome::Stored,
        "the same again is there"
    );
    assert_eq!(
        world.store.create_goal(world.id(), creator, GoalId::new(), &goal, NOW).await.unwrap(),
        GoalOutcome::Overlaps
    );
    let edited = GoalTerms { target_value: 9, ..terms };
    assert_eq!(world.store.edit_goal(world.id(), id, &edited, NOW).await.unwrap(), GoalOutcome::Stored);
    let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    let standing = &program.standings(NOW, &[])[0];
    let evaluation = &standing.evaluations[0].1;
    assert_eq!((evaluation.target, evaluation.previous.as_ref().unwrap().target), (9, 5));
    world.store.delete_goal(world.id(), id, NOW).await.unwrap();
    assert!(world.store.goals(world.id(), creator).await.unwrap().is_empty());
    let gone = world.store.edit_goal(world.id(), id, &edited, NOW).await;
    assert!(matches!(gone, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn imports_keep_their_progress_and_their_rejections() {
    let world = World::new().await;
    let mut import = Import {
        project_id: world.id(),
        import_id: ImportId::new(),
        file_name: "a.csv".to_owned(),
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
    world.store.create_import(&import).await.unwrap();
    let before = import.state;
    import.state = ImportState::Done;
    import.counts.accepted = 7;
    assert_eq!(world.store.update_import(&import, before).await.unwrap(), UpdateImportOutcome::Updated);
    assert_eq!(world.store.import(world.id(), import.import_id).await.unwrap().as_ref(), Some(&import));
    assert_eq!(world.store.imports(world.id()).await.unwrap(), [import.clone()]);
    let row = Rejection { position: 0, line: 3, field: None, code: "bad".to_owned(), reason: "It is bad.".to_owned() };
    world.store.add_rejections(world.id(), import.import_id, std::slice::from_ref(&row)).await.unwrap();
    assert_eq!(world.store.rejections(world.id(), import.import_id).await.unwrap(), [row]);
    assert!(world.store.import(ProjectId::new(), import.import_id).await.unwrap().is_none());
}

#[rstest]
#[tokio::test]
async fn erasing_takes_what_was_deleted_before_an_instant_and_says_when_nothing_is_left(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::on(engine, "UTC").await;
    let store = &world.store;
    world.accept(vec![post("1", NOW)]).await;
    let creator = store.program(world.id(), NOW).await.unwrap().unwrap().creators[0].creator.creator_id;
    let terms = GoalTerms { target_value: 5, start_date: None, end_date: None, is_active: true };
    let goal = NewGoal { metric: Metric::Posts, cadence: Cadence::Weekly, terms };
    let (goal_id, campaign_id) = (GoalId::new(), CampaignId::new());
    assert_eq!(store.create_goal(world.id(), creator, goal_id, &goal, NOW).await.unwrap(), GoalOutcome::Stored);
    let named = CampaignTerms { name: "Launch".to_owned(), notes: String::new(), target: None };
    store.create_campaign(world.id(), campaign_id, &named, NOW).await.unwrap();
    // Nothing was deleted.
    let later = NOW.plus_millis(HOUR);
    assert_eq!(store.erase_goals(later, None).await.unwrap(), None);
    assert_eq!(store.erase_campaigns(later).await.unwrap(), 0);
    assert_eq!(store.erase_projects(later).await.unwrap(), 0);

    store.delete_goal(world.id(), goal_id, NOW).await.unwrap();
    store.delete_campaign(world.id(), campaign_id, NOW).await.unwrap();
    // Not before the very instant.
    assert_eq!(store.erase_goals(NOW, None).await.unwrap(), None);
    assert_eq!(store.erase_campaigns(NOW).await.unwrap(), 0);
    let place = store.erase_goals(later, None).await.unwrap();
    assert_eq!(place, Some(GoalPlace { project_id: world.id(), goal_id }));
    assert_eq!(store.erase_goals(later, place).await.unwrap(), None);
    assert_eq!(store.deleted_goals(world.id(), creator, NOW).await.unwrap(), []);
    assert_eq!(store.erase_campaigns(later).await.unwrap(), 1);
    assert_eq!(store.erase_campaigns(later).await.unwrap(), 0);
    assert_eq!(store.deleted_campaigns(world.id(), NOW).await.unwrap(), []);

    store.delete_project(world.id(), NOW).await.unwrap();
    assert_eq!(store.erase_projects(NOW).await.unwrap(), 0);
    assert!(store.erase_projects(later).await.unwrap() > 3, "a small project is one part");
    assert_eq!(store.erase_projects(later).await.unwrap(), 0);
    assert_eq!(store.deleted_projects(NOW).await.unwrap(), []);
    assert_eq!(store.forget_runs(NOW).await.unwrap(), 0);
}
