//! Tests of forms and programs at the server functions: a refused form is returned with what was typed, a program gets
//! a typed error.

use super::markup::page::{Field, Page};
use super::short;
use super::support::{NOW, World, location, post, text, views};
use super::waiting_posts::tracked_for_a_month;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use compliance::Instant;
use compliance::tracking::TrackingMode;
use program::creators::record::Membership;
use rstest::rstest;
use uuid::Uuid;

const HTML: &str = "text/html";
const JSON: &str = "application/json";

/// The fields of a form.
type Fields<'a> = &'a [(&'a str, &'a str)];

async fn world_of_mia() -> (World, String, String) {
    let world = World::new().await;
    world.accept(vec![post("1", NOW), views("1", NOW, 50)]).await;
    let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    let (project, creator) = (world.id().to_string(), program.creators[0].creator.creator_id.to_string());
    (world, project, creator)
}

fn goal<'a>(
    project: &'a str,
    creator: &'a str,
    target: &'a str,
    start: &'a str,
    end: &'a str,
) -> [(&'a str, &'a str); 7] {
    [
        ("project_id", project),
        ("creator_id", creator),
        ("metric", "posts"),
        ("period", "weekly"),
        ("target_value", target),
        ("start_date", start),
        ("end_date", end),
    ]
}

