//! "The result depends only on the set of facts, never on the order in which they came. Incremental and full
//! recomputation agree, always."

use crate::support::definition::{awaiting, misreadings};
use crate::support::{Creator, Event, Memory, sum};
use crate::{cases, zones};
use compliance::Instant;
use compliance::bounds::MAX_COUNT;
use compliance::calendar::{DayNumber, LocalDays, Zone, date_of_day, day_number};
use compliance::fact::Counters;
use compliance::metric::Metric;
use compliance::misreading::{Reading, Source};
use compliance::period::{Cadence, WeekStart};
use compliance::terms::GoalTerms;
use compliance::tracking::{Tracking, TrackingStatus};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const POSTS: usize = 3;

/// The days around New Year 2012: a month, a year, and a day that Samoa skipped end in them.
const FIRST_DAY: DayNumber = 15_330;
const LAST_DAY: DayNumber = 15_345;

fn day() -> impl Strategy<Value = DayNumber> {
    FIRST_DAY..=LAST_DAY
}

/// Quarters of days: so few instants that facts often share one.
fn instant() -> impl Strategy<Value = Instant> {
    (day(), 0..4_i64)
        .prop_map(|(day, quarter)| Instant::from_millis(i64::from(day) * 86_400_000 + quarter * 21_600_000))
}

/// The largest count of [`count`].
const LARGEST: i64 = 1_021;

/// Counts at 98, 99, 101 and 102 % of 1,000 and one either side, zeros, and others.
fn count() -> impl Strategy<Value = i64> {
    let around = [979, 980, 981, 989, 990, 991, 1_000, 1_009, 1_010, 1_011, 1_019, 1_020, LARGEST];
    prop_oneof![
        2 => Just(0),
        3 => Just(1_000),
        6 => prop::sample::select(around.to_vec()),
        2 => 0..50_i64,
    ]
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![3 => Just(None), 2 => Just(Some("a"))].prop_map(Source::named)
}

fn snapshot() -> impl Strategy<Value = Reading<Counters>> {
    let counter = || prop_oneof![1 => Just(None), 3 => (0..50_i64).prop_map(Some)];
    let views = prop_oneof![1 => Just(None), 6 => count().prop_map(Some)];
    (views, counter(), counter(), counter(), counter(), source()).prop_map(
        |(views, likes, comments, shares, saves, source)| Reading {
            value: Counters { views, likes, comments, shares, saves },
            source,
        },
    )
}

fn tracking() -> impl Strategy<Value = Tracking> {
    let status =
        prop_oneof![3 => Just(TrackingStatus::AutoTracked), 2 => prop::sample::select(TrackingStatus::ALL.to_vec())];
    (status, prop::bool::weighted(0.15)).prop_map(|(status, disabled)| Tracking { status, disabled })
}

fn followers() -> impl Strategy<Value = Reading<i64>> {
    (count(), source()).prop_map(|(value, source)| Reading { value, source })
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (0..POSTS, instant(), snapshot()).prop_map(|(post, at, reading)| Event::Snapshot { post, at, reading }),
        4 => (instant(), followers()).prop_map(|(at, reading)| Event::Followers { at, reading }),
        1 => (0..POSTS, tracking()).prop_map(|(post, tracking)| Event::Review { post, tracking }),
        1 => (0..POSTS, instant()).prop_map(|(post, at)| Event::Published { post, at }),
        1 => day().prop_map(|day| Event::TrackingStart { day }),
    ]
}

/// A creator with some posts.
fn creator() -> impl Strategy<Value = (Zone, DayNumber, Vec<(Instant, Tracking)>)> {
    (zones(), day(), prop::collection::vec((instant(), tracking()), POSTS))
}

/// Events, each with what happens to the memory before it.
fn events() -> impl Strategy<Value = Vec<(Event, Memory)>> {
    let memory = prop_oneof![3 => Just(Memory::Kept), 1 => Just(Memory::Lost)];
    prop::collection::vec((event(), memory), 0..40)
}

fn run(zone: Zone, tracking_start: DayNumber, posts: &[(Instant, Tracking)], events: &[(Event, Memory)]) -> Creator {
    let mut creator = Creator::new(zone, tracking_start, posts);
    for (event, memory) in events {
        creator.apply(event, *memory);
    }
    creator
}

