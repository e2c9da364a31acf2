//! `/`: opens the first project, or the first run.

use super::loaded::loaded;
use crate::api::Server;
use crate::api::frame::first_project;
use leptos::prelude::*;
use leptos_axum::redirect;

/// Sends the browser on.
#[component]
pub fn HomePage() -> impl IntoView {
    loaded(async { first_project(&Server::current()?).await }, |project| match project {
        Some(project_id) => redirect(&format!("/projects/{project_id}")),
        None => redirect("/welcome"),
    })
}
