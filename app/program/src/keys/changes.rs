//! The changes of an API key, called by forms and the command line.

use super::form::{KeyForm, key_name, key_scope};
use super::record::{ApiKey, CreateKeyOutcome, NewApiKey};
use super::secret::Secret;
use super::view::keys;
use crate::actor::{Action, authorize};
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::{ApiKeyId, ProjectId};
use crate::refusal::Refusal;

/// Creates a key with this id for a project, or with `None` for every project.
pub async fn create(
    caller: &Caller,
    project_id: Option<ProjectId>,
    api_key_id: ApiKeyId,
    form: KeyForm<'_>,
    secret: &Secret,
) -> Result<CreateKeyOutcome, Refusal> {
    match project_id {
        Some(project_id) => drop(caller.project(project_id, Action::Administer).await?),
        None => authorize(caller.actor, None, Action::Administer)?,
    }
    let (name, scope) = match (key_name(form.name), key_scope(form.scope)) {
        (Ok(name), Ok(scope)) => (name, scope),
        (name, scope) => {
            let errors = [("name", name.err()), ("scope", scope.err().map(str::to_owned))];
            return Err(Refusal::of_fields(errors.into_iter().filter_map(|(field, error)| Some((field, error?)))));
        }
    };
    let new = NewApiKey { project_id, name, scope, hash: secret.hash(), hint: secret.hint().to_owned() };
    Ok(caller.store.create_api_key(api_key_id, &new, caller.now()).await?)
}

/// Revokes a key of a project: from now on it gives no access.
pub async fn revoke(caller: &Caller, project_id: ProjectId, api_key_id: ApiKeyId) -> Result<(), Refusal> {
    let of_project = keys(caller, project_id).await?;
    let is_own = |key: &ApiKey| key.api_key_id == api_key_id && key.project_id == Some(project_id);
    if !of_project.keys.iter().any(is_own) {
        return Err(AppError::NotFound.into());
    }
    Ok(caller.store.revoke_api_key(api_key_id, caller.now()).await?)
}

/// Revokes a key of whichever project, or of every project.
pub async fn revoke_any(caller: &Caller, api_key_id: ApiKeyId) -> Result<(), Refusal> {
    authorize(caller.actor, None, Action::Administer)?;
    if !caller.store.api_keys().await?.iter().any(|key| key.api_key_id == api_key_id) {
        return Err(AppError::NotFound.into());
    }
    Ok(caller.store.revoke_api_key(api_key_id, caller.now()).await?)
}
