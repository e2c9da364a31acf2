//! Tests that the numbers kept up to date by deltas equal a full recomputation, whatever happens in whatever order, and
//! that the evidence always adds up to them.

use super::short::review;
use super::support::{DAY, HOUR, NOW, World, cases, mia, runtime};
use compliance::calendar::{LocalDays as _, Zone};
use compliance::fact::{CollectionFact, Counters, CreatorStatsFact, Fact, PostFact, PostStatsFact};
use compliance::goal_form::NewGoal;
use compliance::metric::Metric;
use compliance::terms::GoalTerms;
use compliance::tracking::{TrackingMode, TrackingStatus};
use compliance::{Cadence, Instant, Scope};
use program::creators::record::CreatorChange;
use program::goals::evidence::{Contributions, Why, WhyOf};
use program::goals::tab::creator_goals;
use program::ids::{CreatorId, GoalId};
use program::posts::record::PostsQuery;
use program::projects::record::ProjectChange;
use program::reviews::record::{TrackingDecision, TrackingSwitch};
use proptest::prelude::*;

/// An event in a project.
#[derive(Debug, Clone)]
enum Step {
    Accept(Vec<Fact>),
    Decide(usize, TrackingDecision),
    TrackingStart(Option<i64>),
    Zone(&'static str),
}

fn instant() -> impl Strategy<Value = Instant> {
    // Mostly in the last ten days, at few instants, so that corrections and duplicates are common.
    (0..40_i64).prop_map(|quarter| NOW.plus_millis(-quarter * DAY / 4 + HOUR / 2))
}

fn counter() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![1 => Just(None), 4 => (0..500_i64).prop_map(Some)]
}

fn fact() -> impl Strategy<Value = Fact> {
    let video = || (0..4_u8).prop_map(|number| format!("v{number}"));
    let counters = (counter(), counter(), counter()).prop_map(|(views, likes, saves)| Counters {
        views,
        likes,
        saves,
        ..Counters::default()
    });
    prop_oneof![
        2 => (video(), instant()).prop_map(|(tiktok_video_id, published_at)| Fact::Post(PostFact {
            tiktok_video_id,
            handle: Some(mia()),
            kind: None,
            published_at,
            url: None,
            description: None,
            tracking_status: None,
        })),
        6 => (video(), instant(), counters, any::<bool>()).prop_map(|(tiktok_video_id, captured_at, counters, named)| {
            Fact::PostStats(PostStatsFact { tiktok_video_id, handle: named.then(mia), captured_at, counters, source: None })
        }),
        2 => (instant(), 0..3_i64).prop_map(|(captured_at, hundreds)| {
            Fact::CreatorStats(CreatorStatsFact { handle: mia(), captured_at, followers: hundreds * 100, source: None })
        }),
        1 => (instant(), proptest::sample::select(Scope::ALL.to_vec())).prop_map(|(collected_at, scope)| {
            Fact::Collection(CollectionFact { handle: mia(), collected_at, scope })
        }),
    ]
}

fn switched(disabled: bool) -> TrackingDecision {
    TrackingDecision::switch(if disabled { TrackingSwitch::Disabled } else { TrackingSwitch::Enabled })
}

fn step() -> impl Strategy<Value = Step> {
    let decision = prop_oneof![
        proptest::sample::select(TrackingStatus::ALL.to_vec()).prop_map(TrackingDecision::status),
        any::<bool>().prop_map(switched),
    ];
    prop_oneof![
        6 => proptest::collection::vec(fact(), 1..12).prop_map(Step::Accept),
        2 => (0..4_usize, decision).prop_map(|(place, decision)| Step::Decide(place, decision)),
        1 => proptest::option::of(0..12_i64).prop_map(Step::TrackingStart),
        1 => proptest::sample::select(vec!["UTC", "Asia/Seoul", "America/St_Johns"]).prop_map(Step::Zone),
    ]
}

