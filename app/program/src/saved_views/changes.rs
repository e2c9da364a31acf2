//! What can be done with saved views. Forms call these.

use super::form::{too_many_views, view_name, view_query};
use super::record::{SaveViewOutcome, SavedView};
use crate::actor::Action;
use crate::caller::Caller;
use crate::error::StoreError;
use crate::ids::{ProjectId, SavedViewId};
use crate::refusal::Refusal;

/// Saves the query of an overview under a name. An existing view with this id is not changed.
pub async fn create(
    caller: &Caller,
    project_id: ProjectId,
    saved_view_id: SavedViewId,
    name: &str,
    query: &str,
) -> Result<(), Refusal> {
    caller.project(project_id, Action::Write).await?;
    let name = view_name(name).map_err(|sentence| Refusal::of_fields([("view_name", sentence)]))?;
    view_query(query).map_err(|error| Refusal::of_field("query", error.name(), error.sentence()))?;
    let view = SavedView { saved_view_id, name, query: query.to_owned() };
    match caller.store.create_saved_view(project_id, &view, caller.now()).await? {
        SaveViewOutcome::Saved => Ok(()),
        SaveViewOutcome::TooMany => Err(Refusal::conflict(too_many_views())),
    }
}

/// Deletes a saved view, if it is there.
pub async fn delete(caller: &Caller, project_id: ProjectId, saved_view_id: SavedViewId) -> Result<(), Refusal> {
    caller.project(project_id, Action::Write).await?;
    match caller.store.delete_saved_view(project_id, saved_view_id).await {
        // Somebody else was quicker.
        Ok(()) | Err(StoreError::NotFound) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
