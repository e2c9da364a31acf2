//! The text of a sheet: one line a row, cells separated by commas.

use crate::error::FileError;
use crate::{MOST_COLUMNS, MOST_SHEET_ROWS};

/// The rows and bytes at the beginning of a sheet that show whether it is the one with the data.
const BEGINNING_ROWS: usize = 40;
const BEGINNING_BYTES: u64 = 256 * 1024;

/// The text of a sheet while it is written. Cells come in their order; empty ones are left out, so that a sheet formatted
/// to its last column is no wider than its values.
pub(super) struct Lines {
    text: Vec<u8>,
    /// The row that is being written, and the last column written in it.
    row: u32,
    column: Option<u32>,
    /// The rows with a value.
    filled: usize,
    most_bytes: u64,
    is_beginning: bool,
}

impl Lines {
    /// Creates the text of a whole sheet, at most this many bytes.
    pub fn new(most_bytes: u64) -> Lines {
        Lines { text: Vec::new(), row: 0, column: None, filled: 0, most_bytes, is_beginning: false }
    }

    /// Creates the text of the first rows of a sheet.
    pub fn of_beginning() -> Lines {
        Lines { is_beginning: true, ..Lines::new(u64::MAX) }
    }

    /// Returns whether this is the beginning of a sheet, and there is enough of it.
    pub fn are_enough(&self) -> bool {
        self.is_beginning && (self.filled > BEGINNING_ROWS || self.text.len() as u64 > BEGINNING_BYTES)
    }

    /// Writes a cell. Rows and columns are counted from 0.
    pub fn write(&mut self, row: u32, column: u32, value: &str) -> Result<(), FileError> {
        let columns = column as usize + 1;
        if value.trim().is_empty() || self.is_beginning && columns > MOST_COLUMNS {
            return Ok(());
        }
        if columns > MOST_COLUMNS {
            return Err(FileError::TooManyColumns { columns });
        }
        if row >= MOST_SHEET_ROWS {
            return Err(FileError::damaged_workbook("a row beyond the last row of a sheet"));
        }
        if (row, Some(column)) <= (self.row, self.column) {
            return Err(FileError::damaged_workbook("cells that are not in their order"));
        }
        if row > self.row {
            self.text.extend((self.row..row).map(|_| b'\n'));
            (self.row, self.column) = (row, None);
        }
        self.filled += usize::from(self.column.is_none());
        self.text.extend((self.column.unwrap_or(0)..column).map(|_| b','));
        self.column = Some(column);
        if self.text.len() as u64 + value.len() as u64 > self.most_bytes {
            return Err(FileError::unpacked_workbook_too_large(self.most_bytes));
        }
        self.write_value(value);
        Ok(())
    }

    fn write_value(&mut self, value: &str) {
        // Quoted whenever it holds one of the signs that may separate the cells of a table.
        let is_quoted = value.bytes().any(|byte| matches!(byte, b',' | b';' | b'\t' | b'|' | b'"'));
        self.text.extend(is_quoted.then_some(b'"'));
        for byte in value.bytes() {
            match byte {
                b'\r' | b'\n' | 0 => self.text.push(b' '),
                b'"' => self.text.extend_from_slice(b"\"\""),
                byte => self.text.push(byte),
            }
        }
        self.text.extend(is_quoted.then_some(b'"'));
    }

    /// Returns the text; it is empty if the sheet is.
    pub fn into_text(mut self) -> Vec<u8> {
        if self.filled > 0 {
            self.text.push(b'\n');
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cells: &[(u32, u32, &str)]) -> String {
        let mut lines = Lines::new(10_000);
        for (row, column, value) in cells {
            lines.write(*row, *column, value).unwrap();
        }
        String::from_utf8(lines.into_text()).unwrap()
    }

    #[test]
    fn every_row_of_a_sheet_is_a_line() {
        assert_eq!(text(&[(2, 1, "a"), (2, 3, "b"), (4, 0, "c")]), "\n\n,a,,b\n\nc\n");
        assert_eq!(
            text(&[(0, 0, "two\nlines"), (0, 1, "a;b"), (0, 2, "say \"so\"")]),
            "two lines,\"a;b\",\"say \"\"so\"\"\"\n"
        );
        assert_eq!(text(&[]), "");
    }

    #[test]
    fn empty_cells_make_a_sheet_no_larger() {
        assert_eq!(text(&[(0, 0, "a"), (0, 16_383, " "), (1_048_575, 16_383, "")]), "a\n");
    }

    #[test]
    fn what_no_sheet_can_be_is_refused() {
        let refused = |cells: &[(u32, u32)]| {
            let mut lines = Lines::new(5);
            cells.iter().find_map(|(row, column)| lines.write(*row, *column, "ab").err()).map(|error| error.code())
        };
        assert_eq!(refused(&[(0, 0), (0, 1)]), None);
        assert_eq!(refused(&[(0, 0), (0, 1), (0, 2)]), Some("workbook_too_large"));
        assert_eq!(refused(&[(0, 500)]), Some("too_many_columns"));
        assert_eq!(refused(&[(MOST_SHEET_ROWS, 0)]), Some("damaged_workbook"));
        assert_eq!(refused(&[(1, 0), (0, 1)]), Some("damaged_workbook"));
        assert_eq!(refused(&[(0, 1), (0, 1)]), Some("damaged_workbook"));
    }
}
