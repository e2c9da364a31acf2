//! Projects as the application sees them.

use compliance::calendar::Zone;
use compliance::{Instant, ProjectSettings};
use uuid::Uuid;

/// A program of creators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id.
    pub project_id: Uuid,
    /// What people call it.
    pub name: String,
    /// Its local days.
    pub zone: Zone,
    /// Its settings.
    pub settings: ProjectSettings,
    /// Grows with every change of its data.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
}

/// What can be chosen about a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectChange {
    /// What people call it, 1 to 120 characters.
    pub name: String,
    /// Its local days.
    pub zone: Zone,
    /// Its settings.
    pub settings: ProjectSettings,
}
