//! The network around the server: its own names, the proxies in front of it, and the addresses of clients.

mod arrival;
mod base_url;
mod host;
mod names;
mod proxies;

pub use arrival::{Arrival, Malformed, Peer};
pub use base_url::BaseUrl;
pub use host::Origin;
pub use names::{Name, Names};
pub use proxies::TrustedProxies;

/// The network settings of a server.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// The names under which it may be addressed.
    pub names: Names,
    /// The proxies whose forwarded headers are trusted.
    pub proxies: TrustedProxies,
}
