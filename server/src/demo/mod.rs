//! The demo program: some 40 invented creators, three months of posts and stats up to now, goals in every state, posts
//! to review, nested campaigns, and past changes, some of which can be undone.
//!
//! It is deterministic: the same "now" gives the same program, so screenshots and tests can rely on it.

mod people;
mod story;

use anyhow::{Context as _, Result};
use compliance::calendar::Zone;
use compliance::fact::{
    CollectionFact, Counters, CreatorStatsFact, Fact, Handle, PostFact, PostKind, PostStatsFact, ProfileFact,
};
use compliance::instant::{DAY_MS, HOUR_MS, Instant};
use compliance::{ProjectSettings, Scope};
use people::{FORMER_HANDLE, PEOPLE, Person};
use program::facts::record::AcceptTerms;
use program::ids::ProjectId;
use program::projects::record::ProjectChange;
use program::store::SharedStore;

/// The number of days of history.
const DAYS: i64 = 92;

/// The name of the demo project.
const NAME: &str = "Autumn Launch (demo)";

/// Fills an empty database. A database with a project in it is left as it is.
pub async fn fill(store: &SharedStore, now: Instant) -> Result<()> {
    if store.projects().await?.is_empty() {
        make(store, now).await?;
    }
    Ok(())
}

/// Returns the demo project, which is made if there is none.
pub async fn open(store: &SharedStore, now: Instant) -> Result<ProjectId> {
    let known = store.projects().await?.into_iter().find(|project| project.name == NAME);
    match known {
        Some(project) => Ok(project.project_id),
        None => make(store, now).await,
    }
}

async fn make(store: &SharedStore, now: Instant) -> Result<ProjectId> {
    let zone = Zone::parse("Europe/Berlin").context("the demo's time zone is known")?;
    let new = ProjectChange { name: NAME.to_owned(), zone, settings: ProjectSettings::default() };
    let made_at = now.plus_millis(-DAYS * DAY_MS);
    let project_id = store.create_project(ProjectId::new(), &new, made_at).await?.project_id;
    let filled = fill_project(store, project_id, zone, made_at, now).await;
    if let Err(error) = filled {
        // Otherwise the next request would open half a demo.
        if let Err(left) = store.delete_project(project_id, now).await {
            tracing::error!(%left, "half a demo project could not be deleted");
        }
        return Err(error);
    }
    Ok(project_id)
}

async fn fill_project(
    store: &SharedStore,
    project_id: ProjectId,
    zone: Zone,
    made_at: Instant,
    now: Instant,
) -> Result<()> {
    story::add_everybody(store, project_id, zone, made_at, now).await?;
    let terms = AcceptTerms::of("demo", now);
    let mut facts = Vec::new();
    for (number, person) in (0_i64..).zip(PEOPLE) {
        facts.extend(facts_of(person, number, now)?);
    }
    for batch in facts.chunks(5_000) {
        store.accept(project_id, batch.to_vec(), &terms).await?;
    }
    story::tell(store, project_id, now).await
}

/// Returns a number from 0 to 99 that looks random but is always the same.
fn dice(person: i64, throw: i64) -> i64 {
    let mixed = (person * 7_919 + throw * 104_729 + 12_345).wrapping_mul(2_654_435_761) >> 7;
    mixed.rem_euclid(100)
}

fn facts_of(person: &Person, number: i64, now: Instant) -> Result<Vec<Fact>> {
    // Facts from before a rename have the former handle.
    let renamed = person.handle == "lena.sketches";
    let handle = Handle::parse(if renamed { FORMER_HANDLE } else { person.handle })?;
    let mut facts = vec![Fact::Profile(ProfileFact {
        handle: handle.clone(),
        accounts: Vec::new(),
        seen_at: None,
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
        facts.push(Fact::Collection(CollectionFact { handle: handle.clone(), collected_at, scope: Scope::All }));
        // The posts of this day: the whole part of the rate, and one more by the dice for the rest.
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

/// Returns a post and its daily stats until the last collection.
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
    // The upper half of a TikTok id is the time of publication in seconds.
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
    // Daily for a week, then less often, as collectors do.
    for age in (0..8).chain([10, 14, 21]) {
        let captured_at = last.plus_millis((day + age) * DAY_MS);
        if captured_at > last {
            break;
        }
        // Each day brings half of the remaining views.
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
