//! The input of a replay (what is known of a creator, with its decisions and edits), and its output.

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
    /// What is known of the post since the beginning of the replay.
    pub window: PostWindow,
    /// The decisions on it, in order of time.
    pub decisions: Vec<PostDecision>,
}

/// A decision on a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostDecision {
    /// When it was made.
    pub at: Instant,
    /// The review state before.
    pub before: Tracking,
    /// The review state after.
    pub after: Tracking,
}

/// A goal of the creator, and when it was deleted.
#[derive(Debug, Clone)]
pub struct GoalHistory {
    /// The goal.
    pub goal: Goal,
    /// When it was deleted.
    pub deleted_at: Option<Instant>,
}

/// Everything that is known of a creator since an instant.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The creator's posts, referred to by index.
    pub posts: Vec<PostHistory>,
    /// Follower readings, beginning with the last one before the replay.
    pub readings: Vec<(Instant, i64)>,
    /// Collections that are known only from collection facts, such as those that found nothing new.
    pub collections: Vec<(Instant, Scope)>,
    /// The creator's goals, referred to by index.
    pub goals: Vec<GoalHistory>,
}

/// A change of a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When the verdict changed.
    pub at: Instant,
    /// The index of the goal.
    pub goal: usize,
    /// The window.
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
    /// Time passed, and too little was gained meanwhile.
    TimePassed,
    /// Gains of posts.
    Posts {
        /// The index of the one that gained most.
        first: usize,
        /// What it gained.
        gain: i64,
        /// The number of other posts that contributed.
        others: usize,
    },
    /// A change of the follower count.
    Followers(i64),
    /// A decision on posts; the index of the first of them.
    Reviewed(usize),
    /// An edit of the goal.
    Edited,
}
