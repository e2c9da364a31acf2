//! The error of a form.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use program::error::{AppError, StoreError};
use program::refusal::Refusal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest reason for which a form cannot be read, in characters.
const LONGEST_REASON: usize = 200;

/// Why a form changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(transparent)]
#[error(transparent)]
pub struct FormError(#[from] pub AppError);

impl From<StoreError> for FormError {
    fn from(error: StoreError) -> FormError {
        FormError(error.into())
    }
}

impl From<Refusal> for FormError {
    fn from(refusal: Refusal) -> FormError {
        FormError(refusal.error)
    }
}

impl FromServerFnError for FormError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        // It repeats what was sent, however long that is.
        let error: String = error.to_string().chars().take(LONGEST_REASON).collect();
        FormError(AppError::Incomplete(format!("The form could not be read: {error}")))
    }
}
