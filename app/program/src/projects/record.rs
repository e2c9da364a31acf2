//! The records of projects.

use crate::ids::ProjectId;
use compliance::calendar::Zone;
use compliance::evaluation::Context;
use compliance::{Instant, Looks, ProjectSettings};

/// A program of creators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id.
    pub project_id: ProjectId,
    /// Its name.
    pub name: String,
    /// Its local days.
    pub zone: Zone,
    /// Its settings.
    pub settings: ProjectSettings,
    /// Incremented with every change of its data.
    pub version: i64,
    /// When it was created.
    pub created_at: Instant,
}

impl Project {
    /// Returns what goals of a creator are judged by at an instant. `looks` are the creator's collections at or before it;
    /// `days` are the project's local days, remembered if many goals are judged.
    #[must_use]
    pub const fn context<'d, Days>(&self, days: &'d Days, as_of: Instant, looks: Looks) -> Context<'d, Days> {
        Context { days, settings: self.settings, as_of, looks }
    }
}

/// What can be edited about a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectChange {
    /// Its name, 1 to 120 characters.
    pub name: String,
    /// Its local days.
    pub zone: Zone,
    /// Its settings.
    pub settings: ProjectSettings,
}
