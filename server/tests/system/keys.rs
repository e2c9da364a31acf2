//! Tests of API keys on the Settings page, and of stored answers to requests that may be sent again.

use super::support::{HOUR, NOW, World, location, text};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use program::idempotency::{Idempotency, IdempotentRequest, KeptAnswer};
use program::ids::{ApiKeyId, ProjectId};
use program::keys::record::{KeyScope, NewApiKey};
use program::keys::secret::Secret;
use program::store::SharedStore;

const HTML: &str = "text/html";

async fn make(store: &SharedStore, project_id: Option<ProjectId>) -> (Secret, program::keys::record::ApiKey) {
    let secret = Secret::generate().unwrap();
    let (hash, hint) = (secret.hash(), secret.hint().to_owned());
    let new = NewApiKey { project_id, name: "Scraper".to_owned(), scope: KeyScope::Write, hash, hint };
    let key = store.create_api_key(ApiKeyId::new(), &new, NOW).await.unwrap().as_created().unwrap().clone();
    (secret, key)
}

#[tokio::test]
async fn a_key_is_found_by_its_hash_listed_touched_and_revoked() {
    let world = World::new().await;
    assert_eq!(world.store.api_keys().await.unwrap(), []);
    let (secret, key) = make(&world.store, Some(world.id())).await;
    let (_, other) = make(&world.store, None).await;
    assert_eq!(world.store.api_key(&secret.hash()).await.unwrap(), Some(key.clone()));
    assert_eq!(world.store.api_key(&[0; 32]).await.unwrap(), None);
    assert_eq!(world.store.api_keys().await.unwrap(), [other, key.clone()], "newest first");
    world.store.touch_api_key(key.api_key_id, NOW.plus_millis(HOUR)).await.unwrap();
    world.store.revoke_api_key(key.api_key_id, NOW.plus_millis(2 * HOUR)).await.unwrap();
    world.store.revoke_api_key(key.api_key_id, NOW.plus_millis(3 * HOUR)).await.unwrap();
    super::short::is_not_found(world.store.revoke_api_key(ApiKeyId::default(), NOW).await);
    super::short::is_not_found(world.store.touch_api_key(ApiKeyId::default(), NOW).await);
    let found = world.store.api_key(&secret.hash()).await.unwrap().unwrap();
    assert_eq!(found.last_used_at, Some(NOW.plus_millis(HOUR)));
    assert_eq!(found.revoked_at, Some(NOW.plus_millis(2 * HOUR)), "the first time counts");
}

#[tokio::test]
async fn a_key_is_not_made_for_a_project_that_is_not_there() {
    let world = World::new().await;
    let new = |project_id| {
        let (name, hint) = ("Scraper".to_owned(), "abcd".to_owned());
        NewApiKey { project_id: Some(project_id), name, scope: KeyScope::Write, hash: [1; 32], hint }
    };
    let make = async |project_id| world.store.create_api_key(ApiKeyId::new(), &new(project_id), NOW).await;
    super::short::is_not_found(make(ProjectId::new()).await);
    world.store.delete_project(world.id(), NOW).await.unwrap();
    super::short::is_not_found(make(world.id()).await);
    assert_eq!(world.store.api_keys().await.unwrap(), []);
}

#[tokio::test]
async fn an_answer_is_kept_for_a_day_and_a_lost_request_may_be_tried_again() {
    let world = World::new().await;
    let (_, key) = make(&world.store, None).await;
    let request = IdempotentRequest {
        organization_id: key.organization_id,
        api_key_id: key.api_key_id,
        route: "POST /projects".to_owned(),
        idempotency_key: "once".to_owned(),
        body_hash: [1; 32],
    };
    let at = |millis: i64| NOW.plus_millis(millis);
    let begin = async |request: &IdempotentRequest, now| world.store.begin_idempotent(request, now).await.unwrap();
    assert_eq!(begin(&request, at(0)).await, Idempotency::First);
    assert_eq!(begin(&request, at(119_999)).await, Idempotency::InProgress);
    let other_body = IdempotentRequest { body_hash: [2; 32], ..request.clone() };
    assert_eq!(begin(&other_body, at(0)).await, Idempotency::OtherBody);
    let other_route = IdempotentRequest { route: "POST /other".to_owned(), ..request.clone() };
    assert_eq!(begin(&other_route, at(0)).await, Idempotency::First);
    assert_eq!(begin(&request, at(120_000)).await, Idempotency::First, "lost with its server");
    world.store.end_idempotent(&request, None).await.unwrap();
    assert_eq!(begin(&request, at(0)).await, Idempotency::First, "it failed, and was forgotten");
    let answer = KeptAnswer { code: 201, body: "{}".to_owned() };
    world.store.end_idempotent(&request, Some(&answer)).await.unwrap();
    assert_eq!(begin(&request, at(24 * HOUR)).await, Idempotency::Answered(answer));
    assert_eq!(begin(&request, at(24 * HOUR + 1)).await, Idempotency::First);
}

