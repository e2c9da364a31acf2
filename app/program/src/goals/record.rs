//! Goals as the application sees them.

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
    /// Whose.
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
    /// How many at most.
    pub limit: u32,
}

/// What became of a goal that was given to one of many creators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssignOutcome {
    /// The creator has a new goal.
    Made(Uuid),
    /// A goal of the creator has new terms; these were the old ones.
    Changed(Uuid, GoalTerms),
    /// A goal of the creator is just so already.
    Same(Uuid),
    /// The creator has a goal over these dates, which is to stay.
    Kept(Uuid),
    /// Several goals of the creator cover these dates: which one to change cannot be told.
    Several,
    /// There is no such creator in the program.
    Unknown,
}

/// A goal for many creators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalAssignment {
    /// Names the assignment, so that it can be undone.
    pub assignment_id: Uuid,
    /// The goal.
    pub goal: NewGoal,
    /// What becomes of a goal of the same metric and period that a creator has over these dates.
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
