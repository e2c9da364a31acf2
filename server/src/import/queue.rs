//! The queue of uploaded files: two are read at a time, the others wait in order, and a cancelled one ends at once.

use super::folder::Uploads;
use super::{Run, RunError};
use compliance::Instant;
use compliance::fact::{Handle, is_ahead};
use ingest::{DateOrder, Decimal, Encoding, Field, Options};
use program::caller::Caller;
use program::error::{StoreError, StoreResult};
use program::imports::changes::Readable;
use program::imports::choices::{Beside, Choices};
use program::imports::record::{Import, ImportState, REMOVED_LISTED, UpdateImportOutcome};
use program::imports::refusal::UploadRefusal;
use program::projects::record::Project;
use std::fs::File;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::task::JoinHandle;

/// How often a server checks whether an import that it reads was cancelled, perhaps on another server.
const LOOK: Duration = Duration::from_millis(400);

const NOT_WHOLE: &str = "The uploaded file is no longer complete, so nothing was read. Upload it again.";

/// How often recording an import is retried; the next constant is the pause in between.
const TRIES: usize = 150;
const PAUSE: Duration = Duration::from_secs(2);

/// An import's turn to be read: taken, or to be waited for.
#[derive(Debug)]
pub struct Turn(Option<OwnedSemaphorePermit>);

impl Turn {
    /// Takes a turn if one is free now.
    pub fn take(uploads: &Uploads) -> Turn {
        Turn(uploads.turns.clone().try_acquire_owned().ok())
    }

    /// Returns a turn to be waited for.
    pub fn later() -> Turn {
        Turn(None)
    }

    /// Returns when the file of an import with this turn can be read.
    pub fn readable(&self) -> Readable {
        if self.0.is_some() { Readable::Now } else { Readable::Later }
    }
}

/// Reads the file of an import, which is recorded in the state of its turn, in the background.
pub fn spawn(caller: Caller, uploads: Uploads, import: Import, options: Options, turn: Turn) -> JoinHandle<()> {
    tokio::spawn(async move {
        let import_id = import.import_id;
        if let Err(error) = follow(&caller, &uploads, import, options, turn).await {
            tracing::error!(%error, %import_id, "the result of an import could not be recorded");
        }
        uploads.discard(import_id);
    })
}

async fn follow(
    caller: &Caller,
    uploads: &Uploads,
    mut import: Import,
    options: Options,
    turn: Turn,
) -> StoreResult<()> {
    let _place = match turn.0 {
        Some(place) => Some(place),
        None => {
            let place = tokio::select! {
                place = uploads.turns.clone().acquire_owned() => place.ok(),
                () = over(caller, import.clone(), uploads.look_while_waiting()) => return Ok(()),
            };
            import.state = ImportState::Running;
            if record(caller, &import, ImportState::Queued).await? == UpdateImportOutcome::StateChanged {
                return Ok(());
            }
            place
        }
    };
    let mut over = pin!(over(caller, import.clone(), LOOK));
    let failure = match read(caller, uploads, &mut import, options, &mut over).await {
        Ok(Ended::Cancelled) => return record_cancelled(caller, &import).await,
        Ok(Ended::Whole) => None,
        Ok(Ended::NoRoom) => Some(
            "The disk of the server is nearly full. The rows read so far were imported. Make room, then import the file \
            again to add the rest."
                .to_owned(),
        ),
        Ok(Ended::NotWhole) => Some(NOT_WHOLE.to_owned()),
        Err(RunError::File(error)) => Some(error.to_string()),
        Err(error) => {
            tracing::error!(%error, import_id = %import.import_id, "an import failed");
            Some(format!("{error} The rows read so far were imported. Import the file again to add the rest."))
        }
    };
    import.state = if failure.is_some() { ImportState::Failed } else { ImportState::Done };
    import.failure = failure;
    import.finished_at = Some(caller.now());
    if record(caller, &import, ImportState::Running).await? == UpdateImportOutcome::StateChanged {
        record_cancelled(caller, &import).await?;
    }
    Ok(())
}

/// Records the result of an import, and retries if the database is away for some minutes: otherwise the import would
/// show as being read until the server restarts.
async fn record(caller: &Caller, import: &Import, from: ImportState) -> StoreResult<UpdateImportOutcome> {
    for _ in 0..TRIES {
        match caller.store.update_import(import, from).await {
            Err(StoreError::NotFound) => break,
            Err(cause) => {
                tracing::warn!(%cause, import_id = %import.import_id, "an import could not be recorded; trying again");
                tokio::time::sleep(PAUSE).await;
            }
            done => return done,
        }
    }
    caller.store.update_import(import, from).await
}

