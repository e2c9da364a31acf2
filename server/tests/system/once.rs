//! Tests of forms that are sent several times at once, and of limits that many requests reach at once.

use super::support::{NOW, World, form_request, location, text};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use futures_util::future::join_all;
use program::ids::{CampaignId, ProjectId};
use program::saved_views::record::SAVED_VIEWS;
use rstest::rstest;
use std::collections::HashSet;
use tower::ServiceExt as _;
use uuid::Uuid;

/// How often each form is sent at once.
const TIMES: usize = 8;

fn request(path: &str, form: &[(&str, &str)]) -> Request<Body> {
    form_request(path, "text/html", form)
}

/// Sends forms at the same time, each on a task of its own.
async fn send_at_once(router: &Router, forms: Vec<Request<Body>>) -> Vec<Response> {
    let sent = forms.into_iter().map(|form| tokio::spawn(router.clone().oneshot(form)));
    join_all(sent).await.into_iter().map(|sent| sent.unwrap().unwrap()).collect()
}

/// Returns the id that the server put into the form of a page.
async fn form_id(world: &World, page: &str) -> String {
    let page = text(world.get(page).await).await;
    let (_, rest) = page.split_once(r#"name="form_id" value=""#).unwrap_or_else(|| panic!("the page has no such form"));
    rest.split('"').next().unwrap().to_owned()
}

/// Sends the same form several times at once, and returns the one page to which all are redirected.
async fn send_the_same(world: &World, path: &str, form: &[(&str, &str)]) -> String {
    let router = world.router_at(NOW);
    let answers = send_at_once(&router, (0..TIMES).map(|_| request(path, form)).collect()).await;
    let statuses: Vec<StatusCode> = answers.iter().map(Response::status).collect();
    assert_eq!(statuses, [StatusCode::SEE_OTHER; TIMES]);
    let pages: HashSet<String> = answers.iter().map(location).collect();
    assert_eq!(pages.len(), 1, "all are led to the same page: {pages:?}");
    pages.into_iter().next().unwrap()
}

#[rstest]
#[case::project("/projects/new", "/forms/create_project", &[
    ("name", "Autumn"), ("time_zone", "UTC"), ("week_start", "monday"), ("early_grace_percent", "10"),
    ("collection_interval_hours", "24"), ("beside", "1"),
], "name", "SELECT name FROM projects WHERE name LIKE 'Autumn%'")]
#[case::campaign("/projects/{project}/campaigns/new", "/forms/create_campaign", &[("name", "Autumn")],
    "name", "SELECT name FROM campaigns")]
#[case::goal("/projects/{project}/creators/{creator}/goals/new", "/forms/create_goal", &[
    ("creator_id", "{creator}"), ("metric", "posts"), ("period", "weekly"), ("target_value", "5"),
    ("start_date", "2026-08-17"), ("end_date", "2026-08-23"),
], "metric", "SELECT metric FROM goals WHERE metric <> 'followers'")]
#[case::creators("/projects/{project}/creators/new", "/forms/add_creators", &[
    ("handles", "theo\nzoe"), ("tracking_mode", "auto"),
], "handles", "SELECT CAST(added AS TEXT) FROM pastes")]
#[case::view("/projects/{project}?status=at_risk", "/forms/save_view", &[("view_name", "Late"), ("query", "?status=at_risk")],
    "view_name", "SELECT name FROM saved_views")]
