//! Answers forms that were refused or failed with their own page, the status, and everything that was typed.
//!
//! A browser that sends a form gets a redirect if the change was made. Otherwise the page of the form is rendered as
//! the answer to the POST itself, with [`Returned`] in its request, so that nothing that was typed goes into a URL. If
//! that page cannot be rendered either, a page that needs no database shows what was typed.

use crate::api::ApiError;
use crate::limits::LARGEST_FORM;
use crate::refused::Why;
use app::forms::answer::{LONGEST_ADDRESS, back_to, page_status, status_of, without_results};
use app::forms::sent::{Refused, Returned, SentForm};
use app::pages::UNSAVED;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, REFERER, TRANSFER_ENCODING};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use program::error::AppError;
use tower::ServiceExt as _;
use url::form_urlencoded;

/// The path prefix of all forms.
const FORMS: &str = "/forms/";
/// The header that marks an error of a server function.
const MARK: &str = "serverfnerror";
/// The message for a form whose project, creator, goal or campaign does not exist.
const GONE: &str = "This no longer exists; somebody may have deleted it. Deleted things can be restored for 30 days \
    (projects on the Projects page).";
/// The message for a form without all of its fields.
const INCOMPLETE: &str = "The form is not complete. Load its page again, then send it.";
/// The largest error of a server function, in bytes.
const LONGEST_ERROR: usize = 64 * 1024;

/// Answers a browser's form with a page, and a program's with the status of its error. `pages` renders the pages.
pub async fn answer(State(pages): State<Router>, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with(FORMS) {
        return next.run(request).await;
    }
    match (is_browser(&request), request.method()) {
        (true, &Method::POST) => of_browser(pages, request).await,
        // The address of a refused form was opened again.
        (true, &Method::GET) => {
            Redirect::to(&page_before(request.headers().get(REFERER)).unwrap_or_else(|| "/".to_owned())).into_response()
        }
        _ => match error_of(next.run(request).await).await {
            Ok(response) => response,
            Err((error, mut response)) => {
                *response.status_mut() = status_of(&error);
                response
            }
        },
    }
}

