//! Surveys the beginning of a file before it is imported: what it holds, what it proves about itself and what it leaves
//! open. The Import page and `creator-goals import` both ask by this.

use compliance::Instant;
use ingest::{Field, FileError, Options, Question, Survey};
use std::fs::File;
use std::path::Path;

/// The most bytes of text that are read for a survey: it must be quick, and cannot be cancelled.
const MOST_SURVEYED: u64 = 16 << 20;

/// Surveys the beginning of a file. A workbook cannot be read in part: of one, as much is read as `options` allow.
pub fn survey(path: &Path, options: &Options) -> Result<Survey, FileError> {
    let mut options = options.clone();
    if !ingest::is_workbook(File::open(path)?)? {
        options.most_unpacked = Some(options.most_unpacked.map_or(MOST_SURVEYED, |most| most.min(MOST_SURVEYED)));
    }
    ingest::survey_file(File::open(path)?, &options)
}

/// Surveys a file as its page proposes to read it: with the fields that its columns look like and, unless it is to stay
/// `undated`, with the current time as the time of the readings.
pub fn propose(path: &Path, mut options: Options, now: Instant, undated: bool) -> Result<Survey, FileError> {
    let mut found = survey(path, &options)?;
    let suggests = found.preview.columns.iter().any(|column| column.field.is_none() && column.suggestion.is_some());
    if suggests && options.mapping.is_empty() {
        let proposed: Vec<Option<Field>> =
            found.preview.columns.iter().map(|column| column.field.or(column.suggestion)).collect();
        // Every column has its place: of two with the same name, either may be the one with a field.
        let headers = found.preview.columns.iter().map(|column| column.header.clone());
        let fields = proposed.iter().map(|field| field.unwrap_or(Field::Ignore));
        options.mapping = headers.zip(fields).collect();
        found = survey(path, &options)?;
        for (column, field) in found.preview.columns.iter_mut().zip(proposed) {
            column.field = column.field.and(field);
        }
    }
    let asks_when = |question: &Question| matches!(question, Question::CollectedAt | Question::Year { .. });
    if !undated && found.questions.iter().any(asks_when) {
        // Without seconds, as the field shows it.
        options.collected_at = Some(Instant::from_millis(now.millis() - now.millis().rem_euclid(60_000)));
        let dated = survey(path, &options)?;
        (found.rows, found.raw) = (dated.rows, dated.raw);
    }
    Ok(found)
}
