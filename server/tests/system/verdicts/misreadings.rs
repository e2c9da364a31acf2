//! Tests of readings that went wrong.

use super::{bring_in, judged};
use crate::program::Program;
use crate::short::{at, collection, followers, goal, goal_between, post, stats, views};
use crate::support::{DAY, NOW, World, text};
use compliance::Status;
use compliance::fact::{Counters, Fact};
use program::facts::record::FactOutcome;
use program::ids::GoalId;
use rstest::rstest;
use serde_json::{Value, json};

/// The same fact, from this source.
fn from(source: &str, mut fact: Fact) -> Fact {
    match &mut fact {
        Fact::PostStats(stats) => stats.source = Some(source.to_owned()),
        Fact::CreatorStats(stats) => stats.source = Some(source.to_owned()),
        _ => panic!("it has no source"),
    }
    fact
}

async fn evidence(world: &World, goal_id: GoalId, query: &str) -> Value {
    let program = Program::new(world, Some(world.id()), false).await;
    program.get(&format!("/projects/{}/goals/{goal_id}/evidence{query}", world.id())).await["data"].clone()
}

/// A collection that failed late on Sunday, and the same without it.
const A_FAILED_READING: &str = "\
handle,post_id,posted,captured_at,views,followers
mia,7571000000000002001,2026-08-10T09:00:00Z,2026-08-10T12:00:00Z,0,1000
mia,7571000000000002001,2026-08-10T09:00:00Z,2026-08-14T12:00:00Z,1200,1100
mia,7571000000000002001,2026-08-10T09:00:00Z,2026-08-16T22:00:00Z,0,0
mia,7571000000000002001,2026-08-10T09:00:00Z,2026-08-17T10:00:00Z,1250,1110
";

