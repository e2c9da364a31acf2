//! The parts of a page that are updated.

use super::names::{LIVE, REMOVED, UPDATE};
use js_sys::Array;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Document, DomParser, Element, HtmlElement, HtmlInputElement, RequestInit, Response, SupportedType,
};

/// Selects what somebody is using at the moment.
pub const BUSY: &str = ":focus:not(.tick > *), :popover-open";
/// How long loading a page may take, in milliseconds.
const PATIENCE_MS: u32 = 30_000;

/// Returns the parts that are updated, in document order.
pub fn named(page: &Document) -> Vec<(String, Element)> {
    let Ok(found) = page.query_selector_all(&format!("[{LIVE}]")) else { return Vec::new() };
    let elements = (0..found.length()).filter_map(|place| found.get(place)?.dyn_into::<Element>().ok());
    elements.filter_map(|element| Some((element.get_attribute(LIVE)?, element))).collect()
}

/// Returns whether a page is that of a removed creator.
pub fn is_of_removed(page: &Document) -> bool {
    matches!(page.query_selector(&format!("[{REMOVED}]")), Ok(Some(_)))
}

/// Replaces a part of the page, and keeps ticks and focus, which the server does not know.
///
/// The part is the first on the page whose `attribute` is `name`.
pub fn replace(attribute: &str, name: &str, element: &Element, fresh: &Element) {
    let (ticked, focused) = (values(element, ".tick > :checked"), values(element, ".tick > :focus"));
    let is_focused = matches!(element.matches(":focus"), Ok(true));
    element.set_outer_html(&fresh.outer_html());
    let Ok(Some(element)) = document().query_selector(&format!("[{attribute}='{name}']")) else { return };
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

/// Returns the values of the inputs in an element that match a selector.
fn values(element: &Element, selector: &str) -> Vec<String> {
    let Ok(found) = element.query_selector_all(selector) else { return Vec::new() };
    let inputs = (0..found.length()).filter_map(|place| found.get(place)?.dyn_into::<HtmlInputElement>().ok());
    inputs.map(|input| input.value()).collect()
}

/// Loads the page and replaces one part of it, unless somebody is using that part. Returns `None` if the server does not
/// answer, or if the page no longer exists.
pub async fn refresh_part(name: &str) -> Option<()> {
    let Loaded::Page(fresh) = fresh_page().await? else { return None };
    let find = |page: &Document| page.query_selector(&format!("[{LIVE}='{name}']")).ok().flatten();
    if let Some((element, fresh)) = find(&document()).zip(find(&fresh))
        && !matches!(element.query_selector(BUSY), Ok(Some(_)))
    {
        replace(LIVE, name, &element, &fresh);
    }
    Some(())
}

/// What the server answers when the page is loaded again.
pub enum Loaded {
    /// The page as it is now.
    Page(Document),
    /// That what the page shows no longer exists.
    Gone,
}

/// Loads the current page from the server; `None` if it does not answer in time.
pub async fn fresh_page() -> Option<Loaded> {
    page_at(&window().location().href().ok()?).await
}

/// Loads a page from the server; `None` if it does not answer in time.
pub async fn page_at(address: &str) -> Option<Loaded> {
    const NO_CONTENT: u16 = 204;
    let request = RequestInit::new();
    request.set_headers(&Array::of1(&Array::of2(&JsValue::from_str(UPDATE), &JsValue::from_str("1"))));
    request.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    let answer = window().fetch_with_str_and_init(address, &request);
    let answer = JsFuture::from(answer).await.ok()?.dyn_into::<Response>().ok()?;
    if answer.status() == NO_CONTENT {
        return Some(Loaded::Gone);
    }
    if !answer.ok() {
        return None;
    }
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    let page = DomParser::new().ok()?.parse_from_string(&text, SupportedType::TextHtml).ok()?;
    Some(Loaded::Page(page))
}
