//! "Overview order": creators by their worst goal, then by its pace, then by name; and the counts.

use crate::case::{Case, at};
use compliance::instant::HOUR_MS;
use compliance::metric::Metric;
use compliance::overview::{Counts, Group, GroupCounts, Urgency};
use compliance::period::Cadence;
use compliance::{Evaluation, Status};
use rstest::rstest;
use std::cmp::Ordering;

/// Views against 1000 a week at Thursday noon, when 500 are expected.
fn open(views: i64) -> Evaluation {
    Case::new(Metric::Views, Cadence::Weekly, 1000).made(at("2026-05-04T00:00")).actual(views).judged_at(noon()).judge()
}

/// Views against 1000 in a goal that ended on Wednesday, seen at Thursday noon.
fn ended(views: i64) -> Evaluation {
    Case::new(Metric::Views, Cadence::Weekly, 2333)
        .made(at("2026-05-04T00:00"))
        .until("2026-05-06")
        .actual(views)
        .judged_at(noon())
        .judge()
}

fn noon() -> compliance::Instant {
    at("2026-05-07T12:00")
}

/// On track this week by `gained` views of 1000, after a week that closed with `before`; seen on Monday evening.
fn after_a_week_of(before: i64, gained: i64) -> Case {
    Case::new(Metric::Views, Cadence::Weekly, 1000)
        .gained("2026-05-03", before)
        .actual(gained)
        .judged_at(at("2026-05-04T18:00"))
}

#[track_caller]
fn check(more_urgent: &Evaluation, less_urgent: &Evaluation) {
    assert_eq!(Urgency::of(more_urgent).cmp(&Urgency::of(less_urgent)), Ordering::Less);
    assert_eq!(Urgency::of(less_urgent).cmp(&Urgency::of(more_urgent)), Ordering::Greater);
}

#[test]
fn at_risk_then_missed_then_behind_pace_then_on_track_then_completed() {
    let in_order = [open(349), ended(999), open(499), open(500), ended(1000)];
    assert_eq!(in_order.each_ref().map(|evaluation| evaluation.status), Status::ALL);
    for pair in in_order.windows(2) {
        check(&pair[0], &pair[1]);
    }
    let attention = in_order.each_ref().map(|evaluation| Urgency::of(evaluation).needs_attention());
    assert_eq!(attention, [true, true, false, false, false]);
}

#[rstest]
#[case::at_risk(open(100), open(101))]
#[case::behind_pace_by_less_than_a_percent(open(400), open(401))]
#[case::missed_by_attainment(ended(998), ended(999))]
#[case::completed_by_attainment(ended(1000), ended(1001))]
#[case::negative_first(open(-1), open(0))]
fn within_a_status_the_lowest_pace_or_attainment_comes_first(#[case] lower: Evaluation, #[case] higher: Evaluation) {
    assert_eq!(lower.status, higher.status);
    check(&lower, &higher);
}

#[test]
fn an_ended_goal_is_ordered_by_attainment_however_old_its_data() {
    // By pace the first would be far ahead: it had 998 when a third of the window had elapsed.
    let looked_early = |views: i64| {
        let case = Case::new(Metric::Views, Cadence::Weekly, 2333).made(at("2026-05-04T00:00")).until("2026-05-06");
        case.actual(views).judged_at(noon()).collected(at("2026-05-05T00:00")).judge()
    };
    check(&looked_early(998), &ended(999));
    assert_eq!(Urgency::of(&looked_early(999)), Urgency::of(&ended(999)));
}

/// A goal of 1000 views on track by `gained` at Thursday noon, whose creator was last collected so many hours before.
fn collected_hours_ago(gained: i64, hours: i64) -> Evaluation {
    let case = Case::new(Metric::Views, Cadence::Weekly, 1000).made(at("2026-05-04T00:00")).actual(gained);
    case.judged_at(noon()).collected(noon().plus_millis(-hours * HOUR_MS)).judge()
}

#[test]
fn what_nobody_has_looked_at_waits_between_behind_pace_and_on_track() {
    let unknown = Case::weekly(15).made(at("2026-05-04T00:00")).judged_at(noon()).never_collected().judge();
    assert_eq!((unknown.status, unknown.pace_percent), (Status::OnTrack, None));
    // Two intervals of 24 hours.
    let overdue = collected_hours_ago(900, 49);
    assert_eq!((overdue.status, Urgency::of(&overdue).group()), (Status::OnTrack, Group::Waiting));
    check(&open(499), &overdue);
    check(&overdue, &unknown);
    check(&unknown, &open(500));
    assert_eq!(Urgency::of(&unknown), Urgency::of(&unknown));
    assert!(!Urgency::of(&unknown).needs_attention());
}

