//! Exact ratios and roundings, against arithmetic in wide integers.

use crate::cases;
use compliance::pace::{Hundredths, Ratio, Tenths, percentage};
use proptest::prelude::*;

/// Numbers small enough to multiply in 128 bits; small ones more often, so that ratios tie.
fn numerator() -> impl Strategy<Value = i128> {
    prop_oneof![-20..20_i128, i128::from(i64::MIN)..i128::from(i64::MAX)]
}

fn denominator() -> impl Strategy<Value = i128> {
    prop_oneof![1..20_i128, 1..i128::from(i64::MAX)]
}

fn ratio(numerator: i128, denominator: i128) -> Ratio {
    Ratio::new(numerator, denominator).expect("a positive denominator")
}

fn any_ratio() -> impl Strategy<Value = Ratio> {
    prop_oneof![
        (numerator(), denominator()).prop_map(|(n, d)| ratio(n, d)),
        (any::<i128>(), 1..i128::MAX).prop_map(|(n, d)| ratio(n, d)),
    ]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn ratios_are_ordered_as_cross_multiplication_says(
        (a, b) in (numerator(), denominator()),
        (c, d) in (numerator(), denominator()),
    ) {
        prop_assert_eq!(ratio(a, b).cmp(&ratio(c, d)), (a * d).cmp(&(c * b)));
        prop_assert_eq!(ratio(a, b) == ratio(c, d), a * d == c * b);
    }

    #[test]
    fn a_ratio_equals_itself_extended((a, b) in (numerator(), denominator()), factor in 1..1_000_000_i128) {
        prop_assert_eq!(ratio(a, b), ratio(a * factor, b * factor));
    }

    #[test]
    fn the_order_of_ratios_is_total(x in any_ratio(), y in any_ratio(), z in any_ratio()) {
        prop_assert_eq!(x.cmp(&y), y.cmp(&x).reverse());
        prop_assert_eq!(x.cmp(&x), std::cmp::Ordering::Equal);
        let mut sorted = [x, y, z];
        sorted.sort();
        prop_assert!(sorted[0] <= sorted[1] && sorted[1] <= sorted[2] && sorted[0] <= sorted[2]);
    }

    #[test]
    fn percent_is_floored_exactly((a, b) in (numerator(), denominator()), percent in 0..300_u32) {
        let floor = ratio(a, b).percent_floor();
        if floor > i64::MIN && floor < i64::MAX {
            prop_assert!(i128::from(floor) * b <= a * 100 && a * 100 < (i128::from(floor) + 1) * b);
        }
        prop_assert_eq!(ratio(a, b).is_at_least_percent(percent), floor >= i64::from(percent));
    }

    #[test]
    fn decimals_enclose_the_exact_value(n in -1_000_000_000_000_i128..1_000_000_000_000, d in 1..1_000_000_i128) {
        let (below, above) = (i128::from(Tenths::floor(n, d).units()), i128::from(Tenths::ceil(n, d).units()));
        prop_assert!(below * d <= n * 10 && n * 10 < (below + 1) * d);
        prop_assert!(above * d >= n * 10 && n * 10 > (above - 1) * d);
        let hundredths = i128::from(Hundredths::floor(n, d).units());
        prop_assert!(hundredths * d <= n * 100 && n * 100 < (hundredths + 1) * d);
    }

    #[test]
    fn percentage_says_100_or_more_exactly_when_the_target_is_met(
        target in 1..=1_000_000_000_000_i64,
        missing in -1000..1000_i64,
    ) {
        let actual = target - missing;
        prop_assert_eq!(percentage(actual, target) >= 100, actual >= target);
    }

    #[test]
    fn percentage_never_falls_when_the_actual_rises(
        target in 1..10_000_i64,
        actual in -10_000..20_000_i64,
        more in 0..100_i64,
    ) {
        let (before, after) = (percentage(actual, target), percentage(actual + more, target));
        prop_assert!(0 <= before && before <= after);
        let exact = 100 * i128::from(actual);
        if before != 99 && before > 0 {
            let distance = (2 * (i128::from(before) * i128::from(target) - exact)).abs();
            prop_assert!(distance <= i128::from(target), "rounded to the nearest");
        }
    }
}
