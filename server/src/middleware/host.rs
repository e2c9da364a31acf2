//! Refuses requests addressed to a name that is not ours: a page of another site whose name was made to point at
//! this machine (DNS rebinding) would otherwise count as our own.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header;
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The names under which this server may be addressed.
#[derive(Clone, Debug)]
pub struct AllowedHosts {
    /// `None`: any name.
    beside_loopback: Option<Arc<[String]>>,
}

impl AllowedHosts {
    /// For a server that listens beyond this machine, whose names we cannot know.
    #[must_use]
    pub fn any() -> Self {
        Self { beside_loopback: None }
    }

    /// For a server on loopback: this machine's own names, and `names` (of a proxy in front of it).
    #[must_use]
    pub fn loopback_and(names: Vec<String>) -> Self {
        Self { beside_loopback: Some(names.into()) }
    }

    fn allow(&self, authority: &str) -> bool {
        let Some(names) = &self.beside_loopback else { return true };
        let Ok(authority) = authority.parse::<Authority>() else { return false };
        let host = authority.host();
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        address.is_ok_and(|address| address.is_loopback())
            || host.eq_ignore_ascii_case("localhost")
            || names.iter().any(|name| name.eq_ignore_ascii_case(host))
    }
}

/// 403 unless the request is addressed to one of `hosts`.
pub async fn refuse_unknown(State(hosts): State<AllowedHosts>, request: Request, next: Next) -> Response {
    let authority = request.uri().authority().map(Authority::as_str);
    let authority = authority.or_else(|| request.headers().get(header::HOST)?.to_str().ok());
    if authority.is_some_and(|authority| hosts.allow(authority)) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "This server only answers to localhost. If a proxy passes requests on to it, start it with --host and the proxy's name.\n")
        .into_response()
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    #[track_caller]
    fn check(hosts: AllowedHosts, host: Option<&str>, expected: StatusCode) {
        let mut request = Request::builder().uri("/");
        if let Some(host) = host {
            request = request.header(header::HOST, host);
        }
        let router = Router::new().route("/", get(|| async {})).layer(from_fn_with_state(hosts, refuse_unknown));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let response = runtime.block_on(router.oneshot(request.body(Body::empty()).unwrap())).unwrap();
        assert_eq!(response.status(), expected, "{host:?}");
    }

    #[test]
    fn this_machines_own_names_pass() {
        for host in ["localhost", "localhost:3000", "LOCALHOST:3000", "127.0.0.1:3000", "127.8.9.1", "[::1]:3000"] {
            check(AllowedHosts::loopback_and(vec![]), Some(host), StatusCode::OK);
        }
    }

    #[test]
    fn a_name_made_to_point_here_is_refused() {
        for host in [
            "evil.example:3000",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "192.168.1.5:3000",
            "user@evil.example",
            "",
        ] {
            check(AllowedHosts::loopback_and(vec![]), Some(host), StatusCode::FORBIDDEN);
        }
        check(AllowedHosts::loopback_and(vec![]), None, StatusCode::FORBIDDEN);
    }

    #[test]
    fn a_named_proxy_passes() {
        check(AllowedHosts::loopback_and(vec!["goals.example".to_owned()]), Some("goals.example"), StatusCode::OK);
    }

    #[test]
    fn a_server_beyond_loopback_answers_to_any_name() {
        check(AllowedHosts::any(), Some("goals.example"), StatusCode::OK);
    }
}
