//! JSON answers with an `ETag`, so that a client does not load again what it already has.

use axum::body::Bytes;
use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

/// An answer with the `ETag` of its content.
#[derive(Debug, Clone)]
pub struct Tagged {
    body: Bytes,
    tag: String,
}

impl Tagged {
    /// Tags a JSON text by its content.
    pub fn of(body: Bytes) -> Tagged {
        let tag = format!("\"{}\"", hex::encode(&Sha256::digest(&body)[..16]));
        Tagged { body, tag }
    }

    /// Returns the answer, or 304 if the client has it already.
    pub fn answer(self, asked: &HeaderMap) -> Response {
        let Tagged { body, tag } = self;
        let held = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let mut held = held.flat_map(|value| value.split(',')).map(|value| value.trim().trim_start_matches("W/"));
        if held.any(|held| held == tag || held == "*") {
            return (StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response();
        }
        ([(ETAG, tag), (CONTENT_TYPE, "application/json".to_owned())], body).into_response()
    }
}