#[rstest]
#[case::with_a_failed_reading(A_FAILED_READING.to_owned())]
#[case::without_it(A_FAILED_READING.replace("mia,7571000000000002001,2026-08-10T09:00:00Z,2026-08-16T22:00:00Z,0,0\n", ""))]
#[tokio::test]
async fn a_reading_of_all_zeros_is_neither_a_loss_nor_a_gain(#[case] file: String) {
    let world = World::new().await;
    let brought = bring_in(&world, &file, None).await;
    assert_eq!((brought.counts.rejected, brought.failure), (0, None));
    world.add_goal("mia", &goal_between("views", "weekly", 1_000, "2026-08-10", "")).await;
    world.add_goal("mia", &goal_between("followers", "weekly", 50, "2026-08-10", "")).await;
    let monday = at("2026-08-17T12:00:00Z");
    for (metric, gained_before, gained) in [("views", 1_200, 50), ("followers", 100, 10)] {
        let week = judged(&world, "mia", metric, monday).await;
        let before = week.previous.as_ref().expect("the goal covers the week before");
        assert_eq!((before.status, before.actual), (Status::Completed, gained_before), "{metric}");
        assert_eq!(week.actual, gained, "{metric}");
        assert!(!week.target_reached(), "{metric}");
    }
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn evidence_lists_misreadings_apart_from_the_posts() {
    let world = World::new().await;
    let like = |views, likes| Counters { views: Some(views), likes: Some(likes), ..Counters::default() };
    world
        .accept(vec![
            post("1", "mia", "2026-08-17T08:00:00Z"),
            stats("1", "2026-08-17T09:00:00Z", like(1_000, 5)),
            from("scraper", stats("1", "2026-08-18T09:00:00Z", like(0, 0))),
            stats("1", "2026-08-18T10:00:00Z", like(400, 6)),
            stats("1", "2026-08-18T11:00:00Z", like(1_010, 7)),
            followers("mia", "2026-08-17T09:00:00Z", 1_000),
            followers("mia", "2026-08-18T09:00:00Z", 1_500),
            followers("mia", "2026-08-18T10:00:00Z", 1_005),
        ])
        .await;
    let on_views = world.add_goal("mia", &goal("views", "weekly", 100)).await;
    let on_likes = world.add_goal("mia", &goal("engagement", "weekly", 100)).await;
    let on_posts = world.add_goal("mia", &goal("posts", "weekly", 100)).await;
    let on_followers = world.add_goal("mia", &goal("followers", "weekly", 100)).await;
    let found = evidence(&world, on_views, "").await;
    assert_eq!((&found["sum"], &found["evaluation"]["actual"]), (&json!(1_010), &json!(1_010)));
    let listed = found["misreadings"].as_array().unwrap();
    let shown = |listed: &Value| {
        [&listed["captured_at"], &listed["source"], &listed["value"], &listed["kind"]].map(Value::clone)
    };
    let zero = [json!("2026-08-18T09:00:00Z"), json!("scraper"), json!(0), json!("zero")];
    let dip = [json!("2026-08-18T10:00:00Z"), Value::Null, json!(400), json!("dip")];
    assert_eq!(listed.iter().map(shown).collect::<Vec<_>>(), [zero.clone(), dip]);
    assert_eq!(listed[0]["tiktok_video_id"], "1");
    assert_eq!(found["posts"].as_array().unwrap().len(), 1);
    // The likes of the dip are taken, and those of the zero are not.
    let found = evidence(&world, on_likes, "").await;
    assert_eq!(found["sum"], 7);
    assert_eq!(found["misreadings"].as_array().unwrap().iter().map(shown).collect::<Vec<_>>(), [zero]);
    assert_eq!(evidence(&world, on_posts, "").await["misreadings"], json!([]));
    let found = evidence(&world, on_followers, "").await;
    assert_eq!(found["sum"], 5);
    assert_eq!(found["readings"].as_array().unwrap().len(), 2);
    let [spike] = found["misreadings"].as_array().unwrap().as_slice() else { panic!("{found}") };
    assert_eq!((&spike["kind"], &spike["value"], &spike["post_id"]), (&json!("spike"), &json!(1_500), &Value::Null));

    // The page says the same.
    let mia = world.creator("mia").await;
    let page = text(world.get(&format!("/projects/{}/creators/{mia}/goals?why={on_views}", world.id())).await).await;
    for shown in ["Misreadings", "data-misreading=\"zero\"", "data-misreading=\"dip\"", "scraper", "It says 0"] {
        assert!(page.contains(shown), "{shown} is missing");
    }
    let page = text(world.get(&format!("/projects/{}/creators/{mia}/goals?why={on_posts}", world.id())).await).await;
    assert!(!page.contains("Misreading"));
}

#[tokio::test]
async fn a_misreading_is_one_by_all_facts_known_now_also_for_an_earlier_day() {
    let world = World::new().await;
    world
        .accept(vec![followers("mia", "2026-08-19T02:00:00Z", 1_000), followers("mia", "2026-08-19T04:00:00Z", 900)])
        .await;
    world.add_goal("mia", &goal("followers", "daily", 100)).await;
    let morning = at("2026-08-19T05:00:00Z");
    assert_eq!(world.actual("mia", morning).await, -100, "until the next one is there it counts");
    world.accept(vec![followers("mia", "2026-08-19T06:00:00Z", 1_005)]).await;
    assert_eq!(world.actual("mia", morning).await, 0);
    assert_eq!(world.actual("mia", NOW).await, 5);
    assert_eq!(world.stale_days().await, 0);
    // The next one turns out to be lower: the fall lasts.
    world.accept(vec![followers("mia", "2026-08-19T05:30:00Z", 905)]).await;
    assert_eq!(world.actual("mia", morning).await, -100);
    assert_eq!(world.actual("mia", NOW).await, 5);
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn a_misreading_still_counts_as_a_look_at_the_creator() {
    let world = World::new().await;
    world
        .accept(vec![
            post("1", "mia", "2026-08-17T08:00:00Z"),
            views("1", "2026-08-17T09:00:00Z", 1_000),
            views("1", "2026-08-19T09:00:00Z", 0),
            followers("mia", "2026-08-17T09:00:00Z", 1_000),
            followers("mia", "2026-08-19T10:00:00Z", 0),
        ])
        .await;
    world.add_goal("mia", &goal("views", "weekly", 100)).await;
    world.add_goal("mia", &goal("followers", "weekly", 100)).await;
    assert_eq!(judged(&world, "mia", "views", NOW).await.measured_at, Some(at("2026-08-19T09:00:00Z")));
    assert_eq!(judged(&world, "mia", "followers", NOW).await.measured_at, Some(at("2026-08-19T10:00:00Z")));
    let creator = world.store.creator(world.id(), world.creator("mia").await).await.unwrap().unwrap();
    assert_eq!(creator.followers, Some(1_000), "the last count is not the misreading");
}

#[tokio::test]
async fn a_reading_that_differs_only_in_its_source_is_a_correction() {
    let world = World::new().await;
    let dip = followers("mia", "2026-08-18T09:00:00Z", 900);
    world
        .accept(vec![
            from("a", followers("mia", "2026-08-17T09:00:00Z", 1_000)),
            dip.clone(),
            from("a", followers("mia", "2026-08-19T09:00:00Z", 1_005)),
        ])
        .await;
    world.add_goal("mia", &goal("followers", "daily", 100)).await;
    let tuesday = at("2026-08-19T00:00:00Z");
    let on_tuesday = async || judged(&world, "mia", "followers", tuesday).await.previous.unwrap().actual;
    assert_eq!(on_tuesday().await, -100, "another source");
    assert_eq!(world.outcomes(vec![from("a", dip.clone())]).await, [FactOutcome::Accepted]);
    assert_eq!(on_tuesday().await, 0, "it is a dip");
    assert_eq!(world.outcomes(vec![from("a", dip.clone())]).await, [FactOutcome::Duplicate]);
    assert_eq!(world.outcomes(vec![dip.clone()]).await, [FactOutcome::Accepted]);
    assert_eq!(on_tuesday().await, -100);
    // A default is not a source: the same reading in a file and over the API counts as one.
    assert_eq!(world.outcomes(vec![from("", dip)]).await, [FactOutcome::Duplicate]);
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn a_period_with_a_reading_that_awaits_the_next_one_is_not_final_until_it_is_there_or_14_days_have_passed() {
    let world = World::new().await;
    world
        .accept(vec![
            followers("mia", "2026-08-01T09:00:00Z", 1_000),
            from("a", followers("mia", "2026-08-02T10:00:00Z", 1_000)),
            from("a", followers("mia", "2026-08-02T11:00:00Z", 1_500)),
            followers("mia", "2026-08-03T00:00:00Z", 1_500),
            followers("mia", "2026-08-18T00:00:00Z", 1_510),
        ])
        .await;
    world.add_goal("mia", &goal("followers", "weekly", 100)).await;
    let program = Program::new(&world, Some(world.id()), false).await;
    let goal_id = world.store.goals(world.id(), world.creator("mia").await).await.unwrap()[0].goal_id;
    let is_final = async |now| {
        let path = format!("/projects/{}/goals/{goal_id}/periods?from=2026-07-27&to=2026-07-27", world.id());
        let answer = text(world.send_at(now, program.request("GET", &path, &[], Vec::new())).await).await;
        serde_json::from_str::<Value>(&answer).unwrap()["data"][0]["final"].as_bool().unwrap()
    };
    let end = at("2026-08-03T00:00:00Z");
    assert!(!is_final(end.plus_millis(14 * DAY - 1)).await, "the reading of a awaits the next one");
    assert!(is_final(end.plus_millis(14 * DAY)).await);
    world.accept(vec![from("a", followers("mia", "2026-08-04T00:00:00Z", 1_520))]).await;
    assert!(is_final(end.plus_millis(2 * DAY)).await);
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn late_readings_of_a_long_history_are_placed_page_by_page() {
    let world = World::new().await;
    // Every half hour for eight days, rising slowly; then one source that reads twice, with all of them between.
    let begun = at("2026-08-11T00:00:00Z");
    let instant = |number: i64| begun.plus_millis(number * DAY / 48);
    let of = |number: i64, count: i64| {
        let mut fact = followers("mia", "2026-08-11T00:00:00Z", count);
        if let Fact::CreatorStats(stats) = &mut fact {
            stats.captured_at = instant(number);
        }
        fact
    };
    world.accept((0..380).map(|number| of(number, 10_000 + number)).collect()).await;
    world.accept(vec![from("rare", of(0, 10_000)), of(1, 0)]).await;
    let odd = |number: i64| {
        let mut fact = from("rare", of(number, 20_000));
        if let Fact::CreatorStats(stats) = &mut fact {
            stats.captured_at = stats.captured_at.plus_millis(1);
        }
        fact
    };
    world.accept(vec![odd(2)]).await;
    world.add_goal("mia", &goal("followers", "monthly", 100)).await;
    assert_eq!(world.stale_days().await, 0);
    // The next reading of that source comes last, and shows that the other was a spike.
    let mut last = from("rare", of(379, 10_005));
    if let Fact::CreatorStats(stats) = &mut last {
        stats.captured_at = stats.captured_at.plus_millis(7);
    }
    world.accept(vec![last, of(3, 0), of(200, 10_100), of(370, 0)]).await;
    assert_eq!(world.stale_days().await, 0);
    assert_eq!(world.actual("mia", NOW).await, 5);
    let marked =
        world.texts("SELECT misreading FROM creator_snapshots WHERE misreading IS NOT NULL ORDER BY captured_at");
    assert_eq!(marked.await, ["zero", "spike", "zero", "zero"]);
}

#[tokio::test]
async fn a_collection_that_fails_changes_no_goal_of_posts() {
    let world = World::new().await;
    world
        .accept(vec![
            collection("mia", "2026-08-17T00:00:00Z"),
            post("1", "mia", "2026-08-17T08:00:00Z"),
            views("1", "2026-08-17T09:00:00Z", 10),
            views("1", "2026-08-18T09:00:00Z", 0),
        ])
        .await;
    world.add_goal("mia", &goal("posts", "weekly", 1)).await;
    assert_eq!(world.actual("mia", NOW).await, 1);
}
