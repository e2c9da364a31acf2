//! Parsing what people type: every field at fault is named, and nothing unclear is guessed.

use crate::case::date;
use compliance::fact::Handle;
use compliance::goal_form::{GoalErrors, GoalForm, NewGoal, parse_date, parse_target};
use compliance::metric::Metric;
use compliance::period::Cadence;
use rstest::rstest;

const AT_LEAST: &str = "The target must be at least 1.";
const AT_MOST: &str = "The target may be at most 1,000,000,000,000.";

#[rstest]
#[case::plain("15", 15)]
#[case::one("1", 1)]
#[case::spaces_around("  15 ", 15)]
#[case::leading_zeros("0015", 15)]
#[case::thousands("50,000", 50_000)]
#[case::thousands_with_points("10.000", 10_000)]
#[case::three_digits_make_a_thousand("1.500", 1_500)]
#[case::millions("1,000,000", 1_000_000)]
#[case::millions_with_points("1.000.000", 1_000_000)]
#[case::spaces_between("50 000", 50_000)]
#[case::no_break_spaces_between("50\u{a0}000", 50_000)]
#[case::thin_spaces_between("50\u{2009}000", 50_000)]
#[case::narrow_spaces_between("50\u{202f}000", 50_000)]
#[case::apostrophes_between("50'000", 50_000)]
#[case::ends_in_k("10k", 10_000)]
#[case::ends_in_a_large_k("10 K", 10_000)]
#[case::half_a_thousand_more("1.5k", 1_500)]
#[case::with_a_comma("1,5k", 1_500)]
#[case::part_of_a_thousand("0.5k", 500)]
#[case::part_of_a_million("1.2345m", 1_234_500)]
#[case::ends_in_m("2M", 2_000_000)]
#[case::grouped_thousands("1,000,000k", 1_000_000_000)]
#[case::fraction_of_nothing("15.0", 15)]
#[case::grouped_with_cents("10,000.00", 10_000)]
#[case::grouped_with_points_and_cents("10.000,00", 10_000)]
#[case::largest("1000000000000", 1_000_000_000_000)]
#[case::largest_with_separators("1,000,000,000,000", 1_000_000_000_000)]
#[case::largest_in_millions("1000000m", 1_000_000_000_000)]
fn a_target_is_read_as_people_write_it(#[case] text: &str, #[case] expected: i64) {
    assert_eq!(parse_target(text), Ok(expected));
}

#[rstest]
#[case::above_the_largest("1000000000001")]
#[case::above_the_largest_in_millions("1000001m")]
#[case::beyond_64_bits("10000000000000000000")]
#[case::beyond_any_bits("99999999999999999999999999999999999999999999")]
#[case::beyond_any_bits_in_thousands("99999999999999999999999999999999999999999999k")]
fn a_target_that_is_too_large_is_refused(#[case] text: &str) {
    assert_eq!(parse_target(text), Err(AT_MOST.to_owned()));
}

#[rstest]
#[case::zero("0")]
#[case::no_thousands("0k")]
#[case::negative("-5")]
#[case::negative_with_a_real_minus("−5")]
#[case::negative_beyond_64_bits("-10000000000000000000")]
fn a_target_below_1_is_refused(#[case] text: &str) {
    assert_eq!(parse_target(text), Err(AT_LEAST.to_owned()));
}

#[rstest]
#[case::fraction("1.5")]
#[case::fraction_with_a_comma("1,5")]
#[case::small_fraction("0.500")]
#[case::negative_fraction("-1.5")]
#[case::fraction_of_a_thousand("1.2345k")]
#[case::wrong_groups("5,00,000")]
#[case::group_too_long("1234,567")]
#[case::mixed_groups("1,000 000")]
#[case::leading_separator(",500")]
#[case::trailing_separator("500,")]
#[case::words("15 posts")]
#[case::exponent("1e5")]
#[case::hexadecimal("0x10")]
#[case::two_letters("10kk")]
#[case::a_letter_only("k")]
#[case::signs_only("--5")]
#[case::minus_only("-")]
#[case::letters_of_three_bytes("1,€")]
#[case::other_digits("٤٢")]
fn what_is_no_whole_number_is_named(#[case] text: &str) {
    assert_eq!(parse_target(text), Err(format!("{text} is not a whole number. Enter one such as 15 or 10k.")));
}

#[rstest]
#[case::thousands_or_a_fraction_of_thousands("1.500k")]
#[case::the_same_with_a_comma("1,500k")]
#[case::the_same_in_millions("1.234m")]
#[case::two_kinds_before_three_digits("1,000.000")]
fn what_can_be_read_in_two_ways_is_named(#[case] text: &str) {
    assert_eq!(parse_target(text), Err(format!("{text} can be read in two ways. Write out every digit.")));
}

#[test]
fn a_long_text_is_named_by_its_beginning() {
    let error = parse_target(&"é".repeat(1_000)).expect_err("no number");
    assert!(error.starts_with(&format!("{}… is not", "é".repeat(24))), "{error}");
    for empty in ["", "   "] {
        assert_eq!(parse_target(empty), Err("Enter a target.".to_owned()));
    }
}

const FORM: &str = "Enter a date as YYYY-MM-DD, such as 2026-05-01.";
const RANGE: &str = "Choose a date between 2000 and 2099.";
const NO_SUCH: &str = "This date does not exist.";

