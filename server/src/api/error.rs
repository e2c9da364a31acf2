//! The errors of the API: a status, a stable code, a sentence, and the invalid field.

use super::envelope::{ErrorMeta, Failure};
use crate::arriving::Cut;
use crate::intake::NotTaken;
use crate::limits::HEAD_BYTES;
use crate::pool::Full;
use crate::refused::Why;
use app::forms::answer::status_of;
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::LengthLimitError;
use program::error::AppError;
use program::error::StoreError;
use program::keys::record::KeyScope;
use program::refusal::Refusal;
use std::error::Error;
use std::{io, iter};

/// An error of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    pub status: StatusCode,
    pub sentence: String,
    pub meta: Box<ErrorMeta>,
    /// The reason as one word for the log.
    pub why: &'static str,
    /// The number of seconds after which a retry makes sense.
    pub retry_after: Option<u32>,
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, sentence: impl Into<String>) -> ApiError {
        let meta = Box::new(ErrorMeta { code, ..ErrorMeta::default() });
        ApiError { status, sentence: sentence.into(), meta, why: code, retry_after: None }
    }

    /// The error for a path that is not part of the API.
    pub fn nothing_here() -> ApiError {
        Self::new(StatusCode::NOT_FOUND, "not_found", "The API has nothing at this address.")
    }

    /// Sets the invalid field.
    pub fn at(mut self, field: impl Into<String>) -> ApiError {
        self.meta.field = Some(field.into());
        self
    }

    pub fn query(field: &str, sentence: impl Into<String>) -> ApiError {
        Self::new(StatusCode::BAD_REQUEST, "invalid_query", sentence).at(field)
    }

    /// Creates the error for a refused question: its fields are parameters of the query.
    pub fn of_query(refusal: Refusal) -> ApiError {
        match (refusal.fields.into_iter().next(), refusal.error) {
            (Some((field, sentence)), AppError::Invalid(_)) => Self::query(&field, sentence),
            (_, error) => error.into(),
        }
    }

    pub fn params(sentence: impl Into<String>) -> ApiError {
        Self::new(StatusCode::BAD_REQUEST, "invalid_params", sentence)
    }

    pub fn body(field: Option<String>, sentence: impl Into<String>) -> ApiError {
        let error = Self::new(StatusCode::BAD_REQUEST, "invalid_body", sentence);
        match field {
            Some(field) => error.at(field),
            None => error,
        }
    }

    pub fn api_key(sentence: &str) -> ApiError {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_api_key", sentence)
    }

    pub fn scope(sentence: impl Into<String>, granted: KeyScope) -> ApiError {
        let mut error = Self::new(StatusCode::FORBIDDEN, "insufficient_scope", sentence);
        error.meta.required = Some("write");
        error.meta.granted = Some(match granted {
            KeyScope::Read => vec!["read"],
            KeyScope::Write => vec!["read", "write"],
        });
        error
    }

    pub fn conflict(sentence: impl Into<String>) -> ApiError {
        Self::new(StatusCode::CONFLICT, "conflict", sentence)
    }

    pub fn too_large(sentence: impl Into<String>) -> ApiError {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", sentence)
    }

    /// The error for facts that arrive faster than they can be stored.
    fn crowded() -> ApiError {
        let sentence = "Too many facts are waiting to be stored (limit 200,000). Try again in a moment.";
        let error = Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", sentence);
        ApiError { why: "facts_waiting", retry_after: Some(1), ..error }
    }

    /// The error for a limit that was reached, of this client or of all.
    pub fn full(full: &Full) -> ApiError {
        let (status, code) = match full.holder {
            Some(_) => (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"),
            None => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        };
        let error = Self::new(status, code, full.to_string());
        ApiError { why: full.what.name, retry_after: Some(full.what.retry_after), ..error }
    }

    /// The error for a request head that is too large.
    pub fn large_head() -> ApiError {
        let sentence = format!("The head of the request is larger than {} KiB.", HEAD_BYTES / 1024);
        Self::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "head_too_large", sentence)
    }

    /// The error for a body that the server stopped reading.
    pub fn cut(cut: &Cut) -> ApiError {
        match cut {
            Cut::TooSlow => Self::new(StatusCode::REQUEST_TIMEOUT, "too_slow", cut.to_string()),
            Cut::TooLarge(_) => Self::too_large(cut.to_string()),
            Cut::Full(full) => Self::full(full),
        }
    }

    /// Returns the error for a body that could not be read to its end; `too_large` is the sentence with the limit.
    pub fn unread(cause: &(dyn Error + 'static), too_large: &str) -> ApiError {
        let mut causes = iter::successors(Some(cause), |&cause| {
            // An I/O error hides the error it was made from.
            let hidden = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
            hidden.map(|hidden| hidden as &(dyn Error + 'static)).or_else(|| cause.source())
        });
        let known = causes.find_map(|cause| {
            let is_too_large = cause.is::<LengthLimitError>();
            is_too_large.then(|| Self::too_large(too_large)).or_else(|| cause.downcast_ref::<Cut>().map(Self::cut))
        });
        known.unwrap_or_else(|| Self::body(None, "The body broke off before its end."))
    }
}

impl From<AppError> for ApiError {
    fn from(error: AppError) -> ApiError {
        let (status, sentence) = (status_of(&error), error.to_string());
        match error {
            AppError::NotFound => Self::new(status, "not_found", "It does not exist in this project."),
            AppError::Invalid(_) | AppError::Incomplete(_) => Self::new(status, "invalid_body", sentence),
            AppError::Forbidden(_) => Self::scope(sentence, KeyScope::Read),
            AppError::Conflict(_) => Self::conflict(sentence),
            AppError::Unavailable | AppError::Unwritable(_) => {
                ApiError { retry_after: Some(1), ..Self::new(status, "unavailable", sentence) }
            }
        }
    }
}

impl From<Refusal> for ApiError {
    /// Only the first invalid field is named; the others are named once it is corrected.
    fn from(refusal: Refusal) -> ApiError {
        match (refusal.fields.into_iter().next(), refusal.error) {
            (Some((field, sentence)), AppError::Conflict(_)) => Self::conflict(sentence).at(field),
            (Some((field, _)), error @ AppError::NotFound) => Self::from(error).at(field),
            (Some((field, sentence)), _) => Self::body(Some(field), sentence),
            (None, error) => error.into(),
        }
    }
}

impl From<Full> for ApiError {
    fn from(full: Full) -> ApiError {
        ApiError::full(&full)
    }
}

impl From<NotTaken> for ApiError {
    fn from(cause: NotTaken) -> ApiError {
        match cause {
            NotTaken::Crowded => ApiError::crowded(),
            NotTaken::Failed(error) => error.into(),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> ApiError {
        AppError::from(error).into()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = Failure { data: None, error: self.sentence, meta: *self.meta };
        let mut response = (self.status, Why(self.why), Json(body)).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
        }
        response
    }
}
