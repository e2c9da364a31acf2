//! Tests of verdicts on which the product and an independent implementation of the rules once differed, on both
//! engines, in the store and over the API.

use super::program::Program;
use super::short::{at, collection, date, day, followers, goal, goal_between, handle, post, review, stats, views};
use super::support::{HOUR, NOW, World};
use compliance::fact::{CollectionFact, Counters, Fact, PostStatsFact};
use compliance::terms::GoalTerms;
use compliance::tracking::{TrackingMode, TrackingStatus};
use compliance::{Evaluation, Instant, Scope, Status};
use ingest::Options;
use program::creators::record::CreatorChange;
use program::facts::record::FactOutcome;
use program::goals::record::GoalOutcome;
use program::ids::GoalId;
use program::reviews::record::TrackingDecision;
use rstest::rstest;
use serde_json::{Value, json};
use server::Run;
use std::io::Cursor;
use uuid::Uuid;

/// Returns what a creator's goal of a metric says at an instant.
async fn judged(world: &World, creator: &str, metric: &str, as_of: Instant) -> Evaluation {
    let standings = world.standings(as_of).await;
    let standing = standings.iter().find(|standing| standing.program.creator.handle.as_str() == creator).unwrap();
    let found = standing.evaluations.iter().find(|(_, evaluation)| evaluation.metric.name() == metric);
    found.expect("a goal of this metric").1.clone()
}

/// Returns what the API says of the only goal at an instant.
async fn compliance_at(world: &World, now: Instant, query: &str) -> Value {
    let program = Program::new(world, Some(world.id()), false).await;
    let path = format!("/projects/{}/goal-compliance{query}", world.id());
    let response = world.send_at(now, program.request("GET", &path, &[], Vec::new())).await;
    let answer: Value = serde_json::from_str(&super::support::text(response).await).unwrap();
    answer["data"][0]["compliance"].clone()
}

async fn bring_in(world: &World, file: &str, collected_at: Option<Instant>) -> Run {
    let mut options = Options::new(world.project.zone);
    options.collected_at = collected_at;
    let mut run = Run::start(world.store.clone(), world.id(), Cursor::new(file.to_owned()), options, NOW);
    while let Ok(Some(_)) = run.step().await {}
    run
}

fn look(creator: &str, collected_at: &str, scope: Scope) -> Fact {
    Fact::Collection(CollectionFact { handle: handle(creator), collected_at: at(collected_at), scope })
}

async fn rename(world: &World, creator: &str, to: &str) {
    let change = CreatorChange {
        handle: handle(to),
        display_name: None,
        tracking_mode: TrackingMode::Auto,
        tracking_start_date: None,
    };
    world.store.update_creator(world.id(), world.creator(creator).await, &change, NOW).await.unwrap();
}

