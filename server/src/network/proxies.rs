//! Trusted proxies in front of the server, and the headers in which they describe their clients.

use super::host::Authority;
use axum::http::header::{HeaderMap, HeaderName};
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// The networks whose forwarded headers are trusted.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Arc<[IpNet]>);

impl TrustedProxies {
    /// Trusts every address of these networks.
    pub fn new(networks: Vec<IpNet>) -> TrustedProxies {
        TrustedProxies(networks.into())
    }

    /// Parses an address, or a network in CIDR notation.
    pub fn network(text: &str) -> Result<IpNet, String> {
        let text = text.trim();
        let address = text.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
        address.or_else(|_| text.parse()).map_err(|_| {
            "write an IP address or a network in CIDR notation, such as 10.0.0.5, 10.0.0.0/8 or fd00::/8".to_owned()
        })
    }

    /// Returns whether this address is a trusted proxy.
    pub fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Returns the client behind a trusted proxy at `peer`: the rightmost address that is not a trusted proxy. Anything
    /// to the left of it may be forged. An entry that is not an address ends the search at the proxy that passed it on.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer;
        for entry in entries(headers, &FORWARDED_FOR).into_iter().rev() {
            let Some(address) = entry.and_then(address) else { break };
            client = address;
            if !self.trust(client) {
                break;
            }
        }
        client
    }
}

/// Returns whether the proxy says that the client used https; `None` if it says nothing.
pub fn forwarded_https(headers: &HeaderMap) -> Option<bool> {
    let proto = entries(headers, &FORWARDED_PROTO).pop()??;
    Some(proto.eq_ignore_ascii_case("https") || proto.eq_ignore_ascii_case("wss"))
}

/// Returns the host that the client asked the proxy for; `Some(None)` if it is not a host.
#[expect(clippy::option_option, reason = "a proxy that says nothing is another case than one that names no host")]
pub fn forwarded_host(headers: &HeaderMap) -> Option<Option<Authority>> {
    let host = entries(headers, &FORWARDED_HOST).pop()?;
    Some(host.and_then(Authority::parse))
}

/// Returns the entries of a list that proxies append to, over all lines of the header; `None` for one that is not text.
fn entries<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Vec<Option<&'a str>> {
    let lines = headers.get_all(name).iter().map(|line| line.to_str().ok());
    let split = |line: Option<&'a str>| match line {
        Some(line) => line.split(',').map(|entry| Some(entry.trim())).collect(),
        None => vec![None],
    };
    lines.flat_map(split).collect()
}

/// Parses an address with an optional port, which some proxies add.
fn address(text: &str) -> Option<IpAddr> {
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    text.parse::<IpAddr>().ok().or_else(bracketed).or_else(with_port).map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn proxies() -> TrustedProxies {
        TrustedProxies::new(
            ["10.0.0.0/8", "127.0.0.1", "fd00::/8"].map(|text| TrustedProxies::network(text).unwrap()).into(),
        )
    }

    #[track_caller]
    fn check(lines: &[&str], expected: &str) {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, HeaderValue::from_bytes(line.as_bytes()).unwrap());
        }
        let client = proxies().client("127.0.0.1".parse().unwrap(), &headers);
        assert_eq!(client, expected.parse::<IpAddr>().unwrap(), "{lines:?}");
    }

    #[test]
    fn the_client_is_the_rightmost_address_that_is_no_trusted_proxy() {
        check(&[], "127.0.0.1");
        check(&["203.0.113.7"], "203.0.113.7");
        check(&["1.1.1.1, 203.0.113.7, 10.0.0.9"], "203.0.113.7");
        check(&["1.1.1.1", "203.0.113.7", "10.0.0.9,fd00::1"], "203.0.113.7");
        check(&["203.0.113.7:5123, [fd00::1]:80"], "203.0.113.7");
        check(&["[2001:db8::7]"], "2001:db8::7");
        check(&["::ffff:203.0.113.7"], "203.0.113.7");
        check(&["10.0.0.7, 10.0.0.9"], "10.0.0.7");
    }

    #[test]
    fn an_entry_that_is_no_address_ends_the_search_at_who_passed_it_on() {
        check(&["unknown"], "127.0.0.1");
        check(&["203.0.113.7, unknown, 10.0.0.9"], "10.0.0.9");
        check(&["203.0.113.7, "], "127.0.0.1");
        check(&["\u{e9}"], "127.0.0.1");
    }

    #[test]
    fn the_nearest_proxy_says_scheme_and_host() {
        let mut headers = HeaderMap::new();
        assert_eq!((forwarded_https(&headers), forwarded_host(&headers)), (None, None));
        headers.append(FORWARDED_PROTO, HeaderValue::from_static("http, HTTPS"));
        headers.append(FORWARDED_HOST, HeaderValue::from_static("evil.example"));
        headers.append(FORWARDED_HOST, HeaderValue::from_static("goals.example:8443"));
        assert_eq!(forwarded_https(&headers), Some(true));
        assert_eq!(forwarded_host(&headers), Some(Authority::parse("goals.example:8443")));
        headers.append(FORWARDED_HOST, HeaderValue::from_static("a b"));
        assert_eq!(forwarded_host(&headers), Some(None));
    }

    #[test]
    fn a_network_is_an_address_or_a_cidr() {
        for text in ["10.0.0.5", "10.0.0.0/8", "::1", "fd00::/8", "0.0.0.0/0"] {
            assert!(TrustedProxies::network(text).is_ok(), "{text}");
        }
        for text in ["", "10.0.0.0/33", "nginx", "10.0.0", "10.0.0.0-10.0.0.9"] {
            assert!(TrustedProxies::network(text).unwrap_err().contains("CIDR"), "{text}");
        }
        assert!(!proxies().trust("11.0.0.1".parse().unwrap()));
        assert!(proxies().trust("10.255.0.1".parse().unwrap()));
    }
}
