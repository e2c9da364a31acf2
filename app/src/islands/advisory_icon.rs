//! The amber icon: a real button whose sentence shows on hover, focus and tap, and stays until dismissed.
//!
//! Hover and focus are CSS, tap is a popover: both work before wasm arrives. What comes alive is Esc (WCAG 1.4.13): it
//! dismisses the sentence also when it was shown by hover or focus.

use crate::components::icon::{self, Icon};
use leptos::ev;
use leptos::prelude::*;

/// The icon with its sentence.
#[island]
pub fn AdvisoryIcon(
    /// Unique on the page.
    id: String,
    /// The sentence.
    text: String,
) -> impl IntoView {
    let dismissed = RwSignal::new(false);
    let inside = RwSignal::new(0_u8);
    // Whether or not we saw pointer or focus arrive: they may have been here before the island woke.
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            dismissed.set(true);
        }
    });
    on_cleanup(move || escape.remove());
    // Pointer and focus each hold the sentence open; it may show again once both have left.
    let enter = move |part: u8| {
        if inside.get_untracked() == 0 {
            dismissed.set(false);
        }
        inside.update(|parts| *parts |= part);
    };
    let leave = move |part: u8| {
        inside.update(|parts| *parts &= !part);
        if inside.get_untracked() == 0 {
            dismissed.set(false);
        }
    };
    view! {
        <span
            class="tip"
            data-dismissed=move || dismissed.get().then_some("")
            on:pointerenter=move |_| enter(1)
            on:pointerleave=move |_| leave(1)
            on:focusin=move |_| enter(2)
            on:focusout=move |_| leave(2)
        >
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
