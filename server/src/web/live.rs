//! Notifies open pages that their projects changed; the pages then load their parts again.
//!
//! A browser opens one stream for all of its pages (`frontend/live.js`), so a stream follows several projects.

use crate::api::ApiError;
use crate::event_stream;
use crate::feed::{Change, HEARTBEAT, Listener, Position};
use crate::middleware::limits;
use crate::network::Arrival;
use crate::state::AppState;
use app::islands::UPDATE;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::sse::Event;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Extension, Router};
use futures_util::future::try_join_all;
use futures_util::stream::{BoxStream, SelectAll, unfold};
use futures_util::{Stream, StreamExt as _, stream};
use program::actor::{Action, authorize};
use program::error::AppError;
use program::ids::{CreatorId, ProjectId};
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::time::timeout;

/// The most projects of a stream. Their ids and positions fit into a URL of 8 KB, the limit of common proxies.
const MOST_PROJECTS: usize = 50;
/// The most creators that one event names. If more changed at once, the event says that all did.
const MOST_NAMED: usize = 100;

/// The query of a stream.
#[derive(Debug, Deserialize)]
struct Shown {
    /// `ID@POSITION`, separated by commas: each project, and the position up to which its pages are current. Without a
    /// position the stream begins now.
    projects: String,
}

/// Returns the routes of the stream.
pub fn router() -> Router<AppState> {
    Router::new().route("/live", get(follow))
}

/// Answers an open page that loads itself again but no longer exists with 204 instead of 404. Browsers note every 404 as
/// an error, although the page handles this answer.
pub async fn answer_gone(request: Request, next: Next) -> Response {
    let is_update = request.headers().contains_key(UPDATE);
    let response = next.run(request).await;
    if is_update && response.status() == StatusCode::NOT_FOUND {
        return StatusCode::NO_CONTENT.into_response();
    }
    response
}

async fn follow(
    State(state): State<AppState>,
    Extension(arrival): Extension<Arrival>,
    Query(shown): Query<Shown>,
) -> Response {
    let told = listen_to_all(&state, &arrival, &shown.projects).await;
    told.map_or_else(
        |error| limits::refusal(false, error),
        |told| event_stream::answer(events(told.into_iter().collect(), HEARTBEAT)),
    )
}

/// Follows every project of the query.
async fn listen_to_all(
    state: &AppState,
    arrival: &Arrival,
    projects: &str,
) -> Result<Vec<BoxStream<'static, Message>>, ApiError> {
    let wanted = parse(projects)?.into_iter();
    try_join_all(wanted.map(|(project_id, since)| listen(state, arrival, project_id, since))).await
}

/// Parses the projects of the query and their positions.
fn parse(projects: &str) -> Result<BTreeMap<ProjectId, Option<Position>>, AppError> {
    let mut wanted = BTreeMap::new();
    for project in projects.split(',') {
        let (id, since) = project.split_once('@').map_or((project, None), |(id, since)| (id, Some(since)));
        let id = id.parse::<ProjectId>().map_err(|_| AppError::Invalid("projects: not a project id.".to_owned()))?;
        let since = since.map(str::parse).transpose();
        let since = since.map_err(|()| AppError::Invalid("projects: not a position.".to_owned()))?;
        wanted.insert(id, since);
        if wanted.len() > MOST_PROJECTS {
            return Err(AppError::Invalid(format!("projects: a stream follows at most {MOST_PROJECTS}.")));
        }
    }
    Ok(wanted)
}

/// What the stream says about a project.
enum Message {
    /// These creators or all of them changed; everything up to the position has been sent.
    Changed { project_id: ProjectId, creators: Option<BTreeSet<CreatorId>>, position: Position },
    /// The project does not exist, or no longer does.
    Gone(ProjectId),
    /// The stream of the project has ended.
    End,
}

