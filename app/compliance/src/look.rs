//! Collections of a creator: when their posts and when their followers were last read. docs/rules.md, "Judging
//! instant".
//!
//! Reading followers every hour says nothing about posts that were last read on Monday. So every collection has a
//! scope, and a goal is judged by the collections that cover its metric.

use crate::instant::Instant;
use crate::metric::Metric;
use crate::named;

/// The scope of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Scope {
    /// The creator's posts and their counters.
    Posts,
    /// The creator's follower count.
    Followers,
    /// Both.
    #[default]
    All,
}

// In the order of the documentation.
named!(Scope { Posts: "posts", Followers: "followers", All: "all" });

impl Scope {
    /// Returns the scope that covers what either of the two covers.
    #[must_use]
    pub fn and(self, other: Scope) -> Scope {
        if self == other { self } else { Scope::All }
    }

    /// Returns whether this scope covers everything that `other` covers.
    pub fn covers(self, other: Scope) -> bool {
        self == Scope::All || self == other
    }
}

/// The latest collection of a creator in each scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Looks {
    /// The latest collection of the posts.
    pub posts: Option<Instant>,
    /// The latest collection of the follower count.
    pub followers: Option<Instant>,
}

impl Looks {
    /// Creates the value for a single collection.
    pub fn at(at: Instant, scope: Scope) -> Looks {
        let covers = |of| scope.covers(of).then_some(at);
        Looks { posts: covers(Scope::Posts), followers: covers(Scope::Followers) }
    }

    /// Returns the latest collection that covers a metric: posts, views and engagement are read from the posts.
    pub const fn covering(&self, metric: Metric) -> Option<Instant> {
        match metric {
            Metric::Posts | Metric::Views | Metric::Engagement => self.posts,
            Metric::Followers => self.followers,
        }
    }

    /// Returns the latest collection of any scope.
    pub fn latest(&self) -> Option<Instant> {
        self.posts.max(self.followers)
    }

    /// Returns the collections with their scopes: a single one, if both are of the same instant.
    pub fn by_scope(&self) -> impl Iterator<Item = (Instant, Scope)> {
        let looks = if self.posts == self.followers {
            [(self.posts, Scope::All), (None, Scope::All)]
        } else {
            [(self.posts, Scope::Posts), (self.followers, Scope::Followers)]
        };
        looks.into_iter().filter_map(|(at, scope)| Some((at?, scope)))
    }

    /// Merges other collections: the later one of each scope is kept.
    pub fn add(&mut self, other: Looks) {
        self.posts = self.posts.max(other.posts);
        self.followers = self.followers.max(other.followers);
    }
}
