//! What the formats of workbooks have in common.

use super::lines::Lines;
use crate::error::FileError;

/// One sheet of a workbook.
pub(super) struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether it is hidden.
    pub is_hidden: bool,
    /// Its first rows.
    pub beginning: Vec<u8>,
}

/// A workbook whose sheets can be read.
pub(super) trait Book {
    /// Returns the sheets in their order, with their first rows.
    fn sheets(&mut self) -> Result<Vec<Sheet>, FileError>;

    /// Writes the cells of a sheet.
    fn read(&mut self, sheet: usize, lines: &mut Lines) -> Result<(), FileError>;
}
