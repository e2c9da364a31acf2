//! Splits a table into rows of cells, in bounded memory.
//!
//! An endless row (a line of 2 GB, a quote that is never closed) counts as one bad row, and reading continues on the
//! next line. After a broken quote that is the line after the one in which the quote was opened, so that one bad row
//! does not swallow the good ones after it.
//!
//! That is why the `csv` crate does not do this: it reads on to the next quote, however far away, says nothing of a quote
//! that is not closed properly, and keeps a row of any size in memory. What both accept, they read alike; a test compares
//! them.

use crate::MAX_ROW_BYTES;
use crate::error::FileError;
use crate::input::Input;
use crate::row_error::RowError;
use memchr::{memchr, memchr3};

/// The most bytes that are read twice because of broken quotes. Beyond it (a file made to be slow) reading continues
/// after what was read.
const MAX_READ_TWICE: usize = 16 * 1024 * 1024;

/// The rows of a table.
pub(crate) struct Records<'a> {
    input: Input<'a>,
    delimiter: u8,
    /// The bytes from the current row on.
    window: Vec<u8>,
    start: usize,
    ended: bool,
    /// An error of reading ahead, reported after the rows before it.
    failure: Option<FileError>,
    /// The line of `window[start]`, and the line of the last returned row.
    next_line: u64,
    line: u64,
    read_twice: usize,
    /// Whether the last returned row ends with a line break, and not with the file.
    is_whole: bool,
    cells: Cells,
}

/// The next row or error; the cells are in [`Rows::cells`].
pub(crate) enum Fetched {
    Cells,
    Bad(RowError),
}

/// The rows that a table reads, whatever they come from.
pub(crate) trait Rows {
    /// Returns the next row that is not blank.
    fn next(&mut self) -> Result<Option<Fetched>, FileError>;

    /// Returns up to `count` rows ahead without consuming them.
    fn peek_rows(&mut self, count: usize) -> Vec<Vec<String>>;

    /// Returns the cells of the last returned row.
    fn cells(&self) -> &Cells;

    /// Returns the line in which the last returned row began.
    fn line(&self) -> u64;

    /// Returns whether the last returned row is complete: a short one that does not end with a line break may be cut off.
    fn is_whole(&self) -> bool;

    /// Returns whether the last row may be one of sums without saying so, as in the tables that people make.
    fn may_end_with_sums(&self) -> bool;

    /// Returns whether no row follows that is not blank.
    fn is_at_end(&mut self) -> bool {
        self.peek_rows(1).is_empty()
    }
}

/// The cells of one row, concatenated in one text.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

enum Split {
    /// A row of this many bytes.
    Row(usize),
    /// The row continues after the available bytes.
    Unfinished { in_quotes: bool },
    /// A closing quote is followed by something other than a delimiter; read up to here.
    BrokenQuote(usize),
}

impl Cells {
    /// Creates the cells of a row.
    pub fn of(values: &[String]) -> Cells {
        let mut cells = Cells::default();
        for value in values {
            cells.bytes.extend_from_slice(value.as_bytes());
            cells.ends.push(cells.bytes.len());
        }
        cells
    }

    /// Returns the length of the row in bytes, without delimiters.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the whole row as text, without delimiters.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }

    /// Returns a cell of [`text`](Cells::text).
    pub fn cell<'r>(&self, text: &'r str, index: usize) -> Option<&'r str> {
        let start = if index == 0 { 0 } else { *self.ends.get(index - 1)? };
        text.get(start..*self.ends.get(index)?)
    }

    pub fn texts(&self) -> Option<Vec<String>> {
        let text = self.text()?;
        Some((0..self.len()).filter_map(|index| self.cell(text, index)).map(str::to_owned).collect())
    }

    /// Returns whether every cell is empty: spreadsheets write such rows for lines without contents.
    fn is_blank(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }
}

