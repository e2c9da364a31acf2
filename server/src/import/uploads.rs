//! Files uploaded on the Import page: kept in a folder while they are read, by jobs that outlive the request.

use crate::routes::AppState;
use app::actor::Action;
use app::api::Server;
use app::api::answer::with_query;
use app::api::imports::{Choices, Column};
use app::error::AppError;
use app::store::{Import, ImportCounts, ImportState, Project, SharedStore};
use axum::extract::{DefaultBodyLimit, Form, Multipart, Path, State, multipart};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::NaiveDateTime;
use compliance::Instant;
use compliance::fact::Handle;
use compliance::name::visible;
use ingest::{Field, Options};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::PathBuf;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use uuid::Uuid;

use super::{Run, RunError};

/// The largest file that may be uploaded; larger ones go in by the command line.
const LARGEST_UPLOAD: u64 = 4 * 1024 * 1024 * 1024;
/// How long an answer waits for a file to be read.
const PATIENCE: Duration = Duration::from_secs(1);
/// The longest text taken in beside a file, in bytes.
const LONGEST_TEXT: usize = 1_000;
/// How many rows are shown of each column in the mapping step.
const SAMPLES: usize = 3;

/// The folder of uploaded files.
#[derive(Debug, Clone)]
pub struct Uploads {
    folder: PathBuf,
}

impl Uploads {
    /// Files are kept in `folder`, which is made when the first one arrives.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Uploads {
        Uploads { folder }
    }

    fn path(&self, import_id: Uuid) -> PathBuf {
        self.folder.join(import_id.simple().to_string())
    }

    fn discard(&self, import_id: Uuid) {
        if let Err(cause) = std::fs::remove_file(self.path(import_id)) {
            tracing::warn!(%cause, %import_id, "an uploaded file could not be removed");
        }
    }

    /// Keeps other servers out of the folder for as long as the answer lives: each reads, and clears away, its own files.
    pub fn hold(&self) -> std::io::Result<File> {
        std::fs::create_dir_all(&self.folder)?;
        let held = File::create(self.folder.join(".held"))?;
        held.try_lock()?;
        Ok(held)
    }

    /// Removes every file but those of the imports named: what a server that was stopped left behind.
    fn keep_only(&self, waiting: &HashSet<Uuid>) -> std::io::Result<()> {
        if !self.folder.exists() {
            return Ok(());
        }
        for entry in std::fs::read_dir(&self.folder)? {
            let import_id = entry?.file_name().to_str().and_then(|name| Uuid::parse_str(name).ok());
            if let Some(import_id) = import_id.filter(|import_id| !waiting.contains(import_id)) {
                self.discard(import_id);
            }
        }
        Ok(())
    }
}

/// A file that is being received. It goes when this is dropped, also when the browser breaks off, unless it is kept.
struct Received {
    uploads: Uploads,
    import_id: Uuid,
    name: String,
    bytes: u64,
    kept: bool,
}

impl Received {
    fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        if !self.kept {
            self.uploads.discard(self.import_id);
        }
    }
}

/// The addresses the Import page sends to.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/projects/{project_id}/imports", post(upload).layer(DefaultBodyLimit::disable()))
        .route("/projects/{project_id}/imports/{import_id}/columns", post(map_columns))
        .route("/projects/{project_id}/imports/{import_id}/progress", get(progress))
}

/// Imports that were being read when this server stopped are over: says so, so that nobody waits for them. Their files
/// go; files that wait for their columns stay.
pub async fn interrupt_unfinished(store: &SharedStore, uploads: &Uploads, now: Instant) -> Result<(), AppError> {
    let mut waiting = HashSet::new();
    for project in store.projects().await? {
        for mut import in store.imports(project.project_id).await? {
            if import.state == ImportState::Waiting {
                waiting.insert(import.import_id);
            } else if import.state == ImportState::Running && uploads.path(import.import_id).exists() {
                // Not here: then another server is reading it.
                let why = "The server stopped while this file was being read. What was read is in; import the file \
                    again to complete it.";
                stop(&mut import, why, now);
                store.update_import(&import).await?;
            }
        }
    }
    uploads.keep_only(&waiting).map_err(|cause| disk(&cause))
}

/// An error as a plain answer; browsers see it only if the page was bypassed.
struct Refusal(AppError);

impl<E: Into<AppError>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Refusal(error.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0.status_code(), self.0.to_string()).into_response()
    }
}

