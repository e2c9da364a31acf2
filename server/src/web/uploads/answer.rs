//! What the requests of the Import page are answered with.

use crate::import::queue;
use crate::import::{Begun, Uploads};
use crate::web::forms::Unchanged;
use app::pages::refused_upload;
use axum::http::StatusCode;
use program::caller::Caller;
use program::ids::{ImportId, ProjectId};
use program::imports::choices::Choices;
use program::imports::refusal::{NotImported, UploadRefusal};
use std::time::Duration;
use tokio::time::timeout;

/// How long an answer waits for a file to be imported.
const PATIENCE: Duration = Duration::from_secs(1);

/// Returns the path of an import's page.
pub fn page_of(project_id: ProjectId, import_id: ImportId) -> String {
    format!("/projects/{project_id}/imports/{import_id}")
}

/// Returns the path of the Import page.
pub fn import_page(project_id: ProjectId) -> String {
    format!("/projects/{project_id}/import")
}

/// Answers with the page of a form, what was typed, and why nothing was changed. A file has to be chosen again, which
/// browsers require.
pub fn unchanged(page: String, typed: Vec<(String, String)>, why: NotImported) -> Unchanged {
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

/// Returns what was typed beside the file.
pub fn typed(choices: &Choices) -> Vec<(String, String)> {
    let typed = [("creator", &choices.creator), ("collected_at", &choices.collected_at)];
    typed.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))).collect()
}

/// Reads a file in the background and waits briefly for it: most files are small, and then the next page shows the result
/// at once.
pub async fn read_and_wait(caller: Caller, uploads: Uploads, begun: Begun) {
    let Begun { import, options, turn } = begun;
    let job = queue::spawn(caller, uploads, *import, options, turn);
    // Neither this timeout nor the end of the request ends the import.
    let _ = timeout(PATIENCE, job).await;
}
