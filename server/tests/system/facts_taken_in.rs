//! Tests of accepting facts in the store, and of the evidence, day buckets and evaluations made from them.

use super::short::{
    a_post, at, august, collection, date, day, followers, goal, handle, post, profile, project_in, review, terms,
    views, zone,
};
use super::support::{NOW, World};
use compliance::calendar::Zone;
use compliance::fact::{Fact, PostFact};
use compliance::metric::Metric;
use compliance::tracking::{TrackingMode, TrackingStatus};
use compliance::{Instant, PostReason};
use program::creators::record::{CreatorChange, Membership};
use program::facts::record::{AcceptTerms, FactOutcome, RejectionCode};
use program::ids::{CreatorId, ProjectId};
use program::reviews::record::TrackingDecision;
use program::standings::store::StandingStore as _;
use store::SqlStore;
use store::{PARKED_OF_POST, PARKED_OF_PROJECT};

#[tokio::test]
async fn no_more_stats_wait_for_a_post_or_in_a_project_than_may() {
    let world = World::new().await;
    let reading =
        |video: &str, second: i64, count: i64| super::support::views(video, NOW.plus_millis(-1_000 * second), count);
    let full: Vec<Fact> = (1..=PARKED_OF_POST).map(|second| reading("1", second, 5)).collect();
    assert!(world.outcomes(full).await.iter().all(|outcome| *outcome == FactOutcome::Parked));
    let is_refused =
        |outcome: &FactOutcome| matches!(outcome, FactOutcome::Rejected { code: RejectionCode::TooManyParked, .. });
    let told = [reading("1", 0, 5), reading("1", 1, 6), reading("1", 2, 5), reading("2", 1, 5)];
    let outcomes = world.outcomes(told.to_vec()).await;
    assert!(is_refused(&outcomes[0]), "one more: {:?}", outcomes[0]);
    let expected = [FactOutcome::Parked, FactOutcome::Duplicate, FactOutcome::Parked];
    assert_eq!(outcomes[1..], expected, "a correction, a duplicate, another post");

    let many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) \
        INSERT INTO parked_stats (project_id, tiktok_video_id, tiktok_handle, captured_at, source) \
        SELECT (SELECT project_id FROM projects), 'x' || i, '', 0, 'test' FROM n WHERE i <= 1000000 - 20001";
    world.texts(many).await;
    assert_eq!(world.store.parked_count(world.id()).await.unwrap(), PARKED_OF_PROJECT);
    let outcomes = world.outcomes(vec![reading("3", 1, 5), reading("2", 1, 6)]).await;
    assert!(is_refused(&outcomes[0]) && outcomes[1] == FactOutcome::Parked, "{outcomes:?}");
    // Once posts arrive there is room again.
    world.accept(vec![post("2", "mia", "2026-08-17T08:00:00Z")]).await;
    assert_eq!(world.outcomes(vec![reading("3", 1, 5)]).await, [FactOutcome::Parked]);
}

#[tokio::test]
async fn facts_that_name_a_creator_by_id_stay_theirs_whatever_becomes_of_their_handle() {
    let world = World::new().await;
    world.accept(vec![profile("mia", "Mia"), profile("noa", "Noa")]).await;
    let (mia, noa) = (world.creator("mia").await, world.creator("noa").await);
    for (id, name) in [(mia, "mia.moves"), (noa, "mia")] {
        let change = CreatorChange {
            handle: handle(name),
            display_name: None,
            tracking_mode: TrackingMode::Auto,
            tracking_start_date: None,
        };
        world.store.update_creator(world.id(), id, &change, NOW).await.unwrap();
    }
    // The facts have the handle that she had when they were read.
    let facts = vec![
        post("1", "mia", "2026-08-18T10:00:00Z"),
        followers("mia", "2026-08-18T10:00:00Z", 5),
        followers("mia", "2026-08-18T11:00:00Z", 6),
    ];
    let stranger = CreatorId::new();
    let creator_ids = vec![(0, mia), (1, mia), (2, stranger)];
    let terms = AcceptTerms { create_creators: false, creator_ids, ..terms() };
    let accepted = world.store.accept(world.id(), facts, &terms).await.unwrap();
    assert_eq!(accepted.outcomes[..2], [FactOutcome::Accepted, FactOutcome::Accepted]);
    let refused = matches!(
        &accepted.outcomes[2],
        FactOutcome::Rejected { field: "creator_id", code: RejectionCode::UnknownCreator, .. }
    );
    assert!(refused, "{:?}", accepted.outcomes[2]);
    let totals = world.store.creator_totals(world.id(), &[mia, noa]).await.unwrap();
    let of = |id: CreatorId| totals.iter().find(|totals| totals.creator_id == id).map_or(0, |totals| totals.posts);
    assert_eq!((of(mia), of(noa)), (1, 0));
    assert_eq!(world.store.creator(world.id(), mia).await.unwrap().unwrap().followers, Some(5));
    assert_eq!(world.store.creator(world.id(), noa).await.unwrap().unwrap().followers, None);
}

