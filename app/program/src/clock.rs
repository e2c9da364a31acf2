//! The clock: the only place that reads the system's time.

use compliance::Instant;

/// A source of the current time; a parameter everywhere, so that tests and demos can fix it.
pub trait Clock: Send + Sync + 'static {
    /// Returns the current instant.
    fn now(&self) -> Instant;

    /// Returns whether the time is fixed; pages show that.
    fn is_fixed(&self) -> bool {
        false
    }
}

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn now(&self) -> Instant {
        chrono::Utc::now().into()
    }
}

/// A clock that stands still (`--clock`).
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub Instant);

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        self.0
    }

    fn is_fixed(&self) -> bool {
        true
    }
}
