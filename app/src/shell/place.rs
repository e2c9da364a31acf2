//! The entries of the sidebar.

use crate::components::icon::{self, Svg};
use program::projects::record::Project;

/// The entry of the sidebar that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The search for anything by its name.
    Search,
    /// The project overview.
    Overview,
    /// The creators, and the pages of one creator.
    Creators,
    /// Posts pending review.
    Inbox,
    /// Campaigns, and the pages of one campaign.
    Campaigns,
    /// The calendar of everybody's posts.
    Calendar,
    /// Imports.
    Import,
    /// The project's settings.
    Settings,
    /// None of them: the page does not exist.
    Nowhere,
}

impl Place {
    /// Every entry, in order.
    pub const ALL: [Place; 8] = [
        Place::Search,
        Place::Overview,
        Place::Creators,
        Place::Inbox,
        Place::Campaigns,
        Place::Calendar,
        Place::Import,
        Place::Settings,
    ];

    /// Returns the name of the entry.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Place::Search => "Search",
            Place::Overview | Place::Nowhere => "Creator Goals",
            Place::Creators => "Creators",
            Place::Inbox => "Tracking Inbox",
            Place::Campaigns => "Campaigns",
            Place::Calendar => "Calendar",
            Place::Import => "Import",
            Place::Settings => "Settings",
        }
    }

    /// Returns the icon of the entry.
    #[must_use]
    pub const fn svg(self) -> Svg {
        match self {
            Place::Search => icon::SEARCH,
            Place::Overview | Place::Nowhere => icon::TARGET,
            Place::Creators => icon::USERS,
            Place::Inbox => icon::INBOX,
            Place::Campaigns => icon::MEGAPHONE,
            Place::Calendar => icon::CALENDAR_DAYS,
            Place::Import => icon::UPLOAD,
            Place::Settings => icon::SETTINGS,
        }
    }

    /// Returns the address of its page.
    #[must_use]
    pub fn href(self, project: &Project) -> String {
        let project = format!("/projects/{}", project.project_id);
        match self {
            Place::Search => format!("{project}/search"),
            Place::Overview | Place::Nowhere => project,
            Place::Creators => format!("{project}/creators"),
            Place::Inbox => format!("{project}/inbox"),
            Place::Campaigns => format!("{project}/campaigns"),
            Place::Calendar => format!("{project}/calendar"),
            Place::Import => format!("{project}/import"),
            Place::Settings => format!("{project}/settings"),
        }
    }
}
