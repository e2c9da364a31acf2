//! Copies one database into another, of the same or the other engine. Tables are copied page by page in the order of
//! their keys, so that a copy that was interrupted continues where the two differ, and are verified by row counts and
//! checksums.

use super::engine::cell::{Cell, Kind};
use super::engine::{Absent, Engine, OpenError, Row, Statement, Tx, shown};
use super::erasing::part_of_project;
use super::mended;
use super::tables::{Column, Table, listed, tables};
use compliance::Instant;
use sha2::{Digest as _, Sha256};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;
use uuid::Uuid;

/// The number of rows copied at a time.
const PAGE: usize = 2_000;

/// Why a database cannot be copied into another one.
#[derive(Debug, Error)]
pub enum CopyError {
    /// One of the two databases cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Both URLs name the same database.
    #[error("cannot copy “{0}” into itself")]
    Itself(String),
    /// The target holds data that the source does not have.
    #[error(
        "“{0}” holds projects or keys that “{1}” does not know: copy into an empty database, or go on with a copy that \
        broke off. Nothing was changed"
    )]
    NotEmpty(String, String),
    /// A statement failed.
    #[error("the copy was interrupted ({0}). Run the same command again to continue it")]
    Broke(#[from] sqlx::Error),
    /// The two differ after the copy.
    #[error(
        "after the copy, table {table} differs: {from} rows in the one, {to} in the other, or other values. Is anybody \
        writing to the copy?"
    )]
    Differs {
        /// The table.
        table: &'static str,
        /// The number of rows in the source.
        from: u64,
        /// The number of rows in the target.
        to: u64,
    },
}

/// The progress of a copy.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// The table being copied.
    pub table: &'static str,
    /// The number of rows read so far, of all tables.
    pub rows: u64,
    /// The number of those rows that were missing in the target or differed.
    pub written: u64,
}

/// The result of a copy.
#[derive(Debug)]
pub struct Copied {
    /// The number of rows by table.
    pub tables: Vec<(&'static str, u64)>,
    /// The number of rows that were missing in the target or differed.
    pub written: u64,
}

/// Copies the database at `from`, as it is at one instant, into the one at `to`. Other connections may read and write
/// `from` meanwhile, but nothing else may write to `to`.
pub async fn copy(from: &str, to: &str, progress: &mut (dyn FnMut(Progress) + Send)) -> Result<Copied, CopyError> {
    if from == to {
        return Err(CopyError::Itself(shown(from)));
    }
    let (source, target) = (mended::open(from, Absent::Refused).await?, mended::open(to, Absent::Made).await?);
    let mut reading = source.read().await?;
    let (ours, theirs) = (Scopes::held(&mut reading).await?, Scopes::held(&mut target.read().await?).await?);
    let erased: BTreeSet<Uuid> = theirs.1.difference(&ours.1).copied().collect();
    if !theirs.0.is_subset(&ours.0) || !erased.is_subset(&deleted_projects(&target).await?) {
        return Err(CopyError::NotEmpty(shown(to), shown(from)));
    }
    // They were erased from the source after an earlier copy.
    for project_id in erased {
        while part_of_project(&target, project_id.into(), Instant::from_millis(i64::MAX)).await? > 0 {}
    }
    let mut copied = Copied { tables: Vec::new(), written: 0 };
    let (mut rows, mut sums, mut gone) = (0, Vec::new(), Vec::new());
    for table in tables().await? {
        let statements = Statements::of(table);
        let scopes = ours.of(table);
        let mut read = Sums::default();
        for scope in scopes {
            let mut after: Option<Vec<Cell>> = None;
            loop {
                let page = statements.page(&mut reading, *scope, after.as_deref()).await?;
                let is_last = page.len() < PAGE;
                let until = page.last().filter(|_| !is_last).map(|row| row[..statements.key].to_vec());
                let there = statements.between(&target, *scope, after.as_deref(), until.as_deref()).await?;
                let Differences { missing, surplus } = statements.differences(&page, &there);
                copied.written += statements.write(&target, &missing).await?;
                if !surplus.is_empty() {
                    gone.push((table, *scope, surplus));
                }
                read.add(&page);
                rows += page.len() as u64;
                progress(Progress { table: table.name, rows, written: copied.written });
                after = until;
                if is_last {
                    break;
                }
            }
        }
        sums.push((table, statements, read));
    }
    // Tables that refer to others come last, so their rows go first.
    for (table, scope, keys) in gone.iter().rev() {
        copied.written += Statements::of(table).remove(&target, *scope, keys).await?;
    }
    // Read the target again, now that everything is written.
    for (table, statements, read) in sums {
        let kept = statements.sums(&target, ours.of(table)).await?;
        let (from, to) = (read.rows, kept.rows);
        if read.finish() != kept.finish() {
            return Err(CopyError::Differs { table: table.name, from, to });
        }
        copied.tables.push((table.name, from));
    }
    drop(reading);
    source.close().await;
    target.close().await;
    Ok(copied)
}

/// The organizations and projects in a database.
struct Scopes(BTreeSet<Uuid>, BTreeSet<Uuid>);

impl Scopes {
    /// Returns the ids by which a table is read.
    fn of(&self, table: &Table) -> &BTreeSet<Uuid> {
        if table.is_of_projects() { &self.1 } else { &self.0 }
    }

