//! The first page.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::islands::Hello;

/// Says hello, from the server and from one island.
#[component]
pub fn HomePage() -> impl IntoView {
    view! {
        <Title text="Hello" />
        <main class="mx-auto max-w-2xl space-y-4 p-6">
            <h1 class="text-2xl font-semibold">"Creator Goals"</h1>
            <p>"Rendered on the server."</p>
            <Hello name="creators".to_owned() />
        </main>
    }
}
