//! Proves that a file of any size passes through bounded memory. It is a binary of its own, so that the process's peak is
//! its own. The peak is checked where the system reports it (Linux); elsewhere the tests only check that reading ends.

use compliance::calendar::Zone;
use ingest::{Format, Options};
use std::io::{self, Read};

const MIB: usize = 1024 * 1024;
/// The size of what is passed over in long pieces.
const HUGE: usize = 200 * MIB;
/// The size of what is examined byte by byte: several times the largest item, and quick enough in a debug build.
const LARGE: usize = 24 * MIB;
/// The memory that the process may take, in kilobytes.
const ALLOWED: u64 = 96 * 1024;

/// `before`, then `piece` until `size` bytes are reached, then `after`.
struct Generated {
    before: &'static [u8],
    piece: Vec<u8>,
    at: usize,
    left: usize,
    after: &'static [u8],
}

impl Generated {
    fn new(size: usize, before: &'static str, piece: &str, after: &'static str) -> Generated {
        let (before, after) = (before.as_bytes(), after.as_bytes());
        Generated { before, piece: piece.as_bytes().to_vec(), at: 0, left: size / piece.len(), after }
    }
}

impl Read for Generated {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if !self.before.is_empty() {
            return self.before.read(target);
        }
        if self.left == 0 {
            return self.after.read(target);
        }
        let count = (&self.piece[self.at..]).read(target)?;
        self.at += count;
        if self.at == self.piece.len() {
            (self.at, self.left) = (0, self.left - 1);
        }
        Ok(count)
    }
}

/// The most memory that this process ever held, in kilobytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

#[track_caller]
fn check(file: Generated, options: &Options, good: u64, bad: u64) {
    let mut reader = ingest::read(file, options).expect("a file of ours");
    let failure = reader.by_ref().find_map(Result::err);
    assert!(failure.is_none(), "{failure:?}");
    assert_eq!((reader.summary().rows - reader.summary().rejected, reader.summary().rejected), (good, bad));
    assert!(peak() < ALLOWED, "{} KiB", peak());
}

/// One test, so that no other adds to the peak.
#[test]
fn whatever_is_huge_about_a_file_it_is_read_in_bounded_memory() {
    let facts = Options { format: Some(Format::Facts), ..Options::new(Zone::UTC) };
    let fact = r#"{"type":"post","tiktok_video_id":"7","tiktok_handle":"a","published_at":1775642400}"#;

    let item = format!("{},\"description\":\"{}\"}},", fact.trim_end_matches('}'), "x".repeat(4_000));
    let items = (HUGE / item.len()) as u64;
    check(Generated::new(HUGE, "[", &item, "{}]"), &facts, items, 1);

    let line = "{\"type\":\"collection\",\"tiktok_handle\":\"a\",\"collected_at\":1775642400}\n{\"type\":\"";
    check(Generated::new(HUGE, line, &"endless".repeat(1_000), "\"}\n{}\n"), &facts, 1, 2);
    check(Generated::new(LARGE, "[{\"type\":[", "{\"a\":[1,2]},", "0]},{}]"), &facts, 0, 2);
    check(Generated::new(LARGE, "[{\"type\":\"", "\\\"", "\"},{}]"), &facts, 0, 2);

    let header = "post_id,captured_at,views\n1,2026-04-01,5\n";
    check(Generated::new(LARGE, header, "2,2026-04-01,5,,,,", "\n3,2026-04-01,5\n"), &Options::new(Zone::UTC), 2, 1);
    let row = format!("2,2026-04-01,5,{}\n", "x".repeat(4_000));
    let rows = (HUGE / row.len()) as u64;
    let header = "post_id,captured_at,views,filler\n1,2026-04-01,5,\"open\n";
    check(Generated::new(HUGE, header, &row, "3,2026-04-01,5,\n"), &Options::new(Zone::UTC), rows + 1, 1);
}
