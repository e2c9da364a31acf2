//! Goals in the store.

use crate::error::StoreResult;
use crate::goals::record::{GoalOutcome, GoalRecord, GoalsPart};
use crate::ids::{CreatorId, GoalId, ProjectId};
use crate::undo::Deleted;
use async_trait::async_trait;
use compliance::Instant;
use compliance::goal_form::NewGoal;
use compliance::terms::GoalTerms;

/// Goals. Every method is one transaction. Lookups return `Option`; changing what does not exist returns
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait GoalStore: Send + Sync + 'static {
    /// Returns one goal, even of a creator who was removed.
    async fn goal(&self, project_id: ProjectId, goal_id: GoalId) -> StoreResult<Option<GoalRecord>>;
    /// Returns a part of a project's goals ordered by id, including those of creators who were removed.
    async fn goals_after(&self, project_id: ProjectId, part: &GoalsPart) -> StoreResult<Vec<GoalRecord>>;
    /// Returns every goal of a creator, including ended ones, oldest first.
    async fn goals(&self, project_id: ProjectId, creator_id: CreatorId) -> StoreResult<Vec<GoalRecord>>;
    /// Creates a goal with this id; an existing one is not changed. For a creator who was removed this and the
    /// next two methods return [`StoreError::CreatorRemoved`].
    async fn create_goal(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        goal_id: GoalId,
        goal: &NewGoal,
        now: Instant,
    ) -> StoreResult<GoalOutcome>;
    /// Adds a version to a goal.
    async fn edit_goal(
        &self,
        project_id: ProjectId,
        goal_id: GoalId,
        terms: &GoalTerms,
        now: Instant,
    ) -> StoreResult<GoalOutcome>;
    /// Deletes a goal with its history.
    async fn delete_goal(&self, project_id: ProjectId, goal_id: GoalId, now: Instant) -> StoreResult<()>;
    /// Returns the goals of a creator that were deleted at `since` or later, oldest first.
    async fn deleted_goals(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        since: Instant,
    ) -> StoreResult<Vec<Deleted<GoalRecord>>>;
    /// Restores a goal that was deleted at `since` or later.
    async fn restore_goal(&self, project_id: ProjectId, goal_id: GoalId, since: Instant) -> StoreResult<GoalOutcome>;
}
