//! Keyboard shortcuts and small helpers for the whole page: `/` focuses the search, Ctrl or Cmd with `k` opens the search
//! dialog, `?` the list of shortcuts, `t` focuses the actions for ticked rows, arrow keys move along tabs, Enter opens the row
//! that `j` or `k` has reached, a select submits its form, Esc closes a menu and dismisses the sentence of an advisory icon.

use super::in_place;
use js_sys::{Array, Intl, Object, Reflect};
use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, FocusEvent, HtmlDialogElement, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement,
    KeyboardEvent, MouseEvent,
};

/// Adds the event listeners to the page; renders nothing.
#[island]
pub fn Shortcuts() -> impl IntoView {
    Effect::new(|| {
        if let Some(errors) = document().get_element_by_id("errors") {
            focus(&errors);
        }
        propose_zone();
        // Untyped, because a typed listener for each event would be most of this island's size.
        window_event_listener_untyped("keydown", |event| on_key(&event));
        window_event_listener_untyped("change", |event| on_change(&event));
        window_event_listener_untyped("pointerdown", |event| on_press(&event));
        in_place::begin();
        window_event_listener_untyped("click", |event| on_click(&event));
        window_event_listener_untyped("submit", |event| in_place::on_submit(&event));
        window_event_listener_untyped("input", |event| in_place::on_input(&event));
        window_event_listener_untyped("popstate", |_| in_place::on_history());
        window_event_listener_untyped("pointerover", |event| {
            let from = event.dyn_ref::<MouseEvent>().and_then(MouseEvent::related_target);
            on_arrival(&event, from.and_then(|from| from.dyn_into().ok()), ":focus-within");
        });
        window_event_listener_untyped("focusin", |event| {
            let from = event.dyn_ref::<FocusEvent>().and_then(FocusEvent::related_target);
            on_arrival(&event, from.and_then(|from| from.dyn_into().ok()), ":hover");
        });
    });
}

/// Proposes the browser's time zone in the form of a new project, unless somebody has chosen one.
fn propose_zone() {
    let field = document().query_selector("input.guess-zone").ok().flatten();
    let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else { return };
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    let zone = Reflect::get(&options, &JsValue::from_str("timeZone")).ok().and_then(|zone| zone.as_string());
    if let Some(zone) = zone.filter(|_| field.value() == "UTC") {
        field.set_value(&zone);
    }
}

fn on_key(event: &Event) {
    let (Some(key), Some(target)) = (event.dyn_ref::<KeyboardEvent>(), target(event)) else { return };
    if key.ctrl_key() || key.meta_key() || key.alt_key() {
        if key.key() == "k" && !key.alt_key() && !key.shift_key() && in_place::open_dialog() {
            event.prevent_default();
        }
        return;
    }
    match key.key().as_str() {
        "/" if !matches(&target, TYPING) => {
            if let Ok(Some(search)) = document().query_selector("[data-search]") {
                event.prevent_default();
                focus(&search);
            }
        }
        "?" if !matches(&target, TYPING) => {
            let button = document().query_selector("[popovertarget=keys]").ok().flatten();
            if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                button.click();
            }
        }
        "ArrowUp" | "ArrowDown" if in_place::on_arrow(key, &target) => event.prevent_default(),
        "t" if !matches(&target, TYPING) => {
            if let Ok(Some(first)) = document().query_selector("[data-ticked] button") {
                event.prevent_default();
                focus(&first);
            }
        }
        key @ ("ArrowLeft" | "ArrowRight") if matches(&target, "nav.tabs > a") => {
            let next =
                if key == "ArrowRight" { target.next_element_sibling() } else { target.previous_element_sibling() };
            if let Some(next) = next {
                event.prevent_default();
                focus(&next);
            }
        }
        key @ ("j" | "k" | "a" | "e" | "x" | "u") if !matches(&target, TYPING) => {
            if on_row_key(key, &target) {
                event.prevent_default();
            }
        }
        // A row that `j` or `k` has reached.
        "Enter" if matches(&target, "[data-row]") => {
            let link = target.query_selector("[data-row-link]").ok().flatten();
            if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
                link.click();
            }
        }
        "Escape" => {
            if let Ok(Some(menu)) = document().query_selector(".menu[open]") {
                let _ = menu.remove_attribute("open");
                if let Ok(Some(button)) = menu.query_selector("summary") {
                    focus(&button);
                }
            }
            // Hover and focus may each keep a sentence open.
            for held in [":hover", ":focus-within"] {
                if let Ok(Some(tip)) = document().query_selector(&format!(".tip{held}")) {
                    let _ = tip.set_attribute(DISMISSED, "");
                }
            }
        }
        _ => {}
    }
}

