//! The forms that add a post, and that record a look at a creator's posts.

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use leptos::server;
use program::ids::{CreatorId, ProjectId};
use program::posts::changes;

/// Adds a post by its address; it becomes "Added Manually".
#[server(prefix = "/forms", endpoint = "add_post")]
pub async fn add_post(project_id: ProjectId, creator_id: CreatorId, address: String) -> Result<(), FormError> {
    let page = format!("/projects/{project_id}/creators/{creator_id}/posts");
    match changes::add(&caller()?, project_id, creator_id, &address).await {
        Ok(()) => {
            answer::done(&format!("{page}?done=post_added"));
            Ok(())
        }
        Err(refusal) => match refusal.why {
            Some(why) => answer::refusal(&page, &[("address", &address), ("refused", why)], refusal),
            None => Err(refusal.into()),
        },
    }
}

/// Records that somebody looked at all posts of a creator now.
#[server(prefix = "/forms", endpoint = "look_at_creator")]
pub async fn look_at_creator(project_id: ProjectId, creator_id: CreatorId) -> Result<(), FormError> {
    changes::look(&caller()?, project_id, creator_id).await?;
    answer::done(&format!("/projects/{project_id}/creators/{creator_id}/posts?done=looked"));
    Ok(())
}
