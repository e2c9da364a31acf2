//! The Import page and the page of one import. Files are uploaded and read by the server (`server/src/import`).

use crate::actor::Action;
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::{ImportId, ProjectId};
use crate::imports::record::{Import, Rejection};
use crate::projects::record::Project;
use serde::{Deserialize, Serialize};

/// The choices made for a file, stored with its import as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The creator whose posts these are, for files that do not say.
    pub creator: Option<String>,
    /// When the counters were read, as typed, for files that do not say.
    pub collected_at: Option<String>,
    /// The columns of a file if some of them are not recognised.
    pub columns: Vec<Column>,
}

/// A column of a file and the field it is read as.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The header.
    pub header: String,
    /// The field's name; `None` if the column is not recognised or is ignored.
    pub field: Option<String>,
    /// The first values, shown to people.
    pub samples: Vec<String>,
}

impl Choices {
    /// Parses the choices stored with an import.
    #[must_use]
    pub fn of(import: &Import) -> Choices {
        serde_json::from_str(&import.choices).unwrap_or_default()
    }

    /// Returns the JSON in which they are stored.
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
    /// The number of stats whose post is not known yet.
    pub parked: i64,
}

/// Returns the latest imports of a project.
pub async fn imports(caller: &Caller, project_id: ProjectId) -> Result<Imports, AppError> {
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
    /// The choices made for it.
    pub choices: Choices,
    /// The rows it refused, the first 1,000.
    pub rejections: Vec<Rejection>,
}

/// Returns one import of a project.
pub async fn import(caller: &Caller, project_id: ProjectId, import_id: ImportId) -> Result<ImportView, AppError> {
    let project = caller.project(project_id, Action::Read).await?;
    let import = caller.store.import(project_id, import_id).await?.ok_or(AppError::NotFound)?;
    let rejections = caller.store.rejections(project_id, import_id).await?;
    Ok(ImportView { project, choices: Choices::of(&import), import, rejections })
}
