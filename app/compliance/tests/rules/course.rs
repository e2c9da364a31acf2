//! "The chart draws what the verdict adds up": the course of a goal through its window.

use crate::case::{Case, at};
use compliance::course::{Course, Unseen};
use compliance::{Cadence, Metric, Scope};

/// The steps as instants in UTC, with what was reached and expected.
fn steps(course: &Course) -> Vec<(String, i64, String)> {
    let instant = |at: compliance::Instant| {
        let at = chrono::DateTime::from_timestamp_millis(at.millis()).expect("an instant");
        at.format("%Y-%m-%dT%H:%M").to_string()
    };
    course.steps.iter().map(|step| (instant(step.at), step.reached, step.expected.to_string())).collect()
}

fn step(at: &str, reached: i64, expected: &str) -> (String, i64, String) {
    (at.to_owned(), reached, expected.to_owned())
}

fn unseen(from: &str, to: &str) -> Unseen {
    Unseen { from: at(from), to: at(to) }
}

/// Daily looks at 08:00 from Monday to Wednesday.
const DAILY: [(&str, Scope); 3] =
    [("2026-05-04T08:00", Scope::All), ("2026-05-05T08:00", Scope::All), ("2026-05-06T08:00", Scope::All)];

#[test]
fn each_day_is_a_step_at_its_latest_look_and_the_last_one_is_the_verdict() {
    let case = Case::weekly(15).collected(at("2026-05-06T08:00")).gained("2026-05-04", 2).gained("2026-05-06", 1);
    let course = case.course(&DAILY);
    // 8, 32 and 56 of 168 hours of fifteen posts.
    let expected =
        [step("2026-05-04T08:00", 2, "0.71"), step("2026-05-05T08:00", 2, "2.85"), step("2026-05-06T08:00", 3, "5")];
    assert_eq!(steps(&course), expected);
    let (last, judged) = (course.steps[2], case.judge());
    assert_eq!((Some(last.at), last.reached, last.expected), (judged.measured_at, judged.actual, judged.expected));
    assert_eq!(course.unseen, [unseen("2026-05-06T08:00", "2026-05-06T12:00")]);
}

#[test]
fn a_gain_on_a_day_without_a_look_is_known_at_its_end_but_not_after_the_last_look() {
    let case = Case::weekly(15).collected(at("2026-05-06T08:00")).gained("2026-05-05", 4).gained("2026-05-06", 1);
    let course = case.course(&DAILY[..1]);
    let expected =
        [step("2026-05-04T08:00", 0, "0.71"), step("2026-05-06T00:00", 4, "4.28"), step("2026-05-06T08:00", 5, "5")];
    assert_eq!(steps(&course), expected);
    // A post that became known without a look at its creator, published after the last one.
    let late = Case::weekly(15).collected(at("2026-05-05T08:00")).gained("2026-05-06", 2).course(&DAILY[..2]);
    assert_eq!(steps(&late), [step("2026-05-04T08:00", 0, "0.71"), step("2026-05-05T08:00", 2, "2.85")]);
}

#[test]
fn nobody_looked_where_no_look_is_known_for_longer_than_the_interval() {
    let looks = [("2026-05-04T08:00", Scope::All), ("2026-05-06T08:00", Scope::All)];
    let case = Case::weekly(15).collected(at("2026-05-06T08:00"));
    let tail = unseen("2026-05-06T08:00", "2026-05-06T12:00");
    assert_eq!(case.course(&looks).unseen, [unseen("2026-05-04T08:00", "2026-05-06T00:00"), tail]);
    // The looks before the latest one of a day are not known: there may have been one just after its midnight.
    let hourly = [("2026-05-04T23:00", Scope::All), ("2026-05-05T23:00", Scope::All), ("2026-05-06T08:00", Scope::All)];
    assert_eq!(case.clone().interval(1).course(&hourly).unseen, [tail]);
    // Weekly collections leave no gap, and looks of another scope are none.
    assert_eq!(case.clone().interval(168).course(&looks).unseen, [tail]);
    let followers = [looks[0], ("2026-05-05T08:00", Scope::Followers), looks[1]];
    assert_eq!(case.course(&followers).unseen.len(), 2);
    // Until the first look of the week, which a look on the Friday before does not reach.
    let late = [("2026-05-01T08:00", Scope::All), ("2026-05-06T08:00", Scope::All)];
    assert_eq!(case.course(&late).unseen, [unseen("2026-05-04T00:00", "2026-05-06T00:00"), tail]);
}

#[test]
fn what_nobody_looked_at_has_no_steps_and_a_goal_that_has_not_begun_no_course() {
    let never = Case::weekly(15).never_collected().course(&[]);
    assert_eq!(never.steps, []);
    assert_eq!(never.unseen, [unseen("2026-05-04T00:00", "2026-05-06T12:00")]);
    assert_eq!(Case::weekly(15).from("2026-05-20").course(&DAILY), Course::default());
}

#[test]
fn an_ended_window_has_steps_to_its_end_or_to_the_last_look_in_it() {
    let ended = Case::weekly(15).until("2026-05-10").judged_at(at("2026-05-12T12:00")).gained("2026-05-04", 9);
    let course = ended.course(&DAILY[..1]);
    assert_eq!(steps(&course), [step("2026-05-04T08:00", 9, "0.71"), step("2026-05-11T00:00", 9, "15")]);
    assert_eq!(course.unseen, [unseen("2026-05-04T08:00", "2026-05-11T00:00")], "the next look came after the end");
    let stopped = ended.collected(at("2026-05-06T08:00")).course(&DAILY);
    assert_eq!(stopped.steps.last().map(|step| step.at), Some(at("2026-05-06T08:00")));
    assert_eq!(stopped.unseen, [unseen("2026-05-06T08:00", "2026-05-11T00:00")]);
}

#[test]
fn a_day_is_drawn_by_the_hour() {
    let case = Case::new(Metric::Views, Cadence::Daily, 240).judged_at(at("2026-05-06T12:00")).gained("2026-05-06", 60);
    let gains =
        [("2026-05-06T09:50", 20), ("2026-05-06T03:10", 30), ("2026-05-06T09:05", -5), ("2026-05-06T12:00", 15)];
    let expected = [
        step("2026-05-06T03:10", 30, "31.66"),
        step("2026-05-06T09:50", 45, "98.33"),
        step("2026-05-06T12:00", 60, "120"),
    ];
    assert_eq!(steps(&case.course_of(&gains)), expected);
}
