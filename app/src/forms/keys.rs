//! Forms of API keys.

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use compliance::instant::SECOND_MS;
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use leptos::server;
use program::error::AppError;
use program::ids::{ApiKeyId, ProjectId};
use program::keys::changes;
use program::keys::form::KeyForm;
use program::keys::record::CreateKeyOutcome;
use program::keys::secret::Secret;
use program::once::id_made;

/// The cookie that passes a new key to the page that shows it, once.
const NEW_KEY: &str = "new_key";

/// How long a new key can be shown, in seconds.
const SHOWN_FOR_S: i64 = 60;

/// Returns the key that was just created and tells the browser to forget it, so that it is shown once.
#[must_use]
pub fn take_new_key(project_id: ProjectId) -> Option<Secret> {
    let secret = answer::cookie(NEW_KEY).and_then(|text| Secret::parse(&text))?;
    answer::set_cookie(new_key_cookie(project_id, "", 0));
    answer::keep_nowhere();
    Some(secret)
}

/// Builds the cookie with a new key: it is sent to this page only, and scripts cannot read it.
fn new_key_cookie(project_id: ProjectId, new_key: &str, lasts_s: i64) -> Cookie<'_> {
    let cookie = Cookie::build((NEW_KEY, new_key)).path(format!("/projects/{project_id}/settings"));
    cookie.max_age(Duration::seconds(lasts_s)).same_site(SameSite::Strict).http_only(true).build()
}

/// Creates a key for a project. The key is passed to the next page in a cookie that lasts a minute, not in a URL, which
/// logs and histories would keep.
#[server(prefix = "/forms", endpoint = "create_api_key")]
pub async fn create_api_key(
    project_id: ProjectId,
    #[server(default)] key_name: String,
    #[server(default)] scope: String,
    #[server(default)] form_id: String,
) -> Result<(), FormError> {
    let caller = caller()?;
    let page = format!("/projects/{project_id}/settings");
    // A form that is sent twice yields the same key, so whichever answer the browser shows, its key is valid.
    let api_key_id = id_made(&form_id, "key", &[&project_id.to_string(), key_name.trim(), &scope])?;
    let new_key = Secret::of(api_key_id).map_err(|cause| {
        tracing::error!(%cause, "the system gave no random numbers");
        AppError::Unavailable
    })?;
    let form = KeyForm { name: &key_name, scope: &scope };
    let created = match changes::create(&caller, Some(project_id), api_key_id, form, &new_key).await {
        Ok(created) => created,
        Err(refusal) => {
            let typed = [("key_name", key_name.as_str()), ("scope", &scope), ("key_refused", "1")];
            return answer::refusal(&page, &typed, refusal);
        }
    };
    if let CreateKeyOutcome::Created(key) = created
        && caller.now().millis() - key.created_at.millis() <= SHOWN_FOR_S * SECOND_MS
    {
        answer::set_cookie(new_key_cookie(project_id, new_key.reveal(), SHOWN_FOR_S));
    }
    answer::done(&format!("{page}?done=key_made#keys"));
    Ok(())
}

/// Revokes a key of a project, which then gives no access. Keys for every project are revoked on the command line.
#[server(prefix = "/forms", endpoint = "revoke_api_key")]
pub async fn revoke_api_key(project_id: ProjectId, api_key_id: ApiKeyId) -> Result<(), FormError> {
    changes::revoke(&caller()?, project_id, api_key_id).await?;
    answer::done(&format!("/projects/{project_id}/settings?done=key_revoked#keys"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_is_sent_to_the_settings_of_its_project_only() {
        let made = new_key_cookie(ProjectId::default(), "cg_0a", 60).to_string();
        let rest = "HttpOnly; SameSite=Strict; Path=/projects/00000000-0000-0000-0000-000000000000/settings";
        assert_eq!(made, format!("new_key=cg_0a; {rest}; Max-Age=60"));
        assert_eq!(new_key_cookie(ProjectId::default(), "", 0).to_string(), format!("new_key=; {rest}; Max-Age=0"));
    }
}
