//! The Import page and the page of one import. Files are uploaded and read by the server (`server/src/import`).

use crate::actor::Action;
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::{ImportId, ProjectId};
use crate::imports::choices::Choices;
use crate::imports::record::{Import, Rejection};
use crate::merges::record::ProbableRenaming;
use crate::projects::record::Project;

/// The Import page.
#[derive(Debug, Clone)]
pub struct Imports {
    /// The project.
    pub project: Project,
    /// The latest imports, newest first.
    pub imports: Vec<Import>,
    /// The number of stats whose post is not known yet.
    pub parked: i64,
    /// The probable renamings that nobody has decided on.
    pub renamings: Vec<ProbableRenaming>,
}

/// Returns the latest imports of a project.
pub async fn imports(caller: &Caller, project_id: ProjectId) -> Result<Imports, AppError> {
    let project = caller.project(project_id, Action::Read).await?;
    let imports = caller.store.imports(project_id).await?;
    let parked = caller.store.parked_count(project_id).await?;
    let renamings = caller.store.probable_renamings(project_id).await?;
    Ok(Imports { project, imports, parked, renamings })
}

/// One import.
#[derive(Debug, Clone)]
pub struct ImportView {
    /// The project.
    pub project: Project,
    /// The import.
    pub import: Import,
    /// The choices made for it.
    pub choices: Choices,
    /// The rows it refused, the first 1,000.
    pub rejections: Vec<Rejection>,
    /// The probable renamings it found that nobody has decided on.
    pub renamings: Vec<ProbableRenaming>,
}

/// Returns the record of one import, which says how far it has got.
pub async fn import_progress(caller: &Caller, project_id: ProjectId, import_id: ImportId) -> Result<Import, AppError> {
    caller.project(project_id, Action::Read).await?;
    caller.store.import(project_id, import_id).await?.ok_or(AppError::NotFound)
}

/// Returns one import of a project.
pub async fn import(caller: &Caller, project_id: ProjectId, import_id: ImportId) -> Result<ImportView, AppError> {
    let project = caller.project(project_id, Action::Read).await?;
    let import = caller.store.import(project_id, import_id).await?.ok_or(AppError::NotFound)?;
    let rejections = caller.store.rejections(project_id, import_id).await?;
    let mut renamings = Vec::new();
    if !import.details.undecided.is_empty() {
        renamings = caller.store.probable_renamings(project_id).await?;
        let is_told = |renaming: &ProbableRenaming| {
            import.details.undecided.iter().any(|told| told.to == renaming.double.handle.as_str())
        };
        renamings.retain(is_told);
    }
    Ok(ImportView { project, choices: Choices::of(&import), import, rejections, renamings })
}
