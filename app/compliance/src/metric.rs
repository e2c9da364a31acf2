//! What a goal measures.

use crate::named;

/// What a goal measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

// In the order of the documentation.
named!(Metric { Posts: "posts", Views: "views", Engagement: "engagement", Followers: "followers" });

impl Metric {
    /// Returns the label shown to people.
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
