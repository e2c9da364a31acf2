//! Light, dark, or as the system says.

use crate::forms::answer;
use compliance::named;

/// Light, dark, or as the system says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

// In the order of the switch.
named!(Theme { System: "system", Light: "light", Dark: "dark" });

impl Theme {
    /// Returns the theme that the browser has chosen. The server knows it, so pages do not flash.
    #[must_use]
    pub fn of_request() -> Theme {
        answer::cookie("theme").and_then(|name| Theme::from_name(&name)).unwrap_or_default()
    }
}