#[tokio::test]
async fn a_new_key_is_shown_once_and_never_in_an_address() {
    let world = World::new().await;
    let (project, settings) = (world.id().to_string(), format!("/projects/{}/settings", world.id()));
    let form = |name, scope| [("project_id", project.as_str()), ("key_name", name), ("scope", scope)];
    let long = "x".repeat(81);
    for (name, scope, sentence) in [
        (" ", "read", "Give the key a name"),
        (long.as_str(), "read", "Use at most 80 characters."),
        ("Scraper", "admin", "Choose what the key may do."),
    ] {
        let sent_back = world.post("/forms/create_api_key", HTML, &form(name, scope)).await;
        assert_eq!(sent_back.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = text(sent_back).await;
        assert!(page.contains(sentence) && page.contains(&format!("value=\"{name}\"")), "{sentence}: {page}");
    }
    assert_eq!(world.store.api_keys().await.unwrap(), []);

    let made = world.post("/forms/create_api_key", HTML, &form("Scraper", "write")).await;
    let cookie = made.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Max-Age=60"),
        "{cookie}"
    );
    assert!(cookie.contains(&format!("Path={settings}")), "{cookie}");
    let secret = Secret::parse(cookie.split(['=', ';']).nth(1).unwrap()).expect("the key");
    assert!(!location(&made).contains(secret.reveal()));
    let page = |cookie: Option<String>| {
        let mut request = Request::builder().uri(&settings).header(header::HOST, "localhost");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        world.send(request.body(Body::empty()).unwrap())
    };
    let shown = page(Some(format!("theme=dark; new_key={}", secret.reveal()))).await;
    assert!(shown.headers()[header::SET_COOKIE].to_str().unwrap().contains("Max-Age=0"), "shown once");
    assert_eq!(shown.headers()[header::CACHE_CONTROL], "no-store");
    let shown = text(shown).await;
    assert!(shown.contains(secret.reveal()) && shown.contains("it is not shown again"), "{shown}");
    let later = text(page(None).await).await;
    assert!(!later.contains(secret.reveal()) && later.contains(&format!("…{}", secret.hint())), "{later}");
    assert!(!text(page(Some("new_key=<script>".to_owned())).await).await.contains("<script>"));

    let key = world.store.api_keys().await.unwrap()[0].clone();
    assert_eq!((key.project_id, key.scope, key.revoked_at), (Some(world.id()), KeyScope::Write, None));
    let id = key.api_key_id.to_string();
    let revoke = [("project_id", project.as_str()), ("api_key_id", id.as_str())];
    assert!(location(&world.post("/forms/revoke_api_key", HTML, &revoke).await).contains("done=key_revoked"));
    assert!(world.store.api_keys().await.unwrap()[0].revoked_at.is_some());
    let project_of_others = super::short::project_in(super::short::zone("UTC"));
    let other = world.store.create_project(ProjectId::new(), &project_of_others, NOW).await.unwrap().project_id;
    for (of, shown) in [(None, true), (Some(other), false)] {
        let (_, foreign) = make(&world.store, of).await;
        let id = foreign.api_key_id.to_string();
        let revoke = [("project_id", project.as_str()), ("api_key_id", id.as_str())];
        let refused = world.post("/forms/revoke_api_key", "application/json", &revoke).await;
        assert_eq!(refused.status(), StatusCode::NOT_FOUND, "{of:?} is not revoked from this page");
        let still = world.store.api_keys().await.unwrap().into_iter().find(|key| key.api_key_id == foreign.api_key_id);
        assert_eq!(still.unwrap().revoked_at, None);
        assert_eq!(text(page(None).await).await.contains(&format!("…{}", foreign.hint)), shown);
    }
}
