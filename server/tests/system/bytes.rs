//! Tests that the server answers any bytes in the address, the headers or the body, and never with a 5xx.

use super::program::{Program, world_of_mia};
use super::short::goal;
use super::support::{NOW, World, text};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request, header};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::cell::RefCell;
use std::fmt::Write as _;
use std::time::Duration;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

/// Every route that parses input: {P} is the project, {C} a creator, {G} a goal.
const WAYS: [(&str, &str); 58] = [
    ("GET", "/api/v1/projects"),
    ("POST", "/api/v1/projects"),
    ("PATCH", "/api/v1/projects/{P}"),
    ("GET", "/api/v1/projects/{P}/creators"),
    ("POST", "/api/v1/projects/{P}/creators"),
    ("PATCH", "/api/v1/projects/{P}/creators/{C}"),
    ("GET", "/api/v1/projects/{P}/posts"),
    ("PATCH", "/api/v1/projects/{P}/posts/{G}"),
    ("GET", "/api/v1/projects/{P}/goals"),
    ("POST", "/api/v1/projects/{P}/goals"),
    ("PATCH", "/api/v1/projects/{P}/goals/{G}"),
    ("GET", "/api/v1/projects/{P}/goals/{G}/evidence"),
    ("GET", "/api/v1/projects/{P}/goals/{G}/periods"),
    ("GET", "/api/v1/projects/{P}/goal-compliance"),
    ("GET", "/api/v1/projects/{P}/events"),
    ("GET", "/api/v1/analytics/aggregate/goal-compliance"),
    ("POST", "/api/v1/projects/{P}/stats"),
    ("POST", "/api/v1/projects/{P}/campaigns"),
    ("GET", "/api/v1/projects/{P}/campaigns/{G}"),
    ("POST", "/api/v1/projects/{P}/campaigns/{G}/items"),
    ("GET", "/projects/{P}"),
    ("GET", "/projects/{P}/creators"),
    ("GET", "/projects/{P}/creators/new"),
    ("GET", "/projects/{P}/creators/{C}/posts"),
    ("GET", "/projects/{P}/creators/{C}/goals"),
    ("GET", "/projects/{P}/creators/{C}/goals/new"),
    ("GET", "/projects/{P}/creators/{C}/goals/{G}/edit"),
    ("GET", "/projects/{P}/creators/{C}/log"),
    ("GET", "/projects/{P}/inbox"),
    ("GET", "/projects/{P}/campaigns"),
    ("GET", "/projects/{P}/goals/assign"),
    ("GET", "/projects/{P}/overview.csv"),
    ("GET", "/projects/{P}/settings"),
    ("GET", "/projects/{P}/import"),
    ("GET", "/welcome"),
    ("POST", "/projects/{P}/imports"),
    ("POST", "/forms/create_goal"),
    ("POST", "/forms/add_creators"),
    ("POST", "/forms/update_project"),
    ("POST", "/forms/review_posts"),
    ("POST", "/forms/undo_review"),
    ("POST", "/forms/assign_goal"),
    ("POST", "/forms/plan_assignment"),
    ("POST", "/forms/plan_message"),
    ("POST", "/forms/look_at_creator"),
    ("GET", "/projects/{P}/search"),
    ("GET", "/projects/{P}/message"),
    ("GET", "/projects/{P}/calendar"),
    ("GET", "/projects/{P}/creators/{C}/calendar"),
    ("GET", "/projects/{P}/campaigns/{G}"),
    ("POST", "/forms/remove_from_campaign"),
    ("POST", "/forms/create_campaign"),
    ("POST", "/forms/add_to_campaign"),
    ("POST", "/forms/update_creator"),
    ("POST", "/forms/update_notes"),
    ("POST", "/forms/save_view"),
    ("POST", "/forms/create_api_key"),
    ("POST", "/forms/set_theme"),
];
/// Valid input for these routes, to be damaged.
const SAMPLES: [&str; 10] = [
    r#"[{"type":"post","tiktok_video_id":"7","tiktok_handle":"mia","published_at":"2026-08-18T10:00:00+02:00","kind":"video"}]"#,
    r#"{"type":"post_stats","tiktok_video_id":"1","tiktok_handle":"mia","captured_at":1787000000,"view_count":180,"source":"x"}"#,
    r#"{"type":"creator_stats","creator_id":"{C}","captured_at":"2026-08-19T11:00:00Z","follower_count":1040}"#,
    r#"{"creator_id":"{C}","metric":"views","period":"weekly","target_value":15,"start_date":"2026-08-01","end_date":null}"#,
    r#"{"creators":[{"tiktok_handle":"theo","tracking_mode":"selective","tracking_start_date":"2026-01-01"}]}"#,
    r#"{"name":"Autumn","time_zone":"Asia/Seoul","week_start":"sunday","early_grace_percent":10}"#,
    r#"{"name":"Launch","target_views":1000,"target_date":"2026-09-01","items":[{"kind":"creator","id":"{C}"}]}"#,
    "project_id={P}&creator_id={C}&metric=posts&period=daily&target_value=3&start_date=&end_date=",
    "limit=50&cursor={C}&reference_date=2026-08-01&period=weekly&period_start=2026-08-17&from=2026-01-01&q=mia&page=2",
    "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.csv\"\r\n\r\nvideo_id,username\n1,mia\r\n--b--\r\n",
];
const HEADERS: [&str; 8] = [
    "idempotency-key",
    "last-event-id",
    "if-none-match",
    "content-type",
    "cookie",
    "x-request-id",
    "accept",
    "referer",
];
const TYPES: [&str; 4] = [
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "application/x-ndjson",
];

