//! Keeps an open page up to date: when something in the project changes, the parts of the page that show it are
//! replaced in place. Rows do not move: if the order has changed, the page offers to reload.

mod connection;
mod names;
mod notes;
mod parts;

use connection::Connection;
use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use names::UUID_LENGTH;
pub use names::{NOTES, UPDATE};
pub use parts::{Loaded, page_at, refresh_part, replace};
use std::rc::Rc;
use web_sys::{Element, Event};

/// Listens while the page is visible. It renders nothing itself: it shows and hides the notes of the page.
#[island]
pub fn Live(
    /// The address of `frontend/live.js`, the worker that has the connection.
    worker: String,
    /// The project of the page.
    project: String,
    /// The position of the project that the page shows.
    position: String,
    /// The page's own address, if it answers a form: the browser then shows the address of the form.
    address: String,
) -> impl IntoView {
    Effect::new(move |_| {
        if let (false, Ok(history)) = (address.is_empty(), window().history()) {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        }
        if parts::named(&document()).is_empty() {
            return;
        }
        let creator = shown_creator();
        let connection = Rc::new(Connection::new(worker.clone(), project.clone(), creator, position.clone()));
        connection.open();
        window_event_listener_untyped("click", move |event| match pressed(&event).as_deref() {
            Some("retry") => connection.retry(),
            Some("reload") => reload(),
            _ => {}
        });
    });
}

/// Returns which button of a note was pressed.
fn pressed(event: &Event) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(&format!("button[{NOTES}]")).ok()??.get_attribute(NOTES)
}

/// Returns the creator of the page, from its address; `all` for other pages.
fn shown_creator() -> String {
    let path = window().location().pathname().unwrap_or_default();
    let mut parts = path.split('/').skip_while(|part| *part != "creators");
    let creator = parts.nth(1);
    creator.filter(|creator_id| creator_id.len() == UUID_LENGTH).unwrap_or("all").to_owned()
}

fn reload() {
    let _ = window().location().reload();
}
