//! Looks at an uploaded file before it is read, and stores in its choices what was found.

use super::folder::Uploads;
use super::survey::{propose, survey};
use compliance::Instant;
use compliance::fact::{AHEAD, Counters, Fact, is_ahead};
use ingest::{LeftOut, Options, Question, Row, Survey};
use program::imports::choices::{Asked, AskedKind, Choices, Column, Understood};
use std::path::PathBuf;
use tokio::sync::Semaphore;

/// The number of values shown for each column in the mapping step.
const SAMPLES: usize = 3;

/// How many files are surveyed at a time: the text of a workbook is in memory meanwhile.
static LOOKS: Semaphore = Semaphore::const_new(2);

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
    let options = Options { most_unpacked: Some(uploads.most_unpacked()), ..options.clone() };
    let undated = choices.undated;
    let surveyed = tokio::task::spawn_blocking(move || match proposing {
        Some(now) => propose(&path, options, now, undated),
        None => survey(&path, &options),
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
