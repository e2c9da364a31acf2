//! The import formats of Creator Goals: turns bytes into facts. One file per format.
//!
//! Pure, synchronous and streaming: there is no database and no clock, and a file of any size is read in bounded
//! memory. A bad row is one [`RowError`] and the other rows are imported; only what makes the whole file unreadable is
//! a [`FileError`]. A format is recognised by content, not by file name, and may be gzipped.
//!
//! | module | contents |
//! |---|---|
//! | [`options`] | what the importer knows beside the file |
//! | [`field`] | the fields that a column can contain, and the header names for them |
//! | [`mod@format`] | the formats, and how each is recognised by its content |
//! | [`error`] | the errors in rows and files |
//! | [`row`] | one row of a file, and the counts at the end |
//! | [`reader`] | the iterator of rows |
//! | [`mod@preview`] | the first rows and the field of each column, for the mapping step |
//! | `input` | decoding of bytes: gzip, byte order marks, UTF-16 |
//! | `count`, `moment`, `link`, `text` | single values |
//! | `observation` | the contents of one row in any format, and the facts made of it |
//! | `csv` | tables: splitting, columns, rows |
//! | `json` | finding the items of a JSON stream, then one file per format |

mod count;
mod csv;
pub mod error;
pub mod field;
pub mod format;
mod input;
mod json;
mod link;
mod moment;
mod observation;
pub mod options;
pub mod preview;
pub mod reader;
pub mod row;
mod text;
mod utf16;

pub use csv::MOST_COLUMNS;
pub use error::{FileError, RowError};
pub use field::Field;
pub use format::Format;
pub use options::Options;
pub use preview::{Column, Preview, preview};
pub use reader::{Reader, read};
pub use row::{Row, Summary};

/// The largest JSON item, in bytes.
pub const MAX_ITEM_BYTES: usize = 8 * 1024 * 1024;
/// The longest row of a table, in bytes.
pub const MAX_ROW_BYTES: usize = 1024 * 1024;
/// How deep JSON may be nested, around items and inside them.
pub const MAX_DEPTH: usize = 100;
