//! The Import page and the page of one import. Files are uploaded and read by the server (`server/src/import`).

use crate::actor::Action;
use crate::caller::Caller;
use crate::creators::record::SameAs;
use crate::error::AppError;
use crate::ids::{CreatorId, ImportId, ProjectId};
use crate::imports::choices::Choices;
use crate::imports::record::{Import, Rejection};
use crate::merges::record::ProbableRenaming;
use crate::projects::record::Project;
use compliance::fact::Handle;
use std::collections::HashMap;

/// The Import page.
#[derive(Debug, Clone)]
pub struct Imports {
    /// The project.
    pub project: Project,
    /// The unfinished imports, then the latest of the others.
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
    /// Those of its listed creators who have a page now, by the handle in the file.
    pub creators: HashMap<String, CreatorId>,
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
    let creators = creators_with_pages(caller, project_id, &import.details.handles).await?;
    Ok(ImportView { project, choices: Choices::of(&import), import, rejections, renamings, creators })
}

/// Returns the creators with these handles, by handle. The handle of somebody who was merged leads to the creator who has
/// their posts; one who is probably the new name of another creator has no page until that is decided.
async fn creators_with_pages(
    caller: &Caller,
    project_id: ProjectId,
    handles: &[String],
) -> Result<HashMap<String, CreatorId>, AppError> {
    let handles: Vec<Handle> = handles.iter().filter_map(|handle| Handle::parse(handle).ok()).collect();
    if handles.is_empty() {
        return Ok(HashMap::new());
    }
    let found = caller.store.creators_with_handles(project_id, &handles).await?;
    let pages = found.into_iter().filter_map(|creator| match creator.same_as {
        Some(SameAs::Probably(_)) => None,
        Some(SameAs::Merged(into)) => Some((creator.handle.to_string(), into)),
        None => Some((creator.handle.to_string(), creator.creator_id)),
    });
    Ok(pages.collect())
}
