//! Tests that every form says that it was not saved if the database refuses changes, with its status and everything
//! typed, and that nothing typed goes into a URL.

use super::file_form::{self, Part};
use super::short::{self, goal, handle};
use super::support::{Engine, NOW, World, post, text, views};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use compliance::assignment::ExistingGoals;
use compliance::tracking::TrackingStatus;
use leptos::server_fn::axum::server_fn_paths;
use program::campaigns::record::{CampaignItem, CampaignTerms};
use program::creators::record::Membership;
use program::goals::record::GoalAssignment;
use program::ids::{ApiKeyId, AssignmentId, CampaignId, ProjectId, ReviewId, SavedViewId};
use program::keys::record::{KeyScope, NewApiKey};
use program::projects::record::ProjectChange;
use program::reviews::record::{Review, TrackingDecision};
use program::saved_views::record::SavedView;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Forms that change nothing in the database.
const OF_THE_BROWSER: [&str; 1] = ["/forms/set_theme"];
/// The text typed into every text field.
const TYPED: &str = "Kept as typed <&> \"quoted\"";

/// A program in which every form can do something, and the fields of all forms.
async fn world_of_forms() -> (World, BTreeMap<&'static str, String>) {
    let world = World::on(Engine::of_this_run(), "UTC").await;
    world.accept(vec![post("1", NOW), views("1", NOW, 50)]).await;
    let (project_id, store) = (world.id(), &world.store);
    let creator_id = world.creator("mia").await;
    let goal_id = world.add_goal("mia", &goal("views", "weekly", 5)).await;
    let post_id = store.post_ids(project_id, &["1"]).await.unwrap()["1"];
    let review =
        Review { review_id: ReviewId::new(), decision: TrackingDecision::status(TrackingStatus::Excluded), seen: None };
    store.review_posts(project_id, &[post_id], &review, NOW).await.unwrap();
    let campaign_id = CampaignId::new();
    let terms = CampaignTerms { name: "Launch".to_owned(), notes: String::new(), target: None };
    store.create_campaign(project_id, campaign_id, &terms, NOW).await.unwrap();
    store.add_campaign_items(project_id, campaign_id, &[CampaignItem::Post(post_id)], NOW).await.unwrap();
    let assignment_id = AssignmentId::new();
    let assignment =
        GoalAssignment { assignment_id, goal: goal("posts", "weekly", 3), existing: ExistingGoals::default() };
    store.assign_goal(project_id, &[creator_id], &assignment, NOW).await.unwrap();
    let key = NewApiKey {
        project_id: Some(project_id),
        name: "Export".to_owned(),
        scope: KeyScope::Read,
        hash: [7; 32],
        hint: "abcd".to_owned(),
    };
    let api_key_id = ApiKeyId::new();
    store.create_api_key(api_key_id, &key, NOW).await.unwrap();
    let view =
        SavedView { saved_view_id: SavedViewId::new(), name: "Missed".to_owned(), query: "?status=missed".to_owned() };
    store.create_saved_view(project_id, &view, NOW).await.unwrap();
    let (deleted_goal, deleted_campaign, deleted_project) =
        (world.add_goal("mia", &goal("views", "daily", 5)).await, CampaignId::new(), ProjectId::new());
    world.accept(vec![short::post("2", "ana", "2026-08-18T10:00:00Z")]).await;
    let removed = world.creator("ana").await;
    store.set_membership(project_id, removed, Membership::Removed, NOW).await.unwrap();
    store.delete_goal(project_id, deleted_goal, NOW).await.unwrap();
    store.create_campaign(project_id, deleted_campaign, &terms, NOW).await.unwrap();
    store.delete_campaign(project_id, deleted_campaign, NOW).await.unwrap();
    let other = ProjectChange { name: "Autumn".to_owned(), zone: world.project.zone, settings: world.project.settings };
    store.create_project(deleted_project, &other, NOW).await.unwrap();
    store.delete_project(deleted_project, NOW).await.unwrap();
    let fields = BTreeMap::from([
        ("deleted_project_id", deleted_project.to_string()),
        ("deleted_creator_id", removed.to_string()),
        ("deleted_goal_id", deleted_goal.to_string()),
        ("deleted_campaign_id", deleted_campaign.to_string()),
        ("project_id", project_id.to_string()),
        ("creator_id", creator_id.to_string()),
        ("creators", creator_id.to_string()),
        ("creator[]", creator_id.to_string()),
        ("goal_id", goal_id.to_string()),
        ("post[]", post_id.to_string()),
        ("review_id", review.review_id.to_string()),
        ("campaign_id", campaign_id.to_string()),
        ("item_id", post_id.to_string()),
        ("assignment_id", assignment_id.to_string()),
        ("api_key_id", api_key_id.to_string()),
        ("saved_view_id", view.saved_view_id.to_string()),
        ("name", TYPED.to_owned()),
        ("view_name", TYPED.to_owned()),
        ("key_name", TYPED.to_owned()),
        ("display_name", TYPED.to_owned()),
        ("notes", TYPED.to_owned()),
        ("handles", format!("@{}", handle("theo"))),
        ("tiktok_handle", "mia.moves".to_owned()),
        ("tracking_mode", "auto".to_owned()),
        ("tracking_start_date", String::new()),
        ("address", "https://www.tiktok.com/@mia/video/7301234567890123456".to_owned()),
        ("metric", "engagement".to_owned()),
        ("period", "monthly".to_owned()),
        ("target_value", "41".to_owned()),
        ("start_date", "2026-01-01".to_owned()),
        ("end_date", String::new()),
        ("target_views", "1000".to_owned()),
        ("target_date", "2026-12-01".to_owned()),
        ("time_zone", "UTC".to_owned()),
        ("week_start", "monday".to_owned()),
        ("early_grace_percent", "10".to_owned()),
        ("collection_interval_hours", "24".to_owned()),
        ("scope", "read".to_owned()),
        ("decision", "approve".to_owned()),
        ("is_active", "false".to_owned()),
        ("query", "?sort=name".to_owned()),
        ("theme", "dark".to_owned()),
    ]);
    (world, fields)
}

