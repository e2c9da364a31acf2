//! "Actual": what each fact adds to which local day.

use crate::case::{at, date, zone};
use compliance::calendar::{Zone, day_number};
use compliance::evaluation::Actuals;
use compliance::fact::Counters;
use compliance::gains::{DayGains, Gains};
use compliance::ledger::followers::FollowerLedger;
use compliance::ledger::post::PostLedger;
use compliance::ledger::{Accepted, HistoryNeeded};
use compliance::metric::Metric;
use compliance::period::Dates;
use compliance::tracking::{Tracking, TrackingStatus};
use rstest::rstest;

const COUNTS: Tracking = Tracking { status: TrackingStatus::AutoTracked, disabled: false };

fn views(views: i64) -> Counters {
    Counters { views: Some(views), ..Counters::default() }
}

/// A post of 1 May 2026, 08:00 UTC.
fn post(first_counts_in_full: bool) -> PostLedger {
    PostLedger::new(at("2026-05-01T08:00"), COUNTS, first_counts_in_full, None)
}

#[track_caller]
fn insert(post: &mut PostLedger, captured: &str, counters: Counters) -> DayGains {
    match post.insert(at(captured), counters, &Zone::UTC).expect("the history is loaded") {
        Accepted::Booked(change) => change,
        Accepted::Duplicate => panic!("{captured} was taken for a duplicate"),
    }
}

/// Gains of one metric by day of May 2026.
fn by_day(gains: &DayGains, metric: Metric) -> Vec<(i32, i64)> {
    let before_may = day_number(date("2026-04-30"));
    let of_metric = gains.iter().map(|(day, gains)| (day - before_may, gains.of(metric)));
    of_metric.filter(|(_, gain)| *gain != 0).collect()
}

#[track_caller]
fn check_views(post: &PostLedger, expected: &[(i32, i64)]) {
    assert_eq!(by_day(&post.gains(&Zone::UTC).expect("loaded"), Metric::Views), expected);
}

#[test]
fn a_post_is_booked_where_it_was_published() {
    let gains = post(true).gains(&Zone::UTC).expect("a new post has an empty history");
    assert_eq!(by_day(&gains, Metric::Posts), [(1, 1)]);
    let late_in_honolulu = PostLedger::new(at("2026-05-02T09:59"), COUNTS, true, None);
    assert_eq!(by_day(&late_in_honolulu.gains(&zone("Pacific/Honolulu")).expect("loaded"), Metric::Posts), [(1, 1)]);
    assert_eq!(by_day(&late_in_honolulu.gains(&Zone::UTC).expect("loaded"), Metric::Posts), [(2, 1)]);
}

#[test]
fn the_difference_between_snapshots_is_booked_at_the_later_one() {
    let mut post = post(true);
    assert_eq!(by_day(&insert(&mut post, "2026-05-02T10:00", views(100)), Metric::Views), [(2, 100)]);
    assert_eq!(by_day(&insert(&mut post, "2026-05-05T10:00", views(180)), Metric::Views), [(5, 80)]);
    assert_eq!(by_day(&insert(&mut post, "2026-05-05T11:00", views(181)), Metric::Views), [(5, 1)]);
    check_views(&post, &[(2, 100), (5, 81)]);
}

#[test]
fn a_first_snapshot_is_a_baseline_if_the_post_is_older_than_the_tracking_start() {
    let mut post = post(false);
    assert!(insert(&mut post, "2026-05-02T10:00", views(100)).is_empty());
    insert(&mut post, "2026-05-05T10:00", views(180));
    check_views(&post, &[(5, 80)]);
    let change = post.set_first_counts_in_full(true, &Zone::UTC).expect("loaded");
    assert_eq!(by_day(&change, Metric::Views), [(2, 100)], "changing the tracking start re-books");
    check_views(&post, &[(2, 100), (5, 80)]);
}

#[test]
fn falling_counters_book_a_negative_difference() {
    let mut post = post(true);
    insert(&mut post, "2026-05-02T10:00", views(100));
    insert(&mut post, "2026-05-03T10:00", views(40));
    insert(&mut post, "2026-05-04T10:00", views(45));
    check_views(&post, &[(2, 100), (3, -60), (4, 5)]);
}

