//! Tests that every form says that it was not saved if the database refuses changes, with its status and everything
//! typed, and that nothing typed goes into a URL.

use super::file_form::{self, Part};
use super::markup::page::{Form, Page};
use super::queue::import;
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
use program::ids::{ApiKeyId, AssignmentId, CampaignId, FolderId, ImportId, PasteId, ProjectId, ReviewId, SavedViewId};
use program::imports::record::{Import, ImportState};
use program::keys::record::{KeyScope, NewApiKey};
use program::pastes::record::{NewPaste, PastedPart};
use program::projects::record::ProjectChange;
use program::reviews::record::{Review, TrackingDecision};
use program::saved_views::record::SavedView;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Forms that change nothing in the database.
const CHANGING_NOTHING: [&str; 3] = ["/forms/set_theme", "/forms/plan_assignment", "/forms/plan_message"];
/// The text typed into every text field.
const TYPED: &str = "Kept as typed <&> \"quoted\"";

/// A program in which every form can do something, and the fields of all forms.
async fn world_of_forms() -> (World, BTreeMap<&'static str, String>) {
    let world = World::on(Engine::of_this_run(), "UTC").await;
    world.accept(vec![post("1", NOW), views("1", NOW, 50), post("3", NOW)]).await;
    let (project_id, store) = (world.id(), &world.store);
    let creator_id = world.creator("mia").await;
    let goal_id = world.add_goal("mia", &goal("views", "weekly", 5)).await;
    let post_id = store.post_ids(project_id, &["1"]).await.unwrap()["1"];
    let review =
        Review { review_id: ReviewId::new(), decision: TrackingDecision::status(TrackingStatus::Excluded), seen: None };
    store.review_posts(project_id, &[post_id], &review, NOW).await.unwrap();
    let pending = short::review(TrackingDecision::status(TrackingStatus::PendingReview));
    let waits = short::a_post(&world, "3").await;
    store.review_posts(project_id, &[waits], &pending, NOW).await.unwrap();
    let campaign_id = CampaignId::new();
    let terms = CampaignTerms { name: "Launch".to_owned(), notes: String::new(), target: None };
    store.create_campaign(project_id, campaign_id, &terms, NOW).await.unwrap();
    store.create_campaign(project_id, CampaignId::new(), &terms, NOW).await.unwrap();
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
    world.accept(vec![short::post("4", "kim", "2026-08-18T10:00:00Z")]).await;
    let kept = world.merged("4", "kim", "kim.new").await;
    let merge_id = store.merges(project_id, kept, NOW).await.unwrap()[0].merge_id;
    world.probably_renamed("1", "mia.new").await;
    let fields = BTreeMap::from([
        ("kept", kept.to_string()),
        ("paste_id", pasted(&world).await.to_string()),
        ("merge_id", merge_id.to_string()),
        ("double", "mia.new".to_owned()),
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
        ("items", TYPED.to_owned()),
        ("handles", format!("@{}", handle("theo"))),
        ("tiktok_handle", "mia.moves.on".to_owned()),
        ("tracking_mode", "auto".to_owned()),
        ("tracking_start_date", "2026-08-01".to_owned()),
        ("address", "https://www.tiktok.com/@mia/video/7301234567890123456".to_owned()),
        ("metric", "engagement".to_owned()),
        ("period", "monthly".to_owned()),
        ("target_value", "41".to_owned()),
        ("start_date", "2026-01-01".to_owned()),
        ("end_date", "2026-12-31".to_owned()),
        ("target_views", "1000".to_owned()),
        ("target_date", "2026-12-01".to_owned()),
        ("time_zone", "Asia/Seoul".to_owned()),
        ("zone", "Asia/Seoul".to_owned()),
        ("week_start", "monday".to_owned()),
        ("early_grace_percent", "11".to_owned()),
        ("collection_interval_hours", "25".to_owned()),
        ("scope", "read".to_owned()),
        ("decision", "approve".to_owned()),
        ("is_active", "false".to_owned()),
        ("query", "?sort=name".to_owned()),
        ("theme", "dark".to_owned()),
    ]);
    (world, fields)
}

