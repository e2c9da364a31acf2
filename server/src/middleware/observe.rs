//! Gives every request an id, counts and times it, and logs how it was answered.

use super::refusals::Refusals;
use crate::metrics::Metrics;
use crate::network::Arrival;
use crate::refused::{Who, Why};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use std::net::IpAddr;
use std::time::{Duration, Instant};
use tracing::Instrument as _;
use uuid::Uuid;

/// The header with a request's id: always in the answer, and in the request if a proxy set it.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest id of a proxy that is accepted, in bytes.
const LONGEST_ID: usize = 64;
/// The time after which an answer counts as slow.
const SLOW: Duration = Duration::from_secs(1);

/// Records the requests of a server.
#[derive(Debug, Clone)]
pub struct Observer {
    metrics: Metrics,
    refusals: Refusals,
}

impl Observer {
    /// Creates an observer that records to `metrics`.
    pub fn new(metrics: Metrics) -> Observer {
        Observer { metrics, refusals: Refusals::default() }
    }

    /// Counts and logs a refusal.
    fn refused(&self, client: Option<IpAddr>, who: &Who, asked: &str, why: &'static str, status: u16) {
        self.metrics.refused(why);
        if self.refusals.tell(client, why) {
            let client = client.map_or_else(String::new, |client| client.to_string());
            tracing::warn!(client, %who, host = asked, why, status, "refused");
        }
    }
}

/// Runs the request in a span with its id, which every line logged for it carries. Neither the query nor any header is
/// logged: they may contain private data.
pub async fn observe(State(observer): State<Observer>, mut request: Request, next: Next) -> Response {
    let metrics = &observer.metrics;
    let who = Who::default();
    request.extensions_mut().insert(who.clone());
    let arrival = request.extensions().get::<Arrival>();
    let client = arrival.and_then(|arrival| arrival.client);
    let asked = arrival.and_then(|arrival| arrival.asked.clone().ok()?).map(|asked| asked.to_string());
    let id = request.headers().get(REQUEST_ID).filter(|id| is_id(id)).cloned();
    let id = id.or_else(|| HeaderValue::try_from(Uuid::now_v7().to_string()).ok());
    let request_id = id.as_ref().and_then(|id| id.to_str().ok()).unwrap_or_default();
    let (method, path) = (known(request.method()), request.uri().path());
    let span = tracing::info_span!("request", request_id, method, path);
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let (_ongoing, begun) = (metrics.request_begins(), Instant::now());
    let mut response = async {
        let response = next.run(request).await;
        let (status, took) = (response.status().as_u16(), begun.elapsed());
        metrics.answered(method, &route, status, took);
        if let Some(why) = Why::of(&response) {
            observer.refused(client, &who, asked.as_deref().unwrap_or_default(), why, status);
        }
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        if status >= 500 || took >= SLOW {
            tracing::warn!(route, status, millis, "answered");
        } else {
            tracing::debug!(route, status, millis, client = client.map(tracing::field::display), "answered");
        }
        response
    }
    .instrument(span)
    .await;
    if let Some(id) = id {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

fn is_id(id: &HeaderValue) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=LONGEST_ID).contains(&id.len()) && id.as_bytes().iter().all(is_plain)
}

/// Returns the method, or "other" for one that HTTP does not define: clients can invent any, and each would be a metric
/// of its own.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
