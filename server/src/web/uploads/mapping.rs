//! The page of an import: mapping its columns, cancelling it, its progress.

use super::steps::{look, not_ahead, page_of, read_and_wait};
use super::unchanged;
use crate::import::Uploads;
use crate::import::queue::{Turn, options};
use crate::limits::LARGEST_FORM;
use crate::web::forms::Unchanged;
use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form as Fields, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use ingest::Field;
use program::caller::Caller;
use program::error::AppError;
use program::ids::{ImportId, ProjectId};
use program::imports::changes::{self, Cancelled, MappedFile, Readable};
use program::imports::choices::{Asked, AskedKind, Choices, Column};
use program::imports::record::{ImportState, UpdateImportOutcome};
use program::imports::refusal::NotImported;
use program::imports::view::import_progress;
use serde_json::json;
use std::collections::HashMap;

/// The message for answers that come too late.
const TAKEN: &str = "This file is no longer waiting for answers: what was sent just now changed nothing.";

/// Redirects to the page of the form whose address was opened.
pub async fn opened_again(Path((project_id, import_id)): Path<(ProjectId, ImportId)>) -> Redirect {
    Redirect::to(&page_of(project_id, import_id))
}

pub async fn map_columns(
    State(caller): State<Caller>,
    State(uploads): State<Uploads>,
    Path((project_id, import_id)): Path<(ProjectId, ImportId)>,
    form: Result<Fields<Vec<(String, String)>>, FormRejection>,
) -> Result<Redirect, Unchanged> {
    let Fields(form) = form.map_err(|cause| unread(page_of(project_id, import_id), &cause))?;
    let mapped = map(caller, uploads, project_id, import_id, &form).await;
    mapped.map_err(|why| unchanged(page_of(project_id, import_id), form, why))
}

/// Answers with the page of a form that is too large or broke off.
fn unread(page: String, cause: &FormRejection) -> Unchanged {
    let status = cause.status();
    let sentence = match status {
        StatusCode::PAYLOAD_TOO_LARGE => format!("The form is larger than {} KiB.", LARGEST_FORM / 1024),
        _ => "The form could not be read. Send it again.".to_owned(),
    };
    Unchanged { page: Some(page), typed: Vec::new(), status, sentence, code: None }
}

