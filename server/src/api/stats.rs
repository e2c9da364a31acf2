//! Accepting facts: a JSON array or one JSON object per line, optionally gzipped, streamed.

use super::envelope::{Envelope, Failure, data};
use super::error::ApiError;
use super::extract::{Client, Path, Query};
use super::idempotency;
use super::intake::{Intake, TakenIn};
use super::schema::IdempotencyKey;
use crate::pool::Place;
use crate::state::AppState;
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use compliance::fact::Fact;
use flate2::read::MultiGzDecoder;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use ingest::row_error::RowError;
use ingest::{FileError, Format, Options};
use program::actor::Action;
use program::error::AppError;
use program::facts::record::FactOutcome;
use program::ids::{ApiKeyId, CreatorId, ProjectId};
use program::imports::record::REJECTIONS_LISTED;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::error::Error;
use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc;
use tokio_util::io::{StreamReader, SyncIoBridge};
use tokio_util::sync::{CancellationToken, DropGuard};
use utoipa::ToSchema;

/// The largest body of a request, in bytes, decoded as well as on the wire.
pub const LARGEST: u64 = 64 * 1024 * 1024;
/// How much of a body is read to detect its format, in bytes.
const BEGINNING: u64 = 64 * 1024;
/// The size up to which a body is read at once, in bytes.
const FEW: u64 = 64 * 1024;
/// The first bytes of gzip.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// The most removed creators that are listed.
const REMOVED_LISTED: usize = 100;
/// The number of facts stored together.
const BATCH: usize = 5_000;

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
            FactOutcome::Parked => self.parked += 1,
            FactOutcome::Rejected { field, code, reason } => self.reject(row, Some(field.to_owned()), code, reason),
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

/// The source of the facts.
enum Source {
    /// A few facts in plain text, in memory.
    Few(Bytes),
    /// Any other body: read on a thread that may wait for it.
    Stream(Box<dyn Read + Send>),
}

impl Source {
    /// The facts of a body, which can be read for as long as the guard is kept: a thread that waits for more must not
    /// outlive the request.
    async fn of(body: Body) -> Result<(Source, DropGuard), ApiError> {
        if body.size_hint().lower() > LARGEST {
            return Err(too_large());
        }
        let ended = CancellationToken::new();
        let reading = ended.clone().drop_guard();
        if body.size_hint().exact().is_none_or(|size| size > FEW) {
            let stream = body.into_data_stream().map_err(io::Error::other).take_until(ended.cancelled_owned());
            let mut stream = Box::pin(stream);
            // A body that has not begun needs no reader's place.
            let first = stream.next().await;
            let stream = StreamReader::new(stream::iter(first).chain(stream));
            return Ok((Source::Stream(Box::new(SyncIoBridge::new(stream))), reading));
        }
        let bytes = to_bytes(body, usize::MAX).await.map_err(|cause| unread(&cause))?;
        let is_packed = bytes.starts_with(&GZIP);
        Ok((if is_packed { Source::Stream(Box::new(Cursor::new(bytes))) } else { Source::Few(bytes) }, reading))
    }

    /// Does the same, and returns the hash of the decoded body with the place of a body kept for it. The hash decides
    /// whether this is the same request as another one, so it must be known before any fact is stored.
    async fn hashed(
        self,
        intake: &Intake,
        api_key_id: ApiKeyId,
    ) -> Result<(Source, [u8; 32], Option<Place>), ApiError> {
        if let Source::Few(bytes) = &self {
            let hash = Sha256::digest(bytes).into();
            return Ok((self, hash, None));
        }
        let place = intake.holder(api_key_id).await?;
        let held = tokio::task::spawn_blocking(move || hold(self)).await.map_err(|_| AppError::Unavailable)??;
        let hash = Sha256::digest(&held).into();
        Ok((Source::Stream(Box::new(Cursor::new(held))), hash, Some(place)))
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Source::Few(bytes) => {
                let part = bytes.split_to(buffer.len().min(bytes.len()));
                buffer[..part.len()].copy_from_slice(&part);
                Ok(part.len())
            }
            Source::Stream(stream) => stream.read(buffer),
        }
    }
}

fn hold(body: impl Read + Send + 'static) -> Result<Vec<u8>, ApiError> {
    let mut held = Vec::new();
    let mut decoded = Decoded::open(body).map_err(|cause| unread(&cause))?;
    let whole = decoded.read_to_end(&mut held);
    whole.map_err(|cause| if decoded.is_too_large() { too_large() } else { unread(&cause) })?;
    Ok(held)
}

const TOO_LARGE: &str = "A request may hold at most 64 MiB, decoded. Send the rest in another one.";

