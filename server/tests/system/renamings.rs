//! Tests of accounts that were renamed on TikTok: they stay one creator.

use super::short::{goal, handle, profile};
use super::support::{DAY, HOUR, NOW, World};
use compliance::Instant;
use compliance::metric::Metric;
use compliance::tracking::TrackingMode;
use ingest::Options;
use program::campaigns::record::{CampaignItem, CampaignTerms};
use program::creators::record::{AddCreatorOutcome, CreatorChange, Membership, SameAs};
use program::ids::{CampaignId, CreatorId};
use program::imports::record::{ImportDetails, ImportVerdict, Renaming};
use program::merges::record::{MergeOutcome, UndoMergeOutcome};
use program::posts::record::PostsQuery;
use server::Run;
use std::fmt::Write as _;
use std::io::Cursor;
use store::WAITING_OF_PROJECT;

/// A week in which a creator posted before and after the account was renamed.
const BEFORE: &str = "handle,post_id,posted,captured_at,views,followers\n\
    mia_cooks,7571000000000000201,2026-08-17T09:00:00Z,2026-08-17T12:00:00Z,500,1000\n";
const AFTER: &str = "handle,post_id,posted,captured_at,views,followers\n\
    mia.kitchen,7571000000000000201,2026-08-17T09:00:00Z,2026-08-18T10:00:00Z,900,1050\n\
    mia.kitchen,7571000000000000202,2026-08-18T08:00:00Z,2026-08-18T10:00:00Z,100,1050\n";

struct Told {
    details: ImportDetails,
    rejected: i64,
    verdict: ImportVerdict,
    reasons: Vec<String>,
}

/// Imports a file at an instant.
async fn import(world: &World, text: &str, now: Instant) -> Told {
    let file = Cursor::new(text.to_owned());
    let mut run = Run::start(world.store.clone(), world.id(), file, Options::new(world.project.zone), now, now);
    let mut reasons = Vec::new();
    while let Some(step) = run.step().await.unwrap() {
        reasons.extend(step.rejections.into_iter().map(|rejection| rejection.reason));
    }
    let (counts, details) = (run.counts(), run.details().clone());
    Told { verdict: ImportVerdict::of(&counts, &details), rejected: counts.rejected, details, reasons }
}

/// A web item of an account, as scrapers save it.
fn item(post_id: &str, handle: &str, account: &str, scraped_at: &str, views: i64) -> String {
    format!(
        r#"[{{"id":"{post_id}","createTime":1786960000,"desc":"one","author":{{"id":"{account}","uniqueId":"{handle}"}},
        "authorStats":{{"followerCount":{}}},"stats":{{"playCount":{views},"diggCount":5}},"scrapedAt":"{scraped_at}"}}]"#,
        1000 + views
    )
}

async fn handles(world: &World) -> Vec<String> {
    let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    let mut handles: Vec<String> = program.creators.iter().map(|creator| creator.creator.handle.to_string()).collect();
    handles.sort();
    handles
}

async fn actual(world: &World, creator_id: CreatorId, metric: Metric) -> i64 {
    let standings = world.standings(NOW).await;
    let standing = standings.iter().find(|standing| standing.creator_id() == creator_id).unwrap();
    let evaluation = standing.evaluations.iter().find(|(_, evaluation)| evaluation.metric == metric).unwrap();
    evaluation.1.actual
}

async fn posts_of(world: &World, creator_id: CreatorId) -> i64 {
    world.store.posts(world.id(), creator_id, &PostsQuery::default()).await.unwrap().total
}

async fn is_right(world: &World) {
    assert_eq!(world.store.count_stale_days(world.id()).await.unwrap(), 0, "days differ from a recomputation");
}

fn renaming(from: &str, to: &str) -> Vec<Renaming> {
    vec![Renaming { from: from.to_owned(), to: to.to_owned() }]
}

async fn known(world: &World) -> CreatorId {
    import(world, BEFORE, NOW.plus_millis(-2 * HOUR)).await;
    let mia = world.creator("mia_cooks").await;
    for (metric, target) in [("posts", 3), ("views", 1_000), ("followers", 100)] {
        world.add_goal("mia_cooks", &goal(metric, "weekly", target)).await;
    }
    mia
}

