//! "Every post has exactly one reason, the first that applies"; the contributions add up to the number shown.

use crate::case::{at, date};
use compliance::calendar::Zone;
use compliance::evidence::PostWindow;
use compliance::fact::Counters;
use compliance::metric::Metric;
use compliance::period::{Cadence, WeekStart, Window};
use compliance::terms::GoalTerms;
use compliance::tracking::{Tracking, TrackingMode, TrackingStatus};
use compliance::{Instant, PostReason};
use rstest::rstest;

use PostReason::{Counted, Excluded, NoDataYet, OutsidePeriod, PendingReview, TrackingDisabled};

/// The week from Monday, 4 May 2026.
fn week() -> Window {
    let terms = GoalTerms { target_value: 10, start_date: None, end_date: None, is_active: true };
    Cadence::Weekly.period_of(date("2026-05-04"), WeekStart::Monday).window(&terms, &Zone::UTC).expect("a week")
}

fn as_of() -> Instant {
    at("2026-05-09T12:00")
}

fn views(views: i64) -> Counters {
    Counters { views: Some(views), ..Counters::default() }
}

fn post(published: &str) -> PostWindow {
    PostWindow {
        published_at: at(published),
        tracking: Tracking { status: TrackingStatus::AutoTracked, disabled: false },
        first_counts_in_full: true,
        known_before: Counters::default(),
        snapshots: Vec::new(),
    }
}

fn with_snapshots(published: &str, snapshots: &[(&str, Counters)]) -> PostWindow {
    let snapshots = snapshots.iter().map(|(captured, counters)| (at(captured), *counters)).collect();
    PostWindow { snapshots, ..post(published) }
}

#[rstest]
#[case::disabled_wins_over_excluded(TrackingStatus::Excluded, true, TrackingDisabled)]
#[case::disabled_wins_over_pending(TrackingStatus::PendingReview, true, TrackingDisabled)]
#[case::disabled_wins_over_included(TrackingStatus::Included, true, TrackingDisabled)]
#[case::excluded(TrackingStatus::Excluded, false, Excluded)]
#[case::pending_review(TrackingStatus::PendingReview, false, PendingReview)]
#[case::auto_tracked(TrackingStatus::AutoTracked, false, Counted)]
#[case::included(TrackingStatus::Included, false, Counted)]
#[case::direct_add(TrackingStatus::DirectAdd, false, Counted)]
fn the_first_reason_that_applies(#[case] status: TrackingStatus, #[case] disabled: bool, #[case] expected: PostReason) {
    let tracking = Tracking { status, disabled };
    assert_eq!(tracking.counts(), expected == Counted);
    for published in ["2026-05-05T00:00", "2026-01-01T00:00"] {
        let post = PostWindow { tracking, ..with_snapshots(published, &[("2026-05-06T00:00", views(7))]) };
        let outside = published < "2026-05-04";
        for metric in [Metric::Posts, Metric::Views] {
            let (reason, contribution) = post.explain(metric, &week(), as_of());
            let counted = expected == Counted && !(outside && metric == Metric::Posts);
            assert_eq!(reason, if counted || expected != Counted { expected } else { OutsidePeriod });
            assert_eq!(contribution != 0, counted);
        }
    }
}

#[rstest]
#[case::just_before_the_window("2026-05-03T23:59:59.999", OutsidePeriod)]
#[case::first_instant("2026-05-04T00:00", Counted)]
#[case::at_as_of("2026-05-09T12:00", Counted)]
#[case::dated_ahead_of_as_of("2026-05-09T12:00:00.001", OutsidePeriod)]
#[case::at_the_end("2026-05-11T00:00", OutsidePeriod)]
fn a_post_counts_where_it_was_published(#[case] published: &str, #[case] reason: PostReason) {
    assert_eq!(post(published).explain(Metric::Posts, &week(), as_of()), (reason, i64::from(reason == Counted)));
}

#[test]
fn a_post_of_the_windows_last_instant_counts_once_it_ended() {
    let ended = at("2026-05-11T00:00");
    assert_eq!(post("2026-05-10T23:59:59.999").explain(Metric::Posts, &week(), ended), (Counted, 1));
    assert_eq!(post("2026-05-11T00:00").explain(Metric::Posts, &week(), ended), (OutsidePeriod, 0));
}

#[rstest]
#[case::in_full(true, (Counted, 130))]
#[case::a_baseline_counts_with_0(false, (Counted, 30))]
fn a_first_snapshot_counts_in_full_or_as_a_baseline(#[case] full: bool, #[case] expected: (PostReason, i64)) {
    let snapshots = [("2026-05-05T00:00", views(100)), ("2026-05-06T00:00", views(130))];
    let post = PostWindow { first_counts_in_full: full, ..with_snapshots("2026-05-04T12:00", &snapshots) };
    assert_eq!(post.explain(Metric::Views, &week(), as_of()), expected);
}

#[test]
fn a_baseline_alone_is_counted_with_nothing() {
    let baseline = with_snapshots("2026-01-01T00:00", &[("2026-05-05T00:00", views(100))]);
    let baseline = PostWindow { first_counts_in_full: false, ..baseline };
    assert_eq!(baseline.explain(Metric::Views, &week(), as_of()), (Counted, 0));
}

#[test]
fn an_old_post_contributes_what_it_gained_in_the_window() {
    let post =
        with_snapshots("2026-01-01T00:00", &[("2026-05-05T00:00", views(130)), ("2026-05-06T00:00", views(125))]);
    let post = PostWindow { known_before: views(100), ..post };
    assert_eq!(post.explain(Metric::Views, &week(), as_of()), (Counted, 25));
}

