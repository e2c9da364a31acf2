//! A button that counts, to prove that islands hydrate; goes as soon as a real island does.

use leptos::prelude::*;

/// Counts how often it was pressed.
#[island]
pub fn Hello(
    /// Whom to greet.
    name: String,
) -> impl IntoView {
    let presses = RwSignal::new(0_u32);
    view! {
        <button type="button" class="rounded-md border px-3 py-2 font-medium" on:click=move |_| presses.update(|n| *n += 1)>
            "Hello, " {name} ": " <span class="tabular-nums">{presses}</span>
        </button>
    }
}
