//! Refuses what would take too long or be too much at once.

use crate::http::ApiError;
use crate::limits::Limits;
use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use hyper::body::{Frame, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::sync::Semaphore;
use tower_http::timeout::TimeoutBody;

/// The limits that hold for every request, and how many more may be answered now.
#[derive(Debug, Clone)]
pub struct RequestLimits {
    limits: Limits,
    room: Arc<Semaphore>,
}

impl RequestLimits {
    /// Nothing is being answered yet.
    pub fn new(limits: Limits) -> RequestLimits {
        RequestLimits { limits, room: Arc::new(Semaphore::new(limits.requests)) }
    }
}

/// 503 if too many requests are being answered; a body that pauses for too long ends with an error.
pub async fn hold(State(limits): State<RequestLimits>, request: Request, next: Next) -> Response {
    let Ok(_place) = Arc::clone(&limits.room).try_acquire_owned() else {
        return ApiError::busy().into_response();
    };
    let pause = limits.limits.body_pause;
    let watched = |body: Body| if body.is_end_stream() { body } else { Body::new(Watched::new(body, pause)) };
    next.run(request.map(watched)).await
}

/// A body that ends with an error when it pauses for too long, and still says how long it is.
struct Watched {
    body: Pin<Box<TimeoutBody<Body>>>,
    left: Option<u64>,
}

impl Watched {
    fn new(body: Body, pause: Duration) -> Watched {
        let left = body.size_hint().exact();
        Watched { body: Box::pin(TimeoutBody::new(pause, body)), left }
    }
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(self.body.as_mut().poll_frame(context));
        let came = frame.as_ref().and_then(|frame| Some(frame.as_ref().ok()?.data_ref()?.len() as u64));
        self.left = self.left.map(|left| left.saturating_sub(came.unwrap_or(0)));
        Poll::Ready(frame)
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// 408 if a request of the API takes too long, its body included.
pub async fn hurry(State(limits): State<RequestLimits>, request: Request, next: Next) -> Response {
    let answer = tokio::time::timeout(limits.limits.api_request, next.run(request)).await;
    answer.unwrap_or_else(|_| ApiError::too_slow().into_response())
}