/// Selects the elements in which letters are typed.
const TYPING: &str = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

/// Moves along the rows of a list with `j` and `k`, or clicks whatever else has this key; returns whether there was
/// anything.
fn on_row_key(key: &str, target: &Element) -> bool {
    let rows = document().query_selector_all("[data-row]").ok();
    let rows: Vec<Element> = rows
        .into_iter()
        .flat_map(|rows| (0..rows.length()).filter_map(move |place| rows.get(place)?.dyn_into().ok()))
        .collect();
    let current = target.closest("[data-row]").ok().flatten();
    let place = current.as_ref().and_then(|current| rows.iter().position(|row| row == current));
    let pressed = match key {
        "j" => place.map_or(rows.first(), |place| rows.get(place + 1)).map(focus),
        "k" => place.map_or(rows.last(), |place| rows.get(place.checked_sub(1)?)).map(focus),
        _ => {
            let of_row = current.and_then(|row| row.query_selector(&format!("[data-key={key}]")).ok().flatten());
            let of_page = || document().query_selector(&format!("[data-page-key={key}]")).ok().flatten();
            of_row.or_else(of_page).and_then(|button| button.dyn_into::<HtmlElement>().ok()).map(|it| it.click())
        }
    };
    pressed.is_some()
}

fn on_change(event: &Event) {
    let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    if let Some(select) = select.filter(|select| select.has_attribute("data-autosubmit"))
        && let Some(form) = select.form().and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
    {
        let _ = form.request_submit();
    }
}

fn on_click(event: &Event) {
    let Some(target) = target(event) else { return };
    if let Ok(Some(button)) = target.closest("[data-copy]") {
        in_place::copy(&button);
    } else if matches!(target.closest("[data-go]"), Ok(Some(_))) && in_place::open_dialog() {
        event.prevent_default();
    } else {
        in_place::on_click(event);
    }
}

/// Closes a menu when something beside it is pressed, and the search dialog when its backdrop is.
fn on_press(event: &Event) {
    let inside = target(event).and_then(|target| target.closest(".menu").ok().flatten());
    if let (None, Ok(Some(menu))) = (inside, document().query_selector(".menu[open]")) {
        let _ = menu.remove_attribute("open");
    }
    let dialog = event.target().and_then(|target| target.dyn_into::<HtmlDialogElement>().ok());
    // What is pressed beside the contents of the search dialog is the dialog itself. A note is closed by its button alone.
    if let Some(dialog) = dialog.filter(|dialog| dialog.id() == "go") {
        dialog.close();
    }
}

/// The attribute with which the style sheet hides the sentence of an icon.
const DISMISSED: &str = "data-dismissed";

/// Handles pointer or focus entering an element. A dismissed sentence may show again once both have left its icon, that
/// is, if this one comes from outside the icon and the other one (`held`) is not in it.
fn on_arrival(event: &Event, from: Option<Element>, held: &str) {
    let Some(tip) = target(event).and_then(|target| target.closest(".tip").ok().flatten()) else { return };
    let from_outside = !from.is_some_and(|from| tip.contains(Some(&from)));
    if from_outside && !matches(&tip, held) {
        let _ = tip.remove_attribute(DISMISSED);
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn matches(element: &Element, selector: &str) -> bool {
    element.matches(selector).unwrap_or(false)
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}
