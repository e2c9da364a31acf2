//! What an open page says about its connection, and about changes that it cannot show in place.

use super::NOTES;
use crate::figures::plural;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use std::cell::RefCell;
use web_sys::{Element, HtmlElement};

/// What there is to say.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The time since which the page has not been live.
    pub lost_since: Option<String>,
    /// The retry that somebody asked for.
    pub retry: Retry,
    /// Whether the project has been deleted.
    pub gone: bool,
    /// Whether the creator of the page was removed since it was loaded.
    pub removed: bool,
    /// Whether what the page shows was deleted since it was loaded.
    pub vanished: bool,
    /// The number of updates that would change the order.
    pub moved: i64,
}

/// A retry that somebody asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Retry {
    /// Nobody has.
    #[default]
    None,
    /// It is running.
    Running,
    /// It failed at this time.
    Failed(String),
}

/// The notes, which the server renders hidden.
#[derive(Debug, Default)]
pub struct Notes(RefCell<State>);

impl Notes {
    /// Returns what there is to say now.
    pub fn now(&self) -> State {
        self.0.borrow().clone()
    }

    /// Changes what there is to say, and shows it.
    pub fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.0.borrow_mut());
        self.show();
    }

    fn show(&self) {
        let State { lost_since, retry, gone, removed, vanished, moved } = self.now();
        let attempt = match &retry {
            Retry::Running => "Trying…".to_owned(),
            Retry::Failed(at) => format!("No answer at {at}. Trying again…"),
            Retry::None => "Trying again…".to_owned(),
        };
        set_text("attempt", &attempt);
        if let Some(since) = &lost_since {
            set_text("since", since);
        }
        set_text("updates", &plural(moved, "update", "updates"));
        if let Some(button) = element("retry") {
            let _ = if retry == Retry::Running {
                button.set_attribute("aria-disabled", "true")
            } else {
                button.remove_attribute("aria-disabled")
            };
        }
        for (name, is_shown) in [
            ("lost", !gone && lost_since.is_some()),
            ("gone", gone),
            ("removed", !gone && removed),
            ("vanished", !gone && vanished),
            ("moved", moved > 0),
        ] {
            if let Some(note) = element(name).and_then(|note| note.dyn_into::<HtmlElement>().ok()) {
                note.set_hidden(!is_shown);
            }
        }
    }
}

/// Sets a text that differs, so that what was said already is not read out again.
fn set_text(name: &str, text: &str) {
    if let Some(element) = element(name).filter(|element| element.text_content().as_deref() != Some(text)) {
        element.set_text_content(Some(text));
    }
}

fn element(name: &str) -> Option<Element> {
    document().query_selector(&format!("[{NOTES}={name}]")).ok().flatten()
}
