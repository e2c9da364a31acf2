use super::*;
use rstest::rstest;

fn seoul() -> Terms {
    Terms { zone: Zone::parse("Asia/Seoul").unwrap(), ..Terms::utc() }
}

#[track_caller]
fn check(text: &str, terms: &Terms, expected: &str) {
    assert_eq!(parse(text, terms), Ok(parse_exact(expected).unwrap()), "{text}");
}

#[rstest]
#[case("16.11.2026 09:00", "2026-11-16T09:00:00Z")]
#[case("16.11.2026", "2026-11-16T00:00:00Z")]
#[case("1.2.2026", "2026-02-01T00:00:00Z")]
#[case("16.11.26 9.30 Uhr", "2026-11-16T09:30:00Z")]
#[case("16.11.2026, 09:00:30", "2026-11-16T09:00:30Z")]
#[case("11/16/2026 9:00", "2026-11-16T09:00:00Z")]
#[case("16/11/2026", "2026-11-16T00:00:00Z")]
#[case("11/16/26 9:05 PM", "2026-11-16T21:05:00Z")]
#[case("16-11-2026", "2026-11-16T00:00:00Z")]
#[case("11/11/2026", "2026-11-11T00:00:00Z")]
#[case("2026-1-6 09:00", "2026-01-06T09:00:00Z")]
#[case("2026.11.16", "2026-11-16T00:00:00Z")]
#[case("16-Nov-2026", "2026-11-16T00:00:00Z")]
#[case("Nov 16, 2026", "2026-11-16T00:00:00Z")]
#[case("November 16th, 2026 at 9 a.m.", "2026-11-16T09:00:00Z")]
#[case("Nov 18, 2026, 10:00\u{202f}AM", "2026-11-18T10:00:00Z")]
#[case("16. November 2026 um 09:00 Uhr", "2026-11-16T09:00:00Z")]
#[case("16. März 2026", "2026-03-16T00:00:00Z")]
#[case("16 févr. 2026", "2026-02-16T00:00:00Z")]
#[case("16 de mayo de 2026", "2026-05-16T00:00:00Z")]
#[case("Mon Nov 16 09:00:00 +0000 2026", "2026-11-16T09:00:00Z")]
#[case("Mon Nov 16 2026 10:00:00 GMT+0100 (Central European Standard Time)", "2026-11-16T09:00:00Z")]
#[case("Wed, 18 Nov 2026 10:00:00 GMT", "2026-11-18T10:00:00Z")]
#[case("Wed, 18 Nov 2026 02:00:00 PST", "2026-11-18T10:00:00Z")]
#[case("16 Nov 2026 09:00", "2026-11-16T09:00:00Z")]
#[case("2026-11-18 10:00:00 AM", "2026-11-18T10:00:00Z")]
#[case("2026-11-16 09:00:00 PM", "2026-11-16T21:00:00Z")]
#[case("2026-11-16 12:00 AM", "2026-11-16T00:00:00Z")]
#[case("2026-11-16 12:00 PM", "2026-11-16T12:00:00Z")]
#[case("2026-11-16T09:00Z", "2026-11-16T09:00:00Z")]
#[case("2026-11-16T09:00:00+0000", "2026-11-16T09:00:00Z")]
#[case("2026-11-16 09:00:00 +0000", "2026-11-16T09:00:00Z")]
#[case("2026-11-16 09:00:00 +0000 UTC", "2026-11-16T09:00:00Z")]
#[case("2026-11-16 10:00:00.123456789 +0100 CET", "2026-11-16T09:00:00.123Z")]
#[case("20261116T090000Z", "2026-11-16T09:00:00Z")]
#[case("20261116T0900", "2026-11-16T09:00:00Z")]
#[case("1794819600000", "2026-11-16T09:00:00Z")]
#[case("1794819600.0", "2026-11-16T09:00:00Z")]
#[case("1.7948196E9", "2026-11-16T09:00:00Z")]
#[case("1.7948196E12", "2026-11-16T09:00:00Z")]
#[case("1794819600000000", "2026-11-16T09:00:00Z")]
#[case("1794819600000000000", "2026-11-16T09:00:00Z")]
#[case("2026-11-16 24:00:00", "2026-11-17T00:00:00Z")]
#[case("2026-11-16T09:00:00Z[UTC]", "2026-11-16T09:00:00Z")]
#[case("2026-11-16T10:00:00+01:00[Europe/Berlin]", "2026-11-16T09:00:00Z")]
#[case("2026-11-16 09:00:00 GMT", "2026-11-16T09:00:00Z")]
#[case("2026-11-16T09:00:00.000Z", "2026-11-16T09:00:00Z")]
#[case("2026-11-16 9:00", "2026-11-16T09:00:00Z")]
#[case("2026-11-16, 09:00", "2026-11-16T09:00:00Z")]
#[case("46342.375", "2026-11-16T09:00:00Z")]
#[case("46342,375", "2026-11-16T09:00:00Z")]
#[case("46342", "2026-11-16T00:00:00Z")]
#[case("46342.3958333333", "2026-11-16T09:30:00Z")]
#[case("'2026-11-16 09:00", "2026-11-16T09:00:00Z")]
#[case("\u{200e}2026-11-16\u{a0}09:00", "2026-11-16T09:00:00Z")]
fn an_instant_with_one_meaning_is_read(#[case] text: &str, #[case] expected: &str) {
    check(text, &Terms::utc(), expected);
}

