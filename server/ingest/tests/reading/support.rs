//! Facts as short lines, so that a test reads as a list of what a file says.

use compliance::calendar::Zone;
use compliance::fact::{Counters, Fact, Handle, PostKind};
use compliance::instant::Instant;
use flate2::{Compression, write::GzEncoder};
use ingest::{Options, Reader, Summary};
use std::io::Write;

/// Options of a project in Seoul (UTC+9), so that a zone that is forgotten shows.
pub fn options() -> Options {
    Options::new(Zone::parse("Asia/Seoul").expect("a zone"))
}

/// Options with columns mapped by hand.
pub fn mapped(columns: &[(&str, &str)]) -> Options {
    let mapping =
        columns.iter().map(|(column, field)| ((*column).to_owned(), field.parse().expect("a field"))).collect();
    Options { mapping, ..options() }
}

/// A handle.
pub fn handle(text: &str) -> Handle {
    Handle::parse(text).expect("a handle")
}

/// The bytes, compressed.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory to write to");
    encoder.finish().expect("memory to write to")
}

/// Every row of a file as lines `line: fact`, `line: ~code field` for what was left out or `line: !code field`, then `!!code` if it breaks off.
pub fn lines(bytes: &[u8], options: &Options) -> Vec<String> {
    drain(&mut ingest::read(bytes, options).expect("a file of ours")).0
}

/// The lines of a reader and its counts.
pub fn drain(reader: &mut Reader<'_>) -> (Vec<String>, Summary) {
    let mut lines = Vec::new();
    for row in reader.by_ref() {
        match row {
            Err(error) => lines.push(format!("!!{}", error.code())),
            Ok(row) => match row.outcome {
                Ok(facts) => {
                    lines.extend(facts.iter().map(|fact| format!("{}: {}", row.line, show(fact))));
                    let left_out = row.left_out.iter();
                    lines.extend(left_out.map(|value| format!("{}: ~{} {}", row.line, value.code, value.field)));
                }
                Err(error) => {
                    lines.push(format!("{}: !{} {}", row.line, error.code, error.field.as_deref().unwrap_or("-")));
                }
            },
        }
    }
    (lines, reader.summary().clone())
}

fn show(fact: &Fact) -> String {
    match fact {
        Fact::Profile(profile) => format!(
            "profile {} {} {}",
            profile.handle,
            profile.display_name.as_deref().unwrap_or("-"),
            profile.avatar_url.as_deref().unwrap_or("-")
        ),
        Fact::Post(post) => format!(
            "post {} {} {} {} {} {}",
            post.tiktok_video_id,
            who(post.handle.as_ref()),
            post.kind.map_or("-", PostKind::name),
            when(post.published_at),
            post.description.as_deref().unwrap_or("-"),
            post.tracking_status.map_or("", |status| status.name())
        )
        .trim_end()
        .to_owned(),
        Fact::PostStats(stats) => format!(
            "stats {} {} {} {}",
            stats.tiktok_video_id,
            who(stats.handle.as_ref()),
            when(stats.captured_at),
            counts(stats.counters)
        ),
        Fact::CreatorStats(stats) => {
            format!("followers {} {} {}", stats.handle, when(stats.captured_at), stats.followers)
        }
        Fact::Collection(visit) => format!("collection {} {}", visit.handle, when(visit.collected_at)),
    }
}

fn who(handle: Option<&Handle>) -> &str {
    handle.map_or("-", Handle::as_str)
}

/// `04-01T10:00:00Z` of 2026.
fn when(instant: Instant) -> String {
    let text = Zone::UTC.wall_clock(instant).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    text.strip_prefix("2026-").unwrap_or(&text).to_owned()
}

fn counts(counters: Counters) -> String {
    let all = [counters.views, counters.likes, counters.comments, counters.shares, counters.saves];
    all.map(|count| count.map_or("-".to_owned(), |count| count.to_string())).join("/")
}
