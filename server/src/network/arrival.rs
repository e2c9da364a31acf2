//! How a request arrived: from which client, whether by https, and for which host.

use super::Network;
use super::host::Authority;
use super::proxies::{forwarded_host, forwarded_https};
use crate::pool::Holder;
use axum::http::header;
use axum::http::request::Parts;
use axum::http::uri::Scheme;
use axum::http::{HeaderValue, Version};
use std::net::IpAddr;
use thiserror::Error;

/// The address of the other end of the request's socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// How a request arrived. Forwarded headers count only if the other end of the socket is a trusted proxy.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The client's address; `None` if the request came through no socket, as in tests.
    pub client: Option<IpAddr>,
    /// Whether the client is a trusted proxy, which asks for itself or for a client it does not name.
    pub is_proxy: bool,
    /// Whether the client came by https.
    pub https: bool,
    /// The requested host; `None` if a request of HTTP/1.0 names none.
    pub asked: Result<Option<Authority>, Malformed>,
}

/// Why a request is malformed: programs could disagree about where it goes or comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Malformed {
    /// The request line has no path, as in `CONNECT`, which asks a proxy for a connection.
    #[error("The request line names no path. This server is not a proxy.")]
    NoPath,
    /// There is no `Host` header.
    #[error("The request has no Host header.")]
    NoHost,
    /// There are several `Host` headers.
    #[error("The request has more than one Host header.")]
    TwoHosts,
    /// The `Host` header is not a host.
    #[error("The request's Host header is not a host name with an optional port.")]
    BadHost,
    /// The request line names another host.
    #[error("The request line and the Host header name different hosts.")]
    OtherHost,
    /// There are several `Origin` headers.
    #[error("The request has more than one Origin header.")]
    TwoOrigins,
    /// A trusted proxy sent an `X-Forwarded-Host` that is not a host.
    #[error("The proxy's X-Forwarded-Host header is not a host name with an optional port.")]
    BadForwardedHost,
}

impl Arrival {
    /// Returns the client and its share of a limited resource; `None` if the client has no share of its own and may use
    /// all.
    pub fn share(&self, each: usize) -> Option<(Holder, usize)> {
        let client = self.client.filter(|_| !self.is_proxy);
        client.map(|client| (Holder::of(client), each))
    }

    /// Reads the head of a request.
    pub fn of(request: &Parts, network: &Network) -> Arrival {
        let peer = request.extensions.get::<Peer>().map(|Peer(address)| address.to_canonical());
        let proxy = peer.filter(|peer| network.proxies.trust(*peer));
        let client = proxy.map(|proxy| network.proxies.client(proxy, &request.headers)).or(peer);
        let forwarded = proxy.and_then(|_| forwarded_https(&request.headers)).unwrap_or(false);
        let base_is_https = network.names.base_url().is_some_and(|base| base.origin().https);
        let asked = host_line(request).and_then(|asked| match proxy.and_then(|_| forwarded_host(&request.headers)) {
            None => Ok(asked),
            Some(None) => Err(Malformed::BadForwardedHost),
            Some(Some(forwarded)) => Ok(asked.map(|asked| network.names.asked_by_proxy(asked, forwarded))),
        });
        Arrival {
            client,
            is_proxy: client.is_some_and(|client| network.proxies.trust(client)),
            https: forwarded || base_is_https,
            asked,
        }
    }
}

/// Returns the requested host from the request line or the `Host` header.
fn host_line(request: &Parts) -> Result<Option<Authority>, Malformed> {
    if !request.uri.path().starts_with('/') {
        return Err(Malformed::NoPath);
    }
    if request.headers.get_all(header::ORIGIN).iter().nth(1).is_some() {
        return Err(Malformed::TwoOrigins);
    }
    let line = request.uri.authority().map(|authority| Authority::parse(authority.as_str()).ok_or(Malformed::BadHost));
    let (line, host) = (line.transpose()?, host_header(request)?);
    let host = match host.map(|host| host.to_str().unwrap_or_default()) {
        // A request to a proxy names its host in the request line; an empty header then means nothing.
        None | Some("") => None,
        Some(host) => Some(Authority::parse(host).ok_or(Malformed::BadHost)?),
    };
    if let (Some(line), Some(host)) = (&line, &host) {
        let https = request.uri.scheme() == Some(&Scheme::HTTPS);
        if (&line.host, line.port_of(https)) != (&host.host, host.port_of(https)) {
            return Err(Malformed::OtherHost);
        }
    }
    match line.or(host) {
        None if request.version >= Version::HTTP_11 => Err(Malformed::NoHost),
        asked => Ok(asked),
    }
}

/// Returns the `Host` header, which may occur once.
fn host_header(request: &Parts) -> Result<Option<&HeaderValue>, Malformed> {
    let mut lines = request.headers.get_all(header::HOST).iter();
    let first = lines.next();
    if lines.next().is_some() { Err(Malformed::TwoHosts) } else { Ok(first) }
}

#[cfg(test)]
mod tests {
    use super::super::{Names, TrustedProxies};
    use super::*;
    use axum::http::Request;

    fn network(base_url: Option<&str>) -> Network {
        let base_url = base_url.map(|url| url.parse().unwrap());
        let proxy = TrustedProxies::network("10.0.0.0/8").unwrap();
        Network { names: Names::new(vec![], base_url), proxies: TrustedProxies::new(vec![proxy]) }
    }

    fn arrival(network: &Network, peer: &str, uri: &str, headers: &[(&str, &str)]) -> Arrival {
        let mut request = Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        parts.extensions.insert(Peer(peer.parse().unwrap()));
        Arrival::of(&parts, network)
    }

