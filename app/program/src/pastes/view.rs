//! The page with the result of a paste.

use crate::actor::Action;
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::{PasteId, ProjectId};
use crate::pastes::record::{Paste, PasteResult, PastedText};
use crate::projects::record::Project;

/// The result of a paste.
#[derive(Debug, Clone)]
pub struct PasteView {
    /// The project.
    pub project: Project,
    /// The paste.
    pub paste: Paste,
    /// The results for its texts, the first 1,000.
    pub texts: Vec<PastedText>,
}

/// Returns a paste of a project.
pub async fn paste(caller: &Caller, project_id: ProjectId, paste_id: PasteId) -> Result<PasteView, AppError> {
    let project = caller.project(project_id, Action::Read).await?;
    let PasteResult { paste, texts } = caller.store.paste(project_id, paste_id).await?.ok_or(AppError::NotFound)?;
    Ok(PasteView { project, paste, texts })
}
