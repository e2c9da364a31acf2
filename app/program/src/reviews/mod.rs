//! Reviews: decisions on posts, the inbox, and what each decision would change.

pub mod changes;
pub mod effects;
pub mod inbox;
pub mod record;
pub mod store;