#[rstest]
#[case("0", "", "", "The target must be at least 1.")]
#[case("-1", "", "", "The target must be at least 1.")]
#[case("1.5", "", "", "1.5 is not a whole number. Enter one such as 15 or 10k.")]
#[case("1.500k", "", "", "1.500k can be read in two ways. Write out every digit.")]
#[case("15 posts", "", "", "15 posts is not a whole number. Enter one such as 15 or 10k.")]
#[case("10000000000000000000", "", "", "The target may be at most 1,000,000,000,000.")]
#[case("", "", "", "Enter a target.")]
#[case("5", "2026-09-02", "2026-09-01", "The end date is before the start date.")]
#[case("5", "2026-02-30", "", "This date does not exist.")]
#[tokio::test]
async fn a_bad_goal_is_refused_at_its_field_with_what_was_typed(
    #[case] target: &str,
    #[case] start: &str,
    #[case] end: &str,
    #[case] sentence: &str,
) {
    let (world, project, creator) = world_of_mia().await;
    let form = goal(&project, &creator, target, start, end);
    let sent_back = world.post("/forms/create_goal", HTML, &form).await;
    assert_eq!(sent_back.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(sent_back).await;
    assert!(page.contains(sentence), "{page}");
    assert!(page.contains(&format!("value=\"{target}\"")), "{page}");

    let told = world.post("/forms/create_goal", JSON, &form).await;
    assert_eq!(told.status(), StatusCode::BAD_REQUEST);
    assert!(text(told).await.contains(sentence));
    let goals = world.store.goals(world.id(), creator.parse().unwrap()).await.unwrap();
    assert!(goals.is_empty(), "nothing was made");
}

#[tokio::test]
async fn a_second_goal_over_the_same_dates_is_a_conflict() {
    let (world, project, creator) = world_of_mia().await;
    let form = goal(&project, &creator, "5", "", "");
    let made = world.post("/forms/create_goal", HTML, &form).await;
    assert!(location(&made).contains("done=goal_added"));
    assert_eq!(world.post("/forms/create_goal", JSON, &form).await.status(), StatusCode::CONFLICT);
    let before = goal(&project, &creator, "5", "2026-01-01", "2026-02-01");
    assert!(location(&world.post("/forms/create_goal", HTML, &before).await).contains("done=goal_added"));
}

#[tokio::test]
async fn ids_of_another_project_are_not_found() {
    let (world, project, _) = world_of_mia().await;
    let stranger = Uuid::now_v7().to_string();
    let answer = world.post("/forms/create_goal", JSON, &goal(&project, &stranger, "5", "", "")).await;
    assert!(text(answer).await.contains("not_found"));
    for path in ["goals", "posts", "settings", "goals/new"] {
        let page = world.get(&format!("/projects/{project}/creators/{stranger}/{path}")).await;
        assert_eq!(page.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(world.get(&format!("/projects/{stranger}")).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(world.get("/projects/nonsense").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let (world, project, creator) = world_of_mia().await;
    let request = Request::builder()
        .method("POST")
        .uri("/forms/remove_creator")
        .header(header::HOST, "localhost")
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("project_id={project}&creator_id={creator}")))
        .unwrap();
    assert_eq!(world.send(request).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(world.store.program(world.id(), NOW).await.unwrap().unwrap().creators.len(), 1);
}

#[tokio::test]
async fn pasted_handles_and_addresses_become_creators_and_bad_ones_come_back() {
    let (world, project, _) = world_of_mia().await;
    let form = |handles| [("project_id", project.as_str()), ("handles", handles), ("tracking_mode", "selective")];
    let good = form("@Theo\nhttps://www.tiktok.com/@ana?lang=en\nmia");
    let done = location(&world.post("/forms/add_creators", HTML, &good).await);
    assert!(done.contains("added=2") && done.contains("present=1"), "{done}");
    let bad = world.post("/forms/add_creators", HTML, &form("zoe\nhttps://youtube.com/@x\nno!")).await;
    assert_eq!(bad.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(bad).await;
    assert!(page.contains("Added 1 creator."), "what could be read is in: {page}");
    assert!(page.contains("Not TikTok handles: “https://youtube.com/@x”, “no!”."), "{page}");
    assert!(page.contains(">https://youtube.com/@x\nno!</textarea>"), "only what could not be read is left: {page}");
    let nothing = world.post("/forms/add_creators", HTML, &form(" \n ,")).await;
    let page = text(nothing).await;
    assert!(page.contains("Enter at least one TikTok handle."), "{page}");
}

#[tokio::test]
async fn ten_thousand_handles_are_pasted_at_once_and_a_flood_of_bad_ones_is_counted() {
    let (world, project, _) = world_of_mia().await;
    let good = (0..10_000).map(|number| format!("https://www.tiktok.com/@creator{}", number % 9_000));
    let bad = (0..3_000).map(|number| format!("no!{number}"));
    let handles = good.chain(bad).collect::<Vec<_>>().join("\n");
    let form = [("project_id", project.as_str()), ("handles", &handles), ("tracking_mode", "auto")];
    let page = text(world.post("/forms/add_creators", HTML, &form).await).await;
    assert!(page.contains("Added 9,000 creators."), "{page}");
    assert!(page.contains("“no!4” and 2,995 more."), "{page}");
    assert!((0..3_000).all(|number| page.contains(&format!("no!{number}"))), "every bad one is there to correct");
    assert_eq!(world.standings(NOW).await.len(), 9_001);
}

#[tokio::test]
async fn a_post_added_by_its_address_is_published_when_its_id_says() {
    let (world, project, creator) = world_of_mia().await;
    let published_at = NOW.plus_millis(-7_200_000);
    let address_of = |at: Instant| format!("https://www.tiktok.com/@mia/video/{}", (at.millis() / 1_000) << 32);
    let address = address_of(published_at);
    let form = |address| [("project_id", project.as_str()), ("creator_id", creator.as_str()), ("address", address)];
    assert!(location(&world.post("/forms/add_post", HTML, &form(&address)).await).contains("done=post_added"));
    let page = world
        .store
        .posts(world.id(), creator.parse().unwrap(), &program::posts::record::PostsQuery::default())
        .await
        .unwrap();
    assert!(page.posts.iter().any(|post| post.published_at == published_at));
    let other = address.replace("@mia", "@ana");
    let page = text(world.post("/forms/add_post", HTML, &form(&other)).await).await;
    assert!(page.contains("This post belongs to another account.") && page.contains(&other), "{page}");
    let page = text(world.post("/forms/add_post", HTML, &form("hello")).await).await;
    assert!(page.contains("Enter the address of a TikTok post") && page.contains("value=\"hello\""), "{page}");
    let ahead = address_of(NOW.plus_millis(3_600_000));
    let page = text(world.post("/forms/add_post", HTML, &form(&ahead)).await).await;
    assert!(page.contains("The id of this post lies in the future."), "{page}");

    // Another creator has it already.
    let taken = address_of(NOW).rsplit_once('/').unwrap().1.to_owned();
    world.accept(vec![short::post(&taken, "theo", "2026-08-18T10:00:00Z")]).await;
    let page = text(world.post("/forms/add_post", HTML, &form(&taken)).await).await;
    assert!(page.contains("This post belongs to another creator of this project."), "{page}");

    let mia = creator.parse().unwrap();
    world.store.set_membership(world.id(), mia, Membership::Removed, NOW).await.unwrap();
    let answer = world.post("/forms/add_post", HTML, &form(&address)).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let page = text(answer).await;
    assert!(page.contains("This creator was removed from the program") && page.contains(&address), "{page}");
}

#[tokio::test]
async fn a_view_whose_search_is_too_long_is_refused_with_the_search_kept() {
    let (world, project, _) = world_of_mia().await;
    world.add_goal("mia", &short::goal("posts", "weekly", 3)).await;
    let query = format!("?q={}", "%EA%B0%80".repeat(200));
    let form = [("project_id", project.as_str()), ("view_name", "Korean"), ("query", &query)];
    let answer = world.post("/forms/save_view", HTML, &form).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(answer).await;
    assert!(page.contains("its search is too long") && page.contains("value=\"Korean\""), "{page}");
    assert!(page.contains(&"\u{ac00}".repeat(200)), "{page}");
    assert_eq!(world.texts("SELECT name FROM saved_views").await, [""; 0]);
    let of_a_program = world.post("/forms/save_view", JSON, &[&form[..2], &[("query", "javascript:1")]].concat()).await;
    assert_eq!(of_a_program.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn fifty_ticked_creators_get_a_preview_without_their_ids_in_an_address() {
    let world = World::new().await;
    let new: Vec<_> = (0..50).map(|number| tracked_for_a_month(&format!("c{number}"), TrackingMode::Auto)).collect();
    world.store.add_creators(world.id(), &new, NOW).await.unwrap();
    let project = world.id().to_string();
    let list = Page::read(&text(world.get(&format!("/projects/{project}/creators")).await).await, true);
    let ticked = list.forms().into_iter().find(|form| form.sends_to("/forms/plan_assignment")).unwrap();
    assert_eq!(ticked.method, "post");
    let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    let ids: Vec<String> = program.creators.iter().map(|program| program.creator.creator_id.to_string()).collect();
    let mut form = vec![("project_id", project.as_str())];
    form.extend(ids.iter().map(|id| ("creator[]", id.as_str())));
    let back = format!("/projects/{project}/creators");
    form.push(("back", &back));
    let preview = location(&world.post("/forms/plan_assignment", HTML, &form).await);
    let terms = "&metric=posts&period=weekly&target_value=3&preview=1";
    for (terms, told) in [("", "Give 50 creators a goal"), (terms, "What would happen: 50 added")] {
        let html = text(world.get(&format!("{preview}{terms}")).await).await;
        assert!(html.contains(told), "{html}");
        let asks = Page::read(&html, true).forms();
        let asks = asks.iter().find(|form| form.method == "get" && form.fields.iter().any(Field::is_typed)).unwrap();
        assert!(asks.fields.iter().any(|field| field.name == "who" && field.value.len() == 1_067));
    }
    // No list shows more of them.
    let more: Vec<_> = form.iter().copied().chain([("creator[]", ids[0].as_str())]).collect();
    let answer = world.post("/forms/plan_assignment", HTML, &more).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(answer).await.contains("Tick at most 50 creators at a time."));
    let gone = [("project_id", "00000000-0000-7000-8000-000000000000"), ("creator[]", &ids[0])];
    let gone = location(&world.post("/forms/plan_assignment", HTML, &gone).await);
    assert_eq!(world.get(&gone).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_goal_that_would_cover_no_day_is_refused_at_its_end() {
    let (world, project, creator) = world_of_mia().await;
    let form = goal(&project, &creator, "5", "", "2020-01-01");
    for (action, extra) in
        [("/forms/create_goal", vec![]), ("/forms/assign_goal", vec![("creators", creator.as_str())])]
    {
        let answer = world.post(action, HTML, &[&form[..], &extra].concat()).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{action}");
        let page = text(answer).await;
        assert!(page.contains("The end date is before the period in which the goal is made"), "{page}");
        assert!(page.contains("value=\"2020-01-01\""), "{page}");
    }
    assert_eq!(world.texts("SELECT metric FROM goals").await, [""; 0]);
    let undated = goal(&project, &creator, "5", "", "");
    assert_eq!(world.post("/forms/create_goal", HTML, &undated).await.status(), StatusCode::SEE_OTHER);
    let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    let goal_id = program.creators[0].goals[0].goal_id.to_string();
    let edit = [
        ("project_id", project.as_str()),
        ("creator_id", &creator),
        ("goal_id", &goal_id),
        ("target_value", "5"),
        ("end_date", "2020-01-01"),
    ];
    let answer = world.post("/forms/edit_goal", HTML, &edit).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(answer).await;
    assert!(page.contains("The end date is before the period in which the goal is made"), "{page}");
    let kept = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    assert_eq!(kept.creators[0].goals[0].goal.terms().end_date, None);
    // With a start it is a goal of the past.
    let form = goal(&project, &creator, "5", "2019-12-01", "2020-01-01");
    assert_eq!(world.post("/forms/create_goal", HTML, &form).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_refused_form_says_why_even_if_it_has_no_page_or_no_field_for_it() {
    let (world, project, creator) = world_of_mia().await;
    let nobody = Uuid::now_v7().to_string();
    let cases: [(&str, Fields, StatusCode, &str); 5] = [
        (
            "/forms/add_to_campaign",
            &[("campaign_id", &nobody), ("items", "@x")],
            StatusCode::NOT_FOUND,
            "no longer exists",
        ),
        ("/forms/create_goal", &goal(&project, &nobody, "x", "", "")[1..], StatusCode::NOT_FOUND, "no longer exists"),
        ("/forms/review_posts", &[("post[]", &nobody)], StatusCode::UNPROCESSABLE_ENTITY, "Choose approve"),
        (
            "/forms/assign_goal",
            &goal(&project, &creator, "5", "", "")[1..],
            StatusCode::UNPROCESSABLE_ENTITY,
            "Choose 1 to 10,000",
        ),
        (
            "/forms/update_notes",
            &[("creator_id", &creator)],
            StatusCode::UNPROCESSABLE_ENTITY,
            "The form is not complete",
        ),
    ];
    for (action, fields, status, sentence) in cases {
        let answer = world.post(action, HTML, &[&[("project_id", project.as_str())], fields].concat()).await;
        assert_eq!(answer.status(), status, "{action}");
        let page = text(answer).await;
        assert!(page.contains(sentence), "{action}: {page}");
    }
}

#[tokio::test]
async fn a_list_whose_address_is_too_long_is_returned_to_without_its_query() {
    let (world, project, _) = world_of_mia().await;
    let post = world.store.post_ids(world.id(), &["1"]).await.unwrap()["1"].to_string();
    let inbox = format!("/projects/{project}/inbox");
    for (search, kept) in [(100, true), (3_000, false)] {
        let back = format!("{inbox}?q={}", "a".repeat(search));
        let form = [("project_id", project.as_str()), ("post[]", &post), ("decision", "exclude"), ("back", &back)];
        let led_to = location(&world.post("/forms/review_posts", HTML, &form).await);
        assert_eq!(led_to.starts_with(&back), kept, "{led_to}");
        assert!(led_to.starts_with(&inbox) && led_to.contains("reviewed="), "{led_to}");
    }
}