#[tokio::test]
async fn a_new_handle_with_posts_of_a_known_creator_waits_for_one_decision_and_nothing_is_split() {
    let world = World::new().await;
    let mia = known(&world).await;
    let told = import(&world, AFTER, NOW.plus_millis(-HOUR)).await;
    assert_eq!((told.details.undecided, told.details.waiting), (renaming("mia_cooks", "mia.kitchen"), 2));
    assert_eq!((told.verdict, told.rejected), (ImportVerdict::Partly, 0));
    // Until the decision there is one creator, and she is unchanged.
    assert_eq!(handles(&world).await, ["mia_cooks"]);
    assert_eq!((posts_of(&world, mia).await, actual(&world, mia, Metric::Views).await), (1, 500));
    let waits = world.store.probable_renamings(world.id()).await.unwrap();
    let [waits] = &waits[..] else { panic!("{waits:?}") };
    assert_eq!((waits.known.creator_id, waits.waiting), (mia, 2));
    assert_eq!(waits.kept_until, Some(NOW.plus_millis(-HOUR + 30 * DAY)));
    assert_eq!(waits.double.same_as, Some(SameAs::Probably(mia)));
    is_right(&world).await;
    // The same file once more asks the same, and changes nothing.
    let again = import(&world, AFTER, NOW.plus_millis(-HOUR / 2)).await;
    assert_eq!((again.details.undecided, again.details.waiting), (renaming("mia_cooks", "mia.kitchen"), 2));
    assert_eq!(world.store.probable_renamings(world.id()).await.unwrap().len(), 1);

    let double = waits.double.creator_id;
    let merged = world.store.merge_creators(world.id(), mia, double, NOW).await.unwrap();
    let MergeOutcome::Merged(merge_id) = merged else { panic!("{merged:?}") };
    assert_eq!(handles(&world).await, ["mia.kitchen"]);
    assert_eq!(posts_of(&world, mia).await, 2);
    assert_eq!(actual(&world, mia, Metric::Posts).await, 2);
    assert_eq!(actual(&world, mia, Metric::Views).await, 1_000);
    assert_eq!(actual(&world, mia, Metric::Followers).await, 50);
    assert!(world.store.probable_renamings(world.id()).await.unwrap().is_empty());
    is_right(&world).await;
    // Both handles lead to her from now on.
    for (name, post_id) in [("mia_cooks", "7571000000000000203"), ("mia.kitchen", "7571000000000000204")] {
        let text = format!("handle,post_id,posted\n{name},{post_id},2026-08-18T09:00:00Z\n");
        let told = import(&world, &text, NOW).await;
        assert_eq!((told.rejected, told.details.undecided), (0, Vec::new()), "{name}");
    }
    assert_eq!(posts_of(&world, mia).await, 4);
    let added = world.store.add_creators(world.id(), &[new("mia_cooks")], NOW).await.unwrap();
    assert_eq!(added, [AddCreatorOutcome::Present(mia)]);
    world.store.set_membership(world.id(), double, Membership::Member, NOW).await.unwrap();
    assert_eq!(handles(&world).await, ["mia.kitchen"], "a merged creator is not restored");
    let campaign = CampaignId::new();
    let terms = CampaignTerms { name: "Autumn".to_owned(), notes: String::new(), target: None };
    world.store.create_campaign(world.id(), campaign, &terms, NOW).await.unwrap();
    let both = [CampaignItem::Creator(double), CampaignItem::Creator(mia)];
    world.store.add_campaign_items(world.id(), campaign, &both, NOW).await.unwrap();
    let items = world.store.campaign_items(world.id(), campaign).await.unwrap();
    assert_eq!(items, [CampaignItem::Creator(mia)]);

    // Undone, both are creators again, each with what was theirs; what came in since stays.
    let since = NOW.plus_millis(-DAY);
    let undone = world.store.undo_merge(world.id(), merge_id, since, NOW).await.unwrap();
    assert_eq!(undone, UndoMergeOutcome::Undone);
    assert_eq!(handles(&world).await, ["mia.kitchen", "mia_cooks"]);
    assert_eq!((posts_of(&world, mia).await, posts_of(&world, double).await), (3, 1));
    assert_eq!(world.creator("mia_cooks").await, mia);
    assert_eq!(actual(&world, mia, Metric::Views).await, 900);
    assert_eq!(actual(&world, mia, Metric::Followers).await, 0);
    is_right(&world).await;
    // The same form sent twice changes nothing more.
    assert_eq!(world.store.undo_merge(world.id(), merge_id, since, NOW).await.unwrap(), UndoMergeOutcome::Undone);
    assert_eq!(handles(&world).await, ["mia.kitchen", "mia_cooks"]);
}

