//! The records of goals.

use compliance::assignment::ExistingGoals;
use compliance::goal::Goal;
use compliance::goal_form::NewGoal;
use compliance::terms::GoalTerms;
use uuid::Uuid;

/// A goal of a creator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalRecord {
    /// Its id.
    pub goal_id: Uuid,
    /// The creator's id.
    pub creator_id: Uuid,
    /// The goal with its versions.
    pub goal: Goal,
}

/// A part of a project's goals, in order of their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalsPart {
    /// Only goals of this creator.
    pub creator_id: Option<Uuid>,
    /// Only goals after this one.
    pub after: Option<Uuid>,
    /// The most to return.
    pub limit: u32,
}

/// The result of an assignment for one creator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssignOutcome {
    /// The creator has a new goal.
    Made(Uuid),
    /// A goal of the creator has new terms; these are the old ones.
    Changed(Uuid, GoalTerms),
    /// A goal of the creator already has these terms.
    Same(Uuid),
    /// The creator has a goal over these dates, which was kept.
    Kept(Uuid),
    /// Several goals of the creator cover these dates, so it is not clear which one to change.
    Several,
    /// The creator is not in the program.
    Unknown,
}

/// The assignment of a goal to many creators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalAssignment {
    /// The id of the assignment, by which it can be undone.
    pub assignment_id: Uuid,
    /// The goal.
    pub goal: NewGoal,
    /// What to do with a creator's existing goal of the same metric and period over these dates.
    pub existing: ExistingGoals,
}

/// The place of a goal among those of all projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalPlace {
    /// Its project.
    pub project_id: Uuid,
    /// Its id.
    pub goal_id: Uuid,
}
