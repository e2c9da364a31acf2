//! Why a file cannot be imported as it was sent.

use crate::error::{AppError, StoreError};
use compliance::named;

/// The most files of one upload.
pub const FILES_AT_ONCE: usize = 20;

/// Why an upload was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadRefusal {
    /// There is too little room on the server's disk.
    NoRoom,
    /// The project has too many unfinished imports.
    Many,
    /// Too many files are being uploaded by all clients together.
    Busy,
    /// Too many files are being uploaded from this client's network or into this project.
    Share,
    /// The file did not arrive in time.
    Slow,
    /// No file was chosen.
    NoFile,
    /// More files were chosen than are read at a time.
    ManyFiles,
    /// The file is empty.
    Empty,
    /// The file is larger than an upload may be.
    TooLarge,
    /// The creator typed beside the file is not a TikTok handle.
    Creator,
    /// The instant typed beside the file cannot be read.
    CollectedAt,
    /// The time zone chosen for the file does not exist.
    Zone,
}

named!(UploadRefusal {
    NoRoom: "no_room",
    Many: "many",
    Busy: "busy",
    Share: "share",
    Slow: "slow",
    NoFile: "no_file",
    ManyFiles: "many_files",
    Empty: "empty",
    TooLarge: "too_large",
    Creator: "creator",
    CollectedAt: "collected_at",
    Zone: "zone",
});

/// Why a file did not become an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotImported {
    /// It was refused.
    Refused(UploadRefusal),
    /// It failed for another reason.
    Failed(AppError),
}

impl From<UploadRefusal> for NotImported {
    fn from(refusal: UploadRefusal) -> NotImported {
        NotImported::Refused(refusal)
    }
}

impl From<AppError> for NotImported {
    fn from(error: AppError) -> NotImported {
        NotImported::Failed(error)
    }
}

impl From<StoreError> for NotImported {
    fn from(error: StoreError) -> NotImported {
        NotImported::Failed(error.into())
    }
}
