//! The routes of the Import page.

use super::folder::Uploads;
use super::queue::{self, Turn, options, stop};
use super::receive::{Stopped, UploadForm, disk, receive};
use crate::network::Arrival;
use crate::pool::Full;
use crate::state::AppState;
use app::forms::answer::status_of;
use app::forms::answer::with_query;
use axum::extract::{DefaultBodyLimit, Form as Fields, Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use ingest::{Field, Options};
use program::actor::Action;
use program::caller::Caller;
use program::error::AppError;
use program::ids::{ImportId, ProjectId};
use program::imports::record::{CreateImportOutcome, Import, ImportCounts, ImportState, UpdateImportOutcome};
use program::imports::view::{Choices, Column};
use program::once::id_made;
use serde_json::json;
use std::collections::HashMap;
use std::fs::File;
use std::path::PathBuf;
use std::time::Duration;
use tokio::time::timeout;

/// How long an answer waits for a file to be imported.
const PATIENCE: Duration = Duration::from_secs(1);
/// The most bytes of text read for a preview: it must be quick, and cannot be cancelled.
const MOST_PREVIEWED: u64 = 16 << 20;
/// The number of values shown for each column in the mapping step.
const SAMPLES: usize = 3;

/// Returns the routes of the Import page.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/projects/{project_id}/imports", post(upload).layer(DefaultBodyLimit::disable()))
        .route("/projects/{project_id}/imports/{import_id}/columns", post(map_columns))
        .route("/projects/{project_id}/imports/{import_id}/cancel", post(cancel))
        .route("/projects/{project_id}/imports/{import_id}/progress", get(progress))
}

/// An error as a plain text answer; browsers see it only if they bypass the page.
struct Refusal(AppError);

impl<E: Into<AppError>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Refusal(error.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (status_of(&self.0), self.0.to_string()).into_response()
    }
}

/// How long the rest of a refused upload is read and discarded: a browser shows the answer only after it has sent
/// everything, and shows an error of its own if the connection is closed before.
const READ_ON: Duration = Duration::from_mins(2);

async fn upload(
    state: State<AppState>,
    arrival: Extension<Arrival>,
    project: Path<ProjectId>,
    headers: HeaderMap,
    mut parts: Multipart,
) -> Result<Response, Refusal> {
    let mut slow = false;
    let answer = take_upload(state, arrival, project, headers, &mut parts, &mut slow).await;
    if !slow {
        let rest = async { while let Ok(Some(_)) = parts.next_field().await {} };
        let _ = timeout(READ_ON, rest).await;
    }
    answer
}

async fn take_upload(
    State(state): State<AppState>,
    Extension(arrival): Extension<Arrival>,
    Path(project_id): Path<ProjectId>,
    headers: HeaderMap,
    parts: &mut Multipart,
    slow: &mut bool,
) -> Result<Response, Refusal> {
    let (caller, uploads, limits) = (state.caller.clone(), state.uploads.clone(), state.limits.clone());
    let project = caller.project(project_id, Action::Write).await?;
    let refused = |why: &str, choices: &Choices| Ok(refused(project_id, why, choices));
    let (place, patience) = match limits.upload(&arrival, project_id) {
        Ok(taken) => taken,
        Err(Full { holder: Some(_), .. }) => return refused("share", &Choices::default()),
        Err(_) => return refused("busy", &Choices::default()),
    };
    // Checked before receiving the file, since most browsers send its length.
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if !uploads.have_room_for(length.unwrap_or(0)).map_err(|cause| disk(&cause))? {
        return refused("no_room", &Choices::default());
    }
    let Ok(received) = timeout(patience, receive(&uploads, parts)).await else {
        *slow = true;
        return refused("slow", &Choices::default());
    };
    drop(place);
    let (file, mut choices, form_id) = match received {
        Ok(UploadForm { file: Some(file), choices, form_id }) if file.bytes > 0 => (file, choices, form_id),
        Ok(UploadForm { file: Some(file), choices, .. }) if !file.name.is_empty() => return refused("empty", &choices),
        Ok(UploadForm { choices, .. }) => return refused("no_file", &choices),
        Err(Stopped::Refused(why, choices)) => return refused(why, &choices),
        Err(Stopped::Failed(error)) => return Err(error.into()),
    };
    let options = match options(&project, &choices) {
        Ok(options) => options,
        Err(why) => return refused(why, &choices),
    };
    let typed = [choices.creator.as_deref(), choices.collected_at.as_deref()].map(Option::unwrap_or_default);
    let (scope, digest) = (project_id.to_string(), file.digest());
    let import_id = id_made(&form_id, "import", &[&scope, &file.name, &digest, typed[0], typed[1]])?;
    let problem = preview(&uploads, file.path(), &options).await;
    let turn = Turn::take(&uploads);
    let mut import = Import {
        project_id,
        import_id,
        file_name: file.name.clone(),
        state: turn.state(),
        choices: String::new(),
        bytes_total: i64::try_from(file.bytes).unwrap_or(i64::MAX),
        bytes_done: 0,
        counts: ImportCounts::default(),
        failure: None,
        created_at: caller.now(),
        finished_at: None,
        removed_creators: String::new(),
        folder_id: uploads.id(),
    };
    if let Some((problem, columns)) = problem {
        import.state = ImportState::Waiting;
        import.failure = Some(problem);
        choices.columns = columns;
    }
    import.choices = choices.to_json();
    loop {
        match caller.store.create_import(&import).await? {
            CreateImportOutcome::Created => break,
            CreateImportOutcome::TooMany => return refused("many", &choices),
            CreateImportOutcome::Present => {}
        }
        // The same form was sent before; one of its files is enough, unless that import failed.
        let before = caller.store.import(project_id, import.import_id).await?;
        if before.is_none_or(|before| before.state != ImportState::Failed) {
            return Ok(page(&import).into_response());
        }
        let failed_id = import.import_id.to_string();
        import.import_id = id_made(&form_id, "import again", &[&scope, &failed_id])?;
    }
    if let Err(cause) = file.keep(import.import_id) {
        let (error, state) = (disk(&cause), import.state);
        stop(&mut import, &error.to_string(), caller.now());
        caller.store.update_import(&import, state).await?;
        return Err(error.into());
    }
    let page = page(&import);
    if import.state != ImportState::Waiting {
        read_and_wait(caller, uploads, import, options, turn).await;
    }
    Ok(page.into_response())
}

