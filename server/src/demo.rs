//! The demo program: invented creators, two months of posts and stats up to now, goals in every state.
//!
//! Deterministic: the same "now" gives the same program, so that screenshots and tests can rely on it.

use anyhow::{Context as _, Result};
use app::store::{AcceptTerms, ProjectChange, Review, SharedStore, TrackingDecision};
use compliance::calendar::Zone;
use compliance::fact::{
    CollectionFact, Counters, CreatorStatsFact, Fact, Handle, PostFact, PostKind, PostStatsFact, ProfileFact,
};
use compliance::goal::{GoalTerms, NewGoal};
use compliance::instant::{DAY_MS, HOUR_MS, Instant};
use compliance::tracking::{TrackingMode, TrackingStatus};
use compliance::{Cadence, Metric, ProjectSettings};
use uuid::Uuid;

/// Days of history.
const DAYS: i64 = 62;

/// An invented creator.
struct Person {
    handle: &'static str,
    name: &'static str,
    /// Posts in ten days.
    posts_in_ten_days: i64,
    /// Views a post ends up with, in thousands.
    reach: i64,
    /// Followers at the beginning, and what is gained in ten days.
    followers: (i64, i64),
    /// Hours since the last collection.
    hours_ago: i64,
    /// Goals: metric, cadence, target.
    goals: &'static [(Metric, Cadence, i64)],
}

const PEOPLE: &[Person] = &[
    person("mia.moves", "Mia Moreau", 14, 21, (48_200, 900), 2, &[WEEKLY_POSTS_10, WEEKLY_VIEWS_150]),
    person("theo.bakes", "Theo Lindqvist", 3, 9, (12_900, 60), 2, &[WEEKLY_POSTS_7, WEEKLY_VIEWS_60]),
    person("ana.runs", "Ana Ribeiro", 9, 34, (103_400, 1_450), 1, &[WEEKLY_POSTS_5, MONTHLY_FOLLOWERS_3000]),
    person("kofi.eats", "Kofi Mensah", 7, 15, (31_000, 240), 3, &[WEEKLY_POSTS_7, MONTHLY_ENGAGEMENT_20]),
    person("lena.draws", "Lena Hoffmann", 5, 6, (8_750, 35), 30, &[WEEKLY_POSTS_5, WEEKLY_VIEWS_60]),
    person("sunny.skates", "Sunny Park", 11, 52, (240_800, 2_100), 2, &[DAILY_POSTS_1, WEEKLY_VIEWS_150]),
    person("omar.films", "Omar Haddad", 6, 27, (66_300, 510), 2, &[WEEKLY_POSTS_5, MONTHLY_FOLLOWERS_3000]),
    person("iris.grows", "Iris Janssen", 8, 11, (19_400, 330), 55, &[WEEKLY_POSTS_5]),
    person("noor.reads", "Noor Rahman", 4, 18, (27_600, 180), 4, &[MONTHLY_POSTS_12, WEEKLY_VIEWS_60]),
    person("pablo.fixes", "Pablo Serrano", 12, 13, (22_100, 410), 2, &[WEEKLY_POSTS_7, MONTHLY_ENGAGEMENT_20]),
    person("yuki.sews", "Yuki Tanaka", 10, 29, (88_000, 980), 1, &[WEEKLY_POSTS_5, WEEKLY_VIEWS_150]),
    person("ben.climbs", "Ben O’Connor", 2, 41, (54_900, -120), 2, &[WEEKLY_POSTS_5, MONTHLY_FOLLOWERS_3000]),
    person("zoe.codes", "Zoe Papadaki", 7, 8, (15_300, 150), 3, &[WEEKLY_POSTS_5]),
    person("amara.sings", "Amara Okafor", 9, 63, (310_200, 3_900), 2, &[WEEKLY_VIEWS_150, MONTHLY_FOLLOWERS_3000]),
    person("luca.drives", "Luca Bianchi", 6, 17, (40_500, 270), 2, &[]),
];

