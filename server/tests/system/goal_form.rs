//! What the form of a goal says before the goal is made, without the islands: how the creator would have done with it, and
//! which other goal is in its way.

use super::short::{a_post, collection, goal, post, profile, review};
use super::support::{NOW, World, text};
use compliance::tracking::TrackingStatus;
use program::ids::GoalId;
use program::reviews::record::TrackingDecision;

/// Mia's posts in the weeks from 29 June to 10 August: 2, 3, 1, 3, 4, 3, 5, seen today; nothing is known of the week of 22 June.
const WEEKS: [(&str, usize); 7] = [
    ("2026-06-29", 2),
    ("2026-07-06", 3),
    ("2026-07-13", 1),
    ("2026-07-20", 3),
    ("2026-07-27", 4),
    ("2026-08-03", 3),
    ("2026-08-10", 5),
];

const COVERED: &str =
    "This creator already has a weekly posts goal over these dates. Edit that one, or choose other dates.";

async fn world_of_weeks() -> (World, String) {
    let world = World::new().await;
    let mut facts = vec![profile("mia", "Mia"), collection("mia", "2026-08-19T11:00:00Z")];
    for (monday, posts) in WEEKS {
        let id = monday.replace('-', "");
        facts.extend((0..posts).map(|n| post(&format!("{id}{n}"), "mia", &format!("{monday}T0{n}:00:00Z"))));
    }
    world.accept(facts).await;
    let goals = format!("/projects/{}/creators/{}/goals", world.id(), world.creator("mia").await);
    (world, goals)
}

async fn page(world: &World, path: &str) -> String {
    text(world.get(path).await).await
}

#[tokio::test]
async fn a_target_is_tried_on_the_last_eight_periods() {
    let (world, goals) = world_of_weeks().await;
    let ten = page(&world, &format!("{goals}/new?metric=posts&period=weekly&target_value=10")).await;
    assert!(ten.contains("10 posts a week"), "{ten}");
    assert!(ten.contains("Would have met 0 of the 7 weeks with data, of the last 8."), "{ten}");
    assert!(ten.contains("A target of 3 was met in 5 of 7 weeks, about 70 %."), "{ten}");
    assert!(ten.contains("From 10 Aug: 5 posts, missed") && ten.contains("From 22 Jun: no data"), "{ten}");

    let used = page(&world, &format!("{goals}/new?metric=posts&period=weekly&target_value=10&use=3")).await;
    assert!(used.contains("Would have met 5 of the 7 weeks with data, of the last 8."), "{used}");
    assert!(used.contains("From 29 Jun: 2 posts, missed") && used.contains("From 6 Jul: 3 posts, met"), "{used}");
    assert!(used.contains("value=\"3\"") && used.contains("hidden data-panel=\"use\""), "it is in the field: {used}");

    let untyped = page(&world, &format!("{goals}/new")).await;
    assert!(untyped.contains("A target of 3 was met in 5 of 7 weeks, about 70 %."), "{untyped}");
    let views = page(&world, &format!("{goals}/new?metric=views&period=weekly&target_value=10k")).await;
    assert!(views.contains("10,000 views a week"), "{views}");
    assert!(views.contains("None of the last 8 weeks has data to compare with."), "{views}");
}

#[tokio::test]
async fn posts_that_do_not_count_are_not_in_the_back_test() {
    let (world, goals) = world_of_weeks().await;
    let exclude = review(TrackingDecision::status(TrackingStatus::Excluded));
    world.store.review_posts(world.id(), &[a_post(&world, "202608100").await], &exclude, NOW).await.unwrap();
    let page = page(&world, &format!("{goals}/new?metric=posts&period=weekly&target_value=5")).await;
    assert!(page.contains("From 10 Aug: 4 posts, missed"), "{page}");
}

#[tokio::test]
async fn the_goal_in_the_way_is_named_with_its_address() {
    let (world, goals) = world_of_weeks().await;
    let (project, creator) = (world.id().to_string(), world.creator("mia").await.to_string());
    let form = [
        ("project_id", project.as_str()),
        ("creator_id", &creator),
        ("metric", "posts"),
        ("period", "weekly"),
        ("target_value", "5"),
        ("start_date", "2026-08-03"),
        ("end_date", "2026-08-30"),
    ];
    world.post("/forms/create_goal", "text/html", &form).await;
    let made: GoalId = world.store.goals(world.id(), creator.parse().unwrap()).await.unwrap()[0].goal_id;
    let link = format!(
        "href=\"{goals}/{made}/edit\" class=\"link inline-flex min-h-6 items-center\">5 posts, weekly, 3 Aug 2026 to 30 Aug 2026</a>"
    );

    let refused = text(world.post("/forms/create_goal", "text/html", &form).await).await;
    assert!(refused.contains(COVERED) && refused.contains(&link), "{refused}");
    let typing = format!("{goals}/new?metric=posts&period=weekly&target_value=5");
    for typed in [typing.clone(), format!("{goals}/new")] {
        let page = page(&world, &typed).await;
        assert!(page.contains(COVERED) && page.contains(&link), "{typed}: {page}");
    }

    for free in
        [format!("{typing}&start_date=2026-08-31"), typing.replace("weekly", "daily"), format!("{goals}/{made}/edit")]
    {
        let page = page(&world, &free).await;
        assert!(!page.contains(COVERED) && page.contains("Would have met"), "{free}: {page}");
    }
    world
        .post(
            "/forms/set_goal_active",
            "text/html",
            &[&form[..2], &[("goal_id", &made.to_string()), ("is_active", "false")]].concat(),
        )
        .await;
    assert!(!page(&world, &typing).await.contains(COVERED), "an ended goal is in nobody's way");
}

#[tokio::test]
async fn an_edit_that_ends_a_goal_in_a_closed_period_is_not_judged_by_its_new_terms() {
    let (world, goals) = world_of_weeks().await;
    world.add_goal("mia", &goal("posts", "weekly", 5)).await;
    let creator = world.creator("mia").await;
    let made = world.store.goals(world.id(), creator).await.unwrap()[0].goal_id;
    let ended =
        page(&world, &format!("{goals}/{made}/edit?target_value=4&start_date=2026-06-01&end_date=2026-08-09")).await;
    let note = "This goal would be over since 9 Aug 2026. Closed periods stay as they were judged.";
    assert!(ended.contains(note), "{ended}");
    let open =
        page(&world, &format!("{goals}/{made}/edit?target_value=4&start_date=2026-06-01&end_date=2026-08-17")).await;
    assert!(!open.contains("Closed periods stay as they were judged.</span>"), "{open}");
}

#[tokio::test]
async fn a_field_without_its_value_has_its_error_also_in_a_preview() {
    let (world, goals) = world_of_weeks().await;
    let form = "metric=posts&period=weekly&target_value=&start_date=2026-09-01&end_date=2026-08-01";
    let page = page(&world, &format!("{goals}/new?{form}")).await;
    assert!(page.contains("The end date is before the start date."), "{page}");
    assert!(!page.contains("Enter a target."), "nobody has sent it: {page}");
}

#[tokio::test]
async fn a_creator_of_whom_nothing_was_collected_is_not_shown_on_track() {
    let world = World::new().await;
    world.accept(vec![profile("mia", "Mia")]).await;
    let goals = format!("/projects/{}/creators/{}/goals", world.id(), world.creator("mia").await);
    let page = page(&world, &format!("{goals}/new?metric=posts&period=weekly&target_value=5")).await;
    assert!(page.contains("No data yet") && !page.contains("On Track"), "{page}");
    assert!(page.contains("None of the last 8 weeks has data to compare with."), "{page}");
}
