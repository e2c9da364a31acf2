//! The folder of uploaded files, where each is kept until it has been imported.

use super::room::Disks;
use program::ids::{FolderId, ImportId};
use std::collections::HashSet;
use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::Semaphore;

/// The number of files that a server reads at a time.
const READ_AT_ONCE: usize = 2;
/// The default limit on the text read of an uploaded file, in bytes after decompression.
const MOST_UNPACKED: u64 = 20 << 30;
/// The extension of a file that is still being received.
const UNFINISHED: &str = "part";
/// The file that the server using the folder has locked. It contains the folder's id.
const HELD: &str = ".held";

/// The limits on reading an uploaded file and on disk space.
#[derive(Debug, Clone, Copy)]
pub struct UploadLimits {
    /// The most bytes of text to read, after decompression.
    pub most_unpacked: u64,
    /// The bytes to keep free on the disks; `None` for the default.
    pub kept_free: Option<u64>,
    /// How often a server checks whether an import that waits for its turn was cancelled, perhaps on another server:
    /// there may be many, and only the file has to be removed.
    pub look_while_waiting: Duration,
}

impl Default for UploadLimits {
    fn default() -> UploadLimits {
        UploadLimits { most_unpacked: MOST_UNPACKED, kept_free: None, look_while_waiting: Duration::from_secs(5) }
    }
}

/// The folder of uploaded files.
#[derive(Debug, Clone)]
pub struct Uploads {
    folder: Arc<Path>,
    id: Arc<OnceLock<FolderId>>,
    most_unpacked: u64,
    look_while_waiting: Duration,
    disks: Arc<Disks>,
    /// Permits to read a file; imports wait for them in order.
    pub(crate) turns: Arc<Semaphore>,
}

impl Uploads {
    /// Uses `folder`, which is created when the first file arrives.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Uploads {
        Uploads::with_limits(folder, None, UploadLimits::default())
    }

    /// Uses `folder` with these limits, and watches the disk of the database file, which grows by what is imported.
    #[must_use]
    pub fn with_limits(folder: PathBuf, database: Option<&Path>, limits: UploadLimits) -> Uploads {
        let paths = [folder.clone()].into_iter().chain(database.map(Path::to_owned)).collect();
        Uploads {
            folder: folder.into(),
            id: Arc::default(),
            most_unpacked: limits.most_unpacked,
            look_while_waiting: limits.look_while_waiting,
            disks: Arc::new(Disks { paths, kept_free: limits.kept_free }),
            turns: Arc::new(Semaphore::new(READ_AT_ONCE)),
        }
    }

    /// Returns the folder's id, once the folder is locked.
    pub(crate) fn id(&self) -> Option<FolderId> {
        self.id.get().copied()
    }

    /// Returns the most bytes of text to read of a file, after decompression.
    pub(crate) fn most_unpacked(&self) -> u64 {
        self.most_unpacked
    }

    /// Returns how often to check whether a waiting import was cancelled.
    pub(crate) fn look_while_waiting(&self) -> Duration {
        self.look_while_waiting
    }

    /// Returns whether this many more bytes fit on the disks beside what is kept free.
    pub(crate) fn have_room_for(&self, bytes: u64) -> io::Result<bool> {
        self.make()?;
        self.disks.have_room_for(bytes)
    }

    /// Returns the path of an import's file.
    pub(crate) fn path(&self, import_id: ImportId) -> PathBuf {
        self.folder.join(import_id.uuid().simple().to_string())
    }

    /// Returns the path of a file that is still being received.
    pub(crate) fn unfinished_path(&self, id: ImportId) -> PathBuf {
        self.path(id).with_extension(UNFINISHED)
    }

    /// Removes the file of an import.
    pub(crate) fn discard(&self, import_id: ImportId) {
        remove(&self.path(import_id));
    }

    /// Creates a file that only its owner may read.
    pub(crate) fn create(&self, id: ImportId) -> io::Result<File> {
        self.make()?;
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(self.unfinished_path(id))
    }

    fn make(&self) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)
    }

    /// Locks the folder for as long as the returned file is open: each server reads and removes only its own files.
    pub fn hold(&self) -> io::Result<File> {
        self.make()?;
        // Older versions created it with the system's default permissions.
        if self.folder.metadata()?.permissions().mode() & 0o007 != 0 {
            std::fs::set_permissions(&self.folder, Permissions::from_mode(0o700))?;
        }
        let path = self.folder.join(HELD);
        let mut held = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
        held.try_lock()?;
        let mut text = String::new();
        (&mut held).take(100).read_to_string(&mut text)?;
        let id = match text.trim().parse() {
            Ok(id) => id,
            Err(_) => {
                let id = FolderId::new();
                held.set_len(0)?;
                held.rewind()?;
                held.write_all(format!("{id}\n").as_bytes())?;
                held.sync_all()?;
                id
            }
        };
        self.id.get_or_init(|| id);
        Ok(held)
    }

    /// Returns the imports whose files are in the folder.
    pub(crate) fn files(&self) -> io::Result<HashSet<ImportId>> {
        let names = std::fs::read_dir(&self.folder)?.map(|entry| entry.map(|entry| entry.file_name()));
        let names = names.collect::<io::Result<Vec<_>>>()?;
        Ok(names.iter().filter_map(|name| name.to_str()?.parse().ok()).collect())
    }

    /// Removes every file except those of the given imports: what a stopped server left behind.
    pub(crate) fn keep_only(&self, wanted: &HashSet<ImportId>) -> io::Result<()> {
        if !self.folder.exists() {
            return Ok(());
        }
        for entry in std::fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let is_unfinished = path.extension().is_some_and(|end| end == UNFINISHED);
            let named = if is_unfinished { path.file_stem() } else { path.file_name() };
            let id = named.and_then(|name| name.to_str()).and_then(|name| name.parse().ok());
            match id {
                Some(id) if is_unfinished || !wanted.contains(&id) => remove(&path),
                Some(_) => std::fs::set_permissions(&path, Permissions::from_mode(0o600))?,
                // Not a file of this program.
                None => {}
            }
        }
        Ok(())
    }
}

/// Removes a file.
pub(crate) fn remove(path: &Path) {
    if let Err(cause) = std::fs::remove_file(path) {
        tracing::warn!(%cause, path = %path.display(), "an uploaded file could not be removed");
    }
}
