//! Tests of lists of posts in the store, and of decisions on them.

use super::short::{a_post, at, goal, handle, new_creator, post, review, stats, views};
use super::support::{NOW, World};
use compliance::fact::{Counters, Fact, PostFact, PostKind};
use compliance::tracking::{Tracking, TrackingMode, TrackingStatus};
use program::creators::record::NewCreator;
use program::posts::record::{PostSort, PostState, PostsQuery};
use program::reviews::record::{PendingQuery, TrackingDecision, TrackingSwitch};
use rstest::rstest;

#[tokio::test]
async fn posts_come_in_pages_filtered_and_sorted() {
    let world = World::new().await;
    let mut facts = Vec::new();
    for number in 0..60 {
        let video_id = format!("10{number:02}");
        facts.push(Fact::Post(PostFact {
            tiktok_video_id: video_id.clone(),
            handle: Some(handle("mia")),
            kind: Some(if number == 0 { PostKind::PhotoCarousel } else { PostKind::Video }),
            published_at: at("2026-08-02T00:00:00Z").plus_millis(number * 3_600_000),
            url: Some(format!("https://www.tiktok.com/@mia/video/{video_id}")),
            description: (number % 2 == 0).then(|| format!("Even Ääkkönen 100% {number}")),
            tracking_status: (number == 7).then_some(TrackingStatus::DirectAdd),
        }));
        let counters = Counters { views: Some(number), likes: Some(100 - number), ..Counters::default() };
        facts.push(stats(&video_id, "2026-08-11T00:00:00Z", counters));
    }
    world.accept(facts).await;
    let mia = world.creator("mia").await;
    let ask = async |query: PostsQuery| {
        let page = world.store.posts(world.id(), mia, &query).await.unwrap();
        let ids: Vec<String> = page.posts.iter().map(|post| post.tiktok_video_id.clone()).collect();
        (ids, page.total)
    };
    let (first, total) = ask(PostsQuery::default()).await;
    assert_eq!((first.len(), first[0].as_str(), first[49].as_str(), total), (50, "1059", "1010", 60));
    let (second, total) = ask(PostsQuery { page: 1, ..PostsQuery::default() }).await;
    assert_eq!((second.len(), second[0].as_str(), second[9].as_str(), total), (10, "1009", "1000", 60));
    assert_eq!(ask(PostsQuery { page: 9, ..PostsQuery::default() }).await, (vec![], 60));
    assert_eq!(ask(PostsQuery { sort: PostSort::Views, ..PostsQuery::default() }).await.0[0], "1059");
    assert_eq!(ask(PostsQuery { sort: PostSort::Engagement, ..PostsQuery::default() }).await.0[0], "1000");

    let search = |text: &str| PostsQuery { search: text.to_owned(), ..PostsQuery::default() };
    assert_eq!(ask(search("even")).await.1, 30);
    assert_eq!(ask(search("100% 4")).await.1, 6, "4 and 40 to 48: a percent sign is a percent sign");
    assert_eq!(ask(search("1033")).await, (vec!["1033".to_owned()], 1));
    assert_eq!(ask(search("no such caption")).await, (vec![], 0));

    let state = |state| PostsQuery { state, ..PostsQuery::default() };
    let added = PostState::Status(TrackingStatus::DirectAdd);
    assert_eq!(ask(state(added)).await, (vec!["1007".to_owned()], 1));
    let disable = TrackingDecision::switch(TrackingSwitch::Disabled);
    world.store.review_posts(world.id(), &[a_post(&world, "1012").await], &review(disable), NOW).await.unwrap();
    assert_eq!(ask(state(PostState::Disabled)).await, (vec!["1012".to_owned()], 1));

    let query = search("1000");
    let page = world.store.posts(world.id(), mia, &query).await.unwrap();
    let carousel = &page.posts[0];
    assert_eq!(carousel.kind, PostKind::PhotoCarousel);
    assert_eq!(carousel.url.as_deref(), Some("https://www.tiktok.com/@mia/video/1000"));
    assert_eq!((carousel.counters.views, carousel.counters.likes), (Some(0), Some(100)));
    assert_eq!(carousel.last_captured_at, Some(at("2026-08-11T00:00:00Z")));
}

