//! The records of goals.

use crate::ids::{AssignmentId, CreatorId, GoalId, ProjectId};
use compliance::assignment::ExistingGoals;
use compliance::goal::Goal;
use compliance::goal_form::NewGoal;
use compliance::terms::GoalTerms;

/// A goal of a creator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalRecord {
    /// Its id.
    pub goal_id: GoalId,
    /// The creator's id.
    pub creator_id: CreatorId,
    /// The goal with its versions.
    pub goal: Goal,
}

/// A part of a project's goals, in order of their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalsPart {
    /// Only goals of this creator.
    pub creator_id: Option<CreatorId>,
    /// Only goals after this one.
    pub after: Option<GoalId>,
    /// The most to return.
    pub limit: u32,
}

/// The result of creating, editing or restoring a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoalOutcome {
    /// It is stored.
    Stored,
    /// An active goal of the same creator, metric and period covers some of the same dates, so nothing was changed.
    Overlaps,
}

/// The result of an assignment for one creator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssignOutcome {
    /// The creator has a new goal.
    Made(GoalId),
    /// A goal of the creator has new terms; these are the old ones.
    Changed(GoalId, GoalTerms),
    /// A goal of the creator already has these terms.
    Same(GoalId),
    /// The creator has a goal over these dates, which was kept.
    Kept(GoalId),
    /// Several goals of the creator cover these dates, so it is not clear which one to change.
    Several,
    /// The creator is not in the program.
    Unknown,
}

/// The assignment of a goal to many creators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalAssignment {
    /// The id of the assignment, by which it can be undone.
    pub assignment_id: AssignmentId,
    /// The goal.
    pub goal: NewGoal,
    /// What to do with a creator's existing goal of the same metric and period over these dates.
    pub existing: ExistingGoals,
}

/// The place of a goal among those of all projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalPlace {
    /// Its project.
    pub project_id: ProjectId,
    /// Its id.
    pub goal_id: GoalId,
}
