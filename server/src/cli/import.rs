//! `creator-goals import`: imports files, in the same way as the Import page.

use super::connection::{Connection, find_project, project};
use super::project::Settings;
use super::terminal::print;
use crate::import::{Run, RunError};
use anyhow::{Context, Result, bail};
use chrono::DateTime;
use clap::Args;
use compliance::fact::Handle;
use ingest::{Field, FileError, Options};
use program::imports::record::{ImportCounts, REJECTIONS_LISTED};
use std::fs::File;
use std::io::{IsTerminal as _, Write as _, stderr};
use std::path::{Path, PathBuf};

/// Import files with creators, posts and stats. Formats are recognised by content: CSV, yt-dlp JSON, TikTok Display
/// and Research API answers, TikTok web items, Apify items; `.gz` is accepted.
#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    connection: Connection,

    /// The project, by name or id
    #[arg(long, value_name = "PROJECT")]
    project: String,

    /// Create the project if there is none of this name
    #[arg(long)]
    create: bool,

    #[command(flatten)]
    settings: Settings,

    /// Read a column as a field, such as `video_no=post_id` (repeatable)
    #[arg(long = "map", value_name = "COLUMN=FIELD", value_parser = mapping)]
    mapping: Vec<(String, Field)>,

    /// The creator whose posts these are, for files that do not say
    #[arg(long, value_name = "HANDLE", value_parser = |text: &str| Handle::parse(text))]
    creator: Option<Handle>,

    /// When the numbers were read, for files that do not say (RFC 3339)
    #[arg(long, value_name = "INSTANT")]
    collected_at: Option<String>,

    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

fn mapping(text: &str) -> Result<(String, Field), String> {
    let (column, field) = text.rsplit_once('=').ok_or("write COLUMN=FIELD, such as video_no=post_id")?;
    let field = field.parse::<Field>().map_err(|error| error.to_string())?;
    Ok((column.to_owned(), field))
}

impl Import {
    /// Imports the files, in order.
    pub async fn run(self) -> Result<()> {
        let store = if self.create { self.connection.store_or_new().await? } else { self.connection.store().await? };
        let now = self.connection.clock()?.now();
        let project = match find_project(&store, &self.project).await? {
            Some(project) => project,
            None if self.create => {
                let caller = self.connection.caller(store.clone())?;
                self.settings.create(&caller, self.project).await?
            }
            None => project(&store, &self.project).await.context("or add --create --time-zone ZONE")?,
        };
        let mut options = Options::new(project.zone);
        options.default_creator = self.creator;
        options.mapping = self.mapping;
        if let Some(text) = &self.collected_at {
            let at = DateTime::parse_from_rfc3339(text)
                .with_context(|| format!("--collected-at “{text}” is not an instant: write 2026-11-18T12:00:00Z"))?;
            options.collected_at = Some(at.to_utc().into());
        }
        for path in &self.files {
            let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
            let size = file.metadata().map_or(0, |data| data.len());
            let run = Run::start(store.clone(), project.project_id, file, options.clone(), now);
            bring_in(path, size, run).await?;
        }
        Ok(())
    }
}

async fn bring_in(path: &Path, size: u64, mut run: Run) -> Result<()> {
    let watched = stderr().is_terminal();
    let ended = loop {
        match run.step().await {
            Ok(Some(step)) => {
                for row in &step.rejections {
                    let field = row.field.as_deref().map(|field| format!(" {field}:")).unwrap_or_default();
                    eprintln!("{}:{}:{field} {} ({})", path.display(), row.line, row.reason, row.code);
                }
                if watched {
                    let percent = step.bytes_done.saturating_mul(100) / size.max(1);
                    eprint!("\r{}: {percent:>3} %, {} rows", path.display(), step.counts.rows);
                    stderr().flush()?;
                }
            }
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    if watched {
        eprint!("\r\x1b[K");
    }
    let ImportCounts { rows, accepted, duplicates, parked, rejected, without_instant } = run.counts();
    print(&format!(
        "{}: {rows} rows, {accepted} accepted, {duplicates} duplicates, {parked} parked, {rejected} rejected, \
         {without_instant} counters without a capture instant left out",
        path.display()
    ))?;
    let removed: Vec<String> = run.removed().map(|handle| format!("@{handle}")).collect();
    if !removed.is_empty() {
        eprintln!(
            "{}: removed from the program, so kept but not judged until they are restored: {}",
            path.display(),
            removed.join(", ")
        );
    }
    if rejected > REJECTIONS_LISTED {
        eprintln!("{}: only the first {REJECTIONS_LISTED} rejected rows are listed", path.display());
    }
    match ended {
        Ok(()) => Ok(()),
        Err(RunError::File(error @ FileError::UnknownColumns(_))) => {
            bail!("{}: {error} Map columns with --map COLUMN=FIELD; fields are {}.", path.display(), Field::names())
        }
        Err(error) => bail!("{}: {error}", path.display()),
    }
}
