//! Ledgers: compute the bookings of facts, and what each fact adds to which local day.
//!
//! A *booking* is one gain at one instant: a post at its publication, the difference between two readings at the later
//! one. Day buckets are sums of bookings per creator, metric and local day. Every change of a ledger returns the change
//! of the buckets, so that they can be kept up to date; [`PostLedger::gains`](post::PostLedger::gains) and
//! [`FollowerLedger::gains`](followers::FollowerLedger::gains) compute them anew from the history, and both must always
//! agree. docs/rules.md, "Actual".

pub mod followers;
pub mod post;

use crate::gains::DayGains;

/// The outcome of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// It was already known; nothing changes.
    Duplicate,
    /// It is new, or corrects an earlier reading of the same instant; the day buckets change by this much.
    Booked(DayGains),
}

/// The reading is not the latest one, so the surrounding readings are needed to compute what it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the history of readings is needed to place an older one")]
pub struct HistoryNeeded;
