//! The routes of the Import page.

mod answer;
mod mapping;
pub(crate) mod receive;

use super::forms::Unchanged;
use crate::import::queue::spawn;
use crate::import::received::disk;
use crate::import::{Begun, begin};
use crate::limits::LARGEST_FORM;
use crate::network::Arrival;
use crate::pool::Full;
use crate::state::AppState;
use answer::{import_page, page_of, read_and_wait, typed, unchanged};
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::{HeaderMap, header};
use axum::response::Redirect;
use axum::routing::{get, post};
use axum::{Extension, Router};
use program::actor::Action;
use program::ids::ProjectId;
use program::imports::choices::Choices;
use program::imports::refusal::{NotImported, UploadRefusal};
use program::projects::record::Project;
use receive::{Stopped, UploadForm, read_on, receive};
use std::time::{Duration, Instant};
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
    begin_all(state, &project, received).await
}

/// Makes imports of the received files, and begins to read those about which nothing has to be asked before.
async fn begin_all(state: &AppState, project: &Project, received: UploadForm) -> Result<Redirect, Stopped> {
    let (caller, uploads, project_id) = (&state.caller, &state.uploads, project.project_id);
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
        let begun = begin(caller, uploads, project, file, choices.clone(), &form_id, false).await;
        let (import_id, begun) = begun.map_err(|why| stopped(why, choices))?;
        if let Some(begun) = begun {
            read_and_wait(caller.clone(), uploads.clone(), begun).await;
        }
        return Ok(Redirect::to(&page_of(project_id, import_id)));
    }
    // Nobody looks at several files one by one: those that leave nothing open are read.
    choices.look = false;
    let mut names = Vec::new();
    for file in files {
        let name = file.name.clone();
        match begin(caller, uploads, project, file, choices.clone(), &form_id, true).await {
            // What was typed beside the files is wrong for all of them.
            Err(why @ NotImported::Refused(UploadRefusal::Creator | UploadRefusal::CollectedAt))
                if names.is_empty() =>
            {
                return Err(stopped(why, choices));
            }
            Err(why) => return Err(Stopped { begun: names, refused: Some(name), ..stopped(why, choices) }),
            Ok((_, None)) => {}
            Ok((_, Some(Begun { import, options, turn }))) => {
                spawn(caller.clone(), uploads.clone(), *import, options, turn);
            }
        }
        names.push(name);
    }
    Ok(Redirect::to(&format!("{}?uploaded={}", import_page(project_id), names.len())))
}