fn new(name: &str) -> program::creators::record::NewCreator {
    program::creators::record::NewCreator {
        handle: handle(name),
        display_name: None,
        avatar_url: None,
        tracking_mode: compliance::tracking::TrackingMode::Auto,
        tracking_start_date: super::short::date("2026-08-01"),
    }
}

#[tokio::test]
async fn another_account_stays_apart_and_is_not_asked_about_again() {
    let world = World::new().await;
    let mia = known(&world).await;
    import(&world, AFTER, NOW.plus_millis(-HOUR)).await;
    let waits = world.store.probable_renamings(world.id()).await.unwrap();
    world.store.keep_apart(world.id(), waits[0].double.creator_id, NOW).await.unwrap();
    assert_eq!(handles(&world).await, ["mia.kitchen", "mia_cooks"]);
    assert_eq!(posts_of(&world, mia).await, 1);
    let told = import(&world, AFTER, NOW).await;
    assert_eq!((told.rejected, told.details.waiting, told.details.undecided), (1, 0, Vec::new()));
    let reason = &told.reasons[0];
    assert!(reason.contains("belongs to @mia_cooks, not to @mia.kitchen"), "{reason}");
    is_right(&world).await;
}

#[tokio::test]
async fn posts_that_come_before_the_known_one_wait_too_whatever_the_batches() {
    let world = World::new().await;
    let mia = known(&world).await;
    // More rows than one batch holds, and the known post in the last one.
    let mut text = "handle,post_id,posted\n".to_owned();
    for post in 0..6_000 {
        writeln!(text, "mia.kitchen,75720000000000{post:05},2026-08-18T08:00:00Z").unwrap();
    }
    text += "mia.kitchen,7571000000000000201,2026-08-17T09:00:00Z\n";
    let told = import(&world, &text, NOW).await;
    assert_eq!(told.details.undecided, renaming("mia_cooks", "mia.kitchen"));
    assert_eq!(handles(&world).await, ["mia_cooks"]);
    let double = world.store.probable_renamings(world.id()).await.unwrap()[0].double.creator_id;
    world.store.merge_creators(world.id(), mia, double, NOW).await.unwrap();
    assert_eq!(actual(&world, mia, Metric::Posts).await, 6_001);
    is_right(&world).await;
}

#[tokio::test]
async fn an_account_that_is_known_by_its_id_takes_its_new_handle_over() {
    let world = World::new().await;
    let (one, two) = ("7571000000000000203", "7571000000000000204");
    import(&world, &item(one, "noa.old", "6800000000000000001", "2026-08-17T12:00:00Z", 500), NOW).await;
    let noa = world.creator("noa.old").await;
    let told = import(&world, &item(one, "noa.new", "6800000000000000001", "2026-08-18T10:00:00Z", 900), NOW).await;
    assert_eq!((told.verdict, told.details.renamed), (ImportVerdict::Whole, renaming("noa.old", "noa.new")));
    assert_eq!(handles(&world).await, ["noa.new"]);
    assert_eq!(world.creator("noa.new").await, noa);
    // An older file has the handle of its time; it is still her.
    let told = import(&world, &item(two, "noa.old", "6800000000000000001", "2026-08-17T13:00:00Z", 5), NOW).await;
    assert_eq!((told.rejected, told.details.renamed), (0, Vec::new()));
    // And so is a file without ids.
    let told = import(&world, "handle,post_id,posted\nnoa.old,7571000000000000205,2026-08-17T09:00:00Z\n", NOW).await;
    assert_eq!(told.rejected, 0);
    assert_eq!((handles(&world).await, posts_of(&world, noa).await), (vec!["noa.new".to_owned()], 3));
    is_right(&world).await;
}

#[tokio::test]
async fn the_order_of_files_does_not_decide_which_handle_is_the_present_one() {
    let world = World::new().await;
    let one = "7571000000000000203";
    for (name, scraped_at) in [("noa.new", "2026-08-18T10:00:00Z"), ("noa.old", "2026-08-17T12:00:00Z")] {
        import(&world, &item(one, name, "6800000000000000001", scraped_at, 500), NOW).await;
    }
    assert_eq!(handles(&world).await, ["noa.new"]);
}