async fn apply(world: &World, step: Step) {
    let creator = || async {
        let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
        program.creators.first().map(|creator| creator.creator.clone())
    };
    match step {
        Step::Accept(facts) => {
            world.accept(facts).await;
        }
        Step::Decide(place, decision) => {
            let Some(creator) = creator().await else { return };
            let page = world.store.posts(world.id(), creator.creator_id, &PostsQuery::default()).await.unwrap();
            if let Some(post) = page.posts.get(place) {
                world.store.review_posts(world.id(), &[post.post_id], &review(decision), NOW).await.unwrap();
            }
        }
        Step::TrackingStart(days_ago) => {
            let Some(creator) = creator().await else { return };
            let start = days_ago.map(|days| Zone::UTC.date_of(NOW.plus_millis(-days * DAY)));
            let change = CreatorChange {
                handle: creator.handle.clone(),
                display_name: None,
                tracking_mode: TrackingMode::Auto,
                tracking_start_date: start,
            };
            world.store.update_creator(world.id(), creator.creator_id, &change, NOW).await.unwrap();
        }
        Step::Zone(name) => {
            let project = world.store.project(world.id()).await.unwrap().unwrap();
            let zone = Zone::parse(name).unwrap();
            let change = ProjectChange { name: project.name, zone, settings: project.settings };
            world.store.update_project(world.id(), &change).await.unwrap();
        }
    }
}

/// Gives the creator a goal of every metric, and checks that the evidence of each adds up to its number.
async fn evidence_adds_up(world: &World) {
    let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    let Some(creator) = program.creators.first() else { return };
    let creator_id: CreatorId = creator.creator.creator_id;
    let start = Some(Zone::UTC.date_of(NOW.plus_millis(-30 * DAY)));
    let terms = GoalTerms { target_value: 10, start_date: start, end_date: None, is_active: true };
    for metric in Metric::ALL {
        let goal = NewGoal { metric, cadence: Cadence::Weekly, terms };
        world.store.create_goal(world.id(), creator_id, GoalId::new(), &goal, NOW).await.unwrap();
    }
    let server = world.server();
    let goals = creator_goals(&server, world.id(), creator_id, None).await.unwrap();
    assert_eq!(goals.current.len(), Metric::ALL.len());
    for card in &goals.current {
        for previous in [false, true] {
            let why = Some(Why {
                goal_id: card.record.goal_id,
                of: if previous { WhyOf::Previous } else { WhyOf::Current },
                all: true,
            });
            let found = creator_goals(&server, world.id(), creator_id, why).await.unwrap();
            let evidence = found.evidence.unwrap();
            let (Contributions::Posts { sum, .. } | Contributions::Followers { sum, .. }) = evidence.contributions;
            assert_eq!(sum, evidence.evaluation.actual, "{:?} previous: {previous}", card.record.goal.metric);
        }
    }
}

#[test]
fn deltas_agree_with_a_full_recomputation_and_the_evidence_adds_up() {
    let runtime = runtime();
    let database = runtime.block_on(World::new());
    let case = async |steps: Vec<Step>| {
        let world = database.beside().await;
        for step in steps {
            apply(&world, step).await;
            assert_eq!(world.store.count_stale_days(world.id()).await.unwrap(), 0);
        }
        evidence_adds_up(&world).await;
    };
    proptest!(cases(60), |(steps in proptest::collection::vec(step(), 1..10))| {
        runtime.block_on(case(steps));
    });
}

#[test]
fn the_result_depends_on_the_set_of_facts_not_on_their_order_or_batches() {
    let runtime = runtime();
    let database = runtime.block_on(World::new());
    let case = async |one: Vec<Fact>, other: Vec<Fact>| {
        let (left, right) = (database.beside().await, database.beside().await);
        left.accept(one).await;
        for batch in other.chunks(3) {
            right.accept(batch.to_vec()).await;
        }
        let days = |world: &World| {
            let (store, id) = (world.store.clone(), world.id());
            async move { store.program(id, NOW).await.unwrap().unwrap().creators[0].days.clone() }
        };
        assert_eq!(days(&left).await, days(&right).await);
    };
    let stats = proptest::collection::btree_map((0..4_u8, 0..40_i64), 0..500_i64, 1..25);
    proptest!(cases(60), |(stats in stats, shuffled in any::<u64>())| {
        let posts = (0..4_u8).map(|number| super::support::post(&format!("v{number}"), NOW.plus_millis(-i64::from(number) * 3 * DAY)));
        let stats = stats.iter().map(|((video, quarter), views)| {
            super::support::views(&format!("v{video}"), NOW.plus_millis(-quarter * DAY / 4), *views)
        });
        let one: Vec<Fact> = posts.chain(stats).collect();
        let mut other = one.clone();
        let mut seed = shuffled;
        for place in (1..other.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            other.swap(place, usize::try_from(seed >> 33).unwrap() % (place + 1));
        }
        runtime.block_on(case(one, other));
    });
}