/// Completes once the import was ended elsewhere; checks at the interval `every`.
async fn over(caller: &Caller, import: Import, every: Duration) {
    loop {
        tokio::time::sleep(every).await;
        match caller.store.import(import.project_id, import.import_id).await {
            Ok(Some(now)) if !now.state.is_over() => {}
            Ok(_) => return,
            Err(cause) => tracing::warn!(%cause, "the state of an import could not be read"),
        }
    }
}

/// Records the progress of a cancelled import.
async fn record_cancelled(caller: &Caller, read: &Import) -> StoreResult<()> {
    if let Some(now) = caller.store.import(read.project_id, read.import_id).await? {
        let known = Import {
            counts: read.counts,
            bytes_done: read.bytes_done,
            removed_creators: read.removed_creators.clone(),
            ..now
        };
        caller.store.update_import(&known, ImportState::Failed).await?;
    }
    Ok(())
}

/// How reading a file ended.
enum Ended {
    /// The whole file was read.
    Whole,
    /// The import was cancelled.
    Cancelled,
    /// A disk was about to become full.
    NoRoom,
    /// Nothing was read, because the file does not have the size that was received.
    NotWhole,
}

async fn read(
    caller: &Caller,
    uploads: &Uploads,
    import: &mut Import,
    options: Options,
    mut over: &mut (impl Future<Output = ()> + Unpin),
) -> Result<Ended, RunError> {
    let file = File::open(uploads.path(import.import_id)).map_err(ingest::FileError::Io)?;
    let bytes = file.metadata().map_err(ingest::FileError::Io)?.len();
    if i64::try_from(bytes).ok() != Some(import.bytes_total) {
        return Ok(Ended::NotWhole);
    }
    let options = Options { most_unpacked: Some(uploads.most_unpacked()), ..options };
    // A server that stopped may already have read some of it.
    let resumed = (import.bytes_done > 0).then_some(import.import_id);
    let mut run = Run::start(caller.store.clone(), import.project_id, file, options, caller.now(), resumed);
    loop {
        let step = tokio::select! {
            step = run.step() => step?,
            () = &mut over => return Ok(Ended::Cancelled),
        };
        let Some(step) = step else {
            import.details = run.details().clone();
            break;
        };
        import.counts = step.counts;
        import.details = run.details().clone();
        let removed: Vec<&str> = run.removed().take(REMOVED_LISTED).map(Handle::as_str).collect();
        import.removed_creators = removed.join(" ");
        import.bytes_done = i64::try_from(step.bytes_done).unwrap_or(i64::MAX);
        if !step.rejections.is_empty() {
            caller.store.add_rejections(import.project_id, import.import_id, &step.rejections).await?;
        }
        if caller.store.update_import(import, ImportState::Running).await? == UpdateImportOutcome::StateChanged {
            return Ok(Ended::Cancelled);
        }
        if !uploads.have_room_for(0).map_err(ingest::FileError::Io)? {
            return Ok(Ended::NoRoom);
        }
    }
    import.bytes_done = import.bytes_total;
    Ok(Ended::Whole)
}

/// Returns the options for the importer as a person chooses them now. Numbers cannot have been read in the future.
pub fn options_chosen(project: &Project, choices: &Choices, now: Instant) -> Result<Options, UploadRefusal> {
    let options = options(project, choices)?;
    if options.collected_at.is_some_and(|at| is_ahead(at, now)) {
        return Err(UploadRefusal::CollectedAt);
    }
    Ok(options)
}

/// Returns the options for the importer.
pub fn options(project: &Project, choices: &Choices) -> Result<Options, UploadRefusal> {
    let Beside { creator, collected_at, zone } = choices.beside(project.zone)?;
    let mut options = Options::new(project.zone);
    (options.default_creator, options.collected_at) = (creator, collected_at);
    options.date_order = choices.dates.as_deref().and_then(DateOrder::from_name);
    options.decimal = choices.decimal.as_deref().and_then(Decimal::from_name);
    options.clock_zone = zone;
    options.encoding = choices.encoding.as_deref().and_then(Encoding::from_name);
    options.sheet.clone_from(&choices.sheet);
    for column in &choices.columns {
        let field = column.field.as_deref().unwrap_or(Field::Ignore.name());
        if column.field.is_none() && !column.is_left_out {
            options.unknown_columns.push(column.header.clone());
        }
        if let Ok(field) = field.parse() {
            options.mapping.push((column.header.clone(), field));
        }
    }
    Ok(options)
}