#[tokio::test]
async fn a_handle_that_another_account_took_is_another_creator() {
    let world = World::new().await;
    let account = ["6800000000000000001", "6800000000000000002"];
    import(&world, &item("7571000000000000203", "noa", account[0], "2026-08-17T12:00:00Z", 5), NOW).await;
    import(&world, &item("7571000000000000204", "noa.new", account[0], "2026-08-18T12:00:00Z", 5), NOW).await;
    let told = import(&world, &item("7571000000000000205", "noa", account[1], "2026-08-19T11:00:00Z", 5), NOW).await;
    assert_eq!((told.rejected, handles(&world).await.len()), (0, 2));
    // While a creator has the handle, the facts of another account are refused and not mixed into theirs.
    let told =
        import(&world, &item("7571000000000000206", "noa.new", account[1], "2026-08-19T11:30:00Z", 5), NOW).await;
    let other = world.creator("noa").await;
    assert_eq!(
        posts_of(&world, other).await,
        2,
        "the account is known, so its post is its creator's: {:?}",
        told.reasons
    );
    let third = item("7571000000000000207", "noa.new", "6800000000000000003", "2026-08-19T11:40:00Z", 5);
    let told = import(&world, &third, NOW).await;
    assert!(told.reasons[0].contains("another TikTok account"), "{:?}", told.reasons);
    is_right(&world).await;
}

#[tokio::test]
async fn an_id_that_stands_in_the_rows_of_several_creators_is_no_id_of_an_account() {
    let world = World::new().await;
    let mut rows = String::new();
    for (post, name) in ["ana", "ben", "cleo"].iter().enumerate() {
        let row = format!("757100000000000030{post},2026-08-18T08:00:00Z,2026-08-18T10:00:00Z,100");
        writeln!(rows, "{name},6800000000000000009,{row}").unwrap();
    }
    let text = format!("handle,author.id,post_id,posted,captured_at,views\n{rows}");
    import(&world, &text, NOW).await;
    assert_eq!(handles(&world).await, ["ana", "ben", "cleo"]);
}

#[tokio::test]
async fn ids_of_accounts_say_that_two_creators_are_not_one() {
    let world = World::new().await;
    import(&world, &item("7571000000000000203", "noa", "6800000000000000001", "2026-08-17T12:00:00Z", 5), NOW).await;
    import(&world, &item("7571000000000000204", "mia", "6800000000000000002", "2026-08-17T12:00:00Z", 5), NOW).await;
    let (noa, mia) = (world.creator("noa").await, world.creator("mia").await);
    let outcome = world.store.merge_creators(world.id(), noa, mia, NOW).await.unwrap();
    assert_eq!(outcome, MergeOutcome::OtherAccount);
    // A new handle under which a file without ids has a post of hers, and a file with ids says that it is somebody
    // else's.
    let text = item("7571000000000000203", "leo", "6800000000000000003", "2026-08-18T12:00:00Z", 9);
    let told = import(&world, &text, NOW.plus_millis(1)).await;
    assert_eq!((told.details.waiting, told.details.undecided), (0, Vec::new()));
    assert!(told.reasons[0].contains("belongs to @noa, not to @leo"), "{:?}", told.reasons);
}

#[tokio::test]
async fn rows_that_nobody_decides_on_are_kept_for_30_days() {
    let world = World::new().await;
    known(&world).await;
    import(&world, AFTER, NOW).await;
    assert_eq!(world.store.tend_waiting(NOW.plus_millis(30 * DAY)).await.unwrap(), 0);
    assert_eq!(world.store.tend_waiting(NOW.plus_millis(30 * DAY + 1)).await.unwrap(), 2);
    assert_eq!(world.store.probable_renamings(world.id()).await.unwrap()[0].waiting, 0);
}

#[tokio::test]
async fn no_more_rows_wait_than_may_and_one_that_replaces_another_needs_no_room() {
    let world = World::new().await;
    known(&world).await;
    import(&world, AFTER, NOW).await;
    let many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) \
        INSERT INTO waiting_facts (project_id, creator_id, fact_key, fact, kept_at) \
        SELECT project_id, creator_id, 'x' || i, '{}', 0 FROM n JOIN waiting_facts ON true WHERE i <= 200000 - 2 \
        AND fact_key = (SELECT MIN(fact_key) FROM waiting_facts)";
    world.texts(many).await;
    let waiting = async || world.store.probable_renamings(world.id()).await.unwrap()[0].waiting;
    assert_eq!(waiting().await, WAITING_OF_PROJECT);
    let again = import(&world, AFTER, NOW.plus_millis(1)).await;
    assert_eq!((again.details.waiting, again.rejected), (2, 0));
    let more = AFTER.replace("10:00:00Z,900", "11:00:00Z,950");
    let more = import(&world, &more, NOW.plus_millis(2)).await;
    assert_eq!(more.rejected, 1, "{:?}", more.reasons);
    assert!(more.reasons[0].contains("Too many rows wait"), "{:?}", more.reasons);
    assert_eq!(waiting().await, WAITING_OF_PROJECT);
}

