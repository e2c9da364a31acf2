//! Tests of the event stream: what is sent, when, and that nothing is missed.

use super::program::{Program, world_of_mia};

use super::short::{at, followers, goal, handle, post, views};
use super::support::{DAY, HOUR, NOW, World};
use axum::body::BodyDataStream;
use axum::http::StatusCode;
use axum::response::Response;
use compliance::tracking::TrackingMode;
use compliance::{Instant, ProjectSettings};
use futures_util::StreamExt as _;
use program::creators::record::{CreatorChange, Membership};
use program::keys::secret::Secret;
use program::projects::record::ProjectChange;
use serde_json::{Value, json};
use std::time::{Duration, Instant as StdInstant};
use tokio::time::timeout;
use tower::ServiceExt as _;

/// A received event.
#[derive(Debug, PartialEq, Eq)]
pub struct Event {
    pub name: String,
    pub data: Value,
    id: Option<String>,
}

impl Event {
    /// Returns the creator's handle, and status and actual of each goal.
    fn verdicts(&self) -> (String, Vec<(String, i64)>) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let goals = self.data["compliance"].as_array().expect("compliance");
        let goals = goals.iter().map(|goal| (text(&goal["status"]), goal["actual"].as_i64().unwrap()));
        (text(&self.data["creator"]["tiktok_handle"]), goals.collect())
    }
}

/// Returns whether an answer asks proxies to pass it on at once and not to store it.
#[track_caller]
pub fn passes_proxies(response: &Response) {
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "text/event-stream");
    assert_eq!(header("x-accel-buffering"), "no");
    assert_eq!(header("cache-control"), "no-store, no-transform");
}

/// An open stream.
pub struct Stream {
    body: BodyDataStream,
    unread: String,
}

impl Stream {
    pub async fn open(program: &Program<'_>, since: Option<&str>, now: Instant) -> Stream {
        let path = format!("/projects/{}/events", program.world.id());
        let headers: Vec<_> = since.map(|id| ("last-event-id", id)).into_iter().collect();
        let response = program.world.send_at(now, program.request("GET", &path, &headers, "")).await;
        Stream::of(response)
    }

    /// Opens the stream of an answer.
    #[track_caller]
    pub fn of(response: Response) -> Stream {
        assert_eq!(response.status(), StatusCode::OK);
        passes_proxies(&response);
        Stream { body: response.into_body().into_data_stream(), unread: String::new() }
    }

    /// Returns the next event; `None` when the stream has ended.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(end) = self.unread.find("\n\n") {
                let event: String = self.unread.drain(..end + 2).collect();
                let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
                let data = field("data: ").map(|data| serde_json::from_str(&data).unwrap());
                let event =
                    field("event: ").map(|name| Event { name, data: data.unwrap_or_default(), id: field("id: ") });
                if event.is_some() {
                    return event;
                }
                continue;
            }
            let chunk =
                timeout(Duration::from_secs(5), self.body.next()).await.expect("an event within five seconds")?;
            self.unread.push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
        }
    }

    /// Returns the next event of a stream that must not end.
    pub async fn told(&mut self) -> Event {
        self.next().await.expect("the stream goes on")
    }

    /// Checks that nothing is sent for four rounds of the feed, because there is no event to wait for.
    async fn is_silent(&mut self) {
        let event = timeout(Duration::from_millis(600), self.next()).await;
        assert!(event.is_err(), "{event:?}");
    }
}

pub async fn world_with_goals() -> World {
    let world = world_of_mia().await;
    world.accept(vec![followers("theo", "2026-08-19T10:00:00Z", 7)]).await;
    world.add_goal("mia", &goal("views", "weekly", 200)).await;
    world.add_goal("theo", &goal("posts", "weekly", 1)).await;
    world
}

