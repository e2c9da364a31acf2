//! The migrations, embedded in the program.
//!
//! `sqlx::migrate!` would do the same, but makes cargo compile sqlx and SQLite a second time, for the compiler.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// The migrations by name, in order. Each name is that of a file in both folders of `migrations/`.
macro_rules! migrations {
    ($engine:literal) => {
        migrations!($engine,
            "0001_first_tables", "0002_api_keys", "0003_campaigns", "0004_jobs", "0005_around_the_goals", "0006_bounds",
            "0007_looks", "0008_pastes", "0009_run_looks", "0010_references", "0011_erasing", "0012_misreadings",
            "0013_import_details", "0014_renamed_accounts", "0015_parked_by_creator", "0016_parked_of_merges",
            "0017_paste_creators", "0018_named_checks", "0019_pending_of_creators", "0020_posts_by_publication",
        )
    };
    ($engine:literal, $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../migrations/", $engine, "/", $name, ".sql")))),+]
    };
}

/// The migrations of SQLite: their names and statements.
const SQLITE: &[(&str, &str)] = migrations!("sqlite");
/// The migrations of PostgreSQL.
const POSTGRES: &[(&str, &str)] = migrations!("postgres");

/// Returns the migrator of SQLite.
pub fn of_sqlite() -> Migrator {
    Migrator::with_migrations(SQLITE.iter().filter_map(migration).collect())
}

/// Returns the migrator of PostgreSQL.
pub fn of_postgres() -> Migrator {
    Migrator::with_migrations(POSTGRES.iter().filter_map(migration).collect())
}

/// Reads the name of a file as sqlx does, so that databases migrated by it are recognised; a test reads them all.
fn migration(&(name, statements): &(&'static str, &'static str)) -> Option<Migration> {
    let (version, description) = name.split_once('_')?;
    let (version, description) = (version.parse().ok()?, description.replace('_', " "));
    Some(Migration::new(version, description.into(), MigrationType::Simple, statements.into_sql_str(), false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[tokio::test]
    async fn the_migrations_are_the_files_of_both_folders() {
        for (engine, embedded) in [("sqlite", of_sqlite()), ("postgres", of_postgres())] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(engine);
            let files = Migrator::new(folder.as_path()).await.unwrap();
            let described = |migrator: &Migrator| -> Vec<_> {
                let migrations = migrator.iter();
                migrations.map(|known| (known.version, known.description.clone(), known.checksum.clone())).collect()
            };
            assert_eq!(described(&embedded), described(&files), "{engine}");
            assert!(embedded.iter().count() > 10, "{engine}");
        }
    }
}
