//! Imports: what was brought in, how far it is, what was refused. Uploading and reading files is the server's work
//! (`server/src/ingest`); these are the pages' reads.

use crate::actor::Action;
use crate::caller::Caller;
use crate::error::AppError;
use crate::imports::record::{Import, Rejection};
use crate::projects::record::Project;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What was chosen for a file, stored with its import as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Whose posts these are, for files that do not say.
    pub creator: Option<String>,
    /// When the counters were read, for files that do not say; as typed.
    pub collected_at: Option<String>,
    /// The columns of a file whose columns are not all recognised.
    pub columns: Vec<Column>,
}

/// A column of a file and what it is taken for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The header.
    pub header: String,
    /// The field's name; `None` if it is not recognised or to be ignored.
    pub field: Option<String>,
    /// The first values, for people to recognise it by.
    pub samples: Vec<String>,
}

impl Choices {
    /// The choices stored with an import.
    #[must_use]
    pub fn of(import: &Import) -> Choices {
        serde_json::from_str(&import.choices).unwrap_or_default()
    }

    /// The form in which they are stored.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The Import page.
#[derive(Debug, Clone)]
pub struct Imports {
    /// The project.
    pub project: Project,
    /// The latest imports, newest first.
    pub imports: Vec<Import>,
    /// How many stats wait for a post that is not known yet.
    pub parked: i64,
}

/// The latest imports of a project.
pub async fn imports(caller: &Caller, project_id: Uuid) -> Result<Imports, AppError> {
    let project = caller.project(project_id, Action::Read).await?;
    let imports = caller.store.imports(project_id).await?;
    let parked = caller.store.parked_count(project_id).await?;
    Ok(Imports { project, imports, parked })
}

/// One import.
#[derive(Debug, Clone)]
pub struct ImportView {
    /// The project.
    pub project: Project,
    /// The import.
    pub import: Import,
    /// What was chosen for it.
    pub choices: Choices,
    /// The rows it refused, the first 1,000.
    pub rejections: Vec<Rejection>,
}

/// One import of a project.
pub async fn import(caller: &Caller, project_id: Uuid, import_id: Uuid) -> Result<ImportView, AppError> {
    let project = caller.project(project_id, Action::Read).await?;
    let import = caller.store.import(project_id, import_id).await?.ok_or(AppError::NotFound)?;
    let rejections = caller.store.rejections(project_id, import_id).await?;
    Ok(ImportView { project, choices: Choices::of(&import), import, rejections })
}