#[rstest]
#[case::stale_only(collected_hours_ago(900, 48), Group::OnTrack)]
#[case::the_target_is_reached(collected_hours_ago(1000, 49), Group::OnTrack)]
#[case::behind_by_what_is_known(collected_hours_ago(100, 49), Group::AtRisk)]
fn who_is_known_to_be_well_or_not_does_not_wait(#[case] evaluation: Evaluation, #[case] group: Group) {
    assert_eq!(Urgency::of(&evaluation).group(), group);
}

#[test]
fn groups_are_in_the_order_of_attention_and_counted() {
    let mut counts = GroupCounts::default();
    let judged = [open(349), ended(999), open(499), collected_hours_ago(900, 49), open(500), ended(1000)];
    let groups = judged.each_ref().map(|evaluation| Urgency::of(evaluation).group());
    assert_eq!(groups[..], Group::ALL[..6]);
    assert!(groups.is_sorted());
    for group in groups.into_iter().chain([Group::NoGoals, Group::Missed]) {
        counts.add(group);
    }
    assert_eq!((counts.of(Group::Missed), counts.of(Group::NoGoals), counts.attention()), (2, 1, 3));
}

#[test]
fn a_just_ended_miss_counts_as_missed() {
    let judged = after_a_week_of(999, 1000).judge();
    assert_eq!((judged.status, judged.just_ended().map(|it| it.status)), (Status::OnTrack, Some(Status::Missed)));
    assert!(Urgency::of(&judged).needs_attention());
    check(&judged, &open(499));
    check(&open(349), &judged);
    // Among the missed, it is placed by its own attainment, here 999 of 1000.
    check(&ended(998), &judged);
    check(&judged, &after_a_week_of(1000, 1000).judge());
}

#[test]
fn a_just_ended_miss_that_merely_awaits_data_does_not_count() {
    let awaiting = after_a_week_of(999, 1000).collected(at("2026-05-03T23:00")).judge();
    assert!(awaiting.just_ended().is_some_and(Evaluation::awaiting_data));
    assert!(!Urgency::of(&awaiting).needs_attention());
}

#[test]
fn a_miss_older_than_48_hours_does_not_count() {
    let later = after_a_week_of(0, 1000).judged_at(at("2026-05-06T00:00")).judge();
    assert_eq!(later.previous.as_ref().map(|it| it.status), Some(Status::Missed));
    assert!(!Urgency::of(&later).needs_attention());
}

#[test]
fn a_goal_at_risk_stays_at_risk_after_a_miss() {
    let judged = after_a_week_of(0, 0).judge();
    assert_eq!(judged.status, Status::AtRisk);
    assert_eq!(Urgency::of(&judged), Urgency::of(&open(0)));
}

#[test]
fn creators_are_ordered_by_their_worst_goal_and_those_without_goals_come_last() {
    let worst = Urgency::worst([&open(500), &open(349), &ended(1000)]);
    assert_eq!(worst, Some(Urgency::of(&open(349))));
    assert_eq!(Urgency::worst([]), None);
    assert_eq!(Urgency::order(worst.as_ref(), None), Ordering::Less);
    assert_eq!(Urgency::order(None, worst.as_ref()), Ordering::Greater);
    assert_eq!(Urgency::order(None, None), Ordering::Equal);
}

#[test]
fn equal_pace_of_different_targets_ties() {
    let doubled = Case::new(Metric::Views, Cadence::Weekly, 2000).made(at("2026-05-04T00:00")).actual(698);
    assert_eq!(Urgency::of(&doubled.judged_at(noon()).judge()), Urgency::of(&open(349)));
}

#[test]
fn counts_are_of_current_evaluations_with_recently_ended_verdicts_apart() {
    let mut counts = Counts::default();
    let judged = [
        open(349),
        open(348),
        ended(999),
        after_a_week_of(999, 1000).judge(),
        after_a_week_of(1000, 1000).judge(),
        after_a_week_of(999, 1000).collected(at("2026-05-03T23:00")).judge(),
        after_a_week_of(999, 1000).judged_at(at("2026-05-06T00:00")).judge(),
    ];
    for evaluation in &judged {
        counts.add(evaluation);
    }
    assert_eq!(Status::ALL.map(|status| counts.current(status)), [2, 1, 0, 4, 0]);
    assert_eq!(Status::ALL.map(|status| counts.just_ended(status)), [0, 2, 0, 0, 1]);
    assert_eq!(counts.total(), 7);
}
