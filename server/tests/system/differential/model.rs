//! A model of the rules, independent of how the product books: every fact is read from the database, "Misreadings" and
//! "Actual" of docs/rules.md are applied to all of them as they are written, in quadratic time, and the marks and the day
//! buckets that are stored must be the same.

use crate::readable::Side;
use compliance::Instant;
use compliance::calendar::{LocalDays as _, Zone, date_of_day, day_number};
use std::collections::{BTreeMap, HashMap};
use std::ops::AddAssign;

/// How often each kind of reading occurred.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    pub zeros: usize,
    pub dips: usize,
    pub spikes: usize,
    /// Misreadings among readings of two sources or more.
    pub amid_other_sources: usize,
    /// Falls by more than 2 % that last.
    pub losses: usize,
    /// Readings that await the next one of their source.
    pub awaiting: usize,
}

impl AddAssign for Seen {
    fn add_assign(&mut self, other: Seen) {
        self.zeros += other.zeros;
        self.dips += other.dips;
        self.spikes += other.spikes;
        self.amid_other_sources += other.amid_other_sources;
        self.losses += other.losses;
        self.awaiting += other.awaiting;
    }
}

/// One reading of a post or a creator.
#[derive(Debug)]
struct Read {
    at: i64,
    count: i64,
    source: String,
    mark: String,
}

/// Returns the mark that each reading should have; they are in order of time.
fn marks(readings: &[Read]) -> Vec<&'static str> {
    let mut marks: Vec<&'static str> = Vec::new();
    for (place, b) in readings.iter().enumerate() {
        let same_source = |other: &Read| other.source == b.source;
        let a = (0..place).rev().find(|earlier| same_source(&readings[*earlier]) && marks[*earlier].is_empty());
        let c = readings[place + 1..].iter().find(|later| same_source(later) && later.count != 0);
        let (a, b, c) = (a.map(|a| i128::from(readings[a].count)), i128::from(b.count), c.map(|c| i128::from(c.count)));
        marks.push(match (a, c) {
            _ if b == 0 && readings[..place].iter().any(|earlier| earlier.count > 0) => "zero",
            (Some(a), Some(c)) if 100 * b < 98 * a && 100 * c >= 99 * a => "dip",
            (Some(a), Some(c)) if 100 * b > 102 * a && 99 * a <= 100 * c && 100 * c <= 101 * a => "spike",
            _ => "",
        });
    }
    marks
}

/// Checks the marks of one post or creator, and returns the readings that count.
#[track_caller]
fn counted<'r>(readings: &'r [Read], whose: &str, seen: &mut Seen) -> Vec<&'r Read> {
    let marks = marks(readings);
    let stored: Vec<&str> = readings.iter().map(|reading| reading.mark.as_str()).collect();
    assert_eq!(stored, marks, "{whose}: {readings:?}");
    let of = |mark: &str| marks.iter().filter(|other| **other == mark).count();
    let several = readings.iter().any(|reading| reading.source != readings[0].source);
    let wrong = marks.len() - of("");
    *seen += Seen {
        zeros: of("zero"),
        dips: of("dip"),
        spikes: of("spike"),
        amid_other_sources: if several { wrong } else { 0 },
        ..Seen::default()
    };
    let counted: Vec<&Read> =
        readings.iter().zip(&marks).filter(|(_, mark)| mark.is_empty()).map(|(read, _)| read).collect();
    seen.losses += counted.windows(2).filter(|pair| pair[1].count * 100 < pair[0].count * 98).count();
    counted
}

/// Returns the readings that await the next one of their source.
fn awaiting(readings: &[Read]) -> Vec<&Read> {
    let marks = marks(readings);
    let awaits = |place: usize| {
        let b = &readings[place];
        let same_source = |other: &Read| other.source == b.source;
        let a = (0..place).rev().find(|earlier| same_source(&readings[*earlier]) && marks[*earlier].is_empty());
        let is_last = !readings[place + 1..].iter().any(|later| same_source(later) && later.count != 0);
        let a = a.map_or(0, |a| readings[a].count);
        let differs = b.count * 100 < a * 98 || b.count * 100 > a * 102;
        (a > 0 && b.count > 0 && is_last && differs).then_some(b)
    };
    (0..readings.len()).filter_map(awaits).collect()
}

/// What a creator gains on a day: views and followers, and how many readings of each await the next one.
type Day = [i64; 4];

