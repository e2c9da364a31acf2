//! Exact ratios and the numbers shown to people. docs/rules.md, "Status" and "Numbers".

use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;

/// A ratio of integers with a positive denominator, compared exactly.
#[derive(Debug, Clone, Copy)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// Returns `numerator ÷ denominator`; `None` unless the denominator is positive.
    pub const fn new(numerator: i128, denominator: i128) -> Option<Ratio> {
        if denominator > 0 { Some(Ratio { numerator, denominator }) } else { None }
    }

    /// Returns the ratio in percent, rounded down.
    pub fn percent_floor(self) -> i64 {
        saturate((self.numerator.saturating_mul(100)).div_euclid(self.denominator))
    }

    /// Returns the ratio, rounded down.
    pub fn floor(self) -> i64 {
        saturate(self.numerator.div_euclid(self.denominator))
    }

    /// Returns whether the ratio is at least `percent` %, by cross-multiplication: 69.99 % is never 70 %.
    pub fn is_at_least_percent(self, percent: u32) -> bool {
        self.numerator.saturating_mul(100) >= self.denominator.saturating_mul(i128::from(percent))
    }
}

/// Compares as in Euclid's algorithm, by whole parts and then by remainders, so that nothing can overflow.
impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b, mut c, mut d) = (self.numerator, self.denominator, other.numerator, other.denominator);
        let mut turned = false;
        loop {
            let ordering = a.div_euclid(b).cmp(&c.div_euclid(d));
            let (left, right) = (a.rem_euclid(b), c.rem_euclid(d));
            let decided = if ordering != Ordering::Equal {
                Some(ordering)
            } else if left == 0 || right == 0 {
                Some(left.cmp(&0).cmp(&right.cmp(&0)))
            } else {
                None
            };
            if let Some(ordering) = decided {
                return if turned { ordering.reverse() } else { ordering };
            }
            // left/b < right/d  <=>  b/left > d/right
            (a, b, c, d) = (b, left, d, right);
            turned = !turned;
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

/// The progress towards a target over a period of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// target × share elapsed, rounded down to two decimals.
    pub expected: Hundredths,
    /// actual ÷ expected; `None` while nothing is expected.
    pub pace: Option<Ratio>,
    /// actual ÷ share elapsed; `None` while nothing has elapsed.
    pub projected: Option<Ratio>,
}

impl Progress {
    /// Returns the progress after `elapsed` of `whole` milliseconds (`elapsed` is clamped; `whole` must be more than
    /// 0).
    pub fn of(target: i64, actual: i64, elapsed: i64, whole: i64) -> Progress {
        let (whole, elapsed) = (i128::from(whole.max(1)), i128::from(elapsed.clamp(0, whole.max(1))));
        // expected = target × elapsed ÷ whole; pace = actual ÷ expected; projected = actual ÷ (elapsed ÷ whole).
        let due = i128::from(target) * elapsed;
        Progress {
            expected: Hundredths::floor(due, whole),
            pace: Ratio::new(i128::from(actual) * whole, due),
            projected: Ratio::new(i128::from(actual) * whole, elapsed),
        }
    }
}

/// A decimal number with `PLACES` places, stored exactly as an integer. It is a JSON number on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal<const PLACES: u32>(i64);

/// A number with one decimal.
pub type Tenths = Decimal<1>;
/// A number with two decimals.
pub type Hundredths = Decimal<2>;

impl<const PLACES: u32> Decimal<PLACES> {
    const SCALE: i64 = 10_i64.pow(PLACES);

    /// Returns the number of `units` of the last place: `Tenths::from_units(24)` is 2.4.
    pub const fn from_units(units: i64) -> Self {
        Decimal(units)
    }

    /// Returns the number in units of the last place: 2.4 has 24 tenths.
    pub const fn units(self) -> i64 {
        self.0
    }

    /// Returns `numerator ÷ denominator` rounded down; 0 unless the denominator is positive.
    pub fn floor(numerator: i128, denominator: i128) -> Self {
        Self::divide(numerator, denominator, 0)
    }

    /// Returns `numerator ÷ denominator` rounded up; 0 unless the denominator is positive.
    pub fn ceil(numerator: i128, denominator: i128) -> Self {
        Self::divide(numerator, denominator, denominator - 1)
    }

    fn divide(numerator: i128, denominator: i128, round: i128) -> Self {
        if denominator <= 0 {
            return Decimal(0);
        }
        let scaled = numerator.saturating_mul(i128::from(Self::SCALE)).saturating_add(round);
        Decimal(saturate(scaled.div_euclid(denominator)))
    }
}

/// Leaves out trailing zeros: 2.4, 5, 5.36.
impl<const PLACES: u32> fmt::Display for Decimal<PLACES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, mut part) =
            (self.0.unsigned_abs() / Self::SCALE.unsigned_abs(), self.0.unsigned_abs() % Self::SCALE.unsigned_abs());
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let mut places = PLACES as usize;
        while part.is_multiple_of(10) {
            part /= 10;
            places -= 1;
        }
        write!(f, "{sign}{whole}.{part:0places$}")
    }
}

impl<const PLACES: u32> Serialize for Decimal<PLACES> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[expect(clippy::cast_precision_loss, reason = "JSON numbers are doubles; shown values stay far below 2^53")]
        serializer.serialize_f64(self.0 as f64 / Self::SCALE as f64)
    }
}

/// Returns `actual` ÷ `target` in percent as shown: rounded half up, at least 0, and 99 instead of 100 if the target is
/// not met. `target` is at least 1.
pub fn percentage(actual: i64, target: i64) -> i64 {
    let (actual_, target_) = (i128::from(actual), i128::from(target.max(1)));
    let rounded = (200 * actual_ + target_).div_euclid(2 * target_).max(0);
    if actual < target { saturate(rounded.min(99)) } else { saturate(rounded) }
}

/// Returns the number, clamped to the range of `i64`.
pub(crate) fn saturate(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}
