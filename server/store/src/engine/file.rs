//! The database file: its permissions, and whether it is still the file that was opened.

use super::unwritable::Unwritable;
use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io::{ErrorKind, Result};
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The endings of the files that SQLite keeps beside an open database.
const BESIDE: [&str; 2] = ["-wal", "-shm"];
/// The first bytes of every SQLite database.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Returns the path with `end` appended to its last part.
pub fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Creates the missing parent folders of a file, accessible only to their owner.
pub fn create_folder(path: &Path) -> Result<()> {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => DirBuilder::new().recursive(true).mode(0o700).create(folder),
        None => Ok(()),
    }
}

/// Creates an empty file that only its owner may read, if it does not exist.
pub fn create(path: &Path) -> Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(cause) if cause.kind() != ErrorKind::AlreadyExists => Err(cause),
        _ => Ok(()),
    }
}

/// Removes the permissions of others on a database that everybody can read, as older versions created it by the
/// system's default. A database that only a group may read was given to that group on purpose.
pub fn keep_private(path: &Path) {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    for path in BESIDE.map(|end| beside(&path, end)).into_iter().chain([path]) {
        let Ok(about) = path.metadata() else { continue };
        if about.permissions().mode() & 0o007 != 0
            && let Err(cause) = std::fs::set_permissions(&path, Permissions::from_mode(0o600))
        {
            tracing::warn!(%cause, file = %path.display(), "others can read this file, and its permissions could not be changed");
        }
    }
}

/// A file's device and inode numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity(u64, u64);

impl Identity {
    fn of(about: &Metadata) -> Identity {
        Identity(about.dev(), about.ino())
    }

    fn at(path: &Path) -> Result<Identity> {
        Ok(Identity::of(&path.metadata()?))
    }
}

/// The database files that this process has opened directly. None is ever closed: on Unix, closing any descriptor of a
/// file drops every lock that the process holds on it, including SQLite's.
static LOOKED_AT: Mutex<Vec<(Identity, &'static File)>> = Mutex::new(Vec::new());

/// Opens the file at a path and keeps it open for the life of the process.
pub fn keep_open(path: &Path) -> Result<(Identity, &'static File)> {
    let mut files = LOOKED_AT.lock().unwrap_or_else(PoisonError::into_inner);
    let identity = Identity::at(path)?;
    if let Some(known) = files.iter().find(|(known, _)| *known == identity) {
        return Ok(*known);
    }
    let file: &'static File = Box::leak(Box::new(File::open(path)?));
    let opened = (Identity::of(&file.metadata()?), file);
    files.push(opened);
    Ok(opened)
}

/// The database file as it was opened, to be compared later with the file at its path.
#[derive(Debug, Clone)]
pub struct OpenedFile {
    path: Arc<Path>,
    identity: Identity,
    file: &'static File,
    /// The files that SQLite keeps beside it. Both exist, and stay the same, while any connection is open.
    beside: [(Arc<Path>, Identity); 2],
    known: Arc<Mutex<Known>>,
}

/// What is remembered of a database file.
#[derive(Debug)]
struct Known {
    /// The head when it was last read.
    head: Head,
    /// The number of the last change that this process committed.
    committed: u32,
}

/// The fields of the file's head that identify its state, and its size. In WAL mode they change only when a checkpoint
/// writes into the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of the last change in the file (`user_version`); this program increments it with every change.
    pub number: u32,
    /// The identity of the database (`application_id`): drawn at random when it is first opened, the same in its
    /// copies.
    pub database: u32,
    /// SQLite's change counter; it grows with the changes of other programs. A connection in WAL mode may write the
    /// same value repeatedly, so it cannot replace `number`.
    pub change_counter: u32,
    /// SQLite's schema cookie. It differs in a copy made by `VACUUM`, and once the schema is up to date it never
    /// changes without the change counter.
    pub schema_cookie: u32,
    /// The size of the file, in bytes.
    pub size: u64,
}

/// Returns whether a number is the same as or later than one before it. Both wrap around after 2^32.
pub const fn is_later(number: u32, before: u32) -> bool {
    number.wrapping_sub(before) < 1 << 31
}

impl Head {
    /// Returns whether the database with the head `before` can have become one with this head. An older state of it has
    /// a smaller number; a truncated file is smaller without a change.
    fn follows(self, before: Head) -> bool {
        let same_database = self.database == before.database || before.database == 0;
        let went_back = !is_later(self.number, before.number) || !is_later(self.change_counter, before.change_counter);
        let changed = (self.number, self.change_counter) != (before.number, before.change_counter);
        let as_it_was = self.schema_cookie == before.schema_cookie && self.size >= before.size;
        same_database && !went_back && (changed || as_it_was)
    }
}