const DAILY_POSTS_1: (Metric, Cadence, i64) = (Metric::Posts, Cadence::Daily, 1);
const WEEKLY_POSTS_5: (Metric, Cadence, i64) = (Metric::Posts, Cadence::Weekly, 5);
const WEEKLY_POSTS_7: (Metric, Cadence, i64) = (Metric::Posts, Cadence::Weekly, 7);
const WEEKLY_POSTS_10: (Metric, Cadence, i64) = (Metric::Posts, Cadence::Weekly, 10);
const MONTHLY_POSTS_12: (Metric, Cadence, i64) = (Metric::Posts, Cadence::Monthly, 12);
const WEEKLY_VIEWS_60: (Metric, Cadence, i64) = (Metric::Views, Cadence::Weekly, 60_000);
const WEEKLY_VIEWS_150: (Metric, Cadence, i64) = (Metric::Views, Cadence::Weekly, 150_000);
const MONTHLY_ENGAGEMENT_20: (Metric, Cadence, i64) = (Metric::Engagement, Cadence::Monthly, 20_000);
const MONTHLY_FOLLOWERS_3000: (Metric, Cadence, i64) = (Metric::Followers, Cadence::Monthly, 3_000);

const fn person(
    handle: &'static str,
    name: &'static str,
    posts_in_ten_days: i64,
    reach: i64,
    followers: (i64, i64),
    hours_ago: i64,
    goals: &'static [(Metric, Cadence, i64)],
) -> Person {
    Person { handle, name, posts_in_ten_days, reach, followers, hours_ago, goals }
}

/// Fills an empty database; one with a project in it is left as it is.
pub async fn fill(store: &SharedStore, now: Instant) -> Result<()> {
    if !store.projects().await?.is_empty() {
        return Ok(());
    }
    let zone = Zone::parse("Europe/Berlin").context("the demo's time zone is known")?;
    let new = ProjectChange { name: "Autumn Launch (demo)".to_owned(), zone, settings: ProjectSettings::default() };
    let made_at = now.plus_millis(-DAYS * DAY_MS);
    let project_id = store.create_project(&new, made_at).await?.project_id;
    let terms = AcceptTerms { now, source: "demo".to_owned(), create_creators: true };
    for (number, person) in (0_i64..).zip(PEOPLE) {
        let facts = facts_of(person, number, now)?;
        store.accept(project_id, facts, &terms).await?;
    }
    give_goals(store, project_id, now).await?;
    review(store, project_id, now).await
}

/// A number from 0 to 99 that looks random and is always the same.
fn dice(person: i64, throw: i64) -> i64 {
    let mixed = (person * 7_919 + throw * 104_729 + 12_345).wrapping_mul(2_654_435_761) >> 7;
    mixed.rem_euclid(100)
}

fn facts_of(person: &Person, number: i64, now: Instant) -> Result<Vec<Fact>> {
    let handle = Handle::parse(person.handle)?;
    let mut facts = vec![Fact::Profile(ProfileFact {
        handle: handle.clone(),
        display_name: Some(person.name.to_owned()),
        avatar_url: None,
    })];
    let last = now.plus_millis(-person.hours_ago * HOUR_MS);
    let first_day = -DAYS;
    let mut followers = person.followers.0;
    for day in first_day..=0 {
        let collected_at = last.plus_millis(day * DAY_MS);
        followers += person.followers.1 * (60 + dice(number, day) * 8 / 10) / 1_000;
        facts.push(Fact::CreatorStats(CreatorStatsFact {
            handle: handle.clone(),
            captured_at: collected_at,
            followers,
            source: None,
        }));
        facts.push(Fact::Collection(CollectionFact { handle: handle.clone(), collected_at }));
        // Posts of this day: the rate in tenths, and the dice for the rest.
        let rate = person.posts_in_ten_days;
        let count = rate / 10 + i64::from(dice(number + 50, day) < rate % 10 * 10);
        for nth in 0..count {
            let published_at =
                collected_at.plus_millis(-HOUR_MS * (2 + dice(number, day * 7 + nth) / 12) - nth * HOUR_MS);
            post(&mut facts, &handle, person, (number, day, nth), published_at, last);
        }
    }
    Ok(facts)
}

