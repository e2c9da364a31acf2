//! The limits on what requests may use, so that no client can exhaust the server.
//!
//! The limits on bodies of the API and on uploaded files are where these are read: `api/extract.rs`, `api/stats/body.rs`,
//! `web/uploads/receive.rs`. The limit on facts waiting in memory is in `intake.rs`.

use crate::pace::Slowest;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::time::Duration;

/// The limits of a server. Of each counted thing, a client address (for IPv6, its /64 network) may have a share; a
/// trusted proxy that names no client may have all.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long the head of a request may take to arrive, also on a kept-alive connection.
    pub head: Duration,
    /// The slowest rate at which a body may arrive.
    pub body: Slowest,
    /// The slowest rate at which a client may read an answer.
    pub answer: Slowest,
    /// How long a request of the API may take, including its body. Answers that have begun may continue.
    pub api_request: Duration,
    /// Connections at a time.
    pub connections: Places,
    /// Connections beyond these at a time. They are refused, but may ask for the server's health; the latest ones are
    /// kept.
    pub spare_connections: usize,
    /// Requests answered at a time. A request that waits for its body does not count, and neither does an answer that
    /// has begun.
    pub requests: Places,
    /// Bodies of more than [`SMALL_BODY`] that arrive at a time.
    pub bodies: Places,
    /// Event streams of the API at a time.
    pub streams: Places,
    /// Event streams of the API at a time, for each project.
    pub streams_of_project: usize,
    /// Event streams of the API at a time, for each API key.
    pub streams_of_key: usize,
    /// Projects that open pages follow at a time.
    pub followed: Places,
    /// Open pages that follow a project at a time, for each project.
    pub followed_of_project: usize,
    /// File uploads at a time.
    pub uploads: Places,
    /// File uploads at a time, for each project.
    pub uploads_of_project: usize,
    /// How long an upload may take.
    pub upload: Duration,
    /// How long a stopping server waits for its requests to finish.
    pub farewell: Duration,
}

/// A limit on a number of things.
#[derive(Debug, Clone, Copy)]
pub struct Places {
    /// The limit for all clients together.
    pub all: usize,
    /// The limit for each client address.
    pub each: usize,
}

/// The most header lines of a request.
pub const HEADER_LINES: usize = 100;
/// The largest head of a request, in bytes.
pub const HEAD_BYTES: usize = 64 * 1024;
/// How much of a body is buffered before it takes a place, in bytes. Most bodies are smaller.
pub const SMALL_BODY: usize = 16 * 1024;
/// The largest form, in bytes.
pub const LARGEST_FORM: usize = 2 * 1024 * 1024;
/// File descriptors reserved for the database, for uploads and so on.
const DESCRIPTORS_FOR_FILES: usize = 512;

impl Limits {
    /// Raises the process's limit of file descriptors as far as needed and possible, and lowers the number of
    /// connections to fit it.
    #[must_use]
    pub fn within_descriptors(self) -> Limits {
        let wanted = self.connections.all + self.spare_connections + DESCRIPTORS_FOR_FILES;
        let allowed = raise_descriptors(wanted as u64);
        let room = usize::try_from(allowed).unwrap_or(usize::MAX);
        // With very few descriptors, half of them are for connections.
        let room = room.saturating_sub(DESCRIPTORS_FOR_FILES + self.spare_connections).max(room / 2);
        if room >= self.connections.all {
            return self;
        }
        tracing::warn!(connections = room, "the limit of open files leaves room for fewer connections (ulimit -n)");
        let each = (self.connections.each * room / self.connections.all).max(1);
        Limits { connections: Places { all: room, each }, ..self }
    }
}

