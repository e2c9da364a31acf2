//! "A closed period is judged by the goal as it stood when it closed: edits make a new version of the goal that holds
//! from the period of the edit on."

use crate::case::{Case, at, date};
use compliance::goal::{Goal, GoalVersion};
use compliance::period::WeekStart;
use compliance::terms::GoalTerms;
use compliance::{Cadence, Metric, Status};
use rstest::rstest;

/// 10 posts in the week before, 20 in this one, against a target of 10.
fn case() -> Case {
    Case::weekly(10).gained("2026-05-01", 10).actual(20)
}

#[rstest]
#[case::an_edit_before_the_close_holds_for_the_closing_period("2026-05-03T23:59:59.999", 20)]
#[case::an_edit_at_the_close_belongs_to_the_new_period("2026-05-04T00:00", 10)]
#[case::an_edit_in_the_new_period("2026-05-06T11:00", 10)]
fn a_new_target_holds_from_the_period_of_the_edit_on(#[case] edited: &str, #[case] target_before: i64) {
    let case = case().edited(at(edited), |terms| terms.target_value = 20);
    assert_eq!(case.judge().target, 20);
    assert_eq!(case.previous().target, target_before);
}

#[test]
fn the_last_of_several_edits_of_a_period_judges_it() {
    let case = case()
        .edited(at("2026-04-28T00:00"), |terms| terms.target_value = 11)
        .edited(at("2026-04-30T00:00"), |terms| terms.target_value = 12)
        .edited(at("2026-05-05T00:00"), |terms| terms.target_value = 13)
        .edited(at("2026-05-06T00:00"), |terms| terms.target_value = 14);
    assert_eq!((case.previous().target, case.judge().target), (12, 14));
    assert_eq!(case.judge_on("2026-04-22").target, 10);
}

#[test]
fn a_start_date_set_in_this_period_leaves_the_closed_one_as_it_was() {
    let case = case().edited(at("2026-05-06T11:00"), |terms| terms.start_date = Some(date("2026-05-06")));
    assert_eq!(case.judge().target, 8, "five of seven dates, rounded up");
    assert_eq!((case.previous().target, case.previous().status), (10, Status::Completed));
}

#[test]
fn a_start_date_moved_ahead_leaves_closed_periods_as_they_were() {
    let case = case().edited(at("2026-05-06T11:00"), |terms| terms.start_date = Some(date("2026-06-01")));
    assert!(case.judge().advisory.not_yet_started);
    let closed = case.judge_on("2026-05-03");
    assert_eq!((closed.status, closed.target, closed.actual), (Status::Completed, 10, 10));
}

#[test]
fn an_end_date_set_in_this_period_leaves_the_closed_one_as_it_was() {
    let case = case().edited(at("2026-05-06T11:00"), |terms| terms.end_date = Some(date("2026-05-05")));
    assert_eq!((case.judge().target, case.judge().status), (3, Status::Completed));
    assert_eq!(case.previous().target, 10);
}

#[test]
fn an_earlier_start_date_given_later_asks_for_periods_before_the_goal_was_made() {
    let made = case().made(at("2026-05-04T09:00"));
    assert_eq!(made.judge().previous, None);
    let asked = made.clone().edited(at("2026-05-06T09:00"), |terms| terms.start_date = Some(date("2026-04-27")));
    assert_eq!(asked.previous().status, Status::Completed);
    // The same if the goal was made with a later start: only the explicit date reaches back.
    let moved = made.from("2026-06-01").edited(at("2026-05-06T09:00"), |terms| {
        terms.start_date = Some(date("2026-04-27"));
    });
    assert_eq!(moved.previous().target, 10);
}

#[rstest]
#[case::asked_by_the_first_edit(&[Some("2026-04-27"), Some("2026-04-27")], Some(11))]
#[case::asked_by_the_second_edit(&[Some("2026-06-01"), Some("2026-04-27")], Some(12))]
#[case::taken_back_by_the_second_edit(&[Some("2026-04-27"), None], Some(11))]
#[case::asked_by_none(&[Some("2026-06-01"), None], None)]
fn the_first_edit_whose_start_date_asks_for_an_earlier_period_judges_it(
    #[case] start_dates: &[Option<&str>],
    #[case] target_before: Option<i64>,
) {
    // Made with a target of 10, edited in the same week to start much later, then once more for each start date.
    let made = case().made(at("2026-04-28T00:00")).from("2026-07-01");
    let edited = made.edited(at("2026-04-29T00:00"), |terms| terms.start_date = Some(date("2026-08-01")));
    let asked = (11..).zip(start_dates).fold(edited, |goal, (target, start_date)| {
        goal.edited(at("2026-05-05T00:00").plus_millis(target), |terms| {
            (terms.target_value, terms.start_date) = (target, start_date.map(date));
        })
    });
    assert_eq!(asked.judge().previous.map(|previous| previous.target), target_before);
}

