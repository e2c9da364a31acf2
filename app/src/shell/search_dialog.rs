//! Searching a project from anywhere: the field of the search page, and the dialog with the same results.

use super::place::Place;
use crate::components::icon::{self, Icon};
use crate::components::search_form::LONGEST_SEARCH;
use leptos::prelude::*;
use program::projects::record::Project;

/// Renders the form of the search page and dialog, with its field.
pub fn search_field(project: &Project, text: &str, id: &'static str) -> impl IntoView + use<> {
    let label = "Search for anything";
    view! {
        <form method="get" action=Place::Search.href(project) role="search" class="relative">
            <span class="pointer-events-none absolute inset-y-0 start-0 grid w-10 place-items-center text-muted">
                <Icon svg=icon::SEARCH />
            </span>
            <input
                id=id
                class="input ps-10"
                type="search"
                name="q"
                value=text.to_owned()
                placeholder="Creators, campaigns, pages, actions"
                aria-label=label
                maxlength=LONGEST_SEARCH
                autocomplete="off"
                autofocus
            />
        </form>
    }
}

/// Renders the dialog that Ctrl or Cmd with K opens. Its results are those of the search page.
pub fn search_dialog(project: &Project) -> impl IntoView + use<> {
    view! {
        <dialog id="go" class="go" aria-label="Search">
            <div class="go-body">
                {search_field(project, "", "go-search")}
                <div data-part="found" data-for="-"></div>
                <p class="sr-only" aria-live="polite"></p>
            </div>
        </dialog>
    }
}
