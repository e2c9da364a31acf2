//! Checks whether the write-ahead log beside a database file belongs to that file.
//!
//! SQLite replays a log into any file it finds beside it. A backup restored in the place of a lost database would be
//! overwritten with pages of another state and damaged. Every change of this program writes the first page with the
//! next number (`user_version`), so the first pages in the log tell which state it starts from and which one it leads
//! to.

use super::file::{Head, beside, head_in, head_of, is_later, keep_open};
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Result};
use std::os::unix::fs::FileExt as _;
use std::path::Path;

/// The first bytes of a log (the last bit is the byte order of its checksums).
const MAGIC: u32 = 0x377f_0682;
/// The size of a log's header, in bytes.
const LOG_HEAD: usize = 32;
/// The size of the header before each page, in bytes.
const PAGE_HEAD: usize = 24;
/// How often file and log are read again if another process changes them meanwhile.
const TRIES: usize = 5;
/// The possible page sizes, in bytes.
const PAGE_SIZES: std::ops::RangeInclusive<usize> = 512..=65_536;

/// Returns whether the log beside the database file at `path` belongs to another database, or to another state of this
/// one; `false` without a log.
pub fn is_of_another(path: &Path) -> Result<bool> {
    let path = path.canonicalize()?;
    let (_, database) = keep_open(&path)?;
    for _ in 0..TRIES {
        let log = match File::open(beside(&path, "-wal")) {
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(false),
            opened => opened?,
        };
        let begin = || {
            let mut begin = [0; LOG_HEAD];
            log.read_exact_at(&mut begin, 0).map(|()| begin).ok()
        };
        let (head_of_log, Ok(head)) = (begin(), head_of(database)) else { return Ok(false) };
        let states = first_pages(BufReader::new(&log))?;
        // Another process that has the database open may restart the log meanwhile.
        if head_of(database).is_ok_and(|now| now == head) && begin() == head_of_log {
            return Ok(!leads_on(head, &states));
        }
    }
    Ok(false)
}

/// Returns whether a log with these first pages continues from the file's state.
fn leads_on(head: Head, states: &[Head]) -> bool {
    let (Some(first), Some(last)) = (states.first(), states.last()) else { return true };
    // A database without an identity cannot be told from another.
    if head.database == 0 || last.database == 0 {
        return true;
    }
    let same_layout = first.schema_cookie != last.schema_cookie || head.schema_cookie == last.schema_cookie;
    let follows = is_later(head.number.wrapping_add(1), first.number) && is_later(last.number, head.number);
    head.database == last.database && same_layout && follows
}

/// Returns the heads of the first pages in a log, in order, without those left from an earlier use of the log.
fn first_pages(mut log: impl Read) -> Result<Vec<Head>> {
    let mut states = Vec::new();
    let mut begin = [0; LOG_HEAD];
    if !fill(&mut log, &mut begin)? {
        return Ok(states);
    }
    let word = |bytes: &[u8], at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    let page_size = word(&begin, 8) as usize;
    if word(&begin, 0) & !1 != MAGIC || !PAGE_SIZES.contains(&page_size) {
        return Ok(states);
    }
    let mut frame = vec![0; PAGE_HEAD + page_size];
    while fill(&mut log, &mut frame)? {
        if frame[8..16] != begin[16..24] {
            break;
        }
        if word(&frame, 0) == 1 {
            states.extend(head_in(&frame[PAGE_HEAD..], 0));
        }
    }
    Ok(states)
}

/// Fills a buffer; `false` if the input ends first.
fn fill(log: &mut impl Read, buffer: &mut [u8]) -> Result<bool> {
    match log.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(cause) if cause.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(cause) => Err(cause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_belongs_to_a_file_from_whose_state_it_leads_on() {
        let state = |number| Head { number, database: 5, change_counter: 3, schema_cookie: 2, size: 0 };
        let log = [state(8), state(9), state(10)];
        for number in [7, 8, 10] {
            assert!(leads_on(state(number), &log), "carried over up to {number}");
        }
        assert!(!leads_on(state(6), &log), "a change is missing: an older state");
        assert!(!leads_on(state(11), &log), "a newer state");
        assert!(!leads_on(Head { schema_cookie: 3, ..state(8) }, &log), "a copy with other pages");
        assert!(!leads_on(Head { database: 6, ..state(8) }, &log), "another database");
        assert!(leads_on(Head { database: 0, ..state(3) }, &log) && leads_on(state(3), &[]), "nothing to tell by");
    }
}
