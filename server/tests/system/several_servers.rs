//! Several servers on one database: nothing is counted twice, nothing is lost, and each shows what the others took in.

use super::short::{followers, goal, post, views};
use super::support::{Engine, NOW, World};
use app::store::{AcceptTerms, NewApiKey};
use compliance::fact::Fact;
use futures_util::future::join_all;
use server::store::SqlStore;
use std::collections::HashSet;
use std::sync::Arc;

impl World {
    /// Another server on the same database.
    pub async fn another_server(&self) -> World {
        World {
            store: Arc::new(SqlStore::open(&self.url).await.unwrap()),
            project: self.project.clone(),
            folder: tempfile::tempdir().unwrap(),
            url: self.url.clone(),
        }
    }
}

#[tokio::test]
async fn servers_that_start_at_once_on_an_empty_database_agree_on_its_tables_and_its_organization() {
    let folder = tempfile::tempdir().unwrap();
    let url = Engine::Postgres.fresh_url(folder.path()).await;
    let stores = join_all((0..6).map(|_| SqlStore::open(&url))).await;
    let stores: Vec<Arc<dyn app::store::Store>> =
        stores.into_iter().map(|store| Arc::new(store.unwrap()) as Arc<dyn app::store::Store>).collect();
    let keys = join_all(stores.iter().enumerate().map(|(place, store)| async move {
        let hash = [u8::try_from(place).unwrap(); 32];
        let new = NewApiKey { project_id: None, name: "x".to_owned(), can_write: true, hash, hint: "abcd".to_owned() };
        store.create_api_key(&new, NOW).await.unwrap()
    }))
    .await;
    let organizations: HashSet<_> = keys.iter().map(|key| key.organization_id).collect();
    assert_eq!(organizations.len(), 1);
    assert_eq!(stores[3].api_keys().await.unwrap().len(), 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_that_take_in_facts_of_one_project_at_once_book_each_fact_once() {
    for engine in [Engine::Postgres, Engine::Sqlite] {
        let world = Arc::new(World::on(engine, "UTC").await);
        world.accept(vec![followers("mia", "2026-08-10T10:00:00Z", 10)]).await;
        world.add_goal("mia", &goal("views", "weekly", 100)).await;
        // Every server sends every fact, in an order of its own: posts and stats meet in every way.
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
                let terms = AcceptTerms { now: NOW, source: "test".to_owned(), create_creators: true };
                for batch in facts.chunks(6) {
                    server.store.accept(server.id(), batch.to_vec(), &terms).await.unwrap();
                }
                // What it held in memory before is brought up to date with what the others wrote.
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
