//! Light, dark, or as the system says.

use crate::forms::answer;

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

impl Theme {
    /// Every choice, in order of the switch.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The name used in the cookie and in `data-theme`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// Returns the theme that the browser has chosen. The server knows it, so pages do not flash.
    #[must_use]
    pub fn of_request() -> Theme {
        let chosen = answer::cookie("theme");
        chosen.and_then(|name| Theme::ALL.into_iter().find(|theme| theme.name() == name)).unwrap_or_default()
    }
}
