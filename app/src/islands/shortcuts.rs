//! Keys and small comforts for the whole page: `/` searches, arrow keys move along tabs, a select sends its form.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement, HtmlSelectElement};

/// Listens on the page; shows nothing.
#[island]
pub fn Shortcuts() -> impl IntoView {
    Effect::new(|| {
        if let Some(errors) = document().get_element_by_id("errors") {
            focus(&errors);
        }
    });
    let keys = window_event_listener(ev::keydown, |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(target) = target else { return };
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "/" if !is_typing(&target) => {
                if let Ok(Some(search)) = document().query_selector("[data-search]") {
                    event.prevent_default();
                    focus(&search);
                }
            }
            key @ ("ArrowLeft" | "ArrowRight") if target.matches("nav.tabs > a").unwrap_or(false) => {
                let next =
                    if key == "ArrowRight" { target.next_element_sibling() } else { target.previous_element_sibling() };
                if let Some(next) = next {
                    event.prevent_default();
                    focus(&next);
                }
            }
            _ => {}
        }
    });
    let changes = window_event_listener(ev::change, |event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(select) = select.filter(|select| select.has_attribute("data-autosubmit"))
            && let Some(form) = select.form().and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
        {
            let _ = form.request_submit();
        }
    });
    on_cleanup(move || {
        keys.remove();
        changes.remove();
    });
}

fn is_typing(element: &Element) -> bool {
    element.matches("input, textarea, select, [contenteditable]").unwrap_or(false)
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}
