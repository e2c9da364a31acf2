//! What an upload and its page have in common: the preview of a table, and reading the file.

use crate::import::Uploads;
use crate::import::queue::{self, Turn};
use compliance::Instant;
use compliance::fact::{AHEAD, Counters, Fact, is_ahead};
use ingest::{FileError, LeftOut, Options, Question, Row, Survey};
use program::caller::Caller;
use program::ids::{ImportId, ProjectId};
use program::imports::choices::{Asked, AskedKind, Choices, Column, Understood};
use program::imports::record::Import;
use program::imports::refusal::UploadRefusal;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// How long an answer waits for a file to be imported.
const PATIENCE: Duration = Duration::from_secs(1);
/// The most bytes of text read for a preview: it must be quick, and cannot be cancelled.
const MOST_PREVIEWED: u64 = 16 << 20;
/// The number of values shown for each column in the mapping step.
const SAMPLES: usize = 3;

/// How many files are surveyed at a time: the text of a workbook is in memory meanwhile.
static LOOKS: Semaphore = Semaphore::const_new(2);

/// Returns the path of an import's page.
pub fn page_of(project_id: ProjectId, import_id: ImportId) -> String {
    format!("/projects/{project_id}/imports/{import_id}")
}

/// Refuses numbers that were read in the future: each of them would be refused.
pub fn not_ahead(said: &Options, now: Instant) -> Result<(), UploadRefusal> {
    if said.collected_at.is_some_and(|at| is_ahead(at, now)) { Err(UploadRefusal::CollectedAt) } else { Ok(()) }
}

/// Looks at the beginning of a file: stores in `choices` what it holds, what it proves about itself and what it leaves
/// open, and returns what its columns lack. If the current time is given, its rows are read as the page proposes: with the
/// fields that columns look like, and with the current time as the time of the readings. A file that cannot be surveyed
/// fails when it is imported, and then says why.
pub async fn look(
    uploads: &Uploads,
    path: PathBuf,
    options: &Options,
    choices: &mut Choices,
    proposing: Option<Instant>,
) -> Option<String> {
    let _place = LOOKS.acquire().await.ok();
    let (most, options, undated) = (uploads.most_unpacked(), options.clone(), choices.undated);
    let surveyed = tokio::task::spawn_blocking(move || {
        // A workbook has a limit of its own, and cannot be read in part.
        let most = if ingest::is_workbook(File::open(&path)?)? { most } else { most.min(MOST_PREVIEWED) };
        let options = Options { most_unpacked: Some(most), ..options };
        match proposing {
            Some(now) => propose(&path, options, now, undated),
            None => ingest::survey_file(File::open(path)?, &options),
        }
    });
    (choices.questions, choices.rows) = (Vec::new(), Vec::new());
    let Some(survey) = surveyed.await.ok().and_then(Result::ok) else {
        // Nobody can look at it: reading it says why.
        choices.look = false;
        return None;
    };
    choices.columns = columns(&survey.preview);
    choices.lacks_creator = survey.preview.lacks_creator;
    choices.rows = survey.rows.iter().map(|row| understood(row, &survey, proposing)).collect();
    choices.questions = survey.questions.iter().map(asked).collect();
    choices.questions.sort_by_key(|asked| asked.kind);
    choices.dates = choices.dates.take().or(survey.date_order.map(|order| order.name().to_owned()));
    choices.decimal = choices.decimal.take().or(survey.decimal.map(|decimal| decimal.name().to_owned()));
    let has_no_rows = survey.rows.is_empty() && survey.questions.is_empty() && !survey.preview.columns.is_empty();
    survey.preview.problem.or_else(|| has_no_rows.then(|| "The file has a header and no rows.".to_owned()))
}

/// Surveys a file as its page proposes to read it.
fn propose(path: &Path, mut options: Options, now: Instant, undated: bool) -> Result<Survey, FileError> {
    let mut survey = ingest::survey_file(File::open(path)?, &options)?;
    let suggests = survey.preview.columns.iter().any(|column| column.field.is_none() && column.suggestion.is_some());
    if suggests && options.mapping.is_empty() {
        let fields = survey.preview.columns.iter();
        let fields = fields.filter_map(|column| Some((column.header.clone(), column.field.or(column.suggestion)?)));
        options.mapping = fields.collect();
        survey = ingest::survey_file(File::open(path)?, &options)?;
    }
    let asks_when = |question: &Question| matches!(question, Question::CollectedAt | Question::Year { .. });
    if !undated && survey.questions.iter().any(asks_when) {
        // Without seconds, as the field shows it.
        options.collected_at = Some(Instant::from_millis(now.millis() - now.millis().rem_euclid(60_000)));
        let dated = ingest::survey_file(File::open(path)?, &options)?;
        (survey.rows, survey.raw) = (dated.rows, dated.raw);
    }
    Ok(survey)
}

