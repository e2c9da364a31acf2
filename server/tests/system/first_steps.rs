//! Tests of the way from an empty database to the first verdict, and of what is copied for a message.

use super::short::{collection, goal, goal_between, new_creator, post, views};
use super::support::{NOW, World, text};
use axum::http::{StatusCode, header};

const HTML: &str = "text/html";

async fn overview(world: &World) -> String {
    text(world.get(&format!("/projects/{}", world.id())).await).await
}

/// Returns the headings of the steps, with whether each is the next.
fn steps(page: &str) -> Vec<(String, bool)> {
    let Some((_, list)) = page.split_once("aria-label=\"First steps\"") else { return Vec::new() };
    let list = list.split("</ol>").next().unwrap();
    let step = |item: &str| {
        let title = item.split("<h2 class=\"font-semibold\">").nth(1).unwrap().split('<').next().unwrap();
        (title.to_owned(), item.contains("aria-current=\"step\""))
    };
    list.split("<li ").skip(1).map(|item| step(&format!("<li {item}"))).collect()
}

#[tokio::test]
async fn the_checklist_of_a_new_program_goes_on_by_itself_and_ends() {
    let world = World::new().await;
    let named = |next: usize| {
        let titles = ["Add creators", "Give them a goal", "Bring in numbers"];
        titles.iter().enumerate().map(|(place, title)| ((*title).to_owned(), place == next)).collect::<Vec<_>>()
    };
    let page = overview(&world).await;
    assert_eq!(steps(&page), named(0), "{page}");
    assert!(page.contains("action=\"/demo\""), "{page}");
    world.store.add_creators(world.id(), &[new_creator("mia")], NOW).await.unwrap();
    let page = overview(&world).await;
    assert_eq!(steps(&page), named(1), "{page}");
    assert!(page.contains("Done: 1 creator.") && page.contains("/goals/assign?from=overview"), "{page}");
    world.add_goal("mia", &goal("posts", "weekly", 3)).await;
    let page = overview(&world).await;
    assert_eq!(steps(&page), named(2), "{page}");
    assert!(page.contains("title=\"@mia\""), "the list is there as well: {page}");
    world.accept(vec![collection("mia", "2026-08-19T11:00:00Z")]).await;
    assert_eq!(steps(&overview(&world).await), []);
}

#[tokio::test]
async fn the_demo_opens_beside_other_projects_and_is_made_once() {
    let world = World::new().await;
    let first = world.post("/demo", HTML, &[]).await;
    assert_eq!(first.status(), StatusCode::SEE_OTHER);
    let demo = first.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let page = text(world.get(&demo).await).await;
    assert!(page.contains("Autumn Launch (demo)"), "{page}");
    let again = world.post("/demo", HTML, &[]).await;
    assert_eq!(again.headers()[header::LOCATION], demo);
    assert_eq!(world.store.projects().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_project_is_made_in_the_zone_of_a_city() {
    let world = World::new().await;
    let form = |zone| {
        [
            ("name", "Spring"),
            ("time_zone", zone),
            ("week_start", "monday"),
            ("early_grace_percent", "10"),
            ("collection_interval_hours", "24"),
        ]
    };
    for (city, zone) in [("berlin", "Europe/Berlin"), (" New york ", "America/New_York"), ("München", "Europe/Berlin")]
    {
        let answer = world.post("/forms/create_project", HTML, &form(city)).await;
        let page = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
        let settings = text(world.get(&format!("{page}/settings")).await).await;
        assert!(settings.contains(&format!("value=\"{zone}\" ")), "{city}: {settings}");
    }
    let refused = text(world.post("/forms/create_project", HTML, &form("Atlantis")).await).await;
    assert!(refused.contains("“Atlantis” is not a known time zone"), "{refused}");
}

#[tokio::test]
async fn a_message_says_what_the_badges_say() {
    let world = World::new().await;
    world.store.add_creators(world.id(), &[new_creator("ana")], NOW).await.unwrap();
    world.add_goal("ana", &goal("posts", "weekly", 5)).await;
    world.add_goal("ana", &goal_between("views", "monthly", 9, "2030-01-01", "")).await;
    let (ana, project) = (world.creator("ana").await.to_string(), world.id().to_string());
    let page = world.post("/forms/plan_message", HTML, &[("project_id", project.as_str()), ("creator[]", &ana)]).await;
    let page = page.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let page = text(world.get(&page).await).await;
    assert!(page.contains("Posts weekly: 0 of 5. No data yet."), "{page}");
    assert!(page.contains("Views monthly: 0 of 9. Starts 1 Jan 2030."), "{page}");
}

#[tokio::test]
async fn handles_and_a_message_are_facts_in_the_words_of_the_overview() {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-17T10:00:00Z"), views("1", "2026-08-19T11:00:00Z", 5)]).await;
    world.store.add_creators(world.id(), &[new_creator("ana")], NOW).await.unwrap();
    world.add_goal("mia", &goal("posts", "weekly", 5)).await;
    let (mia, ana) = (world.creator("mia").await.to_string(), world.creator("ana").await.to_string());
    let project = world.id().to_string();
    let form = [("project_id", project.as_str()), ("creator[]", &mia), ("creator[]", &ana)];
    let answer = world.post("/forms/plan_message", HTML, &form).await;
    let page = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let page = text(world.get(&page).await).await;
    assert!(page.contains("@mia\n@ana</textarea>"), "{page}");
    assert!(page.contains("Posts weekly: 1 of 5. At Risk, 4 more by Sun."), "{page}");
    assert!(page.contains("ANA (@ana)\nNo goals."), "{page}");
    assert!(page.contains("As of 19 Aug 2026"), "{page}");
    let nobody = text(world.get(&format!("/projects/{project}/message?who=nonsense")).await).await;
    assert!(nobody.contains("No creator was ticked"), "{nobody}");
}
