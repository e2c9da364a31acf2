//! The records of imports.

use crate::ids::{FolderId, ImportId, ProjectId};
use compliance::Instant;
use compliance::named;

/// The state of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// Its columns have to be mapped first.
    Waiting,
    /// It waits until other imports have been read.
    Queued,
    /// Being read.
    Running,
    /// Read to the end.
    Done,
    /// Stopped; `failure` says why. Rows read before that were imported.
    Failed,
}

named!(ImportState { Waiting: "waiting", Queued: "queued", Running: "running", Done: "done", Failed: "failed" });

impl ImportState {
    /// Returns whether it is finished, successfully or not.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, ImportState::Done | ImportState::Failed)
    }
}

/// The import of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The project.
    pub project_id: ProjectId,
    /// Its id.
    pub import_id: ImportId,
    /// The name of the file as uploaded.
    pub file_name: String,
    /// Its state.
    pub state: ImportState,
    /// The choices made for it, as JSON.
    pub choices: String,
    /// The size of the file, in bytes.
    pub bytes_total: i64,
    /// The number of bytes read so far.
    pub bytes_done: i64,
    /// The counts so far.
    pub counts: ImportCounts,
    /// Why it stopped.
    pub failure: Option<String>,
    /// The handles of creators in the file who were removed from the program, separated by spaces; the first
    /// [`REMOVED_LISTED`]. Facts about them are kept in case they return.
    pub removed_creators: String,
    /// When it was uploaded.
    pub created_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
    /// The id of the folder with its file, which is that of the server to which it was uploaded. `None` for files
    /// uploaded to older versions.
    pub folder_id: Option<FolderId>,
}

/// The result of recording an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateImportOutcome {
    /// It was recorded.
    Created,
    /// An import with this id exists already; nothing was changed.
    Present,
    /// The project has the maximum number of unfinished imports; nothing was changed.
    TooMany,
}

/// The result of updating an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateImportOutcome {
    /// It was updated.
    Updated,
    /// It is in another state than the caller expected, so nothing was changed.
    StateChanged,
}

/// The sentence of an import that was cancelled before anything was read.
const CANCELLED_BEFORE: &str = "Cancelled before anything was read.";
/// The sentence of an import that was cancelled while it was read.
const CANCELLED_WITHIN: &str = "Cancelled. Rows read before that were imported.";

/// The sentence of an import whose file is gone.
pub const FILE_GONE: &str = "The uploaded file is no longer here. Upload it again.";

/// The most unfinished imports of a project.
pub const UNFINISHED_IMPORTS: i64 = 50;

impl Import {
    /// Returns how much of the file has been read, in whole percent of its bytes.
    #[must_use]
    pub fn percent(&self) -> u32 {
        let percent = self.bytes_done.saturating_mul(100) / self.bytes_total.max(1);
        u32::try_from(percent.clamp(0, 100)).unwrap_or(0)
    }

    /// Marks it as failed, with the reason.
    pub fn stop(&mut self, why: &str, now: Instant) {
        self.state = ImportState::Failed;
        self.failure = Some(why.to_owned());
        self.finished_at = Some(now);
    }

    /// Returns why it stopped, if somebody cancels it now.
    #[must_use]
    pub fn cancelled_as(&self) -> &'static str {
        if self.state == ImportState::Running { CANCELLED_WITHIN } else { CANCELLED_BEFORE }
    }

    /// Returns whether somebody cancelled it.
    #[must_use]
    pub fn was_cancelled(&self) -> bool {
        matches!(self.failure.as_deref(), Some(CANCELLED_BEFORE | CANCELLED_WITHIN))
    }
}

/// The counts of a file's rows and facts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Rows read.
    pub rows: i64,
    /// Facts that were new or corrections.
    pub accepted: i64,
    /// Facts that were known already.
    pub duplicates: i64,
    /// Stats kept until their post arrives.
    pub parked: i64,
    /// Rows refused.
    pub rejected: i64,
    /// Counters ignored because the file does not say when they were read.
    pub without_instant: i64,
}

/// A row that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// Its index among the refused rows.
    pub position: i64,
    /// The line or item in the file, from 1.
    pub line: i64,
    /// The invalid field.
    pub field: Option<String>,
    /// A stable code.
    pub code: String,
    /// A sentence.
    pub reason: String,
}

/// The most removed creators that an import lists.
pub const REMOVED_LISTED: usize = 100;

/// The most refused rows that are listed; the others are only counted.
pub const REJECTIONS_LISTED: i64 = 1_000;