#[tokio::test]
async fn readings_that_wait_for_their_post_follow_every_new_handle_of_their_creator() {
    let world = World::new().await;
    world.accept(vec![profile("ana", "Ana")]).await;
    let ana = world.creator("ana").await;
    let reading = |views: i64, name: &str| {
        let text =
            format!("handle,post_id,captured_at,views\n{name},7571000000000000701,2026-08-18T10:00:00Z,{views}\n");
        let world = &world;
        async move { import(world, &text, NOW).await.rejected }
    };
    // The same instant under her handle of that day and, once she has another, under the former one.
    for (views, name) in [(50, "ana.b"), (60, "ana.c"), (70, "ana.d")] {
        assert_eq!(reading(views, "ana").await, 0);
        let change = CreatorChange {
            handle: handle(name),
            display_name: None,
            tracking_mode: TrackingMode::Auto,
            tracking_start_date: None,
        };
        world.store.update_creator(world.id(), ana, &change, NOW).await.unwrap();
    }
    table(&world, &posted("ana.d", "01", 11, 100, 1000).replace("000501", "000701")).await;
    assert_eq!(posts_of(&world, ana).await, 1);
    is_right(&world).await;
}

#[tokio::test]
async fn a_file_that_renames_a_creator_and_brings_the_post_leaves_no_reading_waiting() {
    let world = World::new().await;
    let account = "6800000000000000009";
    import(&world, &item("7571000000000000801", "ana", account, "2026-08-17T12:00:00Z", 5), NOW).await;
    let early = "handle,post_id,captured_at,views\nana,7571000000000000802,2026-08-18T09:00:00Z,40\n";
    import(&world, early, NOW).await;
    assert_eq!(world.store.parked_count(world.id()).await.unwrap(), 1);
    import(&world, &item("7571000000000000802", "ana.new", account, "2026-08-18T12:00:00Z", 50), NOW).await;
    assert_eq!(
        (handles(&world).await, world.store.parked_count(world.id()).await.unwrap()),
        (vec!["ana.new".to_owned()], 0)
    );
    is_right(&world).await;
}

#[tokio::test]
async fn two_creators_merged_have_the_days_of_one_creator_with_all_their_facts() {
    let split = World::new().await;
    let (mut rows, mut whole) = (String::new(), String::new());
    let header = "handle,post_id,posted,captured_at,views,likes,followers\n";
    for day in 1..=18_i64 {
        for (name, post) in [("mia", day % 4), ("mia.two", 10 + day % 3)] {
            // Falls, zeros and rises, so that misreadings and baselines occur.
            let (views, count) = (day * 100 % 700, if day % 5 == 0 { 0 } else { 1_000 + day * 7 });
            let row = format!(
                "75710000000000003{post:02},2026-08-{:02}T08:00:00Z,2026-08-{day:02}T1{}:00:00Z,{views},{day},{count}\n",
                1 + post % 4,
                post % 3
            );
            rows.extend([name, ",", &row]);
            whole.extend(["mia,", &row]);
        }
    }
    import(&split, &format!("{header}{rows}"), NOW).await;
    let one = World::new().await;
    import(&one, &format!("{header}{whole}"), NOW).await;
    let (mia, double) = (split.creator("mia").await, split.creator("mia.two").await);
    split.store.merge_creators(split.id(), mia, double, NOW).await.unwrap();
    is_right(&split).await;
    let days = |world: &World, id: CreatorId| {
        let store = world.store.clone();
        let project_id = world.id();
        async move {
            let program = store.program(project_id, NOW).await.unwrap().unwrap();
            let found = program.creators.iter().find(|creator| creator.creator.creator_id == id).unwrap();
            format!("{:?} {:?} {:?}", found.days, found.creator.followers, found.creator.looks)
        }
    };
    assert_eq!(days(&split, mia).await, days(&one, one.creator("mia").await).await);
    // And what comes in afterwards is booked in the same way.
    let later = "handle,captured_at,followers\nmia,2026-08-19T08:00:00Z,1500\nmia.two,2026-08-19T09:00:00Z,1490\n";
    import(&split, later, NOW).await;
    import(&one, &later.replace("mia.two", "mia"), NOW).await;
    is_right(&split).await;
    assert_eq!(days(&split, mia).await, days(&one, one.creator("mia").await).await);
}