/// Returns the fields of a form that restores something.
fn of_deleted<'f>(form: &str, fields: &BTreeMap<&'f str, String>) -> BTreeMap<&'f str, String> {
    let mut fields = fields.clone();
    for (restored, id) in
        [("project", "project_id"), ("goal", "goal_id"), ("creator", "creator_id"), ("campaign", "campaign_id")]
    {
        if form == format!("/forms/restore_{restored}") {
            let deleted = fields[format!("deleted_{id}").as_str()].clone();
            fields.insert(id, deleted);
        }
    }
    fields
}

/// Runs statements directly on the database.
pub async fn run(world: &World, statements: Vec<String>) {
    if world.url.starts_with("postgres") {
        let mut connection = PgConnection::connect(&world.url).await.unwrap();
        for statement in statements {
            sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
        }
    } else {
        let options: SqliteConnectOptions = world.url.parse().unwrap();
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        for statement in statements {
            sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
        }
    }
}

/// Makes every change of a project fail, as a broken database would.
async fn refuse_changes(world: &World) {
    let tables = [
        "projects",
        "creators",
        "goals",
        "goal_versions",
        "posts",
        "campaigns",
        "campaign_items",
        "saved_views",
        "api_keys",
        "tracking_changes",
        "creator_changes",
        "pastes",
        "imports",
    ];
    let mut statements = Vec::new();
    if world.url.starts_with("postgres") {
        statements.push(
            "CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE 'no'; END $$ LANGUAGE plpgsql".to_owned(),
        );
        statements.extend(tables.map(|table| {
            format!("CREATE TRIGGER refuse BEFORE INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()")
        }));
    } else {
        for table in tables {
            statements.extend(["INSERT", "UPDATE", "DELETE"].map(|change| {
                format!("CREATE TRIGGER refuse_{change}_{table} BEFORE {change} ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END")
            }));
        }
    }
    run(world, statements).await;
}

