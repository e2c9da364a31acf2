//! How fields of a body are parsed: whole numbers that may have a point, and fields that may be null or left out.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// Parses a whole number, which may be written as `15.0`.
pub fn whole<'de, T: TryFrom<i64>, D: Deserializer<'de>>(number: D) -> Result<T, D::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let number = serde_json::Number::deserialize(number)?;
    let refused = || D::Error::custom(format!("{number} is not a whole number that fits here"));
    #[expect(clippy::cast_possible_truncation, reason = "whole and within what a double holds exactly")]
    let from_float = |float: f64| (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64);
    let integer = number.as_i64().or_else(|| number.as_f64().and_then(from_float)).ok_or_else(refused)?;
    T::try_from(integer).map_err(|_| refused())
}

/// Parses an optional number as [`whole`] does.
pub fn maybe_whole<'de, T: TryFrom<i64>, D: Deserializer<'de>>(number: D) -> Result<Option<T>, D::Error> {
    struct Whole<T>(T);
    impl<'de, T: TryFrom<i64>> Deserialize<'de> for Whole<T> {
        fn deserialize<D: Deserializer<'de>>(number: D) -> Result<Self, D::Error> {
            whole(number).map(Whole)
        }
    }
    Ok(Option::<Whole<T>>::deserialize(number)?.map(|Whole(number)| number))
}

/// Parses an optional number as [`whole`] does, and distinguishes `null` from a field that is left out.
#[expect(clippy::option_option, reason = "null takes away, leaving out keeps")]
pub fn maybe_whole_or_null<'de, D: Deserializer<'de>>(number: D) -> Result<Option<Option<i64>>, D::Error> {
    maybe_whole(number).map(Some)
}

/// Distinguishes `null` from a field that is left out.
#[expect(clippy::option_option, reason = "null takes away, leaving out keeps")]
pub fn given<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(value).map(Some)
}
