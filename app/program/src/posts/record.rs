//! The records of posts.

use crate::ids::{CreatorId, PostId};
use compliance::Instant;
use compliance::calendar::DayNumber;
use compliance::evidence::PostWindow;
use compliance::fact::{Counters, PostKind};
use compliance::gains::DayGains;
use compliance::misreading::{Misread, Misreading};
use compliance::tracking::{Tracking, TrackingStatus};

/// A video or photo carousel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Its id.
    pub post_id: PostId,
    /// TikTok's id.
    pub tiktok_video_id: String,
    /// Video or carousel.
    pub kind: PostKind,
    /// Its address on TikTok.
    pub url: Option<String>,
    /// Its caption.
    pub description: Option<String>,
    /// When it was published.
    pub published_at: Instant,
    /// Its review state.
    pub tracking: Tracking,
    /// The last known value of each counter.
    pub counters: Counters,
    /// The instant of the last snapshot.
    pub last_captured_at: Option<Instant>,
}

/// A part of a project's posts, in order of their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostsPart {
    /// Only posts of this creator.
    pub creator_id: Option<CreatorId>,
    /// Only posts of this status.
    pub status: Option<TrackingStatus>,
    /// Only posts after this one.
    pub after: Option<PostId>,
    /// The most to return.
    pub limit: u32,
}

/// A part of the posts that were published in a span of time, in order of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedPart {
    /// Only posts of this creator; otherwise of everybody in the program.
    pub creator_id: Option<CreatorId>,
    /// The first instant of the span.
    pub from: Instant,
    /// The first instant after the span.
    pub until: Instant,
    /// 0 for the first page, which has [`POSTS_PER_PAGE`] posts as any other.
    pub page: u32,
}

/// A local day as a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySpan {
    /// The local day.
    pub day: DayNumber,
    /// The first instant of the span.
    pub from: Instant,
    /// The first instant after the span.
    pub until: Instant,
}

/// How many posts of a local day share a review state in which none counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UncountedPosts {
    /// The local day.
    pub day: DayNumber,
    /// Their review state.
    pub tracking: Tracking,
    /// Their number.
    pub posts: i64,
}

/// The query of a list of posts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostsQuery {
    /// Part of the caption or the TikTok id.
    pub search: String,
    /// Only posts in this state.
    pub state: PostState,
    /// The order.
    pub sort: PostSort,
    /// 0 for the first page.
    pub page: u32,
}

/// A filter on the review state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PostState {
    /// Every post.
    #[default]
    Any,
    /// Posts with this status.
    Status(TrackingStatus),
    /// Posts whose tracking is disabled.
    Disabled,
}

/// An order of posts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PostSort {
    /// Newest first.
    #[default]
    Published,
    /// Most views first.
    Views,
    /// Most likes, comments, shares and saves first.
    Engagement,
}

/// One page of posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostsPage {
    /// The posts of the page, at most [`POSTS_PER_PAGE`].
    pub posts: Vec<Post>,
    /// The number on all pages.
    pub total: i64,
}

/// Posts on a page.
pub const POSTS_PER_PAGE: u32 = 50;

/// A post and what is known of it around a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostEvidence {
    /// Its id.
    pub post_id: PostId,
    /// TikTok's id.
    pub tiktok_video_id: String,
    /// Its address on TikTok.
    pub url: Option<String>,
    /// Its caption.
    pub description: Option<String>,
    /// What the rules need to know of the post.
    pub window: PostWindow,
    /// Its snapshots that are misreadings.
    pub misreadings: Vec<Misread>,
}

/// A post's counters at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// When they were read.
    pub captured_at: Instant,
    /// What was read.
    pub counters: Counters,
    /// Who read them.
    pub source: String,
    /// Why the snapshot is a misreading, if it is one.
    pub misreading: Option<Misreading>,
}

impl Snapshot {
    /// Returns the counters that are taken.
    #[must_use]
    pub fn taken(&self) -> Counters {
        Misreading::taken(self.misreading, self.counters)
    }
}

/// What a post would gain if its review state let it count, by local day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostGained {
    /// Its id.
    pub post_id: PostId,
    /// The creator's id.
    pub creator_id: CreatorId,
    /// Its review state, which decides whether the gains count.
    pub tracking: Tracking,
    /// What it gained.
    pub days: DayGains,
    /// The instant of its latest snapshot.
    pub last_captured_at: Option<Instant>,
}

/// Returns the name of a state filter in URLs.
#[must_use]
pub const fn state_name(state: PostState) -> &'static str {
    match state {
        PostState::Any => "",
        PostState::Status(status) => status.name(),
        PostState::Disabled => "disabled",
    }
}

/// Returns the state filter with this name.
#[must_use]
pub fn state_from_name(name: &str) -> PostState {
    match name {
        "disabled" => PostState::Disabled,
        name => TrackingStatus::from_name(name).map_or(PostState::Any, PostState::Status),
    }
}

/// A post with the creator it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedPost {
    /// The creator.
    pub creator_id: CreatorId,
    /// The post.
    pub post: Post,
}