/// A random request.
#[derive(Debug, Clone)]
struct Drawn {
    way: (&'static str, &'static str),
    query: Vec<u8>,
    headers: Vec<(&'static str, Vec<u8>)>,
    content_type: &'static str,
    body: Vec<u8>,
}

fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![any::<u8>(), select(&b"{}[]\",:;&=%+-\n\r\t\\ 0129.eE\x00\xff\xc3\xa9\x1f\x8b<'"[..])]
}

/// Random bytes, or valid input with a few bytes changed, removed, doubled or cut off.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let edits = vec((any::<Index>(), byte(), 0_u8..4), 0..6);
    let mutated = (select(&SAMPLES[..]), edits).prop_map(|(sample, edits)| {
        let mut bytes = sample.as_bytes().to_vec();
        for (place, byte, edit) in edits {
            let at = place.index(bytes.len().max(1)).min(bytes.len());
            match edit {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => {
                    bytes.remove(at);
                }
                2 => bytes.truncate(at),
                _ => bytes.insert(at, byte),
            }
        }
        bytes
    });
    prop_oneof![1 => vec(byte(), 0..120), 3 => mutated]
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let headers = vec((select(&HEADERS[..]), vec(any::<u8>(), 0..40)), 0..3);
    (select(&WAYS[..]), damaged(), headers, select(&TYPES[..]), damaged())
        .prop_map(|(way, query, headers, content_type, body)| Drawn { way, query, headers, content_type, body })
}

struct Known {
    router: Router,
    authorization: String,
    ids: [(&'static str, String); 3],
}

impl Known {
    fn fill(&self, text: &str) -> String {
        self.ids.iter().fold(text.to_owned(), |text, (name, id)| text.replace(name, id))
    }

    async fn answer(&self, drawn: &Drawn) -> (u16, String) {
        let sample = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map(|text| self.fill(&text).into_bytes());
        let mut query = String::new();
        for byte in sample(&drawn.query).unwrap_or_else(|_| drawn.query.clone()) {
            match byte {
                b'&' | b'=' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => query.push(byte.into()),
                _ => write!(query, "%{byte:02x}").unwrap(),
            }
        }
        let (method, path) = drawn.way;
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}?{query}", self.fill(path)))
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, drawn.content_type);
        for (name, value) in &drawn.headers {
            if let Ok(value) = HeaderValue::from_bytes(value) {
                request.headers_mut().unwrap().insert(HeaderName::from_static(name), value);
            }
        }
        let request = request.header(header::AUTHORIZATION, &self.authorization);
        let body = sample(&drawn.body).unwrap_or_else(|_| drawn.body.clone());
        let body = if method == "GET" { Body::empty() } else { Body::from(body) };
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        if response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream") {
            return (status, String::new());
        }
        let answer = tokio::time::timeout(Duration::from_secs(20), text(response)).await;
        (status, answer.expect("an answer that ends"))
    }
}

