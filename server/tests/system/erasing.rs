//! What was deleted is erased thirty days and an hour later: no sooner, nothing else, and continuing where it was
//! interrupted.

use super::differential::operate;
use super::readable::Side;
use super::short::{followers, goal, goal_between, is_not_found, post, project_in, terms, views};
use super::support::{DAY, Engine, HOUR, NOW, World, texts};
use axum::http::StatusCode;
use compliance::Instant;
use compliance::calendar::Zone;
use program::campaigns::record::{CampaignItem, CampaignTerms};
use program::goals::record::GoalOutcome;
use program::idempotency::IdempotentRequest;
use program::ids::{ApiKeyId, CampaignId, GoalId, HolderId, PasteId, ProjectId};
use program::jobs::Job;
use program::keys::record::{KeyScope, NewApiKey};
use program::pastes::record::{NewPaste, PastedPart};
use program::store::SharedStore;
use program::undo::{erase_before, undo_since};
use rstest::rstest;
use server::jobs::do_if_due;
use std::collections::BTreeMap;
use store::tables::tables;
use store::{PART, copy};

/// The last instant at which something deleted at [`NOW`] can be restored.
const LAST_OFFERED: Instant = NOW.plus_millis(30 * DAY);
/// The first instant at which it is erased.
pub const ERASED: Instant = LAST_OFFERED.plus_millis(HOUR + 1);

/// Erases everything that is due at an instant, without the job.
pub async fn erase(store: &SharedStore, now: Instant) {
    let mut after = None;
    loop {
        after = store.erase_goals(erase_before(now), after).await.unwrap();
        if after.is_none() {
            break;
        }
    }
    while store.erase_campaigns(erase_before(now)).await.unwrap() > 0 {}
    while store.erase_projects(erase_before(now)).await.unwrap() > 0 {}
}

/// Every row that names the project, as the engine writes its values, by table.
async fn rows(url: &str, project_id: ProjectId) -> BTreeMap<&'static str, Vec<String>> {
    let is_sqlite = url.starts_with("sqlite:");
    let id = if is_sqlite { format!("X'{}'", project_id.uuid().simple()) } else { format!("'{project_id}'") };
    let value = |name| if is_sqlite { format!("quote({name})") } else { format!("coalesce({name}::text, 'NULL')") };
    let mut rows = BTreeMap::new();
    for table in
        tables().await.unwrap().iter().filter(|table| table.columns().iter().any(|column| column.name == "project_id"))
    {
        let values: Vec<_> = table.columns().iter().map(|column| value(column.name)).collect();
        let values = values.join(" || ', ' || ");
        let select = format!("SELECT {values} FROM {} WHERE project_id = {id} ORDER BY 1", table.name);
        rows.insert(table.name, texts(url, select.leak()).await);
    }
    rows
}

/// Checks that each table holds the same rows, except some tables.
#[track_caller]
fn same(left: &BTreeMap<&str, Vec<String>>, right: &BTreeMap<&str, Vec<String>>, except: &[&str]) {
    let mut others = right.iter().filter(|(table, _)| !except.contains(table));
    let different = others.find(|(table, rows)| left[*table] != **rows).map(|(table, _)| table);
    assert_eq!(different, None);
}

/// A key of the project, with an answer that is kept, and a value that was mended.
async fn add_key(world: &World, project_id: ProjectId, number: u8) {
    let (name, hint) = (format!("Key {number}"), "abcd".to_owned());
    let new = NewApiKey { project_id: Some(project_id), name, scope: KeyScope::Write, hash: [number; 32], hint };
    let key = world.store.create_api_key(ApiKeyId::new(), &new, NOW).await.unwrap().as_created().unwrap().clone();
    let request = IdempotentRequest {
        organization_id: key.organization_id,
        api_key_id: key.api_key_id,
        route: "POST /stats".to_owned(),
        idempotency_key: "1".to_owned(),
        body_hash: [2; 32],
    };
    world.store.begin_idempotent(&request, NOW).await.unwrap();
    let insert = format!(
        "INSERT INTO mended_values SELECT organization_id, 'posts', '{number}', 'views', project_id, '1', NULL
         FROM api_keys WHERE name = 'Key {number}'"
    );
    world.texts(insert.leak()).await;
}

