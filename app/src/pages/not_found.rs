//! What an unknown URL shows, with status 404.

use http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;

/// Says that nothing is here and where to go instead.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::NOT_FOUND);
    }
    view! {
        <Title text="Page not found" />
        <main class="mx-auto max-w-2xl space-y-4 p-6">
            <h1 class="text-2xl font-semibold">"Page not found"</h1>
            <p><a class="underline" href="/">"Go to the overview"</a></p>
        </main>
    }
}
