//! Turns the bytes of a file into a stream of UTF-8: decompresses gzip, removes byte order marks and decodes other
//! encodings. Keeps one buffer and counts lines. Archives and workbooks pass through as they are.

use crate::decoded::{Decoded, Encoding};
use crate::error::FileError;
use encoding_rs::{UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;
use std::io::{self, Cursor, ErrorKind, Read};
use thiserror::Error;

const BUFFER: usize = 64 * 1024;
/// How a zip archive begins, which most workbooks are.
pub(crate) const ZIP: [u8; 4] = *b"PK\x03\x04";
/// How an older workbook begins, and one with a password.
pub(crate) const OLDER_WORKBOOK: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

/// The text of a file, one buffer at a time.
pub(crate) struct Input<'a> {
    source: Box<dyn Read + 'a>,
    compressed: bool,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    line: u64,
    ended: bool,
    /// A read error, which is reported after the bytes before it were used.
    failure: Option<FileError>,
}

impl<'a> Input<'a> {
    /// Detects the encoding from the first bytes; without a byte order mark it is the one given, or UTF-8. At most `most`
    /// bytes of text are read.
    pub fn open(
        mut reader: impl Read + 'a,
        most: Option<u64>,
        encoding: Option<Encoding>,
    ) -> Result<Input<'a>, FileError> {
        let magic = first_bytes(&mut reader, 2)?;
        let compressed = magic == [0x1f, 0x8b];
        let whole = Cursor::new(magic).chain(reader);
        let mut plain: Box<dyn Read + 'a> =
            if compressed { Box::new(MultiGzDecoder::new(whole)) } else { Box::new(whole) };
        if let Some(most) = most {
            plain = Box::new(Limited { source: plain, most, left: most });
        }
        let mark = first_bytes(&mut plain, 4).map_err(|error| fault(error, compressed))?;
        let is_text = mark != ZIP && mark != OLDER_WORKBOOK;
        let after = |length: usize| Cursor::new(mark[length..].to_vec()).chain(plain);
        let source: Box<dyn Read + 'a> = match (mark.as_slice(), encoding) {
            ([0xef, 0xbb, 0xbf, ..], _) => Box::new(after(3)),
            ([0xff, 0xfe, ..], _) => Box::new(Decoded::new(after(2), UTF_16LE)),
            ([0xfe, 0xff, ..], _) => Box::new(Decoded::new(after(2), UTF_16BE)),
            (_, Some(encoding)) if is_text => Box::new(Decoded::new(after(0), encoding.of_standard())),
            _ => Box::new(after(0)),
        };
        let buffer = vec![0; BUFFER];
        Ok(Input { source, compressed, buffer, start: 0, end: 0, line: 1, ended: false, failure: None })
    }

    /// Returns the line of the next byte, counted from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Returns the beginning of the text: as much as fits the buffer.
    pub fn beginning(&mut self) -> Result<&[u8], FileError> {
        while !self.ended && self.end < self.buffer.len() {
            self.fill();
        }
        self.available()
    }

    /// Returns whether the beginning is the whole text.
    pub fn is_all_at_hand(&mut self) -> Result<bool, FileError> {
        self.beginning()?;
        Ok(self.ended)
    }

    /// Returns the available bytes, at least one unless the text has ended.
    pub fn available(&mut self) -> Result<&[u8], FileError> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
            if !self.ended {
                self.fill();
            }
            if self.start == self.end
                && let Some(failure) = self.failure.take()
            {
                return Err(failure);
            }
        }
        Ok(&self.buffer[self.start..self.end])
    }

    /// Returns the bytes in the buffer without reading more; there may be none.
    pub fn at_hand(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Returns the next byte without consuming it.
    pub fn peek(&mut self) -> Result<Option<u8>, FileError> {
        Ok(self.available()?.first().copied())
    }

    /// Consumes `count` of the available bytes.
    pub fn consume(&mut self, count: usize) {
        let taken = &self.buffer[self.start..(self.start + count).min(self.end)];
        self.line += memchr::memchr_iter(b'\n', taken).count() as u64;
        self.start += taken.len();
    }

    fn fill(&mut self) {
        match read_some(&mut self.source, &mut self.buffer[self.end..]) {
            Ok(0) => self.ended = true,
            Ok(count) => self.end += count,
            Err(error) => {
                self.ended = true;
                self.failure = Some(fault(error, self.compressed));
            }
        }
    }
}

/// Limits how much is read of a source: compressed data may expand to a thousand times its size.
struct Limited<R> {
    source: R,
    most: u64,
    left: u64,
}

/// The error for a source that exceeds its limit.
#[derive(Debug, Error)]
#[error("more than {0} bytes")]
struct TooLong(u64);

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        // One byte more than the limit, so that a source that ends exactly there is not taken for a longer one.
        let most = usize::try_from(self.left.saturating_add(1)).unwrap_or(usize::MAX).min(target.len());
        let count = self.source.read(&mut target[..most])?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| io::Error::other(TooLong(self.most)))?;
        Ok(count)
    }
}

