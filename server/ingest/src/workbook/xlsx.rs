//! The sheets of an `.xlsx`, which `calamine` reads cell by cell. Its ranges are not used: one cell in the last corner of
//! a sheet makes them hold 17 thousand million cells.

use super::book::{Book, Sheet};
use super::lines::Lines;
use super::value;
use crate::error::FileError;
use crate::{MAX_WORKBOOK_UNPACKED, MOST_SHEETS};
use calamine::{DataRef, Reader, SheetType, SheetVisible, XlsxError};
use std::borrow::Cow;
use std::io::Cursor;
use std::panic::{self, AssertUnwindSafe};

/// How often the limit may be unpacked to look at all sheets. Each may name the same part.
const MOST_UNPACKED_FOR_SHEETS: u64 = 16;

/// An `.xlsx`.
pub(super) struct Xlsx<'b> {
    book: calamine::Xlsx<Cursor<&'b [u8]>>,
    names: Vec<String>,
}

impl<'b> Xlsx<'b> {
    /// Opens a workbook that was examined.
    pub fn open(bytes: &'b [u8], largest_part: u64) -> Result<Xlsx<'b>, FileError> {
        let book = guarded(|| calamine::Xlsx::new(Cursor::new(bytes)).map_err(refusal))?;
        let sheets = book.sheets_metadata().len();
        if sheets > MOST_SHEETS || sheets as u64 * largest_part > MOST_UNPACKED_FOR_SHEETS * MAX_WORKBOOK_UNPACKED {
            return Err(FileError::workbook_of_too_many_sheets());
        }
        Ok(Xlsx { book, names: Vec::new() })
    }

    fn cells(&mut self, name: &str, lines: &mut Lines) -> Result<(), FileError> {
        let is_1904 = self.book.has_1904_epoch();
        let mut cells = self.book.worksheet_cells_reader(name).map_err(refusal)?;
        while let Some(cell) = cells.next_cell().map_err(refusal)? {
            let (row, column) = cell.get_position();
            lines.write(row, column, &text(cell.get_value(), is_1904))?;
            if lines.are_enough() {
                break;
            }
        }
        Ok(())
    }
}

impl Book for Xlsx<'_> {
    fn sheets(&mut self) -> Result<Vec<Sheet>, FileError> {
        let listed = self.book.sheets_metadata().to_vec();
        let mut sheets = Vec::new();
        // The others are charts and dialogs.
        for listed in listed.into_iter().filter(|listed| listed.typ == SheetType::WorkSheet) {
            let mut lines = Lines::of_beginning();
            guarded(|| self.cells(&listed.name, &mut lines))?;
            let is_hidden = listed.visible != SheetVisible::Visible;
            self.names.push(listed.name.clone());
            sheets.push(Sheet { name: listed.name, is_hidden, beginning: lines.into_text() });
        }
        Ok(sheets)
    }

    fn read(&mut self, sheet: usize, lines: &mut Lines) -> Result<(), FileError> {
        let name = self.names[sheet].clone();
        guarded(|| self.cells(&name, lines))
    }
}

/// Returns the value of a cell; for a formula that is its last result.
fn text<'c>(value: &'c DataRef<'_>, is_1904: bool) -> Cow<'c, str> {
    match value {
        DataRef::Empty => Cow::Borrowed(""),
        DataRef::String(text) => Cow::Borrowed(text),
        DataRef::SharedString(text) => Cow::Borrowed(text),
        DataRef::Int(number) => Cow::Owned(number.to_string()),
        DataRef::Float(number) => Cow::Owned(value::number(*number)),
        DataRef::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        DataRef::DateTime(moment) if moment.is_duration() => Cow::Owned(value::duration(moment.as_f64())),
        DataRef::DateTime(moment) => Cow::Owned(value::moment(moment.as_f64(), is_1904)),
        DataRef::DateTimeIso(text) => Cow::Owned(value::iso(text)),
        DataRef::DurationIso(text) => Cow::Owned(value::iso_time(text)),
        DataRef::Error(error) => Cow::Owned(error.to_string()),
    }
}

fn refusal(error: XlsxError) -> FileError {
    match error {
        XlsxError::Password => FileError::older_workbook(),
        error => FileError::damaged_workbook(error),
    }
}

/// Runs code of `calamine`, whose arithmetic may overflow on a hostile file (`A99999999999`), which panics where overflow
/// is checked. What it was reading is given up then.
fn guarded<T>(work: impl FnOnce() -> Result<T, FileError>) -> Result<T, FileError> {
    panic::catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(FileError::damaged_workbook("its reader panicked")))
}
