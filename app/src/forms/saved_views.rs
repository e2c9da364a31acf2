//! Forms of saved views.

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use leptos::server;
use program::actor::Action;
use program::error::AppError;
use program::once::id_made;
use program::saved_views::form::view_name as parse_name;
use program::saved_views::record::SavedView;
use program::store::StoreError;
use uuid::Uuid;

/// The longest query of a saved view, in bytes.
const LONGEST_QUERY: usize = 1_000;

/// Saves the filters of the overview under a name. `query` is that of its URL, including the `?`.
#[server(prefix = "/forms", endpoint = "save_view")]
pub async fn save_view(
    project_id: Uuid,
    #[server(default)] view_name: String,
    #[server(default)] query: String,
    #[server(default)] form_id: String,
) -> Result<(), FormError> {
    let caller = caller()?;
    caller.project(project_id, Action::Write).await?;
    let is_query = query.starts_with('?') && query.bytes().all(|byte| byte.is_ascii_graphic());
    let query = if is_query && query.len() <= LONGEST_QUERY { query.as_str() } else { "?" };
    let page = format!("/projects/{project_id}{query}");
    let refuse = |why, error: AppError| {
        let typed = [("refused", why), ("view_name", view_name.as_str())];
        answer::refused(&page, &typed, error)
    };
    let name = match parse_name(&view_name) {
        Ok(name) => name,
        Err(sentence) => return refuse("view_name", AppError::Invalid(format!("view_name: {sentence}"))),
    };
    let saved_view_id = id_made(&form_id, "saved view", &[&project_id.to_string(), &name, query])?;
    let view = SavedView { saved_view_id, name, query: query.to_owned() };
    if !caller.store.create_saved_view(project_id, &view, caller.now()).await? {
        return refuse("view_many", AppError::Conflict("There are 50 saved views. Delete one first.".to_owned()));
    }
    answer::done(&answer::and_query(&page, &[("done", "view_saved")]));
    Ok(())
}

/// Deletes a saved view.
#[server(prefix = "/forms", endpoint = "delete_view")]
pub async fn delete_view(project_id: Uuid, saved_view_id: Uuid) -> Result<(), FormError> {
    let caller = caller()?;
    caller.project(project_id, Action::Write).await?;
    match caller.store.delete_saved_view(project_id, saved_view_id).await {
        // Somebody else deleted it first.
        Ok(()) | Err(StoreError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    answer::done(&format!("/projects/{project_id}?done=view_deleted"));
    Ok(())
}
