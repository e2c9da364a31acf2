//! Tests of the stream that tells open pages what changes.

use super::events::{Stream, world_with_goals};
use super::short::{followers, views};
use super::support::{NOW, World, text};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use compliance::ProjectSettings;
use program::ids::ProjectId;
use program::projects::record::ProjectChange;
use serde_json::{Value, json};
use uuid::Uuid;

/// Opens the stream for a browser that shows these projects: `ID@POSITION`, separated by commas.
async fn of_pages(world: &World, projects: &str) -> Stream {
    let mut stream = Stream::of(world.get(&format!("/live?projects={projects}")).await);
    let first = stream.told().await;
    assert_eq!((first.name.as_str(), first.data), ("alive", json!({})), "life shows at once");
    stream
}

/// Returns which project changed, which of its creators (`null` means all), and the position.
async fn change(stream: &mut Stream) -> (Value, Value, String) {
    let event = stream.told().await;
    assert_eq!(event.name, "changed", "{event:?}");
    let position = event.data["position"].as_str().unwrap().to_owned();
    (event.data["project"].clone(), event.data["creators"].clone(), position)
}

#[tokio::test]
async fn the_pages_of_a_browser_hear_of_every_project_that_they_show() {
    let world = world_with_goals().await;
    let mia = world.creator("mia").await;
    let settings = ProjectSettings::default();
    let winter = ProjectChange { name: "Winter".to_owned(), zone: world.project.zone, settings };
    let winter = world.store.create_project(ProjectId::new(), &winter, NOW).await.unwrap();
    let mut pages = of_pages(&world, &format!("{},{}", world.id(), winter.project_id)).await;
    let mut ready =
        [change(&mut pages).await, change(&mut pages).await].map(|(project, creators, _)| (project, creators));
    ready.sort_by_key(|(project, _)| project.to_string());
    let mut both = [(json!(world.id()), json!([])), (json!(winter.project_id), json!([]))];
    both.sort_by_key(|(project, _)| project.to_string());
    assert_eq!(ready, both, "nobody has changed yet");

    world.accept(vec![views("1", "2026-08-19T11:00:00Z", 180)]).await;
    let (project, creators, heard) = change(&mut pages).await;
    assert_eq!((project, creators), (json!(world.id()), json!([mia])));
    let of_winter = World::having(winter.clone(), world.url.clone()).await;
    of_winter.accept(vec![followers("cleo", "2026-08-19T10:00:00Z", 7)]).await;
    assert_eq!(change(&mut pages).await.0, json!(winter.project_id));

    // A deleted project ends the stream; after reconnecting, the others are sent, and that this one is gone.
    world.store.delete_project(winter.project_id, NOW).await.unwrap();
    while pages.next().await.is_some() {}
    let mut pages = of_pages(&world, &format!("{}@{heard},{}", world.id(), winter.project_id)).await;
    let mut told = [pages.told().await, pages.told().await];
    told.sort_by(|left, right| left.name.cmp(&right.name));
    assert_eq!(told[0].data["creators"], json!([]), "nothing was missed");
    assert_eq!((told[1].name.as_str(), &told[1].data), ("gone", &json!({ "project": winter.project_id })));
}

#[tokio::test]
async fn what_happens_between_a_page_and_its_connection_is_told_as_soon_as_it_connects() {
    let world = world_with_goals().await;
    let mia = world.creator("mia").await;
    let page = text(world.get(&format!("/projects/{}", world.id())).await).await;
    let island = page.split("<leptos-island").find(|island| island.contains("creator-goals-live.js")).unwrap();
    let (_, props) = island.split_once("position").unwrap();
    let position = props.split(|c: char| !c.is_ascii_digit() && c != '-').find(|part| part.len() > 10).unwrap();
    let shown = format!("{}@{position}", world.id());
    assert_eq!(change(&mut of_pages(&world, &shown).await).await.1, json!([]), "nothing happened yet");
    world.accept(vec![views("1", "2026-08-19T11:30:00Z", 190)]).await;
    assert_eq!(change(&mut of_pages(&world, &shown).await).await.1, json!([mia]));
    let far = format!("{}@999999-{}", world.id(), NOW.millis());
    assert_eq!(change(&mut of_pages(&world, &far).await).await.1, json!(null), "anything may have changed");
}

#[tokio::test]
async fn a_stream_of_pages_that_cannot_be_is_refused_with_the_reason() {
    let world = world_with_goals().await;
    let many = |count: u128| (1..=count).map(|id| Uuid::from_u128(id).to_string()).collect::<Vec<_>>().join(",");
    for (query, reason) in [
        ("projects=".to_owned(), "not a project id"),
        ("projects=x".to_owned(), "not a project id"),
        (format!("projects={}@", world.id()), "position"),
        (format!("projects={}@1-x", world.id()), "position"),
        (format!("projects={}", many(51)), "at most 50"),
        ("nothing=".to_owned(), "projects"),
    ] {
        let response = world.get(&format!("/live?{query}")).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{query}");
        let said = text(response).await;
        assert!(said.contains(reason), "{query}: {said}");
    }
    let mut unknown = of_pages(&world, &many(50)).await;
    for _ in 0..50 {
        assert_eq!(unknown.told().await.name, "gone");
    }
    assert_eq!(unknown.next().await, None);
}

#[tokio::test]
async fn an_open_page_that_loads_itself_again_is_told_without_an_error_that_it_is_gone() {
    let world = world_with_goals().await;
    let nowhere = format!("/projects/{}/creators/{}", world.id(), Uuid::now_v7());
    let load = async |path: &str| {
        let request =
            Request::builder().uri(path).header(header::HOST, "localhost").header(header::ACCEPT, "text/html");
        let answer = world.send(request.header(app::islands::UPDATE, "1").body(Body::empty()).unwrap()).await;
        (answer.status(), text(answer).await.is_empty())
    };
    assert_eq!(world.get(&nowhere).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(load(&nowhere).await, (StatusCode::NO_CONTENT, true));
    assert_eq!(load(&format!("/projects/{}", world.id())).await, (StatusCode::OK, false));
}
