//! The records of projects.

use crate::ids::ProjectId;
use compliance::calendar::Zone;
use compliance::{Instant, ProjectSettings};

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
