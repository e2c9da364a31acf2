//! How large numbers may be, and why no sum of them overflows 64 bits.
//!
//! Three bounds hold for everything that comes from outside: a counter, a follower count and a target are at most
//! [`MAX_COUNT`], and a creator has at most [`MAX_POSTS`] posts. The rest follows:
//!
//! - Bookings are differences between one reading and the next. Over any stretch of time they telescope: what a post
//!   gains of one counter is the difference of two of its readings, so at most `MAX_COUNT` either way, however many
//!   readings and days lie between. Engagement adds up four counters, followers are one.
//! - So over any stretch of days, from one day to all time, one creator gains at most
//!   `4 × MAX_POSTS × MAX_COUNT` = [`MAX_GAIN`] = 4 × 10^18 of a metric, either way. An `i64` holds more than twice that, so a
//!   *change* of a day bucket, the difference of two such sums, fits too.
//! - This is true of every set of facts. A late reading, a correction, a review decision, another tracking start or time
//!   zone can therefore not make a bucket overflow, and there is one fact to refuse: a post beyond `MAX_POSTS`.
//! - A sum over several creators has no such bound. [`Gains`](crate::gains::Gains) saturate at the ends of an `i64`
//!   instead of turning negative: 100,000 creators get there with 9.2 × 10^13 each.
//! - Ratios are multiplied in `i128`: `MAX_GAIN` × the milliseconds of 200 years × 100 is less than 10^34 of 1.7 × 10^38.
//!
//! The store has the same bounds as constraints of its columns, so that a bug causes an error instead of bad data.

/// The largest accepted counter, follower count and target: a million millions, hundreds of times what any post has.
pub const MAX_COUNT: i64 = 1_000_000_000_000;

/// The most posts that one creator may have.
pub const MAX_POSTS: i64 = 1_000_000;

/// The most that one creator can gain or lose of a metric, over any range of days.
pub const MAX_GAIN: i64 = 4 * MAX_POSTS * MAX_COUNT;

// A change of a day bucket is the difference of two gains.
const _: () = assert!(MAX_GAIN <= i64::MAX / 2);

/// Returns whether a counter or a follower count is in the accepted range.
#[must_use]
pub const fn is_count(value: i64) -> bool {
    0 <= value && value <= MAX_COUNT
}
