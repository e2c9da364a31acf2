//! Migrates the schema, and distributes the tables if the database has Citus.

use super::engine::{Absent, OpenError, shown};
use super::mended;
use super::tables::{Table, tables};

/// What a migration did.
#[derive(Debug, PartialEq, Eq)]
pub enum Migrated {
    /// The schema is up to date.
    UpToDate,
    /// The schema is up to date, and Citus now distributes these tables, which it did not before.
    Distributed(Vec<String>),
}

/// Brings the schema of the database at `url` up to date, and distributes its tables if it has Citus.
pub async fn migrate(url: &str) -> Result<Migrated, OpenError> {
    let engine = mended::open(url, Absent::Made).await?;
    let Some(pool) = engine.postgres() else { return Ok(Migrated::UpToDate) };
    let failed = |cause| OpenError::Open { url: shown(url), cause };
    let tables = tables().await.map_err(failed)?.iter();
    let (cut, copied): (Vec<&Table>, Vec<&Table>) = tables.partition(|table| table.is_of_projects());
    let names = |tables: Vec<&Table>| tables.iter().map(|table| table.name).collect::<Vec<_>>();
    let distributed = pool.distribute(&names(copied), &names(cut)).await.map_err(failed)?;
    pool.close().await;
    Ok(distributed.map_or(Migrated::UpToDate, Migrated::Distributed))
}
