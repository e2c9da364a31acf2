//! Refusals: each leaves a line in the log that says who was refused and why.

use axum::response::{IntoResponseParts, ResponseParts};
use std::convert::Infallible;

/// Why a request was refused, in one word for the log; part of the answer's extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Why(pub &'static str);

impl IntoResponseParts for Why {
    type Error = Infallible;

    fn into_response_parts(self, mut answer: ResponseParts) -> Result<ResponseParts, Infallible> {
        answer.extensions_mut().insert(self);
        Ok(answer)
    }
}
