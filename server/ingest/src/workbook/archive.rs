//! What a zip archive is, and whether it can be unpacked within the limits. Everything in it is unpacked once and thrown
//! away, since the sizes that an archive states may be wrong; only then does anything else read it.

use crate::MOST_WORKBOOK_PARTS;
use crate::error::FileError;
use memchr::memmem;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// How an entry in the index of an archive begins.
const ENTRY: &[u8] = b"PK\x01\x02";
/// The content of the file `mimetype` in an `.ods`, or the beginning of it in a template for one.
const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// The attribute of an `.xlsx` that says how many strings it has. `calamine` reserves memory for that many.
const STRINGS: &[u8] = b"uniqueCount";
/// The bytes after its name in which that number ends.
const STRINGS_WITHIN: usize = 64;
/// The bytes of the shortest string, `<si/>`.
const SHORTEST_STRING: u64 = 5;

/// An archive that can be unpacked.
pub(super) struct Archive {
    pub kind: Kind,
    /// The size of its largest part, unpacked.
    pub largest_part: u64,
}

/// The kind of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Ods,
}

/// Unpacks an archive to see that at most `most` bytes are in it, and returns what it is.
pub(super) fn examine(bytes: &[u8], most: u64) -> Result<Archive, FileError> {
    // Counted before the index is read, which takes memory for each entry.
    if memmem::find_iter(bytes, ENTRY).nth(MOST_WORKBOOK_PARTS).is_some() {
        return Err(FileError::workbook_of_too_many_parts());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(FileError::damaged_workbook)?;
    let kind = kind(&mut archive)?;
    let (mut total, mut largest_part) = (0, 0);
    let mut chunk = vec![0; 32 * 1024];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => FileError::older_workbook(),
            error => FileError::damaged_workbook(error),
        })?;
        let mut strings = part.name().to_lowercase().ends_with("sharedstrings.xml").then(Strings::default);
        let mut size = 0;
        loop {
            let count = part.read(&mut chunk).map_err(FileError::damaged_workbook)?;
            if count == 0 {
                break;
            }
            size += count as u64;
            if total + size > most {
                return Err(FileError::unpacked_workbook_too_large(most));
            }
            if let Some(strings) = &mut strings {
                strings.add(&chunk[..count]);
            }
        }
        if strings.is_some_and(|strings| strings.declared > size / SHORTEST_STRING) {
            return Err(FileError::damaged_workbook("more strings are declared than there can be"));
        }
        total += size;
        largest_part = size.max(largest_part);
    }
    Ok(Archive { kind, largest_part })
}

/// Tells a workbook from other archives by the names in it.
fn kind(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Kind, FileError> {
    let has = |archive: &ZipArchive<Cursor<&[u8]>>, end: &str| {
        archive.file_names().any(|name| name.to_lowercase().ends_with(end))
    };
    if has(archive, "[content_types].xml") && has(archive, "workbook.xml") {
        return Ok(Kind::Xlsx);
    }
    if has(archive, "workbook.bin") {
        let reason = "This is a binary workbook (.xlsb). Save it as .xlsx or as “CSV UTF-8”.";
        return Err(FileError::NotText(reason.to_owned()));
    }
    if has(archive, "index/document.iwa") {
        let reason = "This is a document of Apple Numbers. Export it as Excel (.xlsx) or as CSV.";
        return Err(FileError::NotText(reason.to_owned()));
    }
    if beginning(archive, "mimetype", ODS.len())? != ODS.as_bytes() {
        return Err(FileError::NotText("This is a zip archive; unpack it first.".to_owned()));
    }
    let manifest = beginning(archive, "META-INF/manifest.xml", 1024 * 1024)?;
    if memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(FileError::older_workbook());
    }
    Ok(Kind::Ods)
}

/// Returns the beginning of a part; it is empty if there is no such part.
fn beginning(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, most: usize) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    match archive.by_name(name) {
        Ok(part) => part.take(most as u64).read_to_end(&mut bytes).map_err(FileError::damaged_workbook)?,
        Err(ZipError::FileNotFound) => 0,
        Err(error) => return Err(FileError::damaged_workbook(error)),
    };
    Ok(bytes)
}

/// The number of strings that an `.xlsx` declares.
#[derive(Default)]
struct Strings {
    declared: u64,
    /// The end of what was seen, in which the number may begin.
    end: Vec<u8>,
}

impl Strings {
    fn add(&mut self, chunk: &[u8]) {
        self.end.extend_from_slice(chunk);
        for found in memmem::find_iter(&self.end, STRINGS) {
            let after = &self.end[found + STRINGS.len()..];
            self.declared = self.declared.max(declared(&after[..after.len().min(STRINGS_WITHIN)]));
        }
        let kept = self.end.len().min(STRINGS.len() + STRINGS_WITHIN);
        self.end.drain(..self.end.len() - kept);
    }
}

/// Returns the number in `="12"`; the largest if it does not end in these bytes, 0 if they are no attribute.
fn declared(after: &[u8]) -> u64 {
    let text: Vec<u8> = after.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let digits = match text.as_slice() {
        [b'=', b'"' | b'\'', digits @ ..] => digits,
        [] | [b'='] => &[],
        _ => return 0,
    };
    let Some(end) = digits.iter().position(|byte| !byte.is_ascii_digit()) else {
        // The rest may be in the next chunk; a number with this many digits or spaces is none.
        return if after.len() < STRINGS_WITHIN { 0 } else { u64::MAX };
    };
    let add = |number: u64, digit: &u8| number.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
    digits[..end].iter().fold(0, add)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared_in(text: &str, at_once: usize) -> u64 {
        let mut strings = Strings::default();
        text.as_bytes().chunks(at_once).for_each(|chunk| strings.add(chunk));
        strings.declared
    }

    #[test]
    fn the_number_of_strings_is_found_wherever_it_is_and_however_it_arrives() {
        let before = "<!-- x -->".repeat(50);
        for at_once in [1, 7, 100, 10_000] {
            assert_eq!(declared_in(&format!("{before}<sst count=\"9\" uniqueCount=\"12\"><si/>"), at_once), 12);
            assert_eq!(declared_in(&format!("{before}<sst uniqueCount = '4000000000'>"), at_once), 4_000_000_000);
            assert_eq!(declared_in(&format!("<sst uniqueCount{}=\"9\">", " ".repeat(90)), at_once), u64::MAX);
            assert_eq!(declared_in(&format!("<sst uniqueCount=\"{}\">", "0".repeat(90)), at_once), u64::MAX);
            assert_eq!(declared_in("<t>uniqueCount of what?</t>", at_once), 0);
        }
    }
}
