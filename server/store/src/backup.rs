//! Backups: copies of the database in one file.

use super::copy::{CopyError, copy};
use super::engine::{Location, OpenError, file, sqlite};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why the database cannot be copied.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The database cannot be opened.
    #[error(transparent)]
    Url(#[from] OpenError),
    /// The target file already exists.
    #[error("“{0}” already exists: a backup never overwrites a file")]
    Exists(String),
    /// The database engine cannot make the copy.
    #[error("cannot copy the database: {0}")]
    Copy(#[from] sqlx::Error),
    /// A PostgreSQL database cannot be copied into the file.
    #[error(transparent)]
    Across(#[from] CopyError),
    /// The copy failed its integrity check.
    #[error("the copy is damaged ({0}); it was removed")]
    Damaged(String),
    /// The file cannot be written.
    #[error("cannot write “{path}”: {cause}")]
    Write {
        /// The file.
        path: String,
        /// The error of the operating system.
        cause: std::io::Error,
    },
}

/// Copies the database at `url`, as it is at one instant, into a new SQLite file `to`, and returns the size of the copy
/// in bytes. Other connections may read and write meanwhile. The file appears once it is complete and on disk.
pub async fn back_up(url: &str, to: &Path) -> Result<u64, BackupError> {
    if to.exists() {
        return Err(BackupError::Exists(to.display().to_string()));
    }
    let unfinished = PathBuf::from(format!("{}.unfinished", to.display()));
    let failed = |cause| BackupError::Write { path: to.display().to_string(), cause };
    let copied = async {
        remove(&unfinished);
        match Location::of(url)? {
            Location::Server => drop(copy(url, &format!("sqlite:{}", unfinished.display()), &mut |_| {}).await?),
            Location::File(from) => {
                sqlite::check_source(&from)?;
                // Only its owner may read it. SQLite takes an empty file for one that is not there.
                file::create(&unfinished)
                    .map_err(|cause| BackupError::Write { path: unfinished.display().to_string(), cause })?;
                sqlite::copy_into(&from, &unfinished).await?;
            }
        }
        if let Some(damage) = sqlite::damage(&unfinished).await? {
            return Err(BackupError::Damaged(damage));
        }
        let file = std::fs::File::open(&unfinished).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        // A link, not a rename: a rename would overwrite a file that was created there meanwhile.
        std::fs::hard_link(&unfinished, to).map_err(failed)?;
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        file.metadata().map(|about| about.len()).map_err(failed)
    };
    let copied = copied.await;
    remove(&unfinished);
    copied
}

/// Removes a database file and the files SQLite keeps beside it, if they exist.
fn remove(file: &Path) {
    for beside in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{beside}", file.display()));
    }
}