/// The same with counts up to the largest one: others end at [`LARGEST`].
fn at_the_bound(event: &Event) -> Event {
    let large = |counter: Option<i64>| counter.map(|counter| counter * (MAX_COUNT / LARGEST));
    match event {
        Event::Snapshot { post, at, reading: Reading { value, source } } => {
            let Counters { views, likes, comments, shares, saves } = *value;
            let [views, likes, comments, shares, saves] = [views, likes, comments, shares, saves].map(large);
            let value = Counters { views, likes, comments, shares, saves };
            Event::Snapshot { post: *post, at: *at, reading: Reading { value, source: source.clone() } }
        }
        Event::Followers { at, reading: Reading { value, source } } => {
            let reading = Reading { value: value * (MAX_COUNT / LARGEST), source: source.clone() };
            Event::Followers { at: *at, reading }
        }
        other => other.clone(),
    }
}

/// Returns what two events must not share if their order is not to matter.
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
        for (event, memory) in &events {
            creator.apply(event, *memory);
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
        let events: Vec<_> = events.iter().map(|(event, memory)| (at_the_bound(event), *memory)).collect();
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

    #[test]
    fn exactly_the_readings_that_the_rule_names_are_marked((zone, start, posts) in creator(), events in events()) {
        let creator = run(zone, start, &posts, &events);
        let (readings, marks) = creator.followers();
        let followers = readings.iter().map(|(at, reading)| (*at, reading.source.clone(), reading.value));
        prop_assert_eq!(marks, &misreadings(&followers.collect::<Vec<_>>()));
        for post in 0..POSTS {
            let (snapshots, marks) = creator.snapshots(post);
            prop_assert_eq!(marks, &misreadings(&views(snapshots)));
        }
    }

    #[test]
    fn the_days_count_the_readings_that_await_the_next_one((zone, start, posts) in creator(), events in events()) {
        let creator = run(zone, start, &posts, &events);
        let (readings, _) = creator.followers();
        let mut expected: BTreeMap<DayNumber, i64> = BTreeMap::new();
        let read: Vec<_> = readings.iter().map(|(at, reading)| (*at, reading.source.clone(), reading.value)).collect();
        // Placeholders are ignored.
        let real: Vec<_> = read.into_iter().skip_while(|(.., followers)| *followers == 0).collect();
        for at in awaiting(&real) {
            *expected.entry(day_number(zone.date_of(at))).or_default() += 1;
        }
        let counted = creator.buckets().iter().map(|(day, gains)| (day, gains.awaiting(Metric::Followers)));
        prop_assert_eq!(counted.filter(|(_, count)| *count != 0).collect::<BTreeMap<_, _>>(), expected);
        let waiting: usize = (0..POSTS).filter(|post| creator.counts(*post)).map(|post| awaiting(&views(creator.snapshots(post).0)).len()).sum();
        let counted: i64 = creator.buckets().iter().map(|(_, gains)| gains.awaiting(Metric::Views)).sum();
        prop_assert_eq!(counted, i64::try_from(waiting).expect("a few"));
    }

    #[test]
    fn readings_that_come_together_change_the_same_as_one_by_one(
        (zone, start, posts) in creator(),
        early in events(),
        snapshots in prop::collection::btree_map(instant(), snapshot(), 0..12),
        readings in prop::collection::btree_map(instant(), followers(), 0..12),
        memory in prop::sample::select(vec![Memory::Kept, Memory::Lost]),
    ) {
        let mut together = run(zone, start, &posts, &early);
        let mut singly = run(zone, start, &posts, &early);
        together.take_snapshots(0, snapshots.clone(), memory);
        together.take_followers(readings.clone(), memory);
        for (at, reading) in snapshots {
            singly.apply(&Event::Snapshot { post: 0, at, reading }, Memory::Kept);
        }
        for (at, reading) in readings {
            singly.apply(&Event::Followers { at, reading }, Memory::Kept);
        }
        prop_assert_eq!(together.buckets(), singly.buckets());
        prop_assert_eq!(together.buckets(), &together.recomputed());
        prop_assert_eq!(singly.buckets(), &singly.recomputed());
    }
}

/// The views of each snapshot that has them.
fn views(snapshots: &BTreeMap<Instant, Reading<Counters>>) -> Vec<(Instant, Source, i64)> {
    let read =
        |(at, reading): (&Instant, &Reading<Counters>)| Some((*at, reading.source.clone(), reading.value.views?));
    snapshots.iter().filter_map(read).collect()
}
