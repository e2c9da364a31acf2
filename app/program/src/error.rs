//! The errors of server functions and pages.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The error for changing the goals of a creator who was removed.
pub const CREATOR_REMOVED: &str = "This creator was removed from the program. Their goals can be read, but not added or changed: \
     restore the creator first.";

/// Why a request failed. The cause is logged; the client gets the variant.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code", content = "message")]
pub enum AppError {
    /// It does not exist in this project.
    #[error("There is nothing at this address. It may have been removed.")]
    NotFound,
    /// The request is invalid; the sentence says why.
    #[error("{0}")]
    Invalid(String),
    /// The form lacks a field, or has one of another type; the sentence says which.
    #[error("{0}")]
    Incomplete(String),
    /// The actor may not do this; the sentence says why.
    #[error("{0}")]
    Forbidden(String),
    /// The request conflicts with the current state; the sentence says how.
    #[error("{0}")]
    Conflict(String),
    /// The database currently accepts no changes; the sentence says why.
    #[error("{0}")]
    Unwritable(String),
    /// The database failed; nothing was changed.
    #[error("The database did not answer. Nothing was changed; try again in a moment.")]
    Unavailable,
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => AppError::NotFound,
            StoreError::CreatorRemoved => AppError::Conflict(CREATOR_REMOVED.to_owned()),
            StoreError::Unwritable(reason) => AppError::Unwritable(reason),
            StoreError::Database(cause) => {
                tracing::error!(%cause, "the database failed");
                AppError::Unavailable
            }
        }
    }
}

/// Why a store method failed.
#[derive(Debug, Error)]
pub enum StoreError {
    /// What the call refers to is not in the project.
    #[error("not found in this project")]
    NotFound,
    /// The creator was removed from the program: their goals can be read, but not added or changed.
    #[error("the creator was removed from the program")]
    CreatorRemoved,
    /// The database currently accepts no changes; the sentence says why.
    #[error("{0}")]
    Unwritable(String),
    /// The database failed; nothing was changed.
    #[error("the database failed")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The result of every store method.
pub type StoreResult<T> = Result<T, StoreError>;