async fn send(world: &World, path: &str, fields: &BTreeMap<&str, String>, page: &str) -> Response {
    let body = app::forms::answer::with_query(
        "",
        &fields.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>(),
    );
    let request = Request::post(path)
        .header(header::HOST, "localhost")
        .header(header::ACCEPT, "text/html,application/xhtml+xml")
        .header(header::REFERER, format!("http://localhost{page}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    world.send(request.body(Body::from(body[1..].to_owned())).unwrap()).await
}

/// Returns every form that the server has.
fn forms() -> Vec<&'static str> {
    let forms: Vec<_> = server_fn_paths().map(|(path, _)| path).filter(|path| path.starts_with("/forms/")).collect();
    assert!(forms.len() >= 29, "only {forms:?}");
    forms
}

/// Returns the page of a form.
fn page_of(form: &str, fields: &BTreeMap<&str, String>) -> String {
    let id = |name: &str| fields[name].clone();
    let project = format!("/projects/{}", id("project_id"));
    let creator = format!("{project}/creators/{}", id("creator_id"));
    let campaign = format!("{project}/campaigns/{}", id("campaign_id"));
    match form.trim_start_matches("/forms/") {
        "create_project" => "/projects/new".to_owned(),
        "update_project" | "create_api_key" | "revoke_api_key" => format!("{project}/settings"),
        "delete_project" => format!("{project}/delete"),
        "restore_project" => "/projects".to_owned(),
        "create_goal" => format!("{creator}/goals/new"),
        "edit_goal" => format!("{creator}/goals/{}/edit", id("goal_id")),
        "set_goal_active" | "delete_goal" | "restore_goal" => format!("{creator}/goals"),
        "add_creators" => format!("{project}/creators/new"),
        "update_creator" | "update_notes" => format!("{creator}/settings"),
        "remove_creator" | "restore_creator" => creator,
        "add_post" => format!("{creator}/posts"),
        "create_campaign" => format!("{project}/campaigns/new"),
        "update_campaign" => format!("{campaign}/edit"),
        "delete_campaign" | "add_to_campaign" | "remove_from_campaign" => campaign,
        "restore_campaign" => format!("{project}/campaigns"),
        "assign_goal" => format!("{project}/goals/assign?creator%5B%5D={}", id("creator_id")),
        "review_posts" | "undo_review" => format!("{project}/inbox"),
        _ => project,
    }
}

/// Returns the fields of a form that its page shows again.
const FIELDS_OF: [(&str, &[&str]); 11] = [
    ("create_project", &["name", "time_zone"]),
    ("update_project", &["name", "time_zone"]),
    ("create_api_key", &["key_name"]),
    ("create_goal", &["target_value", "start_date"]),
    ("edit_goal", &["target_value", "start_date"]),
    ("add_creators", &["handles"]),
    ("update_creator", &["tiktok_handle", "display_name"]),
    ("update_notes", &["notes"]),
    ("add_post", &["address"]),
    ("create_campaign", &["name", "notes", "target_views"]),
    ("update_campaign", &["name", "notes", "target_views"]),
];

/// Returns a text as escaped in HTML.
fn escaped(text: &str) -> [String; 2] {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    [text.replace('>', "&gt;").replace('"', "&quot;"), text.replace('>', "&gt;")]
}

#[tokio::test]
async fn an_upload_that_fails_says_that_it_was_not_saved_with_everything_typed() {
    let world = World::new().await;
    refuse_changes(&world).await;
    let parts: [Part<'_>; 3] = [
        ("file", Some("a.csv"), b"video_id,published_at\n1,2026-08-17\n"),
        ("creator", None, b"mia.moves"),
        ("collected_at", None, b"2026-08-18T09:00"),
    ];
    let answer = world.send(file_form::form(&world, &parts)).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = text(answer).await;
    assert!(page.contains("This was not saved.") && page.contains("enctype=\"multipart/form-data\""), "{page}");
    assert!(page.contains("value=\"mia.moves\"") && page.contains("value=\"2026-08-18T09:00\""), "{page}");
    assert_eq!(file_form::files_kept(&world), 0);
    // The project is not there, and so its Import page is not.
    let mut elsewhere = file_form::form(&world, &parts);
    *elsewhere.uri_mut() = format!("/projects/{}/imports", ProjectId::new()).parse().unwrap();
    let answer = world.send(elsewhere).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let page = text(answer).await;
    assert!(page.contains("This was not saved") && page.contains("mia.moves"), "{page}");
}

#[tokio::test]
async fn every_form_says_that_it_was_not_saved_with_everything_typed() {
    let (world, fields) = world_of_forms().await;
    refuse_changes(&world).await;
    for form in forms() {
        if OF_THE_BROWSER.contains(&form) {
            continue;
        }
        let fields = of_deleted(form, &fields);
        let answer = send(&world, form, &fields, &page_of(form, &fields)).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{form}");
        assert_eq!(answer.headers().get(header::LOCATION), None, "{form}");
        let page = text(answer).await;
        assert!(page.contains("This was not saved"), "{form}: {page}");
        let name = form.trim_start_matches("/forms/");
        let shown = FIELDS_OF.iter().find(|(known, _)| *known == name).map(|(_, shown)| *shown);
        for field in shown.into_iter().flatten() {
            let kept = escaped(&fields[field]).iter().any(|typed| page.contains(typed.as_str()));
            assert!(kept, "{form} lost {field}: {page}");
        }
    }
}

#[tokio::test]
async fn where_no_page_can_be_read_what_was_typed_is_shown_to_be_sent_again() {
    let (world, fields) = world_of_forms().await;
    run(&world, vec!["ALTER TABLE projects RENAME TO projects_away".to_owned()]).await;
    for form in forms() {
        if OF_THE_BROWSER.contains(&form) || form == "/forms/create_project" {
            continue;
        }
        let answer = send(&world, form, &fields, &page_of(form, &fields)).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{form}");
        let page = text(answer).await;
        assert!(page.contains("This was not saved") && page.contains("Send again"), "{form}: {page}");
        assert!(page.contains(&format!("action=\"{form}\"")), "{form}: {page}");
        for (name, value) in &fields {
            let kept = escaped(value).iter().any(|typed| page.contains(&format!("name=\"{name}\" value=\"{typed}\"")));
            assert!(kept || value.is_empty(), "{form} lost {name}: {page}");
        }
    }
}

#[tokio::test]
async fn a_form_of_a_project_that_is_gone_keeps_what_was_typed_and_a_form_that_is_too_long_says_so() {
    let (world, mut fields) = world_of_forms().await;
    fields.insert("project_id", Uuid::now_v7().to_string());
    let answer = send(&world, "/forms/create_campaign", &fields, &page_of("/forms/create_campaign", &fields)).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let page = text(answer).await;
    assert!(page.contains("This was not saved") && page.contains("Kept as typed"), "{page}");

    fields.insert("notes", "x".repeat(3 * 1024 * 1024));
    let answer = send(&world, "/forms/create_campaign", &fields, "/projects").await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let page = text(answer).await;
    assert!(page.contains("The form is larger than 2048 KiB."), "{page}");
}

#[tokio::test]
async fn the_address_of_a_form_opened_by_hand_leads_to_a_page() {
    let world = World::new().await;
    let answer = world.send(
        Request::get("/forms/create_goal")
            .header(header::HOST, "localhost")
            .header(header::ACCEPT, "text/html")
            .body(Body::empty())
            .unwrap(),
    );
    let answer = answer.await;
    assert_eq!((answer.status(), answer.headers()[header::LOCATION].to_str().unwrap()), (StatusCode::SEE_OTHER, "/"));
}