#[tokio::test]
async fn the_evidence_of_a_window_knows_what_came_before_it_and_nothing_after_as_of() {
    let world = World::new().await;
    let (store, project_id) = (&world.store, world.id());
    world
        .accept(vec![
            post("1", "mia", "2026-07-21T10:00:00Z"),
            views("1", "2026-07-31T10:00:00Z", 100),
            views("1", "2026-08-11T10:00:00Z", 160),
            views("1", "2026-08-19T11:00:00Z", 200),
            post("2", "mia", "2026-08-19T11:30:00Z"),
            followers("mia", "2026-07-30T10:00:00Z", 900),
            followers("mia", "2026-07-31T10:00:00Z", 1_000),
            followers("mia", "2026-08-11T10:00:00Z", 1_100),
            followers("mia", "2026-08-19T11:00:00Z", 1_200),
        ])
        .await;
    let mia = world.creator("mia").await;
    let posts = store.post_evidence(project_id, mia, &august(), NOW).await.unwrap();
    let ids: Vec<&str> = posts.iter().map(|post| post.tiktok_video_id.as_str()).collect();
    assert_eq!(ids, ["2", "1"], "newest first");
    assert_eq!(posts[1].window.known_before.views, Some(100));
    assert_eq!(posts[1].window.snapshots.len(), 2);
    let early = at("2026-08-19T10:00:00Z");
    let posts = store.post_evidence(project_id, mia, &august(), early).await.unwrap();
    assert_eq!(posts[1].window.snapshots.len(), 1);
    let not_yet = posts[0].window.explain(Metric::Posts, &august(), early);
    assert_eq!(not_yet, (PostReason::OutsidePeriod, 0), "published later than the instant asked about");

    let readings = store.follower_evidence(project_id, mia, &august(), NOW).await.unwrap();
    assert_eq!(readings.readings.iter().map(|reading| reading.followers).collect::<Vec<_>>(), [1_000, 1_100, 1_200]);
    let readings = store.follower_evidence(project_id, mia, &august(), early).await.unwrap();
    assert_eq!(readings.readings.iter().map(|reading| reading.followers).collect::<Vec<_>>(), [1_000, 1_100]);
}

#[tokio::test]
async fn facts_later_than_as_of_are_taken_out_of_its_day() {
    let world = World::new().await;
    world
        .accept(vec![
            post("1", "mia", "2026-08-18T10:00:00Z"),
            views("1", "2026-08-19T08:00:00Z", 100),
            views("1", "2026-08-19T11:00:00Z", 150),
        ])
        .await;
    world
        .store
        .update_creator(
            world.id(),
            world.creator("mia").await,
            &CreatorChange {
                handle: handle("mia"),
                display_name: None,
                tracking_mode: TrackingMode::Auto,
                tracking_start_date: Some(date("2026-08-02")),
            },
            NOW,
        )
        .await
        .unwrap();
    world.add_goal("mia", &goal("views", "daily", 500)).await;
    let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    let early = at("2026-08-19T09:00:00Z");
    assert!(program.know_more_than(early) && !program.know_more_than(NOW));
    let corrections = world.store.corrections_as_of(&program, early).await.unwrap();
    assert_eq!(corrections.len(), 1);
    assert_eq!(corrections[0].gains.views, 100);
    assert_eq!(corrections[0].looks.latest(), Some(at("2026-08-19T08:00:00Z")));
    assert_eq!(world.actual("mia", early).await, 100);
    assert_eq!(world.actual("mia", NOW).await, 150);
}

