//! Refuses changes that another web site asks for in the visitor's name (CSRF), without tokens: browsers say where
//! a request comes from. Programs (curl, our own API clients) say nothing and pass.

use axum::extract::Request;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::uri::Authority;
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// 403 unless the request changes nothing or comes from a page of ours (or from no page at all).
pub async fn refuse(request: Request, next: Next) -> Response {
    if request.method().is_safe() || from_our_own_page(request.uri(), request.headers()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "This change was asked for by a page of another site, so it was refused. Open Creator Goals itself and try again there.\n")
        .into_response()
}

/// Both things a browser may say must agree; what it does not say cannot disagree.
fn from_our_own_page(uri: &Uri, headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    let origin = headers.get(header::ORIGIN).map(|value| value.to_str().unwrap_or("null"));
    matches!(site, None | Some(b"same-origin" | b"none"))
        && origin.is_none_or(|origin| is_host_of(origin, uri, headers))
}

/// Whether `origin` (`https://host:port`, or `null`) names the host the request was sent to.
fn is_host_of(origin: &str, uri: &Uri, headers: &HeaderMap) -> bool {
    let host = uri.host().and(uri.authority()).map(Authority::as_str);
    let host = host.or_else(|| headers.get(header::HOST)?.to_str().ok());
    let origin = origin.split_once("://").map(|(_, authority)| authority);
    host.zip(origin).is_some_and(|(host, origin)| host.eq_ignore_ascii_case(origin))
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn;
    use axum::routing::any;
    use tower::ServiceExt;

    use super::*;

    #[track_caller]
    fn check(method: &str, headers: &[(&str, &str)], expected: StatusCode) {
        let mut request = Request::builder().method(method).uri("/").header("host", "goals.example:3000");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let router = Router::new().route("/", any(|| async {})).layer(from_fn(refuse));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let response = runtime.block_on(router.oneshot(request.body(Body::empty()).unwrap())).unwrap();
        assert_eq!(response.status(), expected, "{method} {headers:?}");
    }

    #[test]
    fn a_form_of_our_own_page_passes() {
        check("POST", &[("sec-fetch-site", "same-origin"), ("origin", "http://goals.example:3000")], StatusCode::OK);
        check("POST", &[("sec-fetch-site", "none")], StatusCode::OK);
        check("POST", &[("origin", "https://GOALS.example:3000")], StatusCode::OK);
    }

    #[test]
    fn a_program_that_says_nothing_passes() {
        check("POST", &[], StatusCode::OK);
        check("DELETE", &[], StatusCode::OK);
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            check(method, &[("sec-fetch-site", "cross-site")], StatusCode::FORBIDDEN);
            check(method, &[("sec-fetch-site", "same-site")], StatusCode::FORBIDDEN);
            check(method, &[("origin", "https://evil.example")], StatusCode::FORBIDDEN);
        }
        check("POST", &[("origin", "http://goals.example:3001")], StatusCode::FORBIDDEN);
        check("POST", &[("origin", "null")], StatusCode::FORBIDDEN);
        check("POST", &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")], StatusCode::FORBIDDEN);
    }

    #[test]
    fn reading_is_never_refused() {
        check("GET", &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")], StatusCode::OK);
        check("HEAD", &[("sec-fetch-site", "cross-site")], StatusCode::OK);
    }
}
