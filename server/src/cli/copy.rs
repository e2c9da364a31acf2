//! `creator-goals copy`: copies one database into another, such as a file into a PostgreSQL server.

use super::terminal::print;
use anyhow::Result;
use app::figures::plural;
use clap::Args;
use std::fmt::Write as _;
use store::copy;

/// Copy a database into another, empty one; run the same command again to continue an interrupted copy
#[derive(Debug, Args)]
pub struct Copy {
    /// The database to read; it may stay in use, but changes made meanwhile are not copied
    #[arg(long, value_name = "URL")]
    from: String,
    /// The database to write
    #[arg(long, value_name = "URL")]
    to: String,
}

/// The number of rows after which the progress is printed.
const SAID_EVERY: u64 = 50_000;

impl Copy {
    /// Copies the database and verifies the copy.
    pub async fn run(self) -> Result<()> {
        let (mut said, mut table) = (0, "");
        let mut say = |progress: store::Progress| {
            if progress.table != table || progress.rows >= said + SAID_EVERY {
                (said, table) = (progress.rows, progress.table);
                eprintln!("{table}: {} rows read so far, {} written", progress.rows, progress.written);
            }
        };
        let copied = copy(&self.from, &self.to, &mut say).await?;
        let mut report = String::new();
        for (table, rows) in copied.tables.iter().filter(|(_, rows)| *rows > 0) {
            let _ = writeln!(report, "{rows:>12}  {table}");
        }
        let rows: u64 = copied.tables.iter().map(|(_, rows)| rows).sum();
        let _ = write!(
            report,
            "{}, {} of them written now. Counts and SHA-256 checksums of all {} tables agree.",
            plural(i64::try_from(rows)?, "row", "rows"),
            copied.written,
            copied.tables.len()
        );
        print(&report)
    }
}
