//! Why a database cannot be opened, and what kind of failure an error is.

use sqlx::migrate::MigrateError;
use thiserror::Error;

/// Why the database cannot be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The URL names no known engine.
    #[error(
        "cannot use database “{0}”: write sqlite:PATH, such as sqlite:data/creator-goals.db, or \
        postgres://USER:PASSWORD@HOST/DATABASE"
    )]
    Url(String),
    /// The file does not exist, and the command does not create one.
    #[error(
        "there is no database “{0}”: check --database (or DATABASE_URL). Nothing was created; `serve`, `migrate`, \
        `project create` and `import --create` make a database"
    )]
    Missing(String),
    /// The file is empty or not a database of this program, and the command does not create one.
    #[error(
        "“{0}” is not a database of Creator Goals: look at --database (or DATABASE_URL). Nothing was changed; `serve`, \
        `migrate`, `project create` and `import --create` create the tables"
    )]
    Foreign(String),
    /// The URL has an unknown parameter.
    #[error("cannot use database “{url}”: it has the unknown parameter “{parameter}”")]
    Parameter {
        /// The URL, without a password.
        url: String,
        /// The parameter's name.
        parameter: String,
    },
    /// The file or its folder cannot be created.
    #[error("cannot create the database file “{path}”: {cause}")]
    Create {
        /// The database file.
        path: String,
        /// The error of the operating system.
        cause: std::io::Error,
    },
    /// The log beside the file was left by another database, or by another state of this one.
    #[error(
        "the write-ahead log beside “{0}” ({0}-wal) belongs to another state of the database: opening both would damage it. If \
        you have put a backup here, move {0}-wal and {0}-shm away and start again. Nothing was changed"
    )]
    Log(String),
    /// The engine refused to open the database.
    #[error("cannot open database “{url}”: {cause}")]
    Open {
        /// The URL, without a password.
        url: String,
        /// The error of the engine.
        cause: sqlx::Error,
    },
    /// The database has schema migrations that this program does not know.
    #[error(
        "the database “{url}” was last opened by a newer version of Creator Goals (its schema has step {step}, which this \
        version does not know): use that version, or a backup made before. Nothing was changed"
    )]
    Newer {
        /// The URL, without a password.
        url: String,
        /// The number of the first unknown migration.
        step: i64,
    },
    /// A schema migration differs from the one that this program knows.
    #[error(
        "the schema of “{url}” was not created by this program: its step {step} differs from the one this version of Creator \
        Goals knows. Nothing was changed"
    )]
    Different {
        /// The URL, without a password.
        url: String,
        /// The number of the migration.
        step: i64,
    },
    /// The schema migrations failed.
    #[error("cannot migrate the database “{url}”: {cause}")]
    Migrate {
        /// The URL, without a password.
        url: String,
        /// What went wrong.
        cause: MigrateError,
    },
    /// Day buckets that a migration marked could not be booked again.
    #[error("cannot recompute day buckets of “{url}” after the migration: {cause}")]
    Book {
        /// The URL, without a password.
        url: String,
        /// What went wrong.
        cause: String,
    },
}

impl OpenError {
    /// Returns the error for failed migrations.
    pub(super) fn schema(url: &str, cause: MigrateError) -> OpenError {
        let url = url.to_owned();
        match cause {
            MigrateError::VersionMissing(step) => OpenError::Newer { url, step },
            MigrateError::VersionMismatch(step) => OpenError::Different { url, step },
            cause => OpenError::Migrate { url, cause },
        }
    }
}

/// What kind of failure an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Another transaction was in the way; a retry may succeed at once.
    Conflict,
    /// The connection broke, or the server cannot be written to (or not any more). It is not known whether a
    /// transaction that was being committed was committed.
    LostConnection,
    /// A retry would fail again.
    Lasting,
}

impl Failure {
    /// Returns the kind of an error, from its SQLSTATE. SQLite has none: there the busy timeout does the waiting.
    pub fn of(error: &sqlx::Error) -> Failure {
        match error {
            sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed | sqlx::Error::BeginFailed => Failure::LostConnection,
            sqlx::Error::Database(cause) => match cause.code().as_deref().unwrap_or_default() {
                // Serialization failure, deadlock.
                "40001" | "40P01" => Failure::Conflict,
                // Shutdown, crash, starting up, ended by an administrator, idle timeouts, read-only standby.
                "57P01" | "57P02" | "57P03" | "57P05" | "25P03" | "25006" => Failure::LostConnection,
                code if code.len() == 5 && code.starts_with("08") => Failure::LostConnection,
                _ => Failure::Lasting,
            },
            _ => Failure::Lasting,
        }
    }
}
