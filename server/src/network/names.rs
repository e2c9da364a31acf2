//! The names of this server: which hosts a request may ask for, and which pages count as this server's.

use super::base_url::BaseUrl;
use super::host::{Authority, Host, Origin};
use std::str::FromStr;
use std::sync::Arc;
use thiserror::Error;

/// A name given with `--host`: a host with an optional port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(Authority);

/// The error for a text that cannot be a name.
#[derive(Debug, Error)]
#[error(
    "write a host name or an IP address alone, such as goals.example.com, perhaps with a port: no https://, no path, no *"
)]
pub struct BadName;

impl FromStr for Name {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Name, BadName> {
        let text = text.trim();
        if let Some(authority) = Authority::parse(text) {
            return Ok(Name(authority));
        }
        // An IPv6 address without brackets, or a name with letters that browsers encode (IDN).
        let bare = text.parse().map(Host::Address).ok();
        let host = bare.or_else(|| {
            let is_odd = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '-' | '_' | '.');
            let host = url::Host::parse(text).ok().filter(|_| !text.contains(is_odd))?;
            Host::parse(&host.to_string())
        });
        host.map(|host| Name(Authority { host, port: None })).ok_or(BadName)
    }
}

/// The names under which the server may be addressed: the loopback names always, and those given.
#[derive(Debug, Clone, Default)]
pub struct Names {
    given: Arc<[Name]>,
    base_url: Option<Arc<BaseUrl>>,
}

impl Names {
    /// Creates the set from the given names and the public address.
    pub fn new(given: Vec<Name>, base_url: Option<BaseUrl>) -> Names {
        Names { given: given.into(), base_url: base_url.map(Arc::new) }
    }

    /// Returns whether only the loopback names are known.
    pub fn are_local(&self) -> bool {
        self.given.is_empty() && self.base_url.is_none()
    }

    /// Returns the public address, if one was given.
    pub fn base_url(&self) -> Option<&BaseUrl> {
        self.base_url.as_deref()
    }

    /// Returns whether a request may ask for this host. The port is ignored: proxies listen on another port.
    pub fn allow(&self, asked: &Authority) -> bool {
        asked.host.is_loopback() || self.is_given(asked) || self.is_base(asked)
    }

    /// Returns whether a page of this origin is this server's, for a request that asks for `asked`. A given name stands
    /// for all ports unless it has one; the public address must match exactly. Otherwise the origin must equal `asked`.
    pub fn own(&self, origin: &Origin, asked: Option<&Authority>) -> bool {
        let is_named = |Name(name): &Name| {
            name.host == origin.authority.host && name.port.is_none_or(|port| port == origin.port())
        };
        if self.given.iter().any(is_named) || self.base_url().is_some_and(|base| base.origin() == origin) {
            return true;
        }
        asked.is_some_and(|asked| {
            let is_exact = self.is_base(asked) && !self.is_given(asked);
            !is_exact && asked.host == origin.authority.host && asked.port_of(origin.https) == origin.port()
        })
    }

    /// Returns the host requested through a trusted proxy: the forwarded one, unless the proxy itself asks for an
    /// unknown name. A proxy that does not set the header passes on what the client wrote, so a loopback name in it
    /// does not count.
    pub fn asked_by_proxy(&self, asked: Authority, forwarded: Authority) -> Authority {
        let is_named = self.is_given(&forwarded) || self.is_base(&forwarded);
        let is_ignored = !self.allow(&asked) || (forwarded.host.is_loopback() && !is_named);
        if is_ignored { asked } else { forwarded }
    }

    fn is_given(&self, asked: &Authority) -> bool {
        self.given.iter().any(|Name(name)| name.host == asked.host)
    }

    fn is_base(&self, asked: &Authority) -> bool {
        self.base_url().is_some_and(|base| base.origin().authority.host == asked.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(given: &[&str], base_url: Option<&str>) -> Names {
        let given = given.iter().map(|name| name.parse().unwrap()).collect();
        Names::new(given, base_url.map(|url| url.parse().unwrap()))
    }

    #[track_caller]
    fn allows(names: &Names, asked: &str, expected: bool) {
        assert_eq!(names.allow(&Authority::parse(asked).unwrap()), expected, "{asked}");
    }

    #[track_caller]
    fn owns(names: &Names, origin: &str, asked: &str, expected: bool) {
        let (page, host) = (Origin::parse(origin).unwrap(), Authority::parse(asked).unwrap());
        assert_eq!(names.own(&page, Some(&host)), expected, "a page of {origin} asks {asked}");
    }

    #[test]
    fn only_names_that_were_given_are_allowed_beside_this_machines_own() {
        for (given, base_url) in
            [(&["goals.example", "10.0.0.5", "fd00::5"][..], None), (&[], Some("https://goals.example"))]
        {
            let names = names(given, base_url);
            for asked in
                ["goals.example", "GOALS.example.:8443", "localhost:3000", "127.0.0.1:3000", "[::1]", "127.8.9.1"]
            {
                allows(&names, asked, true);
            }
            for asked in [
                "evil.example",
                "goals.example.evil.example",
                "evil.goals.example",
                "localhost.evil.example",
                "192.168.1.5:3000",
            ] {
                allows(&names, asked, false);
            }
            allows(&names, "10.0.0.5:3000", base_url.is_none());
            allows(&names, "[fd00:0::5]:3000", base_url.is_none());
        }
        allows(&Names::default(), "goals.example", false);
    }

    #[test]
    fn a_given_name_is_our_own_whatever_host_a_proxy_writes() {
        let names = names(&["goals.example", "port.example:8443"], None);
        for asked in ["127.0.0.1:3000", "goals.example", "goals.example:8443"] {
            owns(&names, "http://goals.example", asked, true);
            owns(&names, "https://goals.example:8443", asked, true);
            owns(&names, "https://port.example:8443", asked, true);
            owns(&names, "https://port.example", asked, false);
            owns(&names, "https://evil.example", asked, false);
        }
        owns(&names, "http://port.example:3000", "port.example:3000", true);
    }

    #[test]
    fn the_public_address_is_exact() {
        let names = names(&[], Some("https://goals.example"));
        for asked in ["127.0.0.1:3000", "goals.example"] {
            owns(&names, "https://goals.example", asked, true);
            owns(&names, "https://goals.example:443", asked, true);
            owns(&names, "http://goals.example", asked, false);
            owns(&names, "https://goals.example:8443", asked, false);
        }
        owns(&names, "http://127.0.0.1:3000", "127.0.0.1:3000", true);
    }

    #[test]
    fn without_names_a_page_must_come_from_where_its_request_goes() {
        let names = Names::default();
        owns(&names, "http://localhost:3000", "localhost:3000", true);
        owns(&names, "http://[::1]:3000", "[::1]:3000", true);
        owns(&names, "http://localhost:3001", "localhost:3000", false);
        owns(&names, "http://127.0.0.1:3000", "localhost:3000", false);
        owns(&names, "http://goals.example", "127.0.0.1:3000", false);
        owns(&names, "http://localhost", "localhost:80", true);
    }

    #[test]
    fn a_name_is_a_host_and_nothing_else() {
        assert_eq!("b\u{fc}cher.example".parse::<Name>().unwrap(), "xn--bcher-kva.example".parse().unwrap());
        assert_eq!("fd00::5".parse::<Name>().unwrap(), "[fd00::5]".parse().unwrap());
        for text in
            ["", "*", "*.example", "https://goals.example", "goals.example/", "user@goals.example", "a b", "a,b"]
        {
            assert!(text.parse::<Name>().is_err(), "{text}");
        }
    }
}
