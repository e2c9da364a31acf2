//! The amber icon: a button whose sentence shows on hover, focus and tap, and stays until dismissed.
//!
//! Hover and focus are done with CSS and tap with a popover, so none of them needs wasm. Esc also dismisses a sentence
//! shown by hover or focus (WCAG 1.4.13): the island [`Shortcuts`](crate::islands::Shortcuts) handles that for all
//! icons of a page.

use super::icon::{self, Icon};
use leptos::prelude::*;

/// The icon with its sentence.
#[component]
pub fn AdvisoryIcon(
    /// The id, unique on the page.
    id: String,
    /// The sentence.
    text: String,
) -> impl IntoView {
    view! {
        <span class="tip">
            <button
                type="button"
                class="tip-btn"
                popovertarget=id.clone()
                aria-label="Advisory: this verdict may still change"
                aria-describedby=id.clone()
            ><Icon svg=icon::TRIANGLE_ALERT /></button>
            <span popover="auto" id=id class="tip-pop" role="tooltip">{text}</span>
        </span>
    }
}
