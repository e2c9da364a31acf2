//! How a goal did over its past periods: its streak, and its best and average attainment. docs/rules.md, "Past periods".

use crate::evaluation::Evaluation;
use crate::status::Status;

/// How a goal did over its past periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TrackRecord {
    /// How many of the latest periods were completed in a row.
    pub streak: u32,
    /// Whether the streak reaches the earliest of the periods, so that it may be longer than what is known.
    pub unbroken: bool,
    /// The highest attainment, in percent.
    pub best: Option<i64>,
    /// The mean attainment, in percent, rounded half up.
    pub average: Option<i64>,
}

impl TrackRecord {
    /// Sums up evaluations of periods, the latest first. Periods that have not ended are left out.
    ///
    /// - Streak: the completed periods since the last one that was missed. A period that awaits data neither continues
    ///   nor breaks it.
    /// - Attainment: the percentages shown, so at least 0, and above 100 for over-delivery. Only periods that were
    ///   collected to their end count, since the number of any other is not complete; a completed one among those is in
    ///   the streak nevertheless.
    pub fn of<'e>(latest_first: impl IntoIterator<Item = &'e Evaluation>) -> TrackRecord {
        let mut record = TrackRecord { unbroken: true, ..TrackRecord::default() };
        let (mut sum, mut count) = (0_i128, 0_i128);
        for period in latest_first.into_iter().filter(|period| period.has_ended()) {
            if period.status == Status::Completed && record.unbroken {
                record.streak = record.streak.saturating_add(1);
            } else if !period.awaiting_data() {
                record.unbroken = record.unbroken && period.status == Status::Completed;
            }
            if period.measured_at.is_some_and(|at| at >= period.window.end) {
                record.best = record.best.max(Some(period.percentage));
                sum += i128::from(period.percentage);
                count += 1;
            }
        }
        record.unbroken = record.unbroken && record.streak > 0;
        record.average = (count > 0).then(|| crate::pace::saturate((2 * sum + count).div_euclid(2 * count.max(1))));
        record
    }
}