#[tokio::test]
async fn a_review_decision_counts_at_once_and_is_recorded() {
    let world = World::new().await;
    let (store, project_id) = (&world.store, world.id());
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z"), views("1", "2026-08-18T12:00:00Z", 50)]).await;
    world.add_goal("mia", &goal("views", "weekly", 500)).await;
    let post_id = a_post(&world, "1").await;
    assert_eq!(world.actual("mia", NOW).await, 50);

    let steps = [
        (TrackingDecision::status(TrackingStatus::Excluded), 0),
        (TrackingDecision::switch(TrackingSwitch::Disabled), 0),
        (TrackingDecision::status(TrackingStatus::Included), 0),
        (TrackingDecision::switch(TrackingSwitch::Enabled), 50),
    ];
    for (place, (decision, actual)) in (0_i64..).zip(steps) {
        store.review_posts(project_id, &[post_id], &review(decision), NOW.plus_millis(place)).await.unwrap();
        assert_eq!(world.actual("mia", NOW).await, actual, "{decision:?}");
        assert_eq!(world.stale_days().await, 0);
    }
    let version = world.now_project().await.version;
    let same = TrackingDecision::status(TrackingStatus::Included);
    store.review_posts(project_id, &[post_id], &review(same), NOW).await.unwrap();
    assert_eq!(world.now_project().await.version, version, "a decision that changes nothing is none");

    let changes = store.tracking_changes(project_id, &[post_id]).await.unwrap();
    let included = Tracking { status: TrackingStatus::Included, disabled: true };
    assert_eq!(changes.len(), 4);
    assert_eq!(changes[0].changed_at, NOW.plus_millis(3), "newest first");
    assert_eq!((changes[0].from, changes[0].to), (included, Tracking { disabled: false, ..included }));
    assert_eq!(changes[3].from, Tracking { status: TrackingStatus::AutoTracked, disabled: false });
}

#[tokio::test]
async fn new_posts_of_a_selective_creator_wait_for_review() {
    let world = World::new().await;
    let new = NewCreator { tracking_mode: TrackingMode::Selective, ..new_creator("mia") };
    world.store.add_creators(world.id(), &[new], NOW).await.unwrap();
    world.accept(vec![post("1", "mia", "2026-08-19T10:00:00Z")]).await;
    world.add_goal("mia", &goal("posts", "weekly", 5)).await;
    assert_eq!(world.actual("mia", NOW).await, 0);
    let approve = TrackingDecision::status(TrackingStatus::Included);
    world.store.review_posts(world.id(), &[a_post(&world, "1").await], &review(approve), NOW).await.unwrap();
    assert_eq!(world.actual("mia", NOW).await, 1);
}

#[rstest]
#[case("été", "Été à Paris")]
#[case("ÉTÉ À", "Été à Paris")]
#[case("привет", "ПРИВЕТ, МИР")]
#[case("Мир", "ПРИВЕТ, МИР")]
#[case("STRASSE", "An der Straße")]
#[case("ΟΔΌΣ", "Η οδός μου")]
#[case("ﬁlm", "Film ab")]
#[case("e\u{301}te\u{301}", "Été à Paris")]
#[tokio::test]
async fn a_search_ignores_case_in_every_script(#[case] typed: &str, #[case] caption: &str) {
    let world = World::new().await;
    let described = |video_id: &str, description: &str, tracking_status| {
        Fact::Post(PostFact {
            tiktok_video_id: video_id.to_owned(),
            handle: Some(handle("mia")),
            kind: None,
            published_at: at("2026-08-18T10:00:00Z"),
            url: None,
            description: Some(description.to_owned()),
            tracking_status,
        })
    };
    let pending = Some(TrackingStatus::PendingReview);
    world
        .accept(vec![
            described("1", caption, None),
            described("2", caption, pending),
            described("3", "Another caption", None),
            described("4", "Another caption", pending),
        ])
        .await;
    let search = typed.to_owned();
    let query = PostsQuery { search: search.clone(), ..PostsQuery::default() };
    let page = world.store.posts(world.id(), world.creator("mia").await, &query).await.unwrap();
    assert_eq!((page.posts.len(), page.total), (2, 2));
    let query = PendingQuery { search, ..PendingQuery::default() };
    let page = world.store.pending_posts(world.id(), &query).await.unwrap();
    assert_eq!((page.posts.len(), page.total), (1, 1));
}
