//! `--base-url`: the public address of the server.

use super::host::{Authority, Host, Origin};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;
use url::{ParseError, Url};

/// A public address: `http` or `https`, a host, an optional port, and nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct BaseUrl(Origin);

impl BaseUrl {
    /// Returns the origin of this server's pages.
    pub fn origin(&self) -> &Origin {
        &self.0
    }
}

/// Why a URL cannot be the base URL.
#[derive(Debug, Error)]
pub enum BadBaseUrl {
    /// It is not an absolute URL.
    #[error("write the whole address, such as https://goals.example.com ({0})")]
    Unreadable(#[from] ParseError),
    /// Its scheme is neither `http` nor `https`.
    #[error("the address must begin with https:// or http://")]
    Scheme,
    /// It has a path.
    #[error(
        "the path “{0}” cannot be served: Creator Goals needs a host name of its own, such as https://goals.example.com"
    )]
    Path(String),
    /// It has a user, a query or a fragment.
    #[error("the address may hold no user name, password, query or fragment")]
    Extra,
    /// Its host cannot occur in a request.
    #[error("this host cannot be named by a request")]
    Host,
}

impl FromStr for BaseUrl {
    type Err = BadBaseUrl;

    fn from_str(text: &str) -> Result<BaseUrl, BadBaseUrl> {
        let url = Url::parse(text.trim())?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(BadBaseUrl::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
            return Err(BadBaseUrl::Extra);
        }
        if url.path() != "/" {
            return Err(BadBaseUrl::Path(url.path().to_owned()));
        }
        let host = url.host_str().and_then(Host::parse).ok_or(BadBaseUrl::Host)?;
        Ok(BaseUrl(Origin { https: url.scheme() == "https", authority: Authority { host, port: url.port() } }))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_is_taken_in_its_usual_spelling() {
        for (text, expected) in [
            ("https://goals.example.com", "https://goals.example.com"),
            ("https://Goals.Example.com:443/", "https://goals.example.com"),
            ("http://goals.example.com:8080", "http://goals.example.com:8080"),
            ("https://[::1]:3000", "https://[::1]:3000"),
            ("https://b\u{fc}cher.example", "https://xn--bcher-kva.example"),
        ] {
            assert_eq!(text.parse::<BaseUrl>().unwrap().to_string(), expected);
        }
    }

    #[test]
    fn a_base_path_and_anything_else_is_refused_in_a_sentence() {
        for (text, part) in [
            ("https://example.com/goals", "“/goals” cannot be served"),
            ("https://example.com/goals/", "cannot be served"),
            ("goals.example.com", "write the whole address"),
            ("", "write the whole address"),
            ("ftp://example.com", "must begin with https://"),
            ("localhost:3000", "must begin with https://"),
            ("https://user:secret@example.com", "no user name"),
            ("https://example.com/?a=b", "no user name, password, query"),
            ("https://example.com/#a", "fragment"),
        ] {
            let refused = text.parse::<BaseUrl>().unwrap_err().to_string();
            assert!(refused.contains(part) && !refused.contains("secret"), "{text}: {refused}");
        }
    }
}