/// Adds a creator whose handle is pasted.
async fn pasted(world: &World) -> PasteId {
    let texts = vec![PastedPart::new(1, "pia", Some(0))];
    let paste = NewPaste { paste_id: PasteId::new(), creators: vec![short::new_creator("pia")], texts };
    world.store.add_paste(world.id(), &paste, NOW).await.unwrap().paste_id
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
        "merges",
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

async fn send(world: &World, path: &str, fields: &[(&str, &str)], page: &str) -> Response {
    let body = app::forms::answer::with_query("", fields);
    let request = Request::post(path)
        .header(header::HOST, "localhost")
        .header(header::ACCEPT, "text/html,application/xhtml+xml")
        .header(header::REFERER, format!("http://localhost{page}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let body = body.trim_start_matches('?').to_owned();
    world.send(request.body(Body::from(body)).unwrap()).await
}

fn as_pairs<'f>(fields: &'f BTreeMap<&'f str, String>) -> Vec<(&'f str, &'f str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// Returns every form that the server has.
fn forms() -> Vec<&'static str> {
    let forms: Vec<_> = server_fn_paths().map(|(path, _)| path).filter(|path| path.starts_with("/forms/")).collect();
    assert!(forms.len() >= 32, "only {forms:?}");
    forms
}

/// Returns the pages that contain a form.
fn pages_of(form: &str, fields: &BTreeMap<&str, String>) -> Vec<String> {
    let id = |name: &str| fields[name].clone();
    let project = format!("/projects/{}", id("project_id"));
    let creator = format!("{project}/creators/{}", id("creator_id"));
    let goal = format!("{creator}/goals/{}", id("goal_id"));
    let campaign = format!("{project}/campaigns/{}", id("campaign_id"));
    let page = match form.trim_start_matches("/forms/") {
        "create_project" => "/projects/new".to_owned(),
        "update_project" | "create_api_key" | "revoke_api_key" => format!("{project}/settings"),
        "delete_project" => format!("{project}/delete"),
        "restore_project" => "/projects".to_owned(),
        "create_goal" => format!("{creator}/goals/new"),
        "edit_goal" => format!("{goal}/edit"),
        "set_goal_active" => format!("{goal}/end"),
        "delete_goal" => format!("{goal}/delete"),
        "restore_goal" => format!("{creator}/goals"),
        "add_creators" => format!("{project}/creators/new"),
        "undo_paste" => format!("{project}/creators?added=1&undo={}", id("paste_id")),
        "update_creator" | "update_notes" | "merge_creators" => format!("{creator}/settings"),
        "undo_merge" => format!("{project}/creators/{}/settings", id("kept")),
        "keep_creators_apart" => format!("{project}/creators"),
        "remove_creator" => format!("{creator}/remove"),
        "restore_creator" => format!("{project}/creators?show=removed"),
        "add_post" => format!("{creator}/posts"),
        "look_at_creator" => format!("{creator}/posts?done=post_added"),
        "create_campaign" => format!("{project}/campaigns/new"),
        "update_campaign" => format!("{campaign}/edit"),
        "delete_campaign" => format!("{campaign}/delete"),
        "remove_from_campaign" => campaign,
        "add_to_campaign" => {
            let lists =
                ["", "?view=columns", "/creators", "/creators?view=table"].map(|list| format!("{project}{list}"));
            return [lists.to_vec(), vec![campaign, format!("{creator}/posts")]].concat();
        }
        "restore_campaign" => format!("{project}/campaigns"),
        "assign_goal" => {
            let goal = "metric=engagement&period=monthly&target_value=41&start_date=2026-01-01&end_date=2026-12-31";
            format!("{project}/goals/assign?from=creators&{goal}&existing=keep&preview=1")
        }
        "undo_assignment" => format!("{project}?assigned=1&undo_assignment={}", id("assignment_id")),
        "review_posts" => return vec![format!("{project}/inbox"), format!("{creator}/posts")],
        "undo_review" => format!("{project}/inbox?reviewed=approve&count=1&undo={}", id("review_id")),
        "save_view" => format!("{project}?sort=name"),
        "delete_view" => format!("{project}?status=missed"),
        import => {
            let (import, _) = import.rsplit_once('/').expect("the form of an import");
            import.to_owned()
        }
    };
    vec![page]
}

fn page_of(form: &str, fields: &BTreeMap<&str, String>) -> String {
    pages_of(form, fields).remove(0)
}

/// Records an import whose columns have to be mapped, with its file, and one that waits for its turn. Returns the
/// addresses of their forms.
async fn forms_of_imports(world: &World) -> [String; 2] {
    let file: Part<'_> = ("file", Some("a.csv"), b"nr,wer\n1,mia\n");
    let waiting = file_form::import_of(&world.send(file_form::form(world, &[file])).await);
    let queued = import(world, ImportState::Queued, None);
    world.store.create_import(&queued).await.unwrap();
    let imports = format!("/projects/{}/imports", world.id());
    [format!("{imports}/{waiting}/columns"), format!("{imports}/{}/cancel", queued.import_id)]
}

/// Fills a form as a person would: every text, choice and first tick differs from what the page shows.
fn filled(form: &Form, texts: &BTreeMap<&str, String>) -> Form {
    let mut filled = form.clone();
    let mut ticked = false;
    filled.fields.retain(|field| field.kind != "button");
    for field in &mut filled.fields {
        match field.kind.as_str() {
            "hidden" => {}
            "checkbox" => field.is_checked = !std::mem::replace(&mut ticked, true),
            "select" | "radio" => {
                let other = field.choices.iter().rfind(|choice| **choice != field.value);
                field.value = other.unwrap_or_else(|| panic!("{} has no other choice", field.name)).clone();
            }
            // Other forms have lists of creators under this name.
            _ if field.name == "creator" => {
                field.value = texts.get("creator").cloned().unwrap_or_else(|| "mia".to_owned());
            }
            _ => {
                let typed = texts.get(field.name.as_str()).unwrap_or_else(|| panic!("no text for {}", field.name));
                assert_ne!(*typed, field.value, "the page shows this {} before it is typed", field.name);
                field.value.clone_from(typed);
            }
        }
    }
    filled
}

/// Returns whether people type or choose anything in a form.
fn asks_something(form: &Form) -> bool {
    form.fields.iter().any(|field| !matches!(field.kind.as_str(), "hidden" | "button"))
}

/// Returns what a browser would show in a form and send.
fn shown(form: &Form) -> Vec<(&str, &str, bool)> {
    let fields = form.fields.iter().filter(|field| field.kind != "button");
    fields.map(|field| (field.name.as_str(), field.value.as_str(), field.is_checked)).collect()
}

/// Returns what a browser would send of a form whose first named button is pressed; that of an import cancels it.
fn sent(form: &Form, buttons: &Form) -> Vec<(String, String)> {
    let pressed = buttons.fields.iter().find(|field| field.kind == "button" && field.name != "cancel");
    let fields = form.fields.iter().filter(|field| field.kind != "checkbox" || field.is_checked);
    fields.chain(pressed).map(|field| (field.name.clone(), field.value.clone())).collect()
}

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
    // The project does not exist, and neither does its Import page.
    let mut elsewhere = file_form::form(&world, &parts);
    *elsewhere.uri_mut() = format!("/projects/{}/imports", ProjectId::new()).parse().unwrap();
    let answer = world.send(elsewhere).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let page = text(answer).await;
    assert!(page.contains("This was not saved") && page.contains("mia.moves"), "{page}");
}

#[tokio::test]
async fn every_form_says_that_it_was_not_saved_with_everything_typed() {
    let (world, texts) = world_of_forms().await;
    let of_imports = forms_of_imports(&world).await;
    refuse_changes(&world).await;
    let of_programs = forms().into_iter().filter(|form| !CHANGING_NOTHING.contains(form)).map(str::to_owned);
    for action in of_programs.chain(of_imports) {
        for address in pages_of(&action, &texts) {
            let page = Page::read(&text(world.get(&address).await).await, true);
            let forms: Vec<Form> = page.forms().into_iter().filter(|form| form.sends_to(&action)).collect();
            assert!(!forms.is_empty(), "{address} has no form of {action}");
            for form in forms {
                let filled = filled(&form, &texts);
                let sent = sent(&filled, &form);
                let sent: Vec<(&str, &str)> =
                    sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                let answer = send(&world, &action, &sent, &address).await;
                assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{action} on {address}");
                assert_eq!(answer.headers().get(header::LOCATION), None, "{action} on {address}");
                let html = text(answer).await;
                assert!(html.contains("This was not saved"), "{action} on {address}: {html}");
                let returned = Page::read(&html, true).forms();
                let again: Vec<_> = returned.iter().filter(|form| form.sends_to(&action)).map(shown).collect();
                let is_kept = !asks_something(&form) || again.contains(&shown(&filled));
                assert!(is_kept, "{action} on {address} lost of {:?}\nin {again:?}", shown(&filled));
                if action == "/forms/assign_goal" {
                    // Its fields are typed into the form of the preview.
                    let asks = returned.iter().find(|form| form.method == "get" && asks_something(form)).unwrap();
                    for (name, value, _) in shown(asks).iter().filter(|(name, ..)| texts.contains_key(name)) {
                        assert!(*name == "who" || sent.contains(&(*name, *value)), "{name}: {value} in {sent:?}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn columns_that_cannot_be_mapped_keep_the_fields_that_were_chosen() {
    let world = World::new().await;
    let column = |header: &str| format!(r#"{{"header":"{header}","field":null,"samples":[]}}"#);
    let columns = format!("[{},{}]", column("nr"), column("wer"));
    let elsewhere = Import {
        choices: format!(r#"{{"creator":null,"collected_at":null,"columns":{columns}}}"#),
        ..import(&world, ImportState::Waiting, Some(FolderId::new()))
    };
    let invalid = Import {
        choices: format!(r#"{{"creator":"no handle!","collected_at":null,"columns":{columns}}}"#),
        ..import(&world, ImportState::Waiting, None)
    };
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    for (import, creator, status, [heading, sentence]) in [
        (elsewhere, "mia", StatusCode::CONFLICT, ["This was not saved", "This file is on another server."]),
        (invalid, "none either!", unprocessable, ["There is a problem", "This is not a TikTok handle"]),
    ] {
        let texts = BTreeMap::from([("zone", "Asia/Seoul".to_owned()), ("creator", creator.to_owned())]);
        world.store.create_import(&import).await.unwrap();
        let page = format!("/projects/{}/imports/{}", world.id(), import.import_id);
        let action = format!("{page}/columns");
        let shown_first = Page::read(&text(world.get(&page).await).await, true).forms();
        let form = shown_first.iter().find(|form| form.sends_to(&action)).unwrap();
        let filled = filled(form, &texts);
        let sent = sent(&filled, form);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = send(&world, &action, &sent, "/projects").await;
        assert_eq!(answer.status(), status);
        let html = text(answer).await;
        assert!(html.contains(heading) && html.contains(sentence), "{html}");
        let returned = Page::read(&html, true).forms();
        assert!(returned.iter().any(|form| shown(form) == shown(&filled)), "{returned:?}");
    }
    // An import that does not exist has no page, and what was chosen is shown without it.
    let gone = format!("/projects/{}/imports/{}/columns", world.id(), ImportId::new());
    let answer = send(&world, &gone, &[("column-0", "post_id")], "/projects").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let html = text(answer).await;
    assert!(html.contains("This was not saved") && html.contains("name=\"column-0\" value=\"post_id\""), "{html}");
}

#[tokio::test]
async fn where_no_page_can_be_read_what_was_typed_is_shown_to_be_sent_again() {
    let (world, fields) = world_of_forms().await;
    run(&world, vec!["ALTER TABLE projects RENAME TO projects_away".to_owned()]).await;
    for form in forms() {
        if CHANGING_NOTHING.contains(&form) || form == "/forms/create_project" {
            continue;
        }
        let answer = send(&world, form, &as_pairs(&fields), &page_of(form, &fields)).await;
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
    let answer =
        send(&world, "/forms/create_campaign", &as_pairs(&fields), &page_of("/forms/create_campaign", &fields)).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let page = text(answer).await;
    assert!(page.contains("This was not saved") && page.contains("Kept as typed"), "{page}");

    fields.insert("notes", "x".repeat(3 * 1024 * 1024));
    let answer = send(&world, "/forms/create_campaign", &as_pairs(&fields), "/projects").await;
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
