//! What is known of a creator, with the decisions and edits that made it so; and what a replay of it tells.

use crate::evidence::PostWindow;
use crate::goal::Goal;
use crate::instant::Instant;
use crate::look::Scope;
use crate::period::Window;
use crate::status::Status;
use crate::tracking::Tracking;

/// A post of the creator, and the decisions on it.
#[derive(Debug, Clone)]
pub struct PostHistory {
    /// What is known of it from the beginning of the replay on.
    pub window: PostWindow,
    /// The decisions on it, in order of time: when, the state before and the state after.
    pub decisions: Vec<(Instant, Tracking, Tracking)>,
}

/// A goal of the creator, and until when it was there.
#[derive(Debug, Clone)]
pub struct GoalHistory {
    /// The goal.
    pub goal: Goal,
    /// When it was deleted.
    pub deleted_at: Option<Instant>,
}

/// Everything that is known of a creator from an instant on.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Their posts. A post is named by its place.
    pub posts: Vec<PostHistory>,
    /// Follower readings, the last one before the beginning first.
    pub readings: Vec<(Instant, i64)>,
    /// Looks at the creator that found nothing, or of which nothing else is known.
    pub collections: Vec<(Instant, Scope)>,
    /// Their goals. A goal is named by its place.
    pub goals: Vec<GoalHistory>,
}

/// A verdict that became another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Instant,
    /// Of which goal.
    pub goal: usize,
    /// Of which window.
    pub window: Window,
    /// The verdict before.
    pub from: Status,
    /// The verdict since.
    pub to: Status,
    /// What was reached then.
    pub actual: i64,
    /// What the window asks for.
    pub target: i64,
    /// What changed it.
    pub cause: Cause,
}

/// What changed a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The window ended.
    PeriodEnded,
    /// Time passed, and what came in meanwhile was too little.
    TimePassed,
    /// What posts brought: of all of them together so much, and of the one that brought most so much.
    Posts {
        /// The one that brought most.
        first: usize,
        /// What it brought.
        gain: i64,
        /// How many others brought something.
        others: usize,
    },
    /// What a reading of the follower count showed.
    Followers(i64),
    /// A decision on posts; the first of them.
    Reviewed(usize),
    /// An edit of the goal.
    Edited,
}
