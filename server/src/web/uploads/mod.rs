//! The routes of the Import page.

mod mapping;
pub(crate) mod receive;
mod steps;

use super::forms::Unchanged;
use crate::import::queue::{Turn, options, stop};
use crate::network::Arrival;
use crate::pool::Full;
use crate::state::AppState;
use app::pages::refused_upload;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Redirect;
use axum::routing::{get, post};
use axum::{Extension, Router};
use program::actor::Action;
use program::ids::ProjectId;
use program::imports::record::{CreateImportOutcome, Import, ImportCounts, ImportDetails, ImportState};
use program::imports::refusal::UploadRefusal;
use program::imports::view::Choices;
use program::once::id_made;
use program::projects::record::Project;
use receive::{Stopped, UploadForm, Why, disk, read_on, receive};
use std::time::{Duration, Instant};
use steps::{page, preview, read_and_wait};
use tokio::time::timeout;

/// Returns the routes of the Import page.
pub fn router() -> Router<AppState> {
    let upload = post(upload).layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/projects/{project_id}/imports", upload.get(opened_again))
        .route(
            "/projects/{project_id}/imports/{import_id}/columns",
            post(mapping::map_columns).get(mapping::opened_again),
        )
        .route("/projects/{project_id}/imports/{import_id}/cancel", post(mapping::cancel).get(mapping::opened_again))
        .route("/projects/{project_id}/imports/{import_id}/progress", get(mapping::progress))
}

/// Redirects to the page of the form whose address was opened.
async fn opened_again(Path(project_id): Path<ProjectId>) -> Redirect {
    Redirect::to(&import_page(project_id))
}

/// How long the rest of a refused upload is read: a browser shows the answer only after it has sent everything, and shows
/// an error of its own if the connection is closed before.
const READ_ON: Duration = Duration::from_mins(2);

async fn upload(
    State(state): State<AppState>,
    Extension(arrival): Extension<Arrival>,
    Path(project_id): Path<ProjectId>,
    headers: HeaderMap,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Redirect, Unchanged> {
    let begun = Instant::now();
    let Ok(mut parts) = parts else {
        return Err(refused(project_id, UploadRefusal::NoFile, &Choices::default()));
    };
    let Stopped { why, mut choices } = match take_upload(&state, &arrival, project_id, &headers, &mut parts).await {
        Ok(page) => return Ok(page),
        Err(stopped) => stopped,
    };
    let left = state.limits.upload_time().saturating_sub(begun.elapsed()).min(READ_ON);
    let _ = timeout(left, read_on(&mut parts, &mut choices)).await;
    Err(match why {
        Why::Refused(why) => refused(project_id, why, &choices),
        Why::Failed(error) => Unchanged { page: Some(import_page(project_id)), typed: typed(&choices), ..error.into() },
    })
}

/// Receives a file and makes an import of it.
async fn take_upload(
    state: &AppState,
    arrival: &Arrival,
    project_id: ProjectId,
    headers: &HeaderMap,
    parts: &mut Multipart,
) -> Result<Redirect, Stopped> {
    let project = state.caller.project(project_id, Action::Write).await?;
    let place = state.limits.upload(arrival, project_id).map_err(|full| match full {
        Full { holder: Some(_), .. } => UploadRefusal::Share,
        Full { holder: None, .. } => UploadRefusal::Busy,
    })?;
    // Checked before receiving the file, since most browsers send its length.
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if !state.uploads.have_room_for(length.unwrap_or(0)).map_err(|cause| disk(&cause))? {
        return Err(UploadRefusal::NoRoom.into());
    }
    let received = timeout(state.limits.upload_time(), receive(&state.uploads, parts)).await;
    let received = received.map_err(|_| UploadRefusal::Slow)??;
    drop(place);
    let choices = received.choices.clone();
    begin(state, &project, received).await.map_err(|why| Stopped { why, choices })
}

/// Makes an import of a received file, and begins to read it if nothing has to be asked before.
async fn begin(state: &AppState, project: &Project, received: UploadForm) -> Result<Redirect, Why> {
    let (caller, uploads, project_id) = (state.caller.clone(), state.uploads.clone(), project.project_id);
    let (file, mut choices, form_id) = match received {
        UploadForm { file: Some(file), choices, form_id } if file.bytes > 0 => (file, choices, form_id),
        UploadForm { file: Some(file), .. } if !file.name.is_empty() => return Err(UploadRefusal::Empty.into()),
        UploadForm { .. } => return Err(UploadRefusal::NoFile.into()),
    };
    let options = options(project, &choices)?;
    let beside = [choices.creator.as_deref(), choices.collected_at.as_deref()].map(Option::unwrap_or_default);
    let (scope, digest) = (project_id.to_string(), file.digest());
    let import_id = id_made(&form_id, "import", &[&scope, &file.name, &digest, beside[0], beside[1]])?;
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
        details: ImportDetails::default(),
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
            CreateImportOutcome::TooMany => return Err(UploadRefusal::Many.into()),
            CreateImportOutcome::Present => {}
        }
        // The same form was sent before; one of its files is enough, unless that import failed.
        let before = caller.store.import(project_id, import.import_id).await?;
        if before.is_none_or(|before| before.state != ImportState::Failed) {
            return Ok(page(&import));
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
    Ok(page)
}

/// Answers with the Import page and what was typed; only the file has to be chosen again, which browsers require.
fn refused(project_id: ProjectId, why: UploadRefusal, choices: &Choices) -> Unchanged {
    Unchanged {
        page: Some(import_page(project_id)),
        typed: typed(choices),
        status: StatusCode::from_u16(why.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY),
        sentence: refused_upload(why).to_owned(),
        code: Some(why.name()),
    }
}

fn import_page(project_id: ProjectId) -> String {
    format!("/projects/{project_id}/import")
}

/// Returns what was typed beside the file.
fn typed(choices: &Choices) -> Vec<(String, String)> {
    let typed = [("creator", &choices.creator), ("collected_at", &choices.collected_at)];
    typed.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))).collect()
}
