//! The address under which the browser reached the server; the server puts it into each request.

use http::request::Parts;
use leptos::prelude::use_context;

/// The public address of the server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visit {
    /// Scheme, host and port of the pages, such as `https://goals.example.com`; empty if they are not known.
    pub address: String,
    /// Whether the browser's connection is encrypted, at least as far as a proxy.
    pub is_https: bool,
}

impl Visit {
    /// Returns the visit of the current request. Call this before the first `await`.
    #[must_use]
    pub fn current() -> Visit {
        use_context::<Parts>().and_then(|parts| parts.extensions.get::<Visit>().cloned()).unwrap_or_default()
    }
}
