//! Links and search fields of a list show their result in place: the page is loaded in the background, and the parts of it
//! that are marked with `data-part` are replaced. What is focused or being typed stays, and the ticks of the rows that stay.
//! Without this the same links and forms load the page.

use super::live::{Loaded, page_at, replace};
use js_sys::Reflect;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use std::cell::{Cell, RefCell};
use std::time::Duration;
use web_sys::{
    Document, Element, Event, FormData, HtmlAnchorElement, HtmlDialogElement, HtmlElement, HtmlFormElement,
    HtmlInputElement, KeyboardEvent, MouseEvent, UrlSearchParams,
};

/// The attribute of the parts: a name that is the same in every rendering of the page.
const PART: &str = "data-part";
/// The dialog that opens from anywhere; its parts are those of the page that its form leads to.
const DIALOG: &str = "dialog#go";
/// Selects what somebody may be typing into or choosing from. A part with such an element in focus is not replaced.
const IN_USE: &str = "input[type=search]:focus, select:focus";
/// The attribute that keeps the label of a button while it says what was done.
const LABEL: &str = "data-label";
/// How long the search waits for the next letter.
const NEXT_LETTER: Duration = Duration::from_millis(150);

thread_local! {
    /// The number of the latest request; the answers to earlier ones are dropped.
    static ASKED: Cell<u32> = const { Cell::new(0) };
    /// The path and query that the page shows.
    static SHOWN: RefCell<String> = const { RefCell::new(String::new()) };
    static WAITING: Cell<Option<TimeoutHandle>> = const { Cell::new(None) };
}

/// What becomes of the browser's history.
#[derive(Clone, Copy, PartialEq, Eq)]
enum History {
    /// A link was followed: Back returns to what was shown before.
    Push,
    /// A letter was typed.
    Replace,
    /// The browser went back or forward by itself, or the parts are those of a dialog.
    Keep,
}

/// Remembers what the page shows.
pub fn begin() {
    SHOWN.with(|shown| *shown.borrow_mut() = here());
}

/// Follows a link to the page that is shown.
pub fn on_click(event: &Event) {
    let Some(press) = event.dyn_ref::<MouseEvent>() else { return };
    if press.button() != 0 || press.ctrl_key() || press.meta_key() || press.shift_key() || press.alt_key() {
        return;
    }
    let link = press.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = link.and_then(|target| target.closest(&format!("[{PART}] a[href]")).ok().flatten());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
    let place = window().location();
    let is_here = place.pathname() == Ok(link.pathname()) && place.origin() == Ok(link.origin());
    if !is_here || link.has_attribute("download") || place.search() == Ok(link.search()) {
        return;
    }
    event.prevent_default();
    // A menu closes over what was chosen from it, and its button keeps the focus.
    if let Ok(Some(menu)) = link.closest(".menu[open]") {
        let _ = menu.remove_attribute("open");
        if let Ok(Some(button)) = menu.query_selector("summary") {
            focus(&button);
        }
    }
    follow(link.href(), History::Push);
}

/// Shows the result of a search form in place.
pub fn on_submit(event: &Event) {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = form.filter(shows_in_place) else { return };
    if is_in_dialog(&form) {
        // The first result, if those shown are of what was typed; otherwise the page with the results loads.
        let link = document().query_selector(&format!("{DIALOG} [data-for] a")).ok().flatten();
        let of = document().query_selector(&format!("{DIALOG} [data-for]")).ok().flatten();
        let of = of.and_then(|part| part.get_attribute("data-for"));
        if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok())
            && of == typed(&form)
        {
            event.prevent_default();
            link.click();
        }
        return;
    }
    event.prevent_default();
    stop_waiting();
    search(&form, History::Push);
}

/// Searches while somebody types.
pub fn on_input(event: &Event) {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let form = field.filter(|field| field.type_() == "search").and_then(|field| field.form());
    let Some(form) = form.filter(shows_in_place) else { return };
    stop_waiting();
    let then = move || {
        let history = if is_in_dialog(&form) { History::Keep } else { History::Replace };
        search(&form, history);
    };
    WAITING.set(set_timeout_with_handle(then, NEXT_LETTER).ok());
}

/// Forgets the search that waits for the next letter.
fn stop_waiting() {
    if let Some(waiting) = WAITING.take() {
        waiting.clear();
    }
}

/// Shows the page that Back or Forward leads to.
pub fn on_history() {
    let here = here();
    // A link within the page changes the part of the address after `#` alone.
    if SHOWN.with(|shown| *shown.borrow() != here) && !parts(&document(), "#main").is_empty() {
        if let Some(dialog) = dialog() {
            dialog.close();
        }
        follow(here, History::Keep);
    }
}

/// Opens the search dialog; on the search page itself, focuses its field. Returns whether there is either.
pub fn open_dialog() -> bool {
    let Some(dialog) = dialog() else {
        let field = document().get_element_by_id("search");
        field.iter().for_each(focus);
        return field.is_some();
    };
    if !dialog.open() {
        let _ = dialog.show_modal();
        let form = dialog.query_selector("form").ok().flatten();
        if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
            search(&form, History::Keep);
        }
    }
    true
}

fn dialog() -> Option<HtmlDialogElement> {
    document().query_selector(DIALOG).ok().flatten()?.dyn_into().ok()
}

