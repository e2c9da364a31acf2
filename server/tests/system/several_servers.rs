//! Tests of several servers on one database: nothing is counted twice or lost, and each shows what the others stored.

use super::short::{followers, goal, post, views};
use super::support::{DAY, Engine, HOUR, NOW, World, texts};
use compliance::fact::Fact;
use futures_util::future::join_all;
use program::facts::record::AcceptTerms;
use program::idempotency::{Idempotency, IdempotentRequest, KeptAnswer};
use program::ids::{ApiKeyId, HolderId};
use program::jobs::{ClaimOutcome, FinishOutcome, Job};
use program::keys::record::{KeyScope, NewApiKey};
use server::jobs::do_if_due;
use std::collections::HashSet;
use std::sync::Arc;
use store::SqlStore;

impl World {
    /// Creates another server on the same database.
    pub async fn another_server(&self) -> World {
        World::having(self.project.clone(), self.url.clone()).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_that_start_at_once_on_an_empty_database_agree_on_its_tables_and_its_organization() {
    let folder = tempfile::tempdir().unwrap();
    let url = Engine::Postgres.fresh_url(folder.path()).await;
    let stores = join_all((0..6).map(|_| SqlStore::open(&url))).await;
    let stores: Vec<Arc<dyn program::store::Store>> =
        stores.into_iter().map(|store| Arc::new(store.unwrap()) as Arc<dyn program::store::Store>).collect();
    // PostgreSQL's own conflict detection misses some conflicts on an empty table, so once is not enough.
    for round in 0..40 {
        let keys = join_all(stores.iter().enumerate().map(|(place, store)| async move {
            let hash = [u8::try_from(place).unwrap(); 32];
            let new = NewApiKey {
                project_id: None,
                name: "x".to_owned(),
                scope: KeyScope::Write,
                hash,
                hint: "abcd".to_owned(),
            };
            store.create_api_key(ApiKeyId::new(), &new, NOW).await.unwrap().as_created().unwrap().clone()
        }))
        .await;
        let organizations: HashSet<_> = keys.iter().map(|key| key.organization_id).collect();
        assert_eq!(organizations.len(), 1, "round {round}");
        assert_eq!(stores[3].api_keys().await.unwrap().len(), 6);
        texts(&url, "TRUNCATE api_keys, organizations CASCADE").await;
    }
}

#[tokio::test]
async fn a_job_is_done_by_one_server_and_done_again_when_that_one_dies_over_it() {
    for engine in [Engine::Postgres, Engine::Sqlite] {
        let world = World::on(engine, "UTC").await;
        let servers = join_all((0..5).map(|_| world.another_server())).await;
        let at = |millis| NOW.plus_millis(millis);
        let look = async |now| {
            let asked = servers.iter().map(|server| {
                let server = server.server_at(now);
                async move { do_if_due(&server, Job::ForgetAnswers, HolderId::new()).await.unwrap() }
            });
            join_all(asked).await.into_iter().filter(|done| *done).count()
        };
        assert_eq!(look(at(0)).await, 1, "all look at once");
        assert_eq!(look(at(HOUR - 1)).await, 0, "not before it is due again");
        assert_eq!(look(at(HOUR)).await, 1);
        // One server claims the job and then disappears.
        let lost = HolderId::new();
        let store = &servers[0].store;
        assert_eq!(
            store.claim_job(Job::ForgetAnswers, lost, at(3 * HOUR), at(4 * HOUR)).await.unwrap(),
            ClaimOutcome::Claimed
        );
        assert_eq!(look(at(4 * HOUR - 1)).await, 0);
        assert_eq!(look(at(4 * HOUR)).await, 1);
        assert_eq!(
            store.finish_job(Job::ForgetAnswers, lost, at(0)).await.unwrap(),
            FinishOutcome::ClaimLost,
            "it is no longer theirs to finish"
        );
        assert_eq!(look(at(4 * HOUR + 1)).await, 0);
    }
}

#[tokio::test]
async fn answers_are_forgotten_after_a_day_by_the_job() {
    let world = World::new().await;
    let key = NewApiKey {
        project_id: None,
        name: "x".to_owned(),
        scope: KeyScope::Write,
        hash: [1; 32],
        hint: "abcd".to_owned(),
    };
    let key = world.store.create_api_key(ApiKeyId::new(), &key, NOW).await.unwrap().as_created().unwrap().clone();
    let request = IdempotentRequest {
        organization_id: key.organization_id,
        api_key_id: key.api_key_id,
        route: "POST /stats".to_owned(),
        idempotency_key: "1".to_owned(),
        body_hash: [2; 32],
    };
    let begin = async |millis| world.store.begin_idempotent(&request, NOW.plus_millis(millis)).await.unwrap();
    assert_eq!(begin(0).await, Idempotency::First);
    let answer = KeptAnswer { code: 200, body: "{}".to_owned() };
    world.store.end_idempotent(&request, Some(&answer)).await.unwrap();
    do_if_due(&world.server_at(NOW.plus_millis(DAY)), Job::ForgetAnswers, HolderId::new()).await.unwrap();
    assert_eq!(begin(DAY).await, Idempotency::Answered(answer), "a whole day");
    let kept = "SELECT CAST(COUNT(*) AS TEXT) FROM idempotent_answers";
    assert_eq!(world.texts(kept).await, ["1"]);
    do_if_due(&world.server_at(NOW.plus_millis(DAY + HOUR)), Job::ForgetAnswers, HolderId::new()).await.unwrap();
    assert_eq!(world.texts(kept).await, ["0"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_that_take_in_facts_of_one_project_at_once_book_each_fact_once() {
    for engine in [Engine::Postgres, Engine::Sqlite] {
        let world = Arc::new(World::on(engine, "UTC").await);
        world.accept(vec![followers("mia", "2026-08-10T10:00:00Z", 10)]).await;
        world.add_goal("mia", &goal("views", "weekly", 100)).await;
        // Every server sends every fact, each in another order, so posts and stats arrive in every order.
        let facts: Vec<Fact> = (0..40)
            .flat_map(|number| {
                let video = format!("v{}", number % 10);
                [
                    post(&video, "mia", &format!("2026-08-17T0{}:00:00Z", number % 10)),
                    views(&video, &format!("2026-08-18T10:00:{number:02}Z"), number * 3),
                    followers("mia", &format!("2026-08-18T11:00:{number:02}Z"), 10 + number),
                ]
            })
            .collect();
        let servers = join_all((0..4).map(|_| world.another_server())).await;
        let writing = servers.into_iter().enumerate().map(|(place, server)| {
            let mut facts = facts.clone();
            facts.rotate_left(place * 30);
            tokio::spawn(async move {
                let terms = AcceptTerms { create_creators: true, ..AcceptTerms::of("test", NOW) };
                for batch in facts.chunks(6) {
                    server.store.accept(server.id(), batch.to_vec(), &terms).await.unwrap();
                }
                // Its copy in memory is updated with what the others stored.
                server.actual("mia", NOW).await
            })
        });
        join_all(writing).await;
        let alone = World::on(Engine::Sqlite, "UTC").await;
        alone.accept(vec![followers("mia", "2026-08-10T10:00:00Z", 10)]).await;
        alone.add_goal("mia", &goal("views", "weekly", 100)).await;
        alone.accept(facts).await;
        assert_eq!(world.actual("mia", NOW).await, alone.actual("mia", NOW).await);
        assert_eq!(world.stale_days().await, 0);
        let late = world.another_server().await;
        assert_eq!(late.actual("mia", NOW).await, alone.actual("mia", NOW).await);
    }
}
