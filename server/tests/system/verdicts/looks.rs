//! Tests of which collections a verdict is measured by, and of those that a file reports.

use super::{bring_in, compliance_at, judged, look};
use crate::program::Program;
use crate::short::{at, followers, goal, post, views};
use crate::support::{NOW, World};
use compliance::{Scope, Status};
use rstest::rstest;
use serde_json::json;

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