/// Raises the limit of file descriptors towards `wanted` and returns the limit.
fn raise_descriptors(wanted: u64) -> u64 {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let has = current.unwrap_or(u64::MAX);
    let reachable = wanted.min(maximum.unwrap_or(u64::MAX));
    if reachable <= has {
        return has;
    }
    let raised = setrlimit(Resource::Nofile, Rlimit { current: Some(reachable), maximum });
    if raised.is_ok() { reachable } else { has }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            head: Duration::from_secs(30),
            body: Slowest { pause: Duration::from_secs(20), bytes_per_second: 1_024 },
            answer: Slowest { pause: Duration::from_secs(30), bytes_per_second: 1_024 },
            api_request: Duration::from_mins(10),
            connections: Places { all: 8_192, each: 2_048 },
            spare_connections: 64,
            requests: Places { all: 1_024, each: 256 },
            bodies: Places { all: 512, each: 128 },
            streams: Places { all: 1_024, each: 256 },
            streams_of_project: 512,
            streams_of_key: 100,
            followed: Places { all: 8_192, each: 1_024 },
            followed_of_project: 4_096,
            uploads: Places { all: 8, each: 2 },
            uploads_of_project: 4,
            upload: Duration::from_hours(2),
            farewell: Duration::from_secs(20),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{extract, stats};
    use crate::intake;
    use crate::web::uploads::receive;
    use program::figures::grouped as number;
    use store::{PARKED_OF_POST, PARKED_OF_PROJECT, WAITING_OF_PROJECT};

    #[test]
    fn the_documentation_has_these_numbers() {
        let limits = Limits::default();
        let documentation = include_str!("../../docs/limits.md");
        let rows = [
            ("connections open", limits.connections, ["", ""].map(str::to_owned)),
            ("requests being answered", limits.requests, ["", ""].map(str::to_owned)),
            ("large bodies arriving (over 16 KiB)", limits.bodies, ["", ""].map(str::to_owned)),
            (
                "event streams of the API",
                limits.streams,
                [number(limits.streams_of_project), number(limits.streams_of_key)],
            ),
            ("projects followed by open pages", limits.followed, [number(limits.followed_of_project), String::new()]),
            ("files being uploaded", limits.uploads, [number(limits.uploads_of_project), String::new()]),
        ];
        let mut lines: Vec<String> = rows
            .into_iter()
            .map(|(what, places, [project, key])| {
                let cell = |text: &str| if text.is_empty() { " ".to_owned() } else { format!(" {text} ") };
                let (all, each) = (number(places.all), number(places.each));
                format!("| {what} | {all} | {each} |{}|{}|", cell(&project), cell(&key))
            })
            .collect();
        let slowest = |slowest: Slowest| (slowest.pause.as_secs(), number(slowest.bytes_per_second as usize));
        let ((body, body_rate), (answer, answer_rate)) = (slowest(limits.body), slowest(limits.answer));
        let (head, kib) = (limits.head.as_secs(), HEAD_BYTES / 1024);
        lines.extend([
            format!(
                "| head of a request, also on a connection kept open | {head} s, {kib} KiB, {HEADER_LINES} lines |"
            ),
            format!("| a body that pauses | {body} s |"),
            format!("| a body's slowest rate | {body_rate} bytes/s |"),
            format!("| an answer that is not read | {answer} s |"),
            format!("| an answer's slowest rate | {answer_rate} bytes/s |"),
            format!(
                "| a request of the API altogether, until its answer begins | {} min |",
                limits.api_request.as_secs() / 60
            ),
            format!("| a form | {} MiB |", LARGEST_FORM / 1024 / 1024),
            format!("| columns of a table in a file | {} |", ingest::MOST_COLUMNS),
            format!(
                "| a JSON item of a file | {} MiB, {} levels deep |",
                ingest::MAX_ITEM_BYTES >> 20,
                ingest::MAX_DEPTH
            ),
            format!("| a row of a table | {} MiB |", ingest::MAX_ROW_BYTES >> 20),
            format!(
                "| a workbook; unpacked, or the text of one sheet | {} MiB; {} MiB |",
                ingest::MAX_WORKBOOK_BYTES >> 20,
                ingest::MAX_WORKBOOK_UNPACKED >> 20
            ),
            format!(
                "| sheets of a workbook; rows of a sheet | {}; {} |",
                ingest::MOST_SHEETS,
                number(ingest::MOST_SHEET_ROWS as usize)
            ),
            format!("| an upload altogether | {} h |", limits.upload.as_secs() / 3_600),
            format!(
                "| long lists of facts being read (over 64 KiB, or gzip) | {} | | | {} |",
                intake::READERS,
                intake::READERS_OF_KEY
            ),
            format!("| of these, with an `Idempotency-Key` | {} | | | {} |", intake::HELD, intake::HELD_OF_KEY),
            format!(
                "| readings of posts that are not known yet ({} of a post) | | | {} | |",
                number(usize::try_from(PARKED_OF_POST).unwrap()),
                number(usize::try_from(PARKED_OF_PROJECT).unwrap())
            ),
            format!(
                "| facts that wait for a decision about their creator | | | {} | |",
                number(usize::try_from(WAITING_OF_PROJECT).unwrap())
            ),
            format!("| facts that wait to be stored | {} | | | |", number(intake::WAITING_AT_MOST as usize)),
            format!("| a body of the API that changes one thing | {} MiB |", extract::LARGEST_BODY >> 20),
            format!("| facts in one request, decoded | {} MiB |", stats::body::LARGEST >> 20),
            format!("| an uploaded file | {} GiB |", receive::LARGEST_UPLOAD >> 30),
            format!("{} more are accepted, so that their clients can be told", limits.spare_connections),
            format!("only once {} KiB of it have arrived", SMALL_BODY / 1024),
        ]);
        for line in lines {
            assert!(documentation.contains(&line), "docs/limits.md lacks: {line}");
        }
    }
}