#[test]
fn a_goal_extended_after_its_end_is_not_judged_for_the_time_between() {
    let extended = case().until("2026-04-26").edited(at("2026-05-06T11:00"), |terms| terms.end_date = None);
    assert_eq!(extended.judge().target, 10);
    assert_eq!(extended.judge().previous, None, "the goal had ended before that week");
}

#[test]
fn a_period_that_closed_while_the_goal_was_not_active_is_not_judged() {
    let paused = case().edited(at("2026-04-29T00:00"), |terms| terms.is_active = false);
    let resumed = paused.edited(at("2026-05-05T00:00"), |terms| terms.is_active = true);
    assert_eq!(resumed.judge().target, 10);
    assert_eq!(resumed.judge().previous, None);
}

#[test]
fn a_goal_ended_in_this_period_keeps_the_verdict_of_the_closed_one() {
    let ended = case().edited(at("2026-05-06T11:00"), |terms| terms.is_active = false);
    assert_eq!(ended.previous().status, Status::Completed);
}

#[test]
fn the_history_keeps_closed_periods_when_the_start_moves_ahead() {
    let case = case().edited(at("2026-05-06T11:00"), |terms| terms.start_date = Some(date("2026-06-01")));
    let closed = case.in_history("2026-05-03").expect("the week as it stood");
    assert_eq!((closed.status, closed.target, closed.actual), (Status::Completed, 10, 10));
    assert_eq!(case.in_history("2026-05-05").map(|judged| judged.window.dates), None, "the goal starts in June");
    let since = case.goal().covers_since(date("2001-01-01"), WeekStart::Monday);
    assert_eq!(since, date("2001-01-01"), "where its first terms began");
}

#[test]
fn a_period_that_closed_while_the_goal_was_switched_off_is_judged_nowhere() {
    let case = case()
        .edited(at("2026-04-29T09:00"), |terms| terms.is_active = false)
        .edited(at("2026-05-05T09:00"), |terms| terms.is_active = true);
    assert_eq!(case.judge().previous, None);
    assert_eq!(case.in_history("2026-05-03"), None);
    assert_eq!(case.evaluate_on("2026-05-03"), None);
    assert_eq!(case.in_history("2026-04-22").map(|judged| judged.target), Some(10), "the week before it was on");
    assert_eq!(case.in_history("2026-05-05").map(|judged| judged.target), Some(10), "and it is on again");
}

#[test]
fn the_history_begins_where_the_coverage_does() {
    let case = case().made(at("2026-05-05T00:00"));
    assert_eq!(case.in_history("2026-05-03"), None);
    let asked = case.from("2026-04-29");
    assert_eq!(asked.in_history("2026-05-03").map(|judged| judged.target), Some(8), "five of seven dates, rounded up");
    assert_eq!(asked.in_history("2026-04-22"), None);
}

#[test]
fn a_start_that_was_moved_back_cuts_its_period_however_it_is_asked_for() {
    let case = case().made(at("2026-05-06T09:00")).edited(at("2026-05-06T11:00"), |terms| {
        terms.start_date = Some(date("2026-04-29"));
    });
    let in_history = case.in_history("2026-05-01").expect("the start date asks for it");
    assert_eq!((in_history.window.dates.first, in_history.target), (date("2026-04-29"), 8), "five of seven dates");
    assert_eq!(case.evaluate_on("2026-05-01"), Some(in_history));
    let before = case.evaluate_on("2026-04-22").expect("as if it had been in force");
    assert_eq!((before.window.dates.first, before.target), (date("2026-04-20"), 10));
}

/// A weekly goal, made on Wednesday, 6 May 2026; weeks begin on Monday.
#[rstest]
#[case::the_day_before_its_first_week_ends("2026-05-10", None, None, false)]
#[case::the_day_after("2026-05-11", None, None, true)]
#[case::on_its_last_day("2026-05-07", None, Some("2026-05-07"), false)]
#[case::the_day_after_its_last("2026-05-08", None, Some("2026-05-07"), true)]
#[case::started_in_an_earlier_week("2026-05-06", Some("2026-04-28"), None, true)]
#[case::starts_ahead("2026-05-24", Some("2026-05-20"), None, false)]
fn a_goal_may_have_closed_a_period_once_one_has_ended(
    #[case] day: &str,
    #[case] start: Option<&str>,
    #[case] end: Option<&str>,
    #[case] expected: bool,
) {
    let made_on = date("2026-05-06");
    let terms = GoalTerms { target_value: 3, start_date: start.map(date), end_date: end.map(date), is_active: true };
    let goal = Goal::new(Metric::Posts, Cadence::Weekly, GoalVersion { made_at: at("2026-05-06T12:00"), terms });
    assert_eq!(goal.may_have_closed_by(date(day), made_on, WeekStart::Monday), expected);
    // Whatever an edit says later.
    let moved = GoalTerms { start_date: Some(date("2026-09-01")), end_date: None, ..terms };
    let edited = goal.edited(GoalVersion { made_at: at("2026-05-06T13:00"), terms: moved });
    assert_eq!(edited.may_have_closed_by(date(day), made_on, WeekStart::Monday), expected);
}
