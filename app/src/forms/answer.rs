//! The answers of server functions: a redirect to a page for forms, a value or a typed error for programs.

use crate::forms::error::FormError;
use crate::forms::sent::{Refused, SentForm};
use crate::visit::Visit;
use http::header::{CACHE_CONTROL, COOKIE, LOCATION, SET_COOKIE};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use leptos::prelude::use_context;
use leptos_axum::{ResponseOptions, redirect};
use program::error::AppError;
use program::refusal::Refusal;
use std::fmt::Write as _;

/// Answers that the change was made: a browser is redirected to `page`.
pub fn done(page: &str) {
    let response = use_context::<ResponseOptions>().filter(|_| SentForm::current().is_some());
    match (response, HeaderValue::from_str(page)) {
        (Some(response), Ok(page)) => {
            response.insert_header(LOCATION, page);
            response.set_status(StatusCode::SEE_OTHER);
        }
        _ => redirect(page),
    }
}

/// Answers that nothing was changed: a browser gets `page` with what was typed, a program the error with its status.
pub fn refused(page: &str, typed: &[(&str, &str)], error: AppError) -> Result<(), FormError> {
    if let Some(form) = SentForm::current() {
        let typed = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        form.refuse(Refused { page: page.to_owned(), typed, status: page_status(&error) });
        return Ok(());
    }
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status_of(&error));
    }
    Err(error.into())
}

/// Answers that a change was refused: what a person can mend comes back with what was typed, on `page`.
pub fn refusal(page: &str, typed: &[(&str, &str)], refusal: Refusal) -> Result<(), FormError> {
    match refusal.error {
        error @ (AppError::Invalid(_) | AppError::Conflict(_)) => refused(page, typed, error),
        error => Err(error.into()),
    }
}

/// Returns the HTTP status of a page with a refused form: a form that was read and refused is unprocessable.
#[must_use]
pub fn page_status(error: &AppError) -> u16 {
    match error {
        AppError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY.as_u16(),
        error => error.status(),
    }
}

/// Sets the HTTP status of the answer.
#[must_use]
pub fn status_of(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Returns a cookie of the request.
pub fn cookie(name: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    let cookies = parts.headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    let mut cookies = cookies.flat_map(|header| header.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
}

/// Sets or deletes a cookie; over https it gets the `Secure` attribute.
pub fn set_cookie(cookie: &str) {
    let secure = if Visit::current().is_https { "; Secure" } else { "" };
    let cookie = HeaderValue::from_str(&format!("{cookie}{secure}"));
    if let (Some(response), Ok(mut cookie)) = (use_context::<ResponseOptions>(), cookie) {
        // Keeps the cookie out of logged headers.
        cookie.set_sensitive(true);
        response.append_header(SET_COOKIE, cookie);
    }
}

/// Tells the browser not to store this page: what it shows is shown once.
pub fn keep_nowhere() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// Returns a page's address with a query.
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

/// Adds to the query of an address.
pub fn and_query(page: &str, pairs: &[(&str, &str)]) -> String {
    let more = with_query("", pairs);
    match more.strip_prefix('?') {
        Some(more) if page.ends_with('?') => format!("{page}{more}"),
        Some(more) if page.contains('?') => format!("{page}&{more}"),
        _ => format!("{page}{more}"),
    }
}

/// Returns the page that a form asks to return to, or another one: only pages of projects, and valid in a header.
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
