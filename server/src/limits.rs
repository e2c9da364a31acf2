//! How much of each thing a request may take, so that no stranger can use up the server.
//!
//! What a body may hold is decided where it is read: `http/extract.rs`, `http/stats.rs`, `import/uploads.rs`.

use std::time::Duration;

/// The limits of a server.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long the head of a request may take to arrive, also on a connection kept open.
    pub head: Duration,
    /// How long a body may pause.
    pub body_pause: Duration,
    /// How long a request of the API may take as a whole, its body included. Answers that have begun may go on.
    pub api_request: Duration,
    /// Connections at a time; more wait in the system's queue.
    pub connections: usize,
    /// Requests answered at a time; more are refused. Answers that have begun (event streams) do not count.
    pub requests: usize,
    /// How long a stopping server waits for requests to be answered.
    pub farewell: Duration,
}

/// The most header lines of a request.
pub const HEADER_LINES: usize = 100;
/// The largest head of a request, in bytes.
pub const HEAD_BYTES: usize = 64 * 1024;

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            head: Duration::from_secs(30),
            body_pause: Duration::from_secs(30),
            api_request: Duration::from_mins(10),
            connections: 4_096,
            requests: 1_024,
            farewell: Duration::from_secs(20),
        }
    }
}
