//! How the instants of a file are read, and what its values say about that.

use crate::excerpt::excerpt;
use crate::row_error::Fault;
use compliance::calendar::Zone;
use compliance::instant::Instant;
use compliance::named;

/// Which comes first in a date such as `3/4/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// The day: 3 April.
    DayFirst,
    /// The month: March 4.
    MonthFirst,
}

named!(DateOrder { DayFirst: "dmy", MonthFirst: "mdy" });

/// How the instants of a file are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms {
    /// The zone of dates and clock times without an offset; a date alone is the start of that local day.
    pub zone: Zone,
    /// Which comes first in dates of numbers, if the file or a person says.
    pub order: Option<DateOrder>,
    /// The instant that a date without a year is assumed to be near.
    pub near: Option<Near>,
}

/// What a date without a year is near to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Near {
    /// The latest such date that is not after this instant.
    NotAfter(Instant),
    /// The date that is closest to this instant.
    Closest(Instant),
}

impl Terms {
    pub fn utc() -> Terms {
        Terms { zone: Zone::UTC, order: None, near: None }
    }
}

/// What a value says about the order of day and month in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// It has one meaning, in this order.
    Proves(DateOrder),
    /// It could be either.
    Open,
}

/// Returns the fault of a value that is no instant.
pub(super) fn unreadable(text: &str) -> Fault {
    let reason = format!("“{}” is not an instant; write it as 2026-04-15T04:17:03Z or 2026-04-15.", excerpt(text));
    Fault::new("invalid_instant", reason)
}
