//! "The result depends only on the set of facts, never on the order in which they came. Incremental and full
//! recomputation agree, always."

use crate::support::{Creator, Event, sum};
use crate::{cases, zones};
use compliance::Instant;
use compliance::bounds::MAX_COUNT;
use compliance::calendar::{DayNumber, LocalDays, Zone, date_of_day, day_number};
use compliance::fact::Counters;
use compliance::metric::Metric;
use compliance::period::{Cadence, WeekStart};
use compliance::terms::GoalTerms;
use compliance::tracking::{Tracking, TrackingStatus};
use proptest::prelude::*;
use std::collections::BTreeSet;

const POSTS: usize = 3;

/// The days around New Year 2012: a month, a year, and a day that Samoa skipped end in them.
const FIRST_DAY: DayNumber = 15_330;
const LAST_DAY: DayNumber = 15_345;

fn day() -> impl Strategy<Value = DayNumber> {
    FIRST_DAY..=LAST_DAY
}

/// Few instants, so that facts meet: quarters of days.
fn instant() -> impl Strategy<Value = Instant> {
    (day(), 0..4_i64)
        .prop_map(|(day, quarter)| Instant::from_millis(i64::from(day) * 86_400_000 + quarter * 21_600_000))
}

fn counters() -> impl Strategy<Value = Counters> {
    let counter = || prop_oneof![1 => Just(None), 3 => (0..50_i64).prop_map(Some)];
    (counter(), counter(), counter(), counter(), counter())
        .prop_map(|(views, likes, comments, shares, saves)| Counters { views, likes, comments, shares, saves })
}

fn tracking() -> impl Strategy<Value = Tracking> {
    let status =
        prop_oneof![3 => Just(TrackingStatus::AutoTracked), 2 => prop::sample::select(TrackingStatus::ALL.to_vec())];
    (status, prop::bool::weighted(0.15)).prop_map(|(status, disabled)| Tracking { status, disabled })
}

fn followers() -> impl Strategy<Value = i64> {
    prop_oneof![1 => Just(0), 2 => 0..1000_i64]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (0..POSTS, instant(), counters()).prop_map(|(post, at, counters)| Event::Snapshot { post, at, counters }),
        3 => (instant(), followers()).prop_map(|(at, followers)| Event::Followers { at, followers }),
        1 => (0..POSTS, tracking()).prop_map(|(post, tracking)| Event::Review { post, tracking }),
        1 => (0..POSTS, instant()).prop_map(|(post, at)| Event::Published { post, at }),
        1 => day().prop_map(|day| Event::TrackingStart { day }),
    ]
}

/// A creator with some posts.
fn creator() -> impl Strategy<Value = (Zone, DayNumber, Vec<(Instant, Tracking)>)> {
    (zones(), day(), prop::collection::vec((instant(), tracking()), POSTS))
}

/// Events, each with whether the books are put away before it.
fn events() -> impl Strategy<Value = Vec<(Event, bool)>> {
    prop::collection::vec((event(), any::<bool>()), 0..40)
}

fn run(zone: Zone, tracking_start: DayNumber, posts: &[(Instant, Tracking)], events: &[(Event, bool)]) -> Creator {
    let mut creator = Creator::new(zone, tracking_start, posts);
    for (event, forget) in events {
        creator.apply(event, *forget);
    }
    creator
}

/// The same with counts up to the largest one: those of [`counters`] end at 49, those of [`followers`] at 999.
fn at_the_bound(event: &Event) -> Event {
    let large = |counter: Option<i64>| counter.map(|counter| counter * (MAX_COUNT / 49));
    match event {
        Event::Snapshot { post, at, counters } => {
            let Counters { views, likes, comments, shares, saves } = *counters;
            let [views, likes, comments, shares, saves] = [views, likes, comments, shares, saves].map(large);
            Event::Snapshot { post: *post, at: *at, counters: Counters { views, likes, comments, shares, saves } }
        }
        Event::Followers { at, followers } => Event::Followers { at: *at, followers: followers * (MAX_COUNT / 999) },
        other => other.clone(),
    }
}