fn read_some(source: &mut impl Read, target: &mut [u8]) -> io::Result<usize> {
    loop {
        match source.read(target) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// Returns whether a file, unpacked if it is compressed, begins like a workbook, which is a zip archive.
///
/// # Errors
///
/// The error of reading its first bytes.
pub fn is_workbook(file: impl Read) -> Result<bool, FileError> {
    Ok(Input::open(file, None, None)?.available()?.starts_with(&ZIP))
}

fn first_bytes(source: &mut impl Read, count: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(count);
    source.take(count as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn fault(error: io::Error, compressed: bool) -> FileError {
    if let Some(TooLong(most)) = error.get_ref().and_then(|cause| cause.downcast_ref()) {
        return FileError::TooLong(*most);
    }
    match error.kind() {
        ErrorKind::UnexpectedEof if compressed => FileError::TruncatedGzip,
        ErrorKind::InvalidInput | ErrorKind::InvalidData if compressed => FileError::CorruptGzip,
        _ => FileError::Io(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn text_of(bytes: &[u8]) -> Result<String, FileError> {
        read_all(Input::open(bytes, None, None)?)
    }

    fn read_all(mut input: Input<'_>) -> Result<String, FileError> {
        let mut text = Vec::new();
        loop {
            let chunk = input.available()?.to_vec();
            if chunk.is_empty() {
                return Ok(String::from_utf8(text).unwrap());
            }
            input.consume(chunk.len());
            text.extend(chunk);
        }
    }

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_workbook_is_told_from_other_files_also_if_it_is_compressed() {
        let packed = |bytes: &[u8]| {
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(bytes).unwrap();
            packed.finish().unwrap()
        };
        for (bytes, expected) in [(&b"PK\x03\x04 and so on"[..], true), (b"handle,views", false), (b"PK", false)] {
            assert_eq!(is_workbook(bytes).unwrap(), expected, "{bytes:?}");
            assert_eq!(is_workbook(packed(bytes).as_slice()).unwrap(), expected, "{bytes:?}, compressed");
        }
    }

    #[test]
    fn several_gzip_members_are_one_text() {
        assert_eq!(text_of(&[gzip("date,"), gzip("views")].concat()).unwrap(), "date,views");
    }

    #[test]
    fn no_more_is_unpacked_than_may_be() {
        let members = [gzip(&"a".repeat(600)), gzip(&"b".repeat(400))].concat();
        let unpacked = |most| read_all(Input::open(members.as_slice(), Some(most), None)?);
        assert_eq!(unpacked(1_000).unwrap().len(), 1_000);
        for most in [0, 1, 2, 3, 599, 600, 999] {
            assert!(matches!(unpacked(most), Err(FileError::TooLong(limit)) if limit == most), "{most}");
        }
        let said = FileError::TooLong(20 << 30).to_string();
        assert!(said.contains("more than 20 GiB"), "{said}");
    }

    #[test]
    fn a_byte_order_mark_is_taken_off_also_inside_gzip() {
        assert_eq!(text_of("\u{feff}date".as_bytes()).unwrap(), "date");
        assert_eq!(text_of(&gzip("\u{feff}date")).unwrap(), "date");
    }

    #[test]
    fn a_byte_order_mark_wins_over_the_encoding_that_was_given() {
        let text_of = |bytes: &[u8]| read_all(Input::open(bytes, None, Some(Encoding::Windows1252)).unwrap()).unwrap();
        assert_eq!(text_of(b"caf\xe9"), "café");
        assert_eq!(text_of("\u{feff}café".as_bytes()), "café");
        assert_eq!(text_of(&[0xff, 0xfe, 0xe9, 0]), "é");
    }

    #[test]
    fn short_and_empty_texts_are_read() {
        assert_eq!(text_of(b"").unwrap(), "");
        assert_eq!(text_of(b"a").unwrap(), "a");
        assert_eq!(text_of(&[0xff, 0xfe]).unwrap(), "");
        assert_eq!(text_of(&[0xff, 0xfe, b'a', 0]).unwrap(), "a");
    }

    #[test]
    fn a_truncated_gzip_says_so() {
        let whole = gzip(&"a line of text\n".repeat(5_000));
        assert!(matches!(text_of(&whole[..whole.len() / 2]), Err(FileError::TruncatedGzip)));
        assert!(matches!(text_of(&whole[..5]), Err(FileError::TruncatedGzip)));
    }

    #[test]
    fn a_damaged_gzip_says_so() {
        let mut whole = gzip(&"a line of text\n".repeat(5_000));
        let end = whole.len() - 6;
        whole[end] ^= 0xff;
        assert!(matches!(text_of(&whole), Err(FileError::CorruptGzip)));
    }
}