#[case::key("/projects/{project}/settings", "/forms/create_api_key", &[("key_name", "Scraper"), ("scope", "write")],
    "key_name", "SELECT name FROM api_keys")]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_form_that_is_sent_eight_times_at_once_makes_one_thing(
    #[case] page: &str,
    #[case] path: &str,
    #[case] form: &[(&str, &str)],
    #[case] changed: &str,
    #[case] made: &'static str,
) {
    let world = World::new().await;
    world.accept(vec![super::short::post("1", "mia", "2026-08-18T10:00:00Z")]).await;
    // The overview offers to save a view once there is something to see.
    world.add_goal("mia", &super::short::goal("followers", "monthly", 9)).await;
    let (project, creator) = (world.id().to_string(), world.creator("mia").await.to_string());
    let filled = |text: &str| text.replace("{project}", &project).replace("{creator}", &creator);
    let id = form_id(&world, &filled(page)).await;
    let mut form: Vec<(String, String)> = form.iter().map(|(name, value)| (name.to_string(), filled(value))).collect();
    form.push(("form_id".to_owned(), id.clone()));
    if !path.ends_with("create_project") {
        form.push(("project_id".to_owned(), project.clone()));
    }
    let pairs = |form: &[(String, String)]| form.to_vec();
    let first = pairs(&form);
    let first: Vec<(&str, &str)> = first.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let led_to = send_the_same(&world, path, &first).await;
    assert_eq!(world.texts(made).await.len(), 1, "one was made");
    assert_eq!(send_the_same(&world, path, &first).await, led_to, "also later");
    assert_eq!(world.texts(made).await.len(), 1);

    // After "Back", other input on the same page creates another thing.
    let mut other = pairs(&form);
    for (name, value) in &mut other {
        if name == changed {
            *value = match changed {
                "metric" => "views".to_owned(),
                "handles" => format!("{value}\ntwo"),
                _ => format!("{value} Two"),
            };
        }
    }
    let other: Vec<(&str, &str)> = other.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    send_the_same(&world, path, &other).await;
    assert_eq!(world.texts(made).await.len(), 2, "what is typed anew is made as well");

    // A value that is not an id of a form is refused by name.
    let spoilt: Vec<(&str, &str)> =
        first.iter().map(|(name, value)| (*name, if *name == "form_id" { "x" } else { value })).collect();
    let answer = world.post(path, "application/json", &spoilt).await;
    assert!(answer.status().is_client_error(), "{}", answer.status());
    assert!(text(answer).await.contains("form_id"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_answer_to_a_key_made_once_shows_the_same_key_and_it_opens_the_door() {
    let world = World::new().await;
    let (project, settings) = (world.id().to_string(), format!("/projects/{}/settings", world.id()));
    let id = form_id(&world, &settings).await;
    let form =
        [("project_id", project.as_str()), ("key_name", "Scraper"), ("scope", "write"), ("form_id", id.as_str())];
    let router = world.router_at(NOW);
    let path = "/forms/create_api_key";
    let answers = send_at_once(&router, (0..TIMES).map(|_| request(path, &form)).collect()).await;
    let cookies = answers.iter().map(|answer| answer.headers()[header::SET_COOKIE].to_str().unwrap().to_owned());
    let cookies: HashSet<String> = cookies.collect();
    assert_eq!(cookies.len(), 1, "one key");
    let cookie = cookies.into_iter().next().unwrap();
    let key = cookie.strip_prefix("new_key=").unwrap().split(';').next().unwrap();
    let asked = Request::builder()
        .uri(format!("/api/v1/projects/{project}"))
        .header(header::HOST, "localhost")
        .header(header::AUTHORIZATION, format!("Bearer {key}"));
    let answer = router.clone().oneshot(asked.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    // A minute later the same form no longer shows the key.
    let later = world.router_at(NOW.plus_millis(61_000)).oneshot(request(path, &form)).await.unwrap();
    assert!(!later.headers().contains_key(header::SET_COOKIE));
    // The page of another project cannot show it either.
    let of_others = super::short::project_in(super::short::zone("UTC"));
    let other = world.store.create_project(ProjectId::new(), &of_others, NOW).await.unwrap().project_id.to_string();
    let form = [("project_id", other.as_str()), ("key_name", "Scraper"), ("scope", "write"), ("form_id", id.as_str())];
    let foreign = router.oneshot(request(path, &form)).await.unwrap();
    assert!(!foreign.headers()[header::SET_COOKIE].to_str().unwrap().contains(key));
    assert_eq!(world.texts("SELECT name FROM api_keys").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_goal_for_many_is_given_once_and_every_answer_counts_the_same() {
    let world = World::new().await;
    world.accept(vec![super::short::post("1", "mia", "2026-08-18T10:00:00Z")]).await;
    world.accept(vec![super::short::post("2", "theo", "2026-08-18T10:00:00Z")]).await;
    world.add_goal("theo", &super::short::goal("posts", "weekly", 3)).await;
    let (project, ids) = (world.id().to_string(), [world.creator("mia").await, world.creator("theo").await]);
    let creators = format!("{},{}", ids[0], ids[1]);
    let id = Uuid::now_v7().to_string();
    let form = [
        ("project_id", project.as_str()),
        ("creators", &creators),
        ("metric", "posts"),
        ("period", "weekly"),
        ("target_value", "7"),
        ("existing", "change"),
        ("form_id", &id),
    ];
    let led_to = send_the_same(&world, "/forms/assign_goal", &form).await;
    assert!(led_to.contains("assigned=1&changed=1&kept=0&left_out=0"), "{led_to}");
    assert!(led_to.contains("undo_assignment=0"), "{led_to}");
    assert_eq!(world.texts("SELECT CAST(version AS TEXT) FROM goal_versions").await.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_more_views_are_saved_than_may_be_however_many_come_at_once() {
    let world = World::new().await;
    let project = world.id().to_string();
    let router = world.router_at(NOW);
    let forms = (0..70).map(|number| {
        let name = format!("View {number}");
        request("/forms/save_view", &[("project_id", &project), ("view_name", &name), ("query", "?status=missed")])
    });
    let answers = send_at_once(&router, forms.collect()).await;
    let saved = answers.iter().filter(|answer| answer.status() == StatusCode::SEE_OTHER).count();
    let refused = answers.iter().filter(|answer| answer.status() == StatusCode::CONFLICT).count();
    assert_eq!((i64::try_from(saved).unwrap(), saved + refused), (SAVED_VIEWS, 70));
    assert_eq!(world.texts("SELECT name FROM saved_views").await.len(), saved);
}

#[tokio::test]
async fn a_form_whose_thing_was_deleted_since_makes_no_other_and_brings_nothing_back() {
    let world = World::new().await;
    let (project, id) = (world.id().to_string(), Uuid::now_v7().to_string());
    let form = [("project_id", project.as_str()), ("name", "Autumn"), ("form_id", &id)];
    let page = location(&world.post("/forms/create_campaign", "text/html", &form).await);
    let campaign: CampaignId = page.split(['/', '?']).nth(4).unwrap().parse().unwrap();
    world.store.delete_campaign(world.id(), campaign, NOW).await.unwrap();
    let again = world.post("/forms/create_campaign", "application/json", &form).await;
    assert_eq!(again.status(), StatusCode::NOT_FOUND);
    assert_eq!(world.store.campaigns(world.id()).await.unwrap(), []);
}
