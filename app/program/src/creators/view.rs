//! One creator, judged.

use crate::caller::Caller;
use crate::creators::record::{Creator, CreatorTotals};
use crate::error::AppError;
use crate::ids::{CreatorId, ProjectId};
use crate::judged::Judged;
use crate::projects::record::Project;
use crate::standings::standing::Standing;
use compliance::Instant;

/// One creator, as every tab of their pages needs them.
#[derive(Debug, Clone)]
pub struct CreatorView {
    /// The project.
    pub project: Project,
    /// The instant it was evaluated at.
    pub as_of: Instant,
    /// The creator.
    pub creator: Creator,
    /// Their listed goals, judged; `None` if the creator was removed.
    pub standing: Option<Standing>,
    /// Sums over their posts.
    pub totals: CreatorTotals,
}

/// Returns one creator of a project, removed or not.
pub async fn creator(caller: &Caller, project_id: ProjectId, creator_id: CreatorId) -> Result<CreatorView, AppError> {
    let judged = Judged::now(caller, project_id).await?;
    let standing = judged.standing(creator_id);
    let creator = match &standing {
        Some(standing) => standing.program.creator.clone(),
        // Creators who were removed are not in the program.
        None => caller.store.creator(project_id, creator_id).await?.ok_or(AppError::NotFound)?,
    };
    let totals = caller.store.creator_totals(project_id, &[creator_id]).await?;
    let totals = totals.first().copied().unwrap_or_else(|| CreatorTotals::none(creator_id));
    let project = judged.program.project.clone();
    Ok(CreatorView { project, as_of: judged.as_of, creator, standing, totals })
}
