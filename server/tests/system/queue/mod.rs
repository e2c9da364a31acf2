//! Tests of uploaded files that wait, are read, are cancelled, are too large, or were left behind by a stopped server.

mod leftovers;
mod limits;
mod repeats;
mod turns;

use crate::file_form::{self, folder};
use crate::support::{HOUR, NOW, World, eventually, form_request};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use flate2::{Compression, write::GzEncoder};
use program::ids::{FolderId, ImportId, ProjectId};
use program::imports::record::{Import, ImportCounts, ImportDetails, ImportState};
use program::store::SharedStore;
use server::{AppState, Limits, Network, Places, Site, UploadLimits, Uploads, router};
use std::io::Write as _;
use tokio_util::sync::CancellationToken;

fn server_with(world: &World, limits: UploadLimits) -> Router {
    server_within(world, limits, Limits::default())
}

/// Limits under which one client may upload eight files at once.
fn without_shares() -> Limits {
    Limits { uploads: Places { all: 8, each: 8 }, uploads_of_project: 8, ..Limits::default() }
}

fn server_within(world: &World, of_uploads: UploadLimits, limits: Limits) -> Router {
    let uploads = Uploads::with_limits(folder(world), None, of_uploads);
    router(AppState::new(world.server(), uploads, Site::empty(), Network::default(), limits, CancellationToken::new()))
}

fn upload(world: &World, form_id: &str, name: &str, content: &[u8]) -> Request<Body> {
    file_form::form(world, &[("form_id", None, form_id.as_bytes()), ("file", Some(name), content)])
}

/// Returns the request to cancel an import.
fn cancel(world: &World, import_id: ImportId) -> Request<Body> {
    form_request(&format!("/projects/{}/imports/{import_id}/cancel", world.id()), "text/html", &[])
}

/// Waits until an import is in one of these states.
async fn reaches(store: &SharedStore, project_id: ProjectId, import_id: ImportId, wanted: &[ImportState]) -> Import {
    eventually(&format!("the import is one of {wanted:?}"), async || {
        let import = store.import(project_id, import_id).await.unwrap().unwrap();
        wanted.contains(&import.state).then_some(import)
    })
    .await
}

/// Returns a compressed table whose only row does not end during a test.
fn bomb(mebibytes: usize) -> Vec<u8> {
    let packed = |text: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    };
    // A file may have several members; each mebibyte of lines is the same one, compressed once.
    let lines = packed(&b"\n".repeat(1 << 20)).repeat(mebibytes);
    [packed(b"video_id,username,published_at\n1,mia,2026-08-17T10:00:00Z\n"), lines].concat()
}

fn table(rows: usize) -> String {
    let rows = (0..rows).map(|row| format!("{row},mia,2026-08-17T10:00:00Z\n"));
    std::iter::once("video_id,username,published_at\n".to_owned()).chain(rows).collect()
}

pub fn import(world: &World, state: ImportState, folder_id: Option<FolderId>) -> Import {
    Import {
        project_id: world.id(),
        import_id: ImportId::new(),
        file_name: "a.csv".to_owned(),
        state,
        choices: "{}".to_owned(),
        bytes_total: i64::try_from(table(2).len()).unwrap(),
        bytes_done: 0,
        counts: ImportCounts::default(),
        failure: None,
        created_at: NOW.plus_millis(-48 * HOUR),
        finished_at: None,
        removed_creators: String::new(),
        details: ImportDetails::default(),
        folder_id,
    }
}
