//! How a server function answers: forms are sent to a page, programs get a value or a typed error.

use crate::error::AppError;
use crate::visit::Visit;
use http::HeaderValue;
use http::header::{ACCEPT, CACHE_CONTROL, COOKIE, SET_COOKIE};
use http::request::Parts;
use leptos::prelude::use_context;
use leptos_axum::{ResponseOptions, redirect};
use std::fmt::Write as _;

/// The change is made: a form goes on to `page`.
pub fn done(page: &str) {
    redirect(page);
}

/// The change is refused: a form goes back to its page with what was typed, a program gets the error and its status.
pub fn refused(page: &str, typed: &[(&str, &str)], error: AppError) -> Result<(), AppError> {
    if is_form() {
        redirect(&with_query(page, typed));
        return Ok(());
    }
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(error.status_code());
    }
    Err(error)
}

/// A cookie that the browser sent.
pub fn cookie(name: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    let cookies = parts.headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    let mut cookies = cookies.flat_map(|header| header.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
}

/// Asks the browser to keep a cookie, or to forget it; one that came by https never travels without it.
pub fn set_cookie(cookie: &str) {
    let secure = if Visit::current().is_https { "; Secure" } else { "" };
    let cookie = HeaderValue::from_str(&format!("{cookie}{secure}"));
    if let (Some(response), Ok(mut cookie)) = (use_context::<ResponseOptions>(), cookie) {
        // What prints headers leaves it out.
        cookie.set_sensitive(true);
        response.append_header(SET_COOKIE, cookie);
    }
}

/// Asks the browser to keep this page nowhere: what it shows is shown once.
pub fn keep_nowhere() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// Whether the request was sent by a form, not by a program.
fn is_form() -> bool {
    use_context::<Parts>()
        .and_then(|parts| parts.headers.get(ACCEPT)?.to_str().ok().map(|accept| accept.contains("text/html")))
        .unwrap_or(false)
}

/// A page's address with a query.
pub fn with_query(page: &str, pairs: &[(&str, &str)]) -> String {
    let mut address = page.to_owned();
    for (place, (name, value)) in pairs.iter().enumerate() {
        address.push(if place == 0 { '?' } else { '&' });
        encode(&mut address, name);
        address.push('=');
        encode(&mut address, value);
    }
    address
}

/// As many of these texts, one on each line, as fit into so many characters: an address has to hold them.
pub fn fitting(texts: &[String], most: usize) -> String {
    let mut length = 0;
    let fit = texts.iter().take_while(|text| {
        length += text.chars().count() + 1;
        length <= most
    });
    fit.map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// An address with more of a query.
pub fn and_query(page: &str, pairs: &[(&str, &str)]) -> String {
    let more = with_query("", pairs);
    match more.strip_prefix('?') {
        Some(more) if page.ends_with('?') => format!("{page}{more}"),
        Some(more) if page.contains('?') => format!("{page}&{more}"),
        _ => format!("{page}{more}"),
    }
}

/// The page that a form says to return to, or another one: only pages of projects, and fit for a header.
pub fn back_to(back: &str, otherwise: &str) -> String {
    let fits = back.starts_with("/projects/") && back.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if fits { back.to_owned() } else { otherwise.to_owned() }
}

/// Percent-encodes everything but unreserved characters (RFC 3986, section 2.3).
fn encode(address: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            address.push(char::from(byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
}
