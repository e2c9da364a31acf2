//! The server: its routes, the middleware around them, and the files that browsers load.
//!
//! [`router`] needs no socket, so tests can call it directly.

// The types of whole pages are nested deeply.
#![recursion_limit = "512"]

mod api;
mod arriving;
pub mod demo;
mod dev;
mod event_stream;
mod feed;
mod import;
mod intake;
pub mod jobs;
mod last_used;
mod limits;
mod listen;
mod metrics;
mod middleware;
mod network;
mod pace;
mod pool;
mod refused;
mod request_limits;
mod routes;
mod site;
mod socket;
mod state;

pub mod cli;
mod web;

pub use import::{Run, Step, UploadLimits, Uploads, interrupt_unfinished, resume, tidy};
pub use limits::{Limits, Places};
pub use listen::{bind, resolve, serve};
pub use network::{BaseUrl, Name, Names, Network, Peer, TrustedProxies};
pub use pace::Slowest;
pub use routes::router;
pub use site::Site;
pub use state::AppState;