    async fn held(tx: &mut Tx) -> sqlx::Result<Scopes> {
        let mut ids = [BTreeSet::new(), BTreeSet::new()];
        for (ids, (table, id)) in ids.iter_mut().zip([("organizations", "organization_id"), ("projects", "project_id")])
        {
            let all = Statement::assembled(format!("SELECT {id} FROM {table}"));
            for row in tx.query(all).all().await? {
                ids.insert(row.id(id)?);
            }
        }
        let [organizations, projects] = ids;
        Ok(Scopes(organizations, projects))
    }
}

/// Returns the projects of the target that were deleted.
async fn deleted_projects(target: &Engine) -> sqlx::Result<BTreeSet<Uuid>> {
    let deleted = Statement::assembled("SELECT project_id FROM projects WHERE deleted_at IS NOT NULL".to_owned());
    let found = target.read().await?.query(deleted).all().await?;
    found.iter().map(|row| row.id("project_id")).collect()
}

/// A checksum over rows, and their number.
#[derive(Default)]
struct Sums {
    rows: u64,
    sum: Sha256,
}

impl Sums {
    fn add(&mut self, rows: &[Vec<Cell>]) {
        self.rows += rows.len() as u64;
        for cell in rows.iter().flatten() {
            cell.digest(&mut self.sum);
        }
    }

    fn finish(self) -> (u64, [u8; 32]) {
        (self.rows, self.sum.finalize().into())
    }
}

/// How part of a table differs from what it should be.
struct Differences {
    /// Rows that are missing or differ.
    missing: Vec<Vec<Cell>>,
    /// The keys of rows that should not be there.
    surplus: Vec<Vec<Cell>>,
}

/// The statements that copy one table.
struct Statements {
    columns: Vec<Column>,
    /// The number of columns in the primary key, which come first.
    key: usize,
    first: &'static Statement,
    after: &'static Statement,
    upsert: &'static Statement,
    delete: &'static Statement,
}

impl Statements {
    fn of(table: &Table) -> Statements {
        let (name, columns, key) = (table.name, table.columns().to_vec(), table.key());
        let names = |columns: &[Column], prefix: &str| {
            columns.iter().map(|column| format!("{prefix}{}", column.name)).collect::<Vec<_>>().join(", ")
        };
        let (all, keys) = (names(&columns, ""), names(key, ""));
        let scope = key[0].name;
        let (within, places) = (names(&key[1..], ""), (2..=key.len()).map(|place| format!("${place}")));
        let places = places.collect::<Vec<_>>().join(", ");
        // If the key has no column beside the scope, there is one row per scope and none after it.
        let later = if within.is_empty() { "false".to_owned() } else { format!("({within}) > ({places})") };
        let changes = columns[key.len()..].iter().map(|column| format!("{0} = excluded.{0}", column.name));
        let changes = changes.collect::<Vec<_>>().join(", ");
        let changes = if changes.is_empty() { "NOTHING".to_owned() } else { format!("UPDATE SET {changes}") };
        let select = format!("SELECT {all} FROM {name} WHERE {scope} = $1");
        Statements {
            key: key.len(),
            first: Statement::assembled(format!("{select} ORDER BY {keys} LIMIT {PAGE}")),
            after: Statement::assembled(format!("{select} AND {later} ORDER BY {keys} LIMIT {PAGE}")),
            upsert: Statement::assembled(format!(
                "INSERT INTO {name} ({all}) SELECT {} FROM {{$1: {}}} AS list WHERE true ON CONFLICT ({keys}) DO {changes}",
                names(&columns, "list."),
                listed(&columns),
            )),
            delete: Statement::assembled(format!(
                "DELETE FROM {name} WHERE {scope} = $1 AND ({keys}) IN (SELECT {} FROM {{$2: {}}} AS list)",
                names(key, "list."),
                listed(key),
            )),
            columns,
        }
    }

