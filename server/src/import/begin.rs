//! Begins imports: of a file that was received, and of one about which questions were answered.

use super::folder::Uploads;
use super::look::look;
use super::queue::{Turn, options, options_chosen};
use super::received::{Received, disk};
use ingest::Options;
use program::caller::Caller;
use program::error::AppError;
use program::ids::ImportId;
use program::imports::changes::{self, MappedFile, NewFile, Readable, Recorded};
use program::imports::choices::{AskedKind, Choices};
use program::imports::record::{Import, ImportState, UpdateImportOutcome};
use program::imports::refusal::NotImported;
use program::projects::record::Project;

/// The message for answers that come too late.
const TAKEN: &str = "This file is no longer waiting for answers: what was sent just now changed nothing.";

/// An import that can be read.
pub struct Begun {
    /// The import.
    pub import: Box<Import>,
    /// How its file is read.
    pub options: Options,
    /// Its turn.
    pub turn: Turn,
}

/// Makes an import of a received file. Returns its id and, if nothing has to be asked before, what is needed to read it. One
/// of several files waits for the answers to optional questions too, because nobody saw them.
pub async fn begin(
    caller: &Caller,
    uploads: &Uploads,
    project: &Project,
    file: Received,
    mut choices: Choices,
    form_id: &str,
    is_one_of_several: bool,
) -> Result<(ImportId, Option<Begun>), NotImported> {
    let project_id = project.project_id;
    let now = caller.now();
    let proposing = choices.look.then_some(now);
    let said = options_chosen(project, &choices, now)?;
    let mut problem = look(uploads, file.path(), &said, &mut choices, proposing).await;
    let remembered = changes::remembered(caller, project_id, &choices).await?;
    if let Some(before) = &remembered {
        choices.map_as(before);
        let columns = choices.columns.clone();
        problem = look(uploads, file.path(), &options(project, &choices)?, &mut choices, proposing).await;
        choices.columns = columns;
    }
    let asks = if is_one_of_several { !choices.questions.is_empty() } else { choices.is_open() };
    let is_read_now = problem.is_none() && !asks && !choices.look;
    if !is_read_now && proposing.is_none() {
        // Its page shows how it proposes to read the file.
        let terms =
            if remembered.is_some() { choices.clone() } else { Choices { columns: Vec::new(), ..choices.clone() } };
        problem = look(uploads, file.path(), &options(project, &terms)?, &mut choices, Some(now)).await;
    }
    let turn = is_read_now.then(|| Turn::take(uploads));
    let readable = turn.as_ref().map_or(Readable::Not(problem), Turn::readable);
    if is_read_now && remembered.is_none() {
        // What the columns look like is only a proposal, to be confirmed on the page.
        choices.columns = Vec::new();
    }
    // What the file proves about itself is now part of the choices.
    let options = options(project, &choices)?;
    let new = NewFile {
        form_id: form_id.to_owned(),
        name: file.name.clone(),
        digest: file.digest(),
        bytes: i64::try_from(file.bytes).unwrap_or(i64::MAX),
        folder_id: uploads.id(),
    };
    let import = match changes::record(caller, project_id, new, &choices, readable).await? {
        Recorded::New(import) => import,
        Recorded::Before(import_id) => return Ok((import_id, None)),
    };
    if let Err(cause) = file.keep(import.import_id) {
        let error = disk(&cause);
        changes::give_up(caller, *import, &error.to_string()).await?;
        return Err(error.into());
    }
    Ok((import.import_id, turn.map(|turn| Begun { import, options, turn })))
}

/// Stores the answers to what a file left open. Returns what is needed to read it, if nothing is open any more. `choices` are
/// those of the import with the answers, and `answered` says to what.
pub async fn answer(
    caller: &Caller,
    uploads: &Uploads,
    project: &Project,
    mut import: Import,
    mut choices: Choices,
    answered: &[AskedKind],
) -> Result<Option<Begun>, NotImported> {
    let before = Choices::of(&import);
    if import.state != ImportState::Waiting {
        // The form was sent twice, or from two pages.
        return if choices.answers() == before.answers() {
            Ok(None)
        } else {
            Err(AppError::Conflict(TAKEN.into()).into())
        };
    }
    choices.forget_proofs(&before, answered);
    let (import_id, now) = (import.import_id, caller.now());
    let said = options_chosen(project, &choices, now)?;
    if !uploads.path(import_id).exists() {
        changes::map_columns(caller, &mut import, &choices, MappedFile::NotIn(uploads.id())).await?;
        return Ok(None);
    }
    let mut found = choices.clone();
    let problem = look(uploads, uploads.path(import_id), &said, &mut found, Some(now)).await;
    choices.keep_found(found, &before);
    let problem = choices.read_twice().or(problem).or_else(|| choices.unanswered(&before));
    if problem.is_some() || choices.look || choices.is_open() {
        let not_yet = MappedFile::Here(Readable::Not(problem));
        changes::map_columns(caller, &mut import, &choices, not_yet).await?;
        return Ok(None);
    }
    let turn = Turn::take(uploads);
    // With what the file proves about itself, which is now part of the choices.
    let options = options(project, &choices)?;
    let updated = changes::map_columns(caller, &mut import, &choices, MappedFile::Here(turn.readable())).await?;
    let is_read_now = updated == UpdateImportOutcome::Updated;
    Ok(is_read_now.then(|| Begun { import: Box::new(import), options, turn }))
}
