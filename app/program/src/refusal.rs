//! Refusals of changes: invalid fields, or a conflict with the current state.

use crate::error::AppError;
use crate::store::StoreError;
use thiserror::Error;

/// A change that was refused. A form shows it at its fields, the API names the first field, the command line prints it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{error}")]
pub struct Refusal {
    /// The errors by field; empty if no field is invalid.
    pub fields: Vec<(&'static str, String)>,
    /// The same as a single error.
    pub error: AppError,
}

impl Refusal {
    /// Creates the refusal for invalid fields: the sentence at each field.
    #[must_use]
    pub fn of_fields<S: Into<String>>(fields: impl IntoIterator<Item = (&'static str, S)>) -> Refusal {
        let fields: Vec<_> = fields.into_iter().map(|(field, sentence)| (field, sentence.into())).collect();
        let sentences: Vec<_> = fields.iter().map(|(field, sentence)| format!("{field}: {sentence}")).collect();
        Refusal { error: AppError::Invalid(sentences.join(" ")), fields }
    }

    /// Creates the refusal for a conflict.
    #[must_use]
    pub fn conflict(sentence: impl Into<String>) -> Refusal {
        Refusal { fields: Vec::new(), error: AppError::Conflict(sentence.into()) }
    }
}

impl From<AppError> for Refusal {
    fn from(error: AppError) -> Refusal {
        Refusal { fields: Vec::new(), error }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Refusal {
        AppError::from(error).into()
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> AppError {
        refusal.error
    }
}
