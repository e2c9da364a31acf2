//! The shape of every answer: `{"data": …, "error": null, "meta": …}`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use program::paging;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Envelope<T> {
    /// The requested data.
    pub data: T,
    /// Always null.
    pub error: Option<String>,
    /// The position in a list.
    pub meta: Option<PageMeta>,
}

/// An answer to a request that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Failure {
    /// Always null.
    pub data: Option<bool>,
    /// The error as a sentence for people.
    pub error: String,
    /// The error for programs.
    pub meta: ErrorMeta,
}

/// Why a request failed, for programs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ErrorMeta {
    /// A stable code: `invalid_query`, `invalid_params`, `invalid_body`, `invalid_api_key`, `insufficient_scope`,
    /// `not_found`, `too_slow`, `conflict`, `too_large`, `too_many_requests`, `unavailable`.
    #[schema(example = "invalid_body")]
    pub code: &'static str,
    /// The invalid field, parameter or column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The scope that is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<&'static str>,
    /// The scopes that the key has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub granted: Option<Vec<&'static str>>,
    /// The number of facts that were stored before the body became unreadable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<i64>,
}

/// The position in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PageMeta {
    /// The `cursor` of the next page; null on the last one.
    pub next_cursor: Option<String>,
}

/// Returns an answer without `meta`.
pub fn data<T: Serialize>(data: T) -> Json<Envelope<T>> {
    Json(Envelope { data, error: None, meta: None })
}

/// Returns the answer for something that was created, with status 201.
pub fn created<T: Serialize>(made: T) -> Response {
    (StatusCode::CREATED, data(made)).into_response()
}

/// The requested part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The most rows, 1 to 100.
    pub limit: usize,
    /// The id after which the part begins.
    pub after: Option<Uuid>,
}

impl Part {
    /// The default number of rows.
    pub const DEFAULT: usize = paging::ROWS_PER_PAGE;
    /// The largest number of rows.
    pub const MOST: usize = 100;

    /// Returns how many rows to ask for: one more than is returned tells whether there is a next page.
    pub fn one_more(self) -> u32 {
        u32::try_from(self.limit + 1).unwrap_or(u32::MAX)
    }

    /// Returns the part of rows that are ordered by id.
    pub fn of<T, Id: Into<Uuid>, U: Serialize>(
        self,
        rows: impl IntoIterator<Item = T>,
        id: impl Fn(&T) -> Id,
        show: impl Fn(T) -> U,
    ) -> Json<Envelope<Vec<U>>> {
        let id = |row: &T| -> Uuid { id(row).into() };
        let mut rest = rows.into_iter().filter(|row| self.after.is_none_or(|after| id(row) > after)).peekable();
        let (mut shown, mut last) = (Vec::new(), None);
        while shown.len() < self.limit
            && let Some(row) = rest.next()
        {
            last = Some(id(&row));
            shown.push(show(row));
        }
        let next_cursor = last.filter(|_| rest.peek().is_some()).map(|last| last.to_string());
        Json(Envelope { data: shown, error: None, meta: Some(PageMeta { next_cursor }) })
    }
}
