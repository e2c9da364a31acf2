//! Request bodies while they arrive: each must be fast enough, and takes a place in a pool once it is large or
//! complete.

use crate::limits::SMALL_BODY;
use crate::pace::{Pace, Slowest};
use crate::pool::{Full, Holder, Place, Pool};
use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll, ready};
use thiserror::Error;

/// Why the server stopped reading a body.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Cut {
    /// It arrived too slowly.
    #[error("The request took too long to arrive. Send it again.")]
    TooSlow,
    /// It is larger than a form may be.
    #[error("The form is larger than {} KiB.", .0 / 1024)]
    TooLarge(u64),
    /// No place in the pool is free.
    #[error(transparent)]
    Full(#[from] Full),
}

/// A pool, and the share of it that one client may take.
type Shared = (Pool, Option<(Holder, usize)>);

/// The place that a request holds at present: among the requests being answered, among the large bodies, or none.
#[derive(Debug)]
pub struct Turn {
    requests: Shared,
    bodies: Shared,
    place: Mutex<Option<Place>>,
    cut: OnceLock<Cut>,
}

impl Turn {
    /// Creates a turn that takes its places from these pools.
    pub fn new(requests: Shared, bodies: Shared) -> Turn {
        Turn { requests, bodies, place: Mutex::default(), cut: OnceLock::new() }
    }

    /// Takes a place among the requests being answered.
    pub fn begin(&self) -> Result<(), Full> {
        self.change(Some(&self.requests))
    }

    /// Returns why the body was cut off, if it was.
    pub fn cut(&self) -> Option<Cut> {
        self.cut.get().cloned()
    }

    fn change(&self, to: Option<&Shared>) -> Result<(), Full> {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        *place = None;
        if let Some((pool, share)) = to {
            *place = Some(pool.take(share.as_slice())?);
        }
        Ok(())
    }
}

/// A body that ends with a [`Cut`] when it is too slow, and keeps its size hint. It passes nothing on before its first
/// [`SMALL_BODY`] bytes have arrived or it has ended; until then it takes no place, only the client's connection. A
/// longer body then takes a place among the large bodies.
pub struct Arriving {
    body: Body,
    pace: Pace,
    turn: Arc<Turn>,
    beginning: VecDeque<Bytes>,
    stage: Stage,
    came: u64,
    most: u64,
    left: Option<u64>,
}

enum Stage {
    Beginning,
    Going,
    Ended,
    Broken(Option<BoxError>),
}

impl Arriving {
    /// Wraps a body that may have at most `most` bytes.
    pub fn new(body: Body, slowest: Slowest, most: u64, turn: Arc<Turn>) -> Arriving {
        let left = body.size_hint().exact();
        let (beginning, pace) = (VecDeque::new(), Pace::new(slowest));
        Arriving { body, pace, turn, beginning, stage: Stage::Beginning, came: 0, most, left }
    }

    /// Polls for the next piece.
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) else {
            if matches!(self.stage, Stage::Beginning) {
                // Releasing a place cannot fail.
                let _ = self.turn.change(None);
            }
            ready!(self.pace.poll_too_slow(context));
            return Poll::Ready(Some(Err(self.cut(Cut::TooSlow))));
        };
        if let Some(Ok(frame)) = &frame {
            let bytes = frame.data_ref().map_or(0, Bytes::len);
            self.pace.moved(bytes);
            self.came += bytes as u64;
            if self.came > self.most {
                return Poll::Ready(Some(Err(self.cut(Cut::TooLarge(self.most)))));
            }
        }
        Poll::Ready(frame.map(|frame| frame.map_err(BoxError::from)))
    }

    /// Polls the first pieces until the body is large or complete.
    fn poll_beginning(&mut self, context: &mut Context<'_>) -> Poll<()> {
        while matches!(self.stage, Stage::Beginning) {
            let (pool, next) = match ready!(self.poll_piece(context)) {
                Some(Ok(frame)) => {
                    self.beginning.extend(frame.into_data().ok());
                    if self.came < SMALL_BODY as u64 {
                        continue;
                    }
                    (&self.turn.bodies, Stage::Going)
                }
                None => (&self.turn.requests, Stage::Ended),
                Some(Err(cause)) => {
                    self.breaks(cause);
                    continue;
                }
            };
            match self.turn.change(Some(pool)) {
                Ok(()) => self.stage = next,
                Err(full) => {
                    let cause = self.cut(full.into());
                    self.breaks(cause);
                }
            }
        }
        Poll::Ready(())
    }

    fn breaks(&mut self, cause: BoxError) {
        self.beginning.clear();
        self.stage = Stage::Broken(Some(cause));
    }

    fn cut(&self, cut: Cut) -> BoxError {
        self.turn.cut.get_or_init(|| cut).clone().into()
    }
}

impl HttpBody for Arriving {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        ready!(self.poll_beginning(context));
        let frame = match self.beginning.pop_front() {
            Some(bytes) => Some(Ok(Frame::data(bytes))),
            None => match &mut self.stage {
                Stage::Beginning | Stage::Ended => None,
                Stage::Broken(cause) => cause.take().map(Err),
                Stage::Going => ready!(self.poll_piece(context)),
            },
        };
        let passed = frame.as_ref().and_then(|frame| Some(frame.as_ref().ok()?.data_ref()?.len() as u64));
        self.left = self.left.map(|left| left.saturating_sub(passed.unwrap_or(0)));
        Poll::Ready(frame)
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
