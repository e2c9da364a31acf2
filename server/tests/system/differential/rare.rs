//! What a log of random operations hardly ever comes to: facts that wait twice, more pastes than are kept, day buckets
//! that are booked when the database is opened, and everything that was deleted long ago.

use crate::erasing::{ERASED, erase};
use crate::readable::{Side, everything};
use crate::short::{new_creator, post, views};
use crate::support::{NOW, World};
use compliance::Instant;
use compliance::fact::Fact;
use compliance::instant::DAY_MS;
use program::campaigns::record::{CampaignItem, CampaignTerms};
use program::facts::record::AcceptTerms;
use program::ids::{CampaignId, PasteId, RunId};
use program::pastes::record::{NewPaste, PastedPart};
use uuid::Uuid;

/// Does all of it on one side, and returns what the store answered and then held.
pub async fn rare(side: &mut Side) -> Vec<String> {
    let mut said = Vec::new();
    said.push(format!("runs: {:?}", runs(&side.world).await));
    said.push(format!("pastes: {:?}", pastes(&side.world).await));
    said.push(format!("booked again: {:?}", booked(side).await));
    said.push(format!("campaign: {:?}", campaign(&side.world).await));
    said.extend(everything(side).await);
    said.push(format!("erased: {:?}", erased(&side.world).await));
    said
}

/// Two imports bring the same counters of a post that nobody knows yet. It arrives, but they never end.
async fn runs(world: &World) -> (Vec<String>, u64, u64) {
    let accept = async |facts: Vec<Fact>, run_id: Option<RunId>| {
        let terms = AcceptTerms {
            now: NOW,
            source: "log".to_owned(),
            create_creators: true,
            began_at: None,
            run_id,
            creator_ids: Vec::new(),
        };
        format!("{:?}", world.store.accept(world.id(), facts, &terms).await.unwrap().outcomes)
    };
    let mut told = Vec::new();
    for run_id in [RunId::new(), RunId::new()] {
        told.push(accept(vec![views("rare", "2026-08-18T10:00:00Z", 5)], Some(run_id)).await);
    }
    told.push(accept(vec![post("rare", "mia", "2026-08-17T10:00:00Z")], None).await);
    // Ids of runs use the real clock.
    let (seconds, _) = Uuid::now_v7().get_timestamp().unwrap().to_unix();
    let now = Instant::from_millis(i64::try_from(seconds).unwrap() * 1_000);
    let early = world.store.forget_runs(now).await.unwrap();
    (told, early, world.store.forget_runs(now.plus_millis(8 * DAY_MS)).await.unwrap())
}

async fn pastes(world: &World) -> Vec<String> {
    let mut kept = Vec::new();
    let mut ids = Vec::new();
    for number in 0..103 {
        let texts = vec![PastedPart::new(1, "mia", Some(0)), PastedPart::new(2, format!("no handle {number}"), None)];
        let paste = NewPaste { paste_id: PasteId::new(), creators: vec![new_creator("mia")], texts };
        world.store.add_paste(world.id(), &paste, NOW.plus_millis(number)).await.unwrap();
        ids.push(paste.paste_id);
    }
    for id in ids {
        let paste = world.store.paste(world.id(), id).await.unwrap();
        kept.push(format!("{:?}", paste.map(|(paste, texts)| (paste.texts, paste.unreadable, texts))));
    }
    kept
}

/// A step of the schema marks creators, who are booked again when the database is opened.
async fn booked(side: &mut Side) -> (usize, usize, u64, bool) {
    let marked = "SELECT 'marked' FROM creators_to_book";
    side.world
        .texts("INSERT INTO creators_to_book (project_id, creator_id) SELECT project_id, creator_id FROM creators")
        .await;
    let before = side.world.texts(marked).await.len();
    drop(World::having(side.world.project.clone(), side.world.url.clone()).await);
    // Opened once more: nothing was stored since, so whether it takes changes is tried.
    let again = World::having(side.world.project.clone(), side.world.url.clone()).await;
    let takes_changes = again.store.writable(NOW).await.is_ok();
    (before, again.texts(marked).await.len(), again.stale_days().await, takes_changes)
}

async fn campaign(world: &World) -> usize {
    let (store, id) = (&world.store, world.id());
    let terms = CampaignTerms { name: "Long over".to_owned(), notes: String::new(), target: None };
    let made = store.create_campaign(id, CampaignId::new(), &terms, NOW).await.unwrap().campaign_id;
    let item = CampaignItem::Creator(world.creator("mia").await);
    store.add_campaign_items(id, made, &[item], NOW).await.unwrap();
    store.delete_campaign(id, made, NOW).await.unwrap();
    store.deleted_campaigns(id, NOW).await.unwrap().len()
}

/// The project goes last, with everything in it.
async fn erased(world: &World) -> (usize, Vec<String>) {
    world.store.delete_project(world.id(), NOW).await.unwrap();
    erase(&world.store, ERASED).await;
    (world.store.projects().await.unwrap().len(), world.texts("SELECT 'left' FROM projects").await)
}
