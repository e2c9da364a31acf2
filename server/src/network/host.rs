//! Hosts, ports and origins as they occur in requests.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The longest DNS name, in bytes.
const LONGEST_NAME: usize = 253;

/// A host: an IP address or a DNS name in lower case, without a trailing dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Host {
    /// An IP address; an IPv4 address is never stored as an IPv6 one.
    Address(IpAddr),
    /// A DNS name.
    Name(String),
}

impl Host {
    /// Parses a host as in a `Host` header, with IPv6 addresses in brackets.
    pub fn parse(text: &str) -> Option<Host> {
        if let Some(address) = text.strip_prefix('[') {
            let address: Ipv6Addr = address.strip_suffix(']')?.parse().ok()?;
            return Some(Host::Address(address.to_canonical()));
        }
        let name = text.strip_suffix('.').unwrap_or(text);
        if let Ok(address) = name.parse::<Ipv4Addr>() {
            return Some(Host::Address(address.into()));
        }
        let is_label = |label: &str| {
            !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        let is_name = name.len() <= LONGEST_NAME && name.split('.').all(is_label);
        is_name.then(|| Host::Name(name.to_ascii_lowercase()))
    }

    /// Returns whether the host always means this machine, whatever its name server says.
    pub fn is_loopback(&self) -> bool {
        match self {
            Host::Address(address) => address.is_loopback(),
            Host::Name(name) => name == "localhost",
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Host::Address(IpAddr::V4(address)) => address.fmt(formatter),
            Host::Address(IpAddr::V6(address)) => write!(formatter, "[{address}]"),
            Host::Name(name) => formatter.write_str(name),
        }
    }
}

/// A host with an optional port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// The host.
    pub host: Host,
    /// The port; `None` means the default port of the scheme.
    pub port: Option<u16>,
}

impl Authority {
    /// Parses `host` or `host:port`. A user name is refused: no request needs one.
    pub fn parse(text: &str) -> Option<Authority> {
        let (host, port) = if text.ends_with(']') { (text, "") } else { text.rsplit_once(':').unwrap_or((text, "")) };
        let port = match port {
            "" => None,
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => Some(digits.parse().ok()?),
            _ => return None,
        };
        Some(Authority { host: Host::parse(host)?, port })
    }

    /// Returns the port, given or by default.
    pub fn port_of(&self, https: bool) -> u16 {
        self.port.unwrap_or(if https { 443 } else { 80 })
    }
}

impl fmt::Display for Authority {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => write!(formatter, "{}:{port}", self.host),
            None => self.host.fmt(formatter),
        }
    }
}

/// The origin of a page: scheme, host and port.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Whether the scheme is `https` rather than `http`.
    pub https: bool,
    /// Host and port.
    pub authority: Authority,
}

impl Origin {
    /// Parses an `Origin` header; `None` for `null` and other schemes, which cannot be this server's.
    pub fn parse(text: &str) -> Option<Origin> {
        let (scheme, authority) = text.split_once("://")?;
        let https = scheme.eq_ignore_ascii_case("https");
        (https || scheme.eq_ignore_ascii_case("http")).then_some(())?;
        Some(Origin { https, authority: Authority::parse(authority)? })
    }

    /// Returns the port, given or by default.
    pub fn port(&self) -> u16 {
        self.authority.port_of(self.https)
    }
}

impl PartialEq for Origin {
    fn eq(&self, other: &Origin) -> bool {
        (self.https, &self.authority.host, self.port()) == (other.https, &other.authority.host, other.port())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", if self.https { "https" } else { "http" }, self.authority)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(Authority::parse(text).map(|authority| authority.to_string()).as_deref(), expected, "{text:?}");
    }

    #[test]
    fn an_authority_has_one_spelling() {
        check("GOALS.example", Some("goals.example"));
        check("goals.example.:8443", Some("goals.example:8443"));
        check("goals.example:", Some("goals.example"));
        check("127.0.0.1.", Some("127.0.0.1"));
        check("[::1]:3000", Some("[::1]:3000"));
        check("[0:0:0:0:0:0:0:1]", Some("[::1]"));
        check("[::ffff:127.0.0.1]", Some("127.0.0.1"));
    }

    #[test]
    fn what_is_no_authority_is_refused() {
        for text in [
            "",
            ".",
            ":80",
            "a..b",
            "user@goals.example",
            "goals.example@evil.example",
            "a, b",
            "a b",
            "a/b",
            "::1",
            "[::1",
            "[::1]x",
            "[127.0.0.1]",
            "[fe80::1%25eth0]",
            "a:b",
            "a:+80",
            "a:65536",
            "a:80:80",
            "%6cocalhost",
            "lo\u{f6}",
        ] {
            check(text, None);
        }
        check(&"a".repeat(254), None);
    }

    #[test]
    fn an_origin_implies_the_port_of_its_scheme() {
        let same = |left: &str, right: &str| Origin::parse(left).unwrap() == Origin::parse(right).unwrap();
        assert!(same("https://goals.example", "HTTPS://Goals.Example:443"));
        assert!(!same("http://goals.example", "https://goals.example"));
        assert!(!same("https://goals.example", "https://goals.example:8443"));
        for text in ["null", "", "goals.example", "file://", "ftp://goals.example", "https://goals.example/"] {
            assert!(Origin::parse(text).is_none(), "{text}");
        }
    }
}
