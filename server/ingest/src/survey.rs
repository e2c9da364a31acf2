//! What a file holds and what it leaves open, found out before anything of it is taken in.

use crate::count::Decimal;
use crate::csv::Formats;
use crate::decoded::Encoding;
use crate::error::{FileError, listed};
use crate::format::Format;
use crate::moment::DateOrder;
use crate::options::Options;
use crate::preview::{Preview, RawRow};
use crate::reader::Reader;
use crate::row::Row;
use std::io::{Read, Seek};

/// The number of rows that are shown as they were understood.
const ROWS_SHOWN: usize = 5;

/// What a file holds and what it leaves open.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// Its columns and first rows, and what is missing before it can be imported.
    pub preview: Preview,
    /// The first rows as they were understood.
    pub rows: Vec<Row>,
    /// The first five rows of a table as the file has them; those that are refused as a whole are missing.
    pub raw: Vec<RawRow>,
    /// What a person has to answer before the file can be read as intended.
    pub questions: Vec<Question>,
    /// Which comes first in its dates, if it proves that.
    pub date_order: Option<DateOrder>,
    /// What separates the fractions of its numbers, if it proves that.
    pub decimal: Option<Decimal>,
    /// Whether its times and dates depend on a zone.
    pub unzoned: bool,
}

/// What a file leaves open. Each is asked once for the whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Whether the day or the month comes first in this date.
    DateOrder {
        /// A date of the file.
        example: String,
    },
    /// Whether the separator in this number groups thousands or begins a fraction.
    Decimal {
        /// A number of the file.
        example: String,
    },
    /// When its numbers were read: without that its counters are left out.
    CollectedAt,
    /// When it was collected, which tells the year of this date.
    Year {
        /// A date of the file.
        example: String,
    },
    /// Its encoding: it is not UTF-8.
    Encoding,
    /// Which sheet of the workbook holds the data.
    Sheet {
        /// The sheets that may hold it.
        names: Vec<String>,
    },
}

impl Question {
    /// Returns whether the file can be read without an answer: then the counters are left out, and the rest goes in.
    pub const fn is_optional(&self) -> bool {
        matches!(self, Question::CollectedAt)
    }

    /// Returns the sentence that asks it.
    pub fn sentence(&self) -> String {
        match self {
            Question::DateOrder { example } => {
                format!("“{example}” could have the day or the month first. Which is it in this file?")
            }
            Question::Decimal { example } => {
                format!(
                    "“{example}” could be a whole number in groups of three digits or a fraction. Which is it in this file?"
                )
            }
            Question::CollectedAt => {
                "The file does not say when its numbers were read. When was it? Without an answer they are left out."
                    .to_owned()
            }
            Question::Year { example } => {
                format!("“{example}” has no year. When was the file collected? Its dates are the latest before that.")
            }
            Question::Encoding => {
                "The file is not UTF-8 text. Is it in the encoding of older Windows programs (Windows-1252)?".to_owned()
            }
            Question::Sheet { names } => {
                format!("Several sheets of the workbook could hold the data: {}. Which one is it?", listed(names))
            }
        }
    }
}

/// Surveys a file. One that is not UTF-8 is surveyed as Windows-1252 too, so that everything it leaves open is asked at
/// once.
pub fn survey_file(mut file: impl Read + Seek, options: &Options) -> Result<Survey, FileError> {
    let surveyed = survey(&mut file, options)?;
    if !surveyed.questions.contains(&Question::Encoding) {
        return Ok(surveyed);
    }
    file.rewind()?;
    let mut surveyed = survey(file, &Options { encoding: Some(Encoding::Windows1252), ..options.clone() })?;
    surveyed.questions.insert(0, Question::Encoding);
    Ok(surveyed)
}

/// Reads a file as far as the options allow, and takes nothing in. Missing columns are not an error here: the preview
/// names them.
pub fn survey(reader: impl Read, options: &Options) -> Result<Survey, FileError> {
    let options = &Options { survey: true, ..options.clone() };
    let mut reader = match crate::reader::read(reader, options) {
        Ok(reader) => reader,
        Err(FileError::UnknownColumns(preview)) => return Ok(Survey { preview: *preview, ..Survey::default() }),
        Err(FileError::WrongEncoding) => return Ok(of_table(Question::Encoding)),
        Err(FileError::Sheets { names }) => return Ok(of_table(Question::Sheet { names })),
        Err(error) => return Err(error),
    };
    let preview = reader.preview();
    let mut rows = Vec::new();
    while rows.len() < ROWS_SHOWN {
        match reader.next() {
            Some(Ok(row)) => rows.push(row),
            Some(Err(_)) | None => break,
        }
    }
    let Rest { formats, raw, without_instant } = rest_of(reader, &mut rows);
    let mut survey = Survey {
        date_order: formats.date_order(),
        decimal: formats.decimal(),
        unzoned: formats.unzoned,
        preview,
        rows,
        raw,
        questions: Vec::new(),
    };
    if formats.not_utf8 {
        survey.questions.push(Question::Encoding);
    }
    if let (Some(example), None, None) = (formats.open_date, survey.date_order, options.date_order) {
        survey.questions.push(Question::DateOrder { example });
    }
    if let (Some(example), None, None) = (formats.open_number, survey.decimal, options.decimal) {
        survey.questions.push(Question::Decimal { example });
    }
    match (formats.date_without_year, options.collected_at) {
        (Some(example), None) => survey.questions.push(Question::Year { example }),
        (None, None) if without_instant => survey.questions.push(Question::CollectedAt),
        _ => {}
    }
    Ok(survey)
}

/// Returns what is known of a table that cannot be read before this is answered.
fn of_table(question: Question) -> Survey {
    let preview = Preview { format: Some(Format::Csv), ..Preview::default() };
    Survey { preview, questions: vec![question], ..Survey::default() }
}

/// What is known of a file once it was read to its end.
struct Rest {
    formats: Formats,
    raw: Vec<RawRow>,
    /// Whether all its counters lack an instant.
    without_instant: bool,
}

/// Reads the rest of a file. If all the rows that are shown are refused, the first that is not is shown too. Once there is
/// one, and a reading with its instant, all that is still to be learnt is how the rows are written.
fn rest_of(mut reader: Reader<'_>, rows: &mut Vec<Row>) -> Rest {
    let mut are_refused = rows.iter().all(|row| row.outcome.is_err());
    while are_refused || reader.summary().latest_capture.is_none() {
        match reader.next() {
            Some(Ok(row)) if are_refused && row.outcome.is_ok() => {
                rows.push(row);
                are_refused = false;
            }
            Some(Ok(_)) => {}
            // What comes before a break is imported, so it is what counts here.
            Some(Err(_)) | None => break,
        }
    }
    let summary = reader.summary();
    let (left_out, latest) = (summary.counters_without_instant > 0, summary.latest_capture);
    let (formats, raw) = reader.into_survey();
    let without_instant = latest.is_none() && (left_out || formats.lacks_instants());
    Rest { formats, raw, without_instant }
}
