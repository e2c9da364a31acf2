//! The changes that can be made to posts. A form calls these; decisions on posts are `reviews`.

use crate::actor::Action;
use crate::caller::Caller;
use crate::error::AppError;
use crate::facts::record::{AcceptTerms, FactOutcome, RejectionCode};
use crate::figures::grouped;
use crate::ids::{CreatorId, ProjectId};
use crate::refusal::Refusal;
use compliance::Instant;
use compliance::address::{self, Address, PostAddress, SHORT_LINK, post_in};
use compliance::bounds::MAX_POSTS;
use compliance::fact::{Fact, PostFact, PostKind};
use compliance::named;
use compliance::tracking::TrackingStatus;

/// The result of adding a post by its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddPostOutcome {
    /// It is there and was added manually, now or before.
    Added,
    /// It was refused.
    Refused(PostRefusal),
}

/// Why a post cannot be added by its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostRefusal {
    /// The text is not the address of a post.
    Address,
    /// It is a short link.
    ShortLink,
    /// The address names another account.
    OtherAccount,
    /// It would have been published in the future.
    InTheFuture,
    /// It belongs to another creator of the project.
    Taken,
    /// The creator has as many posts as one creator may have.
    TooMany,
}

named!(PostRefusal {
    Address: "address",
    ShortLink: "short",
    OtherAccount: "creator",
    InTheFuture: "future",
    Taken: "taken",
    TooMany: "many",
});

impl PostRefusal {
    /// Returns the sentence shown at the field.
    #[must_use]
    pub fn sentence(self) -> String {
        match self {
            PostRefusal::Address => {
                "Enter the address of a TikTok post, such as https://www.tiktok.com/@mia/video/7301234567890123456."
                    .to_owned()
            }
            PostRefusal::ShortLink => SHORT_LINK.to_owned(),
            PostRefusal::OtherAccount => "This post belongs to another account.".to_owned(),
            PostRefusal::InTheFuture => "The id of this post lies in the future.".to_owned(),
            PostRefusal::Taken => "This post belongs to another creator of this project.".to_owned(),
            PostRefusal::TooMany => {
                let most = grouped(usize::try_from(MAX_POSTS).unwrap_or(usize::MAX));
                format!("This creator has {most} posts already, the most that one creator may have.")
            }
        }
    }
}

/// Returns the post at an address, and when it was published, which its id says.
fn post_at(text: &str) -> Result<(PostAddress, Instant), PostRefusal> {
    if Address::parse(text) == Some(Address::ShortLink) {
        return Err(PostRefusal::ShortLink);
    }
    let post = post_in(text).ok_or(PostRefusal::Address)?;
    let published_at = address::published_at(&post.tiktok_video_id).ok_or(PostRefusal::Address)?;
    Ok((post, published_at))
}

/// Adds a post of a creator by its address; it becomes "Added Manually".
pub async fn add(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    address: &str,
) -> Result<AddPostOutcome, Refusal> {
    caller.project(project_id, Action::Write).await?;
    let creator = caller.store.creator(project_id, creator_id).await?.ok_or(AppError::NotFound)?;
    if creator.removed_at.is_some() {
        let error = "This creator was removed from the program: restore the creator before you add posts.";
        return Err(Refusal::conflict(error));
    }
    let (post, published_at) = match post_at(address) {
        Ok(post) => post,
        Err(refusal) => return Ok(AddPostOutcome::Refused(refusal)),
    };
    if post.handle.is_some_and(|handle| handle != creator.handle) {
        return Ok(AddPostOutcome::Refused(PostRefusal::OtherAccount));
    }
    let kind = post.kind.unwrap_or_default();
    let folder = if kind == PostKind::Video { "video" } else { "photo" };
    let fact = Fact::Post(PostFact {
        url: Some(format!("https://www.tiktok.com/@{}/{folder}/{}", creator.handle, post.tiktok_video_id)),
        tiktok_video_id: post.tiktok_video_id,
        handle: Some(creator.handle),
        kind: Some(kind),
        published_at,
        description: None,
        tracking_status: Some(TrackingStatus::DirectAdd),
    });
    let terms = AcceptTerms {
        now: caller.now(),
        source: "page".to_owned(),
        create_creators: false,
        began: None,
        settled: Vec::new(),
        run_id: None,
        creator_ids: Vec::new(),
    };
    let acceptance = caller.store.accept(project_id, vec![fact], &terms).await?;
    let Some(FactOutcome::Rejected { code, reason, .. }) = acceptance.outcomes.into_iter().next() else {
        return Ok(AddPostOutcome::Added);
    };
    match code {
        RejectionCode::InTheFuture => Ok(AddPostOutcome::Refused(PostRefusal::InTheFuture)),
        RejectionCode::Conflict => Ok(AddPostOutcome::Refused(PostRefusal::Taken)),
        RejectionCode::TooManyPosts => Ok(AddPostOutcome::Refused(PostRefusal::TooMany)),
        // The creator was renamed or removed for good meanwhile.
        RejectionCode::UnknownCreator => Err(AppError::NotFound.into()),
        RejectionCode::MissingCreator
        | RejectionCode::TooManyParked
        | RejectionCode::TooManyWaiting
        | RejectionCode::OtherAccount
        | RejectionCode::InvalidCount => Err(AppError::Invalid(reason).into()),
    }
}
