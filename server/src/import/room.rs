//! Free disk space, and how much of it must stay free.

use std::io;
use std::path::{Path, PathBuf};

/// The default for how much of a disk is kept free, in bytes: 1 GiB, but at most a twentieth of the disk.
const KEPT_FREE: u64 = 1 << 30;
const SHARE_KEPT_FREE: u64 = 20;

/// The disks that must not become full: that of the uploaded files and, on SQLite, that of the database.
#[derive(Debug, Clone, Default)]
pub struct Disks {
    /// Paths of files on these disks.
    pub paths: Vec<PathBuf>,
    /// The bytes to keep free; `None` for the default.
    pub kept_free: Option<u64>,
}

impl Disks {
    /// Returns whether this many more bytes fit on every disk.
    pub fn have_room_for(&self, bytes: u64) -> io::Result<bool> {
        for path in &self.paths {
            let disk = Disk::of(path)?;
            let kept_free = self.kept_free.unwrap_or_else(|| KEPT_FREE.min(disk.size / SHARE_KEPT_FREE));
            if disk.free < kept_free.saturating_add(bytes) {
                let (path, free) = (path.display(), disk.free);
                tracing::warn!(%path, free, kept_free, bytes, "a disk has too little room: an upload or import is refused");
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// A disk's sizes, in bytes.
struct Disk {
    size: u64,
    /// What is free for users other than the superuser.
    free: u64,
}

impl Disk {
    fn of(path: &Path) -> io::Result<Disk> {
        let about = rustix::fs::statvfs(path)?;
        Ok(Disk {
            size: about.f_blocks.saturating_mul(about.f_frsize),
            free: about.f_bavail.saturating_mul(about.f_frsize),
        })
    }
}
