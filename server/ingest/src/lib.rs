//! The import formats of Creator Goals: turns bytes into facts. One file per format.
//!
//! Pure, synchronous and streaming: there is no database and no clock, and a file of any size is read in bounded
//! memory; only workbooks are read whole, and limited in size. A bad row is one [`RowError`] and the other rows are
//! imported; only what makes the whole file unreadable is a [`FileError`]. A format is recognised by content, not by file
//! name, and may be gzipped.
//!
//! | module | contents |
//! |---|---|
//! | [`options`] | what the importer knows that the file does not say |
//! | [`field`], `synonyms` | the fields that a column can contain, and their names |
//! | [`mod@format`] | the formats that can be imported |
//! | [`error`], [`row_error`] | what can be wrong with a file and with a row |
//! | [`row`] | one row of a file, and the counts at the end |
//! | [`reader`] | the iterator of rows |
//! | [`mod@survey`] | what a file holds and leaves open, before anything is taken in |
//! | [`mod@preview`] | the first rows and how each column was understood, for the mapping step |
//! | `input`, `decoded` | bytes as they come: gzip, byte order marks, other encodings |
//! | `count`, `id`, `moment`, `text`, `excerpt` | single values |
//! | `platform`, `source_error` | rows about another platform, and rows in which a source says what went wrong |
//! | `observation` | what one row says, whatever the format, and the facts it makes |
//! | `workbook` | the sheet of a workbook, as a table |
//! | `csv` | tables: splitting, columns, rows |
//! | `json` | finding the items of a JSON stream, then one file per format |

mod count;
mod csv;
mod decoded;
pub mod error;
mod excerpt;
pub mod field;
pub mod format;
mod id;
mod input;
mod json;
mod moment;
mod observation;
pub mod options;
mod platform;
pub mod preview;
pub mod reader;
pub mod row;
pub mod row_error;
mod source_error;
pub mod survey;
mod synonyms;
mod text;
mod workbook;

pub use count::{Decimal, is_open as is_open_number};
pub use decoded::Encoding;
pub use error::FileError;
pub use field::Field;
pub use format::Format;
pub use input::is_workbook;
pub use moment::DateOrder;
pub use options::Options;
pub use preview::{Column, Preview, RawRow};
pub use reader::{Reader, read};
pub use row::{Row, Summary};
pub use row_error::{LeftOut, RowError};
pub use survey::{Question, Survey, survey, survey_file};

/// The largest JSON item, in bytes.
pub const MAX_ITEM_BYTES: usize = 8 * 1024 * 1024;
/// The longest row of a table, in bytes.
pub const MAX_ROW_BYTES: usize = 1024 * 1024;
/// The most columns of a table. Known exports have fewer than 50, and people are asked about each column.
pub const MOST_COLUMNS: usize = 500;
/// The largest workbook, in bytes. It is read in memory.
pub const MAX_WORKBOOK_BYTES: usize = 64 * 1024 * 1024;
/// The most that is in a workbook once it is unpacked, and the longest text of a sheet, in bytes.
pub const MAX_WORKBOOK_UNPACKED: u64 = 256 * 1024 * 1024;
/// The most files that a workbook, which is an archive, consists of.
pub const MOST_WORKBOOK_PARTS: usize = 10_000;
/// The most sheets of a workbook.
pub const MOST_SHEETS: usize = 200;
/// The most rows of a sheet, which is what spreadsheet programs have.
pub const MOST_SHEET_ROWS: u32 = 1_048_576;
/// The most columns or fields that are named as unused.
pub const MOST_UNUSED: usize = 200;
/// How deep JSON may be nested, around items and inside them.
pub const MAX_DEPTH: usize = 100;
