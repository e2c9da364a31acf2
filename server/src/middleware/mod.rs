//! The middleware around every request and answer, one concern per file.

pub mod arrival;
pub mod assets;
pub mod content_security_policy;
pub mod cross_origin;
pub mod host;
pub mod limits;
pub mod observe;
pub mod refusals;
pub mod security_headers;
