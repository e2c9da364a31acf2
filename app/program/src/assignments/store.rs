//! Assignments of goals in the store.

use crate::error::StoreResult;
use crate::goals::record::{AssignOutcome, GoalAssignment};
use crate::ids::{AssignmentId, CreatorId, ProjectId};
use async_trait::async_trait;
use compliance::Instant;

/// Assignments of a goal to many creators. Every method is one transaction.
#[async_trait]
pub trait AssignmentStore: Send + Sync + 'static {
    /// Assigns a goal to creators in one transaction; returns the outcome of each, in order. A known assignment changes
    /// nothing.
    async fn assign_goal(
        &self,
        project_id: ProjectId,
        creators: &[CreatorId],
        assignment: &GoalAssignment,
        now: Instant,
    ) -> StoreResult<Vec<AssignOutcome>>;
    /// Undoes an assignment: deletes the goals it created and restores the terms of those it changed, except for goals
    /// that were edited since. Returns the number of goals it reverted.
    async fn undo_assignment(
        &self,
        project_id: ProjectId,
        assignment_id: AssignmentId,
        now: Instant,
    ) -> StoreResult<usize>;
}
