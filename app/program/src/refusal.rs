//! Refusals of changes: invalid fields, or a conflict with the current state.

use crate::error::{AppError, StoreError};
use crate::ids::CreatorId;
use thiserror::Error;

/// A change that was refused. A form shows it at its fields, the API names the first field, the command line prints it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{error}")]
pub struct Refusal {
    /// The errors by field; empty if no field is invalid.
    pub fields: Vec<(String, String)>,
    /// The same as a single error.
    pub error: AppError,
    /// What conflicts with the change, if it is one thing of the project.
    pub by: Option<Obstacle>,
    /// A name for the reason, if a caller treats it unlike others.
    pub why: Option<&'static str>,
}

/// What conflicts with a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// A creator.
    Creator(CreatorId),
    /// The circle of campaigns that would be closed: their names, joined.
    Circle(String),
}

impl Refusal {
    /// Creates the refusal for invalid fields: the sentence at each field.
    #[must_use]
    pub fn of_fields<F: Into<String>, S: Into<String>>(fields: impl IntoIterator<Item = (F, S)>) -> Refusal {
        let fields: Vec<(String, String)> =
            fields.into_iter().map(|(field, sentence)| (field.into(), sentence.into())).collect();
        let sentences: Vec<_> = fields.iter().map(|(_, sentence)| sentence.as_str()).collect();
        Refusal { error: AppError::Invalid(sentences.join(" ")), fields, by: None, why: None }
    }

    /// Creates the refusal for an invalid field with a name for the reason.
    #[must_use]
    pub fn of_field(field: &str, why: &'static str, sentence: impl Into<String>) -> Refusal {
        Refusal { why: Some(why), ..Refusal::of_fields([(field, sentence)]) }
    }

    /// Creates the refusal for a conflict.
    #[must_use]
    pub fn conflict(sentence: impl Into<String>) -> Refusal {
        Refusal { fields: Vec::new(), error: AppError::Conflict(sentence.into()), by: None, why: None }
    }

    /// Creates the refusal for a campaign that would contain itself, by way of the campaigns with the joined names `path`;
    /// `field` is the field that asks for it, if there is one.
    #[must_use]
    pub fn circle(field: Option<String>, path: String) -> Refusal {
        let sentence = closes_circle(&path);
        Refusal {
            fields: field.into_iter().map(|field| (field, sentence.clone())).collect(),
            error: AppError::Conflict(sentence),
            by: Some(Obstacle::Circle(path)),
            why: None,
        }
    }

    /// Creates the refusal for a field that names something that is not in the project.
    #[must_use]
    pub fn unknown(field: String) -> Refusal {
        let error = AppError::NotFound;
        Refusal { fields: vec![(field, error.to_string())], error, by: None, why: None }
    }

    /// Creates the refusal for a field that asks for something another creator has.
    #[must_use]
    pub fn taken(field: &str, sentence: String, by: CreatorId) -> Refusal {
        Refusal {
            fields: vec![(field.to_owned(), sentence.clone())],
            error: AppError::Conflict(sentence),
            by: Some(Obstacle::Creator(by)),
            why: None,
        }
    }
}

/// Returns the sentence for a circle of campaigns with the joined names `path`.
#[must_use]
pub fn closes_circle(path: &str) -> String {
    format!("This would create a circle: {path}.")
}

impl From<AppError> for Refusal {
    fn from(error: AppError) -> Refusal {
        Refusal { fields: Vec::new(), error, by: None, why: None }
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