async fn upload(
    State(server): State<Server>,
    State(uploads): State<Uploads>,
    Path(project_id): Path<Uuid>,
    form: Multipart,
) -> Result<Response, Refusal> {
    let project = server.project(project_id, Action::Write).await?;
    let import_id = Uuid::now_v7();
    let (received, mut choices) = receive(&uploads, import_id, form).await?;
    let received = match received {
        Some(file) if file.bytes > LARGEST_UPLOAD => return Ok(refused(project_id, "too_large", &choices)),
        Some(file) if file.bytes > 0 => file,
        Some(file) if !file.name.is_empty() => return Ok(refused(project_id, "empty", &choices)),
        _ => return Ok(refused(project_id, "no_file", &choices)),
    };
    let options = match options(&project, &choices) {
        Ok(options) => options,
        Err(why) => return Ok(refused(project_id, why, &choices)),
    };
    let mut import = Import {
        project_id,
        import_id,
        file_name: received.name.clone(),
        state: ImportState::Running,
        choices: String::new(),
        bytes_total: i64::try_from(received.bytes).unwrap_or(i64::MAX),
        bytes_done: 0,
        counts: ImportCounts::default(),
        failure: None,
        created_at: server.now(),
        finished_at: None,
    };
    let path = uploads.path(import_id);
    let preview = tokio::task::spawn_blocking({
        let options = options.clone();
        move || ingest::preview(File::open(path)?, &options)
    });
    // What cannot be previewed fails when it is read, and says why.
    if let Ok(Ok(preview)) = preview.await
        && let Some(problem) = &preview.problem
    {
        import.state = ImportState::Waiting;
        import.failure = Some(problem.clone());
        choices.columns = columns(&preview);
    }
    import.choices = choices.to_json();
    server.store.create_import(&import).await?;
    received.keep();
    let page = format!("/projects/{project_id}/imports/{import_id}");
    if import.state == ImportState::Running {
        spawn_and_wait(server, uploads, import, options).await;
    }
    Ok(Redirect::to(&page).into_response())
}

/// Takes the form in: the file goes to the folder as it comes, and no further than the largest one allowed.
async fn receive(
    uploads: &Uploads,
    import_id: Uuid,
    mut form: Multipart,
) -> Result<(Option<Received>, Choices), AppError> {
    let mut choices = Choices::default();
    let mut received = None;
    while let Some(mut part) = form.next_field().await.map_err(broken_off)? {
        match part.name().unwrap_or_default() {
            "file" => {
                let name = file_name(part.file_name());
                drop(received.take());
                let mut file = create(uploads, import_id).await?;
                let of = received.insert(Received { uploads: uploads.clone(), import_id, name, bytes: 0, kept: false });
                while let Some(chunk) = part.chunk().await.map_err(broken_off)? {
                    of.bytes += chunk.len() as u64;
                    if of.bytes > LARGEST_UPLOAD {
                        return Ok((received, choices));
                    }
                    file.write_all(&chunk).await.map_err(|cause| disk(&cause))?;
                }
                file.flush().await.map_err(|cause| disk(&cause))?;
            }
            "creator" => choices.creator = short_text(part).await?,
            "collected_at" => choices.collected_at = short_text(part).await?,
            _ => {}
        }
    }
    Ok((received, choices))
}

/// The name of a file as it is shown: what turns the reading direction could make one kind of file look like another. It is
/// empty if no file was chosen.
fn file_name(given: Option<&str>) -> String {
    // Browsers write a quotation mark like this.
    let given: String = given.unwrap_or("file").replace("%22", "\"").chars().take(200).collect();
    let shown = visible(&given);
    if shown.is_empty() && !given.is_empty() { "file".to_owned() } else { shown }
}

/// What was typed into a field of the form; `None` if nothing was. No one types more than [`LONGEST_TEXT`] bytes, and
/// no more is taken in.
async fn short_text(mut part: multipart::Field<'_>) -> Result<Option<String>, AppError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(broken_off)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST_TEXT {
            let name = part.name().unwrap_or_default();
            return Err(AppError::Invalid(format!("{name}: at most {LONGEST_TEXT} bytes.")));
        }
    }
    let text = String::from_utf8_lossy(&bytes).trim().to_owned();
    Ok(Some(text).filter(|text| !text.is_empty()))
}

fn broken_off(_: multipart::MultipartError) -> AppError {
    AppError::Invalid("The upload broke off. Try again.".to_owned())
}

async fn create(uploads: &Uploads, import_id: Uuid) -> Result<tokio::fs::File, AppError> {
    tokio::fs::create_dir_all(&uploads.folder).await.map_err(|cause| disk(&cause))?;
    tokio::fs::File::create(uploads.path(import_id)).await.map_err(|cause| disk(&cause))
}

fn disk(cause: &std::io::Error) -> AppError {
    tracing::error!(%cause, "an upload could not be stored");
    AppError::Unavailable
}

/// Back to the Import page with what was typed; only the file must be chosen again, as browsers want it.
fn refused(project_id: Uuid, why: &str, choices: &Choices) -> Response {
    let typed = [
        ("refused", Some(why)),
        ("creator", choices.creator.as_deref()),
        ("collected_at", choices.collected_at.as_deref()),
    ];
    let typed: Vec<(&str, &str)> = typed.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    Redirect::to(&with_query(&format!("/projects/{project_id}/import"), &typed)).into_response()
}