#[test]
fn engagement_is_counted_counter_by_counter() {
    let counters = |likes, comments, shares, saves| Counters { views: Some(9), likes, comments, shares, saves };
    let mut post = post(true);
    // A missing counter is unknown, not 0: its first known value is its first snapshot.
    insert(&mut post, "2026-05-02T10:00", counters(Some(10), Some(1), None, None));
    insert(&mut post, "2026-05-03T10:00", counters(Some(15), None, Some(3), None));
    insert(&mut post, "2026-05-04T10:00", counters(None, Some(4), Some(2), Some(50)));
    insert(&mut post, "2026-05-05T10:00", Counters::default());
    insert(&mut post, "2026-05-06T10:00", counters(Some(16), None, None, None));
    let gains = post.gains(&Zone::UTC).expect("loaded");
    assert_eq!(by_day(&gains, Metric::Engagement), [(2, 11), (3, 5 + 3), (4, 3 - 1 + 50), (6, 1)]);
    assert_eq!(by_day(&gains, Metric::Views), [(2, 9)]);

    let change = post.set_first_counts_in_full(false, &Zone::UTC).expect("loaded");
    assert_eq!(by_day(&change, Metric::Engagement), [(2, -11), (3, -3), (4, -50)], "baselines, counter by counter");
}

#[test]
fn late_snapshots_are_booked_where_they_belong() {
    let mut post = post(true);
    insert(&mut post, "2026-05-06T10:00", views(180));
    check_views(&post, &[(6, 180)]);
    let change = insert(&mut post, "2026-05-02T10:00", views(100));
    assert_eq!(by_day(&change, Metric::Views), [(2, 100), (6, -100)]);
    insert(&mut post, "2026-05-04T10:00", views(110));
    check_views(&post, &[(2, 100), (4, 10), (6, 70)]);
}

#[test]
fn a_correction_replaces_a_snapshot_whole_nulls_included() {
    let mut post = post(true);
    insert(&mut post, "2026-05-02T10:00", Counters { views: Some(100), likes: Some(10), ..Counters::default() });
    insert(&mut post, "2026-05-03T10:00", Counters { views: Some(150), likes: Some(12), ..Counters::default() });
    let change = insert(&mut post, "2026-05-02T10:00", views(120));
    assert_eq!(by_day(&change, Metric::Views), [(2, 20), (3, -20)]);
    assert_eq!(
        by_day(&change, Metric::Engagement),
        [(2, -10), (3, 10)],
        "likes are unknown then, so first known later"
    );
    // The correction of the last snapshot takes its values back too.
    insert(&mut post, "2026-05-03T10:00", Counters::default());
    assert_eq!(post.last(), Some((at("2026-05-03T10:00"), views(120))));
    check_views(&post, &[(2, 120)]);
}

#[test]
fn a_correction_that_changes_nothing_is_a_duplicate() {
    let mut post = post(true);
    insert(&mut post, "2026-05-02T10:00", views(100));
    insert(&mut post, "2026-05-03T10:00", views(100));
    for captured in ["2026-05-02T10:00", "2026-05-03T10:00"] {
        assert_eq!(post.insert(at(captured), views(100), &Zone::UTC), Ok(Accepted::Duplicate));
    }
    let with_likes = Counters { likes: Some(1), ..views(100) };
    assert!(matches!(post.insert(at("2026-05-03T10:00"), with_likes, &Zone::UTC), Ok(Accepted::Booked(_))));
}

#[rstest]
#[case::auto_tracked(TrackingStatus::AutoTracked, false, true)]
#[case::included(TrackingStatus::Included, false, true)]
#[case::direct_add(TrackingStatus::DirectAdd, false, true)]
#[case::pending_review(TrackingStatus::PendingReview, false, false)]
#[case::excluded(TrackingStatus::Excluded, false, false)]
#[case::disabled(TrackingStatus::Included, true, false)]
fn only_tracked_posts_count(#[case] status: TrackingStatus, #[case] disabled: bool, #[case] counts: bool) {
    let mut post = post(true);
    insert(&mut post, "2026-05-02T10:00", views(100));
    let before = post.gains(&Zone::UTC).expect("loaded");
    let change = post.set_tracking(Tracking { status, disabled }, &Zone::UTC).expect("loaded");
    let mut after = before.clone();
    after.apply(&change);
    assert_eq!(after, post.gains(&Zone::UTC).expect("loaded"));
    assert_eq!(after, if counts { before } else { DayGains::default() });
    let later = insert(&mut post, "2026-05-03T10:00", views(130));
    assert_eq!(by_day(&later, Metric::Views), if counts { vec![(3, 30)] } else { vec![] });
}

