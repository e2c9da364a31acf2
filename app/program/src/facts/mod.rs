//! Facts: what was read of TikTok, and what becomes of it.

pub mod record;
pub mod store;
