//! The errors in rows and files, worded so that a person can act on them.

use crate::excerpt::excerpt;
use crate::preview::Preview;
use crate::{MAX_WORKBOOK_BYTES, MOST_SHEETS, MOST_WORKBOOK_PARTS};
use std::fmt::Display;
use std::io;
use thiserror::Error;

/// Why a file cannot be read, or not to its end. Rows before the error are kept.
#[derive(Debug, Error)]
pub enum FileError {
    /// The file is empty.
    #[error("This file is empty.")]
    Empty,
    /// The file is not text: a workbook, a picture, an archive.
    #[error("{0}")]
    NotText(String),
    /// The file is text in an unknown encoding.
    #[error(
        "This file is not UTF-8 text. If a Windows program wrote it, choose Windows-1252 on the page or add `--encoding \
         windows-1252` on the command line; otherwise save it as “CSV UTF-8” and try again."
    )]
    WrongEncoding,
    /// The workbook cannot be read.
    #[error(
        "This workbook is damaged or cut off. Open it in a spreadsheet program and save it again, or save the sheet as “CSV UTF-8”."
    )]
    DamagedWorkbook {
        /// What its reader found, for the log.
        cause: String,
    },
    /// The workbook is larger than is read.
    #[error("{0} Delete the sheets, pictures and columns that are not needed, or save the sheet as “CSV UTF-8”.")]
    WorkbookTooLarge(String),
    /// Several sheets of the workbook could be the one with the data.
    #[error("This workbook has several sheets that could hold the data: {}. Choose one.", listed(.names))]
    Sheets {
        /// The names of these sheets.
        names: Vec<String>,
    },
    /// The workbook has no sheet of the name that was chosen.
    #[error("This workbook has no sheet “{}”. Its sheets are {}.", excerpt(.sheet), listed(.names))]
    UnknownSheet {
        /// The name that was chosen.
        sheet: String,
        /// The names of its sheets.
        names: Vec<String>,
    },
    /// A web page.
    #[error("This is a web page, probably an error or log-in page that was saved in place of the data.")]
    Html,
    /// The gzip stream ends early.
    #[error("This compressed file is cut off. Any whole rows before the break were imported; the rest is missing.")]
    TruncatedGzip,
    /// The gzip stream is damaged.
    #[error(
        "This compressed file is damaged. Any whole rows before the damage were imported; the rest cannot be read."
    )]
    CorruptGzip,
    /// The file contains more text than is read.
    #[error("This file holds more than {} of text, unpacked, which is the limit here. Any rows before that were imported.", size(*.0))]
    TooLong(u64),
    /// The JSON ends inside a list.
    #[error(
        "This file is cut off: it ends in line {line} in the middle of a list. Any whole items before that were imported."
    )]
    CutOff {
        /// The last line.
        line: u64,
    },
    /// Lists or objects around the items are nested beyond reason.
    #[error("Line {line} is nested more than {max} levels deep; no known format is.", max = crate::MAX_DEPTH)]
    TooDeep {
        /// The line in which the limit was exceeded.
        line: u64,
    },
    /// The table has too many columns.
    #[error("This table has {columns} columns; at most {max} are read. Remove those that are not needed and try again.", max = crate::MOST_COLUMNS)]
    TooManyColumns {
        /// The number of columns.
        columns: usize,
    },
    /// Required columns of a table were not found; a person can map them.
    #[error("{}", .0.problem.as_deref().unwrap_or("The columns of this table were not recognised."))]
    UnknownColumns(Box<Preview>),
    /// The file is neither a table nor a known JSON format.
    #[error("{reason}")]
    Unrecognised {
        /// What was found instead.
        reason: String,
    },
    /// The bytes could not be read.
    #[error("This file could not be read: {0}")]
    Io(#[from] io::Error),
}

impl FileError {
    /// Returns a stable name of the error, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            FileError::Empty => "empty",
            FileError::NotText(_) => "not_text",
            FileError::WrongEncoding => "wrong_encoding",
            FileError::DamagedWorkbook { .. } => "damaged_workbook",
            FileError::WorkbookTooLarge(_) => "workbook_too_large",
            FileError::Sheets { .. } => "sheets",
            FileError::UnknownSheet { .. } => "unknown_sheet",
            FileError::Html => "html",
            FileError::TruncatedGzip => "truncated_gzip",
            FileError::CorruptGzip => "corrupt_gzip",
            FileError::TooLong(_) => "too_long",
            FileError::CutOff { .. } => "cut_off",
            FileError::TooDeep { .. } => "too_deep",
            FileError::TooManyColumns { .. } => "too_many_columns",
            FileError::UnknownColumns(_) => "unknown_columns",
            FileError::Unrecognised { .. } => "unrecognised",
            FileError::Io(_) => "io",
        }
    }

    pub(crate) fn older_workbook() -> FileError {
        let reason =
            "This is an older or a protected workbook; save it as .xlsx without a password, or as “CSV UTF-8”.";
        FileError::NotText(reason.to_owned())
    }

    pub(crate) fn damaged_workbook(cause: impl Display) -> FileError {
        FileError::DamagedWorkbook { cause: format!("{cause}") }
    }

    pub(crate) fn packed_workbook_too_large() -> FileError {
        FileError::WorkbookTooLarge(format!("This workbook is larger than {}.", size(MAX_WORKBOOK_BYTES as u64)))
    }

    pub(crate) fn unpacked_workbook_too_large(most: u64) -> FileError {
        FileError::WorkbookTooLarge(format!("This workbook holds more than {}, unpacked.", size(most)))
    }

    pub(crate) fn workbook_of_too_many_parts() -> FileError {
        FileError::WorkbookTooLarge(format!("This workbook consists of more than {MOST_WORKBOOK_PARTS} files."))
    }

    pub(crate) fn workbook_of_too_many_sheets() -> FileError {
        FileError::WorkbookTooLarge(format!("This workbook has more than {MOST_SHEETS} sheets, or very large ones."))
    }
}

/// The most names that a sentence lists.
const MOST_NAMES: usize = 10;

/// Formats the names of sheets for people.
pub(crate) fn listed(names: &[String]) -> String {
    let shown = names.iter().take(MOST_NAMES).map(|name| format!("“{}”", excerpt(name))).collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(MOST_NAMES) {
        Some(more) if more > 0 => format!("{shown} and {more} more"),
        _ => shown,
    }
}

/// Formats a number of bytes for people.
fn size(bytes: u64) -> String {
    const UNITS: [(&str, u32); 4] = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];
    let unit = UNITS.into_iter().find(|(_, power)| bytes >> power > 0 && bytes.is_multiple_of(1 << power));
    unit.map_or_else(|| format!("{bytes} bytes"), |(name, power)| format!("{} {name}", bytes >> power))
}
