//! Tests of the search page.

use super::short::new_creator;
use super::support::{NOW, World, text};
use axum::http::StatusCode;
use program::search::MOST_FOUND;

async fn found(world: &World, query: &str) -> String {
    let html = text(world.get(&format!("/projects/{}/search{query}", world.id())).await).await;
    let main = html.split_once("<main").unwrap().1;
    main.split_once("</main>").unwrap().0.to_owned()
}

#[tokio::test]
async fn creators_are_found_by_name_and_handle_and_those_that_begin_with_the_text_come_first() {
    let world = World::new().await;
    let creators = ["anna.mia", "mia.k", "ben"].map(new_creator);
    world.store.add_creators(world.id(), &creators, NOW).await.unwrap();
    for query in ["?q=mia", "?q=%40MIA", "?q=+mia+"] {
        let html = found(&world, query).await;
        let (first, second) = (html.find("@mia.k"), html.find("@anna.mia"));
        assert!(first.is_some() && first < second, "{query}: {html}");
        assert!(!html.contains("@ben") && html.contains("Add a goal for MIA.K"), "{html}");
    }
    assert!(!found(&world, "").await.contains("@mia.k"), "nothing is searched for yet");
    assert!(found(&world, "?q=campaigns").await.contains("/campaigns\""));
}

#[tokio::test]
async fn a_text_that_nothing_is_called_is_said_back_as_text() {
    let world = World::new().await;
    let html = found(&world, "?q=%3Cb%3Enobody").await;
    assert!(html.contains("No results for “&lt;b&gt;nobody”."), "{html}");
}

#[tokio::test]
async fn of_many_creators_the_first_are_shown_with_a_link_to_all() {
    let world = World::new().await;
    let creators: Vec<_> = (0..30).map(|number| new_creator(&format!("mia{number}"))).collect();
    world.store.add_creators(world.id(), &creators, NOW).await.unwrap();
    let html = found(&world, "?q=mia").await;
    assert_eq!(html.matches("@mia").count(), MOST_FOUND, "{html}");
    assert!(html.contains("All 30 creators") && html.contains("/creators?q=mia\""), "{html}");
}

#[tokio::test]
async fn every_page_and_action_leads_somewhere() {
    let world = World::new().await;
    world.store.add_creators(world.id(), &[new_creator("mia")], NOW).await.unwrap();
    let html = found(&world, "").await;
    let links: Vec<&str> = html.split("href=\"").skip(1).filter_map(|link| link.split('"').next()).collect();
    assert!(links.len() > 10, "{links:?}");
    for link in links {
        let answer = world.get(link).await;
        assert!(answer.status().is_success(), "{link}: {}", answer.status());
        let page = text(answer).await;
        assert!(!page.contains("No creators chosen"), "{link}");
    }
}

#[tokio::test]
async fn a_project_that_does_not_exist_has_no_search() {
    let world = World::new().await;
    let answer = world.get("/projects/01a21e08-652c-7186-9aaf-0106bd26b565/search").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}
