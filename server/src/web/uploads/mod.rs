//! The routes of the Import page.

mod mapping;
pub(crate) mod receive;
mod steps;

use super::forms::Unchanged;
use crate::import::queue::{Turn, options, spawn};
use crate::limits::LARGEST_FORM;
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
use ingest::Options;
use program::actor::Action;
use program::ids::{ImportId, ProjectId};
use program::imports::changes::{self, NewFile, Readable, Recorded};
use program::imports::choices::Choices;
use program::imports::record::Import;
use program::imports::refusal::{NotImported, UploadRefusal};
use program::projects::record::Project;
use receive::{Received, Stopped, UploadForm, disk, read_on, receive};
use std::time::{Duration, Instant};
use steps::{look, not_ahead, page_of, read_and_wait};
use tokio::time::timeout;

/// Returns the routes of the Import page.
pub fn router() -> Router<AppState> {
    let upload = post(upload).layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/projects/{project_id}/imports", upload.get(opened_again))
        .route(
            "/projects/{project_id}/imports/{import_id}/columns",
            post(mapping::map_columns).layer(DefaultBodyLimit::max(LARGEST_FORM)).get(mapping::opened_again),
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
        return Err(unchanged(import_page(project_id), Vec::new(), UploadRefusal::NoFile.into()));
    };
    let mut stopped = match take_upload(&state, &arrival, project_id, &headers, &mut parts).await {
        Ok(page) => return Ok(page),
        Err(stopped) => stopped,
    };
    let left = state.limits.upload_time().saturating_sub(begun.elapsed()).min(READ_ON);
    let _ = timeout(left, read_on(&mut parts, &mut stopped.choices)).await;
    let what_became = what_became(&stopped.begun, stopped.refused.as_deref());
    let unchanged = unchanged(import_page(project_id), typed(&stopped.choices), stopped.why);
    Err(match what_became {
        None => unchanged,
        // The sentence is about one of several files, so it does not belong to the field.
        Some(before) => Unchanged { sentence: format!("{before} {}", unchanged.sentence), code: None, ..unchanged },
    })
}

/// Returns the outcome for several files, of which `refused` could not be accepted; `None` for a single file.
fn what_became(begun: &[String], refused: Option<&str>) -> Option<String> {
    let refused = quoted(refused?);
    if begun.is_empty() {
        return Some(format!("None of the files was taken in, because of {refused}:"));
    }
    let begun = begun.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    Some(format!("Uploaded, and listed below: {begun}. The upload ended at {refused}, which was not taken in:"))
}

fn quoted(name: &str) -> String {
    format!("“{name}”")
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
    begin(state, &project, received).await
}

/// Makes imports of the received files, and begins to read those about which nothing has to be asked before.
async fn begin(state: &AppState, project: &Project, received: UploadForm) -> Result<Redirect, Stopped> {
    let (uploads, project_id) = (&state.uploads, project.project_id);
    let UploadForm { mut files, mut choices, form_id } = received;
    let stopped = |why: NotImported, choices: Choices| Stopped { choices, ..why.into() };
    // A form without a file sends one without a name.
    files.retain(|file| file.bytes > 0 || !file.name.is_empty());
    let one = match files.len() {
        0 => return Err(stopped(UploadRefusal::NoFile.into(), choices)),
        1 => files.pop(),
        _ => None,
    };
    if let Some(file) = one {
        if file.bytes == 0 {
            return Err(stopped(UploadRefusal::Empty.into(), choices));
        }
        let begun = begin_one(state, project, file, choices.clone(), &form_id, false).await;
        let (import_id, begun) = begun.map_err(|why| stopped(why, choices))?;
        if let Some(Begun { import, options, turn }) = begun {
            read_and_wait(state.caller.clone(), uploads.clone(), *import, options, turn).await;
        }
        return Ok(Redirect::to(&page_of(project_id, import_id)));
    }
    // Nobody looks at several files one by one: those that leave nothing open are read.
    choices.look = false;
    let mut names = Vec::new();
    for file in files {
        let name = file.name.clone();
        match begin_one(state, project, file, choices.clone(), &form_id, true).await {
            // What was typed beside the files is wrong for all of them.
            Err(why @ NotImported::Refused(UploadRefusal::Creator | UploadRefusal::CollectedAt))
                if names.is_empty() =>
            {
                return Err(stopped(why, choices));
            }
            Err(why) => return Err(Stopped { begun: names, refused: Some(name), ..stopped(why, choices) }),
            Ok((_, None)) => {}
            Ok((_, Some(Begun { import, options, turn }))) => {
                spawn(state.caller.clone(), uploads.clone(), *import, options, turn);
            }
        }
        names.push(name);
    }
    Ok(Redirect::to(&format!("{}?uploaded={}", import_page(project_id), names.len())))
}

