//! Reasons why a database accepts no changes, as sentences for people.

use thiserror::Error;

/// Why a database currently accepts no changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unwritable {
    /// The file's path now names another file, or none.
    #[error(
        "The database file was deleted, moved or replaced while it was in use, so nothing is stored in it any more. Stop \
        the server, put the right file in its place, move the files beside it that end in -wal and -shm away, and start it again."
    )]
    Replaced,
    /// The disk is full.
    #[error("The database disk is full. Nothing was changed: make room on it, then try again.")]
    DiskFull,
    /// The database is read-only.
    #[error("The database is read-only at present. Nothing was changed: try again when it accepts changes.")]
    ReadOnly,
    /// Writing to the disk failed.
    #[error("The disk of the database could not be written. Nothing was changed; the log of the server says more.")]
    DiskFailed,
    /// Another program keeps the database locked.
    #[error(
        "Another program has kept the database locked for too long. Nothing was changed: end that program, or try again \
        later."
    )]
    Busy,
    /// The file is damaged, or is not a database.
    #[error("The database is damaged. Nothing was changed: stop the server and restore a backup.")]
    Damaged,
}

impl Unwritable {
    /// Returns the reason that an error stands for, if any.
    pub fn of(error: &sqlx::Error) -> Option<Unwritable> {
        match error {
            sqlx::Error::AnyDriverError(cause) => cause.downcast_ref().copied(),
            sqlx::Error::Database(cause) => Unwritable::of_code(cause.code()?.as_ref()),
            _ => None,
        }
    }

    /// Returns the reason for a SQLSTATE, which has five characters, or a result code of SQLite, which has fewer.
    fn of_code(code: &str) -> Option<Unwritable> {
        match code {
            "53100" => Some(Unwritable::DiskFull),
            "25006" => Some(Unwritable::ReadOnly),
            "58030" => Some(Unwritable::DiskFailed),
            "XX001" | "XX002" => Some(Unwritable::Damaged),
            // SQLITE_READONLY_DBMOVED: SQLite noticed it itself.
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
        // sqlx's type, so that everything that runs statements has one kind of error.
        sqlx::Error::AnyDriverError(Box::new(reason))
    }
}