#[tokio::test]
async fn followers_read_hourly_put_no_views_goal_behind() {
    // The week began on Monday, 17 August; its posts were last read on Monday evening, the followers until now.
    let world = World::new().await;
    let mut facts = vec![
        post("1", "mia", "2026-08-17T08:00:00Z"),
        views("1", "2026-08-17T20:00:00Z", 120),
        followers("mia", "2026-08-16T00:00:00Z", 1_000),
    ];
    facts.extend((0..12).map(|hour| followers("mia", &format!("2026-08-19T{hour:02}:00:00Z"), 1_000 + hour)));
    world.accept(facts).await;
    world.add_goal("mia", &goal("views", "weekly", 700)).await;
    world.add_goal("mia", &goal("followers", "weekly", 70)).await;
    let of_views = judged(&world, "mia", "views", NOW).await;
    assert_eq!((of_views.status, of_views.measured_at), (Status::OnTrack, Some(at("2026-08-17T20:00:00Z"))));
    assert!(of_views.advisory.scrape_stale);
    let of_followers = judged(&world, "mia", "followers", NOW).await;
    assert_eq!((of_followers.status, of_followers.measured_at), (Status::AtRisk, Some(at("2026-08-19T11:00:00Z"))));
    assert!(!of_followers.advisory.scrape_stale);

    // The API says the same, today and for a past day; and so does an earlier instant of today.
    for goal in compliance_at(&world, NOW, "").await.as_array().unwrap() {
        let freshness = &goal["advisory"]["scrape_freshness"]["last_collected_at"];
        let expected = if goal["goal"]["metric"] == "views" { "2026-08-17T20:00:00Z" } else { "2026-08-19T11:00:00Z" };
        assert_eq!((&goal["measured_at"], freshness), (&json!(expected), &json!(expected)));
    }
    let yesterday = compliance_at(&world, NOW, "?reference_date=2026-08-18").await;
    let of_views = yesterday.as_array().unwrap().iter().find(|goal| goal["goal"]["metric"] == "views").unwrap();
    assert_eq!(of_views["measured_at"], "2026-08-17T20:00:00Z");
    let earlier = judged(&world, "mia", "followers", at("2026-08-19T05:30:00Z")).await;
    assert_eq!(earlier.measured_at, Some(at("2026-08-19T05:00:00Z")));
    assert_eq!(world.stale_days().await, 0);
}