#[rstest]
#[case("16.11.2026 09:00", "2026-11-16T00:00:00Z")]
#[case("46342.375", "2026-11-16T00:00:00Z")]
#[case("Nov 16, 2026", "2026-11-15T15:00:00Z")]
#[case("2026-11-16 09:00:00 +0000 UTC", "2026-11-16T09:00:00Z")]
fn what_names_no_zone_is_in_that_of_the_file(#[case] text: &str, #[case] expected: &str) {
    check(text, &seoul(), expected);
}

#[rstest]
#[case("3/4/2026", DateOrder::DayFirst, "2026-04-03T00:00:00Z")]
#[case("3/4/2026", DateOrder::MonthFirst, "2026-03-04T00:00:00Z")]
#[case("3.4.2026", DateOrder::MonthFirst, "2026-04-03T00:00:00Z")]
#[case("3-4-2026 10:00", DateOrder::MonthFirst, "2026-03-04T10:00:00Z")]
fn the_order_of_a_file_settles_its_open_dates(#[case] text: &str, #[case] order: DateOrder, #[case] expected: &str) {
    check(text, &Terms { order: Some(order), ..Terms::utc() }, expected);
}

#[rstest]
#[case("3/4/2026", Some(Evidence::Open))]
#[case("16/11/2026 09:00", Some(Evidence::Proves(DateOrder::DayFirst)))]
#[case("11/16/2026 9:00 AM", Some(Evidence::Proves(DateOrder::MonthFirst)))]
#[case("4/4/2026", None)]
#[case("16.11.2026", None)]
#[case("2026-11-16", None)]
#[case("46342.375", None)]
#[case("soon", None)]
fn a_date_says_something_about_the_order_or_nothing(#[case] text: &str, #[case] expected: Option<Evidence>) {
    assert_eq!(evidence(text), expected);
}

#[rstest]
#[case("November 16", "2026-11-18T10:00:00Z", "2026-11-16T00:00:00Z")]
#[case("Nov 18", "2026-11-18T10:00:00Z", "2026-11-18T00:00:00Z")]
#[case("Dec 30", "2026-01-02T10:00:00Z", "2025-12-30T00:00:00Z")]
#[case("30.12.", "2026-01-02T10:00:00Z", "2025-12-30T00:00:00Z")]
#[case("12/30", "2026-01-02T10:00:00Z", "2025-12-30T00:00:00Z")]
#[case("29 Feb", "2027-01-02T10:00:00Z", "2024-02-29T00:00:00Z")]
fn a_date_without_a_year_is_the_latest_that_is_not_ahead(#[case] text: &str, #[case] at: &str, #[case] expected: &str) {
    let near = Some(Near::NotAfter(parse_exact(at).unwrap()));
    check(text, &Terms { near, ..Terms::utc() }, expected);
}

#[test]
fn a_date_without_a_year_is_closest_to_a_known_instant() {
    let near = Some(Near::Closest(parse_exact("2026-01-01T00:00:30Z").unwrap()));
    check("December 31", &Terms { near, ..Terms::utc() }, "2025-12-31T00:00:00Z");
    check("January 1", &Terms { near, ..Terms::utc() }, "2026-01-01T00:00:00Z");
}

#[rstest]
#[case("3/4/2026", "open_date")]
#[case("November 16", "date_without_year")]
#[case("1.79482E+09", "invalid_instant")]
#[case("31.02.2026", "invalid_instant")]
#[case("13/13/2026", "invalid_instant")]
#[case("26-11-16", "invalid_instant")]
#[case("2026-11-16 13:00 AM", "invalid_instant")]
#[case("2026-11-16 25:00", "invalid_instant")]
#[case("Smarch 16, 2026", "invalid_instant")]
#[case("16.11.1901", "implausible_instant")]
#[case("16.11.99999", "invalid_instant")]
#[case("99999999999999999999", "invalid_instant")]
#[case("tomorrow", "invalid_instant")]
#[case("3 days ago", "invalid_instant")]
#[case("12:00", "invalid_instant")]
#[case("", "invalid_instant")]
#[case("-", "invalid_instant")]
fn an_instant_that_has_no_single_meaning_is_refused_with_the_reason(#[case] text: &str, #[case] code: &str) {
    assert_eq!(parse(text, &Terms::utc()).unwrap_err().code, code, "{text}");
}

#[test]
fn no_text_makes_it_panic() {
    for text in
        ["1:", ":1", "1/1/", "é1.2.3", "1.1.1.1.1", "9999-99-99T99:99", "٣/٤/٢٠٢٦", "2026-11-16T", "1e99", "1e", "e9"]
    {
        let _ = parse(text, &Terms::utc());
        let _ = evidence(text);
    }
}
