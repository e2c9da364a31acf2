//! `creator-goals import`: imports files, in the same way as the Import page.

use super::connection::{Connection, find_project, project};
use super::project::Settings;
use super::terminal::print;
use crate::import::{Run, RunError, survey};
use anyhow::{Context, Result, bail};
use app::figures::{noun, plural};
use chrono::DateTime;
use clap::Args;
use compliance::Instant;
use compliance::calendar::Zone;
use compliance::fact::{Handle, is_ahead};
use ingest::{DateOrder, Decimal, Encoding, Field, FileError, Options, Question};
use program::ids::ProjectId;
use program::imports::record::{
    ImportCounts, ImportDetails, ImportVerdict, LeftOutValues, REJECTIONS_LISTED, Renaming,
};
use program::store::SharedStore;
use std::fs::File;
use std::io::{IsTerminal as _, Write as _, stderr};
use std::path::{Path, PathBuf};

/// Import files with creators, posts and stats. Formats are recognised by content: tables (CSV, .xlsx, .ods), yt-dlp
/// JSON, TikTok Display and Research API answers, TikTok web items, Apify items, JSON lists of other tools; `.gz` is accepted.
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

    /// Which comes first in dates such as 3/4/2026, if the files do not prove it: dmy or mdy
    #[arg(long, value_name = "ORDER", value_parser = |text: &str| DateOrder::from_name(text).ok_or("write dmy or mdy"))]
    dates: Option<DateOrder>,

    /// What separates the fraction of a number, if the files do not prove it: point (1,234.5) or comma (1.234,5)
    #[arg(long, value_name = "SIGN", value_parser = |text: &str| Decimal::from_name(text).ok_or("write point or comma"))]
    decimal: Option<Decimal>,

    /// The time zone of dates and times without an offset, if it is not the project's
    #[arg(long, value_name = "ZONE", value_parser = |text: &str| Zone::parse(text))]
    times_in: Option<Zone>,

    /// The encoding of files that are not UTF-8: windows-1252
    #[arg(long, value_name = "NAME", value_parser = |text: &str| Encoding::from_name(text).ok_or("write windows-1252"))]
    encoding: Option<Encoding>,

    /// The sheet of a workbook, if several could hold the data
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,

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
            let at = at.to_utc().into();
            if is_ahead(at, now) {
                bail!("--collected-at “{text}” lies in the future");
            }
            options.collected_at = Some(at);
        }
        options.date_order = self.dates;
        options.decimal = self.decimal;
        options.clock_zone = self.times_in;
        options.encoding = self.encoding;
        options.sheet = self.sheet;
        let mut failed = 0;
        for path in &self.files {
            // A file that cannot be read is named, and the others go in.
            if let Err(error) = bring_in(path, &store, project.project_id, &options, now).await {
                eprintln!("{}: {error:#}", path.display());
                failed += 1;
            }
        }
        match (failed, self.files.len()) {
            (0, _) => Ok(()),
            (_, 1) => bail!("the file was not imported as it should be (see above)"),
            (failed, all) => bail!("{failed} of {all} files were not imported as they should be (see above)"),
        }
    }
}

/// Returns the options with what the file proves about itself. Fails if it leaves something open that a person has to
/// decide.
fn settled(path: &Path, options: &Options) -> Result<Options> {
    // Where a file cannot be surveyed, reading it says the same, and how far it can be read.
    let Ok(survey) = survey(path, options) else { return Ok(options.clone()) };
    for column in survey.preview.without_column(&options.mapping) {
        eprintln!("{}: there is no column “{column}”, so what it was mapped to is not read", path.display());
    }
    let (optional, open): (Vec<Question>, Vec<Question>) =
        survey.questions.into_iter().partition(Question::is_optional);
    let asked = |question: &Question| format!("{} {}", question.sentence(), remedy(question));
    if !open.is_empty() {
        bail!("nothing was imported. {}", open.iter().map(asked).collect::<Vec<_>>().join(" "));
    }
    for question in &optional {
        eprintln!("{}: {}", path.display(), asked(question));
    }
    Ok(Options {
        date_order: options.date_order.or(survey.date_order),
        decimal: options.decimal.or(survey.decimal),
        ..options.clone()
    })
}

