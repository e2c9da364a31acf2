//! Proves that no bytes make the importer panic, loop or write more than it read.

use crate::support::{handle, options};
use ingest::{FileError, Format, Options};
use proptest::collection::vec;
use proptest::prelude::*;
use std::io::{self, Read};

const SAMPLES: [&[u8]; 14] = [
    include_bytes!("../samples/posts_by_member.csv"),
    include_bytes!("../samples/followers_by_member.csv"),
    include_bytes!("../samples/snapshots.csv"),
    include_bytes!("../samples/scraper_report.csv"),
    include_bytes!("../samples/generic.csv"),
    include_bytes!("../samples/yt_dlp.json"),
    include_bytes!("../samples/yt_dlp_playlist.json"),
    include_bytes!("../samples/display_video_list.json"),
    include_bytes!("../samples/display_user_info.json"),
    include_bytes!("../samples/research.json"),
    include_bytes!("../samples/web_item_list.json"),
    include_bytes!("../samples/apify.json"),
    include_bytes!("../samples/data_download.json"),
    include_bytes!("../samples/facts.ndjson"),
];

/// Reads everything; rows and what they hold are bounded by what was given.
fn survives(bytes: &[u8], format: Option<Format>) {
    let options = Options { default_creator: Some(handle("default")), format, ..options() };
    let _ = ingest::survey(bytes, &options).map_err(|error| error.to_string());
    let Ok(mut reader) = ingest::read(bytes, &options) else { return };
    let mut rows = 0;
    for row in reader.by_ref() {
        rows += 1;
        assert!(rows <= bytes.len() + 1, "more rows than bytes");
        match row {
            Ok(row) => match row.outcome {
                Ok(facts) => assert!(facts.len() <= 4),
                Err(error) => assert!(error.reason.chars().count() < 400 && !error.reason.contains('\0')),
            },
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    assert!(reader.next().is_none());
}

/// Bytes that arrive a few at a time; after the last one, reading fails.
struct BreaksOff<'a> {
    bytes: &'a [u8],
    at_once: usize,
}

impl Read for BreaksOff<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.bytes.is_empty() {
            return Err(io::Error::other("the cable was pulled"));
        }
        let count = self.bytes.len().min(self.at_once).min(target.len());
        let (given, rest) = self.bytes.split_at(count);
        target[..count].copy_from_slice(given);
        self.bytes = rest;
        Ok(count)
    }
}

/// A file that breaks off is never taken for a whole one, wherever it does and however its bytes arrive. Blank lines
/// after its rows are read ahead with them.
#[test]
fn a_file_that_breaks_off_fails() {
    for sample in SAMPLES {
        // More than is read at a time.
        let whole = [sample, b"\n".repeat(200_000).as_slice()].concat();
        let inside = (0..sample.len()).step_by(sample.len() / 64 + 1);
        for length in inside.chain([sample.len(), sample.len() + 64_000, sample.len() + 128_000, whole.len()]) {
            for at_once in [1, 100, usize::MAX] {
                let bytes = &whole[..length];
                let source = BreaksOff { bytes, at_once };
                let last =
                    match ingest::read(source, &Options { default_creator: Some(handle("default")), ..options() }) {
                        Ok(reader) => reader.last().and_then(Result::err),
                        Err(failure) => Some(failure),
                    };
                assert!(
                    matches!(last, Some(FileError::Io(_))),
                    "{last:?} after {length} bytes, {at_once} at once: {}",
                    String::from_utf8_lossy(bytes)
                );
            }
        }
    }
}

/// Bytes that mean something to a parser are drawn more often than others.
fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![any::<u8>(), prop::sample::select(&b"{}[]\",:;\n\r\t\\ 0129-.eE\x00\xff\xef\xbb\xbf\x1f\x8b@<"[..])]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn arbitrary_bytes_are_survived(bytes in vec(byte(), 0..400)) {
        for format in [None, Some(Format::Csv), Some(Format::Facts)] {
            survives(&bytes, format);
        }
    }

    #[test]
    fn mutated_samples_are_survived(
        sample in prop::sample::select(&SAMPLES[..]),
        edits in vec((any::<prop::sample::Index>(), byte(), 0_u8..5), 1..12),
    ) {
        let mut bytes = sample.to_vec();
        for (place, byte, edit) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = place.index(bytes.len());
            match edit {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.remove(at); }
                3 => bytes.truncate(at),
                _ => {
                    let copy = bytes[at..(at + 40).min(bytes.len())].to_vec();
                    bytes.splice(at..at, copy);
                }
            }
        }
        survives(&bytes, None);
    }

    #[test]
    fn arbitrary_values_in_any_field_are_survived(
        value in prop_oneof![any::<String>(), "[-0-9T:.Z/+ ]{0,30}", any::<f64>().prop_map(|n| n.to_string())],
        column in 0_usize..4,
    ) {
        let mut cells = ["1", "2026-04-01", "5", "a"].map(str::to_owned);
        cells[column] = format!("\"{}\"", value.replace('"', "\"\""));
        survives(format!("id,published_at,views,handle\n{}\n", cells.join(",")).as_bytes(), None);
        let mut values = ["\"1\"", "1775037600", "5", "\"a\""].map(str::to_owned);
        values[column] = format!("{value:?}");
        let [id, at, views, user] = values;
        let item = format!(r#"{{"id":{id},"create_time":{at},"view_count":{views},"username":{user}}}"#);
        survives(item.as_bytes(), None);
    }
}