/// Redirects to the page of an import.
fn page(import: &Import) -> Redirect {
    Redirect::to(&format!("/projects/{}/imports/{}", import.project_id, import.import_id))
}

/// Returns what is missing before a table can be read, and its columns; `None` if nothing is. A file that cannot be
/// previewed fails when it is imported, and then says why.
async fn preview(uploads: &Uploads, path: PathBuf, options: &Options) -> Option<(String, Vec<Column>)> {
    let most = MOST_PREVIEWED.min(uploads.most_unpacked());
    let options = Options { most_unpacked: Some(most), ..options.clone() };
    let preview = tokio::task::spawn_blocking(move || ingest::reader::preview(File::open(path)?, &options));
    let preview = preview.await.ok()?.ok()?;
    Some((preview.problem.clone()?, columns(&preview)))
}

/// Redirects to the Import page with what was typed; only the file has to be chosen again, which browsers require.
fn refused(project_id: ProjectId, why: &str, choices: &Choices) -> Response {
    let typed = [
        ("refused", Some(why)),
        ("creator", choices.creator.as_deref()),
        ("collected_at", choices.collected_at.as_deref()),
    ];
    let typed: Vec<(&str, &str)> = typed.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    Redirect::to(&with_query(&format!("/projects/{project_id}/import"), &typed)).into_response()
}

/// Returns the columns of a table with their first values and the field each is recognised as.
fn columns(preview: &ingest::Preview) -> Vec<Column> {
    let samples = |index: usize| preview.rows.iter().take(SAMPLES).filter_map(|row| row.get(index).cloned()).collect();
    let column = |(index, column): (usize, &ingest::Column)| Column {
        header: column.header.clone(),
        field: column.field.or(column.suggestion).map(|field| field.name().to_owned()),
        samples: samples(index),
    };
    preview.columns.iter().enumerate().map(column).collect()
}

async fn map_columns(
    State(caller): State<Caller>,
    State(uploads): State<Uploads>,
    Path((project_id, import_id)): Path<(ProjectId, ImportId)>,
    Fields(form): Fields<HashMap<String, String>>,
) -> Result<Redirect, Refusal> {
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

async fn cancel(
    State(caller): State<Caller>,
    State(uploads): State<Uploads>,
    Path((project_id, import_id)): Path<(ProjectId, ImportId)>,
) -> Result<Redirect, Refusal> {
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

async fn progress(
    State(caller): State<Caller>,
    Path((project_id, import_id)): Path<(ProjectId, ImportId)>,
) -> Result<Response, Refusal> {
    caller.project(project_id, Action::Read).await?;
    let import = caller.store.import(project_id, import_id).await?.ok_or(AppError::NotFound)?;
    let body = json!({ "state": import.state.name(), "percent": import.percent(), "rows": import.counts.rows });
    Ok((StatusCode::OK, Json(body)).into_response())
}

/// Reads the file in the background and waits briefly for it: most files are small, and then the next page shows the
/// result at once.
async fn read_and_wait(caller: Caller, uploads: Uploads, import: Import, options: Options, turn: Turn) {
    let job = queue::spawn(caller, uploads, import, options, turn);
    // Neither this timeout nor the end of the request ends the import.
    let _ = timeout(PATIENCE, job).await;
}
