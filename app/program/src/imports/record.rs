//! The records of imports.

use crate::ids::{FolderId, ImportId, ProjectId};
use compliance::Instant;
use compliance::named;
use serde::{Deserialize, Serialize};

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
    /// What it brought and what it left out.
    pub details: ImportDetails,
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

/// What an import brought and what it left out, for people; stored as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportDetails {
    /// Posts that were new or changed.
    pub posts: i64,
    /// Readings, of posts and of followers, that were new or changed.
    pub readings: i64,
    /// The creators in the file.
    pub creators: i64,
    /// Their handles, the first [`CREATORS_LISTED`] in alphabetical order.
    pub handles: Vec<String>,
    /// Rows of sums, which are neither creators nor posts.
    pub totals: i64,
    /// The columns or fields that were not used, at most [`UNUSED_LISTED`].
    pub unused: Vec<String>,
    /// Facts that wait until somebody decides on a probable renaming.
    pub waiting: i64,
    /// The creators whose handles were found to have changed, at most [`RENAMINGS_LISTED`].
    pub renamed: Vec<Renaming>,
    /// The probable renamings that were found, at most [`RENAMINGS_LISTED`].
    pub undecided: Vec<Renaming>,
    /// The values that were left out of rows that went in, by field and reason, at most [`REASONS_LISTED`].
    pub left_out: Vec<LeftOutValues>,
}

/// A handle of a creator that changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renaming {
    /// The handle before.
    pub from: String,
    /// The handle now.
    pub to: String,
}

/// Values of one field that were left out for one reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOutValues {
    /// The column or field, as the file names it.
    pub field: String,
    /// The stable name of the reason.
    pub code: String,
    /// How many there are.
    pub count: i64,
    /// The line of the first one.
    pub line: i64,
    /// The reason, as a sentence with the first value.
    pub reason: String,
}

/// The most creators that an import lists.
pub const CREATORS_LISTED: usize = 20;
/// The most renamings that an import lists.
pub const RENAMINGS_LISTED: usize = 50;
/// The most unused columns that an import lists.
pub const UNUSED_LISTED: usize = 100;
/// The most reasons for which values were left out that an import lists.
pub const REASONS_LISTED: usize = 50;

/// How an import ended, for its colour and for the exit code of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportVerdict {
    /// Everything went in.
    Whole,
    /// Something went in, and something was left out.
    Partly,
    /// Nothing went in.
    Nothing,
}

impl ImportVerdict {
    /// Returns how an import with these counts and details ended.
    #[must_use]
    pub fn of(counts: &ImportCounts, details: &ImportDetails) -> ImportVerdict {
        let went_in = counts.accepted + counts.duplicates + counts.parked + details.waiting;
        let dropped = counts.rejected > 0
            || counts.without_instant > 0
            || !details.undecided.is_empty()
            || details.waiting > 0
            || !details.unused.is_empty()
            || !details.left_out.is_empty();
        match (went_in, dropped) {
            (0, _) => ImportVerdict::Nothing,
            (_, true) => ImportVerdict::Partly,
            (_, false) => ImportVerdict::Whole,
        }
    }
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
