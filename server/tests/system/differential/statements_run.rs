//! Which statements were run, as sqlx reports each of them when it ends.

use crate::support::Engine;
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::{Mutex, OnceLock, PoisonError};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::subscriber::set_global_default;
use tracing::{Event, Span, Subscriber, info_span};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::{LookupSpan, Registry};

/// The target of sqlx's reports.
const QUERIES: &str = "sqlx::query";
/// The names of the spans in which statements are recorded.
const ON_SQLITE: &str = "statements on SQLite";
const ON_POSTGRES: &str = "statements on PostgreSQL";

type Run = BTreeSet<(&'static str, String)>;

static RUN: Mutex<Run> = Mutex::new(Run::new());

/// Returns a span: statements that are run within it are recorded as run on this engine.
pub fn recorded(engine: Engine) -> Span {
    static RECORDER: OnceLock<()> = OnceLock::new();
    RECORDER.get_or_init(|| {
        // Connections to SQLite have threads of their own, so a subscriber of this thread would hear nothing of them.
        // The reports of other tests are heard too, but have no such span.
        let targets = Targets::new().with_target(QUERIES, LevelFilter::DEBUG);
        let targets = targets.with_target(module_path!(), LevelFilter::INFO);
        set_global_default(Registry::default().with(Recorder.with_filter(targets))).expect("no test sets another");
    });
    match engine {
        Engine::Sqlite => info_span!(ON_SQLITE),
        Engine::Postgres => info_span!(ON_POSTGRES),
    }
}

/// Returns whether a statement with this text was run in the span of this engine.
pub fn was_run(engine: Engine, text: &str) -> bool {
    let on = if engine == Engine::Sqlite { ON_SQLITE } else { ON_POSTGRES };
    RUN.lock().unwrap_or_else(PoisonError::into_inner).contains(&(on, words(text)))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Recorder;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Recorder {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let spans = context.event_scope(event).into_iter().flatten();
        let known = [ON_SQLITE, ON_POSTGRES];
        let Some(on) = spans.filter_map(|span| known.into_iter().find(|name| *name == span.name())).next() else {
            return;
        };
        let mut statement = Statement::default();
        event.record(&mut statement);
        RUN.lock().unwrap_or_else(PoisonError::into_inner).insert((on, words(&statement.text())));
    }
}

/// A statement in a report: its first words, and the whole of it if it has more.
#[derive(Default)]
struct Statement {
    summary: String,
    whole: String,
}

impl Statement {
    fn text(&self) -> String {
        if self.whole.is_empty() { self.summary.clone() } else { self.whole.clone() }
    }
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.whole),
            _ => {}
        }
    }

    fn record_debug(&mut self, _field: &Field, _value: &dyn Debug) {}
}
