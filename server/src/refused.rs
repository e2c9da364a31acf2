//! What the log says about a refused request: why it was refused, and which API key it had.

use axum::http::{Extensions, StatusCode};
use axum::response::{IntoResponseParts, Response, ResponseParts};
use program::ids::ApiKeyId;
use program::imports::refusal::UploadRefusal;
use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Why a request was refused, as one word for the log; stored in the answer's extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Why(pub &'static str);

impl Why {
    /// Returns the reason if the answer is a refusal.
    pub fn of(answer: &Response) -> Option<&'static str> {
        let why = answer.extensions().get::<Why>().map(|Why(why)| *why);
        match answer.status() {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS => {
                Some(why.unwrap_or("forbidden"))
            }
            // Other errors are refusals only if marked as such; most are merely invalid requests.
            StatusCode::BAD_REQUEST => why.filter(|why| *why == "malformed"),
            StatusCode::REQUEST_TIMEOUT => why,
            // A file that took too long to arrive.
            StatusCode::UNPROCESSABLE_ENTITY => why.filter(|why| *why == UploadRefusal::Slow.name()),
            StatusCode::SERVICE_UNAVAILABLE => why.filter(|why| *why != "unavailable"),
            _ => None,
        }
    }
}

impl IntoResponseParts for Why {
    type Error = Infallible;

    fn into_response_parts(self, mut answer: ResponseParts) -> Result<ResponseParts, Infallible> {
        answer.extensions_mut().insert(self);
        Ok(answer)
    }
}

/// The API key of a request, once it is known; stored in the request's extensions.
#[derive(Debug, Clone, Default)]
pub struct Who(Arc<OnceLock<Key>>);

/// The parts of a key that may be logged.
#[derive(Debug)]
struct Key {
    api_key_id: Option<ApiKeyId>,
    hint: String,
}

impl Who {
    /// Records the key: its id, if this server knows it, and its last characters.
    pub fn set(request: &Extensions, api_key_id: Option<ApiKeyId>, hint: &str) {
        if let Some(Who(who)) = request.get() {
            let _ = who.set(Key { api_key_id, hint: hint.to_owned() });
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.get() {
            None => formatter.write_str("no key"),
            Some(Key { api_key_id: Some(id), hint }) => write!(formatter, "key {id} (…{hint})"),
            Some(Key { api_key_id: None, hint }) => write!(formatter, "unknown key (…{hint})"),
        }
    }
}
