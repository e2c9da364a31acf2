//! The button that opens the demo project.

use leptos::prelude::*;

/// Renders the button that opens the demo project, with a line before it.
pub fn open_demo(text: &'static str) -> impl IntoView {
    view! {
        <form method="post" action="/demo" class="flex flex-wrap items-center gap-x-3 gap-y-2">
            <p class="text-soft">{text}</p>
            <button class="btn btn-sm">"Open the demo"</button>
        </form>
    }
}