/// Checks everything that is stored on one side.
pub async fn check(side: &mut Side) -> Seen {
    let zone = side.world.now_project().await.zone;
    let mut seen = Seen::default();
    let mut days: HashMap<String, BTreeMap<i32, Day>> = HashMap::new();
    let mut earliest: HashMap<String, i64> = HashMap::new();
    let mut add = |whose: &str, at: i64, what: usize, gain: i64| {
        let day = day_number(zone.date_of(Instant::from_millis(at)));
        days.entry(whose.to_owned()).or_default().entry(day).or_default()[what] += gain;
    };
    for (whose, readings) in followers(side).await {
        let first = readings.iter().position(|reading| reading.count > 0).unwrap_or(readings.len());
        let counted = counted(&readings, &whose, &mut seen);
        let real: Vec<&&Read> = counted.iter().filter(|reading| reading.count > 0).collect();
        for pair in real.windows(2) {
            add(&whose, pair[1].at, 1, pair[1].count - pair[0].count);
        }
        for reading in awaiting(&readings[first..]) {
            seen.awaiting += 1;
            add(&whose, reading.at, 3, 1);
        }
        if let Some(first) = readings.get(first) {
            earliest.insert(whose, first.at);
        }
    }
    let posts = posts(side).await;
    for post in &posts {
        let first = post.read_at.iter().chain(earliest.get(&post.creator)).min().copied();
        earliest.extend(first.map(|first| (post.creator.clone(), first)));
    }
    for post in &posts {
        let counted = counted(&post.views, &post.video, &mut seen);
        if !post.counts {
            continue;
        }
        let start = post.tracking_start.or_else(|| {
            let first = earliest.get(&post.creator)?;
            Some(day_number(zone.date_of(Instant::from_millis(*first))))
        });
        let is_baseline = start.is_some_and(|start| post.published_at < start_of(zone, start));
        for (place, reading) in counted.iter().enumerate() {
            let before = match place.checked_sub(1) {
                Some(before) => counted[before].count,
                None if is_baseline => reading.count,
                None => 0,
            };
            add(&post.creator, reading.at.max(post.published_at), 0, reading.count - before);
        }
        for reading in awaiting(&post.views) {
            seen.awaiting += 1;
            add(&post.creator, reading.at.max(post.published_at), 2, 1);
        }
    }
    for creator in side.world.store.creators_changed_since(side.world.id(), -1).await.unwrap() {
        let stored =
            side.world.store.creator_days(side.world.id(), creator.creator_id, i32::MIN..i32::MAX).await.unwrap();
        let stored: BTreeMap<i32, Day> = stored
            .iter()
            .map(|row| (row.day, row.gains))
            .map(|(day, it)| (day, [it.views, it.followers, it.awaiting_views, it.awaiting_followers]))
            .filter(|(_, day)| *day != Day::default())
            .collect();
        let mut modelled = days.remove(creator.handle.as_str()).unwrap_or_default();
        modelled.retain(|_, day| *day != Day::default());
        assert_eq!(stored, modelled, "@{}", creator.handle);
    }
    seen
}

fn start_of(zone: Zone, day: i32) -> i64 {
    zone.start_of(date_of_day(day)).millis()
}

/// Returns the follower readings of each creator, in order of time.
async fn followers(side: &Side) -> BTreeMap<String, Vec<Read>> {
    let rows = side.world.texts(
        "SELECT c.tiktok_handle || '|' || s.captured_at || '|' || s.followers || '|' || coalesce(s.misreading, '') \
                || '|' || s.given_source \
         FROM creator_snapshots AS s \
         JOIN creators AS c ON c.project_id = s.project_id AND c.creator_id = s.creator_id \
         ORDER BY s.captured_at",
    );
    let mut readings: BTreeMap<String, Vec<Read>> = BTreeMap::new();
    for row in rows.await {
        let [handle, at, count, mark, source] = fields(&row);
        readings.entry(handle.to_owned()).or_default().push(read(at, count, mark, source));
    }
    readings
}

/// A post with the snapshots of its views, in order of time.
struct Post {
    video: String,
    creator: String,
    published_at: i64,
    counts: bool,
    tracking_start: Option<i32>,
    views: Vec<Read>,
    /// The instants of all its snapshots, including those without views.
    read_at: Vec<i64>,
}

async fn posts(side: &Side) -> Vec<Post> {
    let rows = side.world.texts(
        "SELECT p.tiktok_video_id || '|' || c.tiktok_handle || '|' || p.published_at \
                || '|' || CASE WHEN p.tracking_disabled_at IS NULL THEN p.tracking_status ELSE 'disabled' END \
                || '|' || coalesce(CAST(c.tracking_start_date AS TEXT), '') || '|' || s.captured_at \
                || '|' || coalesce(CAST(s.views AS TEXT), '') || '|' || coalesce(s.misreading, '') \
                || '|' || s.given_source \
         FROM post_snapshots AS s \
         JOIN posts AS p ON p.project_id = s.project_id AND p.post_id = s.post_id \
         JOIN creators AS c ON c.project_id = p.project_id AND c.creator_id = p.creator_id \
         ORDER BY s.captured_at",
    );
    let mut posts: BTreeMap<String, Post> = BTreeMap::new();
    for row in rows.await {
        let [video, creator, published_at, status, tracking_start, at, views, mark, source] = fields(&row);
        let post = posts.entry(video.to_owned()).or_insert_with(|| Post {
            video: video.to_owned(),
            creator: creator.to_owned(),
            published_at: published_at.parse().unwrap(),
            counts: ["auto_tracked", "included", "direct_add"].contains(&status),
            tracking_start: tracking_start.parse().ok(),
            views: Vec::new(),
            read_at: Vec::new(),
        });
        post.read_at.push(at.parse().unwrap());
        if views.is_empty() {
            assert_eq!(mark, "", "what has no views is no misreading");
        } else {
            post.views.push(read(at, views, mark, source));
        }
    }
    posts.into_values().collect()
}

fn read(at: &str, count: &str, mark: &str, source: &str) -> Read {
    Read { at: at.parse().unwrap(), count: count.parse().unwrap(), source: source.to_owned(), mark: mark.to_owned() }
}

/// Splits a row; the last field may have any characters.
#[track_caller]
fn fields<const COUNT: usize>(row: &str) -> [&str; COUNT] {
    row.splitn(COUNT, '|').collect::<Vec<_>>().try_into().unwrap()
}
