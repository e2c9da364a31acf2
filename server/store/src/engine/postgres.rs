//! PostgreSQL: a server that several servers of this program may share.

use super::absent::Absent;
use super::begun::Begun;
use super::error::OpenError;
use super::location::shown;
use super::migrations;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, PgPool, Row as _};
use std::time::Duration;

/// The most connections of one server for transactions that only read.
const READERS: u32 = 16;
/// The most connections of one server for transactions that write. They are separate because writers of one project
/// wait for each other, and must not block readers meanwhile.
const WRITERS: u32 = 8;
/// How long a request waits for a connection before it is refused and told to try again.
const PATIENCE: Duration = Duration::from_secs(5);
/// A connection that was unused for longer than this is tested before it is used.
const TRUSTED_FOR: Duration = Duration::from_secs(1);
/// The advisory lock that a server holds while it migrates the schema.
const MIGRATION_LOCK: i64 = 0x0063_7265_6174_6f72;

/// Begins a transaction that only reads: all of its statements see one state.
const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// Begins a transaction that writes. The timeouts release a project's lock if a server vanishes during a transaction.
const BEGIN_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; \
    SET LOCAL idle_in_transaction_session_timeout = '30s'; SET LOCAL lock_timeout = '10s'";
/// Begins a transaction that writes what belongs to no project; those of all servers run one after the other. It does
/// not use SERIALIZABLE: PostgreSQL misses the conflict of two transactions that find a table empty and fill it at the
/// same moment, because the lock on an empty index is taken after the index was read.
const BEGIN_ALONE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; \
    SET LOCAL idle_in_transaction_session_timeout = '30s'; SET LOCAL lock_timeout = '10s'; \
    SELECT pg_advisory_xact_lock(7165057)";

/// Connections to one server.
#[derive(Debug, Clone)]
pub struct Pool {
    read: PgPool,
    write: PgPool,
    /// Whether a connection keeps its prepared statements. `?statement-cache-capacity=0` says no: behind PgBouncer in
    /// transaction mode every transaction may run on another connection.
    keeps_statements: bool,
}

impl Pool {
    /// Connects to the database at `url` and brings its schema up to date; `absent` says what to do if it has none of
    /// this program's tables yet.
    pub async fn open(url: &str, absent: Absent) -> Result<Pool, OpenError> {
        let shown = shown(url);
        if let Some(parameter) = unknown_parameter(url) {
            return Err(OpenError::Parameter { url: shown, parameter });
        }
        let failed = |cause| OpenError::Open { url: shown.clone(), cause };
        let options: PgConnectOptions = url.parse().map_err(failed)?;
        // PgBouncer refuses connections that set it, and this program stores no floating-point numbers.
        let options = options.extra_float_digits(None);
        if absent == Absent::Refused && !is_ours(&options).await.map_err(failed)? {
            return Err(OpenError::Foreign(shown));
        }
        migrate(&options, &shown).await?;
        let keeps_statements = !url.contains("statement-cache-capacity=0");
        let options = if keeps_statements { options.statement_cache_capacity(200) } else { options };
        let pool_of = |connections| {
            PgPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(PATIENCE)
                .test_before_acquire(false)
                .before_acquire(|connection, about| {
                    Box::pin(async move {
                        if about.idle_for > TRUSTED_FOR {
                            connection.ping().await?;
                        }
                        Ok(true)
                    })
                })
        };
        let read = pool_of(READERS).connect_with(options.clone()).await.map_err(failed)?;
        let write = pool_of(WRITERS).connect_with(options).await.map_err(failed)?;
        Ok(Pool { read, write, keeps_statements })
    }

