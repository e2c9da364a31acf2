//! Workbooks: chooses the sheet with the data and writes it as the text of a table, one line a row, so that the line
//! that is reported is the number of the row in the sheet.
//!
//! | module | contents |
//! |---|---|
//! | `archive` | what kind of archive it is, and whether it can be unpacked within the limits |
//! | `book` | what the two formats have in common: sheets, and writing their cells |
//! | `xlsx`, `ods` | the sheets of the two formats, and their cells |
//! | `value` | numbers, dates and times as text |
//! | `lines` | the text of a sheet |
//!
//! A workbook is read in memory, unlike other files: its strings stand apart from its cells, and its index at its end.

mod archive;
mod book;
mod lines;
mod ods;
mod value;
mod xlsx;

use crate::csv;
use crate::error::FileError;
use crate::input::Input;
use crate::options::Options;
use crate::{MAX_WORKBOOK_BYTES, MAX_WORKBOOK_UNPACKED};
use archive::Kind;
use book::{Book, Sheet};
use lines::Lines;

/// How many fields a header names at least. One could be a word in a note.
const FIELDS_OF_HEADER: usize = 2;

/// Reads the workbook that `input` is, and returns the sheet with the data as the text of a table, and the names of other
/// sheets that could hold data.
pub(crate) fn text(input: &mut Input<'_>, options: &Options) -> Result<(Vec<u8>, Vec<String>), FileError> {
    let bytes = packed(input)?;
    let most = options.most_unpacked.unwrap_or(u64::MAX).min(MAX_WORKBOOK_UNPACKED);
    let archive = archive::examine(&bytes, most)?;
    let mut book: Box<dyn Book + '_> = match archive.kind {
        Kind::Xlsx => Box::new(xlsx::Xlsx::open(&bytes, archive.largest_part)?),
        Kind::Ods => Box::new(ods::Ods::open(&bytes)?),
    };
    let sheets = book.sheets()?;
    let sheet = choose(&sheets, options)?;
    let mut lines = Lines::new(most);
    book.read(sheet, &mut lines)?;
    let text = lines.into_text();
    if text.is_empty() {
        return Err(FileError::Empty);
    }
    let others = (0..sheets.len()).filter(|other| *other != sheet && !sheets[*other].is_hidden);
    let others = others.filter(|other| has_header(&sheets[*other], options)).map(|other| sheets[other].name.clone());
    Ok((text, others.collect()))
}

/// Returns whether a sheet has a header that is recognised.
fn has_header(sheet: &Sheet, options: &Options) -> bool {
    csv::fields_named(&sheet.beginning, options) >= FIELDS_OF_HEADER
}

/// Reads all bytes of a workbook.
fn packed(input: &mut Input<'_>) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    loop {
        let chunk = input.available().map_err(|error| match error {
            FileError::TooLong(most) => FileError::unpacked_workbook_too_large(most),
            error => error,
        })?;
        let count = chunk.len();
        if count == 0 {
            return Ok(bytes);
        }
        if bytes.len() + count > MAX_WORKBOOK_BYTES {
            return Err(FileError::packed_workbook_too_large());
        }
        bytes.extend_from_slice(chunk);
        input.consume(count);
    }
}

/// Returns the sheet that a person named, the only one with data, or the only one with a header that is recognised.
fn choose(sheets: &[Sheet], options: &Options) -> Result<usize, FileError> {
    let names = |chosen: &[usize]| chosen.iter().map(|sheet| sheets[*sheet].name.clone()).collect();
    if let Some(wanted) = &options.sheet {
        let folded = |name: &str| name.trim().to_lowercase();
        let exact = sheets.iter().position(|sheet| sheet.name == *wanted);
        let alike = || sheets.iter().position(|sheet| folded(&sheet.name) == folded(wanted));
        return exact.or_else(alike).ok_or_else(|| FileError::UnknownSheet {
            sheet: wanted.clone(),
            names: sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        });
    }
    let filled: Vec<usize> = (0..sheets.len()).filter(|sheet| !sheets[*sheet].beginning.is_empty()).collect();
    let shown: Vec<usize> = filled.iter().copied().filter(|sheet| !sheets[*sheet].is_hidden).collect();
    let headed: Vec<usize> = shown.iter().copied().filter(|sheet| has_header(&sheets[*sheet], options)).collect();
    match (filled.as_slice(), shown.as_slice(), headed.as_slice()) {
        ([], _, _) => Err(FileError::Empty),
        (hidden, [], _) => Err(FileError::Sheets { names: names(hidden) }),
        (_, [only], _) | (_, _, [only]) => Ok(*only),
        (_, several, []) | (_, _, several) => Err(FileError::Sheets { names: names(several) }),
    }
}
