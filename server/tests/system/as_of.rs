//! Tests of evaluations at any instant, even within a day for which later facts are known: the evidence adds up to the
//! number, and the order in which facts arrived does not matter.

use super::short::{at, followers, goal, handle, review, views};
use super::support::{DAY, HOUR, NOW, World, cases, runtime};
use compliance::fact::{CollectionFact, Counters, CreatorStatsFact, Fact, PostFact, PostStatsFact, ProfileFact};
use compliance::metric::Metric;
use compliance::tracking::TrackingStatus;
use compliance::{Cadence, Evaluation, Instant, Scope};
use program::goals::evidence::{Contributions, Why, WhyOf};
use program::goals::tab::creator_goals;
use program::reviews::record::TrackingDecision;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample;
use proptest::test_runner::TestRunner;

const CREATORS: [&str; 3] = ["ana", "mia", "noa"];
const POSTS: usize = 6;

/// A quarter of a day in the last month; there are few, so that corrections and neighbours are common.
fn instant() -> impl Strategy<Value = Instant> {
    prop_oneof![3 => 0..16_i64, 1 => 0..130_i64].prop_map(|quarter| NOW.plus_millis(-quarter * 6 * HOUR))
}

/// An instant of evaluation: on the quarters, just before and after them, and anywhere.
fn as_of() -> impl Strategy<Value = Instant> {
    (0..40_i64, prop_oneof![Just(0), Just(1), Just(-1), 0..6 * HOUR])
        .prop_map(|(quarter, beside)| NOW.plus_millis(-quarter * 6 * HOUR + beside).min(NOW))
}

fn owner(post: usize) -> &'static str {
    CREATORS[post % CREATORS.len()]
}

fn counters() -> impl Strategy<Value = Counters> {
    let counter = || prop_oneof![1 => Just(None), 3 => (0..300_i64).prop_map(Some)];
    (counter(), counter(), counter(), counter(), counter())
        .prop_map(|(views, likes, comments, shares, saves)| Counters { views, likes, comments, shares, saves })
}

fn post(number: usize, published_at: Instant) -> Fact {
    Fact::Post(PostFact {
        tiktok_video_id: number.to_string(),
        handle: Some(handle(owner(number))),
        kind: None,
        published_at,
        url: None,
        description: None,
        tracking_status: None,
    })
}

fn fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        2 => (0..POSTS, instant()).prop_map(|(number, at)| post(number, at)),
        6 => (0..POSTS, instant(), counters(), any::<bool>()).prop_map(|(number, captured_at, counters, named)| {
            let handle = named.then(|| handle(owner(number)));
            Fact::PostStats(PostStatsFact { tiktok_video_id: number.to_string(), handle, captured_at, counters, source: None })
        }),
        3 => (0..CREATORS.len(), instant(), prop_oneof![Just(0), 0..900_i64]).prop_map(|(creator, captured_at, count)| {
            Fact::CreatorStats(CreatorStatsFact { handle: handle(CREATORS[creator]), captured_at, followers: count, source: None })
        }),
        1 => (0..CREATORS.len(), instant(), sample::select(Scope::ALL.to_vec())).prop_map(|(creator, collected_at, scope)| {
            Fact::Collection(CollectionFact { handle: handle(CREATORS[creator]), collected_at, scope })
        }),
    ]
}

/// Creates a project whose creators are known and have a goal of every metric, each with a different period.
async fn world_with_goals(database: &World) -> World {
    let world = database.beside().await;
    let profile = |creator: &str| {
        let display_name = Some(creator.to_uppercase());
        Fact::Profile(ProfileFact {
            handle: handle(creator),
            accounts: Vec::new(),
            seen_at: None,
            display_name,
            avatar_url: None,
        })
    };
    world.accept(CREATORS.map(profile).to_vec()).await;
    for (place, creator) in CREATORS.into_iter().enumerate() {
        for (number, metric) in Metric::ALL.into_iter().enumerate() {
            let cadence = Cadence::ALL[(place + number) % 3];
            world.add_goal(creator, &goal(metric.name(), cadence.name(), 100)).await;
        }
    }
    world
}

#[test]
fn at_every_instant_the_evidence_adds_up_to_the_number() {
    let (runtime, mut runner) = (runtime(), TestRunner::new(cases(64)));
    let database = runtime.block_on(World::new());
    let decision = (0..POSTS, proptest::sample::select(TrackingStatus::ALL.to_vec()));
    let strategy = (vec(vec(fact(), 1..9), 1..6), vec(decision, 0..3), vec(as_of(), 2));
    let case = async |batches: Vec<Vec<Fact>>, decisions: Vec<(usize, TrackingStatus)>, instants: Vec<Instant>| {
        let world = world_with_goals(&database).await;
        for batch in batches {
            world.accept(batch).await;
        }
        for (number, status) in decisions {
            let creator = world.creator(owner(number)).await;
            let page =
                world.store.posts(world.id(), creator, &program::posts::record::PostsQuery::default()).await.unwrap();
            if let Some(post) = page.posts.iter().find(|post| post.tiktok_video_id == number.to_string()) {
                let decision = TrackingDecision::status(status);
                world.store.review_posts(world.id(), &[post.post_id], &review(decision), NOW).await.unwrap();
            }
        }
        assert_eq!(world.stale_days().await, 0);
        for as_of in instants {
            evidence_adds_up(&world, as_of).await;
        }
    };
    runner
        .run(&strategy, |(batches, decisions, instants)| {
            runtime.block_on(case(batches, decisions, instants));
            Ok(())
        })
        .unwrap();
}

