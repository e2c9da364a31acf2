//! Keeps an open page up to date: when something of the project changes, the parts of the page that say so are replaced
//! in place. Nothing moves by itself: if the order has changed, the page offers to be loaded anew.

use crate::figures::plural;
use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, DomParser, Element, EventSource, HtmlElement, HtmlInputElement, MessageEvent, Response, SupportedType,
};

/// The attribute of what is kept up to date: a name that is the same in every rendering of the page.
pub const LIVE: &str = "data-live";
/// What somebody is in the middle of.
const BUSY: &str = ":focus:not(.tick > *), :popover-open";
/// How long ids are; no word of an address or a name of a part of the page is.
const UUID_LENGTH: usize = 36;
/// How long a page rests after it was brought up to date.
const PAUSE: Duration = Duration::from_secs(1);
/// How long to wait before connecting again where the browser does not do so itself.
const AGAIN: Duration = Duration::from_secs(5);

/// Listens at `address` for as long as the page is seen.
#[island]
pub fn Live(
    /// Where the server says that something changed, since the page was rendered or since it last said so.
    address: String,
) -> impl IntoView {
    let (lost, set_lost) = signal(false);
    let (moved, set_moved) = signal(0_i64);
    Effect::new(move || {
        if !named(&document()).is_empty() {
            Rc::new(Connection::new(of_page(&address), set_lost, set_moved)).open();
        }
    });
    let updates = move || plural(moved.get(), "update", "updates");
    view! {
        <div aria-live="polite" class="live-notes">
            <p class="live-note" hidden=move || !lost.get()>"Connection lost. Trying again…"</p>
            <p class="live-note" hidden=move || moved.get() == 0>
                <span>{updates}</span>
                <button class="btn btn-sm" on:click=|_| reload()>"Refresh order"</button>
            </p>
        </div>
    }
}

/// The address where the page hears of what it shows: a page of one creator of that one only.
fn of_page(address: &str) -> String {
    let path = window().location().pathname().unwrap_or_default();
    let of_creators = path.split_once("/creators/").and_then(|(_, rest)| rest.split('/').next());
    match of_creators.filter(|creator_id| creator_id.len() == UUID_LENGTH) {
        Some(creator_id) => {
            let join = if address.contains('?') { '&' } else { '?' };
            format!("{address}{join}creator_id={creator_id}")
        }
        None => address.to_owned(),
    }
}

fn reload() {
    let _ = window().location().reload();
}

/// The connection of a page, and what became of it.
struct Connection {
    address: String,
    source: RefCell<Option<EventSource>>,
    /// The last id that the server sent.
    heard: RefCell<Option<String>>,
    refreshing: Cell<bool>,
    again: Cell<bool>,
    updated: RefCell<BTreeSet<String>>,
    set_lost: WriteSignal<bool>,
    set_moved: WriteSignal<i64>,
}

impl Connection {
    fn new(address: String, set_lost: WriteSignal<bool>, set_moved: WriteSignal<i64>) -> Connection {
        Connection {
            address,
            source: RefCell::default(),
            heard: RefCell::default(),
            refreshing: Cell::new(false),
            again: Cell::new(false),
            updated: RefCell::default(),
            set_lost,
            set_moved,
        }
    }

    /// Connects, and from now on whenever the page is seen again: a hidden page holds no connection, since a browser
    /// has only a few for each server.
    fn open(self: Rc<Self>) {
        self.connect();
        window_event_listener_untyped("visibilitychange", move |_| {
            self.close();
            if !document().hidden() {
                self.connect();
            }
        });
    }

    fn close(&self) {
        if let Some(source) = self.source.take() {
            source.close();
        }
    }

