//! What an upload and its page have in common: the preview of a table, and reading the file.

use crate::import::Uploads;
use crate::import::queue::{self, Turn};
use ingest::Options;
use program::caller::Caller;
use program::ids::{ImportId, ProjectId};
use program::imports::choices::Column;
use program::imports::record::Import;
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

/// Returns the path of an import's page.
pub fn page_of(project_id: ProjectId, import_id: ImportId) -> String {
    format!("/projects/{project_id}/imports/{import_id}")
}

/// Returns what is missing before a table can be read, and its columns; `None` if nothing is. A file that cannot be
/// previewed fails when it is imported, and then says why.
pub async fn preview(uploads: &Uploads, path: PathBuf, options: &Options) -> Option<(String, Vec<Column>)> {
    let most = MOST_PREVIEWED.min(uploads.most_unpacked());
    let options = Options { most_unpacked: Some(most), ..options.clone() };
    let preview = tokio::task::spawn_blocking(move || ingest::reader::preview(File::open(path)?, &options));
    let preview = preview.await.ok()?.ok()?;
    Some((preview.problem.clone()?, columns(&preview)))
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

/// Reads the file in the background and waits briefly for it: most files are small, and then the next page shows the
/// result at once.
pub async fn read_and_wait(caller: Caller, uploads: Uploads, import: Import, options: Options, turn: Turn) {
    let job = queue::spawn(caller, uploads, import, options, turn);
    // Neither this timeout nor the end of the request ends the import.
    let _ = timeout(PATIENCE, job).await;
}