#[tokio::test]
async fn day_buckets_hold_what_was_gained_on_each_local_day() {
    let world = World::in_zone("Asia/Seoul").await;
    world
        .accept(vec![
            // Midnight in Seoul is 15:00 UTC.
            post("1", "mia", "2026-08-17T14:59:59Z"),
            post("2", "mia", "2026-08-17T15:00:00Z"),
            followers("mia", "2026-08-17T14:00:00Z", 10),
            followers("mia", "2026-08-17T16:00:00Z", 15),
        ])
        .await;
    let mia = world.creator("mia").await;
    let days = world.store.creator_days(world.id(), mia, day("2026-08-02")..day("2026-09-01")).await.unwrap();
    let gained: Vec<_> = days.iter().map(|row| (row.day, row.gains.posts, row.gains.followers)).collect();
    assert_eq!(gained, [(day("2026-08-17"), 1, 0), (day("2026-08-18"), 1, 5)]);
    assert_eq!(days[1].looks.latest(), Some(at("2026-08-17T16:00:00Z")));
    assert_eq!(days[1].last_published_at, Some(at("2026-08-17T15:00:00Z")));

    world.store.update_project(world.id(), &project_in(Zone::UTC)).await.unwrap();
    let days = world.store.creator_days(world.id(), mia, day("2026-08-02")..day("2026-09-01")).await.unwrap();
    let gained: Vec<_> = days.iter().map(|row| (row.day, row.gains.posts, row.gains.followers)).collect();
    assert_eq!(gained, [(day("2026-08-17"), 2, 5)], "a new time zone re-books");
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn a_program_held_in_memory_follows_every_change() {
    let world = World::new().await;
    let (store, project_id) = (&world.store, world.id());
    let held = async || store.program(project_id, NOW).await.unwrap().unwrap();
    let fresh = async || SqlStore::open(&world.url).await.unwrap().program(project_id, NOW).await.unwrap().unwrap();
    assert!(held().await.creators.is_empty());
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z"), profile("noa", "Noa")]).await;
    assert_eq!(held().await, fresh().await);
    assert!(std::sync::Arc::ptr_eq(&held().await, &held().await), "kept while nothing changes");
    let goal_id = world.add_goal("mia", &goal("posts", "weekly", 5)).await;
    assert_eq!(held().await, fresh().await);
    world.accept(vec![views("1", "2026-08-18T10:00:00Z", 5), followers("noa", "2026-08-18T10:00:00Z", 5)]).await;
    assert_eq!(held().await, fresh().await);
    store.delete_goal(project_id, goal_id, NOW).await.unwrap();
    assert_eq!(held().await, fresh().await);
    store.set_membership(project_id, world.creator("noa").await, Membership::Removed, NOW).await.unwrap();
    assert_eq!(held().await, fresh().await);
    let exclude = TrackingDecision::status(TrackingStatus::Excluded);
    store.review_posts(project_id, &[a_post(&world, "1").await], &review(exclude), NOW).await.unwrap();
    assert_eq!(held().await, fresh().await);
    store.update_project(project_id, &project_in(zone("Pacific/Apia"))).await.unwrap();
    assert_eq!(held().await, fresh().await);
    // An earlier instant needs earlier days, and gets them.
    let long_ago = store.program(project_id, at("2024-10-02T00:00:00Z")).await.unwrap().unwrap();
    assert!(long_ago.first_day <= day("2024-09-01"));
    assert_eq!(store.program(ProjectId::new(), NOW).await.unwrap(), None);
}

#[tokio::test]
async fn each_fact_has_its_outcome() {
    let world = World::new().await;
    let facts = vec![
        post("1", "mia", "2026-08-18T10:00:00Z"),
        views("1", "2026-08-18T12:00:00Z", 50),
        views("9", "2026-08-18T12:00:00Z", 50),
        followers("mia", "2026-08-18T12:00:00Z", 5),
        collection("mia", "2026-08-18T13:00:00Z"),
        profile("mia", "Mia"),
    ];
    let outcomes = world.outcomes(facts.clone()).await;
    assert!(
        outcomes.iter().enumerate().all(|(place, outcome)| match place {
            2 => *outcome == FactOutcome::Parked,
            _ => *outcome == FactOutcome::Accepted,
        }),
        "{outcomes:?}"
    );
    let version = world.now_project().await.version;
    assert_eq!(world.outcomes(facts).await, vec![FactOutcome::Duplicate; 6]);
    assert_eq!(world.now_project().await.version, version);

    let correction = world.outcomes(vec![views("1", "2026-08-18T12:00:00Z", 40)]).await;
    assert_eq!(correction, [FactOutcome::Accepted]);
    let code = |outcome: &FactOutcome| match outcome {
        FactOutcome::Rejected { field, code, .. } => (*field, code.name()),
        other => panic!("{other:?}"),
    };
    let refused = world
        .outcomes(vec![
            post("1", "noa", "2026-08-18T10:00:00Z"),
            post("2", "mia", "2026-08-19T12:05:00.001Z"),
            views("1", "2026-08-19T12:05:00.001Z", 1),
            followers("mia", "2026-08-19T12:05:00.001Z", 1),
            collection("mia", "2026-08-19T12:05:00.001Z"),
        ])
        .await;
    assert_eq!(
        refused.iter().map(code).collect::<Vec<_>>(),
        [
            ("tiktok_video_id", "conflict"),
            ("published_at", "in_the_future"),
            ("captured_at", "in_the_future"),
            ("captured_at", "in_the_future"),
            ("collected_at", "in_the_future"),
        ]
    );
    assert_eq!(world.outcomes(vec![collection("mia", "2026-08-19T12:05:00Z")]).await, [FactOutcome::Accepted]);

    let strict = AcceptTerms { create_creators: false, ..terms() };
    let unknown = vec![post("5", "zoe", "2026-08-18T10:00:00Z"), post("6", "mia", "2026-08-18T10:00:00Z")];
    let outcomes = world.store.accept(world.id(), unknown, &strict).await.unwrap().outcomes;
    assert_eq!(code(&outcomes[0]), ("tiktok_handle", "unknown_creator"));
    assert_eq!(outcomes[1], FactOutcome::Accepted, "one bad fact never takes another with it");
}

#[tokio::test]
async fn stats_wait_for_their_post_and_count_when_it_arrives() {
    let world = World::new().await;
    world.accept(vec![profile("mia", "Mia")]).await;
    world.add_goal("mia", &goal("views", "weekly", 500)).await;
    world.accept(vec![views("1", "2026-08-18T12:00:00Z", 50), views("1", "2026-08-18T13:00:00Z", 70)]).await;
    assert_eq!(world.store.parked_count(world.id()).await.unwrap(), 2);
    assert_eq!(world.actual("mia", NOW).await, 0);
    world.accept(vec![post("1", "mia", "2026-08-18T11:00:00Z")]).await;
    assert_eq!(world.store.parked_count(world.id()).await.unwrap(), 0);
    assert_eq!(world.actual("mia", NOW).await, 70);
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn changes_from_many_tasks_at_once_are_all_kept() {
    let world = World::new().await;
    world.accept(vec![profile("mia", "Mia")]).await;
    let facts = |number: i64| {
        let video_id = number.to_string();
        let published_at: Instant = at("2026-08-18T10:00:00Z").plus_millis(number);
        vec![
            Fact::Post(PostFact {
                tiktok_video_id: video_id.clone(),
                handle: Some(handle("mia")),
                kind: None,
                published_at,
                url: None,
                description: None,
                tracking_status: None,
            }),
            views(&video_id, "2026-08-18T12:00:00Z", 1),
        ]
    };
    let tasks: Vec<_> = (0..40)
        .map(|number| {
            let (store, project_id, facts) = (world.store.clone(), world.id(), facts(number));
            tokio::spawn(async move { store.accept(project_id, facts, &terms()).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let totals = world.store.creator_totals(world.id(), &[world.creator("mia").await]).await.unwrap();
    assert_eq!((totals[0].posts, totals[0].views), (40, 40));
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn a_first_reading_corrected_to_a_placeholder_leaves_what_comes_with_it() {
    for newest in [0, 70] {
        let world = World::new().await;
        world.accept(vec![followers("mia", "2026-08-15T00:00:00Z", 100)]).await;
        let told = world
            .outcomes(vec![
                followers("mia", "2026-08-19T00:00:00Z", newest),
                followers("mia", "2026-08-15T00:00:00Z", 0),
            ])
            .await;
        assert_eq!(told, [FactOutcome::Accepted, FactOutcome::Accepted]);
        let creator = world.store.creator(world.id(), world.creator("mia").await).await.unwrap().unwrap();
        assert_eq!(creator.followers, (newest > 0).then_some(newest), "only placeholders are as good as nothing");
        assert_eq!(world.stale_days().await, 0);
        world.accept(vec![followers("mia", "2026-08-19T01:00:00Z", 80)]).await;
        assert_eq!(world.stale_days().await, 0);
    }
}
