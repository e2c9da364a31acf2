//! Tests of the change log.

use super::short::{collection, followers, goal};
use super::support::{DAY, HOUR, NOW, World};
use super::waiting_posts::{APPROVE, EXCLUDE, seen, waiting};
use compliance::Status;
use compliance::timeline::Cause;
use program::changelog::{What, change_log};
use program::reviews::record::Review;
use rstest::rstest;
use std::collections::BTreeSet;

/// Checks at any time that the last change in the log of each goal's current period matches what the pages show.
#[rstest]
#[case(0, &["compliance", "creator", "milestone", "review"])]
#[case(9, &["compliance", "milestone", "review"])]
#[case(31, &["compliance", "milestone", "review"])]
#[case(50, &["compliance", "milestone", "review"])]
#[case(77, &["compliance", "milestone", "review"])]
#[case(131, &["compliance", "milestone"])]
#[tokio::test]
async fn the_change_log_agrees_with_the_pages(#[case] hours_ago: i64, #[case] kinds: &[&str]) {
    let (world, mia, posts) = waiting(12).await;
    let (store, id) = (&world.store, world.id());
    let mut facts = Vec::new();
    for number in 0..12_i64 {
        for step in 0..20_i64 {
            let captured_at = NOW.plus_millis(-step * 7 * HOUR - number * 60_000);
            facts.push(super::support::views(&number.to_string(), captured_at, 400 - step * 19 + number));
        }
    }
    for day in 0..12_i64 {
        let at = NOW.plus_millis(-day * DAY - 3 * HOUR);
        facts.push(followers(
            "mia",
            &chrono::DateTime::from_timestamp_millis(at.millis()).unwrap().to_rfc3339(),
            1_500 - day * 60,
        ));
    }
    world.accept(facts).await;
    // The pages show decisions as they stand now, whatever the instant, so none is made after it.
    for (place, post) in posts.iter().enumerate() {
        let decision = if place % 3 == 0 { EXCLUDE } else { APPROVE };
        let hours = i64::try_from(place).unwrap() * 11;
        if hours < hours_ago {
            continue;
        }
        store
            .review_posts(id, &[*post], &Review { seen: None, ..seen(decision) }, NOW.plus_millis(-hours * HOUR))
            .await
            .unwrap();
    }
    for (metric, period, target) in [
        ("posts", "weekly", 6),
        ("posts", "daily", 2),
        ("views", "weekly", 900),
        ("followers", "weekly", 300),
        ("views", "daily", 200),
    ] {
        world.add_goal("mia", &goal(metric, period, target)).await;
    }
    let as_of = NOW.plus_millis(-hours_ago * HOUR);
    let server = world.server_at(as_of);
    let log = change_log(&server, id, mia, None).await.unwrap();
    assert!(log.entries.is_sorted_by_key(|entry| std::cmp::Reverse(entry.at)));
    assert!(log.entries.iter().all(|entry| entry.at <= as_of));
    let standings = program::judged::Judged::now(&server, id).await.unwrap().standings();
    let mut compared = 0;
    for (goal_id, judged) in &standings[0].evaluations {
        let told = log.entries.iter().find_map(|entry| match &entry.what {
            What::Compliance { goal, change, .. }
                if goal.goal_id == *goal_id && change.window.start == judged.window.start =>
            {
                Some(change.to)
            }
            _ => None,
        });
        assert_eq!(told.unwrap_or(Status::OnTrack), judged.status, "{:?} {:?}", judged.metric, judged.cadence);
        compared += usize::from(told.is_some());
    }
    assert!(compared > 0, "some verdict changed");
    let told: BTreeSet<&str> = log.entries.iter().map(|entry| entry.what.kind().name()).collect();
    assert_eq!(told.into_iter().collect::<Vec<_>>(), kinds);
}

#[tokio::test]
async fn a_milestone_is_told_when_it_is_reached_and_not_when_it_is_reached_again() {
    let world = World::new().await;
    let read = |day: &str, count| followers("mia", &format!("{day}T10:00:00Z"), count);
    world.accept(vec![read("2026-01-10", 900), read("2026-01-20", 12_000), read("2026-02-01", 9_500)]).await;
    world.accept(vec![read("2026-08-10", 9_900), read("2026-08-15", 10_400), read("2026-08-18", 20_100)]).await;
    let (server, mia) = (world.server(), world.creator("mia").await);
    let told = async |last: Option<&str>| {
        let last = last.map(|day| day.parse().unwrap());
        let log = change_log(&server, world.id(), mia, last).await.unwrap();
        let reached = log.entries.iter().filter_map(|entry| match entry.what {
            What::Milestone(count) => Some(count),
            _ => None,
        });
        reached.collect::<Vec<_>>()
    };
    assert_eq!(told(None).await, [20_000], "10,000 were reached in January");
    assert_eq!(told(Some("2026-01-31")).await, [10_000]);
}

#[tokio::test]
async fn a_decision_is_told_as_the_cause_of_what_it_changed() {
    let (world, mia, posts) = waiting(2).await;
    let (store, id) = (&world.store, world.id());
    world.add_goal("mia", &goal("posts", "weekly", 2)).await;
    world.accept(vec![collection("mia", "2026-08-19T11:00:00Z")]).await;
    store.review_posts(id, &posts, &seen(APPROVE), NOW.plus_millis(-HOUR / 2)).await.unwrap();
    let log = change_log(&world.server(), id, mia, None).await.unwrap();
    let told = log.entries.iter().find_map(|entry| match &entry.what {
        What::Compliance { change, post, .. } => Some((entry.at, change.cause.clone(), change.to, post.is_some())),
        _ => None,
    });
    let (at, cause, to, names_a_post) = told.expect("a verdict changed");
    assert!(matches!(cause, Cause::Reviewed(_)), "{cause:?}");
    assert_eq!((at, to, names_a_post), (NOW.plus_millis(-HOUR / 2), Status::OnTrack, true));
}
