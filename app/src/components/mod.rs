//! The visible parts, one file each. Those that islands show too are built for both sides; the rest is HTML from the
//! server.

pub mod icon;
pub mod pace_bar;
pub mod status_badge;

#[cfg(feature = "ssr")]
pub mod advisory_icon;
#[cfg(feature = "ssr")]
pub mod avatar;
#[cfg(feature = "ssr")]
pub mod bring_back;
#[cfg(feature = "ssr")]
pub mod caption;
#[cfg(feature = "ssr")]
pub mod chart;
#[cfg(feature = "ssr")]
pub mod creator_header;
#[cfg(feature = "ssr")]
pub mod empty_state;
#[cfg(feature = "ssr")]
pub mod field;
#[cfg(feature = "ssr")]
pub mod freshness;
#[cfg(feature = "ssr")]
pub mod goal_line;
#[cfg(feature = "ssr")]
pub mod markdown;
#[cfg(feature = "ssr")]
pub mod notice;
#[cfg(feature = "ssr")]
pub mod page_header;
#[cfg(feature = "ssr")]
pub mod pagination;
#[cfg(feature = "ssr")]
pub mod search_form;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod table;
#[cfg(feature = "ssr")]
pub mod textarea;
#[cfg(feature = "ssr")]
pub mod ticks;