async fn evidence_adds_up(world: &World, as_of: Instant) {
    let server = world.server_at(as_of);
    for standing in world.standings(as_of).await {
        for (goal_id, evaluation) in &standing.evaluations {
            for (previous, judged) in [(false, Some(evaluation)), (true, evaluation.previous.as_deref())] {
                let Some(judged) = judged else { continue };
                let why = Some(Why {
                    goal_id: *goal_id,
                    of: if previous { WhyOf::Previous } else { WhyOf::Current },
                    all: true,
                });
                let found = creator_goals(&server, world.id(), standing.creator_id(), why).await.unwrap();
                let evidence = found.evidence.expect("evidence of a goal that is judged");
                assert_eq!(&evidence.evaluation, judged, "both screens say the same");
                let (Contributions::Posts { sum, .. } | Contributions::Followers { sum, .. }) = evidence.contributions;
                let place = (judged.metric, judged.cadence, previous, as_of);
                assert_eq!(sum, judged.actual, "{place:?} of @{}", standing.program.creator.handle);
            }
        }
    }
}

#[test]
fn the_same_facts_in_any_order_and_batches_are_judged_the_same() {
    let (runtime, mut runner) = (runtime(), TestRunner::new(cases(64)));
    let database = runtime.block_on(World::new());
    // One fact per instant: corrections of an instant are meant to depend on their order.
    let published = vec(instant(), POSTS);
    let snapshots = btree_map((0..POSTS, 0..60_i64), counters(), 0..25);
    let readings = btree_map((0..CREATORS.len(), 0..60_i64), prop_oneof![Just(0), 0..900_i64], 0..12);
    let strategy = (published, snapshots, readings).prop_flat_map(|(published, snapshots, readings)| {
        let quarter = |number: i64| NOW.plus_millis(-number * DAY / 4 + HOUR / 2);
        let posts = published.into_iter().enumerate().map(|(number, at)| post(number, at));
        let stats = snapshots.into_iter().map(|((number, at), counters)| {
            let handle = (at % 2 == 0).then(|| handle(owner(number)));
            let (tiktok_video_id, captured_at) = (number.to_string(), quarter(at).min(NOW));
            Fact::PostStats(PostStatsFact { tiktok_video_id, handle, captured_at, counters, source: None })
        });
        let counts = readings.into_iter().map(|((creator, at), followers)| {
            let (handle, captured_at) = (handle(CREATORS[creator]), quarter(at).min(NOW));
            Fact::CreatorStats(CreatorStatsFact { handle, captured_at, followers, source: None })
        });
        let facts: Vec<Fact> = posts.chain(stats).chain(counts).collect();
        (Just(facts.clone()), Just(facts).prop_shuffle(), 1..9_usize, as_of())
    });
    runner
        .run(&strategy, |(left, right, batch, as_of)| {
            runtime.block_on(async {
                let (one, other) = (world_with_goals(&database).await, world_with_goals(&database).await);
                one.accept(left).await;
                for facts in right.chunks(batch) {
                    other.accept(facts.to_vec()).await;
                }
                assert_eq!(other.stale_days().await, 0);
                for as_of in [NOW, as_of] {
                    assert_eq!(judged(&one, as_of).await, judged(&other, as_of).await);
                }
            });
            Ok(())
        })
        .unwrap();
}

/// Returns every creator's evaluations, in an order that does not depend on ids.
async fn judged(world: &World, as_of: Instant) -> Vec<(String, Vec<Evaluation>)> {
    let mut judged: Vec<_> = world
        .standings(as_of)
        .await
        .into_iter()
        .map(|standing| {
            let mut evaluations: Vec<_> = standing.evaluations.into_iter().map(|(_, evaluation)| evaluation).collect();
            evaluations.sort_by_key(|evaluation| evaluation.metric);
            (standing.program.creator.handle.to_string(), evaluations)
        })
        .collect();
    judged.sort_by(|one, other| one.0.cmp(&other.0));
    judged
}

#[tokio::test]
async fn followers_read_later_in_the_day_are_not_known_in_the_morning() {
    let world = World::new().await;
    world
        .accept(vec![
            followers("mia", "2026-08-19T02:00:00Z", 0),
            followers("mia", "2026-08-19T06:00:00Z", 100),
            followers("mia", "2026-08-19T08:00:00Z", 130),
            followers("mia", "2026-08-19T11:00:00Z", 90),
            views("9", "2026-08-19T11:30:00Z", 5),
        ])
        .await;
    world.add_goal("mia", &goal("followers", "daily", 100)).await;
    for (as_of, actual) in [("03", 0), ("07", 0), ("08", 30), ("10", 30), ("12", -10)] {
        let as_of = at(&format!("2026-08-19T{as_of}:00:00Z"));
        assert_eq!(world.actual("mia", as_of).await, actual, "{as_of:?}");
        evidence_adds_up(&world, as_of).await;
    }
}