impl<'a> Records<'a> {
    pub fn new(input: Input<'a>, delimiter: u8) -> Records<'a> {
        let (window, cells) = (Vec::new(), Cells::default());
        let (next_line, line) = (1, 1);
        Records {
            input,
            delimiter,
            window,
            start: 0,
            ended: false,
            failure: None,
            next_line,
            line,
            read_twice: 0,
            is_whole: true,
            cells,
        }
    }

    /// Doubles the window (a row is split again from its start, so small steps would be slow); returns `false` at the
    /// end of the file.
    fn read_more(&mut self) -> Result<bool, FileError> {
        self.window.drain(..self.start);
        self.start = 0;
        let wanted = 2 * self.window.len() + 1;
        let before = self.window.len();
        while self.window.len() < wanted && !self.ended {
            match self.failure.take().map_or_else(|| self.input.available(), Err) {
                Ok(chunk) => {
                    self.ended = chunk.is_empty();
                    self.window.extend_from_slice(chunk);
                    let count = chunk.len();
                    self.input.consume(count);
                }
                Err(failure) if self.window.len() > before => {
                    self.failure = Some(failure);
                    break;
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(self.window.len() > before)
    }

    fn take(&mut self, length: usize) {
        let taken = &self.window[self.start..self.start + length];
        self.next_line += memchr::memchr_iter(b'\n', taken).count() as u64;
        self.is_whole = taken.last().is_some_and(|last| matches!(last, b'\n' | b'\r'));
        self.start += length;
    }

    fn broken_quote(&mut self, seen: usize) -> Result<Fetched, FileError> {
        let row = &self.window[self.start..self.start + seen];
        match memchr(b'\n', row).map(|end| end + 1) {
            Some(first_line) => {
                self.read_twice += seen - first_line;
                self.take(if self.read_twice > MAX_READ_TWICE { seen } else { first_line });
            }
            None => self.skip_line()?,
        }
        let reason = if seen > MAX_ROW_BYTES {
            format!(
                "A quote is opened in this row and not closed in the next {} KiB, the most that a row may have; a quote \
                 inside a cell is written twice.",
                MAX_ROW_BYTES / 1024
            )
        } else {
            "A quote is opened in this row and not closed properly; a quote inside a cell is written twice.".to_owned()
        };
        Ok(Fetched::Bad(RowError::of_row("broken_quote", reason)))
    }

    fn skip_line(&mut self) -> Result<(), FileError> {
        loop {
            let rest = &self.window[self.start..];
            if let Some(end) = memchr(b'\n', rest) {
                self.take(end + 1);
                return Ok(());
            }
            self.take(rest.len());
            if !self.read_more()? {
                return Ok(());
            }
        }
    }
}

impl Rows for Records<'_> {
    fn next(&mut self) -> Result<Option<Fetched>, FileError> {
        loop {
            self.line = self.next_line;
            if self.window.len() == self.start && !self.read_more()? {
                return Ok(None);
            }
            match split(&self.window[self.start..], self.delimiter, self.ended, &mut self.cells) {
                Split::Row(length) => {
                    self.take(length);
                    if !self.cells.is_blank() {
                        return Ok(Some(Fetched::Cells));
                    }
                }
                Split::BrokenQuote(seen) => return self.broken_quote(seen).map(Some),
                Split::Unfinished { in_quotes } => {
                    let seen = self.window.len() - self.start;
                    if in_quotes && (self.ended || seen > MAX_ROW_BYTES) {
                        return self.broken_quote(seen).map(Some);
                    }
                    if seen > MAX_ROW_BYTES {
                        self.skip_line()?;
                        let reason = format!("The row is longer than {} KiB.", MAX_ROW_BYTES / 1024);
                        return Ok(Some(Fetched::Bad(RowError::of_row("too_large", reason))));
                    }
                    self.read_more()?;
                }
            }
        }
    }

    fn peek_rows(&mut self, count: usize) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        let mut at = self.start;
        while rows.len() < count && self.window.len() - self.start <= MAX_ROW_BYTES {
            match split(&self.window[at..], self.delimiter, self.ended, &mut self.cells) {
                Split::Row(length) if at < self.window.len() => {
                    at += length;
                    if !self.cells.is_blank() {
                        rows.extend(self.cells.texts());
                    }
                }
                Split::Unfinished { .. } if !self.ended => {
                    let kept = at - self.start;
                    // `read_more` may also succeed and put a failure aside for later, which has to stay there.
                    if let Err(failure) = self.read_more() {
                        self.failure = Some(failure);
                        break;
                    }
                    at = self.start + kept;
                }
                _ => break,
            }
        }
        rows
    }

    fn cells(&self) -> &Cells {
        &self.cells
    }

    fn line(&self) -> u64 {
        self.line
    }

    fn is_whole(&self) -> bool {
        self.is_whole
    }

    fn may_end_with_sums(&self) -> bool {
        true
    }
}

/// Returns up to `count` rows at the beginning of a file that are not blank, split at this delimiter.
pub(crate) fn first_rows(beginning: &[u8], delimiter: u8, is_end: bool, count: usize) -> Vec<Vec<String>> {
    let (mut rows, mut at, mut cells) = (Vec::new(), 0, Cells::default());
    while rows.len() < count && at < beginning.len() {
        let Split::Row(length) = split(&beginning[at..], delimiter, is_end, &mut cells) else { break };
        at += length;
        if !cells.is_blank() {
            rows.extend(cells.texts());
        }
    }
    rows
}

/// Splits the first row of `bytes` into cells. `is_end` says that nothing follows `bytes`.
fn split(bytes: &[u8], delimiter: u8, is_end: bool, cells: &mut Cells) -> Split {
    cells.bytes.clear();
    cells.ends.clear();
    let mut at = 0;
    loop {
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let Some(found) = memchr(b'"', &bytes[at..]) else { return Split::Unfinished { in_quotes: true } };
                cells.bytes.extend_from_slice(&bytes[at..at + found]);
                at += found + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                cells.bytes.push(b'"');
                at += 1;
            }
            match bytes.get(at) {
                None if !is_end => return Split::Unfinished { in_quotes: false },
                Some(&byte) if byte != delimiter && byte != b'\n' && byte != b'\r' => return Split::BrokenQuote(at),
                _ => {}
            }
        } else {
            let found = memchr3(delimiter, b'\n', b'\r', &bytes[at..]);
            let length = match found {
                Some(length) => length,
                None if is_end => bytes.len() - at,
                None => return Split::Unfinished { in_quotes: false },
            };
            cells.bytes.extend_from_slice(&bytes[at..at + length]);
            at += length;
        }
        cells.ends.push(cells.bytes.len());
        match bytes.get(at) {
            Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => return Split::Row(at + 2),
            Some(b'\r') if at + 1 == bytes.len() && !is_end => return Split::Unfinished { in_quotes: false },
            None => return Split::Row(at),
            Some(b'\r' | b'\n') => return Split::Row(at + 1),
            Some(_) => at += 1,
        }
    }
}

#[cfg(test)]
#[path = "records_tests.rs"]
mod tests;