async fn map(
    caller: Caller,
    uploads: Uploads,
    project_id: ProjectId,
    import_id: ImportId,
    form: &[(String, String)],
) -> Result<Redirect, NotImported> {
    let (project, mut import) = changes::find(&caller, project_id, import_id).await?;
    let page = Redirect::to(&page_of(project_id, import_id));
    let value = |wanted: &str| form.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    if value("cancel").is_some() && import.state == ImportState::Waiting {
        cancel_import(&caller, &uploads, project_id, import_id).await?;
        return Ok(Redirect::to(&super::import_page(project_id)));
    }
    let mut choices = Choices::of(&import);
    let before = choices.clone();
    choices.answer(value);
    choices.look = value("look").is_some();
    for (index, column) in choices.columns.iter_mut().enumerate() {
        let chosen = value(&format!("column-{index}")).and_then(|name| name.parse::<Field>().ok());
        let field = chosen.filter(|field| *field != Field::Ignore).map(|field| field.name().to_owned());
        column.is_left_out = field.is_none() && (column.is_left_out || column.field.is_some());
        column.field = field;
    }
    if import.state != ImportState::Waiting {
        // The form was sent twice, or from two pages.
        return if choices.answers() == before.answers() {
            Ok(page)
        } else {
            Err(AppError::Conflict(TAKEN.into()).into())
        };
    }
    // What the file proved with the columns or the sheet it had, it has to prove again.
    for (kind, answer) in [(AskedKind::DateOrder, &mut choices.dates), (AskedKind::Decimal, &mut choices.decimal)] {
        if value(kind.field()).is_none() && !before.asks(kind) {
            *answer = None;
        }
    }
    // Another sheet has other columns and rows, which are looked at again.
    if choices.sheet != before.sheet {
        (choices.columns, choices.look) = (Vec::new(), true);
    }
    let said = options(&project, &choices)?;
    not_ahead(&said, caller.now())?;
    let (file, turn) = if uploads.path(import_id).exists() {
        let mut found = choices.clone();
        let problem = look(&uploads, uploads.path(import_id), &said, &mut found, Some(caller.now())).await;
        found.keep_answered(&before.questions);
        choices = Choices { columns: mapped_columns(&choices, &found), ..found };
        let was_asked = |asked: &Asked| asked.is_optional || before.asks(asked.kind);
        // A question that comes up only now is no mistake of the person who sent the form.
        let is_unanswered = choices.is_open() && !choices.look && choices.questions.iter().all(was_asked);
        let problem = read_twice(&choices).or(problem);
        let problem = problem.or_else(|| is_unanswered.then(|| "Answer the open questions about the file.".to_owned()));
        if problem.is_some() || choices.look || choices.is_open() {
            let not_yet = MappedFile::Here(Readable::Not(problem));
            changes::map_columns(&caller, &mut import, &choices, not_yet).await?;
            return Ok(page);
        }
        let turn = Turn::take(&uploads);
        (MappedFile::Here(turn.readable()), Some(turn))
    } else {
        (MappedFile::NotIn(uploads.id()), None)
    };
    // With what the file proves about itself, which is now part of the choices.
    let options = options(&project, &choices)?;
    let updated = changes::map_columns(&caller, &mut import, &choices, file).await?;
    if let (Some(turn), UpdateImportOutcome::Updated) = (turn, updated) {
        read_and_wait(caller, uploads, import, options, turn).await;
    }
    Ok(page)
}

/// Returns what is wrong if two columns are read as one field.
fn read_twice(choices: &Choices) -> Option<String> {
    let mut fields = HashMap::new();
    choices.columns.iter().find_map(|column| {
        let (field, header) = (column.field.as_deref()?, column.header.as_str());
        let other = fields.insert(field, header)?;
        Some(format!("“{other}” and “{header}” are both read as {}. Leave one of them out.", field.replace('_', " ")))
    })
}

/// Returns the columns as they were mapped, or as they were found if the file has others now.
fn mapped_columns(mapped: &Choices, found: &Choices) -> Vec<Column> {
    if mapped.has_columns_of(found) { mapped.columns.clone() } else { found.columns.clone() }
}

pub async fn cancel(
    State(caller): State<Caller>,
    State(uploads): State<Uploads>,
    Path((project_id, import_id)): Path<(ProjectId, ImportId)>,
) -> Result<Redirect, Unchanged> {
    let page = page_of(project_id, import_id);
    match cancel_import(&caller, &uploads, project_id, import_id).await {
        Ok(()) => Ok(Redirect::to(&page)),
        Err(error) => Err(Unchanged { page: Some(page), ..error.into() }),
    }
}

/// Cancels an import, and removes its file unless the task that waits or reads does.
async fn cancel_import(
    caller: &Caller,
    uploads: &Uploads,
    project_id: ProjectId,
    import_id: ImportId,
) -> Result<(), AppError> {
    let cancelled = changes::cancel(caller, project_id, import_id).await?;
    if cancelled == Cancelled::Unread && uploads.path(import_id).exists() {
        uploads.discard(import_id);
    }
    Ok(())
}

pub async fn progress(
    State(caller): State<Caller>,
    Path((project_id, import_id)): Path<(ProjectId, ImportId)>,
) -> Result<Response, Unchanged> {
    let import = import_progress(&caller, project_id, import_id).await?;
    let body = json!({ "state": import.state.name(), "percent": import.percent(), "rows": import.counts.rows });
    Ok((StatusCode::OK, Json(body)).into_response())
}