    /// Where to connect: what was heard before need not be said again. (A browser that connects again by itself says so
    /// on its own.)
    fn address(&self) -> String {
        match self.heard.borrow().as_deref() {
            Some(heard) if !heard.is_empty() => {
                let (path, query) = self.address.split_once('?').unwrap_or((&self.address, ""));
                let others = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("since="));
                let since = format!("since={heard}");
                format!("{path}?{}", others.chain([since.as_str()]).collect::<Vec<_>>().join("&"))
            }
            _ => self.address.clone(),
        }
    }

    fn connect(self: &Rc<Self>) {
        let Ok(source) = EventSource::new(&self.address()) else { return };
        let (opened, told, failed) = (Rc::clone(self), Rc::clone(self), Rc::clone(self));
        let on_open = Closure::<dyn FnMut()>::new(move || opened.set_lost.set(false));
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            *told.heard.borrow_mut() = Some(event.last_event_id());
            told.refresh();
        });
        let on_error = Closure::<dyn FnMut()>::new(move || failed.lose());
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // They live as long as the page.
        on_open.forget();
        on_message.forget();
        on_error.forget();
        *self.source.borrow_mut() = Some(source);
    }

    /// The browser tries again itself, unless the server refused.
    fn lose(self: &Rc<Self>) {
        self.set_lost.set(true);
        let refused = self.source.borrow().as_ref().is_some_and(|it| it.ready_state() == EventSource::CLOSED);
        if refused {
            self.close();
            let again = Rc::clone(self);
            set_timeout(
                move || {
                    if again.source.borrow().is_none() && !document().hidden() {
                        again.connect();
                    }
                },
                AGAIN,
            );
        }
    }

    /// Loads the page as it now is, and replaces what differs. Changes that come meanwhile are caught by one more.
    fn refresh(self: &Rc<Self>) {
        if self.refreshing.replace(true) {
            self.again.set(true);
            return;
        }
        let this = Rc::clone(self);
        spawn_local(async move {
            if let Some(fresh) = fresh_page().await {
                this.replace(&fresh);
            }
            // The first change shows at once; more that follow closely show together.
            set_timeout(
                move || {
                    this.refreshing.set(false);
                    if this.again.replace(false) {
                        this.refresh();
                    }
                },
                PAUSE,
            );
        });
    }

    fn replace(&self, fresh: &Document) {
        let (now, then) = (named(&document()), named(fresh));
        for (name, element) in &now {
            let Some((_, fresh)) = then.iter().find(|(other, _)| other == name) else { continue };
            let differs = element.outer_html() != fresh.outer_html();
            // What somebody is in the middle of stays; the next change brings it.
            if differs && !matches!(element.query_selector(BUSY), Ok(Some(_))) {
                replace(name, element, fresh);
                // Creators and goals go by their ids; headings and counts are no updates of their own.
                if name.len() == UUID_LENGTH {
                    self.updated.borrow_mut().insert(name.clone());
                }
            }
        }
        if !now.iter().map(|(name, _)| name).eq(then.iter().map(|(name, _)| name)) {
            let updated = self.updated.borrow().len().max(1);
            self.set_moved.set(i64::try_from(updated).unwrap_or(i64::MAX));
        }
    }
}

/// What is kept up to date, in order of the page.
fn named(page: &Document) -> Vec<(String, Element)> {
    let Ok(found) = page.query_selector_all(&format!("[{LIVE}]")) else { return Vec::new() };
    let elements = (0..found.length()).filter_map(|place| found.get(place)?.dyn_into::<Element>().ok());
    elements.filter_map(|element| Some((element.get_attribute(LIVE)?, element))).collect()
}

/// Replaces a part of the page, and leaves ticks and focus where people put them: the server knows nothing of these.
fn replace(name: &str, element: &Element, fresh: &Element) {
    let (ticked, focused) = (values(element, ".tick > :checked"), values(element, ".tick > :focus"));
    let is_focused = matches!(element.matches(":focus"), Ok(true));
    element.set_outer_html(&fresh.outer_html());
    let Ok(Some(element)) = document().query_selector(&format!("[{LIVE}='{name}']")) else { return };
    let input = |value: &String| {
        let found = element.query_selector(&format!(".tick > [value='{value}']")).ok().flatten()?;
        found.dyn_into::<HtmlInputElement>().ok()
    };
    ticked.iter().filter_map(input).for_each(|input| input.set_checked(true));
    for input in focused.iter().filter_map(input) {
        let _ = input.focus();
    }
    if let Some(element) = element.dyn_ref::<HtmlElement>().filter(|_| is_focused) {
        let _ = element.focus();
    }
}

/// The values of the inputs in a part of the page that a selector finds.
fn values(element: &Element, selector: &str) -> Vec<String> {
    let Ok(found) = element.query_selector_all(selector) else { return Vec::new() };
    let inputs = (0..found.length()).filter_map(|place| found.get(place)?.dyn_into::<HtmlInputElement>().ok());
    inputs.map(|input| input.value()).collect()
}

async fn fresh_page() -> Option<Document> {
    let address = window().location().href().ok()?;
    let answer = JsFuture::from(window().fetch_with_str(&address)).await.ok()?.dyn_into::<Response>().ok()?;
    if !answer.ok() {
        return None;
    }
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    DomParser::new().ok()?.parse_from_string(&text, SupportedType::TextHtml).ok()
}
