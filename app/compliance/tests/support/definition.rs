//! Misreadings as docs/rules.md defines them, word for word, in quadratic time.

use compliance::Instant;
use compliance::misreading::{Misreading, Source};
use std::collections::BTreeMap;

/// Returns which readings are misreadings; they are in order of time.
pub fn misreadings(readings: &[(Instant, Source, i64)]) -> BTreeMap<Instant, Misreading> {
    let mut wrong = BTreeMap::new();
    for (place, (at, source, b)) in readings.iter().enumerate() {
        let (before, after) = (&readings[..place], &readings[place + 1..]);
        if *b == 0 && before.iter().any(|(.., earlier)| *earlier > 0) {
            wrong.insert(*at, Misreading::Zero);
            continue;
        }
        let a = before.iter().rfind(|(at, of, _)| of == source && !wrong.contains_key(at));
        let c = after.iter().find(|(_, of, value)| of == source && *value != 0);
        let (Some((.., a)), Some((.., c))) = (a, c) else { continue };
        if b * 100 < a * 98 && c * 100 >= a * 99 {
            wrong.insert(*at, Misreading::Dip);
        } else if b * 100 > a * 102 && a * 99 <= c * 100 && c * 100 <= a * 101 {
            wrong.insert(*at, Misreading::Spike);
        }
    }
    wrong
}

/// Returns the readings that await the next one of their source: the last ones below 98 % or above 102 % of the one
/// before. What follows a 0 awaits nothing, since nothing can be within 1 % of it.
pub fn awaiting(readings: &[(Instant, Source, i64)]) -> Vec<Instant> {
    let wrong = misreadings(readings);
    let awaits = |place: usize| {
        let (at, source, b) = &readings[place];
        let is_last = !readings[place + 1..].iter().any(|(_, of, value)| of == source && *value != 0);
        let a = readings[..place].iter().rfind(|(at, of, _)| of == source && !wrong.contains_key(at));
        let a = a.map_or(0, |(.., a)| *a);
        (*b > 0 && a > 0 && is_last && (b * 100 < a * 98 || b * 100 > a * 102)).then_some(*at)
    };
    (0..readings.len()).filter_map(awaits).collect()
}
