//! Parses instants as files write them: ISO 8601, epochs, dates with the day or the month first, names of months, the
//! dates of RFC 2822, of Go and of JavaScript, and the day numbers of spreadsheets.

mod iso;
mod names;
mod number;
mod terms;
mod written;

pub use terms::DateOrder;
pub(crate) use terms::{Evidence, Near, Terms};

use crate::row_error::Fault;
use compliance::calendar::Zone;
use compliance::cell::cleaned;
use compliance::instant::Instant;

/// Parses an instant, and refuses implausible ones (before 2000, after 2099).
pub(crate) fn parse(text: &str, terms: &Terms) -> Result<Instant, Fault> {
    let text = cleaned(text);
    // Most instants are in this form, which is quick to parse.
    let fault = match iso::parse(&text, iso::Unzoned::In(terms.zone)) {
        Ok(instant) => return Ok(instant),
        Err(fault) if fault.code == "implausible_instant" && number::parse(&text, terms.zone).is_none() => {
            return Err(fault);
        }
        Err(fault) => fault,
    };
    let read = match number::parse(&text, terms.zone) {
        Some(read) => read?,
        None => match written::parse(&text) {
            Some(date) => date.instant(&text, terms)?,
            None => return Err(fault),
        },
    };
    if read.is_plausible() { Ok(read) } else { Err(iso::implausible(&text)) }
}

/// Parses an instant of the API: ISO 8601 with an offset, or an epoch.
pub(crate) fn parse_exact(text: &str) -> Result<Instant, Fault> {
    iso::parse(text, iso::Unzoned::Refused)
}

/// Returns what a value says about the order of day and month; `None` if nothing.
pub(crate) fn evidence(text: &str) -> Option<Evidence> {
    let text = cleaned(text);
    if iso::parse(&text, iso::Unzoned::In(Zone::UTC)).is_ok() || number::parse(&text, Zone::UTC).is_some() {
        return None;
    }
    written::parse(&text)?.evidence()
}

/// Returns whether a value is a date without a year.
pub(crate) fn lacks_year(text: &str) -> bool {
    written::parse(&cleaned(text)).is_some_and(|date| date.lacks_year())
}

/// Returns whether a value is a date or clock time that names no zone, so that it depends on one.
pub(crate) fn lacks_zone(text: &str) -> bool {
    let at = |zone| parse(text, &Terms { zone, order: Some(DateOrder::DayFirst), near: None });
    let east = Zone::parse("Etc/GMT-14");
    east.is_ok_and(|east| at(Zone::UTC).is_ok_and(|utc| at(east) != Ok(utc)))
}

/// Returns whether a value is an instant, whatever order its day and month have.
pub(crate) fn is_moment(value: &str) -> bool {
    evidence(value).is_some() || lacks_year(value) || parse(value, &Terms::utc()).is_ok()
}

#[cfg(test)]
mod tests;
