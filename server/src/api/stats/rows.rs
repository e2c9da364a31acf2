//! The facts in a body, read batch by batch.

use super::body::{Decoded, Source, too_large, unread};
use crate::api::error::ApiError;
use compliance::fact::Fact;
use ingest::row_error::RowError;
use ingest::{FileError, Options};
use program::ids::CreatorId;
use std::io::{Cursor, Read};

/// How much of a body is read to detect its format, in bytes.
const BEGINNING: u64 = 64 * 1024;
/// The number of facts stored together.
const BATCH: usize = 5_000;

/// A fact, its row, and its creator if the row names them by id.
pub struct ReadFact {
    pub row: u64,
    pub fact: Fact,
    pub creator_id: Option<CreatorId>,
}

/// What was read of a body.
pub enum Message {
    /// A batch of facts, and the refused rows among them.
    Facts(Vec<ReadFact>, Vec<(u64, RowError)>),
    /// The body could not be read any further.
    Failed(ApiError),
}

/// Reads a body to its end, or until `send` returns false because nobody listens any more.
pub fn read(body: Source, options: &Options, mut send: impl FnMut(Message) -> bool) {
    let mut decoded = match Decoded::open(body) {
        Ok(decoded) => decoded,
        Err(cause) => {
            send(Message::Failed(unread(&cause)));
            return;
        }
    };
    if let Err(failure) = read_rows(&mut decoded, options, &mut send) {
        let error = if decoded.is_too_large() { too_large() } else { unreadable(&failure) };
        send(Message::Failed(error));
    }
}

fn unreadable(failure: &FileError) -> ApiError {
    match failure {
        FileError::Empty => {
            ApiError::body(None, "The body is empty. Send a JSON array of facts, or one fact per line.")
        }
        FileError::Io(cause) => unread(cause),
        failure => ApiError::body(None, failure.to_string()),
    }
}

fn read_rows(
    decoded: &mut impl Read,
    options: &Options,
    send: &mut impl FnMut(Message) -> bool,
) -> Result<(), FileError> {
    let (mut facts, mut refused) = (Vec::new(), Vec::new());
    let mut beginning = Vec::new();
    decoded.by_ref().take(BEGINNING).read_to_end(&mut beginning)?;
    let first = beginning.iter().find(|byte| !byte.is_ascii_whitespace());
    if first.is_some_and(|first| !matches!(first, b'{' | b'[')) {
        let reason = "Send a JSON array of facts, or one JSON object a line.".to_owned();
        return Err(FileError::NotText(reason));
    }
    let mut rows = ingest::read(Cursor::new(beginning).chain(decoded), options)?;
    let ending = loop {
        match rows.next() {
            Some(Ok(row)) => match row.outcome {
                Ok(of_row) => {
                    let (row, creator_id) = (row.item, row.creator_id.map(CreatorId::from));
                    facts.extend(of_row.into_iter().map(|fact| ReadFact { row, fact, creator_id }));
                }
                Err(error) => refused.push((row.item, error)),
            },
            Some(Err(failure)) => break Err(failure),
            None => break Ok(()),
        }
        if facts.len() + refused.len() >= BATCH {
            let batch = Message::Facts(std::mem::take(&mut facts), std::mem::take(&mut refused));
            if !send(batch) {
                return Ok(());
            }
        }
    };
    send(Message::Facts(facts, refused));
    ending
}