const U1: &str = "6800000000000000001";
const U2: &str = "6800000000000000002";

/// Merges the double with a handle into a creator.
async fn merge(world: &World, kept: CreatorId, double: &str) -> MergeOutcome {
    let double = world.store.creator_with_handle(world.id(), &handle(double)).await.unwrap().unwrap();
    world.store.merge_creators(world.id(), kept, double.creator_id, NOW).await.unwrap()
}

fn merge_id(outcome: MergeOutcome) -> program::ids::MergeId {
    let MergeOutcome::Merged(merge_id) = outcome else { panic!("{outcome:?}") };
    merge_id
}

async fn undo(world: &World, merge_id: program::ids::MergeId) -> UndoMergeOutcome {
    world.store.undo_merge(world.id(), merge_id, NOW.plus_millis(-DAY), NOW).await.unwrap()
}

/// Imports a table without ids, an hour before now.
async fn table(world: &World, rows: &str) -> Told {
    import(world, &format!("handle,post_id,posted,captured_at,views,followers\n{rows}"), NOW.plus_millis(-HOUR)).await
}

fn posted(name: &str, post: &str, hour: u32, views: i64, followers: i64) -> String {
    format!("{name},75710000000000005{post},2026-08-18T08:00:00Z,2026-08-18T{hour:02}:00:00Z,{views},{followers}\n")
}

async fn creator(world: &World, name: &str) -> Option<CreatorId> {
    let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    let found = program.creators.iter().find(|creator| creator.creator.handle.as_str() == name);
    found.map(|creator| creator.creator.creator_id)
}

async fn followers_of(world: &World, creator_id: CreatorId) -> Option<i64> {
    world.store.creator(world.id(), creator_id).await.unwrap().unwrap().followers
}

#[tokio::test]
async fn files_with_ids_after_a_merge_are_those_of_the_creator_who_stayed_also_with_the_former_handle() {
    let world = World::new().await;
    table(&world, &posted("k", "01", 9, 5, 1000)).await;
    import(&world, &item("7571000000000000501", "n", U1, "2026-08-18T10:00:00Z", 10), NOW).await;
    let k = world.creator("k").await;
    let kept = merge_id(merge(&world, k, "n").await);
    import(&world, &item("7571000000000000502", "n", U1, "2026-08-18T11:00:00Z", 80), NOW).await;
    assert_eq!((posts_of(&world, k).await, followers_of(&world, k).await), (2, Some(1080)));
    // The former handle now belongs to the merged creator; a file with it changes nothing but what it brings.
    for scraped_at in ["2026-08-18T09:30:00Z", "2026-08-18T11:30:00Z"] {
        let told = import(&world, &item("7571000000000000501", "k", U1, scraped_at, 12), NOW).await;
        assert_eq!((told.rejected, told.details.undecided), (0, Vec::new()), "{:?}", told.reasons);
    }
    assert!(world.store.probable_renamings(world.id()).await.unwrap().is_empty());
    is_right(&world).await;
    // Undone, the id is that of the creator who brought it.
    assert_eq!(undo(&world, kept).await, UndoMergeOutcome::Undone);
    let double = creator(&world, "n").await.unwrap();
    import(&world, &item("7571000000000000503", "n", U1, "2026-08-18T11:45:00Z", 90), NOW).await;
    assert_eq!(followers_of(&world, double).await, Some(1090));
    is_right(&world).await;
}

