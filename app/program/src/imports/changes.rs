//! The changes that can be made to an import. The Import page calls these; the server deals with the files and with
//! whose turn it is to be read.

use super::choices::Choices;
use super::record::{
    CreateImportOutcome, FILE_GONE, Import, ImportCounts, ImportDetails, ImportState, UpdateImportOutcome,
};
use super::refusal::{NotImported, UploadRefusal};
use crate::actor::Action;
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::{FolderId, ImportId, ProjectId};
use crate::once::id_made;
use crate::projects::record::Project;

/// A file that was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// The id of the form it was sent with.
    pub form_id: String,
    /// Its name as uploaded.
    pub name: String,
    /// A hash of its content.
    pub digest: String,
    /// Its size, in bytes.
    pub bytes: i64,
    /// The id of the folder it is in.
    pub folder_id: Option<FolderId>,
}

/// Whether a file can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readable {
    /// Somebody has to look at it first; the reason if something is missing.
    Not(Option<String>),
    /// It can be read now.
    Now,
    /// It can be read once other files have been read.
    Later,
}

impl Readable {
    /// Returns the state of an import with this file, and what is missing before it can be read.
    fn state(self) -> (ImportState, Option<String>) {
        match self {
            Readable::Not(problem) => (ImportState::Waiting, problem),
            Readable::Now => (ImportState::Running, None),
            Readable::Later => (ImportState::Queued, None),
        }
    }
}

/// The file of an import whose columns are mapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappedFile {
    /// It is on the server that was asked.
    Here(Readable),
    /// It is not in the folder with this id, which is that of the server that was asked.
    NotIn(Option<FolderId>),
}

/// The result of recording an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// It is recorded.
    New(Box<Import>),
    /// The same form was sent before and made this import.
    Before(ImportId),
}

/// Records the import of a file. If the same form made it before, that import stays, unless it failed.
pub async fn record(
    caller: &Caller,
    project_id: ProjectId,
    file: NewFile,
    choices: &Choices,
    readable: Readable,
) -> Result<Recorded, NotImported> {
    caller.project(project_id, Action::Write).await?;
    let [creator, collected_at] = [&choices.creator, &choices.collected_at].map(|it| it.as_deref().unwrap_or_default());
    let scope = project_id.to_string();
    let import_id = id_made(&file.form_id, "import", &[&scope, &file.name, &file.digest, creator, collected_at])?;
    let (state, failure) = readable.state();
    let mut import = Import {
        project_id,
        import_id,
        file_name: file.name,
        state,
        choices: choices.to_json(),
        bytes_total: file.bytes,
        bytes_done: 0,
        counts: ImportCounts::default(),
        failure,
        created_at: caller.now(),
        finished_at: None,
        removed_creators: String::new(),
        details: ImportDetails::default(),
        folder_id: file.folder_id,
    };
    loop {
        match caller.store.create_import(&import).await? {
            CreateImportOutcome::Created => return Ok(Recorded::New(Box::new(import))),
            CreateImportOutcome::TooMany => return Err(UploadRefusal::Many.into()),
            CreateImportOutcome::Present => {}
        }
        // One of the files is enough, unless that import failed.
        let before = caller.store.import(project_id, import.import_id).await?;
        if before.is_none_or(|before| before.state != ImportState::Failed) {
            return Ok(Recorded::Before(import.import_id));
        }
        import.import_id = id_made(&file.form_id, "import again", &[&scope, &import.import_id.to_string()])?;
    }
}

/// Returns the choices that somebody made for a file with the same columns, if one of the latest imports has them.
pub async fn remembered(
    caller: &Caller,
    project_id: ProjectId,
    choices: &Choices,
) -> Result<Option<Choices>, AppError> {
    if choices.columns.is_empty() {
        return Ok(None);
    }
    let latest = caller.store.imports(project_id).await?;
    let done = latest.iter().filter(|import| import.state == ImportState::Done).map(Choices::of);
    Ok(done.into_iter().find(|before| choices.has_columns_of(before)))
}

/// Returns an import that is to be changed, with its project.
pub async fn find(caller: &Caller, project_id: ProjectId, import_id: ImportId) -> Result<(Project, Import), AppError> {
    let project = caller.project(project_id, Action::Write).await?;
    let import = caller.store.import(project_id, import_id).await?.ok_or(AppError::NotFound)?;
    Ok((project, import))
}

/// Maps the columns of an import that waits for it, and changes `import` accordingly: it is read now or later, keeps
/// waiting if something is still missing, or fails if its file is gone. Nothing is changed if it is no longer waiting.
pub async fn map_columns(
    caller: &Caller,
    import: &mut Import,
    choices: &Choices,
    file: MappedFile,
) -> Result<UpdateImportOutcome, AppError> {
    caller.project(import.project_id, Action::Write).await?;
    import.choices = choices.to_json();
    match file {
        MappedFile::Here(readable) => (import.state, import.failure) = readable.state(),
        MappedFile::NotIn(folder_id) if import.folder_id.is_some() && import.folder_id != folder_id => {
            let error = "This file is on another server. Upload it again, or map its columns there.";
            return Err(AppError::Conflict(error.to_owned()));
        }
        MappedFile::NotIn(_) => import.stop(FILE_GONE, caller.now()),
    }
    // If a form is sent several times at once, only one request finds the import still waiting.
    Ok(caller.store.update_import(import, ImportState::Waiting).await?)
}

/// The state in which an import was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancelled {
    /// It waited for its columns: nobody is reading its file, which can be removed.
    Unread,
    /// It waited for its turn or was being read, and the task that does so notices; or it had ended before.
    Begun,
}

/// Cancels an import in any state. A finished import stays as it is.
pub async fn cancel(caller: &Caller, project_id: ProjectId, import_id: ImportId) -> Result<Cancelled, AppError> {
    let (_, mut import) = find(caller, project_id, import_id).await?;
    while !import.state.is_over() {
        let state = import.state;
        import.stop(import.cancelled_as(), caller.now());
        if caller.store.update_import(&import, state).await? == UpdateImportOutcome::Updated {
            return Ok(if state == ImportState::Waiting { Cancelled::Unread } else { Cancelled::Begun });
        }
        // Its state changed meanwhile; states only advance, so this loop ends.
        import = caller.store.import(project_id, import_id).await?.ok_or(AppError::NotFound)?;
    }
    Ok(Cancelled::Begun)
}

/// Ends an import whose file could not be kept, for this reason.
pub async fn give_up(caller: &Caller, mut import: Import, why: &str) -> Result<(), AppError> {
    let state = import.state;
    import.stop(why, caller.now());
    caller.store.update_import(&import, state).await?;
    Ok(())
}
