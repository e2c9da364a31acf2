//! Goals in the store.

use crate::error::StoreResult;
use crate::goals::record::AssignOutcome;
use crate::goals::record::GoalAssignment;
use crate::goals::record::GoalRecord;
use crate::goals::record::GoalsPart;
use crate::undo::Deleted;
use async_trait::async_trait;
use compliance::Instant;
use compliance::goal_form::NewGoal;
use compliance::terms::GoalTerms;
use uuid::Uuid;

/// Goals. Every method is one transaction. Lookups return `Option`; changes of what is not there are
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait GoalStore: Send + Sync + 'static {
    /// One goal, also of a creator who was removed.
    async fn goal(&self, project_id: Uuid, goal_id: Uuid) -> StoreResult<Option<GoalRecord>>;
    /// A part of a project's goals in order of their ids, those of creators who were removed included.
    async fn goals_after(&self, project_id: Uuid, part: &GoalsPart) -> StoreResult<Vec<GoalRecord>>;
    /// Every goal of a creator, ended ones included, oldest first.
    async fn goals(&self, project_id: Uuid, creator_id: Uuid) -> StoreResult<Vec<GoalRecord>>;
    /// Makes a goal of this id; if it is there already, it stays as it is. `false`, and nothing changes, if an active goal
    /// of the same creator, metric and period covers some of the same dates. [`StoreError::CreatorRemoved`] of a
    /// creator who was removed; so for the two below.
    async fn create_goal(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        goal_id: Uuid,
        goal: &NewGoal,
        now: Instant,
    ) -> StoreResult<bool>;
    /// Appends a version to a goal; `false`, and nothing changes, if the new terms overlap another active goal's.
    async fn edit_goal(&self, project_id: Uuid, goal_id: Uuid, terms: &GoalTerms, now: Instant) -> StoreResult<bool>;
    /// Deletes a goal with its history.
    async fn delete_goal(&self, project_id: Uuid, goal_id: Uuid, now: Instant) -> StoreResult<()>;
    /// The goals of a creator that were deleted at `since` or later, oldest first.
    async fn deleted_goals(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        since: Instant,
    ) -> StoreResult<Vec<Deleted<GoalRecord>>>;
    /// Brings back a goal that was deleted at `since` or later; `false`, and nothing changes, if another active goal
    /// covers some of its dates now.
    async fn restore_goal(&self, project_id: Uuid, goal_id: Uuid, since: Instant) -> StoreResult<bool>;
    /// Gives creators a goal, in one go; the outcome of each, in order. An assignment that is known already changes nothing.
    async fn assign_goal(
        &self,
        project_id: Uuid,
        creators: &[Uuid],
        assignment: &GoalAssignment,
        now: Instant,
    ) -> StoreResult<Vec<AssignOutcome>>;
    /// Takes an assignment back: goals it made are deleted, goals it changed have their terms of before. Goals that were
    /// edited since stay. How many were brought back.
    async fn undo_assignment(&self, project_id: Uuid, assignment_id: Uuid, now: Instant) -> StoreResult<usize>;
}
