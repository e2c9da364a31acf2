//! What every request passes on its way in and every answer on its way out, one concern a file.

pub mod arrival;
pub mod assets;
pub mod content_security_policy;
pub mod cross_origin;
pub mod host;
pub mod limits;
pub mod observe;
pub mod refusals;
pub mod security_headers;

pub use limits::RequestLimits;
