//! Light, dark, or as the system says.

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
