//! The errors in rows and files, worded so that a person can act on them.

use crate::preview::Preview;
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
    /// A web page.
    #[error("This is a web page, probably an error or log-in page that was saved in place of the data.")]
    Html,
    /// The gzip stream ends early.
    #[error("This compressed file is cut off: the rows before the break were read, the rest is missing.")]
    TruncatedGzip,
    /// The gzip stream is damaged.
    #[error("This compressed file is damaged: the rows before the damage were read, the rest cannot be.")]
    CorruptGzip,
    /// The file contains more text than is read.
    #[error("This file holds more than {} of text, unpacked, which is the limit here. The rows before that were imported.", size(*.0))]
    TooLong(u64),
    /// The JSON ends inside a list.
    #[error("This file is cut off: it ends in line {line} in the middle of a list. The items before it were read.")]
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
}

/// Formats a number of bytes for people.
fn size(bytes: u64) -> String {
    const UNITS: [(&str, u32); 4] = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];
    let unit = UNITS.into_iter().find(|(_, power)| bytes >> power > 0 && bytes.is_multiple_of(1 << power));
    unit.map_or_else(|| format!("{bytes} bytes"), |(name, power)| format!("{} {name}", bytes >> power))
}
