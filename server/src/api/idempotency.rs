//! `Idempotency-Key`: a request that is sent again gets its first answer again.

use super::error::ApiError;
use super::extract::Client;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use program::idempotency::{Idempotency, IdempotentRequest, KeptAnswer};
use std::future::Future;

const HEADER: &str = "idempotency-key";
/// The header that marks a repeated answer.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// The longest key.
const LONGEST: usize = 255;

/// Answers a request, unless it has a key under which it was answered in the last 24 hours. `route` is the method and
/// path; `body_hash` is the hash of the decoded body.
pub async fn once(
    client: &Client,
    headers: &HeaderMap,
    route: String,
    body_hash: [u8; 32],
    answer: impl Future<Output = Result<Response, ApiError>> + Send + 'static,
) -> Result<Response, ApiError> {
    let Some(key) = headers.get(HEADER) else { return answer.await };
    let invalid = || ApiError::params("An Idempotency-Key is 1 to 255 visible ASCII characters.");
    let is_key = |key: &&str| (1..=LONGEST).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    let key = key.to_str().ok().filter(is_key).ok_or_else(invalid)?;
    let request = IdempotentRequest {
        organization_id: client.key.organization_id,
        api_key_id: client.key.api_key_id,
        route,
        idempotency_key: key.to_owned(),
        body_hash,
    };
    let server = client.caller.clone();
    match server.store.begin_idempotent(&request, server.now()).await? {
        Idempotency::First => {}
        Idempotency::Answered(KeptAnswer { code, body }) => {
            let status = StatusCode::from_u16(code).unwrap_or(StatusCode::OK);
            let headers = [(CONTENT_TYPE, "application/json"), (REPLAYED, "true")];
            return Ok((status, headers, body).into_response());
        }
        Idempotency::OtherBody => {
            return Err(ApiError::conflict("Another body was sent with this Idempotency-Key."));
        }
        Idempotency::InProgress => {
            return Err(ApiError::conflict("A request with this Idempotency-Key is being answered right now."));
        }
    }
    // Run on a task of its own: the answer is stored even if the client has disconnected.
    let kept = tokio::spawn(async move {
        let response = answer.await.unwrap_or_else(ApiError::into_response);
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
        let is_final = !status.is_server_error() && status != StatusCode::TOO_MANY_REQUESTS;
        let kept = || KeptAnswer { code: status.as_u16(), body: String::from_utf8_lossy(&body).into_owned() };
        server.store.end_idempotent(&request, is_final.then(kept).as_ref()).await?;
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(response)
    });
    kept.await.unwrap_or(Err(program::error::AppError::Unavailable.into()))
}