#[rstest]
#[case::plain("2026-05-04", Ok("2026-05-04"))]
#[case::spaces_around(" 2026-05-04 ", Ok("2026-05-04"))]
#[case::leap_day("2028-02-29", Ok("2028-02-29"))]
#[case::no_leap_day("2026-02-29", Err(NO_SUCH))]
#[case::thirty_first_of_april("2026-04-31", Err(NO_SUCH))]
#[case::month_thirteen("2026-13-01", Err(NO_SUCH))]
#[case::day_zero("2026-05-00", Err(NO_SUCH))]
#[case::first("2000-01-01", Ok("2000-01-01"))]
#[case::before_the_first("1999-12-31", Err(RANGE))]
#[case::last("2099-12-31", Ok("2099-12-31"))]
#[case::after_the_last("2100-01-01", Err(RANGE))]
#[case::year_9999("9999-12-31", Err(RANGE))]
#[case::year_10000("10000-01-01", Err(FORM))]
#[case::short("2026-5-4", Err(FORM))]
#[case::other_order("04-05-2026", Err(FORM))]
#[case::slashes("2026/05/04", Err(FORM))]
#[case::with_time("2026-05-04T00:00", Err(FORM))]
#[case::too_long("2026-05-04-01", Err(FORM))]
#[case::signs("2026-+5-04", Err(FORM))]
#[case::words("tomorrow", Err(FORM))]
#[case::empty("", Err(FORM))]
fn a_date_is_written_year_month_day(#[case] text: &str, #[case] expected: Result<&str, &str>) {
    assert_eq!(parse_date(text), expected.map(date));
}

fn form() -> GoalForm {
    let [metric, period, target_value] = ["posts", "weekly", "15"].map(str::to_owned);
    GoalForm { metric, period, target_value, ..GoalForm::default() }
}

fn dated(start: &str, end: &str) -> GoalForm {
    GoalForm { start_date: start.to_owned(), end_date: end.to_owned(), ..form() }
}

#[track_caller]
fn check_errors(form: &GoalForm, expected: &[(&str, &str)]) {
    let errors = NewGoal::parse(form).expect_err("the form has fields at fault");
    assert!(!errors.is_empty());
    let found: Vec<_> = errors.by_field().filter_map(|(field, message)| Some((field, message?))).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_form_in_order_is_a_new_active_goal() {
    let goal = NewGoal::parse(&dated("2026-05-04", "2026-05-04")).expect("one day is a range");
    assert_eq!((goal.metric, goal.cadence), (Metric::Posts, Cadence::Weekly));
    assert_eq!((goal.terms.target_value, goal.terms.is_active), (15, true));
    assert_eq!(goal.terms.start_date, Some(date("2026-05-04")));
    assert_eq!(goal.terms.end_date, Some(date("2026-05-04")));
    let open = NewGoal::parse(&form()).expect("dates may be left out");
    assert_eq!((open.terms.start_date, open.terms.end_date), (None, None));
    assert!(NewGoal::parse(&dated("2026-05-04", " ")).is_ok_and(|goal| goal.terms.end_date.is_none()));
}

#[test]
fn every_field_at_fault_is_named_at_once() {
    let nothing_right = GoalForm {
        metric: "likes".to_owned(),
        period: "yearly".to_owned(),
        target_value: "15 posts".to_owned(),
        start_date: "2026-02-30".to_owned(),
        end_date: "2100-01-01".to_owned(),
    };
    let expected = [
        ("metric", "Choose what to measure."),
        ("target_value", "15 posts is not a whole number. Enter one such as 15 or 10k."),
        ("period", "Choose how often."),
        ("start_date", NO_SUCH),
        ("end_date", RANGE),
    ];
    check_errors(&nothing_right, &expected);
    check_errors(&GoalForm::default(), &[expected[0], ("target_value", "Enter a target."), expected[2]]);
}

#[test]
fn an_end_before_the_start_is_named_at_the_end() {
    let at_the_end = [("end_date", "The end date is before the start date.")];
    check_errors(&dated("2026-05-04", "2026-05-03"), &at_the_end);
    let also_no_target = GoalForm { target_value: "0".to_owned(), ..dated("2026-05-04", "2026-05-03") };
    check_errors(&also_no_target, &[("target_value", AT_LEAST), at_the_end[0]]);
}

#[test]
fn a_second_goal_over_the_same_dates_is_named_at_the_period() {
    let errors = GoalErrors::overlaps(Metric::Posts, Cadence::Weekly);
    assert!(errors.period.as_ref().is_some_and(|message| message.contains("weekly posts goal")), "{errors:?}");
    assert!(GoalErrors::default().is_empty() && !errors.is_empty());
}

#[rstest]
#[case::bare("mara.makes", Some("mara.makes"))]
#[case::at_sign_and_case(" @Mara_Makes ", Some("mara_makes"))]
#[case::hyphen("a-b", Some("a-b"))]
#[case::longest(
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl",
    Some("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl")
)]
#[case::too_long("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm", None)]
#[case::two_at_signs("@@mara", None)]
#[case::space_between("mara makes", None)]
#[case::other_letters("zoë", None)]
#[case::empty("@", None)]
fn a_handle_is_read_as_people_write_it(#[case] text: &str, #[case] expected: Option<&str>) {
    assert_eq!(Handle::parse(text).ok().as_ref().map(Handle::as_str), expected);
}
