//! Which statements were run, as sqlx reports each of them when it ends.

use crate::support::Engine;
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::{Mutex, OnceLock, PoisonError};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::subscriber::set_global_default;
use tracing::{Event, Span, Subscriber, info_span};
use tracing_subscriber::filter::dynamic_filter_fn;
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
        // Connections to SQLite have threads of their own, so a subscriber of this thread would not hear of them.
        // Statements of other tests have no such span, and are not reported.
        let filter = dynamic_filter_fn(|metadata, context: &Context<'_, Registry>| {
            let is_within = || context.lookup_current().is_some_and(|span| is_known(span.name()));
            metadata.target() == module_path!() || (metadata.target() == QUERIES && is_within())
        });
        let filter = filter.with_max_level_hint(LevelFilter::DEBUG);
        set_global_default(Registry::default().with(Recorder.with_filter(filter))).expect("no test sets another");
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

fn is_known(span: &str) -> bool {
    [ON_SQLITE, ON_POSTGRES].contains(&span)
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Recorder;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Recorder {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let Some(span) = context.event_scope(event).into_iter().flatten().find(|span| is_known(span.name())) else {
            return;
        };
        let mut statement = Statement::default();
        event.record(&mut statement);
        RUN.lock().unwrap_or_else(PoisonError::into_inner).insert((span.name(), words(&statement.text())));
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