fn is_browser(request: &Request) -> bool {
    let accept = request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// The answer to a form that changed nothing and is not handled by a server function. Programs get the sentence;
/// [`show_unchanged`] renders the page for browsers.
#[derive(Debug, Clone)]
pub struct Unchanged {
    /// The path and query of the page that the form belongs to; `None` for the page that it was sent from.
    pub page: Option<String>,
    /// The fields as they were typed.
    pub typed: Vec<(String, String)>,
    /// The status of the answer.
    pub status: StatusCode,
    /// Why nothing was changed.
    pub sentence: String,
    /// The code by which the page explains it at a field, if it does.
    pub code: Option<&'static str>,
}

impl<E: Into<AppError>> From<E> for Unchanged {
    fn from(error: E) -> Unchanged {
        let error = error.into();
        let status = page_status(&error);
        Unchanged { page: None, typed: Vec::new(), status, sentence: sentence_of(&error), code: None }
    }
}

impl IntoResponse for Unchanged {
    fn into_response(self) -> Response {
        let mut answer = (self.status, format!("{}\n", self.sentence)).into_response();
        answer.extensions_mut().insert(self);
        answer
    }
}

/// Renders the page of a form whose handler answers with [`Unchanged`].
pub async fn show_unchanged(State(pages): State<Router>, request: Request, next: Next) -> Response {
    let is_browser = is_browser(&request) && request.method() == Method::POST;
    let (parts, body) = request.into_parts();
    let sent = parts.clone();
    let mut answer = next.run(Request::from_parts(parts, body)).await;
    let Some(unchanged) = answer.extensions_mut().remove::<Unchanged>().filter(|_| is_browser) else {
        return answer;
    };
    let Unchanged { page, typed, status, sentence, code } = unchanged;
    let page = page.or_else(|| page_before(sent.headers.get(REFERER))).unwrap_or_default();
    let why = code.map(|code| ("refused".to_owned(), code.to_owned()));
    let refused = Refused { page, typed: why.into_iter().collect(), status };
    let mut answer = render(&pages, &sent, refused, typed, code.is_none().then_some(sentence)).await;
    if let Some(code) = code {
        // For the log: an answer of this status without a reason counts as "forbidden".
        answer.extensions_mut().insert(Why(code));
    }
    answer
}

fn sentence_of(error: &AppError) -> String {
    match error {
        AppError::NotFound => GONE.to_owned(),
        // Says what a program has to change, which means nothing to people.
        AppError::Incomplete(_) => INCOMPLETE.to_owned(),
        error => error.to_string(),
    }
}

async fn of_browser(pages: Router, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let bytes = match to_bytes(body, LARGEST_FORM).await {
        Ok(bytes) => bytes,
        Err(cause) => {
            let error = ApiError::unread(&cause, &format!("The form is larger than {} KiB.", LARGEST_FORM / 1024));
            let (page, status) = (page_before(parts.headers.get(REFERER)), error.status);
            let refused = Refused { page: page.unwrap_or_default(), typed: Vec::new(), status };
            return render(&pages, &parts, refused, Vec::new(), Some(error.sentence)).await;
        }
    };
    let fields: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().collect();
    let form = SentForm::default();
    parts.extensions.insert(form.clone());
    // The server function answers as it would a program; what to do with its error is decided here.
    let mut sent = Request::from_parts(parts.clone(), Body::from(bytes));
    sent.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    let answered = run(&pages, sent).await;
    if let Some(refused) = form.take() {
        return render(&pages, &parts, refused, fields, None).await;
    }
    match error_of(answered).await {
        Ok(response) => response,
        Err((error, _)) => {
            let back = fields.iter().find(|(name, _)| name == "back").map(|(_, back)| back_to(back, ""));
            let page = back.filter(|back| !back.is_empty()).or_else(|| page_before(parts.headers.get(REFERER)));
            let refused = Refused { page: page.unwrap_or_default(), typed: Vec::new(), status: page_status(&error) };
            render(&pages, &parts, refused, fields, Some(sentence_of(&error))).await
        }
    }
}

/// Renders the page of a refused form with what was typed, or a simpler page if that cannot be rendered.
async fn render(
    pages: &Router,
    sent: &Parts,
    refused: Refused,
    fields: Vec<(String, String)>,
    sentence: Option<String>,
) -> Response {
    let Refused { page, typed, mut status } = refused;
    let address = if page.is_empty() { "/".to_owned() } else { page.clone() };
    let mut returned = Returned { action: sent.uri.path().to_owned(), address, fields, sentence };
    if !page.is_empty() {
        let shown: Vec<_> = typed.into_iter().chain(returned.fields.clone()).collect();
        let shown = Returned { fields: shown, ..returned.clone() };
        let mut response = run(pages, request_for(&page, sent, shown)).await;
        if response.status().is_success() {
            *response.status_mut() = status;
            return response;
        }
        if response.status().is_server_error() {
            let sentence = AppError::Unavailable.to_string();
            returned.sentence.get_or_insert(sentence);
        } else if response.status() == StatusCode::NOT_FOUND && returned.sentence.is_none() {
            (returned.sentence, status) = (Some(GONE.to_owned()), StatusCode::NOT_FOUND);
        }
    }
    let mut response = run(pages, request_for(UNSAVED, sent, returned)).await;
    if response.status().is_success() {
        *response.status_mut() = status;
    }
    response
}

/// Creates a request for a page, with the headers of the form's request.
fn request_for(page: &str, sent: &Parts, returned: Returned) -> Request {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = page.parse().unwrap_or_else(|_| Uri::from_static(UNSAVED));
    *request.headers_mut() = sent.headers.clone();
    for of_the_form in [CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING] {
        request.headers_mut().remove(of_the_form);
    }
    *request.extensions_mut() = sent.extensions.clone();
    request.extensions_mut().remove::<SentForm>();
    request.extensions_mut().insert(returned);
    request
}

async fn run(pages: &Router, request: Request) -> Response {
    match pages.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Returns the error of a server function with its answer; or else the answer.
async fn error_of(response: Response) -> Result<Response, (AppError, Response)> {
    if !response.status().is_server_error() || !response.headers().contains_key(MARK) {
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, LONGEST_ERROR).await.unwrap_or_default();
    let error = serde_json::from_slice::<AppError>(&body);
    let response = Response::from_parts(parts, Body::from(body));
    match error {
        Ok(error) => Err((error, response)),
        Err(_) => Ok(response),
    }
}

/// Returns the path and query of the page that a form was sent from, without the rest of its address.
fn page_before(referer: Option<&HeaderValue>) -> Option<String> {
    let uri: Uri = referer?.to_str().ok()?.parse().ok()?;
    let page = uri.path_and_query()?.as_str();
    let is_page = page.starts_with('/') && !page.starts_with("//") && !page.starts_with(FORMS) && page.len() > 1;
    let page = without_results(page);
    (is_page && page.len() <= LONGEST_ADDRESS).then_some(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_goes_back_to_a_page_of_ours_alone() {
        let cases = [
            ("http://127.0.0.1:3000/projects/1?page=2", Some("/projects/1?page=2")),
            ("http://127.0.0.1:3000/projects/1/settings?done=saved", Some("/projects/1/settings")),
            ("https://evil.example/projects/1", Some("/projects/1")),
            ("http://127.0.0.1//evil.example/", None),
            ("http://127.0.0.1:3000/forms/create_goal", None),
            ("http://127.0.0.1:3000/", None),
            ("not an address", None),
        ];
        for (referer, page) in cases {
            let referer = HeaderValue::from_static(referer);
            assert_eq!(page_before(Some(&referer)).as_deref(), page, "{referer:?}");
        }
    }
}
