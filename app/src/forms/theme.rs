//! The form that switches the theme, and the theme that it chose.
#![expect(clippy::unused_async, reason = "`#[server]` asks for `async`, also where nothing is waited for")]

use crate::forms::answer;
use crate::forms::error::FormError;
use crate::theme::Theme;
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use http::header::REFERER;
use http::request::Parts;
use leptos::prelude::use_context;
use leptos::server;

/// Returns the theme that the browser has chosen. The server knows it, so pages do not flash.
#[must_use]
pub fn chosen() -> Theme {
    answer::cookie("theme").and_then(|name| Theme::from_name(&name)).unwrap_or_default()
}

/// Stores the theme in this browser, and returns to the page.
#[server(prefix = "/forms", endpoint = "set_theme")]
pub async fn set_theme(theme: String) -> Result<(), FormError> {
    let theme = Theme::from_name(&theme).unwrap_or_default();
    let cookie = Cookie::build(("theme", theme.name())).path("/").max_age(Duration::days(365));
    answer::set_cookie(cookie.same_site(SameSite::Lax).http_only(true).build());
    answer::done(&page_of_request());
    Ok(())
}

/// Returns the path of the page that a form was sent from; without the host, so that it cannot redirect to another
/// site.
fn page_of_request() -> String {
    let referer = use_context::<Parts>().and_then(|parts| parts.headers.get(REFERER)?.to_str().ok().map(str::to_owned));
    let uri: Option<http::Uri> = referer.and_then(|referer| referer.parse().ok());
    let path = uri.and_then(|uri| uri.path_and_query().map(|path| path.as_str().to_owned()));
    path.filter(|path| path.starts_with('/') && !path.starts_with("//")).unwrap_or_else(|| "/".to_owned())
}
