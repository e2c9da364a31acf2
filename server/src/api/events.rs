//! Changes of verdicts, as server-sent events.

use super::envelope::Failure;
use super::error::ApiError;
use super::extract::{Client, Path, Query};
use super::schema::VerdictEvent;
use crate::api::shapes;
use crate::event_stream;
use crate::feed::{Change, HEARTBEAT, Listener, Position};
use crate::network::Arrival;
use crate::state::AppState;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName};
use axum::response::Response;
use axum::response::sse::Event;
use futures_util::Stream;
use futures_util::stream::unfold;
use program::actor::Action;
use program::ids::ProjectId;
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// The header with the id of the last event that the client received.
pub const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
/// How long a key counts as valid before it is checked again.
const TRUSTED: Duration = Duration::from_secs(1);
/// The longest duration that can be requested for a stream, in seconds.
const LONGEST: u64 = 24 * 3_600;

/// Listen to changes
///
/// Server-sent events. `compliance` contains a creator with all evaluations, as in `goal-compliance`, and replaces the
/// earlier events about them; `creator_removed` contains a `creator_id`; `ready` says that there is nothing new yet;
/// `reset` says that too much has happened since `Last-Event-ID`: read `goal-compliance` again. An event is sent when a
/// verdict, an actual, an advisory or the goal itself changes, but not for the hours that pass. A client that reads
/// slowly gets only the latest state.
///
/// To miss nothing, first read `goal-compliance`, then listen with the `Last-Event-ID` of that answer; after a broken
/// connection continue with the last `id` received (browsers do so themselves). An event may then come twice, but none
/// is missed. The ids are valid for 24 hours.
#[utoipa::path(get, path = "/projects/{project_id}/events", operation_id = "listen_to_events", tag = "Compliance",
    params(
        ("project_id" = Uuid, Path),
        ("for_seconds" = Option<u64>, Query, minimum = 1, maximum = 86_400, description = "Ends the stream after this many seconds; without it the stream stays open"),
        ("Last-Event-ID" = Option<String>, Header, description = "The `id` of the last event received"),
    ),
    responses(
        (status = 200, body = VerdictEvent, content_type = "text/event-stream", description = "Events, until either side ends the stream",
            example = "event: compliance\ndata: {\"creator\":{\"id\":\"019f…\",\"tiktok_handle\":\"mia.moves\"},\"compliance\":[]}\nid: 42-1787140800000\n\n"),
        (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure),
        (status = 429, body = Failure), (status = 503, body = Failure),
    ))]
pub async fn listen(
    State(state): State<AppState>,
    Extension(arrival): Extension<Arrival>,
    client: Client,
    Path(project_id): Path<ProjectId>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let query = query.only(&["for_seconds"])?;
    let seconds = |text: &str| text.parse().ok().filter(|seconds| (1..=LONGEST).contains(seconds));
    let seconds = query.read("for_seconds", "a whole number from 1 to 86400", seconds)?;
    client.project(project_id, Action::Read).await?;
    let since = headers.get(LAST_EVENT_ID).filter(|id| !id.is_empty());
    let since = since.map(|id| {
        let position = id.to_str().ok().and_then(|id| id.parse::<Position>().ok());
        position.ok_or_else(|| ApiError::params("This Last-Event-ID is not an id that this stream gave."))
    });
    let since = since.transpose()?;
    let place = state.limits.stream(&arrival, project_id, client.key.api_key_id)?;
    let listener = state.feeds.listen(project_id, since, place).await?;
    let until = Instant::now() + Duration::from_secs(seconds.unwrap_or(LONGEST * 365));
    let stream = Listening { project_id, client, listener, until, trusted_at: Instant::now() };
    Ok(event_stream::answer(stream.events()))
}

struct Listening {
    project_id: ProjectId,
    client: Client,
    listener: Listener,
    until: Instant,
    /// When the key was last checked.
    trusted_at: Instant,
}

impl Listening {
    fn events(self) -> impl Stream<Item = Event> {
        unfold(self, |mut listening| async move {
            let event = listening.next().await?;
            Some((event, listening))
        })
    }

    /// Returns the next event; `None` when the stream ends.
    async fn next(&mut self) -> Option<Event> {
        let next = timeout_at(self.until, timeout(HEARTBEAT, self.listener.next())).await.ok()?;
        if !self.is_trusted().await {
            return None;
        }
        let Ok(next) = next else { return Some(Event::default().comment("")) };
        let (change, position) = next?;
        let event = match change {
            Change::Standing(standing) => Event::default()
                .event("compliance")
                .json_data(shapes::CreatorCompliance::of(self.project_id, &standing))
                .inspect_err(|cause| tracing::error!(%cause, "an event could not be written"))
                .ok()?,
            Change::Removed(creator_id) => {
                Event::default().event("creator_removed").data(json!({ "creator_id": creator_id }).to_string())
            }
            Change::Reset => Event::default().event("reset").data("{}"),
            Change::Ready => Event::default().event("ready").data("{}"),
        };
        Some(match position {
            Some(position) => event.id(position.to_string()),
            None => event,
        })
    }

    /// Returns whether the key is still valid: a revoked one gets no more events.
    async fn is_trusted(&mut self) -> bool {
        if self.trusted_at.elapsed() < TRUSTED {
            return true;
        }
        self.trusted_at = Instant::now();
        let key = self.client.caller.store.api_key(&self.client.key_hash).await;
        key.is_ok_and(|key| key.is_some_and(|key| key.revoked_at.is_none()))
    }
}