/// Returns the option that answers a question.
fn remedy(question: &Question) -> String {
    match question {
        Question::DateOrder { .. } => "Specify it with --dates dmy or --dates mdy.".to_owned(),
        Question::Decimal { .. } => "Specify it with --decimal comma (1.234 is 1234) or --decimal point.".to_owned(),
        Question::CollectedAt | Question::Year { .. } => "Specify it with --collected-at INSTANT.".to_owned(),
        Question::Sheet { .. } => "Specify it with --sheet NAME.".to_owned(),
        Question::Encoding => "Then add --encoding windows-1252.".to_owned(),
    }
}

async fn bring_in(
    path: &Path,
    store: &SharedStore,
    project_id: ProjectId,
    options: &Options,
    now: Instant,
) -> Result<()> {
    let options = settled(path, options)?;
    let file = File::open(path).context("cannot be opened")?;
    let size = file.metadata().map_or(0, |data| data.len());
    let mut run = Run::start(store.clone(), project_id, file, options, now, None);
    let ended = follow(path, size, &mut run).await?;
    report(path, &run)?;
    match ended {
        Ok(()) if run.counts().rows == 0 => bail!("nothing went in: the file has no rows"),
        Ok(()) if ImportVerdict::of(&run.counts(), run.details()) == ImportVerdict::Nothing => {
            bail!("nothing of this file went in")
        }
        Ok(()) => Ok(()),
        Err(RunError::File(error @ FileError::UnknownColumns(_))) => {
            bail!("{error} Map columns with --map COLUMN=FIELD; fields are {}.", Field::names())
        }
        Err(error) => bail!("{error}"),
    }
}

/// Imports a file, and prints its progress and the rows that are refused.
async fn follow(path: &Path, size: u64, run: &mut Run) -> Result<Result<(), RunError>> {
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
    Ok(ended)
}

/// Prints what an import brought and what it left out.
fn report(path: &Path, run: &Run) -> Result<()> {
    let ImportCounts { rows, accepted, duplicates, parked, rejected, without_instant } = run.counts();
    print(&format!(
        "{}: {rows} {}, {accepted} accepted, {duplicates} {}, {parked} parked, {rejected} rejected, {without_instant} {} \
         without a capture instant left out",
        path.display(),
        noun(rows, "row", "rows"),
        noun(duplicates, "duplicate", "duplicates"),
        noun(without_instant, "counter", "counters"),
    ))?;
    let ImportDetails { totals, unused, left_out, waiting, renamed, undecided, .. } = run.details();
    for Renaming { from, to } in renamed {
        print(&format!("{}: @{from} is now @{to}", path.display()))?;
    }
    for Renaming { from, to } in undecided {
        eprintln!(
            "{}: @{to} is probably the new name of @{from}, whose posts are in the file. Decide with \
             `creator-goals renaming same --project PROJECT {to}`, or with `other` in place of `same`.",
            path.display()
        );
    }
    if *waiting > 0 {
        let facts = plural(*waiting, "fact waits", "facts wait");
        eprintln!("{}: {facts} for this decision, at most 30 days", path.display());
    }
    for LeftOutValues { field, code, count, line, reason } in left_out {
        let values = plural(*count, "value of this kind was", "values of this kind were");
        eprintln!("{}:{line}: {field}: {reason} ({code}; {values} left out)", path.display());
    }
    if !unused.is_empty() {
        eprintln!("{}: not used: {}", path.display(), unused.join(", "));
    }
    if *totals > 0 {
        let rows = plural(*totals, "row with sums was", "rows with sums were");
        eprintln!("{}: {rows} skipped", path.display());
    }
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
    Ok(())
}
