//! Tests of names given by people, programs and files: which are refused at which field, and their order.

use super::markup::page::{Form, Page};
use super::program::{Program, world_of_mia};
use super::short::{goal, profile};
use super::support::{World, text};
use axum::http::StatusCode;
use serde_json::json;

/// The fields of a form.
type Fields<'f> = &'f [(&'f str, &'f str)];

/// Two names that look alike.
const HIDDEN: &str = "Mi\u{200B}a";
const SENTENCE: &str = "Remove the invisible character U+200B after “Mi”.";

/// Returns the settings of a project with this name, as its form sends them.
fn project<'a>(project_id: &'a str, name: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("project_id", project_id),
        ("name", name),
        ("time_zone", "UTC"),
        ("week_start", "monday"),
        ("early_grace_percent", "10"),
        ("collection_interval_hours", "24"),
    ]
}

#[tokio::test]
async fn every_form_refuses_a_name_with_an_invisible_character_at_its_field() {
    let world = world_of_mia().await;
    let (project_id, creator_id) = (world.id().to_string(), world.creator("mia").await.to_string());
    world.add_goal("mia", &goal("posts", "weekly", 5)).await;
    let own = ("project_id", project_id.as_str());
    let creator = [
        own,
        ("creator_id", creator_id.as_str()),
        ("tiktok_handle", "mia"),
        ("display_name", HIDDEN),
        ("tracking_mode", "auto"),
        ("tracking_start_date", ""),
    ];
    let forms: [(&str, &str, Fields); 6] = [
        ("/forms/create_project", "name", &project(&project_id, HIDDEN)[1..]),
        ("/forms/update_project", "name", &project(&project_id, HIDDEN)),
        ("/forms/update_creator", "display_name", &creator),
        ("/forms/create_campaign", "name", &[own, ("name", HIDDEN)]),
        ("/forms/save_view", "view_name", &[own, ("view_name", HIDDEN), ("query", "?sort=name")]),
        ("/forms/create_api_key", "key_name", &[own, ("key_name", HIDDEN), ("scope", "read")]),
    ];
    for (action, field, fields) in forms {
        let answer = world.post(action, "text/html", fields).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{action}");
        let html = text(answer).await;
        assert!(html.contains(SENTENCE), "{action}: {html}");
        let forms = Page::read(&html, true).forms();
        let typed = |form: &&Form| form.fields.iter().any(|it| it.name == field && it.value == HIDDEN);
        assert!(forms.iter().any(|form| typed(&form)), "{action}: what was typed is still there: {forms:?}");
        let told = world.post(action, "application/json", fields).await;
        assert_eq!(told.status(), StatusCode::BAD_REQUEST, "{action}");
    }
}

#[tokio::test]
async fn the_api_refuses_it_and_names_the_field() {
    let world = world_of_mia().await;
    let program = Program::new(&world, None, true).await;
    let (project_id, creator_id) = (world.id(), world.creator("mia").await);
    let base = format!("/projects/{project_id}");
    let named = json!({ "name": HIDDEN });
    let creator = json!({ "tiktok_handle": "theo", "display_name": HIDDEN });
    for (method, path, body, field) in [
        ("POST", "/projects".to_owned(), json!({ "name": HIDDEN, "time_zone": "UTC" }), "name"),
        ("PATCH", base.clone(), named.clone(), "name"),
        ("POST", format!("{base}/campaigns"), named, "name"),
        ("POST", format!("{base}/creators"), creator.clone(), "display_name"),
        (
            "POST",
            format!("{base}/creators"),
            json!({ "creators": [{ "tiktok_handle": "lea" }, creator] }),
            "creators[1].display_name",
        ),
        ("PATCH", format!("{base}/creators/{creator_id}"), json!({ "display_name": HIDDEN }), "display_name"),
    ] {
        let (status, answer) = program.send(method, &path, &[], body.to_string().into_bytes()).await;
        assert_eq!(
            (status, &answer["meta"]["field"]),
            (StatusCode::BAD_REQUEST, &json!(field)),
            "{method} {path}: {answer}"
        );
        assert!(answer["error"].as_str().unwrap().contains("U+200B"), "{answer}");
    }
}

#[tokio::test]
async fn a_name_that_came_with_invisible_characters_hinders_no_other_change() {
    let world = World::new().await;
    world.accept(vec![profile("mia", HIDDEN)]).await;
    let program = Program::writing(&world).await;
    let path = format!("/projects/{}/creators/{}", world.id(), world.creator("mia").await);
    let (status, answer) = program.send("PATCH", &path, &[], br#"{"tracking_mode":"selective"}"#.to_vec()).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(answer["data"]["display_name"], "Mia");
}

#[tokio::test]
async fn names_stand_in_order_of_their_folded_letters_and_are_found_by_them() {
    let world = World::new().await;
    let names =
        [("a", "STRASSE 2"), ("b", "straßf"), ("c", "Straße 1"), ("d", "Zoë"), ("e", "ärger"), ("f", "Σίσυφος")];
    world.accept(names.map(|(handle, name)| profile(handle, name)).to_vec()).await;
    for (handle, _) in names {
        world.add_goal(handle, &goal("posts", "weekly", 5)).await;
        let campaign = [
            ("project_id", world.id().to_string()),
            ("name", names.iter().find(|it| it.0 == handle).unwrap().1.to_owned()),
        ];
        let campaign: Vec<(&str, &str)> = campaign.iter().map(|(name, value)| (*name, value.as_str())).collect();
        world.post("/forms/create_campaign", "text/html", &campaign).await;
    }
    let expected = ["Straße 1", "STRASSE 2", "straßf", "Zoë", "ärger", "Σίσυφος"];
    let base = format!("/projects/{}", world.id());
    for page in [
        format!("{base}/creators?sort=name"),
        format!("{base}/creators?view=table"),
        format!("{base}?sort=name"),
        base.clone(),
        format!("{base}/campaigns"),
    ] {
        let html = text(world.get(&page).await).await;
        let main = html.split("<main").nth(1).unwrap();
        let places: Vec<usize> = expected.iter().map(|name| main.find(&format!(">{name}<")).expect(name)).collect();
        assert!(places.is_sorted(), "{page}: {places:?}");
    }
    for (query, found) in [("strasse", 2), ("STRAẞE", 2), ("ΣΊΣΥΦΟΣ", 1), ("ÄRGER", 1), ("zoe", 1), ("arger", 1)]
    {
        for list in ["/creators", ""] {
            let address = app::forms::answer::with_query(&format!("{base}{list}"), &[("q", query)]);
            let html = text(world.get(&address).await).await;
            let count = html.matches("class=\"ov-open").count();
            assert_eq!(count, found, "{address}");
        }
    }
}

#[tokio::test]
async fn whatever_a_creator_is_called_every_text_of_the_table_is_quoted_and_none_is_a_number_or_a_formula() {
    let world = World::new().await;
    let names = ["+nan", "-inf", "=1+1", "@SUM(A1)", "-42", "+1e5", "＝1", "1,5 \"x\""];
    let profiles = names.iter().enumerate().map(|(place, name)| profile(&format!("c{place}"), name));
    world.accept(profiles.collect()).await;
    let rows = text(world.get(&format!("/projects/{}/overview.csv", world.id())).await).await;
    for name in names {
        let apostrophe = if name.starts_with('1') { "" } else { "'" };
        let cell = format!("\r\n\"{apostrophe}{}\",\"'@c", name.replace('"', "\"\""));
        assert!(rows.contains(&cell), "{cell:?} in {rows}");
    }
}
