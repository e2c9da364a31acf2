//! The status of a server function's error: the function answers 500 for all of them.

use app::error::AppError;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

/// The header that an error of a server function carries.
const MARK: &str = "serverfnerror";
/// The longest error, in bytes.
const LONGEST: usize = 64 * 1024;

/// Gives the answer the status of the error in it.
pub async fn set_status(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if !response.status().is_server_error() || !response.headers().contains_key(MARK) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, LONGEST).await.unwrap_or_default();
    if let Ok(error) = serde_json::from_slice::<AppError>(&body) {
        parts.status = error.status_code();
    }
    Response::from_parts(parts, Body::from(body))
}
