//! "Actual": what each fact adds to which local day.

use crate::case::{at, date, zone};
use compliance::Instant;
use compliance::calendar::{Zone, day_number};
use compliance::evaluation::Actuals;
use compliance::fact::Counters;
use compliance::gains::{DayGains, Gains};
use compliance::ledger::followers::FollowerTrack;
use compliance::ledger::post::{PostTerms, PostTrack};
use compliance::ledger::{HistoryNeeded, Remembered, append, recompute};
use compliance::metric::Metric;
use compliance::misreading::{Reading, Source};
use compliance::period::Dates;
use compliance::tracking::{Tracking, TrackingStatus};
use rstest::rstest;
use std::collections::BTreeMap;

const COUNTS: Tracking = Tracking { status: TrackingStatus::AutoTracked, disabled: false };

fn views(views: i64) -> Counters {
    Counters { views: Some(views), ..Counters::default() }
}

/// A post and its snapshots.
struct Post {
    terms: PostTerms,
    snapshots: BTreeMap<Instant, Reading<Counters>>,
}

impl Post {
    fn gains(&self, zone: Zone) -> DayGains {
        let (mut gains, _) = recompute(PostTrack::new(self.terms), &self.snapshots, &zone).expect("every snapshot");
        self.terms.book_post(&mut gains, &zone);
        gains
    }

    /// Changes something and returns what that changes.
    fn change(&mut self, edit: impl FnOnce(&mut Post)) -> DayGains {
        let before = self.gains(Zone::UTC);
        edit(self);
        self.gains(Zone::UTC).since(&before)
    }
}

/// A post of 1 May 2026, 08:00 UTC.
fn post(first_counts_in_full: bool) -> Post {
    published("2026-05-01T08:00", first_counts_in_full)
}

fn published(published_at: &str, first_counts_in_full: bool) -> Post {
    let terms = PostTerms { published_at: at(published_at), tracking: COUNTS, first_counts_in_full };
    Post { terms, snapshots: BTreeMap::new() }
}

#[track_caller]
fn insert(post: &mut Post, captured: &str, counters: Counters) -> DayGains {
    let reading = Reading { value: counters, source: Source::default() };
    post.change(|post| {
        post.snapshots.insert(at(captured), reading);
    })
}

/// Gains of one metric by day of May 2026.
fn by_day(gains: &DayGains, metric: Metric) -> Vec<(i32, i64)> {
    let before_may = day_number(date("2026-04-30"));
    let of_metric = gains.iter().map(|(day, gains)| (day - before_may, gains.of(metric)));
    of_metric.filter(|(_, gain)| *gain != 0).collect()
}

#[track_caller]
fn check_views(post: &Post, expected: &[(i32, i64)]) {
    assert_eq!(by_day(&post.gains(Zone::UTC), Metric::Views), expected);
}

#[test]
fn a_post_is_booked_where_it_was_published() {
    let gains = post(true).gains(Zone::UTC);
    assert_eq!(by_day(&gains, Metric::Posts), [(1, 1)]);
    let late_in_honolulu = published("2026-05-02T09:59", true);
    assert_eq!(by_day(&late_in_honolulu.gains(zone("Pacific/Honolulu")), Metric::Posts), [(1, 1)]);
    assert_eq!(by_day(&late_in_honolulu.gains(Zone::UTC), Metric::Posts), [(2, 1)]);
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
    let change = post.change(|post| post.terms.first_counts_in_full = true);
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
    let gains = post.gains(Zone::UTC);
    assert_eq!(by_day(&gains, Metric::Engagement), [(2, 11), (3, 5 + 3), (4, 3 - 1 + 50), (6, 1)]);
    assert_eq!(by_day(&gains, Metric::Views), [(2, 9)]);

    let change = post.change(|post| post.terms.first_counts_in_full = false);
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
    check_views(&post, &[(2, 120)]);
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
    let before = post.gains(Zone::UTC);
    let change = post.change(|post| post.terms.tracking = Tracking { status, disabled });
    let mut after = before.clone();
    after.apply(&change);
    assert_eq!(after, post.gains(Zone::UTC));
    assert_eq!(after, if counts { before } else { DayGains::default() });
    let later = insert(&mut post, "2026-05-03T10:00", views(130));
    assert_eq!(by_day(&later, Metric::Views), if counts { vec![(3, 30)] } else { vec![] });
}

