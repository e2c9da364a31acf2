//! Search, filters and sort order: GET forms and links, so that the URL contains everything.

use super::icon::{self, Icon};
use crate::forms::sent::Returned;
use leptos::prelude::*;

/// The longest text that is searched for, in characters: it is part of the URL, where one may take twelve bytes.
pub const LONGEST_SEARCH: &str = "100";

/// The search field of a list, which `/` focuses.
#[component]
pub fn SearchInput(
    /// The searched text.
    #[prop(into)]
    search: String,
    /// The placeholder, which says what is searched.
    placeholder: &'static str,
) -> impl IntoView {
    view! {
        <div class="relative min-w-52 flex-1 max-md:basis-full md:max-w-xs">
            <span class="pointer-events-none absolute inset-y-0 start-0 grid w-9 place-items-center text-muted">
                <Icon svg=icon::SEARCH />
            </span>
            <input
                class="input ps-9 pe-9"
                type="search"
                name="q"
                value=search
                placeholder=placeholder
                aria-label=placeholder
                aria-keyshortcuts="/"
                maxlength=LONGEST_SEARCH
                enterkeyhint="search"
                data-search
            />
            <span
                class="kbd pointer-events-none absolute end-2.5 top-1/2 -translate-y-1/2 max-md:hidden"
                aria-hidden="true"
            >"/"</span>
        </div>
    }
    .into_any()
}

/// A search field with selects as children. `kept` are the other parameters of the query.
#[component]
pub fn SearchForm(
    /// The searched text.
    #[prop(into)]
    search: String,
    /// The placeholder, which says what is searched.
    placeholder: &'static str,
    /// Other parameters of the query to keep.
    kept: Vec<(&'static str, String)>,
    /// Selects.
    children: Children,
) -> impl IntoView {
    let action = Some(Returned::path()).filter(|path| !path.is_empty());
    let kept = kept.into_iter().filter(|(_, value)| !value.is_empty());
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
    view! {
        <form method="get" action=action role="search" class="flex flex-wrap items-center gap-2">
            {kept}
            <SearchInput search placeholder />
            {children()}
            // Awake, selects submit by themselves, and Enter submits a search.
            <button class="btn asleep">"Apply"</button>
        </form>
    }
}

/// Links to the sort orders, each with its address, its label and whether it is current.
#[component]
pub fn SortLinks(
    /// The orders.
    links: Vec<(String, &'static str, bool)>,
) -> impl IntoView {
    let links = links.into_iter().map(|(href, label, current)| {
        let look = if current { "font-semibold text-ink" } else { "text-muted hover:text-ink" };
        view! {
            <a
                class=format!("inline-flex min-h-6 items-center gap-0.5 rounded-sm px-1.5 {look}")
                href=href
                aria-current=current.then_some("true")
            >{label}</a>
        }
    });
    view! {
        <nav class="-me-1.5 flex flex-wrap items-center gap-x-1 text-sm" aria-label="Sort">
            <span class="text-muted">"Sort"</span>
            {links.collect_view()}
        </nav>
    }
}
