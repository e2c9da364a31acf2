//! The metrics of a server: `/metrics`, in the text format of Prometheus.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A request that was answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: String,
    route: String,
    status: u32,
}

/// The labels of the duration of requests.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Way {
    method: String,
    route: String,
}

/// The labels of the count of facts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Became {
    outcome: &'static str,
}

/// A request that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    why: &'static str,
}

/// The counters and gauges of one server. Clones share them.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    answered: Family<Answered, Counter>,
    answer_time: Family<Way, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
    refused: Family<Refused, Counter>,
    facts: Family<Became, Counter>,
    facts_waiting: Gauge,
    commit_facts: Histogram,
    commit_time: Histogram,
    listeners: Gauge,
}

impl Metrics {
    /// Creates the metrics, all at zero.
    pub fn new() -> Metrics {
        let metrics = Metrics {
            registry: Arc::default(),
            answered: Family::default(),
            answer_time: Family::new_with_constructor(|| Histogram::new(exponential_buckets(0.001, 2.0, 14))),
            in_flight: Gauge::default(),
            refused: Family::default(),
            facts: Family::default(),
            facts_waiting: Gauge::default(),
            commit_facts: Histogram::new(exponential_buckets(1.0, 4.0, 9)),
            commit_time: Histogram::new(exponential_buckets(0.0005, 2.0, 14)),
            listeners: Gauge::default(),
        };
        let mut registry = Registry::with_prefix("creator_goals");
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "Version of the server", build);
        registry.register("http_requests", "Requests answered", metrics.answered.clone());
        let help = "Time until the answer began";
        registry.register_with_unit("http_request_duration", help, Unit::Seconds, metrics.answer_time.clone());
        registry.register("http_requests_in_flight", "Requests being answered", metrics.in_flight.clone());
        registry.register("refusals", "Refused requests and connections, by reason", metrics.refused.clone());
        registry.register("facts", "Facts received over the API, by outcome", metrics.facts.clone());
        registry.register("facts_waiting", "Facts waiting for their commit", metrics.facts_waiting.clone());
        registry.register("commit_facts", "Facts per commit", metrics.commit_facts.clone());
        let help = "Time until a commit of facts was durable";
        registry.register_with_unit("commit_duration", help, Unit::Seconds, metrics.commit_time.clone());
        registry.register("event_listeners", "Open event streams", metrics.listeners.clone());
        Metrics { registry: Arc::new(registry), ..metrics }
    }

    /// Counts a request as being answered until the returned value is dropped.
    pub fn request_begins(&self) -> Ongoing {
        Ongoing::new(&self.in_flight, 1)
    }

    /// Counts an answered request. `route` is the pattern that matched, not the path, so there are few of them.
    pub fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let (method, route) = (method.to_owned(), route.to_owned());
        let way = Way { method: method.clone(), route: route.clone() };
        self.answer_time.get_or_create(&way).observe(took.as_secs_f64());
        self.answered.get_or_create(&Answered { method, route, status: status.into() }).inc();
    }

    /// Counts a refused request or connection.
    pub fn refused(&self, why: &'static str) {
        self.refused.get_or_create(&Refused { why }).inc();
    }

    /// Counts facts as waiting until the returned value is dropped.
    pub fn facts_wait(&self, count: usize) -> Ongoing {
        Ongoing::new(&self.facts_waiting, i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// Counts facts that were committed together.
    pub fn committed(&self, facts: usize, took: Duration) {
        self.commit_facts.observe(f64::from(u32::try_from(facts).unwrap_or(u32::MAX)));
        self.commit_time.observe(took.as_secs_f64());
    }

    /// Counts facts by their outcome.
    pub fn became(&self, outcome: &'static str, count: usize) {
        if count > 0 {
            self.facts.get_or_create(&Became { outcome }).inc_by(count as u64);
        }
    }

    /// Counts a listener until the returned value is dropped.
    pub fn listener_begins(&self) -> Ongoing {
        Ongoing::new(&self.listeners, 1)
    }

    /// Returns all metrics as text.
    pub fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// Something that is counted until this is dropped.
#[derive(Debug)]
pub struct Ongoing {
    gauge: Gauge,
    count: i64,
}

impl Ongoing {
    fn new(gauge: &Gauge, count: i64) -> Ongoing {
        gauge.inc_by(count);
        Ongoing { gauge: gauge.clone(), count }
    }
}

impl Drop for Ongoing {
    fn drop(&mut self) {
        self.gauge.dec_by(self.count);
    }
}
