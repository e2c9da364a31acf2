//! The badge of a goal, on the server and in the browser.

use crate::goal_words::{age, start};
use compliance::status::Marker;
use compliance::{Evaluation, Status};

/// The badge of a goal: its status, or when it starts, or that nobody has looked. Green is earned by data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// Decides icon and color.
    pub mark: Mark,
    /// What it says.
    pub label: String,
}

/// The kind of a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The goal starts later.
    Starts,
    /// Nobody has looked, or not lately, at a goal that would otherwise be green.
    Waits,
    /// The goal has this status.
    Status(Status),
}

impl Mark {
    /// All of them.
    pub const ALL: [Mark; 7] = [
        Mark::Starts,
        Mark::Waits,
        Mark::Status(Status::OnTrack),
        Mark::Status(Status::BehindPace),
        Mark::Status(Status::AtRisk),
        Mark::Status(Status::Completed),
        Mark::Status(Status::Missed),
    ];

    /// Returns its name: a status's own, `starts` or `waits`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Mark::Starts => "starts",
            Mark::Waits => "waits",
            Mark::Status(status) => status.name(),
        }
    }

    /// Returns the value of `data-status`, which decides the color.
    #[must_use]
    pub const fn color(self) -> &'static str {
        match self {
            Mark::Starts | Mark::Waits => "none",
            Mark::Status(status) => status.name(),
        }
    }
}

impl Badge {
    /// Returns the badge of an evaluation.
    #[must_use]
    pub fn of(evaluation: &Evaluation) -> Badge {
        if evaluation.advisory.not_yet_started {
            let label = format!("Starts {}", start(evaluation));
            Badge { mark: Mark::Starts, label }
        } else if evaluation.waits_for_data() {
            let label = match evaluation.advisory.scrape_freshness {
                Some(freshness) => format!("Stale: {}", age(freshness.last_collected_at, evaluation.as_of)),
                None => Marker::NoDataYet.label().to_owned(),
            };
            Badge { mark: Mark::Waits, label }
        } else {
            Badge { mark: Mark::Status(evaluation.status), label: evaluation.status.label().to_owned() }
        }
    }
}
