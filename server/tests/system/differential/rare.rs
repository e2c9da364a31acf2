//! The cases that a log of random operations hardly ever contains: facts that wait twice, more pastes than are kept,
//! day buckets that are booked when the database is opened, and everything that was deleted long ago.

use crate::erasing::{ERASED, erase};
use crate::readable::{Side, everything};
use crate::short::{at, collection, followers, handle, new_creator, post, views};
use crate::support::{NOW, World};
use compliance::Instant;
use compliance::fact::{AccountId, AccountIdKind, Fact, ProfileFact};
use compliance::instant::DAY_MS;
use program::campaigns::record::{CampaignItem, CampaignTerms};
use program::facts::record::AcceptTerms;
use program::ids::{CampaignId, PasteId, RunId};
use program::merges::record::MergeOutcome;
use program::pastes::record::{NewPaste, PasteResult, PastedPart};
use uuid::Uuid;

/// Does all of it on one side, and returns what the store answered and then held.
pub async fn rare(side: &mut Side) -> Vec<String> {
    let mut said = Vec::new();
    said.push(format!("runs: {:?}", runs(&side.world).await));
    said.push(format!("pastes: {:?}", pastes(&side.world).await));
    said.push(format!("booked again: {:?}", booked(side).await));
    said.push(format!("campaign: {:?}", campaign(&side.world).await));
    said.push(format!("renamed: {:?}", renamed(&side.world).await));
    said.extend(everything(side).await);
    said.push(format!("erased: {:?}", erased(&side.world).await));
    said
}

/// Two imports bring the same counters of a post that nobody knows yet. The post arrives, but the imports never end.
async fn runs(world: &World) -> (Vec<String>, u64, u64) {
    let accept = async |facts: Vec<Fact>, run_id: Option<RunId>| {
        let terms = AcceptTerms { create_creators: true, run_id, ..AcceptTerms::of("log", NOW) };
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

/// An account that is known by its id and gets a new handle; and one without an id whose new handle has a known post: it is
/// merged, separated, and merged again.
async fn renamed(world: &World) -> Vec<String> {
    let (store, id) = (&world.store, world.id());
    let mut told = Vec::new();
    let (began, later) = (RunId::new(), NOW.plus_millis(DAY_MS));
    let accept = async |facts: Vec<Fact>| {
        let terms = AcceptTerms { create_creators: true, began: Some(began), ..AcceptTerms::of("log", later) };
        let accepted = store.accept(id, facts, &terms).await.unwrap();
        format!("{:?} {:?} {:?}", accepted.outcomes, accepted.renamed, accepted.undecided)
    };
    for (name, seen_at) in [("nora", "2026-08-17T10:00:00Z"), ("nora.new", "2026-08-18T10:00:00Z")] {
        told.push(accept(vec![account(name, seen_at)]).await);
    }
    told.push(accept(vec![post("of-nora", "nora", "2026-08-17T10:00:00Z")]).await);
    let campaign_id = CampaignId::new();
    let terms = CampaignTerms { name: "Renamed".to_owned(), notes: String::new(), target: None };
    store.create_campaign(id, campaign_id, &terms, NOW).await.unwrap();
    let known = vec![post("known", "rita", "2026-08-17T10:00:00Z"), followers("rita", "2026-08-17T12:00:00Z", 10)];
    told.push(accept(known).await);
    let seen = ["2026-08-18T10:00:00Z", "2026-08-18T11:00:00Z"];
    let mut facts = vec![post("known", "rita.new", "2026-08-17T10:00:00Z"), post("new", "rita.new", seen[0])];
    facts.extend([followers("rita.new", seen[0], 12), collection("rita.new", seen[1])]);
    told.push(accept(facts).await);
    let renamings = store.probable_renamings(id).await.unwrap();
    let shown = renamings.iter().map(|found| (&found.double.handle, &found.known.handle, found.waiting));
    told.push(format!("{:?}", shown.collect::<Vec<_>>()));
    let (rita, double) = (renamings[0].known.creator_id, renamings[0].double.creator_id);
    store.add_campaign_items(id, campaign_id, &[CampaignItem::Creator(double)], NOW).await.unwrap();
    for _ in 0..2 {
        let MergeOutcome::Merged(merge_id) = store.merge_creators(id, rita, double, NOW).await.unwrap() else {
            panic!("not merged");
        };
        told.push(format!(
            "{:?}",
            store.creators_with_handles(id, &[handle("rita.new")]).await.unwrap().pop().map(|rita| rita.followers)
        ));
        told.push(format!("{:?}", store.campaign_items(id, campaign_id).await.unwrap().len()));
        told.push(format!("{:?}", store.merges(id, rita, NOW).await.unwrap().len()));
        told.push(format!("{:?}", store.undo_merge(id, merge_id, NOW, NOW).await.unwrap()));
        told.push(format!("{:?}", store.campaign_items(id, campaign_id).await.unwrap().len()));
        told.push(format!("{:?}", world.stale_days().await));
    }
    told.push(accept(vec![post("known", "rita.three", "2026-08-17T10:00:00Z")]).await);
    told.push(format!("{:?}", store.tend_waiting(NOW.plus_millis(40 * DAY_MS)).await.unwrap()));
    let apart = store.probable_renamings(id).await.unwrap()[0].double.creator_id;
    store.keep_apart(id, apart, NOW).await.unwrap();
    told
}

fn account(name: &str, seen_at: &str) -> Fact {
    let accounts = AccountId::parse(AccountIdKind::User, "6800000000000000001").into_iter().collect();
    Fact::Profile(ProfileFact {
        handle: handle(name),
        accounts,
        seen_at: Some(at(seen_at)),
        display_name: None,
        avatar_url: None,
    })
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
        kept.push(format!("{:?}", paste.map(|PasteResult { paste, texts }| (paste.texts, paste.unreadable, texts))));
    }
    let paste = NewPaste {
        paste_id: PasteId::new(),
        creators: vec![new_creator("mia"), new_creator("undone")],
        texts: vec![PastedPart::new(1, "mia", Some(0)), PastedPart::new(2, "undone", Some(1))],
    };
    kept.push(format!("{:?}", world.store.add_paste(world.id(), &paste, NOW).await.unwrap().can_be_undone));
    for _ in 0..2 {
        kept.push(format!("{:?}", world.store.undo_paste(world.id(), paste.paste_id, NOW, NOW).await));
    }
    kept
}

/// A migration marks creators, who are booked again when the database is opened.
async fn booked(side: &mut Side) -> (usize, usize, u64, bool) {
    let marked = "SELECT 'marked' FROM creators_to_book";
    side.world
        .texts("INSERT INTO creators_to_book (project_id, creator_id) SELECT project_id, creator_id FROM creators")
        .await;
    let before = side.world.texts(marked).await.len();
    drop(World::having(side.world.project.clone(), side.world.url.clone()).await);
    // Opened once more: nothing has been stored since, so it is probed whether it accepts changes.
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
