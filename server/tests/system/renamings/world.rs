//! What tests of renamed accounts share.

use crate::short::{date, goal, handle};
use crate::support::{DAY, HOUR, NOW, World};
use compliance::Instant;
use compliance::metric::Metric;
use ingest::Options;
use program::ids::{CreatorId, MergeId};
use program::imports::record::{ImportDetails, ImportVerdict, Renaming};
use program::merges::record::{MergeOutcome, UndoMergeOutcome};
use program::posts::record::PostsQuery;
use server::Run;
use std::io::Cursor;

/// A week in which a creator posted before and after the account was renamed.
pub(super) const BEFORE: &str = "handle,post_id,posted,captured_at,views,followers\n\
    mia_cooks,7571000000000000201,2026-08-17T09:00:00Z,2026-08-17T12:00:00Z,500,1000\n";
pub(super) const AFTER: &str = "handle,post_id,posted,captured_at,views,followers\n\
    mia.kitchen,7571000000000000201,2026-08-17T09:00:00Z,2026-08-18T10:00:00Z,900,1050\n\
    mia.kitchen,7571000000000000202,2026-08-18T08:00:00Z,2026-08-18T10:00:00Z,100,1050\n";

pub(super) struct Told {
    pub(super) details: ImportDetails,
    pub(super) rejected: i64,
    pub(super) verdict: ImportVerdict,
    pub(super) reasons: Vec<String>,
}

/// Imports a file at an instant.
pub(super) async fn import(world: &World, text: &str, now: Instant) -> Told {
    let file = Cursor::new(text.to_owned());
    let mut run = Run::start(world.store.clone(), world.id(), file, Options::new(world.project.zone), now, None);
    let mut reasons = Vec::new();
    while let Some(step) = run.step().await.unwrap() {
        reasons.extend(step.rejections.into_iter().map(|rejection| rejection.reason));
    }
    let (counts, details) = (run.counts(), run.details().clone());
    Told { verdict: ImportVerdict::of(&counts, &details), rejected: counts.rejected, details, reasons }
}

/// A web item of an account, as scrapers save it.
pub(super) fn item(post_id: &str, handle: &str, account: &str, scraped_at: &str, views: i64) -> String {
    format!(
        r#"[{{"id":"{post_id}","createTime":1786960000,"desc":"one","author":{{"id":"{account}","uniqueId":"{handle}"}},
        "authorStats":{{"followerCount":{}}},"stats":{{"playCount":{views},"diggCount":5}},"scrapedAt":"{scraped_at}"}}]"#,
        1000 + views
    )
}

pub(super) async fn handles(world: &World) -> Vec<String> {
    let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    let mut handles: Vec<String> = program.creators.iter().map(|creator| creator.creator.handle.to_string()).collect();
    handles.sort();
    handles
}

pub(super) async fn actual(world: &World, creator_id: CreatorId, metric: Metric) -> i64 {
    let standings = world.standings(NOW).await;
    let standing = standings.iter().find(|standing| standing.creator_id() == creator_id).unwrap();
    let evaluation = standing.evaluations.iter().find(|(_, evaluation)| evaluation.metric == metric).unwrap();
    evaluation.1.actual
}

pub(super) async fn posts_of(world: &World, creator_id: CreatorId) -> i64 {
    world.store.posts(world.id(), creator_id, &PostsQuery::default()).await.unwrap().total
}

pub(super) async fn is_right(world: &World) {
    assert_eq!(world.store.count_stale_days(world.id()).await.unwrap(), 0, "days differ from a recomputation");
}

pub(super) fn renaming(from: &str, to: &str) -> Vec<Renaming> {
    vec![Renaming { from: from.to_owned(), to: to.to_owned() }]
}

pub(super) async fn known(world: &World) -> CreatorId {
    import(world, BEFORE, NOW.plus_millis(-2 * HOUR)).await;
    let mia = world.creator("mia_cooks").await;
    for (metric, target) in [("posts", 3), ("views", 1_000), ("followers", 100)] {
        world.add_goal("mia_cooks", &goal(metric, "weekly", target)).await;
    }
    mia
}

pub(super) fn new(name: &str) -> program::creators::record::NewCreator {
    program::creators::record::NewCreator {
        handle: handle(name),
        display_name: None,
        avatar_url: None,
        tracking_mode: compliance::tracking::TrackingMode::Auto,
        tracking_start_date: date("2026-08-01"),
    }
}

pub(super) const U1: &str = "6800000000000000001";
pub(super) const U2: &str = "6800000000000000002";

/// Merges the double with a handle into a creator.
pub(super) async fn merge(world: &World, kept: CreatorId, double: &str) -> MergeOutcome {
    let double = world.store.creators_with_handles(world.id(), &[handle(double)]).await.unwrap().pop().unwrap();
    world.store.merge_creators(world.id(), kept, double.creator_id, NOW).await.unwrap()
}

pub(super) fn merge_id(outcome: MergeOutcome) -> MergeId {
    let MergeOutcome::Merged(merge_id) = outcome else { panic!("{outcome:?}") };
    merge_id
}

pub(super) async fn undo(world: &World, merge_id: MergeId) -> UndoMergeOutcome {
    world.store.undo_merge(world.id(), merge_id, NOW.plus_millis(-DAY), NOW).await.unwrap()
}

/// Imports a table without ids, an hour before now.
pub(super) async fn table(world: &World, rows: &str) -> Told {
    import(world, &format!("handle,post_id,posted,captured_at,views,followers\n{rows}"), NOW.plus_millis(-HOUR)).await
}

pub(super) fn posted(name: &str, post: &str, hour: u32, views: i64, followers: i64) -> String {
    format!("{name},75710000000000005{post},2026-08-18T08:00:00Z,2026-08-18T{hour:02}:00:00Z,{views},{followers}\n")
}

pub(super) async fn creator(world: &World, name: &str) -> Option<CreatorId> {
    let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    let found = program.creators.iter().find(|creator| creator.creator.handle.as_str() == name);
    found.map(|creator| creator.creator.creator_id)
}

pub(super) async fn followers_of(world: &World, creator_id: CreatorId) -> Option<i64> {
    world.store.creator(world.id(), creator_id).await.unwrap().unwrap().followers
}
