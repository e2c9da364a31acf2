//! What comes before any page: which project to open, which theme to show.
#![expect(clippy::unused_async, reason = "`#[server]` asks for `async`, also where nothing is waited for")]

use super::{Server, answer};
use crate::actor::{Action, authorize};
use crate::error::AppError;
use crate::store::Project;
use http::header::REFERER;
use http::request::Parts;
use leptos::prelude::*;
use leptos::server;
use uuid::Uuid;

/// The page to open first: the oldest project or, on the first run, the one that names a project.
pub async fn first_page(server: &Server) -> Result<String, AppError> {
    authorize(server.actor, None, Action::Read)?;
    let projects = server.store.projects().await?;
    Ok(projects.first().map_or_else(|| "/welcome".to_owned(), |project| format!("/projects/{}", project.project_id)))
}

/// What stands around every page of a project.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Every project, oldest first.
    pub projects: Vec<Project>,
    /// How many posts wait for a decision.
    pub pending: i64,
}

/// What stands around a page of a project, or of none.
pub async fn frame(server: &Server, project_id: Option<Uuid>) -> Result<Frame, AppError> {
    authorize(server.actor, project_id, Action::Read)?;
    let pending = match project_id {
        Some(project_id) => server.store.pending_count(project_id).await?,
        None => 0,
    };
    Ok(Frame { projects: server.store.projects().await?, pending })
}

/// Light, dark, or as the system says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every choice, in order of the switch.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The name used in the cookie and in `data-theme`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme chosen by the browser that asks. Known to the server, so that no page flashes.
    #[must_use]
    pub fn of_request() -> Theme {
        let chosen = answer::cookie("theme");
        chosen.and_then(|name| Theme::ALL.into_iter().find(|theme| theme.name() == name)).unwrap_or_default()
    }
}

/// Remembers the theme in this browser, and returns to the page.
#[server(prefix = "/forms", endpoint = "set_theme")]
pub async fn set_theme(theme: String) -> Result<(), AppError> {
    let theme = Theme::ALL.into_iter().find(|known| known.name() == theme).unwrap_or_default();
    answer::set_cookie(&format!("theme={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", theme.name()));
    answer::done(&page_of_request());
    Ok(())
}

/// The path of the page a form was sent from; only the path, so that nobody is sent to another host.
fn page_of_request() -> String {
    let referer = use_context::<Parts>().and_then(|parts| parts.headers.get(REFERER)?.to_str().ok().map(str::to_owned));
    let uri: Option<http::Uri> = referer.and_then(|referer| referer.parse().ok());
    let path = uri.and_then(|uri| uri.path_and_query().map(|path| path.as_str().to_owned()));
    path.filter(|path| path.starts_with('/') && !path.starts_with("//")).unwrap_or_else(|| "/".to_owned())
}
