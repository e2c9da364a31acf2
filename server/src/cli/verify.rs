//! `creator-goals verify`: recomputes every number and compares.

use super::connection::{Connection, project};
use super::terminal::print;
use anyhow::{Result, bail};
use app::figures::plural;
use clap::Args;
use program::mended::{MendedValue, MendedValues};

/// List the values that migrations changed because they did not fit the bounds of the schema, then recompute every day
/// bucket of a project from the facts and compare with the stored ones
#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    connection: Connection,
    /// The project, by name or id
    #[arg(long, value_name = "PROJECT")]
    project: String,
}

impl Verify {
    /// Lists the values and compares; an error if a bucket differs.
    pub async fn run(self) -> Result<()> {
        let store = self.connection.store().await?;
        let project = project(&store, &self.project).await?;
        print_mended(&store.mended_values(project.project_id).await?)?;
        match store.count_stale_days(project.project_id).await? {
            0 => print("every day bucket agrees with a full recomputation"),
            stale => {
                let buckets = plural(i64::try_from(stale)?, "day bucket differs", "day buckets differ");
                bail!("{buckets} from a full recomputation")
            }
        }
    }
}

fn print_mended(mended: &MendedValues) -> Result<()> {
    if mended.total == 0 {
        return Ok(());
    }
    print(&format!("values that migrations changed: {}", mended.total))?;
    for value in &mended.listed {
        print(&format!("  {}", line_of(value)))?;
    }
    let rest = usize::try_from(mended.total).unwrap_or(usize::MAX).saturating_sub(mended.listed.len());
    if rest > 0 {
        print(&format!("  and {rest} more, in the table mended_values"))?;
    }
    Ok(())
}

fn line_of(value: &MendedValue) -> String {
    let MendedValue { table, row, column, old, new } = value;
    let old = old.as_deref().unwrap_or("empty");
    match (column, new) {
        (None, _) => format!("{table} {row}: the row was removed; it held {old}"),
        (Some(column), Some(new)) => format!("{table} {row}: {column} was {old} and is {new} now"),
        (Some(column), None) => format!("{table} {row}: {column} was {old} and is unknown now"),
    }
}
