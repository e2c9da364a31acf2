//! Logs who was refused and why, with a limit on the number of lines.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// The period for which the lines are limited.
const WINDOW: Duration = Duration::from_mins(1);
/// The most lines in one window.
const LINES: u32 = 100;
/// The most lines in one window for one client.
const LINES_OF_CLIENT: u32 = 10;

/// The log of refusals. It writes at most [`LINES`] lines a minute, and then how many more refusals there were.
#[derive(Debug, Clone, Default)]
pub struct Refusals(Arc<Mutex<Option<Window>>>);

#[derive(Debug)]
struct Window {
    ends: Instant,
    lines: u32,
    of_client: HashMap<Option<IpAddr>, u32>,
    untold: BTreeMap<&'static str, u64>,
}

/// How a refusal is logged.
#[derive(Debug, PartialEq, Eq)]
enum Logging {
    /// It gets a line of its own.
    Now,
    /// It is counted.
    Counted,
    /// It is the first one counted in a window that ends at this instant.
    CountedFirst(Instant),
}

impl Refusals {
    /// Returns whether this refusal gets a line of its own; otherwise it is counted and summed up later.
    pub fn tell(&self, client: Option<IpAddr>, why: &'static str) -> bool {
        let told = self.note(Instant::now(), client, why);
        if let Logging::CountedFirst(ends) = told {
            let refusals = self.clone();
            tokio::spawn(async move {
                sleep_until(ends).await;
                refusals.sum_up();
            });
        }
        told == Logging::Now
    }

    fn note(&self, now: Instant, client: Option<IpAddr>, why: &'static str) -> Logging {
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The counted refusals are summed up by a task of their own.
        let is_over = window.as_ref().is_none_or(|window| window.ends <= now && window.untold.is_empty());
        if is_over {
            *window = None;
        }
        let window = window.get_or_insert_with(|| Window {
            ends: now + WINDOW,
            lines: 0,
            of_client: HashMap::new(),
            untold: BTreeMap::new(),
        });
        let of_client = window.of_client.get(&client).copied().unwrap_or(0);
        if window.lines < LINES && of_client < LINES_OF_CLIENT {
            window.lines += 1;
            window.of_client.insert(client, of_client + 1);
            return Logging::Now;
        }
        let is_first = window.untold.is_empty();
        *window.untold.entry(why).or_default() += 1;
        if is_first { Logging::CountedFirst(window.ends) } else { Logging::Counted }
    }

    fn sum_up(&self) {
        let window = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        for (why, count) in window.into_iter().flat_map(|window| window.untold) {
            tracing::warn!(why, count, "more requests were refused");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_refusals_writes_few_lines_and_says_how_many_there_were() {
        let (refusals, now) = (Refusals::default(), Instant::now());
        let client = |number: u8| Some(IpAddr::from([192, 0, 2, number]));
        let told = |client, now| refusals.note(now, client, "invalid_api_key");
        let lines = (0..1_000).filter(|_| told(client(1), now) == Logging::Now).count();
        assert_eq!(lines, 10);
        let lines = (0..200).filter(|number| told(client(*number), now) == Logging::Now).count();
        assert_eq!(lines, 90, "others are told of too, up to the limit of all");
        let window = refusals.0.lock().unwrap();
        let window = window.as_ref().unwrap();
        assert_eq!(window.untold["invalid_api_key"], 990 + 110);
        assert!(window.of_client.len() <= 100);
    }

    #[test]
    fn a_new_minute_begins_with_new_lines() {
        let (refusals, now) = (Refusals::default(), Instant::now());
        for _ in 0..10 {
            assert_eq!(refusals.note(now, None, "why"), Logging::Now);
        }
        assert_eq!(refusals.note(now, None, "why"), Logging::CountedFirst(now + WINDOW));
        assert_eq!(refusals.note(now, None, "why"), Logging::Counted);
        refusals.sum_up();
        assert_eq!(refusals.note(now, None, "why"), Logging::Now);
        assert_eq!(refusals.note(now + WINDOW, None, "why"), Logging::Now);
    }
}