/// Moves through the results of the dialog with the arrow keys; returns whether there was one to move to.
pub fn on_arrow(event: &KeyboardEvent, target: &Element) -> bool {
    let Ok(Some(dialog)) = target.closest(DIALOG) else { return false };
    let Ok(found) = dialog.query_selector_all("input, [data-part] a") else { return false };
    let stops: Vec<Element> = (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect();
    let Some(place) = stops.iter().position(|stop| stop == target) else { return false };
    let next = if event.key() == "ArrowDown" { Some(place + 1) } else { place.checked_sub(1) };
    next.and_then(|next| stops.get(next)).map(focus).is_some()
}

/// Copies the text or value of the element that a button names, and says so on the button.
pub fn copy(button: &Element) {
    let source = button.get_attribute("data-copy").and_then(|id| document().get_element_by_id(&id));
    let Some(source) = source else { return };
    let text = match source.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        Some(area) => area.value(),
        None => source
            .dyn_ref::<HtmlInputElement>()
            .map_or_else(|| source.text_content().unwrap_or_default(), HtmlInputElement::value),
    };
    // Not there on pages without encryption that come from another machine.
    let clipboard = Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
    let copied =
        clipboard.is_ok_and(|it| !it.is_undefined()).then(|| window().navigator().clipboard().write_text(&text));
    let button = button.clone();
    spawn_local(async move {
        let done = match copied {
            Some(copied) => wasm_bindgen_futures::JsFuture::from(copied).await.is_ok(),
            None => false,
        };
        // Kept apart, because the button may be pressed again while it says what was done.
        let label = button.get_attribute(LABEL).or_else(|| button.text_content()).unwrap_or_default();
        let _ = button.set_attribute(LABEL, &label);
        button.set_text_content(Some(if done { "Copied" } else { "Not copied" }));
        say(if done { "Copied" } else { "Not copied: select the text and copy it" });
        set_timeout(move || button.set_text_content(Some(&label)), Duration::from_secs(2));
    });
}

fn search(form: &HtmlFormElement, history: History) {
    if let Some(address) = address(form) {
        follow(address, history);
    }
}

/// Loads a page and replaces the parts that it shares with the one that is shown.
fn follow(address: String, history: History) {
    let asked = ASKED.get().wrapping_add(1);
    ASKED.set(asked);
    let scope =
        if document().query_selector(&format!("{DIALOG}[open]")).ok().flatten().is_some() { DIALOG } else { "#main" };
    spawn_local(async move {
        let loaded = page_at(&address).await;
        if ASKED.get() != asked {
            return;
        }
        match loaded {
            Some(Loaded::Page(fresh)) => show(&fresh, scope, history == History::Keep && scope != DIALOG),
            // Nothing is lost: the next letter tries again.
            _ if history == History::Replace || scope == DIALOG => return,
            _ => {
                let _ = window().location().set_href(&address);
                return;
            }
        }
        if scope == DIALOG {
            return;
        }
        if let Ok(past) = window().history() {
            let address = Some(address.as_str());
            let _ = match history {
                History::Push => past.push_state_with_url(&JsValue::NULL, "", address),
                History::Replace => past.replace_state_with_url(&JsValue::NULL, "", address),
                History::Keep => Ok(()),
            };
        }
        SHOWN.with(|shown| *shown.borrow_mut() = here());
        // The row, or the heading of the group, that the link is about.
        let about = window().location().hash().unwrap_or_default();
        if let (History::Push, Some(element)) = (history, document().get_element_by_id(about.trim_start_matches('#'))) {
            focus(&element);
        }
    });
}

/// Shows the parts of a page. If the browser went back to it, a field that is in focus shows what was searched for then.
fn show(fresh: &Document, scope: &str, is_back: bool) {
    let then = parts(fresh, "#main");
    for (name, element) in parts(&document(), scope) {
        let Some((_, fresh)) = then.iter().find(|(other, _)| *other == name) else { continue };
        if is_back || !matches!(element.query_selector(IN_USE), Ok(Some(_))) {
            replace(PART, &name, &element, fresh);
        }
    }
    let said = fresh.query_selector("#main [data-said]").ok().flatten();
    say(&said.and_then(|said| said.text_content()).unwrap_or_default());
}

/// Says something to screen readers. While the dialog is open, they hear nothing beside it.
fn say(text: &str) {
    let status = document().query_selector(&format!("{DIALOG}[open] [aria-live]")).ok().flatten();
    if let Some(status) = status.or_else(|| document().get_element_by_id("said")) {
        status.set_text_content(Some(text));
    }
}

fn parts(page: &Document, scope: &str) -> Vec<(String, Element)> {
    let Ok(found) = page.query_selector_all(&format!("{scope} [{PART}]")) else { return Vec::new() };
    let elements = (0..found.length()).filter_map(|place| found.get(place)?.dyn_into::<Element>().ok());
    elements.filter_map(|element| Some((element.get_attribute(PART)?, element))).collect()
}

/// Returns whether a form's result is shown on the page or in the dialog that it stands in.
fn shows_in_place(form: &HtmlFormElement) -> bool {
    form.method() == "get" && (is_in_dialog(form) || !parts(&document(), "#main").is_empty())
}

fn is_in_dialog(form: &HtmlFormElement) -> bool {
    matches!(form.closest(DIALOG), Ok(Some(_)))
}

/// Returns the address of a form with what is filled in.
fn address(form: &HtmlFormElement) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    let fields = String::from(UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?.to_string());
    let fields: Vec<&str> = fields.split('&').filter(|field| !field.ends_with('=')).collect();
    let path = form.get_attribute("action").or_else(|| window().location().pathname().ok())?;
    let query = if fields.is_empty() { String::new() } else { format!("?{}", fields.join("&")) };
    Some(format!("{path}{query}"))
}

/// Returns the text in the search field of a form.
fn typed(form: &HtmlFormElement) -> Option<String> {
    let field = form.query_selector("[type=search]").ok().flatten()?;
    Some(field.dyn_into::<HtmlInputElement>().ok()?.value().trim().to_owned())
}

fn here() -> String {
    let place = window().location();
    format!("{}{}", place.pathname().unwrap_or_default(), place.search().unwrap_or_default())
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}