#[tokio::test]
async fn merges_are_undone_from_the_latest_and_a_creator_with_merges_is_not_merged_away() {
    let world = World::new().await;
    for (name, post) in [("a", "01"), ("b", "02"), ("c", "03")] {
        table(&world, &posted(name, post, 9, 5, 1000)).await;
    }
    let b = world.creator("b").await;
    let first = merge_id(merge(&world, b, "a").await);
    let c = world.creator("c").await;
    let name = world.store.creator(world.id(), b).await.unwrap().unwrap().handle.to_string();
    assert_eq!(merge(&world, c, &name).await, MergeOutcome::MergedElsewhere);
    let second = merge_id(merge(&world, b, "c").await);
    assert_eq!(undo(&world, first).await, UndoMergeOutcome::NotTheLatest);
    assert_eq!(undo(&world, second).await, UndoMergeOutcome::Undone);
    assert_eq!(undo(&world, first).await, UndoMergeOutcome::Undone);
    assert_eq!(handles(&world).await, ["a", "b", "c"]);
    for name in ["a", "b", "c"] {
        assert_eq!(posts_of(&world, world.creator(name).await).await, 1, "{name}");
    }
    is_right(&world).await;
}

#[tokio::test]
async fn handles_that_are_swapped_or_passed_on_in_one_file_follow_the_accounts() {
    for (first, second) in [("b", "a"), ("c", "a")] {
        let world = World::new().await;
        import(&world, &item("7571000000000000501", "a", U1, "2026-08-17T10:00:00Z", 1), NOW).await;
        import(&world, &item("7571000000000000502", "b", U2, "2026-08-17T10:00:00Z", 2), NOW).await;
        let (one, two) = (world.creator("a").await, world.creator("b").await);
        let both = [
            item("7571000000000000501", first, U1, "2026-08-18T10:00:00Z", 11),
            item("7571000000000000502", second, U2, "2026-08-18T10:00:00Z", 22),
        ];
        let both = both.join(",").replace("],[", ",");
        let told = import(&world, &both, NOW).await;
        assert_eq!((told.rejected, told.details.renamed.len()), (0, 2), "{:?}", told.reasons);
        assert_eq!((creator(&world, first).await, creator(&world, second).await), (Some(one), Some(two)));
        assert_eq!((followers_of(&world, one).await, followers_of(&world, two).await), (Some(1011), Some(1022)));
        table(&world, &posted(second, "03", 11, 5, 2000)).await;
        assert_eq!(followers_of(&world, two).await, Some(2000));
        is_right(&world).await;
    }
}

#[tokio::test]
async fn a_new_owner_of_a_handle_is_a_creator_in_the_file_that_frees_it() {
    let world = World::new().await;
    import(&world, &item("7571000000000000501", "k", U1, "2026-08-17T10:00:00Z", 1), NOW).await;
    let k = world.creator("k").await;
    let both = [
        item("7571000000000000502", "k", U2, "2026-08-18T10:00:00Z", 22),
        item("7571000000000000501", "n", U1, "2026-08-18T10:00:00Z", 11),
    ];
    let told = import(&world, &both.join(",").replace("],[", ","), NOW).await;
    assert_eq!((told.rejected, handles(&world).await), (0, vec!["k".to_owned(), "n".to_owned()]));
    assert_eq!(creator(&world, "n").await, Some(k));
    is_right(&world).await;
}

#[tokio::test]
async fn an_unknown_account_with_two_handles_in_one_file_is_one_creator() {
    let world = World::new().await;
    let both = [
        item("7571000000000000501", "x.old", U1, "2026-08-17T10:00:00Z", 1),
        item("7571000000000000502", "x.new", U1, "2026-08-18T10:00:00Z", 2),
    ];
    import(&world, &both.join(",").replace("],[", ","), NOW).await;
    assert_eq!(handles(&world).await, ["x.new"]);
    assert_eq!(posts_of(&world, world.creator("x.new").await).await, 2);
    let told = table(&world, "x.old,7571000000000000503,2026-08-18T08:00:00Z,2026-08-18T11:00:00Z,5,3000\n").await;
    assert_eq!((told.rejected, handles(&world).await.len()), (0, 1));
}

