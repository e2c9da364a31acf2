//! Goals as records, without their verdicts.

use crate::actor::Action;
use crate::caller::Caller;
use crate::error::AppError;
use crate::goals::record::{GoalRecord, GoalsPart};
use crate::ids::{GoalId, ProjectId};

/// Returns a part of a project's goals ordered by id, including those of creators who were removed.
pub async fn goals_after(
    caller: &Caller,
    project_id: ProjectId,
    part: &GoalsPart,
) -> Result<Vec<GoalRecord>, AppError> {
    caller.project(project_id, Action::Read).await?;
    Ok(caller.store.goals_after(project_id, part).await?)
}

/// Returns one goal of a project, even of a creator who was removed.
pub async fn goal(caller: &Caller, project_id: ProjectId, goal_id: GoalId) -> Result<GoalRecord, AppError> {
    caller.project(project_id, Action::Read).await?;
    caller.store.goal(project_id, goal_id).await?.ok_or(AppError::NotFound)
}
