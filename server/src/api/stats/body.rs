//! The body of a request with facts: in memory or streamed, decompressed, and limited in size.

use crate::api::error::ApiError;
use crate::intake::Intake;
use crate::pool::Place;
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use flate2::read::MultiGzDecoder;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use program::error::AppError;
use program::ids::ApiKeyId;
use sha2::{Digest as _, Sha256};
use std::error::Error;
use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio_util::io::{StreamReader, SyncIoBridge};
use tokio_util::sync::{CancellationToken, DropGuard};

/// The largest body of a request, in bytes, decoded as well as on the wire.
pub const LARGEST: u64 = 64 * 1024 * 1024;
/// The size up to which a body is read at once, in bytes.
const FEW: u64 = 64 * 1024;
/// The first bytes of gzip.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The source of the facts.
pub enum Source {
    /// A few facts in plain text, in memory.
    Few(Bytes),
    /// Any other body: read on a thread that may wait for it.
    Stream(Box<dyn Read + Send>),
}

impl Source {
    /// The facts of a body, which can be read for as long as the guard is kept: a thread that waits for more must not
    /// outlive the request.
    pub async fn of(body: Body) -> Result<(Source, DropGuard), ApiError> {
        if body.size_hint().lower() > LARGEST {
            return Err(too_large());
        }
        let ended = CancellationToken::new();
        let reading = ended.clone().drop_guard();
        if body.size_hint().exact().is_none_or(|size| size > FEW) {
            let stream = body.into_data_stream().map_err(io::Error::other).take_until(ended.cancelled_owned());
            let mut stream = Box::pin(stream);
            // A body that has not begun needs no reader's place.
            let first = stream.next().await;
            let stream = StreamReader::new(stream::iter(first).chain(stream));
            return Ok((Source::Stream(Box::new(SyncIoBridge::new(stream))), reading));
        }
        let bytes = to_bytes(body, usize::MAX).await.map_err(|cause| unread(&cause))?;
        let is_packed = bytes.starts_with(&GZIP);
        Ok((if is_packed { Source::Stream(Box::new(Cursor::new(bytes))) } else { Source::Few(bytes) }, reading))
    }

    /// Does the same, and returns the hash of the decoded body with the place of a body kept for it. The hash decides
    /// whether this is the same request as another one, so it must be known before any fact is stored.
    pub async fn hashed(
        self,
        intake: &Intake,
        api_key_id: ApiKeyId,
    ) -> Result<(Source, [u8; 32], Option<Place>), ApiError> {
        if let Source::Few(bytes) = &self {
            let hash = Sha256::digest(bytes).into();
            return Ok((self, hash, None));
        }
        let place = intake.holder(api_key_id).await?;
        let held = tokio::task::spawn_blocking(move || hold(self)).await.map_err(|_| AppError::Unavailable)??;
        let hash = Sha256::digest(&held).into();
        Ok((Source::Stream(Box::new(Cursor::new(held))), hash, Some(place)))
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Source::Few(bytes) => {
                let part = bytes.split_to(buffer.len().min(bytes.len()));
                buffer[..part.len()].copy_from_slice(&part);
                Ok(part.len())
            }
            Source::Stream(stream) => stream.read(buffer),
        }
    }
}

fn hold(body: impl Read + Send + 'static) -> Result<Vec<u8>, ApiError> {
    let mut held = Vec::new();
    let mut decoded = Decoded::open(body).map_err(|cause| unread(&cause))?;
    let whole = decoded.read_to_end(&mut held);
    whole.map_err(|cause| if decoded.is_too_large() { too_large() } else { unread(&cause) })?;
    Ok(held)
}

const TOO_LARGE: &str = "A request may hold at most 64 MiB, decoded. Send the rest in another one.";

/// Returns the error for a body that is too large.
pub fn too_large() -> ApiError {
    ApiError::too_large(TOO_LARGE)
}

/// Returns the error for a body that could not be read to its end.
pub fn unread(cause: &(dyn Error + 'static)) -> ApiError {
    let not_gzip = cause.downcast_ref::<io::Error>().is_some_and(|cause| cause.kind() == io::ErrorKind::InvalidInput);
    if not_gzip {
        return ApiError::body(None, "The body begins like gzip, but is damaged.");
    }
    ApiError::unread(cause, TOO_LARGE)
}

/// A body as text: decompressed if it begins like gzip; an error if it is too large, compressed or decompressed.
pub struct Decoded {
    text: Box<dyn Read + Send>,
    too_large: Arc<AtomicBool>,
}

impl Decoded {
    /// Opens a body, and reads its first bytes.
    pub fn open(body: impl Read + Send + 'static) -> io::Result<Decoded> {
        let too_large = Arc::new(AtomicBool::new(false));
        let limited =
            |source: Box<dyn Read + Send>| Limited { source, left: LARGEST, too_large: Arc::clone(&too_large) };
        let mut wire = limited(Box::new(body));
        let mut magic = Vec::with_capacity(2);
        wire.by_ref().take(2).read_to_end(&mut magic)?;
        let packed = magic == GZIP;
        let whole = Cursor::new(magic).chain(wire);
        let text: Box<dyn Read + Send> =
            if packed { Box::new(limited(Box::new(MultiGzDecoder::new(whole)))) } else { Box::new(whole) };
        Ok(Decoded { text, too_large })
    }

    /// Returns whether reading ended because the body is too large.
    pub fn is_too_large(&self) -> bool {
        self.too_large.load(Ordering::Relaxed)
    }
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.text.read(buffer)
    }
}

struct Limited {
    source: Box<dyn Read + Send>,
    left: u64,
    too_large: Arc<AtomicBool>,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        let Some(left) = self.left.checked_sub(count as u64) else {
            self.too_large.store(true, Ordering::Relaxed);
            return Err(io::Error::other("too large"));
        };
        self.left = left;
        Ok(count)
    }
}