async fn known(world: &World) -> Known {
    let program = Program::new(world, None, true).await;
    let goal_id = world.add_goal("mia", &goal("views", "weekly", 200)).await;
    let ids = [
        ("{P}", world.id().to_string()),
        ("{C}", world.creator("mia").await.to_string()),
        ("{G}", goal_id.to_string()),
    ];
    let authorization = format!("Bearer {}", program.secret.reveal());
    Known { router: world.router_at(NOW), authorization, ids }
}

#[test]
fn no_bytes_are_too_odd() {
    let runtime = Runtime::new().unwrap();
    let world = runtime.block_on(world_of_mia());
    let known = runtime.block_on(known(&world));
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3_000) };
    let statuses = RefCell::new([0_u32; 6]);
    proptest!(config, |(drawn in drawn())| {
        let (status, answer) = runtime.block_on(known.answer(&drawn));
        prop_assert!(status < 500, "{status}: {answer}");
        statuses.borrow_mut()[usize::from(status / 100)] += 1;
        if drawn.way.1.starts_with("/api/v1") && status >= 400 {
            let answer: serde_json::Value = serde_json::from_str(&answer).expect("a refusal is JSON");
            prop_assert!(answer["meta"]["code"].is_string() && answer["error"].is_string());
        }
    });
    let statuses = statuses.into_inner();
    assert!(statuses[2] > 100 && statuses[4] > 100, "both what is right and what is wrong was tried: {statuses:?}");
    assert_eq!(runtime.block_on(world.stale_days()), 0);
}

#[tokio::test]
async fn an_id_that_is_none_is_refused_however_long_it_is() {
    let world = World::new().await;
    let long = "x".repeat(200_000);
    let ids = [("project_id", world.id().to_string()), ("campaign_id", world.id().to_string())];
    for (form, field) in [
        ("plan_assignment", "creator"),
        ("plan_message", "creator"),
        ("add_to_campaign", "creator"),
        ("add_to_campaign", "creator[]"),
        ("add_to_campaign", "post"),
        ("review_posts", "post[]"),
        ("add_to_campaign", "campaign_id"),
    ] {
        let mut fields: Vec<(&str, &str)> = ids.iter().map(|(name, id)| (*name, id.as_str())).collect();
        fields.retain(|(name, _)| *name != field);
        fields.push((field, &long));
        let answer = world.post(&format!("/forms/{form}"), "text/html", &fields).await;
        assert!(answer.status().is_client_error(), "{form} {field}: {}", answer.status());
        let said = text(answer).await;
        assert!(said.contains("This was not saved"), "{form} {field}: {} bytes", said.len());
    }
}

#[tokio::test]
async fn what_was_removed_from_a_campaign_makes_no_long_address() {
    let world = World::new().await;
    let id = world.id().to_string();
    let kind = "x".repeat(200_000);
    let fields = [("project_id", id.as_str()), ("campaign_id", &id), ("item_id", &id), ("kind", &kind)];
    let answer = world.post("/forms/remove_from_campaign", "text/html", &fields).await;
    let address = answer.headers()[header::LOCATION].to_str().unwrap();
    assert!(address.ends_with(&format!("removed_id={id}")) && address.len() < 500, "{} bytes", address.len());
}
