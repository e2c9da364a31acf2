//! A file that was received and is not an import yet.

use super::folder::{Uploads, remove};
use program::error::AppError;
use program::ids::ImportId;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io;
use std::path::PathBuf;

/// A received file. It is removed when this is dropped, even if the browser disconnects, unless it is kept.
pub struct Received {
    uploads: Uploads,
    id: ImportId,
    /// The file's name in the browser.
    pub name: String,
    /// The file's size, in bytes.
    pub bytes: u64,
    hash: Sha256,
}

impl Received {
    /// Starts to receive a file of this name, and creates it in the folder of uploads.
    pub fn start(uploads: &Uploads, name: String) -> io::Result<(Received, File)> {
        let id = ImportId::new();
        let made = uploads.create(id)?;
        Ok((Received { uploads: uploads.clone(), id, name, bytes: 0, hash: Sha256::new() }, made))
    }

    /// Counts a part of the content.
    pub fn add(&mut self, chunk: &[u8]) {
        self.bytes += chunk.len() as u64;
        self.hash.update(chunk);
    }

    /// Returns a hash of the content.
    pub fn digest(&self) -> String {
        hex::encode(self.hash.clone().finalize())
    }

    /// Returns the path of the file.
    pub fn path(&self) -> PathBuf {
        self.uploads.unfinished_path(self.id)
    }

    /// Keeps it as the file of an import.
    pub fn keep(self, import_id: ImportId) -> io::Result<()> {
        std::fs::rename(self.path(), self.uploads.path(import_id))
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        let path = self.path();
        if path.exists() {
            remove(&path);
        }
    }
}

/// Returns the error for a disk that could not store an upload.
pub fn disk(cause: &io::Error) -> AppError {
    tracing::error!(%cause, "an upload could not be stored");
    match cause.kind() {
        io::ErrorKind::StorageFull => AppError::Unwritable(
            "The disk of the server is full. Make room on it, then upload the file again.".to_owned(),
        ),
        _ => AppError::Unwritable("The uploaded file could not be stored; the log of the server says why.".to_owned()),
    }
}
