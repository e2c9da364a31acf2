//! The Tracking Inbox: posts pending review.

use crate::caller::Caller;
use crate::creators::record::Creator;
use crate::error::AppError;
use crate::ids::{PostId, ProjectId};
use crate::judged::Judged;
use crate::posts::record::{OwnedPost, Post, PostGained};
use crate::projects::record::Project;
use crate::reviews::effects::{Effect, effects};
use crate::reviews::record::{PendingQuery, TrackingDecision, TrackingSwitch};
use crate::standings::standing::Standing;
use compliance::Instant;
use compliance::named;
use compliance::tracking::{Tracking, TrackingStatus};
use std::collections::HashMap;

/// The Tracking Inbox.
#[derive(Debug, Clone)]
pub struct Inbox {
    /// The project.
    pub project: Project,
    /// The instant it was evaluated at.
    pub as_of: Instant,
    /// The creator to whose posts the list is restricted, if any.
    pub only: Option<Creator>,
    /// The posts of the page, the newest first.
    pub posts: Vec<PendingPost>,
    /// The number on all pages.
    pub total: i64,
    /// The number of creators in the project with selective tracking.
    pub selective: usize,
}

/// A post pending review.
#[derive(Debug, Clone)]
pub struct PendingPost {
    /// The post.
    pub post: Post,
    /// Its creator, judged.
    pub standing: Standing,
    /// What approving it would change.
    pub effects: Vec<Effect>,
}

/// The review state of posts in the inbox.
pub const PENDING: Tracking = Tracking { status: TrackingStatus::PendingReview, disabled: false };

/// Returns a page of the Tracking Inbox.
pub async fn inbox(caller: &Caller, project_id: ProjectId, query: &PendingQuery) -> Result<Inbox, AppError> {
    let judged = Judged::now(caller, project_id).await?;
    let page = caller.store.pending_posts(project_id, query).await?;
    let ids: Vec<PostId> = page.posts.iter().map(|owned| owned.post.post_id).collect();
    let gained = caller.store.posts_gained(project_id, &ids, judged.as_of).await?;
    let gained: HashMap<PostId, PostGained> = gained.into_iter().map(|post| (post.post_id, post)).collect();
    let posts = page.posts.into_iter().filter_map(|OwnedPost { creator_id, post }| {
        let standing = judged.standing(creator_id)?;
        let effects = gained.get(&post.post_id).map(|gained| effects(&judged, &standing, &[gained]));
        Some(PendingPost { post, standing, effects: effects.unwrap_or_default() })
    });
    let posts = posts.collect();
    let creators = judged.program.creators.iter().map(|program| &program.creator);
    let only = query.creator_id.and_then(|id| creators.clone().find(|creator| creator.creator_id == id)).cloned();
    let selective = creators.filter(|creator| creator.tracking_mode.waits_for_approval()).count();
    let project = judged.program.project.clone();
    Ok(Inbox { project, as_of: judged.as_of, only, posts, total: page.total, selective })
}

/// A decision that people choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewChoice {
    /// The posts count.
    Approve,
    /// They do not count.
    Exclude,
    /// They are not tracked.
    Disable,
    /// They are tracked again.
    Enable,
}

named!(ReviewChoice { Approve: "approve", Exclude: "exclude", Disable: "disable", Enable: "enable" });

impl ReviewChoice {
    /// Returns the decision.
    #[must_use]
    pub const fn decision(self) -> TrackingDecision {
        match self {
            ReviewChoice::Approve => TrackingDecision::status(TrackingStatus::Included),
            ReviewChoice::Exclude => TrackingDecision::status(TrackingStatus::Excluded),
            ReviewChoice::Disable => TrackingDecision::switch(TrackingSwitch::Disabled),
            ReviewChoice::Enable => TrackingDecision::switch(TrackingSwitch::Enabled),
        }
    }
}
