//! Looks at a creator: when somebody last saw their posts, and when their followers. docs/rules.md, "Judging instant".
//!
//! Reading followers every hour says nothing about videos that were last read on Monday. So each kind of reading is a
//! look of its own scope, and a goal is judged by the looks that cover its metric.

use crate::instant::Instant;
use crate::metric::Metric;
use serde::{Deserialize, Serialize};

/// What a look covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The creator's posts and their counters.
    Posts,
    /// The creator's follower count.
    Followers,
    /// Both.
    #[default]
    All,
}

impl Scope {
    /// Every scope, in the order of the documentation.
    pub const ALL: [Scope; 3] = [Scope::Posts, Scope::Followers, Scope::All];

    /// The name used in SQL and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Scope::Posts => "posts",
            Scope::Followers => "followers",
            Scope::All => "all",
        }
    }

    /// The scope with this [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Scope> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }

    /// The scope that covers what either of the two covers.
    #[must_use]
    pub fn and(self, other: Scope) -> Scope {
        if self == other { self } else { Scope::All }
    }

    /// Whether everything that `other` covers is covered by this one.
    pub fn covers(self, other: Scope) -> bool {
        self == Scope::All || self == other
    }
}

/// The latest look at a creator, for each scope on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Looks {
    /// The latest look at the posts.
    pub posts: Option<Instant>,
    /// The latest look at the follower count.
    pub followers: Option<Instant>,
}

impl Looks {
    /// One look.
    pub fn at(at: Instant, scope: Scope) -> Looks {
        let covers = |of| scope.covers(of).then_some(at);
        Looks { posts: covers(Scope::Posts), followers: covers(Scope::Followers) }
    }

    /// The latest look that covers a metric: posts, views and engagement are seen in the posts.
    pub const fn covering(&self, metric: Metric) -> Option<Instant> {
        match metric {
            Metric::Posts | Metric::Views | Metric::Engagement => self.posts,
            Metric::Followers => self.followers,
        }
    }

    /// The latest look of any scope.
    pub fn latest(&self) -> Option<Instant> {
        self.posts.max(self.followers)
    }

    /// The looks, each with its scope: one, if both were seen at the same instant.
    pub fn by_scope(&self) -> impl Iterator<Item = (Instant, Scope)> {
        let looks = if self.posts == self.followers {
            [(self.posts, Scope::All), (None, Scope::All)]
        } else {
            [(self.posts, Scope::Posts), (self.followers, Scope::Followers)]
        };
        looks.into_iter().filter_map(|(at, scope)| Some((at?, scope)))
    }

    /// Adds other looks: the later one of each scope stays.
    pub fn add(&mut self, other: Looks) {
        self.posts = self.posts.max(other.posts);
        self.followers = self.followers.max(other.followers);
    }
}
