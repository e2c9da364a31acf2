//! The choices made for a file that is imported.

use crate::imports::record::Import;
use crate::imports::refusal::UploadRefusal;
use chrono::NaiveDateTime;
use compliance::Instant;
use compliance::calendar::Zone;
use compliance::fact::Handle;
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

/// What was typed beside a file, parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The creator whose posts these are.
    pub creator: Option<Handle>,
    /// When the counters were read.
    pub collected_at: Option<Instant>,
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

    /// Parses what was typed beside the file; `zone` is that of the project.
    pub fn beside(&self, zone: Zone) -> Result<Beside, UploadRefusal> {
        let creator = self.creator.as_deref().map(Handle::parse).transpose().map_err(|_| UploadRefusal::Creator)?;
        let instant = |typed: &str| {
            let clock = NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M")
                .or_else(|_| NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M:%S"));
            let at = clock.ok().map(|clock| zone.instant_of(clock));
            at.filter(|at| at.is_plausible()).ok_or(UploadRefusal::CollectedAt)
        };
        let collected_at = self.collected_at.as_deref().map(instant).transpose()?;
        Ok(Beside { creator, collected_at })
    }
}
