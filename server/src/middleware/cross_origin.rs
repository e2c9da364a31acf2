//! Refuses changes requested by pages of other sites on behalf of a visitor (CSRF), without tokens: browsers say where
//! a request comes from. Programs (curl, API clients) send no such header and pass.

use crate::network::{Arrival, Network, Origin};
use crate::refused::Why;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Answers 403 unless the request changes nothing, or comes from a page of this server or from no page at all.
pub async fn refuse(State(network): State<Network>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match sender(&network, &request) {
        Sender::Ours => next.run(request).await,
        Sender::Other => refusal(
            "This change was requested by a page of another site, so it was refused. Open Creator Goals itself and try again there.\n".to_owned(),
        ),
        Sender::Unknown(origin) => refusal(format!(
            "This change was requested by a page of {origin}, which this server does not know as its own address, so it \
            was refused. If people open Creator Goals there, start the server with --host {} or --base-url {origin}.\n",
            origin.authority.host
        )),
    }
}

fn refusal(sentence: String) -> Response {
    (StatusCode::FORBIDDEN, Why("cross_origin"), sentence).into_response()
}

/// Where a request for a change comes from.
enum Sender {
    /// A page of this server, or no page at all.
    Ours,
    /// A page of another site.
    Other,
    /// A page whose browser considers it same-origin, under a name that this server does not know: a proxy is between
    /// them, or the name was made to point here (DNS rebinding).
    Unknown(Origin),
}

/// Determines the sender from `Sec-Fetch-Site` and `Origin`. A header that is missing is ignored; those present must
/// agree.
fn sender(network: &Network, request: &Request) -> Sender {
    if !says_same_site(request.headers()) {
        return Sender::Other;
    }
    let Some(origin) = request.headers().get(header::ORIGIN) else { return Sender::Ours };
    let Some(origin) = origin.to_str().ok().and_then(Origin::parse) else { return Sender::Other };
    let asked = request.extensions().get::<Arrival>().and_then(|arrival| arrival.asked.as_ref().ok()?.as_ref());
    if network.names.own(&origin, asked) { Sender::Ours } else { Sender::Unknown(origin) }
}

fn says_same_site(headers: &HeaderMap) -> bool {
    headers.get_all("sec-fetch-site").iter().all(|site| matches!(site.as_bytes(), b"same-origin" | b"none"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::middleware::arrival;
    use crate::network::Names;
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::from_fn_with_state;
    use axum::routing::any;
    use tower::ServiceExt;

    fn answer(network: &Network, method: &str, headers: &[(&str, &str)]) -> (StatusCode, String) {
        let mut request = Request::builder().method(method).uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let router = Router::new()
            .route("/", any(|| async {}))
            .layer(from_fn_with_state(network.clone(), refuse))
            .layer(from_fn_with_state(network.clone(), arrival::note));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            let status = response.status();
            let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            (status, String::from_utf8(body.to_vec()).unwrap())
        })
    }

    #[track_caller]
    fn check(method: &str, headers: &[(&str, &str)], expected: StatusCode) {
        let headers: Vec<_> = [("host", "goals.example:3000")].into_iter().chain(headers.iter().copied()).collect();
        assert_eq!(answer(&Network::default(), method, &headers).0, expected, "{method} {headers:?}");
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
        let told_twice = [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")];
        check("POST", &told_twice, StatusCode::FORBIDDEN);
        check("POST", &[("origin", "http://goals.example:3001")], StatusCode::FORBIDDEN);
        check("POST", &[("origin", "null")], StatusCode::FORBIDDEN);
        check("POST", &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")], StatusCode::FORBIDDEN);
    }

    #[test]
    fn reading_is_never_refused() {
        check("GET", &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")], StatusCode::OK);
        check("HEAD", &[("sec-fetch-site", "cross-site")], StatusCode::OK);
    }

    #[test]
    fn behind_a_proxy_the_public_name_counts_whatever_host_it_writes() {
        let told = |given: &[&str], base_url: Option<&str>| {
            let given = given.iter().map(|name| name.parse().unwrap()).collect();
            let names = Names::new(given, base_url.map(|url| url.parse().unwrap()));
            Network { names, ..Network::default() }
        };
        // nginx's default, and `proxy_set_header Host $host`, which omits the port.
        let plain = [("host", "127.0.0.1:3000"), ("origin", "http://goals.example.com")];
        let ported = [("host", "goals.example.com"), ("origin", "http://goals.example.com:8443")];
        for headers in [plain, ported] {
            assert_eq!(answer(&told(&["goals.example.com"], None), "POST", &headers).0, StatusCode::OK);
            let base_url = headers[1].1;
            assert_eq!(answer(&told(&[], Some(base_url)), "POST", &headers).0, StatusCode::OK);
            let (status, sentence) = answer(&told(&[], None), "POST", &headers);
            assert_eq!(status, StatusCode::FORBIDDEN);
            let what_to_set = format!("start the server with --host goals.example.com or --base-url {base_url}.");
            assert!(sentence.contains(&what_to_set), "{sentence}");
            let evil = [headers[0], ("origin", "http://evil.example")];
            assert_eq!(answer(&told(&["goals.example.com"], None), "POST", &evil).0, StatusCode::FORBIDDEN);
        }
    }
}