/// An import that can be read.
struct Begun {
    import: Box<Import>,
    options: Options,
    turn: Turn,
}

/// Makes an import of a received file. Returns its id and, if nothing has to be asked before, what is needed to read it. One
/// of several files waits for the answers to optional questions too, because nobody saw them.
async fn begin_one(
    state: &AppState,
    project: &Project,
    file: Received,
    mut choices: Choices,
    form_id: &str,
    is_one_of_several: bool,
) -> Result<(ImportId, Option<Begun>), NotImported> {
    let (caller, uploads, project_id) = (&state.caller, &state.uploads, project.project_id);
    let now = caller.now();
    let proposing = choices.look.then_some(now);
    let said = options(project, &choices)?;
    not_ahead(&said, now)?;
    let mut problem = look(uploads, file.path(), &said, &mut choices, proposing).await;
    let remembered = changes::remembered(caller, project_id, &choices).await?;
    if let Some(before) = &remembered {
        choices.map_as(before);
        let columns = choices.columns.clone();
        problem = look(uploads, file.path(), &options(project, &choices)?, &mut choices, proposing).await;
        choices.columns = columns;
    }
    let asks = if is_one_of_several { !choices.questions.is_empty() } else { choices.is_open() };
    let is_read_now = problem.is_none() && !asks && !choices.look;
    if !is_read_now && proposing.is_none() {
        // Its page shows how it proposes to read the file.
        let terms =
            if remembered.is_some() { choices.clone() } else { Choices { columns: Vec::new(), ..choices.clone() } };
        problem = look(uploads, file.path(), &options(project, &terms)?, &mut choices, Some(now)).await;
    }
    let turn = is_read_now.then(|| Turn::take(uploads));
    let readable = turn.as_ref().map_or(Readable::Not(problem), Turn::readable);
    if is_read_now && remembered.is_none() {
        // What the columns look like is only a proposal, to be confirmed on the page.
        choices.columns = Vec::new();
    }
    // What the file proves about itself is now part of the choices.
    let options = options(project, &choices)?;
    let new = NewFile {
        form_id: form_id.to_owned(),
        name: file.name.clone(),
        digest: file.digest(),
        bytes: i64::try_from(file.bytes).unwrap_or(i64::MAX),
        folder_id: uploads.id(),
    };
    let import = match changes::record(caller, project_id, new, &choices, readable).await? {
        Recorded::New(import) => import,
        Recorded::Before(import_id) => return Ok((import_id, None)),
    };
    if let Err(cause) = file.keep(import.import_id) {
        let error = disk(&cause);
        changes::give_up(caller, *import, &error.to_string()).await?;
        return Err(error.into());
    }
    Ok((import.import_id, turn.map(|turn| Begun { import, options, turn })))
}

/// Answers with the page of a form, what was typed, and why nothing was changed. A file has to be chosen again, which
/// browsers require.
fn unchanged(page: String, typed: Vec<(String, String)>, why: NotImported) -> Unchanged {
    match why {
        NotImported::Refused(why) => Unchanged {
            page: Some(page),
            typed,
            status: status_of(why),
            sentence: refused_upload(why).to_owned(),
            code: Some(why.name()),
        },
        NotImported::Failed(error) => Unchanged { page: Some(page), typed, ..error.into() },
    }
}

/// Returns the HTTP status of the answer to a refused upload.
const fn status_of(why: UploadRefusal) -> StatusCode {
    match why {
        UploadRefusal::NoRoom => StatusCode::INSUFFICIENT_STORAGE,
        UploadRefusal::Busy => StatusCode::SERVICE_UNAVAILABLE,
        UploadRefusal::Share => StatusCode::TOO_MANY_REQUESTS,
        UploadRefusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        UploadRefusal::Many => StatusCode::CONFLICT,
        // Not 408, after which a browser may send the whole file again by itself.
        UploadRefusal::Slow
        | UploadRefusal::NoFile
        | UploadRefusal::ManyFiles
        | UploadRefusal::Empty
        | UploadRefusal::Creator
        | UploadRefusal::CollectedAt
        | UploadRefusal::Zone => StatusCode::UNPROCESSABLE_ENTITY,
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
