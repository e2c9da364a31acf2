//! The placeholder for an empty list, which says what to do next.

use super::icon::{Icon, Svg};
use leptos::prelude::*;

/// An empty list, with actions as children.
#[component]
pub fn EmptyState(
    /// Its icon.
    svg: Svg,
    /// The state, such as "No posts yet".
    #[prop(into)]
    title: String,
    /// What to do.
    #[prop(into)]
    text: String,
    /// Links and buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="card">
            <div class="mx-auto grid max-w-md justify-items-center gap-2 px-6 py-16 text-center">
                <span class="mb-2 grid size-11 place-items-center rounded-full border border-hairline bg-sunken text-muted">
                    <Icon svg class="size-5" />
                </span>
                <h2 class="text-lg font-semibold">{title}</h2>
                <p class="text-soft">{text}</p>
                {children.map(|children| view! {
                    <div class="mt-3 flex flex-wrap justify-center gap-2">{children()}</div>
                })}
            </div>
        </div>
    }
}
