//! Refuses requests that take too long, are too large or too many at once.

use super::refusals::Why;
use crate::api::ApiError;
use crate::arriving::{Arriving, Cut, Turn};
use crate::limits::{HEAD_BYTES, LARGEST_FORM, Limits, Places};
use crate::listen::Spare;
use crate::network::Arrival;
use crate::pool::{Full, Holder, Place, Pool, What};
use axum::body::{Body, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use program::ids::{ApiKeyId, ProjectId};
use std::sync::Arc;
use std::time::Duration;

/// The limits that hold for every request, and the pools that count against them.
#[derive(Debug, Clone)]
pub struct RequestLimits {
    limits: Limits,
    requests: Pool,
    bodies: Pool,
    streams: Pool,
    followed: Pool,
    uploads: Pool,
}

const REQUESTS: What = What { name: "requests", plural: "requests", state: "being answered", retry_after: 1 };
const BODIES: What = What { name: "bodies", plural: "large bodies", state: "arriving", retry_after: 5 };
const STREAMS: What = What { name: "streams", plural: "event streams", state: "open", retry_after: 10 };
const FOLLOWED: What = What { name: "followed", plural: "projects", state: "followed by open pages", retry_after: 10 };
const UPLOADS: What = What { name: "uploads", plural: "uploads", state: "arriving", retry_after: 10 };

impl RequestLimits {
    /// Creates the pools, all of them unused.
    pub fn new(limits: Limits) -> RequestLimits {
        let pool = |what, places: Places| Pool::new(what, places.all);
        RequestLimits {
            limits,
            requests: pool(REQUESTS, limits.requests),
            bodies: pool(BODIES, limits.bodies),
            streams: pool(STREAMS, limits.streams),
            followed: pool(FOLLOWED, limits.followed),
            uploads: pool(UPLOADS, limits.uploads),
        }
    }

    /// Takes a place for an event stream of the API.
    pub fn stream(&self, client: &Arrival, project_id: ProjectId, api_key_id: ApiKeyId) -> Result<Place, Full> {
        let Limits { streams, streams_of_project, streams_of_key, .. } = self.limits;
        let own = [(Holder::Key(api_key_id), streams_of_key), (Holder::Project(project_id), streams_of_project)];
        self.streams.take(&own.into_iter().chain(client.share(streams.each)).collect::<Vec<_>>())
    }

    /// Takes a place for a project that an open page follows.
    pub fn follow(&self, client: &Arrival, project_id: ProjectId) -> Result<Place, Full> {
        let Limits { followed, followed_of_project, .. } = self.limits;
        let own = [(Holder::Project(project_id), followed_of_project)];
        self.followed.take(&own.into_iter().chain(client.share(followed.each)).collect::<Vec<_>>())
    }

    /// Takes a place for a file upload, and returns how long the upload may take.
    pub fn upload(&self, client: &Arrival, project_id: ProjectId) -> Result<(Place, Duration), Full> {
        let Limits { uploads, uploads_of_project, upload, .. } = self.limits;
        let own = [(Holder::Project(project_id), uploads_of_project)];
        let place = self.uploads.take(&own.into_iter().chain(client.share(uploads.each)).collect::<Vec<_>>())?;
        Ok((place, upload))
    }

    fn turn(&self, client: Option<&Arrival>) -> Arc<Turn> {
        let share = |each| client.and_then(|client| client.share(each));
        let (requests, bodies) = (share(self.limits.requests.each), share(self.limits.bodies.each));
        Arc::new(Turn::new((self.requests.clone(), requests), (self.bodies.clone(), bodies)))
    }
}

/// Answers 503 if too many requests are being answered, and 429 if too many of this client are. A body that arrives too
/// slowly, or is too large for a form, ends with an error. A request that waits for its body does not count.
pub async fn hold(State(limits): State<RequestLimits>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let (is_api, is_form) = (path.starts_with("/api/"), path.starts_with("/forms/"));
    if let Some(Spare(full)) = request.extensions().get::<Spare>() {
        return refusal(is_api, ApiError::full(full));
    }
    let turn = limits.turn(request.extensions().get::<Arrival>());
    if let Err(full) = turn.begin() {
        return refusal(is_api, ApiError::full(&full));
    }
    let most = if is_form { LARGEST_FORM } else { u64::MAX };
    let arriving = |body: Body| {
        if body.is_end_stream() {
            return body;
        }
        Body::new(Arriving::new(body, limits.limits.body, most, Arc::clone(&turn)))
    };
    let answer = next.run(request.map(arriving)).await;
    // To handlers, a body that was cut off looks like one whose connection broke.
    match turn.cut() {
        Some(cut) if !says_so(answer.status()) => refusal(is_api, ApiError::cut(&cut)),
        _ => answer,
    }
}

/// Answers 431 if the head of the request is too large. The connection reads in larger pieces and cannot enforce it.
pub async fn refuse_large_head(request: Request, next: Next) -> Response {
    if head_bytes(&request) > HEAD_BYTES {
        return refusal(request.uri().path().starts_with("/api/"), ApiError::large_head());
    }
    next.run(request).await
}

/// Returns the length of the head as it was sent, without the white space that HTTP does not require.
fn head_bytes(request: &Request) -> usize {
    const VERSION: usize = " HTTP/1.1\r\n".len();
    const AROUND: usize = ": \r\n".len();
    const END: usize = "\r\n".len();
    let line = request.method().as_str().len() + 1 + request.uri().to_string().len() + VERSION;
    let fields = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + AROUND);
    line + fields.sum::<usize>() + END
}

fn says_so(status: StatusCode) -> bool {
    const SAYING: [StatusCode; 4] = [
        StatusCode::REQUEST_TIMEOUT,
        StatusCode::PAYLOAD_TOO_LARGE,
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::SERVICE_UNAVAILABLE,
    ];
    SAYING.contains(&status)
}

/// Answers programs in the shape of the API, and people with a sentence.
pub fn refusal(is_api: bool, error: ApiError) -> Response {
    if is_api {
        return error.into_response();
    }
    let mut answer = (error.status, Why(error.why), format!("{}\n", error.sentence)).into_response();
    if let Some(seconds) = error.retry_after {
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    answer
}

/// Answers 408 if a request of the API takes too long, including its body.
pub async fn hurry(State(limits): State<RequestLimits>, request: Request, next: Next) -> Response {
    let answer = tokio::time::timeout(limits.limits.api_request, next.run(request)).await;
    answer.unwrap_or_else(|_| ApiError::cut(&Cut::TooSlow).into_response())
}
