//! Keeps an open page up to date: when something in the project changes, the parts of the page that show it are
//! replaced in place. Rows do not move: if the order has changed, the page offers to reload.

mod connection;
mod names;
mod parts;

use crate::figures::plural;
use crate::islands::live::names::UUID_LENGTH;
use connection::{Connection, Notes};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
pub use names::UPDATE;
pub use parts::{Loaded, page_at, refresh_part, replace};
use std::rc::Rc;

/// Listens while the page is visible.
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
    });
    let notes = Notes {
        lost_since: RwSignal::new(None),
        trying: RwSignal::new(false),
        failed_at: RwSignal::new(None),
        gone: RwSignal::new(false),
        removed: RwSignal::new(false),
        vanished: RwSignal::new(false),
        moved: RwSignal::new(0),
    };
    let (retries, set_retries) = signal(0);
    Effect::new(move |opened: Option<Option<Rc<Connection>>>| {
        retries.track();
        if let Some(connection) = opened {
            connection.iter().for_each(Connection::retry);
            return connection;
        }
        let is_live = !parts::named(&document()).is_empty();
        is_live.then(|| {
            let creator = shown_creator();
            let connection = Connection::new(worker.clone(), project.clone(), creator, position.clone(), notes);
            let connection = Rc::new(connection);
            connection.open();
            connection
        })
    });
    let since = move || notes.lost_since.get().unwrap_or_default();
    let attempt = move || match notes.failed_at.get() {
        _ if notes.trying.get() => "Trying…".to_owned(),
        Some(at) => format!("No answer at {at}. Trying again…"),
        None => "Trying again…".to_owned(),
    };
    let updates = move || plural(notes.moved.get(), "update", "updates");
    view! {
        <div aria-live="polite" class="live-notes">
            <p class="live-note" hidden=move || notes.gone.get() || notes.lost_since.get().is_none()>
                <span>"Not live since "{since}". "{attempt}</span>
                <button
                    class="btn btn-sm"
                    aria-disabled=move || notes.trying.get().then_some("true")
                    on:click=move |_| set_retries.update(|retries| *retries += 1)
                >"Try now"</button>
            </p>
            <p class="live-note" hidden=move || !notes.gone.get()>
                <span>"This project was deleted. It can be restored for 30 days."</span>
                <a class="btn btn-sm" href="/projects">"Projects"</a>
            </p>
            <p class="live-note" hidden=move || notes.gone.get() || !notes.removed.get()>
                <span>"This creator was removed, and can be restored."</span>
                <button class="btn btn-sm" on:click=|_| reload()>"Reload"</button>
            </p>
            <p class="live-note" hidden=move || notes.gone.get() || !notes.vanished.get()>
                <span>"What this page shows was deleted. It can be restored for 30 days."</span>
                <button class="btn btn-sm" on:click=|_| reload()>"Reload"</button>
            </p>
            <p class="live-note" hidden=move || notes.moved.get() == 0>
                <span>{updates}</span>
                <button class="btn btn-sm" on:click=|_| reload()>"Refresh order"</button>
            </p>
        </div>
    }
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