fn asked(question: &Question) -> Asked {
    let (kind, names) = match question {
        Question::DateOrder { .. } => (AskedKind::DateOrder, Vec::new()),
        Question::Decimal { .. } => (AskedKind::Decimal, Vec::new()),
        Question::CollectedAt | Question::Year { .. } => (AskedKind::CollectedAt, Vec::new()),
        Question::Encoding => (AskedKind::Encoding, Vec::new()),
        Question::Sheet { names } => (AskedKind::Sheet, names.clone()),
    };
    Asked { kind, sentence: question.sentence(), names, is_optional: question.is_optional() }
}

/// Returns a row as its page shows it; `now` is the present time.
fn understood(row: &Row, survey: &Survey, now: Option<Instant>) -> Understood {
    let mut seen = Understood { line: i64::try_from(row.line).unwrap_or(i64::MAX), ..Understood::default() };
    let cells: Vec<_> = survey.raw.iter().filter(|raw| raw.line == row.line).flat_map(|raw| &raw.cells).collect();
    seen.cells = cells.iter().map(|(field, text)| (field.name().to_owned(), text.clone())).collect();
    match &row.outcome {
        Err(error) if error.code == "open_date" => seen.doubts.push("Its date waits for your answer above.".to_owned()),
        Err(error) => seen.doubts.push(format!("Refused: {}", error.reason)),
        Ok(facts) => facts.iter().for_each(|fact| add(&mut seen, fact)),
    }
    let instants = [("Published at", seen.published_at), ("Captured at", seen.captured_at)];
    for (field, at) in instants {
        if now.zip(at).is_some_and(|(now, at)| is_ahead(Instant::from_millis(at), now)) {
            seen.doubts.push(format!("{field}: {AHEAD} It will be refused."));
        }
    }
    // What is asked about the whole file is not repeated for each cell.
    let is_asked = survey.questions.iter().any(|question| matches!(question, Question::Decimal { .. }));
    let column = |header: &str| survey.preview.columns.iter().find(|column| column.header == header);
    let is_open = |value: &LeftOut| {
        let field = column(&value.field).and_then(|column| column.field);
        let cell = cells.iter().find(|(of, _)| Some(*of) == field);
        is_asked && cell.is_some_and(|(_, text)| ingest::is_open_number(text))
    };
    let (open, told): (Vec<_>, Vec<_>) = row.left_out.iter().partition(|value| is_open(value));
    seen.doubts.extend(told.iter().map(|value| format!("{}: {}", value.field, value.reason)));
    if !open.is_empty() {
        seen.doubts.push("Numbers with a point wait for your answer above.".to_owned());
    }
    seen
}

fn add(seen: &mut Understood, fact: &Fact) {
    let handle = match fact {
        Fact::Profile(profile) => Some(&profile.handle),
        Fact::Post(post) => {
            seen.post = Some(post.tiktok_video_id.clone());
            seen.published_at = Some(post.published_at.millis());
            post.handle.as_ref()
        }
        Fact::PostStats(stats) => {
            let Counters { views, likes, comments, shares, saves } = stats.counters;
            seen.post = Some(stats.tiktok_video_id.clone());
            seen.captured_at = Some(stats.captured_at.millis());
            seen.counts[..5].copy_from_slice(&[views, likes, comments, shares, saves]);
            stats.handle.as_ref()
        }
        Fact::CreatorStats(stats) => {
            seen.captured_at = Some(stats.captured_at.millis());
            seen.counts[5] = Some(stats.followers);
            Some(&stats.handle)
        }
        Fact::Collection(collection) => {
            seen.captured_at = Some(collection.collected_at.millis());
            Some(&collection.handle)
        }
    };
    seen.creator = seen.creator.take().or(handle.map(ToString::to_string));
}

/// Returns the columns of a table with their first values and the field each is recognised as.
fn columns(preview: &ingest::Preview) -> Vec<Column> {
    let samples = |index: usize| preview.rows.iter().take(SAMPLES).filter_map(|row| row.get(index).cloned()).collect();
    let column = |(index, column): (usize, &ingest::Column)| Column {
        header: column.header.clone(),
        field: column.field.or(column.suggestion).map(|field| field.name().to_owned()),
        samples: samples(index),
        is_left_out: false,
    };
    preview.columns.iter().enumerate().map(column).collect()
}

/// Reads the file in the background and waits briefly for it: most files are small, and then the next page shows the
/// result at once.
pub async fn read_and_wait(caller: Caller, uploads: Uploads, import: Import, options: Options, turn: Turn) {
    let job = queue::spawn(caller, uploads, import, options, turn);
    // Neither this timeout nor the end of the request ends the import.
    let _ = timeout(PATIENCE, job).await;
}
