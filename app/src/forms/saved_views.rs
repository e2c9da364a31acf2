//! Forms of saved views.

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use leptos::server;
use program::error::AppError;
use program::ids::{ProjectId, SavedViewId};
use program::once::id_made;
use program::saved_views::changes;
use program::saved_views::form::QueryError;

/// Saves the filters of the overview under a name. `query` is that of its URL, including the `?`.
#[server(prefix = "/forms", endpoint = "save_view")]
pub async fn save_view(
    project_id: ProjectId,
    #[server(default)] view_name: String,
    #[server(default)] query: String,
    #[server(default)] form_id: String,
) -> Result<(), FormError> {
    let overview = format!("/projects/{project_id}");
    let page = answer::back_to(&format!("{overview}{query}"), &overview);
    let saved_view_id = id_made(&form_id, "saved view", &[&project_id.to_string(), view_name.trim(), &query])?;
    if let Err(refusal) = changes::create(&caller()?, project_id, saved_view_id, &view_name, &query).await {
        let why = match refusal.error {
            AppError::Conflict(_) => "view_many",
            _ => match refusal.why.and_then(QueryError::from_name) {
                Some(QueryError::TooLong) => "view_query",
                // No page of ours sends it.
                Some(QueryError::Unreadable) => return Err(refusal.into()),
                None => "view_name",
            },
        };
        return answer::refusal(&page, &[("refused", why), ("view_name", view_name.as_str())], refusal);
    }
    answer::done(&answer::and_query(&page, &[("done", "view_saved")]));
    Ok(())
}

/// Deletes a saved view.
#[server(prefix = "/forms", endpoint = "delete_view")]
pub async fn delete_view(project_id: ProjectId, saved_view_id: SavedViewId) -> Result<(), FormError> {
    changes::delete(&caller()?, project_id, saved_view_id).await?;
    answer::done(&format!("/projects/{project_id}?done=view_deleted"));
    Ok(())
}
