//! PostgreSQL: a server that several of ours may share.

use super::location::shown;
use super::{Absent, Begun, OpenError};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, PgPool, Row as _};
use std::time::Duration;

/// How many connections one of our servers keeps at most for what only reads.
const READERS: u32 = 16;
/// And for what writes. Writers of one project wait for each other, and must not keep those from reading who read.
const WRITERS: u32 = 8;
/// How long a request waits for a connection before it is told to try again.
const PATIENCE: Duration = Duration::from_secs(5);
/// After so long without use a connection is tried before it is used.
const TRUSTED_FOR: Duration = Duration::from_secs(1);
/// Held while the schema is brought up to date, by whichever server comes first.
const MIGRATION_LOCK: i64 = 0x0063_7265_6174_6f72;

/// How a transaction begins that only reads: one state of the database for all of its statements.
const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// How a transaction begins that writes. A server that vanishes in the middle of one must not hold a project for ever.
const BEGIN_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; \
    SET LOCAL idle_in_transaction_session_timeout = '30s'; SET LOCAL lock_timeout = '10s'";
/// How a transaction begins that writes what belongs to no project: those of all servers run one after the other. Not
/// SERIALIZABLE: PostgreSQL misses the conflict of two that find a table empty and fill it at the same moment (the lock
/// on an empty index is taken after the look at it).
const BEGIN_ALONE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; \
    SET LOCAL idle_in_transaction_session_timeout = '30s'; SET LOCAL lock_timeout = '10s'; \
    SELECT pg_advisory_xact_lock(7165057)";

/// Connections to one server.
#[derive(Debug, Clone)]
pub struct Pool {
    read: PgPool,
    write: PgPool,
    /// Whether what is prepared on a connection is there when it is used again. `?statement-cache-capacity=0` says no:
    /// behind PgBouncer in transaction mode every transaction may meet another connection.
    keeps_statements: bool,
}

impl Pool {
    /// Connects to the database at `url` and brings its schema up to date; `absent` says what to do if there is none of
    /// ours yet.
    pub async fn open(url: &str, absent: Absent) -> Result<Pool, OpenError> {
        let shown = shown(url);
        if let Some(parameter) = unknown_parameter(url) {
            return Err(OpenError::Parameter { url: shown, parameter });
        }
        let failed = |cause| OpenError::Open { url: shown.clone(), cause };
        let options: PgConnectOptions = url.parse().map_err(failed)?;
        // PgBouncer refuses connections that set it, and nothing here is a floating-point number.
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

    /// Tells Citus, if the database has it, how to spread the tables: those of the organization on every node, those of
    /// projects by project. The tables that were not spread before; `None` without Citus.
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
            // All pieces of a project on one node: there they can be joined, and refer to each other.
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

    /// Ends every connection.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    /// A connection for a single statement that reads.
    pub async fn read_once(&self) -> sqlx::Result<Begun> {
        // To prepare a statement and to run it are two steps, which without a transaction may meet two connections.
        if self.keeps_statements { Ok(Begun::PostgresOnce(self.read.acquire().await?)) } else { self.read().await }
    }

    /// A transaction that only reads: one consistent state.
    pub async fn read(&self) -> sqlx::Result<Begun> {
        Ok(Begun::Postgres(self.read.begin_with(BEGIN_READ).await?, self.keeps_statements))
    }

    /// A transaction that writes. Others may write at the same time; see `project_row::lock`.
    pub async fn write(&self) -> sqlx::Result<Begun> {
        Ok(Begun::Postgres(self.write.begin_with(BEGIN_WRITE).await?, self.keeps_statements))
    }

    /// A transaction that writes as if it were alone.
    pub async fn write_alone(&self) -> sqlx::Result<Begun> {
        Ok(Begun::Postgres(self.write.begin_with(BEGIN_ALONE).await?, self.keeps_statements))
    }
}

/// The name of the first parameter of a URL that means nothing, such as a misspelt `password`: the driver would log it
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
    // A `?` within a password looks like the beginning of a query.
    let is_word = unknown.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    Some(if is_word && !query.contains('@') { unknown.to_owned() } else { "…".to_owned() })
}

/// Whether the database has the tables of this program.
async fn is_ours(options: &PgConnectOptions) -> sqlx::Result<bool> {
    let mut connection = options.connect().await?;
    // Not prepared: behind PgBouncer the connection may serve others afterwards, who number their statements as we do.
    let row = sqlx::raw_sql("SELECT to_regclass('_sqlx_migrations') IS NOT NULL").fetch_one(&mut connection).await?;
    connection.close().await?;
    row.try_get(0)
}

/// Brings the schema up to date: all of its steps or none, on a connection of its own.
async fn migrate(options: &PgConnectOptions, shown: &str) -> Result<(), OpenError> {
    let failed = |cause| OpenError::Open { url: shown.to_owned(), cause };
    let mut connection = options.connect().await.map_err(failed)?;
    let mut tx = connection.begin().await.map_err(failed)?;
    // Not the migrator's own lock: that one belongs to the session, which behind PgBouncer is nobody's.
    sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(MIGRATION_LOCK).execute(&mut *tx).await.map_err(failed)?;
    let mut migrator = sqlx::migrate!("../../migrations/postgres");
    migrator.set_locking(false);
    migrator.run(&mut *tx).await.map_err(|cause| OpenError::schema(shown, cause))?;
    // The same reason: the connection may serve others afterwards, who number their statements as we do.
    sqlx::raw_sql("DEALLOCATE ALL").execute(&mut *tx).await.map_err(failed)?;
    tx.commit().await.map_err(failed)?;
    connection.close().await.map_err(failed)
}
