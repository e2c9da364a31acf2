//! Accepting facts: a JSON array or one JSON object per line, optionally gzipped, streamed.

pub(crate) mod body;
mod rows;

use super::envelope::{Envelope, Failure, data};
use super::error::ApiError;
use super::extract::{Client, Path, Query};
use super::idempotency;
use super::schema::IdempotencyKey;
use crate::api::shapes::{self, Outcome};
use crate::intake::{Intake, TakenIn};
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use body::Source;
use compliance::fact::Fact;
use ingest::{Format, Options};
use program::actor::Action;
use program::ids::{ApiKeyId, ProjectId};
use rows::{Message, read};
use tokio::sync::mpsc;

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
    request_body(content = Vec<shapes::FactToTakeIn>, content_type = "application/json"),
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
            take(&mut outcome, message, &intake, project_id).await?;
        }
    } else {
        let _place = intake.reader(api_key_id).await?;
        let (sender, mut messages) = mpsc::channel(2);
        tokio::task::spawn_blocking(move || read(body, &options, |message| sender.blocking_send(message).is_ok()));
        while let Some(message) = messages.recv().await {
            take(&mut outcome, message, &intake, project_id).await?;
        }
    }
    outcome.rejected.sort_by_key(|rejected| rejected.row);
    Ok(outcome)
}

/// Accepts the facts of a message, and counts in `outcome` what became of them.
async fn take(outcome: &mut Outcome, message: Message, intake: &Intake, project_id: ProjectId) -> Result<(), ApiError> {
    match message {
        Message::Facts(facts, refused) => {
            intake.refused(refused.len());
            for (row, error) in refused {
                outcome.reject(row, error.field, error.code, error.reason);
            }
            let ids = facts.iter().enumerate().filter_map(|(place, told)| Some((place, told.creator_id?))).collect();
            let (rows, facts): (Vec<u64>, Vec<Fact>) = facts.into_iter().map(|told| (told.row, told.fact)).unzip();
            let TakenIn { outcomes, removed } = intake.take_in(project_id, facts, ids).await?;
            outcome.note_removed(&removed);
            for (row, fact) in rows.into_iter().zip(outcomes) {
                outcome.count(row, fact);
            }
            Ok(())
        }
        Message::Failed(mut error) => {
            // What came before the error is stored, and the answer says so.
            error.meta.accepted = Some(outcome.accepted);
            Err(error)
        }
    }
}
