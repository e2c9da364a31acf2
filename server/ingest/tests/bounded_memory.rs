//! Proves that a file of any size passes through bounded memory. A binary of its own, so that the process's peak is its own;
//! the peak is read where the system tells it (Linux), elsewhere only that reading ends.

mod support;

use ingest::{Format, Options};
use std::io::{self, Read};
use support::options;

const HUGE: usize = 200 * 1024 * 1024;
const ALLOWED: u64 = 96 * 1024;

/// `before`, then `piece` until `HUGE` bytes are reached, then `after`.
struct Generated {
    before: &'static [u8],
    piece: Vec<u8>,
    at: usize,
    left: usize,
    after: &'static [u8],
}

impl Generated {
    fn new(before: &'static str, piece: &str, after: &'static str) -> Generated {
        let (before, after) = (before.as_bytes(), after.as_bytes());
        Generated { before, piece: piece.as_bytes().to_vec(), at: 0, left: HUGE / piece.len(), after }
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

/// Kilobytes of the most memory this process ever held.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

#[track_caller]
fn check(file: Generated, options: &Options, good: u64, bad: u64) {
    let mut reader = ingest::read(file, options).unwrap();
    let failure = reader.by_ref().find_map(Result::err);
    assert!(failure.is_none(), "{failure:?}");
    assert_eq!((reader.summary().rows - reader.summary().rejected, reader.summary().rejected), (good, bad));
    assert!(peak() < ALLOWED, "{} KiB", peak());
}

/// One test, so that no other adds to the peak.
#[test]
fn whatever_is_huge_about_a_file_it_is_read_in_bounded_memory() {
    let facts = Options { format: Some(Format::Facts), ..options() };
    let fact = r#"{"type":"collection","tiktok_handle":"a","collected_at":1775642400}"#;

    let item = format!("{},\"filler\":\"{}\"}},", fact.trim_end_matches('}'), "x".repeat(4_000));
    let items = (HUGE / item.len()) as u64;
    check(Generated::new("[", &item, "{}]"), &facts, items, 1);

    let line = "{\"type\":\"collection\",\"tiktok_handle\":\"a\",\"collected_at\":1775642400}\n{\"type\":\"";
    check(Generated::new(line, "endless", "\"}\n{}\n"), &facts, 1, 2);
    check(Generated::new("[{\"type\":[", "{\"a\":[1,2]},", "0]},{}]"), &facts, 0, 2);
    check(Generated::new("[{\"type\":\"", "\\\"", "\"},{}]"), &facts, 0, 2);

    let header = "post_id,captured_at,views\n1,2026-04-01,5\n";
    check(Generated::new(header, "2,2026-04-01,5,,,,", "\n3,2026-04-01,5\n"), &options(), 2, 1);
    let row = format!("2,2026-04-01,5,{}\n", "x".repeat(4_000));
    let rows = (HUGE / row.len()) as u64;
    let header = "post_id,captured_at,views,filler\n1,2026-04-01,5,\"open\n";
    check(Generated::new(header, &row, "3,2026-04-01,5,\n"), &options(), rows + 1, 1);
}
