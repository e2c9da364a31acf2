//! Why a file cannot be imported as it was sent.

use compliance::named;

/// Why an upload was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadRefusal {
    /// There is too little room on the server's disk.
    NoRoom,
    /// Too many imports of the project are not over yet.
    Many,
    /// Too many files are being uploaded, of all clients together.
    Busy,
    /// Too many files are being uploaded from this client's network or into this project.
    Share,
    /// The file did not arrive in time.
    Slow,
    /// No file was chosen.
    NoFile,
    /// The file is empty.
    Empty,
    /// The file is larger than an upload may be.
    TooLarge,
    /// The creator typed beside the file is not a TikTok handle.
    Creator,
    /// The instant typed beside the file cannot be read.
    CollectedAt,
}

named!(UploadRefusal {
    NoRoom: "no_room",
    Many: "many",
    Busy: "busy",
    Share: "share",
    Slow: "slow",
    NoFile: "no_file",
    Empty: "empty",
    TooLarge: "too_large",
    Creator: "creator",
    CollectedAt: "collected_at",
});

impl UploadRefusal {
    /// Returns the HTTP status for this refusal.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            UploadRefusal::NoRoom => 507,
            UploadRefusal::Busy => 503,
            UploadRefusal::Share => 429,
            UploadRefusal::TooLarge => 413,
            UploadRefusal::Many => 409,
            // Not 408, after which a browser may send the whole file again by itself.
            UploadRefusal::Slow
            | UploadRefusal::NoFile
            | UploadRefusal::Empty
            | UploadRefusal::Creator
            | UploadRefusal::CollectedAt => 422,
        }
    }
}
