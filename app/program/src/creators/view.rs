//! One creator, judged.

use crate::actor::Action;
use crate::caller::Caller;
use crate::creators::record::{Creator, CreatorTotals, SameAs};
use crate::error::AppError;
use crate::ids::{CreatorId, ProjectId};
use crate::judged::Judged;
use crate::merges::record::{DECISION_MS, Merge, ProbableRenaming};
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
    /// The creator into whom they were merged, if they were.
    pub merged_into: Option<Creator>,
    /// The decision that is due about them, if they are probably the new name of another creator.
    pub renaming: Option<ProbableRenaming>,
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
    let (mut merged_into, mut renaming) = (None, None);
    match creator.same_as {
        Some(SameAs::Merged(into)) => merged_into = caller.store.creator(project_id, into).await?,
        Some(SameAs::Probably(_)) => renaming = caller.store.probable_renaming(project_id, creator_id).await?,
        None => {}
    }
    Ok(CreatorView { project, as_of: judged.as_of, creator, standing, totals, merged_into, renaming })
}

/// Returns the creators in the program of a project, ordered by id.
pub async fn creators_by_id(caller: &Caller, project_id: ProjectId) -> Result<Vec<Creator>, AppError> {
    caller.project(project_id, Action::Read).await?;
    let program = caller.store.program(project_id, caller.now()).await?.ok_or(AppError::NotFound)?;
    Ok(program.creators.iter().map(|program| program.creator.clone()).collect())
}

/// Returns the record of one creator of a project, removed or not.
pub async fn find_creator(caller: &Caller, project_id: ProjectId, creator_id: CreatorId) -> Result<Creator, AppError> {
    caller.project(project_id, Action::Read).await?;
    caller.store.creator(project_id, creator_id).await?.ok_or(AppError::NotFound)
}

/// The settings of a creator.
#[derive(Debug, Clone)]
pub struct CreatorSettings {
    /// The creator.
    pub creator: CreatorView,
    /// The notes on them.
    pub notes: String,
    /// The creator who has the requested handle already, if any.
    pub namesake: Option<Creator>,
    /// The merges into them that can be undone, the latest first.
    pub merges: Vec<Merge>,
}

/// Returns the settings of a creator; `taken_by` is another creator who has the handle that was asked for.
pub async fn creator_settings(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    taken_by: Option<CreatorId>,
) -> Result<CreatorSettings, AppError> {
    let creator = creator(caller, project_id, creator_id).await?;
    let notes = caller.store.creator_notes(project_id, creator_id).await?.unwrap_or_default();
    let namesake = match taken_by {
        Some(other) => caller.store.creator(project_id, other).await?,
        None => None,
    };
    let since = creator.as_of.plus_millis(-DECISION_MS);
    let merges = caller.store.merges(project_id, creator_id, since).await?;
    Ok(CreatorSettings { creator, notes, namesake, merges })
}