#[test]
fn a_corrected_publication_moves_the_post_and_its_baseline() {
    let mut post = post(true);
    insert(&mut post, "2026-05-02T10:00", views(100));
    let change = post.change(|post| {
        post.terms = PostTerms { published_at: at("2026-04-30T10:00"), first_counts_in_full: false, ..post.terms };
    });
    assert_eq!(by_day(&change, Metric::Posts), [(0, 1), (1, -1)]);
    assert_eq!(by_day(&change, Metric::Views), [(2, -100)]);
}

#[test]
fn a_snapshot_newer_than_all_others_needs_no_history() {
    let terms = PostTerms { published_at: at("2026-05-01T08:00"), tracking: COUNTS, first_counts_in_full: true };
    let reading =
        |views| Reading { value: Counters { views: Some(views), ..Counters::default() }, source: Source::default() };
    let add = |known, remembered: &Remembered, day: u32, views| {
        let fresh = [(at(&format!("2026-05-{day:02}T10:00")), reading(views))].into();
        append(PostTrack::resumed(terms, known, remembered), remembered.clone(), &fresh, &Zone::UTC)
    };
    let first = add(Counters::default(), &Remembered::unread(), 2, 100).expect("nothing was read before");
    assert_eq!(by_day(&first.change, Metric::Views), [(2, 100)]);
    let known = Counters { likes: Some(7), ..first.track.known() };
    let second = add(known, &first.remembered, 3, 130).expect("the first is remembered");
    assert_eq!(by_day(&second.change, Metric::Views), [(3, 30)]);
    assert_eq!(second.track.known(), Counters { likes: Some(7), ..views(130) });
    // The next one shows that the second was wrong: what came before is needed to take it back.
    assert!(matches!(add(second.track.known(), &second.remembered, 4, 100), Err(HistoryNeeded)));
    assert!(matches!(add(known, &Remembered::nothing(), 4, 140), Err(HistoryNeeded)));
}

/// Takes in follower readings of the given days of May 2026 in the given order; returns gains by day.
fn follower_gains(readings: &[(u32, i64)]) -> Vec<(i32, i64)> {
    let reading = |(day, followers): &(u32, i64)| {
        (at(&format!("2026-05-{day:02}T10:00")), Reading { value: *followers, source: Source::default() })
    };
    let readings = readings.iter().map(reading).collect();
    let (gains, _) = recompute(FollowerTrack::new(), &readings, &Zone::UTC).expect("every reading");
    by_day(&gains, Metric::Followers)
}

#[rstest]
#[case::the_first_reading_is_a_baseline(&[(2, 1000)], &[])]
#[case::net_gain(&[(2, 1000), (3, 1010), (5, 1005)], &[(3, 10), (5, -5)])]
#[case::out_of_order(&[(5, 1005), (3, 1010), (2, 1000)], &[(3, 10), (5, -5)])]
#[case::placeholder_zeros_are_ignored(&[(1, 0), (2, 0), (3, 1000), (4, 1001)], &[(4, 1)])]
#[case::a_zero_that_comes_late_is_a_placeholder_too(&[(3, 1000), (1, 0), (4, 1001)], &[(4, 1)])]
#[case::a_zero_after_a_positive_reading_adds_nothing(&[(2, 1000), (3, 0), (4, 900)], &[(4, -100)])]
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
    let change = post.change(|post| {
        post.terms = PostTerms { published_at: at("2026-05-03T08:00"), first_counts_in_full: true, ..post.terms };
    });
    assert_eq!(by_day(&change, Metric::Views), [(1, -70), (2, -30), (3, 100)]);
    assert_eq!(by_day(&change, Metric::Posts), [(1, -1), (3, 1)]);
}