    /// Distributes the tables if the database has Citus: the organization's tables to every node, a project's tables by
    /// project. Returns the tables that were not distributed before; `None` without Citus.
    pub async fn distribute(&self, copied: &[&str], cut: &[&str]) -> sqlx::Result<Option<Vec<String>>> {
        let mut tx = self.write.begin().await?;
        let is_here = "SELECT to_regproc('create_distributed_table') IS NOT NULL AND to_regclass('pg_dist_partition') IS NOT NULL";
        if !sqlx::query_scalar::<_, bool>(is_here).fetch_one(&mut *tx).await? {
            return Ok(None);
        }
        let spread = "SELECT relname::text FROM pg_dist_partition JOIN pg_class ON pg_class.oid = logicalrelid";
        let spread: Vec<String> = sqlx::query_scalar(spread).fetch_all(&mut *tx).await?;
        let copied = copied.iter().map(|table| (table, "SELECT create_reference_table($1::text::regclass)::text"));
        let cut = cut.iter().enumerate().map(|(place, table)| {
            // All parts of a project are on one node, where they can be joined and refer to each other.
            let first = "SELECT create_distributed_table($1::text::regclass, 'project_id')::text";
            let next =
                "SELECT create_distributed_table($1::text::regclass, 'project_id', colocate_with => 'projects')::text";
            (table, if place == 0 { first } else { next })
        });
        // A reference table cannot refer to a distributed one. The schema has this key where there was no Citus yet.
        let key = "ALTER TABLE api_keys DROP CONSTRAINT IF EXISTS api_keys_project_id_fkey";
        sqlx::query(key).execute(&mut *tx).await?;
        let mut done = Vec::new();
        for (table, statement) in copied.chain(cut).filter(|(table, _)| !spread.iter().any(|spread| spread == **table))
        {
            sqlx::query(statement).bind(*table).execute(&mut *tx).await?;
            done.push((*table).to_owned());
        }
        tx.commit().await?;
        Ok(Some(done))
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    /// Returns a connection for a single statement that reads.
    pub async fn read_once(&self) -> sqlx::Result<Begun> {
        // Preparing a statement and running it are two steps, which without a transaction may use two connections.
        if self.keeps_statements { Ok(Begun::PostgresOnce(self.read.acquire().await?)) } else { self.read().await }
    }

    /// Begins a transaction that only reads; all of its statements see one state.
    pub async fn read(&self) -> sqlx::Result<Begun> {
        Ok(Begun::Postgres(self.read.begin_with(BEGIN_READ).await?, self.keeps_statements))
    }

    /// Begins a transaction that writes. Others may write at the same time; see `project_row::lock`.
    pub async fn write(&self) -> sqlx::Result<Begun> {
        Ok(Begun::Postgres(self.write.begin_with(BEGIN_WRITE).await?, self.keeps_statements))
    }

    /// Begins a transaction that writes what belongs to no project; these run one at a time.
    pub async fn write_alone(&self) -> sqlx::Result<Begun> {
        Ok(Begun::Postgres(self.write.begin_with(BEGIN_ALONE).await?, self.keeps_statements))
    }
}

/// Returns the name of the first unknown parameter of a URL, such as a misspelt `password`. The driver would log it
/// with its value.
fn unknown_parameter(url: &str) -> Option<String> {
    const KNOWN: [&str; 19] = [
        "sslmode",
        "ssl-mode",
        "sslrootcert",
        "ssl-root-cert",
        "ssl-ca",
        "sslcert",
        "ssl-cert",
        "sslkey",
        "ssl-key",
        "statement-cache-capacity",
        "host",
        "hostaddr",
        "port",
        "dbname",
        "user",
        "password",
        "application_name",
        "options",
        "",
    ];
    let (_, query) = url.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    let mut names = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default());
    let is_known = |name: &&str| KNOWN.contains(name) || name.starts_with("options[") || name.starts_with("options%5B");
    let unknown = names.find(|name| !is_known(name))?;
    // A `?` in a password looks like the beginning of a query.
    let is_word = unknown.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    Some(if is_word && !query.contains('@') { unknown.to_owned() } else { "…".to_owned() })
}

/// Returns whether the database has the tables of this program.
async fn is_ours(options: &PgConnectOptions) -> sqlx::Result<bool> {
    let mut connection = options.connect().await?;
    // Not prepared: behind PgBouncer another client may use the connection next, and number its statements alike.
    let row = sqlx::raw_sql("SELECT to_regclass('_sqlx_migrations') IS NOT NULL").fetch_one(&mut connection).await?;
    connection.close().await?;
    row.try_get(0)
}

/// Runs all pending migrations in one transaction, on a connection of its own.
async fn migrate(options: &PgConnectOptions, shown: &str) -> Result<(), OpenError> {
    let failed = |cause| OpenError::Open { url: shown.to_owned(), cause };
    let mut connection = options.connect().await.map_err(failed)?;
    let mut tx = connection.begin().await.map_err(failed)?;
    // The migrator's own lock belongs to the session, which behind PgBouncer changes between transactions.
    sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(MIGRATION_LOCK).execute(&mut *tx).await.map_err(failed)?;
    let mut migrator = migrations::of_postgres();
    migrator.set_locking(false);
    migrator.run(&mut *tx).await.map_err(|cause| OpenError::schema(shown, cause))?;
    // Behind PgBouncer another client may use the connection next, and number its statements alike.
    sqlx::raw_sql("DEALLOCATE ALL").execute(&mut *tx).await.map_err(failed)?;
    tx.commit().await.map_err(failed)?;
    connection.close().await.map_err(failed)
}
