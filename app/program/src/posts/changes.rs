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
use compliance::fact::{CollectionFact, Fact, PostFact, PostKind};
use compliance::look::Scope;
use compliance::named;
use compliance::tracking::TrackingStatus;

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

impl From<PostRefusal> for Refusal {
    fn from(why: PostRefusal) -> Refusal {
        Refusal::of_field("address", why.name(), why.sentence())
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

/// Adds a post of a creator by its address; it becomes "Added Manually", also if it is there already.
pub async fn add(caller: &Caller, project_id: ProjectId, creator_id: CreatorId, address: &str) -> Result<(), Refusal> {
    caller.project(project_id, Action::Write).await?;
    let creator = caller.store.creator(project_id, creator_id).await?.ok_or(AppError::NotFound)?;
    if creator.removed_at.is_some() {
        let error = "This creator was removed from the program: restore the creator before you add posts.";
        return Err(Refusal::conflict(error));
    }
    let (post, published_at) = post_at(address)?;
    if post.handle.is_some_and(|handle| handle != creator.handle) {
        return Err(PostRefusal::OtherAccount.into());
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
    let terms = AcceptTerms::of("page", caller.now());
    let acceptance = caller.store.accept(project_id, vec![fact], &terms).await?;
    let Some(FactOutcome::Rejected { code, reason, .. }) = acceptance.outcomes.into_iter().next() else {
        return Ok(());
    };
    match code {
        RejectionCode::InTheFuture => Err(PostRefusal::InTheFuture.into()),
        RejectionCode::Conflict => Err(PostRefusal::Taken.into()),
        RejectionCode::TooManyPosts => Err(PostRefusal::TooMany.into()),
        // The creator was renamed or removed for good meanwhile.
        RejectionCode::UnknownCreator => Err(AppError::NotFound.into()),
        RejectionCode::MissingCreator
        | RejectionCode::TooManyParked
        | RejectionCode::TooManyWaiting
        | RejectionCode::OtherAccount
        | RejectionCode::InvalidCount => Err(AppError::Invalid(reason).into()),
    }
}

/// Records that somebody looked at all posts of a creator now, so that goals are judged by what is known: a program that is
/// kept by hand has no other collections.
pub async fn look(caller: &Caller, project_id: ProjectId, creator_id: CreatorId) -> Result<(), Refusal> {
    caller.project(project_id, Action::Write).await?;
    let creator = caller.store.creator(project_id, creator_id).await?.ok_or(AppError::NotFound)?;
    if creator.removed_at.is_some() {
        let error = "This creator was removed from the program: restore the creator before you collect.";
        return Err(Refusal::conflict(error));
    }
    let fact = CollectionFact { handle: creator.handle, collected_at: caller.now(), scope: Scope::Posts };
    let terms = AcceptTerms::of("page", caller.now());
    let acceptance = caller.store.accept(project_id, vec![Fact::Collection(fact)], &terms).await?;
    match acceptance.outcomes.into_iter().next() {
        Some(FactOutcome::Rejected { reason, .. }) => Err(AppError::Invalid(reason).into()),
        _ => Ok(()),
    }
}
