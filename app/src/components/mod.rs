//! The components, one per file. They are rendered on the server only.

pub mod advisory_icon;
pub mod avatar;
pub mod caption;
pub mod chart;
pub mod creator_header;
pub mod deleted;
pub mod empty_state;
pub mod field;
pub mod freshness;
pub mod goal_badge;
pub mod goal_line;
pub mod icon;
pub mod markdown;
pub mod menu;
pub mod notice;
pub mod open_demo;
pub mod pace_bar;
pub mod pace_chart;
pub mod page_header;
pub mod pagination;
pub mod search_form;
pub mod status_badge;
pub mod table;
pub mod textarea;
pub mod ticks;