    #[track_caller]
    fn asks(uri: &str, headers: &[(&str, &str)], expected: Result<&str, Malformed>) {
        let asked = arrival(&network(None), "192.0.2.1", uri, headers).asked;
        let asked = asked.map(|asked| asked.map_or(String::new(), |asked| asked.to_string()));
        assert_eq!(asked, expected.map(str::to_owned), "{uri} {headers:?}");
    }

    #[test]
    fn a_request_names_one_host() {
        asks("/", &[("host", "Goals.Example:3000")], Ok("goals.example:3000"));
        asks("http://goals.example/", &[("host", "goals.example:80")], Ok("goals.example"));
        asks("https://goals.example/", &[("host", "goals.example:443")], Ok("goals.example"));
        asks("http://goals.example/", &[], Ok("goals.example"));
        asks("/", &[], Err(Malformed::NoHost));
        asks("/", &[("host", "")], Err(Malformed::NoHost));
        asks("/", &[("host", "a.example"), ("host", "a.example")], Err(Malformed::TwoHosts));
        asks("/", &[("host", "a.example, b.example")], Err(Malformed::BadHost));
        asks("/", &[("host", "user@a.example")], Err(Malformed::BadHost));
        asks("http://a.example/", &[("host", "b.example")], Err(Malformed::OtherHost));
        asks("http://a.example:81/", &[("host", "a.example")], Err(Malformed::OtherHost));
        asks("http://user@a.example/", &[("host", "a.example")], Err(Malformed::BadHost));
        let origins = [("host", "a.example"), ("origin", "http://a.example"), ("origin", "http://a.example")];
        asks("/", &origins, Err(Malformed::TwoOrigins));
    }

    #[test]
    fn an_old_request_may_name_no_host() {
        let (mut parts, ()) = Request::builder().uri("/").version(Version::HTTP_10).body(()).unwrap().into_parts();
        assert_eq!(Arrival::of(&parts, &network(None)).asked, Ok(None));
        parts.version = Version::HTTP_11;
        assert_eq!(Arrival::of(&parts, &network(None)).asked, Err(Malformed::NoHost));
    }

    #[test]
    fn forwarded_headers_count_from_a_trusted_proxy_only() {
        let headers = [
            ("host", "127.0.0.1:3000"),
            ("x-forwarded-for", "203.0.113.7"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "goals.example"),
        ];
        let told = arrival(&network(None), "10.0.0.5", "/", &headers);
        assert_eq!((told.client, told.is_proxy, told.https), ("203.0.113.7".parse().ok(), false, true));
        assert_eq!(told.asked.unwrap().unwrap().to_string(), "goals.example");
        for peer in ["192.0.2.1", "127.0.0.1", "::ffff:192.0.2.1"] {
            let told = arrival(&network(None), peer, "/", &headers);
            let peer = peer.parse::<IpAddr>().unwrap().to_canonical();
            assert_eq!((told.client, told.is_proxy, told.https), (Some(peer), false, false));
            assert_eq!(told.asked.unwrap().unwrap().to_string(), "127.0.0.1:3000");
        }
        let told = arrival(&network(None), "::ffff:10.0.0.5", "/", &[("host", "a"), ("x-forwarded-host", "a b")]);
        assert_eq!((told.is_proxy, told.asked), (true, Err(Malformed::BadForwardedHost)));
    }

    #[test]
    fn a_proxy_asks_for_a_name_that_was_given_and_only_under_a_name_of_its_own() {
        let base = network(Some("https://goals.example"));
        let asked = |host: &str, forwarded: &str| {
            let told = arrival(&base, "10.0.0.5", "/", &[("host", host), ("x-forwarded-host", forwarded)]);
            told.asked.unwrap().unwrap().to_string()
        };
        assert_eq!(asked("127.0.0.1:3000", "goals.example"), "goals.example");
        assert_eq!(asked("goals.example", "goals.example"), "goals.example");
        assert_eq!(asked("127.0.0.1:3000", "evil.example"), "evil.example", "so that it is refused");
        // A client may have written the header: a proxy that does not set it passes it on.
        assert_eq!(asked("evil.example", "goals.example"), "evil.example");
        assert_eq!(asked("evil.example", "localhost"), "evil.example");
        assert_eq!(asked("goals.example", "localhost"), "goals.example");
        assert_eq!(asked("goals.example", "127.0.0.1:3000"), "goals.example");
        let told = arrival(&base, "10.0.0.5", "/", &[("host", ""), ("x-forwarded-host", "goals.example")]);
        assert_eq!(told.asked, Err(Malformed::NoHost));
    }

    #[test]
    fn a_request_names_a_path() {
        for (method, uri) in [("CONNECT", "localhost:80"), ("OPTIONS", "*")] {
            let request = Request::builder().method(method).uri(uri).header("host", "localhost:80");
            let (parts, ()) = request.body(()).unwrap().into_parts();
            assert_eq!(Arrival::of(&parts, &network(None)).asked, Err(Malformed::NoPath), "{method} {uri}");
        }
    }

    #[test]
    fn a_public_address_of_https_is_one_whatever_the_proxy_leaves_out() {
        let told = arrival(&network(Some("https://goals.example")), "127.0.0.1", "/", &[("host", "127.0.0.1")]);
        assert!(told.https);
        let told = arrival(&network(Some("http://goals.example")), "127.0.0.1", "/", &[("host", "127.0.0.1")]);
        assert!(!told.https);
    }
}
