//! The page of an import: mapping its columns, cancelling it, its progress.

use super::answer::{import_page, page_of, read_and_wait, unchanged};
use crate::import::{Uploads, answer};
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
use program::imports::changes::{self, Cancelled};
use program::imports::choices::Choices;
use program::imports::record::ImportState;
use program::imports::refusal::NotImported;
use program::imports::view::import_progress;
use serde_json::json;

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
    let (project, import) = changes::find(&caller, project_id, import_id).await?;
    let page = Redirect::to(&page_of(project_id, import_id));
    let value = |wanted: &str| form.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    if value("cancel").is_some() && import.state == ImportState::Waiting {
        cancel_import(&caller, &uploads, project_id, import_id).await?;
        return Ok(Redirect::to(&import_page(project_id)));
    }
    let mut choices = Choices::of(&import);
    let answered = choices.answer(value);
    choices.look = value("look").is_some();
    choices.map_columns(|index| {
        let chosen = value(&format!("column-{index}")).and_then(|name| name.parse::<Field>().ok());
        chosen.filter(|field| *field != Field::Ignore).map(Field::name)
    });
    let begun = answer(&caller, &uploads, &project, import, choices, &answered).await?;
    if let Some(begun) = begun {
        read_and_wait(caller, uploads, begun).await;
    }
    Ok(page)
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