#[test]
fn a_post_without_a_booking_in_the_window_is_outside() {
    let read_before = PostWindow { known_before: views(100), ..post("2026-05-01T00:00") };
    assert_eq!(read_before.explain(Metric::Views, &week(), as_of()), (OutsidePeriod, 0));
    let not_read_again = PostWindow { known_before: views(100), ..post("2026-05-01T00:00") };
    assert_eq!(not_read_again.explain(Metric::Posts, &week(), as_of()), (OutsidePeriod, 0));
}

#[rstest]
#[case::of_the_window("2026-05-05T00:00", NoDataYet)]
#[case::of_long_before("2026-01-01T00:00", NoDataYet)]
#[case::of_after_the_window("2026-05-11T00:00", OutsidePeriod)]
fn a_post_never_read_has_no_data_yet(#[case] published: &str, #[case] expected: PostReason) {
    let much_later = at("2026-06-01T00:00");
    for metric in [Metric::Views, Metric::Engagement] {
        assert_eq!(post(published).explain(metric, &week(), much_later), (expected, 0));
    }
}

#[test]
fn a_post_dated_ahead_of_as_of_is_not_known_yet() {
    assert_eq!(post("2026-05-09T12:00").explain(Metric::Views, &week(), as_of()), (NoDataYet, 0));
    assert_eq!(post("2026-05-09T12:00:00.001").explain(Metric::Views, &week(), as_of()), (OutsidePeriod, 0));
}

#[test]
fn a_post_first_read_after_the_window_is_outside_it() {
    let post = with_snapshots("2026-05-10T12:00", &[("2026-05-11T00:00", views(100))]);
    let later = at("2026-05-12T00:00");
    assert_eq!(post.explain(Metric::Views, &week(), later), (OutsidePeriod, 0), "it has been read");
    assert_eq!(post.explain(Metric::Engagement, &week(), later), (NoDataYet, 0), "its likes have not");
    assert_eq!(post.explain(Metric::Posts, &week(), later), (Counted, 1));
    assert_eq!(post.booked(Metric::Views, &week(), as_of()), None);
}

#[test]
fn no_data_is_told_by_the_metrics_own_counters() {
    let likes_only = Counters { likes: Some(5), ..Counters::default() };
    let post = with_snapshots("2026-05-04T12:00", &[("2026-05-05T00:00", likes_only)]);
    assert_eq!(post.explain(Metric::Views, &week(), as_of()), (NoDataYet, 0));
    assert_eq!(post.explain(Metric::Engagement, &week(), as_of()), (Counted, 5));
    let before = PostWindow { known_before: likes_only, snapshots: Vec::new(), ..post };
    assert_eq!(before.explain(Metric::Views, &week(), as_of()), (NoDataYet, 0));
    assert_eq!(before.explain(Metric::Engagement, &week(), as_of()), (OutsidePeriod, 0));
}

#[test]
fn an_empty_snapshot_books_nothing() {
    let post = with_snapshots("2026-05-04T12:00", &[("2026-05-05T00:00", Counters::default())]);
    assert_eq!(post.explain(Metric::Views, &week(), as_of()), (NoDataYet, 0));
    assert_eq!(post.booked(Metric::Views, &week(), as_of()), None);
}

#[test]
fn what_a_pending_post_would_book_is_known() {
    let tracking = Tracking { status: TrackingStatus::PendingReview, disabled: false };
    let post = with_snapshots("2026-05-04T12:00", &[("2026-05-05T00:00", views(100))]);
    let pending = PostWindow { tracking, ..post };
    assert_eq!(pending.explain(Metric::Views, &week(), as_of()), (PendingReview, 0));
    assert_eq!(pending.booked(Metric::Views, &week(), as_of()), Some(100));
}

#[test]
fn reasons_are_in_order_of_precedence_and_a_mode_decides_how_posts_arrive() {
    assert!(PostReason::ALL.is_sorted());
    assert_eq!(TrackingStatus::DirectAdd.label(), "Added Manually");
    assert_eq!(TrackingMode::Auto.arrival_status(), TrackingStatus::AutoTracked);
    assert_eq!(TrackingMode::Selective.arrival_status(), TrackingStatus::PendingReview);
}

#[test]
fn a_snapshot_dated_before_the_publication_is_known_from_then_on() {
    // Read on the Saturday before, published on Monday at noon.
    let early = with_snapshots("2026-05-04T12:00", &[("2026-05-02T09:00", views(40)), ("2026-05-05T09:00", views(55))]);
    let explain = |post: &PostWindow, as_of: &str| post.explain(Metric::Views, &week(), at(as_of));
    assert_eq!(explain(&early, "2026-05-04T11:59"), (OutsidePeriod, 0));
    let first_only = PostWindow { snapshots: early.snapshots[..1].to_vec(), ..early.clone() };
    assert_eq!(explain(&first_only, "2026-05-04T12:00"), (Counted, 40));
    assert_eq!(explain(&early, "2026-05-09T12:00"), (Counted, 55));
    // For a post published in the window, what was read before the window is not a level to start from.
    let known_before = PostWindow { known_before: views(40), ..early };
    assert_eq!(explain(&known_before, "2026-05-09T12:00"), (Counted, 55));
    // Published after the window: nothing of it is booked here, whatever was read before.
    let next_week = with_snapshots("2026-05-11T00:00", &[("2026-05-06T09:00", views(40))]);
    assert_eq!(explain(&next_week, "2026-05-12T12:00"), (OutsidePeriod, 0));
}
