//! What can be wrong with a row and with a file, said so that a person can act on it.

use crate::preview::Preview;
use std::io;
use thiserror::Error;

/// Why a file cannot be read, or not to its end. Rows delivered before it stand.
#[derive(Debug, Error)]
pub enum FileError {
    /// There is nothing in it.
    #[error("This file is empty.")]
    Empty,
    /// A workbook, a picture, an archive: not text.
    #[error("{0}")]
    NotText(String),
    /// Text, but in an encoding that cannot be told.
    #[error("This file is not UTF-8 text. Save it as “CSV UTF-8” and try again.")]
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
    /// There is more text in it than is read.
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
        /// Where the limit was passed.
        line: u64,
    },
    /// A table with more columns than are read.
    #[error("This table has {columns} columns; at most {max} are read. Remove those that are not needed and try again.", max = crate::MOST_COLUMNS)]
    TooManyColumns {
        /// How many it has.
        columns: usize,
    },
    /// A table in which required columns were not found; a person can map them.
    #[error("{}", .0.problem.as_deref().unwrap_or("The columns of this table were not recognised."))]
    UnknownColumns(Box<Preview>),
    /// Neither a table nor a JSON format that is known.
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
    /// A stable name of the fault, for programs.
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

/// A number of bytes as people say it.
fn size(bytes: u64) -> String {
    const UNITS: [(&str, u32); 4] = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];
    let unit = UNITS.into_iter().find(|(_, power)| bytes >> power > 0 && bytes.is_multiple_of(1 << power));
    unit.map_or_else(|| format!("{bytes} bytes"), |(name, power)| format!("{} {name}", bytes >> power))
}
