//! The browser's entry point: islands wake up, nothing else.

use std::time::Duration;

// Links the islands' exports into the wasm file, although nothing here names them.
use app as _;
use leptos::prelude::{document, set_timeout};
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the hydration script before it wakes the islands one by one, without a pause in between. Once they are
/// awake `<html data-awake>` says so, for styles and tests that must know.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
    set_timeout(
        || {
            if let Some(html) = document().document_element() {
                let _ = html.set_attribute("data-awake", "");
            }
        },
        Duration::ZERO,
    );
}
