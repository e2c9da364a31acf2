//! What the address of a page says.

use crate::api::answer::with_query;
use crate::error::AppError;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use uuid::Uuid;

/// The path and query of the page at hand.
#[derive(Debug, Clone)]
pub struct Request {
    path: ParamsMap,
    query: ParamsMap,
}

impl Request {
    /// The request that is being answered.
    #[must_use]
    pub fn current() -> Request {
        Request { path: use_params_map().get_untracked(), query: use_query_map().get_untracked() }
    }

    /// An id of the path. What is none is not found.
    pub fn id(&self, name: &str) -> Result<Uuid, AppError> {
        self.path.get(name).and_then(|id| id.parse().ok()).ok_or(AppError::NotFound)
    }

    /// A part of the query; empty if it is not there.
    #[must_use]
    pub fn query(&self, name: &str) -> String {
        self.query.get(name).unwrap_or_default()
    }

    /// Every value of a part of the query that is given several times.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        self.query.get_all(name).unwrap_or_default()
    }

    /// A part of the query that has a meaning; others are ignored.
    #[must_use]
    pub fn named<T>(&self, name: &str, from_name: impl Fn(&str) -> Option<T>) -> Option<T> {
        from_name(&self.query(name))
    }

    /// The page number, from 1.
    #[must_use]
    pub fn page(&self) -> usize {
        self.query("page").parse().unwrap_or(1).max(1)
    }

    /// Whether a form was sent back.
    #[must_use]
    pub fn refused(&self) -> bool {
        !self.query("refused").is_empty()
    }
}

/// A query: every part that is not empty.
#[must_use]
pub fn query(parts: &[(&str, &str)]) -> String {
    let parts: Vec<(&str, &str)> = parts.iter().copied().filter(|(_, value)| !value.is_empty()).collect();
    let query = with_query("", &parts);
    if query.is_empty() { "?".to_owned() } else { query }
}

/// The same query with one part replaced; the page number starts over.
#[must_use]
pub fn replaced(parts: &[(&str, &str)], name: &str, value: &str) -> String {
    let kept = parts.iter().copied().filter(|(part, _)| *part != name && *part != "page");
    let parts: Vec<(&str, &str)> = kept.chain([(name, value)]).collect();
    query(&parts)
}
