//! Refuses requests for a host name that is not one of this server's: otherwise a page of another site whose name was
//! made to point at this machine (DNS rebinding) would count as a page of this server.

use crate::network::{Arrival, Malformed, Network};
use crate::refused::Why;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Answers 400 if it is not clear which host the request asks for, or which page sent it.
pub async fn refuse_malformed(request: Request, next: Next) -> Response {
    let arrival = request.extensions().get::<Arrival>();
    match arrival.and_then(|arrival| arrival.asked.as_ref().err()) {
        // Probes of load balancers send no Host header, and what they ask for does not depend on it.
        Some(Malformed::NoHost) | None => next.run(request).await,
        Some(malformed) => refusal(*malformed),
    }
}

/// Answers 403 unless the request asks for one of this server's names, and 400 if it names no host.
pub async fn refuse_unknown(State(network): State<Network>, request: Request, next: Next) -> Response {
    let asked = request.extensions().get::<Arrival>().map(|arrival| arrival.asked.clone());
    let sentence = match asked {
        Some(Ok(Some(asked))) if network.names.allow(&asked) => return next.run(request).await,
        Some(Ok(Some(asked))) => format!(
            "This server does not answer to the name “{0}”. If that is where people reach Creator Goals, start it with --host {0}.\n",
            asked.host
        ),
        Some(Err(malformed)) => return refusal(malformed),
        Some(Ok(None)) | None => "This server answers only to its own names, and the request gives none.\n".to_owned(),
    };
    (StatusCode::FORBIDDEN, Why("unknown_host"), sentence).into_response()
}

fn refusal(malformed: Malformed) -> Response {
    (StatusCode::BAD_REQUEST, Why("malformed"), format!("{malformed}\n")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::middleware::arrival;
    use crate::network::Names;
    use axum::Router;
    use axum::body::Body;
    use axum::http::{Version, header};
    use axum::middleware::{from_fn, from_fn_with_state};
    use axum::routing::get;
    use tower::ServiceExt;

    fn router(hosts: &[&str]) -> Router {
        let names = Names::new(hosts.iter().map(|host| host.parse().unwrap()).collect(), None);
        let network = Network { names, ..Network::default() };
        Router::new()
            .route("/", get(|| async {}))
            .layer(from_fn_with_state(network.clone(), refuse_unknown))
            .route("/healthz", get(|| async {}))
            .layer(from_fn(refuse_malformed))
            .layer(from_fn_with_state(network, arrival::note))
    }

    #[track_caller]
    fn check(hosts: &[&str], path: &str, host: &[&str], expected: StatusCode) {
        let mut request = Request::builder().uri(path);
        for host in host {
            request = request.header(header::HOST, *host);
        }
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let response = runtime.block_on(router(hosts).oneshot(request.body(Body::empty()).unwrap())).unwrap();
        assert_eq!(response.status(), expected, "{path} {host:?}");
    }

    #[test]
    fn this_machines_own_names_pass() {
        for host in ["localhost", "localhost:3000", "LOCALHOST:3000", "127.0.0.1:3000", "127.8.9.1", "[::1]:3000"] {
            check(&[], "/", &[host], StatusCode::OK);
            check(&["goals.example"], "/", &[host], StatusCode::OK);
        }
    }

    #[test]
    fn a_name_made_to_point_here_is_refused() {
        for host in [
            "evil.example:3000",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "192.168.1.5:3000",
            "0.0.0.0:3000",
            "0x7f.1",
            "2130706433",
        ] {
            check(&[], "/", &[host], StatusCode::FORBIDDEN);
            check(&["goals.example"], "/", &[host], StatusCode::FORBIDDEN);
        }
        for host in
            ["user@evil.example", "localhost@evil.example", "evil.example, localhost", "", "[::1", "localhost:x"]
        {
            check(&[], "/", &[host], StatusCode::BAD_REQUEST);
        }
        check(&[], "/", &[], StatusCode::BAD_REQUEST);
        check(&[], "/", &["localhost", "localhost"], StatusCode::BAD_REQUEST);
        check(&[], "/", &["localhost", "evil.example"], StatusCode::BAD_REQUEST);
    }

    #[test]
    fn a_named_host_passes_in_every_spelling() {
        for host in ["goals.example", "GOALS.example:8443", "goals.example."] {
            check(&["goals.example"], "/", &[host], StatusCode::OK);
        }
        check(&["192.168.1.5"], "/", &["192.168.1.5:3000"], StatusCode::OK);
    }

    #[test]
    fn health_is_told_without_a_host_and_with_any() {
        check(&[], "/healthz", &[], StatusCode::OK);
        check(&[], "/healthz", &["10.0.0.7:3000"], StatusCode::OK);
        check(&[], "/healthz", &["a", "b"], StatusCode::BAD_REQUEST);
    }

    #[test]
    fn an_old_request_without_a_host_is_refused() {
        let request = Request::builder().uri("/").version(Version::HTTP_10).body(Body::empty()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let response = runtime.block_on(router(&["goals.example"]).oneshot(request)).unwrap();
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
    }
}