/// Returns the changes of a project, or that the project does not exist.
async fn listen(
    state: &AppState,
    arrival: &Arrival,
    project_id: ProjectId,
    since: Option<Position>,
) -> Result<BoxStream<'static, Message>, ApiError> {
    let server = state.caller();
    authorize(server.actor, Some(project_id), Action::Read)?;
    if server.store.project(project_id).await?.is_none() {
        return Ok(stream::iter([Message::Gone(project_id)]).boxed());
    }
    let place = state.limits.follow(arrival, project_id)?;
    let listener = state.feeds.listen(project_id, since, place).await?;
    let told =
        unfold(listener, move |mut listener| async move { Some((turn(project_id, &mut listener).await?, listener)) });
    Ok(told.chain(stream::iter([Message::End])).boxed())
}

/// Collects the changes that belong to one position; `None` when the feed ends.
async fn turn(project_id: ProjectId, listener: &mut Listener) -> Option<Message> {
    let mut creators = Some(BTreeSet::new());
    loop {
        let (change, position) = listener.next().await?;
        match change {
            Change::Standing(standing) => add(&mut creators, standing.creator_id()),
            Change::Removed(creator_id) => add(&mut creators, creator_id),
            Change::Ready => {}
            Change::Reset => creators = None,
        }
        // Without a position, more changes of the same turn follow.
        if let Some(position) = position {
            return Some(Message::Changed { project_id, creators, position });
        }
    }
}

fn add(creators: &mut Option<BTreeSet<CreatorId>>, creator_id: CreatorId) {
    if let Some(named) = creators {
        named.insert(creator_id);
        if named.len() > MOST_NAMED {
            *creators = None;
        }
    }
}

/// Returns the events of a stream. An event is sent at once, and whenever nothing was sent for `heartbeat`. It is not a
/// comment, which would do for proxies, because a page cannot see comments.
fn events(told: SelectAll<BoxStream<'static, Message>>, heartbeat: Duration) -> impl Stream<Item = Event> {
    let alive = || Event::default().event("alive").data("{}");
    let rest = unfold(told, move |mut told| async move {
        let event = match timeout(heartbeat, told.next()).await {
            Err(_) => alive(),
            Ok(Some(Message::Changed { project_id, creators, position })) => {
                let data = json!({ "project": project_id, "creators": creators, "position": position.to_string() });
                Event::default().event("changed").data(data.to_string())
            }
            Ok(Some(Message::Gone(project_id))) => {
                Event::default().event("gone").data(json!({ "project": project_id }).to_string())
            }
            // The page reconnects, and finds out whether the project or the server is gone.
            Ok(Some(Message::End) | None) => return None,
        };
        Some((event, told))
    });
    stream::iter([alive()]).chain(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::BodyDataStream;
    use std::time::Instant;

    async fn next(body: &mut BodyDataStream) -> String {
        String::from_utf8(body.next().await.unwrap().unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn a_stream_that_has_nothing_to_say_shows_pages_that_it_lives() {
        // Browsers report neither a comment nor an event without data to the page.
        const ALIVE: &str = "event: alive\ndata: {}\n\n";
        let silent = [stream::pending().boxed()].into_iter().collect();
        let events = events(silent, Duration::from_millis(20));
        let mut body = event_stream::answer(events).into_body().into_data_stream();
        let begun = Instant::now();
        assert_eq!(next(&mut body).await, ALIVE);
        for beat in 1..=3 {
            assert_eq!(next(&mut body).await, ALIVE);
            assert!(begun.elapsed() >= Duration::from_millis(20) * beat);
        }
    }

    #[test]
    fn pages_wait_for_two_signs_of_life_before_they_say_that_they_are_not_live() {
        let worker = include_str!("../../../frontend/live.js");
        let silence = worker.split_once("const SILENCE = ").unwrap().1.split_once(';').unwrap().0.replace('_', "");
        assert!(HEARTBEAT.as_millis() * 2 < silence.parse::<u128>().unwrap());
    }
}