fn too_large() -> ApiError {
    ApiError::too_large(TOO_LARGE)
}

fn unread(cause: &(dyn Error + 'static)) -> ApiError {
    let not_gzip = cause.downcast_ref::<io::Error>().is_some_and(|cause| cause.kind() == io::ErrorKind::InvalidInput);
    if not_gzip {
        return ApiError::body(None, "The body begins like gzip, but is damaged.");
    }
    ApiError::unread(cause, TOO_LARGE)
}

/// A fact, its row, and its creator if the row names them by id.
struct ReadFact {
    row: u64,
    fact: Fact,
    creator_id: Option<CreatorId>,
}

enum Message {
    Facts(Vec<ReadFact>, Vec<(u64, RowError)>),
    Failed(ApiError),
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

/// Reads a body to its end, or until `send` returns false because nobody listens any more.
fn read(body: Source, options: &Options, mut send: impl FnMut(Message) -> bool) {
    let mut decoded = match Decoded::open(body) {
        Ok(decoded) => decoded,
        Err(cause) => {
            send(Message::Failed(unread(&cause)));
            return;
        }
    };
    if let Err(failure) = read_rows(&mut decoded, options, &mut send) {
        let error = if decoded.is_too_large() { too_large() } else { unreadable(&failure) };
        send(Message::Failed(error));
    }
}

fn unreadable(failure: &FileError) -> ApiError {
    match failure {
        FileError::Empty => ApiError::body(None, "The body is empty. Send a JSON array of facts, or one fact a line."),
        FileError::Io(cause) => unread(cause),
        failure => ApiError::body(None, failure.to_string()),
    }
}

fn read_rows(
    decoded: &mut impl Read,
    options: &Options,
    send: &mut impl FnMut(Message) -> bool,
) -> Result<(), FileError> {
    let (mut facts, mut refused) = (Vec::new(), Vec::new());
    let mut beginning = Vec::new();
    decoded.by_ref().take(BEGINNING).read_to_end(&mut beginning)?;
    let first = beginning.iter().find(|byte| !byte.is_ascii_whitespace());
    if first.is_some_and(|first| !matches!(first, b'{' | b'[')) {
        let reason = "Send a JSON array of facts, or one JSON object a line.".to_owned();
        return Err(FileError::NotText(reason));
    }
    let mut rows = ingest::read(Cursor::new(beginning).chain(decoded), options)?;
    let ending = loop {
        match rows.next() {
            Some(Ok(row)) => match row.outcome {
                Ok(of_row) => {
                    let (row, creator_id) = (row.item, row.creator_id.map(CreatorId::from));
                    facts.extend(of_row.into_iter().map(|fact| ReadFact { row, fact, creator_id }));
                }
                Err(error) => refused.push((row.item, error)),
            },
            Some(Err(failure)) => break Err(failure),
            None => break Ok(()),
        }
        if facts.len() + refused.len() >= BATCH {
            let batch = Message::Facts(std::mem::take(&mut facts), std::mem::take(&mut refused));
            if !send(batch) {
                return Ok(());
            }
        }
    };
    send(Message::Facts(facts, refused));
    ending
}

/// A body as text: decompressed if it begins like gzip; an error if it is too large, compressed or decompressed.
struct Decoded {
    text: Box<dyn Read + Send>,
    too_large: Arc<AtomicBool>,
}

impl Decoded {
    fn open(body: impl Read + Send + 'static) -> io::Result<Decoded> {
        let too_large = Arc::new(AtomicBool::new(false));
        let limited =
            |source: Box<dyn Read + Send>| Limited { source, left: LARGEST, too_large: Arc::clone(&too_large) };
        let mut wire = limited(Box::new(body));
        let mut magic = Vec::with_capacity(2);
        wire.by_ref().take(2).read_to_end(&mut magic)?;
        let packed = magic == GZIP;
        let whole = Cursor::new(magic).chain(wire);
        let text: Box<dyn Read + Send> =
            if packed { Box::new(limited(Box::new(MultiGzDecoder::new(whole)))) } else { Box::new(whole) };
        Ok(Decoded { text, too_large })
    }

    fn is_too_large(&self) -> bool {
        self.too_large.load(Ordering::Relaxed)
    }
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.text.read(buffer)
    }
}

struct Limited {
    source: Box<dyn Read + Send>,
    left: u64,
    too_large: Arc<AtomicBool>,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        let Some(left) = self.left.checked_sub(count as u64) else {
            self.too_large.store(true, Ordering::Relaxed);
            return Err(io::Error::other("too large"));
        };
        self.left = left;
        Ok(count)
    }
}
