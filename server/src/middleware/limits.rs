//! Refuses requests that take too long, are too large or too many at once.

use crate::api::ApiError;
use crate::arriving::{Arriving, Cut};
use crate::limits::{HEAD_BYTES, LARGEST_FORM};
use crate::listen::Spare;
use crate::network::Arrival;
use crate::refused::Why;
use crate::request_limits::RequestLimits;
use axum::body::{Body, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

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
    let most = if is_form { LARGEST_FORM as u64 } else { u64::MAX };
    let arriving = |body: Body| {
        if body.is_end_stream() {
            return body;
        }
        Body::new(Arriving::new(body, limits.slowest_body(), most, Arc::clone(&turn)))
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
    let answer = tokio::time::timeout(limits.api_request_time(), next.run(request)).await;
    answer.unwrap_or_else(|_| ApiError::cut(&Cut::TooSlow).into_response())
}
