//! What the parts of an open page are called.

/// The attribute of what is kept up to date: a name that is the same in every rendering of the page.
pub const LIVE: &str = "data-live";

/// How long ids are; no word of an address or a name of a part of the page is.
pub const UUID_LENGTH: usize = 36;
