//! The request for a page: its path, its query, and a returned form.

use crate::forms::answer::with_query;
use crate::forms::sent::Returned;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use program::error::AppError;
use std::str::FromStr;

/// The path and query of the current page.
#[derive(Debug, Clone)]
pub struct Request {
    path: ParamsMap,
    query: ParamsMap,
    /// The returned form, if any; its fields replace parameters of the same names.
    returned: Option<Returned>,
}

impl Request {
    /// Reads the current request.
    #[must_use]
    pub fn current() -> Request {
        Request {
            path: use_params_map().get_untracked(),
            query: use_query_map().get_untracked(),
            returned: Returned::current(),
        }
    }

    /// Returns an id in the path; "not found" if it is not an id.
    pub fn id<Id: FromStr>(&self, name: &str) -> Result<Id, AppError> {
        self.path.get(name).and_then(|id| id.parse().ok()).ok_or(AppError::NotFound)
    }

    /// Returns a parameter of the query, or a field of a returned form; empty if it is missing.
    #[must_use]
    pub fn query(&self, name: &str) -> String {
        let returned = self.returned.as_ref().and_then(|returned| returned.field(name));
        returned.map(str::to_owned).or_else(|| self.query.get(name)).unwrap_or_default()
    }

    /// Parses a parameter; invalid values are ignored.
    #[must_use]
    pub fn named<T>(&self, name: &str, from_name: impl Fn(&str) -> Option<T>) -> Option<T> {
        from_name(&self.query(name))
    }

    /// Returns the page number, from 1.
    #[must_use]
    pub fn page(&self) -> usize {
        self.query("page").parse().unwrap_or(1).max(1)
    }

    /// Returns whether a form sent to one of these addresses was returned; its fields then contain what was typed.
    #[must_use]
    pub fn is_back_from(&self, actions: &[&str]) -> bool {
        self.returned.as_ref().is_some_and(|returned| actions.contains(&returned.action.as_str()))
    }

    /// Returns whether a form was refused.
    #[must_use]
    pub fn refused(&self) -> bool {
        !self.query("refused").is_empty()
    }
}

/// Returns a query with every parameter that is not empty.
#[must_use]
pub fn query(parts: &[(&str, &str)]) -> String {
    let parts: Vec<(&str, &str)> = parts.iter().copied().filter(|(_, value)| !value.is_empty()).collect();
    if parts.is_empty() { "?".to_owned() } else { with_query("", &parts) }
}

/// Returns a link to the current page with another query.
#[must_use]
pub fn link(parts: &[(&str, &str)]) -> String {
    format!("{}{}", Returned::path(), query(parts))
}

/// Returns a link to the current page with one parameter replaced; the page number starts over.
#[must_use]
pub fn replaced(parts: &[(&str, &str)], name: &str, value: &str) -> String {
    let kept = parts.iter().copied().filter(|(part, _)| *part != name && *part != "page");
    let parts: Vec<(&str, &str)> = kept.chain([(name, value)]).collect();
    link(&parts)
}
