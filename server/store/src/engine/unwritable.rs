//! Why a database takes no changes, in sentences for people.

use thiserror::Error;

/// Why a database takes no changes at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unwritable {
    /// The path of the file names another file by now, or none.
    #[error(
        "The database file was deleted, moved or replaced while it was in use, so nothing is stored in it any more. Stop \
        the server, put the right file in its place, move the files beside it that end in -wal and -shm away, and start it again."
    )]
    Replaced,
    /// There is no room.
    #[error("The disk of the database is full. Nothing was changed: make room on it, then try again.")]
    DiskFull,
    /// It may be read only.
    #[error("The database is read-only at present. Nothing was changed: try again when it takes changes.")]
    ReadOnly,
    /// The disk refuses to be written.
    #[error("The disk of the database could not be written. Nothing was changed; the log of the server says more.")]
    DiskFailed,
    /// Another program keeps the database locked.
    #[error(
        "Another program has kept the database locked for too long. Nothing was changed: end that program, or try again \
        later."
    )]
    Busy,
    /// The file holds something else than a database.
    #[error("The database is damaged. Nothing was changed: stop the server and restore a backup.")]
    Damaged,
}

impl Unwritable {
    /// What an error says about it, if it says so.
    pub fn of(error: &sqlx::Error) -> Option<Unwritable> {
        match error {
            sqlx::Error::AnyDriverError(cause) => cause.downcast_ref().copied(),
            sqlx::Error::Database(cause) => Unwritable::of_code(cause.code()?.as_ref()),
            _ => None,
        }
    }

    /// By a SQLSTATE, which has five characters, or a result code of SQLite, which has fewer.
    fn of_code(code: &str) -> Option<Unwritable> {
        match code {
            "53100" => Some(Unwritable::DiskFull),
            "25006" => Some(Unwritable::ReadOnly),
            "58030" => Some(Unwritable::DiskFailed),
            "XX001" | "XX002" => Some(Unwritable::Damaged),
            // SQLITE_READONLY_DBMOVED: SQLite has noticed by itself.
            "1032" => Some(Unwritable::Replaced),
            code if code.len() < 5 => match code.parse::<i32>().ok()? & 0xff {
                5 | 6 => Some(Unwritable::Busy),
                8 => Some(Unwritable::ReadOnly),
                10 | 14 => Some(Unwritable::DiskFailed),
                11 | 26 => Some(Unwritable::Damaged),
                13 => Some(Unwritable::DiskFull),
                _ => None,
            },
            _ => None,
        }
    }
}

impl From<Unwritable> for sqlx::Error {
    fn from(reason: Unwritable) -> Self {
        // So whatever runs statements has one kind of error.
        sqlx::Error::AnyDriverError(Box::new(reason))
    }
}