#[rstest]
#[case::of_everything(Scope::All, true, true)]
#[case::of_posts(Scope::Posts, true, false)]
#[case::of_followers(Scope::Followers, false, true)]
#[tokio::test]
async fn a_collection_counts_for_what_it_covered(
    #[case] scope: Scope,
    #[case] posts: bool,
    #[case] of_followers: bool,
) {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z"), look("mia", "2026-08-19T10:00:00Z", scope)]).await;
    world.add_goal("mia", &goal("posts", "weekly", 7)).await;
    world.add_goal("mia", &goal("followers", "weekly", 70)).await;
    let seen = Some(at("2026-08-19T10:00:00Z"));
    assert_eq!(judged(&world, "mia", "posts", NOW).await.measured_at, seen.filter(|_| posts));
    assert_eq!(judged(&world, "mia", "followers", NOW).await.measured_at, seen.filter(|_| of_followers));
    // Another collection at the same instant widens it; the same one again changes nothing.
    let outcomes = world.outcomes(vec![look("mia", "2026-08-19T10:00:00Z", Scope::All)]).await;
    assert_eq!(outcomes[0].name(), if scope == Scope::All { "duplicate" } else { "accepted" });
    assert_eq!(judged(&world, "mia", "followers", NOW).await.measured_at, seen);
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn the_api_takes_the_scope_of_a_collection_and_names_a_wrong_one() {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z")]).await;
    let program = Program::writing(&world).await;
    let fact = |scope: &str| {
        format!(r#"{{"type":"collection","tiktok_handle":"mia","collected_at":"2026-08-19T09:00:00Z"{scope}}}"#)
    };
    let said = program.facts(fact(r#","scope":"stories""#)).await;
    assert_eq!((&said["rejected"][0]["field"], &said["accepted"]), (&json!("scope"), &json!(0)));
    assert_eq!(program.facts(fact(r#","scope":"posts""#)).await["accepted"], 1);
    assert_eq!(program.facts(fact(r#","scope":"followers""#)).await["accepted"], 1, "it widens the look");
    assert_eq!(program.facts(fact("")).await["duplicates"], 1, "all is not more than that");
}

#[tokio::test]
async fn an_import_looks_at_what_it_holds() {
    let world = World::new().await;
    bring_in(&world, "username,captured_at,followers\nmia,2026-08-18T09:00:00Z,900\n", None).await;
    let posts = "video_id,username,published_at,captured_at,views\n1,ana,2026-08-17T08:00:00Z,2026-08-19T09:00:00Z,5\n\
        2,mia,2026-08-17T08:00:00Z,2026-08-17T09:00:00Z,7\n";
    bring_in(&world, posts, None).await;
    world.add_goal("mia", &goal("views", "weekly", 70)).await;
    world.add_goal("mia", &goal("followers", "weekly", 70)).await;
    world.add_goal("ana", &goal("followers", "weekly", 70)).await;
    let measured = async |creator, metric| judged(&world, creator, metric, NOW).await.measured_at;
    assert_eq!(measured("mia", "views").await, Some(at("2026-08-19T09:00:00Z")), "the file's latest capture");
    assert_eq!(measured("mia", "followers").await, Some(at("2026-08-18T09:00:00Z")));
    assert_eq!(measured("ana", "followers").await, None, "no file held her followers");
    // Given for the whole file, the instant applies to the scopes that the file has.
    bring_in(&world, "username,followers\nana,40\n", Some(at("2026-08-19T10:00:00Z"))).await;
    assert_eq!(measured("ana", "followers").await, Some(at("2026-08-19T10:00:00Z")));
    assert_eq!(measured("mia", "views").await, Some(at("2026-08-19T09:00:00Z")));
}

#[tokio::test]
async fn a_file_that_breaks_off_tells_of_no_look() {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z"), post("2", "ana", "2026-08-17T08:00:00Z")]).await;
    let row = |creator, id, at| {
        format!(
            r#"{{"type":"post_stats","tiktok_handle":"{creator}","tiktok_video_id":"{id}","captured_at":"{at}","view_count":4}}"#
        )
    };
    let (early, late) = (row("mia", "1", "2026-08-17T09:00:00Z"), row("ana", "2", "2026-08-19T09:00:00Z"));
    bring_in(&world, &format!("[{early},{late},{{\"type\":"), None).await;
    let looks = async |creator| {
        let id = world.creator(creator).await;
        world.store.creator(world.id(), id).await.unwrap().unwrap().looks.posts
    };
    assert_eq!(looks("mia").await, Some(at("2026-08-17T09:00:00Z")), "her reading, and no more");
    bring_in(&world, &format!("[{early},{late}]"), None).await;
    assert_eq!(looks("mia").await, Some(at("2026-08-19T09:00:00Z")), "the whole file looked at her then");
}

#[rstest]
#[case::renamed_before_the_post_arrives(&["mia.new"])]
#[case::renamed_twice(&["mia.new", "mia.newer"])]
#[tokio::test]
async fn parked_stats_follow_their_creator(#[case] names: &[&str]) {
    let world = World::new().await;
    let program = Program::writing(&world).await;
    world.accept(vec![collection("mia", "2026-08-17T00:00:00Z")]).await;
    let mia = world.creator("mia").await;
    let stats = |at: &str, views: i64| json!({"type": "post_stats", "creator_id": mia, "tiktok_video_id": "1", "captured_at": at, "view_count": views});
    let said = program.facts(json!([stats("2026-08-18T09:00:00Z", 30)]).to_string()).await;
    assert_eq!(said["parked"], 1);
    let mut before = "mia";
    for name in names {
        rename(&world, before, name).await;
        before = name;
    }
    // Another creator takes the handle that is free now.
    world.accept(vec![collection("mia", "2026-08-18T00:00:00Z")]).await;
    let said = program.facts(json!([stats("2026-08-18T10:00:00Z", 80)]).to_string()).await;
    assert_eq!(said["parked"], 1);
    let post =
        json!([{"type": "post", "creator_id": mia, "tiktok_video_id": "1", "published_at": "2026-08-18T08:00:00Z"}]);
    assert_eq!(program.facts(post.to_string()).await["accepted"], 1);
    world.add_goal(before, &goal("views", "weekly", 100)).await;
    assert_eq!(judged(&world, before, "views", NOW).await.actual, 80);
    assert_eq!(world.store.parked_count(world.id()).await.unwrap(), 0);
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn parked_stats_of_one_creator_are_never_another_ones() {
    let world = World::new().await;
    world.accept(vec![collection("mia", "2026-08-17T00:00:00Z"), collection("ana", "2026-08-17T00:00:00Z")]).await;
    let of = |creator: &str, views: i64| {
        Fact::PostStats(PostStatsFact {
            tiktok_video_id: "1".to_owned(),
            handle: Some(handle(creator)),
            captured_at: at("2026-08-18T09:00:00Z"),
            counters: Counters { views: Some(views), ..Counters::default() },
            source: None,
        })
    };
    world.accept(vec![of("mia", 30), of("ana", 70)]).await;
    assert_eq!(world.store.parked_count(world.id()).await.unwrap(), 2);
    world.accept(vec![post("1", "ana", "2026-08-18T08:00:00Z")]).await;
    world.add_goal("ana", &goal("views", "weekly", 100)).await;
    assert_eq!(judged(&world, "ana", "views", NOW).await.actual, 70);
    assert_eq!(world.store.parked_count(world.id()).await.unwrap(), 1, "what contradicts the post stays aside");
}

#[tokio::test]
async fn a_fact_at_the_instant_of_judgement_is_known() {
    // Collected at local midnight, as many do: the week that ends then is closed with all its data.
    let world = World::in_zone("Europe/Berlin").await;
    world
        .accept(vec![
            post("1", "mia", "2026-08-12T08:00:00Z"),
            views("1", "2026-08-12T09:00:00Z", 40),
            views("1", "2026-08-16T22:00:00Z", 90),
            post("2", "mia", "2026-08-16T22:00:00Z"),
        ])
        .await;
    world.add_goal("mia", &goal("views", "weekly", 100)).await;
    let midnight = at("2026-08-16T22:00:00Z");
    let at_midnight = judged(&world, "mia", "views", midnight).await.previous.unwrap();
    let [sunday] =
        compliance_at(&world, NOW, "?reference_date=2026-08-16").await.as_array().unwrap().clone().try_into().unwrap();
    assert_eq!((&sunday["status"], &sunday["actual"]), (&json!("missed"), &json!(40)));
    assert_eq!(sunday["measured_at"], "2026-08-16T22:00:00Z", "not awaiting data");
    assert_eq!(sunday["expected"], 100.0);
    assert_eq!((at_midnight.status, at_midnight.actual), (Status::Missed, 40));
    assert_eq!(at_midnight.measured_at, Some(midnight));

    // In the middle of a week, what was read at that midnight belongs to the week that continues.
    world.accept(vec![views("1", "2026-08-17T22:00:00Z", 95), views("2", "2026-08-17T22:00:00.001Z", 7)]).await;
    let tuesday = at("2026-08-17T22:00:00Z");
    let clock = judged(&world, "mia", "views", tuesday).await;
    let [monday] =
        compliance_at(&world, NOW, "?reference_date=2026-08-17").await.as_array().unwrap().clone().try_into().unwrap();
    assert_eq!((clock.actual, &monday["actual"]), (55, &json!(55)), "50 at the first midnight, 5 at the second");
    assert_eq!(monday["measured_at"], "2026-08-17T22:00:00Z");
}

async fn edit(world: &World, goal_id: GoalId, at: Instant, change: impl FnOnce(&mut GoalTerms)) {
    let mut terms = *world.store.goal(world.id(), goal_id).await.unwrap().unwrap().goal.terms();
    change(&mut terms);
    assert_eq!(world.store.edit_goal(world.id(), goal_id, &terms, at).await.unwrap(), GoalOutcome::Stored);
}

/// The first days and actuals of a goal's periods over the API.
async fn periods(world: &World, goal_id: GoalId) -> Vec<(String, i64)> {
    let program = Program::new(world, Some(world.id()), false).await;
    let path = format!("/projects/{}/goals/{goal_id}/periods?from=2026-07-27&to=2026-08-19", world.id());
    let answer = program.get(&path).await;
    let of = |period: &Value| {
        let start = period["advisory"]["period_start"].as_str().unwrap()[..10].to_owned();
        (start, period["actual"].as_i64().unwrap())
    };
    answer["data"].as_array().unwrap().iter().map(of).collect()
}

#[tokio::test]
async fn a_start_date_moved_ahead_hides_no_closed_period() {
    let world = World::new().await;
    world
        .accept(vec![
            post("1", "mia", "2026-08-04T08:00:00Z"),
            post("2", "mia", "2026-08-12T08:00:00Z"),
            collection("mia", "2026-08-19T08:00:00Z"),
        ])
        .await;
    let goal_id = world.add_goal("mia", &goal("posts", "weekly", 1)).await;
    edit(&world, goal_id, NOW, |terms| terms.start_date = Some(date("2026-09-07"))).await;
    let weeks = [("2026-08-10", 1), ("2026-08-03", 1), ("2026-07-27", 0)].map(|(day, actual)| (day.to_owned(), actual));
    assert_eq!(periods(&world, goal_id).await, weeks);
    let program = Program::new(&world, Some(world.id()), false).await;
    let path = format!("/projects/{}/goals/{goal_id}/evidence?period_start=2026-08-10", world.id());
    let evidence = program.get(&path).await;
    assert_eq!((&evidence["data"]["sum"], &evidence["data"]["evaluation"]["status"]), (&json!(1), &json!("completed")));
    let creator = world.creator("mia").await;
    let page =
        super::support::text(world.get(&format!("/projects/{}/creators/{creator}/goals", world.id())).await).await;
    assert!(page.contains("on=2026-08-10"), "the strip shows the weeks before");
}

#[tokio::test]
async fn a_period_that_closed_while_the_goal_was_off_is_judged_nowhere() {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-12T08:00:00Z"), collection("mia", "2026-08-19T08:00:00Z")]).await;
    let goal_id = world.add_goal("mia", &goal("posts", "weekly", 1)).await;
    edit(&world, goal_id, at("2026-08-11T08:00:00Z"), |terms| terms.is_active = false).await;
    edit(&world, goal_id, at("2026-08-18T08:00:00Z"), |terms| terms.is_active = true).await;
    let weeks = [("2026-08-17", 0), ("2026-08-03", 0), ("2026-07-27", 0)].map(|(day, actual)| (day.to_owned(), actual));
    assert_eq!(periods(&world, goal_id).await, weeks);
    assert_eq!(judged(&world, "mia", "posts", NOW).await.previous, None);
    assert_eq!(compliance_at(&world, NOW, "?reference_date=2026-08-13").await, json!([]));
    assert_eq!(compliance_at(&world, NOW, "?reference_date=2026-08-06").await.as_array().unwrap().len(), 1);
    let program = Program::new(&world, Some(world.id()), false).await;
    let path = format!("/projects/{}/goals/{goal_id}/evidence?period_start=2026-08-10", world.id());
    assert_eq!(program.refused("GET", &path, "").await.0, 400);
}

#[tokio::test]
async fn a_snapshot_dated_before_the_publication_is_booked_at_it() {
    // Read on Sunday evening by a clock that is wrong, published on Monday morning.
    let world = World::new().await;
    let snapshots = [views("1", "2026-08-16T20:00:00Z", 40), views("1", "2026-08-18T09:00:00Z", 55)];
    world.accept(vec![collection("mia", "2026-08-10T00:00:00Z"), snapshots[0].clone()]).await;
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z"), snapshots[1].clone()]).await;
    let goal_id = world.add_goal("mia", &goal("views", "weekly", 100)).await;
    assert_eq!(world.actual("mia", NOW).await, 55);
    let week = judged(&world, "mia", "views", NOW).await;
    assert_eq!(week.previous.as_ref().map(|previous| previous.actual), Some(0), "nothing before the publication");
    assert_eq!(world.actual("mia", at("2026-08-17T07:59:59Z")).await, 0, "not known yet");
    assert_eq!(world.actual("mia", at("2026-08-17T08:00:00Z")).await, 40, "known from then on");
    // As a look it keeps its own instant.
    assert_eq!(
        judged(&world, "mia", "views", at("2026-08-17T07:00:00Z")).await.measured_at,
        Some(at("2026-08-16T20:00:00Z"))
    );
    let program = Program::new(&world, Some(world.id()), false).await;
    let path = format!("/projects/{}/goals/{goal_id}/evidence", world.id());
    let evidence = program.get(&path).await;
    let of_post = &evidence["data"]["posts"][0];
    assert_eq!((&of_post["reason"], &of_post["contribution"]), (&json!("counted"), &json!(55)));
    assert_eq!(evidence["data"]["sum"], evidence["data"]["evaluation"]["actual"]);
    // A corrected publication is later: everything moves with it.
    world.accept(vec![post("1", "mia", "2026-08-18T12:00:00Z")]).await;
    let days = world.store.creator_days(world.id(), world.creator("mia").await, day("2026-08-16")..day("2026-08-19"));
    let gained: Vec<_> = days.await.unwrap().iter().map(|row| (row.day - day("2026-08-16"), row.gains.views)).collect();
    assert_eq!(gained, [(0, 0), (1, 0), (2, 55)]);
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn a_file_of_snapshots_keeps_its_look_until_the_posts_arrive() {
    let world = World::new().await;
    let snapshots = "video_id,captured_at,views\n1,2026-08-17T09:00:00Z,10\n2,2026-08-19T09:00:00Z,10\n";
    let run = bring_in(&world, snapshots, None).await;
    assert_eq!(run.counts().parked, 2);
    let posts = "video_id,username,published_at\n1,mia,2026-08-17T08:00:00Z\n2,ana,2026-08-17T08:00:00Z\n";
    bring_in(&world, posts, None).await;
    world.add_goal("mia", &goal("views", "weekly", 700)).await;
    let of_mia = judged(&world, "mia", "views", NOW).await;
    assert_eq!(of_mia.measured_at, Some(at("2026-08-19T09:00:00Z")), "the file looked at her until then");
    assert_eq!(of_mia.status, Status::AtRisk);
    assert_eq!(world.stale_days().await, 0);
    // The other way round it is the same.
    let other = World::new().await;
    bring_in(&other, posts, None).await;
    bring_in(&other, snapshots, None).await;
    other.add_goal("mia", &goal("views", "weekly", 700)).await;
    assert_eq!(judged(&other, "mia", "views", NOW).await.measured_at, of_mia.measured_at);
}

#[tokio::test]
async fn a_file_of_snapshots_keeps_its_look_if_the_posts_arrive_before_it_ends() {
    let world = World::new().await;
    let snapshots = "video_id,captured_at,views\n1,2026-08-17T09:00:00Z,10\n2,2026-08-19T09:00:00Z,10\n";
    let options = Options::new(world.project.zone);
    let mut run = Run::start(world.store.clone(), world.id(), Cursor::new(snapshots), options, NOW);
    assert_eq!(run.step().await.unwrap().unwrap().counts.parked, 2);
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z")]).await;
    assert_eq!(run.step().await.unwrap(), None);
    assert_eq!(world.texts("SELECT 'kept' FROM run_looks").await, [""; 0], "nothing is left of the run");
    world.add_goal("mia", &goal("views", "weekly", 700)).await;
    let of_mia = judged(&world, "mia", "views", NOW).await;
    assert_eq!(of_mia.measured_at, Some(at("2026-08-19T09:00:00Z")), "the file looked at her until then");
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn a_correction_of_stats_that_wait_does_not_forget_the_import_that_brought_them() {
    let world = World::new().await;
    let snapshots = "video_id,captured_at,views\n1,2026-08-17T09:00:00Z,10\n2,2026-08-19T09:00:00Z,10\n";
    let options = Options::new(world.project.zone);
    let mut run = Run::start(world.store.clone(), world.id(), Cursor::new(snapshots), options, NOW);
    run.step().await.unwrap();
    let corrected = world.outcomes(vec![views("1", "2026-08-17T09:00:00Z", 11)]).await;
    assert_eq!(corrected, [FactOutcome::Parked]);
    assert_eq!(run.step().await.unwrap(), None);
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z")]).await;
    world.add_goal("mia", &goal("views", "weekly", 700)).await;
    assert_eq!(judged(&world, "mia", "views", NOW).await.measured_at, Some(at("2026-08-19T09:00:00Z")));
}

#[tokio::test]
async fn whom_an_import_looked_at_that_never_ended_is_forgotten_after_a_week() {
    let world = World::new().await;
    let snapshots = "video_id,captured_at,views\n1,2026-08-17T09:00:00Z,10\n";
    let options = Options::new(world.project.zone);
    let mut run = Run::start(world.store.clone(), world.id(), Cursor::new(snapshots), options, NOW);
    run.step().await.unwrap();
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z")]).await;
    let kept = async || world.texts("SELECT 'kept' FROM run_looks").await.len();
    // Ids of runs use the real clock.
    let (seconds, _) = Uuid::now_v7().get_timestamp().unwrap().to_unix();
    let now = Instant::from_millis(i64::try_from(seconds).unwrap() * 1_000);
    for (days, left) in [(6, 1), (8, 0)] {
        world.store.forget_runs(now.plus_millis(days * 24 * HOUR)).await.unwrap();
        assert_eq!(kept().await, left, "after {days} days");
    }
}

#[tokio::test]
async fn a_look_that_is_named_for_a_file_of_snapshots_waits_with_them() {
    let world = World::new().await;
    let snapshots = "video_id,captured_at,views\n1,2026-08-17T09:00:00Z,10\n";
    bring_in(&world, snapshots, None).await;
    // The same file again, with the instant of its collection: nothing else is new.
    let again = bring_in(&world, snapshots, Some(at("2026-08-18T20:00:00Z"))).await;
    assert_eq!((again.counts().parked, again.counts().duplicates), (0, 1));
    bring_in(&world, "video_id,username,published_at\n1,mia,2026-08-17T08:00:00Z\n", None).await;
    world.add_goal("mia", &goal("views", "weekly", 700)).await;
    assert_eq!(judged(&world, "mia", "views", NOW).await.measured_at, Some(at("2026-08-18T20:00:00Z")));
}

#[tokio::test]
async fn facts_of_a_removed_creator_are_kept_and_the_answer_says_so() {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z"), post("2", "ana", "2026-08-17T08:00:00Z")]).await;
    let mia = world.creator("mia").await;
    world.store.set_creator_removed(world.id(), mia, true, NOW).await.unwrap();
    let program = Program::writing(&world).await;
    let count = |creator: Value, at: &str, views: i64| {
        let mut fact = json!({"type": "post_stats", "tiktok_video_id": "1", "captured_at": at, "view_count": views});
        fact.as_object_mut().unwrap().extend(creator.as_object().unwrap().clone());
        json!([fact]).to_string()
    };
    let by_handle = program.facts(count(json!({"tiktok_handle": "mia"}), "2026-08-18T09:00:00Z", 10)).await;
    assert_eq!((&by_handle["accepted"], &by_handle["removed_creators"]), (&json!(1), &json!(["mia"])));
    let by_id = program.facts(count(json!({"creator_id": mia}), "2026-08-19T09:00:00Z", 60)).await;
    assert_eq!((&by_id["accepted"], &by_id["removed_creators"]), (&json!(1), &json!(["mia"])));
    let ana =
        json!([{"type": "collection", "tiktok_handle": "ana", "collected_at": "2026-08-19T09:00:00Z"}]).to_string();
    assert_eq!(program.facts(ana).await["removed_creators"], json!([]));
    let run = bring_in(&world, "video_id,captured_at,views\n1,2026-08-19T10:00:00Z,70\n", None).await;
    assert_eq!(run.removed().map(ToString::to_string).collect::<Vec<_>>(), ["mia"]);
    // The facts were kept while the creator was removed.
    world.store.set_creator_removed(world.id(), mia, false, NOW).await.unwrap();
    world.add_goal("mia", &goal("views", "weekly", 100)).await;
    assert_eq!(judged(&world, "mia", "views", NOW).await.actual, 60, "the first reading is the baseline");
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn goals_of_a_removed_creator_can_be_read_and_not_made_or_changed() {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z"), views("1", "2026-08-18T08:00:00Z", 5)]).await;
    let goal_id = world.add_goal("mia", &goal("posts", "weekly", 2)).await;
    let mia = world.creator("mia").await;
    world.store.set_creator_removed(world.id(), mia, true, NOW).await.unwrap();
    let (program, id) = (Program::writing(&world).await, world.id());
    let new = json!({"creator_id": mia, "metric": "views", "period": "weekly", "target_value": 5}).to_string();
    for _ in 0..2 {
        let (status, code, _) = program.refused("POST", &format!("/projects/{id}/goals"), &new).await;
        assert_eq!((status, code.as_str()), (409, "conflict"), "and nothing was made");
    }
    let one = format!("/projects/{id}/goals/{goal_id}");
    assert_eq!(program.get(&one).await["data"]["target_value"], 2);
    let listed = program.get(&format!("/projects/{id}/goals?creator_id={mia}")).await;
    assert_eq!(listed["data"].as_array().unwrap().len(), 1);
    assert_eq!(program.get(&format!("{one}/periods")).await["data"][0]["actual"], 1);
    assert_eq!(program.get(&format!("{one}/evidence")).await["data"]["sum"], 1);
    assert_eq!(program.refused("PATCH", &one, r#"{"target_value":9}"#).await.0, 409);
    // The forms give the same answer.
    let form = [("project_id", id.to_string()), ("creator_id", mia.to_string()), ("metric", "views".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let form = [form, vec![("period", "weekly"), ("target_value", "5")]].concat();
    let response = world.post("/forms/create_goal", "application/json", &form).await;
    assert_eq!(response.status().as_u16(), 409);
    let deleted = world.store.delete_goal(world.id(), goal_id, NOW).await;
    assert!(deleted.is_ok(), "what is no longer wanted can go");
    let back = world.store.restore_goal(world.id(), goal_id, at("2026-08-01T00:00:00Z")).await;
    assert!(matches!(back, Err(program::error::StoreError::CreatorRemoved)), "{back:?}");
}

#[tokio::test]
async fn a_review_changes_what_a_snapshot_before_the_publication_books_too() {
    let world = World::new().await;
    let counters = Counters { likes: Some(4), saves: Some(6), ..Counters::default() };
    world.accept(vec![collection("mia", "2026-08-10T00:00:00Z"), stats("1", "2026-08-16T20:00:00Z", counters)]).await;
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z")]).await;
    world.add_goal("mia", &goal_between("engagement", "weekly", 10, "2026-06-01", "")).await;
    assert_eq!(world.actual("mia", NOW).await, 10);
    let page = world
        .store
        .posts(world.id(), world.creator("mia").await, &program::posts::record::PostsQuery::default())
        .await
        .unwrap();
    let exclude = review(TrackingDecision::Status(TrackingStatus::Excluded));
    world.store.review_posts(world.id(), &[page.posts[0].post_id], &exclude, NOW).await.unwrap();
    assert_eq!(world.actual("mia", NOW).await, 0);
    assert_eq!(world.stale_days().await, 0);
}