/// A post and its daily stats until the last collection.
fn post(
    facts: &mut Vec<Fact>,
    handle: &Handle,
    person: &Person,
    (number, day, nth): (i64, i64, i64),
    published_at: Instant,
    last: Instant,
) {
    const CAPTIONS: [&str; 8] = [
        "Three things nobody tells beginners",
        "Monday routine, unedited",
        "You asked, I tried it for a week",
        "Behind the scenes of the autumn shoot",
        "The one mistake I keep making",
        "Answering your most asked question",
        "A tiny upgrade that changed everything",
        "Come along to the market with me",
    ];
    let caption = CAPTIONS[usize::try_from(dice(number, day + nth)).unwrap_or(0) % CAPTIONS.len()];
    // TikTok's ids carry the second of publication in their upper half.
    let tiktok_video_id = ((published_at.millis() / 1_000) << 32 | (number << 8) | nth).to_string();
    let kind = if dice(number, day * 3 + nth) < 12 { PostKind::PhotoCarousel } else { PostKind::Video };
    facts.push(Fact::Post(PostFact {
        url: Some(format!("https://www.tiktok.com/@{handle}/video/{tiktok_video_id}")),
        tiktok_video_id: tiktok_video_id.clone(),
        handle: Some(handle.clone()),
        kind: Some(kind),
        published_at,
        description: Some(format!("{caption} #autumnlaunch")),
        tracking_status: None,
    }));
    let peak = person.reach * 1_000 * (40 + dice(number, day * 11 + nth) * 12 / 10) / 100;
    for age in 0.. {
        let captured_at = last.plus_millis((day + age) * DAY_MS);
        if captured_at > last || age > 21 {
            break;
        }
        // Half of what is left comes every day.
        let views = peak - (peak >> (age + 1).min(20));
        facts.push(Fact::PostStats(PostStatsFact {
            tiktok_video_id: tiktok_video_id.clone(),
            handle: Some(handle.clone()),
            captured_at,
            counters: Counters {
                views: Some(views),
                likes: Some(views * 7 / 100),
                comments: Some(views / 240),
                shares: Some(views / 310),
                saves: Some(views / 150),
            },
            source: None,
        }));
    }
}

async fn give_goals(store: &SharedStore, project_id: Uuid, now: Instant) -> Result<()> {
    let made_at = now.plus_millis(-45 * DAY_MS);
    let program = store.program(project_id, now).await?.context("the demo project was just made")?;
    for creator in &program.creators {
        let person = PEOPLE.iter().find(|person| person.handle == creator.creator.handle.as_str());
        for (metric, cadence, target_value) in person.map_or(&[][..], |person| person.goals) {
            let terms = GoalTerms { target_value: *target_value, start_date: None, end_date: None, is_active: true };
            let goal = NewGoal { metric: *metric, cadence: *cadence, terms };
            store.create_goal(project_id, creator.creator.creator_id, &goal, made_at).await?;
        }
    }
    Ok(())
}

/// One creator is selective, with posts waiting and a few decisions made.
async fn review(store: &SharedStore, project_id: Uuid, now: Instant) -> Result<()> {
    let program = store.program(project_id, now).await?.context("the demo project was just made")?;
    let Some(creator) = program.creators.iter().find(|creator| creator.creator.handle.as_str() == "zoe.codes") else {
        return Ok(());
    };
    let creator = &creator.creator;
    let change = app::store::CreatorChange {
        handle: creator.handle.clone(),
        display_name: creator.display_name.clone(),
        tracking_mode: TrackingMode::Selective,
        tracking_start_date: creator.tracking_start_date,
    };
    store.update_creator(project_id, creator.creator_id, &change, now).await?;
    let page = store.posts(project_id, creator.creator_id, &app::store::PostsQuery::default()).await?;
    let decisions = [
        TrackingDecision::Status(TrackingStatus::PendingReview),
        TrackingDecision::Status(TrackingStatus::PendingReview),
        TrackingDecision::Status(TrackingStatus::Excluded),
        TrackingDecision::Status(TrackingStatus::Included),
        TrackingDecision::Disabled(true),
    ];
    for (post, decision) in page.posts.iter().zip(decisions) {
        let review = Review { review_id: Uuid::now_v7(), decision, seen: None };
        store.review_posts(project_id, &[post.post_id], &review, now.plus_millis(-HOUR_MS)).await?;
    }
    Ok(())
}