#[rstest]
#[tokio::test]
async fn a_deleted_project_is_erased_from_every_table_after_thirty_days_and_others_stay(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut side = Side::new(World::on(engine, "UTC").await);
    operate(&mut side, 31, 600).await;
    let world = &side.world;
    let other = world.store.create_project(ProjectId::new(), &project_in(Zone::UTC), NOW).await.unwrap().project_id;
    let facts = vec![
        post("1", "mia", "2026-08-17T10:00:00Z"),
        views("1", "2026-08-18T10:00:00Z", 5),
        views("9", "2026-08-18T10:00:00Z", 5),
    ];
    world.store.accept(other, facts, &terms()).await.unwrap();
    add_key(world, world.id(), 211).await;
    add_key(world, other, 212).await;
    // Much of what it contains was itself deleted long ago.
    erase(&world.store, ERASED).await;
    let (doomed, kept) = (rows(&world.url, world.id()).await, rows(&world.url, other).await);
    let filled = |rows: &BTreeMap<_, Vec<String>>| rows.values().filter(|rows| !rows.is_empty()).count();
    assert!(filled(&doomed) > 17 && filled(&kept) > 6, "{} and {}", filled(&doomed), filled(&kept));

    world.store.delete_project(world.id(), NOW).await.unwrap();
    assert!(do_if_due(&world.server_at(LAST_OFFERED), Job::EraseDeleted, HolderId::new()).await.unwrap());
    world.store.restore_project(world.id(), undo_since(LAST_OFFERED)).await.unwrap();
    same(&rows(&world.url, world.id()).await, &doomed, &[]);

    world.store.delete_project(world.id(), NOW).await.unwrap();
    let deleted = rows(&world.url, world.id()).await;
    let offered_no_more = undo_since(LAST_OFFERED.plus_millis(1));
    is_not_found(world.store.restore_project(world.id(), offered_no_more).await);
    erase(&world.store, ERASED.plus_millis(-1)).await;
    same(&rows(&world.url, world.id()).await, &deleted, &[]);

    // The job was done an hour ago.
    let later = LAST_OFFERED.plus_millis(2 * HOUR);
    assert!(do_if_due(&world.server_at(later), Job::EraseDeleted, HolderId::new()).await.unwrap());
    assert_eq!(filled(&rows(&world.url, world.id()).await), 0, "it is gone from every table");
    same(&rows(&world.url, other).await, &kept, &[]);
    assert_eq!(world.texts("SELECT name FROM api_keys WHERE project_id IS NOT NULL").await, ["Key 212"]);
    let answers = "SELECT k.name FROM idempotent_answers AS a JOIN api_keys AS k ON k.api_key_id = a.api_key_id
        WHERE k.name LIKE 'Key 21%'";
    assert_eq!(world.texts(answers).await, ["Key 212"]);
    assert!(world.store.api_key(&[211; 32]).await.unwrap().is_none());
    assert_eq!(world.get(&format!("/projects/{}", world.id())).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(world.store.count_stale_days(other).await.unwrap(), 0);
    is_not_found(world.store.restore_project(world.id(), Instant::EARLIEST).await);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn erasing_that_breaks_off_goes_on_and_several_servers_may_do_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::on(engine, "UTC").await;
    let facts = (0..5_000).map(|number| post(&format!("v{number}"), "mia", "2026-08-17T10:00:00Z"));
    world.accept(facts.collect()).await;
    world.store.delete_project(world.id(), NOW).await.unwrap();
    let before = erase_before(ERASED);
    let erased = world.store.erase_projects(before).await.unwrap();
    assert_eq!(erased, PART.unsigned_abs(), "one part, however much there is");
    let left = rows(&world.url, world.id()).await;
    assert!(left["projects"].len() == 1 && left["posts"].len() > 2_500, "{}", left["posts"].len());
    // The server that did that is gone. Two others find the project at the same time, and somebody tries to restore it.
    let servers = [world.another_server().await, world.another_server().await];
    let go_on = async |server: &World| while server.store.erase_projects(before).await.unwrap() > 0 {};
    let restore = world.store.restore_project(world.id(), undo_since(ERASED));
    let ((), (), restored) = tokio::join!(go_on(&servers[0]), go_on(&servers[1]), restore);
    is_not_found(restored);
    assert!(rows(&world.url, world.id()).await.values().all(Vec::is_empty));
    assert_eq!(world.texts("SELECT name FROM organizations").await.len(), 1);
}

fn campaign(name: &str) -> CampaignTerms {
    CampaignTerms { name: name.to_owned(), notes: String::new(), target: None }
}

#[rstest]
#[tokio::test]
async fn a_deleted_campaign_goes_with_its_places_and_what_was_in_it_stays(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::on(engine, "UTC").await;
    world.accept(vec![post("1", "mia", "2026-08-17T10:00:00Z"), followers("theo", "2026-08-17T10:00:00Z", 5)]).await;
    let (id, outer, inner) = (world.id(), CampaignId::new(), CampaignId::new());
    for (campaign_id, name) in [(outer, "Outer"), (inner, "Inner")] {
        world.store.create_campaign(id, campaign_id, &campaign(name), NOW).await.unwrap();
    }
    let creators =
        [CampaignItem::Creator(world.creator("mia").await), CampaignItem::Creator(world.creator("theo").await)];
    world.store.add_campaign_items(id, inner, &creators, NOW).await.unwrap();
    world.store.add_campaign_items(id, outer, &[CampaignItem::Campaign(inner), creators[0]], NOW).await.unwrap();
    let before = rows(&world.url, id).await;
    world.store.delete_campaign(id, inner, NOW).await.unwrap();
    erase(&world.store, LAST_OFFERED).await;
    world.store.restore_campaign(id, inner, undo_since(LAST_OFFERED)).await.unwrap();
    same(&rows(&world.url, id).await, &before, &[]);

    world.store.delete_campaign(id, inner, NOW).await.unwrap();
    erase(&world.store, ERASED.plus_millis(-1)).await;
    assert_eq!(rows(&world.url, id).await["campaigns"].len(), 2);
    erase(&world.store, ERASED).await;
    let after = rows(&world.url, id).await;
    assert_eq!((after["campaigns"].len(), after["campaign_items"].len()), (1, 1));
    assert_eq!(world.store.campaign_items(id, outer).await.unwrap(), [creators[0]]);
    same(&after, &before, &["campaigns", "campaign_items"]);
}

#[rstest]
#[tokio::test]
async fn a_deleted_goal_goes_unless_it_judged_a_period_to_its_end_and_facts_stay(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::on(engine, "UTC").await;
    world.accept(vec![post("1", "mia", "2026-08-17T10:00:00Z"), views("1", "2026-08-18T10:00:00Z", 5)]).await;
    let (id, creator) = (world.id(), world.creator("mia").await);
    let judged = world.add_goal("mia", &goal("views", "weekly", 100)).await;
    let (slip, running) = (GoalId::new(), GoalId::new());
    for (goal_id, metric) in [(slip, "posts"), (running, "followers")] {
        let goal = goal_between(metric, "weekly", 3, "", "");
        assert_eq!(
            world.store.create_goal(id, creator, goal_id, &goal, NOW.plus_millis(-HOUR)).await.unwrap(),
            GoalOutcome::Stored
        );
    }
    let before = rows(&world.url, id).await;
    for goal_id in [judged, slip] {
        world.store.delete_goal(id, goal_id, NOW).await.unwrap();
    }
    erase(&world.store, LAST_OFFERED).await;
    assert_eq!(world.store.restore_goal(id, slip, undo_since(LAST_OFFERED)).await.unwrap(), GoalOutcome::Stored);
    world.store.delete_goal(id, slip, NOW).await.unwrap();
    erase(&world.store, ERASED.plus_millis(-1)).await;
    assert_eq!(rows(&world.url, id).await["goals"].len(), 3);
    erase(&world.store, ERASED).await;
    // What is kept of a deleted goal is what the change log replays its verdicts from.
    let kept = world.store.deleted_goals(id, creator, Instant::EARLIEST).await.unwrap();
    assert_eq!(kept.iter().map(|goal| goal.what.goal_id).collect::<Vec<_>>(), [judged]);
    let after = rows(&world.url, id).await;
    assert_eq!((after["goals"].len(), after["goal_versions"].len()), (2, 2));
    same(&after, &before, &["goals", "goal_versions", "projects", "creators"]);
    assert_eq!(world.stale_days().await, 0);
    is_not_found(world.store.restore_goal(id, slip, Instant::EARLIEST).await);
}

#[tokio::test]
async fn what_was_erased_or_forgotten_goes_from_a_copy_too() {
    for (from, to) in [(Engine::Sqlite, Engine::Postgres), (Engine::Postgres, Engine::Sqlite)] {
        let mut side = Side::new(World::on(from, "UTC").await);
        operate(&mut side, 32, 200).await;
        let world = &side.world;
        let paste = async || {
            let texts = vec![PastedPart::new(1, "?", None)];
            let paste = NewPaste { paste_id: PasteId::new(), creators: Vec::new(), texts };
            world.store.add_paste(world.id(), &paste, NOW).await.unwrap();
        };
        paste().await;
        let other = world.store.create_project(ProjectId::new(), &project_in(Zone::UTC), NOW).await.unwrap().project_id;
        world.store.accept(other, vec![post("1", "mia", "2026-08-17T10:00:00Z")], &terms()).await.unwrap();
        add_key(world, other, 213).await;
        let (slip, outer) = (GoalId::new(), CampaignId::new());
        world.accept(vec![post("zoe1", "zoe", "2026-08-17T10:00:00Z")]).await;
        let goal = goal_between("followers", "weekly", 3, "", "");
        assert_eq!(
            world.store.create_goal(world.id(), world.creator("zoe").await, slip, &goal, NOW).await.unwrap(),
            GoalOutcome::Stored
        );
        world.store.create_campaign(world.id(), outer, &campaign("Outer"), NOW).await.unwrap();
        let inside = [CampaignItem::Creator(world.creator("zoe").await)];
        world.store.add_campaign_items(world.id(), outer, &inside, NOW).await.unwrap();
        world.store.delete_goal(world.id(), slip, NOW).await.unwrap();
        world.store.delete_campaign(world.id(), outer, NOW).await.unwrap();
        world.store.delete_project(other, NOW).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let url = to.fresh_url(folder.path()).await;
        copy(&world.url, &url, &mut |_| {}).await.unwrap();
        assert!(!rows(&url, other).await["api_keys"].is_empty());

        erase(&world.store, ERASED).await;
        for _ in 0..101 {
            paste().await;
        }
        copy(&world.url, &url, &mut |_| {}).await.unwrap();
        assert!(rows(&url, other).await.values().all(Vec::is_empty));
        let (ours, theirs) = (rows(&world.url, world.id()).await, rows(&url, world.id()).await);
        for (table, rows) in ours {
            assert_eq!(rows.len(), theirs[table].len(), "{table}");
        }
    }
}
