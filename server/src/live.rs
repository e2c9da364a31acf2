//! Tells open pages that something of their project changed; they then ask for themselves as they now are.

use crate::feed::{Change, HEARTBEAT, Listener, Position};
use crate::middleware::limits;
use crate::network::Arrival;
use crate::pool::Place;
use crate::routes::AppState;
use app::actor::{Action, authorize};
use app::error::AppError;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Extension, Router};
use futures_util::stream::unfold;
use serde::Deserialize;
use std::convert::Infallible;
use tokio::time::timeout;
use uuid::Uuid;

/// What a page shows of its project.
#[derive(Debug, Deserialize)]
struct Shown {
    /// This creator only; all of them if it is not given.
    creator_id: Option<Uuid>,
    /// When it was rendered, as a position of the feed; also as `Last-Event-ID`. Without one only what happens from now on
    /// is told.
    since: Option<String>,
}

/// The streams of pages.
pub fn router() -> Router<AppState> {
    Router::new().route("/projects/{project_id}/live", get(follow))
}

async fn follow(
    State(state): State<AppState>,
    Extension(arrival): Extension<Arrival>,
    Path(project_id): Path<Uuid>,
    Query(Shown { creator_id, since }): Query<Shown>,
    headers: HeaderMap,
) -> Response {
    let heard = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let since = heard.or(since).and_then(|position| position.parse().ok());
    let place = match state.limits.follow(&arrival, project_id) {
        Ok(place) => place,
        Err(full) => return limits::refusal(false, full.into()),
    };
    match listen(&state, project_id, since, place).await {
        Ok(listener) => {
            let events = unfold(listener, move |mut listener| async move {
                let event = next(&mut listener, creator_id).await?;
                Some((Ok::<_, Infallible>(event), listener))
            });
            Sse::new(events).into_response()
        }
        Err(error) => error.status_code().into_response(),
    }
}

async fn listen(
    state: &AppState,
    project_id: Uuid,
    since: Option<Position>,
    place: Place,
) -> Result<Listener, AppError> {
    let server = state.server();
    authorize(server.actor, Some(project_id), Action::Read)?;
    server.store.project(project_id).await?.ok_or(AppError::NotFound)?;
    state.feeds.listen(project_id, since, place).await
}

/// One event for everything shown that changed at once; `None` when the feed ends.
async fn next(listener: &mut Listener, shown: Option<Uuid>) -> Option<Event> {
    let mut is_shown = false;
    loop {
        let Ok(next) = timeout(HEARTBEAT, listener.next()).await else { return Some(Event::default().comment("")) };
        let (change, position) = next?;
        is_shown |= match change {
            Change::Standing(standing) => shown.is_none_or(|shown| shown == standing.creator_id()),
            Change::Removed(creator_id) => shown.is_none_or(|shown| shown == creator_id),
            Change::Ready => false,
            Change::Reset => true,
        };
        // Until then more of the same turn follows.
        if let Some(position) = position {
            let event = Event::default();
            let event = if is_shown { event.data("changed") } else { event.comment("") };
            return Some(event.id(position.to_string()));
        }
    }
}
