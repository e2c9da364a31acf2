//! The page of an import: mapping its columns, cancelling it, its progress.

use super::steps::{page, page_of, preview, read_and_wait};
use crate::import::Uploads;
use crate::import::queue::{Turn, options, stop};
use crate::web::forms::Unchanged;
use axum::Json;
use axum::extract::{Form as Fields, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use ingest::Field;
use program::actor::Action;
use program::caller::Caller;
use program::error::AppError;
use program::ids::{ImportId, ProjectId};
use program::imports::record::{Import, ImportState, UpdateImportOutcome};
use program::imports::view::Choices;
use serde_json::json;
use std::collections::HashMap;

/// Redirects to the page of the form whose address was opened.
pub async fn opened_again(Path((project_id, import_id)): Path<(ProjectId, ImportId)>) -> Redirect {
    Redirect::to(&page_of(project_id, import_id))
}

pub async fn map_columns(
    State(caller): State<Caller>,
    State(uploads): State<Uploads>,
    Path((project_id, import_id)): Path<(ProjectId, ImportId)>,
    Fields(form): Fields<HashMap<String, String>>,
) -> Result<Redirect, Unchanged> {
    let project = caller.project(project_id, Action::Write).await?;
    let mut import = caller.store.import(project_id, import_id).await?.ok_or(AppError::NotFound)?;
    let page = page(&import);
    if import.state != ImportState::Waiting {
        return Ok(page);
    }
    if form.contains_key("cancel") {
        cancel_import(&caller, &uploads, import).await?;
        return Ok(Redirect::to(&format!("/projects/{project_id}/import")));
    }
    let mut choices = Choices::of(&import);
    for (index, column) in choices.columns.iter_mut().enumerate() {
        let chosen = form.get(&format!("column-{index}")).and_then(|name| name.parse::<Field>().ok());
        column.field = chosen.filter(|field| *field != Field::Ignore).map(|field| field.name().to_owned());
    }
    let options = options(&project, &choices).map_err(|_| AppError::NotFound)?;
    import.choices = choices.to_json();
    let mut turn = None;
    if !uploads.path(import_id).exists() {
        let of_another = import.folder_id.is_some() && import.folder_id != uploads.id();
        if of_another {
            let error = "Another server holds this file. Upload it again, or map its columns there.";
            return Err(AppError::Conflict(error.to_owned()).into());
        }
        stop(&mut import, "The uploaded file is no longer here. Upload it again.", caller.now());
    } else if let Some((problem, _)) = preview(&uploads, uploads.path(import_id), &options).await {
        import.failure = Some(problem);
    } else {
        let taken = turn.insert(Turn::take(&uploads));
        import.state = taken.state();
        import.failure = None;
    }
    // If a form is sent several times at once, only one request finds the import still waiting.
    let updated = caller.store.update_import(&import, ImportState::Waiting).await?;
    if let (Some(turn), UpdateImportOutcome::Updated) = (turn, updated) {
        read_and_wait(caller, uploads, import, options, turn).await;
    }
    Ok(page)
}

pub async fn cancel(
    State(caller): State<Caller>,
    State(uploads): State<Uploads>,
    Path((project_id, import_id)): Path<(ProjectId, ImportId)>,
) -> Result<Redirect, Unchanged> {
    caller.project(project_id, Action::Write).await?;
    let import = caller.store.import(project_id, import_id).await?.ok_or(AppError::NotFound)?;
    let page = page(&import);
    cancel_import(&caller, &uploads, import).await?;
    Ok(page)
}

/// Cancels an import in any state; the task that reads it notices. A finished import stays as it is.
async fn cancel_import(caller: &Caller, uploads: &Uploads, mut import: Import) -> Result<(), AppError> {
    while !import.state.is_over() {
        let state = import.state;
        let why = import.cancelled_as();
        stop(&mut import, why, caller.now());
        if caller.store.update_import(&import, state).await? == UpdateImportOutcome::Updated {
            // Otherwise the task that waits or reads removes the file.
            if state == ImportState::Waiting && uploads.path(import.import_id).exists() {
                uploads.discard(import.import_id);
            }
            return Ok(());
        }
        // Its state changed meanwhile; states only advance, so this loop ends.
        import = caller.store.import(import.project_id, import.import_id).await?.ok_or(AppError::NotFound)?;
    }
    Ok(())
}

pub async fn progress(
    State(caller): State<Caller>,
    Path((project_id, import_id)): Path<(ProjectId, ImportId)>,
) -> Result<Response, Unchanged> {
    caller.project(project_id, Action::Read).await?;
    let import = caller.store.import(project_id, import_id).await?.ok_or(AppError::NotFound)?;
    let body = json!({ "state": import.state.name(), "percent": import.percent(), "rows": import.counts.rows });
    Ok((StatusCode::OK, Json(body)).into_response())
}