#[tokio::test]
async fn facts_sent_to_one_server_appear_in_the_stream_of_another_and_a_third_resumes_it() {
    let world = world_with_goals().await;
    let program = Program::writing(&world).await;
    let (other, third) = (world.another_server().await, world.another_server().await);
    let of_other = Program { world: &other, secret: Secret::parse(program.secret.reveal()).unwrap() };
    let mut stream = Stream::open(&of_other, None, NOW).await;
    assert_eq!(stream.told().await.name, "ready");
    program.facts(r#"[{"type":"post_stats","tiktok_video_id":"1","tiktok_handle":"mia","captured_at":"2026-08-19T11:00:00Z","view_count":180}]"#).await;
    let event = stream.told().await;
    assert_eq!(event.verdicts(), ("mia".to_owned(), vec![("on_track".to_owned(), 230)]));

    // The server of the stream is gone; another one sends what happened since.
    drop(stream);
    world.accept(vec![views("1", "2026-08-19T11:30:00Z", 190)]).await;
    let of_third = Program { world: &third, secret: Secret::parse(program.secret.reveal()).unwrap() };
    let mut stream = Stream::open(&of_third, event.id.as_deref(), NOW).await;
    assert_eq!(stream.told().await.verdicts(), ("mia".to_owned(), vec![("on_track".to_owned(), 240)]));
}

#[tokio::test]
async fn a_fact_changes_a_verdict_and_the_stream_tells() {
    let world = world_with_goals().await;
    let program = Program::writing(&world).await;
    let mut stream = Stream::open(&program, None, NOW).await;
    let ready = stream.told().await;
    assert_eq!((ready.name.as_str(), &ready.data), ("ready", &json!({})));

    program.facts(r#"[{"type":"post_stats","tiktok_video_id":"1","tiktok_handle":"mia","captured_at":"2026-08-19T11:00:00Z","view_count":180}]"#).await;
    let event = stream.told().await;
    assert_eq!(event.name, "compliance");
    assert_eq!(event.verdicts(), ("mia".to_owned(), vec![("on_track".to_owned(), 230)]));
    assert_ne!(event.id, ready.id);
    let listed = program
        .get(&format!("/projects/{}/goal-compliance?creator_id={}", world.id(), world.creator("mia").await))
        .await;
    assert_eq!(event.data, listed["data"][0], "the same as the list says");

    // The same fact again changes nothing; a name and a removal do.
    program.facts(r#"[{"type":"post_stats","tiktok_video_id":"1","tiktok_handle":"mia","captured_at":"2026-08-19T11:00:00Z","view_count":180}]"#).await;
    stream.is_silent().await;
    let theo = world.creator("theo").await;
    let named = CreatorChange {
        handle: handle("theo"),
        display_name: Some("Theo".to_owned()),
        tracking_mode: TrackingMode::Auto,
        tracking_start_date: None,
    };
    world.store.update_creator(world.id(), theo, &named, NOW).await.unwrap();
    assert_eq!(stream.told().await.data["creator"]["display_name"], "Theo");
    world.store.set_membership(world.id(), theo, Membership::Removed, NOW).await.unwrap();
    let removed = stream.told().await;
    assert_eq!((removed.name.as_str(), removed.data), ("creator_removed", json!({ "creator_id": theo })));
}

#[tokio::test]
async fn what_was_missed_is_told_on_return_and_nothing_else() {
    let world = world_with_goals().await;
    let program = Program::writing(&world).await;
    let path = format!("/projects/{}/goal-compliance", world.id());
    let list = world.send(program.request("GET", &path, &[], "")).await;
    let heard = list.headers()["last-event-id"].to_str().unwrap().to_owned();

    let mut again = Stream::open(&program, Some(&heard), NOW).await;
    assert_eq!(again.told().await.name, "ready", "nothing happened");
    drop(again);

    let mia = world.creator("mia").await;
    let goals = world.store.goals(world.id(), mia).await.unwrap();
    world.store.delete_goal(world.id(), goals[0].goal_id, NOW).await.unwrap();
    let mut back = Stream::open(&program, Some(&heard), NOW).await;
    let event = back.told().await;
    assert_eq!(event.verdicts(), ("mia".to_owned(), vec![]), "a goal that is gone is told by its absence");
    back.is_silent().await;

    world.store.set_membership(world.id(), mia, Membership::Removed, NOW).await.unwrap();
    let mut back = Stream::open(&program, event.id.as_deref(), NOW).await;
    assert_eq!(back.told().await.data, json!({ "creator_id": mia }), "removed before this server's feed began");
}

#[tokio::test]
async fn time_alone_changes_verdicts_too() {
    let world = world_with_goals().await;
    let program = Program::writing(&world).await;
    let heard = Stream::open(&program, None, NOW).await.told().await.id.unwrap();
    // Monday 01:00: the week is over, for both of them.
    let monday = at("2026-08-24T01:00:00Z");
    let sunday = Stream::open(&program, None, monday.plus_millis(-2 * HOUR)).await.told().await.id.unwrap();
    let mut stream = Stream::open(&program, Some(&sunday), monday).await;
    let mut told = [stream.told().await, stream.told().await];
    assert_eq!((told[0].id.is_none(), told[1].id.is_some()), (true, true), "the position moves on once all is told");
    told.sort_by_key(|event| event.verdicts().0);
    assert_eq!(told[1].verdicts(), ("theo".to_owned(), vec![("on_track".to_owned(), 0)]));
    let previous = &told[1].data["compliance"][0]["previous"];
    assert_eq!((&previous["status"], &previous["advisory"]["period_recently_ended"]), (&json!("missed"), &json!(true)));
    let mut stream = Stream::open(&program, Some(&heard), NOW.plus_millis(5 * DAY)).await;
    assert_eq!(stream.told().await.name, "reset", "older than a day");
}

#[tokio::test]
async fn a_changed_setting_is_told_of_everybody() {
    let world = world_with_goals().await;
    let program = Program::writing(&world).await;
    let heard = Stream::open(&program, None, NOW).await.told().await.id.unwrap();
    let settings = ProjectSettings { early_grace_percent: 90, ..world.project.settings };
    let change = ProjectChange { name: "Summer".to_owned(), zone: world.project.zone, settings };
    world.store.update_project(world.id(), &change).await.unwrap();
    let mut stream = Stream::open(&program, Some(&heard), NOW).await;
    let told = [stream.told().await.verdicts().0, stream.told().await.verdicts().0];
    assert!(told.contains(&"mia".to_owned()) && told.contains(&"theo".to_owned()), "{told:?}");
}

#[tokio::test]
async fn who_reads_slowly_is_told_the_latest_state_once() {
    let world = world_with_goals().await;
    let program = Program::writing(&world).await;
    // Both listen to one server. The other reads at once, and shows that the server knows of each change in turn.
    let router = world.router_at(NOW);
    let path = format!("/projects/{}/events", world.id());
    let listen = async || Stream::of(router.clone().oneshot(program.request("GET", &path, &[], "")).await.unwrap());
    let (mut stream, mut quick) = (listen().await, listen().await);
    stream.told().await;
    quick.told().await;
    for (minute, count) in (1..=9).zip(151..) {
        world.accept(vec![views("1", &format!("2026-08-19T11:0{minute}:00Z"), count)]).await;
        assert_eq!(quick.told().await.verdicts().1[0].1, count + 50);
    }
    let mut actuals = Vec::new();
    while actuals.last() != Some(&209) {
        actuals.push(stream.told().await.verdicts().1[0].1);
    }
    assert!(actuals.len() <= 2, "one may have been on its way: {actuals:?}");
    stream.is_silent().await;
}

#[tokio::test]
async fn positions_that_cannot_be_are_refused_or_reset() {
    let world = world_with_goals().await;
    let program = Program::writing(&world).await;
    let path = format!("/projects/{}/events", world.id());
    for garbage in ["x", "1", "1-", "-1-2", "1-2-3", "99999999999999999999-1"] {
        let (status, answer) = program.send("GET", &path, &[("last-event-id", garbage)], Vec::new()).await;
        assert_eq!((status, &answer["meta"]["code"]), (StatusCode::BAD_REQUEST, &json!("invalid_params")), "{garbage}");
    }
    let ahead = format!("999999-{}", NOW.millis());
    assert_eq!(Stream::open(&program, Some(&ahead), NOW).await.told().await.name, "reset");
    let later = format!("1-{}", NOW.plus_millis(HOUR).millis());
    assert_eq!(Stream::open(&program, Some(&later), NOW).await.told().await.name, "reset");
}

#[tokio::test]
async fn a_stream_ends_when_asked_to_and_when_its_key_is_revoked() {
    let world = world_with_goals().await;
    let program = Program::new(&world, Some(world.id()), false).await;
    let path = format!("/projects/{}/events?for_seconds=1", world.id());
    let response = world.send(program.request("GET", &path, &[], "")).await;
    let mut short = Stream::of(response);
    assert_eq!(short.told().await.name, "ready");
    assert_eq!(short.next().await, None);

    let mut stream = Stream::open(&program, None, NOW).await;
    stream.told().await;
    let key = world.store.api_keys().await.unwrap()[0].api_key_id;
    world.store.revoke_api_key(key, NOW).await.unwrap();
    let revoked = StdInstant::now();
    for number in 10.. {
        // A key is checked again after a second, so what happens later is not sent.
        let is_late = revoked.elapsed() > Duration::from_secs(1);
        world.accept(vec![post(&number.to_string(), "theo", "2026-08-19T11:00:00Z")]).await;
        let Some(event) = stream.next().await else { break };
        assert!(!is_late, "{event:?}");
    }
}
