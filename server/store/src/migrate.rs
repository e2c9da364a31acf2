//! The schema brought up to date, and spread where the database can.

use super::engine::{Absent, OpenError, shown};
use super::mended;
use super::tables::{TABLES, Table};

/// What there was to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Migrated {
    /// The schema is up to date.
    UpToDate,
    /// It is, and Citus spreads the tables; these it did not spread before.
    Distributed(Vec<String>),
}

/// Brings the schema of the database at `url` up to date, and has Citus spread its tables, if it is there.
pub async fn migrate(url: &str) -> Result<Migrated, OpenError> {
    let engine = mended::open(url, Absent::Made).await?;
    let Some(pool) = engine.postgres() else { return Ok(Migrated::UpToDate) };
    let (cut, copied): (Vec<&Table>, Vec<&Table>) = TABLES.iter().partition(|table| table.is_of_projects());
    let names = |tables: Vec<&Table>| tables.iter().map(|table| table.name).collect::<Vec<_>>();
    let failed = |cause| OpenError::Open { url: shown(url), cause };
    let distributed = pool.distribute(&names(copied), &names(cut)).await.map_err(failed)?;
    pool.close().await;
    Ok(distributed.map_or(Migrated::UpToDate, Migrated::Distributed))
}
