//! What a goal measures.

use serde::{Deserialize, Serialize};

/// What a goal measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Posts published.
    Posts,
    /// Views gained.
    Views,
    /// Likes, comments, shares and saves gained.
    Engagement,
    /// Net followers gained.
    Followers,
}

impl Metric {
    /// Every metric, in the order of the documentation.
    pub const ALL: [Metric; 4] = [Metric::Posts, Metric::Views, Metric::Engagement, Metric::Followers];

    /// Returns the name used in SQL, in URLs and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Metric::Posts => "posts",
            Metric::Views => "views",
            Metric::Engagement => "engagement",
            Metric::Followers => "followers",
        }
    }

    /// Returns the metric with this [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Metric> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Metric::Posts => "Posts",
            Metric::Views => "Views",
            Metric::Engagement => "Engagement",
            Metric::Followers => "Followers",
        }
    }

    /// Returns the unit after a number: "1 post", "15 posts".
    pub const fn unit(self, count: i64) -> &'static str {
        match (self, count) {
            (Metric::Posts, 1 | -1) => "post",
            (Metric::Posts, _) => "posts",
            (Metric::Views, 1 | -1) => "view",
            (Metric::Views, _) => "views",
            (Metric::Engagement, 1 | -1) => "engagement",
            (Metric::Engagement, _) => "engagements",
            (Metric::Followers, 1 | -1) => "follower",
            (Metric::Followers, _) => "followers",
        }
    }
}
