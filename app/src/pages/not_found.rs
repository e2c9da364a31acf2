//! The page for an unknown URL, with status 404: what to open instead, with the navigation around it.

use super::problem::problem;
use crate::caller::caller;
use crate::components::empty_state::EmptyState;
use crate::components::icon;
use crate::shell::{Place, ThemeSwitch, shell};
use http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use program::caller::Caller;
use program::error::AppError;
use program::ids::ProjectId;
use program::projects::frame::{Frame, frame};

/// Says that there is nothing at this address, and where to go instead.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::NOT_FOUND);
    }
    let (caller, project_id) = (caller(), project_in(&use_location().pathname.get_untracked()));
    let page = Suspend::new(async move {
        match caller {
            Ok(caller) => not_found(&caller, project_id).await,
            Err(error) => problem(&error).into_any(),
        }
    });
    view! { <Suspense fallback=|| ()>{page}</Suspense> }
}

/// Returns the project that a path names.
fn project_in(path: &str) -> Option<ProjectId> {
    path.strip_prefix("/projects/")?.split('/').next()?.parse().ok()
}

/// Renders the page: in the frame of the project, if there is one at the address, or with links to every project.
pub async fn not_found(caller: &Caller, project_id: Option<ProjectId>) -> AnyView {
    let found = match frame(caller, project_id).await {
        Ok(found) => found,
        Err(error) => return problem(&error).into_any(),
    };
    match found.projects.iter().find(|project| Some(project.project_id) == project_id).cloned() {
        Some(project) => {
            provide_context::<Frame>(found);
            let overview = format!("/projects/{}", project.project_id);
            let page = shell(&project, Place::Nowhere, "", nothing(overview).into_any());
            view! { <Title text=TITLE />{page} }.into_any()
        }
        None => outside(&found).into_any(),
    }
}

const TITLE: &str = "This page does not exist";

/// The most projects that are listed.
const LISTED: usize = 8;

fn nothing(overview: String) -> impl IntoView {
    view! {
        <h1 class="sr-only">{TITLE}</h1>
        <EmptyState svg=icon::SEARCH title=TITLE text=AppError::NotFound.to_string()>
            <a class="btn btn-primary" href=overview>"Open Creator Goals"</a>
        </EmptyState>
    }
}

/// Renders the page at an address that belongs to no project.
fn outside(found: &Frame) -> impl IntoView + use<> {
    let projects = found.projects.iter().take(LISTED).map(|project| {
        let href = format!("/projects/{}", project.project_id);
        view! { <li><a class="nav-link" href=href><span class="truncate">{project.name.clone()}</span></a></li> }
    });
    view! {
        <Title text=TITLE />
        <div class="mx-auto grid min-h-dvh max-w-2xl content-start gap-6 px-4 py-8 md:py-16">
            <header class="flex items-center justify-between gap-3">
                <a class="inline-flex min-h-8 items-center gap-2 font-semibold" href="/">
                    <icon::Icon svg=icon::MARK class="size-6" />"Creator Goals"
                </a>
                <ThemeSwitch />
            </header>
            <main id="main" tabindex="-1" class="grid gap-6">{nothing("/".to_owned())}</main>
            <nav aria-label="Main">
                <ul class="grid gap-0.5">
                    {projects.collect_view()}
                    <li><a class="nav-link" href="/projects"><icon::Icon svg=icon::LAYERS />"All projects"</a></li>
                    <li><a class="nav-link" href="/projects/new"><icon::Icon svg=icon::PLUS />"New project"</a></li>
                </ul>
            </nav>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::project_in;

    #[test]
    fn the_project_of_an_unknown_address_is_read_from_its_path() {
        let id = "0190a0a0-0000-7000-8000-000000000001";
        let found = project_in(&format!("/projects/{id}/no/such/page")).map(|found| found.to_string());
        assert_eq!(found.as_deref(), Some(id));
        assert_eq!(project_in(&format!("/projects/{id}")).map(|found| found.to_string()).as_deref(), Some(id));
        assert_eq!(project_in("/projects/nothing"), None);
        assert_eq!(project_in("/elsewhere"), None);
    }
}
