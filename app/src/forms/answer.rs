//! The answers of server functions: a redirect to a page for forms, a value or a typed error for programs.

use crate::forms::error::FormError;
use crate::forms::sent::{Refused, SentForm};
use crate::visit::Visit;
use cookie::Cookie;
use http::header::{CACHE_CONTROL, COOKIE, LOCATION, SET_COOKIE};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use leptos::prelude::use_context;
use leptos_axum::{ResponseOptions, redirect};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use program::error::AppError;
use program::refusal::Refusal;

/// Everything but the unreserved characters (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The longest address of a page, in bytes. What is longer does not reach every server.
pub const LONGEST_ADDRESS: usize = 2_000;
/// Answers that the change was made: a browser is redirected to `page`. If its address is too long, the place on the page is
/// left out, or else the query too.
pub fn done(page: &str) {
    let without_place = page.split('#').next().unwrap_or_default();
    let shorter = [page, without_place, path_of(page)].into_iter();
    let page = shorter.into_iter().find(|page| page.len() <= LONGEST_ADDRESS).unwrap_or("/");
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

/// Answers that a change was refused: what a person can correct is shown on `page`, with what was typed.
pub fn refusal(page: &str, typed: &[(&str, &str)], refusal: Refusal) -> Result<(), FormError> {
    match refusal.error {
        error @ (AppError::Invalid(_) | AppError::Conflict(_)) => refused(page, typed, error),
        error => Err(error.into()),
    }
}

/// Returns the HTTP status of a page with a refused form: a form that was read and refused is unprocessable.
#[must_use]
pub const fn page_status(error: &AppError) -> StatusCode {
    match error {
        AppError::Invalid(_) | AppError::Incomplete(_) => StatusCode::UNPROCESSABLE_ENTITY,
        error => status_of(error),
    }
}

/// Returns the HTTP status for an error.
#[must_use]
pub const fn status_of(error: &AppError) -> StatusCode {
    match error {
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::Invalid(_) | AppError::Incomplete(_) => StatusCode::BAD_REQUEST,
        AppError::Forbidden(_) => StatusCode::FORBIDDEN,
        AppError::Conflict(_) => StatusCode::CONFLICT,
        AppError::Unavailable | AppError::Unwritable(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Returns the value of a cookie of the request.
pub fn cookie(name: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    let headers = parts.headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    headers
        .flat_map(Cookie::split_parse)
        .flatten()
        .find(|known| known.name() == name)
        .map(|known| known.value().to_owned())
}

/// Sets or deletes a cookie; over https it gets the `Secure` attribute.
pub fn set_cookie(mut cookie: Cookie<'_>) {
    if Visit::current().is_https {
        cookie.set_secure(true);
    }
    let header = HeaderValue::from_str(&cookie.to_string());
    if let (Some(response), Ok(mut header)) = (use_context::<ResponseOptions>(), header) {
        // Keeps the cookie out of logged headers.
        header.set_sensitive(true);
        response.append_header(SET_COOKIE, header);
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
        address.extend(utf8_percent_encode(name, RESERVED));
        address.push('=');
        address.extend(utf8_percent_encode(value, RESERVED));
    }
    address
}

/// Adds to the query of an address. If it would become too long, its query is left out.
pub fn and_query(page: &str, pairs: &[(&str, &str)]) -> String {
    let more = with_query("", pairs);
    let page = if page.len() + more.len() > LONGEST_ADDRESS { path_of(page) } else { page };
    match more.strip_prefix('?') {
        Some(more) if page.ends_with('?') => format!("{page}{more}"),
        Some(more) if page.contains('?') => format!("{page}&{more}"),
        _ => format!("{page}{more}"),
    }
}

fn path_of(page: &str) -> &str {
    page.split(['?', '#']).next().unwrap_or_default()
}

/// The longest path of a page, in bytes.
const LONGEST_PATH: usize = 300;
/// The parameters of a page's address by which it tells the result of a form; the result of an earlier one is outdated.
const RESULTS: [&str; 22] = [
    "done",
    "refused",
    "added",
    "present",
    "items_added",
    "circle",
    "reviewed",
    "count",
    "before",
    "state",
    "undo",
    "uploaded",
    "undone",
    "paste",
    "assigned",
    "changed",
    "kept",
    "left_out",
    "undo_assignment",
    "taken_back",
    "removed_kind",
    "removed_id",
];

/// Returns the page that a form asks to return to, or another one: only pages of projects, and valid in a header. A place on
/// the page is left out, and what the page told of an earlier form.
pub fn back_to(back: &str, otherwise: &str) -> String {
    let page = back.split('#').next().unwrap_or_default();
    let is_page = page.starts_with("/projects/") && path_of(page).len() <= LONGEST_PATH;
    if is_page && page.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        without_results(page)
    } else {
        otherwise.to_owned()
    }
}

/// Returns an address without the parameters that tell the result of a form.
#[must_use]
pub fn without_results(page: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let is_kept = |part: &&str| !part.is_empty() && !RESULTS.contains(&part.split('=').next().unwrap_or_default());
    let kept: Vec<&str> = query.split('&').filter(is_kept).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::prelude::{Owner, provide_context};

    /// Runs `read` during a request with these `Cookie` headers.
    fn with_cookies<T>(headers: &[&str], read: impl FnOnce() -> T) -> T {
        let mut request = http::Request::new(());
        for header in headers {
            request.headers_mut().append(COOKIE, header.parse().expect("a header"));
        }
        Owner::new().with(|| {
            provide_context(request.into_parts().0);
            read()
        })
    }

    #[test]
    fn a_query_has_everything_encoded_that_is_not_unreserved() {
        for byte in 0..=127_u8 {
            let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            let expected = if plain { char::from(byte).to_string() } else { format!("%{byte:02X}") };
            assert_eq!(with_query("", &[("", &char::from(byte).to_string())]), format!("?={expected}"));
        }
        let query = with_query("/projects", &[("näme", "ü 100 %"), ("q", "a&b=c/d?e#f+g")]);
        assert_eq!(query, "/projects?n%C3%A4me=%C3%BC%20100%20%25&q=a%26b%3Dc%2Fd%3Fe%23f%2Bg");
    }

    #[test]
    fn a_form_returns_to_a_page_of_a_project_without_what_an_earlier_form_told() {
        let long = "a".repeat(10_000);
        let cases = [
            ("/projects/1/inbox?q=a&page=2", "/projects/1/inbox?q=a&page=2"),
            ("/projects/1/inbox#x", "/projects/1/inbox"),
            ("/projects/1/inbox?reviewed=approve&count=99&undo=z&q=a#post-1", "/projects/1/inbox?q=a"),
            ("/projects/1?done=saved", "/projects/1"),
            ("//evil.example/projects/1", "/else"),
            ("https://evil.example/projects/1", "/else"),
            ("/projects/\\evil", "/else"),
            ("/projects/1/in box", "/else"),
            (&format!("/projects/{long}"), "/else"),
        ];
        for (back, page) in cases {
            assert_eq!(back_to(back, "/else"), page, "{back}");
        }
    }

    #[test]
    fn an_address_that_would_be_too_long_loses_its_query() {
        let page = |length: usize| format!("/projects/1?q={}", "a".repeat(length));
        let told = [("done", "saved")];
        assert_eq!(and_query(&page(1_000), &told), format!("{}&done=saved", page(1_000)));
        assert_eq!(and_query(&page(2_000), &told), "/projects/1?done=saved");
    }

    #[test]
    fn a_cookie_is_found_among_others_and_the_first_of_its_name_counts() {
        let read = |headers: &[&str], name| with_cookies(headers, || cookie(name));
        assert_eq!(read(&["theme=dark"], "theme").as_deref(), Some("dark"));
        assert_eq!(read(&["a=1;theme=dark; theme=light"], "theme").as_deref(), Some("dark"));
        assert_eq!(read(&["nothing", "=; ;; b; theme=a=b\""], "theme").as_deref(), Some("a=b\""));
        assert_eq!(read(&["q=\"x\"; p=%41"], "q").as_deref(), Some("\"x\""), "quotes belong to the value");
        assert_eq!(read(&["q=\"x\"; p=%41"], "p").as_deref(), Some("%41"), "values are not decoded");
        assert_eq!(read(&["themes=dark; Theme=dark"], "theme"), None);
        assert_eq!(read(&[], "theme"), None);
    }
}
