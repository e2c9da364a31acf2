//! How much room there is on a disk, and how much of it stays free.

use std::io;
use std::path::{Path, PathBuf};

/// How much of a disk uploads and imports leave free, if nothing else is said: 1 GiB, but no more than a twentieth of it.
const KEPT_FREE: u64 = 1 << 30;
const SHARE_KEPT_FREE: u64 = 20;

/// The disks that must not become full: that of the uploaded files and, on SQLite, that of the database.
#[derive(Debug, Clone, Default)]
pub struct Disks {
    /// Where files are kept that are on the disks.
    pub paths: Vec<PathBuf>,
    /// How much stays free, in bytes; `None` for the default.
    pub kept_free: Option<u64>,
}

impl Disks {
    /// Whether so many bytes more fit on every disk.
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

/// A disk, in bytes.
struct Disk {
    size: u64,
    /// What is free for others than the superuser.
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
