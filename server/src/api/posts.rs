//! Posts and their review.

use super::envelope::{Envelope, Failure, data};
use super::error::ApiError;
use super::extract::{Body, Client, Path, Query};
use super::schema::{Cursor, Limit, TrackingStatusName};
use crate::api::shapes;
use axum::Json;
use compliance::tracking::TrackingStatus;
use program::actor::Action;
use program::ids::{PostId, ProjectId};
use program::posts::record::{OwnedPost, PostsPart};
use program::posts::view::{find_post, posts_after};
use program::reviews::changes;
use program::reviews::record::{TrackingDecision, TrackingSwitch};
use shapes::PostPatch;

/// List posts
#[utoipa::path(get, path = "/projects/{project_id}/posts", operation_id = "list_posts", tag = "Posts",
    params(
        ("project_id" = Uuid, Path),
        ("creator_id" = Option<Uuid>, Query, description = "Only posts of this creator"),
        ("tracking_status" = Option<TrackingStatusName>, Query, description = "Only posts of this status, such as `pending_review`"),
        ("limit" = Option<Limit>, Query, description = "Rows at most; 50 if not given"),
        ("cursor" = Option<Cursor>, Query, description = "`meta.nextCursor` of the previous page"),
    ),
    responses((status = 200, body = Envelope<Vec<shapes::Post>>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn list(
    client: Client,
    Path(project_id): Path<ProjectId>,
    query: Query,
) -> Result<Json<Envelope<Vec<shapes::Post>>>, ApiError> {
    let query = query.only(&["creator_id", "tracking_status", "limit", "cursor"])?;
    let (part, creator_id) = (query.part()?, query.id("creator_id")?);
    let status = query.read("tracking_status", "a tracking status", TrackingStatus::from_name)?;
    let asked = PostsPart { creator_id, status, after: part.after.map(PostId::from), limit: part.one_more() };
    let posts = posts_after(&client.caller, project_id, &asked).await?;
    Ok(part.of(&posts, |owned| owned.post.post_id, |owned| shapes::Post::of(owned.creator_id, &owned.post)))
}

/// Review a post
///
/// Approves or excludes the post, or disables or enables its tracking.
#[utoipa::path(patch, path = "/projects/{project_id}/posts/{post_id}", operation_id = "review_post", tag = "Posts",
    params(("project_id" = Uuid, Path), ("post_id" = Uuid, Path)), request_body = PostPatch,
    responses(
        (status = 200, body = Envelope<shapes::Post>), (status = 400, body = Failure), (status = 401, body = Failure),
        (status = 403, body = Failure), (status = 404, body = Failure), (status = 413, body = Failure),
    ))]
pub async fn decide(
    client: Client,
    Path((project_id, post_id)): Path<(ProjectId, PostId)>,
    query: Query,
    Body { value, .. }: Body<PostPatch>,
) -> Result<Json<Envelope<shapes::Post>>, ApiError> {
    query.only(&[])?;
    client.project(project_id, Action::Write).await?;
    let status = value.tracking_status.as_deref().map(|name| {
        let refused = || ApiError::body(Some("tracking_status".to_owned()), "Unknown tracking status.");
        TrackingStatus::from_name(name).ok_or_else(refused)
    });
    let switch = |disabled| if disabled { TrackingSwitch::Disabled } else { TrackingSwitch::Enabled };
    let decision = TrackingDecision { status: status.transpose()?, switch: value.tracking_disabled.map(switch) };
    if decision != TrackingDecision::default() {
        changes::review(&client.caller, project_id, &[post_id], decision, None).await?;
    }
    let OwnedPost { creator_id, post } = find_post(&client.caller, project_id, post_id).await?;
    Ok(data(shapes::Post::of(creator_id, &post)))
}