#[test]
fn a_corrected_publication_moves_the_post_and_its_baseline() {
    let mut post = post(true);
    insert(&mut post, "2026-05-02T10:00", views(100));
    let change = post.set_published_at(at("2026-04-30T10:00"), false, &Zone::UTC).expect("loaded");
    assert_eq!(by_day(&change, Metric::Posts), [(0, 1), (1, -1)]);
    assert_eq!(by_day(&change, Metric::Views), [(2, -100)]);
    assert_eq!(post.published_at(), at("2026-04-30T10:00"));
}

#[test]
fn a_snapshot_newer_than_all_others_needs_no_history() {
    let known = Counters { likes: Some(7), ..views(100) };
    let mut post = PostLedger::new(at("2026-05-01T08:00"), COUNTS, true, Some((at("2026-05-02T10:00"), known)));
    assert!(!post.needs_history(at("2026-05-02T10:00:00.001")));
    assert!(post.needs_history(at("2026-05-02T10:00")));
    assert_eq!(post.insert(at("2026-05-02T10:00"), views(1), &Zone::UTC), Err(HistoryNeeded));
    assert_eq!(post.gains(&Zone::UTC), Err(HistoryNeeded));
    assert_eq!(post.set_tracking(COUNTS, &Zone::UTC), Err(HistoryNeeded));
    assert_eq!(by_day(&insert(&mut post, "2026-05-03T10:00", views(130)), Metric::Views), [(3, 30)]);
    assert_eq!(post.last(), Some((at("2026-05-03T10:00"), Counters { likes: Some(7), ..views(130) })));
    post.load_history([(at("2026-05-02T10:00"), known), (at("2026-05-03T10:00"), views(130))]);
    assert_eq!(post.last(), Some((at("2026-05-03T10:00"), Counters { likes: Some(7), ..views(130) })));
    assert!(!post.needs_history(at("2026-05-01T00:00")));
    check_views(&post, &[(2, 100), (3, 30)]);
}

#[test]
fn a_loaded_history_says_what_was_last() {
    let mut post = PostLedger::new(at("2026-05-01T08:00"), COUNTS, true, Some((at("2026-05-02T10:00"), views(100))));
    post.load_history([(at("2026-05-04T10:00"), views(130)), (at("2026-05-02T10:00"), views(100))]);
    assert_eq!(post.last(), Some((at("2026-05-04T10:00"), views(130))));
    assert_eq!(by_day(&insert(&mut post, "2026-05-05T10:00", views(131)), Metric::Views), [(5, 1)]);
    post.load_history([]);
    assert_eq!(post.last(), None);
}

/// Takes in follower readings of the given days of May 2026 in the given order; returns gains by day.
#[track_caller]
fn follower_gains(readings: &[(u32, i64)]) -> Vec<(i32, i64)> {
    let mut ledger = FollowerLedger::new(None, None, true);
    let mut sum = DayGains::default();
    for (day, followers) in readings {
        let captured = at(&format!("2026-05-{day:02}T10:00"));
        if let Accepted::Booked(change) = ledger.insert(captured, *followers, &Zone::UTC).expect("loaded") {
            sum.apply(&change);
        }
    }
    assert_eq!(sum, ledger.gains(&Zone::UTC).expect("loaded"), "incremental and full recomputation agree");
    by_day(&sum, Metric::Followers)
}

