//! The keys that programs bring to the API: listed, made and revoked on the Settings page.

use super::once::id_made;
use super::{Server, answer};
use crate::actor::Action;
use crate::error::AppError;
use crate::secret::Secret;
use crate::store::{ApiKey, NewApiKey, Project};
use compliance::instant::SECOND_MS;
use compliance::name::{self, InvalidName};
use leptos::server;
use uuid::Uuid;

/// The longest name of a key, in characters.
const LONGEST_NAME: usize = 80;
/// The cookie that carries a new key to the page that shows it, once.
const NEW_KEY: &str = "new_key";

/// For how many seconds a new key can be shown.
const SHOWN_FOR_S: i64 = 60;

/// The settings of a project, with the keys that open it.
#[derive(Debug, Clone)]
pub struct Keys {
    /// The project.
    pub project: Project,
    /// Its keys and those of every project, the newest first, revoked ones included.
    pub keys: Vec<ApiKey>,
}

/// The keys that open a project.
pub async fn keys(server: &Server, project_id: Uuid) -> Result<Keys, AppError> {
    let project = server.project(project_id, Action::Administer).await?;
    let mut keys = server.store.api_keys().await?;
    keys.retain(|key| key.project_id.is_none_or(|of| of == project_id));
    Ok(Keys { project, keys })
}

/// What a key may do: the name in forms, and what people read.
pub const SCOPES: [(&str, &str); 2] = [("read", "Read"), ("write", "Read and write")];

/// What is wrong with a key to make: at its name, at its scope.
#[must_use]
pub fn key_errors(name: &str, scope: &str) -> [Option<String>; 2] {
    let known = SCOPES.iter().any(|(known, _)| *known == scope);
    [key_name(name).err(), (!known).then(|| "Choose what the key may do.".to_owned())]
}

/// Reads the name of a key; the error is the sentence at the field.
pub fn key_name(text: &str) -> Result<String, String> {
    name::parse(text, LONGEST_NAME).map_err(|error| match error {
        InvalidName::Empty => "Give the key a name, such as the program that brings it.".to_owned(),
        error => error.to_string(),
    })
}

/// The key that was just made, which is shown this once: the browser is told to forget it.
#[must_use]
pub fn take_new_key(project_id: Uuid) -> Option<Secret> {
    let secret = answer::cookie(NEW_KEY).and_then(|text| Secret::parse(&text))?;
    answer::set_cookie(&format!("{NEW_KEY}=; {}; Max-Age=0", attributes(project_id)));
    answer::keep_nowhere();
    Some(secret)
}

/// The cookie goes to this page alone, and no script reads it.
fn attributes(project_id: Uuid) -> String {
    format!("Path=/projects/{project_id}/settings; SameSite=Strict; HttpOnly")
}

/// Makes a key for a project. The key travels to the next page in a cookie of a minute: never in an address, where
/// logs and histories would keep it.
#[server(prefix = "/forms", endpoint = "create_api_key")]
pub async fn create_api_key(
    project_id: Uuid,
    #[server(default)] key_name: String,
    #[server(default)] scope: String,
    #[server(default)] form_id: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    let page = format!("/projects/{project_id}/settings");
    let api_key_id;
    let new_key = {
        let errors = key_errors(&key_name, &scope);
        server.project(project_id, Action::Administer).await?;
        if let Some(error) = errors.into_iter().flatten().next() {
            let typed = [("key_name", key_name.as_str()), ("scope", &scope), ("key_refused", "1")];
            let page = format!("{}#keys", answer::with_query(&page, &typed));
            return answer::refused(&page, &[], AppError::Invalid(error));
        }
        // The same for a form that is sent twice: whichever answer the browser shows, the key in it opens the door.
        api_key_id = id_made(&form_id, "key", &[&project_id.to_string(), key_name.trim(), &scope])?;
        Secret::of(api_key_id).map_err(|cause| {
            tracing::error!(%cause, "the system gave no random numbers");
            AppError::Unavailable
        })?
    };
    let new = NewApiKey {
        project_id: Some(project_id),
        name: key_name.trim().to_owned(),
        can_write: scope == "write",
        hash: new_key.hash(),
        hint: new_key.hint().to_owned(),
    };
    let now = server.now();
    let made = server.store.create_api_key(api_key_id, &new, now).await?;
    if made.is_some_and(|key| now.millis() - key.created_at.millis() <= SHOWN_FOR_S * SECOND_MS) {
        let new_key = new_key.reveal();
        answer::set_cookie(&format!("{NEW_KEY}={new_key}; {}; Max-Age={SHOWN_FOR_S}", attributes(project_id)));
    }
    answer::done(&format!("{page}?done=key_made#keys"));
    Ok(())
}

/// Revokes a key of a project: from now on it opens nothing. Keys of every project are revoked on the command line.
#[server(prefix = "/forms", endpoint = "revoke_api_key")]
pub async fn revoke_api_key(project_id: Uuid, api_key_id: Uuid) -> Result<(), AppError> {
    let server = Server::current()?;
    let Keys { keys, .. } = keys(&server, project_id).await?;
    let own = keys.iter().any(|key| key.api_key_id == api_key_id && key.project_id == Some(project_id));
    if !own {
        return Err(AppError::NotFound);
    }
    server.store.revoke_api_key(api_key_id, server.now()).await?;
    answer::done(&format!("/projects/{project_id}/settings?done=key_revoked#keys"));
    Ok(())
}
