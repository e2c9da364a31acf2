//! Copies of the database in a file, to be kept.

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
    /// A file is there already.
    #[error("“{0}” is there already: a backup never overwrites anything")]
    Exists(String),
    /// The engine cannot copy.
    #[error("cannot copy the database: {0}")]
    Copy(#[from] sqlx::Error),
    /// One engine cannot be copied into the other.
    #[error(transparent)]
    Across(#[from] CopyError),
    /// The copy is not whole.
    #[error("the copy is damaged ({0}); it was removed")]
    Damaged(String),
    /// The file cannot be written.
    #[error("cannot write “{path}”: {cause}")]
    Write {
        /// The file.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
}

/// Copies the database at `url`, as it is at one instant, into the file `to`, a SQLite database; the size of the copy, in
/// bytes. Others may read and write meanwhile. The file appears once it is whole and on disk.
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
        // Not renamed: that would overwrite a file that has come to be there meanwhile.
        std::fs::hard_link(&unfinished, to).map_err(failed)?;
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        file.metadata().map(|about| about.len()).map_err(failed)
    };
    let copied = copied.await;
    remove(&unfinished);
    copied
}

/// Removes a file and what SQLite keeps beside it, if they are there.
fn remove(file: &Path) {
    for beside in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{beside}", file.display()));
    }
}