#[rstest]
#[case::the_first_reading_is_a_baseline(&[(2, 1000)], &[])]
#[case::net_gain(&[(2, 1000), (3, 1010), (5, 1005)], &[(3, 10), (5, -5)])]
#[case::out_of_order(&[(5, 1005), (3, 1010), (2, 1000)], &[(3, 10), (5, -5)])]
#[case::placeholder_zeros_are_ignored(&[(1, 0), (2, 0), (3, 1000), (4, 1001)], &[(4, 1)])]
#[case::a_zero_that_comes_late_is_a_placeholder_too(&[(3, 1000), (1, 0), (4, 1001)], &[(4, 1)])]
#[case::a_zero_after_a_positive_reading_is_a_drop(&[(2, 1000), (3, 0), (4, 900)], &[(3, -1000), (4, 900)])]
#[case::only_zeros(&[(2, 0), (3, 0)], &[])]
#[case::duplicates(&[(2, 1000), (2, 1000), (3, 1010), (3, 1010), (2, 1000)], &[(3, 10)])]
#[case::a_correction_of_the_last(&[(2, 1000), (3, 1010), (3, 1020)], &[(3, 20)])]
#[case::a_correction_of_the_first(&[(2, 1000), (3, 1010), (2, 1005)], &[(3, 5)])]
#[case::a_first_reading_corrected_to_a_placeholder(&[(2, 1000), (3, 1010), (4, 1015), (2, 0)], &[(4, 5)])]
#[case::a_placeholder_corrected_to_a_reading(&[(2, 0), (3, 1010), (2, 1000)], &[(3, 10)])]
fn followers_are_net_gains_from_reading_to_reading(#[case] readings: &[(u32, i64)], #[case] expected: &[(i32, i64)]) {
    assert_eq!(follower_gains(readings), expected);
}

#[test]
fn a_follower_ledger_knows_its_first_and_last_real_reading() {
    let mut ledger = FollowerLedger::new(None, None, false);
    assert!(ledger.needs_history(at("2026-05-09T00:00")), "placeholders may be known");
    assert_eq!(ledger.insert(at("2026-05-09T00:00"), 5, &Zone::UTC), Err(HistoryNeeded));
    ledger.load_history([(at("2026-05-01T00:00"), 0), (at("2026-05-02T00:00"), 7), (at("2026-05-03T00:00"), 8)]);
    assert_eq!(ledger.first(), Some(at("2026-05-02T00:00")));
    assert_eq!(ledger.last(), Some((at("2026-05-03T00:00"), 8)));

    let mut newest_only = FollowerLedger::new(ledger.first(), ledger.last(), false);
    assert!(!newest_only.needs_history(at("2026-05-03T00:00:00.001")));
    assert!(newest_only.needs_history(at("2026-05-03T00:00")));
    let booked = newest_only.insert(at("2026-05-04T00:00"), 10, &Zone::UTC).expect("newer than all others");
    assert!(matches!(&booked, Accepted::Booked(change) if by_day(change, Metric::Followers) == [(4, 2)]));
}

#[test]
fn actuals_are_the_buckets_of_the_windows_dates() {
    let bucket = |day: &str, views| (day_number(date(day)), Gains { views, ..Gains::default() });
    let buckets =
        vec![bucket("2026-05-03", 1), bucket("2026-05-04", 10), bucket("2026-05-10", 100), bucket("2026-05-11", 1000)];
    let week = Dates { first: date("2026-05-04"), end: date("2026-05-11") };
    assert_eq!(buckets.gained(Metric::Views, week), 110);
    assert_eq!(buckets.gained(Metric::Posts, week), 0);
    assert_eq!(buckets.gained(Metric::Views, Dates { first: week.end, end: week.first }), 0);
}

#[test]
fn a_snapshot_dated_before_the_publication_is_booked_at_it() {
    // Published on 1 May at 08:00; three readings are dated before.
    let mut post = post(true);
    assert_eq!(by_day(&insert(&mut post, "2026-04-29T10:00", views(40)), Metric::Views), [(1, 40)]);
    assert_eq!(by_day(&insert(&mut post, "2026-04-30T10:00", views(70)), Metric::Views), [(1, 30)]);
    assert_eq!(by_day(&insert(&mut post, "2026-05-02T10:00", views(100)), Metric::Views), [(2, 30)]);
    assert_eq!(by_day(&insert(&mut post, "2026-04-29T20:00", views(50)), Metric::Views), [], "10 here, 20 less there");
    check_views(&post, &[(1, 70), (2, 30)]);
    // The publication turns out to be later: everything read before moves with it.
    let change = post.set_published_at(at("2026-05-03T08:00"), true, &Zone::UTC).expect("loaded");
    assert_eq!(by_day(&change, Metric::Views), [(1, -70), (2, -30), (3, 100)]);
    assert_eq!(by_day(&change, Metric::Posts), [(1, -1), (3, 1)]);
}
