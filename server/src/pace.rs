//! Limits how slow a client may be: a client may pause briefly, and earns more time with each byte.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep_until};

/// The slowest rate that is allowed.
#[derive(Debug, Clone, Copy)]
pub struct Slowest {
    /// The longest pause without any bytes.
    pub pause: Duration,
    /// The bytes per second that must be transferred on average beyond that pause.
    pub bytes_per_second: u32,
}

/// Measures one direction of one client's connection.
#[derive(Debug)]
pub struct Pace {
    patience: Patience,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Pace {
    /// Creates a pace with the whole pause left.
    pub fn new(slowest: Slowest) -> Pace {
        Pace { patience: Patience::new(slowest), timer: None }
    }

    /// Polls while waiting for the client; ready once the client has been too slow.
    pub fn poll_too_slow(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if let Some(end) = self.patience.begin(Instant::now()) {
            match &mut self.timer {
                Some(timer) => timer.as_mut().reset(end),
                None => self.timer = Some(Box::pin(sleep_until(end))),
            }
        }
        self.timer.as_mut().map_or(Poll::Pending, |timer| timer.as_mut().poll(context))
    }

    /// Records that the client sent or received this many bytes.
    pub fn moved(&mut self, bytes: usize) {
        self.patience.moved(Instant::now(), bytes);
    }
}

/// The time that is left. Waiting uses it up; each byte adds to it, up to the initial pause.
#[derive(Debug)]
struct Patience {
    slowest: Slowest,
    left: Duration,
    waiting_since: Option<Instant>,
}

impl Patience {
    fn new(slowest: Slowest) -> Patience {
        Patience { slowest, left: slowest.pause, waiting_since: None }
    }

    /// Begins to wait and returns the deadline; `None` if it is already waiting.
    fn begin(&mut self, now: Instant) -> Option<Instant> {
        if self.waiting_since.is_some() {
            return None;
        }
        self.waiting_since = Some(now);
        Some(now + self.left)
    }

    fn moved(&mut self, now: Instant, bytes: usize) {
        if let Some(since) = self.waiting_since.take() {
            self.left = self.left.saturating_sub(now.saturating_duration_since(since));
        }
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let earned = Duration::from_secs(bytes.into()) / self.slowest.bytes_per_second.max(1);
        self.left = self.left.saturating_add(earned).min(self.slowest.pause);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOWEST: Slowest = Slowest { pause: Duration::from_secs(20), bytes_per_second: 1_000 };

    /// Checks how long a client lasts that sends `bytes` every `interval` seconds, for at most a thousand intervals.
    #[track_caller]
    fn lasts(bytes: usize, interval: u64, expected: Option<u64>) {
        let (begun, interval) = (Instant::now(), Duration::from_secs(interval));
        let (mut patience, mut now) = (Patience::new(SLOWEST), begun);
        let ended = (0..1_000).find_map(|_| {
            let end = patience.begin(now).unwrap();
            if end < now + interval {
                return Some((end - begun).as_secs());
            }
            now += interval;
            patience.moved(now, bytes);
            None
        });
        assert_eq!(ended, expected, "{bytes} bytes every {interval:?}");
    }

    #[test]
    fn a_client_must_keep_up_the_slowest_rate_and_may_pause_now_and_then() {
        lasts(0, 1, Some(20));
        lasts(1, 1, Some(20));
        lasts(1, 20, Some(20));
        lasts(500, 1, Some(39));
        lasts(999, 1, None);
        lasts(1_000, 1, None);
        lasts(19_000, 19, None);
        lasts(1_000_000, 21, Some(20));
    }

    #[test]
    fn time_in_which_nobody_waits_does_not_count() {
        let mut patience = Patience::new(SLOWEST);
        let now = Instant::now();
        patience.moved(now + Duration::from_secs(100), 1);
        assert_eq!(patience.begin(now), Some(now + Duration::from_secs(20)));
        assert_eq!(patience.begin(now + Duration::from_secs(1)), None);
    }
}
