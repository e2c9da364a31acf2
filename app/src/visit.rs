//! How the browser at hand reached the server; put into each request by the server.

use http::request::Parts;
use leptos::prelude::use_context;

/// The address that a browser sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visit {
    /// Scheme, host and port of the pages, such as `https://goals.example.com`; empty if nobody knows.
    pub address: String,
    /// Whether the connection of the browser is encrypted, if only as far as a proxy.
    pub is_https: bool,
}

impl Visit {
    /// The visit that the request at hand belongs to. Ask before the first `await`.
    #[must_use]
    pub fn current() -> Visit {
        use_context::<Parts>().and_then(|parts| parts.extensions.get::<Visit>().cloned()).unwrap_or_default()
    }
}