    /// Returns the rows after a key, at most one page.
    async fn page(&self, tx: &mut Tx, scope: Uuid, after: Option<&[Cell]>) -> sqlx::Result<Vec<Vec<Cell>>> {
        let mut query = tx.query(if after.is_some() { self.after } else { self.first }).bind(scope);
        for cell in after.into_iter().flat_map(|key| &key[1..]) {
            query = query.bind_cell(cell);
        }
        let rows = query.all().await?;
        let cells = |row| self.columns.iter().map(|column| cell(row, *column)).collect();
        rows.iter().map(cells).collect()
    }

    /// Returns the rows of the target after a key, up to another key or the end.
    async fn between(
        &self,
        target: &Engine,
        scope: Uuid,
        after: Option<&[Cell]>,
        until: Option<&[Cell]>,
    ) -> sqlx::Result<Vec<Vec<Cell>>> {
        let mut tx = target.read().await?;
        let mut found: Vec<Vec<Cell>> = Vec::new();
        loop {
            let last = found.last().map(|row| row[..self.key].to_vec());
            let page = self.page(&mut tx, scope, last.as_deref().or(after)).await?;
            let is_last = page.len() < PAGE;
            for row in page {
                if until.is_some_and(|until| row[..self.key].cmp(until) == Ordering::Greater) {
                    return Ok(found);
                }
                found.push(row);
            }
            if is_last {
                return Ok(found);
            }
        }
    }

    /// Returns how the copy differs.
    fn differences(&self, wanted: &[Vec<Cell>], there: &[Vec<Cell>]) -> Differences {
        let mut there: BTreeMap<&[Cell], &Vec<Cell>> = there.iter().map(|row| (&row[..self.key], row)).collect();
        let missing = wanted.iter().filter(|row| there.remove(&row[..self.key]) != Some(*row));
        let missing = missing.cloned().collect();
        Differences { missing, surplus: there.into_keys().map(<[Cell]>::to_vec).collect() }
    }

    /// Writes rows and returns their number.
    async fn write(&self, target: &Engine, rows: &[Vec<Cell>]) -> sqlx::Result<u64> {
        if rows.is_empty() {
            return Ok(0);
        }
        let mut tx = target.write().await?;
        tx.query(self.upsert).cells(rows, &self.kinds()).execute().await?;
        tx.commit().await?;
        Ok(rows.len() as u64)
    }

    /// Removes the rows with these keys and returns their number.
    async fn remove(&self, target: &Engine, scope: Uuid, keys: &[Vec<Cell>]) -> sqlx::Result<u64> {
        for keys in keys.chunks(PAGE) {
            let mut tx = target.write().await?;
            tx.query(self.delete).bind(scope).cells(keys, &self.kinds()[..self.key]).execute().await?;
            tx.commit().await?;
        }
        Ok(keys.len() as u64)
    }

    fn kinds(&self) -> Vec<Kind> {
        self.columns.iter().map(|column| column.kind).collect()
    }

    /// Returns the checksum of the target's rows.
    async fn sums(&self, target: &Engine, scopes: &BTreeSet<Uuid>) -> sqlx::Result<Sums> {
        let (mut tx, mut sums) = (target.read().await?, Sums::default());
        for scope in scopes {
            let mut after: Option<Vec<Cell>> = None;
            loop {
                let page = self.page(&mut tx, *scope, after.as_deref()).await?;
                sums.add(&page);
                if page.len() < PAGE {
                    break;
                }
                after = page.last().map(|row| row[..self.key].to_vec());
            }
        }
        Ok(sums)
    }
}

/// The value of a column.
fn cell(row: &Row, column: Column) -> sqlx::Result<Cell> {
    Ok(match column.kind {
        Kind::Uuid => Cell::Id(row.try_get(column.name)?),
        Kind::Bigint => Cell::Number(row.try_get(column.name)?),
        Kind::Text => Cell::Text(row.try_get(column.name)?),
        Kind::Bytea => Cell::Bytes(row.try_get(column.name)?),
        Kind::Boolean => Cell::Truth(row.try_get(column.name)?),
    })
}
