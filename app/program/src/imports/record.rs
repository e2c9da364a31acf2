//! Imports as the application sees them.

use compliance::Instant;
use uuid::Uuid;

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// Its columns must be mapped first.
    Waiting,
    /// It is read when others have been.
    Queued,
    /// Being read.
    Running,
    /// Read to the end.
    Done,
    /// Stopped; `failure` says why. Rows read before that were imported.
    Failed,
}

impl ImportState {
    /// Every state, in order.
    pub const ALL: [ImportState; 5] =
        [ImportState::Waiting, ImportState::Queued, ImportState::Running, ImportState::Done, ImportState::Failed];

    /// The name used in SQL.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ImportState::Waiting => "waiting",
            ImportState::Queued => "queued",
            ImportState::Running => "running",
            ImportState::Done => "done",
            ImportState::Failed => "failed",
        }
    }

    /// The state with this [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<ImportState> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether nothing more becomes of it.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, ImportState::Done | ImportState::Failed)
    }
}

/// One file brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The project.
    pub project_id: Uuid,
    /// Its id.
    pub import_id: Uuid,
    /// The name of the file as uploaded.
    pub file_name: String,
    /// Where it stands.
    pub state: ImportState,
    /// What was chosen for it, as JSON.
    pub choices: String,
    /// The size of the file.
    pub bytes_total: i64,
    /// How much of it has been read.
    pub bytes_done: i64,
    /// Its outcome so far.
    pub counts: ImportCounts,
    /// Why it stopped.
    pub failure: Option<String>,
    /// The handles of creators in the file who were removed from the program, apart by spaces; the first
    /// [`REMOVED_LISTED`]. What is told of them is kept for the day they return.
    pub removed_creators: String,
    /// When it was uploaded.
    pub created_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
    /// The folder that holds its file: that of the server to which it was uploaded. `None` for those uploaded to older
    /// versions.
    pub folder_id: Option<Uuid>,
}

/// What became of an import to record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateImportOutcome {
    /// It is recorded.
    Created,
    /// An import of this id is there already; nothing was changed.
    Present,
    /// As many imports of the project as may be are not over yet; nothing was changed.
    TooMany,
}

/// How many imports of a project may wait or be read.
pub const UNFINISHED_IMPORTS: i64 = 50;

impl Import {
    /// How much of the file has been read, in whole percent of its bytes.
    #[must_use]
    pub fn percent(&self) -> u32 {
        let percent = self.bytes_done.saturating_mul(100) / self.bytes_total.max(1);
        u32::try_from(percent.clamp(0, 100)).unwrap_or(0)
    }
}

/// What became of a file's rows and facts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Rows read.
    pub rows: i64,
    /// Facts that were new or corrections.
    pub accepted: i64,
    /// Facts known already.
    pub duplicates: i64,
    /// Stats kept aside until their post arrives.
    pub parked: i64,
    /// Rows refused.
    pub rejected: i64,
    /// Counters left out because nothing says when they were read.
    pub without_instant: i64,
}

/// A row that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// Its place among the refused rows.
    pub position: i64,
    /// The line or item in the file, from 1.
    pub line: i64,
    /// The field at fault.
    pub field: Option<String>,
    /// A stable code.
    pub code: String,
    /// A sentence.
    pub reason: String,
}

/// Removed creators that an import names.
pub const REMOVED_LISTED: usize = 100;

/// Refused rows that are listed; the rest is counted.
pub const REJECTIONS_LISTED: i64 = 1_000;
