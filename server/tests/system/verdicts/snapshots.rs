//! Tests of counters at the instant of a verdict, and before the publication of their post.

use super::{compliance_at, judged};
use crate::program::Program;
use crate::short::{at, collection, day, goal, goal_between, post, review, stats, views};
use crate::support::{NOW, World};
use compliance::Status;
use compliance::fact::Counters;
use compliance::tracking::TrackingStatus;
use program::reviews::record::TrackingDecision;
use serde_json::json;

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
    let exclude = review(TrackingDecision::status(TrackingStatus::Excluded));
    world.store.review_posts(world.id(), &[page.posts[0].post_id], &exclude, NOW).await.unwrap();
    assert_eq!(world.actual("mia", NOW).await, 0);
    assert_eq!(world.stale_days().await, 0);
}