#[tokio::test]
async fn contradictory_ids_say_nothing() {
    let world = World::new().await;
    import(&world, &item("7571000000000000501", "a", U1, "2026-08-17T10:00:00Z", 1), NOW).await;
    let with_sec = |id: &str, name: &str, account: &str, sec: &str, at: &str, views: i64| {
        item(id, name, account, at, views).replace("\"uniqueId\"", &format!("\"secUid\":\"{sec}\",\"uniqueId\""))
    };
    import(&world, &with_sec("7571000000000000502", "b", U2, "MS4wB", "2026-08-17T10:00:00Z", 2), NOW).await;
    // One row has the number of one account and the secUid of another.
    import(&world, &with_sec("7571000000000000501", "a", U1, "MS4wB", "2026-08-18T09:00:00Z", 3), NOW).await;
    import(&world, &with_sec("7571000000000000502", "b", U2, "MS4wB", "2026-08-18T10:00:00Z", 501), NOW).await;
    let (a, b) = (world.creator("a").await, world.creator("b").await);
    assert_eq!((followers_of(&world, a).await, followers_of(&world, b).await), (Some(1003), Some(1501)));
    // One handle with two numbers, and one number with two known creators.
    let twice = [
        item("7571000000000000503", "n", U1, "2026-08-18T10:00:00Z", 7),
        item("7571000000000000504", "n", U2, "2026-08-18T11:00:00Z", 8),
    ];
    import(&world, &twice.join(",").replace("],[", ","), NOW).await;
    assert_eq!(handles(&world).await, ["a", "b", "n"]);
    is_right(&world).await;
}

#[tokio::test]
async fn whoever_has_a_handle_without_an_id_keeps_their_facts_until_somebody_decides_and_no_is_remembered() {
    let world = World::new().await;
    import(&world, &item("7571000000000000501", "a", U1, "2026-08-17T10:00:00Z", 1), NOW).await;
    table(&world, &posted("b", "02", 9, 5, 5000)).await;
    let (a, b) = (world.creator("a").await, world.creator("b").await);
    for (hour, asked) in [(10, 1), (11, 0)] {
        let at = format!("2026-08-18T{hour}:00:00Z");
        let told = import(&world, &item("7571000000000000502", "b", U1, &at, 4000 + hour), NOW).await;
        assert_eq!(told.details.undecided.len(), asked);
        assert_eq!((followers_of(&world, a).await, followers_of(&world, b).await), (Some(1001), Some(5000 + hour)));
        assert_eq!(handles(&world).await, ["a", "b"]);
        world.store.keep_apart(world.id(), b, NOW).await.unwrap();
    }
}

#[tokio::test]
async fn readings_that_wait_for_their_post_go_with_a_merged_creator() {
    let world = World::new().await;
    table(&world, &posted("k", "01", 9, 5, 1000)).await;
    let k = world.creator("k").await;
    world.add_goal("k", &goal("views", "weekly", 1_000)).await;
    let rows = "handle,post_id,captured_at,views\nn,7571000000000000501,2026-08-18T10:00:00Z,6\n\
        n,7571000000000000507,2026-08-18T10:00:00Z,70\n";
    import(&world, rows, NOW).await;
    merge_id(merge(&world, k, "n").await);
    table(&world, &posted("n", "07", 11, 100, 1000)).await;
    let post = world.store.post_ids(world.id(), &["7571000000000000507"]).await.unwrap();
    let snapshots = world.store.snapshots(world.id(), post["7571000000000000507"], NOW).await.unwrap();
    assert_eq!(snapshots.len(), 2);
    assert_eq!(actual(&world, k, Metric::Views).await, 106);
    is_right(&world).await;
}

#[tokio::test]
async fn the_handle_that_was_seen_last_is_kept_whichever_file_came_first() {
    let world = World::new().await;
    import(&world, AFTER, NOW.plus_millis(-2 * HOUR)).await;
    let told = import(&world, BEFORE, NOW.plus_millis(-HOUR)).await;
    assert_eq!(told.details.waiting, 2);
    let waits = world.store.probable_renamings(world.id()).await.unwrap();
    let (old, new) = waits[0].handles();
    assert_eq!((old.as_str(), new.as_str()), ("mia_cooks", "mia.kitchen"));
    let (kept, double) = (waits[0].known.creator_id, waits[0].double.creator_id);
    world.store.merge_creators(world.id(), kept, double, NOW).await.unwrap();
    assert_eq!(handles(&world).await, ["mia.kitchen"]);
    is_right(&world).await;
}

#[tokio::test]
async fn a_creator_stays_in_the_program_if_the_known_one_is_merged_into_the_double() {
    let world = World::new().await;
    let mia = known(&world).await;
    import(&world, AFTER, NOW.plus_millis(-HOUR)).await;
    let double = world.store.probable_renamings(world.id()).await.unwrap()[0].double.creator_id;
    world.store.merge_creators(world.id(), double, mia, NOW).await.unwrap();
    assert_eq!(handles(&world).await.len(), 1);
    assert!(world.store.probable_renamings(world.id()).await.unwrap().is_empty());
    is_right(&world).await;
}
