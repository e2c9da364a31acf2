//! Extractors: the client, ids, the query, the body. Each refusal names the invalid part.

use super::envelope::Part;
use super::error::ApiError;
use crate::refused::Who;
use crate::state::AppState;
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use chrono::NaiveDate;
use program::actor::{Action, Actor};
use program::caller::Caller;
use program::ids::ProjectId;
use program::keys::record::ApiKey;
use program::keys::secret::Secret;
use program::projects::record::Project;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use std::str::FromStr;

/// The largest JSON body of a request that changes one thing, in bytes.
pub const LARGEST_BODY: usize = 1024 * 1024;

/// A program with a valid API key.
#[derive(Clone)]
pub struct Client {
    /// The caller for this program.
    pub caller: Caller,
    /// Its key.
    pub key: ApiKey,
    /// The hash by which the key is looked up again.
    pub key_hash: [u8; 32],
}

impl Client {
    /// Returns the project, if the key gives access to it and may do this.
    pub async fn project(&self, project_id: ProjectId, action: Action) -> Result<Project, ApiError> {
        Ok(self.caller.project(project_id, action).await?)
    }
}

impl FromRequestParts<AppState> for Client {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Client, ApiError> {
        const MISSING: &str = "Send an API key: Authorization: Bearer cg_… (create one on the Settings page).";
        const UNKNOWN: &str = "This API key is not known here, or was revoked.";
        let header = parts.headers.get(AUTHORIZATION).ok_or_else(|| ApiError::api_key(MISSING))?;
        let bearer = header.to_str().ok().and_then(|text| text.split_once(' '));
        let bearer = bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let (_, text) = bearer.ok_or_else(|| ApiError::api_key(MISSING))?;
        let secret = Secret::parse(text.trim()).ok_or_else(|| ApiError::api_key(UNKNOWN))?;
        let caller = state.caller();
        let key_hash = secret.hash();
        let known = caller.store.api_key(&key_hash).await?;
        Who::set(&parts.extensions, known.as_ref().map(|key| key.api_key_id), secret.hint());
        let key = known.filter(|key| key.revoked_at.is_none()).ok_or_else(|| ApiError::api_key(UNKNOWN))?;
        state.last_used.note(caller, &key);
        let actor = Actor::Key { api_key_id: key.api_key_id, project_id: key.project_id, scope: key.scope };
        Ok(Client { caller: caller.asked_by(actor), key, key_hash })
    }
}

/// The ids in the path.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Path<T>, ApiError> {
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(ids)| Path(ids)).map_err(|refusal| ApiError::params(refusal.body_text()))
    }
}

/// The query of a request. Handlers list the known parameters; others, and repeated ones, are refused.
pub struct Query(Vec<(String, String)>);

impl FromRequestParts<AppState> for Query {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Query, ApiError> {
        let pairs = axum::extract::Query::from_request_parts(parts, state).await;
        pairs
            .map(|axum::extract::Query(pairs)| Query(pairs))
            .map_err(|refusal| ApiError::query("query", refusal.body_text()))
    }
}

impl Query {
    /// Refuses parameters that are not in `known`, and repeated ones.
    pub fn only(self, known: &[&str]) -> Result<Query, ApiError> {
        for (place, (name, _)) in self.0.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                let sentence = format!("There is no parameter “{}”; there are: {}.", excerpt(name), known.join(", "));
                return Err(ApiError::query(&excerpt(name), sentence));
            }
            if self.0[..place].iter().any(|(earlier, _)| earlier == name) {
                return Err(ApiError::query(name, format!("“{name}” is given twice.")));
            }
        }
        Ok(self)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Parses a parameter.
    pub fn read<T>(&self, name: &str, expected: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ApiError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let refused = || ApiError::query(name, format!("“{}” is not {expected}.", excerpt(text)));
        read(text).map(Some).ok_or_else(refused)
    }

    /// Parses an id.
    pub fn id<Id: FromStr>(&self, name: &str) -> Result<Option<Id>, ApiError> {
        self.read(name, "an id", |text| text.parse().ok())
    }

    /// Parses a local date.
    pub fn date(&self, name: &str) -> Result<Option<NaiveDate>, ApiError> {
        self.read(name, "a date such as 2026-05-04", |text| compliance::goal_form::parse_date(text).ok())
    }

    /// Parses `limit` and `cursor`.
    pub fn part(&self) -> Result<Part, ApiError> {
        let in_range = |limit: &usize| (1..=Part::MOST).contains(limit);
        let limit = self.read("limit", "a whole number from 1 to 100", |text| text.parse().ok().filter(in_range))?;
        let after = self.read("cursor", "a cursor that this list gave", |text| text.parse().ok())?;
        Ok(Part { limit: limit.unwrap_or(Part::DEFAULT), after })
    }
}

/// A JSON body. Unknown and repeated fields are refused.
pub struct Body<T> {
    /// The parsed body.
    pub value: T,
    /// SHA-256 of its bytes.
    pub hash: [u8; 32],
}

impl<T: DeserializeOwned> FromRequest<AppState> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &AppState) -> Result<Body<T>, ApiError> {
        let bytes = to_bytes(request.into_body(), LARGEST_BODY).await;
        let bytes = bytes.map_err(|cause| ApiError::unread(&cause, "The body is larger than 1 MiB."))?;
        // serde would read a list as the fields in their order.
        if bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|first| *first != b'{') {
            return Err(ApiError::body(None, "The body is not a JSON object."));
        }
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let (path, fault) = (error.path().to_string(), error.into_inner().to_string());
            // A missing or repeated field has no path; serde names it in its message, between backticks.
            let field = if path == "." { fault.split('`').nth(1).map(str::to_owned) } else { Some(path) };
            ApiError::body(field, format!("The body cannot be read: {fault}."))
        })?;
        json.end().map_err(|error| ApiError::body(None, format!("Something follows the body: {error}.")))?;
        Ok(Body { value, hash: Sha256::digest(&bytes).into() })
    }
}

fn excerpt(text: &str) -> String {
    text.chars().take(60).collect()
}
