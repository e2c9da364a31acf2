//! Accepting facts: a JSON array or one JSON object per line, optionally gzipped, streamed.

pub(crate) mod body;
mod rows;

use super::envelope::{Envelope, Failure, data};
use super::error::ApiError;
use super::extract::{Client, Path, Query};
use super::idempotency;
use super::schema::IdempotencyKey;
use crate::intake::{Intake, TakenIn};
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use body::Source;
use compliance::fact::Fact;
use ingest::{Format, Options};
use program::actor::Action;
use program::facts::record::FactOutcome;
use program::ids::{ApiKeyId, ProjectId};
use program::imports::record::REJECTIONS_LISTED;
use rows::{Message, read};
use serde::Serialize;
use std::collections::BTreeSet;
use tokio::sync::mpsc;
use utoipa::ToSchema;

/// The most removed creators that are listed.
const REMOVED_LISTED: usize = 100;

/// The outcomes of the facts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Outcome {
    /// Facts that were new, or corrections.
    pub accepted: i64,
    /// Facts that were known already.
    pub duplicates: i64,
    /// Stats of posts that are not known yet; they count once the post arrives.
    pub parked: i64,
    /// The first 1,000 refused rows.
    pub rejected: Vec<RejectedRow>,
    /// The number of refused rows.
    pub rejected_count: i64,
    /// The handles of creators who were removed from the program and about whom facts were accepted, the first 100. The
    /// facts are kept in case the creator returns, but nothing is judged until then.
    pub removed_creators: BTreeSet<String>,
}

/// A row that was refused; the other rows were accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RejectedRow {
    /// The number of the row, from 1.
    pub row: u64,
    /// The invalid field; null if the row as a whole is invalid.
    pub field: Option<String>,
    /// A stable code, such as `unknown_creator`, `conflict`, `missing_field`.
    #[schema(example = "unknown_creator")]
    pub code: String,
    /// A sentence for people.
    pub reason: String,
}

impl Outcome {
    fn reject(&mut self, row: u64, field: Option<String>, code: &str, reason: String) {
        self.rejected_count += 1;
        if self.rejected_count <= REJECTIONS_LISTED {
            self.rejected.push(RejectedRow { row, field, code: code.to_owned(), reason });
        }
    }

    async fn take(&mut self, message: Message, intake: &Intake, project_id: ProjectId) -> Result<(), ApiError> {
        match message {
            Message::Facts(facts, refused) => {
                intake.refused(refused.len());
                for (row, error) in refused {
                    self.reject(row, error.field, error.code, error.reason);
                }
                let ids =
                    facts.iter().enumerate().filter_map(|(place, told)| Some((place, told.creator_id?))).collect();
                let (rows, facts): (Vec<u64>, Vec<Fact>) = facts.into_iter().map(|told| (told.row, told.fact)).unzip();
                let TakenIn { outcomes, removed } = intake.take_in(project_id, facts, ids).await?;
                let room = REMOVED_LISTED.saturating_sub(self.removed_creators.len());
                self.removed_creators.extend(removed.iter().map(ToString::to_string).take(room));
                for (row, outcome) in rows.into_iter().zip(outcomes) {
                    self.count(row, outcome);
                }
                Ok(())
            }
            Message::Failed(mut error) => {
                // What came before the error is stored, and the answer says so.
                error.meta.accepted = Some(self.accepted);
                Err(error)
            }
        }
    }

    fn count(&mut self, row: u64, outcome: FactOutcome) {
        match outcome {
            FactOutcome::Accepted => self.accepted += 1,
            FactOutcome::Duplicate => self.duplicates += 1,
            // Only facts of files wait.
            FactOutcome::Parked | FactOutcome::Waiting => self.parked += 1,
            FactOutcome::Rejected { field, code, reason } => {
                self.reject(row, Some(field.to_owned()), code.name(), reason);
            }
        }
    }
}

/// Send facts
///
/// A JSON array, or one JSON object per line (NDJSON), optionally gzipped; at most 64 MiB decoded. Each fact is a
/// `post`, `post_stats`, `creator_stats` or `collection`. The answer is sent once everything accepted is durable. A bad
/// row is rejected without affecting the others; facts that are known already change nothing, so a request may be sent
/// again.
#[utoipa::path(post, path = "/projects/{project_id}/stats", operation_id = "take_in_facts", tag = "Facts",
    params(
        ("project_id" = Uuid, Path),
        ("Idempotency-Key" = Option<IdempotencyKey>, Header, description = "The same key and body get the same answer for 24 hours"),
    ),
    request_body(content = Vec<super::facts::FactToTakeIn>, content_type = "application/json"),
    responses(
        (status = 200, body = Envelope<Outcome>), (status = 400, body = Failure), (status = 401, body = Failure),
        (status = 403, body = Failure), (status = 404, body = Failure), (status = 409, body = Failure),
        (status = 413, body = Failure), (status = 429, body = Failure), (status = 503, body = Failure),
    ))]
pub async fn take_in(
    State(state): State<AppState>,
    client: Client,
    Path(project_id): Path<ProjectId>,
    query: Query,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, ApiError> {
    query.only(&[])?;
    let project = client.project(project_id, Action::Write).await?;
    let mut options = Options::new(project.zone);
    options.format = Some(Format::Facts);
    options.creator_ids = true;
    let (body, _reading) = Source::of(request.into_body()).await?;
    let api_key_id = client.key.api_key_id;
    let intake = state.intake.clone();
    if !headers.contains_key("idempotency-key") {
        return Ok(data(read_in(intake, api_key_id, project_id, body, options).await?).into_response());
    }
    let (body, hash, place) = body.hashed(&intake, api_key_id).await?;
    let answer = async move {
        let outcome = read_in(intake, api_key_id, project_id, body, options).await?;
        drop(place);
        Ok(data(outcome).into_response())
    };
    idempotency::once(&client, &headers, format!("POST /projects/{project_id}/stats"), hash, answer).await
}

/// Reads a body and stores its facts, batch by batch.
async fn read_in(
    intake: Intake,
    api_key_id: ApiKeyId,
    project_id: ProjectId,
    body: Source,
    options: Options,
) -> Result<Outcome, ApiError> {
    let mut outcome = Outcome::default();
    if let Source::Few(_) = body {
        let mut messages = Vec::new();
        read(body, &options, |message| {
            messages.push(message);
            true
        });
        for message in messages {
            outcome.take(message, &intake, project_id).await?;
        }
    } else {
        let _place = intake.reader(api_key_id).await?;
        let (sender, mut messages) = mpsc::channel(2);
        tokio::task::spawn_blocking(move || read(body, &options, |message| sender.blocking_send(message).is_ok()));
        while let Some(message) = messages.recv().await {
            outcome.take(message, &intake, project_id).await?;
        }
    }
    outcome.rejected.sort_by_key(|rejected| rejected.row);
    Ok(outcome)
}
