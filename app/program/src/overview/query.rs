//! The query of the overview.

use compliance::metric::Metric;
use compliance::named;
use compliance::overview::Group;
use compliance::{Cadence, Status};

/// The query of the overview; all of it comes from the URL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OverviewQuery {
    /// Part of a name or handle.
    pub search: String,
    /// Only creators with a goal of this status.
    pub status: Option<Status>,
    /// Only goals of this metric.
    pub metric: Option<Metric>,
    /// Only goals of this cadence.
    pub cadence: Option<Cadence>,
    /// Only creators with a period that just ended with this status.
    pub just_ended: Option<Status>,
    /// Only creators in this group.
    pub group: Option<Group>,
    /// The groups whose creators are not listed, if the list has groups.
    pub folded: Vec<Group>,
    /// The order.
    pub sort: OverviewSort,
    /// The layout.
    pub layout: OverviewLayout,
    /// The page number, from 1.
    pub page: usize,
}

impl OverviewQuery {
    /// Returns whether the creators are listed in groups: only in the order of attention.
    #[must_use]
    pub fn has_groups(&self) -> bool {
        self.sort == OverviewSort::Attention && self.layout == OverviewLayout::List
    }

    /// Returns whether a group is folded.
    #[must_use]
    pub fn folds(&self, group: Group) -> bool {
        self.has_groups() && self.folded.contains(&group)
    }
}

/// The layout of the overview.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OverviewLayout {
    /// One row per creator, one line per goal.
    #[default]
    List,
    /// One row per creator, one column per kind of goal.
    Columns,
    /// The list, grouped by campaign.
    Campaigns,
}

// The default first.
named!(OverviewLayout { List: "list", Columns: "columns", Campaigns: "campaigns" });

impl OverviewLayout {
    /// Returns the label shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            OverviewLayout::List => "List",
            OverviewLayout::Columns => "Goals side by side",
            OverviewLayout::Campaigns => "By campaign",
        }
    }
}

/// An order of the overview.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OverviewSort {
    /// Those who need attention first.
    #[default]
    Attention,
    /// By name.
    Name,
    /// Longest not collected first.
    Collected,
}

// The default first.
named!(OverviewSort { Attention: "attention", Name: "name", Collected: "collected" });

impl OverviewSort {
    /// Returns the label shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            OverviewSort::Attention => "Needs attention",
            OverviewSort::Name => "Name",
            OverviewSort::Collected => "Longest not collected",
        }
    }
}