/// What two events must not share if their order is not to matter.
fn subject(event: &Event) -> (u8, usize, i64) {
    match event {
        Event::Snapshot { post, at, .. } => (0, *post, at.millis()),
        Event::Followers { at, .. } => (1, 0, at.millis()),
        Event::Review { post, .. } => (2, *post, 0),
        Event::Published { post, .. } => (3, *post, 0),
        Event::TrackingStart { .. } => (4, 0, 0),
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn incremental_equals_recomputed_after_every_event((zone, start, posts) in creator(), events in events()) {
        let mut creator = Creator::new(zone, start, &posts);
        prop_assert_eq!(creator.buckets(), &creator.recomputed());
        for (event, forget) in &events {
            creator.apply(event, *forget);
            prop_assert_eq!(creator.buckets(), &creator.recomputed(), "after {:?}", event);
        }
    }

    #[test]
    fn buckets_of_any_days_add_up_to_the_definition(
        (zone, start, posts) in creator(),
        events in events(),
        first in FIRST_DAY - 2..=LAST_DAY,
        length in 0..20,
    ) {
        let creator = run(zone, start, &posts, &events);
        let end = first + length;
        prop_assert_eq!(sum(creator.buckets(), first, end), creator.by_definition(first, end));
    }

    #[test]
    fn over_any_days_a_creator_gains_no_more_than_their_posts_can_hold(
        (zone, start, posts) in creator(),
        events in events(),
        first in FIRST_DAY - 2..=LAST_DAY,
        length in 0..20,
    ) {
        let events: Vec<_> = events.iter().map(|(event, forget)| (at_the_bound(event), *forget)).collect();
        let gains = sum(run(zone, start, &posts, &events).buckets(), first, first + length);
        let most = i64::try_from(POSTS).expect("a few") * MAX_COUNT;
        prop_assert!(gains.views.abs() <= most, "{gains:?}");
        prop_assert!(gains.engagement.abs() <= 4 * most, "{gains:?}");
        prop_assert!(gains.followers.abs() <= MAX_COUNT, "{gains:?}");
    }

    #[test]
    fn the_order_of_facts_does_not_matter(
        (zone, start, posts) in creator(),
        events in events(),
        order in prop::collection::vec(any::<u32>(), 40),
    ) {
        // Of corrections of one fact the last accepted wins, so only one of each is kept.
        let mut subjects = BTreeSet::new();
        let facts: Vec<_> = events.into_iter().filter(|(event, _)| subjects.insert(subject(event))).collect();
        let mut keyed: Vec<_> = order.into_iter().zip(&facts).collect();
        keyed.sort_by_key(|(key, _)| *key);
        let permuted: Vec<_> = keyed.into_iter().map(|(_, fact)| fact.clone()).collect();
        let (one, other) = (run(zone, start, &posts, &facts), run(zone, start, &posts, &permuted));
        prop_assert_eq!(one.buckets(), other.buckets());
    }

    #[test]
    fn the_last_accepted_correction_wins((zone, start, posts) in creator(), events in events()) {
        let mut last = BTreeSet::new();
        let mut winners: Vec<_> = events.iter().rev().filter(|(event, _)| last.insert(subject(event))).cloned().collect();
        winners.reverse();
        let (all, winners) = (run(zone, start, &posts, &events), run(zone, start, &posts, &winners));
        prop_assert_eq!(all.buckets(), winners.buckets());
    }

    #[test]
    fn hearing_a_fact_twice_changes_nothing((zone, start, posts) in creator(), events in events()) {
        let twice: Vec<_> = events.iter().flat_map(|event| [event.clone(), event.clone()]).collect();
        let (once, twice) = (run(zone, start, &posts, &events), run(zone, start, &posts, &twice));
        prop_assert_eq!(once.buckets(), twice.buckets());
    }

    #[test]
    fn evidence_adds_up_to_the_actual(
        (zone, start, posts) in creator(),
        events in events(),
        cadence in prop::sample::select(Cadence::ALL.to_vec()),
        day in day(),
        cut in 0..10,
        later in 0..20_i64,
    ) {
        let creator = run(zone, start, &posts, &events);
        let start_date = Some(date_of_day(day - cut));
        let terms = GoalTerms { target_value: 1, start_date, end_date: None, is_active: true };
        let window = cadence.period_of(date_of_day(day), WeekStart::Monday).window(&terms, &zone);
        prop_assume!(window.is_some());
        let window = window.expect("assumed");
        // Once every fact is known, whether the window is the last thing known or long past.
        let as_of = zone.start_of(date_of_day(LAST_DAY + 2)).max(window.end).plus_millis(later * 86_400_000);
        let (first, end) = (day_number(window.dates.first), day_number(window.dates.end));
        let actual = sum(creator.buckets(), first, end);
        for metric in [Metric::Posts, Metric::Views, Metric::Engagement] {
            prop_assert_eq!(creator.evidence(metric, &window, as_of), actual.of(metric), "{:?}", metric);
        }
        prop_assert_eq!(creator.evidence(Metric::Followers, &window, as_of), 0);
    }
}
