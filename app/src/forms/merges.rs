//! Forms about renamed accounts.

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use leptos::server;
use program::ids::{CreatorId, MergeId, ProjectId};
use program::merges::changes;

/// Merges the creator with the handle `double` into another one.
#[server(prefix = "/forms", endpoint = "merge_creators")]
pub async fn merge_creators(
    project_id: ProjectId,
    creator_id: CreatorId,
    #[server(default)] double: String,
) -> Result<(), FormError> {
    let page = format!("/projects/{project_id}/creators/{creator_id}/settings");
    match changes::merge(&caller()?, project_id, creator_id, &double).await {
        Ok(_) => {
            answer::done(&format!("{page}?done=merged"));
            Ok(())
        }
        Err(refusal) => {
            let why = refusal.fields.first().map_or_else(String::new, |(_, sentence)| sentence.clone());
            answer::refusal(&page, &[("double", &double), ("refused_merge", &why)], refusal)
        }
    }
}

/// Decides that a creator is not the new name of another one.
#[server(prefix = "/forms", endpoint = "keep_creators_apart")]
pub async fn keep_creators_apart(project_id: ProjectId, creator_id: CreatorId) -> Result<(), FormError> {
    changes::keep_apart(&caller()?, project_id, creator_id).await?;
    answer::done(&format!("/projects/{project_id}/creators/{creator_id}?done=kept_apart"));
    Ok(())
}

/// Undoes a merge into a creator.
#[server(prefix = "/forms", endpoint = "undo_merge")]
pub async fn undo_merge(project_id: ProjectId, creator_id: CreatorId, merge_id: MergeId) -> Result<(), FormError> {
    changes::undo(&caller()?, project_id, merge_id).await?;
    answer::done(&format!("/projects/{project_id}/creators/{creator_id}/settings?done=merge_undone"));
    Ok(())
}