/// What the importer is told; the error names the field of the page that cannot be read.
fn options(project: &Project, choices: &Choices) -> Result<Options, &'static str> {
    let mut options = Options::new(project.zone);
    if let Some(creator) = &choices.creator {
        options.default_creator = Some(Handle::parse(creator).map_err(|_| "creator")?);
    }
    if let Some(collected_at) = &choices.collected_at {
        let clock = NaiveDateTime::parse_from_str(collected_at, "%Y-%m-%dT%H:%M")
            .or_else(|_| NaiveDateTime::parse_from_str(collected_at, "%Y-%m-%dT%H:%M:%S"));
        let at = project.zone.instant_of(clock.map_err(|_| "collected_at")?);
        options.collected_at = Some(at).filter(|at| at.is_plausible());
        if options.collected_at.is_none() {
            return Err("collected_at");
        }
    }
    for column in &choices.columns {
        let field = column.field.as_deref().unwrap_or(Field::Ignore.name());
        if let Ok(field) = field.parse() {
            options.mapping.push((column.header.clone(), field));
        }
    }
    Ok(options)
}

/// The columns of a table with their first values, each taken for what it looks like.
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
    State(server): State<Server>,
    State(uploads): State<Uploads>,
    Path((project_id, import_id)): Path<(Uuid, Uuid)>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Redirect, Refusal> {
    let project = server.project(project_id, Action::Write).await?;
    let mut import = server.store.import(project_id, import_id).await?.ok_or(AppError::NotFound)?;
    let page = Redirect::to(&format!("/projects/{project_id}/imports/{import_id}"));
    if import.state != ImportState::Waiting {
        return Ok(page);
    }
    if form.contains_key("cancel") {
        uploads.discard(import_id);
        stop(&mut import, "Cancelled before anything was read.", server.now());
        server.store.update_import(&import).await?;
        return Ok(Redirect::to(&format!("/projects/{project_id}/import")));
    }
    let mut choices = Choices::of(&import);
    for (index, column) in choices.columns.iter_mut().enumerate() {
        let chosen = form.get(&format!("column-{index}")).and_then(|name| name.parse::<Field>().ok());
        column.field = chosen.filter(|field| *field != Field::Ignore).map(|field| field.name().to_owned());
    }
    let options = options(&project, &choices).map_err(|_| AppError::NotFound)?;
    let path = uploads.path(import_id);
    let preview = tokio::task::spawn_blocking({
        let options = options.clone();
        move || ingest::preview(File::open(path)?, &options)
    });
    let problem = preview.await.ok().and_then(Result::ok).and_then(|preview| preview.problem);
    import.state = if problem.is_some() { ImportState::Waiting } else { ImportState::Running };
    import.failure = problem;
    import.choices = choices.to_json();
    if !uploads.path(import_id).exists() {
        stop(&mut import, "The uploaded file is no longer here. Upload it again.", server.now());
    }
    server.store.update_import(&import).await?;
    if import.state == ImportState::Running {
        spawn_and_wait(server, uploads, import, options).await;
    }
    Ok(page)
}

fn stop(import: &mut Import, why: &str, now: Instant) {
    import.state = ImportState::Failed;
    import.failure = Some(why.to_owned());
    import.finished_at = Some(now);
}

async fn progress(
    State(server): State<Server>,
    Path((project_id, import_id)): Path<(Uuid, Uuid)>,
) -> Result<Response, Refusal> {
    server.project(project_id, Action::Read).await?;
    let import = server.store.import(project_id, import_id).await?.ok_or(AppError::NotFound)?;
    let body = json!({ "state": import.state.name(), "percent": import.percent(), "rows": import.counts.rows });
    Ok((StatusCode::OK, Json(body)).into_response())
}

/// Reads the file in the background; waits for it as long as a person would not mind, since most files are small and
/// then the next page shows the outcome at once.
async fn spawn_and_wait(server: Server, uploads: Uploads, mut import: Import, options: Options) {
    let job = tokio::spawn(async move {
        let failure = read(&server, &uploads, &mut import, options).await.err();
        import.state = if failure.is_some() { ImportState::Failed } else { ImportState::Done };
        import.failure = failure.map(|failure| match failure {
            RunError::File(error) => error.to_string(),
            error => {
                tracing::error!(%error, import_id = %import.import_id, "an import failed");
                "The database did not answer. What was read is in; import the file again to complete it.".to_owned()
            }
        });
        import.finished_at = Some(server.now());
        if let Err(error) = server.store.update_import(&import).await {
            tracing::error!(%error, import_id = %import.import_id, "the end of an import could not be recorded");
        }
        uploads.discard(import.import_id);
    });
    // Neither the end of our patience nor that of the request ends the job.
    let _ = tokio::time::timeout(PATIENCE, job).await;
}

async fn read(server: &Server, uploads: &Uploads, import: &mut Import, options: Options) -> Result<(), RunError> {
    let file = File::open(uploads.path(import.import_id)).map_err(ingest::FileError::Io)?;
    let mut run = Run::start(server.store.clone(), import.project_id, file, options, server.now());
    while let Some(step) = run.step().await? {
        import.counts = step.counts;
        import.bytes_done = i64::try_from(step.bytes_done).unwrap_or(i64::MAX);
        if !step.rejections.is_empty() {
            server.store.add_rejections(import.project_id, import.import_id, &step.rejections).await?;
        }
        server.store.update_import(import).await?;
    }
    import.bytes_done = import.bytes_total;
    Ok(())
}