impl OpenedFile {
    /// Reads the head of a database that is already open and has been read from.
    pub fn at(path: &Path) -> Result<OpenedFile> {
        let (identity, file) = keep_open(path)?;
        let head = head_of(file)?;
        let known = Arc::new(Mutex::new(Known { head, committed: head.number }));
        // SQLite resolves links before it names the files beside the database.
        let real = path.canonicalize()?;
        let [wal, shm] = BESIDE.map(|end| {
            let path = beside(&real, end);
            Identity::at(&path).map(|identity| (Arc::from(path), identity))
        });
        Ok(OpenedFile { path: path.into(), identity, file, beside: [wal?, shm?], known })
    }

    /// Returns the path by which it was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns an error if the path now names another file, or if the file was overwritten.
    pub fn check(&self) -> std::result::Result<(), Unwritable> {
        let is = |path: &Path, identity: Identity| Identity::at(path).is_ok_and(|now| now == identity);
        let same = is(&self.path, self.identity)
            && self.beside.iter().all(|(path, identity)| is(path, *identity))
            && self.went_on();
        if same { Ok(()) } else { Err(Unwritable::Replaced) }
    }

    /// Records that the change with this number was committed.
    pub fn committed(&self, number: u32) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if is_later(number, known.committed) {
            known.committed = number;
        }
    }

    /// Returns whether the file's state follows the last known one.
    fn went_on(&self) -> bool {
        // Lock before reading the head: a head that another thread read later must not be compared first.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        // If the log is empty, the file itself holds whatever was committed before.
        let [(wal, _), _] = &self.beside;
        let holds_all = wal.metadata().is_ok_and(|about| about.len() == 0);
        let Ok(head) = head_of(self.file) else { return false };
        let went_on = head.follows(known.head) && (!holds_all || is_later(head.number, known.committed));
        if went_on {
            known.head = head;
        }
        went_on
    }
}

/// Reads the head of a database file; an error if it is not a database.
pub fn head_of(file: &File) -> Result<Head> {
    let mut page = [0; 72];
    file.read_exact_at(&mut page, 0)?;
    head_in(&page, file.metadata()?.len()).ok_or_else(|| ErrorKind::InvalidData.into())
}

/// Reads the head from the first page of a database of `size` bytes.
pub fn head_in(page: &[u8], size: u64) -> Option<Head> {
    if page.get(..16)? != MAGIC {
        return None;
    }
    let number = |at: usize| Some(u32::from_be_bytes(page.get(at..at + 4)?.try_into().ok()?));
    Some(Head {
        number: number(60)?,
        database: number(68)?,
        change_counter: number(24)?,
        schema_cookie: number(40)?,
        size,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    /// Creates a file with a database head, and the files that belong beside it.
    fn made(folder: &Path) -> PathBuf {
        let path = folder.join("goals.db");
        let mut head = [0; 4096];
        head[..16].copy_from_slice(MAGIC);
        std::fs::write(&path, head).unwrap();
        for end in BESIDE {
            std::fs::write(beside(&path, end), "x").unwrap();
        }
        path
    }

    #[test]
    fn many_checks_at_once_of_a_file_that_grows_all_find_it_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = made(folder.path());
        let opened = OpenedFile::at(&path).unwrap();
        let writer = OpenOptions::new().write(true).open(&path).unwrap();
        thread::scope(|scope| {
            let checks: Vec<_> = (0..4).map(|_| scope.spawn(|| (0..20_000).all(|_| opened.check().is_ok()))).collect();
            let mut number = 0_u32;
            while checks.iter().any(|check| !check.is_finished()) {
                number += 1;
                writer.write_all_at(&number.to_be_bytes(), 60).unwrap();
            }
            assert!(checks.into_iter().all(|check| check.join().unwrap()));
        });
    }

    #[test]
    fn a_head_follows_one_of_the_same_database_with_no_larger_number() {
        let before = Head { number: 7, database: 5, change_counter: 3, schema_cookie: 2, size: 8_192 };
        assert!(before.follows(before));
        assert!(Head { number: 8, size: 4_096, ..before }.follows(before));
        assert!(Head { change_counter: 4, schema_cookie: 3, size: 4_096, ..before }.follows(before), "vacuumed");
        assert!(Head { number: 8, ..before }.follows(Head { database: 0, ..before }), "not known until now");
        let last = Head { number: u32::MAX, ..before };
        assert!(Head { number: 0, ..before }.follows(last), "the numbers begin anew");
        assert!(!Head { number: 6, ..before }.follows(before), "an older state");
        assert!(!Head { number: 6, change_counter: 4, ..before }.follows(before), "an older state, vacuumed");
        assert!(!Head { number: 8, change_counter: 2, ..before }.follows(before));
        assert!(!Head { number: 9, database: 6, ..before }.follows(before), "another database");
        assert!(!Head { size: 4_096, ..before }.follows(before), "cut off");
    }
}
